//! A corpus and those who enter in, the groups that each of them makes out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::corpus::{Selection, StoryArticle, StoryCorpus};
use super::entrants::{Author, Entrant, Linked};
use super::similarity::TooMany;
use super::tree::Cut;
use crate::bench::memory;
use crate::bench::predictions::Predictions;
use crate::error::{Error, ErrorKind};

/// What a comparison is made with.
pub struct StoryBench {
    /// What is read of each corpus.
    pub selection: Selection,
    /// How many days dated articles may lie apart that the baselines compare, for the record: each knows for itself.
    pub window: u32,
    /// Who enters, in the order of the table.
    pub entrants: Vec<Entrant>,
    /// How many threads there are, for the record.
    pub threads: usize,
}

/// What came of a corpus.
#[derive(Debug)]
pub struct StoryRun {
    /// The articles, and the stories that they are of.
    pub corpus: StoryCorpus,
    /// What each entrant made, in their order; the first so many of them if it was interrupted.
    pub groupings: Vec<Grouping>,
    /// Whether some entrants are missing.
    pub interrupted: bool,
    /// How long it took, reading included.
    pub time: Duration,
    /// The most memory of the process meanwhile, in bytes.
    pub peak_memory: Option<u64>,
}

/// The groups that an entrant made.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// For each article the number of its group, numbered from 1 in the order in which they are first met.
    pub labels: Vec<usize>,
    /// Where a tree was cut; `None` for what is no tree, and where nothing is together.
    pub threshold: Option<f64>,
    /// For how many articles no story was given. Each of them is one by itself.
    pub missing: usize,
    /// How long it took.
    pub time: Duration,
}

impl StoryBench {
    /// Has every entrant group the articles of a corpus. Ends early, with what is done, when `stop` becomes true; `tell` hears
    /// who is at work.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::OverLimit`] where a baseline would have to compare too many pairs.
    pub fn run(&self, corpus: StoryCorpus, stop: &AtomicBool, tell: &mut dyn FnMut(&str)) -> Result<StoryRun, Error> {
        let start = Instant::now();
        memory::reset_peak();
        let mut groupings = Vec::with_capacity(self.entrants.len());
        for entrant in &self.entrants {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            tell(&entrant.name);
            let too_many = |error: TooMany| {
                let what = format!("{}: {error}", entrant.name);
                Error::new(ErrorKind::OverLimit, corpus.path.as_str(), what, "give --limit, or --systems without it")
            };
            groupings.push(entrant.by.group(&corpus).map_err(too_many)?);
        }
        let interrupted = groupings.len() < self.entrants.len();
        Ok(StoryRun { corpus, groupings, interrupted, time: start.elapsed(), peak_memory: memory::peak() })
    }
}

impl Author {
    fn group(&self, corpus: &StoryCorpus) -> Result<Grouping, TooMany> {
        let start = Instant::now();
        let (labels, threshold, missing) = match self {
            Self::System(system) => (system.group(&corpus.articles), None, 0),
            Self::Tree(linked) => {
                let Cut { labels, threshold } = best_cut(linked, corpus)?;
                (labels, threshold, 0)
            }
            Self::Given(predictions) => {
                let (labels, missing) = given(predictions, &corpus.name, &corpus.articles);
                (labels, None, missing)
            }
        };
        Ok(Grouping { labels: numbered(&labels), threshold, missing, time: start.elapsed() })
    }
}

/// The cut that the stories of a corpus would choose, articles in the order of the corpus.
fn best_cut(linked: &Linked, corpus: &StoryCorpus) -> Result<Cut, TooMany> {
    let (tree, order) = linked.tree(&corpus.articles)?;
    let gold: Vec<usize> = order.iter().map(|at| corpus.gold[*at]).collect();
    let cut = tree.best_cut(&gold);
    let mut labels = vec![0; order.len()];
    order.iter().zip(&cut.labels).for_each(|(at, label)| labels[*at] = *label);
    Ok(Cut { labels, ..cut })
}

/// The groups that somebody gave, and how many articles are in none of them.
fn given(predictions: &Predictions, corpus: &str, articles: &[StoryArticle]) -> (Vec<usize>, usize) {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut missing = 0;
    let labels = articles.iter().enumerate().map(|(at, article)| {
        let Some(story) = predictions.of(corpus, &article.id) else {
            missing += 1;
            return at;
        };
        // Behind the numbers of those that are in no group.
        let next = articles.len() + numbers.len();
        *numbers.entry(story).or_insert(next)
    });
    (labels.collect(), missing)
}

/// The same groups, numbered from 1 in the order in which they are first met.
fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    let number = |label: &usize| {
        let next = numbers.len() + 1;
        *numbers.entry(*label).or_insert(next)
    };
    labels.iter().map(number).collect()
}
