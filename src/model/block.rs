//! What a stretch of an article is, and what gave it away.

use serde::{Deserialize, Serialize};

use super::Span;

/// What a block of an article is. Only [`BlockKind::Prose`] is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BlockKind {
    /// Running text in whole sentences.
    Prose,
    /// The article's own headline.
    Headline,
    /// A heading inside the article, or a section's name above it.
    Label,
    /// The line under a headline that says the story in short.
    Deck,
    /// A line of date, place or outlet, or the place in front of the first sentence.
    Dateline,
    /// Who wrote it.
    Byline,
    /// The text to a picture, or the credit of one.
    Caption,
    /// One item of a list.
    ListItem,
    /// A sentence of the article that is set once more, large, to catch the eye.
    PullQuote,
    /// A link to another story, or that story's headline.
    Teaser,
    /// A box in which readers rate or vote.
    Rating,
    /// A line that asks to subscribe, to sign up, to follow or to donate.
    Subscription,
    /// Rights, corrections, notes of the editors, what an outlet or a company says about itself.
    Notice,
    /// What a reader wrote under the article.
    Comment,
    /// Menus, buttons, counters: what a page needs to be used.
    Navigation,
    /// Code, tables, front matter: marked up as something other than text.
    Markup,
}

impl BlockKind {
    /// The name for people: `list item`, `pull quote`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Headline => "headline",
            Self::Label => "label",
            Self::Deck => "deck",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::ListItem => "list item",
            Self::PullQuote => "pull quote",
            Self::Teaser => "teaser",
            Self::Rating => "rating",
            Self::Subscription => "subscription",
            Self::Notice => "notice",
            Self::Comment => "comment",
            Self::Navigation => "navigation",
            Self::Markup => "markup",
        }
    }
}

/// What gave a block away: why it has its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cue {
    /// It is in whole sentences.
    Sentences,
    /// It is long and has full stops in it, though its end is cut off.
    CutOff,
    /// The markup says so.
    MarkedUp,
    /// It opens with a bullet or a number of a list.
    Bullet,
    /// It ends in the credit of a picture, or is one.
    Credit,
    /// It opens, or ends, with words of its kind: `By`, `Photo:`, `Read more`.
    Words,
    /// It describes in the present tense what can be seen on a day that it dates in full.
    Scene,
    /// A picture's credit stands below it.
    AboveCredit,
    /// It holds a date and little else.
    Date,
    /// It is a place in front of a sentence, or by itself.
    Place,
    /// It is a name by itself beside the headline or a date.
    Name,
    /// It strings names together with bars or slashes.
    Chain,
    /// It does not end as a sentence does.
    NoStop,
    /// It is too short for running text.
    Short,
    /// It is all in capitals.
    Capitals,
    /// It is a question or a call by itself.
    Call,
    /// It is the first heading above the running text.
    AboveText,
    /// It is one sentence between the headline and the byline, the date or the text.
    UnderHeadline,
    /// The headline stands in front of it on the same line.
    SameLine,
    /// It repeats the article's headline.
    RepeatsHeadline,
    /// The next sentence begins with it.
    RepeatedNext,
    /// The text has the same sentence elsewhere.
    RepeatedInText,
    /// It stands among links to other stories.
    AmongLinks,
    /// It stands among the items of a list.
    AmongItems,
    /// It stands below the line that ends the article.
    BelowEnd,
    /// The same line stands in other articles of the outlet.
    Recurs,
}

impl Cue {
    /// The reason for people, to be put behind the kind: `caption: ends in a picture's credit`.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Sentences => "in whole sentences",
            Self::CutOff => "long and with full stops in it, though its end is cut off",
            Self::MarkedUp => "marked up as such",
            Self::Bullet => "opens like an item of a list",
            Self::Credit => "has the credit of a picture at its end",
            Self::Words => "opens or ends with words of its kind",
            Self::Scene => "describes what can be seen on a day that it dates in full",
            Self::AboveCredit => "the credit of a picture stands below it",
            Self::Date => "a date and little else",
            Self::Place => "a place in front of the text",
            Self::Name => "a name by itself",
            Self::Chain => "names strung together",
            Self::NoStop => "does not end as a sentence does",
            Self::Short => "too short for running text",
            Self::Capitals => "all in capitals",
            Self::Call => "a question or call by itself",
            Self::AboveText => "the first heading above the text",
            Self::UnderHeadline => "stands between headline and text",
            Self::SameLine => "stands behind the headline on one line",
            Self::RepeatsHeadline => "repeats the headline",
            Self::RepeatedNext => "the next sentence begins with it",
            Self::RepeatedInText => "the text has the same sentence elsewhere",
            Self::AmongLinks => "stands among links to other stories",
            Self::AmongItems => "stands among the items of a list",
            Self::BelowEnd => "stands below the end of the article",
            Self::Recurs => "stands in other articles of the outlet, too",
        }
    }
}

/// A stretch of an article with one purpose: a paragraph, a headline, a caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it begins and ends, in half of the bytes of a span: a large cluster has a million blocks.
    start: u32,
    end: u32,
    /// What it is.
    pub kind: BlockKind,
    /// What gave it away.
    pub cue: Cue,
}

impl Block {
    /// A stretch of an article's text.
    ///
    /// # Panics
    ///
    /// Panics beyond 2³² − 1 bytes. Files of so many are refused when they are read.
    pub fn new(span: Span, kind: BlockKind, cue: Cue) -> Self {
        let narrow = |at| u32::try_from(at).expect("an article has fewer than 2^32 bytes");
        Self { start: narrow(span.start), end: narrow(span.end), kind, cue }
    }

    /// Where it stands, without white space at its ends. It holds line ends where it was hard-wrapped.
    #[inline]
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}
