//! A story and room for so many words in, the sentences that a published method would choose out; a file each.
//!
//! A new one is a new file with a type that implements [`System`], and a line in [`baselines`].
//!
//! * `room`: [`Room`] and [`Filling`], how long a summary may be.
//! * `random`, `lead`: what says nothing about the story, and what only says where a sentence stands.
//! * `textrank`, `lexrank`: how often a random walker (`walk`) is at a sentence.
//! * `centroid`, `mmr`, `sumbasic`, `submodular`, `bigrams`: what a summary as a whole covers, greedily or by search.
//! * `epitome`: our own.
//! * `oracle`: [`oracle`], which knows the answer.
//! * `cosines` and `cover` are what several of them look at.
//!
//! All look at the same sentences and, but for [`BigramCoverage`], at the same stems and weights as our own method does,
//! so that what is compared is how sentences are chosen. Ties go by id everywhere: same story, same sentences.

mod bigrams;
mod centroid;
mod cosines;
mod cover;
mod epitome;
mod lead;
mod lexrank;
mod mmr;
mod oracle;
mod random;
mod room;
mod submodular;
mod sumbasic;
#[cfg(test)]
mod testing;
mod textrank;
mod walk;

pub use bigrams::BigramCoverage;
pub use centroid::Centroid;
pub use epitome::Epitome;
pub use lead::{Lead, LeadFirst};
pub use lexrank::LexRank;
pub use mmr::Mmr;
pub use oracle::oracle;
pub use random::Random;
pub use room::{Filling, Room};
pub use submodular::LinBilmes;
pub use sumbasic::SumBasic;
pub use textrank::TextRank;

use crate::model::SentenceId;
use crate::rank::Story;

/// A method of choosing sentences.
pub trait System: Sync {
    /// The name in tables and on the command line: lower case, words joined by hyphens.
    fn name(&self) -> &'static str;

    /// The sentences of a story, in the order in which they are to be read until the room is full.
    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId>;
}

/// All baselines, in the order of tables. `seed` is for those that are random.
pub fn baselines(seed: u64) -> Vec<Box<dyn System>> {
    vec![
        Box::new(Random { seed }),
        Box::new(Lead),
        Box::new(LeadFirst),
        Box::new(TextRank),
        Box::new(LexRank),
        Box::new(Centroid),
        Box::new(Mmr),
        Box::new(SumBasic),
        Box::new(LinBilmes),
        Box::new(BigramCoverage),
    ]
}

/// The baseline of a name, `None` where no baseline has it.
pub fn baseline(name: &str, seed: u64) -> Option<Box<dyn System>> {
    baselines(seed).into_iter().find(|system| system.name() == name)
}

/// All sentences by their scores, the best first; of equals the one that stands first.
fn best_first(scores: &[f64]) -> impl Iterator<Item = SentenceId> + use<> {
    let mut order: Vec<(SentenceId, f64)> =
        scores.iter().enumerate().map(|(index, score)| (SentenceId::from(index), *score)).collect();
    order.sort_unstable_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    order.into_iter().map(|(id, _)| id)
}

/// Takes the best sentence out of a list whose ids rise; of equals the one that stands first.
fn best_of(sentences: &mut Vec<SentenceId>, value: impl Fn(SentenceId) -> f64) -> Option<SentenceId> {
    let mut best: Option<(usize, f64)> = None;
    for (place, id) in sentences.iter().enumerate() {
        let value = value(*id);
        if best.is_none_or(|(_, most)| value > most) {
            best = Some((place, value));
        }
    }
    best.map(|(place, _)| sentences.remove(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Budget;
    use testing::{STORY, cluster, english, story};

    #[test]
    fn no_degenerate_story_breaks_a_system() {
        let stories = [
            ("no article", cluster(&[])),
            ("no sentence", cluster(&["", ""])),
            ("one sentence", cluster(&["Aba bebe cici dodo efe."])),
            ("one word a sentence", cluster(&["Aba. Bebe. Aba.", "Cici. Aba."])),
            ("identical sentences", cluster(&["Aba bebe cici dodo. Aba bebe cici dodo."; 3])),
            ("stop words alone", english(&["It was what they were there for. So was I.", "But they were not here."])),
            ("stop words and others", english(&["It was what they were there for. The ferry hit the pier."])),
            ("a story", cluster(&STORY)),
        ];
        let budgets = [0, 3, 100, usize::MAX].map(Budget::Words).into_iter().chain([Budget::Sentences(2)]);
        let budgets: Vec<Budget> = budgets.chain([Budget::Chars(30), Budget::Percent(50)]).collect();
        for (what, cluster) in &stories {
            let story = story(cluster);
            for system in baselines(7) {
                for (budget, whole) in budgets.iter().flat_map(|budget| [(*budget, true), (*budget, false)]) {
                    let room = Room { budget, whole };
                    let chosen = system.choose(&story, &room);
                    let context = format!("{} on {what}, {room:?}: {chosen:?}", system.name());
                    let mut filling = room.filling(&story);
                    assert!(chosen.iter().all(|id| filling.take(*id)), "does not fit: {context}");
                    let mut once = chosen.clone();
                    once.sort_unstable();
                    once.dedup();
                    assert_eq!(once.len(), chosen.len(), "a sentence twice: {context}");
                    assert_eq!(chosen, system.choose(&story, &room), "not the same again: {context}");
                    let speaks = story.matrix.nonzeros() > 0 && *what != "one word a sentence";
                    let must = speaks && budget == Budget::Words(100);
                    assert!(!must || !chosen.is_empty(), "says nothing: {context}");
                }
            }
        }
    }

    #[test]
    fn every_name_stands_for_one_system() {
        let names: Vec<&str> = baselines(0).iter().map(|system| system.name()).collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len());
        assert!(names.iter().all(|name| baseline(name, 0).is_some_and(|system| system.name() == *name)));
        assert!(baseline("epitome", 0).is_none());
    }

    #[test]
    fn best_come_first_and_equals_as_they_stand() {
        let order: Vec<u32> = best_first(&[0.5, 1.0, 0.5, 2.0]).map(|id| id.0).collect();
        assert_eq!(order, [3, 1, 0, 2]);
        let mut ids = [0, 1, 2, 3].map(SentenceId).to_vec();
        assert_eq!(best_of(&mut ids, |id| f64::from(id.0 % 2)), Some(SentenceId(1)));
        assert_eq!(ids, [0, 2, 3].map(SentenceId));
    }
}
