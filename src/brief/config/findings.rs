//! What is found out while a configuration is read: what is wrong, what deserves a word, what each value came to.

use std::fmt;
use std::ops::Range;

use crate::error::{Error, ErrorKind};

/// A value in effect, for `brief show`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its key with the tables it stands in: `edition.stories`, `section[2].name`.
    pub key: String,
    /// As it would be written in the file. Never a secret.
    pub value: String,
    /// Where it came from.
    pub from: Whence,
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whence {
    /// The configuration file.
    File {
        /// The line, from one.
        line: usize,
    },
    /// It is the default.
    Default,
    /// The settings of this machine: its zone, the home of its user.
    System,
    /// A variable of the environment, `XDG_STATE_HOME` and its like.
    Environment,
}

impl fmt::Display for Whence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { line } => write!(f, "line {line}"),
            Self::Default => f.write_str("default"),
            Self::System => f.write_str("system"),
            Self::Environment => f.write_str("environment"),
        }
    }
}

/// What is wrong with a value, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub what: String,
    pub right: String,
}

impl Wrong {
    pub fn new(what: impl Into<String>, right: impl Into<String>) -> Self {
        Self { what: what.into(), right: right.into() }
    }
}

/// All that was found out about one text.
pub(super) struct Findings<'t> {
    /// What the file is called in messages.
    file: &'t str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    text: &'t str,
    /// Each with the byte that it is about.
    errors: Vec<(usize, Error)>,
    pub warnings: Vec<String>,
    pub values: Vec<Value>,
}

/// More of them are of one cause.
const MOST_ERRORS: usize = 50;

impl<'t> Findings<'t> {
    pub fn new(file: &'t str, text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, lines, text, errors: Vec::new(), warnings: Vec::new(), values: Vec::new() }
    }

    /// The line of a byte, from one.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|begin| *begin <= at)
    }

    /// `briefing.toml:3:8`
    pub fn place(&self, at: usize) -> String {
        let line = self.line(at);
        let begin = self.lines[line - 1];
        let column = self.text.get(begin..at).map_or(1, |before| before.chars().count() + 1);
        format!("{}:{line}:{column}", self.file)
    }

    /// Takes down an error at a byte of the text.
    pub fn wrong(&mut self, at: usize, what: impl Into<String>, right: impl Into<String>) {
        self.errors.push((at, Error::new(ErrorKind::Usage, self.place(at), what, right)));
    }

    /// Takes down an error of another file, which the text leads to at a byte.
    pub fn elsewhere(&mut self, at: usize, error: Error) {
        self.errors.push((at, error));
    }

    /// Takes down a warning about a byte of the text.
    pub fn warn(&mut self, at: usize, what: &str) {
        self.warnings.push(format!("{}: {what}", self.place(at)));
    }

    /// Takes down what a key came to.
    pub fn value(&mut self, key: String, value: String, from: Whence) {
        self.values.push(Value { key, value, from });
    }

    /// Where in the file a value comes from.
    pub fn whence(&self, span: &Range<usize>) -> Whence {
        Whence::File { line: self.line(span.start) }
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The errors in the order of the lines; of very many the first.
    pub fn into_errors(mut self) -> Vec<Error> {
        self.errors.sort_by_key(|(at, _)| *at);
        let more = self.errors.len().saturating_sub(MOST_ERRORS);
        self.errors.truncate(MOST_ERRORS);
        let mut errors: Vec<Error> = self.errors.into_iter().map(|(_, error)| error).collect();
        if more > 0 {
            errors.push(Error::new(ErrorKind::Usage, self.file, format!("{more} more errors"), "mend these first"));
        }
        errors
    }
}
