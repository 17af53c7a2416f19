//! A JSON Feed's text in, its entries out.
//!
//! Items are read one by one, so that those in front of a break are kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::dates::moment;
use super::draft::{Draft, FIRST_SUMMARY, LINK};
use super::extent::Called;
use super::text::{Form, line, lines};
use super::{Feed, Text};
use crate::model::Limits;
use crate::read::decode::Refusal;

/// What a feed calls its version by.
const VERSION: &str = "https://jsonfeed.org/version/";

/// `serde_json` gives up on values that stand deeper in each other.
const DEEPEST: u64 = 127;

/// What was read of a feed so far.
#[derive(Default)]
struct Reading {
    feed: Draft,
    is_feed: bool,
    entries: Vec<Draft>,
    most_entries: u64,
}

/// Reads a JSON Feed.
pub(super) fn feed(text: &str, limits: &Limits) -> Result<Feed, Refusal> {
    let deepest = limits.nesting.min(DEEPEST);
    if depth(text) > deepest {
        return Err((Limits::exceeded("nesting", deepest), Limits::WAY_OUT));
    }
    let mut reading = Reading { most_entries: limits.articles, ..Reading::default() };
    let mut json = serde_json::Deserializer::from_str(text);
    let result = json.deserialize_map(Whole(&mut reading)).and_then(|()| json.end());
    if reading.entries.len() as u64 > limits.articles {
        return Err((Limits::exceeded("articles", limits.articles), Limits::WAY_OUT));
    }
    if !reading.is_feed {
        return Err(("not a feed (JSON, but no JSON Feed)".to_owned(), "leave it out"));
    }
    let damaged = result.err().map(|error| format!("broken JSON in line {}", error.line()));
    let entries = reading.entries.into_iter().map(|entry| entry.entry(&reading.feed)).collect();
    Ok(Feed { entries, damaged })
}

/// Whether a text begins like a JSON Feed.
pub(super) fn looks_like_feed(text: &str) -> bool {
    /// Programs write the version first; some sort the keys, and nothing long comes before it then.
    const WITHIN: usize = 4096;
    let start: String = text.chars().take(WITHIN).filter(|c| !c.is_whitespace() && *c != '\\').collect();
    start.contains(&format!("\"version\":\"{VERSION}"))
}

/// How deep arrays and objects stand in each other.
fn depth(text: &str) -> u64 {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_u64, 0, false, false);
    for byte in text.bytes() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The object that is the feed.
struct Whole<'r>(&'r mut Reading);

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let feed = &mut self.0.feed;
            match key.as_ref() {
                "version" => {
                    let version: Value = map.next_value()?;
                    self.0.is_feed |= version.as_str().is_some_and(|version| version.starts_with(VERSION));
                }
                "items" => {
                    self.0.is_feed = true;
                    map.next_value_seed(Items(self.0))?;
                }
                "title" => feed.title.offer(0, plain(&map.next_value()?)),
                "home_page_url" => feed.url.offer(LINK, plain(&map.next_value()?)),
                "language" => feed.says_language(plain(&map.next_value()?).as_deref()),
                "authors" | "author" => add_authors(feed, &map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The array of the items.
struct Items<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the items of a JSON Feed")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            // One more than there may be is enough to say so.
            if self.0.entries.len() as u64 <= self.0.most_entries
                && let Value::Object(item) = item
            {
                self.0.entries.push(draft(&item));
            }
        }
        Ok(())
    }
}

fn draft(item: &Map<String, Value>) -> Draft {
    let get = |key: &str| item.get(key).unwrap_or(&Value::Null);
    let text = |key: &str| get(key).as_str().filter(|text| !text.trim().is_empty());
    let mut draft = Draft::default();
    draft.title.offer(0, plain(get("title")));
    draft.identify(plain(get("id")), None, None);
    draft.url.offer(LINK, plain(get("url")).or_else(|| plain(get("external_url"))));
    draft.published.offer(0, text("date_published").and_then(moment));
    draft.updated.offer(0, text("date_modified").and_then(moment));
    draft.says_language(text("language"));
    add_authors(&mut draft, get("authors"));
    add_authors(&mut draft, get("author"));
    draft.content.offer(0, text("content_html").map(|html| (Text::Html(html.to_owned()), Called::Content)));
    draft.content.offer(1, text("content_text").map(|text| (Text::Plain(lines(text)), Called::Content)));
    draft.content.offer(FIRST_SUMMARY, text("summary").map(|text| (Text::Plain(lines(text)), Called::Summary)));
    draft
}

/// A string, or a number as some write for an id, as one line.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => line(text, Form::Text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Takes the names of one author or of several.
fn add_authors(draft: &mut Draft, authors: &Value) {
    let several = authors.as_array().map_or(std::slice::from_ref(authors), Vec::as_slice);
    for author in several {
        draft.add_author(plain(author.get("name").unwrap_or(author)).unwrap_or_default());
    }
}
