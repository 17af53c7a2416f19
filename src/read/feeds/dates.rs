//! A date as feeds write it in, a moment out.
//!
//! RFC 822 with its later years of four digits, the profile of ISO 8601 that the W3C wrote down, and what programs
//! make of both: months in other languages, the parts in another order, a zone that is missing.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::date::Moment;
use crate::read::dates::{DateOrder, MONTHS, ZONES, dates_in_order};

/// Nothing longer is a date, in bytes.
const LONGEST: usize = 80;

/// Years before this one are what programs write that know none.
const FIRST_YEAR: i16 = 1900;

/// Years of two digits are of this century up to this one, and of the last from there (RFC 2822, section 4.3).
const LAST_OF_CENTURY: i16 = 49;

/// The moment that a text of a feed names.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let moment = text.parse().ok().or_else(|| with_month_name(text)).or_else(|| in_prose(text));
    moment.filter(|moment: &Moment| moment.date.year() >= FIRST_YEAR)
}

/// A date in any of the forms that running text has.
fn in_prose(text: &str) -> Option<Moment> {
    dates_in_order(text, DateOrder::Unknown).first().map(|dated| dated.moment)
}

/// `Tue, 04 Mar 2031 07:15:30 +0100`, `4-Mar-31 7:15 GMT`, `Tue Mar  4 07:15:30 CET 2031`.
fn with_month_name(text: &str) -> Option<Moment> {
    let (mut day, mut month, mut year, mut time, mut offset) = (None, None, None, None, None);
    for part in text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()) {
        if part.contains(':') && time.is_none() {
            let (clock, zone) = part.split_at(part.find(['+', '-', 'Z']).unwrap_or(part.len()));
            time = Some(clock_time(clock)?);
            offset = zone_offset(zone);
        } else if time.is_some() && offset.is_none() && zone_offset(part).is_some() {
            offset = zone_offset(part);
        } else if let (Some(clock), true) = (time, part.eq_ignore_ascii_case("pm")) {
            let hours = if clock.hour() < 12 { 12 } else { 0 };
            time = Time::new(clock.hour() + hours, clock.minute(), 0, 0).ok();
        } else {
            for piece in part.split(['-', '/']) {
                let number: Option<i16> = piece.parse().ok();
                match (number, piece.len()) {
                    (Some(number), 1 | 2) if day.is_none() => day = Some(number),
                    (Some(number), 2) if year.is_none() => {
                        year = Some(number + if number <= LAST_OF_CENTURY { 2000 } else { 1900 });
                    }
                    (Some(number), 4) if year.is_none() => year = Some(number),
                    (None, _) if month.is_none() => month = month_named(piece),
                    _ => {}
                }
            }
        }
    }
    let date = Date::new(year?, month?, i8::try_from(day?).ok()?).ok()?;
    Some(Moment { date, time, offset: offset.filter(|_| time.is_some()) })
}

fn month_named(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.').to_lowercase();
    let month = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
    i8::try_from(month + 1).ok()
}

/// `07:15`, `7:15:30`, to the minute.
fn clock_time(clock: &str) -> Option<Time> {
    let mut numbers = clock.split(':').map(|number| number.parse::<i8>().ok());
    let hour = numbers.next()??;
    let minute = numbers.next()??;
    Time::new(hour, minute, 0, 0).ok()
}

/// `GMT`, `EST`, `+0100`, `-05:00`.
fn zone_offset(zone: &str) -> Option<Offset> {
    /// Names of RFC 822 that stand for other zones elsewhere.
    const OF_MAIL: &[(&str, i32)] = &[("UT", 0), ("CST", -360)];
    let named = ZONES.iter().chain(OF_MAIL).find(|(name, _)| *name == zone).map(|(_, minutes)| *minutes);
    let minutes = named.or_else(|| {
        let sign = if zone.starts_with('-') { -1 } else { 1 };
        let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
        let number: i32 = digits.parse().ok()?;
        Some(sign * (number / 100 * 60 + number % 100))
    })?;
    Offset::from_seconds(minutes.checked_mul(60)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_many_programs() {
        let cases = [
            ("Tue, 04 Mar 2031 07:15:30 +0100", "2031-03-04T07:15+01:00"),
            ("Tue, 4 Mar 31 07:15 GMT", "2031-03-04T07:15+00:00"),
            ("04 Mar 98 07:15:30 EST", "1998-03-04T07:15-05:00"),
            ("4-Mar-2031 7:15 CST", "2031-03-04T07:15-06:00"),
            ("Tue Mar  4 07:15:30 CET 2031", "2031-03-04T07:15+01:00"),
            ("Tue, Mar 4 2031 02:15:30 PM", "2031-03-04T14:15"),
            ("mar, 04 mars 2031 07:15:00 +0100", "2031-03-04T07:15+01:00"),
            ("Di, 04 Dez 2031 07:15:00 +0100", "2031-12-04T07:15+01:00"),
            ("Tue, 04 Mar 2031", "2031-03-04"),
            ("2031-03-04T07:15:30.123Z", "2031-03-04T07:15+00:00"),
            ("2031-03-04", "2031-03-04"),
            (" 2031-03-04 07:15:30 +0100 ", "2031-03-04T07:15+01:00"),
            ("4. März 2031, 18.20 Uhr", "2031-03-04T18:20"),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_names_no_day_is_no_date() {
        for text in ["", "2031", "Mar 2031", "0001-01-01T00:00:00Z", "yesterday", "Tue, 34 Mar 2031", &"1 ".repeat(99)]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
