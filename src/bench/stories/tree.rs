//! Joins of articles in, a tree that can be cut at any similarity out, and the cut that the stories themselves would choose.

use rustc_hash::FxHashMap;

use super::measures::{Measure, Tally, tallies};

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
    /// The tree of so many articles that comes of joins, in their order. Those of what is together already are passed over.
    /// A join that seems to be more similar than the one before, as sums are rounded, is as similar as that.
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

/// Which articles are together: a forest of links to other articles of a group (Tarjan, R. E. (1975). Efficiency of a good
/// but not linear set union algorithm. *Journal of the ACM* 22, 215–225).
struct Groups {
    above: Vec<u32>,
    sizes: Vec<u32>,
}

impl Groups {
    fn new(articles: usize) -> Self {
        Self { above: (0..articles as u32).collect(), sizes: vec![1; articles] }
    }

    /// The article that a group is called by.
    fn top(&mut self, article: u32) -> u32 {
        let mut at = article as usize;
        while self.above[at] as usize != at {
            // The path is halved on the way.
            self.above[at] = self.above[self.above[at] as usize];
            at = self.above[at] as usize;
        }
        at as u32
    }

    /// Puts the groups of two articles together: which one went on, and which one into it. `None` if they were one.
    fn join(&mut self, a: u32, b: u32) -> Option<(usize, usize)> {
        let (a, b) = (self.top(a) as usize, self.top(b) as usize);
        if a == b {
            return None;
        }
        let (into, gone) = if self.sizes[a] >= self.sizes[b] { (a, b) } else { (b, a) };
        self.above[gone] = into as u32;
        self.sizes[into] += self.sizes[gone];
        Some((into, gone))
    }

    fn labels(&mut self) -> Vec<usize> {
        (0..self.above.len() as u32).map(|article| self.top(article) as usize).collect()
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
