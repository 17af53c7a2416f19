//! Articles of which it is known which story each is of in, the [`Decision`] that groups them best out.
//!
//! The examples are what the grouper itself meets. Its first decision is learned from pairs of articles that are close to each
//! other; with that it groups the corpus, and what it weighed on the way, right and wrong, is learned from as well (Ross,
//! Gordon and Bagnell, *A Reduction of Imitation Learning and Structured Prediction to No-Regret Online Learning*, 2011). Two
//! groups are an example of one story if more than half of their pairs of articles are of one.
//!
//! Every corpus counts the same, however large it is. What a decision is worth is told by cross-validation: it groups a whole
//! corpus, and counted are the stories that it has not seen.

use super::corpus::StoryCorpus;
use super::logistic::Regression;
use super::measures::{Tally, tallies};
use super::ours::{Epitome, in_order};
use super::similarity::order;
use crate::bench::stories::entrants::Grouper as _;
use crate::model::Article;
use crate::stories::{Decision, Evidence, Grouper, GroupingOptions, Kind, Weighed};

/// What was learned, and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Learned from all stories.
    pub decision: Decision,
    /// For each corpus the sum of what its stories add to the measures, each grouped by a decision that has not seen it.
    pub validated: Vec<Tally>,
}

/// How often the corpora are grouped by what was learned so far.
const ROUNDS: usize = 2;

/// Examples from a grouping count so many times those of single pairs: there are far fewer, and they are what matters.
const GROUPED: f64 = 3.0;

/// The grouper goes on below even odds by so much, to see what it must not put together.
const BEYOND: f64 = -2.5;

/// Learns from corpora, in so many folds of their stories.
pub fn learn(corpora: &[StoryCorpus], folds: usize) -> Learned {
    let mut validated = vec![Tally::default(); corpora.len()];
    for fold in 0..folds {
        let left_out = |story: usize| story % folds == fold;
        let decision = decision(corpora, |story| !left_out(story));
        for (corpus, validated) in corpora.iter().zip(&mut validated) {
            let labels = Epitome { decision: decision.clone() }.group(&corpus.articles);
            let tallies = tallies(&corpus.gold, &labels);
            let unseen = tallies.into_iter().enumerate().filter(|(story, _)| left_out(*story));
            *validated = *validated + unseen.map(|(_, tally)| tally).sum();
        }
    }
    Learned { decision: decision(corpora, |_| true), validated }
}

/// The decision that is learned from some stories of each corpus.
fn decision(corpora: &[StoryCorpus], learns_from: impl Fn(usize) -> bool) -> Decision {
    let lessons: Vec<Lesson> = corpora.iter().map(|corpus| Lesson::of(corpus, &learns_from)).collect();
    let mut examples = Examples::default();
    for lesson in &lessons {
        examples.take(lesson.pairs(), 1.0);
    }
    let mut decision = examples.fitted(&Decision::default());
    for _ in 0..ROUNDS {
        for lesson in &lessons {
            examples.take(lesson.grouped(&decision), GROUPED);
        }
        decision = examples.fitted(&decision);
    }
    decision
}

/// The articles of a corpus that are learned from, in order, and their stories.
struct Lesson {
    articles: Vec<Article>,
    gold: Vec<usize>,
}

/// What speaks for and against two groups being one, of what kind it is, and whether they are one.
type Example = (Evidence, Kind, bool);

impl Lesson {
    fn of(corpus: &StoryCorpus, learns_from: impl Fn(usize) -> bool) -> Self {
        let mut order = order(&corpus.articles);
        order.retain(|at| learns_from(corpus.gold[*at]));
        Self { articles: in_order(&corpus.articles, &order), gold: order.iter().map(|at| corpus.gold[*at]).collect() }
    }

    fn grouper(&self, decision: &Decision) -> Grouper {
        let options = GroupingOptions { decision: decision.clone(), ..GroupingOptions::default() };
        let mut grouper = Grouper::new(options);
        grouper.add_apart(&self.articles);
        grouper
    }

    fn example(&self, weighed: &Weighed<'_>) -> Example {
        let [one, other] = weighed.articles;
        let story = |article: &u32| self.gold[*article as usize];
        let same = one.iter().map(|a| other.iter().filter(|b| story(a) == story(b)).count()).sum::<usize>();
        (weighed.evidence, weighed.kind, 2 * same > one.len() * other.len())
    }

    /// Pairs of close articles.
    fn pairs(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        self.grouper(&Decision::default()).weigh_all(|weighed| examples.push(self.example(weighed)));
        examples
    }

    /// What the grouper meets with a decision: what it puts together, what it leaves apart, and what it would put together
    /// next.
    fn grouped(&self, decision: &Decision) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut grouper = self.grouper(decision);
        grouper.settle(0.0, |weighed| examples.push(self.example(weighed)));
        grouper.weigh_all(|weighed| examples.push(self.example(weighed)));
        grouper.settle(BEYOND, |weighed| examples.push(self.example(weighed)));
        examples
    }
}

/// Examples of each kind.
#[derive(Default)]
struct Examples {
    day: Regression,
    archive: Regression,
    undated: Regression,
    headlines: Regression,
}

impl Examples {
    /// Takes in the examples of a corpus, which together count so much.
    fn take(&mut self, examples: Vec<Example>, weight: f64) {
        /// Of each corpus the examples of one story count as much as so many.
        const AS_MANY: f64 = 1_000.0;
        let same = examples.iter().filter(|(_, _, same)| *same).count().max(1);
        for (evidence, kind, is_same) in examples {
            let kind = match kind {
                Kind::Day => &mut self.day,
                Kind::Archive => &mut self.archive,
                Kind::Undated => &mut self.undated,
                Kind::Headlines => &mut self.headlines,
            };
            kind.add(evidence, is_same, weight * AS_MANY / same as f64);
        }
    }

    /// The decision that fits them; of what there are no examples it stays as it is.
    fn fitted(&self, before: &Decision) -> Decision {
        Decision {
            day: self.day.fitted(Kind::Day).unwrap_or_else(|| before.day.clone()),
            archive: self.archive.fitted(Kind::Archive).unwrap_or_else(|| before.archive.clone()),
            undated: self.undated.fitted(Kind::Undated).unwrap_or_else(|| before.undated.clone()),
            headlines: self.headlines.fitted(Kind::Headlines).unwrap_or_else(|| before.headlines.clone()),
        }
    }
}
