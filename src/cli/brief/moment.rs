//! What a person types for a moment in, the moment out.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::brief::schedule::Schedule;
use crate::error::{Error, ErrorKind};

/// A day alone begins at its first hour.
pub(super) fn start(text: &str, option: &str, zone: &TimeZone) -> Result<Timestamp, Error> {
    parse(text, option, zone, |date| on(date, Time::MIN, zone))
}

/// A day alone means the first time of the schedule on it, or noon where it has none.
pub(super) fn edition(text: &str, option: &str, schedule: &Schedule) -> Result<Timestamp, Error> {
    let zone = schedule.zone();
    parse(text, option, zone, |date| {
        let before = on(date, Time::MIN, zone)?.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()?;
        let next = schedule.next_after(before).filter(|next| next.to_zoned(zone.clone()).date() == date);
        next.or_else(|| on(date, Time::constant(12, 0, 0, 0), zone))
    })
}

fn parse(
    text: &str,
    option: &str,
    zone: &TimeZone,
    of_day: impl Fn(Date) -> Option<Timestamp>,
) -> Result<Timestamp, Error> {
    let text = text.trim();
    let moment = text.parse::<Timestamp>().ok().or_else(|| {
        // A day is a moment to the parser, too: its midnight.
        if text.len() <= "2031-03-05".len() {
            return of_day(text.parse().ok()?);
        }
        let civil: DateTime = text.parse().ok()?;
        on(civil.date(), civil.time(), zone)
    });
    moment.ok_or_else(|| {
        let way_out = "write it like 2031-03-05, 2031-03-05T06:30 or 2031-03-05T06:30+01:00";
        Error::new(ErrorKind::Usage, option, format!("{text:?} is no day and no time"), way_out)
    })
}

fn on(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::schedule::Rule;

    #[test]
    fn a_day_is_its_first_edition_or_its_first_hour() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let rule = Rule::parse(&["06:30".to_owned()], &["mon".to_owned()], None).unwrap();
        let schedule = Schedule::new(rule, zone.clone());
        let told = |text| edition(text, "--as-of", &schedule).map(|moment| moment.to_string());
        assert_eq!(told("2031-03-03").unwrap(), "2031-03-03T05:30:00Z");
        assert_eq!(told("2031-03-04").unwrap(), "2031-03-04T11:00:00Z", "no edition on a Tuesday");
        assert_eq!(told("2031-03-04T07:15").unwrap(), "2031-03-04T06:15:00Z");
        assert_eq!(told("2031-03-04T07:15+05:00").unwrap(), "2031-03-04T02:15:00Z");
        assert_eq!(start("2031-03-04", "--since-date", &zone).unwrap().to_string(), "2031-03-03T23:00:00Z");
        for wrong in ["yesterday", "", "2031-13-01", "2031-03-04T25:00"] {
            assert!(told(wrong).unwrap_err().to_string().starts_with("--as-of: "), "{wrong}");
        }
    }
}
