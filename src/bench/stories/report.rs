//! The groups of each entrant in, scores with their intervals and comparisons out. Its serde form is the JSON format, see
//! [`formats`](crate::docs::formats).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entrants::{Author, Entrant};
use super::measures::{Measure, Tally, counts, tallies};
use super::run::{Grouping, StoryBench, StoryRun};
use crate::bench::significance::{Bootstrap, Comparison, Interval, Resampled};
use crate::language::Language;
use crate::model::LeftOut;

/// The number of the JSON format. It rises when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// What a comparison of groupings found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryReport {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that made it.
    pub version: String,
    /// What it was made with.
    pub settings: Settings,
    /// A table a corpus.
    pub corpora: Vec<StoryTable>,
}

/// What decides what a report says, beside the corpora and the systems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How many days dated articles may lie apart that the baselines compare.
    pub window_days: u32,
    /// Whether articles without a date were passed over.
    pub dated: bool,
    /// The language that all articles were read in, if it was given.
    pub language: Option<Language>,
    /// How stories are drawn for intervals and comparisons.
    pub bootstrap: Bootstrap,
}

/// What was found on one corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryTable {
    /// What the corpus is called.
    pub corpus: String,
    /// Its path as given.
    pub path: String,
    /// Whether it was ended early: before all systems, or all intervals and comparisons, were there.
    pub interrupted: bool,
    /// How many articles there were.
    pub articles: usize,
    /// How many of them have a date.
    pub dated: usize,
    /// How many were passed over for having none.
    pub undated_left_out: usize,
    /// How many stories they are of.
    pub stories: usize,
    /// How many of these have a single article.
    pub alone: usize,
    /// Bytes of headlines and texts.
    pub bytes: usize,
    /// The lines, folders and files that were left out.
    pub left_out: Vec<LeftOut>,
    /// Who entered, in the order of the table.
    pub systems: Vec<StoryRow>,
    /// The first system held against each of the others.
    pub comparisons: Vec<StoryPair>,
    /// What is another each time: times and memory.
    pub measured: Measured,
}

/// What kind of entrant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It sees the articles alone.
    System,
    /// Its threshold was chosen by the stories of the same corpus: better than it could be found otherwise.
    BestThreshold,
    /// Its groups were given.
    Given,
}

/// What one entrant reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryRow {
    /// Its name.
    pub name: String,
    /// What kind of entrant it is.
    pub kind: Kind,
    /// Groups that are at least so similar are together; of those alone that have a threshold.
    pub threshold: Option<f64>,
    /// How many groups it made.
    pub stories: usize,
    /// How many of these have a single article.
    pub alone: usize,
    /// For how many articles no story was given; each of them is one by itself.
    pub missing: usize,
    /// Its scores, each with its 95 % interval.
    pub scores: BTreeMap<Measure, Interval>,
}

/// Two entrants, and how much the first is better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryPair {
    /// Their names.
    pub systems: [String; 2],
    /// The difference by each measure.
    pub scores: BTreeMap<Measure, Comparison>,
}

/// What is another each time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// How long all systems took together, in seconds.
    pub seconds: f64,
    /// How many threads there were.
    pub threads: usize,
    /// The most memory of the process, with the articles; absent where the operating system does not say.
    pub peak_memory_bytes: Option<u64>,
    /// What each system that made its groups itself took, in seconds.
    pub systems: BTreeMap<String, f64>,
}

impl StoryReport {
    /// Puts together what was found. Once `give_up` is true, intervals and comparisons that are not made yet are left out.
    pub fn new(
        bench: &StoryBench,
        bootstrap: Bootstrap,
        runs: &[StoryRun],
        give_up: &(dyn Fn() -> bool + Sync),
    ) -> Self {
        let settings = Settings {
            window_days: bench.window,
            dated: bench.selection.dated,
            language: bench.selection.language,
            bootstrap,
        };
        let corpora = runs.iter().map(|run| table(bench, bootstrap, run, give_up)).collect();
        Self { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").to_owned(), settings, corpora }
    }
}

fn table(bench: &StoryBench, bootstrap: Bootstrap, run: &StoryRun, give_up: &(dyn Fn() -> bool + Sync)) -> StoryTable {
    let corpus = &run.corpus;
    let entered = || bench.entrants.iter().zip(&run.groupings);
    let tallied: Vec<Vec<Tally>> = run.groupings.iter().map(|made| tallies(&corpus.gold, &made.labels)).collect();
    let drawn: Option<Vec<Resampled>> = tallied.iter().map(|tallies| resampled(tallies, bootstrap, give_up)).collect();
    let of = |at: usize| drawn.as_ref().map(|drawn| &drawn[at]);
    let rows = entered().zip(&tallied).enumerate();
    let (stories, alone) = counts(&corpus.gold);
    StoryTable {
        corpus: corpus.name.clone(),
        path: corpus.path.clone(),
        interrupted: run.interrupted || drawn.is_none(),
        articles: corpus.articles.len(),
        dated: corpus.articles.iter().filter(|article| article.published.is_some()).count(),
        undated_left_out: corpus.undated,
        stories,
        alone,
        bytes: corpus.bytes(),
        left_out: corpus.left_out.iter().map(LeftOut::from).collect(),
        systems: rows.map(|(at, ((entrant, made), tallies))| row(entrant, made, tallies, of(at))).collect(),
        comparisons: drawn.as_ref().map_or_else(Vec::new, |drawn| comparisons(&bench.entrants, drawn)),
        measured: measured(bench, run),
    }
}

/// The scores of a grouping in each draw of stories: those of the sums over the stories that are drawn. All groupings see the
/// same draws, which the seed and the number of stories alone decide.
fn resampled(tallies: &[Tally], bootstrap: Bootstrap, give_up: &(dyn Fn() -> bool + Sync)) -> Option<Resampled> {
    let sums: Vec<Vec<f64>> =
        (0..Tally::SUMS).map(|sum| tallies.iter().map(|tally| tally.sums()[sum]).collect()).collect();
    let stories = tallies.len() as f64;
    let scores = |means: &[f64]| Tally::of_sums(std::array::from_fn(|sum| means[sum] * stories)).scores();
    Some(bootstrap.means(&sums, give_up)?.map(scores))
}

fn row(entrant: &Entrant, made: &Grouping, tallies: &[Tally], drawn: Option<&Resampled>) -> StoryRow {
    let scores = tallies.iter().copied().sum::<Tally>().scores();
    let interval = |(at, measure): (usize, Measure)| {
        let alone = Interval { mean: scores[at], low: None, high: None };
        // The score of all stories is that of the sums, not of means that were multiplied again.
        (measure, drawn.map_or(alone, |drawn| Interval { mean: scores[at], ..drawn.interval(at) }))
    };
    let (stories, alone) = counts(&made.labels);
    StoryRow {
        name: entrant.name.clone(),
        kind: match entrant.by {
            Author::System(_) => Kind::System,
            Author::Tree(_) => Kind::BestThreshold,
            Author::Given(_) => Kind::Given,
        },
        threshold: made.threshold,
        stories,
        alone,
        missing: made.missing,
        scores: Measure::ALL.into_iter().enumerate().map(interval).collect(),
    }
}

/// The first entrant against each of the others.
fn comparisons(entrants: &[Entrant], drawn: &[Resampled]) -> Vec<StoryPair> {
    let Some((first, others)) = drawn.split_first() else { return Vec::new() };
    let pair = |(other, entrant): (&Resampled, &Entrant)| StoryPair {
        systems: [entrants[0].name.clone(), entrant.name.clone()],
        scores: Measure::ALL.into_iter().enumerate().map(|(at, measure)| (measure, first.less(other, at))).collect(),
    };
    others.iter().zip(&entrants[1..]).map(pair).collect()
}

fn measured(bench: &StoryBench, run: &StoryRun) -> Measured {
    let own = bench.entrants.iter().zip(&run.groupings).filter(|(entrant, _)| !matches!(entrant.by, Author::Given(_)));
    Measured {
        seconds: run.time.as_secs_f64(),
        threads: bench.threads,
        peak_memory_bytes: run.peak_memory,
        systems: own.map(|(entrant, made)| (entrant.name.clone(), made.time.as_secs_f64())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bench::stories::corpus::{Selection, StoryArticle, StoryCorpus};
    use crate::bench::stories::entrants::EachAlone;

    /// Three stories of two articles, found by the first of two systems and torn by the second.
    fn bench_and_run() -> (StoryBench, StoryRun) {
        let entrant = |name: &str| Entrant { name: name.to_owned(), by: Author::System(Box::new(EachAlone)) };
        let entrants = vec![entrant("finds"), entrant("tears")];
        let bench = StoryBench { selection: Selection::default(), window: 3, entrants, threads: 1 };
        let grouping =
            |labels: &[usize]| Grouping { labels: labels.to_vec(), threshold: None, missing: 0, time: Duration::ZERO };
        let corpus = StoryCorpus {
            articles: vec![StoryArticle::default(); 6],
            gold: vec![0, 0, 1, 1, 2, 2],
            ..StoryCorpus::default()
        };
        let groupings = vec![grouping(&[1, 1, 2, 2, 3, 3]), grouping(&[1, 2, 3, 4, 5, 6])];
        let run = StoryRun { corpus, groupings, interrupted: false, time: Duration::ZERO, peak_memory: None };
        (bench, run)
    }

    #[test]
    fn a_difference_in_every_story_is_one_in_every_draw() {
        let (bench, run) = bench_and_run();
        let report = StoryReport::new(&bench, Bootstrap::new(1, 1_000), &[run], &|| false);
        let table = &report.corpora[0];
        let recall = |row: usize| table.systems[row].scores[&Measure::BCubedRecall];
        assert_eq!(recall(0), Interval { mean: 1.0, low: Some(1.0), high: Some(1.0) });
        assert_eq!(recall(1), Interval { mean: 0.5, low: Some(0.5), high: Some(0.5) });
        let comparison = table.comparisons[0].scores[&Measure::BCubedRecall];
        assert_eq!(comparison, Comparison { difference: 0.5, low: 0.5, high: 0.5, p: 2.0 / 1_001.0 });
        assert_eq!((table.stories, table.alone, table.systems[1].alone), (3, 0, 6));
    }

    #[test]
    fn a_report_that_is_given_up_has_the_scores_alone() {
        let (bench, run) = bench_and_run();
        let report = StoryReport::new(&bench, Bootstrap::new(1, 10), &[run], &|| true);
        let table = &report.corpora[0];
        assert!(table.interrupted && table.comparisons.is_empty());
        assert_eq!(table.systems[0].scores[&Measure::PairF1], Interval { mean: 1.0, low: None, high: None });
    }
}
