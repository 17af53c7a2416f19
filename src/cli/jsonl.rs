//! `epitome digest --jsonl`: stories in, each a line, a digest for each of them on standard output, a line again.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{DigestArguments, DigestFormat};
use super::corpora::{Interruption, Progress, Trouble};
use super::exit::Exit;
use super::output::{Reader, Sink};
use super::{Messages, counted, input, output};
use crate::error::{Error, ErrorKind};
use crate::model::LeftOut;
use crate::read;
use crate::render::to_json_line;
use crate::stream::{DigestLine, Stream};
use crate::summarize::Summarizer;
use crate::told::Told;

/// Runs it.
pub(super) fn run(
    arguments: &DigestArguments,
    summarizer: Summarizer,
    told: Told,
    messages: &Messages,
) -> Result<Exit, Error> {
    refuse_what_a_line_cannot_be(arguments)?;
    let Some(paths) = input::paths(&arguments.input)? else {
        return Ok(input::help("digest"));
    };
    let output = output::target(arguments.output.as_deref());
    input::refuse_to_overwrite(output, &paths, &arguments.input)?;
    refuse_to_read_what_is_written(&paths)?;
    let interruption = Interruption::listen()?;
    let show_dropped = arguments.show_dropped;
    let mut stream = Stream { told: Arc::new(told), show_dropped, ..Stream::new(summarizer) };
    stream.stop = interruption.flag().clone();
    stream.threads = input::threads(&arguments.input);
    let mut sink = Sink::open(output)?;
    if let Some(unfinished) = sink.unfinished() {
        interruption.would_leave(unfinished);
    }
    let progress = progress(&paths, output, messages);
    let size = size(&paths);
    let (mut trouble, mut done) = (Trouble::default(), Tally::default());
    for made in stream.digests(read::lines(paths), Made::of)? {
        if let Some(line) = &made.line
            && sink.write(line.as_bytes())? == Reader::Gone
        {
            progress.end();
            return Ok(Exit::Done);
        }
        made.tell(&progress, &mut trouble, messages);
        done.add(&made);
        progress.show(done.lines, size.map(|size| done.bytes as f64 / size as f64));
    }
    progress.end();
    done.tell(messages);
    end(sink, &done, &trouble, &interruption, messages)
}

/// How it ends: a result without a single digest is none.
fn end(
    sink: Sink,
    done: &Tally,
    trouble: &Trouble,
    interruption: &Interruption,
    messages: &Messages,
) -> Result<Exit, Error> {
    let interrupted = interruption.has_come();
    if done.digests == 0 {
        if interrupted {
            messages.error("interrupted before the first story was done");
            return Ok(Exit::Interrupted);
        }
        return Ok(trouble.exit_without_result());
    }
    sink.finish()?;
    if interrupted {
        messages.error(&format!("interrupted; the result is of the first {}", counted(done.lines, "line")));
        return Ok(Exit::Interrupted);
    }
    Ok(if trouble.any { Exit::LeftOut } else { Exit::Done })
}

/// A line holds a digest in JSON with all that is needed to check it.
fn refuse_what_a_line_cannot_be(arguments: &DigestArguments) -> Result<(), Error> {
    let refuse = |place: String, what: &str, way_out: &str| Err(Error::new(ErrorKind::Usage, place, what, way_out));
    let format = match arguments.format {
        None | Some(DigestFormat::Json) => None,
        Some(DigestFormat::Text) => Some("text"),
        Some(DigestFormat::Markdown) => Some("markdown"),
        Some(DigestFormat::Html) => Some("html"),
    };
    if let Some(format) = format {
        return refuse(format!("--format {format}"), "with --jsonl digests are in JSON", "leave it out");
    }
    if let Some(bound) = arguments.input.max.first() {
        let what = "with --jsonl memory is bounded without it, and stories are read whatever their number";
        return refuse(format!("--max {bound}"), what, "leave it out");
    }
    if let Some(folder) = &arguments.keep_sources {
        let place = format!("--keep-sources {}", folder.to_string_lossy());
        return refuse(place, "with --jsonl each digest holds the text of its sources", "leave it out");
    }
    Ok(())
}

/// Digests that are appended to what is read would be read again, without end. And standard input can be read once.
fn refuse_to_read_what_is_written(paths: &[PathBuf]) -> Result<(), Error> {
    let is_standard_input = |path: &&PathBuf| *path == Path::new("-");
    if paths.iter().filter(is_standard_input).count() > 1 {
        return Err(Error::new(ErrorKind::Usage, read::STANDARD_INPUT, "named twice", "name it once"));
    }
    match paths.iter().find(|path| output::is_standard_output(path)) {
        Some(path) => {
            let what = "read and written to at once";
            Err(Error::new(ErrorKind::Usage, path.to_string_lossy(), what, "send the result to another file"))
        }
        None => Ok(()),
    }
}

/// What became of a line, written down by the thread that made it.
struct Made {
    /// The line of the result. A file that cannot be read has none.
    line: Option<String>,
    /// Why there is no digest.
    error: Option<Error>,
    /// Whether there is a digest without a quote.
    is_empty: bool,
    /// The documents that the digest is without.
    left_out: Vec<LeftOut>,
    /// Where the story stands.
    place: String,
    /// How much of the file was read for it.
    bytes: u64,
}

impl Made {
    fn of(read: Result<DigestLine, Error>) -> Self {
        match read {
            Ok(made) => Self {
                line: Some(to_json_line(&made)),
                place: made.place(),
                bytes: made.bytes as u64,
                is_empty: made.digest.as_ref().is_ok_and(|digest| digest.items.is_empty()),
                left_out: made.digest.as_ref().map_or_else(|_| Vec::new(), |digest| digest.left_out.clone()),
                error: made.digest.err(),
            },
            Err(error) => Self {
                line: None,
                place: error.place.clone(),
                bytes: 0,
                is_empty: false,
                left_out: Vec::new(),
                error: Some(error),
            },
        }
    }

    fn tell(&self, progress: &Progress, trouble: &mut Trouble, messages: &Messages) {
        if let Some(error) = &self.error {
            progress.suspend(|| trouble.name(error, messages));
        }
        for LeftOut { source, reason } in &self.left_out {
            let told = format!("{}: {source}: {reason}", self.place);
            progress.suspend(|| messages.detail(&told));
        }
    }
}

/// What all lines together came to.
#[derive(Default)]
struct Tally {
    lines: usize,
    digests: usize,
    empty: usize,
    left_out: usize,
    bytes: u64,
}

impl Tally {
    fn add(&mut self, made: &Made) {
        self.lines += usize::from(made.line.is_some());
        self.digests += usize::from(made.error.is_none());
        self.empty += usize::from(made.is_empty);
        self.left_out += made.left_out.len();
        self.bytes += made.bytes;
    }

    /// What one would hear of a digest by itself is said of all of them once.
    fn tell(&self, messages: &Messages) {
        if self.empty > 0 {
            let all = counted(self.digests, "digest");
            messages.note(&format!("without a quote: {} of {all}; \"outcome\" says why", self.empty));
        }
        if self.left_out > 0 {
            let documents = counted(self.left_out, "document");
            messages.note(&format!("left out of digests: {documents}; \"left_out\" says why"));
        }
        let failed = counted(self.lines - self.digests, "line");
        messages.detail(&format!("{}, and {failed} without", counted(self.digests, "digest")));
    }
}

/// A bar, unless it would stand between the lines of the result.
fn progress(paths: &[PathBuf], output: Option<&Path>, messages: &Messages) -> Progress {
    if output.is_none() && io::stdout().is_terminal() {
        return Progress::none();
    }
    let mut progress = Progress::new(messages);
    progress.begin(&match paths {
        [path] if path == Path::new("-") => read::STANDARD_INPUT.to_owned(),
        [path] => path.to_string_lossy().into_owned(),
        _ => counted(paths.len(), "file"),
    });
    progress
}

/// How many bytes there are to read, if all of it are files, and none packed by its name.
fn size(paths: &[PathBuf]) -> Option<u64> {
    let is_packed = |path: &Path| path.extension().is_some_and(|ending| ending == "gz" || ending == "zst");
    let length = |path: &PathBuf| {
        let known = fs::metadata(path).ok().filter(|known| known.is_file() && !is_packed(path));
        known.map(|known| known.len())
    };
    paths.iter().map(length).sum()
}
