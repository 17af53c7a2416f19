//! A story and a seed in, sentences in random order out: what a method must beat to have said anything.

use super::{Room, System};
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
        let mut random = SplitMix64(self.seed ^ hash(story));
        let mut ids: Vec<SentenceId> = story.sentences.ids().collect();
        // Fisher and Yates: each position gets one of those not yet placed.
        for place in 0..ids.len() {
            let from = place + random.below(ids.len() - place);
            ids.swap(place, from);
        }
        room.fill(story, ids)
    }
}

/// The generator of Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators* (2014): 64 bits of state,
/// every one of 2⁶⁴ numbers once.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `count`: the high half of a product. Its bias is below `count` / 2⁶⁴.
    fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
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
    fn the_generator_gives_its_published_numbers() {
        // The test vector that implementations of SplitMix64 share, for the seed 1234567.
        let mut random = SplitMix64(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

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
