//! Candidates with scores and costs in, the set of sentences that tells most within the budget out.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::budget::Costs;
use super::redundancy::Taken;
use crate::model::{RedundancyOptions, SentenceId};
use crate::rank::{Ranking, Story};

/// So many candidates are looked at for each sentence that the budget has room for; the rest of a large cluster ranks
/// too low to be chosen.
const CANDIDATES_A_PICK: usize = 20;

/// At least so many candidates are looked at.
const FEWEST_CANDIDATES: usize = 200;

/// The value of a candidate is its score times the share of it that is new, to this power.
const NOVELTY_POWER: f64 = 1.0;

/// With more picks than this a greedy choice is filled to the last word, and swaps would cost more than they bring.
const MOST_PICKS_TO_SWAP: usize = 40;

/// Rounds of swaps; each round that swaps nothing is the last.
const MOST_SWAP_ROUNDS: usize = 8;

/// A swap that improves less than this share is rounding.
const LEAST_IMPROVEMENT: f64 = 1e-9;

/// A choice in the making.
struct Choice<'a> {
    story: &'a Story<'a>,
    ranking: &'a Ranking,
    costs: &'a Costs,
    taken: Taken<'a>,
    picks: Vec<SentenceId>,
    spent: usize,
}

/// Chooses among `candidates`, which fit the budget one by one, so that together they fit it and none repeats another.
///
/// The best candidate that opens an article is taken first, so that the digest can open with it. Then, greedily, the
/// one whose score, times the IDF-weighted share of it that no pick has told, is largest. Gains only fall as picks are
/// added, so a stale gain is an upper bound and few are ever computed anew (Minoux, 1978).
pub(super) fn choose(
    story: &Story<'_>,
    ranking: &Ranking,
    costs: &Costs,
    candidates: &[SentenceId],
    thresholds: &RedundancyOptions,
) -> Vec<SentenceId> {
    let candidates = best_candidates(ranking, costs, candidates);
    let taken = Taken::new(&story.matrix, *thresholds);
    let mut choice = Choice { story, ranking, costs, taken, picks: Vec::new(), spent: 0 };
    if let Some(opener) = candidates.iter().find(|id| story.sentences.get(**id).position == 0) {
        choice.add(*opener);
    }
    choice.fill(&candidates);
    if choice.picks.len() <= MOST_PICKS_TO_SWAP {
        choice.swap(&candidates);
    }
    choice.picks
}

/// The candidates that rank highest, in order; ties by id.
fn best_candidates(ranking: &Ranking, costs: &Costs, candidates: &[SentenceId]) -> Vec<SentenceId> {
    let mut best = candidates.to_vec();
    let by_score = |a: &SentenceId, b: &SentenceId| ranking.score(*b).total_cmp(&ranking.score(*a)).then(a.cmp(b));
    let mean_cost = costs.total(candidates).div_ceil(candidates.len().max(1)).max(1);
    let keep = (costs.limit / mean_cost + 1).saturating_mul(CANDIDATES_A_PICK).max(FEWEST_CANDIDATES);
    if keep < best.len() {
        best.select_nth_unstable_by(keep, by_score);
        best.truncate(keep);
    }
    best.sort_unstable_by(by_score);
    best
}

impl Choice<'_> {
    fn add(&mut self, id: SentenceId) {
        self.taken.add(id);
        self.spent += self.costs.of(id);
        self.picks.push(id);
    }

    fn remove(&mut self, index: usize) -> SentenceId {
        let id = self.picks.remove(index);
        self.taken.remove(id);
        self.spent -= self.costs.of(id);
        id
    }

    fn fits(&self, id: SentenceId) -> bool {
        self.spent + self.costs.of(id) <= self.costs.limit
    }

    /// What a sentence would add to the picks.
    fn gain(&self, id: SentenceId) -> f64 {
        self.ranking.score(id) * libm::pow(self.taken.novelty(id), NOVELTY_POWER)
    }

    /// Adds the candidate with the largest gain until none fits.
    fn fill(&mut self, candidates: &[SentenceId]) {
        let mut heap: BinaryHeap<Gain> = candidates
            .iter()
            .filter(|id| !self.picks.contains(id))
            .map(|id| Gain { gain: self.gain(*id), id: *id, picks: self.picks.len() })
            .collect();
        while let Some(top) = heap.pop() {
            if !self.fits(top.id) {
                continue;
            }
            if top.picks < self.picks.len() {
                heap.push(Gain { gain: self.gain(top.id), picks: self.picks.len(), ..top });
            } else if !self.taken.repeats(top.id) {
                self.add(top.id);
            }
        }
    }

    /// What the picks are worth together: the score of each, times the share of it that the others do not tell.
    fn worth(&self) -> f64 {
        let idf = self.story.matrix.idf();
        let share = |id: &SentenceId| {
            let mass = self.story.matrix.mass(*id);
            // A term that several picks tell is new in one of them.
            let news: f64 = self
                .story
                .matrix
                .terms(*id)
                .iter()
                .map(|term| idf[term.index()] / self.taken.count(*term) as f64)
                .sum();
            if mass > 0.0 { news / mass } else { 0.0 }
        };
        self.picks.iter().map(|id| self.ranking.score(*id) * libm::pow(share(id), NOVELTY_POWER)).sum()
    }

    /// Replaces a pick, all but the first, by other candidates as long as the digest is worth more for it.
    fn swap(&mut self, candidates: &[SentenceId]) {
        for _ in 0..MOST_SWAP_ROUNDS {
            let mut swapped = false;
            // One pick may give way to several, or several places to one, so the end moves.
            let mut index = 1;
            while index < self.picks.len() {
                let (worth, picks) = (self.worth(), self.picks.clone());
                let old = self.remove(index);
                let others: Vec<SentenceId> = candidates.iter().copied().filter(|id| *id != old).collect();
                self.fill(&others);
                if self.worth() > worth * (1.0 + LEAST_IMPROVEMENT) {
                    swapped = true;
                } else {
                    self.reset(&picks);
                }
                index += 1;
            }
            if !swapped {
                break;
            }
        }
    }

    fn reset(&mut self, picks: &[SentenceId]) {
        while !self.picks.is_empty() {
            self.remove(self.picks.len() - 1);
        }
        picks.iter().for_each(|id| self.add(*id));
    }
}

/// A candidate with its gain when there were so many picks. The largest gain is the greatest; ties go to the first id.
struct Gain {
    gain: f64,
    id: SentenceId,
    picks: usize,
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
