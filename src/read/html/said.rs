//! The tree of a page in, the texts that its head and its data give of the article out: to compare blocks with.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::measures::Measures;
use super::tree::Tree;
use crate::hashing::mixed;

/// What a page says of its article outside of what it shows.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub titles: Vec<String>,
    pub descriptions: Vec<String>,
    /// The longest text of an article that the page gives as data (JSON-LD, schema.org).
    pub article_body: String,
}

/// A page has its data in the first scripts of the kind; comments and offers follow by the thousand.
const MOST_VALUES: usize = 100_000;

impl Texts {
    /// Takes them from a page and its data.
    pub fn of(tree: &Tree, data: &[Value]) -> Self {
        let mut texts = Self::default();
        for (node, element) in tree.elements() {
            match element.name() {
                "title" if texts.titles.is_empty() => texts.titles.push(tree.text_of(node)),
                "meta" => {
                    let name = element.attribute("property").or(element.attribute("name"));
                    let (Some(name), Some(content)) = (name, element.attribute("content")) else { continue };
                    match name {
                        "og:title" | "twitter:title" => texts.titles.push(content.to_owned()),
                        "description" | "og:description" | "twitter:description" => {
                            texts.descriptions.push(content.to_owned());
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        data.iter().for_each(|data| texts.add_data(data));
        texts
    }

    /// Adds what data say, at whatever depth; the longest text is taken for that of the article.
    fn add_data(&mut self, data: &Value) {
        let mut open = vec![data];
        for _ in 0..MOST_VALUES {
            let Some(value) = open.pop() else { return };
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(members) => {
                    for (name, value) in members {
                        match (name.as_str(), value) {
                            ("articleBody", Value::String(text)) if text.len() > self.article_body.len() => {
                                self.article_body.clone_from(text);
                            }
                            ("headline", Value::String(text)) => self.titles.push(text.clone()),
                            (_, Value::Array(_) | Value::Object(_)) => open.push(value),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Them, to be compared with.
    pub fn said(&self) -> Said {
        let titles: Vec<&str> = self.titles.iter().take(MOST_TITLES).map(String::as_str).collect();
        let descriptions: Vec<&str> = self.descriptions.iter().take(MOST_TITLES).map(String::as_str).collect();
        Said::new(&titles, &descriptions, &self.article_body)
    }
}

/// The first titles and descriptions are those of the article, if any are.
const MOST_TITLES: usize = 4;

/// What the page says of its article in its head, to compare blocks with.
#[derive(Debug, Default)]
pub(super) struct Said {
    titles: Vec<FxHashSet<u64>>,
    descriptions: Vec<FxHashSet<u64>>,
    article_body: FxHashSet<u64>,
}

/// Words that follow each other, so many are looked up at once in the body that the page gives as data.
const RUN: usize = 3;

impl Said {
    /// Takes titles, descriptions and the text of the article as the page gives them as data.
    pub fn new<'a>(titles: &[&'a str], descriptions: &[&'a str], article_body: &str) -> Self {
        let set = |text: &&str| words(text).collect();
        Self {
            titles: titles.iter().map(set).collect(),
            descriptions: descriptions.iter().map(set).collect(),
            article_body: runs(article_body).collect(),
        }
    }

    /// Whether the page gives the text of its article as data.
    pub fn has_article_body(&self) -> bool {
        self.article_body.len() > LEAST_OF_BODY
    }

    /// How much a short block is the title.
    pub fn likeness_to_title(&self, text: &str, measures: &Measures) -> f32 {
        if measures.words > LONGEST_TITLE { 0.0 } else { likeness(&self.titles, text) }
    }

    /// How much a block is the description.
    pub fn likeness_to_description(&self, text: &str, measures: &Measures) -> f32 {
        if measures.words > LONGEST_DESCRIPTION { 0.0 } else { likeness(&self.descriptions, text) }
    }

    /// Which part of a block stands in the text that the page gives as data; -1 if it gives none.
    pub fn share_in_article_body(&self, text: &str) -> f32 {
        if !self.has_article_body() {
            return -1.0;
        }
        let (mut all, mut known) = (0, 0);
        for run in runs(text) {
            all += 1;
            known += usize::from(self.article_body.contains(&run));
        }
        if all == 0 { -1.0 } else { known as f32 / all as f32 }
    }
}

/// Less than this is no text of an article.
const LEAST_OF_BODY: usize = 50;
const LONGEST_TITLE: usize = 40;
const LONGEST_DESCRIPTION: usize = 120;

/// The greatest share of words in common, of all of both (Jaccard).
fn likeness(known: &[FxHashSet<u64>], text: &str) -> f32 {
    if known.is_empty() {
        return 0.0;
    }
    let mut own: Vec<u64> = words(text).collect();
    own.sort_unstable();
    own.dedup();
    let jaccard = |other: &FxHashSet<u64>| {
        let both = own.iter().filter(|word| other.contains(word)).count();
        both as f32 / (own.len() + other.len() - both).max(1) as f32
    };
    known.iter().map(jaccard).fold(0.0, f32::max)
}

/// The words of a text without their capitals, as numbers.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(char::to_lowercase).fold(0, |hash, c| mixed(hash, c.into())))
}

/// Every run of [`RUN`] words.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let mut last = [0; RUN];
    let mut count = 0;
    words(text).filter_map(move |word| {
        last.rotate_left(1);
        last[RUN - 1] = word;
        count += 1;
        (count >= RUN).then(|| last.iter().fold(0, |all: u64, one| all.rotate_left(21) ^ one))
    })
}
