//! Paths of corpora in, a prior and how good it is out.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::example::{Equations, equations};
use super::fit::{RIDGE, fit};
use crate::bench::corpus::{Corpus, Item};
use crate::bench::predictions::Prediction;
use crate::bench::rouge::{Measure, References, Tokenizer};
use crate::bench::run::TokenChoice;
use crate::bench::summary::{Limit, Summary};
use crate::bench::systems::{Epitome, Room, System};
use crate::error::{Error, ErrorKind};
use crate::model::{Budget, Coefficient, Options, Prior};
use crate::rank::{FEATURES, RELATIONS, Story};
use crate::read::ReadOptions;
use crate::segment::{count_words, sentences};

/// Between these lengths, in words, the coefficients of a prior change with the logarithm of the length: those of an event in
/// one sentence and of a page.
const LENGTHS: (f64, f64) = (30.0, 230.0);

/// Corpora differ in the length of their references, and a length is rounded to a multiple of this.
const LENGTH_STEP: usize = 10;

/// So many stories are worked on together.
const BATCH: usize = 64;

/// What to train on, and how.
#[derive(Clone, Debug)]
pub struct Training {
    /// Corpora with what each counts against the others.
    pub corpora: Vec<(PathBuf, f64)>,
    /// The number of parts for cross-validation, at least 2.
    pub folds: usize,
    /// The first so many stories of each corpus.
    pub limit: Option<usize>,
    /// How digests are made, but for their length and the prior.
    pub options: Options,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// Fitted on all stories.
    pub prior: Prior,
    /// How good priors were that were fitted the same way, on stories that they were not fitted on.
    pub reports: Vec<CorpusReport>,
    /// The digests that those scores are of.
    pub predictions: Vec<Prediction>,
    /// What was left out.
    pub left_out: Vec<Error>,
}

/// What a prior was trained on, and how good it is there, by cross-validation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorpusReport {
    /// The corpus.
    pub corpus: String,
    /// How many stories it has.
    pub stories: usize,
    /// Mean words of a reference.
    pub reference_words: f64,
    /// The length of the digests: that, rounded.
    pub words: usize,
    /// What the corpus counts.
    pub weight: f64,
    /// F1 of ROUGE-1 in hundredths, each story scored with a prior that was not fitted on it; cut at the length.
    pub rouge1: f64,
    /// The same of ROUGE-2.
    pub rouge2: f64,
}

/// What an untrained choice goes by while it is watched: sentences near the top, that others agree with, and no repetition.
fn start() -> Prior {
    let table = |names: &[&str], value: fn(&str) -> f64| {
        let coefficient = |name: &&str| Coefficient { name: (*name).to_owned(), short: value(name), long: value(name) };
        names.iter().map(coefficient).collect()
    };
    let sentence = table(&FEATURES, |name| match name {
        "near the top" | "textrank" | "frequent words" => 0.1,
        _ => 0.0,
    });
    let chosen = table(&RELATIONS, |name| match name {
        "nearest" | "told words" | "told phrases" | "told opening" => -0.1,
        _ => 0.0,
    });
    Prior { short_words: LENGTHS.0, long_words: LENGTHS.1, sentence, chosen, made: serde_json::Value::Null }
}

/// Fits a prior and cross-validates it. Story number i of a corpus is in fold i modulo [`Training::folds`].
///
/// # Errors
///
/// [`ErrorKind::NoInput`] without a story; those of opening corpora. A broken line is in [`Trained::left_out`].
pub fn train(training: &Training, tell: &mut dyn FnMut(&str)) -> Result<Trained, Error> {
    let mut folds = vec![Equations::empty(); training.folds];
    let (mut reports, mut left_out) = (Vec::new(), Vec::new());
    let start = start();
    for (path, weight) in &training.corpora {
        let mut corpus = Stories { path, limit: training.limit };
        tell(&format!("reading {}", path.to_string_lossy()));
        let lengths = corpus.map(&mut left_out, |_, item| {
            let words: usize = item.references.iter().map(|text| count_words(text)).sum();
            words as f64 / item.references.len() as f64
        })?;
        let stories = lengths.len();
        let mean = lengths.iter().sum::<f64>() / stories.max(1) as f64;
        let words = ((mean / LENGTH_STEP as f64).round() as usize * LENGTH_STEP).max(LENGTH_STEP);
        tell(&format!("learning from {stories} stories at {words} words"));
        let found = corpus.map(&mut Vec::new(), |_, item| {
            let options =
                Options { budget: Budget::Words(words), prior: Some(start.clone()), ..training.options.clone() };
            equations(item, TokenChoice::ByLanguage.of(item.language, true), &options)
        })?;
        for (at, story) in found.iter().enumerate() {
            folds[at % training.folds].add(story, weight / stories as f64);
        }
        let name = Corpus::open(path, None)?.name;
        let (rouge1, rouge2) = (0.0, 0.0);
        reports.push(CorpusReport {
            corpus: name,
            stories,
            reference_words: mean,
            words,
            weight: *weight,
            rouge1,
            rouge2,
        });
    }
    if reports.iter().all(|report| report.stories == 0) {
        return Err(Error::new(ErrorKind::NoInput, "train", "no story to learn from", "give a corpus with references"));
    }
    let but_for = |left: Option<usize>| {
        let mut sum = Equations::empty();
        folds.iter().enumerate().filter(|(at, _)| Some(*at) != left).for_each(|(_, fold)| sum.add(fold, 1.0));
        fit(&sum, LENGTHS.0, LENGTHS.1)
    };
    let validating: Vec<Prior> = (0..training.folds).map(|fold| but_for(Some(fold))).collect();
    let mut predictions = Vec::new();
    for ((path, _), report) in training.corpora.iter().zip(&mut reports) {
        tell(&format!("scoring {}", path.to_string_lossy()));
        let mut corpus = Stories { path, limit: training.limit };
        let scored = corpus.map(&mut Vec::new(), |at, item| {
            let prior = Some(validating[at % training.folds].clone());
            score(item, report.words, Options { prior, ..training.options.clone() })
        })?;
        let mean = |of: fn(&Scored) -> f64| 100.0 * scored.iter().map(of).sum::<f64>() / scored.len().max(1) as f64;
        (report.rouge1, report.rouge2) = (mean(|scored| scored.rouge1), mean(|scored| scored.rouge2));
        predictions.extend(scored.into_iter().map(|scored| Prediction {
            id: scored.id,
            summary: scored.summary,
            system: None,
            corpus: (training.corpora.len() > 1).then(|| report.corpus.clone()),
        }));
    }
    let mut prior = but_for(None);
    prior.made =
        json!({ "version": env!("CARGO_PKG_VERSION"), "folds": training.folds, "ridge": RIDGE, "corpora": reports });
    Ok(Trained { prior, reports, predictions, left_out })
}

/// A corpus that is gone through several times, so that it need not be held in memory.
struct Stories<'p> {
    path: &'p Path,
    limit: Option<usize>,
}

impl Stories<'_> {
    /// What `work` makes of each story, in order; it is given the story's number.
    fn map<R: Send>(
        &mut self,
        left_out: &mut Vec<Error>,
        work: impl Fn(usize, &Item) -> R + Sync,
    ) -> Result<Vec<R>, Error> {
        let mut corpus = Corpus::open(self.path, self.limit)?;
        let mut results = Vec::new();
        loop {
            let batch = corpus.next_batch(BATCH)?;
            if batch.is_empty() {
                return Ok(results);
            }
            let items: Vec<Result<Item, Error>> =
                batch.par_iter().map(|entry| entry.read(&ReadOptions::default())).collect();
            let mut good = Vec::with_capacity(items.len());
            let mut broken = 0;
            for item in items {
                match item {
                    Ok(item) => good.push(item),
                    Err(error) => {
                        left_out.push(error);
                        broken += 1;
                    }
                }
            }
            corpus.allow(broken);
            let first = results.len();
            results.par_extend(good.par_iter().enumerate().map(|(at, item)| work(first + at, item)));
        }
    }
}

/// A digest and its scores.
struct Scored {
    id: String,
    summary: String,
    rouge1: f64,
    rouge2: f64,
}

fn score(item: &Item, words: usize, options: Options) -> Scored {
    let story = Story::new(sentences(&item.cluster));
    let limit = Limit::Words(words);
    let chosen = Epitome { options }.choose(&story, &Room { budget: limit.budget(), whole: false });
    let texts = chosen.iter().map(|id| story.sentences.text(*id));
    let summary = Summary::of(texts, limit, false).text;
    let mut tokenizer = Tokenizer::new(TokenChoice::ByLanguage.of(item.language, true));
    let references: Vec<_> = item.references.iter().map(|text| tokenizer.summary(text)).collect();
    let (references, tokens) = (References::new(&references), tokenizer.summary(&summary));
    let f1 = |measure| references.score(&tokens, measure).f1;
    Scored { id: item.id.clone(), rouge1: f1(Measure::R1), rouge2: f1(Measure::R2), summary }
}
