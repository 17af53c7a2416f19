//! A story and a seed in, sentences in random order out: what a method must beat to have said anything.

use super::{Room, System};
use crate::bench::generator::SplitMix64;
use crate::model::SentenceId;
use crate::rank::Story;

/// Sentences in random order. The order depends on the seed and on what the story says, not on when or beside which other
/// stories it is summarised.
pub struct Random {
    /// The seed of the run.
    pub seed: u64,
}

impl System for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let mut random = SplitMix64::new(self.seed ^ hash(story));
        let mut ids: Vec<SentenceId> = story.sentences.ids().collect();
        // Fisher and Yates: each position gets one of those not yet placed.
        for place in 0..ids.len() {
            let from = place + random.below(ids.len() - place);
            ids.swap(place, from);
        }
        room.fill(story, ids)
    }
}

/// FNV-1a of all sentences (Fowler, Noll and Vo), which is the same on each platform and in each version of a library.
fn hash(story: &Story<'_>) -> u64 {
    let bytes = story.sentences.ids().flat_map(|id| story.sentences.text(id).bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn every_sentence_comes_once_and_first_about_as_often_as_any_other() {
        let cluster = cluster(&["Aba bebe cici dodo. Efe gogo hihi jojo. Keke lolo mama nono. Papa quqo roro sese."]);
        let story = story(&cluster);
        let mut first = [0_u32; 4];
        for seed in 0..4000 {
            let mut order = numbers(Random { seed }.choose(&story, &sentences_of_room(4)));
            first[order[0] as usize] += 1;
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3]);
        }
        // A thousand each, give or take four standard deviations of sqrt(4000 · ¼ · ¾) = 27.
        assert!(first.iter().all(|count| (890..=1110).contains(count)), "{first:?}");
    }
}
