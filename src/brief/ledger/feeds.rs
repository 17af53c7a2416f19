//! The state of each feed, as whoever fetches it writes it.

use std::collections::BTreeMap;

use rusqlite::Transaction;

use super::Ledger;
use crate::error::Error;

impl Ledger {
    /// The state of every feed that was ever tried, by its configured address.
    pub fn feed_states(&self) -> Result<BTreeMap<String, String>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT url, state FROM feed")?;
            let states = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            states.collect()
        })
    }
}

pub(super) fn put(transaction: &Transaction, url: &str, state: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO feed (url, state) VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET state = excluded.state";
    transaction.prepare_cached(sql)?.execute([url, state])?;
    Ok(())
}
