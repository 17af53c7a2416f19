//! An edition in, kept with everything that it takes to show it, to deliver it and to make it again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::packed::{At, pack};
use super::{Ledger, RevisionId, Survives, ToldRow};
use crate::error::Error;

/// An edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionRow {
    /// Its name, unlike that of every other edition.
    pub id: String,
    /// When it was made.
    pub made: Timestamp,
    /// What it tells of was taken in after this moment …
    pub window_start: Timestamp,
    /// … and until this one.
    pub window_end: Timestamp,
    /// The time zone of the briefing (IANA).
    pub zone: String,
    /// The title.
    pub title: String,
    /// What its bytes are known by.
    pub sha256: String,
    /// All that it takes to make it again, written as the reader of the ledger likes.
    pub bundle: Vec<u8>,
    /// What it looks like, by the names of the forms.
    pub forms: BTreeMap<String, Vec<u8>>,
    /// Its stories.
    pub stories: Vec<StoryRow>,
    /// The revisions that it tells of or passes over.
    pub considered: Vec<RevisionId>,
    /// Its sentences: told to a channel once the edition is delivered to it.
    pub told: Vec<ToldRow>,
}

/// A story of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryRow {
    /// Where it stands in the edition, unlike every other story of it.
    pub position: u32,
    /// In which section.
    pub section: String,
    /// What the story is called by.
    pub story: String,
    /// The headline.
    pub title: String,
    /// How many articles it was told from.
    pub articles: u32,
    /// By how many independent voices.
    pub voices: u32,
    /// Its sentences, for the search.
    pub text: String,
}

const ADD_EDITION: &str = "INSERT INTO edition (id, made, window_start, window_end, zone, title, sha256) \
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const ADD_STORY: &str = "INSERT INTO story (edition, position, section, story, title, articles, voices, text) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const ADD_SENTENCE: &str = "INSERT INTO sentence (edition, position, story, quote, sha256, source, language) \
                            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const ADD_DELIVERY: &str = "INSERT INTO delivery (edition, channel, status, attempts, changed) \
                            VALUES (?1, ?2, 'pending', 0, ?3)";

impl Ledger {
    /// Keeps an edition, and that it is to be delivered to these channels, in one transaction. Its id must be new, see
    /// [`has_edition`](Self::has_edition), and the channels [begun](Self::channel).
    pub fn put_edition(&mut self, edition: &EditionRow, channels: &[String]) -> Result<(), Error> {
        self.write(Survives::PowerCut, |transaction| {
            let values = params![
                edition.id,
                At(edition.made),
                At(edition.window_start),
                At(edition.window_end),
                edition.zone,
                edition.title,
                edition.sha256
            ];
            transaction.prepare_cached(ADD_EDITION)?.execute(values)?;
            let number = transaction.last_insert_rowid();
            put_bytes(transaction, number, edition)?;
            put_stories(transaction, number, edition)?;
            put_told(transaction, number, edition)?;
            let mut deliver = transaction.prepare_cached(ADD_DELIVERY)?;
            for channel in channels {
                deliver.execute(params![number, channel, At(edition.made)])?;
            }
            Ok(())
        })
    }

    /// Whether there is an edition of this id.
    pub fn has_edition(&self, id: &str) -> Result<bool, Error> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM edition WHERE id = ?1)";
            connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))
        })
    }
}

fn put_bytes(transaction: &Transaction, number: i64, edition: &EditionRow) -> rusqlite::Result<()> {
    let bundle = "INSERT INTO bundle (edition, packed) VALUES (?1, ?2)";
    transaction.prepare_cached(bundle)?.execute(params![number, pack(&edition.bundle)])?;
    let mut form = transaction.prepare_cached("INSERT INTO form (edition, name, packed) VALUES (?1, ?2, ?3)")?;
    for (name, bytes) in &edition.forms {
        form.execute(params![number, name, pack(bytes)])?;
    }
    Ok(())
}

fn put_stories(transaction: &Transaction, number: i64, edition: &EditionRow) -> rusqlite::Result<()> {
    let mut add = transaction.prepare_cached(ADD_STORY)?;
    for story in &edition.stories {
        let StoryRow { position, section, story, title, articles, voices, text } = story;
        add.execute(params![number, position, section, story, title, articles, voices, text])?;
    }
    Ok(())
}

fn put_told(transaction: &Transaction, number: i64, edition: &EditionRow) -> rusqlite::Result<()> {
    let sql = "INSERT INTO considered (edition, revision) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let mut consider = transaction.prepare_cached(sql)?;
    for revision in &edition.considered {
        consider.execute(params![number, revision])?;
    }
    let mut tell = transaction.prepare_cached(ADD_SENTENCE)?;
    for (position, sentence) in (0_i64..).zip(&edition.told) {
        let ToldRow { story, quote, sha256, source, language } = sentence;
        tell.execute(params![number, position, story, quote, sha256, source, language])?;
    }
    Ok(())
}
