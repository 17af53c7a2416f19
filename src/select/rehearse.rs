//! A story in, every step of choosing a digest out, for those who learn from it.

use super::budget::{Costs, End};
use super::context::Context;
use super::worth::Worth;
use crate::model::{Options, SentenceId};
use crate::rank::{RELATIONS, Ranking, Story};

/// One step of choosing: what is chosen so far, and what could come next.
pub struct Step<'s> {
    /// The sentences that are chosen, in the order of choosing.
    pub chosen: &'s [SentenceId],
    /// Every quotable sentence that is not chosen, with what relates it to those that are, in the order of [`RELATIONS`].
    pub candidates: &'s [(SentenceId, [f64; RELATIONS.len()])],
}

/// Chooses a digest greedily, by worth alone, and shows each step before it is taken. What a sentence leans on is not
/// brought along, and nothing is too much of a repetition: a model that is to learn what both are worth must see them.
pub fn rehearse(story: &Story<'_>, ranking: &Ranking, options: &Options, mut watch: impl FnMut(&Step<'_>)) {
    let context = Context::of_all(story, options.guards);
    let mut left: Vec<SentenceId> = story.first_said().filter(|id| context.is_quotable(*id)).collect();
    let costs = Costs::new(story, options.budget, End::Cut, &left);
    let mut worth = Worth::new(story, ranking, &context, None);
    let mut chosen = Vec::new();
    let mut spent = 0;
    while !left.is_empty() && costs.allow(spent, 0) {
        let candidates: Vec<_> = left.iter().map(|id| (*id, worth.relations(*id))).collect();
        watch(&Step { chosen: &chosen, candidates: &candidates });
        let worths: Vec<f64> = left.iter().map(|id| worth.of(*id)).collect();
        let best = (0..left.len()).max_by(|a, b| worths[*a].total_cmp(&worths[*b]).then(b.cmp(a)));
        let next = left.remove(best.expect("something is left"));
        worth.add(next);
        spent += costs.of(next);
        chosen.push(next);
    }
}
