//! A path in, articles and the story that each is of out.
//!
//! A corpus is a file of JSON Lines with an article a line; or a folder of folders, each with the articles of a story,
//! in any format that is read: see [`formats`](crate::docs::formats). All of it is in memory: whoever groups articles
//! looks at all of them.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::bench::corpus::{Names, name};
use crate::date::Moment;
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::Article;
use crate::read::{self, Line, Lines, Markup, ReadOptions, RecordId, moment, object_of_line, unreadable};

/// An article as a system sees it: without its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryArticle {
    /// Its name in the corpus. No two articles have the same.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The text; empty where there is the headline alone.
    pub text: String,
    /// When it was published.
    pub published: Option<Moment>,
    /// The language: its own, or, where that is not known, that of most articles of the corpus.
    pub language: Option<Language>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
}

/// What is read of a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The language of all articles, if it is not to be detected.
    pub language: Option<Language>,
    /// At most so many articles that can be used.
    pub limit: Option<usize>,
    /// Whether articles without a date are passed over.
    pub dated: bool,
}

/// Articles, and the stories that they are of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryCorpus {
    /// What it is called in tables: the name of its file without its ending, or of its folder.
    pub name: String,
    /// Its path as given.
    pub path: String,
    /// The articles, in the order of the corpus.
    pub articles: Vec<StoryArticle>,
    /// For each article the number of its story.
    pub gold: Vec<usize>,
    /// The names of the stories, by number: in the order of their bytes, so that nothing depends on the order of
    /// articles.
    pub stories: Vec<String>,
    /// The lines, folders and files that were left out.
    pub left_out: Vec<Error>,
    /// New names of articles that had the name of an earlier one.
    pub renamed: Vec<String>,
    /// How many articles were passed over for having no date.
    pub undated: usize,
}

/// An article and the name of its story.
type Placed = (StoryArticle, String);

impl StoryCorpus {
    /// Reads a corpus; `-` is standard input. Broken lines, and files that cannot be read, are in
    /// [`left_out`](Self::left_out) and cost nothing else; it may be that nothing is left.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where nothing is, [`ErrorKind::NoInput`] for a folder without folders, and those of
    /// reading a file, one that breaks off among them.
    pub fn read(path: &Path, selection: &Selection) -> Result<Self, Error> {
        let shown = path.to_string_lossy().into_owned();
        let mut corpus = Self { name: name(path), path: shown, ..Self::default() };
        let placed = if path != Path::new("-") && path.is_dir() {
            corpus.of_folders(path, selection)?
        } else {
            corpus.of_lines(Lines::open(path)?, selection)?
        };
        if path == Path::new("-") {
            corpus.path.clone_from(&corpus.name);
        }
        corpus.place(placed);
        understand(&mut corpus.articles, selection.language);
        Ok(corpus)
    }

    /// How many bytes of headlines and texts it has.
    pub fn bytes(&self) -> usize {
        let bytes = |article: &StoryArticle| article.text.len() + article.title.as_ref().map_or(0, String::len);
        self.articles.iter().map(bytes).sum()
    }

    /// The articles of lines, one a line.
    fn of_lines(&mut self, lines: Lines, selection: &Selection) -> Result<Vec<Placed>, Error> {
        let mut placed = Vec::new();
        for line in lines {
            if selection.limit.is_some_and(|most| placed.len() >= most) {
                break;
            }
            match article_of_line(&line?) {
                Ok((article, _)) if selection.dated && article.published.is_none() => self.undated += 1,
                Ok(article) => placed.push(article),
                Err(error) => self.left_out.push(error),
            }
        }
        Ok(placed)
    }

    /// The articles of folders, each a story, in name order. Files beside the folders are no articles.
    fn of_folders(&mut self, path: &Path, selection: &Selection) -> Result<Vec<Placed>, Error> {
        let mut placed = Vec::new();
        let options = ReadOptions { language: selection.language, headlines: true, ..ReadOptions::default() };
        for folder in folders(path)? {
            let reading = read::read(std::slice::from_ref(&folder), &options)?;
            self.left_out.extend(reading.skipped);
            for article in reading.articles {
                let article = article_of_file(article, path);
                if selection.limit.is_some_and(|most| placed.len() >= most) {
                    return Ok(placed);
                }
                if selection.dated && article.published.is_none() {
                    self.undated += 1;
                } else {
                    placed.push((article, name(&folder)));
                }
            }
        }
        Ok(placed)
    }

    /// Takes the articles in, each under a name of its own, and numbers the stories by their names.
    fn place(&mut self, placed: Vec<Placed>) {
        let mut stories: Vec<&str> = placed.iter().map(|(_, story)| story.as_str()).collect();
        stories.sort_unstable();
        stories.dedup();
        let numbers: FxHashMap<&str, usize> =
            stories.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        self.gold = placed.iter().map(|(_, story)| numbers[story.as_str()]).collect();
        self.stories = stories.into_iter().map(str::to_owned).collect();
        let mut names = Names::default();
        for (mut article, _) in placed {
            let apart = names.apart(article.id.clone());
            if apart != article.id {
                self.renamed.push(apart.clone());
                article.id = apart;
            }
            self.articles.push(article);
        }
    }
}

/// An article as a line of a corpus has it.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an article, {\"id\", \"title\", \"text\", \"cluster\"}")]
struct ArticleLine {
    #[serde(default, deserialize_with = "crate::read::known_id")]
    id: Option<RecordId>,
    #[serde(default, deserialize_with = "crate::read::known")]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, deserialize_with = "crate::read::known")]
    date: Option<String>,
    #[serde(default, deserialize_with = "crate::read::known_language")]
    lang: Option<Language>,
    #[serde(default, deserialize_with = "crate::read::known")]
    publisher: Option<String>,
    #[serde(default, deserialize_with = "crate::read::known")]
    source: Option<String>,
    #[serde(default, deserialize_with = "crate::read::known")]
    url: Option<String>,
    #[serde(default, deserialize_with = "crate::read::known_id")]
    cluster: Option<RecordId>,
    #[serde(default, deserialize_with = "crate::read::known_id")]
    story: Option<RecordId>,
}

fn article_of_line(line: &Line) -> Result<Placed, Error> {
    let refuse = |what: String, way_out: &str| Error::new(ErrorKind::NotAnArticle, line.place(), what, way_out);
    let mend = |what: String| refuse(what, "mend the line or leave it out");
    let read: ArticleLine = object_of_line(line.text()?, "an article", "an object").map_err(mend)?;
    let Some(story) = read.cluster.or(read.story) else {
        return Err(refuse("not said which story it is of".to_owned(), "add \"cluster\" or leave the line out"));
    };
    let article = StoryArticle {
        id: read.id.map_or_else(|| line.number.to_string(), |id| id.to_string()),
        title: read.title,
        text: read.text.unwrap_or_default(),
        published: read.date.and_then(|date| moment(&date, read.lang)),
        language: read.lang,
        publisher: read.publisher.or(read.source),
        url: read.url,
    };
    if article.title.is_none() && article.text.trim().is_empty() {
        return Err(mend("an article without headline and text".to_owned()));
    }
    Ok((article, story.to_string()))
}

/// An article of a folder of a corpus, called by its path in that corpus.
fn article_of_file(article: Article, corpus: &Path) -> StoryArticle {
    let title = article.title().map(str::to_owned);
    let inside = Path::new(&article.source).strip_prefix(corpus).map(|path| path.to_string_lossy().into_owned());
    let metadata = article.metadata;
    StoryArticle {
        id: inside.unwrap_or(article.source),
        title,
        text: article.text.to_string(),
        published: metadata.published.or(metadata.updated).map(|fact| fact.value),
        language: article.language,
        publisher: metadata.publisher.map(|fact| fact.value),
        url: metadata.url.map(|fact| fact.value),
    }
}

/// The folders in a folder that are not hidden, in name order.
fn folders(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let shown = path.to_string_lossy();
    let entries = fs::read_dir(path).map_err(|error| unreadable(&shown, &error))?;
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let paths = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = paths.filter(|path| path.is_dir() && !is_hidden(path)).collect();
    found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    if found.is_empty() {
        let what = "no folder in this folder, and each would be a story";
        let way_out = "give a corpus: .jsonl, or a folder with a folder for each story";
        return Err(Error::new(ErrorKind::NoInput, shown, what, way_out));
    }
    Ok(found)
}

/// Gives every article a language: that of all, if one is given; its own; what its text seems to be in; or that of most
/// others, since a headline alone is too short to tell.
fn understand(articles: &mut [StoryArticle], given: Option<Language>) {
    if given.is_some() {
        articles.iter_mut().for_each(|article| article.language = given);
        return;
    }
    articles.par_iter_mut().filter(|article| article.language.is_none()).for_each(|article| {
        let text = format!("{}\n\n{}", article.title.as_deref().unwrap_or_default(), article.text);
        article.language = read::article("", text, Markup::Plain, &ReadOptions::default()).language;
    });
    let mut counts: FxHashMap<Language, usize> = FxHashMap::default();
    articles
        .iter()
        .filter_map(|article| article.language)
        .for_each(|language| *counts.entry(language).or_default() += 1);
    // Of equals the first by its code.
    let most = counts.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a))).map(|(language, _)| language);
    articles.iter_mut().for_each(|article| article.language = article.language.or(most));
}

#[cfg(test)]
mod tests {
    use super::*;

    const FERRY: &str = r#"{"id": "a", "title": "Ferry hits pier", "text": "A ferry hit a pier.", "date": "2031-03-04",
        "lang": "en", "source": "Harbour Post", "cluster": "ferry"}"#;

    /// Reads lines as a corpus.
    fn read(lines: &[&str], selection: &Selection) -> StoryCorpus {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.jsonl");
        fs::write(&path, lines.iter().map(|line| line.replace('\n', " ") + "\n").collect::<String>()).unwrap();
        StoryCorpus::read(&path, selection).unwrap()
    }

    fn ids(corpus: &StoryCorpus) -> Vec<&str> {
        corpus.articles.iter().map(|article| article.id.as_str()).collect()
    }

    #[test]
    fn a_line_is_an_article_and_the_story_that_it_is_of() {
        let headline =
            r#"{"id": 7, "title": "Dam opened", "text": "", "date": null, "story": 12, "publisher": "Wire"}"#;
        let corpus = read(&[FERRY, headline], &Selection::default());
        assert_eq!((corpus.name.as_str(), corpus.stories.clone()), ("day", vec!["12".to_owned(), "ferry".to_owned()]));
        assert_eq!((ids(&corpus), corpus.gold.clone()), (vec!["a", "7"], vec![1, 0]));
        let [ferry, dam] = &corpus.articles[..] else { panic!("two articles") };
        assert_eq!((ferry.title.as_deref(), ferry.text.as_str()), (Some("Ferry hits pier"), "A ferry hit a pier."));
        assert_eq!(ferry.published.unwrap().to_string(), "2031-03-04");
        assert_eq!((ferry.publisher.as_deref(), dam.publisher.as_deref()), (Some("Harbour Post"), Some("Wire")));
        assert_eq!(dam.published, None);
        assert_eq!(dam.language, Some(Language::ENGLISH), "that of the others: two words tell nothing");
        assert_eq!(corpus.bytes(), "Ferry hits pierA ferry hit a pier.Dam opened".len());
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named_and_costs_nothing_else() {
        let lines =
            ["{", "[1]", r#"{"id": "b", "title": "Dam opened"}"#, r#"{"id": "c", "text": " ", "cluster": 1}"#, FERRY];
        let corpus = read(&lines, &Selection { limit: Some(1), ..Selection::default() });
        assert_eq!(ids(&corpus), ["a"], "a limit counts articles that can be used");
        let told: Vec<String> = corpus.left_out.iter().map(ToString::to_string).collect();
        let path = &corpus.path;
        assert!(told[0].starts_with(&format!("{path}:1: not an article in JSON (EOF")), "{told:?}");
        assert!(told[1].starts_with(&format!("{path}:2: not an article in JSON (a list")), "{told:?}");
        let lacking = format!("{path}:3: not said which story it is of; add \"cluster\" or leave the line out");
        assert_eq!(told[2], lacking);
        let empty = format!("{path}:4: an article without headline and text; mend the line or leave it out");
        assert_eq!(told[3..], [empty]);
    }

    #[test]
    fn articles_of_one_name_are_told_apart_and_undated_ones_can_be_passed_over() {
        let undated = FERRY.replace("2031-03-04", "some day");
        let corpus = read(&[FERRY, &undated, FERRY], &Selection::default());
        assert_eq!((ids(&corpus), corpus.renamed.len(), corpus.undated), (vec!["a", "a-2", "a-3"], 2, 0));
        let dated = read(&[FERRY, &undated, FERRY], &Selection { dated: true, ..Selection::default() });
        assert_eq!((ids(&dated), dated.undated), (vec!["a", "a-2"], 1));
        let none = read(&[&undated], &Selection { dated: true, ..Selection::default() });
        assert_eq!((none.articles.len(), none.undated), (0, 1));
    }

    #[test]
    fn a_language_that_is_given_goes_before_all_and_one_that_is_not_is_detected() {
        let german = "Die Fähre fuhr am Dienstag gegen die Mole, sagte die Bürgermeisterin der Stadt. Vierzehn Menschen \
            wurden dabei verletzt, und das Schiff ist seitdem nicht mehr im Dienst.";
        let line = format!(r#"{{"text": "{german}", "cluster": "ferry"}}"#);
        let languages = |selection: &Selection| -> Vec<String> {
            let corpus = read(&[FERRY, &line], selection);
            corpus.articles.iter().map(|article| article.language.unwrap().to_string()).collect()
        };
        assert_eq!(languages(&Selection::default()), ["en", "de"]);
        assert_eq!(languages(&Selection { language: "fr".parse().ok(), ..Selection::default() }), ["fr", "fr"]);
    }

    #[test]
    fn a_folder_of_folders_has_a_story_each() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("dam/articles/wire.txt", "Dam opened\n\n5 March 2031\n\nEngineers opened the dam on Monday, they said."),
            ("ferry/a.txt", "A ferry hit the pier on Tuesday, the mayor said."),
            ("ferry/b.txt", "The pier was hit by a ferry, and fourteen were hurt."),
            ("ferry/c.pdf", "%PDF-1.4"),
            (".hidden/a.txt", "Nobody reads this sentence, nobody at all."),
            ("stories.json", "{}"),
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let corpus = StoryCorpus::read(folder.path(), &Selection::default()).unwrap();
        let expected: Vec<String> = ["dam/articles/wire.txt", "ferry/a.txt", "ferry/b.txt"].map(str::to_owned).to_vec();
        assert_eq!(ids(&corpus), expected);
        assert_eq!(
            (corpus.gold.clone(), corpus.stories.clone()),
            (vec![0, 1, 1], vec!["dam".to_owned(), "ferry".to_owned()])
        );
        assert_eq!(corpus.articles[0].published.unwrap().to_string(), "2031-03-05");
        assert_eq!(corpus.left_out.len(), 1);
        assert!(corpus.left_out[0].place.ends_with("c.pdf"), "{:?}", corpus.left_out);
        let empty = StoryCorpus::read(&folder.path().join("ferry"), &Selection::default()).unwrap_err();
        assert_eq!(empty.kind, ErrorKind::NoInput);
    }
}
