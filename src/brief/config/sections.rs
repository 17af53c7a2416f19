//! Tables of sections and sources in, checked ones out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::de::DeValue;

use super::findings::{Findings, Wrong};
use super::load::{Reading, STORIES, budget};
use super::settings::{DEFAULT_WEIGHT, FeedSource, MOST_WEIGHT, Section, Source};
use super::table::{At, Table, Written, text as text_of};
use super::{address, opml};
use crate::language::Language;

/// The sections, in order.
pub(super) fn sections(top: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> Vec<Section> {
    let tables = top.tables("section", reading.found);
    if tables.is_empty() && !top.has("section") {
        let right = "write at least one [[section]] with a name and folders or feeds";
        reading.found.wrong(0, "no section says what is to be read", right);
    }
    let mut feeds = Feeds::default();
    let mut sections: Vec<Section> = Vec::new();
    for mut table in tables {
        let section = section(&mut table, &mut feeds, reading);
        if sections.iter().any(|other| other.name == section.name && !section.name.is_empty()) {
            let at = table.take("name").map_or(table.at, |written| written.span().start);
            let wrong = Wrong::new(format!("there is another section `{}`", section.name), "give each its own name");
            table.wrong("name", at, wrong, reading.found);
        }
        table.finish(reading.found);
        sections.push(section);
    }
    sections
}

fn section(table: &mut Table<'_>, feeds: &mut Feeds, reading: &mut Reading<'_, '_>) -> Section {
    let name = required(table, "name", "write what stands above it: name = \"World\"", reading.found);
    let folders = plain(reading.paths(table, "folders"));
    let mut own = written_feeds(table, reading.found);
    let lists = reading.paths(table, "opml");
    for list in &lists {
        match opml::read(&list.value) {
            Ok(read) => own.extend(read.into_iter().map(|feed| At { value: feed, span: list.span.clone() })),
            Err(errors) => errors.into_iter().for_each(|error| reading.found.elsewhere(list.span.start, error)),
        }
    }
    let has_sources = ["folders", "feeds", "opml"].map(|key| table.take(key));
    if has_sources.iter().flatten().all(|written| written.get_ref().as_array().is_some_and(|list| list.is_empty())) {
        let what = format!("`{}` has nothing to read", table.name);
        reading.found.wrong(
            table.at,
            what,
            "give it folders = [\"articles\"], feeds = [\"https://…\"] or opml = [\"feeds.opml\"]",
        );
    }
    Section {
        feeds: own.into_iter().filter_map(|feed| feeds.first(feed, &name, reading.found)).collect(),
        folders,
        opml: plain(lists),
        stories: table.count_if_any("stories", STORIES, reading.found).map(|stories| stories as usize),
        budget: budget(table, reading.found),
        language: language(table, reading.found),
        about: table.text("about", reading.found).map(|about| about.value),
        name,
    }
}

/// The feeds that are there already, each with the section that it is in.
#[derive(Default)]
struct Feeds(BTreeMap<String, String>);

impl Feeds {
    /// A feed, unless it is there already: an article in two sections would be told twice.
    fn first(&mut self, feed: At<FeedSource>, section: &str, found: &mut Findings<'_>) -> Option<FeedSource> {
        let known = self.0.insert(address::compared(&feed.value.url), section.to_owned());
        let Some(first) = known else { return Some(feed.value) };
        found.warn(feed.span.start, &format!("{} is in section `{first}` already and is read there", feed.value.url));
        self.0.insert(address::compared(&feed.value.url), first);
        None
    }
}

/// What stands in `feeds`: addresses, or tables with more about each.
fn written_feeds(table: &mut Table<'_>, found: &mut Findings<'_>) -> Vec<At<FeedSource>> {
    let Some(written) = table.take("feeds") else { return Vec::new() };
    let elements = match written.get_ref() {
        DeValue::Array(elements) => elements.as_ref(),
        _ => std::slice::from_ref(written),
    };
    let mut feeds = Vec::new();
    for (i, element) in elements.iter().enumerate() {
        let feed = written_feed(table, i, element, found);
        feeds.extend(feed.map(|value| At { value, span: element.span() }));
    }
    feeds
}

fn written_feed<'a>(
    section: &Table<'_>,
    i: usize,
    written: &'a Written<'a>,
    found: &mut Findings<'_>,
) -> Option<FeedSource> {
    let key = section.path(&format!("feeds[{}]", i + 1));
    let at = written.span().start;
    let DeValue::Table(entries) = written.get_ref() else {
        let url = text_of(written).and_then(address::web);
        let url = url.map_err(|wrong| section.wrong("feeds", at, wrong, found)).ok()?;
        found.value(key, toml::Value::from(url.as_str()).to_string(), found.whence(&written.span()));
        return Some(FeedSource { url, name: None, language: None, weight: DEFAULT_WEIGHT });
    };
    let mut table = Table::new(key, at, Some(entries));
    let url = table.parsed("url", found, address::web);
    if !table.has("url") {
        table.missing("url", "write its address: url = \"https://example.org/news.xml\"", found);
    }
    let feed = FeedSource {
        url: url.map_or_else(String::new, |url| url.value),
        name: table.text("name", found).map(|name| name.value),
        language: language(&mut table, found),
        weight: table.weight("weight", MOST_WEIGHT, found).unwrap_or(DEFAULT_WEIGHT),
    };
    table.finish(found);
    Some(feed).filter(|feed| !feed.url.is_empty())
}

/// What is said of outlets.
pub(super) fn sources(top: &mut Table<'_>, found: &mut Findings<'_>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for mut table in top.tables("source", found) {
        let source = Source {
            outlet: required(&mut table, "outlet", "write its name or host: outlet = \"example.org\"", found),
            weight: table.weight("weight", MOST_WEIGHT, found),
            family: table.text("family", found).map(|family| family.value),
            mute: table.flag("mute", found),
        };
        let is_same = |other: &Source| other.outlet.to_lowercase() == source.outlet.to_lowercase();
        if !source.outlet.is_empty() && sources.iter().any(is_same) {
            let at = table.take("outlet").map_or(table.at, |written| written.span().start);
            let wrong = Wrong::new(format!("`{}` has a [[source]] already", source.outlet), "join the two");
            table.wrong("outlet", at, wrong, found);
        }
        if ["weight", "family", "mute"].into_iter().all(|key| !table.has(key)) {
            found.warn(table.at, &format!("`{}` says nothing of its outlet", table.name));
        }
        table.finish(found);
        sources.push(source);
    }
    sources
}

/// The text of a key that has to be there; empty where it is not, or wrong.
pub(super) fn required(table: &mut Table<'_>, key: &'static str, right: &str, found: &mut Findings<'_>) -> String {
    if !table.has(key) {
        table.missing(key, right, found);
    }
    table.text(key, found).map_or_else(String::new, |text| text.value)
}

fn language(table: &mut Table<'_>, found: &mut Findings<'_>) -> Option<Language> {
    let language = table.parsed("language", found, |text| {
        text.parse::<Language>().map_err(|error| Wrong::new(format!("{}: {}", error.place, error.what), error.way_out))
    });
    language.map(|language| language.value)
}

fn plain(paths: Vec<At<PathBuf>>) -> Vec<PathBuf> {
    paths.into_iter().map(|path| path.value).collect()
}
