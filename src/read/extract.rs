//! What the readers of formats put out: the text of an article, what its stretches are, and what stands beside it.
//!
//! A page, an entry of a feed and a message carry an article among other things. Its text is taken out of them once, and
//! from there on is an article's text like any other: never altered, cited by its bytes, and kept for whoever checks the
//! quotes.

use super::blocks::Stretch;
use crate::date::Moment;
use crate::language::Language;
use crate::model::{Extent, Found, Markup};

/// An article taken out of what carries it.
#[derive(Clone, Debug)]
pub(super) struct Extract {
    /// Its text: paragraphs, parted by a blank line each, without markup.
    pub text: String,
    /// The parts of the text, in its order, without overlaps. What the markup says of one is [`Stretch::known`]; where
    /// it says nothing the shape decides, as in plain text.
    pub stretches: Vec<Stretch>,
    /// What it was taken out of.
    pub markup: Markup,
    /// What was said beside the text.
    pub given: Given,
}

/// What is said of an article beside its text, and where: in the head of a page, in a feed, in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub title: Option<(String, Found)>,
    pub publisher: Option<(String, Found)>,
    /// Who wrote it, without `By`; several are parted by a comma.
    pub byline: Option<(String, Found)>,
    pub published: Option<(Moment, Found)>,
    pub updated: Option<(Moment, Found)>,
    /// The day of the change, where readers see that one alone.
    pub shown: Option<(Moment, Found)>,
    /// The address that the publisher calls its own for it.
    pub url: Option<(String, Found)>,
    /// What the publisher calls it for good.
    pub id: Option<(String, Found)>,
    /// The language that is said.
    pub language: Option<Language>,
    /// Whether the text is the whole article.
    pub extent: Option<Extent>,
}

impl Given {
    /// What is given here, and where nothing is, what is given by `other`.
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            publisher: self.publisher.or(other.publisher),
            byline: self.byline.or(other.byline),
            published: self.published.or(other.published),
            updated: self.updated.or(other.updated),
            shown: self.shown.or(other.shown),
            url: self.url.or(other.url),
            id: self.id.or(other.id),
            language: self.language.or(other.language),
            extent: self.extent.or(other.extent),
        }
    }
}
