//! A digest and its sources in, what still holds out.
//!
//! A quote holds when it stands in its source, byte for byte, where its citation says. That alone is asked of the files:
//! whether other parts of them have changed is told, and counts only if asked for.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cite::{Citation, Digest, Places, Source};
use crate::model::{ArticleId, Origin, Span};
use crate::read::{decode_as, sha256};

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It stands where the citation says.
    Holds,
    /// It stands elsewhere in the source.
    Moved {
        /// Where, in bytes; the place nearest to the old one.
        to: Span,
    },
    /// It stands at its bytes, but its citation gives other lines or characters than those.
    Miscited {
        /// The line that it begins on.
        line: usize,
    },
    /// It stands nowhere in the source.
    Absent,
    /// The source is not there, or cannot be read.
    SourceMissing,
    /// The source is no text any more, or none in the encoding that the digest gives.
    NotText {
        /// What it is instead.
        what: String,
    },
}

/// A quote of a digest, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which sentence of the digest, counted from 1.
    pub sentence: usize,
    /// Whether it is the sentence of another article that is cited beside it.
    pub also_in: bool,
    /// The source, as the digest names it.
    pub path: String,
    /// The line that the citation gives.
    pub line: usize,
    /// The quote.
    pub quote: String,
    /// What became of it.
    pub finding: Finding,
}

/// All that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Every quote, in the order of the digest.
    pub checks: Vec<Check>,
    /// Sources that were read and are not, byte for byte, what the digest was made from.
    pub changed: Vec<String>,
    /// Sources that are no files: they were checked against the text that the digest keeps.
    pub kept: Vec<String>,
}

impl Report {
    /// The quotes that do not hold.
    pub fn differences(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.finding != Finding::Holds)
    }

    /// Whether every quote holds; if `strict`, also whether no source has changed.
    pub fn holds(&self, strict: bool) -> bool {
        self.differences().next().is_none() && (!strict || self.changed.is_empty())
    }
}

/// Holds every quote of a digest against its source. Relative paths are looked up under `root`.
///
/// Every source is read once.
pub fn verify(digest: &Digest, root: &Path) -> Report {
    let mut report = Report::default();
    let sources: Vec<Result<Cow<'_, str>, Finding>> =
        digest.sources.iter().map(|source| load(source, root, &mut report)).collect();
    let places: Vec<Result<Places<'_>, &Finding>> =
        sources.iter().map(|source| source.as_deref().map(Places::new)).collect();
    for (index, item) in digest.items.iter().enumerate() {
        let also_in = item.also_in.iter().map(|also| (true, &also.quote, &also.citation));
        for (also_in, quote, citation) in std::iter::once((false, &item.quote, &item.citation)).chain(also_in) {
            let finding = match &places[citation.article.index()] {
                Ok(places) => find(places, quote, citation),
                Err(finding) => (*finding).clone(),
            };
            report.checks.push(Check {
                sentence: index + 1,
                also_in,
                path: path_of(digest, citation.article),
                line: citation.lines.first,
                quote: quote.clone(),
                finding,
            });
        }
    }
    report
}

fn path_of(digest: &Digest, article: ArticleId) -> String {
    digest.sources[article.index()].path.clone()
}

/// The text of a source as it is now.
fn load<'d>(source: &'d Source, root: &Path, report: &mut Report) -> Result<Cow<'d, str>, Finding> {
    let mut hold = |bytes: &[u8]| {
        if sha256(bytes) != source.sha256 {
            report.changed.push(source.path.clone());
        }
    };
    if source.origin != Origin::Stream {
        let bytes = read(root, &source.path)?;
        hold(&bytes);
        let text = decode_as(bytes, source.origin, &source.encoding);
        return text.map(Cow::Owned).map_err(|(what, _)| Finding::NotText { what });
    }
    // What is kept is text already; only a file has to be decoded.
    let text = match (&source.text, &source.kept) {
        (Some(text), _) => {
            hold(text.as_bytes());
            Ok(Cow::Borrowed(text.as_str()))
        }
        (None, Some(kept)) => {
            let bytes = read(root, kept)?;
            hold(&bytes);
            let text = String::from_utf8(bytes).map(Cow::Owned);
            text.map_err(|_| Finding::NotText { what: "not text (not UTF-8)".to_owned() })
        }
        (None, None) => return Err(Finding::SourceMissing),
    };
    report.kept.push(source.path.clone());
    text
}

fn read(root: &Path, path: &str) -> Result<Vec<u8>, Finding> {
    let path = root.join(path);
    // A digest may come from anywhere, and must not make anybody read a device without end.
    match fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => Err(Finding::NotText { what: "not a file".to_owned() }),
        _ => fs::read(path).map_err(|_| Finding::SourceMissing),
    }
}

fn find(places: &Places<'_>, quote: &str, citation: &Citation) -> Finding {
    let text = places.text();
    let Span { start, end } = citation.span;
    if text.get(start..end) == Some(quote) {
        let actual = places.cite(citation.article, citation.span);
        // What stands around a quote may have changed with the rest of the file, and is no part of it.
        let same = (actual.lines, actual.chars) == (citation.lines, citation.chars);
        return if same { Finding::Holds } else { Finding::Miscited { line: actual.lines.first } };
    }
    let nearest = text.match_indices(quote).map(|(at, _)| at).min_by_key(|at| at.abs_diff(start));
    nearest.map_or(Finding::Absent, |at| Finding::Moved { to: Span::new(at, at + quote.len()) })
}
