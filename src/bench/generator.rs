//! A seed in, numbers that look random out.

/// A small generator of random numbers, the same on every platform: SplitMix64.
///
/// Steele, G. L., Lea, D. and Flood, C. H. (2014). Fast splittable pseudorandom number generators. *OOPSLA*, 453–472. The
/// mixing constants are Stafford's variant 13, as is usual.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The odd number nearest to 2⁶⁴ / golden ratio: how far the state moves each time.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    /// A generator that starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number: any of 2⁶⁴, all equally likely.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(Self::STEP);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`, all equally likely.
    ///
    /// The high half of the product of `limit` and a random number is in that range. A few of the 2⁶⁴ random numbers are
    /// too many to be shared out evenly, and drawn again. Lemire, D. (2019). Fast random integer generation in an
    /// interval. *ACM Transactions on Modeling and Computer Simulation* 29(1), 3.
    ///
    /// # Panics
    ///
    /// Panics where `limit` is 0: there is no such number.
    pub fn below(&mut self, limit: usize) -> usize {
        assert!(limit > 0, "a number below 0 is asked for");
        let limit = limit as u64;
        // 2⁶⁴ modulo the limit, without 2⁶⁴.
        let too_many = limit.wrapping_neg() % limit;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(limit);
            if product as u64 >= too_many {
                return (product >> 64) as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut generator = SplitMix64::new(1_234_567);
        let numbers: Vec<u64> = (0..5).map(|_| generator.next_u64()).collect();
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(numbers, published);
    }

    #[test]
    fn numbers_below_a_limit_are_all_about_as_frequent() {
        let mut generator = SplitMix64::new(7);
        let mut counts = [0_i32; 6];
        (0..60_000).for_each(|_| counts[generator.below(6)] += 1);
        // The standard deviation of a count is 91.
        assert!(counts.iter().all(|count| (count - 10_000).abs() < 400), "{counts:?}");
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn numbers_that_cannot_be_shared_out_evenly_are_drawn_again() {
        // Four random numbers for every three results: if none were drawn again, the first of the three would have two
        // of them, and half of all results would be multiples of three. The standard deviation of the count is 47.
        let mut generator = SplitMix64::new(3);
        let threes = (0..10_000).filter(|_| generator.below(3 << 62).is_multiple_of(3)).count();
        assert!((3_133..3_533).contains(&threes), "{threes}");
    }
}
