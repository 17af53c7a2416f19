//! Sets of weighted concepts with costs in, the sets that together hold most weight within a limit out.
//!
//! This is maximum coverage with a knapsack. Two greedy ways give a cover, and a search by branch and bound over the most
//! promising sets mends it: to the optimum over them where it ends, and to something better than greedy where it is ended.

use std::cmp::Ordering;

/// So many sets, those that hold most for their cost, are searched through.
const CANDIDATES: usize = 80;

/// A search ends after so many steps, finished or not: some milliseconds, a tenth of a second at most.
const MOST_STEPS: usize = 20_000;

/// Which sets there are to choose from.
pub(super) struct Cover<'c> {
    /// For each set its concepts, each once.
    pub concepts: &'c [Vec<usize>],
    /// For each concept its weight.
    pub weights: &'c [u64],
    /// For each set its cost.
    pub costs: &'c [usize],
}

/// A cover in the making.
struct Choice<'c> {
    cover: &'c Cover<'c>,
    limit: usize,
    /// For each concept how many of the chosen hold it.
    held: Vec<u32>,
    chosen: Vec<usize>,
    /// The weight of all concepts that are held.
    weight: u64,
    spent: usize,
}

impl Cover<'_> {
    /// The best cover that is found within a limit, sets rising.
    pub fn heaviest(&self, limit: usize) -> Vec<usize> {
        let by_density = self.greedy(limit, |a, b| density(a).cmp_to(density(b)));
        let by_gain = self.greedy(limit, |a, b| a.gain.cmp(&b.gain));
        let best = if by_gain.weight > by_density.weight { by_gain } else { by_density };
        let mut search = Search {
            most: self.choice(limit).gains(&self.all()).iter().map(|set| set.gain).sum(),
            best: best.chosen,
            best_weight: best.weight,
            steps_left: MOST_STEPS,
            choice: self.choice(limit),
        };
        let mut open = search.choice.gains(&self.all());
        open.truncate(CANDIDATES);
        search.descend(&open.iter().map(|set| set.index).collect::<Vec<_>>());
        let mut best = search.best;
        best.sort_unstable();
        best
    }

    /// Adds to sets that are chosen already the one that gains most for its cost, again and again, until none that fits
    /// gains anything. Returns what was added, in that order.
    pub fn filled_up(&self, chosen: &[usize], limit: usize) -> Vec<usize> {
        let mut choice = self.choice(limit);
        chosen.iter().for_each(|set| choice.add(*set));
        choice.add_greedily(|a, b| density(a).cmp_to(density(b)));
        choice.chosen.split_off(chosen.len())
    }

    /// The set that gains most beside those that are chosen, whatever it costs; of equals the first.
    pub fn best_beside(&self, chosen: &[usize]) -> Option<usize> {
        let mut choice = self.choice(usize::MAX);
        chosen.iter().for_each(|set| choice.add(*set));
        let open = choice.gains(&self.all());
        open.iter().max_by(|a, b| a.gain.cmp(&b.gain).then(b.index.cmp(&a.index))).map(|set| set.index)
    }

    fn all(&self) -> Vec<usize> {
        (0..self.concepts.len()).collect()
    }

    fn choice(&self, limit: usize) -> Choice<'_> {
        let held = vec![0; self.weights.len()];
        Choice { cover: self, limit, held, chosen: Vec::new(), weight: 0, spent: 0 }
    }

    fn greedy(&self, limit: usize, better: impl Fn(&Open, &Open) -> Ordering) -> Choice<'_> {
        let mut choice = self.choice(limit);
        choice.add_greedily(better);
        choice
    }
}

/// A set that can be added, and what it gains.
#[derive(Clone, Copy)]
struct Open {
    index: usize,
    gain: u64,
    cost: usize,
}

/// A gain for a cost, compared without division.
struct Density(u64, usize);

fn density(set: &Open) -> Density {
    Density(set.gain, set.cost)
}

impl Density {
    fn cmp_to(&self, other: Self) -> Ordering {
        (u128::from(self.0) * other.1 as u128).cmp(&(u128::from(other.0) * self.1 as u128))
    }
}

impl Choice<'_> {
    /// Those of `sets` that fit and gain something, most for their cost first; of equals the first.
    fn gains(&self, sets: &[usize]) -> Vec<Open> {
        let left = self.limit - self.spent;
        let open = |&index: &usize| {
            let news = self.cover.concepts[index].iter().filter(|concept| self.held[**concept] == 0);
            // Nothing is for nothing, so that densities can be compared.
            let cost = self.cover.costs[index].max(1);
            Open { index, gain: news.map(|concept| self.cover.weights[*concept]).sum(), cost }
        };
        let mut open: Vec<Open> = sets.iter().map(open).filter(|set| set.gain > 0 && set.cost <= left).collect();
        open.sort_unstable_by(|a, b| density(b).cmp_to(density(a)).then(a.index.cmp(&b.index)));
        open
    }

    fn add_greedily(&mut self, better: impl Fn(&Open, &Open) -> Ordering) {
        let mut sets = self.cover.all();
        loop {
            let open = self.gains(&sets);
            let Some(best) = open.iter().max_by(|a, b| better(a, b).then(b.index.cmp(&a.index))) else {
                return;
            };
            self.add(best.index);
            // What gains nothing now never will, and what does not fit never will.
            sets = open.iter().map(|set| set.index).filter(|index| *index != best.index).collect();
        }
    }

    fn add(&mut self, set: usize) {
        for concept in &self.cover.concepts[set] {
            if self.held[*concept] == 0 {
                self.weight += self.cover.weights[*concept];
            }
            self.held[*concept] += 1;
        }
        self.spent += self.cover.costs[set].max(1);
        self.chosen.push(set);
    }

    fn remove_last(&mut self) {
        let Some(set) = self.chosen.pop() else { return };
        for concept in &self.cover.concepts[set] {
            self.held[*concept] -= 1;
            if self.held[*concept] == 0 {
                self.weight -= self.cover.weights[*concept];
            }
        }
        self.spent -= self.cover.costs[set].max(1);
    }
}

/// A search by branch and bound, depth first.
struct Search<'c> {
    choice: Choice<'c>,
    best: Vec<usize>,
    best_weight: u64,
    /// No cover can weigh more.
    most: u64,
    steps_left: usize,
}

impl Search<'_> {
    /// Tries every way to go on with some of `sets`, but those that cannot lead to a better cover.
    fn descend(&mut self, sets: &[usize]) {
        if self.choice.weight > self.best_weight {
            self.best_weight = self.choice.weight;
            self.best.clone_from(&self.choice.chosen);
        }
        let open = self.choice.gains(sets);
        let order: Vec<usize> = open.iter().map(|set| set.index).collect();
        for (place, set) in order.iter().enumerate() {
            let hope = self.choice.weight + self.bound(&open[place..]);
            if self.steps_left == 0 || self.best_weight >= hope.min(self.most) {
                return;
            }
            self.steps_left -= 1;
            self.choice.add(*set);
            self.descend(&order[place + 1..]);
            self.choice.remove_last();
        }
    }

    /// No less than what sets, most for their cost first, can gain together: what they gain one by one, filled to the
    /// brim with a part of the last (Dantzig, 1957). Together they gain less than that, never more.
    fn bound(&self, open: &[Open]) -> u64 {
        let mut left = self.choice.limit - self.choice.spent;
        let mut gain = 0;
        for set in open {
            if set.cost > left {
                return gain + (u128::from(set.gain) * left as u128).div_ceil(set.cost as u128) as u64;
            }
            left -= set.cost;
            gain += set.gain;
        }
        gain
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The weight of the best of all covers, each tried.
    fn optimum(cover: &Cover<'_>, limit: usize) -> u64 {
        let sets = cover.concepts.len();
        let all = (0_u32..1 << sets).filter(|bits| cost(cover, *bits) <= limit);
        all.map(|bits| weight(cover, &(0..sets).filter(|set| bits >> set & 1 == 1).collect::<Vec<_>>()))
            .max()
            .unwrap_or(0)
    }

    fn cost(cover: &Cover<'_>, bits: u32) -> usize {
        (0..cover.concepts.len()).filter(|set| bits >> set & 1 == 1).map(|set| cover.costs[set]).sum()
    }

    fn weight(cover: &Cover<'_>, sets: &[usize]) -> u64 {
        let mut held: Vec<usize> = sets.iter().flat_map(|set| &cover.concepts[*set]).copied().collect();
        held.sort_unstable();
        held.dedup();
        held.iter().map(|concept| cover.weights[*concept]).sum()
    }

    #[test]
    fn the_search_finds_what_both_greedy_ways_miss() {
        // 0 holds most and most for its cost, and leaves room for neither 1 nor 2, which together hold all.
        let concepts = vec![vec![1, 2, 3, 4], vec![0, 1, 2], vec![3, 4, 5]];
        let cover = Cover { concepts: &concepts, weights: &[1, 2, 2, 2, 2, 1], costs: &[5, 5, 5] };
        assert_eq!(cover.greedy(10, |a, b| density(a).cmp_to(density(b))).weight, 9);
        assert_eq!(cover.greedy(10, |a, b| a.gain.cmp(&b.gain)).weight, 9);
        assert_eq!(cover.heaviest(10), [1, 2]);
        assert_eq!(cover.heaviest(9), [0]);
        assert_eq!(cover.filled_up(&[0], 10), [1]);
        assert_eq!(cover.best_beside(&[1]), Some(2));
    }

    proptest! {
        #[test]
        fn small_covers_are_the_heaviest_there_are(
            concepts in proptest::collection::vec(proptest::collection::btree_set(0_usize..12, 0..6), 0..9),
            weights in proptest::collection::vec(1_u64..6, 12),
            costs in proptest::collection::vec(1_usize..9, 9),
            limit in 0_usize..25,
        ) {
            let concepts: Vec<Vec<usize>> = concepts.into_iter().map(|set| set.into_iter().collect()).collect();
            let cover = Cover { concepts: &concepts, weights: &weights, costs: &costs };
            let found = cover.heaviest(limit);
            prop_assert!(found.iter().map(|set| costs[*set]).sum::<usize>() <= limit);
            prop_assert_eq!(weight(&cover, &found), optimum(&cover, limit));
        }
    }
}
