//! The date of an article and a window in, whether the article is news of that window out.
//!
//! Three days must not be taken for each other: when something happened, when it was published, and when it was first seen
//! here. What an article says of its publication decides whether it is old, and nothing else does: an article without a date is
//! told, since it was never seen before, and is never counted as of today.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::paper::Window;
use crate::date::Moment;

/// What is published shortly before an edition often comes in after it: feeds are asked once an hour, and some are slow. So
/// long before the window an article may have been published and still be told.
const LATE: SignedDuration = SignedDuration::from_hours(48);

/// Clocks differ, and so do readings of a time without a zone; a date that is further ahead than this is a mistake.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// A first edition that would have nothing in it reaches back so far before the newest article.
const REACH: SignedDuration = SignedDuration::from_hours(24);

/// Which clock an edition is made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The clock on the wall: a date that is ahead of it is wrong.
    Wall,
    /// Another moment, which somebody asked for: what was published after it was not there yet.
    AsOf,
}

/// What is known of the date of an article that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dating {
    /// It has one.
    Dated,
    /// It has none.
    Undated,
    /// The one that it has is ahead of the clock, and says nothing.
    Ahead,
}

/// Where an article stands to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Inside(Dating),
    Older,
    Later,
}

/// What became of the articles that a window was held against, as indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Those that are of the window, or of no known date.
    pub inside: Vec<(usize, Dating)>,
    /// Those that are older than it.
    pub older: Vec<usize>,
    /// Those that come later.
    pub later: Vec<usize>,
    /// The window, which a first edition may have moved.
    pub window: Window,
}

/// Sorts articles by where they stand to a window. Of each is given when it was published, and whether it is a later revision of
/// an article that was read before: then it is new, whenever the article was first published.
pub fn sort(articles: &[(Option<Moment>, bool)], window: Window, clock: Clock, zone: &TimeZone) -> Sorted {
    let sorted = sort_into(articles, window, clock, zone);
    if !window.first || !sorted.inside.is_empty() {
        return sorted;
    }
    // Somebody who begins with what lies in a folder wants to see it, however old it is.
    let newest = sorted.older.iter().filter_map(|index| articles[*index].0).map(|moment| bounds(moment, zone)[0]).max();
    match newest {
        Some(newest) => sort_into(articles, Window { from: newest - REACH, reached_back: true, ..window }, clock, zone),
        None => sorted,
    }
}

fn sort_into(articles: &[(Option<Moment>, bool)], window: Window, clock: Clock, zone: &TimeZone) -> Sorted {
    let mut sorted = Sorted { window, ..Sorted::default() };
    for (index, (published, revised)) in articles.iter().enumerate() {
        match standing(*published, *revised, window, clock, zone) {
            Standing::Inside(dating) => sorted.inside.push((index, dating)),
            Standing::Older => sorted.older.push(index),
            Standing::Later => sorted.later.push(index),
        }
    }
    sorted
}

fn standing(published: Option<Moment>, revised: bool, window: Window, clock: Clock, zone: &TimeZone) -> Standing {
    let Some(published) = published else { return Standing::Inside(Dating::Undated) };
    let [earliest, latest] = bounds(published, zone);
    if earliest > window.until {
        return match clock {
            Clock::AsOf => Standing::Later,
            Clock::Wall if earliest > window.until + AHEAD => Standing::Inside(Dating::Ahead),
            Clock::Wall => Standing::Inside(Dating::Dated),
        };
    }
    let late = if window.first || window.asked { SignedDuration::ZERO } else { LATE };
    let is_old = latest <= window.from.saturating_sub(late).unwrap_or(Timestamp::MIN);
    if is_old && !revised { Standing::Older } else { Standing::Inside(Dating::Dated) }
}

/// The first and the last instant that a moment may be, a time without a zone being one of the briefing's.
fn bounds(moment: Moment, zone: &TimeZone) -> [Timestamp; 2] {
    let instant = |time: Time| {
        let civil = moment.date.to_datetime(time);
        let own = moment.offset.map(TimeZone::fixed);
        own.as_ref().unwrap_or(zone).to_ambiguous_timestamp(civil).compatible().ok()
    };
    let [first, last] = match moment.time {
        Some(time) => [time, time],
        None => [Time::MIN, Time::constant(23, 59, 59, 0)],
    };
    // A year that no instant can be given for is far ahead, or long gone.
    let beyond = if moment.date.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    [instant(first).unwrap_or(beyond), instant(last).unwrap_or(beyond)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: &str, until: &str) -> Window {
        Window { from: from.parse().unwrap(), until: until.parse().unwrap(), ..Window::default() }
    }

    fn told(published: &str, window: Window, clock: Clock) -> Sorted {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        sort(&[(published.parse().ok(), false)], window, clock, &zone)
    }

    #[test]
    fn a_day_without_a_time_is_of_the_window_if_any_of_it_is() {
        let window = Window { first: true, ..window("2031-03-04T05:30:00Z", "2031-03-05T05:30:00Z") };
        for day in ["2031-03-04", "2031-03-05", "2031-03-04T06:31", "2031-03-05T06:30+01:00"] {
            assert_eq!(told(day, window, Clock::AsOf).inside, [(0, Dating::Dated)], "{day}");
        }
        assert_eq!(told("2031-03-06", window, Clock::AsOf).later, [0]);
        assert_eq!(told("2031-03-05T06:31+01:00", window, Clock::AsOf).later, [0]);
    }

    #[test]
    fn what_came_in_late_is_told_and_what_is_old_is_not() {
        let window = window("2031-03-04T05:30:00Z", "2031-03-05T05:30:00Z");
        assert_eq!(told("2031-03-02", window, Clock::Wall).inside, [(0, Dating::Dated)]);
        assert_eq!(told("2031-03-01", window, Clock::Wall).older, [0]);
        let revised = [(Some("2031-02-01".parse().unwrap()), true)];
        assert_eq!(sort(&revised, window, Clock::Wall, &TimeZone::UTC).inside, [(0, Dating::Dated)]);
    }

    #[test]
    fn a_date_ahead_of_the_clock_says_nothing_unless_another_moment_was_asked_for() {
        let window = window("2031-03-04T05:30:00Z", "2031-03-05T05:30:00Z");
        assert_eq!(told("2031-03-05T20:00", window, Clock::Wall).inside, [(0, Dating::Dated)]);
        assert_eq!(told("2031-03-08", window, Clock::Wall).inside, [(0, Dating::Ahead)]);
        assert_eq!(told("9999-12-31", window, Clock::Wall).inside, [(0, Dating::Ahead)]);
        assert_eq!(told("2031-03-08", window, Clock::AsOf).later, [0]);
        assert_eq!(told("", window, Clock::AsOf).inside, [(0, Dating::Undated)]);
    }

    #[test]
    fn a_first_edition_reaches_back_to_the_newest_there_is() {
        let window = Window { first: true, ..window("2031-03-04T05:30:00Z", "2031-03-05T05:30:00Z") };
        let days = ["2031-02-10", "2031-02-11", "2030-12-01"].map(|day| (day.parse().ok(), false));
        let sorted = sort(&days, window, Clock::Wall, &TimeZone::UTC);
        assert_eq!((sorted.inside.len(), sorted.older.as_slice()), (2, [2].as_slice()));
        assert!(sorted.window.reached_back);
        let later = Window { first: false, ..window };
        assert_eq!(sort(&days, later, Clock::Wall, &TimeZone::UTC).inside, []);
    }
}
