//! What a grouping is. Its serde form is the JSON format, see [`formats`](crate::docs::formats).

use serde::{Deserialize, Serialize};

use crate::date::Moment;
use crate::language::Language;
use crate::model::LeftOut;

/// The number of the JSON format. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const SCHEMA: u32 = 1;

/// The stories of a heap of articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stories {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that made it.
    pub version: String,
    /// The stories, those that a briefing would tell first in front; articles that stand alone are stories of one.
    pub stories: Vec<Story>,
    /// What was given but is in no story.
    pub left_out: Vec<LeftOut>,
}

/// Articles on one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its name: the id of its first article, by date. It stays when later articles join.
    pub id: String,
    /// The headline of the article that is closest to all others; its first sentence where none has a headline.
    pub title: Option<String>,
    /// The ids of its articles, by date.
    pub articles: Vec<String>,
    /// What is known of each of them, in the same order.
    pub members: Vec<Member>,
    /// Which of them count once, being copies or of one publisher: their places in `articles`. An article by itself is a
    /// voice, too.
    pub voices: Vec<Vec<usize>>,
    /// Whether it is one article alone.
    pub alone: bool,
    /// The outlets that are named, each once, in the order of the articles.
    pub outlets: Vec<String>,
    /// When its first dated article was published.
    pub first: Option<Moment>,
    /// When its last one was.
    pub last: Option<Moment>,
    /// The language of its articles, where it is one.
    pub language: Option<Language>,
    /// What holds it together: the words that weigh most in all of it, as they are spelled there.
    pub keywords: Vec<String>,
    /// Its place in a briefing: the sum of `parts`.
    pub score: f64,
    /// What its score is made of.
    pub parts: Parts,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Where it was read: a path; behind it, where one file carries several articles, `#` and which of them this is.
    pub source: String,
    /// Its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// The id of the earlier article that it is a copy of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// How likely it is that it belongs to the rest of the story, by the evidence alone, in [0, 1]; for an article that is
    /// alone nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<f64>,
}

/// What the place of a story in a briefing is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// How many tell it.
    pub voices: f64,
    /// How new its last article is, among all.
    pub recency: f64,
    /// Over how many outlets it is spread.
    pub spread: f64,
    /// How much more is told of it lately than before.
    pub growth: f64,
}

impl Parts {
    /// The parts with their names, in their order.
    pub fn named(&self) -> [(&'static str, f64); 4] {
        [("voices", self.voices), ("recency", self.recency), ("spread", self.spread), ("growth", self.growth)]
    }

    /// All of them together.
    pub fn sum(&self) -> f64 {
        self.voices + self.recency + self.spread + self.growth
    }
}
