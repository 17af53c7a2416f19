//! A story in, the graph of what its articles agree on out; it is never built.
//!
//! With rows `x_i` of length one, the cosine graph is `S = X Xᵀ`, less the pairs inside one article, which subtract the
//! same product over that article's rows. `S q` then needs two passes over the entries of `X` instead of one over the
//! pairs of sentences:
//!
//! ```text
//! v = Xᵀ q          v_a = the same over the rows of article a alone          (S q)_i = x_i · (v − v_a)
//! ```
//!
//! Most terms of an article stand in one of its sentences alone. Of those, `x_i · v_a` is what the row has by itself, `q_i`
//! times a constant; only the terms that several sentences of one article have need their `v_a`, in a column of the
//! article's own.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::{SentenceId, TermId};
use crate::stretches::stretches;
use crate::vectorize::TermMatrix;

/// A degree below this is rounding: the sentence has no edge.
const NO_EDGE: f64 = 1e-12;

/// The graph of sentences that agree across groups: rows, and which of them have no edges among themselves.
///
/// A group is an article, or several that are one voice, or a row by itself where there is one voice alone. A term that a single row has joins nothing, so
/// the entries of those are left out.
pub struct Agreement<'m> {
    matrix: &'m TermMatrix,
    /// The square of the IDF of each term: both rows of a product have it once.
    squared_idf: Vec<f64>,
    /// Together all rows, in order.
    groups: Vec<Group>,
    /// Groups that are worked on in parallel, whatever the number of threads.
    parts: Vec<Part>,
    /// The sum of the weights of each row's edges.
    degrees: Vec<f64>,
}

/// Rows that have no edges among themselves.
struct Group {
    rows: Range<usize>,
    /// The squared length of their sum.
    squared: f64,
}

/// A stretch of whole groups.
struct Part {
    rows: Range<usize>,
    /// The columns in which each row has an entry, one row behind the other; a column as often as the sentence says the
    /// term. A number below the width is that of a term, the others count the own columns of the part.
    columns: Vec<u32>,
    /// Where the columns of each row end.
    ends: Vec<u32>,
    /// For each own column its term: one that several rows of a group have. One group behind the other.
    own_terms: Vec<TermId>,
    /// For each row the product of what no other row of its group has with itself, which is no edge.
    own_products: Vec<f64>,
}

/// A part of a large graph has at least so many rows. Each needs room for a number of every term.
const ROWS_A_PART: usize = 250_000;

impl<'m> Agreement<'m> {
    /// Joins sentences of different articles, `ranges` being the positions of each article's rows. Where only one
    /// article has sentences, all different sentences are joined: there is nothing else to agree with.
    pub fn between(ranges: &[Range<usize>], matrix: &'m TermMatrix) -> Self {
        Self::in_parts(ranges, matrix, ROWS_A_PART)
    }

    fn in_parts(ranges: &[Range<usize>], matrix: &'m TermMatrix, rows_a_part: usize) -> Self {
        let filled: Vec<Range<usize>> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
        let groups = if filled.len() > 1 { filled } else { (0..matrix.rows()).map(|row| row..row + 1).collect() };
        let mut graph = Self {
            matrix,
            squared_idf: matrix.idf().iter().map(|idf| idf * idf).collect(),
            groups: Vec::with_capacity(groups.len()),
            parts: Vec::new(),
            degrees: Vec::new(),
        };
        let filed: Vec<(Part, Vec<Group>)> = match &stretches(groups.iter().map(Range::len), rows_a_part)[..] {
            [all] => vec![graph.filed(&groups[all.clone()])],
            some => some.par_iter().map(|part| graph.filed(&groups[part.clone()])).collect(),
        };
        for (part, groups) in filed {
            graph.parts.push(part);
            graph.groups.extend(groups);
        }
        let mut degrees = vec![0.0; matrix.rows()];
        graph.neighbours(&vec![1.0; matrix.rows()], &mut degrees);
        graph.degrees = degrees;
        graph
    }

    /// Files the entries of the rows of some groups under their columns.
    fn filed(&self, groups: &[Range<usize>]) -> (Part, Vec<Group>) {
        const NONE: u32 = u32::MAX;
        let matrix = self.matrix;
        let width = matrix.width();
        let column = |at: usize| u32::try_from(at).expect("a story has fewer than 2^32 words");
        // For each term the column that it has in the group at hand.
        let mut columns = vec![NONE; width];
        let mut own_sums: Vec<f64> = Vec::new();
        let rows = rows_of(groups);
        let mut part = Part {
            columns: Vec::with_capacity(matrix.terms_of(rows.clone()).len()),
            ends: Vec::with_capacity(rows.len()),
            own_terms: Vec::new(),
            own_products: Vec::with_capacity(rows.len()),
            rows,
        };
        let mut filed = Vec::with_capacity(groups.len());
        for rows in groups.iter().cloned() {
            let first_own = part.own_terms.len();
            for term in matrix.terms_of(rows.clone()) {
                let column_of_term = &mut columns[term.index()];
                if *column_of_term == NONE {
                    *column_of_term = term.0;
                } else if *column_of_term == term.0 {
                    *column_of_term = column(width + part.own_terms.len());
                    part.own_terms.push(*term);
                }
            }
            own_sums.clear();
            own_sums.resize(part.own_terms.len() - first_own, 0.0);
            let first_own_column = width + first_own;
            let mut squared = 0.0;
            for (id, scale) in rows.clone().map(SentenceId::from).zip(self.scales(rows.clone())) {
                let (mut of_own, mut of_others) = (0.0, 0.0);
                for (term, count) in matrix.entries(id) {
                    let column = columns[term.index()];
                    let is_own = column != term.0;
                    if !is_own {
                        columns[term.index()] = NONE;
                        if matrix.is_in_one_row(term) {
                            continue;
                        }
                    }
                    let said = f64::from(count);
                    let product = said * said * self.squared_idf[term.index()];
                    if is_own {
                        own_sums[column as usize - first_own_column] += said * scale;
                        of_own += product;
                    } else {
                        of_others += product;
                    }
                    part.columns.push(column);
                    for _ in 1..count {
                        part.columns.push(column);
                    }
                }
                // A row is of length one, and what its group's other rows have of it is in their sums.
                squared += if scale > 0.0 { 1.0 - of_own * scale * scale } else { 0.0 };
                part.own_products.push(of_others * scale * scale);
                part.ends.push(column(part.columns.len()));
            }
            for (term, sum) in part.own_terms[first_own..].iter().zip(&own_sums) {
                columns[term.index()] = NONE;
                squared += sum * sum * self.squared_idf[term.index()];
            }
            filed.push(Group { rows, squared });
        }
        part.columns.shrink_to_fit();
        (part, filed)
    }

    /// One divided by the length of each of some rows: what their entries are scaled by.
    fn scales(&self, rows: Range<usize>) -> impl Iterator<Item = f64> {
        let lengths = self.matrix.lengths_of(rows);
        lengths.iter().map(|length| if *length > 0.0 { 1.0 / length } else { 0.0 })
    }

    /// For each row the sum of the weights of its edges.
    pub(super) fn degrees(&self) -> &[f64] {
        &self.degrees
    }

    /// Whether a row of this degree has an edge at all.
    pub(super) fn has_edge(degree: f64) -> bool {
        degree > NO_EDGE
    }

    /// For each group its rows, and the cosine of their sum with the sum of all other groups' rows.
    ///
    /// The product of the two sums is that of every row of the one with every row of the other, which are the edges.
    pub(super) fn cosines(&self) -> impl Iterator<Item = (&Range<usize>, f64)> {
        let shared = |group: &Group| self.degrees[group.rows.clone()].iter().sum::<f64>();
        let all_squared: f64 = self.groups.iter().map(|group| group.squared + shared(group)).sum();
        self.groups.iter().map(move |group| {
            let shared = shared(group);
            let others_squared = all_squared - group.squared - 2.0 * shared;
            let length = (group.squared * others_squared).max(0.0).sqrt();
            (&group.rows, if length > 0.0 { (shared / length).clamp(0.0, 1.0) } else { 0.0 })
        })
    }

    /// For each row the mean over the other groups of its cosine with the sum of their rows.
    pub(super) fn with_other_groups(&self, means: &mut [f64]) {
        let mut weights = vec![0.0; means.len()];
        for group in self.groups.iter().filter(|group| group.squared > 0.0) {
            weights[group.rows.clone()].fill(1.0 / group.squared.sqrt());
        }
        self.neighbours(&weights, means);
        let others = self.groups.len().saturating_sub(1).max(1) as f64;
        means.iter_mut().for_each(|mean| *mean /= others);
    }

    /// `S q`: for each row the sum of `q` over its edges, weighted by them.
    pub(super) fn neighbours(&self, q: &[f64], sums: &mut [f64]) {
        let width = self.squared_idf.len();
        match &self.parts[..] {
            [] => {}
            [part] => {
                let mut values = self.scatter(part, q);
                self.square(&mut values[..width]);
                self.gather(part, &mut values, q, sums);
            }
            parts => {
                let mut scattered: Vec<Vec<f64>> = parts.par_iter().map(|part| self.scatter(part, q)).collect();
                let mut all = vec![0.0; width];
                for values in &scattered {
                    all.iter_mut().zip(values).for_each(|(all, value)| *all += value);
                }
                self.square(&mut all);
                let mut stretches = self.split(sums);
                let tasks = parts.par_iter().zip(scattered.par_iter_mut()).zip(stretches.par_iter_mut());
                tasks.for_each(|((part, values), sums)| {
                    values[..width].copy_from_slice(&all);
                    self.gather(part, values, q, sums);
                });
            }
        }
    }

    /// Cuts what has one entry a row into the rows of each part.
    fn split<'s>(&self, mut sums: &'s mut [f64]) -> Vec<&'s mut [f64]> {
        let stretch = |part: &Part| {
            let (stretch, rest) = std::mem::take(&mut sums).split_at_mut(part.rows.len());
            sums = rest;
            stretch
        };
        self.parts.iter().map(stretch).collect()
    }

    /// `Xᵀ q` over the rows of a part, without the IDF: for each term, and behind these for each own column of the part.
    fn scatter(&self, part: &Part, q: &[f64]) -> Vec<f64> {
        let width = self.squared_idf.len();
        let mut values = vec![0.0; width + part.own_terms.len()];
        let mut start = 0;
        let rows = part.rows.clone();
        for (end, (q, scale)) in part.ends.iter().zip(q[rows.clone()].iter().zip(self.scales(rows))) {
            let factor = q * scale;
            for column in &part.columns[start..*end as usize] {
                values[*column as usize] += factor;
            }
            start = *end as usize;
        }
        let (terms, own) = values.split_at_mut(width);
        for (term, own) in part.own_terms.iter().zip(own) {
            terms[term.index()] += *own;
        }
        values
    }

    /// Sets the sum of each row of a part, where `values` is `Xᵀ q` over all rows with the square of the IDF, and behind that
    /// what [`scatter`](Self::scatter) has for the own columns.
    fn gather(&self, part: &Part, values: &mut [f64], q: &[f64], sums: &mut [f64]) {
        let (terms, own) = values.split_at_mut(self.squared_idf.len());
        for (term, own) in part.own_terms.iter().zip(own) {
            // Of a term that no other group has nothing is left, not even rounding.
            *own = terms[term.index()] - *own * self.squared_idf[term.index()];
        }
        let mut start = 0;
        let rows = part.rows.clone();
        let own_products = q[rows.clone()].iter().zip(&part.own_products);
        let scales = part.ends.iter().zip(self.scales(rows));
        for ((end, scale), (total, (q, own_product))) in scales.zip(sums.iter_mut().zip(own_products)) {
            let mut sum = 0.0;
            for column in &part.columns[start..*end as usize] {
                sum += values[*column as usize];
            }
            *total = sum * scale - q * own_product;
            start = *end as usize;
        }
    }

    fn square(&self, terms: &mut [f64]) {
        terms.iter_mut().zip(&self.squared_idf).for_each(|(term, squared)| *term *= squared);
    }
}

/// The rows of groups that stand one behind the other.
fn rows_of(groups: &[Range<usize>]) -> Range<usize> {
    groups.first().map_or(0, |group| group.start)..groups.last().map_or(0, |group| group.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cluster;
    use crate::rank::Story;
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    fn cluster() -> Cluster {
        // Terms of one article and of several, in one sentence of it and in several, once and more often; and an article that
        // shares nothing.
        let texts = [
            "Aba aba bebe cici dodo efe gogo. Bebe cici hihi jojo keke lolo. Zaza zeze zizi zozo zuzu.",
            "Aba bebe cici dodo mama nono. Gogo hihi hihi jojo aba bebe papa. Keke keke lolo mama cici aba.",
            "Dodo efe gogo hihi aba nono. Wawa wewe wiwi wowo wuwu. Wawa wewe wiwi wowo lala.",
            "Yaya yeye yiyi yoyo yuyu. Yaya yeye tata tete titi.",
        ];
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        Cluster { articles, ..Cluster::default() }
    }

    #[test]
    fn neighbours_and_cosines_are_those_of_the_explicit_graph() {
        let cluster = cluster();
        let story = Story::new(sentences(&cluster));
        let graph = Agreement::between(story.sentences.ranges(), &story.matrix);
        let ids: Vec<SentenceId> = story.sentences.ids().collect();
        let article = |id: SentenceId| story.sentences.get(id).article;
        let edge = |a: SentenceId, b: SentenceId| {
            if article(a) == article(b) { 0.0 } else { story.matrix.cosine(a, b) }
        };
        let q: Vec<f64> = ids.iter().map(|id| 1.0 / (id.index() + 1) as f64).collect();
        let mut sums = vec![0.0; ids.len()];
        graph.neighbours(&q, &mut sums);
        for id in &ids {
            let expected: f64 = ids.iter().zip(&q).map(|(other, q)| edge(*id, *other) * q).sum();
            assert!((sums[id.index()] - expected).abs() < 1e-12, "{sums:?}");
            let joined = ids.iter().any(|other| edge(*id, *other) > 0.0);
            assert_eq!(Agreement::has_edge(graph.degrees()[id.index()]), joined);
            assert!(joined || graph.degrees()[id.index()] == 0.0, "{:?}", graph.degrees());
        }
        // The sums of rows one by one, and their cosines.
        let sum_of = |is_in: &dyn Fn(SentenceId) -> bool| {
            let mut sum = vec![0.0; story.matrix.width()];
            ids.iter().filter(|id| is_in(**id)).for_each(|id| story.matrix.add_row(*id, 1.0, &mut sum));
            sum
        };
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let cosine = |a: &[f64], b: &[f64]| dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
        let mut means = vec![0.0; ids.len()];
        graph.with_other_groups(&mut means);
        for (own, (rows, found)) in graph.cosines().enumerate() {
            let sum = sum_of(&|id| article(id).index() == own);
            let expected = cosine(&sum, &sum_of(&|id| article(id).index() != own));
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
            for row in rows.clone() {
                let of_row = sum_of(&|id| id.index() == row);
                let others = (0..4).filter(|other| *other != own);
                let cosines = others.map(|other| cosine(&of_row, &sum_of(&|id| article(id).index() == other)));
                assert!((means[row] - cosines.sum::<f64>() / 3.0).abs() < 1e-12, "{means:?}");
            }
        }
    }

    #[test]
    fn a_graph_in_parts_is_the_graph_in_one() {
        let cluster = cluster();
        let story = Story::new(sentences(&cluster));
        let q: Vec<f64> = (0..story.sentences.len()).map(|row| 1.0 / (row + 1) as f64).collect();
        let [in_one, in_parts] = [ROWS_A_PART, 4].map(|rows_a_part| {
            let graph = Agreement::in_parts(story.sentences.ranges(), &story.matrix, rows_a_part);
            let mut sums = vec![0.0; q.len()];
            graph.neighbours(&q, &mut sums);
            (graph.parts.len(), sums)
        });
        assert_eq!((in_one.0, in_parts.0), (1, 2));
        for (one, parts) in in_one.1.iter().zip(&in_parts.1) {
            assert!((one - parts).abs() < 1e-12, "{in_one:?} {in_parts:?}");
        }
    }
}
