//! A line of JSON in, the articles of one story and what people wrote of it out.
//!
//! This is how corpora are passed on: a line holds a cluster, `{"id", "lang", "documents": […], "references": […]}`.
//! Data sets write what they do not know in three ways, as nothing, as `null` and as the text `None`; all three are unknown
//! here. What a record says about an article, its title among it, is kept as a fact about the article and never becomes
//! text of it: only what the text says is quoted.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

use super::assemble::{date_order, each_article};
use super::dates::dates_in_order;
use super::extract::Given;
use super::metadata::{Trust, complete};
use super::{Markup, ReadOptions, Reading, article};
use crate::date::Moment;
use crate::language::Language;
use crate::model::{Article, Found};

/// A story as a line of a corpus has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "a story, {\"id\", \"documents\", \"references\"}")]
pub struct Record {
    /// Its name in the corpus.
    #[serde(default, deserialize_with = "id")]
    pub id: Option<RecordId>,
    /// The language of all documents that do not have their own.
    #[serde(default, deserialize_with = "language")]
    pub lang: Option<Language>,
    /// What its articles are made from.
    pub documents: Vec<Document>,
    /// What people wrote of it. A text alone is a list of one.
    #[serde(default, deserialize_with = "texts")]
    pub references: Vec<String>,
}

/// The name of a story in its corpus. A number stays one, because what is made of the story is joined with it by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RecordId {
    /// A text, as it is written.
    Text(String),
    /// A number.
    Number(serde_json::Number),
}

impl RecordId {
    /// The name in a line that is JSON, even if it is no story otherwise.
    pub fn of_line(line: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Named {
            #[serde(default, deserialize_with = "id")]
            id: Option<RecordId>,
        }
        serde_json::from_slice::<Named>(line).ok()?.id
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// An article as a line of a corpus has it: an object, or its text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name in the corpus.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published, as it is written.
    pub date: Option<String>,
    /// The text.
    pub text: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
    /// The language.
    pub lang: Option<Language>,
}

impl Record {
    /// Reads a line. Fields that are not known are passed over.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, without its place.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        object_of_line(line, "a cluster", "a story")
    }

    /// Whether any of its documents has text.
    pub fn has_text(&self) -> bool {
        self.documents.iter().any(|document| !document.text.trim().is_empty())
    }

    /// How many bytes of text its documents have.
    pub fn bytes(&self) -> usize {
        self.documents.iter().map(|document| document.text.len()).sum()
    }

    /// Makes articles of the documents that have text. Each is called by its own name, or by its number from 1 where it
    /// has none, behind the name of the cluster. A language in `options` goes before those of the record.
    pub fn into_reading(self, name: &str, options: &ReadOptions) -> Reading {
        let bytes = self.bytes();
        let documents = self.documents.into_iter().enumerate();
        let with_text = documents.filter(|(_, document)| !document.text.trim().is_empty()).collect();
        let articles = each_article(with_text, bytes, |(index, document): (usize, Document)| {
            let own = document.id.clone().unwrap_or_else(|| (index + 1).to_string());
            let language = options.language.or(document.lang).or(self.lang);
            document.into_article(format!("{name}/{own}"), &ReadOptions { language, ..ReadOptions::default() })
        });
        Reading::of(articles, Vec::new())
    }
}

impl Document {
    fn into_article(self, source: String, options: &ReadOptions) -> Article {
        let mut read = article(source, self.text, Markup::Plain, options);
        let published = self.date.as_deref().and_then(|date| moment(date, read.language));
        let given = Given {
            title: self.title.map(|title| (title, Found::Record)),
            published: published.map(|moment| (moment, Found::Record)),
            publisher: self.publisher.map(|publisher| (publisher, Found::Record)),
            url: self.url.map(|url| (url, Found::Record)),
            ..Given::default()
        };
        complete(&mut read, given, Trust::Text);
        read
    }
}

/// A date as data sets write it: as in ISO 8601, or as in an article in such a language.
pub(crate) fn moment(text: &str, language: Option<Language>) -> Option<Moment> {
    let text = text.trim();
    let in_text = || dates_in_order(text, date_order(language)).first().map(|dated| dated.moment);
    text.parse().ok().or_else(in_text)
}

/// Reads the object that a line of JSON has to be: `what` it is to be read as, and what else than a list `should_be` there.
pub(crate) fn object_of_line<T: DeserializeOwned>(line: &[u8], what: &str, should_be: &str) -> Result<T, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("not UTF-8 (at byte {} of the line)", error.valid_up_to() + 1))?;
    // Serde would take its elements for the fields of the object, in their order.
    if text.trim_ascii_start().starts_with('[') {
        return Err(format!("not {what} in JSON (a list where there should be {should_be})"));
    }
    serde_json::from_str(text).map_err(|error| format!("not {what} in JSON ({})", told(&error)))
}

/// The message of a parser in our words, without its place: a line of a corpus is line 1 of its own text.
pub(crate) fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = match text.strip_suffix(&place) {
        Some(text) if error.column() > 0 => format!("{text} at column {}", error.column()),
        _ => text,
    };
    let text = text.replace("a sequence", "a list").replace("a map", "an object").replace("a string", "a text");
    match ["invalid type: ", "invalid value: "].iter().find_map(|wrong| text.strip_prefix(wrong)) {
        Some(rest) => rest.replacen("string ", "text ", 1).replacen(", expected", " where there should be", 1),
        None => text,
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a document that is neither a text nor an object with texts in it")]
        enum Written {
            Text(String),
            Object {
                #[serde(default, deserialize_with = "name")]
                id: Option<String>,
                #[serde(default, deserialize_with = "known")]
                title: Option<String>,
                #[serde(default, deserialize_with = "known")]
                date: Option<String>,
                #[serde(default)]
                text: Option<String>,
                #[serde(default, deserialize_with = "known")]
                publisher: Option<String>,
                #[serde(default, deserialize_with = "known")]
                url: Option<String>,
                #[serde(default, deserialize_with = "language")]
                lang: Option<Language>,
            },
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Text(text) => Self { text, ..Self::default() },
            Written::Object { id, title, date, text, publisher, url, lang } => {
                Self { id, title, date, text: text.unwrap_or_default(), publisher, url, lang }
            }
        })
    }
}

/// A text that says something: `null`, `None`, an empty text and what is no text are unknown.
pub(crate) fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Other(IgnoredAny),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Text(text) if !text.trim().is_empty() && text.trim() != "None" => Some(text.trim().to_owned()),
        Written::Text(_) | Written::Other(IgnoredAny) => None,
    })
}

/// A name or a number; what is neither is no name.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RecordId>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Id(RecordId),
        Other(IgnoredAny),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Id(id) => Some(id),
        Written::Other(IgnoredAny) => None,
    })
}

/// The same as a text.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(id(deserializer)?.map(|id| id.to_string()))
}

/// A name that has to be there, or a number.
pub(crate) fn name_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    name(deserializer)?.ok_or_else(|| serde::de::Error::custom("the name is neither a text nor a number"))
}

/// A language that is known; any other is detected, as if none had been given.
pub(crate) fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Language>, D::Error> {
    Ok(known(deserializer)?.and_then(|text| text.parse().ok()))
}

/// A text, or a list of texts; those without a word are passed over.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "references that are neither a text nor a list of texts")]
    enum Written {
        One(String),
        Many(Vec<Option<String>>),
        None(()),
    }
    let mut texts = match Written::deserialize(deserializer)? {
        Written::One(text) => vec![text],
        Written::Many(texts) => texts.into_iter().flatten().collect(),
        Written::None(()) => Vec::new(),
    };
    texts.retain(|text| !text.trim().is_empty());
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    const TEXT: &str = "The ferry hit the east pier of the harbour on Tuesday, the mayor of the town said.";

    fn reading(line: &str) -> Reading {
        Record::parse(line.as_bytes()).unwrap().into_reading("c", &ReadOptions::default())
    }

    #[test]
    fn what_a_record_says_of_an_article_is_a_fact_and_no_text_of_it() {
        let line = format!(
            r#"{{"id": "c", "documents": [{{"id": "d", "title": "Ferry hits pier", "date": "2031-03-06", "text": "{TEXT}",
               "publisher": "Harbour Post", "url": null, "views": 7}}]}}"#
        );
        let read = &reading(&line).articles[0];
        let alone = article("c/d", TEXT.to_owned(), Markup::Plain, &ReadOptions::default());
        assert_eq!((read.source.as_str(), &read.text, &read.blocks), ("c/d", &alone.text, &alone.blocks));
        let title = read.metadata.title.as_ref().unwrap();
        assert_eq!(
            (title.value.as_str(), title.found, title.span),
            ("Ferry hits pier", Found::Record, Span::default())
        );
        assert_eq!(read.metadata.publisher.as_ref().unwrap().value, "Harbour Post");
        assert_eq!(read.metadata.published.as_ref().unwrap().value.to_string(), "2031-03-06");
        // 6 March 2031 is a Thursday, so Tuesday was the fourth.
        assert_eq!(read.metadata.event.as_ref().unwrap().value.to_string(), "2031-03-04");
    }

    #[test]
    fn what_the_text_says_itself_goes_before_the_record() {
        let text = format!("Ferry strikes the pier\\n\\n4 March 2031\\n\\n{TEXT}");
        let line =
            format!(r#"{{"documents": [{{"text": "{text}", "title": "Another headline", "date": "2030-01-01"}}]}}"#);
        let metadata = &reading(&line).articles[0].metadata;
        assert_eq!(metadata.title.as_ref().unwrap().value, "Ferry strikes the pier");
        assert_eq!(metadata.published.as_ref().unwrap().value.to_string(), "2031-03-04");
    }

    #[test]
    fn the_unknown_is_written_in_three_ways() {
        for unknown in ["", r#""title": null, "date": null, "lang": null,"#, r#""title": "None", "date": "None","#] {
            let line =
                format!(r#"{{"id": 7, "documents": [{{{unknown} "text": "{TEXT}"}}, "{TEXT}", {{"text": null}}]}}"#);
            let record = Record::parse(line.as_bytes()).unwrap();
            assert_eq!(record.id, Some(RecordId::Number(7.into())));
            assert_eq!(record.bytes(), 2 * TEXT.len());
            let articles = record.into_reading("c", &ReadOptions::default()).articles;
            assert_eq!(articles.len(), 2, "a document without text is none");
            assert_eq!(articles[0].metadata, articles[1].metadata);
            assert_eq!(articles[1].source, "c/2");
        }
    }

    #[test]
    fn a_name_is_found_in_every_line_that_is_json() {
        let id = |line: &[u8]| RecordId::of_line(line).map(|id| serde_json::to_string(&id).unwrap());
        assert_eq!(id(br#"{"id": "a", "documents": 5}"#).as_deref(), Some("\"a\""));
        assert_eq!(id(br#"{"documents": [], "id": -7}"#).as_deref(), Some("-7"));
        for nameless in [&b"{}"[..], b"{\"id\": null}", b"{\"id\": [1]}", b"{\"id\": \"a\", ", b"5", b"\xff"] {
            assert_eq!(id(nameless), None);
        }
        assert_eq!(RecordId::Text("a b".to_owned()).to_string(), "a b");
    }

    #[test]
    fn references_are_a_list_or_one_text() {
        for (written, count) in
            [(r#""one""#, 1), (r#"["one", "two", " ", null]"#, 2), ("null", 0), (r#"[]"#, 0), (r#""""#, 0)]
        {
            let line = format!(r#"{{"documents": [], "references": {written}}}"#);
            assert_eq!(Record::parse(line.as_bytes()).unwrap().references.len(), count, "{line}");
        }
    }

    #[test]
    fn the_language_of_a_document_goes_before_that_of_its_cluster_and_the_one_asked_for_before_both() {
        let line = format!(r#"{{"lang": "de", "documents": ["{TEXT}", {{"text": "{TEXT}", "lang": "fr"}}]}}"#);
        let languages = |options: &ReadOptions| -> Vec<String> {
            let articles = Record::parse(line.as_bytes()).unwrap().into_reading("c", options).articles;
            articles.iter().map(|article| article.language.unwrap().to_string()).collect()
        };
        assert_eq!(languages(&ReadOptions::default()), ["de", "fr"]);
        assert_eq!(languages(&ReadOptions { language: "es".parse().ok(), ..ReadOptions::default() }), ["es", "es"]);
    }

    #[test]
    fn a_broken_line_is_refused_with_what_is_wrong() {
        let wrong = |line: &[u8]| Record::parse(line).unwrap_err();
        assert!(wrong(b"{\"documents\": [").starts_with("not a cluster in JSON (EOF while parsing a list at column"));
        assert!(wrong(b"{\"id\": \"x\"}").contains("missing field `documents`"));
        let documents = "a document that is neither a text nor an object with texts in it";
        assert!(wrong(b"{\"documents\": [[]]}").contains(documents), "{}", wrong(b"{\"documents\": [[]]}"));
        let references = "references that are neither a text nor a list of texts";
        assert!(wrong(b"{\"documents\": [], \"references\": 5}").contains(references));
        assert_eq!(
            wrong(b"5"),
            "not a cluster in JSON (integer `5` where there should be a story, {\"id\", \"documents\", \"references\"} at column 1)"
        );
        assert_eq!(
            wrong(b"{\"documents\": \"x\"}"),
            "not a cluster in JSON (text \"x\" where there should be a list at column 17)"
        );
        let list = br#" ["a", "en", ["The ferry hit."], []]"#;
        assert_eq!(wrong(list), "not a cluster in JSON (a list where there should be a story)");
        assert_eq!(wrong(b"{\"id\": \"\xff\"}"), "not UTF-8 (at byte 9 of the line)");
    }
}
