//! A story in, its sentences by plain TextRank out.
//!
//! Mihalcea and Tarau, *TextRank: Bringing Order into Texts* (2004): a node for each sentence, an edge between any two
//! that weighs
//!
//! ```text
//! w_ij = |words that both hold| / (ln |s_i| + ln |s_j|)
//! ```
//!
//! and the sentences by how often a random walker is there (damping .85, starting anew anywhere). Nothing keeps out what
//! repeats. Unlike [our own ranking](crate::rank), the walker knows neither articles nor positions.
//!
//! Done differently: words are stems without stop words (the paper leaves the choice of words open), and `|s|` counts
//! each once, as the overlap does. Two sentences of one word each, which would divide by zero, have no edge. Scores are
//! 1 in sum, which the paper's are not; that is a scale.
//!
//! *The graph is not built.* The weight depends on the sentences through their words and through their lengths, and there
//! are few lengths. So one pass over all words adds up what sentences of each length hold of each word, and a second one
//! gathers: a round costs `entries × lengths`, not `sentences²`. It is exact. A cluster of 10,000 sentences with 40
//! lengths takes some ten million steps a round, and `words × lengths` numbers.

use super::walk::{Walk, walk};
use super::{Room, System, best_first};
use crate::model::SentenceId;
use crate::rank::Story;
use crate::vectorize::TermMatrix;

/// Plain TextRank.
pub struct TextRank;

impl System for TextRank {
    fn name(&self) -> &'static str {
        "textrank"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        room.fill(story, best_first(&ranked(&story.matrix).scores))
    }
}

fn ranked(matrix: &TermMatrix) -> Walk {
    let overlap = Overlap::of(matrix);
    walk(matrix.rows(), |q| overlap.neighbours(q))
}

/// The graph of sentences that have words in common.
struct Overlap<'m> {
    matrix: &'m TermMatrix,
    /// The logarithm of each length that sentences have, shortest first.
    logs: Vec<f64>,
    /// For each sentence, which of these is its length.
    length: Vec<usize>,
}

impl<'m> Overlap<'m> {
    fn of(matrix: &'m TermMatrix) -> Self {
        // An empty row has no edge, whatever the length it is said to have.
        let counts = || (0..matrix.rows()).map(|row| matrix.terms(SentenceId::from(row)).len().max(1));
        let mut lengths: Vec<usize> = counts().collect();
        lengths.sort_unstable();
        lengths.dedup();
        let length = counts().map(|count| lengths.partition_point(|length| *length < count)).collect();
        Self { matrix, logs: lengths.iter().map(|length| libm::log(*length as f64)).collect(), length }
    }

    /// For each sentence the sum of `q` over its edges, weighted by them.
    fn neighbours(&self, q: &[f64]) -> Vec<f64> {
        let (matrix, lengths) = (self.matrix, self.logs.len());
        // For each term and each length: the sum of `q` over the sentences of that length that hold the term.
        let mut held = vec![0.0; matrix.width() * lengths];
        for (row, q) in q.iter().enumerate() {
            for term in matrix.terms(SentenceId::from(row)) {
                held[term.index() * lengths + self.length[row]] += q;
            }
        }
        let mut common = vec![0.0; lengths];
        let sum = |row: usize| {
            let terms = matrix.terms(SentenceId::from(row));
            common.fill(0.0);
            for term in terms {
                let held = &held[term.index() * lengths..][..lengths];
                common.iter_mut().zip(held).for_each(|(common, held)| *common += held);
            }
            // A sentence is not joined to itself.
            common[self.length[row]] -= terms.len() as f64 * q[row];
            let own = self.logs[self.length[row]];
            let edges = common.iter().zip(&self.logs).filter(|(_, log)| own + **log > 0.0);
            // What is left of a difference of equal numbers may be just below zero.
            edges.map(|(common, log)| common / (own + log)).sum::<f64>().max(0.0)
        };
        (0..matrix.rows()).map(sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{STORY, cluster, numbers, sentences_of_room, story};

    #[test]
    fn the_graph_that_is_not_built_is_the_one_of_the_paper() {
        let cluster = cluster(&STORY);
        let story = story(&cluster);
        let matrix = &story.matrix;
        let ids = || story.sentences.ids();
        let weight = |a: SentenceId, b: SentenceId| {
            let logs = (matrix.terms(a).len() as f64).ln() + (matrix.terms(b).len() as f64).ln();
            if a == b { 0.0 } else { matrix.common_terms(a, b) as f64 / logs }
        };
        let q: Vec<f64> = ids().map(|id| 1.0 / (2.0 + f64::from(id.0))).collect();
        let sums = Overlap::of(matrix).neighbours(&q);
        for a in ids() {
            let expected: f64 = ids().map(|b| weight(a, b) * q[b.index()]).sum();
            assert!((sums[a.index()] - expected).abs() < 1e-12, "{a:?}: {} for {expected}", sums[a.index()]);
        }
    }

    #[test]
    fn an_edge_weighs_what_is_worked_out_by_hand() {
        // Two words in common, four and three words: 2 / (ln 4 + ln 3) = 2 / ln 12.
        let cluster = cluster(&["Aba bebe cici dodo. Aba bebe efe. Gogo hihi jojo."]);
        let story = story(&cluster);
        let weight = 2.0 / 12.0_f64.ln();
        let degrees = Overlap::of(&story.matrix).neighbours(&[1.0; 3]);
        assert!((degrees[0] - weight).abs() < 1e-12 && (degrees[1] - weight).abs() < 1e-12, "{degrees:?}");
        assert!(degrees[2].abs() < 1e-12, "{degrees:?}");
    }

    #[test]
    fn the_sentence_that_has_most_in_common_with_the_others_comes_first() {
        let cluster = cluster(&["Gogo hihi zaza. Aba bebe cici. Aba bebe gogo hihi. Zeze zizi zozo."]);
        let story = story(&cluster);
        // The third is joined to two, the first and second to it alone: 0 and 1 tie; the last has no edge.
        let order = numbers(TextRank.choose(&story, &sentences_of_room(4)));
        assert_eq!((order[0], order[3]), (2, 3));
    }
}
