//! A budget and a story in, what each sentence costs and how much may be spent out.

use std::cell::Cell;

use crate::model::{Budget, SentenceId};
use crate::rank::Story;
use crate::segment::count_words;

/// What each sentence costs, and the limit, in the unit of the budget.
///
/// A sentence is measured when somebody first asks: of most it is enough to know that they are short.
#[derive(Clone, Debug)]
pub struct Costs<'s> {
    story: &'s Story<'s>,
    budget: Budget,
    /// What each sentence costs that was asked for.
    known: Vec<Cell<Option<u32>>>,
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

impl<'s> Costs<'s> {
    /// The costs of the sentences of a story. `quotable` are those that count for [`Budget::Percent`].
    pub fn new(story: &'s Story<'_>, budget: Budget, end: End, quotable: &[SentenceId]) -> Self {
        let mut costs = Self { story, budget, known: vec![Cell::new(None); story.sentences.len()], limit: 0, end };
        costs.limit = match budget {
            Budget::Words(limit) | Budget::Sentences(limit) | Budget::Chars(limit) => limit,
            Budget::Percent(percent) => {
                let all = costs.total(quotable);
                // In 128 bits no product overflows; rounded down, because the budget is an upper bound.
                usize::try_from(all as u128 * u128::from(percent) / 100).unwrap_or(usize::MAX)
            }
        };
        costs
    }

    /// What a sentence costs.
    pub fn of(&self, sentence: SentenceId) -> usize {
        let known = &self.known[sentence.index()];
        let measure = || u32::try_from(cost(self.story.sentences.text(sentence), self.budget)).unwrap_or(u32::MAX);
        let cost = known.get().unwrap_or_else(measure);
        known.set(Some(cost));
        cost as usize
    }

    /// Whether a sentence fits while nothing is spent.
    pub fn allow_alone(&self, sentence: SentenceId) -> bool {
        let bytes = self.story.sentences.text(sentence).len();
        // A word has a byte at least, and so has what stands between two.
        let most = if matches!(self.budget, Budget::Words(_) | Budget::Percent(_)) { bytes.div_ceil(2) } else { bytes };
        self.allow(0, most) || self.allow(0, self.of(sentence))
    }

    /// Whether so many per cent of what all sentences of the story cost are less than the limit.
    pub fn allow_share(&self, percent: usize) -> bool {
        let limit = self.limit.saturating_mul(100);
        let mut share: usize = 0;
        self.story.sentences.ids().all(|id| {
            share = share.saturating_add(self.of(id).saturating_mul(percent));
            share < limit
        })
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
