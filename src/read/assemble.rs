//! A text and what its stretches are in, an [`Article`] out.

use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::blocks::{Stretch, classify};
use super::dates::DateOrder;
use super::extract::Extract;
use super::metadata::{Trust, complete, metadata};
use super::{ReadOptions, language, markdown, plain};
use crate::language::Language;
use crate::model::{Article, Markup, Metadata, Origin, UTF_8};
use crate::stretches::FEWEST_BYTES_FOR_THREADS;

/// Makes an article of a text in memory, for programs that do not read files.
///
/// `source` names it in citations. The language is detected unless `options` give it. What is marked up as a page, a feed
/// or a message is read by [`from_bytes`](super::from_bytes); here it would be taken as it stands.
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
    of_text(Source { name: source.into(), file: None, origin: Origin::Stream, sha256 }, text, markup, options)
}

/// Makes an article of each text in memory, with its name in citations in front of it; in parallel where there is much of it.
pub fn articles(texts: Vec<(String, String)>, markup: Markup, options: &ReadOptions) -> Vec<Article> {
    let bytes = texts.iter().map(|(_, text)| text.len()).sum();
    each_article(texts, bytes, |(source, text)| article(source, text, markup, options))
}

/// What is made of each item, of so many bytes together.
pub(super) fn each_article<T: Send, R: Send>(
    items: Vec<T>,
    bytes: usize,
    make: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    if bytes < FEWEST_BYTES_FOR_THREADS {
        items.into_iter().map(make).collect()
    } else {
        items.into_par_iter().map(make).collect()
    }
}

/// What an article is taken from.
pub(super) struct Source {
    /// How it is named in citations.
    pub name: String,
    /// The file, where the name is that of a part of it.
    pub file: Option<Arc<str>>,
    pub origin: Origin,
    pub sha256: String,
}

/// Makes an article of a text that is one, marked up or not.
pub(super) fn of_text(source: Source, text: String, markup: Markup, options: &ReadOptions) -> Article {
    let stretches = match markup {
        Markup::Markdown => markdown::stretches(&text),
        // What was taken out of a page, a feed or a message is no longer marked up.
        Markup::Plain | Markup::Html | Markup::Feed | Markup::Mail => plain::stretches(&text),
    };
    of_stretches(source, text, &stretches, markup, options)
}

/// Makes an article of what was taken out of a page, a feed, a message or a record. What was said there beside the text
/// is believed as far as `trust` goes.
pub(super) fn of_extract(source: Source, extract: Extract, trust: Trust, options: &ReadOptions) -> Article {
    let Extract { text, stretches, markup, given } = extract;
    let mut article = of_stretches(source, text, &stretches, markup, options);
    article.language = article.language.or(given.language);
    complete(&mut article, given, trust);
    article
}

fn of_stretches(source: Source, text: String, stretches: &[Stretch], markup: Markup, options: &ReadOptions) -> Article {
    let (blocks, facts) = classify(&text, stretches);
    let mut article = Article {
        source: source.name,
        file: source.file,
        origin: source.origin,
        sha256: source.sha256,
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
    article.metadata = metadata(&article.text, &article.blocks, &facts, date_order(article.language));
    article
}

/// In which order a date in numbers is written: in English either the day or the month comes first.
pub(super) fn date_order(language: Option<Language>) -> DateOrder {
    let day_first = language.is_some_and(|language| language != Language::ENGLISH);
    if day_first { DateOrder::DayFirst } else { DateOrder::Unknown }
}

/// SHA-256 in lower-case hexadecimal (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: u8| [byte >> 4, byte & 0xF].map(|half| char::from(DIGITS[usize::from(half)]));
    Sha256::digest(bytes).into_iter().flat_map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4, example for "abc".
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
