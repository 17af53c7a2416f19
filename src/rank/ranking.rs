//! A story in, a [`Ranking`] out.

use ndarray::Array1;

use super::{Agreement, teleport, textrank};
use crate::model::{SentenceId, TextRankOptions};
use crate::segment::Sentences;
use crate::vectorize::{TermMatrix, vectorize};

/// What ranking and choosing look at: the sentences of a cluster and their rows.
#[derive(Clone, Debug)]
pub struct Story<'c> {
    /// Where the sentences stand.
    pub sentences: Sentences<'c>,
    /// What they say, a row each.
    pub matrix: TermMatrix,
}

impl<'c> Story<'c> {
    /// Weighs the terms of the sentences.
    pub fn new(sentences: Sentences<'c>) -> Self {
        let matrix = vectorize(&sentences);
        Self { sentences, matrix }
    }
}

/// A score for every sentence of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// How often a random reader is at each sentence: not negative, and 1 in sum. Length: sentences.
    pub scores: Array1<f64>,
    /// The part of each score that comes from the teleport. The rest comes from the sentences that agree.
    pub from_teleport: Array1<f64>,
    /// How many rounds the iteration took.
    pub rounds: usize,
    /// Whether it ended because the scores stood still.
    pub converged: bool,
}

impl Ranking {
    /// The score of a sentence.
    pub fn score(&self, sentence: SentenceId) -> f64 {
        self.scores[sentence.index()]
    }
}

/// Ranks the sentences of a story.
pub fn rank(story: &Story<'_>, options: &TextRankOptions) -> Ranking {
    let start = teleport(story, options);
    let agreement = Agreement::between(story.sentences.ranges(), &story.matrix);
    textrank(&agreement, &start, options)
}
