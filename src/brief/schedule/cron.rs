//! A cron expression in, its times of the day and its days out.
//!
//! Five fields: minute, hour, day of the month, month, day of the week. Lists, ranges, steps and names are read by
//! [`croner`]. What cron programs read differently from each other is refused, so that a rule means the same to this
//! program, to a crontab and to a systemd timer: seconds and years, `L`, `W`, `#` and `?`, and a stepped day field beside
//! another day field.

use croner::parser::{CronParser, Seconds, Year};

/// The values of an expression's fields, each in ascending order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) minutes: Vec<i8>,
    pub(super) hours: Vec<i8>,
    /// None: the field is `*`.
    pub(super) days_of_month: Option<Vec<i8>>,
    pub(super) months: Vec<i8>,
    /// 0 is Sunday. None: the field is `*`.
    pub(super) weekdays: Option<Vec<i8>>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// The fields by name, with the names that may stand for numbers in them.
const FIELDS: [(&str, &[&str]); 5] =
    [("minute", &[]), ("hour", &[]), ("day of the month", &[]), ("month", &MONTHS), ("day of the week", &WEEKDAYS)];

/// What stands for an expression in most cron programs.
const NICKNAMES: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// Reads an expression; the error says which field is wrong.
pub(super) fn parse(expression: &str) -> Result<Fields, String> {
    let text = expression.trim().to_ascii_lowercase();
    let text = NICKNAMES.iter().find(|(nickname, _)| *nickname == text).map_or(text.as_str(), |(_, meaning)| meaning);
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() != FIELDS.len() {
        return Err(format!(
            "`{expression}` has {} fields; a cron expression has five: minute, hour, day of the month, month, day of the \
             week, like `30 6 * * mon-fri`",
            parts.len()
        ));
    }
    for (part, (field, names)) in parts.iter().zip(FIELDS) {
        check_words(part, names).map_err(|wrong| format!("`{part}`, the {field} of `{expression}`, {wrong}"))?;
    }
    refuse_ambiguous_days(expression, parts[2], parts[4])?;

    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    for (position, (part, (field, _))) in parts.iter().zip(FIELDS).enumerate() {
        // Each field alone first: croner does not tell which field it stumbles over.
        let mut alone = ["*"; FIELDS.len()];
        alone[position] = part;
        parser.parse(&alone.join(" ")).map_err(|_| {
            format!("`{part}`, the {field} of `{expression}`, has a number or a range that the {field} cannot have")
        })?;
    }
    let pattern = parser.parse(text).map_err(|error| format!("`{expression}` is no cron expression: {error}"))?.pattern;

    // croner's numbers are at most 59.
    let values = |field: &croner::CronComponent| field.values().into_iter().map(|value| value as i8).collect();
    Ok(Fields {
        minutes: values(&pattern.minutes),
        hours: values(&pattern.hours),
        days_of_month: (!pattern.is_dom_wildcard()).then(|| values(&pattern.days)),
        months: values(&pattern.months),
        weekdays: (!pattern.is_dow_wildcard()).then(|| values(&pattern.days_of_week)),
    })
}

/// Each word of a field is `*`, a number or a name of that field.
///
/// croner replaces names wherever they stand, `mon` in the field of the hour too, and reads over empty items of a list.
fn check_words(part: &str, names: &[&str]) -> Result<(), String> {
    for word in part.split([',', '-', '/']) {
        if word.is_empty() {
            return Err("has a comma, a dash or a slash with nothing beside it".to_owned());
        }
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if !(word == "*" || is_number || names.contains(&word)) {
            let known = if names.is_empty() { String::new() } else { format!(" or a name ({})", names.join(", ")) };
            return Err(format!("has `{word}`, which is neither `*` nor a number{known}"));
        }
    }
    Ok(())
}

/// A day of the month *or* a day of the week, says the standard (POSIX, crontab) when both are given. Some programs join
/// them by *and* when one of them begins with a star, like `*/2`: such a rule would mean two things.
fn refuse_ambiguous_days(expression: &str, day_of_month: &str, weekday: &str) -> Result<(), String> {
    let stepped = |part: &str| part.starts_with('*') && part != "*";
    if (stepped(day_of_month) && weekday != "*") || (stepped(weekday) && day_of_month != "*") {
        return Err(format!(
            "`{expression}` gives a day of the month and a day of the week, one of them with a star, which cron programs \
             read in two ways; name the days, like `1-31/2`"
        ));
    }
    Ok(())
}
