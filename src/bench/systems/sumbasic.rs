//! A story in, the sentences that hold its likeliest words, each while it is news, out.
//!
//! Nenkova and Vanderwende, *The Impact of Frequency on Summarization* (2005). A word has the probability
//! `p(w) = n(w) / N`, a sentence the mean of those of its words. Again and again, of the sentences that hold the
//! likeliest word the one with the largest mean is taken, and `p` of each of its words is squared: said once, a word is
//! less likely to be said again.
//!
//! Done differently: words are stems (the paper's are words); stop words have no probability, as in the paper. Sentences
//! of stop words alone hold no word and come last.

use std::cmp::Reverse;

use super::{Room, System, best_of};
use crate::model::{SentenceId, TermId};
use crate::rank::Story;

/// SumBasic.
pub struct SumBasic;

impl System for SumBasic {
    fn name(&self) -> &'static str {
        "sumbasic"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let mut probabilities = probabilities(story);
        let mut filling = room.filling(story);
        let mut left: Vec<SentenceId> = story.sentences.ids().collect();
        loop {
            left.retain(|id| filling.fits(*id));
            let likeliest = likeliest(&left, story, &probabilities);
            let weight = |id: SentenceId| {
                let holds = likeliest.is_none_or(|term| story.matrix.terms(id).contains(&term));
                // A mean of probabilities is at least 0.
                if holds { mean(story, id, &probabilities) } else { -1.0 }
            };
            let Some(best) = best_of(&mut left, weight) else {
                return filling.into_taken();
            };
            filling.take(best);
            for term in story.matrix.terms(best) {
                probabilities[term.index()] *= probabilities[term.index()];
            }
        }
    }
}

/// For each term its share of all words that are no stop words.
fn probabilities(story: &Story<'_>) -> Vec<f64> {
    let mut of_term = vec![0_u64; story.matrix.width()];
    for (term, count) in story.sentences.ids().flat_map(|id| story.matrix.entries(id)) {
        of_term[term.index()] += u64::from(count);
    }
    let all: u64 = of_term.iter().sum();
    of_term.into_iter().map(|count| count as f64 / all as f64).collect()
}

/// The likeliest word that one of these sentences holds; of equals the one that the story says first.
fn likeliest(sentences: &[SentenceId], story: &Story<'_>, probabilities: &[f64]) -> Option<TermId> {
    let terms = sentences.iter().flat_map(|id| story.matrix.terms(*id)).copied();
    terms.max_by(|a, b| probabilities[a.index()].total_cmp(&probabilities[b.index()]).then(Reverse(a).cmp(&Reverse(b))))
}

/// The mean probability of the words of a sentence, a word that stands in it twice counted twice.
fn mean(story: &Story<'_>, id: SentenceId, probabilities: &[f64]) -> f64 {
    let row = || story.matrix.entries(id);
    let words: u32 = row().map(|(_, count)| u32::from(count)).sum();
    let sum: f64 = row().map(|(term, count)| f64::from(count) * probabilities[term.index()]).sum();
    if words > 0 { sum / f64::from(words) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn probabilities_and_choices_are_those_worked_out_by_hand() {
        // Ten words: aba 3, bebe 2, cici 2, dodo, efe, gogo 1 each.
        let cluster = cluster(&["Aba bebe cici. Aba dodo efe.", "Bebe cici. Aba gogo."]);
        let story = story(&cluster);
        let p = probabilities(&story);
        assert_eq!(p, [0.3, 0.2, 0.2, 0.1, 0.1, 0.1]);
        // The likeliest is aba; means .7/3, .5/3, –, .4/2: the first. Then aba .09, bebe and cici .04; the likeliest of
        // what is left are dodo, efe and gogo at .1, dodo first: the second sentence. Then aba .0081, dodo and efe .01;
        // gogo: the last one. The third is left.
        assert_eq!(numbers(SumBasic.choose(&story, &sentences_of_room(4))), [0, 1, 3, 2]);
    }
}
