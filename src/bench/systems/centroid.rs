//! A story in, the sentences that together point where all its sentences point out.
//!
//! Radev, Jing, Styś and Tam, *Centroid-based summarization of multiple documents* (2004), take the sentences nearest to
//! the mean of all. Here in the form of Ghalandari, *Revisiting the Centroid-based Method* (2017): not sentences are held
//! against the centroid but summaries. Greedily the sentence is added that makes
//!
//! ```text
//! cos(C, v(s_1) + … + v(s_k)),    v(s) = tf · idf of s
//! ```
//!
//! largest, until the room is full, also where the cosine falls. `C` is the sum of the TF-IDF rows, each of length one,
//! of all sentences, and terms that weigh no more than .3 of its weightiest count for nothing (Rossiello, Basile and
//! Semeraro, *Centroid-based Text Summarization through Compositionality of Word Embeddings*, 2017).
//!
//! Done differently: all sentences are candidates, where Ghalandari's best variant tunes how many from the top of each
//! article are; IDF is that of the [`TermMatrix`](crate::vectorize::TermMatrix).

use super::{Room, System, best_of};
use crate::model::SentenceId;
use crate::rank::Story;

/// A term that weighs no more than this share of the centroid's weightiest counts for nothing.
const TOPICAL: f64 = 0.3;

/// The centroid method, greedy over summaries.
pub struct Centroid;

impl System for Centroid {
    fn name(&self) -> &'static str {
        "centroid"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let centroid = centroid(story);
        let idf = story.matrix.idf();
        let mut filling = room.filling(story);
        let mut left: Vec<SentenceId> = story.sentences.ids().collect();
        let mut summary = vec![0.0; story.matrix.width()];
        // The square of the summary's length, and its product with the centroid.
        let (mut square, mut product) = (0.0, 0.0);
        loop {
            left.retain(|id| filling.fits(*id));
            // What a sentence adds to either.
            let added = |id: SentenceId| {
                story.matrix.entries(id).fold((0.0, 0.0), |(square, product), (term, count)| {
                    let weight = f64::from(count) * idf[term.index()];
                    let before: f64 = summary[term.index()];
                    (square + weight * (2.0 * before + weight), product + weight * centroid[term.index()])
                })
            };
            // The length of the centroid is the same for all.
            let similarity = |id: SentenceId| {
                let (more_square, more_product) = added(id);
                let length = (square + more_square).sqrt();
                if length > 0.0 { (product + more_product) / length } else { 0.0 }
            };
            let Some(best) = best_of(&mut left, similarity) else {
                return filling.into_taken();
            };
            let (more_square, more_product) = added(best);
            square += more_square;
            product += more_product;
            for (term, count) in story.matrix.entries(best) {
                summary[term.index()] += f64::from(count) * idf[term.index()];
            }
            filling.take(best);
        }
    }
}

/// What the story is about: a weight for each term, zero for most.
fn centroid(story: &Story<'_>) -> Vec<f64> {
    let mut centroid = vec![0.0; story.matrix.width()];
    story.sentences.ids().for_each(|id| story.matrix.add_row(id, 1.0, &mut centroid));
    let largest = centroid.iter().copied().fold(0.0, f64::max);
    for weight in &mut centroid {
        if *weight <= TOPICAL * largest {
            *weight = 0.0;
        }
    }
    centroid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn the_summary_and_not_its_sentences_comes_near_the_centroid() {
        // The first is nearest by itself, and so is its copy. But behind the first the copy would leave the direction as it
        // is, and the third brings in a part of the centroid that is missing.
        let cluster = cluster(&["Aba cici dodo. Aba cici dodo.", "Bebe gogo hihi. Zaza zeze zizi zozo zuzu."]);
        let story = story(&cluster);
        assert_eq!(numbers(Centroid.choose(&story, &sentences_of_room(2))), [0, 2]);
    }

    #[test]
    fn weights_and_the_first_choice_are_those_worked_out_by_hand() {
        // idf: `aba` ln(4/4) + 1 = 1; the others ln(4/2) + 1 = r = 1.693…. Rows: (1, r)/√(1 + r²) twice, and
        // (1, r, r)/√(1 + 2r²). The centroid: `aba` 2 · .5086 + .3854 = 1.4025; `bebe` and `cici` .8610; `dodo` and `efe`
        // .6525: all above .3 of the largest. Cosines, up to the centroid's length: (1.4025 + .8610 r) · .5086 = 1.4547
        // for the first two, (1.4025 + 2 · .6525 r) · .3854 = 1.3920 for the third.
        let cluster = cluster(&["Aba bebe. Aba cici. Aba dodo efe."]);
        let story = story(&cluster);
        let weights = centroid(&story);
        for (weight, expected) in weights.iter().zip([1.4025, 0.8610, 0.8610, 0.6525, 0.6525]) {
            assert!((weight - expected).abs() < 1e-3, "{weights:?}");
        }
        assert_eq!(numbers(Centroid.choose(&story, &sentences_of_room(1))), [0]);
    }
}
