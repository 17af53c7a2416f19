//! A feed's bytes in, its entries out: RSS of all versions, RDF, Atom, CDF and JSON Feed.
//!
//! 1. `encoding` decodes the bytes as the feed declares, unless they contradict it.
//! 2. `xml` makes elements of the text, however broken it is; `entities` resolves references, `vocabulary` says what a
//!    name means in its namespace. `json` reads JSON Feed.
//! 3. `assembly` puts elements together to entries; `capture` takes the text of one, `draft` keeps the best of what is said
//!    twice. `text` makes plain lines of titles, `dates` moments of dates, `links` whole addresses of relative ones.
//! 4. `extent` tells whether an entry has the article or a piece of it; `more_mark` takes the mark that there is more off a
//!    piece that ends with a whole sentence.
//!
//! A feed is read as far as it can be: what stands in front of a break is kept, what stands behind it is found again
//! where that can be done, and [`Feed::damaged`] says what was wrong. Nothing that a feed names is fetched.

mod assembly;
mod capture;
mod dates;
mod draft;
mod encoding;
mod entities;
mod extent;
mod json;
mod links;
#[cfg(test)]
mod measured;
mod more_mark;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;
mod xml;

#[cfg(feature = "brief")]
pub(crate) use self::links::resolve;
pub(super) use self::more_mark::without_more_mark;
use super::decode::Refusal;
use crate::date::Moment;
use crate::language::Language;
use crate::model::{Extent, Limits};

/// What was read of a feed. What it says of itself stands in its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Feed {
    pub entries: Vec<Entry>,
    /// What is wrong with it, if anything is that may have cost a part of it.
    pub damaged: Option<String>,
}

/// An entry of a feed. What it does not say itself and the feed says for all stands in it as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// One line of plain text.
    pub title: Option<String>,
    pub url: Option<String>,
    /// What the publisher calls it for good.
    pub id: Option<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    pub authors: Vec<String>,
    pub publisher: Option<Publisher>,
    pub language: Option<Language>,
    pub content: Option<Content>,
}

/// Who published an entry, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Publisher {
    pub name: String,
    /// Whether it is the feed's own, and not said in the entry.
    pub of_feed: bool,
}

/// The longest text that an entry has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub text: Text,
    pub extent: Extent,
}

/// A text, and how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// A piece of HTML, without the page around it.
    Html(String),
    /// Without markup; paragraphs are parted by blank lines.
    Plain(String),
}

/// Reads a feed.
///
/// # Errors
///
/// Why the bytes are no feed that can be read, or which of the limits it exceeds, and the way out.
pub(super) fn entries(bytes: &[u8], limits: &Limits) -> Result<Feed, Refusal> {
    let decoded = encoding::text(bytes)?;
    let mut feed = if decoded.text.trim_start().starts_with('{') {
        json::feed(&decoded.text, limits)?
    } else {
        assembly::feed(&decoded.text, limits)?
    };
    feed.damaged = decoded.damage.or(feed.damaged);
    Ok(feed)
}

/// Whether a file that begins like this is a feed.
pub(super) fn looks_like_feed(start: &[u8]) -> bool {
    let Ok(decoded) = encoding::text(start) else { return false };
    let text = decoded.text.trim_start();
    if text.starts_with('{') { json::looks_like_feed(text) } else { assembly::looks_like_feed(text) }
}
