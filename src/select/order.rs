//! Picks in, the same picks in reading order out.

use std::cmp::Ordering;

use super::context::Context;
use crate::model::SentenceId;
use crate::rank::{Ranking, Story};

/// Opens with the best pick that opens an article, or stands nearest to an opening; then by the days of their articles,
/// where all are known, and as far down as each pick stands in its own article. Sentences of one article keep its order. What a pick leans on stands before it, and directly
/// before it where it must.
///
/// Where a sentence stands is measured as a share of its article, so that the end of a short article comes after the
/// middle of a long one.
pub(super) fn reading_order(
    story: &Story<'_>,
    ranking: &Ranking,
    context: &Context,
    mut picks: Vec<SentenceId>,
) -> Vec<SentenceId> {
    let position = |id: &SentenceId| story.sentences.get(*id).position;
    let depth = |id: &SentenceId| {
        let sentence = story.sentences.get(*id);
        f64::from(sentence.position) / story.sentences.range(sentence.article).len() as f64
    };
    let cluster = story.sentences.cluster();
    let day = |id: &SentenceId| cluster[story.sentences.get(*id).article].metadata.day().map(|moment| moment.date);
    // Where one article does not say of which day it is, days would put it at random.
    let dated = picks.iter().all(|id| day(id).is_some());
    picks.sort_by(|a, b| {
        let days = if dated { day(a).cmp(&day(b)) } else { Ordering::Equal };
        days.then(depth(a).total_cmp(&depth(b))).then(a.cmp(b))
    });
    let alone = |id: &SentenceId| context.is_met(*id, &[]);
    let opener = (0..picks.len()).min_by(|&a, &b| {
        let (a, b) = (&picks[a], &picks[b]);
        let leaning = alone(b).cmp(&alone(a));
        leaning.then(position(a).cmp(&position(b))).then(ranking.score(*b).total_cmp(&ranking.score(*a))).then(a.cmp(b))
    });
    if let Some(opener) = opener {
        picks[..=opener].rotate_right(1);
    }
    let mut order = Order { picks: &picks, context, begun: Vec::new(), ordered: Vec::with_capacity(picks.len()) };
    for &pick in &picks {
        order.place(pick);
    }
    order.ordered
}

/// An order in the making.
struct Order<'a> {
    picks: &'a [SentenceId],
    context: &'a Context,
    /// Those that were begun, so that two that lean on each other end.
    begun: Vec<SentenceId>,
    ordered: Vec<SentenceId>,
}

impl Order<'_> {
    /// Puts a pick behind what it leans on, and directly behind it what must stand there.
    fn place(&mut self, pick: SentenceId) {
        if self.begun.contains(&pick) {
            return;
        }
        self.begun.push(pick);
        if let Some(before) = self.context.before(pick).filter(|before| self.picks.contains(before)) {
            self.place(before);
        }
        for providers in self.context.providers(pick) {
            let is_there = |id: &SentenceId| *id != pick && providers.binary_search(id).is_ok();
            if !self.ordered.iter().any(is_there)
                && let Some(provider) = self.picks.iter().copied().find(is_there)
            {
                self.place(provider);
            }
        }
        self.ordered.push(pick);
        let next = self.picks.iter().copied().find(|next| self.context.before(*next) == Some(pick));
        if let Some(next) = next {
            self.place(next);
        }
    }
}
