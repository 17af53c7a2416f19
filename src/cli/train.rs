//! `epitome train`: corpora in, a prior on standard output and how good it is on standard error.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use super::arguments::TrainArguments;
use super::corpora::{Interruption, Progress, Trouble, refuse_to_overwrite};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::bench::stories::corpus::{Selection, StoryCorpus};
use crate::bench::stories::learn::learn;
use crate::bench::train::{CorpusReport, Source, Training, train};
use crate::error::{Error, ErrorKind};
use crate::model::Options;
use crate::rank::{FEATURES, RELATIONS};
use crate::render::to_json;

/// Runs the subcommand.
pub(super) fn run(arguments: &TrainArguments, messages: &Messages) -> Result<Exit, Error> {
    if arguments.corpora.is_empty() {
        return Ok(input::help("train"));
    }
    if arguments.stories {
        return of_stories(arguments, messages);
    }
    let training = training(arguments)?;
    let corpora: Vec<&Path> = arguments.corpora.iter().map(PathBuf::as_path).collect();
    refuse_to_overwrite(&corpora, &[arguments.output.as_deref(), arguments.predictions.as_deref()])?;
    let interruption = Interruption::listen()?;
    let (mut trouble, mut progress) = (Trouble::default(), Progress::new(messages));
    let trained = train(&training, interruption.flag(), &mut |event| progress.hear(event, &mut trouble, messages));
    progress.end();
    let Some(mut trained) = trained? else {
        if interruption.has_come() {
            messages.error("interrupted; nothing is written");
            return Ok(Exit::Interrupted);
        }
        return Ok(trouble.exit_without_result());
    };
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
    Ok(if trouble.any { Exit::LeftOut } else { Exit::Done })
}

/// Learns which articles are of one story.
fn of_stories(arguments: &TrainArguments, messages: &Messages) -> Result<Exit, Error> {
    let paths: Vec<&Path> = arguments.corpora.iter().map(PathBuf::as_path).collect();
    refuse_to_overwrite(&paths, &[arguments.output.as_deref()])?;
    arguments.threads.map_or(Ok(()), |threads| input::use_threads(threads.get()))?;
    let selection = Selection { limit: arguments.limit.map(std::num::NonZeroUsize::get), ..Selection::default() };
    let mut corpora = Vec::with_capacity(paths.len());
    for path in paths {
        corpora.push(StoryCorpus::read(path, &selection)?);
    }
    let mut complete = true;
    for error in corpora.iter().flat_map(|corpus| &corpus.left_out) {
        messages.error(&error.to_string());
        complete = false;
    }
    let learned = learn(&corpora, arguments.folds as usize);
    output::write(to_json(&learned.decision).as_bytes(), output::target(arguments.output.as_deref()))?;
    messages.note(&format!("by {}-fold cross-validation:", arguments.folds));
    for (corpus, tally) in corpora.iter().zip(&learned.validated) {
        let [precision, recall, f1, pair_precision, pair_recall, pair_f1, rand] = tally.scores();
        messages.note(&format!(
            "{}, {} articles: B³ {precision:.3} {recall:.3} {f1:.3}, pairs {pair_precision:.3} {pair_recall:.3} \
             {pair_f1:.3}, adjusted Rand {rand:.3}",
            corpus.name,
            corpus.articles.len()
        ));
    }
    Ok(if complete { Exit::Done } else { Exit::LeftOut })
}

fn training(arguments: &TrainArguments) -> Result<Training, Error> {
    let count = arguments.corpora.len();
    let weights = one_each("--weights", arguments.weights.as_deref(), count)?;
    let words = one_each("--words", arguments.words.as_deref(), count)?;
    if let Some(weight) = weights.iter().flatten().find(|weight| !(**weight > 0.0 && weight.is_finite())) {
        let what = format!("{weight} is no weight");
        return Err(Error::new(ErrorKind::Usage, "--weights", what, "give more than 0"));
    }
    arguments.corpora.iter().try_for_each(|path| refuse_what_is_read_once(path))?;
    let corpora = arguments.corpora.iter().zip(weights).zip(words).map(|((path, weight), words)| Source {
        path: path.clone(),
        weight: weight.unwrap_or(1.0),
        words: words.map(std::num::NonZeroUsize::get),
    });
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok());
    Ok(Training {
        corpora: corpora.collect(),
        folds: arguments.folds as usize,
        limit: arguments.limit.map(std::num::NonZeroUsize::get),
        options: Options { guards: input::guards(arguments.without_guards), ..Options::default() },
        without: known_names(arguments.without.as_deref().unwrap_or_default())?,
        threads: threads.map_or(1, |threads| threads.get().min(input::MOST_THREADS)),
    })
}

/// Names of features and relations, if all of them are.
fn known_names(names: &[String]) -> Result<Vec<String>, Error> {
    let known: Vec<&str> = FEATURES.iter().chain(&RELATIONS).copied().collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let way_out = format!("there are {}", known.join(", "));
        return Err(Error::new(ErrorKind::Usage, format!("--without {name}"), "not known", way_out));
    }
    Ok(names.to_vec())
}

/// What was given for each corpus, or nothing for any of them.
fn one_each<T: Copy>(option: &str, given: Option<&[T]>, count: usize) -> Result<Vec<Option<T>>, Error> {
    match given {
        None => Ok(vec![None; count]),
        Some(given) if given.len() == count => Ok(given.iter().copied().map(Some).collect()),
        Some(given) => {
            let corpora = if count == 1 { "1 corpus".to_owned() } else { format!("{count} corpora") };
            let what = format!("{} for {corpora}", given.len());
            Err(Error::new(ErrorKind::Usage, option, what, "give one for each corpus"))
        }
    }
}

/// Standard input and pipes can be read once, and a corpus is read several times.
fn refuse_what_is_read_once(path: &Path) -> Result<(), Error> {
    let read_once = path == Path::new("-") || fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir());
    if read_once {
        let what = "can be read once, and a corpus is read several times";
        return Err(Error::new(ErrorKind::Usage, path.to_string_lossy(), what, "give a file or a folder"));
    }
    Ok(())
}

/// What was typed, with the names of the files alone: their folders are nobody's business.
fn command(arguments: &TrainArguments) -> String {
    let name = |path: &PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let mut command = vec!["epitome train".to_owned()];
    command.extend(arguments.corpora.iter().map(name));
    if let Some(words) = &arguments.words {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        command.push(format!("--words {}", words.join(",")));
    }
    if let Some(weights) = &arguments.weights {
        let weights: Vec<String> = weights.iter().map(f64::to_string).collect();
        command.push(format!("--weights {}", weights.join(",")));
    }
    command.push(format!("--folds {}", arguments.folds));
    command.extend(arguments.without_guards.then(|| "--without-guards".to_owned()));
    command.extend(arguments.without.as_ref().map(|names| format!("--without '{}'", names.join(","))));
    command.extend(arguments.limit.map(|limit| format!("--limit {limit}")));
    command.join(" ")
}

fn report(reports: &[CorpusReport], folds: usize, messages: &Messages) {
    messages.note(&format!("F1 by {folds}-fold cross-validation, stemmed, cut at the length:"));
    for CorpusReport { corpus, stories, words, rouge1, rouge2, .. } in reports {
        messages.note(&format!("{corpus}, {stories} stories, {words} words: ROUGE-1 {rouge1:.2}, ROUGE-2 {rouge2:.2}"));
    }
}
