//! A story in, the sentences that stand for all of it and for each of its sides out.
//!
//! Lin and Bilmes, *A Class of Submodular Functions for Document Summarization* (2011). A set S of the N sentences is worth
//!
//! ```text
//! F(S) = Σ_i min(C_i(S), α · C_i(all))  +  λ · Σ_k sqrt(Σ_{j ∈ S ∩ P_k} r_j)
//! C_i(S) = Σ_{j ∈ S} w_ij        r_j = 1/N · Σ_i w_ij        α = a / N
//! ```
//!
//! The first sum is coverage: how much of each sentence the summary tells, which is enough at a share α. The second one
//! rewards diversity: a first sentence of a group P_k adds more than a second one. `w` is the cosine of TF-IDF rows. As in
//! Lin and Bilmes, *Multi-document Summarization via Budgeted Maximization of Submodular Functions* (2010), greedily the
//! sentence with the largest gain for its cost^r is added, and in the end the best single sentence is taken instead if it is
//! worth more than all that were.
//!
//! Done differently: where the paper has its groups from CLUTO, they are found by a k-means on cosines of our own
//! ([`groups`]), which begins with every fifth sentence and is not random; unigrams only, where the paper's
//! vectors hold bigrams too. In a summary whose last sentence is cut, that sentence is valued in whole.
//!
//! *What it costs.* Rows of `w` are found through shared terms when they are needed. Gains only fall while the summary
//! grows, so an old one is a bound, and few are computed anew (Minoux, 1978); the first bound, `r_j N` and the whole reward,
//! needs no row of `w`. The number of groups is bounded by [`MOST_GROUPS`].

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::cosines::Cosines;
use super::{Filling, Room, System};
use crate::model::SentenceId;
use crate::rank::Story;
use crate::vectorize::TermMatrix;

/// `a`: a sentence is told when as much of it stands in the summary as stands in `a` average ones. The paper's best on
/// DUC 2003.
const SATURATION: f64 = 5.0;

/// `λ`, the weight of diversity in the paper.
const DIVERSITY: f64 = 6.0;

/// `r`, the power of the cost: the best on DUC 2003 in the paper of 2010.
const COST_POWER: f64 = 0.3;

/// So many sentences make a group on average: K = 0.2 N in the paper.
const GROUP_SIZE: usize = 5;

/// So many groups at most, so that those of a giant cluster are found in seconds.
const MOST_GROUPS: usize = 1000;

/// Rounds of k-means end after so many; sentences hardly change their group any more.
const MOST_ROUNDS: usize = 20;

/// Saturated coverage and diversity.
pub struct LinBilmes;

impl System for LinBilmes {
    fn name(&self) -> &'static str {
        "lin-bilmes"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let mut worth = Worth::of_nothing(&story.matrix);
        let mut filling = room.filling(story);
        let all: Vec<SentenceId> = story.sentences.ids().filter(|id| filling.fits(*id)).collect();
        let alone = best_alone(&mut worth, &filling, &all);
        add_greedily(&mut worth, &mut filling, &all);
        match alone {
            Some((value, id)) if value > worth.value => vec![id],
            _ => filling.into_taken(),
        }
    }
}

/// Adds what gains most for its cost until nothing fits or gains.
fn add_greedily(worth: &mut Worth<'_>, filling: &mut Filling<'_>, candidates: &[SentenceId]) {
    let scale = |filling: &Filling<'_>, id| libm::pow(filling.cost(id).max(1) as f64, COST_POWER);
    let bound =
        |id: &SentenceId| Bound { gain: worth.largest_gain(*id) / scale(filling, *id), id: *id, known_at: None };
    let mut heap: BinaryHeap<Bound> = candidates.iter().map(bound).collect();
    while let Some(mut top) = heap.pop() {
        if !filling.fits(top.id) {
            continue;
        }
        if top.gain <= 0.0 {
            break;
        }
        let step = filling.taken().len();
        if top.known_at == Some(step) {
            filling.take(top.id);
            worth.add(top.id);
        } else {
            top.gain = worth.gain(top.id) / scale(filling, top.id);
            top.known_at = Some(step);
            heap.push(top);
        }
    }
}

/// The sentence that is worth most alone, of those that fit in whole, and what it is worth.
fn best_alone(worth: &mut Worth<'_>, filling: &Filling<'_>, candidates: &[SentenceId]) -> Option<(f64, SentenceId)> {
    let whole = candidates.iter().filter(|id| filling.cost(**id) <= filling.left());
    let mut bounds: Vec<(f64, SentenceId)> = whole.map(|id| (worth.largest_gain(*id), *id)).collect();
    bounds.sort_unstable_by(|(x, a), (y, b)| y.total_cmp(x).then(a.cmp(b)));
    let mut best: Option<(f64, SentenceId)> = None;
    for (bound, id) in bounds {
        if best.is_some_and(|(value, _)| value >= bound) {
            break;
        }
        let value = worth.gain(id);
        if best.is_none_or(|(most, _)| value > most) {
            best = Some((value, id));
        }
    }
    best
}

/// What a sentence gains at most; `known_at` is how many sentences there were when that was computed.
#[derive(PartialEq)]
struct Bound {
    gain: f64,
    id: SentenceId,
    known_at: Option<usize>,
}

impl Eq for Bound {}

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a set of sentences is worth, and what each sentence would add.
struct Worth<'m> {
    cosines: Cosines<'m>,
    /// For each sentence what the set covers of it: `C_i(S)`.
    covered: Vec<f64>,
    /// For each sentence what all cover of it: `C_i(all)`, which is also `N r_i`.
    coverable: Vec<f64>,
    /// For each sentence its group.
    group: Vec<usize>,
    /// For each group the sum of `r` over those in the set.
    rewarded: Vec<f64>,
    /// `F(S)`.
    value: f64,
}

impl<'m> Worth<'m> {
    fn of_nothing(matrix: &'m TermMatrix) -> Self {
        let mut all = vec![0.0; matrix.width()];
        let ids = || (0..matrix.rows()).map(SentenceId::from);
        ids().for_each(|id| matrix.add_row(id, 1.0, &mut all));
        let product = |id| matrix.row(id).map(|(term, weight)| weight * all[term.index()]).sum();
        let count = matrix.rows().div_ceil(GROUP_SIZE).min(MOST_GROUPS);
        Self {
            cosines: Cosines::new(matrix),
            covered: vec![0.0; matrix.rows()],
            coverable: ids().map(product).collect(),
            group: groups(matrix, count),
            rewarded: vec![0.0; count],
            value: 0.0,
        }
    }

    /// The share of a sentence that is enough: `α`.
    fn enough(&self) -> f64 {
        (SATURATION / self.covered.len() as f64).min(1.0)
    }

    /// What a sentence adds to the reward.
    fn reward(&self, id: SentenceId) -> f64 {
        let before = self.rewarded[self.group[id.index()]];
        let own = self.coverable[id.index()] / self.covered.len() as f64;
        DIVERSITY * ((before + own).sqrt() - before.sqrt())
    }

    /// No less than what a sentence adds to any set.
    fn largest_gain(&self, id: SentenceId) -> f64 {
        let own = self.coverable[id.index()];
        own + DIVERSITY * (own / self.covered.len() as f64).sqrt()
    }

    /// What a sentence adds to the set: `F(S + s) − F(S)`.
    fn gain(&mut self, id: SentenceId) -> f64 {
        let enough = self.enough();
        let (covered, coverable) = (&self.covered, &self.coverable);
        let mut gain = 0.0;
        self.cosines.of(id, |other, cosine| {
            let (covered, most) = (covered[other.index()], enough * coverable[other.index()]);
            gain += (covered + cosine).min(most) - covered.min(most);
        });
        gain + self.reward(id)
    }

    /// Puts a sentence into the set.
    fn add(&mut self, id: SentenceId) {
        self.value += self.gain(id);
        let covered = &mut self.covered;
        self.cosines.of(id, |other, cosine| covered[other.index()] += cosine);
        self.rewarded[self.group[id.index()]] += self.coverable[id.index()] / self.covered.len() as f64;
    }
}

/// Parts the rows into `count` groups by spherical k-means (Dhillon and Modha, 2001): each goes to the group whose sum it
/// has the largest cosine with, of equals the first; then the sums are taken anew. The first sums are single rows, spread
/// evenly. Length: rows.
///
/// A row that shares no term with any sum stays where it is.
fn groups(matrix: &TermMatrix, count: usize) -> Vec<usize> {
    let rows = matrix.rows();
    let mut group: Vec<usize> = (0..rows).map(|row| row * count / rows).collect();
    let mut members: Vec<Vec<SentenceId>> =
        (0..count).map(|group| vec![SentenceId::from((group * rows).div_ceil(count))]).collect();
    for _ in 0..MOST_ROUNDS {
        let sums = Sums::of(matrix, &members);
        let next: Vec<usize> = (0..rows).map(|row| sums.nearest(matrix, row, group[row])).collect();
        let stands_still = next == group;
        group = next;
        if stands_still {
            break;
        }
        members.iter_mut().for_each(Vec::clear);
        group.iter().enumerate().for_each(|(row, group)| members[*group].push(SentenceId::from(row)));
    }
    group
}

/// The sums of groups, each of length one, filed under their terms.
struct Sums {
    /// For each term the groups whose sum holds it, rising, and its weight there.
    holders: Vec<Vec<(usize, f64)>>,
    count: usize,
}

impl Sums {
    fn of(matrix: &TermMatrix, members: &[Vec<SentenceId>]) -> Self {
        let mut holders = vec![Vec::new(); matrix.width()];
        let mut sum = vec![0.0; matrix.width()];
        for (group, members) in members.iter().enumerate() {
            members.iter().for_each(|id| matrix.add_row(*id, 1.0, &mut sum));
            // Each term once: what was taken is cleared.
            let terms = members.iter().flat_map(|id| matrix.terms(*id));
            let entries: Vec<_> = terms.map(|term| (*term, std::mem::take(&mut sum[term.index()]))).collect();
            let length = entries.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            for (term, weight) in entries.into_iter().filter(|(_, weight)| *weight > 0.0) {
                holders[term.index()].push((group, weight / length));
            }
        }
        Self { holders, count: members.len() }
    }

    fn nearest(&self, matrix: &TermMatrix, row: usize, now: usize) -> usize {
        let mut cosines = vec![0.0; self.count];
        for (term, weight) in matrix.row(SentenceId::from(row)) {
            for (group, its) in &self.holders[term.index()] {
                cosines[*group] += weight * its;
            }
        }
        let (mut nearest, mut largest) = (now, 0.0);
        for (group, cosine) in cosines.into_iter().enumerate() {
            if cosine > largest {
                (nearest, largest) = (group, cosine);
            }
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{STORY, cluster, numbers, sentences_of_room, story};
    use crate::model::Budget;

    #[test]
    fn a_set_is_worth_what_is_worked_out_by_hand() {
        // Six sentences, a and a' the same, the others with nothing in common: C(all) = 2, 2, 1, 1, 1, 1; α = 5/6; r = ⅓,
        // ⅓ and ⅙.
        let text = ["Aba bebe. Aba bebe. Cici dodo. Efe gogo. Hihi jojo. Keke lolo."];
        let cluster = cluster(&text);
        let story = story(&cluster);
        let mut worth = Worth::of_nothing(&story.matrix);
        // Two groups; where each sentence is does not matter here.
        worth.group = vec![0, 0, 0, 1, 1, 1];
        let third = 6.0 * (1.0_f64 / 3.0).sqrt();
        // The first covers 1 of 5/3 of itself and as much of its copy.
        assert!((worth.gain(SentenceId(0)) - (2.0 + third)).abs() < 1e-12);
        worth.add(SentenceId(0));
        // Behind it its copy covers ⅔ more of both; the third covers ⅚ of itself.
        let copy = 4.0 / 3.0 + 6.0 * (2.0_f64 / 3.0).sqrt() - third;
        assert!((worth.gain(SentenceId(1)) - copy).abs() < 1e-12);
        assert!((worth.gain(SentenceId(2)) - (5.0 / 6.0 + 6.0 * 0.5_f64.sqrt() - third)).abs() < 1e-12);
        assert!((worth.gain(SentenceId(3)) - (5.0 / 6.0 + 6.0 * (1.0_f64 / 6.0).sqrt())).abs() < 1e-12);
        assert!((worth.value - (2.0 + third)).abs() < 1e-12);
        worth.add(SentenceId(1));
        assert!((worth.value - (2.0 + third + copy)).abs() < 1e-12);
    }

    #[test]
    fn lazy_choices_are_those_of_a_search_that_computes_every_gain() {
        let cluster = cluster(&STORY);
        let story = story(&cluster);
        for words in [6, 12, 20, 40] {
            let room = Room { budget: Budget::Words(words), whole: true };
            let mut worth = Worth::of_nothing(&story.matrix);
            let mut filling = room.filling(&story);
            let mut left: Vec<SentenceId> = story.sentences.ids().collect();
            loop {
                left.retain(|id| filling.fits(*id));
                let mut gains: Vec<(f64, SentenceId)> = Vec::new();
                for id in &left {
                    gains.push((worth.gain(*id) / (filling.cost(*id) as f64).powf(COST_POWER), *id));
                }
                let best = gains.iter().max_by(|(x, a), (y, b)| x.total_cmp(y).then(b.cmp(a))).map(|(_, id)| *id);
                let Some(best) = best else { break };
                filling.take(best);
                worth.add(best);
                left.retain(|id| *id != best);
            }
            assert_eq!(LinBilmes.choose(&story, &room), filling.into_taken(), "{words} words");
        }
    }

    #[test]
    fn the_best_single_sentence_is_the_one_that_is_worth_most_alone() {
        // Bounds end the search early; every worth is computed here. The long one covers three others.
        let long = "Aba bebe cici dodo efe gogo hihi jojo keke lolo mama nono.";
        let parts = "Zaza zaza. Aba bebe cici dodo efe. Gogo hihi jojo keke lolo. Mama nono aba bebe cici.";
        let cluster = cluster(&[long, parts]);
        let story = story(&cluster);
        let room = Room { budget: Budget::Words(12), whole: true };
        let mut worth = Worth::of_nothing(&story.matrix);
        let filling = room.filling(&story);
        let all: Vec<SentenceId> = story.sentences.ids().collect();
        let (value, id) = best_alone(&mut worth, &filling, &all).expect("a sentence fits");
        let highest = all.iter().map(|id| worth.gain(*id)).fold(0.0, f64::max);
        assert_eq!((value, id), (highest, SentenceId(0)));
    }

    #[test]
    fn sentences_that_share_words_are_one_group() {
        let cluster = cluster(&["Aba bebe cici. Gogo hihi jojo. Aba bebe dodo. Gogo hihi keke. Zaza zeze."]);
        let story = story(&cluster);
        let group = groups(&story.matrix, 2);
        assert_eq!((group[0], group[1]), (group[2], group[3]));
        assert_ne!(group[0], group[1]);
        assert_eq!(numbers(LinBilmes.choose(&story, &sentences_of_room(5))).len(), 5);
    }
}
