//! A path in, the stories of a corpus out, batch by batch.
//!
//! A corpus is a file of JSON Lines with a story a line, see [`Record`]; or a folder with one story, its articles in
//! `articles/` and what people wrote of it in `references/`, a file each; or a folder of such folders. What is held in
//! memory is a batch, however large the corpus.
//!
//! Published corpora have broken lines. One is named with its number and left out, and costs nothing else. They have
//! stories of the same name, too, and these are told apart: a summary belongs to one story.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::Cluster;
use crate::read::{self, Line, Lines, ReadOptions, Record, decode, unreadable};

/// The folder of the articles of a story.
const ARTICLES: &str = "articles";

/// The folder of what people wrote of it.
const REFERENCES: &str = "references";

/// A batch ends when its lines have so many bytes, so that long lines do not fill the memory.
const BATCH_BYTES: usize = 16 << 20;

/// A corpus that is being read.
pub struct Corpus {
    /// What it is called in tables: the name of its file without its ending, or of its folder.
    pub name: String,
    /// Its path as given.
    pub path: String,
    stories: Stories,
    /// How many stories may still be read.
    left: Option<usize>,
    names: Names,
}

/// The names that stories have so far, so that no two have the same.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: FxHashSet<String>,
}

impl Names {
    /// The name of the next story: its own, or, where an earlier one has it, that with the first number behind it, from 2,
    /// that is free.
    pub fn apart(&mut self, name: String) -> String {
        let free = |name: &String| !self.taken.contains(name);
        let apart = if free(&name) {
            name
        } else {
            (2..)
                .map(|number: usize| format!("{name}-{number}"))
                .find(free)
                .expect("there are more numbers than stories")
        };
        self.taken.insert(apart.clone());
        apart
    }
}

enum Stories {
    Lines(Lines),
    /// The folders that are still to be read, the last one first.
    Folders {
        all: usize,
        left: Vec<PathBuf>,
    },
}

/// A story of a corpus, found but not yet made sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A line of a file.
    Line(Line),
    /// A folder with `articles/` and `references/`.
    Folder(PathBuf),
}

/// A story and what people wrote of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name in the corpus: that of its record or folder, or the number of its line. See [`Corpus::tell_apart`].
    pub id: String,
    /// Its articles. There may be none: where no text of the story is running text, no system has anything to say.
    pub cluster: Cluster,
    /// The language of the references: that of the story.
    pub language: Option<Language>,
    /// What people wrote of it; at least one.
    pub references: Vec<String>,
    /// Files of its folder that it is without, and why.
    pub left_out: Vec<Error>,
    /// Bytes of text that were read.
    pub bytes: usize,
}

impl Corpus {
    /// Opens a corpus; `-` is standard input. At most `limit` stories are read.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where nothing is, [`ErrorKind::NoInput`] for a folder without stories, and those of
    /// opening a file.
    pub fn open(path: &Path, limit: Option<usize>) -> Result<Self, Error> {
        let shown = path.to_string_lossy().into_owned();
        let stories = if path != Path::new("-") && path.is_dir() {
            let mut left = folders(path, &shown)?;
            left.reverse();
            Stories::Folders { all: left.len(), left }
        } else {
            Stories::Lines(Lines::open(path)?)
        };
        let name = name(path);
        let shown = if path == Path::new("-") { name.clone() } else { shown };
        Ok(Self { name, path: shown, stories, left: limit, names: Names::default() })
    }

    /// The next stories, at most so many; none at the end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`] where a file breaks off.
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<Entry>, Error> {
        let most = self.left.unwrap_or(most).min(most);
        let batch = match &mut self.stories {
            Stories::Lines(lines) => next_batch(lines, most)?,
            Stories::Folders { left, .. } => {
                (0..most).map_while(|_| left.pop()).map(Entry::Folder).collect::<Vec<Entry>>()
            }
        };
        if let Some(left) = &mut self.left {
            *left -= batch.len();
        }
        Ok(batch)
    }

    /// Lets the next batches have so many more stories than the limit allows: as many as were found broken, since a
    /// limit counts stories that can be used.
    pub fn allow(&mut self, more: usize) {
        if let Some(left) = &mut self.left {
            *left += more;
        }
    }

    /// Gives a story another name if an earlier one has the same, and says whether it did. To be called for the stories
    /// that can be used, in order.
    pub fn tell_apart(&mut self, item: &mut Item) -> bool {
        let name = self.names.apart(item.id.clone());
        let changed = name != item.id;
        item.id = name;
        changed
    }

    /// Whether nothing more is to be read, as far as that is known without waiting for it.
    pub fn is_at_end(&self) -> bool {
        self.left == Some(0)
            || match &self.stories {
                Stories::Lines(lines) => lines.is_at_end(),
                Stories::Folders { left, .. } => left.is_empty(),
            }
    }

    /// How much of it has been read, in [0, 1], where that is known.
    pub fn share_read(&self, stories: usize) -> Option<f64> {
        let of_limit = self.left.map(|left| stories as f64 / (stories + left).max(1) as f64);
        let of_all = match &self.stories {
            Stories::Lines(lines) => lines.share_read(),
            Stories::Folders { all, left } => Some((all - left.len()) as f64 / *all as f64),
        };
        match (of_limit, of_all) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }
}

/// What a corpus is called.
pub(super) fn name(path: &Path) -> String {
    // What stands behind a dot is the ending of a file, and a part of the name of a folder.
    let is_packed = path.extension().is_some_and(|ending| ending == "gz" || ending == "zst");
    let unpacked = if is_packed { path.with_extension("") } else { path.to_owned() };
    let named = if path.is_dir() { path.file_name() } else { unpacked.file_stem() };
    let named = named.map(|named| named.to_string_lossy().into_owned());
    let named = named.or_else(|| {
        // `.` and `..` have names of their own.
        let real = fs::canonicalize(path).ok()?;
        real.file_name().map(|name| name.to_string_lossy().into_owned())
    });
    match named {
        Some(name) if name != "-" => name,
        Some(_) => read::STANDARD_INPUT.to_owned(),
        None => path.to_string_lossy().into_owned(),
    }
}

/// Whether a path leads to an article or a reference of a corpus in `folder`.
pub fn is_in_story(path: &Path, folder: &Path) -> bool {
    let inside = path.strip_prefix(folder).ok();
    inside.is_some_and(|inside| inside.iter().take(2).any(|part| part == ARTICLES || part == REFERENCES))
}

/// The stories of a folder: itself, or those of its sub-folders that are stories, in name order.
fn folders(path: &Path, shown: &str) -> Result<Vec<PathBuf>, Error> {
    let is_story = |path: &Path| path.join(ARTICLES).is_dir();
    if is_story(path) {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(shown, &error))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| is_story(path)).collect();
    found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    if found.is_empty() {
        let what = format!("no story in this folder: neither {ARTICLES}/ nor a folder with it");
        return Err(Error::new(ErrorKind::NoInput, shown, what, "give a corpus: .jsonl, or a folder of stories"));
    }
    Ok(found)
}

fn next_batch(lines: &mut Lines, most: usize) -> Result<Vec<Entry>, Error> {
    let (mut batch, mut held) = (Vec::new(), 0);
    while batch.len() < most && held < BATCH_BYTES {
        let Some(line) = lines.next().transpose()? else { break };
        held += line.bytes();
        batch.push(Entry::Line(line));
    }
    Ok(batch)
}

impl Entry {
    /// Where it stands: `path:line`, or the path of its folder.
    pub fn place(&self) -> String {
        match self {
            Self::Line(line) => line.place(),
            Self::Folder(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Reads the story.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotACluster`] for a broken line and for a story without text or without references; those of
    /// reading files.
    pub fn read(&self, options: &ReadOptions) -> Result<Item, Error> {
        match self {
            Self::Line(line) => read_line(line, options),
            Self::Folder(path) => read_folder(path, options),
        }
    }
}

fn refuse<T>(place: &str, what: impl Into<String>, way_out: &str) -> Result<T, Error> {
    Err(Error::new(ErrorKind::NotACluster, place, what, way_out))
}

/// What to do about most lines that are broken.
const MEND: &str = "mend the line or leave it out";

fn read_line(line: &Line, options: &ReadOptions) -> Result<Item, Error> {
    let place = &line.place();
    let record = match Record::parse(line.text()?) {
        Ok(record) => record,
        Err(what) => return refuse(place, what, MEND),
    };
    let id = record.id.as_ref().map_or_else(|| line.number.to_string(), ToString::to_string);
    if record.references.is_empty() {
        return refuse(place, "no reference to compare with", "add \"references\" or leave the line out");
    }
    if !record.has_text() {
        return refuse(place, "no document with text", MEND);
    }
    let (given, references, bytes) = (options.language.or(record.lang), record.references.clone(), record.bytes());
    let cluster = record.into_reading(&id, options).into_cluster();
    Ok(Item { id, language: given.or(cluster.language), cluster, references, left_out: Vec::new(), bytes })
}

fn read_folder(path: &Path, options: &ReadOptions) -> Result<Item, Error> {
    let place = path.to_string_lossy().into_owned();
    let (references, mut left_out) = references(&path.join(REFERENCES))?;
    if references.is_empty() {
        let way_out = "write one into its references/ or leave the folder out";
        return refuse(&place, "no reference to compare with", way_out);
    }
    let reading = read::read(&[path.join(ARTICLES)], options)?;
    if reading.articles.is_empty() {
        let way_out = "put some into its articles/ or leave the folder out";
        let why = reading.skipped.iter().find(|error| error.kind != ErrorKind::NoInput);
        let why = why.map_or_else(String::new, |error| format!(" ({}: {})", error.place, error.what));
        return refuse(&place, format!("no article with text{why}"), way_out);
    }
    let bytes = reading.articles.iter().map(|article| article.text.len()).sum();
    let cluster = reading.into_cluster();
    let unread = cluster.left_out.iter();
    left_out.extend(unread.map(|left| Error::new(ErrorKind::UnknownKind, &left.source, &left.reason, "")));
    Ok(Item { id: name(path), language: cluster.language, cluster, references, left_out, bytes })
}

/// The text of each file in a folder and in those below it, in name order, whatever its ending: collections name what
/// people wrote after who wrote it. The empty ones come back beside them.
fn references(folder: &Path) -> Result<(Vec<String>, Vec<Error>), Error> {
    let (mut texts, mut empty) = (Vec::new(), Vec::new());
    if !folder.is_dir() {
        return Ok((texts, empty));
    }
    for path in reference_files(folder)? {
        let shown = path.to_string_lossy().into_owned();
        let bytes = fs::read(&path).map_err(|error| unreadable(&shown, &error))?;
        match decode(bytes) {
            Ok(decoded) => {
                let text = decoded.text.trim_start_matches('\u{feff}').trim();
                if text.is_empty() {
                    empty.push(Error::new(ErrorKind::Empty, shown, "an empty reference", "leave it out or write it"));
                } else {
                    texts.push(text.to_owned());
                }
            }
            Err((what, way_out)) => return Err(Error::new(ErrorKind::NotText, shown, what, way_out)),
        }
    }
    Ok((texts, empty))
}

/// The files of a folder and of those below it that are not hidden and do not tell about the folder. A link to a file is
/// one.
fn reference_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let trouble = |path: &Path, error: &io::Error| unreadable(&path.to_string_lossy(), error);
        for entry in fs::read_dir(&folder).map_err(|error| trouble(&folder, &error))? {
            let entry = entry.map_err(|error| trouble(&folder, &error))?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().to_lowercase());
            if name.starts_with('.') || name.split('.').next() == Some("readme") {
                continue;
            }
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let metadata = fs::metadata(&path).map_err(|error| trouble(&path, &error))?;
            match (metadata.is_file(), metadata.is_dir() && !is_link) {
                (true, _) => files.push(path),
                (_, true) => folders.push(path),
                _ => {
                    let what = "neither a file nor a folder, and no reference";
                    return Err(Error::new(ErrorKind::UnknownKind, path.to_string_lossy(), what, "leave it out"));
                }
            }
        }
    }
    files.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = r#"{"id": "a", "documents": ["The ferry hit the pier on Tuesday, the mayor said."], "references": "A ferry hit a pier."}"#;

    /// All stories of a corpus in batches of two: the names of those that can be used, and what is wrong with the others.
    fn stories(path: &Path, limit: Option<usize>) -> (Vec<String>, Vec<String>) {
        let mut corpus = Corpus::open(path, limit).unwrap();
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        loop {
            let batch = corpus.next_batch(2).unwrap();
            if batch.is_empty() {
                return (good, bad);
            }
            for entry in batch {
                match entry.read(&ReadOptions::default()) {
                    Ok(item) => good.push(item.id),
                    Err(error) => bad.push(error.to_string()),
                }
            }
        }
    }

    #[test]
    fn a_broken_line_is_named_by_its_number_and_costs_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.jsonl");
        let other = STORY.replace("\"a\"", "\"b\"");
        let lacking = r#"{"id": "c", "documents": ["The ferry hit."]}"#;
        let empty = r#"{"id": "d", "documents": [" "], "references": ["x"]}"#;
        fs::write(&path, format!("\u{feff}{STORY}\n\n{{\"id\": \n{other}\r\n{lacking}\n{empty}")).unwrap();
        let (good, bad) = stories(&path, None);
        assert_eq!(good, ["a", "b"]);
        let place = path.display();
        assert!(bad[0].starts_with(&format!("{place}:3: not a cluster in JSON (EOF while parsing")), "{bad:?}");
        assert!(bad[0].ends_with("; mend the line or leave it out"), "{bad:?}");
        assert!(bad[1].starts_with(&format!("{place}:5: no reference to compare with")), "{bad:?}");
        assert!(bad[2].starts_with(&format!("{place}:6: no document with text")), "{bad:?}");
        assert_eq!(stories(&path, Some(1)).0, ["a"]);
    }

    #[test]
    fn a_folder_is_a_story_or_holds_several_in_name_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b", "a", "without"] {
            let story = folder.path().join(name);
            fs::create_dir_all(story.join("articles")).unwrap();
            fs::create_dir_all(story.join("references")).unwrap();
            let text = "The ferry hit the pier on Tuesday, the mayor said.";
            fs::write(story.join("articles/wire.txt"), text).unwrap();
            if name != "without" {
                fs::write(story.join("references/one.txt"), "A ferry hit a pier.\n").unwrap();
                fs::write(story.join("references/two.txt"), "A pier was hit.\n").unwrap();
            }
        }
        fs::create_dir(folder.path().join("no-story")).unwrap();
        let (good, bad) = stories(folder.path(), None);
        assert_eq!(good, ["a", "b"]);
        assert!(bad[0].contains("without: no reference to compare with"), "{bad:?}");
        assert_eq!(stories(&folder.path().join("b"), None).0, ["b"]);
        let item = Entry::Folder(folder.path().join("a")).read(&ReadOptions::default()).unwrap();
        assert_eq!(item.references, ["A ferry hit a pier.", "A pier was hit."]);
        let nothing = Corpus::open(&folder.path().join("no-story"), None).err().unwrap();
        assert_eq!(nothing.kind, ErrorKind::NoInput);
    }

    /// A folder with one story in `name`, of one article and the references that are given with the names of their files.
    fn story_with(name: &str, references: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let story = folder.path().join(name);
        fs::create_dir_all(story.join("articles")).unwrap();
        fs::create_dir_all(story.join("references")).unwrap();
        fs::write(story.join("articles/a.txt"), "The ferry hit the pier on Tuesday, the mayor said.").unwrap();
        for (name, bytes) in references {
            fs::write(story.join("references").join(name), bytes).unwrap();
        }
        (folder, story)
    }

    #[test]
    fn every_text_in_references_is_one_whatever_its_name_and_what_tells_about_the_folder_is_none() {
        let files: [(&str, &[u8]); 5] =
            [("D1.M.100.A", b"One."), ("D1.M.100.B", b"Two."), ("README", b"x"), ("readme.md", b"x"), (".old", b"x")];
        let (_folder, story) = story_with("d1", &files);
        let item = Entry::Folder(story.clone()).read(&ReadOptions::default()).unwrap();
        assert_eq!(item.references, ["One.", "Two."]);
        assert_eq!(item.left_out, []);
        fs::write(story.join("references/D1.M.100.C"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
        let error = Entry::Folder(story).read(&ReadOptions::default()).unwrap_err();
        assert!(error.place.ends_with("D1.M.100.C") && error.what.contains("not text"), "{error}");
    }

    #[test]
    fn what_a_story_is_without_is_named_and_the_story_stays() {
        let (_folder, story) = story_with("d1", &[("a.txt", b"One."), ("b.txt", b" \n")]);
        fs::write(story.join("articles/b.pdf"), "%PDF-1.4").unwrap();
        fs::write(story.join("articles/c.txt"), "").unwrap();
        let item = Entry::Folder(story).read(&ReadOptions::default()).unwrap();
        let names: Vec<&str> = item.left_out.iter().map(|error| error.place.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["b.txt", "b.pdf", "c.txt"]);
        assert_eq!(item.cluster.articles.len(), 1);
    }

    #[test]
    fn a_folder_has_its_whole_name_and_a_file_its_name_without_the_ending() {
        let (folder, story) = story_with("v1.2", &[("a.txt", b"One.")]);
        assert_eq!(Entry::Folder(story.clone()).read(&ReadOptions::default()).unwrap().id, "v1.2");
        assert_eq!(Corpus::open(&story, None).unwrap().name, "v1.2");
        fs::write(folder.path().join("v1.3.jsonl"), "").unwrap();
        assert_eq!(Corpus::open(&folder.path().join("v1.3.jsonl"), None).unwrap().name, "v1.3");
    }

    #[test]
    fn stories_of_one_name_are_told_apart_in_their_order() {
        let mut names = Names::default();
        let apart = ["a", "b", "a", "a", "a-2", "b-2"].map(|name| names.apart(name.to_owned()));
        assert_eq!(apart, ["a", "b", "a-2", "a-3", "a-2-2", "b-2"]);
    }

    #[test]
    fn a_story_without_running_text_stays_and_has_the_language_that_is_given() {
        let line =
            r#"{"id": "a", "lang": "en", "documents": ["FERRY HITS PIER"], "references": ["A ferry hit a pier."]}"#;
        let entry = Entry::Line(Line::of("x", 1, line));
        let item = entry.read(&ReadOptions::default()).unwrap();
        assert_eq!((item.cluster.articles.len(), item.language), (0, Some(Language::ENGLISH)));
    }

    #[test]
    fn how_much_is_read_is_known_from_the_bytes_or_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.jsonl");
        fs::write(&path, format!("{STORY}\n{STORY}\n{STORY}\n{STORY}\n")).unwrap();
        let mut corpus = Corpus::open(&path, None).unwrap();
        corpus.next_batch(1).unwrap();
        assert_eq!((corpus.share_read(1), corpus.is_at_end()), (Some(0.25), false));
        corpus.next_batch(3).unwrap();
        assert!(corpus.is_at_end());
        let mut corpus = Corpus::open(&path, Some(2)).unwrap();
        corpus.next_batch(1).unwrap();
        assert_eq!(corpus.share_read(1), Some(0.5));
    }
}
