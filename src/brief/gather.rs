//! Sources in, their new articles in the ledger out, and a word on each source.
//!
//! A feed that fails, and a file that cannot be read, spoil nothing else: each source has its own transaction, in which its
//! articles and what is remembered of it stand or fall together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tracing::{debug, info_span};

use super::config::{Config, FeedSource, Section};
use super::edition::{SourceReport, SourceState};
use super::fetch::{FeedState, FetchOptions, Fetched, Outcome, Request, fetch, fetch_pages, user_agent};
use super::ledger::identity::fingerprint;
use super::ledger::{FileSeen, Incoming, Ledger, Taken};
use crate::error::{Error, ErrorKind};
use crate::model::{Article, Extent, Fact, Found as FoundIn, LeftOut, Span};
use crate::read::{self, Found, ReadOptions, Reading};
use crate::told::Fingerprints;

/// How sources are asked.
#[derive(Clone, Debug)]
pub struct GatherOptions {
    /// Below which paths are named relative to it: the folder of the configuration.
    pub root: PathBuf,
    /// Whether no feed is asked.
    pub offline: bool,
    /// How feeds are fetched.
    pub fetch: FetchOptions,
}

impl GatherOptions {
    /// Those of a configuration in a folder.
    pub fn of(config: &Config, root: PathBuf, offline: bool) -> Self {
        let own = &config.fetch;
        let fetch = FetchOptions {
            user_agent: user_agent(own.contact.as_deref()),
            timeout: own.timeout,
            max_size: own.max_size,
            gap: own.gap,
            every: own.every,
            parallel: own.parallel,
            local_network: own.local_network,
            offline,
            ..FetchOptions::default()
        };
        Self { root, offline, fetch }
    }
}

/// What was gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What came of each source, in the order of the configuration.
    pub sources: Vec<SourceReport>,
    /// What could not be read.
    pub left_out: Vec<LeftOut>,
}

impl Gathered {
    /// Whether there are sources and each of them failed: then nothing is known, and "nothing new" would be a lie.
    pub fn is_outage(&self) -> bool {
        !self.sources.is_empty() && self.sources.iter().all(|source| source.state == SourceState::Failed)
    }

    /// Whether a source failed, or something could not be read.
    pub fn has_trouble(&self) -> bool {
        !self.left_out.is_empty() || self.sources.iter().any(|source| source.state == SourceState::Failed)
    }
}

/// An article as the ledger keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The words of its sentences. In front, so that who wants to know these alone can stop there.
    pub known: Fingerprints,
    /// The article.
    pub article: Article,
    /// The feed that led to it, where its source is its own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
}

/// The words of the sentences of an article that was kept.
#[derive(Debug, Deserialize)]
pub struct KnownOf {
    /// See [`Record::known`].
    pub known: Fingerprints,
}

/// Asks all sources. `hear` is told of each as it ends.
///
/// # Errors
///
/// Those of the ledger. What goes wrong with a source is in its report.
pub fn gather(
    ledger: &mut Ledger,
    config: &Config,
    options: &GatherOptions,
    now: Timestamp,
    stop: &AtomicBool,
    mut hear: impl FnMut(&SourceReport),
) -> Result<Gathered, Error> {
    let _span = info_span!("gather").entered();
    let mut gathering = Gathering { ledger, config, options, now, left_out: Vec::new(), excerpts: Vec::new() };
    let mut folders = Vec::new();
    for section in &config.sections {
        for folder in &section.folders {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let report = gathering.folder(section, folder)?;
            hear(&report);
            folders.push(report);
        }
    }
    let mut feeds = gathering.feeds(stop, &mut hear)?;
    if config.fetch.pages {
        gathering.pages(stop)?;
    }
    let Gathering { left_out, .. } = gathering;
    // In the order of the configuration, section by section.
    let mut sources = Vec::new();
    let mut folders = folders.into_iter();
    for section in &config.sections {
        sources.extend(folders.by_ref().take(section.folders.len()));
        sources.extend(section.feeds.iter().filter_map(|feed| feeds.remove(&feed.url)));
    }
    Ok(Gathered { sources, left_out })
}

struct Gathering<'g> {
    ledger: &'g mut Ledger,
    config: &'g Config,
    options: &'g GatherOptions,
    now: Timestamp,
    left_out: Vec<LeftOut>,
    /// New articles of which there is but an excerpt.
    excerpts: Vec<Excerpt>,
}

/// A new article of which its feed has but an excerpt.
struct Excerpt {
    /// The name of its section.
    section: String,
    feed: String,
    article: Article,
}

impl Gathering<'_> {
    /// Reads what is new in a folder, or a file.
    fn folder(&mut self, section: &Section, folder: &Path) -> Result<SourceReport, Error> {
        let shown = self.shown(&folder.to_string_lossy()).to_owned();
        let _span = info_span!("folder", path = shown).entered();
        let report = |state, outcome: String, new| SourceReport {
            source: shown.clone(),
            section: section.name.clone(),
            state,
            outcome,
            new,
            notes: Vec::new(),
        };
        let limits = self.config.limits();
        let (found, mut trouble) = read::find(&[folder.to_owned()], None, limits.files);
        if let [only] = trouble.as_slice()
            && found.is_empty()
        {
            // An empty folder is one that nothing has come into yet.
            let is_empty = only.kind == ErrorKind::NoInput;
            let state = if is_empty { SourceState::Read } else { SourceState::Failed };
            return Ok(report(state, only.reason(), 0));
        }
        let (seen, new) = self.new_files(&found)?;
        let options = ReadOptions { language: section.language, limits, headlines: true, ..ReadOptions::default() };
        let reading = if new.is_empty() { Reading::default() } else { read::read(&new, &options)? };
        trouble.extend(reading.skipped.iter().cloned());
        let failed: BTreeSet<String> = trouble.iter().map(|error| error.place.clone()).collect();
        let (articles, left_out) = Reading { skipped: trouble, ..reading }.into_heap();
        let seen = self.hashed(seen, &articles, &failed);
        let incoming: Vec<Incoming> = articles.into_iter().map(|article| self.of_file(section, article)).collect();
        let taken = self.ledger.take_in(&incoming, None, &seen, self.now)?;
        let new = count_new(&taken);
        debug!(files = found.len(), read = seen.len(), new, "folder read");
        for LeftOut { source, reason } in left_out {
            self.left_out.push(LeftOut { source: self.shown(&source).to_owned(), reason });
        }
        let state = if seen.is_empty() && failed.is_empty() { SourceState::Unchanged } else { SourceState::Read };
        Ok(report(state, if new > 0 { format!("{new} new") } else { "nothing new".to_owned() }, new))
    }

    /// The files that are not as they were when they were read last, as they are now.
    fn new_files(&self, found: &[Found]) -> Result<(Vec<FileSeen>, Vec<PathBuf>), Error> {
        let (mut seen, mut paths) = (Vec::new(), Vec::new());
        let stamped = |file: &Found| {
            let (size, mtime_ns) = stamp(&file.path)?;
            Some(FileSeen { path: self.shown(&file.shown).to_owned(), size, mtime_ns, sha256: String::new() })
        };
        let stamped: Vec<Option<FileSeen>> = found.iter().map(stamped).collect();
        let mut known = self.ledger.files_are_known(stamped.iter().flatten())?.into_iter();
        for (file, stamped) in found.iter().zip(stamped) {
            if stamped.is_none() || known.next() != Some(true) {
                paths.push(file.path.clone());
                seen.extend(stamped);
            }
        }
        Ok((seen, paths))
    }

    /// The files that could be read, with their hashes: what could not is tried again, and named again.
    fn hashed(&self, seen: Vec<FileSeen>, articles: &[Article], failed: &BTreeSet<String>) -> Vec<FileSeen> {
        let hash = |article: &Article| {
            let file = article.file.as_deref().unwrap_or(&article.source);
            (self.shown(file).to_owned(), article.sha256.clone())
        };
        let hashes: BTreeMap<String, String> = articles.iter().map(hash).collect();
        let failed: BTreeSet<&str> = failed.iter().map(|place| self.shown(place)).collect();
        let hashed = seen.into_iter().filter(|file| !failed.contains(file.path.as_str())).map(|file| {
            let sha256 = hashes.get(&file.path).cloned().unwrap_or_default();
            FileSeen { sha256, ..file }
        });
        hashed.collect()
    }

    fn of_file(&self, section: &Section, mut article: Article) -> Incoming {
        article.source = self.shown(&article.source).to_owned();
        article.file = article.file.map(|file| Arc::from(self.shown(&file)));
        let source = article.file.as_deref().unwrap_or(&article.source).to_owned();
        let guid = article.source.clone();
        incoming(source, section, Some(guid), article, None)
    }

    /// A path as it is named: below the folder of the configuration without that.
    fn shown<'p>(&self, path: &'p str) -> &'p str {
        let root = self.options.root.to_string_lossy();
        let below = path.strip_prefix(&*root).map(|below| below.trim_start_matches(['/', '\\']));
        below.filter(|below| !below.is_empty()).unwrap_or(path)
    }

    /// Fetches all feeds and reads what came.
    fn feeds(
        &mut self,
        stop: &AtomicBool,
        hear: &mut impl FnMut(&SourceReport),
    ) -> Result<BTreeMap<String, SourceReport>, Error> {
        let states = self.ledger.feed_states()?;
        let config = self.config;
        let feeds: BTreeMap<&str, (&Section, &FeedSource)> = config
            .sections
            .iter()
            .flat_map(|section| section.feeds.iter().map(move |feed| (feed.url.as_str(), (section, feed))))
            .collect();
        let state = |url: &str| states.get(url).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let requests: Vec<Request> =
            feeds.keys().map(|url| Request { url: (*url).to_owned(), state: state(url) }).collect();
        let (mut reports, mut failed) = (BTreeMap::new(), None);
        fetch(requests, &self.options.fetch, self.now, stop, |fetched| {
            let (section, feed) = feeds[fetched.url.as_str()];
            match self.feed(section, feed, fetched, &state(&feed.url)) {
                Ok(report) => {
                    hear(&report);
                    reports.insert(feed.url.clone(), report);
                }
                Err(error) => failed = failed.take().or(Some(error)),
            }
        });
        failed.map_or(Ok(reports), Err)
    }

    /// Takes in what was fetched of a feed, with its state; `before` is the one it had.
    fn feed(
        &mut self,
        section: &Section,
        feed: &FeedSource,
        fetched: Fetched,
        before: &FeedState,
    ) -> Result<SourceReport, Error> {
        let Fetched { url, mut outcome, mut notes, mut state, body, took } = fetched;
        let shown = super::fetch::without_credentials(&url);
        let _span = info_span!("feed", url = shown).entered();
        let mut articles = Vec::new();
        if outcome == Outcome::Disabled {
            // Who missed the notice would never hear again why it is silent.
            notes.push("take it out of the configuration".to_owned());
        }
        if let Some(body) = body {
            match self.entries(section, feed, &url, body) {
                Ok((read, damage)) => {
                    articles = read;
                    notes.extend(damage);
                }
                Err(what) => {
                    state.unreadable(before, self.now, &self.options.fetch);
                    outcome = Outcome::Damaged { what };
                }
            }
        }
        let incoming: Vec<Incoming> = articles
            .into_iter()
            .map(|article| {
                let guid = article.metadata.id.as_ref().map(|fact| fact.value.clone());
                incoming(url.clone(), section, guid, article, None)
            })
            .collect();
        let is_asked = !matches!(
            outcome,
            Outcome::NotDue { .. } | Outcome::StillFailing { .. } | Outcome::Offline | Outcome::Interrupted
        );
        let mut new = 0;
        if is_asked {
            let json = serde_json::to_string(&state).expect("a state of plain values is JSON");
            let taken = self.ledger.take_in(&incoming, Some((&url, &json)), &[], self.now)?;
            new = count_new(&taken);
            self.note_excerpts(section, &incoming, &taken);
        }
        debug!(outcome = %outcome, new, milliseconds = took.as_millis(), "feed ended");
        let failed = if outcome.is_failure() { SourceState::Failed } else { SourceState::NotAsked };
        Ok(SourceReport {
            source: shown,
            section: section.name.clone(),
            state: match outcome {
                Outcome::Fetched { .. } => SourceState::Read,
                Outcome::Unchanged => SourceState::Unchanged,
                _ => failed,
            },
            outcome: outcome.to_string(),
            new,
            notes,
        })
    }

    /// Reads the entries of a feed, and what is wrong with it, or says why it is none.
    fn entries(
        &self,
        section: &Section,
        feed: &FeedSource,
        url: &str,
        body: Vec<u8>,
    ) -> Result<(Vec<Article>, Vec<String>), String> {
        let language = feed.language.or(section.language);
        let limits = self.config.limits();
        let options = ReadOptions { language, limits, headlines: true, ..ReadOptions::default() };
        let reading = read::from_bytes(url, body, &options);
        let empty = reading.articles.is_empty();
        if let (true, Some(error)) = (empty, reading.skipped.first())
            && error.kind != ErrorKind::Empty
        {
            return Err(error.what.clone());
        }
        let damage = reading.skipped.iter().map(|error| error.what.clone()).collect();
        let articles = Reading { skipped: Vec::new(), ..reading }.into_heap().0;
        Ok((articles.into_iter().map(|article| of_feed(feed, article)).collect(), damage))
    }

    fn note_excerpts(&mut self, section: &Section, incoming: &[Incoming], taken: &[Taken]) {
        if !self.config.fetch.pages {
            return;
        }
        let new = incoming.iter().zip(taken).filter(|(_, taken)| !matches!(taken, Taken::Known(_)));
        for (item, _) in new.filter(|(item, _)| item.excerpt && item.url.is_some()) {
            if let Ok(record) = serde_json::from_str::<Record>(&item.record) {
                let (section, feed) = (section.name.clone(), item.source.clone());
                self.excerpts.push(Excerpt { section, feed, article: record.article });
            }
        }
    }

    /// Fetches the pages of new articles of which feeds have but an excerpt, where that is allowed.
    fn pages(&mut self, stop: &AtomicBool) -> Result<(), Error> {
        let excerpts = std::mem::take(&mut self.excerpts);
        let url = |article: &Article| article.metadata.url.as_ref().map(|fact| fact.value.clone());
        let by_url: BTreeMap<String, Excerpt> =
            excerpts.into_iter().filter_map(|excerpt| Some((url(&excerpt.article)?, excerpt))).collect();
        let mut failed = None;
        let urls = by_url.keys().cloned().collect();
        fetch_pages(urls, &self.options.fetch, self.now, stop, |fetched| {
            let taken = self.page(&by_url[&fetched.url], fetched);
            failed = failed.take().or(taken.err());
        });
        failed.map_or(Ok(()), Err)
    }

    /// Takes in the text of a page as another revision of what its feed had an excerpt of.
    fn page(&mut self, of: &Excerpt, fetched: Fetched) -> Result<(), Error> {
        let Excerpt { section, feed, article: excerpt } = of;
        let Fetched { url, outcome, body, .. } = fetched;
        let Some(body) = body else {
            debug!(url = super::fetch::without_credentials(&url), outcome = %outcome, "no page");
            return Ok(());
        };
        let limits = self.config.limits();
        let options = ReadOptions { language: excerpt.language, limits, ..ReadOptions::default() };
        let mut articles = read::from_bytes(&url, body, &options).articles;
        let (Some(mut article), true) = (articles.pop(), articles.is_empty()) else { return Ok(()) };
        if article.text.len() <= excerpt.text.len() {
            return Ok(());
        }
        // The feed says best what it has sent; the page what it looks like.
        let (said, own) = (&excerpt.metadata, &mut article.metadata);
        own.title = said.title.clone().or(own.title.take());
        own.publisher = said.publisher.clone().or(own.publisher.take());
        own.published = said.published.clone().or(own.published.take());
        own.url = said.url.clone().or(own.url.take());
        article.source.clone_from(&excerpt.source);
        let Some(section) = self.config.sections.iter().find(|known| known.name == *section) else { return Ok(()) };
        let item = incoming(url, section, None, article, Some(feed.clone()));
        self.ledger.take_in(&[item], None, &[], self.now).map(drop)
    }
}

/// An entry of a feed as it is cited: by the address of its article, where it has one, since the place of an entry in a feed
/// changes from day to day.
fn of_feed(feed: &FeedSource, mut article: Article) -> Article {
    if let Some(url) = &article.metadata.url {
        article.source.clone_from(&url.value);
        article.file = None;
    }
    if let Some(name) = &feed.name
        && article.metadata.publisher.as_ref().is_none_or(|publisher| publisher.found == FoundIn::Feed)
    {
        let publisher = Fact { value: name.clone(), found: FoundIn::Feed, span: Span::default() };
        article.metadata.publisher = Some(publisher);
    }
    article
}

fn incoming(
    source: String,
    section: &Section,
    guid: Option<String>,
    article: Article,
    feed: Option<String>,
) -> Incoming {
    let metadata = &article.metadata;
    Incoming {
        source,
        guid,
        url: metadata.url.as_ref().map(|fact| fact.value.clone()),
        title: article.title().unwrap_or_default().to_owned(),
        section: section.name.clone(),
        publisher: metadata.outlet().unwrap_or_default().to_owned(),
        published: metadata.day().map(|moment| moment.to_string()),
        sha256: fingerprint(&format!("{}\n{}", article.title().unwrap_or_default(), article.text)),
        excerpt: metadata.extent == Some(Extent::Excerpt),
        record: serde_json::to_string(&Record { known: Fingerprints::of(&article), article, feed })
            .expect("an article of plain values is JSON"),
    }
}

fn count_new(taken: &[Taken]) -> usize {
    taken.iter().filter(|taken| !matches!(taken, Taken::Known(_))).count()
}

/// The length of a file, and when it was changed, in nanoseconds since 1970; nothing of what is no file.
fn stamp(path: &Path) -> Option<(u64, i64)> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), i64::try_from(changed.as_nanos()).ok()?))
}
