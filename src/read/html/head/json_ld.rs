//! The data in JSON-LD of a page in, the things of schema.org that it describes out.
//!
//! A page has several blocks; each is an object, a list, or a graph whose objects point to each other by their ids.
//! Much of it describes the site, its pictures or other articles, so only what stands at the top, in a graph, or as
//! the main thing of a page is looked at, and [`Things::article`] decides which of them is the article of this page,
//! if one is.

use rustc_hash::FxHashMap;
use serde_json::{Deserializer, Map, Value};

use super::mend::mended;
use super::words::{overlap, plain, words};
use crate::read::html::tree::{Element, Tree};

/// So many values are looked at: the fullest page that was seen has some hundred.
const MOST_VALUES: usize = 10_000;

/// So many writers are named.
const MOST_NAMES: usize = 16;

/// Headlines of which so many words are the same name the same article.
const SAME_HEADLINE: f64 = 0.5;

/// A thing of schema.org, as far as an article is described by it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Thing<'v> {
    pub kind: Kind,
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    /// Its own addresses.
    pub addresses: Vec<String>,
    pub language: Option<String>,
    /// Its text.
    pub body: Option<&'v str>,
    object: &'v Map<String, Value>,
}

/// What a thing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    #[default]
    Other,
    /// The page itself.
    Page,
    /// A review, a recipe, an episode: may be what the page is about.
    Work,
    /// An article.
    Article,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub name: String,
    /// Whether it is said to be an organisation.
    pub is_organisation: bool,
}

/// All things of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Things<'v> {
    things: Vec<Thing<'v>>,
    /// The objects that others point to.
    by_id: FxHashMap<&'v str, &'v Map<String, Value>>,
    /// The name of the site.
    pub site: Option<String>,
}

impl<'v> Things<'v> {
    /// Finds them in the values of a page.
    pub fn of(values: &'v [Value]) -> Self {
        let objects = objects(values);
        let ids = objects.iter().filter_map(|object| Some((object.get("@id")?.as_str()?, *object)));
        let mut by_id: FxHashMap<&str, &Map<String, Value>> = FxHashMap::default();
        for (id, object) in ids {
            // An object with a name says more than one that points to it.
            by_id
                .entry(id)
                .and_modify(|known| {
                    if known.len() < object.len() {
                        *known = object
                    }
                })
                .or_insert(object);
        }
        let mut sites = objects.iter().filter(|object| types(object).any(|kind| kind == "WebSite"));
        let site = sites.find_map(|object| object.get("name").and_then(text));
        Self { things: objects.iter().map(|object| thing(object)).collect(), by_id, site }
    }

    /// The thing that is the article of the page. Of several, the one with the page's address or headline; what has
    /// neither is another article, and so is the only one if its headline has nothing in common with the page's.
    pub fn article(&self, titles: &[Vec<String>], addresses: &[String]) -> Option<&Thing<'v>> {
        let articles = self.things.iter().filter(|thing| thing.kind == Kind::Article).count();
        let mut best: Option<(f64, &Thing<'v>)> = None;
        for thing in self.things.iter().filter(|thing| thing.kind > Kind::Other) {
            let headline = thing.headline.as_deref().map(words);
            let shared =
                headline.map(|headline| titles.iter().map(|title| overlap(&headline, title)).fold(0.0, f64::max));
            let is_here = thing.addresses.iter().any(|address| addresses.contains(address));
            let is_elsewhere = !is_here && !thing.addresses.is_empty() && !addresses.is_empty();
            let is_same = shared.is_some_and(|shared| shared >= SAME_HEADLINE);
            let is_other = shared == Some(0.0) && !titles.is_empty();
            let is_only = articles <= 1 && !is_other && (thing.kind == Kind::Article || !is_elsewhere);
            if !(is_here || is_same || is_only) {
                continue;
            }
            let value = f64::from(thing.kind as u8) + shared.unwrap_or_default() + f64::from(u8::from(is_here));
            if best.is_none_or(|(known, _)| value > known) {
                best = Some((value, thing));
            }
        }
        best.map(|(_, thing)| thing)
    }

    /// The page itself, where its date is said.
    pub fn page(&self) -> Option<&Thing<'v>> {
        self.things.iter().find(|thing| thing.kind == Kind::Page && thing.published.is_some())
    }

    /// Who publishes what is described, as the first thing says that says so.
    pub fn publisher(&self) -> Option<String> {
        self.things.iter().find_map(|thing| self.publisher_of(thing))
    }

    /// Who publishes a thing.
    pub fn publisher_of(&self, thing: &Thing) -> Option<String> {
        self.names(thing, "publisher").into_iter().next().map(|name| name.name)
    }

    /// Who made a thing.
    pub fn authors_of(&self, thing: &Thing) -> Vec<Name> {
        let authors = self.names(thing, "author");
        if authors.is_empty() { self.names(thing, "creator") } else { authors }
    }

    /// The names that a thing points to. They are looked up where they are asked for alone: each of ten thousand things
    /// may point to the same long list.
    fn names(&self, thing: &Thing, key: &str) -> Vec<Name> {
        thing.object.get(key).map(|value| names(value, &self.by_id)).unwrap_or_default()
    }
}

/// All data in JSON-LD of a page that is read, in bytes: the largest that was seen has 400 KB.
const MOST_DATA: usize = 8 << 20;

/// The values of all blocks of a page.
pub(in crate::read::html) fn values(tree: &Tree) -> Vec<Value> {
    let is_json_ld = |kind: &str| kind.to_ascii_lowercase().contains("ld+json");
    let is_block = |element: &Element| element.name() == "script" && element.attribute("type").is_some_and(is_json_ld);
    let blocks = tree.elements().filter(|(_, element)| is_block(element)).map(|(node, _)| tree.text_of(node));
    let mut bytes = 0;
    let blocks = blocks.filter(|block| {
        bytes += block.len();
        bytes <= MOST_DATA
    });
    blocks.flat_map(|block| values_of(&block)).collect()
}

/// The values of a block. One that is broken is mended, and what can be read in front of what cannot counts.
fn values_of(block: &str) -> Vec<Value> {
    let read = |text: &str| -> Result<Vec<Value>, Vec<Value>> {
        let mut values = Vec::new();
        for value in Deserializer::from_str(text).into_iter() {
            match value {
                Ok(value) => values.push(value),
                Err(_) => return Err(values),
            }
        }
        Ok(values)
    };
    read(block.trim()).or_else(|_| read(&mended(block))).unwrap_or_else(|values| values)
}

/// The objects that stand at the top, in a list or a graph, or as the main thing of another, in their order.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut open: Vec<&Value> = values.iter().rev().collect();
    let mut objects = Vec::new();
    let mut looked_at = 0;
    while let Some(value) = open.pop().filter(|_| looked_at < MOST_VALUES) {
        looked_at += 1;
        match value {
            Value::Array(values) => open.extend(values.iter().take(MOST_VALUES).rev()),
            Value::Object(object) => {
                objects.push(object);
                let inner = ["mainEntityOfPage", "mainEntity", "@graph", "author", "publisher"];
                open.extend(inner.iter().filter_map(|key| object.get(*key)).filter(|value| !value.is_string()));
            }
            _ => {}
        }
    }
    objects
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let kinds = object.get("@type").map_or(&[][..], |kind| match kind {
        Value::Array(kinds) => kinds.as_slice(),
        kind => std::slice::from_ref(kind),
    });
    // `https://schema.org/NewsArticle` is written too.
    kinds.iter().filter_map(|kind| kind.as_str()?.rsplit(['/', ':', '#']).next())
}

fn kind(object: &Map<String, Value>) -> Kind {
    types(object).map(kind_of).max().unwrap_or_default()
}

fn kind_of(name: &str) -> Kind {
    match name {
        "JobPosting" => Kind::Other,
        "Report" | "Reportage" => Kind::Article,
        _ if name.ends_with("Article") || name.ends_with("Posting") => Kind::Article,
        "Review" | "Recipe" | "HowTo" | "PodcastEpisode" | "RadioEpisode" | "CreativeWork" | "VideoObject"
        | "Question" | "Course" | "Chapter" => Kind::Work,
        _ if name.ends_with("Page") => Kind::Page,
        _ => Kind::Other,
    }
}

fn thing(object: &Map<String, Value>) -> Thing<'_> {
    let get = |key: &str| object.get(key).and_then(text);
    let own = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| match object.get(key)? {
        Value::String(address) => Some(address.as_str()),
        Value::Object(page) => page.get("@id").or(page.get("url"))?.as_str(),
        _ => None,
    });
    Thing {
        kind: kind(object),
        headline: get("headline").or_else(|| get("name")),
        published: get("datePublished").or_else(|| get("dateCreated")),
        modified: get("dateModified"),
        addresses: own.filter_map(super::address).collect(),
        language: get("inLanguage"),
        body: object.get("articleBody").and_then(Value::as_str),
        object,
    }
}

/// A text, or the first of several.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => plain(values.first()?.as_str()?),
        Value::Object(object) => plain(object.get("@value").or(object.get("name"))?.as_str()?),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The names of persons or organisations: texts, objects with a name, ids of such, or a list of all these.
fn names(value: &Value, by_id: &FxHashMap<&str, &Map<String, Value>>) -> Vec<Name> {
    let mut found = Vec::new();
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    for value in values.iter().take(MOST_NAMES) {
        let object = match value {
            Value::String(name) => {
                let of_id = by_id.get(name.as_str()).copied();
                if of_id.is_none() {
                    found.push(Name { name: plain(name), is_organisation: false });
                }
                of_id
            }
            Value::Object(object) if object.contains_key("name") => Some(object),
            Value::Object(object) => object.get("@id").and_then(|id| by_id.get(id.as_str()?).copied()),
            _ => None,
        };
        let Some(object) = object else { continue };
        let is_organisation = types(object).any(|kind| kind.ends_with("Organization"));
        // Several names may stand in a list at one person.
        let name = object.get("name");
        let several = name.and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter();
        let names =
            several.take(MOST_NAMES).filter_map(text).chain(name.filter(|name| !name.is_array()).and_then(text));
        found.extend(names.map(|name| Name { name, is_organisation }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is known of an article.
    #[derive(Debug, PartialEq)]
    struct Article {
        headline: Option<String>,
        published: Option<String>,
        authors: Vec<Name>,
        publisher: Option<String>,
    }

    /// The article of a page with this headline at this address.
    fn article(blocks: &[&str]) -> Option<Article> {
        let titles = [words("Ferry hits pier at Port Ella")];
        let values: Vec<Value> = blocks.iter().flat_map(|block| values_of(block)).collect();
        let things = Things::of(&values);
        things.article(&titles, &["harbourpost.example/ferry".to_owned()]).map(|article| Article {
            headline: article.headline.clone(),
            published: article.published.clone(),
            authors: things.authors_of(article),
            publisher: things.publisher_of(article),
        })
    }

    const ARTICLE: &str = r#"{"@type": "NewsArticle", "headline": "Ferry hits pier at Port Ella",
        "datePublished": "2031-03-04T07:15:00+01:00", "author": {"@type": "Person", "name": "Anna Holm"}}"#;

    #[test]
    fn an_article_is_found_alone_in_a_list_in_a_graph_and_as_the_main_thing_of_a_page() {
        for block in [
            ARTICLE.to_owned(),
            format!("[{{\"@type\": \"WebSite\"}}, {ARTICLE}]"),
            format!("{{\"@graph\": [{{\"@type\": \"WebSite\"}}, {ARTICLE}]}}"),
            format!("{{\"@type\": \"WebPage\", \"mainEntity\": {ARTICLE}}}"),
        ] {
            let article = article(&[&block]).unwrap_or_else(|| panic!("{block}"));
            assert_eq!(article.published.as_deref(), Some("2031-03-04T07:15:00+01:00"));
            assert_eq!(article.authors, [Name { name: "Anna Holm".to_owned(), is_organisation: false }]);
        }
    }

    #[test]
    fn of_several_articles_the_one_with_the_page_s_headline_or_address_is_its_own() {
        let other =
            r#"{"@type": "NewsArticle", "headline": "Baker wins prize", "url": "https://harbourpost.example/baker"}"#;
        assert_eq!(article(&[other, ARTICLE]).unwrap().headline.unwrap(), "Ferry hits pier at Port Ella");
        let here =
            r#"{"@type": "Article", "headline": "What we know", "url": "http://www.harbourpost.example/ferry/?a=b"}"#;
        assert_eq!(article(&[other, here]).unwrap().headline.unwrap(), "What we know");
        assert_eq!(article(&[other]), None);
        assert_eq!(article(&[other, &other.replace("Baker", "Butcher")]), None);
    }

    #[test]
    fn persons_outlets_and_pages_are_no_articles() {
        let block = r#"[{"@type": "Person", "name": "Ferry hits pier at Port Ella"}, {"@type": "JobPosting", "datePosted": "2031-01-01"}]"#;
        assert_eq!(article(&[block]), None);
    }

    #[test]
    fn names_are_followed_by_their_ids() {
        let block = r#"{"@graph": [
            {"@type": "Article", "headline": "Ferry hits pier", "author": [{"@id": "/#anna"}, "Ben Ito"], "publisher": {"@id": "/#post"}},
            {"@type": ["Person", "Thing"], "@id": "/#anna", "name": "Anna Holm"},
            {"@type": "NewsMediaOrganization", "@id": "/#post", "name": "The Harbour Post"}]}"#;
        let article = article(&[block]).unwrap();
        let authors: Vec<&str> = article.authors.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(authors, ["Anna Holm", "Ben Ito"]);
        assert_eq!(article.publisher.as_deref(), Some("The Harbour Post"));
    }

    #[test]
    fn an_id_that_points_to_itself_ends() {
        let block = r##"{"@type": "Article", "@id": "#a", "headline": "Ferry hits pier", "author": {"@id": "#a"}}"##;
        assert_eq!(article(&[block]).unwrap().authors, []);
    }

    #[test]
    fn names_that_ten_thousand_things_point_to_are_read_once() {
        let reference = r##"{"@id": "#n"}"##;
        let name = "\"Anna Holm, of the office at the harbour\"";
        let list = |part: &str| vec![part; MOST_NAMES].join(",");
        let thing = format!(r#"{{"@type": "Article", "author": [{}]}},"#, list(reference));
        let block = format!(r##"[{{"@id": "#n", "name": [{}]}}, {}{ARTICLE}]"##, list(name), thing.repeat(10_000));
        let start = std::time::Instant::now();
        article(&[&block]);
        // A hundred times more than it takes.
        assert!(start.elapsed().as_secs() < 10);
    }

    #[test]
    fn what_is_nested_deep_is_not_read_and_breaks_nothing() {
        let deep = format!("{{\"@type\": \"Article\", \"a\": {}", "[".repeat(100_000));
        assert_eq!(article(&[&deep]), None);
        assert!(article(&[&deep, ARTICLE]).is_some());
    }

    #[test]
    fn what_is_no_json_is_nothing() {
        for block in ["", "null", "function() { return 1 }", "\u{0}", "<b>"] {
            assert_eq!(article(&[block]), None, "{block}");
        }
    }
}
