//! What SQLite says in, what a person can do about it out.

use rusqlite::{ErrorCode, ffi};

use crate::error::{Error, ErrorKind};

/// What to do with a database that is not what it should be. It is never done by the program: it may be all that there is.
pub(super) const MEND: &str = "move it away to begin anew, together with the files beside it that end in -wal and -shm, or \
                               bring it back from a backup; `sqlite3 FILE .recover` saves what can still be read";

/// The trouble behind an error of SQLite, at the database that `place` names.
pub(super) fn error(place: &str, error: rusqlite::Error) -> Error {
    let (kind, what, way_out) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Unwritable, "another process is writing to the ledger", "run again when it has ended")
        }
        _ if has_no_room(&error) => {
            (ErrorKind::Unwritable, "no room left; nothing of this step was kept", "make room and run again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (
            ErrorKind::Unwritable,
            "the ledger may only be read",
            "give yourself permission to write it and its folder, or name another folder as state in [storage]",
        ),
        Some(ErrorCode::CannotOpen) => (
            ErrorKind::Unwritable,
            "the ledger cannot be opened",
            "see that its folder exists and that you may write there",
        ),
        Some(ErrorCode::DatabaseCorrupt) => (ErrorKind::Unreadable, "the ledger is damaged", MEND),
        Some(ErrorCode::NotADatabase) => (ErrorKind::Unreadable, "no ledger, and left as it is", MEND),
        Some(ErrorCode::SystemIoFailure) => {
            return Error::new(
                ErrorKind::Unwritable,
                place,
                format!("the disk reports an error ({error}); nothing of this step was kept"),
                "see that the disk is well and has room, and run again",
            );
        }
        _ if is_unreadable_value(&error) => (ErrorKind::Unreadable, "the ledger is damaged", MEND),
        _ => {
            let what = format!("the ledger failed: {error}");
            return Error::new(ErrorKind::Fault, place, what, "this is a mistake of the program, please report it");
        }
    };
    Error::new(kind, place, what, way_out)
}

/// Whether the disk is full. That the log's index, which is shared memory, cannot grow is an error of its own.
fn has_no_room(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| (error.code, error.extended_code));
    matches!(code, Some((ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE)))
}

/// Whether a value was there but was not what the program writes.
fn is_unreadable_value(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    matches!(error, FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..))
}
