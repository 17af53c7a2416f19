//! Everything that an edition is made from.
//!
//! The same bundle gives the same edition, byte for byte, on every machine: it holds the articles as they were read, and not
//! where they may be read again.

use serde::{Deserialize, Serialize};

use super::paper::{SourceReport, Window};
use super::standing::Dating;
use crate::brief::config::Config;
use crate::language::Language;
use crate::model::{Article, LeftOut};
use crate::told::{Fingerprints, Told};

/// What an edition is made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// The version of Epitome that the bundle is of.
    pub version: String,
    /// The configuration.
    pub config: Config,
    /// The id of the edition.
    pub id: String,
    /// What it tells of.
    pub window: Window,
    /// The articles of the window, in the order in which they were first seen.
    pub articles: Vec<Entry>,
    /// What the reader was told before.
    pub told: Vec<Sentence>,
    /// The words of what was read before, whether or not it was told.
    pub known: Vec<Fingerprints>,
    /// What came of the sources.
    pub sources: Vec<SourceReport>,
    /// What could not be read.
    pub left_out: Vec<LeftOut>,
    /// What is not among the articles.
    pub counts: Counts,
}

/// An article, and what a briefing knows of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The name of the section that its source belongs to.
    pub section: String,
    /// The address of its feed, or its file.
    pub source: String,
    /// What is known of its date.
    pub dating: Dating,
    /// The article.
    pub article: Article,
}

/// A sentence that was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// What it says.
    pub quote: String,
    /// Its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// Articles that were new and are not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Published before the window.
    pub older: usize,
    /// Of outlets that are muted.
    pub muted: usize,
}

impl Bundle {
    /// What the reader was told, to hold news against.
    pub(super) fn told(&self) -> Told {
        let mut told = Told::new();
        self.told.iter().for_each(|sentence| told.add_told(&sentence.quote, sentence.language));
        self.known.iter().for_each(|known| told.add_fingerprints(known));
        told
    }
}
