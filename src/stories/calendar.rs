//! Days of articles in, how much it says that two of them are near each other out.
//!
//! That two articles are of one day says much in an archive of years, and nothing in a heap of one morning.

use std::collections::BTreeMap;

/// How many articles of a heap are of which day.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    days: BTreeMap<i32, u32>,
    /// For each number of days, from 0 on, the negative logarithm of the share of pairs of dated articles that lie no further
    /// apart.
    surprise: Vec<f64>,
}

/// Pairs further apart than so many days surprise nobody.
const FURTHEST: usize = 14;

/// Nothing is more surprising than this: one pair in so many.
const RAREST: f64 = 1_000.0;

impl Calendar {
    /// Counts one more article of a day.
    pub fn count(&mut self, day: i32) {
        *self.days.entry(day).or_default() += 1;
    }

    /// Works out the shares of pairs once all have been counted.
    pub fn settle(&mut self) {
        let all: f64 = self.days.values().map(|count| f64::from(*count)).sum();
        let mut pairs = [0.0; FURTHEST + 1];
        for (day, count) in &self.days {
            for (other, others) in self.days.range(*day..=day.saturating_add(FURTHEST as i32)) {
                let days = (other - day) as usize;
                pairs[days] += f64::from(*count) * f64::from(*others) * if days == 0 { 1.0 } else { 2.0 };
            }
        }
        let mut within = 0.0;
        self.surprise.clear();
        for pairs in pairs {
            within += pairs;
            self.surprise.push(if all > 0.0 { -libm::log((within / (all * all)).max(1.0 / RAREST)) } else { 0.0 });
        }
    }

    /// How surprising it is that two articles lie no more than so many days apart: the negative logarithm of the share of pairs
    /// that do, between 0 and the logarithm of 1,000.
    pub fn surprise(&self, days: u32) -> f64 {
        self.surprise.get(days as usize).or(self.surprise.last()).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(days: impl IntoIterator<Item = i32>) -> Calendar {
        let mut calendar = Calendar::default();
        days.into_iter().for_each(|day| calendar.count(day));
        calendar.settle();
        calendar
    }

    #[test]
    fn one_day_is_no_surprise_in_a_heap_of_one_day() {
        assert_eq!(calendar([5, 5, 5]).surprise(0), 0.0);
        assert_eq!(calendar([]).surprise(0), 0.0);
    }

    #[test]
    fn the_longer_the_archive_the_more_says_a_common_day() {
        // Of 100 pairs, each article with itself included, 10 are of one day and 18 of neighbouring ones.
        let short = calendar(0..10);
        assert!((short.surprise(0) - 10.0f64.ln()).abs() < 1e-12);
        assert!((short.surprise(1) - (100.0f64 / 28.0).ln()).abs() < 1e-12);
        assert!(short.surprise(3) < short.surprise(1));
        assert!(calendar(0..300).surprise(0) > short.surprise(0));
        assert_eq!(calendar(0..9_000).surprise(0), 1_000.0f64.ln());
    }
}
