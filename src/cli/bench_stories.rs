//! `epitome bench --stories`: corpora of articles in, tables of how well systems tell stories apart on standard output.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use rustc_hash::FxHashSet;

use super::arguments::{BenchArguments, Given, ReportFormat};
use super::bench::{refuse_to_overwrite_what_is_read, taken, threads, unknown};
use super::corpora::{Interruption, Progress, Trouble};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::bench::entrants::named;
use crate::bench::predictions::{Placing, Predictions};
use crate::bench::significance::{Bootstrap, DRAWS};
use crate::bench::stories::corpus::{Selection, StoryCorpus};
use crate::bench::stories::entrants::{Author, Entrant, entrants};
use crate::bench::stories::report::StoryReport;
use crate::bench::stories::run::{StoryBench, StoryRun};
use crate::bench::stories::table::tables;
use crate::error::{Error, ErrorKind};
use crate::render::to_json;

/// Runs the subcommand. `given` are the files of somebody's predictions, each with the system that is asked for.
pub(super) fn run(
    arguments: &BenchArguments,
    given: &[(PathBuf, Option<&str>)],
    messages: &Messages,
) -> Result<Exit, Error> {
    let mut trouble = Trouble::default();
    let bench = bench(arguments, given, messages, &mut trouble)?;
    refuse_to_overwrite_what_is_read(arguments, given)?;
    let interruption = Interruption::listen()?;
    let (runs, all_done) = run_all(arguments, &bench, &interruption, messages, &mut trouble)?;
    if runs.is_empty() {
        if !all_done {
            messages.error("interrupted before the first system was done");
            return Ok(Exit::Interrupted);
        }
        return Ok(trouble.exit_without_result());
    }
    if all_done && arguments.limit.is_none() && !arguments.dated {
        name_left_over(&bench, &runs, messages, &mut trouble);
    }
    if let Some(path) = &arguments.predictions {
        output::write(placings(&bench, &runs).as_bytes(), output::target(Some(path)))?;
    }
    let mut progress = Progress::new(messages);
    progress.begin("intervals and comparisons");
    let bootstrap = Bootstrap::new(arguments.seed, DRAWS);
    let report = StoryReport::new(&bench, bootstrap, &runs, &|| interruption.is_overdue());
    progress.end();
    let written = match arguments.format {
        ReportFormat::Json => to_json(&report),
        ReportFormat::Text => tables(&report),
    };
    output::write(written.as_bytes(), output::target(arguments.output.as_deref()))?;
    if !all_done || report.corpora.iter().any(|table| table.interrupted) {
        messages.error("interrupted; the result is without what was not done yet");
        return Ok(Exit::Interrupted);
    }
    Ok(if trouble.any { Exit::LeftOut } else { Exit::Done })
}

/// What was asked for.
fn bench(
    arguments: &BenchArguments,
    given: &[(PathBuf, Option<&str>)],
    messages: &Messages,
    trouble: &mut Trouble,
) -> Result<StoryBench, Error> {
    let mut all = entrants(arguments.window());
    if let Some(names) = &arguments.systems {
        all = named(all, names, |entrant| &entrant.name).map_err(unknown)?;
    }
    for (Given { name, .. }, (path, system)) in arguments.score_predictions.iter().zip(given) {
        if all.iter().any(|entrant| entrant.name == *name) {
            return Err(taken(name));
        }
        let (predictions, broken) = Predictions::parse::<Placing>(&input::bytes(path)?, path, name, *system)?;
        broken.iter().for_each(|error| trouble.name(error, messages));
        all.push(Entrant { name: name.clone(), by: Author::Given(predictions) });
    }
    Ok(StoryBench {
        selection: Selection {
            language: arguments.lang,
            limit: arguments.limit.map(NonZeroUsize::get),
            dated: arguments.dated,
        },
        window: arguments.window(),
        entrants: all,
        threads: threads(arguments),
    })
}

/// What came of each corpus, and whether all of it was done.
fn run_all(
    arguments: &BenchArguments,
    bench: &StoryBench,
    interruption: &Interruption,
    messages: &Messages,
    trouble: &mut Trouble,
) -> Result<(Vec<StoryRun>, bool), Error> {
    let mut runs = Vec::new();
    let mut progress = Progress::new(messages);
    for path in &arguments.corpora {
        if interruption.has_come() {
            return Ok((runs, false));
        }
        let corpus = match StoryCorpus::read(path, &bench.selection) {
            Ok(corpus) => corpus,
            Err(error) => {
                trouble.name(&error, messages);
                continue;
            }
        };
        corpus.left_out.iter().for_each(|error| trouble.name(error, messages));
        name_renamed(&corpus, messages);
        if corpus.articles.is_empty() {
            trouble.name(&nothing_to_group(&corpus), messages);
            continue;
        }
        let name = corpus.name.clone();
        let tell = &mut |entrant: &str| progress.begin(&format!("{name}: {entrant}"));
        let run = bench.run(corpus, interruption.flag(), tell);
        progress.end();
        match run {
            Ok(run) if run.groupings.is_empty() && run.interrupted => return Ok((runs, false)),
            Ok(run) => runs.push(run),
            Err(error) => trouble.name(&error, messages),
        }
    }
    let all_done = runs.iter().all(|run| !run.interrupted);
    Ok((runs, all_done))
}

fn nothing_to_group(corpus: &StoryCorpus) -> Error {
    let way_out = match corpus.undated {
        0 => "give articles and the stories that they are of",
        _ => "none has a date; leave out --dated",
    };
    Error::new(ErrorKind::NoInput, corpus.path.as_str(), "no article that can be grouped", way_out)
}

/// Says that articles were given other names.
fn name_renamed(corpus: &StoryCorpus, messages: &Messages) {
    if let Some(first) = corpus.renamed.first() {
        let name = &corpus.name;
        messages.note(&match corpus.renamed.len() {
            1 => format!("{name}: 1 article has the id of an earlier one; it is called {first}"),
            count => {
                format!("{name}: {count} articles have the id of an earlier one; they are called {first} and so on")
            }
        });
    }
}

/// Names the stories of articles that are there only once.
fn name_left_over(bench: &StoryBench, runs: &[StoryRun], messages: &Messages, trouble: &mut Trouble) {
    let ids = runs.iter().flat_map(|run| {
        let corpus = &run.corpus;
        corpus.articles.iter().map(|article| (corpus.name.as_str(), article.id.as_str()))
    });
    let articles: FxHashSet<(&str, &str)> = ids.collect();
    let is_there = |corpus: Option<&str>, id: &str| {
        let mut corpora = runs.iter().map(|run| run.corpus.name.as_str());
        corpora.any(|name| corpus.is_none_or(|corpus| corpus == name) && articles.contains(&(name, id)))
    };
    for entrant in &bench.entrants {
        if let Author::Given(predictions) = &entrant.by {
            predictions.left_over(is_there).for_each(|error| trouble.name(error, messages));
        }
    }
}

/// A line for each article and each entrant: the group that it was put into.
fn placings(bench: &StoryBench, runs: &[StoryRun]) -> String {
    let mut lines = String::new();
    for run in runs {
        for (entrant, made) in bench.entrants.iter().zip(&run.groupings) {
            for (article, label) in run.corpus.articles.iter().zip(&made.labels) {
                let placing = Placing {
                    id: article.id.clone(),
                    corpus: (runs.len() > 1).then(|| run.corpus.name.clone()),
                    system: (bench.entrants.len() > 1).then(|| entrant.name.clone()),
                    story: label.to_string(),
                };
                lines.push_str(&serde_json::to_string(&placing).expect("plain data is always JSON"));
                lines.push('\n');
            }
        }
    }
    lines
}
