//! A story and a judge who knows the answer in, the sentences that it would choose out: a ceiling, no baseline.
//!
//! No method that chooses sentences can be expected to do better, so what lies between a method and the oracle is what
//! there is to gain. Greedy search with a ROUGE score as the judge is the usual one, for instance in Nallapati, Zhai and
//! Zhou, *SummaRuNNer* (2017).

use super::{Room, best_first};
use crate::model::SentenceId;
use crate::rank::Story;

/// So many sentences, the best by themselves, are looked at again at each step: what is worth little alone is worth little
/// beside others.
const CANDIDATES: usize = 300;

/// Adds, again and again, the sentence that raises `value` most, until none does or the room is full. Of equals the first
/// is taken.
///
/// `value` says how good a summary is, its sentences given in the order in which they were taken, the last one in whole
/// also where it will be cut: the mean of ROUGE-1 F1 and ROUGE-2 F1 against the references, as a rule. It is called once
/// for each sentence, and then at most 300 times for each that is taken.
pub fn oracle(story: &Story<'_>, room: &Room, mut value: impl FnMut(&[SentenceId]) -> f64) -> Vec<SentenceId> {
    let mut filling = room.filling(story);
    let fitting = |id: &SentenceId| filling.fits(*id);
    // What does not fit into an empty summary is worth nothing.
    let alone: Vec<f64> =
        story.sentences.ids().map(|id| if fitting(&id) { value(&[id]) } else { f64::NEG_INFINITY }).collect();
    let mut left: Vec<SentenceId> = best_first(&alone).take(CANDIDATES).collect();
    left.sort_unstable();
    let mut reached = 0.0;
    let mut summary = Vec::new();
    loop {
        left.retain(|id| filling.fits(*id));
        let mut best: Option<(f64, SentenceId)> = None;
        for id in &left {
            let with = if summary.is_empty() {
                alone[id.index()]
            } else {
                summary.push(*id);
                let with = value(&summary);
                summary.pop();
                with
            };
            if with > best.map_or(reached, |(value, _)| value) {
                best = Some((with, *id));
            }
        }
        let Some((with, id)) = best else {
            return filling.into_taken();
        };
        reached = with;
        filling.take(id);
        summary.push(id);
        left.retain(|other| *other != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn it_takes_what_raises_the_value_most_and_stops_where_nothing_does() {
        let cluster = cluster(&["Aba bebe cici. Dodo efe gogo.", "Hihi jojo keke. Lolo mama nono."]);
        let story = story(&cluster);
        // A set is worth the distinct parts that it holds, less a quarter for each sentence.
        let parts: [&[u32]; 4] = [&[1, 2], &[2, 3, 4], &[1], &[4]];
        let value = |set: &[SentenceId]| {
            let mut held: Vec<u32> = set.iter().flat_map(|id| parts[id.index()]).copied().collect();
            held.sort_unstable();
            held.dedup();
            held.len() as f64 - 0.25 * set.len() as f64
        };
        // First the second (2.75); then the first and the third both bring part 1, and the first stands first.
        assert_eq!(numbers(oracle(&story, &sentences_of_room(4), value)), [1, 0]);
        assert_eq!(numbers(oracle(&story, &sentences_of_room(1), value)), [1]);
        assert!(oracle(&story, &sentences_of_room(0), value).is_empty());
        assert!(oracle(&story, &sentences_of_room(4), |_| 0.0).is_empty());
    }
}
