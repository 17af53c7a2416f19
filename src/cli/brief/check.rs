//! `epitome brief check`: a configuration in, what of it works and what does not out. Nothing is changed.

use std::path::Path;

use super::Briefing;
use super::arguments::CheckArguments;
use super::schedule::schedule;
use crate::brief::config::Target;
use crate::brief::deliver;
use crate::brief::fetch::{FeedState, FetchOptions, Fetched, Request, fetch, without_credentials};
use crate::brief::{GatherOptions, ledger::Ledger};
use crate::cli::corpora::{Interruption, Progress};
use crate::cli::exit::Exit;
use crate::cli::{Messages, counted, output};
use crate::error::{Error, ErrorKind};
use crate::model::Limits;
use crate::read::{self, ReadOptions};
use crate::render::{plain, plain_path};
use jiff::Timestamp;

/// Runs it.
pub(super) fn run(config: Option<&Path>, arguments: &CheckArguments, messages: &Messages) -> Result<Exit, Error> {
    let briefing = Briefing::open(config, messages)?;
    let interruption = Interruption::listen()?;
    let mut findings = Findings::default();
    findings.good(&briefing.path.to_string_lossy(), "a configuration without mistakes");
    briefing.loaded.warnings.iter().for_each(|warning| findings.odd(warning));
    let due = schedule(&briefing)?.next_after(Timestamp::now());
    let due = due.map_or("never due".to_owned(), |due| {
        let zone = crate::brief::zone(briefing.config()).unwrap_or(jiff::tz::TimeZone::UTC);
        due.to_zoned(zone).strftime("next due %a %Y-%m-%d %H:%M %Z").to_string()
    });
    findings.good("schedule", &due);
    folders(&briefing, &mut findings);
    feeds(&briefing, arguments.offline, &interruption, messages, &mut findings);
    for channel in &briefing.config().channels {
        if arguments.offline && matches!(channel.to, Target::Mail(_)) {
            findings.odd(&format!("{}: not tried, offline", channel.name));
            continue;
        }
        findings.put(&channel.name, deliver::check(&channel.to));
    }
    findings.put("ledger", ledger(&briefing));
    if interruption.has_come() {
        messages.error("interrupted");
        return Ok(Exit::Interrupted);
    }
    output::write(findings.lines.as_bytes(), None)?;
    if findings.bad == 0 {
        return Ok(Exit::Done);
    }
    messages.error(&format!("{} in {}", counted(findings.bad, "trouble"), briefing.path.to_string_lossy()));
    Ok(Exit::Failed)
}

#[derive(Default)]
struct Findings {
    lines: String,
    bad: usize,
}

impl Findings {
    fn line(&mut self, mark: &str, text: &str) {
        self.lines.push_str(&format!("{mark:<7}{}\n", plain_path(text)));
    }

    fn good(&mut self, place: &str, what: &str) {
        self.line("ok", &format!("{place}: {what}"));
    }

    fn odd(&mut self, text: &str) {
        self.line("note", text);
    }

    fn bad(&mut self, text: &str) {
        self.bad += 1;
        self.line("FAILED", text);
    }

    fn put(&mut self, place: &str, found: Result<String, Error>) {
        match found {
            Ok(what) => self.good(place, &what),
            Err(error) => self.bad(&format!("{place}: {error}")),
        }
    }
}

fn folders(briefing: &Briefing, findings: &mut Findings) {
    for folder in briefing.config().sections.iter().flat_map(|section| &section.folders) {
        let place = folder.to_string_lossy();
        let (found, trouble) = read::find(std::slice::from_ref(folder), None, Limits::default().files);
        match trouble.first() {
            Some(error) if found.is_empty() && error.kind == ErrorKind::NoInput => findings.odd(&error.to_string()),
            Some(error) if found.is_empty() => findings.bad(&error.to_string()),
            _ => findings.good(&place, &counted(found.len(), "file")),
        }
    }
}

/// Asks each feed once, as if it had never been asked.
fn feeds(
    briefing: &Briefing,
    offline: bool,
    interruption: &Interruption,
    messages: &Messages,
    findings: &mut Findings,
) {
    let config = briefing.config();
    let urls: Vec<&String> = config.sections.iter().flat_map(|section| &section.feeds).map(|feed| &feed.url).collect();
    if urls.is_empty() {
        return;
    }
    if offline {
        findings.odd(&format!("{} not asked, offline", counted(urls.len(), "feed")));
        return;
    }
    let options: FetchOptions = GatherOptions::of(config, briefing.root(), false).fetch;
    let request = |url: &&String| Request { url: (*url).clone(), state: FeedState::default() };
    let requests: Vec<Request> = urls.iter().map(request).collect();
    let mut progress = Progress::new(messages);
    progress.begin(&format!("asking {}", counted(requests.len(), "feed")));
    let mut answers: Vec<(usize, Result<String, String>)> = Vec::new();
    fetch(requests, &options, Timestamp::now(), interruption.flag(), |fetched| {
        let place = urls.iter().position(|url| **url == fetched.url).unwrap_or(urls.len());
        answers.push((place, answer(fetched)));
    });
    progress.end();
    answers.sort_by_key(|(place, _)| *place);
    for (_, answer) in answers {
        match answer {
            Ok(said) => findings.line("ok", &said),
            Err(said) => findings.bad(&said),
        }
    }
}

fn answer(fetched: Fetched) -> Result<String, String> {
    let Fetched { url, outcome, notes, body, .. } = fetched;
    let shown = without_credentials(&url);
    let notes: String = notes.iter().map(|note| format!("; {}", plain(note))).collect();
    let Some(body) = body.filter(|_| !outcome.is_failure()) else {
        return Err(format!("{shown}: {outcome}{notes}"));
    };
    let reading = read::from_bytes(&url, body, &ReadOptions { headlines: true, ..ReadOptions::default() });
    match reading.skipped.first() {
        Some(error) if reading.articles.is_empty() && error.kind != ErrorKind::Empty => {
            Err(format!("{shown}: {}", error.reason()))
        }
        _ => Ok(format!("{shown}: {}{notes}", counted(reading.articles.len(), "article"))),
    }
}

/// What a run would meet, which makes the ledger and its folder where they are not there.
fn ledger(briefing: &Briefing) -> Result<String, Error> {
    let path = briefing.ledger_path();
    deliver::check_folder(&briefing.config().storage.state)?;
    match Ledger::open_read_only(&path) {
        Ok(ledger) => ledger.check().map(|()| format!("{}: whole", path.display())),
        // Also an empty file: the making of a ledger was interrupted.
        Err(error) if error.kind == ErrorKind::Missing => {
            Ok(format!("{}: will be made by the first run", path.display()))
        }
        Err(error) => Err(error),
    }
}
