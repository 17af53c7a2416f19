//! `epitome bench`: corpora in, tables of how good systems are on standard output.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{BenchArguments, ReportFormat, RougeTokensArgument};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::bench::corpus::{self, Corpus};
use crate::bench::entrants::{entrants, named};
use crate::bench::expected::{self, Expected};
use crate::bench::predictions::{Prediction, Predictions};
use crate::bench::report::Report;
use crate::bench::run::{Author, Bench, Entrant, Event, Run, TokenChoice};
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
    let mut trouble = Trouble::default();
    let bench = bench(arguments, messages, &mut trouble)?;
    refuse_to_overwrite(arguments)?;
    let stop = stopped_by_interruption()?;
    let runs = run_all(arguments, &bench, &stop, messages, &mut trouble)?;
    if runs.iter().all(|run| run.outcomes.is_empty()) {
        if stop.load(Ordering::Relaxed) {
            messages.error("interrupted before the first story was done");
            return Ok(Exit::Interrupted);
        }
        return Ok(trouble.exit_without_result());
    }
    let exit = if arguments.record || arguments.check {
        check_or_record(arguments, &bench, &runs)?
    } else {
        if let Some(path) = &arguments.predictions {
            output::write(predictions(&bench, &runs).as_bytes(), output::target(Some(path)))?;
        }
        let report = Report::new(&bench, Bootstrap::new(arguments.seed, DRAWS), &runs);
        let written = match arguments.format {
            ReportFormat::Json => to_json(&report),
            ReportFormat::Text => tables(&report, messages.verbose),
        };
        output::write(written.as_bytes(), output::target(arguments.output.as_deref()))?;
        Exit::Done
    };
    if stop.load(Ordering::Relaxed) {
        let done: usize = runs.iter().map(|run| run.outcomes.len()).sum();
        messages.error(&format!("interrupted; the result is of the first {}", super::counted(done, "cluster")));
        return Ok(Exit::Interrupted);
    }
    Ok(if exit == Exit::Done && trouble.any { Exit::LeftOut } else { exit })
}

/// What was left out so far.
#[derive(Default)]
struct Trouble {
    any: bool,
    /// Whether something was there and could not be used.
    beside_missing: bool,
}

impl Trouble {
    fn name(&mut self, error: &Error, messages: &Messages) {
        messages.error(&error.to_string());
        self.any = true;
        self.beside_missing |= error.kind != ErrorKind::Missing;
    }

    fn exit_without_result(&self) -> Exit {
        if self.any && !self.beside_missing { Exit::Usage } else { Exit::Failed }
    }
}

/// What was asked for.
fn bench(arguments: &BenchArguments, messages: &Messages, trouble: &mut Trouble) -> Result<Bench, Error> {
    let recorded = arguments.check || arguments.record;
    let prior = arguments.prior.as_deref().map(input::prior).transpose()?;
    let options = Options { guards: input::guards(arguments.without_guards), prior, ..Options::default() };
    let mut all = entrants(arguments.seed, arguments.whole, &options);
    if let Some(names) = &arguments.systems {
        all = named(all, names).map_err(|(name, known)| {
            let way_out = format!("there are {}", known.join(", "));
            Error::new(ErrorKind::Usage, format!("--systems {name}"), "not known", way_out)
        })?;
    }
    for (name, path) in &arguments.score_predictions {
        if all.iter().any(|entrant| entrant.name == *name) {
            let place = format!("--score-predictions {name}=…");
            return Err(Error::new(ErrorKind::Usage, place, "the name of another system", "give another name"));
        }
        let (predictions, broken) = Predictions::parse(&input::bytes(path)?, path, name)?;
        broken.iter().for_each(|error| trouble.name(error, messages));
        all.push(Entrant { name: name.clone(), by: Author::Given(predictions), whole: false });
    }
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok());
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
        threads: threads.map_or(1, |threads| threads.get().min(input::MOST_THREADS)),
        keep_summaries: arguments.predictions.is_some(),
    })
}

/// A result must not replace what it is made from: a corpus, a file of summaries, or a file in the folder of a story.
fn refuse_to_overwrite(arguments: &BenchArguments) -> Result<(), Error> {
    let given = arguments.score_predictions.iter().map(|(_, path)| path);
    let read: Vec<PathBuf> =
        arguments.corpora.iter().chain(given).filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_read = |target: &Path| {
        let in_story = |folder: &PathBuf| folder.is_dir() && corpus::is_in_story(target, folder);
        target.is_file() && read.iter().any(|read| read == target || in_story(read))
            || output::is_standard_input(target)
    };
    for path in [&arguments.output, &arguments.predictions].into_iter().flatten() {
        if fs::canonicalize(path).is_ok_and(|target| is_read(&target)) {
            let place = path.to_string_lossy();
            return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give another file"));
        }
    }
    Ok(())
}

/// Becomes true when the user presses Ctrl-C; the second time the program ends at once.
fn stopped_by_interruption() -> Result<Arc<AtomicBool>, Error> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    let handler = move || {
        if heard.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    ctrlc::set_handler(handler)
        .map_err(|error| Error::new(ErrorKind::Usage, "Ctrl-C", format!("cannot be listened for ({error})"), ""))?;
    Ok(stop)
}

fn run_all(
    arguments: &BenchArguments,
    bench: &Bench,
    stop: &AtomicBool,
    messages: &Messages,
    trouble: &mut Trouble,
) -> Result<Vec<Run>, Error> {
    let mut runs = Vec::new();
    for path in &arguments.corpora {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let corpus = match Corpus::open(path, arguments.limit.map(|limit| limit.get())) {
            Ok(corpus) => corpus,
            Err(error) => {
                trouble.name(&error, messages);
                continue;
            }
        };
        let bar = progress(&corpus.name, messages);
        let run = bench.run(corpus, stop, &mut |event| match event {
            Event::LeftOut(error) => bar.suspend(|| trouble.name(error, messages)),
            Event::Done { stories, share } => {
                bar.set_message(super::counted(stories, "cluster"));
                share.into_iter().for_each(|share| bar.set_position((share * PROGRESS_STEPS as f64) as u64));
            }
        });
        bar.finish_and_clear();
        let run = run?;
        if run.outcomes.is_empty() && !run.interrupted {
            let what = "no cluster that can be scored";
            let error = Error::new(ErrorKind::NoInput, run.path.as_str(), what, "give documents and references");
            trouble.name(&error, messages);
            continue;
        }
        runs.push(run);
    }
    Ok(runs)
}

/// The parts that progress is counted in.
const PROGRESS_STEPS: u64 = 1000;

/// A bar with the time that is left, where standard error is a terminal.
fn progress(corpus: &str, messages: &Messages) -> ProgressBar {
    if messages.quiet {
        return ProgressBar::hidden();
    }
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new(PROGRESS_STEPS);
    let template = "{prefix}: {bar:30} {percent} %, {msg}, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).expect("a template without mistakes"));
    bar.set_prefix(crate::render::plain_path(corpus));
    bar.set_message("0 clusters");
    bar
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
