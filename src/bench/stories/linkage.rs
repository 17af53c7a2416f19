//! How similar articles are in, a tree of them out that joins the most similar first.
//!
//! *Single link*: two groups are as similar as their two most similar articles. The tree is the maximum spanning tree of the
//! articles, found by taking the pairs in order (Kruskal; Gower, J. C. and Ross, G. J. S. (1969). Minimum spanning trees and
//! single linkage cluster analysis. *Applied Statistics* 18, 54–64).
//!
//! *Average link*: two groups are as similar as the mean over all pairs of an article of each (UPGMA; Sokal, R. R. and
//! Michener, C. D. (1958). A statistical method for evaluating systematic relationships. *University of Kansas Science
//! Bulletin* 38, 1409–1438). Pairs that are not similar count as 0, so that only groups with a similar pair are looked at.
//! Each group knows its nearest one, and the nearest of all are joined (Müllner, D. (2011). Modern hierarchical,
//! agglomerative clustering algorithms. arXiv:1109.2378, the generic algorithm): a join cannot bring anything nearer than
//! the nearer of the two was, so that only those whose nearest was joined look again.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::similarity::Likeness;
use super::tree::{Join, Tree};

/// How similar groups are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// As their most similar articles.
    Single,
    /// As their articles on average.
    Average,
}

impl Link {
    /// The tree of so many articles, of which those are similar that `likenesses` names.
    pub fn tree(self, articles: usize, likenesses: Vec<Likeness>) -> Tree {
        match self {
            Self::Single => single(articles, likenesses),
            Self::Average => average(articles, &likenesses),
        }
    }
}

fn single(articles: usize, mut likenesses: Vec<Likeness>) -> Tree {
    likenesses.sort_unstable_by(|x, y| y.cosine.total_cmp(&x.cosine).then((x.a, x.b).cmp(&(y.a, y.b))));
    let joins = likenesses.into_iter().map(|Likeness { a, b, cosine }| Join { a, b, similarity: cosine });
    Tree::new(articles, joins)
}

fn average(articles: usize, likenesses: &[Likeness]) -> Tree {
    let mut groups = Groups::new(articles, likenesses);
    let mut joins = Vec::new();
    while let Some(Nearest { similarity, a, b }) = groups.next() {
        joins.push(Join { a, b, similarity });
        groups.join(a, b);
    }
    Tree::new(articles, joins)
}

/// Groups that are being joined, each called by one of its articles.
struct Groups {
    /// How many articles each has; 0 for what has gone into another one.
    sizes: Vec<f64>,
    /// For each the others that it is similar to, with the sum of the similarities of their articles.
    sums: Vec<FxHashMap<u32, f64>>,
    /// The nearest of each that has one.
    nearest: Vec<Option<Nearest>>,
    /// All that were ever the nearest. Those that still are come out first of their kind.
    queue: BinaryHeap<Nearest>,
}

/// Two groups of which one is the nearest to the other. `a` is the smaller number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Nearest {
    similarity: f64,
    a: u32,
    b: u32,
}

impl Eq for Nearest {}

impl Ord for Nearest {
    /// The more similar is the greater; of equals, the one with the smaller numbers.
    fn cmp(&self, other: &Self) -> Ordering {
        self.similarity.total_cmp(&other.similarity).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Nearest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Groups {
    /// Each article by itself.
    fn new(articles: usize, likenesses: &[Likeness]) -> Self {
        let mut sums = vec![FxHashMap::default(); articles];
        for Likeness { a, b, cosine } in likenesses {
            sums[*a as usize].insert(*b, *cosine);
            sums[*b as usize].insert(*a, *cosine);
        }
        let (sizes, nearest) = (vec![1.0; articles], vec![None; articles]);
        let mut groups = Self { sizes, sums, nearest, queue: BinaryHeap::new() };
        (0..articles as u32).for_each(|group| groups.look(group));
        groups
    }

    /// The two groups that are the most similar of all.
    fn next(&mut self) -> Option<Nearest> {
        while let Some(pair) = self.queue.pop() {
            let holds = |group: u32| self.nearest[group as usize] == Some(pair);
            if holds(pair.a) || holds(pair.b) {
                return Some(pair);
            }
        }
        None
    }

    fn pair(&self, group: u32, other: u32, sum: f64) -> Nearest {
        let similarity = sum / (self.sizes[group as usize] * self.sizes[other as usize]);
        Nearest { similarity, a: group.min(other), b: group.max(other) }
    }

    /// Looks for the nearest of a group.
    fn look(&mut self, group: u32) {
        let pairs = self.sums[group as usize].iter().map(|(other, sum)| self.pair(group, *other, *sum));
        let nearest = pairs.max();
        self.nearest[group as usize] = nearest;
        self.queue.extend(nearest);
    }

    /// Puts `b` into `a`.
    fn join(&mut self, a: u32, b: u32) {
        let gone = std::mem::take(&mut self.sums[b as usize]);
        self.sums[a as usize].remove(&b);
        self.sizes[a as usize] += self.sizes[b as usize];
        self.nearest[b as usize] = None;
        for (other, sum) in gone.into_iter().filter(|(other, _)| *other != a) {
            let together = self.sums[a as usize].entry(other).or_default();
            *together += sum;
            let together = *together;
            let of_other = &mut self.sums[other as usize];
            of_other.remove(&b);
            of_other.insert(a, together);
        }
        let has_lost = |other: &u32| {
            self.nearest[*other as usize].is_some_and(|pair| [a, b].iter().any(|gone| [pair.a, pair.b].contains(gone)))
        };
        let mut lost: Vec<u32> = self.sums[a as usize].keys().copied().filter(has_lost).collect();
        lost.push(a);
        lost.into_iter().for_each(|group| self.look(group));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::generator::SplitMix64;

    fn likenesses(pairs: &[(u32, u32, f64)]) -> Vec<Likeness> {
        pairs.iter().map(|(a, b, cosine)| Likeness { a: *a, b: *b, cosine: *cosine }).collect()
    }

    /// Which articles are together at a threshold: for each the first of its group.
    fn together(tree: &Tree, threshold: f64) -> Vec<usize> {
        let labels = tree.cut(Some(threshold)).labels;
        labels.iter().map(|label| labels.iter().position(|other| other == label).unwrap()).collect()
    }

    #[test]
    fn a_chain_is_one_group_for_single_link_and_two_for_average_link() {
        let chain = [(0, 1, 0.8), (1, 2, 0.6), (2, 3, 0.7)];
        let single = Link::Single.tree(4, likenesses(&chain));
        assert_eq!(together(&single, 0.6), [0, 0, 0, 0]);
        assert_eq!(together(&single, 0.65), [0, 0, 2, 2]);
        // Of the four pairs between the two groups one has .6, the others nothing.
        let average = Link::Average.tree(4, likenesses(&chain));
        assert_eq!(together(&average, 0.2), [0, 0, 2, 2]);
        assert_eq!(together(&average, 0.15), [0, 0, 0, 0]);
    }

    #[test]
    fn what_has_nothing_in_common_is_never_together() {
        for link in [Link::Single, Link::Average] {
            assert_eq!(together(&link.tree(3, likenesses(&[(0, 2, 0.1)])), 0.0), [0, 1, 0]);
            assert_eq!(together(&link.tree(2, Vec::new()), 0.0), [0, 1]);
            assert_eq!(together(&link.tree(0, Vec::new()), 0.0), [0; 0]);
        }
    }

    /// Average link by its definition: of all pairs of groups the nearest are joined, looked up article by article.
    fn slowly(articles: usize, likenesses: &[Likeness], threshold: f64) -> Vec<usize> {
        let of = |a: usize, b: usize| {
            let is_pair = |l: &&Likeness| (l.a as usize, l.b as usize) == (a.min(b), a.max(b));
            likenesses.iter().find(is_pair).map_or(0.0, |likeness| likeness.cosine)
        };
        let mut groups: Vec<Vec<usize>> = (0..articles).map(|article| vec![article]).collect();
        loop {
            let mut best = (threshold, 0, 0);
            for (x, group) in groups.iter().enumerate() {
                for (y, other) in groups.iter().enumerate().skip(x + 1) {
                    let sum: f64 = group.iter().flat_map(|a| other.iter().map(|b| of(*a, *b))).sum();
                    let mean = sum / (group.len() * other.len()) as f64;
                    if mean > best.0 {
                        best = (mean, x, y);
                    }
                }
            }
            let (_, x, y) = best;
            if x == y {
                let mut labels = vec![0; articles];
                groups.iter().for_each(|group| group.iter().for_each(|a| labels[*a] = *group.iter().min().unwrap()));
                return labels;
            }
            let gone = groups.remove(y);
            groups[x].extend(gone);
        }
    }

    #[test]
    fn average_link_joins_what_its_definition_joins() {
        let mut generator = SplitMix64::new(4);
        for round in 0..20 {
            let articles = 24;
            let mut pairs = Vec::new();
            for b in 0..articles {
                for a in 0..b {
                    // A third of the pairs, all of different similarity.
                    if generator.below(3) == 0 {
                        pairs.push((a, b, (1 + generator.below(1_000_000)) as f64 / 1e6));
                    }
                }
            }
            let likenesses = likenesses(&pairs);
            let tree = Link::Average.tree(articles as usize, likenesses.clone());
            for threshold in [0.05, 0.123, 0.3, 0.7] {
                let expected = slowly(articles as usize, &likenesses, threshold);
                assert_eq!(together(&tree, threshold), expected, "round {round}, threshold {threshold}");
            }
        }
    }
}
