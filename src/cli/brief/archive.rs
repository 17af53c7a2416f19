//! `epitome brief archive` and `replay`: past editions out, and whether they can be made again.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Briefing;
use super::arguments::{ArchiveCommand, ArchiveShowArguments, ListArguments, ReplayArguments, SearchArguments};
use crate::brief::config::Form;
use crate::brief::ledger::{EditionRow, Ledger, Status, Summary};
use crate::brief::{self, zone};
use crate::cli::arguments::{DigestFormat, ReportFormat};
use crate::cli::exit::Exit;
use crate::cli::{Messages, counted, output};
use crate::error::{Error, ErrorKind};
use crate::render::{plain, to_json};

/// Stands for the newest edition.
const LATEST: &str = "latest";

/// Runs `archive`.
pub(super) fn run(config: Option<&Path>, command: &ArchiveCommand, messages: &Messages) -> Result<Exit, Error> {
    let briefing = Briefing::open(config, messages)?;
    let ledger = briefing.archive()?;
    let zone = zone(briefing.config())?;
    match command {
        ArchiveCommand::List(arguments) => list(&ledger, &zone, arguments),
        ArchiveCommand::Show(arguments) => show(&ledger, arguments),
        ArchiveCommand::Search(arguments) => search(&ledger, &zone, arguments, messages),
    }
}

/// An edition as `--format json` lists it.
#[derive(Serialize)]
struct Listed<'s> {
    id: &'s str,
    made: Timestamp,
    from: Timestamp,
    until: Timestamp,
    zone: &'s str,
    title: &'s str,
    stories: u32,
    deliveries: &'s std::collections::BTreeMap<String, Status>,
}

impl<'s> Listed<'s> {
    fn of(summary: &'s Summary) -> Self {
        let Summary { id, made, window_start, window_end, zone, title, stories, deliveries } = summary;
        Self { id, made: *made, from: *window_start, until: *window_end, zone, title, stories: *stories, deliveries }
    }
}

fn list(ledger: &Ledger, zone: &TimeZone, arguments: &ListArguments) -> Result<Exit, Error> {
    let editions = ledger.editions(arguments.limit, None)?;
    let written = match arguments.format {
        ReportFormat::Json => to_json(&editions.iter().map(Listed::of).collect::<Vec<_>>()),
        ReportFormat::Text => editions.iter().map(|summary| line(summary, zone)).collect(),
    };
    output::write(written.as_bytes(), None)?;
    Ok(Exit::Done)
}

/// `2031-03-05T0630  Wed 2031-03-05 06:30  7 stories  page: delivered, post: pending`
fn line(summary: &Summary, zone: &TimeZone) -> String {
    let made = summary.made.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M");
    let stories = if summary.stories == 1 { "1 story".to_owned() } else { format!("{} stories", summary.stories) };
    let deliveries = summary.deliveries.iter();
    let mut told: Vec<String> =
        deliveries.map(|(channel, status)| format!("{channel}: {}", status.name().replace('_', " "))).collect();
    if told.is_empty() {
        told.push("not sent".to_owned());
    }
    format!("{}  {made}  {stories}  {}\n", summary.id, told.join(", "))
}

fn show(ledger: &Ledger, arguments: &ArchiveShowArguments) -> Result<Exit, Error> {
    let id = id(ledger, &arguments.edition)?;
    let output = output::target(arguments.output.as_deref());
    let form = match arguments.format {
        DigestFormat::Text => Form::Text,
        DigestFormat::Markdown => Form::Markdown,
        DigestFormat::Html => Form::Html,
        DigestFormat::Json => Form::Json,
    };
    let bytes = ledger.form(&id, brief::name(form))?.ok_or_else(|| unknown(&id))?;
    output::write(&bytes, output)?;
    Ok(Exit::Done)
}

/// A story that was found, as `--format json` lists it.
#[derive(Serialize)]
struct Found<'h> {
    edition: &'h str,
    made: Timestamp,
    section: &'h str,
    title: &'h str,
    snippet: &'h str,
}

fn search(ledger: &Ledger, zone: &TimeZone, arguments: &SearchArguments, messages: &Messages) -> Result<Exit, Error> {
    let query = arguments.query.join(" ");
    let hits = ledger.search(&query, arguments.limit)?;
    let written = match arguments.format {
        ReportFormat::Json => {
            let listed: Vec<Found<'_>> = hits
                .iter()
                .map(|hit| Found {
                    edition: &hit.edition,
                    made: hit.made,
                    section: &hit.section,
                    title: &hit.title,
                    snippet: &hit.snippet,
                })
                .collect();
            to_json(&listed)
        }
        ReportFormat::Text => hits
            .iter()
            .map(|hit| {
                let day = hit.made.to_zoned(zone.clone()).strftime("%Y-%m-%d");
                format!("{}  {day}  {}\n    {}\n", hit.edition, plain(&hit.title), plain(&hit.snippet))
            })
            .collect(),
    };
    if hits.is_empty() {
        messages.note(&format!("nothing that was told has all of: {query}"));
    }
    output::write(written.as_bytes(), None)?;
    Ok(Exit::Done)
}

/// Runs `replay`.
pub(super) fn replay(config: Option<&Path>, arguments: &ReplayArguments, messages: &Messages) -> Result<Exit, Error> {
    let briefing = Briefing::open(config, messages)?;
    let ledger = briefing.archive()?;
    let id = id(&ledger, &arguments.edition)?;
    let row: EditionRow = ledger.edition(&id)?.ok_or_else(|| unknown(&id))?;
    let differences = brief::replay(&row)?;
    if differences.is_empty() {
        let said = format!("{id}: the same again, SHA-256 {}\n", row.sha256);
        output::write(said.as_bytes(), None)?;
        return Ok(Exit::Done);
    }
    let line = |of: &brief::Difference| {
        let made = of.made.as_deref().unwrap_or("nothing");
        format!("{id}: {}: kept {}, made {made}\n", of.form, of.kept)
    };
    let lines: String = differences.iter().map(line).collect();
    output::write(lines.as_bytes(), None)?;
    messages.error(&format!("{id}: {} not as it was", counted(differences.len(), "form")));
    Ok(Exit::Difference)
}

/// The id of an edition that is named.
fn id(ledger: &Ledger, named: &str) -> Result<String, Error> {
    if named != LATEST {
        return if ledger.has_edition(named)? { Ok(named.to_owned()) } else { Err(unknown(named)) };
    }
    let newest = ledger.editions(1, None)?;
    let none = || Error::new(ErrorKind::NoInput, LATEST, "there is no edition yet", "`epitome brief run` makes one");
    newest.into_iter().next().map(|summary| summary.id).ok_or_else(none)
}

fn unknown(id: &str) -> Error {
    Error::new(ErrorKind::Missing, id, "no such edition", "see `epitome brief archive list`")
}
