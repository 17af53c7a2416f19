//! Articles out again: those that a channel has still to consider, those that it has considered, those of some days, and any
//! one with its history.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::packed::{At, Packed};
use super::{ArticleId, Ledger, RevisionId};
use crate::error::Error;

/// How many earlier revisions of an article are given with a new one, the latest: a live page has hundreds.
const EARLIER: u32 = 8;

/// A revision of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Of which article.
    pub article: ArticleId,
    /// Which one of all revisions.
    pub revision: RevisionId,
    /// Which one of this article, from 1.
    pub number: u32,
    /// When the article was first taken in.
    pub first_seen: Timestamp,
    /// When this revision was.
    pub seen_at: Timestamp,
    /// The address of the feed, or the file.
    pub source: String,
    /// The section that it was read for.
    pub section: String,
    /// The headline.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The link.
    pub url: Option<String>,
    /// When it was published, as it says.
    pub published: Option<String>,
    /// The fingerprint of the text.
    pub sha256: String,
    /// Whether the text is not all of the article.
    pub excerpt: bool,
    /// The article, as it was given.
    pub record: String,
    /// The records of the earlier revisions that the channel has considered, the latest eight at most, the oldest first.
    /// Empty where no channel is asked about.
    pub earlier: Vec<String>,
}

/// An article with all its revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Which one.
    pub id: ArticleId,
    /// When it was first taken in.
    pub first_seen: Timestamp,
    /// The oldest first.
    pub revisions: Vec<Stored>,
}

/// The columns of [`stored`].
macro_rules! stored {
    ($from:literal) => {
        concat!(
            "SELECT revision.article, revision.id, number, first_seen, seen, source, section, title, publisher, url, ",
            "published, sha256, excerpt, packed FROM ",
            $from
        )
    };
}

pub(super) const UNSETTLED: &str = stored!(
    "unsettled JOIN revision ON revision.id = unsettled.revision JOIN article ON article.id = revision.article \
     JOIN record ON record.revision = revision.id WHERE unsettled.channel = ?1 ORDER BY revision.id"
);

const OF_ARTICLE: &str = stored!(
    "revision JOIN article ON article.id = revision.article JOIN record ON record.revision = revision.id \
     WHERE revision.article = ?1 ORDER BY number"
);

pub(super) const CONSIDERED_EARLIER: &str = "SELECT packed FROM revision JOIN record ON record.revision = revision.id \
     WHERE article = ?1 AND number < ?2 AND EXISTS (SELECT 1 FROM considered JOIN delivery USING (edition) \
     WHERE considered.revision = revision.id AND channel = ?3 AND status = 'delivered') ORDER BY number DESC LIMIT ?4";

/// Each once, though several editions may have considered it.
pub(super) const CONSIDERED: &str = "SELECT packed FROM record WHERE revision IN (SELECT considered.revision FROM delivery \
     JOIN considered USING (edition) WHERE channel = ?1 AND status = 'delivered' AND changed >= ?2) ORDER BY revision";

/// Reads all revisions, though not their records: it is asked for by hand, and days of publication are not worth an index.
const SINCE: &str = stored!(
    "revision JOIN article ON article.id = revision.article JOIN record ON record.revision = revision.id \
     WHERE number = (SELECT max(number) FROM revision AS other WHERE other.article = revision.article) \
     AND coalesce(substr(published, 1, 10) >= substr(?2, 1, 10), first_seen >= ?1) ORDER BY revision.id"
);

impl Ledger {
    /// Which revisions the channel has still to consider.
    pub fn unsettled_ids(&self, channel: &str) -> Result<Vec<RevisionId>, Error> {
        self.read(|connection| {
            let sql = "SELECT revision FROM unsettled WHERE channel = ?1 ORDER BY revision";
            connection.prepare_cached(sql)?.query_map([channel], |row| row.get(0))?.collect()
        })
    }

    /// What the channel has still to consider, in the order in which it was taken in: of each article the newest revision,
    /// unless an edition that considered it was delivered to the channel.
    pub fn unsettled(&self, channel: &str) -> Result<Vec<Stored>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(UNSETTLED)?;
            let mut all: Vec<Stored> = statement.query_map([channel], stored)?.collect::<rusqlite::Result<_>>()?;
            for revised in all.iter_mut().filter(|revision| revision.number > 1) {
                revised.earlier = earlier(connection, revised, channel)?;
            }
            Ok(all)
        })
    }

    /// The records of the revisions that were considered by editions that were delivered to the channel at `since` or later,
    /// each once, in the order in which they were taken in: what the channel's reader may know.
    pub fn considered(&self, channel: &str, since: Timestamp) -> Result<Vec<String>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(CONSIDERED)?;
            let records = statement.query_map(params![channel, At(since)], |row| row.get::<_, Packed>(0))?;
            records.map(|record| record.and_then(Packed::text)).collect()
        })
    }

    /// The newest revision of each article that says it was published on the day `published_from` (`2031-03-04`) or later,
    /// or that says nothing of it and was first taken in at `since` or later; whoever has considered it.
    ///
    /// Days are compared as they are written, whatever the zone: whoever asks gives a day before the one that he means.
    pub fn since(&self, since: Timestamp, published_from: &str) -> Result<Vec<Stored>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SINCE)?;
            statement.query_map(params![At(since), published_from], stored)?.collect()
        })
    }

    /// An article with all its revisions.
    pub fn article(&self, id: ArticleId) -> Result<Option<ArticleRow>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT first_seen FROM article WHERE id = ?1")?;
            let first_seen: Option<At> = statement.query_row([id], |row| row.get(0)).optional()?;
            let Some(At(first_seen)) = first_seen else { return Ok(None) };
            let mut statement = connection.prepare_cached(OF_ARTICLE)?;
            let revisions = statement.query_map([id], stored)?.collect::<rusqlite::Result<_>>()?;
            Ok(Some(ArticleRow { id, first_seen, revisions }))
        })
    }
}

fn earlier(connection: &Connection, of: &Stored, channel: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(CONSIDERED_EARLIER)?;
    let records =
        statement.query_map(params![of.article, of.number, channel, EARLIER], |row| row.get::<_, Packed>(0))?;
    let mut records: Vec<String> =
        records.map(|record| record.and_then(Packed::text)).collect::<rusqlite::Result<_>>()?;
    records.reverse();
    Ok(records)
}

fn stored(row: &Row) -> rusqlite::Result<Stored> {
    Ok(Stored {
        article: row.get(0)?,
        revision: row.get(1)?,
        number: row.get(2)?,
        first_seen: row.get::<_, At>(3)?.0,
        seen_at: row.get::<_, At>(4)?.0,
        source: row.get(5)?,
        section: row.get(6)?,
        title: row.get(7)?,
        publisher: row.get(8)?,
        url: row.get(9)?,
        published: row.get(10)?,
        sha256: row.get(11)?,
        excerpt: row.get(12)?,
        record: row.get::<_, Packed>(13)?.text()?,
        earlier: Vec::new(),
    })
}
