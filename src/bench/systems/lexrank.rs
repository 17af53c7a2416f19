//! A story in, its sentences by LexRank, less those that repeat better ones, out.
//!
//! Erkan and Radev, *LexRank: Graph-based Lexical Centrality as Salience in Text Summarization* (2004): two sentences are
//! joined when their cosine is above .1, all edges weigh the same, every sentence is joined to itself, and sentences go by
//! how often a random walker is there. The cosine is the paper's "idf-modified" one, which is that of TF-IDF rows. Of the
//! paper's variants this is LexRank with a threshold, which it found better than continuous LexRank; that one is nearly
//! the same as a centroid. As in the paper's runs, the walk is followed by the reranker of MEAD: from the best down, a
//! sentence that has a cosine above .5 with one that was taken is passed over.
//!
//! Done differently: IDF is that of the [`TermMatrix`], smoothed and counted over the story's own sentences, where the
//! paper counts over a corpus; words are stems without stop words; MEAD's other features (the centroid's and the
//! position's, and that sentences of fewer than nine words are dropped) are left out, so that the walk is what is measured.
//!
//! *What it costs.* Edges are found through shared terms ([`Cosines`]) and kept as a bit for each pair of sentences:
//! 12.5 MB for 10,000 sentences, at most 10⁸ steps for each of some fifty rounds.

use super::cosines::Cosines;
use super::walk::{Walk, walk};
use super::{Room, System, best_first};
use crate::model::SentenceId;
use crate::rank::Story;
use crate::vectorize::TermMatrix;

/// Two sentences are joined above this cosine: the best of .1, .2 and .3 in the paper.
const JOINED: f64 = 0.1;

/// A sentence repeats another above this cosine: the threshold of MEAD's reranker in the paper's sample policy.
const REPEATS: f64 = 0.5;

/// LexRank with a threshold.
pub struct LexRank;

impl System for LexRank {
    fn name(&self) -> &'static str {
        "lexrank"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let mut filling = room.filling(story);
        for id in best_first(&ranked(&story.matrix).scores) {
            if filling.is_full() {
                break;
            }
            if filling.fits(id) && !filling.taken().iter().any(|taken| story.matrix.cosine(*taken, id) > REPEATS) {
                filling.take(id);
            }
        }
        filling.into_taken()
    }
}

fn ranked(matrix: &TermMatrix) -> Walk {
    let edges = Edges::of(matrix);
    walk(matrix.rows(), |q| edges.neighbours(q))
}

/// Which sentences are joined: a bit for each pair.
struct Edges {
    bits: Vec<u64>,
    /// How many words of 64 bits a sentence has.
    stride: usize,
}

impl Edges {
    fn of(matrix: &TermMatrix) -> Self {
        let stride = matrix.rows().div_ceil(64);
        let mut bits = vec![0; matrix.rows() * stride];
        let mut cosines = Cosines::new(matrix);
        for row in 0..matrix.rows() {
            let bits = &mut bits[row * stride..][..stride];
            cosines.of(SentenceId::from(row), |other, cosine| {
                if cosine > JOINED {
                    bits[other.index() / 64] |= 1 << (other.index() % 64);
                }
            });
        }
        Self { bits, stride }
    }

    /// For each sentence the sum of `q` over those that it is joined to.
    fn neighbours(&self, q: &[f64]) -> Vec<f64> {
        let sum = |row: usize| {
            let mut sum = 0.0;
            for (block, bits) in self.bits[row * self.stride..][..self.stride].iter().enumerate() {
                let mut bits = *bits;
                while bits != 0 {
                    sum += q[block * 64 + bits.trailing_zeros() as usize];
                    bits &= bits - 1;
                }
            }
            sum
        };
        (0..q.len()).map(sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn a_path_of_three_and_a_sentence_alone_score_as_worked_out_by_hand() {
        // 0 – 1 – 2, each joined to itself too, and 3, joined to itself alone: p₃ = a + d p₃ with a = .15 / 4, so ¼. The
        // path keeps ¾: p₀ = p₂ = a + d (p₀ / 2 + p₁ / 3), p₁ = ¾ − 2 p₀, so p₀ (1 − d/2 + 2d/3) = a + d/4.
        let cluster = cluster(&["Aba bebe cici. Aba bebe gogo hihi. Gogo hihi zaza. Zeze zizi zozo."]);
        let story = story(&cluster);
        let scores = ranked(&story.matrix).scores;
        let outer = (0.0375 + 0.2125) / (1.0 + 0.85 / 6.0);
        for (score, expected) in scores.iter().zip([outer, 0.75 - 2.0 * outer, outer, 0.25]) {
            assert!((score - expected).abs() < 1e-9, "{scores:?}");
        }
        assert_eq!(numbers(LexRank.choose(&story, &sentences_of_room(4)))[0], 1);
    }

    #[test]
    fn a_cosine_below_the_threshold_is_no_edge_and_one_above_the_other_a_repetition() {
        let long = "Aba bb cc dd ee ff gg hh ii jj kk ll mm nn. Aba ob pb qb rb sb tb ub vb wb xb yb zb ab.";
        let cluster = cluster(&[long, "Gogo hihi jojo keke. Gogo hihi jojo keke lolo."]);
        let story = story(&cluster);
        let cosine = story.matrix.cosine(SentenceId(0), SentenceId(1));
        assert!(cosine > 0.0 && cosine < JOINED, "{cosine}");
        let degrees = Edges::of(&story.matrix).neighbours(&[1.0; 4]);
        assert_eq!(degrees, [1.0, 1.0, 2.0, 2.0]);
        // All four score a quarter, so they go by id, but the last says what the third says.
        assert_eq!(numbers(LexRank.choose(&story, &sentences_of_room(4))), [0, 1, 2]);
    }
}
