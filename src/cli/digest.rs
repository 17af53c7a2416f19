//! `epitome digest`: paths in, a digest on standard output.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::{Arguments, DigestArguments, FormatArgument};
use super::exit::Exit;
use super::{Messages, output};
use crate::cite::{Digest, Source};
use crate::error::{Error, ErrorKind};
use crate::model::{Budget, Cluster, Options};
use crate::read::{self, ReadOptions, Reading};
use crate::render::{Format, TextStyle, render};
use crate::segment::Lexicon;
use crate::select::Outcome;
use crate::summarize::Summarizer;

/// Text is not wrapped wider than this many columns: longer lines are hard to read.
const WIDEST: usize = 100;

/// Runs the subcommand.
pub(super) fn run(arguments: &DigestArguments, messages: &Messages) -> Result<Exit, Error> {
    let options = Options { budget: arguments.budget.budget(), language: arguments.lang, ..Options::default() };
    let summarizer = Summarizer::new(&options)?;
    let Some(paths) = paths(arguments)? else {
        eprintln!("{}", help());
        return Ok(Exit::Usage);
    };
    refuse_to_overwrite_inputs(arguments.output.as_deref(), &paths)?;
    if let Some(threads) = arguments.threads {
        use_threads(threads.get())?;
    }
    let read_options = ReadOptions { language: arguments.lang, exclude: arguments.output.clone() };
    let reading = read::read(&paths, &read_options)?;
    let without_result = exit_without_result(&reading);
    let cluster = reading.into_cluster();
    for left_out in &cluster.left_out {
        messages.error(&format!("{}: {}", left_out.source, left_out.reason));
    }
    if cluster.articles.is_empty() {
        return Ok(without_result);
    }
    note_languages(&cluster, messages);
    let mut digest = summarizer.summarize(&cluster);
    check_outcome(&digest)?;
    describe(&digest, messages);
    if let Some(folder) = &arguments.keep_sources {
        keep_sources(&mut digest.sources, folder)?;
    }
    output::write(&written(&digest, arguments), arguments.output.as_deref())?;
    Ok(if digest.left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

/// The short help of this subcommand.
fn help() -> clap::builder::StyledStr {
    let mut command = Arguments::command();
    // Building gives the subcommand the program's name and its global options.
    command.build();
    command.find_subcommand_mut("digest").expect("the subcommand that is running exists").render_help()
}

/// All paths: those that were typed and those from a list. Without any, standard input; `None` if a person sits there.
fn paths(arguments: &DigestArguments) -> Result<Option<Vec<PathBuf>>, Error> {
    let mut paths = arguments.paths.clone();
    let standard_input = Path::new("-");
    if let Some(list) = &arguments.files_from {
        if list == standard_input && paths.iter().any(|path| path == standard_input) {
            let way_out = "give the list or the text another way";
            return Err(Error::new(
                ErrorKind::Usage,
                "standard input",
                "named both as a list and as an article",
                way_out,
            ));
        }
        paths.extend(listed_paths(list, arguments.null)?);
        if paths.is_empty() {
            let place = list.to_string_lossy().into_owned();
            return Err(Error::new(ErrorKind::NoInput, place, "no path in this list", "write one path a line"));
        }
    } else if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Ok(None);
        }
        paths.push(standard_input.to_owned());
    }
    Ok(Some(paths))
}

fn listed_paths(list: &Path, null: bool) -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    let read = if list == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).map(|_| ())
    } else {
        fs::read(list).map(|all| bytes = all)
    };
    read.map_err(|error| read::unreadable(&list.to_string_lossy(), &error))?;
    let end = if null { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == end).map(|line| match line {
        [line @ .., b'\r'] if !null => line,
        line => line,
    });
    Ok(lines.filter(|line| !line.is_empty()).map(path_of_bytes).collect())
}

#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A digest must not replace an article that it quotes.
fn refuse_to_overwrite_inputs(output: Option<&Path>, paths: &[PathBuf]) -> Result<(), Error> {
    let Some(output) = output.and_then(|path| fs::canonicalize(path).ok()) else {
        return Ok(());
    };
    match paths.iter().find(|path| fs::canonicalize(path).is_ok_and(|path| path == output && path.is_file())) {
        Some(path) => {
            let place = path.to_string_lossy().into_owned();
            Err(Error::new(ErrorKind::Usage, place, "both an article and the file to write", "give -o another file"))
        }
        None => Ok(()),
    }
}

fn use_threads(threads: usize) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(|error| Error::new(ErrorKind::Usage, format!("--threads {threads}"), error.to_string(), "give fewer"))
}

/// How to end if nothing of what was read can be digested.
fn exit_without_result(reading: &Reading) -> Exit {
    let nothing_exists = reading.skipped.iter().all(|error| error.kind == ErrorKind::Missing);
    if reading.articles.is_empty() && nothing_exists { Exit::Usage } else { Exit::Failed }
}

/// Says where a language has no stemmer or no stop words, so that a mistyped code does not go unnoticed.
fn note_languages(cluster: &Cluster, messages: &Messages) {
    let Some(language) = cluster.language else {
        messages.note("the language could not be told; name it with --lang");
        return;
    };
    let lexicon = Lexicon::new(Some(language));
    let lacking = match (lexicon.has_stemmer(), lexicon.has_stop_words()) {
        (false, false) => "neither a stemmer nor stop words",
        (false, true) => "no stemmer",
        (true, false) => "no stop words",
        (true, true) => return,
    };
    let text = format!("{} has {lacking} here; words are compared as they stand", language.name());
    // Where the language was chosen by the program, that is the program's own business.
    if lexicon.has_stop_words() { messages.detail(&text) } else { messages.note(&text) }
}

/// An empty digest is no result: says why it is empty.
fn check_outcome(digest: &Digest) -> Result<(), Error> {
    let unit = |count: usize| match digest.options.budget {
        Budget::Chars(_) => format!("{count} characters"),
        Budget::Sentences(_) => format!("{count} sentence"),
        Budget::Words(_) | Budget::Percent(_) => format!("{count} words"),
    };
    match digest.outcome {
        Outcome::Chosen | Outcome::Lead => Ok(()),
        Outcome::NothingFits { shortest } => Err(Error::new(
            ErrorKind::NothingFits,
            "digest",
            format!("the shortest quotable sentence has {}", unit(shortest)),
            "allow more",
        )),
        Outcome::NothingQuotable => Err(Error::new(
            ErrorKind::NothingQuotable,
            "digest",
            "no sentence can stand alone: all are questions, fragments, or lean on the one before",
            "give more of the article, or other articles",
        )),
        Outcome::NoProse => Err(Error::new(ErrorKind::NothingQuotable, "digest", "no running text", "give articles")),
    }
}

/// What a reader should know about how the digest came about.
fn describe(digest: &Digest, messages: &Messages) {
    if digest.outcome == Outcome::Lead {
        messages.note("the input is hardly longer than the digest may be, so this is its beginning");
    }
    let convergence = digest.convergence;
    if !convergence.converged {
        messages.note(&format!("the ranking had not come to rest after {} rounds", convergence.rounds));
    }
    let words: usize = digest.items.iter().map(|item| crate::segment::count_words(&item.quote)).sum();
    messages.detail(&format!(
        "{} sentences, {words} words, from {} articles; ranked in {} rounds",
        digest.items.len(),
        digest.sources.len(),
        convergence.rounds
    ));
}

/// Moves the texts that the JSON would hold into files named by their hashes.
fn keep_sources(sources: &mut [Source], folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::new(ErrorKind::Unwritable, folder.to_string_lossy(), error.to_string(), ""))?;
    for source in sources {
        if let Some(text) = source.text.take() {
            let path = folder.join(format!("{}.txt", source.sha256));
            output::write(text.as_bytes(), Some(&path))?;
            source.kept = Some(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// The digest in the format that was asked for.
fn written(digest: &Digest, arguments: &DigestArguments) -> Vec<u8> {
    let format = match arguments.format {
        FormatArgument::Json => Format::Json,
        FormatArgument::Text => Format::Text(text_style(arguments.output.is_none())),
    };
    let mut bytes = Vec::new();
    render(digest, format, &mut bytes).expect("writing to memory cannot fail");
    bytes
}

/// Colour and width are for terminals: a file or a pipe gets one line a sentence.
fn text_style(to_standard_output: bool) -> TextStyle {
    let stdout = io::stdout();
    if !to_standard_output || !stdout.is_terminal() {
        return TextStyle::default();
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    TextStyle { width: Some(width.min(WIDEST)), color }
}
