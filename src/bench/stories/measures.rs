//! Groups of articles and the stories that they are of in, how well the ones are the others out.
//!
//! With `g(i)` the articles of the story of article `i`, `c(i)` those of the group that it was put into, and `n` the number of
//! articles:
//!
//! | measure | what it is |
//! |---|---|
//! | B³ precision | the mean over articles of the share of `c(i)` that is in `g(i)`: how pure the group of an article is |
//! | B³ recall | the mean over articles of the share of `g(i)` that is in `c(i)`: how much of its story is with it |
//! | B³ F1 | the harmonic mean of these two means |
//! | pairwise precision | of all pairs of articles in one group the share that is in one story |
//! | pairwise recall | of all pairs of articles in one story the share that is in one group |
//! | pairwise F1 | their harmonic mean |
//! | adjusted Rand index | `(R − E) / ((S + G) / 2 − E)` with `R` pairs that are both in one story and in one group, `S` pairs in one group, `G` pairs in one story and `E = S · G / (n (n − 1) / 2)`, what `R` would be by chance: 1 for the stories themselves, 0 on average for groups that have nothing to do with them |
//!
//! Pairs give a story of ten articles forty-five times the weight of a story of two; B³ gives it five times as much.
//!
//! Where there are no pairs to be wrong or to be missed, the share of the right ones is 1; where nothing is left to chance,
//! because there is one group, or a group for each article, in both, so is the adjusted Rand index.
//!
//! All of them are made of sums over articles, which are kept apart by story ([`Tally`]): the bootstrap draws stories. What
//! an article adds stays what it is in the corpus: a pair of articles of two stories adds half to either.
//!
//! Bagga, A. and Baldwin, B. (1998). Algorithms for scoring coreference chains. *LREC Workshop on Linguistic Coreference*,
//! 563–566. Amigó, E., Gonzalo, J., Artiles, J. and Verdejo, F. (2009). A comparison of extrinsic clustering evaluation
//! metrics based on formal constraints. *Information Retrieval* 12, 461–486 (B³ of articles instead of mentions). Hubert, L.
//! and Arabie, P. (1985). Comparing partitions. *Journal of Classification* 2, 193–218.

use std::iter::Sum;
use std::ops::Add;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A measure, in [0, 1] but for the adjusted Rand index, which is below 0 for what is worse than chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// B³ precision.
    BCubedPrecision,
    /// B³ recall.
    BCubedRecall,
    /// B³ F1.
    BCubedF1,
    /// Pairwise precision.
    PairPrecision,
    /// Pairwise recall.
    PairRecall,
    /// Pairwise F1.
    PairF1,
    /// The adjusted Rand index.
    AdjustedRand,
}

impl Measure {
    /// Every measure, in the order of [`Tally::scores`].
    pub const ALL: [Self; 7] = [
        Self::BCubedPrecision,
        Self::BCubedRecall,
        Self::BCubedF1,
        Self::PairPrecision,
        Self::PairRecall,
        Self::PairF1,
        Self::AdjustedRand,
    ];
}

/// What the articles of one or several stories add to the sums that all measures are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many articles.
    pub articles: f64,
    /// The sum of their shares of B³ precision.
    pub precision: f64,
    /// The sum of their shares of B³ recall.
    pub recall: f64,
    /// Pairs of them that are in one story and in one group.
    pub pairs_right: f64,
    /// Pairs in one group that one of them is in; half of that for those of which the other one is in another story.
    pub pairs_given: f64,
    /// Pairs of them that are in one story.
    pub pairs_gold: f64,
}

impl Tally {
    /// How many sums there are.
    pub const SUMS: usize = 6;

    /// The sums in the order of their fields.
    pub fn sums(&self) -> [f64; Self::SUMS] {
        let Self { articles, precision, recall, pairs_right, pairs_given, pairs_gold } = *self;
        [articles, precision, recall, pairs_right, pairs_given, pairs_gold]
    }

    /// What has such sums.
    pub fn of_sums(sums: [f64; Self::SUMS]) -> Self {
        let [articles, precision, recall, pairs_right, pairs_given, pairs_gold] = sums;
        Self { articles, precision, recall, pairs_right, pairs_given, pairs_gold }
    }

    /// The scores, in the order of [`Measure::ALL`].
    pub fn scores(&self) -> [f64; Measure::ALL.len()] {
        let (precision, recall) = (share(self.precision, self.articles), share(self.recall, self.articles));
        let (pair_precision, pair_recall) =
            (share(self.pairs_right, self.pairs_given), share(self.pairs_right, self.pairs_gold));
        [
            precision,
            recall,
            harmonic_mean(precision, recall),
            pair_precision,
            pair_recall,
            harmonic_mean(pair_precision, pair_recall),
            self.adjusted_rand(),
        ]
    }

    fn adjusted_rand(&self) -> f64 {
        let by_chance = share(self.pairs_given * self.pairs_gold, pairs(self.articles));
        let at_most = (self.pairs_given + self.pairs_gold) / 2.0;
        // Sums of halves are exact; the division is not.
        if at_most - by_chance <= f64::EPSILON * at_most {
            1.0
        } else {
            (self.pairs_right - by_chance) / (at_most - by_chance)
        }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (mut sums, others) = (self.sums(), other.sums());
        sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        Self::of_sums(sums)
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

/// A part of a whole; all of it where there is none.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 1.0 } else { part / whole }
}

fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Pairs of so many things.
fn pairs(count: f64) -> f64 {
    count * (count - 1.0) / 2.0
}

/// The tally of each story, in the order of their numbers. `gold` has for each article the number of its story, from 0;
/// `given` has for each the number of its group, whatever that is. Takes time and memory in proportion to the articles.
///
/// # Panics
///
/// Panics where one is longer than the other: then they are not of the same articles.
pub fn tallies(gold: &[usize], given: &[usize]) -> Vec<Tally> {
    assert_eq!(gold.len(), given.len(), "every article is in a story and in a group");
    let mut sizes: FxHashMap<usize, usize> = FxHashMap::default();
    let mut shared: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (story, group) in gold.iter().zip(given) {
        *sizes.entry(*group).or_default() += 1;
        *shared.entry((*story, *group)).or_default() += 1;
    }
    // In an order that does not depend on what groups are called: what is added in another order is rounded otherwise.
    let mut parts: Vec<(usize, usize, usize)> =
        shared.into_iter().map(|((story, group), count)| (story, sizes[&group], count)).collect();
    parts.sort_unstable();
    let stories = gold.iter().max().map_or(0, |last| last + 1);
    let mut tallies = vec![Tally::default(); stories];
    for (story, size, count) in &parts {
        let (tally, size, count) = (&mut tallies[*story], *size as f64, *count as f64);
        tally.articles += count;
        tally.precision += count * (count / size);
        tally.recall += count * count;
        tally.pairs_right += pairs(count);
        tally.pairs_given += count * (size - 1.0) / 2.0;
    }
    for tally in &mut tallies {
        tally.recall = share(tally.recall, tally.articles);
        tally.pairs_gold = pairs(tally.articles);
    }
    tallies
}

/// How many groups there are, and how many of them have a single article.
pub fn counts(labels: &[usize]) -> (usize, usize) {
    let mut sizes: FxHashMap<usize, usize> = FxHashMap::default();
    labels.iter().for_each(|label| *sizes.entry(*label).or_default() += 1);
    (sizes.len(), sizes.values().filter(|size| **size == 1).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::generator::SplitMix64;

    /// The scores of groups, in the order of [`Measure::ALL`].
    fn scores(gold: &[usize], given: &[usize]) -> [f64; 7] {
        tallies(gold, given).into_iter().sum::<Tally>().scores()
    }

    #[track_caller]
    fn close(found: [f64; 7], expected: [f64; 7]) {
        let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near, "{found:?} instead of {expected:?}");
    }

    /// So many articles in so many stories or groups, at random.
    fn labels(generator: &mut SplitMix64, articles: usize, groups: usize) -> Vec<usize> {
        (0..articles).map(|_| generator.below(groups)).collect()
    }

    #[test]
    fn a_worked_example_has_the_scores_reckoned_by_hand() {
        // Stories aaaa bb, groups aaa|ab|b.
        let (gold, given) = ([0, 0, 0, 0, 1, 1], [5, 5, 5, 6, 6, 7]);
        // Precision: three articles 1, two ½, one 1. Recall: three ¾, one ¼, two ½.
        let (precision, recall): (f64, f64) = (5.0 / 6.0, (3.0 * 0.75 + 0.25 + 2.0 * 0.5) / 6.0);
        let f1 = 2.0 * precision * recall / (precision + recall);
        // Pairs: in one group 3 + 1 + 0, in one story 6 + 1, in both 3; 15 in all.
        let (pair_precision, pair_recall): (f64, f64) = (3.0 / 4.0, 3.0 / 7.0);
        let pair_f1 = 2.0 * 3.0 / (4.0 + 7.0);
        let by_chance = 4.0 * 7.0 / 15.0;
        let rand = (3.0 - by_chance) / ((4.0 + 7.0) / 2.0 - by_chance);
        close(scores(&gold, &given), [precision, recall, f1, pair_precision, pair_recall, pair_f1, rand]);
    }

    #[test]
    fn stories_share_out_what_all_articles_add() {
        let tallies = tallies(&[0, 0, 0, 0, 1, 1], &[5, 5, 5, 6, 6, 7]);
        // The pair of the group that both stories are in is half of each.
        assert_eq!(tallies[0].sums(), [4.0, 3.5, 2.5, 3.0, 3.5, 6.0]);
        assert_eq!(tallies[1].sums(), [2.0, 1.5, 1.0, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn the_stories_themselves_have_full_marks_whatever_they_are_called() {
        for gold in [&[0, 1, 0, 2, 1, 0][..], &[0, 1, 2], &[0, 0, 0], &[0]] {
            let renamed: Vec<usize> = gold.iter().map(|story| 90 - 7 * story).collect();
            assert_eq!(scores(gold, &renamed), [1.0; 7], "{gold:?}");
        }
    }

    #[test]
    fn each_alone_is_pure_and_all_in_one_is_complete() {
        let gold = [0, 0, 1, 1];
        // No pair is given, so none is wrong.
        close(scores(&gold, &[0, 1, 2, 3]), [1.0, 0.5, 2.0 / 3.0, 1.0, 0.0, 0.0, 0.0]);
        close(scores(&gold, &[9; 4]), [0.5, 1.0, 2.0 / 3.0, 1.0 / 3.0, 1.0, 0.5, 0.0]);
    }

    #[test]
    fn the_adjusted_rand_index_of_groups_at_random_is_about_nothing_and_of_the_opposite_below() {
        let mut generator = SplitMix64::new(3);
        let (gold, given) = (labels(&mut generator, 5_000, 40), labels(&mut generator, 5_000, 25));
        let rand = scores(&gold, &given)[6];
        assert!(rand.abs() < 0.002, "{rand}");
        // Hubert and Arabie's index is bounded above alone: two pairs that are each torn are worse than chance.
        close(scores(&[0, 0, 1, 1], &[0, 1, 0, 1]), [0.5, 0.5, 0.5, 0.0, 0.0, 0.0, -0.5]);
    }

    #[test]
    fn neither_the_order_of_articles_nor_the_names_of_groups_change_a_bit() {
        let mut generator = SplitMix64::new(8);
        let (gold, given) = (labels(&mut generator, 900, 70), labels(&mut generator, 900, 90));
        let expected = tallies(&gold, &given);
        let renamed: Vec<usize> = given.iter().map(|group| (group * 37) % 101 + 5).collect();
        assert_eq!(tallies(&gold, &renamed), expected);
        let turned = |labels: &[usize]| labels.iter().rev().copied().collect::<Vec<usize>>();
        assert_eq!(tallies(&turned(&gold), &turned(&given)), expected);
    }

    #[test]
    fn precision_and_recall_change_places_with_stories_and_groups() {
        let mut generator = SplitMix64::new(5);
        let (gold, given) = (labels(&mut generator, 300, 20), labels(&mut generator, 300, 30));
        let [precision, recall, f1, pair_precision, pair_recall, pair_f1, rand] = scores(&gold, &given);
        close(scores(&given, &gold), [recall, precision, f1, pair_recall, pair_precision, pair_f1, rand]);
    }

    #[test]
    fn the_scores_are_those_of_the_definitions_article_by_article_and_pair_by_pair() {
        let mut generator = SplitMix64::new(11);
        let (gold, given) = (labels(&mut generator, 120, 15), labels(&mut generator, 120, 20));
        let articles = 0..gold.len();
        let (mut precision, mut recall, mut right, mut in_group, mut in_story, mut all) =
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for i in articles.clone() {
            let both = articles.clone().filter(|j| gold[i] == gold[*j] && given[i] == given[*j]).count() as f64;
            precision += both / articles.clone().filter(|j| given[i] == given[*j]).count() as f64;
            recall += both / articles.clone().filter(|j| gold[i] == gold[*j]).count() as f64;
            for j in i + 1..gold.len() {
                let (same_story, same_group) = (gold[i] == gold[j], given[i] == given[j]);
                all += 1.0;
                in_story += f64::from(u8::from(same_story));
                in_group += f64::from(u8::from(same_group));
                right += f64::from(u8::from(same_story && same_group));
            }
        }
        let (p, r) = (precision / 120.0, recall / 120.0);
        let by_chance = in_group * in_story / all;
        let rand = (right - by_chance) / ((in_group + in_story) / 2.0 - by_chance);
        let f1 = [2.0 * p * r / (p + r), 2.0 * right / (in_group + in_story)];
        close(scores(&gold, &given), [p, r, f1[0], right / in_group, right / in_story, f1[1], rand]);
    }

    #[test]
    fn groups_are_counted_and_those_of_one_article() {
        assert_eq!(counts(&[7, 7, 3, 9, 9, 1]), (4, 2));
        assert_eq!(counts(&[]), (0, 0));
        assert_eq!(tallies(&[], &[]).into_iter().sum::<Tally>().scores()[..3], [1.0, 1.0, 1.0]);
    }
}
