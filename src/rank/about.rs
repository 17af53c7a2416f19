//! What a reader asks about in, how much of that each sentence has out.
//!
//! A digest about something is known as query-focused (Document Understanding Conference, 2005). The question acts twice: the
//! random reader of TextRank starts anew at sentences that have words of it (Otterbacher, Erkan and Radev, *Using Random
//! Walks for Question-Focused Sentence Retrieval*, 2005), and what a sentence has of it is a part of its score.

use ndarray::Array1;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Story;
use super::ranking::rounded;
use crate::model::{SentenceId, TermId};
use crate::vectorize::{TermMatrix, Vocabulary, term_keys};

/// The name of the part of a score that a sentence has for what it says about what was asked.
pub const ABOUT: &str = "about";

/// The name of the part that is taken off for what of that those chosen say already.
pub const ANSWERED: &str = "answered";

/// What a sentence is worth more that has all that was asked about: more than the best sentence of a story without it.
const ABOUT_WEIGHT: f64 = 2.0;

/// What of that is lost where those chosen have it already: the second sentence with a word is worth less than the first with
/// another, and still more than one without.
const ANSWERED_SHARE: f64 = 0.5;

/// Where the random reader starts anew, so much is by what was asked; the rest is as always.
const ASKED_TELEPORT: f64 = 0.8;

/// What was asked about, in terms of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// For each term that the story has, its share of all those asked for that it has, weighted by IDF. Length: terms.
    shares: Vec<f64>,
    /// How many sentences have one.
    pub sentences: usize,
    /// The words asked for that no sentence has, as they were given, each once.
    pub missing: Vec<String>,
}

impl About {
    /// Looks for the words of a question in a story, by their stems in its language. Stop words are passed over.
    pub fn of(story: &Story<'_>, question: &str) -> Self {
        let mut vocabulary = Vocabulary::new();
        let mut asked = FxHashSet::default();
        let mut words = Vec::new();
        vocabulary.words_at(story.sentences.cluster().language, question, |span, word| {
            if let Some(term) = word.term.filter(|term| asked.insert(*term)) {
                words.push((span, term));
            }
        });
        let asked = vocabulary.term_keys();
        drop(vocabulary);
        let keys = term_keys(&story.sentences);
        let known: FxHashMap<u64, usize> = keys.into_iter().zip(0..).collect();
        let (mut shares, mut missing) = (vec![0.0; story.matrix.width()], Vec::new());
        for (span, term) in words {
            match known.get(&asked[term.index()]) {
                Some(at) => shares[*at] = story.matrix.idf()[*at],
                None => missing.push(span.of(question).to_owned()),
            }
        }
        let all: f64 = shares.iter().sum();
        if all > 0.0 {
            shares.iter_mut().for_each(|share| *share /= all);
        }
        let mut about = Self { shares, sentences: 0, missing };
        about.sentences = story.sentences.ids().filter(|id| about.share(&story.matrix, *id) > 0.0).count();
        about
    }

    /// Whether some sentence has a word that was asked for.
    pub fn is_told(&self) -> bool {
        self.sentences > 0
    }

    /// The share of what was asked for that a sentence has.
    pub fn share(&self, matrix: &TermMatrix, id: SentenceId) -> f64 {
        matrix.terms(id).iter().map(|term| self.shares[term.index()]).sum()
    }

    /// The part of its score that a sentence has for that.
    pub fn part(&self, matrix: &TermMatrix, id: SentenceId) -> f64 {
        rounded(ABOUT_WEIGHT * self.share(matrix, id))
    }

    /// What is taken off where `is_answered` says of a term that those chosen have it.
    pub fn answered(&self, matrix: &TermMatrix, id: SentenceId, is_answered: impl Fn(TermId) -> bool) -> f64 {
        let answered = matrix.terms(id).iter().filter(|term| is_answered(**term));
        let share: f64 = answered.map(|term| self.shares[term.index()]).sum();
        rounded(-ANSWERED_SHARE * ABOUT_WEIGHT * share)
    }

    /// A teleport vector that leads to sentences by their cosines with what was asked, for the greater part.
    pub(super) fn bias(&self, matrix: &TermMatrix, start: &mut Array1<f64>) {
        let cosine = |row: usize| -> f64 {
            matrix.row(SentenceId::from(row)).map(|(term, weight)| weight * self.shares[term.index()]).sum()
        };
        let near: Array1<f64> = (0..matrix.rows()).map(cosine).collect();
        let all = near.sum();
        if all > 0.0 {
            start.zip_mut_with(&near, |start, near| {
                *start = (1.0 - ASKED_TELEPORT) * *start + ASKED_TELEPORT * near / all;
            });
        }
    }
}
