//! `epitome brief schedule`: a configuration in, when editions are due out, or what lets the system start them.

use std::path::Path;

use jiff::Timestamp;

use super::Briefing;
use super::arguments::ScheduleArguments;
use crate::brief::schedule::{Schedule, units};
use crate::brief::zone;
use crate::cli::exit::Exit;
use crate::cli::{Messages, output};
use crate::error::{Error, ErrorKind};

/// So many of the next editions are named.
const NEXT: usize = 5;

/// Runs it.
pub(super) fn run(config: Option<&Path>, arguments: &ScheduleArguments, messages: &Messages) -> Result<Exit, Error> {
    let briefing = Briefing::open(config, messages)?;
    let schedule = schedule(&briefing)?;
    let written = if arguments.systemd || arguments.cron {
        let program = std::env::current_exe().map_err(|error| {
            let what = format!("the path of the program is not known ({error})");
            Error::new(ErrorKind::Fault, "schedule", what, "write the unit by hand")
        })?;
        let path = std::path::absolute(&briefing.path).unwrap_or_else(|_| briefing.path.clone());
        let options = units::UnitOptions {
            schedule: &schedule,
            briefing: &briefing.config().id,
            program: &program,
            config: &path,
        };
        if arguments.systemd { units::systemd(&options)? } else { units::cron(&options)? }
    } else {
        let next = std::iter::successors(schedule.next_after(Timestamp::now()), |due| schedule.next_after(*due));
        let zone = schedule.zone();
        let line = |due: Timestamp| due.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M %Z\n").to_string();
        let lines: String = next.take(NEXT).map(line).collect();
        format!("{}, in {}; the next ones:\n{lines}", schedule.rule(), briefing.config().zone)
    };
    output::write(written.as_bytes(), None)?;
    Ok(Exit::Done)
}

/// When editions of a briefing are due.
pub(super) fn schedule(briefing: &Briefing) -> Result<Schedule, Error> {
    Ok(Schedule::new(briefing.config().rule()?, zone(briefing.config())?))
}
