//! Picks in, the same picks in reading order out.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::{Context, Need};
use crate::marks::opens_or_parts;
use crate::model::SentenceId;
use crate::rank::{Ranking, Story};

/// Opens with the best pick that opens an article, or stands nearest to an opening, and is no quotation; then by the days of their articles,
/// where all are known, and as far down as each pick stands in its own article. Sentences of one article keep its order. What a pick leans on stands before it, and directly
/// before it where it must.
///
/// Where a sentence stands is measured as a share of its article, so that the end of a short article comes after the
/// middle of a long one.
pub(super) fn reading_order(
    story: &Story<'_>,
    ranking: &Ranking,
    context: &Context<'_, '_>,
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
    let alone = |id: &SentenceId| context.stands_alone(*id);
    // Who speaks, and of what, is told before what they say.
    let quoted = |id: &SentenceId| story.sentences.text(*id).starts_with(opens_or_parts);
    let opener = (0..picks.len()).min_by(|&a, &b| {
        let (a, b) = (&picks[a], &picks[b]);
        let leaning = alone(b).cmp(&alone(a)).then(quoted(a).cmp(&quoted(b)));
        leaning.then(position(a).cmp(&position(b))).then(ranking.score(*b).total_cmp(&ranking.score(*a))).then(a.cmp(b))
    });
    if let Some(opener) = opener {
        picks[..=opener].rotate_right(1);
    }
    let mut order = Order::new(&picks, context);
    for &pick in &picks {
        order.place(pick, 0);
    }
    order.ordered
}

/// What leans on what leans on something is followed so far; beyond, the order of the text has to do.
const DEEPEST: usize = 32;

/// An order in the making.
struct Order<'a, 's, 'c> {
    picks: &'a [SentenceId],
    context: &'a Context<'s, 'c>,
    /// Which picks must stand behind which, in the order of ids.
    behind: FxHashMap<SentenceId, Vec<SentenceId>>,
    /// Those that were begun, so that two that lean on each other end.
    begun: FxHashSet<SentenceId>,
    ordered: Vec<SentenceId>,
}

impl<'a, 's, 'c> Order<'a, 's, 'c> {
    fn new(picks: &'a [SentenceId], context: &'a Context<'s, 'c>) -> Self {
        let all: FxHashSet<SentenceId> = picks.iter().copied().collect();
        let mut behind: FxHashMap<SentenceId, Vec<SentenceId>> = FxHashMap::default();
        for pick in picks {
            if let Some(before) = context.before(*pick).filter(|before| all.contains(before)) {
                behind.entry(before).or_default().push(*pick);
            }
        }
        behind.values_mut().for_each(|picks| picks.sort_unstable());
        Self { picks, context, behind, begun: FxHashSet::default(), ordered: Vec::with_capacity(picks.len()) }
    }

    /// Puts a pick, with those that must stand directly before and behind it, behind what they lean on.
    fn place(&mut self, pick: SentenceId, depth: usize) {
        if self.begun.contains(&pick) {
            return;
        }
        let chain = self.chain(pick);
        self.begun.extend(&chain);
        let needs = chain.iter().flat_map(|pick| self.context.judged(*pick).needs.clone());
        for need in needs.collect::<Vec<_>>() {
            let explains = |id: &SentenceId| self.context.explains(*id, &need);
            if matches!(need, Need::Before(_)) || self.ordered.iter().chain(&chain).any(explains) || depth == DEEPEST {
                continue;
            }
            if let Some(provider) = self.picks.iter().copied().find(explains) {
                self.place(provider, depth + 1);
            }
        }
        self.ordered.extend(chain);
    }

    /// A pick with all that must stand before and behind it, in the order of their article.
    fn chain(&self, pick: SentenceId) -> Vec<SentenceId> {
        let before = |id: SentenceId| self.context.before(id).filter(|before| self.behind.contains_key(before));
        let mut first = pick;
        while let Some(before) = before(first) {
            first = before;
        }
        let mut chain = vec![first];
        let mut next = 0;
        while let Some(id) = chain.get(next) {
            chain.extend(self.behind.get(id).into_iter().flatten());
            next += 1;
        }
        chain.sort_unstable();
        chain
    }
}
