//! How much is read at most.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// What no input may exceed: a file that does is left out and named. Every limit has a name, by which it is set on the
/// command line (`--max NAME=VALUE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `file-size`: bytes of a file as it lies there.
    pub file_size: u64,
    /// `unpacked-size`: bytes of what comes out of a packed file.
    pub unpacked_size: u64,
    /// `page-size`: bytes of a page, or of a piece of HTML in a feed or a message: parsed, a page takes many times its
    /// size in memory.
    pub page_size: u64,
    /// `entities`: bytes that the named entities which a feed declares itself may add to it.
    pub entities: u64,
    /// `nesting`: how deep elements of a page or a feed, and parts of a message may stand in each other.
    pub nesting: u64,
    /// `files`: how many files are read.
    pub files: u64,
    /// `articles`: how many articles are taken out of one file.
    pub articles: u64,
    /// `seconds`: how long one file may take.
    pub seconds: u64,
}

const EXCEEDED: &str = "over the limit ";

impl Default for Limits {
    /// Far above what news need: the largest of 391 pages that were measured has 1.3 MB, and all of them take less than
    /// two seconds on one thread.
    fn default() -> Self {
        Self {
            file_size: 1 << 30,
            unpacked_size: 1 << 30,
            page_size: 8 << 20,
            entities: 1 << 20,
            nesting: 512,
            files: 1_000_000,
            articles: 1_000_000,
            seconds: 60,
        }
    }
}

impl Limits {
    /// How long one file may take.
    pub fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// Each limit with its name.
    fn named(&mut self) -> [(&'static str, &mut u64); 8] {
        [
            ("file-size", &mut self.file_size),
            ("unpacked-size", &mut self.unpacked_size),
            ("page-size", &mut self.page_size),
            ("entities", &mut self.entities),
            ("nesting", &mut self.nesting),
            ("files", &mut self.files),
            ("articles", &mut self.articles),
            ("seconds", &mut self.seconds),
        ]
    }

    /// The names of all of them.
    pub(crate) fn names() -> [&'static str; 8] {
        Self::default().named().map(|(name, _)| name)
    }

    /// What is said of what exceeds the limit of a name.
    pub(crate) fn exceeded(name: &str, value: u64) -> String {
        format!("{EXCEEDED}{name}={value}")
    }

    /// Whether that is what is said.
    pub(crate) fn are_exceeded(what: &str) -> bool {
        what.starts_with(EXCEEDED)
    }

    /// What can be done about it.
    pub(crate) const WAY_OUT: &str = "leave it out, or raise the limit with --max";

    /// Sets one of them.
    pub fn set(&mut self, bound: Bound) {
        if let Some((_, limit)) = self.named().into_iter().find(|(name, _)| *name == bound.name) {
            *limit = bound.value;
        }
    }
}

/// One limit and its value, as it is written: `file-size=64M`, `seconds=5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    name: &'static str,
    value: u64,
}

#[cfg(feature = "brief")]
impl Bound {
    /// The value.
    pub(crate) fn value(&self) -> u64 {
        self.value
    }
}

impl FromStr for Bound {
    type Err = String;

    /// Reads `NAME=VALUE`; a value may end in `K`, `M` or `G` for 2¹⁰, 2²⁰ or 2³⁰.
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
        let names = Limits::names();
        let name = names.into_iter().find(|known| *known == name.trim());
        let name = name.ok_or_else(|| format!("no such limit; there are {}", names.join(", ")))?;
        let value = value.trim();
        let (digits, unit) = match value.char_indices().last() {
            Some((at, 'k' | 'K')) => (&value[..at], 10),
            Some((at, 'm' | 'M')) => (&value[..at], 20),
            Some((at, 'g' | 'G')) => (&value[..at], 30),
            _ => (value, 0),
        };
        let number: Option<u64> = digits.parse().ok();
        let value = number.and_then(|number| number.checked_mul(1 << unit)).filter(|value| *value > 0);
        let value = value.ok_or("the value is a whole number above 0, with K, M or G behind it for sizes")?;
        Ok(Self { name, value })
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_set_by_its_name() {
        let mut limits = Limits::default();
        for written in ["file-size=64M", "seconds = 5", "nesting=1k"] {
            limits.set(written.parse().unwrap());
        }
        assert_eq!((limits.file_size, limits.seconds, limits.nesting), (64 << 20, 5, 1024));
        assert_eq!(limits.files, Limits::default().files);
    }

    #[test]
    fn what_is_no_limit_is_refused_with_the_names_that_are() {
        let wrong = |text: &str| text.parse::<Bound>().unwrap_err();
        assert!(wrong("size=1").starts_with("no such limit; there are file-size, "));
        assert_eq!(wrong("files"), "write it as NAME=VALUE");
        for value in ["files=", "files=0", "files=-1", "files=1.5", "files=99999999999G", "files=M", "files=1T"] {
            assert!(wrong(value).starts_with("the value is a whole number"), "{value}");
        }
    }
}
