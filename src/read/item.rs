//! JSON Lines in, an article a line out: `{"id", "text"}`, with `title`, `date`, `publisher` (or `source`), `url`, `lang` and
//! `html` as there are.
//!
//! Of an object with both, the text is the article. What stands beside it is a fact about the article and never becomes
//! text of it.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::assemble::{Source, each_article, of_extract, sha256};
use super::carrier::{Carrier, page};
use super::extract::{Extract, Given};
use super::kind::in_utf8;
use super::load::Loaded;
use super::metadata::Trust;
use super::records::{id, known, language, moment, object_of_line};
use super::{Line, ReadOptions, RecordId, plain};
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::{Article, Found, Markup, Origin};

/// An article as a line has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an article, {\"id\", \"text\"}")]
pub(super) struct Item {
    #[serde(default, deserialize_with = "id")]
    pub id: Option<RecordId>,
    #[serde(default, deserialize_with = "known")]
    title: Option<String>,
    #[serde(default, deserialize_with = "known")]
    date: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    html: Option<String>,
    #[serde(default, deserialize_with = "known")]
    publisher: Option<String>,
    /// Another name for it.
    #[serde(default, deserialize_with = "known")]
    source: Option<String>,
    #[serde(default, deserialize_with = "known")]
    url: Option<String>,
    #[serde(default, deserialize_with = "language")]
    pub lang: Option<Language>,
}

/// The article of a line of JSON Lines, named by the line's place.
///
/// # Errors
///
/// [`ErrorKind::NotAnArticle`] with what is wrong with the line, and [`ErrorKind::NotACluster`] where it is too long.
pub fn article_of_line(line: &Line, options: &ReadOptions) -> Result<Article, Error> {
    let refuse = |what: String| bad_line(line.place(), what);
    let item = Item::parse(line.text()?).map_err(refuse)?;
    let source = |text: &str| {
        let (name, sha256) = (line.place(), sha256(text.as_bytes()));
        Source { name, file: None, origin: Origin::Stream, sha256 }
    };
    article_of_item(item, source, options).map_err(refuse)
}

fn article_of_item(item: Item, source: impl FnOnce(&str) -> Source, options: &ReadOptions) -> Result<Article, String> {
    let options = ReadOptions { language: options.language.or(item.lang), ..options.clone() };
    let extract = item.extract(&options)?;
    let trust = if extract.markup == Markup::Html { Trust::Given } else { Trust::Text };
    Ok(of_extract(source(&extract.text), extract, trust, &options))
}

fn bad_line(place: String, what: String) -> Error {
    Error::new(ErrorKind::NotAnArticle, place, what, "mend the line or leave it out")
}

impl Carrier {
    /// The articles of JSON Lines. A line that is broken is named and left out.
    pub fn articles(&self, bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
        let bytes = &*in_utf8(bytes);
        // Where files were joined, a byte-order mark stands before later lines, too.
        let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line));
        let lines = lines.enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
        let mut seen = FxHashSet::default();
        let mut items = Vec::new();
        let mut loaded = Loaded::default();
        for (index, line) in lines {
            if (items.len() + loaded.trouble.len()) as u64 >= options.limits.articles {
                return Err(self.too_many(options));
            }
            let number = (index + 1).to_string();
            let line = match Item::parse(line) {
                Ok(item) => {
                    let own = item.id.as_ref().map(ToString::to_string);
                    // A name that is given twice would be that of two articles.
                    let names = own.into_iter().chain([number.clone(), format!("line {number}")]);
                    let name = names.into_iter().find(|name| seen.insert(name.clone()));
                    (name.unwrap_or_else(|| format!("{number} of {}", items.len())), item)
                }
                Err(what) => {
                    loaded.trouble.push(bad_line(self.line(&number), what));
                    continue;
                }
            };
            items.push((number, line));
        }
        let made = each_article(items, bytes.len(), |(number, (part, item))| {
            self.check_time(&options.limits)?;
            let source = |text: &str| self.source(Some(&part), text, Origin::Extracted);
            article_of_item(item, source, options).map_err(|what| bad_line(self.line(&number), what))
        });
        loaded.add(made);
        Ok(loaded)
    }

    fn line(&self, number: &str) -> String {
        format!("{}:{number}", self.shown)
    }
}

/// Whether a line is an object with an article in it, or, where that is enough, with the headline of one.
pub(super) fn is_article(line: &[u8], headlines: bool) -> bool {
    let is_headline = |item: &Item| headlines && item.title.is_some() && !is_result(line);
    Item::parse(line).is_ok_and(|item| item.text.is_some() || item.html.is_some() || is_headline(&item))
}

/// Whether a line is what this program writes: digests have headlines, too.
fn is_result(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Result {
        #[serde(rename = "schema")]
        _schema: u32,
        #[serde(rename = "version")]
        _version: String,
    }
    serde_json::from_slice::<Result>(line).is_ok()
}

impl Item {
    /// Reads a line. Fields that are not known are passed over.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, without its place.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        object_of_line(line, "an article", "an object")
    }

    /// The text of the article, taken out of its page if that is all there is; empty where the headline is, and such articles
    /// are asked for. In the language of the options the day of its date may stand in front of the month.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn extract(self, options: &ReadOptions) -> Result<Extract, String> {
        let beside = |text: Option<String>| text.map(|text| (text, Found::Record));
        let published = self.date.as_deref().and_then(|date| moment(date, options.language));
        let given = Given {
            title: beside(self.title),
            publisher: beside(self.publisher.or(self.source)),
            published: published.map(|moment| (moment, Found::Record)),
            url: beside(self.url),
            language: self.lang,
            ..Given::default()
        };
        let is_blank = |text: &String| text.trim().is_empty();
        match (self.text.filter(|text| !is_blank(text)), self.html.filter(|html| !is_blank(html))) {
            (Some(text), _) => {
                let stretches = plain::stretches(&text);
                Ok(Extract { text, stretches, markup: Markup::Plain, given })
            }
            (None, Some(html)) => {
                let page = page(&html, &options.limits).map_err(|(what, _)| what)?;
                let given = given.or(page.given);
                Ok(Extract { given, ..page })
            }
            (None, None) if options.headlines && given.title.is_some() => {
                Ok(Extract { text: String::new(), stretches: Vec::new(), markup: Markup::Plain, given })
            }
            (None, None) => Err("an article without text".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry hit the east pier of the harbour on Tuesday, the mayor of the town said.";

    #[test]
    fn a_line_is_an_article_with_what_is_said_of_it() {
        let line = format!(
            r#"{{"id": 7, "title": "Ferry hits pier", "date": "2031-03-06", "text": "{TEXT}", "html": "<p>x", "url": null,
               "publisher": "Harbour Post", "lang": "en", "views": 7}}"#
        );
        let item = Item::parse(line.as_bytes()).unwrap();
        assert_eq!(item.id, Some(RecordId::Number(7.into())));
        let extract = item.extract(&ReadOptions::default()).unwrap();
        assert_eq!((extract.text.as_str(), extract.stretches.len()), (TEXT, 1));
        assert_eq!(extract.given.title, Some(("Ferry hits pier".to_owned(), Found::Record)));
        assert_eq!(extract.given.published.unwrap().0.to_string(), "2031-03-06");
        assert_eq!(extract.given.url, None);
    }

    #[test]
    fn a_headline_alone_is_an_article_where_that_is_enough() {
        let line = br#"{"id": "a", "title": "Ferry hits pier", "source": "Harbour Post", "text": null}"#;
        let options = ReadOptions { headlines: true, ..ReadOptions::default() };
        let extract = Item::parse(line).unwrap().extract(&options).unwrap();
        assert_eq!((extract.text.as_str(), extract.given.title.unwrap().0.as_str()), ("", "Ferry hits pier"));
        assert_eq!(extract.given.publisher.unwrap().0, "Harbour Post");
        assert!(is_article(line, true) && !is_article(line, false));
        assert!(!is_article(br#"{"schema": 1, "version": "0.1.0", "title": "Ferry hits pier"}"#, true));
    }

    #[test]
    fn a_line_that_is_no_article_says_why() {
        let wrong = |line: &str| {
            let item = Item::parse(line.as_bytes());
            item.and_then(|item| item.extract(&ReadOptions::default())).map(|_| ()).unwrap_err()
        };
        assert!(wrong("[1]").contains("a list where there should be an object"));
        assert!(wrong("5").starts_with("not an article in JSON ("));
        assert_eq!(wrong("{\"id\": 1}"), "an article without text");
        assert_eq!(wrong("{\"text\": \" \", \"html\": null}"), "an article without text");
        assert!(!is_article(b"{\"id\": 1}", true) && is_article(b"{\"text\": \"\"}", false));
    }
}
