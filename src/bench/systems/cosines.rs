//! Rows in, the cosines of one with all the others out, through the terms that they share.

use crate::model::SentenceId;
use crate::vectorize::TermMatrix;

/// Finds the sentences that have a cosine with one of them above zero.
///
/// For each term the sentences that hold it are listed, so that a sentence is held only against those that share a term
/// with it. All against all costs the sum of the squares of the lists' lengths.
pub(super) struct Cosines<'m> {
    matrix: &'m TermMatrix,
    /// For each term where its list begins in `holders`; one entry more than terms.
    starts: Vec<usize>,
    /// For each term the sentences that hold it, ids rising, and its weight in them.
    holders: Vec<(SentenceId, f64)>,
    /// The cosine of each sentence so far: zero between calls.
    sums: Vec<f64>,
    /// Those whose sum is not zero.
    touched: Vec<SentenceId>,
}

impl<'m> Cosines<'m> {
    /// Lists the sentences under their terms.
    pub fn new(matrix: &'m TermMatrix) -> Self {
        let ids = || (0..matrix.rows()).map(SentenceId::from);
        let mut starts = vec![0; matrix.width() + 1];
        ids().flat_map(|id| matrix.terms(id)).for_each(|term| starts[term.index() + 1] += 1);
        for term in 0..matrix.width() {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut holders = vec![(SentenceId(0), 0.0); matrix.nonzeros()];
        for id in ids() {
            for (term, weight) in matrix.row(id) {
                holders[next[term.index()]] = (id, weight);
                next[term.index()] += 1;
            }
        }
        Self { matrix, starts, holders, sums: vec![0.0; matrix.rows()], touched: Vec::new() }
    }

    /// Calls `each` with every sentence that shares a term with `id`, itself included, and their cosine; in an order that
    /// depends on the story alone.
    pub fn of(&mut self, id: SentenceId, mut each: impl FnMut(SentenceId, f64)) {
        for (term, weight) in self.matrix.row(id) {
            for (other, its) in &self.holders[self.starts[term.index()]..self.starts[term.index() + 1]] {
                let sum = &mut self.sums[other.index()];
                if *sum == 0.0 {
                    self.touched.push(*other);
                }
                *sum += weight * its;
            }
        }
        for other in self.touched.drain(..) {
            each(other, std::mem::take(&mut self.sums[other.index()]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{STORY, cluster, story};

    #[test]
    fn they_are_the_cosines_of_the_rows() {
        let cluster = cluster(&STORY);
        let story = story(&cluster);
        let mut cosines = Cosines::new(&story.matrix);
        for a in story.sentences.ids() {
            let mut found = vec![0.0; story.sentences.len()];
            cosines.of(a, |b, cosine| found[b.index()] = cosine);
            for b in story.sentences.ids() {
                assert!((found[b.index()] - story.matrix.cosine(a, b)).abs() < 1e-15, "{a:?} {b:?}");
            }
        }
    }
}
