//! What was read, what was told and every edition in, and kept: one SQLite database a briefing.
//!
//! - [`take_in`](Ledger::take_in) files articles by their [identity] and notices revisions, together with the state of
//!   the feed or the files that they come from.
//! - [`channel`](Ledger::channel) begins a channel; [`unsettled`](Ledger::unsettled) is what it has still to consider.
//! - [`put_edition`](Ledger::put_edition) keeps an edition and its pending deliveries; the marks of a
//!   [delivery](DeliveryRow) tell how it went, and what was [told](Ledger::told) follows from them.
//! - [`editions`](Ledger::editions), [`edition`](Ledger::edition) and [`search`](Ledger::search) are the archive.
//!
//! The process may be killed at any moment, and the power may fail. Therefore whatever belongs together is one transaction,
//! and nothing is written twice that could then contradict itself: that a sentence was told to a channel, and that a
//! revision was considered for it, *is* that the edition with it was delivered.
//!
//! Two degrees of safety. Every transaction is on the disk when it returns (`synchronous=FULL` of a write-ahead log: one
//! `fsync` each), so that a delivery marked before a power cut stays marked, but for those of `take_in`
//! (`synchronous=NORMAL`): there are as many as there are feeds, and to wait for the disk each time would double what 2,000
//! articles of 200 feeds take. What a power cut takes with it is fetched again, since the articles and the state of their
//! feed go together. Against a kill without a power cut all are safe.
//!
//! Moments are kept to the microsecond; what is finer is cut off.

mod archive;
mod articles;
mod channels;
mod copy;
mod deliveries;
mod editions;
mod feeds;
mod files;
pub mod identity;
mod ids;
mod migrate;
mod open;
mod packed;
mod query;
mod revisions;
mod told;
mod trouble;

#[cfg(test)]
mod tests;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use archive::{Hit, Summary};
pub use articles::{Incoming, Taken};
pub use channels::ChannelRow;
pub use deliveries::{DeliveryRow, Status};
pub use editions::{EditionRow, StoryRow};
pub use files::FileSeen;
pub use ids::{ArticleId, RevisionId};
pub use revisions::{ArticleRow, Stored};
pub use told::ToldRow;

use crate::error::Error;

/// A database of articles, editions and deliveries that is open.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    /// Its path, for messages.
    place: String,
}

/// What a transaction survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Survives {
    /// The end of the process, but perhaps not of the machine. No `fsync`.
    Kill,
    /// A power cut, too.
    PowerCut,
}

impl Ledger {
    /// Does `work` in one transaction: all of it, or, if it fails, nothing.
    ///
    /// The lock for writing is taken at once: a transaction that begins by reading could not wait for another writer later.
    fn write<T>(
        &mut self,
        survives: Survives,
        work: impl FnOnce(&Transaction) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let synchronous = if survives == Survives::Kill { "NORMAL" } else { "FULL" };
        let commit = || -> rusqlite::Result<T> {
            self.connection.pragma_update(None, "synchronous", synchronous)?;
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let made = work(&transaction)?;
            transaction.commit()?;
            Ok(made)
        };
        commit().map_err(|error| trouble::error(&self.place, error))
    }

    /// Reads in one transaction: several queries see the same state.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let read = || -> rusqlite::Result<T> {
            let transaction = self.connection.unchecked_transaction()?;
            work(&transaction)
        };
        read().map_err(|error| trouble::error(&self.place, error))
    }
}
