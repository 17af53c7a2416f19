//! The tree of a page in, the texts that its head and its data give of the article out: to compare blocks with.

use serde_json::Value;

use super::measures::Said;
use super::tree::Tree;

/// What a page says of its article outside of what it shows.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub titles: Vec<String>,
    pub descriptions: Vec<String>,
    /// The text of the article, where the page gives it as data (JSON-LD, schema.org).
    pub article_body: String,
}

/// A page has its data in the first scripts of the kind; comments and offers follow by the thousand.
const MOST_VALUES: usize = 100_000;

impl Texts {
    /// Reads them.
    pub fn of(tree: &Tree) -> Self {
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
                "script" if element.attribute("type").is_some_and(|kind| kind.trim() == "application/ld+json") => {
                    if let Ok(data) = serde_json::from_str(&tree.text_of(node)) {
                        texts.add_data(&data);
                    }
                }
                _ => {}
            }
        }
        texts
    }

    /// Adds what data say, at whatever depth; the longest text is that of the article.
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
