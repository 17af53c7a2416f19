//! Editions out again: the list of them, each with all that was kept of it, and a full-text search.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::packed::{At, Packed};
use super::{EditionRow, Ledger, Status, StoryRow, query, told};
use crate::error::Error;

/// An edition in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub made: Timestamp,
    /// What it tells of was taken in after this moment …
    pub window_start: Timestamp,
    /// … and until this one.
    pub window_end: Timestamp,
    /// The time zone of the briefing.
    pub zone: String,
    /// The title.
    pub title: String,
    /// How many stories it has.
    pub stories: u32,
    /// How the delivery to each channel is.
    pub deliveries: BTreeMap<String, Status>,
}

/// A story that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The id of the edition that it is in.
    pub edition: String,
    /// When that was made.
    pub made: Timestamp,
    /// Where the story stands there.
    pub position: u32,
    /// In which section.
    pub section: String,
    /// Its headline.
    pub title: String,
    /// The part of its text, or of its headline, that shows best why it was found.
    pub snippet: String,
    /// Where in the snippet words of the query stand.
    pub matches: Vec<Range<usize>>,
}

/// How many words a snippet has at most.
const SNIPPET_WORDS: u32 = 24;

/// Stand around a match in what SQLite gives: characters that are in no text (STX, ETX).
const MATCH: (char, char) = ('\u{2}', '\u{3}');

const LIST: &str = "SELECT id, made, window_start, window_end, zone, title, \
     (SELECT count(*) FROM story WHERE edition = number), number FROM edition \
     WHERE number < coalesce((SELECT number FROM edition WHERE id = ?2), 9223372036854775807) \
     ORDER BY number DESC LIMIT ?1";

const SEARCH: &str = "SELECT edition.id, made, position, section, story.title, \
     snippet(story_index, -1, ?2, ?3, '…', ?4) FROM story_index JOIN story ON story.id = story_index.rowid \
     JOIN edition ON edition.number = story.edition WHERE story_index MATCH ?1 ORDER BY rank, story.id DESC LIMIT ?5";

impl Ledger {
    /// So many editions at most, the newest first; those before the edition `before`, if one is given.
    pub fn editions(&self, limit: u32, before: Option<&str>) -> Result<Vec<Summary>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(LIST)?;
            let listed = statement.query_map(params![limit, before], |row| Ok((summary(row)?, row.get(7)?)))?;
            listed
                .map(|listed| {
                    let (mut summary, number) = listed?;
                    summary.deliveries = statuses(connection, number)?;
                    Ok(summary)
                })
                .collect()
        })
    }

    /// An edition with everything that was kept of it.
    pub fn edition(&self, id: &str) -> Result<Option<EditionRow>, Error> {
        self.read(|connection| {
            let sql = "SELECT id, made, window_start, window_end, zone, title, sha256, number, packed \
                       FROM edition JOIN bundle ON bundle.edition = number WHERE id = ?1";
            let found =
                connection.prepare_cached(sql)?.query_row([id], |row| Ok((bare(row)?, row.get(7)?))).optional()?;
            let Some((mut edition, number)) = found else { return Ok(None) };
            fill(connection, number, &mut edition)?;
            Ok(Some(edition))
        })
    }

    /// What an edition looks like in a form.
    pub fn form(&self, id: &str, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.read(|connection| {
            let sql = "SELECT packed FROM form JOIN edition ON number = edition WHERE id = ?1 AND name = ?2";
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_row([id, name], |row| row.get::<_, Packed>(0).map(|packed| packed.0)).optional()
        })
    }

    /// The stories that have all words of the query, the best first. `"…"` is a phrase, `word*` a beginning; accents and
    /// case do not matter. A query without a word finds nothing.
    pub fn search(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        let Some(expression) = query::expression(query) else { return Ok(Vec::new()) };
        self.read(|connection| {
            let (open, close) = (MATCH.0.to_string(), MATCH.1.to_string());
            let mut statement = connection.prepare_cached(SEARCH)?;
            statement.query_map(params![expression, open, close, SNIPPET_WORDS, limit], hit)?.collect()
        })
    }
}

fn summary(row: &Row) -> rusqlite::Result<Summary> {
    Ok(Summary {
        id: row.get(0)?,
        made: row.get::<_, At>(1)?.0,
        window_start: row.get::<_, At>(2)?.0,
        window_end: row.get::<_, At>(3)?.0,
        zone: row.get(4)?,
        title: row.get(5)?,
        stories: row.get(6)?,
        deliveries: BTreeMap::new(),
    })
}

fn statuses(connection: &Connection, number: i64) -> rusqlite::Result<BTreeMap<String, Status>> {
    let mut statement = connection.prepare_cached("SELECT channel, status FROM delivery WHERE edition = ?1")?;
    statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The edition without what is kept in other tables.
fn bare(row: &Row) -> rusqlite::Result<EditionRow> {
    Ok(EditionRow {
        id: row.get(0)?,
        made: row.get::<_, At>(1)?.0,
        window_start: row.get::<_, At>(2)?.0,
        window_end: row.get::<_, At>(3)?.0,
        zone: row.get(4)?,
        title: row.get(5)?,
        sha256: row.get(6)?,
        bundle: row.get::<_, Packed>(8)?.0,
        forms: BTreeMap::new(),
        stories: Vec::new(),
        considered: Vec::new(),
        told: Vec::new(),
    })
}

fn fill(connection: &Connection, number: i64, edition: &mut EditionRow) -> rusqlite::Result<()> {
    let mut forms = connection.prepare_cached("SELECT name, packed FROM form WHERE edition = ?1")?;
    let forms = forms.query_map([number], |row| Ok((row.get(0)?, row.get::<_, Packed>(1)?.0)))?;
    edition.forms = forms.collect::<rusqlite::Result<_>>()?;

    let sql = "SELECT position, section, story, title, articles, voices, text FROM story WHERE edition = ?1 ORDER BY position";
    edition.stories = connection.prepare_cached(sql)?.query_map([number], story)?.collect::<rusqlite::Result<_>>()?;

    let mut considered =
        connection.prepare_cached("SELECT revision FROM considered WHERE edition = ?1 ORDER BY revision")?;
    edition.considered = considered.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;

    let sql = "SELECT story, quote, sha256, source, language FROM sentence WHERE edition = ?1 ORDER BY position";
    let mut told = connection.prepare_cached(sql)?;
    edition.told = told.query_map([number], told::sentence)?.collect::<rusqlite::Result<_>>()?;
    Ok(())
}

fn story(row: &Row) -> rusqlite::Result<StoryRow> {
    Ok(StoryRow {
        position: row.get(0)?,
        section: row.get(1)?,
        story: row.get(2)?,
        title: row.get(3)?,
        articles: row.get(4)?,
        voices: row.get(5)?,
        text: row.get(6)?,
    })
}

fn hit(row: &Row) -> rusqlite::Result<Hit> {
    let (snippet, matches) = unmark(&row.get::<_, String>(5)?);
    Ok(Hit {
        edition: row.get(0)?,
        made: row.get::<_, At>(1)?.0,
        position: row.get(2)?,
        section: row.get(3)?,
        title: row.get(4)?,
        snippet,
        matches,
    })
}

/// Takes the marks out of a snippet and tells where they stood.
fn unmark(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut snippet, mut matches, mut open) = (String::with_capacity(marked.len()), Vec::new(), None);
    for character in marked.chars() {
        if character == MATCH.0 {
            open = Some(snippet.len());
        } else if character == MATCH.1 {
            matches.extend(open.take().map(|start| start..snippet.len()));
        } else {
            snippet.push(character);
        }
    }
    (snippet, matches)
}
