//! A seed in, choices that look random out: the same on every machine, since nothing but whole numbers is computed.

use epitome::bench::generator::SplitMix64;

/// Ranks up to this many octaves follow Zipf's law: rank r with a probability of about 1/r.
const ZIPF_OCTAVES: usize = 6;

/// No rank lies beyond so many octaves.
const MOST_OCTAVES: usize = 24;

/// What decides everything that is left to chance.
pub struct Dice(SplitMix64);

impl Dice {
    /// Dice for one thing: what it is follows from all the numbers, in their order.
    pub fn of(thing: &[u64]) -> Self {
        // A generator per number, each seeded by what came before: (1, 2) and (2, 1) are different things.
        let seed = thing.iter().fold(0, |seed, number| SplitMix64::new(seed ^ *number).next_u64());
        Self(SplitMix64::new(seed))
    }

    /// A number from 0 up to, not including, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several things, all equally likely.
    pub fn one_of<'t, T: ?Sized>(&mut self, things: &[&'t T]) -> &'t T {
        things[self.below(things.len())]
    }

    /// The place of one of several weights, each as likely as it is large.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let here = left < *weight;
                left = left.saturating_sub(*weight);
                here
            })
            .expect("what is left is less than the sum")
    }

    /// A rank as words of a language have: Zipf's law for the frequent ones, Heaps' law for how many there are.
    ///
    /// The octave is drawn first, then the rank in it; the first octave has `first` ranks and each further one twice as
    /// many. The first octaves are equally likely, so that a rank r has a probability of about 1/r. Beyond them each is
    /// half as likely as the one before, about 1/r², so that n draws find about √n ranks: there is no last word.
    pub fn rank(&mut self, first: usize) -> usize {
        let mut octave = self.below(ZIPF_OCTAVES + 1);
        if octave == ZIPF_OCTAVES {
            while octave < MOST_OCTAVES && self.chance(50) {
                octave += 1;
            }
        }
        let before = first * ((1 << octave) - 1);
        before + self.below(first << octave)
    }
}
