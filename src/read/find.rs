//! Files and folders in, the files to read out: sorted, each once, and no more than are allowed.
//!
//! Nothing outside of what was given is read, nothing is waited for that may never come, and no folder is walked twice.

use std::ffi::OsString;
use std::fs;
use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxBuildHasher, FxHashSet};

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
/// Folders are walked to the bottom. Names that begin with a dot are passed over, and so is what a browser saves beside a
/// page (`is_beside_page`). Symbolic links inside a folder are not followed: what they lead to is either in the folder
/// anyway or was not given. Pipes and devices in a folder are not read: they may have no end. The result is sorted by name
/// in byte order and holds each file once, under the first of its names, so that the order of `paths` changes nothing.
/// What cannot be read comes back beside it; `exclude` is passed over without a word. Of more than `most` files the first
/// ones are taken, and how many are not is named once.
pub fn find(paths: &[PathBuf], exclude: Option<&Path>, most: u64) -> (Vec<Found>, Vec<Error>) {
    let exclude = exclude.and_then(|path| fs::canonicalize(path).ok());
    let mut walk = Walk {
        exclude: exclude.as_deref(),
        found: First::of(most, |file: &Found| (file.shown.clone().into_bytes(), file.path.clone())),
        skipped: First::of(most, |error: &Error| (error.place.clone().into_bytes(), PathBuf::new())),
    };
    // A walk comes by each file once.
    if paths.len() > 1 {
        walk.found.identity =
            Some(|file| fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone()).into_os_string());
        walk.skipped.identity = Some(|error| error.to_string().into());
    }
    for path in paths {
        if let Err(error) = walk.expand(path) {
            walk.skipped.push(error);
        }
    }
    let (found, too_many) = walk.found.sorted();
    let (mut skipped, untold) = walk.skipped.sorted();
    skipped.dedup();
    if too_many > 0 {
        let what = format!("over the limit files={most}; {too_many} more are left out");
        skipped.push(Error::new(ErrorKind::OverLimit, "input", what, "raise the limit with --max"));
    }
    if untold > 0 {
        let what = format!("{untold} more cannot be read, and are not named");
        skipped.push(Error::new(ErrorKind::OverLimit, "input", what, ""));
    }
    (found, skipped)
}

/// The first so many of what is put in, by name and each once, in memory for twice as many.
struct First<T> {
    /// Each with what it is, whatever its name.
    items: Vec<(OsString, T)>,
    most: usize,
    key: fn(&T) -> (Vec<u8>, PathBuf),
    /// Tells what it is, where the same may come twice.
    identity: Option<fn(&T) -> OsString>,
    /// How many were dropped where nothing comes twice, and else what they are, as hashes: it only has to be counted.
    dropped: usize,
    dropped_once: FxHashSet<u64>,
}

impl<T> First<T> {
    fn of(most: u64, key: fn(&T) -> (Vec<u8>, PathBuf)) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Self { items: Vec::new(), most, key, identity: None, dropped: 0, dropped_once: FxHashSet::default() }
    }

    fn push(&mut self, item: T) {
        let identity = self.identity.map(|identity| identity(&item)).unwrap_or_default();
        self.items.push((identity, item));
        if self.items.len() / 2 > self.most {
            self.keep_first();
        }
    }

    fn keep_first(&mut self) {
        let key = self.key;
        self.items.sort_by_cached_key(|(_, item)| key(item));
        if self.identity.is_some() {
            let mut seen = FxHashSet::default();
            self.items.retain(|(identity, _)| seen.insert(identity.clone()));
        }
        let dropped = self.items.split_off(self.most.min(self.items.len()));
        if self.identity.is_some() {
            self.dropped_once.extend(dropped.iter().map(|(identity, _)| FxBuildHasher.hash_one(identity)));
        } else {
            self.dropped += dropped.len();
        }
    }

    /// They, and how many there were beyond them.
    fn sorted(mut self) -> (Vec<T>, usize) {
        self.keep_first();
        for (identity, _) in &self.items {
            // Under another name it came later.
            self.dropped_once.remove(&FxBuildHasher.hash_one(identity));
        }
        let dropped = self.dropped + self.dropped_once.len();
        (self.items.into_iter().map(|(_, item)| item).collect(), dropped)
    }
}

/// What was come by so far.
struct Walk<'e> {
    exclude: Option<&'e Path>,
    found: First<Found>,
    skipped: First<Error>,
}

impl Walk<'_> {
    fn expand(&mut self, path: &Path) -> Result<(), Error> {
        let shown = path.to_string_lossy().into_owned();
        if path == Path::new("-") {
            let shown = STANDARD_INPUT.to_owned();
            self.found.push(Found { shown, path: path.to_owned(), markup: Markup::Plain, is_stream: true });
            return Ok(());
        }
        refuse_web_address(&shown)?;
        let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
        if metadata.is_dir() {
            if self.walk(path)? == 0 {
                let way_out = "give files, or a folder with texts, pages, feeds or mail";
                return Err(Error::new(ErrorKind::NoInput, shown, "no article in this folder", way_out));
            }
            return Ok(());
        }
        refuse_device(&shown, &metadata)?;
        // A file that was named is read whatever its name; its first bytes say what it is.
        let markup = markup_of(path).unwrap_or_default();
        let is_stream = !metadata.is_file() || path.to_str().is_none();
        self.found.push(Found { shown, path: path.to_owned(), markup, is_stream });
        Ok(())
    }

    /// Collects the readable files below a folder, without recursion, so that depth costs no stack. Gives how much was
    /// come by, readable or not.
    fn walk(&mut self, root: &Path) -> Result<usize, Error> {
        let real_root = fs::canonicalize(root).map_err(|error| unreadable(&root.to_string_lossy(), &error))?;
        let mut folders = vec![root.to_owned()];
        let mut walked = FxHashSet::default();
        let mut come_by = 0;
        while let Some(folder) = folders.pop() {
            // A folder that is mounted in several places, or in itself.
            if identity(&folder).is_some_and(|identity| !walked.insert(identity)) {
                continue;
            }
            let fail = |error: io::Error| unreadable(&folder.to_string_lossy(), &error);
            let mut entries = Vec::new();
            for entry in fs::read_dir(&folder).map_or_else(|error| vec![Err(error)], Iterator::collect) {
                match entry {
                    Ok(entry) => entries.push(entry),
                    Err(error) => {
                        self.skipped.push(fail(error));
                        come_by += 1;
                    }
                }
            }
            entries.sort_by_cached_key(fs::DirEntry::file_name);
            // The first one by name is to be walked first.
            for entry in entries.iter().rev() {
                let (path, kind) = (entry.path(), entry.file_type());
                if self.is_passed_over(&path) {
                    continue;
                }
                let taken = match kind {
                    Err(error) => Err(fail(error)),
                    Ok(kind) if kind.is_dir() => {
                        if !is_beside_page(&path) {
                            folders.push(path);
                        }
                        continue;
                    }
                    Ok(kind) if kind.is_symlink() => match link_trouble(&path, &real_root) {
                        Some(error) => Err(error),
                        None => continue,
                    },
                    Ok(kind) => file(path, kind.is_file()),
                };
                come_by += 1;
                match taken {
                    Ok(file) => self.found.push(file),
                    Err(error) => self.skipped.push(error),
                }
            }
        }
        Ok(come_by)
    }

    /// Whether a name is hidden, or that of the file that is to be written.
    fn is_passed_over(&self, path: &Path) -> bool {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let excluded = self.exclude.is_some_and(|other| {
            other.file_name() == path.file_name() && fs::canonicalize(path).is_ok_and(|path| path == other)
        });
        hidden || excluded
    }
}

/// What a folder is, whatever its name.
#[cfg(unix)]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).ok().map(|known| (known.dev(), known.ino())).filter(|(_, number)| *number != 0)
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<PathBuf> {
    fs::canonicalize(folder).ok()
}

/// What browsers put behind the name of a page to name the folder for its pictures, styles and scripts.
const BESIDE_PAGE: &[&str] = &["_files", ".files", "-Dateien", "_Dateien", "_fichiers", "_archivos", "_bestanden"];

/// Whether a folder holds what belongs to the page beside it, `story_files` to `story.html`: none of it is an article.
fn is_beside_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return false };
    let page = BESIDE_PAGE.iter().find_map(|ending| name.strip_suffix(ending));
    page.is_some_and(|page| {
        let is_there = |ending: &&str| folder.with_file_name(format!("{page}.{ending}")).is_file();
        ["html", "htm", "xhtml", "HTML", "HTM"].iter().any(is_there)
    })
}

/// A file in a folder, by its name.
fn file(path: PathBuf, is_file: bool) -> Result<Found, Error> {
    let shown = path.to_string_lossy().into_owned();
    if !is_file {
        return Err(Error::new(ErrorKind::UnknownKind, shown, "neither a file nor a folder", "leave it out"));
    }
    let Some(markup) = markup_of(&path) else {
        let what = "not read in a folder, where articles end in .txt, .md, .html, .xml, .jsonl, .eml or the like";
        return Err(Error::new(ErrorKind::UnknownKind, shown, what, "rename it or give it by name"));
    };
    let is_stream = path.to_str().is_none();
    Ok(Found { shown, path, markup, is_stream })
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

/// How the text of an article is marked up, by the ending of its name; `None` for other endings. What is called data may be
/// a feed.
pub(super) fn markup_of(path: &Path) -> Option<Markup> {
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let last = ending(path)?;
    let last = if matches!(&*last, "gz" | "zst") { ending(Path::new(path.file_stem()?))? } else { last };
    match &*last {
        "txt" | "text" => Some(Markup::Plain),
        "md" | "markdown" => Some(Markup::Markdown),
        "html" | "htm" | "xhtml" => Some(Markup::Html),
        "xml" | "rss" | "atom" | "rdf" | "json" | "jsonl" | "ndjson" => Some(Markup::Feed),
        "eml" | "mbox" | "mht" | "mhtml" => Some(Markup::Mail),
        _ => None,
    }
}

/// Whether a file of that name is read where it lies in a folder that is read.
#[cfg(feature = "cli")]
pub(crate) fn is_read_in_folders(name: &Path) -> bool {
    markup_of(name).is_some()
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
        let (found, skipped) = find(&[folder.path().to_owned()], None, 100);
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
        let forwards = find(&[file.clone(), roundabout.clone(), folder.path().to_owned()], None, 100);
        let backwards = find(&[folder.path().to_owned(), roundabout, file], None, 100);
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
        let (found, skipped) = find(&[folder.path().to_owned()], None, 100);
        assert_eq!(names(&found), ["a.txt"]);
        let kinds: Vec<ErrorKind> = skipped.iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [ErrorKind::Missing, ErrorKind::Link], "{skipped:?}");
    }

    #[test]
    fn files_are_found_by_their_endings_packed_or_not() {
        for (name, markup) in [
            ("a.TXT", Some(Markup::Plain)),
            ("a.b.md.gz", Some(Markup::Markdown)),
            ("a.htm", Some(Markup::Html)),
            ("a.jsonl.zst", Some(Markup::Feed)),
            ("a.eml", Some(Markup::Mail)),
            ("a.gz", None),
            ("txt.gz", None),
            ("a.txt.gz.gz", None),
            ("a.css", None),
            ("a", None),
        ] {
            assert_eq!(markup_of(Path::new(name)), markup, "{name}");
        }
    }

    #[test]
    fn what_a_browser_saves_beside_a_page_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["story_files", "tables_files"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in ["story.html", "story_files/frame.html", "story_files/a.css", "tables_files/b.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let (found, skipped) = find(&[folder.path().to_owned()], None, 100);
        assert_eq!(names(&found), ["story.html", "b.txt"]);
        assert_eq!(skipped, []);
    }

    #[test]
    fn of_too_many_files_the_first_are_read_and_the_others_counted() {
        let folder = tempfile::tempdir().unwrap();
        for number in (0..9).rev() {
            fs::write(folder.path().join(format!("{number}.txt")), "x").unwrap();
        }
        let (found, skipped) = find(&[folder.path().to_owned()], None, 2);
        assert_eq!(names(&found), ["0.txt", "1.txt"]);
        assert_eq!(skipped.len(), 1);
        assert_eq!(
            skipped[0].to_string(),
            "input: over the limit files=2; 7 more are left out; raise the limit with --max"
        );
        assert_eq!(find(&[folder.path().to_owned()], None, 9).1, []);
        let thrice = vec![folder.path().to_owned(); 3];
        assert_eq!(find(&thrice, None, 2), (found, skipped));
        let (found, skipped) = find(&thrice, None, 9);
        assert_eq!((found.len(), skipped), (9, vec![]));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_sockets_in_a_folder_are_named_and_not_waited_for() {
        use std::os::unix::net::UnixListener;
        let folder = tempfile::tempdir().unwrap();
        let _socket = UnixListener::bind(folder.path().join("s.txt")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("p.txt")).status();
        let (found, skipped) = find(&[folder.path().to_owned()], None, 100);
        assert_eq!(found, []);
        assert_eq!(skipped.len(), 1 + usize::from(made.is_ok_and(|status| status.success())));
        assert!(skipped.iter().all(|error| error.what == "neither a file nor a folder"), "{skipped:?}");
    }

    #[cfg(unix)]
    #[test]
    fn names_may_be_anything_and_a_folder_may_be_given_by_a_link() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        fs::create_dir_all(real.join("sub")).unwrap();
        for name in [&b"a\nb.txt"[..], b"\x1b[31m.txt", b"\xff.txt", b"sub/c.txt"] {
            fs::write(real.join(OsStr::from_bytes(name)), "x").unwrap();
        }
        symlink("..", real.join("sub").join("up")).unwrap();
        symlink(&real, folder.path().join("link")).unwrap();
        let by = |path: &str| find(&[folder.path().join(path)], None, 100);
        let (found, skipped) = by("link");
        assert_eq!(names(&found), ["\u{1b}[31m.txt", "a\nb.txt", "c.txt", "\u{fffd}.txt"]);
        assert_eq!(skipped, []);
        assert!(found[3].is_stream && !found[0].is_stream);
        assert_eq!(by("real/sub/..").0.len(), 4);
    }

    #[test]
    fn a_web_address_is_answered_with_what_to_do() {
        let (found, skipped) = find(&[PathBuf::from("https://example.org/a")], None, 100);
        assert!(found.is_empty());
        assert!(skipped[0].to_string().contains("save the article's text"));
    }
}
