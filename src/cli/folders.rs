//! Stories in, a folder of articles for each of them out.
//!
//! What is written can be read again by `epitome digest`, story by story, and as a whole by `epitome bench --stories`. All of
//! it is written into a new folder beside the one that was asked for, which takes its place when it is finished.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use serde::Serialize;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use super::corpora::Interruption;
use super::{input, output};
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::{Article, Origin};
use crate::read::is_read_in_folders;
use crate::stories::{Grouped, Story};

/// What articles are written into that are no files by themselves.
const LINES: &str = "articles.jsonl";

/// The name of a folder takes at most so many bytes of the title of its story.
const LONGEST_SLUG: usize = 40;

/// The name of a folder has at least so many digits in front, so that few stories and many look alike.
const FEWEST_DIGITS: usize = 3;

/// Where the folders of stories go.
pub(super) struct Folders {
    /// How it is called in messages.
    shown: String,
    target: PathBuf,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Whole,
    Interrupted,
}

impl Folders {
    /// Looks whether the folder can be written: it must be new or empty, and outside of what is read.
    pub fn open(folder: &Path, paths: &[PathBuf]) -> Result<Self, Error> {
        let shown = folder.to_string_lossy().into_owned();
        let refuse =
            |what: &str, way_out: &str| Err(Error::new(ErrorKind::Usage, format!("--folders {shown}"), what, way_out));
        if folder.exists() && !folder.is_dir() {
            return refuse("not a folder", "give a new or an empty one");
        }
        if input::is_inside_input(folder, paths) {
            return refuse("inside a folder that is read", "give one elsewhere");
        }
        if folder.is_dir() {
            let mut entries = fs::read_dir(folder).map_err(|error| output::unwritable(&shown, &error))?;
            if entries.next().is_some() {
                return refuse("not empty", "give a new folder or an empty one");
            }
        }
        // A link keeps pointing where it points: the folder that it leads to is filled.
        let target = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        Ok(Self { shown, target })
    }

    /// Writes a folder for each story, all or none.
    pub fn write(&self, grouped: &Grouped) -> Result<Done, Error> {
        let interruption = Interruption::listen()?;
        self.fill(grouped, &interruption).map_err(|error| output::unwritable(&self.shown, &error))
    }

    fn fill(&self, grouped: &Grouped, interruption: &Interruption) -> io::Result<Done> {
        let new = self.beside()?;
        let stories = &grouped.stories.stories;
        let digits = stories.len().to_string().len().max(FEWEST_DIGITS);
        for (index, (story, members)) in stories.iter().zip(&grouped.members).enumerate() {
            if interruption.has_come() {
                return Ok(Done::Interrupted);
            }
            let name = format!("{:0digits$}-{}", index + 1, slug(story.title.as_deref().unwrap_or_default()));
            let folder = new.path().join(name);
            fs::create_dir(&folder)?;
            let articles = members.iter().map(|number| &grouped.articles[*number]);
            write_story(&folder, story, articles)?;
        }
        if self.target.exists() {
            // Not everywhere may a folder take the place of another one. It goes only if it is still empty.
            fs::remove_dir(&self.target)?;
        }
        fs::rename(new.path(), &self.target)?;
        // What was a temporary folder is there no more.
        let _ = new.keep();
        #[cfg(unix)]
        fs::File::open(output::folder_of(&self.target))?.sync_all()?;
        Ok(Done::Whole)
    }

    /// A new folder beside the one that it is to become. It goes with all that is in it unless it is kept.
    fn beside(&self) -> io::Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".epitome-");
        // Not the 0700 of a temporary folder: what any new folder gets here, as the umask has it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        builder.tempdir_in(output::folder_of(&self.target))
    }
}

/// An article as a line of JSON Lines, with all that is known of it.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Language>,
    text: &'a str,
}

/// Files as they are, byte for byte; all else as lines.
fn write_story<'a>(folder: &Path, story: &Story, articles: impl Iterator<Item = &'a Article>) -> io::Result<()> {
    let mut taken = FxHashSet::from_iter([LINES.to_owned()]);
    let mut lines = Vec::new();
    for (id, article) in story.articles.iter().zip(articles) {
        if is_file(article) {
            let source = Path::new(&article.source);
            fs::copy(source, folder.join(free_name(source, &mut taken)))
                .map_err(|error| io::Error::other(format!("{}: {error}", article.source)))?;
            continue;
        }
        let metadata = &article.metadata;
        let line = Line {
            id,
            title: article.title(),
            date: metadata.day().map(|moment| moment.to_string()),
            publisher: metadata.publisher.as_ref().map(|fact| fact.value.as_str()),
            url: metadata.url.as_ref().map(|fact| fact.value.as_str()),
            lang: article.language,
            text: &article.text,
        };
        lines.push(crate::render::to_json_line(&line));
    }
    if lines.is_empty() {
        return Ok(());
    }
    let mut file = BufWriter::new(fs::File::create(folder.join(LINES))?);
    lines.iter().try_for_each(|line| file.write_all(line.as_bytes()))?;
    file.flush()
}

/// Whether an article is a whole file that can be read again under its name.
fn is_file(article: &Article) -> bool {
    article.file.is_none() && article.origin != Origin::Stream
}

/// The name of a file in the folder of its story: its own, if it would be read there and no other has it. Names that differ in
/// their case alone are one name on some disks.
fn free_name(source: &Path, taken: &mut FxHashSet<String>) -> String {
    let own = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = own.trim_start_matches('.');
    // A file that was given by its name is read whatever that is, but not in a folder.
    let own = if is_read_in_folders(Path::new(own)) { own.to_owned() } else { format!("{own}.txt") };
    let (stem, endings) = match own.split_once('.') {
        Some((stem, endings)) => (stem, endings),
        None => (own.as_str(), ""),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}.{endings}"));
    let free = std::iter::once(own.clone()).chain(numbered).find(|name| taken.insert(name.to_lowercase()));
    free.expect("numbers do not end")
}

/// A title as a name of a file that is one everywhere: ASCII letters in lower case and digits, words parted by hyphens.
///
/// `Fähre trifft Mole: 14 Verletzte` becomes `fahre-trifft-mole-14-verletzte`.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    // An accent is a character of its own in this form, and goes.
    let words = title.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect::<String>();
    for word in words.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'' && c != '’') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        let hyphen = usize::from(!slug.is_empty());
        if word.is_empty() {
            continue;
        }
        if slug.len() + hyphen + word.len() > LONGEST_SLUG {
            if slug.is_empty() {
                slug.push_str(&word[..LONGEST_SLUG]);
            }
            break;
        }
        if hyphen > 0 {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    if slug.is_empty() { "story".to_owned() } else { slug.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_is_one_everywhere() {
        for (title, expected) in [
            ("Fähre trifft Mole: 14 Verletzte", "fahre-trifft-mole-14-verletzte"),
            ("The mayor’s ../../etc/passwd", "the-mayors-etc-passwd"),
            ("渡轮撞上了码头", "story"),
            ("", "story"),
            ("A ferry with 187 people on board hits the east pier", "a-ferry-with-187-people-on-board-hits"),
        ] {
            assert_eq!(slug(title), expected);
        }
        assert_eq!(slug(&"X".repeat(99)), "x".repeat(40));
    }

    #[test]
    fn files_of_one_name_are_numbered_and_all_are_read_again() {
        let mut taken = FxHashSet::from_iter([LINES.to_owned()]);
        let names = ["a/wire.txt.gz", "b/wire.txt.gz", "c/Wire.TXT.gz", "wire", ".hidden.txt", "articles.jsonl"];
        let names = names.map(|name| free_name(Path::new(name), &mut taken));
        let expected = ["wire.txt.gz", "wire-2.txt.gz", "Wire-3.TXT.gz", "wire.txt", "hidden.txt", "articles-2.jsonl"];
        assert_eq!(names, expected);
    }
}
