//! A budget and a story in, what each sentence costs and how much may be spent out.

use std::sync::atomic::{AtomicU32, Ordering};

use super::tasks::part_by_part;
use crate::model::{Budget, SentenceId};
use crate::rank::Story;
use crate::segment::count_words;

/// What each sentence costs, and the limit, in the unit of the budget.
///
/// A sentence is measured when somebody first asks: of most it is enough to know that they are short.
#[derive(Debug)]
pub struct Costs<'s> {
    story: &'s Story<'s>,
    budget: Budget,
    /// What each sentence costs that was asked for; zero for the others. Several threads may ask at once.
    known: Box<[AtomicU32]>,
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
        let known = story.sentences.ids().map(|_| AtomicU32::new(0)).collect();
        let mut costs = Self { story, budget, known, limit: 0, end };
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
        let mut cost = known.load(Ordering::Relaxed);
        if cost == 0 {
            let measured = self::cost(self.story.sentences.text(sentence), self.budget);
            cost = u32::try_from(measured).unwrap_or(u32::MAX);
            known.store(cost, Ordering::Relaxed);
        }
        cost as usize
    }

    /// Whether a sentence can be added to what was spent. It is measured only where its length does not tell.
    pub fn allow_sentence(&self, spent: usize, sentence: SentenceId) -> bool {
        let bytes = self.story.sentences.get(sentence).span.len();
        let most = match self.budget {
            // A word has a byte at least, and so has what stands between two.
            Budget::Words(_) | Budget::Percent(_) => bytes.div_ceil(2),
            Budget::Sentences(_) => 1,
            Budget::Chars(_) => bytes,
        };
        self.allow(spent, most) || self.allow(spent, self.of(sentence))
    }

    /// Those of some sentences that fit while nothing is spent.
    pub fn allowed_alone(&self, sentences: &[SentenceId]) -> Vec<SentenceId> {
        let allowed = |part: &[SentenceId]| part.iter().copied().filter(|id| self.allow_sentence(0, *id)).collect();
        part_by_part(sentences, allowed)
    }

    /// About what a sentence costs, by so many of them as tell that.
    pub fn mean(&self, sentences: &[SentenceId]) -> usize {
        /// All are measured up to so many, else this many or somewhat fewer, at even distances.
        const SAMPLE: usize = 10_000;
        let sample: Vec<SentenceId> =
            sentences.iter().step_by(sentences.len().div_ceil(SAMPLE).max(1)).copied().collect();
        self.total(&sample).div_ceil(sample.len().max(1))
    }

    /// Whether so many per cent of what all sentences of the story cost, but for those said before, are less than the limit.
    pub fn allow_share(&self, percent: usize) -> bool {
        let limit = self.limit.saturating_mul(100);
        let mut share: usize = 0;
        self.story.first_said().all(|id| {
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
        let measured = |part: &[SentenceId]| vec![part.iter().map(|id| self.of(*id)).sum()];
        part_by_part(sentences, measured).into_iter().fold(0, usize::saturating_add)
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
