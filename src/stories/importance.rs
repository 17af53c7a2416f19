//! A story among all stories of a heap in, its place in a briefing out.
//!
//! What many independent voices tell, in many outlets, of late, and more and more, comes first. The weights are choices,
//! not measurements: nobody has said which stories of a morning are the most important ones.

use super::story::Parts;
use crate::date::Moment;

/// What counts of a story.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// How many voices tell it.
    pub voices: usize,
    /// How many outlets do.
    pub outlets: usize,
    /// For each dated article how many hours before the newest article of the heap it was published.
    pub ages: Vec<f64>,
    /// How many articles there are.
    pub articles: usize,
}

/// The logarithm of the voices, and of the outlets, times so much: the tenth adds less than the second.
const VOICES: f64 = 1.0;
const OUTLETS: f64 = 0.25;

/// A story whose last article is the newest of all gets so much, and half of it for each [`HALF_LIFE`] before that.
const RECENCY: f64 = 1.0;

/// In hours.
const HALF_LIFE: f64 = 24.0;

/// A story that is told by the articles of the last [`LATELY`] hours alone gets so much.
const GROWTH: f64 = 0.5;

/// In hours: so long is `lately`, and as long before it is `before`.
const LATELY: f64 = 24.0;

impl Coverage {
    /// What the place of the story is made of.
    pub fn parts(&self) -> Parts {
        let newest = self.ages.iter().copied().reduce(f64::min);
        let within = |from: f64, to: f64| self.ages.iter().filter(|age| (from..to).contains(age)).count() as f64;
        let grown = (within(0.0, LATELY) - within(LATELY, 2.0 * LATELY)) / self.articles.max(1) as f64;
        let is_story = self.articles > 1;
        Parts {
            voices: VOICES * libm::log(self.voices.max(1) as f64),
            recency: newest.map_or(0.0, |age| RECENCY * libm::exp2(-age / HALF_LIFE)),
            spread: OUTLETS * libm::log(self.outlets.max(1) as f64),
            growth: if is_story { GROWTH * grown.max(0.0) } else { 0.0 },
        }
    }
}

/// A moment in hours from a fixed one; a day without a time counts as its noon, and a time without a zone as one of
/// Coordinated Universal Time.
pub(super) fn hours(moment: Moment) -> f64 {
    const NOON: f64 = 12.0;
    let days = f64::from(super::document::days_since_1970(moment.date));
    let time = moment.time.map_or(NOON, |time| f64::from(time.hour()) + f64::from(time.minute()) / 60.0);
    let ahead = moment.offset.map_or(0.0, |offset| f64::from(offset.seconds()) / 3600.0);
    24.0 * days + time - ahead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(coverage: Coverage) -> f64 {
        coverage.parts().sum()
    }

    #[test]
    fn voices_count_and_copies_do_not() {
        let two = Coverage { voices: 2, outlets: 2, articles: 2, ages: vec![3.0, 5.0] };
        let copied = Coverage { articles: 40, ages: vec![3.0; 40], ..two.clone() };
        let three = Coverage { voices: 3, outlets: 3, articles: 3, ages: vec![3.0, 5.0, 6.0] };
        assert!((score(copied) - score(two.clone())).abs() < 1e-9);
        assert!(score(three) > score(two));
    }

    #[test]
    fn yesterdays_story_comes_behind_todays() {
        let at = |age: f64| Coverage { voices: 3, outlets: 3, articles: 3, ages: vec![age; 3] };
        assert!(score(at(1.0)) > score(at(30.0)));
        assert!(score(at(30.0)) > score(Coverage { ages: Vec::new(), ..at(0.0) }), "undated is not new");
    }

    #[test]
    fn an_hour_is_the_same_everywhere() {
        let hours = |text: &str| hours(text.parse().unwrap());
        assert_eq!(hours("2031-03-04T07:15+01:00"), hours("2031-03-04T06:15Z"));
        assert_eq!(hours("2031-03-04"), hours("2031-03-04T12:00"));
        assert_eq!(hours("2031-03-05T00:00") - hours("2031-03-04T00:00"), 24.0);
    }
}
