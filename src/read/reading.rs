//! Paths in, a [`Reading`] out; a reading in, one story's [`Cluster`] out.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::blocks::classify;
use super::dates::DateOrder;
use super::find::{Found, STANDARD_INPUT, find, unreadable};
use super::metadata::metadata;
use super::outlets::set_aside_recurring;
use super::{Decoded, Record, decode, language, markdown, plain};
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::{Article, Cluster, LeftOut, Markup, Metadata, Origin, UTF_8};
use crate::stretches::FEWEST_BYTES_FOR_THREADS;

/// How articles are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The language of all articles; `None` detects it for each.
    pub language: Option<Language>,
    /// A file that is passed over wherever it is found: the digest that an earlier run wrote into the folder.
    pub exclude: Option<PathBuf>,
}

/// What was read, and what could not be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The articles, in name order.
    pub articles: Vec<Article>,
    /// What was left out and why, in name order.
    pub skipped: Vec<Error>,
}

/// Reads files, folders and standard input (`-`).
///
/// Files are read in parallel; the result is the same at any number of threads and for any order of `paths`. What
/// cannot be read is in [`Reading::skipped`], each with its reason, and spoils nothing else.
///
/// # Errors
///
/// [`ErrorKind::NoInput`] when `paths` is empty.
pub fn read(paths: &[PathBuf], options: &ReadOptions) -> Result<Reading, Error> {
    if paths.is_empty() {
        return Err(Error::new(
            ErrorKind::NoInput,
            "input",
            "no path given",
            "give files, folders, or - for standard input",
        ));
    }
    let (found, mut skipped) = find(paths, options.exclude.as_deref());
    let results: Vec<Result<Article, Error>> = if found.len() > 1 {
        found.par_iter().map(|file| load(file, options)).collect()
    } else {
        found.iter().map(|file| load(file, options)).collect()
    };
    let articles = results.into_iter().filter_map(|result| result.map_err(|error| skipped.push(error)).ok()).collect();
    skipped.sort_by(|a, b| a.place.as_bytes().cmp(b.place.as_bytes()));
    Ok(Reading::of(articles, skipped))
}

/// Makes an article of a text in memory, for programs that do not read files.
///
/// `source` names it in citations. The language is detected unless `options` give it.
///
/// ```
/// use epitome::read::{self, Markup, ReadOptions};
///
/// let text = "The dam held through the night, engineers said on Monday.";
/// let article = read::article("wire", text.to_owned(), Markup::Plain, &ReadOptions::default());
/// assert_eq!(article.prose().count(), 1);
/// ```
pub fn article(source: impl Into<String>, text: String, markup: Markup, options: &ReadOptions) -> Article {
    let sha256 = sha256(text.as_bytes());
    assemble(source.into(), Origin::Stream, sha256, text, markup, options)
}

/// Makes an article of each text in memory, with its name in citations in front of it; in parallel where there is much of it.
pub fn articles(texts: Vec<(String, String)>, markup: Markup, options: &ReadOptions) -> Vec<Article> {
    let bytes = texts.iter().map(|(_, text)| text.len()).sum();
    each_article(texts, bytes, |(source, text)| article(source, text, markup, options))
}

/// Makes an article of each item, of so many bytes together.
pub(super) fn each_article<T: Send>(
    items: Vec<T>,
    bytes: usize,
    make: impl Fn(T) -> Article + Send + Sync,
) -> Vec<Article> {
    if bytes < FEWEST_BYTES_FOR_THREADS {
        items.into_iter().map(make).collect()
    } else {
        items.into_par_iter().map(make).collect()
    }
}

impl Reading {
    /// Takes articles as read together: what recurs in several of one outlet is set aside.
    pub fn of(mut articles: Vec<Article>, skipped: Vec<Error>) -> Self {
        set_aside_recurring(&mut articles);
        Self { articles, skipped }
    }

    /// Takes the articles of the language that most of them are in as one story; sets the others aside and names them.
    ///
    /// An article whose language could not be told counts as one of the majority. Between languages with the same
    /// number of articles the one with more text wins. Articles without any running text are left out and named, too.
    pub fn into_cluster(self) -> Cluster {
        let language = self.language();
        let mut left_out: Vec<LeftOut> = self.skipped.iter().map(LeftOut::from).collect();
        let fit = |mut article: Article| {
            if let Some(reason) = unfit(&article, language) {
                left_out.push(LeftOut { source: article.source, reason });
                return None;
            }
            article.language = article.language.or(language);
            Some(article)
        };
        let articles = self.articles.into_iter().filter_map(fit).collect();
        left_out.sort_by(|a, b| a.source.as_bytes().cmp(b.source.as_bytes()));
        Cluster { articles, language, left_out }
    }

    /// Takes the articles of each language as a story of its own, the one with most articles first.
    ///
    /// What [`into_cluster`](Self::into_cluster) would leave out for its language alone begins another story; all else
    /// goes with the first one.
    pub fn into_clusters(self) -> Vec<Cluster> {
        let mut clusters = Vec::new();
        let mut rest = self;
        loop {
            let language = rest.language();
            let is_elsewhere = |article: &Article| has_prose(article) && unfit(article, language).is_some();
            let (elsewhere, here) = rest.articles.into_iter().partition(is_elsewhere);
            clusters.push(Self { articles: here, skipped: rest.skipped }.into_cluster());
            rest = Self { articles: elsewhere, skipped: Vec::new() };
            if rest.articles.is_empty() {
                return clusters;
            }
        }
    }

    /// The language that most articles with running text are in, or the likeliest where none could be told.
    pub fn language(&self) -> Option<Language> {
        let with_prose: Vec<&Article> = self.articles.iter().filter(|article| has_prose(article)).collect();
        majority(&with_prose).or_else(|| language::guess(&with_prose))
    }
}

fn has_prose(article: &Article) -> bool {
    article.prose().next().is_some()
}

/// Why an article is no part of a story in `language`, if it is none.
pub(crate) fn unfit(article: &Article, language: Option<Language>) -> Option<String> {
    if !has_prose(article) {
        return Some("no running text in it, only headings, captions, lists or the like".to_owned());
    }
    let (own, most) = (article.language?, language?);
    let reason = || {
        format!(
            "in {}, and most of the input is in {}; digest it apart, or use --each-language",
            own.title(),
            most.title()
        )
    };
    (!language::near(own, most)).then(reason)
}

fn majority(articles: &[&Article]) -> Option<Language> {
    let mut counts: BTreeMap<Language, (usize, usize)> = BTreeMap::new();
    for article in articles {
        if let Some(language) = article.language {
            let count = counts.entry(language).or_default();
            count.0 += 1;
            count.1 += article.prose().map(|block| block.span().len()).sum::<usize>();
        }
    }
    counts
        .into_iter()
        .max_by_key(|(language, count)| (*count, std::cmp::Reverse(*language)))
        .map(|(language, _)| language)
}

fn load(file: &Found, options: &ReadOptions) -> Result<Article, Error> {
    let refuse = |kind, what: &str, way_out: &str| Err(Error::new(kind, file.shown.as_str(), what, way_out));
    let too_large =
        || refuse(ErrorKind::UnknownKind, "4 GiB or more, which is no article", "leave it out, or split it");
    let is_too_large = |bytes: usize| u32::try_from(bytes).is_err();
    let bytes = if file.path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else if fs::metadata(&file.path).is_ok_and(|file| u32::try_from(file.len()).is_err()) {
        return too_large();
    } else {
        fs::read(&file.path)
    };
    let bytes = bytes.map_err(|error| unreadable(&file.shown, &error))?;
    // Of a stream the text is all that can be kept, so the text is what is hashed.
    let file_sha256 = (!file.is_stream).then(|| sha256(&bytes));
    let Decoded { text, origin, encoding } = match decode(bytes) {
        Ok(decoded) => decoded,
        Err((what, way_out)) => return refuse(ErrorKind::NotText, &what, way_out),
    };
    if is_too_large(text.len()) {
        return too_large();
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return refuse(ErrorKind::Empty, "empty", "leave it out");
    }
    if looks_like_html(&text) {
        let what = "an HTML page, and only plain text and Markdown are read";
        return refuse(ErrorKind::UnknownKind, what, "save the article's text");
    }
    if looks_like_inspection(&text) {
        return refuse(ErrorKind::UnknownKind, "what epitome inspect wrote, not an article", "leave it out");
    }
    if looks_like_digest(&text) {
        return refuse(ErrorKind::UnknownKind, "a digest that epitome wrote, not an article", "leave it out");
    }
    if looks_like_records(&text) {
        let what = "stories, one a line, not an article";
        return refuse(ErrorKind::UnknownKind, what, "read them with epitome digest --jsonl");
    }
    let (origin, sha256) = match file_sha256 {
        Some(sha256) => (origin, sha256),
        None => (Origin::Stream, sha256(text.as_bytes())),
    };
    let article = assemble(file.shown.clone(), origin, sha256, text, file.markup, options);
    Ok(Article { encoding, ..article })
}

fn assemble(
    source: String,
    origin: Origin,
    sha256: String,
    text: String,
    markup: Markup,
    options: &ReadOptions,
) -> Article {
    let stretches = match markup {
        Markup::Markdown => markdown::stretches(&text),
        // What was taken out of a page, a feed or a message is no longer marked up.
        Markup::Plain | Markup::Html | Markup::Feed | Markup::Mail => plain::stretches(&text),
    };
    let (blocks, facts) = classify(&text, &stretches);
    let mut article = Article {
        source,
        origin,
        sha256,
        markup,
        encoding: UTF_8,
        metadata: Metadata::default(),
        language: options.language,
        text: Arc::new(text),
        blocks,
    };
    if article.language.is_none() {
        article.language = language::detect(&article);
    }
    let day_first = article.language.is_some_and(|language| language != Language::ENGLISH);
    let order = if day_first { DateOrder::DayFirst } else { DateOrder::Unknown };
    article.metadata = metadata(&article.text, &article.blocks, &facts, order);
    article
}

/// SHA-256 in lower-case hexadecimal (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: u8| [byte >> 4, byte & 0xF].map(|half| char::from(DIGITS[usize::from(half)]));
    Sha256::digest(bytes).into_iter().flat_map(digits).collect()
}

/// What stands in the front matter of a digest in Markdown in front of `"epitome 0.1.0"`.
pub(crate) const GENERATOR_KEY: &str = "generator: ";

/// What stands around the name of a language in text, above the digest of what is in it.
pub(crate) const LANGUAGE_HEADING: [&str; 2] = ["== ", " =="];

/// What stands in a digest in text above the parts that were set aside.
pub(crate) const SET_ASIDE: &str = "Set aside:";

/// What an inspection in text begins with.
pub(crate) const INSPECTED_BY: &str = "Inspected by epitome ";

/// Whether a text is what `epitome inspect` writes for readers.
pub fn looks_like_inspection(text: &str) -> bool {
    text.starts_with(INSPECTED_BY)
}

/// Whether a text is a digest in one of the forms for readers. Such a file may lie among the articles that it was made
/// from, and is none of them.
///
/// The text form has sentences, each with its sources on an indented line below, and a blank line between, every source
/// a file that is there or standard input; below them may stand what was set aside. There may be a digest for each language,
/// its name above it. The Markdown form says in its front matter what made it.
pub fn looks_like_digest(text: &str) -> bool {
    is_digest_in_markdown(text) || is_digest_in_text(text) || is_digest_of_each_language(text)
}

fn is_digest_of_each_language(text: &str) -> bool {
    let [open, close] = LANGUAGE_HEADING;
    let is_part =
        |part: &str| part.split_once(&format!("{close}\n\n")).is_some_and(|(_, digest)| is_digest_in_text(digest));
    text.strip_prefix(open).is_some_and(|rest| rest.split(&format!("\n\n{open}")).all(is_part))
}

fn is_digest_in_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    let is_ours =
        |line: &str| line.strip_prefix(GENERATOR_KEY).is_some_and(|made_by| made_by.starts_with("\"epitome "));
    lines.next() == Some("---") && lines.take_while(|line| *line != "---").any(is_ours)
}

fn is_digest_in_text(text: &str) -> bool {
    let is_source = |line: &str| {
        let place = line.strip_prefix("    ").map(|line| line.split("; also in ").next().unwrap_or_default());
        // The day of the article may stand behind the line: `wire.txt:4 (2031-03-04)`.
        let place =
            place.map(|place| place.strip_suffix(')').and_then(|p| p.rsplit_once(" (")).map_or(place, |(p, _)| p));
        let number = place.and_then(|place| place.rsplit_once(':'));
        number.is_some_and(|(path, line)| {
            let is_number = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
            // A verse has the form of a source, too: `John 3:16`.
            is_number && (path == STANDARD_INPUT || Path::new(path).is_file())
        })
    };
    let is_set_aside = |line: &&str| line.ends_with('"') && line.contains("): \"");
    // Nearly all texts are told by their second line, which is no source.
    if !text.lines().nth(1).is_some_and(is_source) {
        return false;
    }
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| *line == SET_ASIDE).unwrap_or(lines.len());
    end > 0
        && lines.iter().skip(end + 1).all(is_set_aside)
        && lines[..end].chunks(3).all(|lines| match lines {
            [quote, source] | [quote, source, ""] => !quote.starts_with(' ') && is_source(source),
            _ => false,
        })
}

/// Whether the first line of a text is a story in JSON.
fn looks_like_records(text: &str) -> bool {
    let first = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).lines().next().unwrap_or_default();
    first.starts_with('{') && Record::parse(first.as_bytes()).is_ok()
}

fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype html", "<html"].iter().any(|tag| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str, text: &str) -> Article {
        article(source, text.to_owned(), Markup::Plain, &ReadOptions::default())
    }

    #[test]
    fn an_article_in_another_language_than_most_is_set_aside_and_named() {
        let english = "The harbour was closed on Tuesday after the ferry struck the pier, the mayor of the town said.";
        let german = "Der Hafen wurde am Dienstag geschlossen, nachdem die Fähre gegen die Mole gefahren war, sagte die \
                      Bürgermeisterin der Stadt.";
        let articles = vec![written("a", english), written("b", german), written("c", english)];
        let cluster = Reading::of(articles, Vec::new()).into_cluster();
        assert_eq!(cluster.language, Some(Language::ENGLISH));
        assert_eq!(cluster.articles.len(), 2);
        assert_eq!(cluster.left_out[0].source, "b");
        assert!(cluster.left_out[0].reason.starts_with("in German, and most of the input is in English"));
    }

    #[test]
    fn each_language_can_have_a_cluster_and_what_cannot_be_told_goes_with_most() {
        let english = "The harbour was closed on Tuesday after the ferry struck the pier, the mayor of the town said.";
        let chinese = "渡轮星期二早上撞上了港口的码头，十二人受伤，港务局关闭了码头。";
        let numbers = "12 1/2 34 5/6 78 9/10 11 12/13 14 15/16 17.";
        let heading = "Ferry hits the pier";
        let articles = [("a", chinese), ("b", english), ("c", numbers), ("d", heading), ("e", english)];
        let articles = articles.map(|(source, text)| written(source, text)).to_vec();
        let clusters = Reading::of(articles, Vec::new()).into_clusters();
        let told: Vec<(&str, Vec<&str>, usize)> = clusters
            .iter()
            .map(|cluster| {
                let sources = cluster.articles.iter().map(|article| article.source.as_str()).collect();
                (cluster.language.as_ref().unwrap().code(), sources, cluster.left_out.len())
            })
            .collect();
        assert_eq!(told, [("en", vec!["b", "c", "e"], 1), ("zh", vec!["a"], 0)]);
        assert_eq!(Reading::default().into_clusters().len(), 1);
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4, example for "abc".
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_digest_is_told_from_an_article() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().display();
        assert!(looks_like_digest(&format!(
            "It hit.\n    {path}:4; also in b.txt:2\n\nIt broke.\n    standard input:7\n"
        )));
        let set_aside =
            format!("It hit.\n    {path}:4\n\nSet aside:\n{path}:1: headline (a name by itself): \"Hit\"\n");
        assert!(looks_like_digest(&set_aside));
        assert!(!looks_like_digest(&format!("{set_aside}And more was said.\n")));
        assert!(!looks_like_digest("Set aside:\n"));
        let of_two = format!("== English ==\n\nIt hit.\n    {path}:4\n\n== German ==\n\nEs brach.\n    {path}:1\n");
        assert!(looks_like_digest(&of_two));
        assert!(!looks_like_digest("== English ==\n\nIt hit.\nIt broke.\n"));
        assert!(!looks_like_digest(&format!("It hit.\n    {path}:4\nIt broke.\n")));
        assert!(!looks_like_digest("The sermon was about love.\n    John 3:16\n"));
        assert!(!looks_like_digest("The ferry hit.\n\nIt broke.\n"));
        assert!(!looks_like_digest(""));
        assert!(looks_like_digest("---\ntitle: \"x\"\ngenerator: \"epitome 0.1.0\"\n---\n"));
        assert!(!looks_like_digest("---\ntitle: \"x\"\n---\ngenerator: \"epitome 0.1.0\"\n"));
        assert!(!looks_like_digest("generator: \"epitome 0.1.0\"\n"));
    }

    #[test]
    fn stories_of_which_each_has_a_line_are_told_from_an_article() {
        assert!(looks_like_records("\u{feff}\n{\"id\": 1, \"documents\": [\"The ferry hit.\"]}\nx"));
        assert!(!looks_like_records("{\"id\": 1,\n\"documents\": []}"));
        assert!(!looks_like_records("{Note: the ferry hit the pier.}"));
    }

    #[test]
    fn a_page_of_html_is_refused_whatever_its_name() {
        assert!(looks_like_html("\u{feff}\n<!DOCTYPE HTML><html>"));
        assert!(!looks_like_html("The <html> element"));
    }
}
