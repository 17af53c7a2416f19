//! `epitome train`: corpora in, a prior on standard output and how good it is on standard error.

use std::fs;
use std::path::PathBuf;

use super::arguments::TrainArguments;
use super::exit::Exit;
use super::{Messages, input, output};
use crate::bench::train::{CorpusReport, Training, train};
use crate::error::{Error, ErrorKind};
use crate::model::Options;
use crate::render::to_json;

/// Runs the subcommand.
pub(super) fn run(arguments: &TrainArguments, messages: &Messages) -> Result<Exit, Error> {
    if arguments.corpora.is_empty() {
        return Ok(input::help("train"));
    }
    if let Some(threads) = arguments.threads {
        input::use_threads(threads.get())?;
    }
    let training = training(arguments)?;
    refuse_to_overwrite(arguments)?;
    let mut trained = train(&training, &mut |what| messages.detail(what))?;
    trained.left_out.iter().for_each(|error| messages.error(&error.to_string()));
    trained.prior.made["command"] = command(arguments).into();
    output::write(to_json(&trained.prior).as_bytes(), output::target(arguments.output.as_deref()))?;
    if let Some(path) = &arguments.predictions {
        let lines = trained
            .predictions
            .iter()
            .map(|prediction| serde_json::to_string(prediction).expect("a prediction is plain data") + "\n");
        output::write(lines.collect::<String>().as_bytes(), output::target(Some(path)))?;
    }
    report(&trained.reports, training.folds, messages);
    Ok(if trained.left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

fn training(arguments: &TrainArguments) -> Result<Training, Error> {
    let weights = match &arguments.weights {
        None => vec![1.0; arguments.corpora.len()],
        Some(weights) => weights.clone(),
    };
    let usage = |what: String, way_out: &str| Err(Error::new(ErrorKind::Usage, "--weights", what, way_out));
    if weights.len() != arguments.corpora.len() {
        let what = format!("{} weights for {} corpora", weights.len(), arguments.corpora.len());
        return usage(what, "give one for each corpus");
    }
    if let Some(weight) = weights.iter().find(|weight| !(**weight > 0.0 && weight.is_finite())) {
        return usage(format!("{weight} is no weight"), "give more than 0");
    }
    if let Some(path) = arguments.corpora.iter().find(|path| path.as_os_str() == "-") {
        let what = "a corpus is read several times";
        return Err(Error::new(ErrorKind::Usage, path.to_string_lossy(), what, "give a file"));
    }
    Ok(Training {
        corpora: arguments.corpora.iter().cloned().zip(weights).collect(),
        folds: arguments.folds as usize,
        limit: arguments.limit.map(std::num::NonZeroUsize::get),
        options: Options { guards: input::guards(arguments.without_guards), ..Options::default() },
    })
}

/// What was typed, with the names of the files alone: their folders are nobody's business.
fn command(arguments: &TrainArguments) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let mut command = vec!["epitome train".to_owned()];
    command.extend(arguments.corpora.iter().map(name));
    if let Some(weights) = &arguments.weights {
        let weights: Vec<String> = weights.iter().map(f64::to_string).collect();
        command.push(format!("--weights {}", weights.join(",")));
    }
    command.push(format!("--folds {}", arguments.folds));
    command.extend(arguments.without_guards.then(|| "--without-guards".to_owned()));
    command.extend(arguments.limit.map(|limit| format!("--limit {limit}")));
    command.join(" ")
}

/// A result must not replace a corpus.
fn refuse_to_overwrite(arguments: &TrainArguments) -> Result<(), Error> {
    let corpora: Vec<PathBuf> = arguments.corpora.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    for path in [&arguments.output, &arguments.predictions].into_iter().flatten() {
        if fs::canonicalize(path).is_ok_and(|target| corpora.contains(&target)) {
            let place = path.to_string_lossy();
            return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give another file"));
        }
    }
    Ok(())
}

fn report(reports: &[CorpusReport], folds: usize, messages: &Messages) {
    messages.note(&format!("F1 by {folds}-fold cross-validation, stemmed, cut at the length:"));
    for CorpusReport { corpus, stories, words, rouge1, rouge2, .. } in reports {
        messages.note(&format!("{corpus}, {stories} stories, {words} words: ROUGE-1 {rouge1:.2}, ROUGE-2 {rouge2:.2}"));
    }
}
