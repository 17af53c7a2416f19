//! Joins of articles in, a tree that can be cut at any similarity out, and the cut that the stories themselves would
//! choose.

use rustc_hash::FxHashMap;

use super::measures::{Measure, Tally, tallies};
use crate::union_find::UnionFind;

/// Two groups are joined, each of them named by one of its articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// An article of the one.
    pub a: u32,
    /// An article of the other.
    pub b: u32,
    /// How similar the groups are.
    pub similarity: f64,
}

/// A tree of articles: which groups are joined, the most similar first. Groups without any similarity are never joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    articles: usize,
    /// They never become more similar again.
    joins: Vec<Join>,
}

/// A tree, cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// For each article the number of its group.
    pub labels: Vec<usize>,
    /// What is at least so similar is together; `None` where nothing is.
    pub threshold: Option<f64>,
}

impl Tree {
    /// The tree of so many articles that comes of joins, in their order. Those of what is together already are passed
    /// over. A join that seems to be more similar than the one before, as sums are rounded, is as similar as that.
    pub fn new(articles: usize, joins: impl IntoIterator<Item = Join>) -> Self {
        let mut groups = Groups::new(articles);
        let (mut kept, mut last) = (Vec::new(), f64::INFINITY);
        for join in joins {
            if groups.join(join.a, join.b).is_some() {
                last = join.similarity.min(last);
                kept.push(Join { similarity: last, ..join });
            }
        }
        Self { articles, joins: kept }
    }

    /// What is together where all joins of at least such a similarity are made.
    pub fn cut(&self, threshold: Option<f64>) -> Cut {
        let mut groups = Groups::new(self.articles);
        let is_made = |join: &&Join| threshold.is_some_and(|threshold| join.similarity >= threshold);
        for join in self.joins.iter().take_while(is_made) {
            groups.join(join.a, join.b);
        }
        Cut { labels: groups.labels(), threshold }
    }

    /// The cut with the highest B³ F1 against the stories of the articles; of equal ones that with the fewest joins.
    ///
    /// A threshold that is chosen so is kind to the tree: nobody who groups articles knows their stories.
    pub fn best_cut(&self, gold: &[usize]) -> Cut {
        let mut sums = Sums::new(gold);
        let mut groups = Groups::new(self.articles);
        let (mut best, mut threshold) = (sums.f1(), None);
        for (at, join) in self.joins.iter().enumerate() {
            if let Some((into, gone)) = groups.join(join.a, join.b) {
                sums.join(into, gone);
            }
            let goes_on = self.joins.get(at + 1).is_some_and(|next| next.similarity >= join.similarity);
            if !goes_on && sums.f1() > best + ROUNDING {
                (best, threshold) = (sums.f1(), Some(join.similarity));
            }
        }
        self.cut(threshold)
    }
}

/// Scores closer than this are the same: they come of sums in another order.
const ROUNDING: f64 = 1e-12;

/// Which articles are together. The smaller group goes into the larger one: what is kept of a group is moved seldom then.
struct Groups {
    sets: UnionFind,
    sizes: Vec<u32>,
}

impl Groups {
    fn new(articles: usize) -> Self {
        Self { sets: UnionFind::apart(articles), sizes: vec![1; articles] }
    }

    /// Puts the groups of two articles together: which one went on, and which one into it. `None` if they were one.
    fn join(&mut self, a: u32, b: u32) -> Option<(usize, usize)> {
        let [a, b] = [a, b].map(|article| self.sets.find(article as usize));
        if a == b {
            return None;
        }
        let (into, gone) = if self.sizes[a] >= self.sizes[b] { (a, b) } else { (b, a) };
        self.sets.put(gone, into);
        self.sizes[into] += self.sizes[gone];
        Some((into, gone))
    }

    fn labels(&self) -> Vec<usize> {
        self.sets.tops()
    }
}

/// The sums of B³ precision and recall while groups are being joined.
struct Sums {
    articles: f64,
    precision: f64,
    recall: f64,
    /// How many articles each story has.
    stories: Vec<f64>,
    /// For each group, how many articles it has of each story.
    shared: Vec<FxHashMap<usize, f64>>,
    sizes: Vec<f64>,
    /// For each group the sum of the squares of these numbers.
    squares: Vec<f64>,
}

impl Sums {
    /// Each article by itself.
    fn new(gold: &[usize]) -> Self {
        let of_stories = tallies(gold, gold);
        let alone: Vec<usize> = (0..gold.len()).collect();
        let all: Tally = tallies(gold, &alone).into_iter().sum();
        Self {
            articles: all.articles,
            precision: all.precision,
            recall: all.recall,
            stories: of_stories.iter().map(|tally| tally.articles).collect(),
            shared: gold.iter().map(|story| FxHashMap::from_iter([(*story, 1.0)])).collect(),
            sizes: vec![1.0; gold.len()],
            squares: vec![1.0; gold.len()],
        }
    }

    /// Puts a group into another one.
    fn join(&mut self, into: usize, gone: usize) {
        self.precision -= self.squares[into] / self.sizes[into] + self.squares[gone] / self.sizes[gone];
        for (story, count) in std::mem::take(&mut self.shared[gone]) {
            let known = self.shared[into].entry(story).or_default();
            // (x + y)² is x² + y² and this.
            let new = 2.0 * *known * count;
            *known += count;
            self.squares[into] += new;
            self.recall += new / self.stories[story];
        }
        self.squares[into] += self.squares[gone];
        self.sizes[into] += self.sizes[gone];
        self.precision += self.squares[into] / self.sizes[into];
    }

    /// B³ F1.
    fn f1(&self) -> f64 {
        let b_cubed =
            Tally { articles: self.articles, precision: self.precision, recall: self.recall, ..Tally::default() };
        let at = Measure::ALL.iter().position(|measure| *measure == Measure::BCubedF1);
        b_cubed.scores()[at.expect("every measure is in the list")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(articles: usize, joins: &[(u32, u32, f64)]) -> Tree {
        Tree::new(articles, joins.iter().map(|(a, b, similarity)| Join { a: *a, b: *b, similarity: *similarity }))
    }

    /// For each article the first one that it is together with.
    fn firsts(cut: &Cut) -> Vec<usize> {
        let first = |label: &usize| cut.labels.iter().position(|other| other == label).unwrap();
        cut.labels.iter().map(first).collect()
    }

    #[test]
    fn a_cut_makes_all_joins_of_at_least_its_threshold() {
        let tree = tree(5, &[(0, 1, 0.9), (3, 4, 0.5), (1, 3, 0.2)]);
        let cut = |threshold| firsts(&tree.cut(threshold));
        assert_eq!(cut(None), [0, 1, 2, 3, 4]);
        assert_eq!(cut(Some(0.5)), [0, 0, 2, 3, 3]);
        assert_eq!(cut(Some(0.1)), [0, 0, 2, 0, 0]);
    }

    #[test]
    fn what_is_together_is_not_joined_again_and_similarities_never_rise() {
        let tree = tree(3, &[(0, 1, 0.5), (1, 0, 0.4), (1, 2, 0.500_000_01)]);
        assert_eq!(tree.joins.iter().map(|join| join.similarity).collect::<Vec<_>>(), [0.5, 0.5]);
    }

    #[test]
    fn the_best_cut_finds_the_stories_where_they_are_in_the_tree() {
        let tree = tree(6, &[(4, 5, 0.8), (0, 1, 0.7), (1, 2, 0.6), (2, 4, 0.3), (3, 5, 0.1)]);
        let cut = tree.best_cut(&[0, 0, 0, 1, 2, 2]);
        assert_eq!((firsts(&cut), cut.threshold), (vec![0, 0, 0, 3, 4, 4], Some(0.6)));
        let alone = tree.best_cut(&[0, 1, 2, 3, 4, 5]);
        assert_eq!((firsts(&alone), alone.threshold), (vec![0, 1, 2, 3, 4, 5], None));
        assert_eq!(tree.best_cut(&[0; 6]).threshold, Some(0.1));
    }

    #[test]
    fn joins_of_one_similarity_are_made_together_or_not_at_all() {
        // Only the first of the two would be right.
        let tree = tree(4, &[(0, 1, 0.5), (2, 3, 0.5)]);
        let cut = tree.best_cut(&[0, 0, 1, 2]);
        assert_eq!(cut.threshold, None, "F1 is .857 with no join, and .857 with both");
        let larger = self::tree(5, &[(0, 1, 0.5), (2, 3, 0.5), (3, 4, 0.4)]).best_cut(&[0, 0, 1, 1, 2]);
        assert_eq!((firsts(&larger), larger.threshold), (vec![0, 0, 2, 2, 4], Some(0.5)));
    }

    #[test]
    fn sums_that_are_kept_while_joining_are_those_of_the_definition() {
        let gold = [0, 1, 0, 2, 1, 0, 2, 2];
        let (mut groups, mut sums) = (Groups::new(gold.len()), Sums::new(&gold));
        for (a, b) in [(0, 2), (1, 3), (4, 5), (0, 1), (6, 7), (7, 2), (5, 3)] {
            let (into, gone) = groups.join(a, b).expect("they are apart");
            sums.join(into, gone);
            let expected = tallies(&gold, &groups.labels()).into_iter().sum::<Tally>();
            assert!((sums.precision - expected.precision).abs() < 1e-12, "{expected:?}");
            assert!((sums.recall - expected.recall).abs() < 1e-12, "{expected:?}");
        }
    }

    #[test]
    fn no_articles_make_no_groups() {
        assert_eq!(tree(0, &[]).best_cut(&[]), Cut { labels: vec![], threshold: None });
    }
}
