//! A day, or a minute, as an article gives it: often without a time, oftener without a zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date with as much of a time as was given.
///
/// Written and read as the profile of ISO 8601 that RFC 3339 describes, cut short where something is not known:
/// `2031-03-04`, `2031-03-04T07:15`, `2031-03-04T07:15+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day, in the zone of the article.
    pub date: Date,
    /// The time of the day, to the minute.
    pub time: Option<Time>,
    /// How far the zone is ahead of Coordinated Universal Time.
    pub offset: Option<Offset>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }

    /// The last day before or on this one that is such a weekday: what news of this day mean by it.
    pub fn last(self, weekday: Weekday) -> Date {
        let days = (self.date.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
        self.days_back(days.into())
    }

    /// The day that is so many days before this one.
    pub fn days_back(self, days: i64) -> Date {
        self.date.saturating_sub(jiff::Span::new().days(days))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
            if let Some(offset) = self.offset {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
            }
        }
        Ok(())
    }
}

/// A text that is no [`Moment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no date; write it like 2031-03-04 or 2031-03-04T07:15+01:00")]
pub struct NotAMoment;

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let (date, rest) = text.split_at_checked(10).ok_or(NotAMoment)?;
        let date: Date = date.parse().map_err(|_| NotAMoment)?;
        if rest.is_empty() {
            return Ok(Self::day(date));
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or(NotAMoment)?;
        let (time, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len()));
        // Seconds and what is smaller say nothing about news.
        let mut numbers = time.splitn(3, ':').map(|part| part.parse::<f32>().ok());
        let (hour, minute) = (numbers.next().flatten().ok_or(NotAMoment)?, numbers.next().flatten().ok_or(NotAMoment)?);
        let time = Time::new(hour as i8, minute as i8, 0, 0).map_err(|_| NotAMoment)?;
        let zone = zone.trim();
        let offset = if zone.is_empty() { None } else { Some(offset(zone).ok_or(NotAMoment)?) };
        Ok(Self { date, time: Some(time), offset })
    }
}

/// `Z`, `+01:00`, `-0500`, `+1`.
fn offset(zone: &str) -> Option<Offset> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok()?;
    let minutes = if digits.len() > 2 { number / 100 * 60 + number % 100 } else { number * 60 };
    Offset::from_seconds(sign * minutes * 60).ok()
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for text in ["2031-03-04", "2031-03-04T07:15", "2031-03-04T07:15+01:00", "2031-03-04T23:59-05:30"] {
            assert_eq!(text.parse::<Moment>().map(|moment| moment.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("2031-03-04 07:15:30Z".parse::<Moment>().unwrap().to_string(), "2031-03-04T07:15+00:00");
        for text in ["2031-02-30", "2031-03-04T25:00", "2031-03-04T07", "yesterday", ""] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_weekday_is_the_last_one_that_was() {
        // A Tuesday.
        let moment: Moment = "2031-03-04".parse().unwrap();
        assert_eq!(moment.last(Weekday::Tuesday), moment.date);
        assert_eq!(moment.last(Weekday::Monday).to_string(), "2031-03-03");
        assert_eq!(moment.last(Weekday::Wednesday).to_string(), "2031-02-26");
    }
}
