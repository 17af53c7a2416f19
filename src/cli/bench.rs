//! `epitome bench`: corpora in, tables of how good systems are on standard output.

use std::path::{Path, PathBuf};
use std::thread;

use rustc_hash::FxHashSet;

use super::arguments::{BenchArguments, Given, ReportFormat, RougeTokensArgument};
use super::corpora::{Interruption, Progress, Trouble, refuse_to_overwrite};
use super::exit::Exit;
use super::{Messages, bench_stories, input, output};
use crate::bench::corpus::Corpus;
use crate::bench::entrants::{entrants, named};
use crate::bench::expected::{self, Expected};
use crate::bench::predictions::{Prediction, Predictions};
use crate::bench::report::Report;
use crate::bench::run::{Author, Bench, Entrant, Run, TokenChoice};
use crate::bench::significance::{Bootstrap, DRAWS};
use crate::bench::table::tables;
use crate::error::{Error, ErrorKind};
use crate::model::Options;
use crate::render::to_json;

/// Runs the subcommand.
pub(super) fn run(arguments: &BenchArguments, messages: &Messages) -> Result<Exit, Error> {
    if arguments.corpora.is_empty() {
        return Ok(input::help("bench"));
    }
    if let Some(threads) = arguments.threads {
        input::use_threads(threads.get())?;
    }
    let given: Vec<(PathBuf, Option<&str>)> = arguments.score_predictions.iter().map(resolved).collect();
    if arguments.stories {
        return bench_stories::run(arguments, &given, messages);
    }
    let mut trouble = Trouble::default();
    let bench = bench(arguments, &given, messages, &mut trouble)?;
    refuse_to_overwrite_what_is_read(arguments, &given)?;
    let interruption = Interruption::listen()?;
    let (runs, all_done) = run_all(arguments, &bench, &interruption, messages, &mut trouble)?;
    if runs.iter().all(|run| run.outcomes.is_empty()) {
        if !all_done {
            messages.error("interrupted before the first story was done");
            return Ok(Exit::Interrupted);
        }
        return Ok(trouble.exit_without_result());
    }
    if all_done && arguments.limit.is_none() {
        name_summaries_without_story(&bench, &runs, messages, &mut trouble);
    }
    let (exit, all_compared) = if arguments.record || arguments.check {
        (check_or_record(arguments, &bench, &runs)?, true)
    } else {
        if let Some(path) = &arguments.predictions {
            output::write(predictions(&bench, &runs).as_bytes(), output::target(Some(path)))?;
        }
        let report = compared(arguments, &bench, &runs, &interruption, messages);
        let written = match arguments.format {
            ReportFormat::Json => to_json(&report),
            ReportFormat::Text => tables(&report, messages.verbose),
        };
        output::write(written.as_bytes(), output::target(arguments.output.as_deref()))?;
        (Exit::Done, !all_done || report.corpora.iter().all(|table| !table.interrupted))
    };
    if !all_done {
        let done: usize = runs.iter().map(|run| run.outcomes.len()).sum();
        messages.error(&format!("interrupted; the result is of the first {}", super::counted(done, "cluster")));
        return Ok(Exit::Interrupted);
    }
    if !all_compared {
        messages.error("interrupted; the result is without the intervals and comparisons that were not made yet");
        return Ok(Exit::Interrupted);
    }
    Ok(if exit == Exit::Done && trouble.any { Exit::LeftOut } else { exit })
}

/// The file of what somebody else made, and whose of it are asked for. What stands behind the last colon is
/// a system where there is no file of the whole name, and one of the rest.
pub(super) fn resolved(given: &Given) -> (PathBuf, Option<&str>) {
    let there = |path: &str| path == "-" || Path::new(path).exists();
    match given.file.rsplit_once(':') {
        Some((path, system)) if !system.is_empty() && !there(&given.file) && there(path) => (path.into(), Some(system)),
        _ => (PathBuf::from(&given.file), None),
    }
}

/// Names the summaries of stories that are there only once.
fn name_summaries_without_story(bench: &Bench, runs: &[Run], messages: &Messages, trouble: &mut Trouble) {
    let ids = runs.iter().flat_map(|run| run.outcomes.iter().map(|outcome| (run.corpus.as_str(), outcome.id.as_str())));
    let stories: FxHashSet<(&str, &str)> = ids.collect();
    let is_story = |corpus: Option<&str>, id: &str| {
        let mut corpora = runs.iter().map(|run| run.corpus.as_str());
        corpora.any(|name| corpus.is_none_or(|corpus| corpus == name) && stories.contains(&(name, id)))
    };
    for entrant in &bench.entrants {
        if let Author::Given(predictions) = &entrant.by {
            predictions.left_over(is_story).for_each(|error| trouble.name(error, messages));
        }
    }
}

/// The report, which takes a while: thousands of draws of stories, for each measure.
fn compared(
    arguments: &BenchArguments,
    bench: &Bench,
    runs: &[Run],
    interruption: &Interruption,
    messages: &Messages,
) -> Report {
    let mut progress = Progress::new(messages);
    progress.begin("intervals and comparisons");
    let report = Report::new(bench, Bootstrap::new(arguments.seed, DRAWS), runs, &|| interruption.is_overdue());
    progress.end();
    report
}

/// What was asked for.
fn bench(
    arguments: &BenchArguments,
    given: &[(PathBuf, Option<&str>)],
    messages: &Messages,
    trouble: &mut Trouble,
) -> Result<Bench, Error> {
    let recorded = arguments.check || arguments.record;
    let prior = arguments.prior.as_deref().map(input::prior).transpose()?;
    let options = Options { guards: input::guards(arguments.without_guards), prior, ..Options::default() };
    let mut all = entrants(arguments.seed, arguments.whole, &options);
    if let Some(names) = &arguments.systems {
        all = named(all, names, |entrant| &entrant.name).map_err(unknown)?;
    }
    for (Given { name, .. }, (path, system)) in arguments.score_predictions.iter().zip(given) {
        if all.iter().any(|entrant| entrant.name == *name) {
            return Err(taken(name));
        }
        let (predictions, broken) = Predictions::parse::<Prediction>(&input::bytes(path)?, path, name, *system)?;
        broken.iter().for_each(|error| trouble.name(error, messages));
        let by = Author::Given(predictions);
        all.push(Entrant { name: name.clone(), by, whole: false, fitted_on: Vec::new() });
    }
    Ok(Bench {
        limit: if recorded { expected::LIMIT } else { arguments.limit() },
        whole: arguments.whole,
        tokens: match arguments.rouge_tokens {
            None => TokenChoice::ByLanguage,
            Some(RougeTokensArgument::Google) => TokenChoice::Google,
            Some(RougeTokensArgument::Unicode) => TokenChoice::Unicode,
        },
        stemming: !arguments.no_stemming,
        language: arguments.lang,
        entrants: all,
        threads: threads(arguments),
        keep_summaries: arguments.predictions.is_some(),
    })
}

/// No result goes where a corpus or somebody's predictions are.
pub(super) fn refuse_to_overwrite_what_is_read(
    arguments: &BenchArguments,
    given: &[(PathBuf, Option<&str>)],
) -> Result<(), Error> {
    let given = given.iter().map(|(path, _)| path.as_path());
    let read: Vec<&Path> = arguments.corpora.iter().map(PathBuf::as_path).chain(given).collect();
    refuse_to_overwrite(&read, &[arguments.output.as_deref(), arguments.predictions.as_deref()])
}

/// How many threads there are.
pub(super) fn threads(arguments: &BenchArguments) -> usize {
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok());
    threads.map_or(1, |threads| threads.get().min(input::MOST_THREADS))
}

/// Refuses a name for what somebody else made that another system has.
pub(super) fn taken(name: &str) -> Error {
    let place = format!("--score-predictions {name}=…");
    Error::new(ErrorKind::Usage, place, "the name of another system", "give another name")
}

/// Refuses the name of a system that nobody has, with the names that there are.
pub(super) fn unknown((name, known): (String, Vec<String>)) -> Error {
    Error::new(ErrorKind::Usage, format!("--systems {name}"), "not known", format!("there are {}", known.join(", ")))
}

/// What came of each corpus, and whether all of it was done.
fn run_all(
    arguments: &BenchArguments,
    bench: &Bench,
    interruption: &Interruption,
    messages: &Messages,
    trouble: &mut Trouble,
) -> Result<(Vec<Run>, bool), Error> {
    let mut runs: Vec<Run> = Vec::new();
    let mut progress = Progress::new(messages);
    for path in &arguments.corpora {
        if interruption.has_come() {
            return Ok((runs, false));
        }
        let corpus = match Corpus::open(path, arguments.limit.map(|limit| limit.get())) {
            Ok(corpus) => corpus,
            Err(error) => {
                trouble.name(&error, messages);
                continue;
            }
        };
        progress.begin(&corpus.name);
        let run = bench.run(corpus, interruption.flag(), &mut |event| progress.hear(event, trouble, messages));
        progress.end();
        let run = run?;
        if run.outcomes.is_empty() && !run.interrupted {
            let what = "no cluster that can be scored";
            let error = Error::new(ErrorKind::NoInput, run.path.as_str(), what, "give documents and references");
            trouble.name(&error, messages);
            continue;
        }
        runs.push(run);
    }
    let all_done = runs.iter().all(|run| !run.interrupted);
    Ok((runs, all_done))
}

/// Compares each story with what is recorded beside it, or records it.
fn check_or_record(arguments: &BenchArguments, bench: &Bench, runs: &[Run]) -> Result<Exit, Error> {
    let (mut told, mut differing, mut stories) = (String::new(), 0, 0);
    for outcome in runs.iter().flat_map(|run| &run.outcomes) {
        let path = Expected::path(outcome);
        if !Path::new(&outcome.place).is_dir() {
            let what = "expected scores are kept in the folder of a story, and this is a line";
            return Err(Error::new(ErrorKind::Usage, outcome.place.as_str(), what, "give a folder of stories"));
        }
        stories += 1;
        let today = Expected::of(bench, outcome);
        if arguments.record {
            output::write(to_json(&today).as_bytes(), Some(&path))?;
            continue;
        }
        let differences = match Expected::read(&path) {
            Ok(recorded) => recorded.differences(&today),
            Err(error) => vec![error.reason()],
        };
        differing += usize::from(!differences.is_empty());
        let place = crate::render::plain_path(&path.to_string_lossy());
        differences.iter().for_each(|difference| told.push_str(&format!("{place}: {difference}\n")));
    }
    let clusters = super::counted(stories, "cluster");
    told.push_str(&match (arguments.record, differing) {
        (true, _) => format!("{clusters} recorded\n"),
        (false, 0) => format!("{clusters} checked, all as recorded\n"),
        (false, _) => format!("{clusters} checked, {differing} differ\n"),
    });
    output::write(told.as_bytes(), output::target(arguments.output.as_deref()))?;
    Ok(if differing > 0 { Exit::Difference } else { Exit::Done })
}

/// A line for each summary, exactly as it was scored.
fn predictions(bench: &Bench, runs: &[Run]) -> String {
    let mut lines = String::new();
    for run in runs {
        for (index, entrant) in bench.entrants.iter().enumerate() {
            for outcome in &run.outcomes {
                let prediction = Prediction {
                    id: outcome.id.clone(),
                    corpus: (runs.len() > 1).then(|| run.corpus.clone()),
                    system: (bench.entrants.len() > 1).then(|| entrant.name.clone()),
                    summary: outcome.marks[index].summary.clone().unwrap_or_default(),
                };
                lines.push_str(&serde_json::to_string(&prediction).expect("plain data is always JSON"));
                lines.push('\n');
            }
        }
    }
    lines
}
