//! Which files of folders were read, so that those that did not change are not read again.

use rusqlite::{OptionalExtension, Transaction, params};

use super::Ledger;
use crate::error::Error;

/// A file whose articles are taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSeen {
    /// Its path, as it was given or found.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970: as it was before the file was read, so that what is written while
    /// it is read is seen the next time.
    pub mtime_ns: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Ledger {
    /// Of each of the files, whether it was taken in as it is now, as far as its length and the time of its last change
    /// tell.
    ///
    /// In one transaction for all: a folder may have a hundred thousand files of which none is new.
    pub fn files_are_known<'f>(&self, files: impl IntoIterator<Item = &'f FileSeen>) -> Result<Vec<bool>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT size, mtime_ns FROM file WHERE path = ?1")?;
            let is_known = |file: &FileSeen| {
                let known: Option<(i64, i64)> =
                    statement.query_row([&file.path], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                Ok(known == Some((file.size.cast_signed(), file.mtime_ns)))
            };
            files.into_iter().map(is_known).collect()
        })
    }
}

pub(super) fn put(transaction: &Transaction, seen: &[FileSeen]) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO file (path, size, mtime_ns, sha256) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = transaction.prepare_cached(sql)?;
    for file in seen {
        // SQLite has no unsigned numbers; the same bits come back.
        statement.execute(params![file.path, file.size.cast_signed(), file.mtime_ns, file.sha256])?;
    }
    Ok(())
}
