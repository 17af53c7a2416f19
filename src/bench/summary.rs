//! Chosen sentences in, the summary that is scored out.
//!
//! Sentences stand on a line each, since ROUGE-Lsum takes lines for sentences; white space inside a sentence is one
//! space. Published protocols cut a summary at exactly so many words or bytes (DUC 2004: 665 bytes), most often in
//! the middle of a sentence, so that no system wins by length.

use serde::{Deserialize, Serialize};

use crate::language::is_unspaced;
use crate::model::{Budget, head};
use crate::segment::{count_words, counted_words};

/// How long a summary may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Words, counted as in a digest: white-space tokens, in scripts without spaces those of the segmenter.
    Words(usize),
    /// Bytes of UTF-8, line ends included.
    Bytes(usize),
}

impl Default for Limit {
    /// The length of digests.
    fn default() -> Self {
        Self::Words(100)
    }
}

impl Limit {
    /// The budget that systems choose by. No text has fewer bytes than characters, so what fills so many characters
    /// fills as many bytes.
    pub fn budget(self) -> Budget {
        match self {
            Self::Words(words) => Budget::Words(words),
            Self::Bytes(bytes) => Budget::Chars(bytes),
        }
    }

    /// How long a text is in the unit of the limit.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Words(_) => count_words(text),
            Self::Bytes(_) => text.len(),
        }
    }

    /// How long a text may be, in the unit of the limit.
    pub fn most(self) -> usize {
        match self {
            Self::Words(most) | Self::Bytes(most) => most,
        }
    }

    /// A limit of so many of the same unit.
    fn with_most(self, most: usize) -> Self {
        match self {
            Self::Words(_) => Self::Words(most),
            Self::Bytes(_) => Self::Bytes(most),
        }
    }

    /// The beginning of a text that is as long as the limit, without white space at its end.
    pub fn cut(self, text: &str) -> &str {
        let cut = match self {
            Self::Words(words) => first_words(text, words),
            Self::Bytes(bytes) => head(text, bytes),
        };
        cut.trim_end()
    }
}

/// The first `count` words of a text.
fn first_words(text: &str, count: usize) -> &str {
    let mut left = count;
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|offset| at + offset) {
        if left == 0 {
            return &text[..at];
        }
        let run = text[start..].split(char::is_whitespace).next().unwrap_or_default();
        if run.contains(is_unspaced) {
            let words: Vec<usize> = counted_words(run).map(|word| word.end).collect();
            if words.len() > left {
                return &text[..start + words[left - 1]];
            }
            left -= words.len().max(1);
        } else {
            left -= 1;
        }
        at = start + run.len();
    }
    text
}

/// A summary as it is scored, and how many of the chosen sentences it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// A sentence a line.
    pub text: String,
    /// Which of the sentences are in it, the last one perhaps in part, by their place in the list that it was made of.
    pub used: Vec<usize>,
}

impl Summary {
    /// Makes a summary of sentences in order: cut at the limit, or, if it is to have `whole` sentences, of all those
    /// that fit, one after the other.
    pub fn of<'t>(sentences: impl IntoIterator<Item = &'t str>, limit: Limit, whole: bool) -> Self {
        let mut summary = Self::default();
        let mut spent = 0;
        for (index, sentence) in sentences.into_iter().enumerate() {
            let before = summary.text.len();
            if before > 0 {
                summary.text.push('\n');
            }
            let start = summary.text.len();
            push_on_one_line(&mut summary.text, sentence);
            // No word crosses the end of a line, so that each line is measured once and for itself.
            let joined = spent + limit.length(&summary.text[before..start]);
            let cost = joined + limit.length(&summary.text[start..]);
            if cost <= limit.most() {
                spent = cost;
                summary.used.push(index);
                continue;
            }
            if whole {
                summary.text.truncate(before);
                continue;
            }
            let kept = limit.with_most(limit.most().saturating_sub(joined)).cut(&summary.text[start..]).len();
            if kept > 0 {
                summary.text.truncate(start + kept);
                summary.used.push(index);
            } else {
                summary.text.truncate(before);
            }
            break;
        }
        summary
    }

    /// Cuts what somebody else wrote. Its lines stay, since they are its sentences.
    pub fn of_text(text: &str, limit: Limit) -> Self {
        Self::of(text.lines().filter(|line| !line.trim().is_empty()), limit, false)
    }
}

/// Adds a sentence with single spaces for white space.
fn push_on_one_line(text: &mut String, sentence: &str) {
    for (index, word) in sentence.split_whitespace().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCES: [&str; 3] = ["The ferry\n hit a pier.", "Fourteen were hurt.", "It rained."];

    #[test]
    fn the_last_sentence_is_cut_at_exactly_the_limit() {
        let summary = Summary::of(SENTENCES, Limit::Words(7), false);
        assert_eq!((summary.text.as_str(), summary.used), ("The ferry hit a pier.\nFourteen were", vec![0, 1]));
        let summary = Summary::of(SENTENCES, Limit::Words(5), false);
        assert_eq!((summary.text.as_str(), summary.used), ("The ferry hit a pier.", vec![0]));
        assert_eq!(Summary::of(SENTENCES, Limit::Words(99), false).used, [0, 1, 2]);
    }

    #[test]
    fn bytes_are_cut_at_a_character() {
        assert_eq!(Summary::of(["Äé 12"], Limit::Bytes(3), false).text, "Ä");
        assert_eq!(Summary::of(["Äé 12"], Limit::Bytes(5), false).text, "Äé");
        assert_eq!(Summary::of(["ab", "cd"], Limit::Bytes(4), false).text, "ab\nc");
    }

    #[test]
    fn whole_sentences_are_those_that_fit() {
        let summary = Summary::of(SENTENCES, Limit::Words(7), true);
        assert_eq!((summary.text.as_str(), summary.used), ("The ferry hit a pier.\nIt rained.", vec![0, 2]));
    }

    #[test]
    fn a_summary_is_what_cutting_the_joined_sentences_gives() {
        let sentences = ["Aba  bebe.", "渡轮撞上码头", "Äé 12", " … ", "Cici dodo"];
        let joined = "Aba bebe.\n渡轮撞上码头\nÄé 12\n…\nCici dodo";
        for most in 1..60 {
            for limit in [Limit::Words(most), Limit::Bytes(most)] {
                let summary = Summary::of(sentences, limit, false);
                assert_eq!(summary.text, limit.cut(joined), "{limit:?}");
                assert!(limit.length(&summary.text) <= most, "{limit:?}");
            }
        }
    }

    #[test]
    fn words_of_scripts_without_spaces_are_cut_too() {
        let cut = if cfg!(feature = "unspaced") { "渡轮撞上" } else { "渡轮" };
        assert_eq!(Limit::Words(2).cut("渡轮撞上码头"), cut);
        assert_eq!(count_words(Limit::Words(3).cut("in 渡轮撞上码头")), 3);
    }

    #[test]
    fn cutting_twice_is_cutting_once() {
        let once = Summary::of(SENTENCES, Limit::Words(7), false);
        assert_eq!(Summary::of_text(&once.text, Limit::Words(7)), once);
    }
}
