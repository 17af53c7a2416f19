//! A sparse matrix of sentences by terms.

use std::ops::Range;

use ndarray::ArrayView1;
use rayon::prelude::*;

use super::tfidf::idf;
use crate::model::{SentenceId, TermId};

/// TF-IDF rows in compressed sparse form, one row a sentence, each of Euclidean length one or empty.
///
/// Shape: sentences × [`width`](Self::width). Within a row, terms rise. What is kept of an entry is its count; its weight,
/// `count · idf / length of the row`, is reckoned where it is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct TermMatrix {
    /// Where each row begins in `terms` and `counts`; one entry more than rows.
    starts: Vec<u32>,
    terms: Vec<TermId>,
    /// How often each sentence says each of its terms; 255 stands for that and more, which no sentence says.
    counts: Vec<u8>,
    /// The length of each row before it was scaled.
    lengths: Vec<f64>,
    /// For each term its inverse document frequency; length `width`.
    idf: Vec<f64>,
    /// The inverse document frequency of a term that a single sentence holds: the highest.
    highest_idf: f64,
}

/// Fewer rows than this are not worth waking a second thread.
const FEWEST_IN_PARALLEL: usize = 20_000;

/// A thread counts the terms of so many entries at once.
const ENTRIES_A_TASK: usize = 1 << 20;

/// Rows in the making.
#[derive(Default)]
pub(super) struct Rows {
    ends: Vec<u32>,
    terms: Vec<TermId>,
    counts: Vec<u8>,
}

impl Rows {
    /// No rows yet, with room for so many entries.
    pub fn with_room_for(entries: usize) -> Self {
        Self { ends: Vec::new(), terms: Vec::with_capacity(entries), counts: Vec::with_capacity(entries) }
    }

    /// Adds a row: the terms of a sentence as they stand there. Sorts them.
    pub fn add(&mut self, row: &mut [TermId]) {
        row.sort_unstable();
        let mut before = None;
        for &term in &*row {
            if before == Some(term) {
                let count = self.counts.last_mut().expect("the term was counted once");
                *count = count.saturating_add(1);
            } else {
                self.terms.push(term);
                self.counts.push(1);
                before = Some(term);
            }
        }
        self.ends.push(u32::try_from(self.terms.len()).expect("a story has fewer than 2^32 words"));
    }

    /// Gives every term the number that stands at its own in `numbers`.
    pub fn renumber(&mut self, numbers: &[TermId]) {
        let mut row: Vec<(TermId, u8)> = Vec::new();
        let mut start = 0;
        for end in self.ends.iter().map(|end| *end as usize) {
            let (terms, counts) = (&mut self.terms[start..end], &mut self.counts[start..end]);
            row.clear();
            row.extend(terms.iter().map(|term| numbers[term.index()]).zip(counts.iter().copied()));
            row.sort_unstable();
            for ((term, count), new) in terms.iter_mut().zip(counts).zip(&row) {
                (*term, *count) = *new;
            }
            start = end;
        }
    }

    /// Puts rows below those that are there, all with the same numbers for terms.
    pub fn append(&mut self, below: Self) {
        let start = self.ends.last().copied().unwrap_or(0);
        let end = |end| start.checked_add(end).expect("a story has fewer than 2^32 words");
        self.ends.extend(below.ends.into_iter().map(end));
        self.terms.extend(below.terms);
        self.counts.extend(below.counts);
    }

    /// Makes room for so many times as many rows behind those that are there.
    pub fn reserve_times(&mut self, times: usize) {
        self.ends.reserve_exact(times * self.ends.len());
        self.terms.reserve_exact(times * self.terms.len());
        self.counts.reserve_exact(times * self.counts.len());
    }

    /// Weighs the rows in `width` terms by [`idf`].
    pub fn weighed(self, width: usize) -> TermMatrix {
        let Self { ends: mut starts, terms, counts } = self;
        let rows = starts.len();
        starts.insert(0, 0);
        let (idf, highest_idf) = idf_of(&document_frequency(&terms, width), rows);
        let mut matrix = TermMatrix { starts, terms, counts, lengths: Vec::new(), idf, highest_idf };
        matrix.measure();
        matrix
    }
}

/// For each term its inverse document frequency, and that of a term in a single row, where so many rows of `rows` have it.
fn idf_of(document_frequency: &[u32], rows: usize) -> (Vec<f64>, f64) {
    // A few numbers of sentences are those of most terms, and a logarithm costs as much as a hundred sums.
    let mut known = [0.0; 64];
    let mut of = |containing: u32| match known.get_mut(containing as usize) {
        Some(known) => {
            if *known == 0.0 {
                *known = idf(rows, containing as usize);
            }
            *known
        }
        None => idf(rows, containing as usize),
    };
    let highest_idf = of(1);
    (document_frequency.iter().map(|&containing| of(containing)).collect(), highest_idf)
}

/// For each of `width` terms in how many rows it stands.
fn document_frequency(terms: &[TermId], width: usize) -> Vec<u32> {
    let count = |terms: &[TermId]| {
        let mut counts = vec![0; width];
        terms.iter().for_each(|term| counts[term.index()] += 1);
        counts
    };
    if terms.len() <= ENTRIES_A_TASK {
        return count(terms);
    }
    let add = |mut all: Vec<u32>, part: Vec<u32>| {
        all.iter_mut().zip(part).for_each(|(all, part)| *all += part);
        all
    };
    terms.par_chunks(ENTRIES_A_TASK).map(count).reduce(|| vec![0; width], add)
}

impl TermMatrix {
    /// Measures how long the rows are before they are scaled.
    fn measure(&mut self) {
        let Self { starts, terms, counts, idf, .. } = self;
        let length = |bounds: &[u32]| {
            let range = bounds[0] as usize..bounds[1] as usize;
            let entries = terms[range.clone()].iter().zip(&counts[range]);
            let weights = entries.map(|(term, count)| f64::from(*count) * idf[term.index()]);
            weights.map(|weight| weight * weight).sum::<f64>().sqrt()
        };
        self.lengths = if starts.len() < FEWEST_IN_PARALLEL {
            starts.windows(2).map(length).collect()
        } else {
            starts.par_windows(2).map(length).collect()
        };
    }

    /// The same rows with terms that weigh as some of the rows alone have them. Of no term it is known any more that a single
    /// row has it.
    pub(crate) fn weighed_by(mut self, rows: impl Iterator<Item = SentenceId>) -> Self {
        let mut document_frequency = vec![0; self.width()];
        let mut count = 0;
        for row in rows {
            count += 1;
            self.terms(row).iter().for_each(|term| document_frequency[term.index()] += 1);
        }
        (self.idf, _) = idf_of(&document_frequency, count);
        self.highest_idf = f64::INFINITY;
        self.measure();
        self
    }

    /// Some of the rows, in another order, with the weights that they have: those that the terms are weighed by.
    pub(crate) fn of_rows(&self, rows: &[SentenceId]) -> Self {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let (mut terms, mut counts) = (Vec::with_capacity(self.terms.len()), Vec::with_capacity(self.terms.len()));
        for row in rows {
            let range = self.range(row.index());
            terms.extend_from_slice(&self.terms[range.clone()]);
            counts.extend_from_slice(&self.counts[range]);
            starts.push(terms.len() as u32);
        }
        let lengths = rows.iter().map(|row| self.length(*row)).collect();
        Self { starts, terms, counts, lengths, idf: self.idf.clone(), highest_idf: idf(rows.len(), 1) }
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
        ArrayView1::from(&self.idf)
    }

    /// Whether a single sentence holds a term.
    pub fn is_in_one_row(&self, term: TermId) -> bool {
        self.idf[term.index()] >= self.highest_idf
    }

    fn range(&self, row: usize) -> Range<usize> {
        self.starts[row] as usize..self.starts[row + 1] as usize
    }

    /// The terms of a sentence with their weights, terms rising.
    pub fn row(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = (TermId, f64)> + '_ {
        let length = self.lengths[sentence.index()];
        self.entries(sentence).map(move |(term, count)| (term, self.weight(term, count) / length))
    }

    /// The terms of a sentence with how often it says each, terms rising.
    pub fn entries(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = (TermId, u8)> + '_ {
        let range = self.range(sentence.index());
        self.terms[range.clone()].iter().copied().zip(self.counts[range].iter().copied())
    }

    /// The lengths of some rows before they were scaled to one: what each `count · idf` is divided by. Zero for an empty row.
    pub fn lengths_of(&self, rows: Range<usize>) -> &[f64] {
        &self.lengths[rows]
    }

    /// The length of one of them.
    pub fn length(&self, sentence: SentenceId) -> f64 {
        self.lengths[sentence.index()]
    }

    fn weight(&self, term: TermId, count: u8) -> f64 {
        f64::from(count) * self.idf[term.index()]
    }

    /// The terms of a sentence, rising.
    pub fn terms(&self, sentence: SentenceId) -> &[TermId] {
        &self.terms[self.range(sentence.index())]
    }

    /// The terms of a range of sentences, one row behind the other.
    pub fn terms_of(&self, rows: Range<usize>) -> &[TermId] {
        &self.terms[self.starts[rows.start] as usize..self.starts[rows.end] as usize]
    }

    /// Adds `factor` times a row to a dense vector of length [`width`](Self::width).
    pub fn add_row(&self, sentence: SentenceId, factor: f64, dense: &mut [f64]) {
        for (term, weight) in self.row(sentence) {
            dense[term.index()] += factor * weight;
        }
    }

    /// The cosine of two sentences, in [0, 1].
    pub fn cosine(&self, a: SentenceId, b: SentenceId) -> f64 {
        let (of_a, of_b) = (self.lengths[a.index()], self.lengths[b.index()]);
        let weight = |at: usize| self.weight(self.terms[at], self.counts[at]);
        self.common(a, b).map(|(x, y)| (weight(x) / of_a) * (weight(y) / of_b)).sum()
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
