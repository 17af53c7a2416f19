//! Picks in, the same picks in reading order out.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::{Context, Explained, Need};
use crate::marks::opens_or_parts;
use crate::model::SentenceId;
use crate::rank::{Ranking, Story};

/// Opens with the best pick that opens an article, or stands nearest to an opening, and is no quotation; then by the days
/// of their articles, where all are known, and as far down as each pick stands in its own article. Sentences of one article
/// keep its order. What a pick leans on stands before it, and directly before it where it must.
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
    context: &'a Context<'s, 'c>,
    picks: &'a [SentenceId],
    /// Where each of the picks stands among them.
    places: FxHashMap<SentenceId, usize>,
    /// Which picks must stand behind which, in the order of ids.
    behind: FxHashMap<SentenceId, Vec<SentenceId>>,
    /// For each word that a pick leans on the place of the first pick that explains it.
    explained: FxHashMap<Explained<'c>, usize>,
    /// Of those words the ones that each pick explains.
    explaining: FxHashMap<SentenceId, Vec<Explained<'c>>>,
    /// Those that were begun, so that two that lean on each other end.
    begun: FxHashSet<SentenceId>,
    ordered: Vec<SentenceId>,
    is_ordered: FxHashSet<SentenceId>,
    /// What the ordered ones explain of the words that picks lean on.
    told: FxHashSet<Explained<'c>>,
}

impl<'a, 's, 'c> Order<'a, 's, 'c> {
    fn new(picks: &'a [SentenceId], context: &'a Context<'s, 'c>) -> Self {
        let places: FxHashMap<SentenceId, usize> = picks.iter().copied().zip(0..).collect();
        let mut behind: FxHashMap<SentenceId, Vec<SentenceId>> = FxHashMap::default();
        let mut wanted: FxHashSet<Explained<'c>> = FxHashSet::default();
        for pick in picks {
            if let Some(before) = context.before(*pick).filter(|before| places.contains_key(before)) {
                behind.entry(before).or_default().push(*pick);
            }
            wanted.extend(context.judged(*pick).needs.iter().filter_map(Need::word));
        }
        behind.values_mut().for_each(|picks| picks.sort_unstable());
        let (mut explained, mut explaining) = (FxHashMap::default(), FxHashMap::default());
        if !wanted.is_empty() {
            for (place, pick) in picks.iter().enumerate() {
                context.each_explained(*pick, |word| {
                    if wanted.contains(&word) {
                        explained.entry(word).or_insert(place);
                        explaining.entry(*pick).or_insert_with(Vec::new).push(word);
                    }
                });
            }
        }
        Self {
            context,
            picks,
            places,
            behind,
            explained,
            explaining,
            begun: FxHashSet::default(),
            ordered: Vec::with_capacity(picks.len()),
            is_ordered: FxHashSet::default(),
            told: FxHashSet::default(),
        }
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
            let Need::Any { first, word } = need else { continue };
            let is_explained = self.told.contains(&word)
                || self.is_ordered.contains(&first)
                || chain.iter().any(|id| self.context.explains(*id, &need));
            if is_explained || depth == DEEPEST {
                continue;
            }
            let providers = [self.places.get(&first), self.explained.get(&word)];
            if let Some(provider) = providers.into_iter().flatten().min() {
                self.place(self.picks[*provider], depth + 1);
            }
        }
        for id in chain {
            self.ordered.push(id);
            self.is_ordered.insert(id);
            self.told.extend(self.explaining.remove(&id).into_iter().flatten());
        }
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
