//! `epitome stories`: paths in, the stories of their articles on standard output, and perhaps a folder of articles for each.

use std::path::{Path, PathBuf};

use super::arguments::{InputArguments, ReportFormat, StoriesArguments};
use super::corpora::Progress;
use super::exit::Exit;
use super::folders::{self, Folders};
use super::{Messages, counted, input, output};
use crate::error::{Error, ErrorKind};
use crate::model::Family;
use crate::render::{render_stories, to_json};
use crate::stories::{Grouped, GroupingOptions, group};
use crate::voices::Families;

/// Runs the subcommand.
pub(super) fn run(arguments: &StoriesArguments, messages: &Messages) -> Result<Exit, Error> {
    let Some(paths) = input::paths(&arguments.input)? else {
        return Ok(input::help("stories"));
    };
    let output = output::target(arguments.output.as_deref());
    let folders = arguments.folders.as_deref().map(|folder| Folders::open(folder, &paths)).transpose()?;
    let heap = Heap {
        input: &arguments.input,
        paths: &paths,
        output,
        overrides: arguments.overrides.as_deref(),
        options: grouping(arguments.across_languages, &input::families(arguments.families.as_deref())?),
    };
    let grouped = match heap.group(messages)? {
        Ok(grouped) => grouped,
        Err(exit) => return Ok(exit),
    };
    if let Some(folders) = folders
        && folders.write(&grouped)? == folders::Done::Interrupted
    {
        messages.error("interrupted; no folder is written");
        return Ok(Exit::Interrupted);
    }
    let written = match arguments.format {
        ReportFormat::Json => to_json(&grouped.stories).into_bytes(),
        ReportFormat::Text => {
            let mut bytes = Vec::new();
            render_stories(&grouped.stories, output::text_style(output), arguments.explain, &mut bytes)
                .expect("writing to memory cannot fail");
            bytes
        }
    };
    output::write(&written, output)?;
    Ok(if grouped.stories.left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

/// How a heap is grouped.
pub(super) fn grouping(across_languages: bool, families: &[Family]) -> GroupingOptions {
    GroupingOptions { across_languages, families: Families::new(families), ..GroupingOptions::default() }
}

/// A heap of articles that is to be read and grouped.
pub(super) struct Heap<'a> {
    pub input: &'a InputArguments,
    pub paths: &'a [PathBuf],
    /// Where the result goes: it is not read, and replaces nothing that is.
    pub output: Option<&'a Path>,
    pub overrides: Option<&'a Path>,
    pub options: GroupingOptions,
}

impl Heap<'_> {
    /// Reads and groups it, and names what could not be read; how to end where nothing could.
    pub fn group(&self, messages: &Messages) -> Result<Result<Grouped, Exit>, Error> {
        let read: Vec<PathBuf> = self.paths.iter().cloned().chain(self.overrides.map(Path::to_owned)).collect();
        input::refuse_to_overwrite(self.output, &read, self.input)?;
        let overrides = self.overrides.map(input::overrides).transpose()?.unwrap_or_default();
        let mut progress = Progress::new(messages);
        progress.begin("reading");
        let reading = input::articles_and_headlines(self.input, self.paths, self.output)?;
        let without_result = input::exit_without_result(&reading);
        let (articles, left_out) = reading.into_heap();
        progress.end();
        for left_out in &left_out {
            messages.error(&format!("{}: {}", left_out.source, left_out.reason));
        }
        if articles.is_empty() {
            return Ok(Err(without_result));
        }
        progress.begin(&format!("grouping {}", counted(articles.len(), "article")));
        let grouped = group(articles, &self.options, &overrides).with_left_out(left_out);
        progress.end();
        self.name_unknown(&grouped.unknown, messages);
        Ok(Ok(grouped))
    }

    /// Says which names in the overrides are of no article.
    fn name_unknown(&self, unknown: &[String], messages: &Messages) {
        let Some(file) = self.overrides else { return };
        for name in unknown.iter().take(MOST_UNKNOWN) {
            messages.note(&format!("{}: no article is called {name}", file.to_string_lossy()));
        }
        if unknown.len() > MOST_UNKNOWN {
            let more = unknown.len() - MOST_UNKNOWN;
            messages.note(&format!("{}: so it is with {more} more names", file.to_string_lossy()));
        }
    }
}

/// So many names that are of no article are said: enough to see what is wrong.
const MOST_UNKNOWN: usize = 5;

/// That there is nothing to make a digest of.
pub(super) fn no_story(grouped: &Grouped) -> Error {
    let what = format!("no story of several articles with text among {}", counted(grouped.articles.len(), "article"));
    Error::new(ErrorKind::NothingQuotable, "stories", what, "see what there is with epitome stories")
}
