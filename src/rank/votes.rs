//! A story in, the sentences that vote out, voice by voice.
//!
//! Forty reprints of one report say what it says and no more, so a sentence that was said before has no vote of its own, and
//! what a feature counts over articles it counts over voices. Where every article speaks for itself, rows are sentences and
//! voices are articles, and nothing is copied.

use std::borrow::Cow;
use std::ops::Range;

use super::Story;
use crate::model::{SentenceId, StemId};
use crate::vectorize::{Phrases, TermMatrix};

/// The sentences that vote, as rows, those of a voice one behind the other.
pub(super) struct Votes<'s, 'c> {
    story: &'s Story<'c>,
    /// What the rows say.
    pub matrix: Cow<'s, TermMatrix>,
    /// What they say word for word, and the headlines of the voices.
    pub phrases: Cow<'s, Phrases>,
    /// The rows of each voice.
    voices: Cow<'s, [Range<usize>]>,
    /// For each row its sentence; `None` where rows are sentences.
    rows: Option<Vec<SentenceId>>,
}

/// Where a row stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The row, as if it were a sentence of the matrix.
    pub id: SentenceId,
    pub voice: usize,
    /// How many sentences stand before it in its article.
    pub position: usize,
}

impl<'s, 'c> Votes<'s, 'c> {
    /// The votes of a story.
    pub fn of(story: &'s Story<'c>) -> Self {
        if story.voices.are_articles() {
            return Self {
                story,
                matrix: Cow::Borrowed(&story.matrix),
                phrases: Cow::Borrowed(&story.phrases),
                voices: Cow::Borrowed(story.sentences.ranges()),
                rows: None,
            };
        }
        let mut rows = Vec::with_capacity(story.sentences.len());
        let (mut voices, mut headlines) = (Vec::new(), Vec::new());
        for members in story.voices.members() {
            let start = rows.len();
            let mut headline: Vec<StemId> = Vec::new();
            for (at, article) in members.iter().enumerate() {
                let range = story.sentences.range(*article);
                let before = rows.len();
                rows.extend(range.clone().map(SentenceId::from).filter(|id| story.voices.repeated(*id).is_none()));
                // The headline of a copy is put over the same text.
                if at == 0 || 2 * (rows.len() - before) > range.len() {
                    headline.extend(story.phrases.title(*article));
                }
            }
            headline.sort_unstable();
            headline.dedup();
            headlines.push(headline);
            voices.push(start..rows.len());
        }
        Self {
            story,
            matrix: Cow::Owned(story.matrix.of_rows(&rows)),
            phrases: Cow::Owned(story.phrases.of_sentences(&rows, headlines)),
            voices: Cow::Owned(voices),
            rows: Some(rows),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.matrix.rows()
    }

    /// For each voice its rows; empty ones included.
    pub fn voices(&self) -> &[Range<usize>] {
        &self.voices
    }

    /// How many voices have a row.
    pub fn voices_with_rows(&self) -> usize {
        self.voices.iter().filter(|rows| !rows.is_empty()).count()
    }

    /// How many sentences the longest article has.
    pub fn longest(&self) -> usize {
        self.story.sentences.ranges().iter().map(Range::len).max().unwrap_or(0)
    }

    /// The sentence of a row.
    #[inline]
    fn sentence(&self, row: usize) -> SentenceId {
        self.rows.as_ref().map_or(SentenceId::from(row), |rows| rows[row])
    }

    /// Where a row stands.
    #[inline]
    pub fn place(&self, row: usize) -> Place {
        let sentence = self.story.sentences.get(self.sentence(row));
        let voice =
            if self.rows.is_some() { self.story.voices.voice(sentence.article) } else { sentence.article.index() };
        Place { id: SentenceId::from(row), voice, position: sentence.position as usize }
    }

    /// The text of a row.
    pub fn text(&self, row: usize) -> &'c str {
        self.story.sentences.text(self.sentence(row))
    }

    /// What rows have, for each sentence: one that repeats another has what that one has.
    pub fn for_sentences(&self, values: Vec<f64>) -> Vec<f64> {
        let Some(rows) = &self.rows else { return values };
        let mut all = vec![0.0; self.story.sentences.len()];
        rows.iter().zip(values).for_each(|(id, value)| all[id.index()] = value);
        for id in self.story.sentences.ids() {
            if let Some(elder) = self.story.voices.repeated(id) {
                all[id.index()] = all[elder.index()];
            }
        }
        all
    }
}
