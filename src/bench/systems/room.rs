//! A length in, a summary that grows until it is reached out.

use crate::model::{Budget, SentenceId};
use crate::rank::Story;
use crate::select::{Costs, End};

/// How much a summary may say, and what becomes of the sentence that reaches beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The length of a summary. [`Budget::Percent`] is of all sentences of the story.
    pub budget: Budget,
    /// Whether a summary is made of whole sentences. Otherwise sentences are added until the budget is reached, and the
    /// last one is cut there, as in the protocols of the literature.
    pub whole: bool,
}

impl Room {
    /// An empty summary of a story.
    pub fn filling<'s>(&self, story: &'s Story<'_>) -> Filling<'s> {
        let all: Vec<SentenceId> = story.sentences.ids().collect();
        Filling {
            costs: Costs::new(story, self.budget, End::default(), &all),
            whole: self.whole,
            spent: 0,
            taken: Vec::new(),
        }
    }

    /// Goes through sentences, the best first, until the summary is full. In a summary of whole sentences, one that does
    /// not fit is passed over and later ones that fit are taken.
    pub fn fill(&self, story: &Story<'_>, sentences: impl IntoIterator<Item = SentenceId>) -> Vec<SentenceId> {
        let mut filling = self.filling(story);
        for id in sentences {
            if filling.is_full() {
                break;
            }
            filling.take(id);
        }
        filling.into_taken()
    }
}

/// A summary in the making.
#[derive(Debug)]
pub struct Filling<'s> {
    /// What each sentence costs, measured once: methods ask again at every step.
    costs: Costs<'s>,
    whole: bool,
    spent: usize,
    taken: Vec<SentenceId>,
}

impl Filling<'_> {
    /// Whether a sentence can be added: in whole, or, where the last one may be cut, at all. What does not fit now never
    /// will.
    pub fn fits(&self, id: SentenceId) -> bool {
        if self.whole { self.cost(id) <= self.left() } else { !self.is_full() }
    }

    /// What a sentence costs, in the unit of the budget.
    pub fn cost(&self, id: SentenceId) -> usize {
        self.costs.of(id)
    }

    /// What may still be spent.
    pub fn left(&self) -> usize {
        self.costs.limit.saturating_sub(self.spent)
    }

    /// Adds a sentence if it fits, and says whether it did.
    pub fn take(&mut self, id: SentenceId) -> bool {
        let fits = self.fits(id);
        if fits {
            self.spent += self.cost(id);
            self.taken.push(id);
        }
        fits
    }

    /// Whether nothing more can be added.
    pub fn is_full(&self) -> bool {
        self.spent >= self.costs.limit
    }

    /// What was taken, in that order.
    pub fn taken(&self) -> &[SentenceId] {
        &self.taken
    }

    /// The summary.
    pub fn into_taken(self) -> Vec<SentenceId> {
        self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, story};

    #[test]
    fn whole_sentences_are_passed_over_where_they_do_not_fit_and_cut_ones_end_the_summary() {
        let cluster = cluster(&["Aba bebe cici dodo. Efe gogo hihi jojo keke lolo. Mama nono."]);
        let story = story(&cluster);
        let whole = Room { budget: Budget::Words(6), whole: true };
        assert_eq!(whole.fill(&story, story.sentences.ids()), [SentenceId(0), SentenceId(2)]);
        let cut = Room { whole: false, ..whole };
        assert_eq!(cut.fill(&story, story.sentences.ids()), [SentenceId(0), SentenceId(1)]);
        // Half of twelve words is six.
        let half = Room { budget: Budget::Percent(50), whole: true };
        assert_eq!(half.filling(&story).left(), 6);
    }
}
