//! A path in, an open ledger out: a new one where nothing is, and never over something else.

use std::fs::File;
use std::io::{ErrorKind as IoErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::migrate::{self, MIGRATIONS};
use super::{Ledger, trouble};
use crate::error::{Error, ErrorKind};

/// "Epit": what SQLite's `application_id` of a ledger is.
const APPLICATION: i32 = 0x4570_6974;

/// What every SQLite database of version 3 begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How long another process that writes is waited for. Transactions take milliseconds; the longest, an edition with its
/// bundle on a slow disk, a second or two.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many statements stay prepared: all that there are.
const STATEMENTS: usize = 64;

/// Memory for pages, in KiB: keys are hashes, so that a day's articles touch pages all over their index.
const CACHE_KIB: i32 = 16 * 1024;

impl Ledger {
    /// Opens the ledger at `path`; makes one where there is no file, and brings an older one up to date.
    ///
    /// Anything else that may be at `path` is refused and left as it is.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_patiently(path, PATIENCE)
    }

    /// As [`open`](Self::open), and waits so long for others that write.
    pub(super) fn open_patiently(path: &Path, patience: Duration) -> Result<Self, Error> {
        let place = path.to_string_lossy().into_owned();
        refuse_foreign(path, &place)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut ledger = Self::connect(path, flags, place, patience)?;
        ledger.kind()?;
        // Only now, for it writes: that a foreign database stays as it is comes first.
        ledger.prepare_writing().map_err(|error| trouble::error(&ledger.place, error))?;
        migrate::migrate(&mut ledger.connection, MIGRATIONS, &ledger.place)?;
        Ok(ledger)
    }

    /// Opens the ledger at `path` for the archive: nothing can be written, and no writer is in the way.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        let place = path.to_string_lossy().into_owned();
        if !path.exists() {
            return Err(nothing_there(place));
        }
        refuse_foreign(path, &place)?;
        take_back(path);
        let ledger = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, place, PATIENCE)?;
        if ledger.kind()? == Kind::New {
            return Err(nothing_there(ledger.place));
        }
        let version = migrate::version(&ledger.connection).map_err(|error| trouble::error(&ledger.place, error))?;
        if version < MIGRATIONS.len() {
            let what = format!("made by an older epitome (version {version} of the ledger, now {})", MIGRATIONS.len());
            return Err(Error::new(
                ErrorKind::Unreadable,
                ledger.place,
                what,
                "`epitome brief run` brings it up to date",
            ));
        }
        Ok(ledger)
    }

    /// Reads all of the ledger and says whether it is whole. Takes a second for some hundred megabytes.
    pub fn check(&self) -> Result<(), Error> {
        let found: String =
            self.read(|connection| connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))?;
        if found == "ok" {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Unreadable, &self.place, "the ledger is damaged", trouble::MEND))
    }

    fn connect(path: &Path, flags: OpenFlags, place: String, patience: Duration) -> Result<Self, Error> {
        let connect = || -> rusqlite::Result<Connection> {
            // Without URIs: a file name is a file name.
            let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            connection.busy_timeout(patience)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            // The file may have been tampered with: its schema calls no function that does more than compute.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            connection.pragma_update(None, "cell_size_check", true)?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
            // Where `fsync` leaves data in the cache of the drive (macOS), ask for more. Elsewhere this means nothing.
            connection.pragma_update(None, "fullfsync", true)?;
            Ok(connection)
        };
        let connection = connect().map_err(|error| trouble::error(&place, error))?;
        Ok(Self { connection, place })
    }

    /// What the database is; an error if it is of another program, or of a newer epitome.
    fn kind(&self) -> Result<Kind, Error> {
        let (application, version, things) = self.read(|connection| {
            let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let things: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            Ok((application, migrate::version(connection)?, things))
        })?;
        if (application, version, things) == (0, 0, 0) {
            return Ok(Kind::New);
        }
        if application != APPLICATION {
            return Err(foreign(&self.place, "a database of another program, and left as it is"));
        }
        migrate::refuse_newer(version, MIGRATIONS.len(), &self.place)?;
        Ok(Kind::Ledger)
    }

    /// A write-ahead log: readers and the writer are not in each other's way, and a small transaction is one small write.
    fn prepare_writing(&self) -> rusqlite::Result<()> {
        // Answers with the mode that there is: file systems without shared memory keep the old journal, which works, too.
        self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
    }
}

/// What a database may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing is in it yet.
    New,
    /// A ledger that is not newer than this program.
    Ledger,
}

/// Takes back what a writer that was killed has half done, which whoever only reads may not: while the ledger is made, and on
/// file systems without shared memory, that is in a journal beside it. What a living writer does is left to it.
fn take_back(path: &Path) {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if Path::new(&journal).exists() {
        // SQLite does it when anything is read. If it cannot, whoever reads is told why.
        let _ = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|connection| connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
    }
}

/// Refuses what is no file, or no SQLite database, before SQLite sees it: that may write beside it.
fn refuse_foreign(path: &Path, place: &str) -> Result<(), Error> {
    let unreadable = |error: &std::io::Error| {
        Error::new(ErrorKind::Unreadable, place, format!("cannot be read: {error}"), "see to its permissions")
    };
    if path.is_dir() {
        return Err(Error::new(ErrorKind::Unreadable, place, "a folder, not a ledger", "give the path of a file"));
    }
    let mut start = Vec::with_capacity(MAGIC.len());
    match File::open(path) {
        Ok(file) => file.take(MAGIC.len() as u64).read_to_end(&mut start).map_err(|error| unreadable(&error))?,
        Err(error) if error.kind() == IoErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(&error)),
    };
    // SQLite makes the file first and fills it later: an empty one is a ledger whose making was interrupted.
    if start.is_empty() || start == MAGIC {
        return Ok(());
    }
    Err(foreign(place, "no ledger, and left as it is"))
}

fn foreign(place: &str, what: &str) -> Error {
    Error::new(ErrorKind::Unreadable, place, what, trouble::MEND)
}

fn nothing_there(place: String) -> Error {
    Error::new(ErrorKind::Missing, place, "no ledger yet", "`epitome brief run` makes one")
}
