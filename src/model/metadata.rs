//! What an article says about itself, and where it says so.

use serde::{Deserialize, Serialize};

use super::Span;
use crate::date::Moment;

/// Where a fact about an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Found {
    /// In the front matter of a Markdown file.
    FrontMatter,
    /// In the headline.
    Headline,
    /// In a line of date, place or outlet, or in front of the first sentence.
    Dateline,
    /// In the byline.
    Byline,
    /// In a short line above the text.
    Line,
    /// In a notice of rights or the like.
    Notice,
    /// In the running text.
    Prose,
    /// Not in the text: it was given beside it, in the same record. The span of such a fact is empty and at 0.
    Record,
}

impl Found {
    /// The place for people, to be put behind a fact: `from the byline`.
    pub fn place(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::Headline => "headline",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Line => "line above the text",
            Self::Notice => "notice",
            Self::Prose => "text",
            Self::Record => "record",
        }
    }
}

/// Something that an article says about itself, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What it says.
    pub value: T,
    /// In which part of the article.
    pub found: Found,
    /// At which bytes of the article's text.
    pub span: Span,
}

impl Metadata {
    /// When the article was published, or last changed where only that is known.
    pub fn day(&self) -> Option<Moment> {
        self.published.as_ref().or(self.updated.as_ref()).map(|fact| fact.value)
    }
}

/// What an article says about itself. Nothing here is guessed from the file's name, its times or the clock.
///
/// Three dates must not be taken for each other: when it was published (`published`, `updated`), when what it reports
/// happened (`event`), and when somebody read it, which an article cannot know and which is never put in place of the
/// others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Fact<String>>,
    /// The outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Fact<String>>,
    /// Who wrote it, without `By`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<Fact<String>>,
    /// The place that it was written at: `PORT ELLA, Norland`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Fact<String>>,
    /// The agency in the dateline or credit line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Fact<String>>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Fact<Moment>>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Fact<Moment>>,
    /// The day of what it reports: the first day that its text names, read from the date of publication where it is
    /// only a weekday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Fact<Moment>>,
}
