//! Days of articles in, whether they are of few days out.
//!
//! That two articles are of one day says much in an archive of years, and nothing in a heap of one morning.

use rustc_hash::FxHashMap;

/// How many articles of a heap are of which day.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    days: FxHashMap<i32, u32>,
    articles: u64,
    /// How many pairs of articles are of one day, each article with itself included.
    pairs: u64,
}

/// A heap is of few days if of two articles at random one in so many pairs is of one day.
const FEW: u64 = 5;

impl Calendar {
    /// Counts one more article of a day.
    pub fn count(&mut self, day: i32) {
        let of_day = self.days.entry(day).or_default();
        self.pairs += 2 * u64::from(*of_day) + 1;
        *of_day += 1;
        self.articles += 1;
    }

    /// Whether all is of few days, as what is read for a briefing.
    pub fn is_of_few_days(&self) -> bool {
        let all = u128::from(self.articles) * u128::from(self.articles);
        u128::from(self.pairs) * u128::from(FEW) >= all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_of_few_days(days: impl IntoIterator<Item = i32>) -> bool {
        let mut calendar = Calendar::default();
        days.into_iter().for_each(|day| calendar.count(day));
        calendar.is_of_few_days()
    }

    #[test]
    fn a_morning_and_four_days_are_few_and_a_week_is_not() {
        assert!(is_of_few_days([5; 300]));
        assert!(is_of_few_days((0..700).map(|article| article % 4)));
        assert!(!is_of_few_days((0..700).map(|article| article % 7)));
        assert!(
            is_of_few_days((0..700).map(|article| if article % 2 == 0 { article } else { 365 })),
            "half are of one"
        );
        assert!(is_of_few_days([]));
    }
}
