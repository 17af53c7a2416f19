//! A channel begins when it is first seen: it gets what is taken in from then on, not years of what others were told.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::packed::At;
use super::{Ledger, Survives};
use crate::error::Error;

/// A channel that editions are delivered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Its name in the configuration.
    pub name: String,
    /// When it began: it considers what is taken in from this moment on.
    pub since: Timestamp,
}

/// What was taken in at this very moment or later: the run that begins a channel may have taken in before.
const BEGIN: &str = "INSERT OR REPLACE INTO unsettled (channel, article, revision) \
                     SELECT ?1, article, max(id) FROM revision WHERE seen >= ?2 GROUP BY article";

impl Ledger {
    /// The channel of this name; begins it at `at` if it is not there, or was retired.
    ///
    /// Within one run it does not matter whether this or [`take_in`](Self::take_in) comes first, as long as both are given
    /// the same moment.
    pub fn channel(&mut self, name: &str, at: Timestamp) -> Result<ChannelRow, Error> {
        // The usual case writes nothing.
        if let Some(known) = self.read(|connection| find(connection, name))? {
            return Ok(known);
        }
        self.write(Survives::PowerCut, |transaction| begin(transaction, name, at))?;
        Ok(ChannelRow { name: name.to_owned(), since: at })
    }

    /// Begins all of these channels that are not there or were retired, at the same moment: if the process is killed, none.
    /// Channels that begin together have the same to consider, and can share an edition.
    pub fn begin(&mut self, names: &[&str], at: Timestamp) -> Result<(), Error> {
        let known: Vec<String> = self.channels()?.into_iter().map(|channel| channel.name).collect();
        let new = || names.iter().filter(|name| known.iter().all(|known| known != *name));
        if new().next().is_none() {
            return Ok(());
        }
        self.write(Survives::PowerCut, |transaction| new().try_for_each(|name| begin(transaction, name, at)))
    }

    /// The channels that were begun and not retired, by name.
    pub fn channels(&self) -> Result<Vec<ChannelRow>, Error> {
        self.read(|connection| {
            let sql = "SELECT name, since FROM channel WHERE retired IS NULL ORDER BY name";
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_map([], row)?.collect()
        })
    }

    /// Ends a channel that is configured no longer: nothing waits for it, and what was not delivered is given up. What it
    /// was told stays known. If it comes back, it begins anew.
    pub fn retire(&mut self, name: &str, at: Timestamp) -> Result<(), Error> {
        self.write(Survives::PowerCut, |transaction| {
            transaction.execute("UPDATE channel SET retired = ?2 WHERE name = ?1", params![name, At(at)])?;
            transaction.execute("DELETE FROM unsettled WHERE channel = ?1", [name])?;
            let give_up = "UPDATE delivery SET status = 'given_up', changed = ?2 \
                           WHERE channel = ?1 AND status IN ('pending', 'sending', 'uncertain')";
            transaction.execute(give_up, params![name, At(at)])?;
            Ok(())
        })
    }
}

fn begin(transaction: &Transaction, name: &str, at: Timestamp) -> rusqlite::Result<()> {
    // Not `OR REPLACE`: deliveries refer to a channel that was retired.
    let sql = "INSERT INTO channel (name, since) VALUES (?1, ?2) \
               ON CONFLICT (name) DO UPDATE SET since = excluded.since, retired = NULL";
    transaction.execute(sql, params![name, At(at)])?;
    transaction.execute(BEGIN, params![name, At(at)])?;
    Ok(())
}

fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<ChannelRow>> {
    let sql = "SELECT name, since FROM channel WHERE name = ?1 AND retired IS NULL";
    connection.prepare_cached(sql)?.query_row([name], row).optional()
}

fn row(row: &rusqlite::Row) -> rusqlite::Result<ChannelRow> {
    Ok(ChannelRow { name: row.get(0)?, since: row.get::<_, At>(1)?.0 })
}
