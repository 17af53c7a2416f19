//! What an edition is. Its serde form is the JSON format, see [`formats`](crate::docs::formats).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::standing::Dating;
use crate::cite::Digest;
use crate::date::Moment;
use crate::model::LeftOut;

/// The number of the JSON format. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const SCHEMA: u32 = 1;

/// What happened since the last edition, once, short, with sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that made it.
    pub version: String,
    /// The id of the briefing that it is an edition of.
    pub briefing: String,
    /// Its own id, unique within the briefing.
    pub id: String,
    /// The title of the briefing.
    pub title: String,
    /// The IANA name of the zone in which its times are shown.
    pub zone: String,
    /// What it tells of.
    pub window: Window,
    /// The first stories, a line each.
    pub glance: Vec<Line>,
    /// The stories, section by section; sections without any are left out.
    pub sections: Vec<StorySection>,
    /// Stories that are named and not told.
    pub more: Vec<Headline>,
    /// How many more there are than are named.
    pub more_unnamed: usize,
    /// How it came about.
    pub status: Status,
}

/// From when until when: what was published, or first seen, after `from` and not after `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The end of the last edition that was delivered.
    pub from: Timestamp,
    /// When the edition was made.
    pub until: Timestamp,
    /// Whether no edition was delivered before.
    #[serde(default, skip_serializing_if = "is_off")]
    pub first: bool,
    /// Whether somebody asked for this beginning.
    #[serde(default, skip_serializing_if = "is_off")]
    pub asked: bool,
    /// Whether `from` was moved back, since a first edition would have had nothing to tell.
    #[serde(default, skip_serializing_if = "is_off")]
    pub reached_back: bool,
}

impl Default for Window {
    fn default() -> Self {
        let none = Timestamp::UNIX_EPOCH;
        Self { from: none, until: none, first: false, asked: false, reached_back: false }
    }
}

/// A story in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The id of the story.
    pub story: String,
    /// Its title.
    pub title: String,
    /// How many articles tell it, and how many voices.
    pub articles: usize,
    /// How many of them count once.
    pub voices: usize,
    /// What is known of its date.
    pub dating: Dating,
}

/// A part of an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorySection {
    /// Its name.
    pub name: String,
    /// Its stories, the most important one first.
    pub stories: Vec<ToldStory>,
}

/// A story that is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldStory {
    /// Its name: the id of its first article.
    pub id: String,
    /// Its title, as an article has it.
    pub title: String,
    /// How many new articles tell it.
    pub articles: usize,
    /// How many of them count once.
    pub voices: usize,
    /// Its outlets.
    pub outlets: Vec<String>,
    /// When its first dated article was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Moment>,
    /// When its last one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Moment>,
    /// What is known of the dates of its articles: of one that is dated, if there is one.
    pub dating: Dating,
    /// Whether its articles are excerpts alone, as feeds have them.
    #[serde(default, skip_serializing_if = "is_off")]
    pub excerpts: bool,
    /// How many of its sentences are left out because an earlier edition told them, or what they say.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub told_before: usize,
    /// Its place among the stories.
    pub score: f64,
    /// What is new in it.
    pub digest: Digest,
}

/// A story that is named and not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The id of the story.
    pub story: String,
    /// The section that it belongs to.
    pub section: String,
    /// Its title.
    pub title: String,
    /// Its first outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The address of its first article that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How many articles tell it.
    pub articles: usize,
}

/// How an edition came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Status {
    /// What came of each feed and folder, in the order of the configuration.
    pub sources: Vec<SourceReport>,
    /// New articles that the edition was made from.
    pub articles: usize,
    /// The stories that they are.
    pub stories: usize,
    /// Stories in which nothing was news to this reader.
    pub nothing_new: usize,
    /// Articles without a date.
    pub undated: usize,
    /// Articles with a date that is ahead of the clock.
    pub ahead: usize,
    /// New articles that were published before the window, and are passed over.
    pub older: usize,
    /// Articles of outlets that are muted.
    pub muted: usize,
    /// What could not be read, and why.
    pub left_out: Vec<LeftOut>,
    /// How many more of these there are than are named.
    pub left_out_unnamed: usize,
}

/// What came of a feed or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// The address or the path.
    pub source: String,
    /// The section that it belongs to.
    pub section: String,
    /// How it went.
    pub state: SourceState,
    /// In words.
    pub outcome: String,
    /// New articles and new revisions that it had.
    pub new: usize,
    /// What else its reader should know: that it moved, that it is damaged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// How asking a source went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// It was read.
    Read,
    /// It has not changed.
    Unchanged,
    /// It was not asked: too early, or offline.
    NotAsked,
    /// It failed.
    Failed,
}

impl Edition {
    /// The digests of its stories, in order.
    pub fn digests(&self) -> impl Iterator<Item = &Digest> {
        self.stories().map(|story| &story.digest)
    }

    /// Its stories, in order.
    pub fn stories(&self) -> impl Iterator<Item = &ToldStory> {
        self.sections.iter().flat_map(|section| &section.stories)
    }
}

/// The digests of an edition in JSON; `None` where it is none.
pub fn digests_of(json: &str) -> Option<Vec<Digest>> {
    let edition: Edition = serde_json::from_str(json).ok()?;
    let stories = edition.sections.into_iter().flat_map(|section| section.stories);
    Some(stories.map(|story| story.digest).collect())
}

fn is_off(option: &bool) -> bool {
    !option
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}
