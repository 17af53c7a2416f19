//! Scores of several systems on the same clusters in, what can be said of clusters like these out.
//!
//! A mean over 190 clusters would be another one over 190 others. The bootstrap draws clusters from those that there are,
//! with replacement and as many as there are, and looks at how much the means of many such draws differ. All systems
//! see the same draws, so that the difference of two systems is that of a pair: a cluster that is hard for both does not
//! count as a difference between them.
//!
//! Efron, B. and Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapter 13 (percentile intervals).
//! Koehn, P. (2004). Statistical significance tests for machine translation evaluation. *EMNLP*, 388–395.

use std::ops::RangeInclusive;

use ndarray::{Array1, Array2, ArrayView1};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::generator::SplitMix64;

/// How many draws there are unless said otherwise: the ends of an interval are then each an order statistic with 250
/// draws beyond it.
pub const DRAWS: usize = 10_000;

/// How many of a thousand draws lie beyond each end of an interval: 25, so that 95 % lie within.
const TAIL_PER_MILLE: usize = 25;

/// Two means closer than this are the same: sums of the same numbers in another order differ by less.
const ROUNDING: f64 = 1e-12;

/// How clusters are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// Where the generator starts. The same seed gives the same draws on every platform, at any number of threads.
    pub seed: u64,
    /// How many times as many clusters are drawn as there are; 0 is taken as 1.
    pub draws: usize,
}

/// A mean, and where it would be with other clusters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The mean over the clusters that there are.
    pub mean: f64,
    /// The lower end of the 95 % interval; `None` where it was not looked for to the end.
    pub low: Option<f64>,
    /// The upper end of the 95 % interval; `None` likewise.
    pub high: Option<f64>,
}

/// How much better one system is than another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The mean of the one less the mean of the other.
    pub difference: f64,
    /// The lower end of the 95 % interval of the difference.
    pub low: f64,
    /// The upper end of the 95 % interval of the difference.
    pub high: f64,
    /// How likely draws on the other side of 0 are, two-sided: `2 · (k + 1) / (n + 1)`, at most 1, with k the smaller of
    /// the numbers of draws with a difference ≤ 0 and with one ≥ 0, of n draws. The draw that is added is what was
    /// observed, so that p is never 0 (Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their
    /// Application*, section 4.2). A difference of less than 10⁻¹² is rounding, and counts as 0.
    pub p: f64,
}

/// The means of several systems, and what they are in each draw.
#[derive(Clone, Debug)]
pub struct Resampled {
    means: Vec<f64>,
    /// Draws by systems.
    drawn: Array2<f64>,
}

impl Bootstrap {
    /// So many draws from the generator that starts at `seed`.
    pub fn new(seed: u64, draws: usize) -> Self {
        Self { seed, draws }
    }

    /// The means of each system over the clusters that there are and over each draw; 0 where there are no clusters.
    ///
    /// `scores` has a list for each system, with its score on each cluster, the clusters in the same order. `None` where
    /// `give_up` becomes true before all draws are done.
    ///
    /// # Panics
    ///
    /// Panics when the systems have different numbers of scores: then they were not scored on the same clusters.
    pub fn means(&self, scores: &[Vec<f64>], give_up: &(dyn Fn() -> bool + Sync)) -> Option<Resampled> {
        let clusters = scores.first().map_or(0, Vec::len);
        assert!(scores.iter().all(|of_one| of_one.len() == clusters), "every system is scored on every cluster");
        let by_cluster = Array2::from_shape_fn((clusters, scores.len()), |(cluster, system)| scores[system][cluster]);
        let mut starts = SplitMix64::new(self.seed);
        let starts: Vec<u64> = (0..self.draws.max(1)).map(|_| starts.next_u64()).collect();
        let one = |start: &u64| (!give_up()).then(|| draw(&by_cluster, *start));
        let draws: Vec<Array1<f64>> = starts.par_iter().map(one).collect::<Option<_>>()?;
        let means = mean_of(&by_cluster, 0..clusters).to_vec();
        Some(Resampled {
            means,
            drawn: Array2::from_shape_fn((draws.len(), scores.len()), |(draw, system)| draws[draw][system]),
        })
    }
}

/// The mean of each system over as many clusters as there are, drawn with replacement. Each draw has a generator of its
/// own, so that it does not matter which thread comes first.
fn draw(by_cluster: &Array2<f64>, start: u64) -> Array1<f64> {
    let clusters = by_cluster.nrows();
    let mut generator = SplitMix64::new(start);
    mean_of(by_cluster, (0..clusters).map(|_| generator.below(clusters)))
}

/// The mean of each system over some clusters, of which there are as many as rows; 0 of none.
fn mean_of(by_cluster: &Array2<f64>, clusters: impl Iterator<Item = usize>) -> Array1<f64> {
    let mut sums = Array1::zeros(by_cluster.ncols());
    for cluster in clusters {
        sums += &by_cluster.row(cluster);
    }
    sums / by_cluster.nrows().max(1) as f64
}

impl Resampled {
    /// The mean of a system with its interval; `system` is its position in the scores.
    pub fn interval(&self, system: usize) -> Interval {
        let (low, high) = ends(self.drawn.column(system).to_vec());
        Interval { mean: self.means[system], low: Some(low), high: Some(high) }
    }

    /// What is reckoned from the means, over the clusters that there are and over each draw: ratios of sums over the
    /// clusters, say, which are no means themselves. `statistics` is given the means in the order of the scores; what it
    /// gives back, always as many numbers, takes the place of the scores.
    pub fn map<const COUNT: usize>(&self, statistics: impl Fn(&[f64]) -> [f64; COUNT]) -> Self {
        let means = statistics(&self.means).to_vec();
        let draws: Vec<[f64; COUNT]> = self.drawn.outer_iter().map(|draw| statistics(&draw.to_vec())).collect();
        Self { means, drawn: Array2::from_shape_fn((draws.len(), COUNT), |(draw, at)| draws[draw][at]) }
    }

    /// System `a` held against system `b`, both given by their positions in the scores: what is above 0 speaks for `a`.
    pub fn compare(&self, a: usize, b: usize) -> Comparison {
        comparison([self.means[a], self.means[b]], differences(self.drawn.column(a), self.drawn.column(b)))
    }

    /// What stands at a position of these held against what stands there in `other`: where each system has several numbers
    /// of its own. Both have to be of the same draws: of the same clusters, by the same [`Bootstrap`].
    pub fn less(&self, other: &Self, at: usize) -> Comparison {
        comparison([self.means[at], other.means[at]], differences(self.drawn.column(at), other.drawn.column(at)))
    }
}

/// The difference of two means, by that in each draw.
fn comparison(means: [f64; 2], differences: Vec<f64>) -> Comparison {
    let draws = differences.len();
    let not_better = differences.iter().filter(|difference| **difference <= ROUNDING).count();
    let not_worse = differences.iter().filter(|difference| **difference >= -ROUNDING).count();
    let p = (2.0 * (not_better.min(not_worse) + 1) as f64 / (draws + 1) as f64).min(1.0);
    let (low, high) = ends(differences);
    Comparison { difference: means[0] - means[1], low, high, p }
}

fn differences(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// The ends of the 95 % percentile interval.
fn ends(mut drawn: Vec<f64>) -> (f64, f64) {
    let ranks = ranks(drawn.len());
    let low = *drawn.select_nth_unstable_by(*ranks.start(), f64::total_cmp).1;
    let high = *drawn.select_nth_unstable_by(*ranks.end(), f64::total_cmp).1;
    (low, high)
}

/// The positions, from 0, of an interval's ends among `draws` sorted draws: of `B` draws the `k`th smallest and the `k`th
/// largest, `k` being the whole part of `0.025 · (B + 1)`, but at least 1.
fn ranks(draws: usize) -> RangeInclusive<usize> {
    let k = ((draws + 1) * TAIL_PER_MILLE / 1000).max(1);
    k - 1..=draws - k
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The means of draws that are not given up.
    fn means(seed: u64, draws: usize, scores: &[Vec<f64>]) -> Resampled {
        Bootstrap::new(seed, draws).means(scores, &|| false).expect("nobody gave up")
    }

    #[test]
    fn what_is_given_up_has_no_result() {
        assert!(Bootstrap::new(1, 100).means(&[vec![0.5]], &|| true).is_none());
    }

    #[test]
    fn the_interval_leaves_a_fortieth_of_the_draws_at_each_end() {
        assert_eq!(ranks(10_000), 249..=9_750);
        assert_eq!(ranks(999), 24..=974);
        assert_eq!(ranks(10), 0..=9);
        assert_eq!(ranks(1), 0..=0);
        let hundred: Vec<f64> = (1..=99).rev().map(f64::from).collect();
        // k = ⌊0.025 · 100⌋ = 2 of 99 draws.
        assert_eq!(ends(hundred), (2.0, 98.0));
    }

    #[test]
    fn systems_with_equal_scores_do_not_differ() {
        let scores = vec![0.1, 0.7, 0.3];
        let comparison = means(1, 500, &[scores.clone(), scores]).compare(0, 1);
        assert_eq!(comparison, Comparison { difference: 0.0, low: 0.0, high: 0.0, p: 1.0 });
    }

    #[test]
    fn one_cluster_has_an_interval_without_width() {
        let resampled = means(1, 200, &[vec![0.25], vec![0.5]]);
        assert_eq!(resampled.interval(0), Interval { mean: 0.25, low: Some(0.25), high: Some(0.25) });
        assert_eq!(resampled.compare(0, 1), Comparison { difference: -0.25, low: -0.25, high: -0.25, p: 2.0 / 201.0 });
    }

    #[test]
    fn a_difference_on_every_cluster_has_the_smallest_p_there_is() {
        let resampled = means(9, 1_000, &[vec![0.5, 0.75, 1.0, 0.25], vec![0.25, 0.5, 0.75, 0.0]]);
        assert_eq!(resampled.compare(0, 1), Comparison { difference: 0.25, low: 0.25, high: 0.25, p: 2.0 / 1_001.0 });
        assert_eq!(
            resampled.compare(1, 0),
            Comparison { difference: -0.25, low: -0.25, high: -0.25, p: 2.0 / 1_001.0 }
        );
    }

    #[test]
    fn draws_of_two_clusters_have_the_shares_of_two_coins() {
        // a wins one cluster and b the other: of four equally likely draws one is for a, one for b and two are level,
        // so that three quarters are not for either and p, which is at most 1, is 1.
        let level = means(5, 4_000, &[vec![1.0, 0.0], vec![0.0, 1.0]]).compare(0, 1);
        assert_eq!(level, Comparison { difference: 0.0, low: -1.0, high: 1.0, p: 1.0 });
        // a wins one cluster and the other is level: a quarter of the draws is level, so p is about a half.
        let ahead = means(5, 4_000, &[vec![1.0, 0.0], vec![0.0, 0.0]]).compare(0, 1);
        assert_eq!((ahead.difference, ahead.low, ahead.high), (0.5, 0.0, 1.0));
        assert!((ahead.p - 0.5).abs() < 0.05, "{}", ahead.p);
    }

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide_on_each_side() {
        // 400 clusters, half 0 and half 1: the standard error of the mean is 0.5 / 20 = 0.025.
        let scores: Vec<f64> = (0..400).map(|cluster| f64::from(cluster % 2)).collect();
        let interval = means(2, DRAWS, &[scores]).interval(0);
        assert_eq!(interval.mean, 0.5);
        assert!(
            (interval.low.unwrap() - 0.451).abs() < 0.004 && (interval.high.unwrap() - 0.549).abs() < 0.004,
            "{interval:?}"
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_bits_at_any_number_of_threads() {
        let scores: Vec<Vec<f64>> =
            (1..4).map(|of| (1..30).map(|cluster| 1.0 / f64::from(cluster * of)).collect()).collect();
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| means(11, 300, &scores).drawn)
        };
        assert_eq!(on(1), on(3));
        assert_ne!(means(11, 300, &scores).drawn, means(12, 300, &scores).drawn);
    }

    #[test]
    fn a_ratio_of_sums_is_drawn_as_its_sums_are() {
        // Right ones and all of two clusters: 1 of 2 and 3 of 4.
        let of_one = means(5, 4_000, &[vec![1.0, 3.0], vec![2.0, 4.0]]).map(|means| [means[0] / means[1]]);
        assert_eq!(of_one.interval(0), Interval { mean: 4.0 / 6.0, low: Some(0.5), high: Some(0.75) });
        let other = means(5, 4_000, &[vec![0.0, 2.0], vec![2.0, 4.0]]).map(|means| [means[0] / means[1]]);
        let comparison = of_one.less(&other, 0);
        // One more is right in each cluster: of 2, of 3 on average, or of 4.
        assert!((comparison.difference - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!((comparison.low, comparison.high, comparison.p), (0.25, 0.5, 2.0 / 4_001.0));
    }

    #[test]
    fn no_clusters_and_no_systems_are_no_error() {
        let none = means(0, 0, &[Vec::new(), Vec::new()]);
        assert_eq!(none.compare(0, 1), Comparison { difference: 0.0, low: 0.0, high: 0.0, p: 1.0 });
        means(0, 10, &[]);
    }

    #[test]
    #[should_panic(expected = "every system is scored on every cluster")]
    fn systems_on_different_clusters_cannot_be_compared() {
        means(0, 10, &[vec![0.0], vec![0.0, 1.0]]);
    }
}
