//! What to read, as typed, in; the articles out. And the name of a list or a digest in, its bytes out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::{Arguments, InputArguments};
use super::exit::Exit;
use super::output;
use crate::error::{Error, ErrorKind};
use crate::inspect::Inspection;
use crate::model::{Family, Guards, Limits, Prior};
use crate::rank;
use crate::read::{self, ReadOptions, Reading, refuse_device, unreadable};
use crate::render::from_json;
use crate::stories::Overrides;

/// All paths: those that were typed and those from a list. Without any, standard input; `None` if a person sits there.
pub(super) fn paths(arguments: &InputArguments) -> Result<Option<Vec<PathBuf>>, Error> {
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
    let list = bytes(list)?;
    let end = if null { 0 } else { b'\n' };
    let bytes = list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&list);
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

/// A result must not replace what it is made from: an article, given by name or on standard input, or the list of
/// them; nor anything in a folder that is read, but for an earlier result.
pub(super) fn refuse_to_overwrite(
    output: Option<&Path>,
    paths: &[PathBuf],
    arguments: &InputArguments,
) -> Result<(), Error> {
    let list = arguments.files_from.as_deref();
    let Some(target) = output.and_then(|path| fs::canonicalize(path).ok()).filter(|path| path.is_file()) else {
        return Ok(());
    };
    let is_target = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == target);
    let in_folder = |path: &PathBuf| path.is_dir() && fs::canonicalize(path).is_ok_and(|root| target.starts_with(root));
    // What lies in the folder is the reader's own, whether it can be read or not, unless it is an earlier result.
    let is_own = || {
        let text = fs::read(&target).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        !text.is_empty() && !is_result(&text)
    };
    let named =
        paths.iter().any(|path| is_target(path)) || list.is_some_and(is_target) || output::is_standard_input(&target);
    if named || (paths.iter().any(in_folder) && is_own()) {
        let place = output.unwrap_or(&target).to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give -o another file"));
    }
    Ok(())
}

/// Whether a text is what this program writes.
fn is_result(text: &str) -> bool {
    read::looks_like_digest(text)
        || read::looks_like_stories(text)
        || read::looks_like_inspection(text)
        || from_json(text, "").is_ok()
        || text.lines().all(|line| from_json(line, "").is_ok())
        || serde_json::from_str::<Inspection>(text).is_ok()
}

/// Reads the articles, but for the file that the result goes to.
pub(super) fn articles(arguments: &InputArguments, paths: &[PathBuf], output: Option<&Path>) -> Result<Reading, Error> {
    use_threads_of(arguments)?;
    read::read(paths, &read_options(arguments, output))
}

/// The same, and headlines without text, too.
pub(super) fn articles_and_headlines(
    arguments: &InputArguments,
    paths: &[PathBuf],
    output: Option<&Path>,
) -> Result<Reading, Error> {
    use_threads_of(arguments)?;
    read::read(paths, &ReadOptions { headlines: true, ..read_options(arguments, output) })
}

fn use_threads_of(arguments: &InputArguments) -> Result<(), Error> {
    arguments.threads.map_or(Ok(()), |threads| use_threads(threads.get()))
}

/// How articles are read: all but the file that the result goes to.
pub(super) fn read_options(arguments: &InputArguments, output: Option<&Path>) -> ReadOptions {
    ReadOptions {
        language: arguments.lang,
        exclude: output.map(Path::to_owned),
        limits: limits(arguments),
        ..ReadOptions::default()
    }
}

/// How many stories or lines are worked on at the same time.
pub(super) fn threads(arguments: &InputArguments) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.threads.map_or_else(cores, usize::from).min(MOST_THREADS)
}

/// The limits that were asked for.
fn limits(arguments: &InputArguments) -> Limits {
    let mut limits = Limits::default();
    arguments.max.iter().for_each(|bound| limits.set(*bound));
    limits
}

/// More threads than this are never of use; the result is the same.
pub(super) const MOST_THREADS: usize = 64;

pub(super) fn use_threads(threads: usize) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(MOST_THREADS)).build_global();
    pool.map_err(|error| Error::new(ErrorKind::Usage, format!("--threads {threads}"), error.to_string(), "give fewer"))
}

/// How to end if nothing of what was read can be used.
pub(super) fn exit_without_result(reading: &Reading) -> Exit {
    let nothing_exists = reading.skipped.iter().all(|error| error.kind == ErrorKind::Missing);
    if reading.articles.is_empty() && nothing_exists { Exit::Usage } else { Exit::Failed }
}

/// Answers a person who gave a subcommand nothing to read with its short help.
pub(super) fn help(subcommand: &str) -> Exit {
    let mut command = Arguments::command();
    // Building gives the subcommand the program's name and its global options.
    command.build();
    let running = command.find_subcommand_mut(subcommand).expect("the subcommand that is running exists");
    eprintln!("{}", running.render_help());
    Exit::Usage
}

/// Whether sentences are judged before they are quoted.
pub(super) fn guards(without: bool) -> Guards {
    if without { Guards::Off } else { Guards::On }
}

/// Reads families of publishers, `{"Family": ["Outlet", "www.outlet.example"]}`; without a file there are none.
pub(super) fn families(path: Option<&Path>) -> Result<Vec<Family>, Error> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let place = path.to_string_lossy().into_owned();
    let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
    let families: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).map_err(|error| {
        let way_out = r#"write {"Family": ["Outlet", "Another Outlet"]}"#;
        Error::new(ErrorKind::Usage, &*place, format!("no families of publishers in JSON ({error})"), way_out)
    })?;
    Ok(families.into_iter().map(|(name, members)| Family { name, members }).collect())
}

/// Reads which articles the user says are of one story, and which are not.
pub(super) fn overrides(path: &Path) -> Result<Overrides, Error> {
    let place = path.to_string_lossy();
    let text = bytes(path)?;
    serde_json::from_slice(&text).map_err(|error| {
        let (place, told) = (format!("{place}:{}:{}", error.line(), error.column()), error.to_string());
        let what = told.split(" at line ").next().unwrap_or_default();
        let way_out = r#"write {"together": [["id", "id"]], "apart": [["id", "id"]]}"#;
        Error::new(ErrorKind::Usage, place, format!("no overrides in JSON ({what})"), way_out)
    })
}

/// Whether a folder, which need not be there yet, is inside one that is read, so that what is written there would be read
/// next time.
pub(super) fn is_inside_input(folder: &Path, paths: &[PathBuf]) -> bool {
    // The nearest folder above it that is there decides.
    let real = std::path::absolute(folder).ok();
    let above = real.iter().flat_map(|path| path.ancestors()).find_map(|path| fs::canonicalize(path).ok());
    let inside = |path: &PathBuf| {
        path.is_dir()
            && fs::canonicalize(path).is_ok_and(|root| above.as_ref().is_some_and(|above| above.starts_with(root)))
    };
    paths.iter().any(inside) && real.is_some_and(|real| !is_hidden(&real))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Reads a prior that `epitome train` wrote.
pub(super) fn prior(path: &Path) -> Result<Prior, Error> {
    let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
    rank::prior(&text).map_err(|error| Error { place: path.to_string_lossy().into_owned(), ..error })
}

/// All bytes of a file, a pipe, or, for `-`, standard input.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| unreadable(&path.to_string_lossy(), &error))
}

/// Opens a file, a pipe, or, for `-`, standard input.
pub(super) fn open(path: &Path) -> Result<Box<dyn BufRead + Send>, Error> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let shown = path.to_string_lossy();
    let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
    refuse_device(&shown, &metadata)?;
    let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
    Ok(Box::new(BufReader::new(file)))
}
