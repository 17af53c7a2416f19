//! A sparse matrix of sentences by terms.

use std::ops::Range;

use ndarray::{Array1, ArrayView1};

use crate::model::{SentenceId, TermId};

/// TF-IDF rows in compressed sparse form, one row a sentence, each of Euclidean length one or empty.
///
/// Shape: sentences × [`width`](Self::width). Within a row, terms rise.
#[derive(Clone, Debug, PartialEq)]
pub struct TermMatrix {
    /// Where each row begins in `terms` and `weights`; one entry more than rows.
    starts: Vec<usize>,
    terms: Vec<TermId>,
    weights: Vec<f64>,
    /// For each term its inverse document frequency; length `width`.
    idf: Array1<f64>,
}

impl TermMatrix {
    pub(super) fn new(starts: Vec<usize>, terms: Vec<TermId>, weights: Vec<f64>, idf: Array1<f64>) -> Self {
        debug_assert_eq!(terms.len(), weights.len());
        debug_assert_eq!(starts.last(), Some(&terms.len()));
        Self { starts, terms, weights, idf }
    }

    /// How many rows: one for each sentence.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many columns: one for each term.
    pub fn width(&self) -> usize {
        self.idf.len()
    }

    /// How many entries are not zero.
    pub fn nonzeros(&self) -> usize {
        self.terms.len()
    }

    /// The inverse document frequency of each term; length [`width`](Self::width).
    pub fn idf(&self) -> ArrayView1<'_, f64> {
        self.idf.view()
    }

    fn range(&self, row: usize) -> Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    /// The terms of a sentence with their weights, terms rising.
    pub fn row(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = (TermId, f64)> + '_ {
        let range = self.range(sentence.index());
        self.terms[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }

    /// The terms of a sentence, rising.
    pub fn terms(&self, sentence: SentenceId) -> &[TermId] {
        &self.terms[self.range(sentence.index())]
    }

    /// Adds `factor` times a row to a dense vector of length [`width`](Self::width).
    pub fn add_row(&self, sentence: SentenceId, factor: f64, dense: &mut [f64]) {
        for (term, weight) in self.row(sentence) {
            dense[term.index()] += factor * weight;
        }
    }

    /// The cosine of two sentences, in [0, 1].
    pub fn cosine(&self, a: SentenceId, b: SentenceId) -> f64 {
        self.common(a, b).map(|(x, y)| self.weights[x] * self.weights[y]).sum()
    }

    /// The sum of the IDF of a sentence's terms, each counted once.
    pub fn mass(&self, sentence: SentenceId) -> f64 {
        self.terms(sentence).iter().map(|term| self.idf[term.index()]).sum()
    }

    /// The sum of the IDF of the terms that two sentences have in common.
    pub fn common_mass(&self, a: SentenceId, b: SentenceId) -> f64 {
        self.common(a, b).map(|(x, _)| self.idf[self.terms[x].index()]).sum()
    }

    /// How many terms two sentences have in common.
    pub fn common_terms(&self, a: SentenceId, b: SentenceId) -> usize {
        self.common(a, b).count()
    }

    /// How much of `part` stands in `whole`: the IDF-weighted share of its terms, in [0, 1]. Zero for an empty row.
    pub fn containment(&self, part: SentenceId, whole: SentenceId) -> f64 {
        let mass = self.mass(part);
        if mass > 0.0 { self.common_mass(part, whole) / mass } else { 0.0 }
    }

    /// The places in the two rows where they hold the same term.
    fn common(&self, a: SentenceId, b: SentenceId) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (mut x, mut y) = (self.range(a.index()), self.range(b.index()));
        std::iter::from_fn(move || {
            while let (Some(i), Some(j)) = (x.clone().next(), y.clone().next()) {
                match self.terms[i].cmp(&self.terms[j]) {
                    std::cmp::Ordering::Less => x.start += 1,
                    std::cmp::Ordering::Greater => y.start += 1,
                    std::cmp::Ordering::Equal => {
                        x.start += 1;
                        y.start += 1;
                        return Some((i, j));
                    }
                }
            }
            None
        })
    }
}
