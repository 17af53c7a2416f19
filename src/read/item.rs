//! JSON Lines in, an article a line out: `{"id", "text"}`, with `title`, `date`, `publisher`, `url`, `lang` and `html` as
//! there are.
//!
//! Of an object with both, the text is the article. What stands beside it is a fact about the article and never becomes
//! text of it.

use serde::Deserialize;

use super::assemble::date_order;
use super::extract::{Extract, Given};
use super::records::{id, known, language, moment, told};
use super::{RecordId, plain};
use crate::language::Language;
use crate::model::{Found, Limits, Markup};

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
    #[serde(default, deserialize_with = "known")]
    url: Option<String>,
    #[serde(default, deserialize_with = "language")]
    pub lang: Option<Language>,
}

/// Whether a line is an object with an article in it.
pub(super) fn is_article(line: &[u8]) -> bool {
    Item::parse(line).is_ok_and(|item| item.text.is_some() || item.html.is_some())
}

impl Item {
    /// Reads a line. Fields that are not known are passed over.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, without its place.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(line)
            .map_err(|error| format!("not UTF-8 (at byte {} of the line)", error.valid_up_to() + 1))?;
        // Serde would take its elements for the fields of an article, in their order.
        if text.trim_ascii_start().starts_with('[') {
            return Err("not an article in JSON (a list where there should be an object)".to_owned());
        }
        serde_json::from_str(text).map_err(|error| format!("not an article in JSON ({})", told(&error)))
    }

    /// The text of the article, taken out of its page if that is all there is.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn extract(self, limits: &Limits) -> Result<Extract, String> {
        let beside = |text: Option<String>| text.map(|text| (text, Found::Record));
        let published = self.date.as_deref().and_then(|date| moment(date, date_order(self.lang)));
        let given = Given {
            title: beside(self.title),
            publisher: beside(self.publisher),
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
                let page = super::load::page(&html, limits).map_err(|(what, _)| what)?;
                let given = given.or(page.given);
                Ok(Extract { given, ..page })
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
        let extract = item.extract(&Limits::default()).unwrap();
        assert_eq!((extract.text.as_str(), extract.stretches.len()), (TEXT, 1));
        assert_eq!(extract.given.title, Some(("Ferry hits pier".to_owned(), Found::Record)));
        assert_eq!(extract.given.published.unwrap().0.to_string(), "2031-03-06");
        assert_eq!(extract.given.url, None);
    }

    #[test]
    fn a_line_that_is_no_article_says_why() {
        let wrong = |line: &str| {
            let item = Item::parse(line.as_bytes());
            item.and_then(|item| item.extract(&Limits::default())).map(|_| ()).unwrap_err()
        };
        assert!(wrong("[1]").contains("a list where there should be an object"));
        assert!(wrong("5").starts_with("not an article in JSON ("));
        assert_eq!(wrong("{\"id\": 1}"), "an article without text");
        assert_eq!(wrong("{\"text\": \" \", \"html\": null}"), "an article without text");
        assert!(!is_article(b"{\"id\": 1}") && is_article(b"{\"text\": \"\"}"));
    }
}
