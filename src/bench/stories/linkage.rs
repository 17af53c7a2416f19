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
