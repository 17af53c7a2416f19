//! What came of each corpus in, means with their intervals and comparisons out. Its serde form is the JSON format, see
//! [`formats`](crate::docs::formats).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::repetition::Repetition;
use super::rouge::{Measure, RougeTokens};
use super::run::{Author, Bench, Entrant, Mark, Run, Size, TokenChoice};
use super::significance::{Bootstrap, Comparison, Interval, Resampled};
use super::summary::Limit;
use crate::language::Language;
use crate::model::LeftOut;

/// The number of the JSON format. It rises when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// What a benchmark found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that made it.
    pub version: String,
    /// What it was made with.
    pub settings: Settings,
    /// A table a corpus.
    pub corpora: Vec<Table>,
}

/// What decides what a report says, beside the corpora and the systems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How long summaries are.
    pub limit: Limit,
    /// Whether summaries keep to whole sentences, but for those of an entrant that says otherwise.
    pub whole: bool,
    /// Which tokens texts are compared by.
    pub tokens: TokenChoice,
    /// Whether Google's tokens are stemmed.
    pub stemming: bool,
    /// The language that all articles were read in, if it was given.
    pub language: Option<Language>,
    /// What there is of several references to a story: always `mean`.
    pub several_references: String,
    /// How clusters are drawn for intervals and comparisons.
    pub bootstrap: Bootstrap,
}

/// What was found on one corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What the corpus is called.
    pub corpus: String,
    /// Its path as given.
    pub path: String,
    /// How many stories were scored.
    pub clusters: usize,
    /// Whether it was ended early: before all stories were scored, or before all intervals and comparisons were made.
    pub interrupted: bool,
    /// What the texts were compared by, and how many stories so.
    pub tokens: Vec<TokensUsed>,
    /// How much text there was.
    pub size: Size,
    /// The lines, folders and files of folders that were left out.
    pub left_out: Vec<LeftOut>,
    /// Who entered, in the order of the table.
    pub systems: Vec<Row>,
    /// Every two of them, the one further up first; those that were made, if it was ended early.
    pub comparisons: Vec<Pair>,
    /// What is another each time: times and memory.
    pub measured: Measured,
}

/// Some stories, and the tokens that their texts were compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensUsed {
    /// The tokens.
    #[serde(flatten)]
    pub tokens: RougeTokens,
    /// How many stories.
    pub clusters: usize,
}

/// What kind of entrant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It sees the articles.
    System,
    /// It sees the references: what choosing sentences could reach.
    Ceiling,
    /// Its summaries were given.
    Given,
}

/// What one entrant reached: means over the stories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// What kind of entrant it is.
    pub kind: Kind,
    /// Whether its summaries keep to whole sentences; otherwise they are cut at the limit.
    pub whole: bool,
    /// Whether it was fitted on a corpus of this name: then it may look better here than it is.
    pub trained_on: bool,
    /// Its scores, in [0, 1].
    pub rouge: BTreeMap<Measure, Reached>,
    /// How much the sentences of a summary repeat each other: the mean overlap of its pairs of sentences, and the highest.
    pub repetition: Repetition,
    /// The share of a story's articles that is quoted.
    pub sources: Option<f64>,
    /// The share of summaries with a sentence that cannot stand there.
    pub violations: Option<f64>,
    /// The share of the limit that is used.
    pub fill: f64,
    /// For how many stories there was no summary; they score 0.
    pub missing: usize,
}

/// A mean score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// The mean of F1 with its 95 % interval.
    pub f1: Interval,
    /// The mean precision.
    pub precision: f64,
    /// The mean recall.
    pub recall: f64,
}

/// Two entrants, and how much the first is better in the mean of F1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Their names.
    pub systems: [String; 2],
    /// The difference by each measure.
    pub rouge: BTreeMap<Measure, Comparison>,
}

/// What is another each time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// How long the whole run took, in seconds.
    pub seconds: f64,
    /// How many stories were worked on at the same time.
    pub threads: usize,
    /// Reading articles, finding sentences and weighing words, in milliseconds of one thread a story.
    pub preparing_ms: f64,
    /// The most memory of the process, with all systems and stories that were worked on at the same time; absent where
    /// the operating system does not say.
    pub peak_memory_bytes: Option<u64>,
    /// What each system took.
    pub systems: BTreeMap<String, Speed>,
}

/// How fast a system is, on one thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Ranking and choosing, in milliseconds a story.
    pub choosing_ms: f64,
    /// Millions of bytes of text a second, preparing and choosing together.
    pub megabytes_per_second: f64,
}

impl Report {
    /// Puts together what was found. Once `give_up` is true, intervals and comparisons that are not made yet are left out.
    pub fn new(bench: &Bench, bootstrap: Bootstrap, runs: &[Run], give_up: &(dyn Fn() -> bool + Sync)) -> Self {
        let settings = Settings {
            limit: bench.limit,
            whole: bench.whole,
            tokens: bench.tokens,
            stemming: bench.stemming,
            language: bench.language,
            several_references: "mean".to_owned(),
            bootstrap,
        };
        let corpora = runs.iter().map(|run| table(bench, bootstrap, run, give_up)).collect();
        Self { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").to_owned(), settings, corpora }
    }
}

fn table(bench: &Bench, bootstrap: Bootstrap, run: &Run, give_up: &(dyn Fn() -> bool + Sync)) -> Table {
    let mut size = Size::default();
    run.outcomes.iter().for_each(|outcome| size.add(outcome.size));
    let scores = |measure: usize| by_entrant(bench, run, |mark| mark.scores[measure].f1);
    let drawn: Vec<Option<Resampled>> =
        (0..Measure::ALL.len()).map(|measure| bootstrap.means(&scores(measure), give_up)).collect();
    let rows = bench.entrants.iter().enumerate().map(|(index, entrant)| row(index, entrant, run, &drawn));
    let (comparisons, all_compared) = pairs(&bench.entrants, &drawn, give_up);
    Table {
        corpus: run.corpus.clone(),
        path: run.path.clone(),
        clusters: run.outcomes.len(),
        interrupted: run.interrupted || !all_compared,
        tokens: tokens_used(run),
        size,
        left_out: run.left_out.iter().map(LeftOut::from).collect(),
        systems: rows.collect(),
        comparisons,
        measured: measured(bench, run, size),
    }
}

/// A list for each entrant, with a number for each story.
fn by_entrant(bench: &Bench, run: &Run, of: impl Fn(&Mark) -> f64) -> Vec<Vec<f64>> {
    let entrants = 0..bench.entrants.len();
    entrants.map(|index| run.outcomes.iter().map(|outcome| of(&outcome.marks[index])).collect()).collect()
}

/// In the order in which they first occur.
fn tokens_used(run: &Run) -> Vec<TokensUsed> {
    let mut used: Vec<TokensUsed> = Vec::new();
    for outcome in &run.outcomes {
        match used.iter_mut().find(|used| used.tokens == outcome.tokens) {
            Some(used) => used.clusters += 1,
            None => used.push(TokensUsed { tokens: outcome.tokens, clusters: 1 }),
        }
    }
    used
}

fn row(index: usize, entrant: &Entrant, run: &Run, drawn: &[Option<Resampled>]) -> Row {
    let marks: Vec<&Mark> = run.outcomes.iter().map(|outcome| &outcome.marks[index]).collect();
    let over_all = |of: &dyn Fn(&Mark) -> f64| mean(marks.iter().map(|mark| of(mark)));
    let reached = |(at, measure): (usize, Measure)| {
        let mean_alone = || Interval { mean: over_all(&|mark| mark.scores[at].f1), low: None, high: None };
        let reached = Reached {
            f1: drawn[at].as_ref().map_or_else(mean_alone, |drawn| drawn.interval(index)),
            precision: over_all(&|mark| mark.scores[at].precision),
            recall: over_all(&|mark| mark.scores[at].recall),
        };
        (measure, reached)
    };
    let knows_sentences = !matches!(entrant.by, Author::Given(_));
    Row {
        name: entrant.name.clone(),
        kind: match entrant.by {
            Author::System(_) => Kind::System,
            Author::Ceiling => Kind::Ceiling,
            Author::Given(_) => Kind::Given,
        },
        whole: entrant.whole,
        trained_on: entrant.fitted_on.contains(&run.corpus),
        rouge: Measure::ALL.into_iter().enumerate().map(reached).collect(),
        repetition: Repetition {
            mean: over_all(&|mark| mark.repetition.mean),
            highest: over_all(&|mark| mark.repetition.highest),
        },
        sources: knows_sentences.then(|| over_all(&|mark| mark.sources.unwrap_or_default())),
        violations: knows_sentences.then(|| over_all(&|mark| f64::from(u8::from(mark.violates == Some(true))))),
        fill: over_all(&|mark| mark.fill),
        missing: marks.iter().filter(|mark| mark.missing).count(),
    }
}

/// The mean; 0 of nothing.
fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len().max(1) as f64;
    numbers.sum::<f64>() / count
}

/// Every two entrants, and whether all measures of all of them are there.
fn pairs(entrants: &[Entrant], drawn: &[Option<Resampled>], give_up: &(dyn Fn() -> bool + Sync)) -> (Vec<Pair>, bool) {
    let mut pairs = Vec::new();
    for (a, first) in entrants.iter().enumerate() {
        for (b, second) in entrants.iter().enumerate().skip(a + 1) {
            if give_up() {
                return (pairs, false);
            }
            let measures = Measure::ALL.into_iter().zip(drawn);
            let compare =
                |(measure, drawn): (Measure, &Option<Resampled>)| Some((measure, drawn.as_ref()?.compare(a, b)));
            let rouge: BTreeMap<Measure, Comparison> = measures.filter_map(compare).collect();
            if !rouge.is_empty() {
                pairs.push(Pair { systems: [first.name.clone(), second.name.clone()], rouge });
            }
        }
    }
    (pairs, drawn.iter().all(Option::is_some))
}

fn measured(bench: &Bench, run: &Run, size: Size) -> Measured {
    let preparing: f64 = run.outcomes.iter().map(|outcome| outcome.preparing.as_secs_f64()).sum();
    let stories = run.outcomes.len().max(1) as f64;
    let speed = |(index, entrant): (usize, &Entrant)| {
        let choosing: f64 = run.outcomes.iter().map(|outcome| outcome.marks[index].choosing.as_secs_f64()).sum();
        let megabytes_per_second = size.bytes as f64 / 1e6 / (preparing + choosing).max(f64::MIN_POSITIVE);
        let speed = Speed { choosing_ms: choosing * 1e3 / stories, megabytes_per_second };
        (entrant.name.clone(), speed)
    };
    let systems = bench.entrants.iter().enumerate().filter(|(_, entrant)| matches!(entrant.by, Author::System(_)));
    Measured {
        seconds: run.time.as_secs_f64(),
        threads: bench.threads,
        preparing_ms: preparing * 1e3 / stories,
        peak_memory_bytes: run.peak_memory,
        systems: systems.map(speed).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::bench::predictions::Predictions;
    use crate::bench::rouge::Score;
    use crate::bench::run::Outcome;

    /// Two entrants, of which the first is better on each of three stories, and was fitted on the corpus `news`.
    fn bench_and_run() -> (Bench, Run) {
        let entrant = |name: &str, fitted_on: &[&str]| Entrant {
            name: name.to_owned(),
            by: Author::Given(Predictions::default()),
            whole: false,
            fitted_on: fitted_on.iter().map(|name| (*name).to_owned()).collect(),
        };
        let bench = Bench {
            limit: Limit::default(),
            whole: false,
            tokens: TokenChoice::default(),
            stemming: true,
            language: None,
            entrants: vec![entrant("a", &["news"]), entrant("b", &["other"])],
            threads: 1,
            keep_summaries: false,
        };
        let mark =
            |f1: f64| Mark { scores: [Score { precision: f1, recall: f1, f1 }; Measure::ALL.len()], ..Mark::default() };
        let outcome = |id: usize| Outcome {
            id: id.to_string(),
            place: format!("news.jsonl:{id}"),
            tokens: RougeTokens::Unicode,
            size: Size::default(),
            preparing: Duration::ZERO,
            marks: vec![mark(0.5), mark(0.25)],
        };
        let run = Run {
            corpus: "news".to_owned(),
            path: "news.jsonl".to_owned(),
            outcomes: (1..=3).map(outcome).collect(),
            left_out: Vec::new(),
            interrupted: false,
            time: Duration::ZERO,
            peak_memory: None,
        };
        (bench, run)
    }

    #[test]
    fn a_report_that_is_given_up_has_the_means_and_what_was_drawn_until_then() {
        let (bench, run) = bench_and_run();
        let bootstrap = Bootstrap::new(1, 10);
        // Two measures have ten draws each.
        let asked = AtomicUsize::new(0);
        let report =
            Report::new(&bench, bootstrap, std::slice::from_ref(&run), &|| asked.fetch_add(1, Ordering::Relaxed) >= 20);
        let table = &report.corpora[0];
        assert!(table.interrupted && table.comparisons.is_empty());
        let f1 = |measure| table.systems[0].rouge[&measure].f1;
        assert_eq!(f1(Measure::R2), Interval { mean: 0.5, low: Some(0.5), high: Some(0.5) });
        assert_eq!(f1(Measure::R3), Interval { mean: 0.5, low: None, high: None });
        let whole = Report::new(&bench, bootstrap, &[run], &|| false);
        assert!(!whole.corpora[0].interrupted && whole.corpora[0].comparisons[0].rouge.len() == Measure::ALL.len());
    }

    #[test]
    fn who_was_fitted_on_the_corpus_is_marked() {
        let (bench, run) = bench_and_run();
        let report = Report::new(&bench, Bootstrap::new(1, 10), &[run], &|| false);
        let trained: Vec<bool> = report.corpora[0].systems.iter().map(|row| row.trained_on).collect();
        assert_eq!(trained, [true, false]);
    }
}
