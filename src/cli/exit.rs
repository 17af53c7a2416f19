//! The exit codes, the same in every subcommand.

use std::process::ExitCode;

use crate::error::ErrorKind;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Exit {
    /// There is a result.
    Done = 0,
    /// There is none.
    Failed = 1,
    /// The arguments cannot work, or what they name does not exist.
    Usage = 2,
    /// There is a result, and some inputs are not in it.
    LeftOut = 3,
    /// It was made, and did not reach its reader.
    #[cfg(feature = "brief")]
    NotDelivered = 4,
    /// Another run is at work.
    #[cfg(feature = "brief")]
    Locked = 5,
    /// `verify` or `bench --check` found a difference.
    Difference = 6,
    /// The user ended it; what was finished is the result.
    Interrupted = 130,
}

impl Exit {
    /// The exit code of an error that left no result.
    pub fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Usage | ErrorKind::Missing => Self::Usage,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
