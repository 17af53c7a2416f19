//! Items of a feed or of files in, articles and their revisions out.
//!
//! An item that is recognised by its [keys](super::identity) is the article that it was; if it says something else than its
//! source said last, that is a new revision, also where it says again what an older revision said. Two feeds that have two
//! texts of one article do not revise each other: each is compared with what it said itself. And a source that has but the
//! first lines of an article does not revise the whole text that another one has.
//!
//! What one document has side by side, with other titles and other texts, are several articles, also where it gives all of
//! them one guid or one link.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{CachedStatement, OptionalExtension, Transaction, params};

use super::identity::{Key, Keys, mark_of_shared};
use super::packed::{At, pack};
use super::{ArticleId, FileSeen, Ledger, RevisionId, Survives, feeds, files};
use crate::error::Error;

/// An item as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The address of the feed, or the file.
    pub source: String,
    /// What the feed calls the item by (`guid`, `id`), if it does.
    pub guid: Option<String>,
    /// The link, as it was given.
    pub url: Option<String>,
    /// The headline; may be empty.
    pub title: String,
    /// The section of the briefing that it was read for.
    pub section: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// When it was published, as it says, see [`Moment`](crate::date::Moment).
    pub published: Option<String>,
    /// The [fingerprint](super::identity::fingerprint) of its text: another one is another revision.
    pub sha256: String,
    /// Whether the text is only the beginning or a summary of the article.
    pub excerpt: bool,
    /// The article, written as the reader of the ledger likes.
    pub record: String,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// An article that was not there.
    New(ArticleId, RevisionId),
    /// An article that was there with another text.
    Revised(ArticleId, RevisionId),
    /// Nothing that was not there.
    Known(ArticleId),
}

const FIND_KEY: &str = "SELECT article FROM article_key WHERE key = ?1";
const FIND_SIGHTING: &str = "SELECT texts, guid, link FROM sighting WHERE article = ?1 AND source = ?2";
const FIND_CURRENT: &str =
    "SELECT number, source, sha256, excerpt FROM revision WHERE article = ?1 ORDER BY number DESC LIMIT 1";
const FILE_KEY: &str = "INSERT INTO article_key (key, article) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const ADD_ARTICLE: &str = "INSERT INTO article (first_seen) VALUES (?1)";
const ADD_REVISION: &str = "INSERT INTO revision (article, number, seen, source, section, title, publisher, url, published, \
                            sha256, excerpt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const ADD_RECORD: &str = "INSERT INTO record (revision, packed) VALUES (?1, ?2)";
/// For every channel the newest revision takes the place of the one that it had still to consider.
const ADD_UNSETTLED: &str = "INSERT INTO unsettled (channel, article, revision) \
                             SELECT name, ?1, ?2 FROM channel WHERE retired IS NULL \
                             ON CONFLICT (channel, article) DO UPDATE SET revision = excluded.revision";
const PUT_SIGHTING: &str = "INSERT OR REPLACE INTO sighting (article, source, texts, guid, link) \
                            VALUES (?1, ?2, ?3, ?4, ?5)";

impl Ledger {
    /// Files what was read at `at`, with the state of the feed and the files that it was read from: all or nothing.
    ///
    /// What comes back is in the order of the items.
    pub fn take_in(
        &mut self,
        items: &[Incoming],
        feed: Option<(&str, &str)>,
        seen: &[FileSeen],
        at: Timestamp,
    ) -> Result<Vec<Taken>, Error> {
        self.write(Survives::Kill, |transaction| {
            let keys: Vec<Keys> = items.iter().map(keys_of).collect();
            let mut batch = Batch { transaction, at, shared: shared(items, &keys), sightings: BTreeMap::new() };
            let taken = items.iter().zip(&keys).map(|(item, keys)| batch.take(item, keys));
            let taken = taken.collect::<rusqlite::Result<_>>()?;
            batch.file_sightings()?;
            if let Some((url, state)) = feed {
                feeds::put(transaction, url, state)?;
            }
            files::put(transaction, seen)?;
            Ok(taken)
        })
    }
}

/// What is taken in at once.
struct Batch<'a> {
    transaction: &'a Transaction<'a>,
    at: Timestamp,
    /// Guids and links that a document of this batch has for several articles.
    shared: BTreeSet<Key>,
    /// What the sources of this batch say of articles.
    sightings: BTreeMap<(ArticleId, &'a str), Sighting>,
}

/// What a source says of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sighting {
    /// As it was before this batch.
    before: BTreeSet<String>,
    /// In this batch. One document may have two texts for one guid: then both are known the next time.
    now: BTreeSet<String>,
    guid: Option<Key>,
    link: Option<Key>,
    /// Whether guid or link are others than before.
    changed: bool,
}

/// The newest revision of an article.
struct Current {
    number: u32,
    source: String,
    sha256: String,
    excerpt: bool,
}

fn keys_of(item: &Incoming) -> Keys {
    Keys::of(&item.source, item.guid.as_deref(), item.url.as_deref(), &item.title)
}

/// The guids and links that a document has with more than one title and text.
fn shared(items: &[Incoming], keys: &[Keys]) -> BTreeSet<Key> {
    let mut first: BTreeMap<(&str, Key), (Option<Key>, &str)> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for (item, keys) in items.iter().zip(keys) {
        for key in [keys.guid, keys.link].into_iter().flatten() {
            let (title, text) = *first.entry((&item.source, key)).or_insert((keys.title, &item.sha256));
            if title != keys.title && text != item.sha256 {
                shared.insert(key);
            }
        }
    }
    shared
}

impl<'a> Batch<'a> {
    fn take(&mut self, item: &'a Incoming, keys: &Keys) -> rusqlite::Result<Taken> {
        let filed = self.filed_under(keys)?;
        let Some(article) = self.find(item, keys, &filed)? else {
            self.statement(ADD_ARTICLE)?.execute([At(self.at)])?;
            let article = ArticleId(self.transaction.last_insert_rowid());
            let revision = self.add_revision(article, 1, item)?;
            self.note(article, item, keys, &filed)?;
            return Ok(Taken::New(article, revision));
        };
        let current = self.current(article)?;
        let says_nothing_new = self.sighting(article, &item.source)?.says_nothing_new(item, &current);
        self.note(article, item, keys, &filed)?;
        if says_nothing_new {
            return Ok(Taken::Known(article));
        }
        Ok(Taken::Revised(article, self.add_revision(article, current.number + 1, item)?))
    }

    /// The keys as they are filed: what is shared stands with its title.
    fn filed_under(&self, keys: &Keys) -> rusqlite::Result<Keys> {
        let under = |key: Option<Key>| -> rusqlite::Result<Option<Key>> {
            let Some(key) = key else { return Ok(None) };
            let is_shared = self.shared.contains(&key) || self.filed(Some(mark_of_shared(key)))?.is_some();
            Ok(Some(if is_shared { keys.with_title(key) } else { key }))
        };
        Ok(Keys { guid: under(keys.guid)?, link: under(keys.link)?, ..*keys })
    }

    /// The article that the item is. A weaker key speaks where the stronger ones do not contradict it.
    fn find(&mut self, item: &'a Incoming, keys: &Keys, filed: &Keys) -> rusqlite::Result<Option<ArticleId>> {
        if let Some(article) = self.filed(filed.guid)? {
            return Ok(Some(article));
        }
        if let Some(article) = self.filed(filed.link)? {
            let known = self.sighting(article, &item.source)?;
            if !differ(keys.guid, known.guid) {
                return Ok(Some(article));
            }
        }
        if let Some(article) = self.filed(filed.title)? {
            let known = self.sighting(article, &item.source)?;
            if !differ(keys.guid, known.guid) && !differ(keys.link, known.link) {
                return Ok(Some(article));
            }
        }
        Ok(None)
    }

    fn filed(&self, key: Option<Key>) -> rusqlite::Result<Option<ArticleId>> {
        let Some(key) = key else { return Ok(None) };
        self.statement(FIND_KEY)?.query_row([key], |row| row.get(0)).optional()
    }

    fn current(&self, article: ArticleId) -> rusqlite::Result<Current> {
        self.statement(FIND_CURRENT)?.query_row([article], |row| {
            Ok(Current { number: row.get(0)?, source: row.get(1)?, sha256: row.get(2)?, excerpt: row.get(3)? })
        })
    }

    fn add_revision(&self, article: ArticleId, number: u32, item: &Incoming) -> rusqlite::Result<RevisionId> {
        self.statement(ADD_REVISION)?.execute(params![
            article,
            number,
            At(self.at),
            item.source,
            item.section,
            item.title,
            item.publisher,
            item.url,
            item.published,
            item.sha256,
            item.excerpt,
        ])?;
        let revision = RevisionId(self.transaction.last_insert_rowid());
        self.statement(ADD_RECORD)?.execute(params![revision, pack(item.record.as_bytes())])?;
        self.statement(ADD_UNSETTLED)?.execute(params![article, revision])?;
        Ok(revision)
    }

    /// What the source said of the article, before and in this batch.
    fn sighting(&mut self, article: ArticleId, source: &'a str) -> rusqlite::Result<&mut Sighting> {
        let known = match self.sightings.get(&(article, source)) {
            Some(_) => None,
            None => Some(self.filed_sighting(article, source)?),
        };
        let sighting = self.sightings.entry((article, source)).or_default();
        if let Some(known) = known {
            *sighting = known;
        }
        Ok(sighting)
    }

    fn filed_sighting(&self, article: ArticleId, source: &str) -> rusqlite::Result<Sighting> {
        let filed = self.statement(FIND_SIGHTING)?.query_row(params![article, source], |row| {
            let texts: String = row.get(0)?;
            let before = texts.split(' ').map(str::to_owned).collect();
            Ok(Sighting { before, guid: row.get(1)?, link: row.get(2)?, ..Sighting::default() })
        });
        Ok(filed.optional()?.unwrap_or_default())
    }

    /// Remembers what the item says, and files every key that it has and nobody else.
    fn note(&mut self, article: ArticleId, item: &'a Incoming, keys: &Keys, filed: &Keys) -> rusqlite::Result<()> {
        let marks = keys.all().filter(|key| self.shared.contains(key)).map(mark_of_shared);
        for key in filed.all().chain(marks) {
            self.statement(FILE_KEY)?.execute(params![key, article])?;
        }
        let sighting = self.sighting(article, &item.source)?;
        sighting.now.insert(item.sha256.clone());
        let (guid, link) = (keys.guid.or(sighting.guid), keys.link.or(sighting.link));
        sighting.changed |= (guid, link) != (sighting.guid, sighting.link);
        (sighting.guid, sighting.link) = (guid, link);
        Ok(())
    }

    fn file_sightings(&self) -> rusqlite::Result<()> {
        let mut put = self.statement(PUT_SIGHTING)?;
        for ((article, source), sighting) in &self.sightings {
            // Looked at only, to see whether an item is this article.
            let seen = !sighting.now.is_empty();
            if seen && (sighting.changed || sighting.now != sighting.before) {
                let texts = Vec::from_iter(sighting.now.iter().map(String::as_str)).join(" ");
                put.execute(params![article, source, texts, sighting.guid, sighting.link])?;
            }
        }
        Ok(())
    }

    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'a>> {
        self.transaction.prepare_cached(sql)
    }
}

impl Sighting {
    fn says_nothing_new(&self, item: &Incoming, current: &Current) -> bool {
        let said = self.before.contains(&item.sha256) || self.now.contains(&item.sha256);
        let less = item.excerpt && !current.excerpt && item.source != current.source;
        said || less || item.sha256 == current.sha256
    }
}

/// Whether both are there, and not the same.
fn differ(one: Option<Key>, other: Option<Key>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}
