//! `epitome brief run`: a configuration in, at most one edition out, delivered; with `--loop` one after the other.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::arguments::RunArguments;
use super::{Briefing, moment, schedule::schedule};
use crate::brief::config::Channel;
use crate::brief::edition::{Clock, Edition, SourceState, Status, Window};
use crate::brief::ledger::Ledger;
use crate::brief::lock::{Lock, NotTaken};
use crate::brief::schedule::Due;
use crate::brief::{self, Event, Outbox, Ran, RunOptions, zone};
use crate::cli::arguments::DigestFormat;
use crate::cli::corpora::{Interruption, Progress};
use crate::cli::exit::Exit;
use crate::cli::{Messages, counted, input, output};
use crate::error::{Error, ErrorKind};

/// What did not reach its reader is tried again so much later by who stays.
const RETRY: SignedDuration = SignedDuration::from_mins(15);

/// So often who stays looks at the clock, which may be set, and whether the machine slept.
const GLANCE: Duration = Duration::from_secs(1);

/// Runs it.
pub(super) fn run(config: Option<&Path>, arguments: &RunArguments, messages: &Messages) -> Result<Exit, Error> {
    if let Some(threads) = arguments.threads {
        input::use_threads(threads.get())?;
    }
    let briefing = Briefing::open(config, messages)?;
    briefing.loaded.warnings.iter().for_each(|warning| messages.detail(warning));
    let options = options(&briefing, arguments)?;
    let interruption = Interruption::listen()?;
    let desk = Desk { briefing, arguments, messages, interruption };
    if arguments.dry_run {
        return desk.dry(&options);
    }
    desk.briefing.make_state()?;
    let lock = match Lock::take(&desk.briefing.config().storage.state.join("lock"), Timestamp::now()) {
        Ok(lock) => lock,
        Err(held @ NotTaken::Held { .. }) => {
            messages.error(&held.to_string());
            return Ok(Exit::Locked);
        }
        Err(NotTaken::Failed(error)) => return Err(error),
    };
    let mut ledger = desk.briefing.ledger()?;
    let exit = if arguments.repeat { desk.stay(&mut ledger, options) } else { desk.once(&mut ledger, &options) };
    drop(lock);
    exit
}

fn options(briefing: &Briefing, arguments: &RunArguments) -> Result<RunOptions, Error> {
    let schedule = schedule(briefing)?;
    let as_of = arguments.as_of.as_deref().map(|text| moment::edition(text, "--as-of", &schedule)).transpose()?;
    let since = arguments.since_date.as_deref();
    let since = since.map(|text| moment::start(text, "--since-date", schedule.zone())).transpose()?;
    let now = as_of.unwrap_or_else(wall_clock);
    let send = !arguments.no_send && !arguments.dry_run;
    if since.is_some_and(|since| since >= now) {
        let what = "is not before the moment of the edition";
        return Err(Error::new(ErrorKind::Usage, "--since-date", what, "give an earlier day"));
    }
    Ok(RunOptions {
        root: briefing.root(),
        now,
        clock: if as_of.is_some() { Clock::AsOf } else { Clock::Wall },
        since,
        // What a feed says now was not there then.
        offline: arguments.offline || as_of.is_some(),
        send,
        outbox: Outbox::AndMore,
    })
}

/// The clock on the wall, as exact as moments are kept.
fn wall_clock() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

struct Desk<'a> {
    briefing: Briefing,
    arguments: &'a RunArguments,
    messages: &'a Messages,
    interruption: Interruption,
}

impl Desk<'_> {
    /// Makes one edition.
    fn once(&self, ledger: &mut Ledger, options: &RunOptions) -> Result<Exit, Error> {
        self.run(ledger, options).map(|ran| self.exit(&ran))
    }

    /// Prints an edition, made on a copy of the ledger.
    fn dry(&self, options: &RunOptions) -> Result<Exit, Error> {
        let failed = |error: std::io::Error| Error::new(ErrorKind::Unwritable, "--dry-run", error.to_string(), "");
        let folder = tempfile::tempdir().map_err(failed)?;
        let copy = folder.path().join("ledger.sqlite");
        let path = self.briefing.ledger_path();
        if path.exists() {
            Ledger::open_read_only(&path)?.copy_to(&copy)?;
        }
        let mut ledger = Ledger::open(&copy)?;
        let ran = self.run(&mut ledger, options)?;
        for edition in &ran.editions {
            output::write(&printed(edition, self.arguments.format.unwrap_or_default()), None)?;
        }
        Ok(self.exit(&ran))
    }

    /// Makes an edition whenever one is due, until somebody ends it.
    fn stay(&self, ledger: &mut Ledger, options: RunOptions) -> Result<Exit, Error> {
        let schedule = schedule(&self.briefing)?;
        let mut last = last_run(&self.briefing, ledger)?;
        // What failed is tried again then: a delivery, or all of it.
        let mut again: Option<(Timestamp, Outbox)> = None;
        let mut is_behind = false;
        while !self.interruption.has_come() {
            let now = wall_clock();
            let due = schedule.due(last, now);
            if let (Due::Behind { last }, false) = (due, is_behind) {
                self.messages
                    .error(&format!("the clock is behind the last run ({last:.0}); waiting until it has caught up"));
            }
            is_behind = matches!(due, Due::Behind { .. });
            let outbox = match (due, again) {
                (_, Some((then, outbox))) if then <= now => outbox,
                (Due::Now { missed, .. }, None | Some((_, Outbox::Alone))) => {
                    if missed > 0 {
                        let missed = counted(missed, "edition");
                        self.messages.note(&format!("{missed} went by without a run; one edition for all"));
                    }
                    Outbox::AndMore
                }
                _ => {
                    thread::sleep(GLANCE);
                    continue;
                }
            };
            let retry = now.saturating_add(RETRY).unwrap_or(now);
            let exit = self.run(ledger, &RunOptions { now, outbox, ..options.clone() }).map(|ran| self.exit(&ran));
            again = match exit {
                Ok(Exit::NotDelivered) => Some((retry, Outbox::Alone)),
                Ok(Exit::Failed) => Some((retry, outbox)),
                Ok(_) => None,
                Err(error) => {
                    self.messages.error(&error.to_string());
                    Some((retry, outbox))
                }
            };
            if outbox == Outbox::AndMore && !matches!(again, Some((_, Outbox::AndMore))) {
                last = Some(now);
            }
        }
        Ok(Exit::Interrupted)
    }

    fn run(&self, ledger: &mut Ledger, options: &RunOptions) -> Result<Ran, Error> {
        let mut teller =
            Teller { briefing: &self.briefing, messages: self.messages, progress: Progress::new(self.messages) };
        let ran = brief::run(ledger, self.briefing.config(), options, self.interruption.flag(), &mut |event| {
            teller.hear(event)
        });
        teller.progress.end();
        if let Ok(ran) = &ran
            && options.send
            && options.clock == Clock::Wall
            && options.outbox == Outbox::AndMore
            && !ran.interrupted
        {
            // For who stays: a morning without news has no edition to know it by. If it cannot be written, the next run says why.
            let _ = fs::write(self.briefing.last_run_path(), options.now.to_string());
        }
        ran
    }

    fn exit(&self, ran: &Ran) -> Exit {
        for left_out in &ran.gathered.left_out {
            self.messages.error(&format!("{}: {}", left_out.source, left_out.reason));
        }
        if ran.interrupted {
            self.messages.error("interrupted; the next run goes on from here");
            return Exit::Interrupted;
        }
        if !ran.undelivered.is_empty() {
            return Exit::NotDelivered;
        }
        if ran.behind && ran.editions.is_empty() {
            return Exit::Failed;
        }
        if ran.gathered.is_outage() && ran.editions.is_empty() {
            self.messages.error("no source could be read");
            return Exit::Failed;
        }
        if ran.gathered.has_trouble() { Exit::LeftOut } else { Exit::Done }
    }
}

/// When a run ended well last, with or without an edition.
fn last_run(briefing: &Briefing, ledger: &Ledger) -> Result<Option<Timestamp>, Error> {
    let noted = fs::read_to_string(briefing.last_run_path()).ok().and_then(|text| text.trim().parse().ok());
    let mut last: Option<Timestamp> = noted;
    for channel in &briefing.config().channels {
        last = last.max(brief::last_edition(ledger, &channel.name, wall_clock())?);
    }
    Ok(last)
}

fn printed(edition: &Edition, format: DigestFormat) -> Vec<u8> {
    use crate::brief::config::Form;
    let form = match format {
        DigestFormat::Text => return brief::edition::text(edition, output::text_style(None)),
        DigestFormat::Markdown => Form::Markdown,
        DigestFormat::Html => Form::Html,
        DigestFormat::Json => Form::Json,
    };
    brief::edition::forms(edition).remove(&form).unwrap_or_default()
}

/// Says what happens: trouble always, the rest where somebody looks on.
struct Teller<'a> {
    briefing: &'a Briefing,
    messages: &'a Messages,
    progress: Progress,
}

impl Teller<'_> {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Retrying { edition, channel } => {
                self.say(&format!("{edition}: was not delivered to {channel}; trying again"));
            }
            Event::Waiting { edition, channel } => {
                self.trouble(&format!("{channel}: {edition} waits to be delivered, and comes before anything new"));
            }
            Event::Retired { channel, given_up: 0 } => {
                self.detail(&format!("{channel}: no longer in the configuration"))
            }
            Event::Retired { channel, given_up } => {
                let given_up = counted(given_up, "edition");
                self.trouble(&format!(
                    "{channel}: no longer in the configuration; {given_up} that it waited for given up"
                ));
            }
            Event::Gathering(sources) => self.progress.begin(&format!("asking {}", counted(sources, "source"))),
            Event::Source(report) if report.state == SourceState::Failed => {
                self.trouble(&format!("{}: {}", report.source, report.outcome));
            }
            Event::Source(report) => self.detail(&format!("{}: {}", report.source, report.outcome)),
            Event::Composing(articles) => {
                self.progress.begin(&format!("grouping and digesting {}", counted(articles, "article")));
            }
            Event::Made(edition) => self.say(&made(edition)),
            Event::NothingNew(channels, status, window) => self.nothing_new(channels, status, window),
            Event::Behind(channels, end) => {
                let end = self.local(end);
                self.trouble(&format!(
                    "{}: the clock is behind the last edition ({end}); nothing is made until it has caught up, but with \
                     --since-date",
                    names(channels)
                ));
            }
            Event::Delivered { channel, receipt, .. } => self.say(&format!("{channel}: {receipt}")),
            Event::NotDelivered(undelivered) => {
                let how = if undelivered.uncertain {
                    "may not have been delivered; it is sent again, as the same message"
                } else {
                    "was not delivered; the next run tries again"
                };
                let (edition, channel, error) = (&undelivered.edition, &undelivered.channel, &undelivered.error);
                self.trouble(&format!("{channel}: {edition} {how}: {error}"));
            }
        }
    }

    fn nothing_new(&self, channels: &[&Channel], status: &Status, window: Window) {
        let of = if self.briefing.config().channels.len() > channels.len() {
            format!("{}: ", names(channels))
        } else {
            String::new()
        };
        let mut said = format!("{of}nothing new since {}", self.local(window.from));
        if status.articles > 0 {
            said.push_str(&format!("; {} told nothing new", counted(status.articles, "new article")));
        }
        if status.older > 0 {
            let older = counted(status.older, "article");
            said.push_str(&format!("; {older} older than that, see --since-date"));
        }
        self.say(&said);
    }

    fn local(&self, moment: Timestamp) -> String {
        let zone = zone(self.briefing.config()).unwrap_or(jiff::tz::TimeZone::UTC);
        moment.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// What is good to know for who looks on.
    fn say(&self, text: &str) {
        self.progress.suspend(|| {
            if self.messages.verbose || output::is_watched() {
                self.messages.note(text);
            }
        });
    }

    fn detail(&self, text: &str) {
        self.progress.suspend(|| self.messages.detail(text));
    }

    fn trouble(&self, text: &str) {
        self.progress.suspend(|| self.messages.error(text));
    }
}

fn names(channels: &[&Channel]) -> String {
    channels.iter().map(|channel| channel.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// `2031-03-05T0630: 7 stories of 31, from 46 new articles`
fn made(edition: &Edition) -> String {
    let told = edition.stories().count();
    let stories = if told == 1 { "1 story".to_owned() } else { format!("{told} stories") };
    format!(
        "{}: {stories} of {}, from {}",
        edition.id,
        edition.status.stories,
        counted(edition.status.articles, "new article")
    )
}
