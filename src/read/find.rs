//! Files and folders in, the files to read out: sorted, each once.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::model::Markup;

/// How the text of standard input is named in digests and messages.
pub const STANDARD_INPUT: &str = "standard input";

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How it is named in a digest and in messages: as it was given, or the folder as given with the path below it.
    pub shown: String,
    /// Where it is; `-` stands for standard input.
    pub path: PathBuf,
    /// How its text is marked up.
    pub markup: Markup,
    /// Whether nobody can read it again under the name that is shown: standard input, a pipe, or a file whose name is
    /// not UTF-8.
    pub is_stream: bool,
}

/// Expands folders and drops repeats.
///
/// Folders are walked to the bottom. Names that begin with a dot are passed over, symbolic links inside a folder are
/// not followed: what they lead to is either in the folder anyway or was not given. The result is sorted by name in
/// byte order and holds each file once, under the first of its names, so that the order of `paths` changes nothing.
/// What cannot be read comes back beside it; `exclude` is passed over without a word.
pub fn find(paths: &[PathBuf], exclude: Option<&Path>) -> (Vec<Found>, Vec<Error>) {
    let exclude = exclude.and_then(|path| fs::canonicalize(path).ok());
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        if let Err(error) = expand(path, exclude.as_deref(), &mut found, &mut skipped) {
            skipped.push(error);
        }
    }
    found.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()).then_with(|| a.path.cmp(&b.path)));
    skipped.sort_by(|a, b| a.place.as_bytes().cmp(b.place.as_bytes()));
    skipped.dedup();
    // A walk comes by each file once.
    if paths.len() > 1 {
        drop_repeats(&mut found);
    }
    (found, skipped)
}

fn drop_repeats(found: &mut Vec<Found>) {
    let mut seen = HashSet::new();
    found.retain(|file| seen.insert(fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone())));
}

fn expand(path: &Path, exclude: Option<&Path>, found: &mut Vec<Found>, skipped: &mut Vec<Error>) -> Result<(), Error> {
    let shown = path.to_string_lossy().into_owned();
    if path == Path::new("-") {
        let shown = STANDARD_INPUT.to_owned();
        found.push(Found { shown, path: path.to_owned(), markup: Markup::Plain, is_stream: true });
        return Ok(());
    }
    refuse_web_address(&shown)?;
    let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
    if metadata.is_dir() {
        let before = (found.len(), skipped.len());
        walk(path, exclude, found, skipped)?;
        if before == (found.len(), skipped.len()) {
            let way_out = "give files, or a folder of .txt or .md files";
            return Err(Error::new(ErrorKind::NoInput, shown, "no article in this folder", way_out));
        }
        return Ok(());
    }
    refuse_device(&shown, &metadata)?;
    // A file that was named is read whatever its name; `decode` says what it is if it is not text.
    let markup = markup_of(path).unwrap_or_default();
    let is_stream = !metadata.is_file() || path.to_str().is_none();
    found.push(Found { shown, path: path.to_owned(), markup, is_stream });
    Ok(())
}

/// A device may have no end; only files and pipes are read.
///
/// # Errors
///
/// [`ErrorKind::UnknownKind`] for anything else.
pub fn refuse_device(shown: &str, metadata: &fs::Metadata) -> Result<(), Error> {
    if metadata.is_file() || metadata.is_dir() || is_pipe(metadata) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::UnknownKind, shown, "a device, not a file", "leave it out"))
}

/// Whether a path leads to a pipe, as `<(…)` of a shell does.
#[cfg(unix)]
fn is_pipe(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

/// Collects the readable files below a folder, without recursion, so that depth costs no stack.
fn walk(root: &Path, exclude: Option<&Path>, found: &mut Vec<Found>, skipped: &mut Vec<Error>) -> Result<(), Error> {
    let real_root = fs::canonicalize(root).map_err(|error| unreadable(&root.to_string_lossy(), &error))?;
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let shown = folder.to_string_lossy().into_owned();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                skipped.push(unreadable(&shown, &error));
                continue;
            }
        };
        for entry in entries {
            let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok(entry) => entry,
                Err(error) => {
                    skipped.push(unreadable(&shown, &error));
                    continue;
                }
            };
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let excluded = exclude.is_some_and(|other| {
                other.file_name() == path.file_name() && fs::canonicalize(&path).is_ok_and(|path| path == other)
            });
            if hidden || excluded {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                skipped.extend(link_trouble(&path, &real_root));
            } else {
                match markup_by_name(&path, kind.is_file()) {
                    Ok(markup) => {
                        let shown = path.to_string_lossy().into_owned();
                        let is_stream = path.to_str().is_none();
                        found.push(Found { shown, path, markup, is_stream });
                    }
                    Err(error) => skipped.push(error),
                }
            }
        }
    }
    Ok(())
}

/// A link to what is read anyway needs no word: an article in the folder, a folder below or above. Any other is left
/// out and named.
fn link_trouble(path: &Path, real_root: &Path) -> Option<Error> {
    let shown = path.to_string_lossy().into_owned();
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) => return Some(unreadable(&shown, &error)),
    };
    let hidden = |below: &Path| below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    let inside = target.strip_prefix(real_root).is_ok_and(|below| !hidden(below));
    let read_anyway = (inside && (target.is_dir() || markup_of(&target).is_some())) || real_root.starts_with(&target);
    (!read_anyway).then(|| {
        let way_out = "give its target as a path of its own";
        Error::new(ErrorKind::Link, shown, "a symbolic link to what is not in the folder, not followed", way_out)
    })
}

/// What a file in a folder is, by its name.
fn markup_by_name(path: &Path, is_file: bool) -> Result<Markup, Error> {
    let unknown = |what: &str, way_out: &str| {
        Err(Error::new(ErrorKind::UnknownKind, path.to_string_lossy().into_owned(), what, way_out))
    };
    if !is_file {
        return unknown("neither a file nor a folder", "leave it out");
    }
    match markup_of(path) {
        Some(markup) => Ok(markup),
        None => unknown("not read in a folder, where articles end in .txt or .md", "rename it or give it by name"),
    }
}

/// How the text of an article is marked up, by the ending of its name; `None` for other endings.
pub(super) fn markup_of(path: &Path) -> Option<Markup> {
    match path.extension()?.to_string_lossy().to_lowercase().as_str() {
        "txt" | "text" => Some(Markup::Plain),
        "md" | "markdown" => Some(Markup::Markdown),
        _ => None,
    }
}

/// Nothing is fetched.
pub(super) fn refuse_web_address(text: &str) -> Result<(), Error> {
    let lower = text.to_lowercase();
    if ["http://", "https://", "ftp://", "file://"].iter().any(|scheme| lower.starts_with(scheme)) {
        let what = "a web address, and epitome reads files";
        let way_out = "save the article's text to a file and give that";
        return Err(Error::new(ErrorKind::Missing, text, what, way_out));
    }
    Ok(())
}

/// An operating system's refusal in our words.
pub fn unreadable(shown: &str, error: &io::Error) -> Error {
    let (kind, what, way_out) = match error.kind() {
        io::ErrorKind::NotFound => (ErrorKind::Missing, "no such file or folder".to_owned(), "check the path"),
        io::ErrorKind::PermissionDenied => {
            (ErrorKind::Unreadable, "not allowed to read it".to_owned(), "check its permissions")
        }
        _ => (ErrorKind::Unreadable, format!("cannot be read ({error})"), "leave it out or mend it"),
    };
    Error::new(kind, shown, what, way_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Found]) -> Vec<String> {
        found.iter().map(|file| Path::new(&file.shown).file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_folder_gives_its_text_files_in_name_order_and_names_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        for name in ["b.txt", "a.md", "sub/c.TXT", ".hidden.txt", "picture.jpg"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let (found, skipped) = find(&[folder.path().to_owned()], None);
        assert_eq!(names(&found), ["a.md", "b.txt", "c.TXT"]);
        assert_eq!(skipped.len(), 1);
        assert!(skipped[0].place.ends_with("picture.jpg"));
    }

    #[test]
    fn a_file_given_twice_in_two_spellings_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "x").unwrap();
        let roundabout = folder.path().join(".").join("a.txt");
        let forwards = find(&[file.clone(), roundabout.clone(), folder.path().to_owned()], None);
        let backwards = find(&[folder.path().to_owned(), roundabout, file], None);
        assert_eq!(forwards.0.len(), 1);
        assert_eq!(forwards, backwards);
    }

    #[cfg(unix)]
    #[test]
    fn links_inside_a_folder_are_not_followed() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("o.txt"), "x").unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        symlink(folder.path(), folder.path().join("loop")).unwrap();
        symlink(outside.path().join("o.txt"), folder.path().join("out.txt")).unwrap();
        symlink(folder.path().join("nowhere"), folder.path().join("broken.txt")).unwrap();
        let (found, skipped) = find(&[folder.path().to_owned()], None);
        assert_eq!(names(&found), ["a.txt"]);
        let kinds: Vec<ErrorKind> = skipped.iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [ErrorKind::Missing, ErrorKind::Link], "{skipped:?}");
    }

    #[test]
    fn a_web_address_is_answered_with_what_to_do() {
        let (found, skipped) = find(&[PathBuf::from("https://example.org/a")], None);
        assert!(found.is_empty());
        assert!(skipped[0].to_string().contains("save the article's text"));
    }
}
