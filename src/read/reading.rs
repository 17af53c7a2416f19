//! Paths in, a [`Reading`] out; a reading in, one story's [`Cluster`] out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::assemble::article;
use super::find::{find, markup_of};
use super::language;
use super::load::{Loaded, load, of_bytes};
use super::outlets::set_aside_recurring;
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::{Article, Cluster, LeftOut, Limits, Markup};

/// How articles are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The language of all articles; `None` detects it for each.
    pub language: Option<Language>,
    /// A file that is passed over wherever it is found: the digest that an earlier run wrote into the folder.
    pub exclude: Option<PathBuf>,
    /// How much is read at most.
    pub limits: Limits,
    /// Whether a line of JSON with a headline and no text is an article, too. Nothing of it can be quoted, but it tells
    /// which story it is of.
    pub headlines: bool,
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
    let (found, mut skipped) = find(paths, options.exclude.as_deref(), options.limits.files);
    let results: Vec<Loaded> = if found.len() > 1 {
        found.par_iter().map(|file| load(file, options)).collect()
    } else {
        found.iter().map(|file| load(file, options)).collect()
    };
    let mut articles = Vec::with_capacity(results.len());
    for loaded in results {
        articles.extend(loaded.articles);
        skipped.extend(loaded.trouble);
    }
    skipped.sort_by(|a, b| a.place.as_bytes().cmp(b.place.as_bytes()));
    Ok(Reading::of(articles, skipped))
}

/// Reads bytes in memory as a file of that name would be read, whatever format they are in.
///
/// The articles are of [`Origin::Stream`](crate::model::Origin::Stream): a digest keeps their texts.
///
/// ```
/// use epitome::read::{self, ReadOptions};
///
/// let lines = r#"{"id": "a", "text": "The dam held through the night, engineers said on Monday."}"#;
/// let reading = read::from_bytes("wire.jsonl", lines.as_bytes().to_vec(), &ReadOptions::default());
/// assert_eq!(reading.articles[0].source, "wire.jsonl#a");
/// ```
pub fn from_bytes(source: &str, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    let named = markup_of(Path::new(source)).unwrap_or_default();
    let end = Instant::now().checked_add(options.limits.time());
    match of_bytes(source, named, true, bytes, end, options) {
        Ok(loaded) => Reading::of(loaded.articles, loaded.trouble),
        Err(error) => Reading::of(Vec::new(), vec![error]),
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

    /// Takes the articles as a heap of mixed stories, in whatever languages they are, and names those that say nothing.
    ///
    /// An article with a headline and no running text is kept if it is a line, an entry or a message among others: there a
    /// headline is what somebody called one, and not only a line that looks like it. A headline is too short for most
    /// languages to be told: where it is, the article is taken to be in the one that most articles are in.
    pub fn into_heap(self) -> (Vec<Article>, Vec<LeftOut>) {
        let language = self.language().or_else(|| self.language_of_headlines());
        let mut left_out: Vec<LeftOut> = self.skipped.iter().map(LeftOut::from).collect();
        let fit = |mut article: Article| {
            if !has_prose(&article) {
                let Some(title) = article.title().filter(|_| article.file.is_some()) else {
                    left_out.push(LeftOut { source: article.source, reason: WITHOUT_PROSE.to_owned() });
                    return None;
                };
                article.language = article.language.or_else(|| language_of(title)).or(language);
            }
            Some(article)
        };
        let articles = self.articles.into_iter().filter_map(fit).collect();
        left_out.sort_by(|a, b| a.source.as_bytes().cmp(b.source.as_bytes()));
        (articles, left_out)
    }

    /// The language that all headlines together are in.
    fn language_of_headlines(&self) -> Option<Language> {
        let headlines: Vec<&str> = self.articles.iter().filter_map(Article::title).take(MOST_HEADLINES).collect();
        let text = article("", headlines.join(". ") + ".", Markup::Plain, &ReadOptions::default());
        text.language.or_else(|| language::guess(&[&text]))
    }

    /// The language that most articles with running text are in, or the likeliest where none could be told.
    pub fn language(&self) -> Option<Language> {
        let with_prose: Vec<&Article> = self.articles.iter().filter(|article| has_prose(article)).collect();
        majority(&with_prose).or_else(|| language::guess(&with_prose))
    }
}

/// So many headlines show in which language a heap is.
const MOST_HEADLINES: usize = 50;

/// The language of a text that is no article by itself.
fn language_of(text: &str) -> Option<Language> {
    article("", text.to_owned(), Markup::Plain, &ReadOptions::default()).language
}

const WITHOUT_PROSE: &str = "no running text in it, only headings, captions, lists or the like";

fn has_prose(article: &Article) -> bool {
    article.prose().next().is_some()
}

/// Why an article is no part of a story in `language`, if it is none.
pub(crate) fn unfit(article: &Article, language: Option<Language>) -> Option<String> {
    if !has_prose(article) {
        return Some(WITHOUT_PROSE.to_owned());
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
    fn in_a_heap_every_language_stays_and_so_does_a_headline_that_somebody_called_one() {
        let german = "Der Hafen wurde am Dienstag geschlossen, nachdem die Fähre gegen die Mole gefahren war, sagte die \
                      Bürgermeisterin der Stadt.";
        let english = "The harbour was closed on Tuesday after the ferry struck the pier, the mayor of the town said.";
        let heading = written("c", "Ferry hits the pier");
        let lines = concat!(r#"{"id": "d", "title": "Ferry hits pier"}"#, "\n", r#"{"id": "e", "text": " "}"#);
        let options = ReadOptions { headlines: true, ..ReadOptions::default() };
        let mut reading = from_bytes("wire.jsonl", lines.into(), &options);
        assert_eq!(
            reading.skipped[0].to_string(),
            "wire.jsonl:2: an article without text; mend the line or leave it out"
        );
        reading.articles.extend([written("a", english), written("b", german), heading, written("f", english)]);
        let (articles, left_out) = reading.into_heap();
        let told: Vec<(&str, &str)> =
            articles.iter().map(|article| (&*article.source, article.language.as_ref().unwrap().code())).collect();
        assert_eq!(told, [("wire.jsonl#d", "en"), ("a", "en"), ("b", "de"), ("f", "en")]);
        assert_eq!(left_out.iter().map(|left_out| &*left_out.source).collect::<Vec<_>>(), ["c", "wire.jsonl:2"]);
        let without = from_bytes("wire.jsonl", lines.into(), &ReadOptions::default());
        assert!(without.articles.is_empty());
    }
}
