//! A database of any older version in, one of this version out.
//!
//! The version is SQLite's `user_version`: how many migrations were applied. Each is one transaction, together with the
//! number, so that one that is interrupted has not happened.

use rusqlite::{Connection, TransactionBehavior};

use super::trouble;
use crate::error::{Error, ErrorKind};

/// What each version adds to the one before it, the first to nothing.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("schema/1.sql")];

/// How many migrations the database has had.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<usize> {
    connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0)).map(|version| version as usize)
}

/// Refuses what a newer program made: it may mean something that this one would destroy.
pub(super) fn refuse_newer(version: usize, known: usize, place: &str) -> Result<(), Error> {
    if version <= known {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Unreadable,
        place,
        format!("made by a newer epitome (version {version} of the ledger; this one knows {known})"),
        "use the newer one",
    ))
}

/// Brings the database to the version of the last of `migrations`.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str], place: &str) -> Result<(), Error> {
    let lasting = |error| trouble::error(place, error);
    while version(connection).map_err(lasting)? < migrations.len() {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(lasting)?;
        // Another process may have been faster: what counts is what is there under the lock.
        let done = version(&transaction).map_err(lasting)?;
        if let Some(migration) = migrations.get(done) {
            transaction.execute_batch(migration).map_err(lasting)?;
            transaction.pragma_update(None, "user_version", (done + 1) as u32).map_err(lasting)?;
        }
        transaction.commit().map_err(lasting)?;
    }
    refuse_newer(version(connection).map_err(lasting)?, migrations.len(), place)
}
