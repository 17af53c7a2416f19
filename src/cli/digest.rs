//! `epitome digest`: paths in, a digest on standard output.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::{Arguments, DigestArguments, DigestFormat};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::cite::{Digest, Source};
use crate::error::{Error, ErrorKind};
use crate::model::{Budget, Cluster, Options};
use crate::read::{self, ReadOptions, Reading};
use crate::render::{Format, TextStyle, from_json, render};
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
    let output = output::target(arguments.output.as_deref());
    refuse_to_overwrite_inputs(output, &paths, arguments.files_from.as_deref())?;
    refuse_to_keep_among_inputs(arguments, &paths)?;
    if let Some(threads) = arguments.threads {
        use_threads(threads.get())?;
    }
    let read_options = ReadOptions { language: arguments.lang, exclude: output.map(Path::to_owned) };
    let reading = read::read(&paths, &read_options)?;
    let without_result = exit_without_result(&reading);
    let cluster = reading.into_cluster();
    for left_out in &cluster.left_out {
        messages.error(&format!("{}: {}", left_out.source, left_out.reason));
    }
    if cluster.articles.is_empty() {
        return Ok(without_result);
    }
    note_encodings(&cluster, messages);
    note_languages(&cluster, messages);
    let mut digest = summarizer.summarize(&cluster);
    check_outcome(&digest)?;
    describe(&digest, messages);
    if let Some(folder) = &arguments.keep_sources {
        keep_sources(&mut digest.sources, folder)?;
    }
    output::write(&written(&digest, arguments.format, output), output)?;
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
    let bytes = input::read(list)?;
    let end = if null { 0 } else { b'\n' };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let lines = bytes.split(|byte| *byte == end).map(|line| match line {
        [line @ .., b'\r'] if !null => line,
        line => line,
    });
    Ok(lines.filter(|line| !line.trim_ascii().is_empty()).map(path_of_bytes).collect())
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

/// A digest must not replace what it is made from: an article, given by name or on standard input, or the list of
/// them; nor anything in a folder that is read, but for an earlier digest.
fn refuse_to_overwrite_inputs(output: Option<&Path>, paths: &[PathBuf], list: Option<&Path>) -> Result<(), Error> {
    let Some(target) = output.and_then(|path| fs::canonicalize(path).ok()).filter(|path| path.is_file()) else {
        return Ok(());
    };
    let is_target = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == target);
    let in_folder = |path: &PathBuf| path.is_dir() && fs::canonicalize(path).is_ok_and(|root| target.starts_with(root));
    // What lies in the folder is the reader's own, whether it can be read or not, unless it is an earlier digest.
    let is_own = || {
        let text = fs::read(&target).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        !text.is_empty() && !read::looks_like_digest(&text) && from_json(&text, "").is_err()
    };
    let named =
        paths.iter().any(|path| is_target(path)) || list.is_some_and(is_target) || output::is_standard_input(&target);
    if named || (paths.iter().any(in_folder) && is_own()) {
        let place = output.unwrap_or(&target).to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give -o another file"));
    }
    Ok(())
}

/// Kept texts belong to a digest in JSON, and not where the next run would take them for articles.
fn refuse_to_keep_among_inputs(arguments: &DigestArguments, paths: &[PathBuf]) -> Result<(), Error> {
    let Some(folder) = &arguments.keep_sources else { return Ok(()) };
    let refuse = |what: &str, way_out: &str| {
        Err(Error::new(ErrorKind::Usage, format!("--keep-sources {}", folder.to_string_lossy()), what, way_out))
    };
    if arguments.format != DigestFormat::Json {
        return refuse("only a digest in JSON refers to what is kept", "add --format json");
    }
    if folder.exists() && !folder.is_dir() {
        return refuse("not a folder", "give a folder, or a name that is free");
    }
    // The folder may not be there yet: the nearest one above it that is decides.
    let real = std::path::absolute(folder).ok();
    let above = real.iter().flat_map(|path| path.ancestors()).find_map(|path| fs::canonicalize(path).ok());
    let inside = |path: &PathBuf| {
        path.is_dir()
            && fs::canonicalize(path).is_ok_and(|root| above.as_ref().is_some_and(|above| above.starts_with(root)))
    };
    if paths.iter().any(inside) && real.is_some_and(|real| !is_hidden(&real)) {
        return refuse(
            "inside a folder that is read",
            "keep them elsewhere, or in a folder whose name begins with a dot",
        );
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// More threads than this are never of use; the result is the same.
const MOST_THREADS: usize = 64;

fn use_threads(threads: usize) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(MOST_THREADS)).build_global();
    pool.map_err(|error| Error::new(ErrorKind::Usage, format!("--threads {threads}"), error.to_string(), "give fewer"))
}

/// How to end if nothing of what was read can be digested.
fn exit_without_result(reading: &Reading) -> Exit {
    let nothing_exists = reading.skipped.iter().all(|error| error.kind == ErrorKind::Missing);
    if reading.articles.is_empty() && nothing_exists { Exit::Usage } else { Exit::Failed }
}

/// Says what was read in another encoding than UTF-8, and what was broken.
fn note_encodings(cluster: &Cluster, messages: &Messages) {
    for article in &cluster.articles {
        let broken = article.broken_places();
        if broken > 0 {
            let places = counted(broken, "place");
            messages.note(&format!("{}: broken UTF-8; {places} shown as \u{fffd}", article.source));
        } else if article.encoding != "UTF-8" {
            messages.detail(&format!("{}: read as {}", article.source, article.encoding));
        }
    }
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
        Budget::Chars(_) => counted(count, "character"),
        Budget::Sentences(_) => counted(count, "sentence"),
        Budget::Words(_) | Budget::Percent(_) => counted(count, "word"),
    };
    match digest.outcome {
        Outcome::Chosen | Outcome::Lead | Outcome::All => Ok(()),
        Outcome::NothingFits { shortest } => Err(Error::new(
            ErrorKind::NothingFits,
            "digest",
            format!("the shortest quotable sentence has {}", unit(shortest)),
            "allow more",
        )),
        Outcome::NothingQuotable => Err(Error::new(
            ErrorKind::NothingQuotable,
            "digest",
            "no sentence can stand alone: all are questions or fragments, say nothing, or lean on the one before",
            "give more of the article, or other articles",
        )),
        Outcome::NoProse => Err(Error::new(ErrorKind::NothingQuotable, "digest", "no running text", "give articles")),
    }
}

/// What a reader should know about how the digest came about.
fn describe(digest: &Digest, messages: &Messages) {
    match digest.outcome {
        Outcome::Lead => messages.note("the input is hardly longer than the digest may be, so this is its beginning"),
        Outcome::All => messages.note("the input is no longer than the digest may be, so this is all of it"),
        _ => {}
    }
    let convergence = digest.convergence;
    if !convergence.converged {
        messages.note(&format!("the ranking had not come to rest after {} rounds", convergence.rounds));
    }
    let words: usize = digest.items.iter().map(|item| crate::segment::count_words(&item.quote)).sum();
    messages.detail(&format!(
        "{}, {}, from {}; ranked in {}",
        counted(digest.items.len(), "sentence"),
        counted(words, "word"),
        counted(digest.sources.len(), "article"),
        counted(convergence.rounds, "round")
    ));
}

/// `1 sentence`, `2 sentences`.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
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
fn written(digest: &Digest, format: DigestFormat, output: Option<&Path>) -> Vec<u8> {
    let format = match format {
        DigestFormat::Json => Format::Json,
        DigestFormat::Markdown => Format::Markdown,
        DigestFormat::Text => Format::Text(text_style(output.is_none())),
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
