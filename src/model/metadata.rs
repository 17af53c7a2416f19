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
    /// Not in the text: it was given beside it, in the same record. The span of such a fact, and of all that follow, is
    /// empty and at 0.
    Record,
    /// In the data in JSON-LD of a page (schema.org).
    JsonLd,
    /// In a property of the Open Graph protocol in the head of a page.
    OpenGraph,
    /// In another `<meta>` element of a page.
    Meta,
    /// In a `<time>` element of a page.
    Time,
    /// In what a page shows, outside of its main text.
    Page,
    /// In the `<title>` element of a page.
    TitleElement,
    /// In a `<link>` element of a page.
    Link,
    /// In an entry of a feed.
    Entry,
    /// In what a feed says of itself.
    Feed,
    /// In the header of a message.
    MailHeader,
}

impl Found {
    /// Whether it is a part of the article's text, so that its facts have a span.
    pub fn is_in_text(self) -> bool {
        match self {
            Self::FrontMatter | Self::Headline | Self::Dateline | Self::Byline => true,
            Self::Line | Self::Notice | Self::Prose => true,
            Self::Record | Self::JsonLd | Self::OpenGraph | Self::Meta | Self::Time => false,
            Self::Page | Self::TitleElement | Self::Link | Self::Entry | Self::Feed | Self::MailHeader => false,
        }
    }

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
            Self::JsonLd => "JSON-LD",
            Self::OpenGraph => "Open Graph",
            Self::Meta => "meta element",
            Self::Time => "time element",
            Self::Page => "page",
            Self::TitleElement => "title element",
            Self::Link => "link element",
            Self::Entry => "feed entry",
            Self::Feed => "feed",
            Self::MailHeader => "mail header",
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

    /// The outlet by its name, or by the host of its address, without `www.`, where only that is known.
    pub fn outlet(&self) -> Option<&str> {
        let host = || {
            let (_, behind) = self.url.as_ref()?.value.split_once("://")?;
            let host = behind.split(['/', '?', '#', ':']).next()?;
            Some(host.trim_start_matches("www.")).filter(|host| !host.is_empty())
        };
        self.publisher.as_ref().map(|fact| fact.value.as_str()).or_else(host)
    }
}

/// Whether a text is the whole article, as far as what carries it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The feed has the content of the article.
    Full,
    /// The feed has a summary alone, or a text that is cut off.
    Excerpt,
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
    /// The day that a page shows at its headline, where that is the one of the last change: when the article was
    /// published is only in the data of such a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<Fact<Moment>>,
    /// The day of what it reports: the first day that its text names, read from the date of publication where it is
    /// only a weekday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Fact<Moment>>,
    /// The address that its publisher calls its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Fact<String>>,
    /// What its publisher calls it for good: the `guid` of an entry of RSS, the `id` of one of Atom. It stays when the text
    /// or the address changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Fact<String>>,
    /// Whether its text is the whole article, where it comes from a feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
}
