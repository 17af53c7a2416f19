//! Paths of corpora in, a prior and how good it is out.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::json;

use super::example::{Equations, equations};
use super::fit::{RIDGE, fit};
use crate::bench::corpus::{Corpus, Item};
use crate::bench::predictions::Prediction;
use crate::bench::rouge::{Measure, References, Tokenizer};
use crate::bench::run::{Event, TokenChoice};
use crate::bench::summary::{Limit, Summary};
use crate::bench::systems::{Epitome, Room, System};
use crate::crew::Crew;
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

/// A corpus to train on.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What it counts against the others.
    pub weight: f64,
    /// The words of a digest; `None` for the mean of its references.
    pub words: Option<usize>,
}

/// What to train on, and how.
#[derive(Clone, Debug)]
pub struct Training {
    /// The corpora. Each is read several times.
    pub corpora: Vec<Source>,
    /// The number of parts for cross-validation, at least 2.
    pub folds: usize,
    /// The first so many stories of each corpus.
    pub limit: Option<usize>,
    /// How digests are made, but for their length and the prior.
    pub options: Options,
    /// How many stories are worked on at the same time; at least 1.
    pub threads: usize,
    /// The features and relations that are left out, by their names.
    pub without: Vec<String>,
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
}

/// What a prior was trained on, and how good it is there, by cross-validation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorpusReport {
    /// The corpus.
    pub corpus: String,
    /// How many stories it has.
    pub stories: usize,
    /// How many articles with running text they have.
    pub articles: usize,
    /// How many references they have.
    pub references: usize,
    /// Mean words of a reference.
    pub reference_words: f64,
    /// The length of the digests: the one that was given, or that, rounded.
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
    let chosen = table(&RELATIONS, |name| if Prior::counts_against(name) { -0.1 } else { 0.0 });
    Prior { short_words: LENGTHS.0, long_words: LENGTHS.1, sentence, chosen, made: serde_json::Value::Null }
}

/// Fits a prior and cross-validates it. Story number i of a corpus is in fold i modulo [`Training::folds`].
///
/// `None` where `stop` became true, and where no corpus has a story that can be used. What is left out, a corpus that is
/// not there among it, is told as an [`Event`].
///
/// # Errors
///
/// [`ErrorKind::Usage`] where a corpus has fewer stories than there are folds; those of reading a file that breaks off.
pub fn train(
    training: &Training,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Option<Trained>, Error> {
    let mut reader = Reader { training, crew: Crew::new(training.threads)?, stop, tell };
    let Some(mut reports) = measure(&mut reader)? else { return Ok(None) };
    if reports.is_empty() {
        return Ok(None);
    }
    let Some(folds) = learn(&mut reader, &reports)? else { return Ok(None) };
    let but_for = |left: Option<usize>| {
        let mut sum = Equations::empty();
        folds.iter().enumerate().filter(|(at, _)| Some(*at) != left).for_each(|(_, fold)| sum.add(fold, 1.0));
        fit(&sum, LENGTHS.0, LENGTHS.1, &training.without)
    };
    let validating: Vec<Prior> = (0..training.folds).map(|fold| but_for(Some(fold))).collect();
    let Some(predictions) = validate(&mut reader, &mut reports, &validating)? else { return Ok(None) };
    let reports: Vec<CorpusReport> = reports.into_iter().map(|(_, report)| report).collect();
    let mut prior = but_for(None);
    prior.made =
        json!({ "version": env!("CARGO_PKG_VERSION"), "folds": training.folds, "ridge": RIDGE, "corpora": reports });
    Ok(Some(Trained { prior, reports, predictions }))
}

/// Corpora that can be used, with what is known of them so far.
type Usable<'t> = Vec<(&'t Path, CorpusReport)>;

/// Counts what there is to learn from.
fn measure<'t>(reader: &mut Reader<'t, '_>) -> Result<Option<Usable<'t>>, Error> {
    let training = reader.training;
    let mut usable = Vec::new();
    for Source { path, weight, words } in &training.corpora {
        let name = match Corpus::open(path, None) {
            Ok(corpus) => corpus.name,
            Err(error) => {
                (reader.tell)(Event::LeftOut(&error));
                continue;
            }
        };
        let counted = reader.each(path, "reading", true, |_, item| {
            let words: usize = item.references.iter().map(|text| count_words(text)).sum();
            (item.cluster.articles.len(), item.references.len(), words as f64 / item.references.len() as f64)
        })?;
        let Some(counted) = counted else { return Ok(None) };
        let stories = counted.len();
        let shown = path.to_string_lossy();
        if stories == 0 {
            let what = "no story to learn from";
            let error = Error::new(ErrorKind::NoInput, shown, what, "give documents and references");
            (reader.tell)(Event::LeftOut(&error));
            continue;
        }
        if stories < training.folds {
            let what =
                format!("{stories} {}, and {} folds", if stories == 1 { "story" } else { "stories" }, training.folds);
            let way_out = match stories {
                1 => "give at least 2 stories".to_owned(),
                _ => format!("give at most --folds {stories}, or more stories"),
            };
            return Err(Error::new(ErrorKind::Usage, shown, what, way_out));
        }
        let mean = counted.iter().map(|(_, _, words)| words).sum::<f64>() / stories as f64;
        let rounded = || ((mean / LENGTH_STEP as f64).round() as usize * LENGTH_STEP).max(LENGTH_STEP);
        let report = CorpusReport {
            corpus: name,
            stories,
            articles: counted.iter().map(|(articles, ..)| articles).sum(),
            references: counted.iter().map(|(_, references, _)| references).sum(),
            reference_words: mean,
            words: words.unwrap_or_else(rounded),
            weight: *weight,
            rouge1: 0.0,
            rouge2: 0.0,
        };
        usable.push((path.as_path(), report));
    }
    Ok(Some(usable))
}

/// The equations of each fold.
fn learn(reader: &mut Reader<'_, '_>, reports: &Usable<'_>) -> Result<Option<Vec<Equations>>, Error> {
    let training = reader.training;
    let mut folds = vec![Equations::empty(); training.folds];
    let start = start();
    for (path, report) in reports {
        let budget = Budget::Words(report.words);
        let options = Options { budget, prior: Some(start.clone()), ..training.options.clone() };
        let found = reader.each(path, "learning from", false, |_, item| {
            equations(item, TokenChoice::ByLanguage.of(item.language, true), &options)
        })?;
        let Some(found) = found else { return Ok(None) };
        for (at, story) in found.iter().enumerate() {
            folds[at % training.folds].add(story, report.weight / found.len() as f64);
        }
    }
    Ok(Some(folds))
}

/// Scores each story with the prior that was not fitted on it, and gives back the digests.
fn validate(
    reader: &mut Reader<'_, '_>,
    reports: &mut Usable<'_>,
    priors: &[Prior],
) -> Result<Option<Vec<Prediction>>, Error> {
    let training = reader.training;
    let (mut predictions, several) = (Vec::new(), reports.len() > 1);
    for (path, report) in reports {
        let words = report.words;
        let scored = reader.each(path, "scoring", false, |at, item| {
            let prior = Some(priors[at % priors.len()].clone());
            score(item, words, Options { prior, ..training.options.clone() })
        })?;
        let Some(scored) = scored else { return Ok(None) };
        let mean = |of: fn(&Scored) -> f64| 100.0 * scored.iter().map(of).sum::<f64>() / scored.len().max(1) as f64;
        (report.rouge1, report.rouge2) = (mean(|scored| scored.rouge1), mean(|scored| scored.rouge2));
        predictions.extend(scored.into_iter().map(|scored| Prediction {
            id: scored.id,
            summary: scored.summary,
            system: None,
            corpus: several.then(|| report.corpus.clone()),
        }));
    }
    Ok(Some(predictions))
}

/// Goes through corpora again and again, so that they need not be held in memory.
struct Reader<'t, 's> {
    training: &'t Training,
    crew: Crew,
    stop: &'s AtomicBool,
    tell: &'s mut dyn FnMut(Event<'_>),
}

impl Reader<'_, '_> {
    /// What `work` makes of each story of a corpus, in order; it is given the story's number. `None` where it is
    /// stopped. What is left out is told if `aloud`.
    fn each<R: Send>(
        &mut self,
        path: &Path,
        doing: &str,
        aloud: bool,
        work: impl Fn(usize, &Item) -> R + Sync,
    ) -> Result<Option<Vec<R>>, Error> {
        let mut corpus = Corpus::open(path, self.training.limit)?;
        (self.tell)(Event::Begun(&format!("{doing} {}", corpus.name)));
        let (mut results, mut renamed): (Vec<R>, Vec<String>) = (Vec::new(), Vec::new());
        loop {
            let before = corpus.share_read(results.len()).unwrap_or(0.0);
            let batch = corpus.next_batch(BATCH)?;
            if batch.is_empty() {
                break;
            }
            let mut left_out = Vec::new();
            let read = self.crew.work(&batch, self.stop, |_, entry| entry.read(&ReadOptions::default()), |_| {});
            let mut stories = Vec::with_capacity(read.len());
            for item in read {
                match item {
                    Ok(mut item) => {
                        if corpus.tell_apart(&mut item) {
                            renamed.push(item.id.clone());
                        }
                        left_out.append(&mut item.left_out);
                        stories.push(item);
                    }
                    Err(error) => left_out.push(error),
                }
            }
            corpus.allow(batch.len() - stories.len());
            if aloud {
                left_out.iter().for_each(|error| (self.tell)(Event::LeftOut(error)));
            }
            let first = results.len();
            let after = corpus.share_read(first + stories.len());
            let heard = |done: usize| {
                let share = after.map(|after| before + (after - before) * done as f64 / stories.len() as f64);
                (self.tell)(Event::Done { stories: first + done, share });
            };
            results.extend(self.crew.work(&stories, self.stop, |at, item| work(first + at, item), heard));
            if self.stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
        }
        if let Some(first) = renamed.first().filter(|_| aloud) {
            (self.tell)(Event::Renamed { corpus: &corpus.name, stories: renamed.len(), first });
        }
        Ok(Some(results))
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
