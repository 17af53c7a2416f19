//! What a channel was told: the sentences of the editions that were delivered to it.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::Ledger;
use super::packed::At;
use crate::error::Error;

/// A sentence of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldRow {
    /// The story that it is of: [`StoryRow::story`](super::StoryRow::story).
    pub story: String,
    /// The sentence, as it was quoted.
    pub quote: String,
    /// The fingerprint by which it is found again.
    pub sha256: String,
    /// Who said it.
    pub source: String,
    /// The language, if it is known.
    pub language: Option<String>,
}

pub(super) const TOLD: &str = "SELECT story, quote, sha256, source, language \
     FROM delivery JOIN sentence ON sentence.edition = delivery.edition \
     WHERE channel = ?1 AND status = 'delivered' AND changed BETWEEN ?2 AND ?3 ORDER BY changed, sentence.edition, position";

pub(super) const WAS_TOLD: &str = "SELECT EXISTS (SELECT 1 FROM sentence JOIN delivery USING (edition) \
     WHERE sha256 = ?2 AND channel = ?1 AND status = 'delivered')";

impl Ledger {
    /// What was delivered to the channel from `since` to `until`, both included, the oldest first.
    pub fn told(&self, channel: &str, since: Timestamp, until: Timestamp) -> Result<Vec<ToldRow>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(TOLD)?;
            statement.query_map(params![channel, At(since), At(until)], sentence)?.collect()
        })
    }

    /// Whether a sentence of this fingerprint was ever delivered to the channel.
    pub fn was_told(&self, channel: &str, sha256: &str) -> Result<bool, Error> {
        self.read(|connection| connection.prepare_cached(WAS_TOLD)?.query_row([channel, sha256], |row| row.get(0)))
    }
}

/// From the columns of [`ToldRow`], in its order.
pub(super) fn sentence(row: &Row) -> rusqlite::Result<ToldRow> {
    Ok(ToldRow {
        story: row.get(0)?,
        quote: row.get(1)?,
        sha256: row.get(2)?,
        source: row.get(3)?,
        language: row.get(4)?,
    })
}
