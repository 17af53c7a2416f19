//! A calendar rule, a zone and two moments in, whether an edition is due out.
//!
//! - [`Rule`] is what a reader chose: hours and days, or a cron expression.
//! - [`Schedule`] is a rule on the clocks of a zone. It has no clock of its own: the same moments give the same answer.
//! - [`units`] prints what lets systemd or cron start the program.
//!
//! # When clocks change
//!
//! Each time of a rule is due exactly once on each of its days:
//!
//! - A time that the clocks skip is due at the first moment after it that exists: 02:30 becomes 03:00, as with cron.
//! - A time that the clocks show twice is due at the first.
//! - A day that a zone left out (Samoa had no 30 December 2011) has no editions.
//! - A rule with times in all 24 hours asks for an edition in every hour that passes. It is due whenever the clock shows
//!   one of its minutes: not in the hour that is skipped, twice in the hour that comes twice.
//!
//! Times that become the same moment in this way are one edition.
//!
//! croner has rules of its own for this: a rule with more than one time a day, like `0 2,14 * * *`, loses the time that is
//! skipped and has the other twice; and a gap of more than two hours is an error to it. So it reads expressions here, and
//! moments are found by jiff.

mod cron;
mod rule;
pub mod units;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};

pub use rule::Rule;

/// No rule waits longer for its next day: 29 February, over a year like 2100 that is no leap year.
const LONGEST_WAIT_DAYS: usize = 8 * 366;

/// Missed editions are counted up to here; who was away for longer learns nothing from the number.
pub const MOST_MISSED: usize = 1000;

/// A rule on the clocks of a zone.
#[derive(Clone, Debug)]
pub struct Schedule {
    rule: Rule,
    zone: TimeZone,
}

/// Whether an edition is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// One is due now: that of `slot`, the latest moment of the schedule.
    Now {
        /// The moment at which it became due.
        slot: Timestamp,
        /// How many moments between the last edition and `slot` went by without one: the machine was off. They have no
        /// editions of their own. Not more than [`MOST_MISSED`].
        missed: usize,
    },
    /// The next one is due then.
    Later {
        /// The moment at which it becomes due.
        at: Timestamp,
    },
    /// The last edition is later than now: the clock was set back, or was ahead then. Nothing is due until it has caught
    /// up, or the edition would be made twice.
    Behind {
        /// The moment of the last edition.
        last: Timestamp,
    },
    /// The calendar ends before the schedule has another moment.
    Never,
}

impl Schedule {
    /// A rule on the clocks of `zone`.
    pub fn new(rule: Rule, zone: TimeZone) -> Self {
        Self { rule, zone }
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether an edition is due at `now`, when `last` is the slot or the moment of the last one.
    ///
    /// After a time without editions one is due, for the latest slot alone. Without a last edition, one is due at once if
    /// the schedule had any moment before: a reader who has just set up a briefing wants to see it.
    pub fn due(&self, last: Option<Timestamp>, now: Timestamp) -> Due {
        if let Some(last) = last.filter(|last| *last > now) {
            return Due::Behind { last };
        }
        match self.last_until(now) {
            Some(slot) if last.is_none_or(|last| last < slot) => {
                Due::Now { slot, missed: last.map_or(0, |last| self.count_between(last, slot)) }
            }
            _ => self.next_after(now).map_or(Due::Never, |at| Due::Later { at }),
        }
    }

    /// The first moment of the schedule that is later than `moment`.
    pub fn next_after(&self, moment: Timestamp) -> Option<Timestamp> {
        let first_on = |date| self.slots(date).filter(|slot| *slot > moment).min();
        // A time of yesterday that the clocks skipped may be due today.
        let start = self.date(moment).yesterday().unwrap_or(Date::MIN);
        let (date, slot) = days(start, Date::tomorrow).find_map(|date| Some((date, first_on(date)?)))?;
        // Where clocks go back over midnight, a day begins before the one before it has ended.
        let on_the_day_after = date.tomorrow().ok().and_then(first_on);
        Some(on_the_day_after.map_or(slot, |other| slot.min(other)))
    }

    /// The last moment of the schedule that is not later than `moment`.
    pub fn last_until(&self, moment: Timestamp) -> Option<Timestamp> {
        let last_on = |date| self.slots(date).filter(|slot| *slot <= moment).max();
        // Where clocks have just gone back over midnight, today is tomorrow's yesterday again.
        let start = self.date(moment).tomorrow().unwrap_or(Date::MAX);
        let (date, slot) = days(start, Date::yesterday).find_map(|date| Some((date, last_on(date)?)))?;
        let on_the_day_before = date.yesterday().ok().and_then(last_on);
        Some(on_the_day_before.map_or(slot, |other| slot.max(other)))
    }

    /// How many moments of the schedule lie between two moments, neither counted, up to [`MOST_MISSED`].
    fn count_between(&self, after: Timestamp, before: Timestamp) -> usize {
        std::iter::successors(self.next_after(after), |slot| self.next_after(*slot))
            .take_while(|slot| *slot < before)
            .take(MOST_MISSED)
            .count()
    }

    fn date(&self, moment: Timestamp) -> Date {
        self.zone.to_datetime(moment).date()
    }

    /// The moments that belong to a day, in no order and perhaps more than once.
    fn slots(&self, date: Date) -> impl Iterator<Item = Timestamp> {
        let times = if self.rule.days().contain(date) && self.has(date) { self.rule.times() } else { &[] };
        times.iter().flat_map(move |time| self.moments_of(date.to_datetime(*time))).flatten()
    }

    /// Whether the zone had such a day.
    fn has(&self, date: Date) -> bool {
        date.to_zoned(self.zone.clone()).is_ok_and(|start| start.date() == date)
    }

    /// When what the clock shows at `time` is due: once, or for an hourly rule as often as the clock shows it.
    fn moments_of(&self, time: jiff::civil::DateTime) -> [Option<Timestamp>; 2] {
        match self.zone.to_ambiguous_timestamp(time).offset() {
            AmbiguousOffset::Unambiguous { offset } => [offset.to_timestamp(time).ok(), None],
            AmbiguousOffset::Gap { .. } if self.rule.is_hourly() => [None, None],
            AmbiguousOffset::Gap { after, .. } => {
                // By the clock of afterwards, a time in the gap is a moment shortly before the change.
                let before_the_change = after.to_timestamp(time).ok();
                let change = before_the_change.and_then(|moment| self.zone.following(moment).next());
                [change.map(|change| change.timestamp()), None]
            }
            AmbiguousOffset::Fold { before, after } => {
                let again = self.rule.is_hourly().then(|| after.to_timestamp(time).ok()).flatten();
                [before.to_timestamp(time).ok(), again]
            }
        }
    }
}

/// Days from `start`, one after the other in a direction, as many as any rule may have to wait for.
fn days(start: Date, step: fn(Date) -> Result<Date, jiff::Error>) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(start), move |date| step(*date).ok()).take(LONGEST_WAIT_DAYS)
}
