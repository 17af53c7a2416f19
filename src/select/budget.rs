//! A budget and a story in, what each sentence costs and how much may be spent out.

use rayon::prelude::*;

use crate::model::{Budget, SentenceId};
use crate::rank::Story;
use crate::segment::count_words;

/// What each sentence costs, and the limit, in the unit of the budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    costs: Vec<usize>,
    /// The most that all picks together may cost.
    pub limit: usize,
    /// What becomes of the pick that reaches beyond the limit.
    pub end: End,
}

/// How a digest ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// With a whole sentence: no pick reaches beyond the limit.
    #[default]
    Whole,
    /// The last pick reaches beyond the limit, and is to be cut there: as in the protocols of benchmarks.
    Cut,
}

/// Fewer sentences than this are not worth waking a second thread.
const FEWEST_IN_PARALLEL: usize = 20_000;

impl Costs {
    /// Measures every sentence of a story. `quotable` are those that count for [`Budget::Percent`].
    pub fn new(story: &Story<'_>, budget: Budget, end: End, quotable: &[SentenceId]) -> Self {
        let of = |at: usize| cost(story.sentences.text(at.into()), budget);
        let count = story.sentences.len();
        let costs: Vec<usize> = if count < FEWEST_IN_PARALLEL {
            (0..count).map(of).collect()
        } else {
            (0..count).into_par_iter().map(of).collect()
        };
        let limit = match budget {
            Budget::Words(limit) | Budget::Sentences(limit) | Budget::Chars(limit) => limit,
            Budget::Percent(percent) => {
                let all: usize = quotable.iter().map(|id| costs[id.index()]).sum();
                // In 128 bits no product overflows; rounded down, because the budget is an upper bound.
                usize::try_from(all as u128 * u128::from(percent) / 100).unwrap_or(usize::MAX)
            }
        };
        Self { costs, limit, end }
    }

    /// What a sentence costs.
    pub fn of(&self, sentence: SentenceId) -> usize {
        self.costs[sentence.index()]
    }

    /// Whether more that costs so much can be added to what was spent.
    pub fn allow(&self, spent: usize, more: usize) -> bool {
        match self.end {
            End::Whole => spent + more <= self.limit,
            End::Cut => spent < self.limit,
        }
    }

    /// What several sentences cost together.
    pub fn total(&self, sentences: &[SentenceId]) -> usize {
        sentences.iter().map(|id| self.of(*id)).sum()
    }
}

/// What a text costs in the unit of a budget: words, sentences (always 1) or characters, each run of white space being
/// one character, as it is shown.
pub fn cost(text: &str, budget: Budget) -> usize {
    match budget {
        Budget::Words(_) | Budget::Percent(_) => count_words(text),
        Budget::Sentences(_) => 1,
        Budget::Chars(_) => {
            let words = text.split_whitespace();
            let (count, letters) =
                words.fold((0, 0), |(count, letters), word| (count + 1, letters + word.chars().count()));
            letters + count - usize::from(count > 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_inside_a_quote_costs_one_character_as_it_is_shown() {
        assert_eq!(cost("Äb\r\n  c.", Budget::Chars(9)), 5);
        assert_eq!(cost("Äb\r\n  c.", Budget::Words(9)), 2);
        assert_eq!(cost("Äb\r\n  c.", Budget::Sentences(9)), 1);
    }
}
