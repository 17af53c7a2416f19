//! A story in, sentences that are each relevant and unlike those before out.
//!
//! Carbonell and Goldstein, *The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries*
//! (1998): again and again the sentence with the largest maximal marginal relevance is taken,
//!
//! ```text
//! λ · sim(s, q) − (1 − λ) · max over those taken of sim(s, t)
//! ```
//!
//! Both similarities are the cosine of TF-IDF rows. Done differently: there is no query in a generic summary, so `q` is the
//! centroid, the sum of all rows, as is usual.

use super::{Room, System, best_of};
use crate::model::SentenceId;
use crate::rank::Story;

/// The share of relevance. The paper leaves it to the user; ½ is the usual choice in the literature, and was not tuned.
const LAMBDA: f64 = 0.5;

/// Maximal marginal relevance to the centroid.
pub struct Mmr;

impl System for Mmr {
    fn name(&self) -> &'static str {
        "mmr"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let relevance = relevance(story);
        let mut filling = room.filling(story);
        let mut left: Vec<SentenceId> = story.sentences.ids().collect();
        // For each sentence the largest cosine with one that was taken.
        let mut told = vec![0.0_f64; story.sentences.len()];
        let mut taken_row = vec![0.0; story.matrix.width()];
        loop {
            left.retain(|id| filling.fits(*id));
            let marginal = |id: SentenceId| LAMBDA * relevance[id.index()] - (1.0 - LAMBDA) * told[id.index()];
            let Some(best) = best_of(&mut left, marginal) else {
                return filling.into_taken();
            };
            filling.take(best);
            story.matrix.add_row(best, 1.0, &mut taken_row);
            for id in &left {
                let cosine = story.matrix.row(*id).map(|(term, weight)| weight * taken_row[term.index()]).sum();
                told[id.index()] = told[id.index()].max(cosine);
            }
            story.matrix.terms(best).iter().for_each(|term| taken_row[term.index()] = 0.0);
        }
    }
}

/// For each sentence its cosine with the sum of all rows.
fn relevance(story: &Story<'_>) -> Vec<f64> {
    let mut all = vec![0.0; story.matrix.width()];
    story.sentences.ids().for_each(|id| story.matrix.add_row(id, 1.0, &mut all));
    let length = all.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    let product = |id| story.matrix.row(id).map(|(term, weight)| weight * all[term.index()]).sum::<f64>();
    story.sentences.ids().map(|id| if length > 0.0 { product(id) / length } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn relevance_is_the_cosine_worked_out_by_hand_and_a_copy_comes_last() {
        // Rows a, a, b with a · b = 0: the sum is (2, 1), of length √5.
        let cluster = cluster(&["Aba bebe cici. Aba bebe cici.", "Gogo hihi jojo."]);
        let story = story(&cluster);
        let relevance = relevance(&story);
        for (relevance, expected) in relevance.iter().zip([2.0, 2.0, 1.0]) {
            assert!((relevance - expected / 5.0_f64.sqrt()).abs() < 1e-12);
        }
        // Behind the first: its copy is worth ½ · .894 − ½ · 1 = −.053, the other ½ · .447 = .224.
        assert_eq!(numbers(Mmr.choose(&story, &sentences_of_room(3))), [0, 2, 1]);
    }
}
