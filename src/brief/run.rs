//! A ledger, a configuration and a moment in, at most one edition for each reader out, delivered.
//!
//! 1. What was made and not delivered is delivered first. A channel that still does not take it is left alone: its reader
//!    gets one edition of everything when it does, and never two that repeat each other.
//! 2. Sources are asked.
//! 3. Channels that have the same to consider get the same edition. Its window begins where the last one that was delivered ended, so
//!    that nothing is lost by a day without a run.
//! 4. The edition is kept together with the deliveries that it waits for, in one transaction. It counts as told to a channel
//!    when it was delivered there, and not before.
//!
//! At any moment the process may be killed: the next run finds either nothing done, or a step that it does again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use tracing::{debug, info_span};

use super::config::{Channel, Config, Form, Target};
use super::deliver::{AtomEntry, Delivery, Parcel, deliver};
use super::edition::{
    Bundle, Clock, Composed, Counts, Edition, Entry, Sentence, Sorted, SourceReport, Status, Window, compose, forms,
    is_muted, mail_html, sort, subject, summary,
};
use super::gather::{GatherOptions, Gathered, KnownOf, Record, gather};
use super::ledger::identity::fingerprint;
use super::ledger::{self, EditionRow, Ledger, RevisionId, Stored, StoryRow, ToldRow};
use crate::error::{Error, ErrorKind};
use crate::read::sha256;
use crate::told::Fingerprints;

/// So long what was read is held against what is new, word for word: a text is copied for a day or two.
const KNOWN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The form that only a mail and an Atom feed have, beside those of [`Form`].
const MAIL: &str = "mail";

/// How a run is made.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The folder of the configuration: paths below it are named without it.
    pub root: PathBuf,
    /// The moment of the run.
    pub now: Timestamp,
    /// Whether that is the clock on the wall.
    pub clock: Clock,
    /// Where the window begins, if not at the end of the last edition that was delivered.
    pub since: Option<Timestamp>,
    /// Whether no feed is asked.
    pub offline: bool,
    /// Whether editions are delivered; otherwise they are kept in the archive, and nothing counts as told.
    pub send: bool,
    /// Whether an edition is made, or only delivered what was made before.
    pub outbox: Outbox,
}

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outbox {
    /// What was made and not delivered.
    Alone,
    /// That, and a new edition.
    AndMore,
}

/// What happens in a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// An edition that was made before is being delivered again.
    Retrying {
        /// Its id.
        edition: &'e str,
        /// To whom.
        channel: &'e str,
    },
    /// An edition that was made before waits to be delivered, and nothing is delivered now.
    Waiting {
        /// Its id.
        edition: &'e str,
        /// Whose.
        channel: &'e str,
    },
    /// Sources are being asked: so many.
    Gathering(usize),
    /// A source was asked.
    Source(&'e SourceReport),
    /// So many new articles are being grouped and digested.
    Composing(usize),
    /// An edition was made.
    Made(&'e Edition),
    /// There is nothing to tell to these channels.
    NothingNew(&'e [&'e Channel], &'e Status, Window),
    /// The clock is behind the last edition of these channels: nothing is made until it has caught up.
    Behind(&'e [&'e Channel], Timestamp),
    /// A channel is no longer in the configuration: so many editions that it waited for are given up.
    Retired {
        /// Its name.
        channel: &'e str,
        /// How many.
        given_up: usize,
    },
    /// An edition was delivered.
    Delivered {
        /// Its id.
        edition: &'e str,
        /// To whom.
        channel: &'e str,
        /// How to find it.
        receipt: &'e str,
    },
    /// It was not, or nobody knows.
    NotDelivered(&'e Undelivered),
}

/// An edition that did not reach a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The id of the edition.
    pub edition: String,
    /// The name of the channel.
    pub channel: String,
    /// Why.
    pub error: Error,
    /// Whether it may have arrived all the same.
    pub uncertain: bool,
}

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// The editions that were made.
    pub editions: Vec<Edition>,
    /// What did not reach its reader, made now or before.
    pub undelivered: Vec<Undelivered>,
    /// What came of the sources.
    pub gathered: Gathered,
    /// Whether the clock is behind the last edition of a channel.
    pub behind: bool,
    /// Whether somebody called it off before all was made.
    pub interrupted: bool,
}

/// Makes what is due, and delivers it.
///
/// # Errors
///
/// Those of the ledger, and of a configuration that was not checked. What goes wrong with a source or a channel is part of
/// the result.
pub fn run(
    ledger: &mut Ledger,
    config: &Config,
    options: &RunOptions,
    stop: &AtomicBool,
    hear: &mut dyn FnMut(Event<'_>),
) -> Result<Ran, Error> {
    let _span = info_span!("run", now = %options.now).entered();
    let mut running = Running { ledger, config, options, hear, ran: Ran::default() };
    running.begin_channels()?;
    let blocked = running.outbox()?;
    if options.outbox == Outbox::Alone {
        return Ok(running.ran);
    }
    running.gather(stop)?;
    let groups = running.groups(&blocked)?;
    let several = groups.len() > 1;
    for channels in groups {
        if stop.load(Ordering::Relaxed) {
            running.ran.interrupted = true;
            break;
        }
        running.edition(&channels, several)?;
    }
    // Who waits is told so, also where there was nothing to make.
    running.ran.interrupted |= stop.load(Ordering::Relaxed) && running.ran.editions.is_empty();
    Ok(running.ran)
}

struct Running<'r> {
    ledger: &'r mut Ledger,
    config: &'r Config,
    options: &'r RunOptions,
    hear: &'r mut dyn FnMut(Event<'_>),
    ran: Ran,
}

impl<'r> Running<'r> {
    /// Begins channels that are new in the configuration, and ends those that are no longer there.
    fn begin_channels(&mut self) -> Result<(), Error> {
        let now = self.options.now;
        for known in self.ledger.channels()? {
            if self.config.channels.iter().any(|channel| channel.name == known.name) {
                continue;
            }
            let given_up = self.ledger.pending()?.iter().filter(|waiting| waiting.channel == known.name).count();
            self.ledger.retire(&known.name, now)?;
            (self.hear)(Event::Retired { channel: &known.name, given_up });
        }
        let names: Vec<&str> = self.config.channels.iter().map(|channel| channel.name.as_str()).collect();
        self.ledger.begin(&names, now)
    }

    /// Delivers what was made before. Gives the channels that still wait for something.
    fn outbox(&mut self) -> Result<BTreeSet<String>, Error> {
        let _span = info_span!("outbox").entered();
        let mut blocked = BTreeSet::new();
        for waiting in self.ledger.pending()? {
            let Some(channel) = self.config.channels.iter().find(|channel| channel.name == waiting.channel) else {
                continue;
            };
            // In order: a later edition must not arrive before an earlier one.
            if blocked.contains(&channel.name) {
                continue;
            }
            if !self.options.send {
                (self.hear)(Event::Waiting { edition: &waiting.edition, channel: &channel.name });
                blocked.insert(channel.name.clone());
                continue;
            }
            (self.hear)(Event::Retrying { edition: &waiting.edition, channel: &channel.name });
            if !self.deliver(&waiting.edition, channel)? {
                blocked.insert(channel.name.clone());
            }
        }
        Ok(blocked)
    }

    fn gather(&mut self, stop: &AtomicBool) -> Result<(), Error> {
        let sources = self.config.sections.iter().map(|section| section.folders.len() + section.feeds.len()).sum();
        (self.hear)(Event::Gathering(sources));
        let options = GatherOptions::of(self.config, self.options.root.clone(), self.options.offline);
        let hear = &mut *self.hear;
        let gathered =
            gather(self.ledger, self.config, &options, self.options.now, stop, |report| hear(Event::Source(report)))?;
        self.ran.gathered = gathered;
        Ok(())
    }

    /// Channels that wait for nothing, those together that have the same to consider since the same moment. What they were told
    /// may differ, where one failed for a while: an edition for both repeats nothing to either.
    fn groups(&self, blocked: &BTreeSet<String>) -> Result<Vec<Vec<&'r Channel>>, Error> {
        let mut groups: Vec<(Option<Timestamp>, Vec<RevisionId>, Vec<&Channel>)> = Vec::new();
        for channel in self.config.channels.iter().filter(|channel| !blocked.contains(&channel.name)) {
            let last = last_edition(self.ledger, &channel.name, self.options.now)?;
            let unsettled = self.ledger.unsettled_ids(&channel.name)?;
            match groups.iter_mut().find(|(from, revisions, _)| *from == last && *revisions == unsettled) {
                Some((_, _, channels)) => channels.push(channel),
                None => groups.push((last, unsettled, vec![channel])),
            }
        }
        Ok(groups.into_iter().map(|(_, _, channels)| channels).collect())
    }

    /// Makes the edition of channels that have the same to consider, and delivers it.
    fn edition(&mut self, channels: &[&'r Channel], several: bool) -> Result<(), Error> {
        let _span = info_span!("edition", channel = channels[0].name).entered();
        let name = &channels[0].name;
        let last = last_edition(self.ledger, name, self.options.now)?;
        let is_behind = last.is_some_and(|end| end >= self.options.now) && self.options.since.is_none();
        let view = match last {
            // What is not delivered may be of any morning.
            _ if self.options.clock == Clock::AsOf && !self.options.send && self.has_later(name)? => {
                self.earlier_view(name)?
            }
            Some(end) if is_behind => {
                self.ran.behind = true;
                (self.hear)(Event::Behind(channels, end));
                return Ok(());
            }
            last => View { last, from: self.options.since, is_past: self.options.since.is_some() },
        };
        let material = self.material(channels, view)?;
        (self.hear)(Event::Composing(material.bundle.articles.len()));
        let suffix = several.then(|| channels[0].name.as_str());
        let bundle = Bundle { id: self.free_id(suffix)?, ..material.bundle };
        match info_span!("compose").in_scope(|| compose(&bundle))? {
            Composed::NothingNew(status) => {
                (self.hear)(Event::NothingNew(channels, &status, bundle.window));
                Ok(())
            }
            Composed::Edition(edition) => {
                (self.hear)(Event::Made(&edition));
                self.keep(&edition, &bundle, material.considered, channels)?;
                if self.options.send {
                    for channel in channels {
                        self.deliver(&edition.id, channel)?;
                    }
                }
                self.ran.editions.push(*edition);
                Ok(())
            }
        }
    }

    /// Whether an edition was delivered to a channel at this moment or later.
    fn has_later(&self, channel: &str) -> Result<bool, Error> {
        Ok(self.ledger.last_delivered(channel)?.is_some_and(|(_, end)| end >= self.options.now))
    }

    /// What there was to see for a channel at an earlier moment.
    fn earlier_view(&self, channel: &str) -> Result<View, Error> {
        let before = self.options.now.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MIN);
        let last = self.ledger.last_delivered_until(channel, before)?.map(|(_, end)| end);
        Ok(View { last, from: Some(last.unwrap_or_else(|| self.first_from())), is_past: true })
    }

    /// Where the window of a first edition begins.
    fn first_from(&self) -> Timestamp {
        let first_window = SignedDuration::try_from(self.config.edition.first_window).unwrap_or(SignedDuration::MAX);
        self.options.now.saturating_sub(first_window).unwrap_or(Timestamp::MIN)
    }

    /// Keeps an edition, and that it is to be delivered.
    fn keep(
        &mut self,
        edition: &Edition,
        bundle: &Bundle,
        considered: Vec<RevisionId>,
        channels: &[&Channel],
    ) -> Result<(), Error> {
        let _span = info_span!("keep").entered();
        let row = row(edition, bundle, considered);
        let waiting = if self.options.send { channels } else { &[] };
        let names: Vec<String> = waiting.iter().map(|channel| channel.name.clone()).collect();
        self.ledger.put_edition(&row, &names)
    }

    /// An id that no edition has: the local time of the edition.
    fn free_id(&self, suffix: Option<&str>) -> Result<String, Error> {
        let local = self.options.now.to_zoned(zone(self.config)?);
        let mut base = local.strftime("%Y-%m-%dT%H%M").to_string();
        if let Some(suffix) = suffix {
            base = format!("{base}-{suffix}");
        }
        let mut id = base.clone();
        let mut number = 1;
        while self.ledger.has_edition(&id)? {
            number += 1;
            id = format!("{base}-{number}");
        }
        Ok(id)
    }

    /// Brings an edition that is kept to a channel. Gives whether it is there.
    fn deliver(&mut self, edition: &str, channel: &Channel) -> Result<bool, Error> {
        let _span = info_span!("deliver", edition, channel = channel.name).entered();
        let now = self.options.now;
        let previous = self.ledger.last_delivered(&channel.name)?.map(|(id, _)| id);
        let parcel = parcel(self.ledger, self.config, edition, previous)?;
        let earlier = self.earlier(channel, edition)?;
        self.ledger.mark_sending(edition, &channel.name, now)?;
        let (error, uncertain) = match deliver(channel, &parcel, &earlier) {
            Delivery::Done { receipt } => {
                self.ledger.mark_delivered(edition, &channel.name, now, &receipt)?;
                (self.hear)(Event::Delivered { edition, channel: &channel.name, receipt: &receipt });
                return Ok(true);
            }
            Delivery::Failed(error) => (error, false),
            Delivery::Uncertain(error) => (error, true),
        };
        self.ledger.mark_failed(edition, &channel.name, now, &error.to_string(), uncertain)?;
        let undelivered = Undelivered { edition: edition.to_owned(), channel: channel.name.clone(), error, uncertain };
        (self.hear)(Event::NotDelivered(&undelivered));
        self.ran.undelivered.push(undelivered);
        Ok(false)
    }

    /// The editions that an Atom feed keeps beside the new one.
    fn earlier(&self, channel: &Channel, edition: &str) -> Result<Vec<AtomEntry>, Error> {
        let Target::Atom { entries, .. } = &channel.to else { return Ok(Vec::new()) };
        let mut earlier = Vec::new();
        for delivery in self.ledger.deliveries(&channel.name)? {
            if earlier.len() + 1 >= *entries {
                break;
            }
            if delivery.status == ledger::Status::Delivered && delivery.edition != edition {
                earlier.push(AtomEntry::from(&parcel(self.ledger, self.config, &delivery.edition, None)?));
            }
        }
        Ok(earlier)
    }

    /// What an edition is made from.
    fn material(&self, channels: &[&Channel], view: View) -> Result<Material, Error> {
        let channel = &channels[0].name;
        let _span = info_span!("material").entered();
        let (config, now) = (self.config, self.options.now);
        let zone = zone(config)?;
        let window = Window {
            from: view.from.or(view.last).unwrap_or_else(|| self.first_from()),
            until: now,
            first: view.last.is_none() && !view.is_past,
            asked: self.options.since.is_some(),
            reached_back: false,
        };
        let candidates = if view.is_past {
            self.ledger.since(window.from, &window.from.to_zoned(zone.clone()).date().to_string())?
        } else {
            self.ledger.unsettled(channel)?
        };
        let candidates = read_back(candidates)?;
        let (muted, candidates): (Vec<Candidate>, Vec<Candidate>) =
            candidates.into_iter().partition(|candidate| is_muted(config, &candidate.record.article));
        let dated: Vec<_> = candidates
            .iter()
            .map(|candidate| (candidate.record.article.metadata.day(), !candidate.stored.earlier.is_empty()))
            .collect();
        let Sorted { inside, older, window, .. } = sort(&dated, window, self.options.clock, &zone);
        let mut considered: Vec<RevisionId> = muted.iter().map(|candidate| candidate.stored.revision).collect();
        considered.extend(older.iter().map(|index| candidates[*index].stored.revision));
        considered.extend(inside.iter().map(|(index, _)| candidates[*index].stored.revision));
        considered.sort_unstable();
        // Who goes back wants what was passed over; and where there is nothing to hold against it, days of it need not be read.
        let none = view.is_past || inside.is_empty();
        let known = if none { Vec::new() } else { self.known(channel, &candidates)? };
        let told = self.told(channels, view.is_past && self.options.since.is_none())?;
        let datings: BTreeMap<usize, _> = inside.into_iter().collect();
        let entry = |(index, candidate): (usize, Candidate)| {
            let dating = *datings.get(&index)?;
            let Stored { section, source, .. } = candidate.stored;
            let Record { article, feed, .. } = candidate.record;
            Some(Entry { section, source: feed.unwrap_or(source), dating, article })
        };
        let counts = Counts { older: older.len(), muted: muted.len() };
        debug!(inside = datings.len(), older = counts.older, muted = counts.muted, told = told.0.len(), "material");
        let bundle = Bundle {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            config: config.clone(),
            id: String::new(),
            window,
            articles: candidates.into_iter().enumerate().filter_map(entry).collect(),
            told: told.0,
            known: known.into_iter().chain([told.1]).filter(|known| known.iter().len() > 0).collect(),
            sources: self.ran.gathered.sources.clone(),
            left_out: self.ran.gathered.left_out.clone(),
            counts,
        };
        Ok(Material { bundle, considered })
    }

    /// The words of what was read lately, and of the earlier revisions of what is new.
    fn known(&self, channel: &str, candidates: &[Candidate]) -> Result<Vec<Fingerprints>, Error> {
        let since = self.options.now.saturating_sub(KNOWN).unwrap_or(Timestamp::MIN);
        let records = self.ledger.considered(channel, since)?;
        let earlier = candidates.iter().flat_map(|candidate| &candidate.stored.earlier);
        let records: Vec<&String> = records.iter().chain(earlier).collect();
        records.par_iter().map(|record| parsed::<KnownOf>(record).map(|of| of.known)).collect()
    }

    /// What any of the channels was told: the sentences of the last weeks, and the words of those before.
    fn told(&self, channels: &[&Channel], is_past: bool) -> Result<(Vec<Sentence>, Fingerprints), Error> {
        let now = self.options.now;
        // Whatever the clock says, what was told was told; but for a morning at which it was not yet.
        let until = if is_past { now } else { Timestamp::MAX };
        let remember = SignedDuration::from_hours(24 * i64::from(self.config.edition.remember));
        let since = now.saturating_sub(remember).unwrap_or(Timestamp::MIN);
        let (mut sentences, mut met) = (Vec::new(), BTreeSet::new());
        let mut before = Vec::new();
        for channel in channels {
            for row in self.ledger.told(&channel.name, since, until)? {
                if met.insert(row.sha256) {
                    let language = row.language.and_then(|language| language.parse().ok());
                    sentences.push(Sentence { quote: row.quote, language });
                }
            }
            before.extend(self.ledger.told(&channel.name, Timestamp::MIN, since)?.into_iter().map(|row| row.quote));
        }
        Ok((sentences, Fingerprints::of_sentences(before.iter().map(String::as_str))))
    }
}

/// A clock that is set back jumps less far than this. An edition that is further ahead was asked for by `--as-of`, and must not
/// keep the editions until then from being made.
const SET_BACK: SignedDuration = SignedDuration::from_hours(24);

/// The end of the last edition that was delivered to a channel, as far as it is not far ahead.
///
/// # Errors
///
/// Those of the ledger.
pub fn last_edition(ledger: &Ledger, channel: &str, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let latest = now.saturating_add(SET_BACK).unwrap_or(Timestamp::MAX);
    Ok(ledger.last_delivered_until(channel, latest)?.map(|(_, end)| end))
}

/// From where an edition is seen.
#[derive(Clone, Copy)]
struct View {
    /// When the last edition before it was delivered.
    last: Option<Timestamp>,
    /// Where its window begins, if not there.
    from: Option<Timestamp>,
    /// Whether what later editions considered is considered again.
    is_past: bool,
}

/// What an edition is made from, and which revisions are settled by it.
struct Material {
    bundle: Bundle,
    considered: Vec<RevisionId>,
}

/// An article that was kept.
struct Candidate {
    stored: Stored,
    record: Record,
}

fn read_back(stored: Vec<Stored>) -> Result<Vec<Candidate>, Error> {
    let read = |mut stored: Stored| {
        let record = parsed(&std::mem::take(&mut stored.record))?;
        Ok(Candidate { stored, record })
    };
    stored.into_par_iter().map(read).collect()
}

fn parsed<T: serde::de::DeserializeOwned>(record: &str) -> Result<T, Error> {
    serde_json::from_str(record).map_err(|error| {
        Error::new(ErrorKind::Unreadable, "ledger", format!("an article in it cannot be read ({error})"), "")
    })
}

/// The zone of a configuration.
///
/// # Errors
///
/// Where it was not checked, and is none.
pub fn zone(config: &Config) -> Result<TimeZone, Error> {
    TimeZone::get(&config.zone).map_err(|_| {
        Error::new(
            ErrorKind::Usage,
            "zone",
            format!("{:?} is no time zone", config.zone),
            "give one like Europe/Berlin",
        )
    })
}

fn row(edition: &Edition, bundle: &Bundle, considered: Vec<RevisionId>) -> EditionRow {
    let forms = forms(edition);
    let sha256 = sha256(&forms[&Form::Json]);
    let mut by_name: BTreeMap<String, Vec<u8>> =
        forms.into_iter().map(|(form, bytes)| (name(form).to_owned(), bytes)).collect();
    by_name.insert(MAIL.to_owned(), mail_html(edition).into_bytes());
    let stories = edition.sections.iter().flat_map(|section| section.stories.iter().map(move |story| (section, story)));
    let quotes = |story: &super::edition::ToldStory| -> Vec<String> {
        story.digest.items.iter().map(|item| item.quote.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let story_rows = stories.clone().zip(0..).map(|((section, story), position)| StoryRow {
        position,
        section: section.name.clone(),
        story: story.id.clone(),
        title: story.title.clone(),
        articles: u32::try_from(story.articles).unwrap_or(u32::MAX),
        voices: u32::try_from(story.voices).unwrap_or(u32::MAX),
        text: quotes(story).join("\n"),
    });
    let told = stories.clone().flat_map(|(_, story)| {
        let digest = &story.digest;
        digest.items.iter().map(|item| {
            let source = &digest.sources[item.citation.article.index()];
            ToldRow {
                story: story.id.clone(),
                quote: item.quote.clone(),
                sha256: fingerprint(&item.quote),
                source: source.path.clone(),
                language: source.language.or(digest.language).map(|language| language.code().to_owned()),
            }
        })
    });
    EditionRow {
        id: edition.id.clone(),
        made: edition.window.until,
        window_start: edition.window.from,
        window_end: edition.window.until,
        zone: edition.zone.clone(),
        title: subject(edition),
        sha256,
        bundle: serde_json::to_vec(bundle).expect("a bundle of plain values is JSON"),
        forms: by_name,
        stories: story_rows.collect(),
        considered,
        told: told.collect(),
    }
}

/// The name of a form in the archive.
pub fn name(form: Form) -> &'static str {
    match form {
        Form::Text => "text",
        Form::Markdown => "markdown",
        Form::Html => "html",
        Form::Json => "json",
    }
}

/// An edition of the archive, ready to be delivered.
fn parcel(ledger: &Ledger, config: &Config, edition: &str, previous: Option<String>) -> Result<Parcel, Error> {
    let gone = || {
        Error::new(ErrorKind::Missing, edition, "no such edition in the archive", "see `epitome brief archive list`")
    };
    let form = |name: &str| ledger.form(edition, name)?.ok_or_else(gone);
    let json = form(name(Form::Json))?;
    let read: Edition = serde_json::from_slice(&json)
        .map_err(|error| Error::new(ErrorKind::Unreadable, edition, format!("cannot be read back ({error})"), ""))?;
    let mut forms = BTreeMap::from([(Form::Json, json)]);
    for other in [Form::Text, Form::Markdown, Form::Html] {
        forms.insert(other, form(name(other))?);
    }
    let languages: BTreeSet<&str> =
        read.digests().filter_map(|digest| digest.language.as_ref()).map(|language| language.code()).collect();
    let language = languages.first().filter(|_| languages.len() == 1).map(|code| (*code).to_owned());
    Ok(Parcel {
        briefing: config.id.clone(),
        title: config.title.clone(),
        edition: edition.to_owned(),
        subject: subject(&read),
        summary: summary(&read),
        made: read.window.until,
        zone: read.zone.clone(),
        forms,
        mail_html: String::from_utf8_lossy(&form(MAIL)?).into_owned(),
        previous: previous.filter(|previous| previous != edition),
        language,
    })
}
