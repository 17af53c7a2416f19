//! Schedules on the days on which clocks change, and on the mornings after.

use std::fmt::Write;

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

/// Zones with every kind of change that there is, and the days of 2026 on which it happens.
const CHANGES: [(&str, &[&str]); 5] = [
    ("Europe/Berlin", &["2026-03-29", "2026-10-25"]),
    ("America/New_York", &["2026-03-08", "2026-11-01"]),
    // By half an hour.
    ("Australia/Lord_Howe", &["2026-04-05", "2026-10-04"]),
    // From midnight on, and from midnight back.
    ("America/Santiago", &["2026-04-04", "2026-09-06"]),
    // Never: the days are as good as any.
    ("Asia/Kathmandu", &["2026-03-29", "2026-10-25"]),
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn of_cron(expression: &str, zone_name: &str) -> Schedule {
    Schedule::new(Rule::parse(&[], &[], Some(expression)).unwrap(), zone(zone_name))
}

fn daily(hour: &str, zone_name: &str) -> Schedule {
    Schedule::new(Rule::parse(&[hour.to_owned()], &[], None).unwrap(), zone(zone_name))
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// From the midnight before a day to the midnight after it.
fn bounds(day: &str, zone_name: &str) -> (Timestamp, Timestamp) {
    let day: Date = day.parse().unwrap();
    let start = |date: Date| date.to_zoned(zone(zone_name)).unwrap().timestamp();
    (start(day), start(day.tomorrow().unwrap()))
}

/// The moments from `from` on and before `to`, one found from the other.
fn moments(schedule: &Schedule, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
    let first = from - 1.nanosecond();
    std::iter::successors(schedule.next_after(first), |slot| schedule.next_after(*slot))
        .take_while(|slot| *slot < to)
        .collect()
}

fn on_the_clock(slots: &[Timestamp], zone_name: &str) -> String {
    let show = |slot: &Timestamp| slot.to_zoned(zone(zone_name)).strftime("%H:%M%:z").to_string();
    slots.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// Every hour and half hour of the days on which clocks change, as a time of the day: one edition each, and when.
///
/// Where nothing is said, an edition is due when the clock shows its time, which it does once.
#[test]
fn every_time_is_due_once_on_the_days_on_which_clocks_change() {
    let mut table = String::new();
    for (zone_name, days) in CHANGES {
        for day in days {
            let (start, end) = bounds(day, zone_name);
            let _ = writeln!(table, "{zone_name} {day}, {} hours", (end - start).total(jiff::Unit::Hour).unwrap());
            let mut as_shown = 0;
            for half_hour in 0..48 {
                let time = format!("{:02}:{:02}", half_hour / 2, half_hour % 2 * 30);
                let slots = moments(&daily(&time, zone_name), start, end);
                assert_eq!(slots.len(), 1, "{zone_name} {day} {time}");
                let shown = on_the_clock(&slots, zone_name);
                let wall = slots[0].to_zoned(zone(zone_name)).datetime();
                let twice = zone(zone_name).to_ambiguous_timestamp(wall).offset();
                if shown.starts_with(&time) && matches!(twice, AmbiguousOffset::Unambiguous { .. }) {
                    as_shown += 1;
                } else {
                    let _ = writeln!(table, "    {time} is due at {shown}, {}", slots[0]);
                }
            }
            let _ = writeln!(table, "    {as_shown} times are due when the clock shows them");
        }
    }
    println!("{table}");
    assert_eq!(table, CHANGES_TABLE);
}

const CHANGES_TABLE: &str = "\
Europe/Berlin 2026-03-29, 23 hours
    02:00 is due at 03:00+02:00, 2026-03-29T01:00:00Z
    02:30 is due at 03:00+02:00, 2026-03-29T01:00:00Z
    46 times are due when the clock shows them
Europe/Berlin 2026-10-25, 25 hours
    02:00 is due at 02:00+02:00, 2026-10-25T00:00:00Z
    02:30 is due at 02:30+02:00, 2026-10-25T00:30:00Z
    46 times are due when the clock shows them
America/New_York 2026-03-08, 23 hours
    02:00 is due at 03:00-04:00, 2026-03-08T07:00:00Z
    02:30 is due at 03:00-04:00, 2026-03-08T07:00:00Z
    46 times are due when the clock shows them
America/New_York 2026-11-01, 25 hours
    01:00 is due at 01:00-04:00, 2026-11-01T05:00:00Z
    01:30 is due at 01:30-04:00, 2026-11-01T05:30:00Z
    46 times are due when the clock shows them
Australia/Lord_Howe 2026-04-05, 24.5 hours
    01:30 is due at 01:30+11:00, 2026-04-04T14:30:00Z
    47 times are due when the clock shows them
Australia/Lord_Howe 2026-10-04, 23.5 hours
    02:00 is due at 02:30+11:00, 2026-10-03T15:30:00Z
    47 times are due when the clock shows them
America/Santiago 2026-04-04, 25 hours
    23:00 is due at 23:00-03:00, 2026-04-05T02:00:00Z
    23:30 is due at 23:30-03:00, 2026-04-05T02:30:00Z
    46 times are due when the clock shows them
America/Santiago 2026-09-06, 23 hours
    00:00 is due at 01:00-03:00, 2026-09-06T04:00:00Z
    00:30 is due at 01:00-03:00, 2026-09-06T04:00:00Z
    46 times are due when the clock shows them
Asia/Kathmandu 2026-03-29, 24 hours
    48 times are due when the clock shows them
Asia/Kathmandu 2026-10-25, 24 hours
    48 times are due when the clock shows them
";

/// `30 * * * *`: in each hour that passes. The hour that is skipped has none, that which comes twice has two.
#[test]
fn an_hourly_rule_is_due_in_every_hour_that_passes() {
    let mut table = String::new();
    for (zone_name, days) in CHANGES {
        for day in days {
            let (start, end) = bounds(day, zone_name);
            let slots = moments(&of_cron("30 * * * *", zone_name), start, end);
            let _ = writeln!(table, "{zone_name} {day}, {}: {}", slots.len(), on_the_clock(&slots[..5], zone_name));
        }
    }
    println!("{table}");
    assert_eq!(table, HOURLY_TABLE);
}

/// How many a day has, and the first five.
const HOURLY_TABLE: &str = "\
Europe/Berlin 2026-03-29, 23: 00:30+01:00 01:30+01:00 03:30+02:00 04:30+02:00 05:30+02:00
Europe/Berlin 2026-10-25, 25: 00:30+02:00 01:30+02:00 02:30+02:00 02:30+01:00 03:30+01:00
America/New_York 2026-03-08, 23: 00:30-05:00 01:30-05:00 03:30-04:00 04:30-04:00 05:30-04:00
America/New_York 2026-11-01, 25: 00:30-04:00 01:30-04:00 01:30-05:00 02:30-05:00 03:30-05:00
Australia/Lord_Howe 2026-04-05, 25: 00:30+11:00 01:30+11:00 01:30+10:30 02:30+10:30 03:30+10:30
Australia/Lord_Howe 2026-10-04, 24: 00:30+10:30 01:30+10:30 02:30+11:00 03:30+11:00 04:30+11:00
America/Santiago 2026-04-04, 25: 00:30-03:00 01:30-03:00 02:30-03:00 03:30-03:00 04:30-03:00
America/Santiago 2026-09-06, 23: 01:30-03:00 02:30-03:00 03:30-03:00 04:30-03:00 05:30-03:00
Asia/Kathmandu 2026-03-29, 24: 00:30+05:45 01:30+05:45 02:30+05:45 03:30+05:45 04:30+05:45
Asia/Kathmandu 2026-10-25, 24: 00:30+05:45 01:30+05:45 02:30+05:45 03:30+05:45 04:30+05:45
";

#[test]
fn two_times_in_the_same_gap_are_one_edition() {
    let (start, end) = bounds("2026-03-29", "Europe/Berlin");
    let slots = moments(&of_cron("0,30 2,3 * * *", "Europe/Berlin"), start, end);
    assert_eq!(on_the_clock(&slots, "Europe/Berlin"), "03:00+02:00 03:30+02:00");
}

#[test]
fn a_rule_of_several_hours_has_each_once_where_clocks_go_back() {
    let (start, end) = bounds("2026-10-25", "Europe/Berlin");
    let slots = moments(&of_cron("0 2,14 * * *", "Europe/Berlin"), start, end);
    assert_eq!(on_the_clock(&slots, "Europe/Berlin"), "02:00+02:00 14:00+01:00");
}

/// Scoresbysund goes from Saturday, 23:00 to Sunday, 00:00.
#[test]
fn a_time_that_is_skipped_before_midnight_is_due_on_the_next_day() {
    let saturdays = of_cron("30 23 * * sat", "America/Scoresbysund");
    assert_eq!(saturdays.next_after(moment("2026-03-28T12:00:00Z")), Some(moment("2026-03-29T01:00:00Z")));
    assert_eq!(saturdays.last_until(moment("2026-03-29T12:00:00Z")), Some(moment("2026-03-29T01:00:00Z")));
}

#[test]
fn a_day_that_a_zone_left_out_has_no_edition() {
    let slots =
        moments(&daily("06:30", "Pacific/Apia"), moment("2011-12-29T00:00:00Z"), moment("2012-01-01T00:00:00Z"));
    assert_eq!(slots, ["2011-12-29T16:30:00Z", "2011-12-30T16:30:00Z", "2011-12-31T16:30:00Z"].map(moment));
}

#[test]
fn three_weeks_off_are_made_up_for_by_one_edition() {
    let schedule = daily("06:30", "Europe/Berlin");
    let (last, now) = (moment("2026-03-15T05:30:00Z"), moment("2026-04-05T12:00:00Z"));
    let slot = moment("2026-04-05T04:30:00Z");
    assert_eq!(schedule.due(Some(last), now), Due::Now { slot, missed: 20 });
    for recorded in [slot, now] {
        assert_eq!(schedule.due(Some(recorded), now), Due::Later { at: moment("2026-04-06T04:30:00Z") });
    }
}

#[test]
fn a_clock_that_was_set_back_repeats_nothing() {
    let schedule = daily("06:30", "Europe/Berlin");
    let last = moment("2026-11-26T05:30:00Z");
    for back in [1.hour(), 24.hours(), (365 * 24).hours()] {
        assert_eq!(schedule.due(Some(last), last - back), Due::Behind { last }, "{back}");
    }
    assert_eq!(schedule.due(Some(last), last), Due::Later { at: moment("2026-11-27T05:30:00Z") });
}

#[test]
fn a_clock_that_jumps_ahead_has_one_edition_and_a_count_with_an_end() {
    let schedule = daily("06:30", "Europe/Berlin");
    let last = moment("2026-11-26T05:30:00Z");
    let slot = moment("2036-11-26T05:30:00Z");
    assert_eq!(schedule.due(Some(last), slot), Due::Now { slot, missed: MOST_MISSED });
    assert_eq!(
        of_cron("* * * * *", "Europe/Berlin").due(Some(Timestamp::MIN), slot),
        Due::Now { slot, missed: MOST_MISSED }
    );
}

#[test]
fn a_first_edition_is_due_at_once() {
    let now = moment("2026-11-26T12:00:00Z");
    let slot = moment("2026-11-26T05:30:00Z");
    assert_eq!(daily("06:30", "Europe/Berlin").due(None, now), Due::Now { slot, missed: 0 });
}

#[test]
fn the_ends_of_time_are_ends() {
    for expression in ["30 6 * * *", "* * * * *", "0 0 29 2 *"] {
        let schedule = of_cron(expression, "Europe/Berlin");
        assert_eq!(schedule.next_after(Timestamp::MAX), None);
        assert_eq!(schedule.last_until(Timestamp::MIN), None);
        assert!(schedule.next_after(Timestamp::MIN).is_some() && schedule.last_until(Timestamp::MAX).is_some());
        assert!(matches!(schedule.due(None, Timestamp::MIN), Due::Later { .. }));
        let last = schedule.last_until(Timestamp::MAX);
        assert_eq!(schedule.due(last, Timestamp::MAX), Due::Never);
    }
}

#[test]
fn the_rarest_day_is_found_over_a_year_that_is_no_leap_year() {
    let schedule = of_cron("0 12 29 2 *", "UTC");
    let (before, after) = (moment("2096-02-29T12:00:00Z"), moment("2104-02-29T12:00:00Z"));
    assert_eq!(schedule.next_after(before), Some(after));
    assert_eq!(schedule.last_until(after - 1.second()), Some(before));
}

#[test]
fn a_year_has_as_many_daily_editions_as_days() {
    for (zone_name, _) in CHANGES.into_iter().chain([("Africa/Cairo", &[][..]), ("America/Scoresbysund", &[])]) {
        for time in ["00:00", "00:30", "01:45", "02:00", "02:30", "06:30", "23:00"] {
            for year in 2026..=2036 {
                let (start, _) = bounds(&format!("{year}-01-01"), zone_name);
                let (end, _) = bounds(&format!("{}-01-01", year + 1), zone_name);
                let days = Date::new(year, 1, 1).unwrap().days_in_year() as usize;
                assert_eq!(moments(&daily(time, zone_name), start, end).len(), days, "{zone_name} {time} {year}");
            }
        }
    }
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let minute = prop_oneof!["[0-9]", "[0-5][0-9],[0-5][0-9]", "\\*/[1-9]", Just("*".to_owned())];
    let hour = prop_oneof!["[0-9]", "[0-3],1[0-9]", "\\*/[1-9]", Just("*".to_owned()), "0-2"];
    let day = prop_oneof![3 => Just("*".to_owned()), 1 => "[1-9],2[0-9]"];
    let month = prop_oneof![3 => Just("*".to_owned()), 1 => "[1-9],1[0-2]"];
    let weekday = prop_oneof![2 => Just("*".to_owned()), 1 => "[0-7]", 1 => Just("mon-fri".to_owned())];
    let zones = prop::sample::select(vec![
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "America/Scoresbysund",
        "Africa/Cairo",
        "Asia/Kathmandu",
    ]);
    (minute, hour, day, month, weekday, zones).prop_map(|(minute, hour, day, month, weekday, zone_name)| {
        of_cron(&format!("{minute} {hour} {day} {month} {weekday}"), zone_name)
    })
}

/// A moment of the years 2026 to 2036, often near a change of clocks.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    let (first, last) = (moment("2026-01-01T00:00:00Z").as_second(), moment("2037-01-01T00:00:00Z").as_second());
    let near = prop::sample::select(vec!["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-09-06T04:00:00Z"]);
    prop_oneof![
        (first..last).prop_map(|second| Timestamp::from_second(second).unwrap()),
        (near, -90_000..90_000_i64).prop_map(|(change, seconds)| moment(change) + seconds.seconds()),
    ]
}

proptest! {
    #[test]
    fn the_next_moment_is_later_and_nothing_lies_between(schedule in any_schedule(), t in any_moment()) {
        let next = schedule.next_after(t).unwrap();
        prop_assert!(next > t);
        prop_assert_eq!(schedule.last_until(next), Some(next));
        prop_assert_eq!(schedule.next_after(next - 1.nanosecond()), Some(next));
        let last = schedule.last_until(t).unwrap();
        prop_assert!(last <= t);
        prop_assert_eq!(schedule.next_after(last), Some(next));
        prop_assert_eq!(schedule.last_until(next - 1.nanosecond()), Some(last));
    }

    #[test]
    fn a_later_moment_has_no_earlier_next(schedule in any_schedule(), a in any_moment(), b in any_moment()) {
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(schedule.next_after(a) <= schedule.next_after(b));
        prop_assert!(schedule.last_until(a) <= schedule.last_until(b));
    }

    #[test]
    fn no_slot_is_due_twice_whatever_the_clock_does(
        schedule in any_schedule(),
        clock in prop::collection::vec(any_moment(), 1..20),
    ) {
        let mut made: Vec<Timestamp> = Vec::new();
        for now in clock {
            if let Due::Now { slot, .. } = schedule.due(made.last().copied(), now) {
                prop_assert!(made.last().is_none_or(|last| *last < slot) && slot <= now);
                made.push(slot);
            }
        }
    }

    /// Days are croner's days, as long as no clock changes.
    #[test]
    fn without_changes_of_clocks_moments_are_those_of_croner(schedule in any_schedule(), t in any_moment()) {
        let cron: croner::Cron = schedule.rule().to_string().parse().unwrap();
        let at_utc = Schedule::new(schedule.rule().clone(), TimeZone::UTC);
        let theirs = cron.find_next_occurrence(&t.to_zoned(TimeZone::UTC), false).unwrap();
        prop_assert_eq!(at_utc.next_after(t), Some(theirs.timestamp()));
    }

    #[test]
    fn any_text_is_a_rule_or_a_message(text in "[-0-9*/,@a-z ]{0,30}|\\PC{0,30}") {
        let words = [text];
        let rules = [Rule::parse(&[], &[], Some(&words[0])), Rule::parse(&words, &words, None)];
        for rule in rules.into_iter().flatten() {
            let next = Schedule::new(rule, zone("Europe/Berlin")).next_after(moment("2026-01-01T00:00:00Z"));
            prop_assert!(next.is_some());
        }
    }
}
