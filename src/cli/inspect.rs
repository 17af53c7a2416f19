//! `epitome inspect`: paths in, what was read on standard output; of JSON Lines, a line for each of theirs.

use std::path::{Path, PathBuf};

use super::arguments::{InspectArguments, ReportFormat};
use super::corpora::{Interruption, Trouble};
use super::exit::Exit;
use super::output::{Reader, Sink};
use super::{Messages, input, output};
use crate::crew::Crew;
use crate::error::Error;
use crate::inspect::{inspect, inspect_line};
use crate::read::{Line, Lines, lines, standard_input_begins_like_articles};
use crate::render::{render_inspection, to_json, to_json_line};
use crate::stream::ROOM;

/// Runs the subcommand.
pub(super) fn run(arguments: &InspectArguments, messages: &Messages) -> Result<Exit, Error> {
    let Some(paths) = input::paths(&arguments.input)? else {
        return Ok(input::help("inspect"));
    };
    let output = output::target(arguments.output.as_deref());
    input::refuse_to_overwrite(output, &paths, &arguments.input)?;
    if arguments.format == ReportFormat::Json && has_an_article_a_line_each(&paths) {
        return every_line(arguments, paths, output, messages);
    }
    let reading = input::articles(&arguments.input, &paths, output)?;
    for error in &reading.skipped {
        messages.error(&error.to_string());
    }
    if reading.articles.is_empty() {
        return Ok(input::exit_without_result(&reading));
    }
    let inspection = inspect(reading);
    let written = match arguments.format {
        ReportFormat::Json => to_json(&inspection).into_bytes(),
        ReportFormat::Text => {
            let mut bytes = Vec::new();
            render_inspection(&inspection, output::text_style(output).color, &mut bytes)
                .expect("writing to memory cannot fail");
            bytes
        }
    };
    output::write(&written, output)?;
    Ok(if inspection.left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

/// Whether all paths that lead somewhere lead to JSON Lines with an article a line; the others are named later.
fn has_an_article_a_line_each(paths: &[PathBuf]) -> bool {
    let is_there = |path: &&PathBuf| path.as_path() == Path::new("-") || path.exists();
    let mut there = paths.iter().filter(is_there).peekable();
    there.peek().is_some() && there.all(|path| has_an_article_a_line(path))
}

/// Whether a path leads to JSON Lines with an article a line.
fn has_an_article_a_line(path: &Path) -> bool {
    if path == Path::new("-") {
        return standard_input_begins_like_articles();
    }
    // A pipe can be opened once.
    path.is_file() && Lines::open(path).is_ok_and(|mut lines| lines.begins_like_articles())
}

/// Says of every line what was read in it, in the order of the lines, on all cores. However many there are, only some are
/// in memory.
fn every_line(
    arguments: &InspectArguments,
    paths: Vec<PathBuf>,
    output: Option<&Path>,
    messages: &Messages,
) -> Result<Exit, Error> {
    let interruption = Interruption::listen()?;
    let threads = input::threads(&arguments.input);
    let options = input::read_options(&arguments.input, output);
    let mut sink = Sink::open(output)?;
    if let Some(unfinished) = sink.unfinished() {
        interruption.would_leave(unfinished);
    }
    let weigh = |line: &Result<Line, Error>| line.as_ref().map_or(0, Line::bytes);
    let made = Crew::new(threads)?.stream(lines(paths), weigh, ROOM, interruption.flag().clone(), move |line| {
        line.map(|line| {
            let inspected = inspect_line(&line, &options);
            (to_json_line(&inspected), inspected.parts.err())
        })
    });
    let (mut trouble, mut read) = (Trouble::default(), 0);
    for made in made {
        match made {
            Ok((line, error)) => {
                if sink.write(line.as_bytes())? == Reader::Gone {
                    return Ok(Exit::Done);
                }
                read += usize::from(error.is_none());
                error.iter().for_each(|error| trouble.name(error, messages));
            }
            Err(error) => trouble.name(&error, messages),
        }
    }
    if read == 0 && !interruption.has_come() {
        return Ok(trouble.exit_without_result());
    }
    sink.finish()?;
    if interruption.has_come() {
        messages.error("interrupted; what was finished is the result");
        return Ok(Exit::Interrupted);
    }
    Ok(if trouble.any { Exit::LeftOut } else { Exit::Done })
}
