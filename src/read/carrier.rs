//! The bytes of a file in, the article that the file is out. `item`, `entries` and `messages` are for files that carry
//! several.

use std::sync::Arc;
use std::time::Instant;

use super::assemble::{Source, of_extract, of_text, sha256};
use super::decode::{Refusal, decode, decode_page};
use super::extract::Extract;
#[cfg(feature = "html")]
use super::html;
use super::load::{is_over, out_of_time, over, refused};
use super::metadata::Trust;
use super::own::{looks_like_digest, looks_like_inspection, looks_like_stories};
use super::{Decoded, ReadOptions};
use crate::error::{Error, ErrorKind};
use crate::model::{Article, Limits, Markup, Origin};

/// Stands between the name of a file and the part of it that an article is.
pub(super) const PART: char = '#';

const DIGEST: &str = "a digest that epitome wrote, not an article";

/// A file whose bytes are there.
pub(super) struct Carrier {
    /// How it is named.
    pub shown: String,
    /// Whether nobody can read it again under that name.
    pub is_stream: bool,
    /// SHA-256 of its bytes as they lay there.
    pub sha256: String,
    /// Whether its bytes were unpacked.
    pub was_packed: bool,
    /// When the time that one file may take is over.
    pub end: Option<Instant>,
}

impl Carrier {
    pub fn refuse(&self, kind: ErrorKind, what: impl Into<String>, way_out: &str) -> Error {
        Error::new(kind, self.shown.as_str(), what, way_out)
    }

    pub fn check_time(&self, limits: &Limits) -> Result<(), Error> {
        if is_over(self.end) { Err(out_of_time(&self.shown, limits)) } else { Ok(()) }
    }

    /// The text that a file is.
    pub fn text(&self, bytes: Vec<u8>, markup: Markup, options: &ReadOptions) -> Result<Article, Error> {
        let decoded = decode(bytes).map_err(|(what, way_out)| self.refuse(ErrorKind::NotText, what, way_out))?;
        let Decoded { text, origin, encoding } = decoded;
        if u32::try_from(text.len()).is_err() {
            return Err(over(&self.shown, "file-size", u32::MAX.into()));
        }
        if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            return Err(self.refuse(ErrorKind::Empty, "empty", "leave it out"));
        }
        let own = if looks_like_inspection(&text) {
            Some("what epitome inspect wrote, not an article")
        } else if looks_like_stories(&text) {
            Some("what epitome stories wrote, not an article")
        } else {
            looks_like_digest(&text).then_some(DIGEST)
        };
        if let Some(what) = own {
            return Err(self.refuse(ErrorKind::UnknownKind, what, "leave it out"));
        }
        let origin = if self.was_packed { Origin::Extracted } else { origin };
        let article = of_text(self.source(None, &text, origin), text, markup, options);
        self.check_time(&options.limits)?;
        Ok(Article { encoding, ..article })
    }

    /// The article of a web page.
    pub fn page(&self, bytes: Vec<u8>, options: &ReadOptions) -> Result<Article, Error> {
        let refused = |refusal: Refusal| refused(&self.shown, refusal);
        let Decoded { text, encoding, .. } = decode_page(bytes).map_err(refused)?;
        if looks_like_digest(&text) {
            return Err(self.refuse(ErrorKind::UnknownKind, DIGEST, "leave it out"));
        }
        let extract = page(&text, &options.limits).map_err(refused)?;
        self.check_time(&options.limits)?;
        let source = self.source(None, &extract.text, Origin::Extracted);
        Ok(Article { encoding, ..of_extract(source, extract, Trust::Given, options) })
    }

    /// The refusal of a file that carries too many.
    pub fn too_many(&self, options: &ReadOptions) -> Error {
        over(&self.shown, "articles", options.limits.articles)
    }

    /// Where an article comes from: the whole file, or a part of it.
    pub fn source(&self, part: Option<&str>, text: &str, origin: Origin) -> Source {
        let name = part.map_or_else(|| self.shown.clone(), |part| format!("{}{PART}{part}", self.shown));
        let file = part.map(|_| Arc::from(self.shown.as_str()));
        // Of a stream the text is all that can be kept, so the text is what is hashed.
        let (origin, sha256) =
            if self.is_stream { (Origin::Stream, sha256(text.as_bytes())) } else { (origin, self.sha256.clone()) };
        Source { name, file, origin, sha256 }
    }
}

/// The article of a web page.
#[cfg(feature = "html")]
pub(super) fn page(html: &str, limits: &Limits) -> Result<Extract, Refusal> {
    html::page(html, limits)
}

#[cfg(not(feature = "html"))]
pub(super) fn page(_: &str, _: &Limits) -> Result<Extract, Refusal> {
    Err(("an HTML page, which this build does not read".to_owned(), "build with the feature html"))
}
