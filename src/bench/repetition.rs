//! A summary in, how much its sentences repeat each other out.
//!
//! Of two sentences, the one with fewer different pairs of neighbouring words is held against the other: the share of
//! its pairs that the other has, too, is their overlap. Words are compared by their stems where the language has a
//! stemmer. The measure looks at text alone, so that it is the same for every system, and for other people's output.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::segment::{Lexicon, Splitter, words};

/// How much the sentences of a summary have in common, both in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// The mean overlap of all pairs of sentences; 0 where there is no pair.
    pub mean: f64,
    /// The highest overlap of any pair.
    pub highest: f64,
}

/// Measures summaries in one language.
pub struct Repetitions {
    splitter: Splitter,
    lexicon: Lexicon,
}

impl Repetitions {
    /// The measure for a language.
    pub fn new(language: Option<Language>) -> Self {
        Self { splitter: Splitter::new(language), lexicon: Lexicon::new(language) }
    }

    /// Measures a summary. Each of its lines is parted into sentences; one of a single word has nothing to compare.
    pub fn of(&self, summary: &str) -> Repetition {
        let mut sentences: Vec<FxHashSet<(String, String)>> = Vec::new();
        for line in summary.lines() {
            self.splitter.split(line, |span| sentences.push(self.pairs(span.of(line))));
        }
        sentences.retain(|pairs| !pairs.is_empty());
        let mut repetition = Repetition::default();
        let mut count = 0;
        for (index, a) in sentences.iter().enumerate() {
            for b in &sentences[index + 1..] {
                let overlap = overlap(a, b);
                repetition.mean += overlap;
                repetition.highest = repetition.highest.max(overlap);
                count += 1;
            }
        }
        repetition.mean /= f64::from(count.max(1));
        repetition
    }

    /// The different pairs of neighbouring words.
    fn pairs(&self, sentence: &str) -> FxHashSet<(String, String)> {
        let mut stems: Vec<String> = Vec::new();
        words(sentence, |span| stems.push(self.lexicon.stem(&span.of(sentence).to_lowercase()).into_owned()));
        stems.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
    }
}

/// The share of the smaller set that the larger one holds.
fn overlap(a: &FxHashSet<(String, String)>, b: &FxHashSet<(String, String)>) -> f64 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().filter(|pair| large.contains(*pair)).count() as f64 / small.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(summary: &str) -> Repetition {
        Repetitions::new("en".parse().ok()).of(summary)
    }

    #[test]
    fn the_share_of_the_shorter_sentence_is_what_counts() {
        // `ferri hit`, `hit the`, `the pier` of `The ferry hit the pier`: all but `the ferri` are in the longer one.
        let found = of("The ferry hit the pier.\nA ferry hits the piers of the town.");
        assert_eq!(found, Repetition { mean: 0.75, highest: 0.75 });
    }

    #[test]
    fn the_mean_is_over_all_pairs_of_sentences() {
        let found = of("The ferry hit the pier.\nThe ferry hit the pier. It rained all night.");
        assert_eq!(found, Repetition { mean: 1.0 / 3.0, highest: 1.0 });
    }

    #[test]
    fn one_sentence_repeats_nothing() {
        assert_eq!(of("The ferry hit the pier."), Repetition::default());
        assert_eq!(of(""), Repetition::default());
    }
}
