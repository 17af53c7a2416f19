//! A schedule in, the text that lets systemd or cron start the program out. Nothing is installed.
//!
//! Both only start `epitome brief run`, which makes an edition of everything since the last one, so that a start that is
//! late or left out loses nothing. Their times are written out from the rule's, in as few lines as possible.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::Schedule;
use super::rule::{Days, Rule};
use crate::error::{Error, ErrorKind};

/// What is to be started, and when.
#[derive(Clone, Copy, Debug)]
pub struct UnitOptions<'a> {
    /// When.
    pub schedule: &'a Schedule,
    /// The identifier of the briefing, from which the units are named.
    pub briefing: &'a str,
    /// The program, as an absolute path: neither systemd nor cron searches where a shell would.
    pub program: &'a Path,
    /// The configuration, as an absolute path.
    pub config: &'a Path,
}

/// Starts are spread over two minutes: feeds are not asked by all their readers in the same second.
const RANDOMIZED_DELAY_SECONDS: u32 = 120;

/// A service and a timer for systemd, with comments that say how they are installed.
///
/// A path that cannot stand in a unit is an error.
pub fn systemd(options: &UnitOptions) -> Result<String, Error> {
    let name = unit_name(options.briefing);
    // Of the program itself systemd replaces no variables, so its dollar signs are not doubled.
    let program = systemd_quoted(text_of(options.program)?);
    let config = systemd_quoted(text_of(options.config)?).replace('$', "$$");
    let calendar: String =
        on_calendar(options.schedule).into_iter().map(|line| format!("OnCalendar={line}\n")).collect();
    Ok(format!(
        "\
# Save the two parts as files of these names, then:
#     systemctl --user daemon-reload
#     systemctl --user enable --now {name}.timer
# So that it runs while you are not logged in, too:
#     loginctl enable-linger
# See what it did: journalctl --user -u {name}

# ~/.config/systemd/user/{name}.service
[Unit]
Description=Epitome, {name}

[Service]
Type=oneshot
ExecStart={program} brief run --config {config}
# 3: some inputs could not be read; the edition was made and lists them. 5: another run is at work and makes it.
# Both would only hide real failures if they counted as such every day. 4 (made, but not delivered) stays a failure:
# somebody waits for that edition. The next run delivers it.
SuccessExitStatus=3 5

# ~/.config/systemd/user/{name}.timer
[Unit]
Description=Epitome, {name}: when it is due

[Timer]
# systemd leaves out a time that the clocks skip on the day on which they change.
{calendar}# What was missed while the machine was off is made up for once.
Persistent=true
RandomizedDelaySec={RANDOMIZED_DELAY_SECONDS}

[Install]
WantedBy=timers.target
"
    ))
}

/// Lines for a crontab, with comments that say how they are installed.
///
/// A path that cannot stand in a crontab is an error.
pub fn cron(options: &UnitOptions) -> Result<String, Error> {
    let mut text = "\
# Add these lines to the end of your crontab: crontab -e
# cron knows few folders: a command that the configuration names should be an absolute path.
# It makes up for nothing that was missed; the next edition tells everything since the last.
"
    .to_owned();
    if let Some(zone) = zone_name(options.schedule) {
        let _ = write!(
            text,
            "# The zone is understood by cronie. Other programs, Debian's cron among them, go by the zone of the machine:\n\
             # there, and for the lines that follow these, mind the difference.\n\
             CRON_TZ={zone}\n"
        );
    }
    let command = format!("{} brief run --config {}", shell_quoted(options.program)?, shell_quoted(options.config)?);
    // To cron, a percent sign is the end of a line.
    let command = command.replace('%', "\\%");
    for expression in cron_expressions(options.schedule.rule()) {
        let _ = writeln!(text, "{expression} {command}");
    }
    Ok(text)
}

/// What `OnCalendar=` has to say, in one or more lines.
fn on_calendar(schedule: &Schedule) -> Vec<String> {
    let rule = schedule.rule();
    let Days { months, of_month, of_week } = rule.days();
    let months = listed(months, 1..=12, "..");
    let any_weekday = |days: &str| format!("*-{months}-{days}");
    let on_weekdays = |days: &[i8]| {
        let days: Vec<&str> = days.iter().map(|day| WEEKDAYS[*day as usize]).collect();
        format!("{} *-{months}-*", days.join(","))
    };
    // A line asks for the weekday *and* the date; a rule with both asks for one of them.
    let mut days = Vec::new();
    days.extend(of_month.as_deref().map(|days| any_weekday(&listed(days, 1..=31, ".."))));
    days.extend(of_week.as_deref().map(on_weekdays));
    if days.is_empty() {
        days.push(any_weekday("*"));
    }
    let zone = zone_name(schedule).map(|zone| format!(" {zone}")).unwrap_or_default();
    let times: Vec<String> = times_of(rule)
        .into_iter()
        .map(|(hours, minutes)| format!("{}:{}:00", listed(&hours, 0..=23, ".."), listed(&minutes, 0..=59, "..")))
        .collect();
    days.iter()
        .flat_map(|days| times.iter().map(move |times| (days, times)))
        .map(|(days, times)| format!("{days} {times}{zone}"))
        .collect()
}

/// The rule as cron expressions.
fn cron_expressions(rule: &Rule) -> Vec<String> {
    let Days { months, of_month, of_week } = rule.days();
    // A field that names every day is not the star, which would leave the choice to the other field.
    let days = |days: &Option<Vec<i8>>| days.as_deref().map_or("*".to_owned(), |days| in_ranges(days, "-"));
    let days = format!("{} {} {}", days(of_month), listed(months, 1..=12, "-"), days(of_week));
    times_of(rule)
        .into_iter()
        .map(|(hours, minutes)| format!("{} {} {days}", listed(&minutes, 0..=59, "-"), listed(&hours, 0..=23, "-")))
        .collect()
}

/// The times as few products of hours and minutes: 06:00, 06:30 and 18:00 are 6 with 30, and 6 and 18 with 0.
fn times_of(rule: &Rule) -> Vec<(Vec<i8>, Vec<i8>)> {
    let mut hours_of_minute: BTreeMap<i8, Vec<i8>> = BTreeMap::new();
    for time in rule.times() {
        hours_of_minute.entry(time.minute()).or_default().push(time.hour());
    }
    let mut minutes_of_hours: BTreeMap<Vec<i8>, Vec<i8>> = BTreeMap::new();
    for (minute, hours) in hours_of_minute {
        minutes_of_hours.entry(hours).or_default().push(minute);
    }
    minutes_of_hours.into_iter().collect()
}

/// Numbers as a star if they are all that there are, else as ranges.
fn listed(numbers: &[i8], all: std::ops::RangeInclusive<i8>, dash: &str) -> String {
    if all.eq(numbers.iter().copied()) { "*".to_owned() } else { in_ranges(numbers, dash) }
}

/// Ascending numbers, three or more neighbours as a range: `1-5,8,9`.
fn in_ranges(numbers: &[i8], dash: &str) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let items = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}{dash}{last}")],
        few => few.iter().map(i8::to_string).collect(),
    });
    items.collect::<Vec<_>>().join(",")
}

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// The name by which systemd and cron know the zone, if it has one.
fn zone_name(schedule: &Schedule) -> Option<&str> {
    schedule.zone().iana_name().filter(|_| !schedule.zone().is_unknown())
}

/// A name that needs no escapes in the name of a unit.
fn unit_name(briefing: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    format!("epitome-{}", briefing.chars().map(safe).collect::<String>())
}

/// A path as text, if a unit and a crontab can hold it.
fn text_of(path: &Path) -> Result<&str, Error> {
    let refuse = |what| Err(Error::new(ErrorKind::Usage, path.display().to_string(), what, "rename or move it"));
    match path.to_str() {
        None => refuse("a path that is no UTF-8 cannot be written into a unit"),
        Some(text) if text.contains(char::is_control) => {
            refuse("a path with a line break or another control character cannot be written into a unit")
        }
        Some(_) if !path.is_absolute() => refuse("a unit needs an absolute path"),
        Some(text) => Ok(text),
    }
}

/// In double quotes, with C's escapes and without specifiers (systemd.service(5), "Command lines").
fn systemd_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%"))
}

/// In single quotes, in which a shell reads nothing else.
fn shell_quoted(path: &Path) -> Result<String, Error> {
    Ok(format!("'{}'", text_of(path)?.replace('\'', "'\\''")))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn schedule(rule: Result<Rule, String>) -> Schedule {
        Schedule::new(rule.unwrap(), TimeZone::get("Europe/Berlin").unwrap())
    }

    fn of_cron(expression: &str) -> Schedule {
        schedule(Rule::parse(&[], &[], Some(expression)))
    }

    #[test]
    fn cron_expressions_become_calendar_events_with_the_same_times() {
        for (expression, events) in [
            ("30 6 * * *", &["*-*-* 6:30:00 Europe/Berlin"][..]),
            ("30 6 * * mon-fri", &["Mon,Tue,Wed,Thu,Fri *-*-* 6:30:00 Europe/Berlin"]),
            ("*/20 8-10,18 * jan,6 sun", &["Sun *-1,6-* 8..10,18:0,20,40:00 Europe/Berlin"]),
            // One of both, not both: two events.
            ("0 7 1,15 * 5", &["*-*-1,15 7:0:00 Europe/Berlin", "Fri *-*-* 7:0:00 Europe/Berlin"]),
            ("0 7 1-31 * 5", &["*-*-* 7:0:00 Europe/Berlin", "Fri *-*-* 7:0:00 Europe/Berlin"]),
            ("30 * * * *", &["*-*-* *:30:00 Europe/Berlin"]),
            ("@weekly", &["Sun *-*-* 0:0:00 Europe/Berlin"]),
        ] {
            assert_eq!(on_calendar(&of_cron(expression)), events, "{expression}");
        }
    }

    #[test]
    fn a_rule_is_written_as_cron_expressions_that_are_the_same_rule() {
        for expression in ["30 6 * * *", "5-59/7 1,4-9 1-31 2,3 0,6", "0 7 1,15 * 5", "30 * * * *", "* * 29 2 *"] {
            let rule = of_cron(expression).rule().clone();
            let [written] = &cron_expressions(&rule)[..] else { panic!("{expression}") };
            let read = Rule::parse(&[], &[], Some(written)).unwrap();
            assert_eq!((read.times(), read.days()), (rule.times(), rule.days()), "{expression}, {written}");
        }
    }

    #[test]
    fn hours_with_the_same_minutes_share_a_line() {
        let hours = ["6:00", "6:30", "18:00"].map(str::to_owned);
        let rule = Rule::parse(&hours, &["mon-wed".to_owned()], None);
        assert_eq!(cron_expressions(rule.as_ref().unwrap()), ["30 6 * * 1-3", "0 6,18 * * 1-3"]);
        assert_eq!(on_calendar(&schedule(rule)).len(), 2);
    }

    #[test]
    #[cfg(unix)]
    fn paths_are_quoted_for_whoever_reads_them() {
        let schedule = of_cron("30 6 * * *");
        let path = Path::new(r#"/home/o'neil/100% "$NEWS"\b.toml"#);
        let options = UnitOptions { schedule: &schedule, briefing: "my %i/x", program: path, config: path };
        let units = systemd(&options).unwrap();
        assert!(units.contains(
            r#"ExecStart="/home/o'neil/100%% \"$NEWS\"\\b.toml" brief run --config "/home/o'neil/100%% \"$$NEWS\"\\b.toml""#
        ));
        assert!(units.contains("enable --now epitome-my--i-x.timer\n"));
        let crontab = cron(&options).unwrap();
        assert!(crontab.ends_with(
            r#"30 6 * * * '/home/o'\''neil/100\% "$NEWS"\b.toml' brief run --config '/home/o'\''neil/100\% "$NEWS"\b.toml'
"#
        ));
    }

    #[test]
    fn a_path_that_no_unit_can_hold_is_refused() {
        let schedule = of_cron("30 6 * * *");
        for path in ["epitome", "/home/a\nExecStart=/bin/b"] {
            let options =
                UnitOptions { schedule: &schedule, briefing: "b", program: Path::new(path), config: Path::new("/c") };
            assert!(systemd(&options).is_err() && cron(&options).is_err(), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn units_read_like_this() {
        let schedule = schedule(Rule::parse(&["06:30".to_owned()], &["mon-fri".to_owned()], None));
        let (program, config) = (Path::new("/usr/bin/epitome"), Path::new("/home/ada/news/briefing.toml"));
        let options = UnitOptions { schedule: &schedule, briefing: "briefing-0a1b2c3d", program, config };
        let units = systemd(&options).unwrap();
        for line in [
            "[Service]",
            "Type=oneshot",
            r#"ExecStart="/usr/bin/epitome" brief run --config "/home/ada/news/briefing.toml""#,
            "SuccessExitStatus=3 5",
            "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 6:30:00 Europe/Berlin",
            "Persistent=true",
            "RandomizedDelaySec=120",
            "WantedBy=timers.target",
        ] {
            assert!(units.lines().any(|other| other == line), "{line}\n{units}");
        }
        let crontab = cron(&options).unwrap();
        assert!(crontab.ends_with(
            "CRON_TZ=Europe/Berlin\n\
             30 6 * * 1-5 '/usr/bin/epitome' brief run --config '/home/ada/news/briefing.toml'\n"
        ));
    }
}
