//! A digest and its sources in, what still holds out.
//!
//! A quote holds when it stands in its source, byte for byte, where its citation says. That alone is asked of the files:
//! whether other parts of them have changed is told, and counts only if asked for.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, Digest, Places, Source};
use crate::model::{ArticleId, Origin, Span};
use crate::read::{decode_as, sha256, texts_of};

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
    let mut loader = Sources { root, report: Report::default(), carriers: FxHashMap::default() };
    let sources: Vec<Result<Held<'_>, Finding>> = digest.sources.iter().map(|source| loader.load(source)).collect();
    let mut report = loader.report;
    let places: Vec<Result<(Places<'_>, bool), &Finding>> =
        sources.iter().map(|held| held.as_ref().map(|held| (Places::new(held.text.as_str()), held.wherever))).collect();
    for (index, item) in digest.items.iter().enumerate() {
        let also_in = item.also_in.iter().map(|also| (true, &also.quote, &also.citation));
        for (also_in, quote, citation) in std::iter::once((false, &item.quote, &item.citation)).chain(also_in) {
            let finding = match &places[citation.article.index()] {
                Ok((places, wherever)) => match find(places, quote, citation) {
                    Finding::Moved { .. } | Finding::Miscited { .. } if *wherever => Finding::Holds,
                    finding => finding,
                },
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

/// The sources of a digest as they are now.
struct Sources<'d> {
    root: &'d Path,
    report: Report,
    /// What was taken out of the files that carry several articles, each file once: the names of the articles and their
    /// texts.
    carriers: FxHashMap<&'d str, Result<Carried, Finding>>,
}

/// A file that carries articles, as it is now.
struct Carried {
    sha256: String,
    /// The name of each article and its text, or why there is none.
    texts: Result<FxHashMap<String, Arc<String>>, Finding>,
}

impl<'d> Sources<'d> {
    /// The text of a source.
    fn load(&mut self, source: &'d Source) -> Result<Held<'d>, Finding> {
        match source.origin {
            Origin::File | Origin::DecodedFile => {
                let bytes = read(self.root, &source.path)?;
                self.hold(&bytes, &source.sha256, source);
                let text = decode_as(bytes, source.origin, &source.encoding);
                text.map(|text| Held::at_its_place(Text::Read(text))).map_err(|(what, _)| Finding::NotText { what })
            }
            Origin::Extracted => self.load_extracted(source),
            Origin::Stream => {
                let text = self.kept(source, &source.sha256)?.ok_or(Finding::SourceMissing)?;
                // A file of that name may say something else: nobody has looked.
                if self.root.join(&source.path).is_file() {
                    self.note_change(source);
                }
                self.report.kept.push(source.path.clone());
                Ok(Held::at_its_place(text))
            }
        }
    }

    /// The text that is taken out of a file now. What the digest keeps of it is not asked: nobody is to put words into a
    /// page by changing the digest alone.
    fn load_extracted(&mut self, source: &'d Source) -> Result<Held<'d>, Finding> {
        let file = source.file.as_deref().unwrap_or(&source.path);
        let root = self.root;
        let carrier = self.carriers.entry(file).or_insert_with(|| Carried::load(root, file));
        let carried = carrier.as_ref().map_err(Clone::clone)?;
        let is_same = carried.sha256 == source.sha256;
        let text = match &carried.texts {
            Ok(texts) => texts.get(&source.path).map(Arc::clone),
            Err(finding) => {
                let finding = finding.clone();
                self.note_change(source);
                return Err(finding);
            }
        };
        let hash = text.as_ref().map(|text| sha256(text.as_bytes()));
        if !is_same || hash.is_none() || hash != source.text_sha256 {
            self.note_change(source);
        }
        let text = text.ok_or_else(|| Finding::NotText { what: "no such article in the file".to_owned() })?;
        // Another version takes another text out of the same page; what it has of the quotes stands there all the same.
        Ok(Held { text: Text::Shared(text), wherever: is_same })
    }

    /// The text that the digest keeps, if it does.
    fn kept(&mut self, source: &'d Source, hash: &str) -> Result<Option<Text<'d>>, Finding> {
        match (&source.text, &source.kept) {
            (Some(text), _) => {
                self.hold(text.as_bytes(), hash, source);
                Ok(Some(Text::Kept(text)))
            }
            (None, Some(kept)) => {
                // What is kept is text already; only a file has to be decoded.
                let bytes = read(self.root, kept)?;
                self.hold(&bytes, hash, source);
                let text = String::from_utf8(bytes).map(|text| Some(Text::Read(text)));
                text.map_err(|_| Finding::NotText { what: "not text (not UTF-8)".to_owned() })
            }
            (None, None) => Ok(None),
        }
    }

    fn hold(&mut self, bytes: &[u8], hash: &str, source: &Source) {
        if sha256(bytes) != hash {
            self.note_change(source);
        }
    }

    /// Notes once that a source is not what the digest was made from.
    fn note_change(&mut self, source: &Source) {
        if self.report.changed.last() != Some(&source.path) {
            self.report.changed.push(source.path.clone());
        }
    }
}

impl Carried {
    fn load(root: &Path, file: &str) -> Result<Self, Finding> {
        let bytes = read(root, file)?;
        let sha256 = sha256(&bytes);
        let texts = texts_of(file, bytes).map_err(|error| Finding::NotText { what: error.what });
        Ok(Self { sha256, texts })
    }
}

/// What quotes are held against.
struct Held<'d> {
    text: Text<'d>,
    /// Whether a quote may stand elsewhere than its citation says.
    wherever: bool,
}

impl<'d> Held<'d> {
    fn at_its_place(text: Text<'d>) -> Self {
        Self { text, wherever: false }
    }
}

/// A text, wherever it is.
enum Text<'d> {
    Read(String),
    Kept(&'d str),
    Shared(Arc<String>),
}

impl Text<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Read(text) => text,
            Self::Kept(text) => text,
            Self::Shared(text) => text,
        }
    }
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
