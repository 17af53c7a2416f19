//! Candidates with scores and costs in, the set of sentences that tells most within the budget out.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::budget::{Costs, End};
use super::context::{Context, Explanations};
use super::news::News;
use super::redundancy::Taken;
use super::worth::{Part, Worth, neighbours};
use crate::marks::opens_or_parts;
use crate::model::{RedundancyOptions, SentenceId};
use crate::rank::{Ranking, Story};

/// So many candidates are looked at first for each sentence that the budget has room for: what ranks lower is seldom
/// chosen, unless copies crowd the top.
const CANDIDATES_A_PICK: usize = 40;

/// At least so many candidates are looked at first.
const FEWEST_CANDIDATES: usize = 400;

/// If those do not fill the budget, so many times as many are looked at, and so on.
const MORE_CANDIDATES: usize = 4;

/// A digest that spends less than this share of its budget is not filled well, and picks are exchanged for longer ones.
/// Exchanging picks of a digest that is filled, for a larger sum of scores, was measured and left out: it trades the
/// sentence that matters for two short ones (-0.5 points of ROUGE-2 on long digests of English news, -0.25 on short).
const WELL_FILLED: f64 = 0.9;

/// A digest that spends less than this share is hardly one, and sentences with an unexplained name or thing are let in.
const FAIRLY_FILLED: f64 = 0.6;

/// Once a digest is fairly filled, a sentence that is worth less than this beside the picks is filler: it is short, from
/// the middle of an article, and fits what is left. Good picks of a long digest are worth .3 to 1, its fillers -.3 to 0.
const FILLER: f64 = 0.05;

/// An exchange must not make a digest worth less by more than this.
const DEAREST_EXCHANGE: f64 = 0.1;

/// With more picks than this, none is exchanged: there are short sentences enough to fill what is left.
const MOST_PICKS_TO_EXCHANGE: usize = 40;

/// Behind so many picks no sentence is waited for any more: each pick would be held against all that wait.
const MOST_PICKS_TO_WAIT_FOR: usize = 200;

/// Exchanges end after so many rounds at the latest; each spends more than the one before.
const MOST_EXCHANGES: usize = 16;

/// A sentence that was chosen, what it was worth then, and what made that up.
pub(super) struct Chosen {
    pub sentence: SentenceId,
    pub worth: f64,
    pub parts: Vec<Part>,
}

/// A choice in the making.
struct Choice<'a, 's, 'c> {
    story: &'s Story<'c>,
    context: &'a Context<'s, 'c>,
    costs: &'a Costs<'s>,
    /// Which sentences are news, if something was told before.
    news: Option<&'a News>,
    taken: Taken<'s>,
    worth: Worth<'a, 's, 'c>,
    picks: Vec<SentenceId>,
    /// What each was worth when it was chosen, and what made that up.
    parts: FxHashMap<SentenceId, (f64, Vec<Part>)>,
    /// The picks, to look one up, and what they explain.
    picked: Explanations<'a, 's, 'c>,
    spent: usize,
    /// Whether what a sentence leans on must be among the picks.
    strict: bool,
}

/// Chooses among `candidates`, which fit the budget one by one, so that together they fit it and none repeats another.
/// Which of them can be quoted shows when they are looked at.
///
/// The best candidate that opens an article is taken first, so that the digest can open with it. Then, greedily, the
/// one that is worth most beside the picks (see `worth`). That only falls as picks are added, but for the sentences beside a
/// new pick and those that lean on it, which are looked at anew; so a stale worth is an upper bound, as is the score alone, and
/// the worth without what shows when a sentence is judged. Few worths are ever computed (Minoux, 1978), and fewer
/// sentences judged.
///
/// A candidate that leans on sentences that are no picks brings them along: it is worth the mean of all of them then. Where
/// they do not fit it waits, since a later pick may be what it leans on.
pub(super) fn choose<'s, 'c>(
    story: &'s Story<'c>,
    ranking: &Ranking,
    context: &Context<'s, 'c>,
    costs: &Costs<'s>,
    candidates: &[SentenceId],
    thresholds: &RedundancyOptions,
    news: Option<&News>,
) -> Vec<Chosen> {
    let begin_with = candidates_to_begin_with(costs, candidates);
    let mut candidates = Candidates::new(ranking, candidates);
    let taken = Taken::new(story, *thresholds);
    let quoted = |id: SentenceId| story.sentences.text(id).starts_with(opens_or_parts);
    // Who asked about something is not to read something else first.
    let worth = Worth::new(story, ranking, context, news);
    let opens = |id: &SentenceId| {
        story.sentences.get(*id).position == 0
            && worth.is_asked_for(*id)
            && !quoted(*id)
            && context.is_quotable(*id)
            && context.stands_alone(*id)
    };
    let opener = candidates.find(begin_with, opens);
    let mut choice = Choice {
        story,
        context,
        costs,
        news,
        taken,
        worth,
        picks: Vec::new(),
        parts: FxHashMap::default(),
        picked: Explanations::new(context),
        spent: 0,
        strict: true,
    };
    if let Some(opener) = opener {
        choice.add(opener);
    }
    let (mut seen, mut ahead) = (0, begin_with);
    while seen < candidates.len() && !choice.is_well_filled() {
        // What was passed over once does not fit, was told, or lacked what it leans on: it is not looked at again.
        choice.fill(&candidates.best(ahead)[seen..]);
        (seen, ahead) = (ahead, candidates.more_than(ahead));
    }
    choice.exchange(candidates.best(seen.min(begin_with)));
    if !choice.is_fairly_filled() {
        // Better a digest with a name that it does not explain than half of one.
        choice.strict = false;
        choice.fill(candidates.best(seen));
    }
    let Choice { picks, mut parts, .. } = choice;
    let chosen = |sentence| {
        let (worth, parts) = parts.remove(&sentence).unwrap_or_default();
        Chosen { sentence, worth, parts }
    };
    picks.into_iter().map(chosen).collect()
}

/// Whether a sentence can be chosen for its own sake. What was said before is told by whoever said it first, unless that is no
/// news, and this is: a later edition of an article, in which a number has changed.
pub(super) fn is_candidate(story: &Story<'_>, news: Option<&News>, id: SentenceId) -> bool {
    let elder = story.voices.repeated(id);
    match news {
        None => elder.is_none(),
        Some(news) => news.is_news(id) && elder.is_none_or(|elder| !news.is_news(elder)),
    }
}

/// How many of the candidates are looked at first.
fn candidates_to_begin_with(costs: &Costs<'_>, candidates: &[SentenceId]) -> usize {
    if candidates.len() <= FEWEST_CANDIDATES {
        return candidates.len();
    }
    let wanted =
        (costs.limit / costs.mean(candidates).max(1) + 1).saturating_mul(CANDIDATES_A_PICK).max(FEWEST_CANDIDATES);
    wanted.min(candidates.len())
}

/// Candidates in the order of their scores, the best first; put in order only as far down as somebody looks.
struct Candidates {
    /// The best ones, in order.
    ordered: Vec<SentenceId>,
    /// All of them with their scores, the best ones in front.
    scored: Vec<(f64, SentenceId)>,
}

impl Candidates {
    fn new(ranking: &Ranking, candidates: &[SentenceId]) -> Self {
        Self { ordered: Vec::new(), scored: candidates.iter().map(|id| (ranking.score(*id), *id)).collect() }
    }

    fn len(&self) -> usize {
        self.scored.len()
    }

    /// How many are looked at when so many were not enough.
    fn more_than(&self, count: usize) -> usize {
        count.saturating_mul(MORE_CANDIDATES).min(self.len())
    }

    /// The best so many, in order.
    fn best(&mut self, count: usize) -> &[SentenceId] {
        let better =
            |(a, first): &(f64, SentenceId), (b, second): &(f64, SentenceId)| b.total_cmp(a).then(first.cmp(second));
        let known = self.ordered.len();
        if count > known {
            let left = &mut self.scored[known..];
            let new = count - known;
            if new < left.len() {
                left.select_nth_unstable_by(new, better);
            }
            left[..new].sort_unstable_by(better);
            self.ordered.extend(left[..new].iter().map(|(_, id)| *id));
        }
        &self.ordered[..count]
    }

    /// The best one that is as asked for; so many are looked at first.
    fn find(&mut self, begin_with: usize, is_it: impl Fn(&SentenceId) -> bool) -> Option<SentenceId> {
        let (mut seen, mut ahead) = (0, begin_with);
        while seen < self.len() {
            if let Some(found) = self.best(ahead)[seen..].iter().copied().find(&is_it) {
                return Some(found);
            }
            (seen, ahead) = (ahead, self.more_than(ahead));
        }
        None
    }
}

impl Choice<'_, '_, '_> {
    fn add(&mut self, id: SentenceId) {
        // One that is put back where it was keeps what it was chosen for.
        self.parts.entry(id).or_insert_with(|| (self.worth.of(id), self.worth.parts(id)));
        self.taken.add(id);
        self.worth.add(id);
        self.spent += self.costs.of(id);
        self.picked.add(id);
        self.picks.push(id);
    }

    fn remove(&mut self, index: usize) -> SentenceId {
        let id = self.picks.remove(index);
        self.taken.remove(id);
        self.worth.remove(id);
        self.picked.remove(id);
        self.spent -= self.costs.of(id);
        id
    }

    fn fits(&self, id: SentenceId) -> bool {
        self.costs.allow_sentence(self.spent, id)
    }

    /// What a sentence would add to the picks.
    fn gain(&mut self, id: SentenceId) -> f64 {
        self.worth.of(id)
    }

    /// Adds the candidate with the largest gain until none fits. The candidates are in the order of their scores.
    fn fill(&mut self, candidates: &[SentenceId]) {
        let mut heap: BinaryHeap<Gain> = BinaryHeap::new();
        // Those further down stay out of the heap until what is in it may be worth less.
        let mut further = candidates;
        let beside: FxHashSet<SentenceId> =
            self.picks.iter().flat_map(|pick| neighbours(self.story, *pick)).flatten().collect();
        let mut let_in = |heap: &mut BinaryHeap<Gain>, worth: &Worth<'_, '_, '_>| {
            while let Some((id, behind)) = further.split_first()
                && heap.peek().is_none_or(|top| worth.at_most_if(*id, true) >= top.gain)
            {
                heap.push(Gain::at_most(worth.at_most_if(*id, beside.contains(id)), *id));
                further = behind;
            }
        };
        // What ranks below all of them is looked at later, if at all.
        let last = candidates.last().map(|last| (self.worth.score(*last), *last));
        let among = |choice: &Self, id: SentenceId| {
            last.is_some_and(|(score, last)| {
                let own = choice.worth.score(id);
                own > score || (own == score && id <= last)
            }) && is_candidate(choice.story, choice.news, id)
        };
        let mut waiting: Vec<SentenceId> = Vec::new();
        loop {
            let_in(&mut heap, &self.worth);
            let Some(top) = heap.pop() else { break };
            // What is worth too little at most need be neither measured nor judged. What is judged may stand here with the
            // mean of what it brings along, which is no bound.
            if (!top.judged && self.is_filler(top.gain)) || !self.fits(top.id) {
                continue;
            }
            let now = Some(self.picks.len());
            if top.picks != now {
                let gain = if top.judged { self.gain(top.id) } else { self.worth.at_most_beside_chosen(top.id) };
                heap.push(Gain { gain, picks: now, ..top });
                continue;
            }
            // To judge a sentence costs far more than to see what of it was told.
            if !top.judged {
                if self.context.is_quotable(top.id) {
                    heap.push(Gain { gain: self.gain(top.id), judged: true, ..top });
                }
                continue;
            }
            if self.is_filler(top.gain)
                || self.is_beside_the_question(top.id)
                || self.picked.contains(top.id)
                || self.taken.repeats(top.id)
            {
                continue;
            }
            let before = self.picks.len();
            match self.antecedents(top.id) {
                Some(antecedents) if antecedents.is_empty() => self.add(top.id),
                Some(antecedents) if self.fit_together(top.id, &antecedents) => {
                    let mean = self.mean_gain(top.id, &antecedents);
                    // Whatever is worth more alone comes first; it may be what this one leans on.
                    let_in(&mut heap, &self.worth);
                    if heap.peek().is_some_and(|next| next.gain > mean) && mean < top.gain {
                        heap.push(Gain { gain: mean, ..top });
                        waiting.push(top.id);
                        continue;
                    }
                    if !self.add_together(top.id, antecedents) {
                        waiting.push(top.id);
                        continue;
                    }
                }
                _ if !self.strict && self.context.stands_alone_badly(top.id) => self.add(top.id),
                _ => {
                    waiting.push(top.id);
                    continue;
                }
            }
            // What stands beside a pick is worth more now.
            for at in before..self.picks.len() {
                for beside in neighbours(self.story, self.picks[at]).into_iter().flatten() {
                    if among(self, beside) && !self.picked.contains(beside) {
                        heap.push(Gain::at_most(self.worth.at_most(beside), beside));
                    }
                }
            }
            // In a long digest most names and things are explained by then: who still waits has to do without.
            if before > MOST_PICKS_TO_WAIT_FOR || waiting.is_empty() {
                continue;
            }
            let picks = Some(self.picks.len());
            let mut new = Explanations::new(self.context);
            self.picks[before..].iter().for_each(|pick| new.add(*pick));
            let helped: Vec<SentenceId> = waiting.extract_if(.., |id| self.context.is_helped_by(*id, &new)).collect();
            for id in helped {
                heap.push(Gain { gain: self.gain(id), id, picks, judged: true });
            }
        }
    }

    /// What must be added to the picks so that a sentence can stand among them. What was told before in these very words is
    /// not told again for the sake of another sentence; what is known or told in other words may be, so that a pronoun has its
    /// name.
    fn antecedents(&self, id: SentenceId) -> Option<Vec<SentenceId>> {
        let was_told = |id: &SentenceId| self.news.is_some_and(|news| news.was_told(*id));
        self.context.antecedents(id, &self.picked).filter(|antecedents| !antecedents.iter().any(was_told))
    }

    /// Adds a sentence behind those that it brings along, unless one of them repeats another.
    fn add_together(&mut self, id: SentenceId, antecedents: Vec<SentenceId>) -> bool {
        let before = self.picks.len();
        for id in antecedents.into_iter().chain([id]) {
            if self.taken.repeats(id) {
                while self.picks.len() > before {
                    let id = self.remove(self.picks.len() - 1);
                    self.parts.remove(&id);
                }
                return false;
            }
            self.add(id);
        }
        true
    }

    /// Whether a sentence fits with those that it brings along.
    fn fit_together(&self, id: SentenceId, antecedents: &[SentenceId]) -> bool {
        self.costs.allow(self.spent, self.costs.of(id) + self.costs.total(antecedents))
    }

    /// What a sentence and those that it brings along are worth together: the mean, longer ones counting for more.
    fn mean_gain(&mut self, id: SentenceId, antecedents: &[SentenceId]) -> f64 {
        let (mut sum, mut cost) = (0.0, 0.0);
        for id in antecedents.iter().copied().chain([id]) {
            let own = self.costs.of(id) as f64;
            sum += own * self.gain(id);
            cost += own;
        }
        sum / cost.max(1.0)
    }

    fn is_fairly_filled(&self) -> bool {
        self.spent as f64 >= FAIRLY_FILLED * self.costs.limit as f64
    }

    /// Whether a gain is too little to be worth reading, where there is something to read already. What is to be cut at the
    /// limit has to reach it; and who asks for more than a page wants what there is.
    fn is_filler(&self, gain: f64) -> bool {
        let few = self.picks.len() <= MOST_PICKS_TO_EXCHANGE;
        gain < FILLER && few && self.costs.end == End::Whole && self.is_fairly_filled()
    }

    /// Whether a sentence has nothing of what was asked about, and another that has not is there: one says what the story is,
    /// more than that would lead away.
    fn is_beside_the_question(&self, id: SentenceId) -> bool {
        !self.worth.is_asked_for(id) && self.picks.iter().any(|pick| !self.worth.is_asked_for(*pick))
    }

    fn is_well_filled(&self) -> bool {
        let share = if self.costs.end == End::Cut { 1.0 } else { WELL_FILLED };
        self.spent as f64 >= share * self.costs.limit as f64
    }

    /// Exchanges one pick at a time for a longer candidate until the budget is filled well. The opener gives way to
    /// another opener alone.
    fn exchange(&mut self, candidates: &[SentenceId]) {
        for _ in 0..MOST_EXCHANGES {
            if self.is_well_filled() || self.picks.len() > MOST_PICKS_TO_EXCHANGE {
                break;
            }
            let best = (0..self.picks.len())
                .filter_map(|index| Some((index, self.best_exchange(index, candidates)?)))
                .max_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b));
            let Some((index, (new, _))) = best else { break };
            let old = self.remove(index);
            self.parts.remove(&old);
            self.insert(index, new);
            self.fill(candidates);
        }
    }

    /// The candidate that a pick would best give way to, and what the digest would be worth more, or less, for it.
    fn best_exchange(&mut self, index: usize, candidates: &[SentenceId]) -> Option<(SentenceId, f64)> {
        let old = self.remove(index);
        if !self.picks.iter().all(|pick| self.context.is_met(*pick, &self.picked)) {
            self.insert(index, old);
            return None;
        }
        let loss = self.gain(old);
        let mut best: Option<(SentenceId, f64)> = None;
        for &id in candidates {
            let opens = index > 0 || self.story.sentences.get(id).position == 0;
            if !opens || self.picked.contains(id) || self.is_beside_the_question(id) {
                continue;
            }
            // What cannot be worth enough need be neither measured nor judged.
            let known = best.map_or(f64::NEG_INFINITY, |(_, balance)| balance);
            let longer = || self.costs.of(id) > self.costs.of(old) && self.fits(id);
            if !self.is_better(self.worth.at_most(id), loss, known)
                || !longer()
                || !self.context.is_quotable(id)
                || !self.context.is_met(id, &self.picked)
            {
                continue;
            }
            let gain = self.gain(id);
            if self.is_better(gain, loss, known) && !self.taken.repeats(id) {
                best = Some((id, gain - loss));
            }
        }
        self.insert(index, old);
        best
    }

    /// Whether a candidate with such a gain may take the place of a pick whose loss is so much, rather than one for which
    /// the digest would be worth `known` more.
    fn is_better(&self, gain: f64, loss: f64, known: f64) -> bool {
        let balance = gain - loss;
        balance >= -DEAREST_EXCHANGE && !self.is_filler(gain) && balance > known
    }

    fn insert(&mut self, index: usize, id: SentenceId) {
        self.add(id);
        self.picks[index..].rotate_right(1);
    }
}

/// A candidate with its gain or, while it is not judged, a bound of it. The largest gain is the greatest; ties go to the
/// first id.
struct Gain {
    gain: f64,
    id: SentenceId,
    /// How many picks it was held against; `None` for a bound by the score alone.
    picks: Option<usize>,
    /// Whether the candidate is judged, and can be quoted.
    judged: bool,
}

impl Gain {
    /// A candidate of which no more is known than that it gains at most so much.
    fn at_most(gain: f64, id: SentenceId) -> Self {
        Self { gain, id, picks: None, judged: false }
    }
}

impl Ord for Gain {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Gain {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Gain {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_in_the_order_of_their_scores_however_many_are_looked_at() {
        // Many with one score, and none in order.
        let scored: Vec<(f64, SentenceId)> =
            (0..997).map(|id: usize| ((id * 37 % 101) as f64, SentenceId::from(id))).collect();
        let mut sorted = scored.clone();
        sorted.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
        let sorted: Vec<SentenceId> = sorted.into_iter().map(|(_, id)| id).collect();
        let mut candidates = Candidates { ordered: Vec::new(), scored };
        for count in [0, 1, 5, 400, 30, 996, 997] {
            assert_eq!(candidates.best(count), &sorted[..count]);
        }
    }
}
