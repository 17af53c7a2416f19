//! What can go wrong, said so that a person can mend it: the place, what happened there, and the way out.

use serde::{Serialize, Serializer};
use thiserror::Error as ThisError;

/// The kinds of trouble that a caller may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An option has a value that cannot work.
    Usage,
    /// A path that was given does not exist, or is a web address.
    Missing,
    /// A file or stream exists, but could not be read.
    Unreadable,
    /// A result could not be written.
    Unwritable,
    /// The bytes are not text in an encoding that is read: an image, a PDF, another character set.
    NotText,
    /// More than a limit allows, see [`Limits`](crate::model::Limits).
    OverLimit,
    /// What is not read as an article: a digest, a device, an unknown file name ending.
    UnknownKind,
    /// A file without a single character.
    Empty,
    /// A symbolic link that leads out of the folder that was given.
    Link,
    /// Nothing to read was found at all.
    NoInput,
    /// A line or a folder of a corpus that is no story, or has no text, or lacks what people wrote of it.
    NotACluster,
    /// A line or a part of a file that is no article.
    NotAnArticle,
    /// A digest that is not one: broken JSON, or fields that contradict each other.
    NotADigest,
    /// Articles were read, but none has a sentence that can stand on its own.
    NothingQuotable,
    /// Sentences can be quoted, but each is longer than the budget.
    NothingFits,
    /// A mistake of this program.
    Fault,
}

/// One trouble: its kind, the place, what happened there and what to do about it.
///
/// Displayed as `place: what happened; the way out`, in lower case, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error("{place}: {what}{}{way_out}", if way_out.is_empty() { "" } else { "; " })]
pub struct Error {
    /// What kind of trouble it is.
    pub kind: ErrorKind,
    /// Where: a path as it was given, an option, or `standard input`.
    pub place: String,
    /// What happened there.
    pub what: String,
    /// What the reader of the message can do about it; empty where nothing helps.
    pub way_out: String,
}

impl Error {
    /// Trouble of `kind` at `place`.
    pub fn new(kind: ErrorKind, place: impl Into<String>, what: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { kind, place: place.into(), what: what.into(), way_out: way_out.into() }
    }

    /// The part after the place: `what happened; the way out`.
    pub fn reason(&self) -> String {
        let separator = if self.way_out.is_empty() { "" } else { "; " };
        format!("{}{separator}{}", self.what, self.way_out)
    }
}

/// Writes what was made of a line, or, where nothing was, `error` with the reason.
pub(crate) fn value_or_error<T: Serialize, S: Serializer>(
    made: &Result<T, Error>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Failed {
        error: String,
    }
    match made {
        Ok(value) => value.serialize(serializer),
        Err(error) => Failed { error: error.reason() }.serialize(serializer),
    }
}
