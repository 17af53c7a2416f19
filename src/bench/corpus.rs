//! A path in, the stories of a corpus out, batch by batch.
//!
//! A corpus is a file of JSON Lines with a story a line, see [`Record`]; or a folder with one story, its articles in
//! `articles/` and what people wrote of it in `references/`, a file each; or a folder of such folders. What is held in
//! memory is a batch, however large the corpus.
//!
//! Published corpora have broken lines. One is named with its number and left out, and costs nothing else.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::Cluster;
use crate::read::{self, ReadOptions, Record, decode, find, refuse_device, unreadable};

/// The folder of the articles of a story.
const ARTICLES: &str = "articles";

/// The folder of what people wrote of it.
const REFERENCES: &str = "references";

/// A batch ends when its lines have so many bytes, so that long lines do not fill the memory.
const BATCH_BYTES: usize = 16 << 20;

/// A corpus that is being read.
pub struct Corpus {
    /// What it is called in tables: the name of its file or folder, without an ending.
    pub name: String,
    /// Its path as given.
    pub path: String,
    stories: Stories,
    /// How many stories may still be read.
    left: Option<usize>,
}

enum Stories {
    Lines(Lines),
    /// The folders that are still to be read, the last one first.
    Folders {
        all: usize,
        left: Vec<PathBuf>,
    },
}

/// The lines of a file.
struct Lines {
    file: Box<dyn BufRead + Send>,
    /// How many have been read, blank ones included.
    number: usize,
    /// How many bytes have been read, and how many there are, if that is known.
    bytes: (u64, Option<u64>),
}

/// A story of a corpus, found but not yet made sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A line of a file.
    Line {
        /// `path:line`, counted from 1.
        place: String,
        /// Which line.
        number: usize,
        /// What it says.
        bytes: Vec<u8>,
    },
    /// A folder with `articles/` and `references/`.
    Folder(PathBuf),
}

/// A story and what people wrote of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name in the corpus: that of its record or folder, or the number of its line.
    pub id: String,
    /// Its articles. There may be none: where no text of the story is running text, no system has anything to say.
    pub cluster: Cluster,
    /// The language of the references: that of the story.
    pub language: Option<Language>,
    /// What people wrote of it; at least one.
    pub references: Vec<String>,
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
        let stories = if path == Path::new("-") {
            Stories::Lines(Lines { file: Box::new(BufReader::new(io::stdin())), number: 0, bytes: (0, None) })
        } else {
            let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
            refuse_device(&shown, &metadata)?;
            if metadata.is_dir() {
                let mut left = folders(path, &shown)?;
                left.reverse();
                Stories::Folders { all: left.len(), left }
            } else {
                let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
                let length = metadata.is_file().then_some(metadata.len());
                Stories::Lines(Lines { file: Box::new(BufReader::new(file)), number: 0, bytes: (0, length) })
            }
        };
        let name = name(path);
        let shown = if path == Path::new("-") { name.clone() } else { shown };
        Ok(Self { name, path: shown, stories, left: limit })
    }

    /// The next stories, at most so many; none at the end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`] where a file breaks off.
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<Entry>, Error> {
        let most = self.left.unwrap_or(most).min(most);
        let batch = match &mut self.stories {
            Stories::Lines(lines) => {
                lines.next_batch(&self.path, most).map_err(|error| unreadable(&self.path, &error))?
            }
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

    /// How much of it has been read, in [0, 1], where that is known.
    pub fn share_read(&self, stories: usize) -> Option<f64> {
        let of_limit = self.left.map(|left| stories as f64 / (stories + left).max(1) as f64);
        let of_all = match &self.stories {
            Stories::Lines(lines) => lines.bytes.1.map(|all| lines.bytes.0 as f64 / all.max(1) as f64),
            Stories::Folders { all, left } => Some((all - left.len()) as f64 / *all as f64),
        };
        match (of_limit, of_all) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        }
    }
}

/// What a corpus is called.
fn name(path: &Path) -> String {
    let named = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
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

impl Lines {
    fn next_batch(&mut self, path: &str, most: usize) -> io::Result<Vec<Entry>> {
        let mut batch = Vec::new();
        let mut held = 0;
        while batch.len() < most && held < BATCH_BYTES {
            let mut bytes = Vec::new();
            let count = self.file.read_until(b'\n', &mut bytes)?;
            if count == 0 {
                break;
            }
            self.bytes.0 += count as u64;
            self.number += 1;
            if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            held += bytes.len();
            batch.push(Entry::Line { place: format!("{path}:{}", self.number), number: self.number, bytes });
        }
        Ok(batch)
    }
}

impl Entry {
    /// Where it stands: `path:line`, or the path of its folder.
    pub fn place(&self) -> String {
        match self {
            Self::Line { place, .. } => place.clone(),
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
            Self::Line { place, number, bytes } => read_line(place, *number, bytes, options),
            Self::Folder(path) => read_folder(path, options),
        }
    }
}

fn refuse<T>(place: &str, what: impl Into<String>, way_out: &str) -> Result<T, Error> {
    Err(Error::new(ErrorKind::NotACluster, place, what, way_out))
}

/// What to do about most lines that are broken.
const MEND: &str = "mend the line or leave it out";

fn read_line(place: &str, number: usize, bytes: &[u8], options: &ReadOptions) -> Result<Item, Error> {
    let record = match Record::parse(bytes) {
        Ok(record) => record,
        Err(what) => return refuse(place, what, MEND),
    };
    let id = record.id.clone().unwrap_or_else(|| number.to_string());
    if record.references.is_empty() {
        return refuse(place, "no reference to compare with", "add \"references\" or leave the line out");
    }
    if record.documents.iter().all(|document| document.text.trim().is_empty()) {
        return refuse(place, "no document with text", MEND);
    }
    let (given, references, bytes) = (options.language.or(record.lang), record.references.clone(), record.bytes());
    let cluster = record.into_reading(&id, options).into_cluster();
    Ok(Item { id, language: given.or(cluster.language), cluster, references, bytes })
}

fn read_folder(path: &Path, options: &ReadOptions) -> Result<Item, Error> {
    let place = path.to_string_lossy().into_owned();
    let references = references(&path.join(REFERENCES))?;
    if references.is_empty() {
        let way_out = "write one into its references/ or leave the folder out";
        return refuse(&place, "no reference to compare with", way_out);
    }
    let reading = read::read(&[path.join(ARTICLES)], options)?;
    if reading.articles.is_empty() {
        return refuse(&place, "no article with text", "put some into its articles/ or leave the folder out");
    }
    let bytes = reading.articles.iter().map(|article| article.text.len()).sum();
    let cluster = reading.into_cluster();
    Ok(Item { id: name(path), language: cluster.language, cluster, references, bytes })
}

/// The text of each file in a folder, in name order.
fn references(folder: &Path) -> Result<Vec<String>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut texts = Vec::new();
    for file in find(&[folder.to_owned()], None).0 {
        let bytes = fs::read(&file.path).map_err(|error| unreadable(&file.shown, &error))?;
        match decode(bytes) {
            Ok(decoded) => texts.push(decoded.text.trim_start_matches('\u{feff}').trim().to_owned()),
            Err((what, way_out)) => return Err(Error::new(ErrorKind::NotText, file.shown, what, way_out)),
        }
    }
    texts.retain(|text| !text.is_empty());
    Ok(texts)
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

    #[test]
    fn a_story_without_running_text_stays_and_has_the_language_that_is_given() {
        let line =
            r#"{"id": "a", "lang": "en", "documents": ["FERRY HITS PIER"], "references": ["A ferry hit a pier."]}"#;
        let entry = Entry::Line { place: "x:1".to_owned(), number: 1, bytes: line.into() };
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
        assert_eq!(corpus.share_read(1), Some(0.25));
        let mut corpus = Corpus::open(&path, Some(2)).unwrap();
        corpus.next_batch(1).unwrap();
        assert_eq!(corpus.share_read(1), Some(0.5));
    }
}
