//! What a reader wrote of hours and days in, times of the day and a test of days out.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};

use super::cron;

/// When editions are due by the calendar and the clock on the wall, in whatever zone: at these times of these days.
///
/// It has at least one time and at least one day in eight years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As it was written, for people.
    text: String,
    /// In ascending order, each once.
    times: Vec<Time>,
    days: Days,
}

/// The days of a rule: in these months, on these days of the month *or* these days of the week, as cron has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// 1 to 12, ascending.
    pub(super) months: Vec<i8>,
    /// 1 to 31, ascending. None: not asked for.
    pub(super) of_month: Option<Vec<i8>>,
    /// 0 (Sunday) to 6, ascending. None: not asked for.
    pub(super) of_week: Option<Vec<i8>>,
}

impl Rule {
    /// Reads a rule from the words of a configuration: hours like `06:30` and days like `mon` or `mon-fri` (none means
    /// every day), or a cron expression of five fields.
    ///
    /// The error says what is wrong and how it is written.
    pub fn parse(hours: &[String], days: &[String], cron: Option<&str>) -> Result<Self, String> {
        match cron {
            Some(_) if !hours.is_empty() => Err("both `hour` and `cron` are given; keep one of them".to_owned()),
            Some(_) if !days.is_empty() => {
                Err("both `days` and `cron` are given; the fifth field of `cron` names the days".to_owned())
            }
            Some(expression) => Self::from_cron(expression),
            None if hours.is_empty() => Err("no hour is given; write `hour = \"06:30\"`".to_owned()),
            None => Self::from_hours(hours, days),
        }
    }

    fn from_hours(hours: &[String], days: &[String]) -> Result<Self, String> {
        let mut times = hours.iter().map(|hour| time(hour)).collect::<Result<Vec<_>, _>>()?;
        times.sort_unstable();
        times.dedup();
        let mut weekdays = Vec::new();
        for day in days {
            weekdays.extend(weekdays_of(day)?);
        }
        weekdays.sort_unstable();
        weekdays.dedup();
        let every_day = weekdays.is_empty() || weekdays.len() == 7;
        let text = [hours.join(", "), if every_day { "every day".to_owned() } else { days.join(", ") }].join(" ");
        let of_week = (!every_day).then_some(weekdays);
        Ok(Self { text, times, days: Days { months: (1..=12).collect(), of_month: None, of_week } })
    }

    fn from_cron(expression: &str) -> Result<Self, String> {
        let fields = cron::parse(expression)?;
        let times = fields
            .hours
            .iter()
            .flat_map(|hour| fields.minutes.iter().map(|minute| Time::constant(*hour, *minute, 0, 0)))
            .collect();
        let days = Days { months: fields.months, of_month: fields.days_of_month, of_week: fields.weekdays };
        if !days.exist() {
            return Err(format!("`{expression}` names days that no month has"));
        }
        Ok(Self { text: expression.trim().to_owned(), times, days })
    }

    /// The times of each day, in ascending order.
    pub(super) fn times(&self) -> &[Time] {
        &self.times
    }

    /// The days.
    pub(super) fn days(&self) -> &Days {
        &self.days
    }

    /// Whether it has times in each of the 24 hours: then it asks for an edition in every hour that passes, rather than at
    /// hours that have a name.
    pub(super) fn is_hourly(&self) -> bool {
        let mut hours: Vec<i8> = self.times.iter().map(|time| time.hour()).collect();
        hours.dedup();
        hours.len() == 24
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Days {
    /// Whether a day is one of these.
    pub(super) fn contain(&self, date: Date) -> bool {
        let in_month = || self.of_month.as_ref().map(|days| days.binary_search(&date.day()).is_ok());
        let in_week = || {
            let weekday = date.weekday().to_sunday_zero_offset();
            self.of_week.as_ref().map(|days| days.binary_search(&weekday).is_ok())
        };
        self.months.binary_search(&date.month()).is_ok()
            && match (in_month(), in_week()) {
                (None, None) => true,
                (Some(one), None) | (None, Some(one)) => one,
                (Some(one), Some(other)) => one || other,
            }
    }

    /// Whether any year has such a day.
    fn exist(&self) -> bool {
        let Some(of_month) = self.of_month.as_ref().filter(|_| self.of_week.is_none()) else { return true };
        // Any leap year has every day that there is.
        let days_in = |month: i8| Date::constant(2028, month, 1).days_in_month();
        self.months.iter().any(|month| of_month.iter().any(|day| *day <= days_in(*month)))
    }
}

/// `06:30` or `6:30`.
fn time(text: &str) -> Result<Time, String> {
    let number = |digits: &str| {
        let fits = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| digits.parse::<i8>().ok()).flatten()
    };
    text.trim()
        .split_once(':')
        .filter(|(_, minute)| minute.len() == 2)
        .and_then(|(hour, minute)| Time::new(number(hour)?, number(minute)?, 0, 0).ok())
        .ok_or_else(|| format!("`{text}` is no hour; write it like `06:30`, from 00:00 to 23:59"))
}

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// The days that `mon`, `Monday` or `fri-mon` name, Sunday as 0.
fn weekdays_of(text: &str) -> Result<Vec<i8>, String> {
    let wrong = || format!("`{text}` is no day; write mon, tue, wed, thu, fri, sat, sun, or a range like mon-fri");
    let weekday = |word: &str| {
        let word = word.trim().to_ascii_lowercase();
        let position = WEEKDAYS.iter().position(|name| *name == word || name[..3] == word)?;
        Weekday::from_sunday_zero_offset(position as i8).ok()
    };
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (weekday(first).ok_or_else(wrong)?, weekday(last).ok_or_else(wrong)?);
    let length = last.since(first);
    Ok((0..=length).map(|days| first.wrapping_add(days).to_sunday_zero_offset()).collect())
}
