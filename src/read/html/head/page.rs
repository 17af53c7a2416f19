//! The tree of a page in, all that may say something of its article out, in one walk.
//!
//! What stands in the head is kept by its name. Of what the page shows, headings, short lines that have a date or a
//! writer, and elements that are marked as one are kept with their place: how many bytes of shown text stand above.

use rustc_hash::FxHashMap;

use super::marks::{Marks, is_inline, is_never_shown, joins, leads_home, leads_to_writer};
use super::words::single_blanks;
use crate::model::head;
use crate::read::html::tree::{Element, NodeId, Step, Tree};

/// So many names of `<meta>` elements are kept; pages of news have up to 150.
const MOST_METAS: usize = 2000;

/// So many values of one name are kept: authors have one each.
const MOST_VALUES: usize = 16;

/// So many bytes of a value are kept.
const LONGEST_VALUE: usize = 2000;

/// So many headings, lines, dates and writers of each are kept: those of the article stand among the first.
const MOST_KEPT: usize = 1000;

/// So many headings are the page's own, and so many have their text read.
const MOST_HEADINGS: usize = 32;

/// A line of date or byline has fewer bytes; of a longer one the beginning is kept.
const LONGEST_LINE: usize = 240;

/// What a page says of its article, unsorted.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// `<html lang>`.
    pub language: Option<String>,
    /// `<title>`.
    pub title: Option<String>,
    /// `<link rel="canonical">`.
    pub canonical: Option<String>,
    pub metas: Metas,
    /// First-level headings.
    pub headings: Vec<Shown>,
    /// Headings of the second and third level.
    pub subheadings: Vec<Shown>,
    /// Lines that have a year or open like a byline.
    pub lines: Vec<Shown>,
    /// `<time>` elements, and what is marked as a date in microdata.
    pub times: Vec<Time>,
    /// What is marked as a writer.
    pub writers: Vec<Shown>,
}

/// A text that a page shows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub text: String,
    /// The line above it, if that is short.
    pub above: String,
    /// How many bytes of shown text stand above it.
    pub at: usize,
    pub marks: Marks,
}

/// A date that markup gives.
#[derive(Clone, Debug)]
pub(super) struct Time {
    /// For programs.
    pub value: String,
    /// For people; `text` as the page shows it, `above` what stands in front of it in its line, or above.
    pub shown: Shown,
    /// Microdata says what date it is: `datePublished`.
    pub property: String,
}

/// The `<meta>` elements of a page: their values by their names in small letters, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Metas(FxHashMap<String, Vec<String>>);

impl Metas {
    /// All values of a name.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of the first of some names that has one.
    pub fn first<'m>(&'m self, names: &[&str]) -> Option<&'m str> {
        names.iter().find_map(|name| self.all(name).first()).map(String::as_str)
    }

    fn add(&mut self, element: &Element) {
        let names = ["property", "name", "itemprop", "http-equiv"];
        let Some(content) = element.attribute("content").or(element.attribute("value")) else { return };
        let content = single_blanks(head(content, LONGEST_VALUE));
        for name in names.into_iter().filter_map(|name| element.attribute(name)) {
            let name = head(name, LONGEST_VALUE).trim().to_lowercase();
            let is_known = self.0.contains_key(&name);
            if !content.is_empty() && (is_known || self.0.len() < MOST_METAS) {
                let values = self.0.entry(name).or_default();
                if values.len() < MOST_VALUES {
                    values.push(content.clone());
                }
            }
        }
    }
}

impl Page {
    /// Looks through a page.
    pub fn of(tree: &Tree) -> Self {
        let mut walk = Walk { tree, page: Self::default(), around_headings: around_headings(tree), ..Walk::new(tree) };
        for step in tree.walk(NodeId::DOCUMENT) {
            match step {
                Step::Enter(node) => walk.enter(node),
                Step::Leave(node) => walk.leave(node),
            }
        }
        walk.end_line();
        walk.page
    }
}

/// Which nodes the first headings stand in: none of them is aside, whatever it is called.
fn around_headings(tree: &Tree) -> Vec<bool> {
    let mut around = vec![false; tree.len()];
    let headings = tree.elements().filter(|(_, element)| element.name() == "h1").take(MOST_HEADINGS);
    for (heading, _) in headings {
        let mut node = Some(heading);
        while let Some(at) = node.filter(|node| !around[node.index()]) {
            around[at.index()] = true;
            node = tree.parent(at);
        }
    }
    around
}

struct Walk<'t> {
    tree: &'t Tree,
    page: Page,
    around_headings: Vec<bool>,
    /// What is known of the open elements, the innermost last.
    open: Vec<Open>,
    line: String,
    line_marks: Option<Marks>,
    above: String,
    /// How many bytes of text were shown up to the line.
    at: usize,
}

#[derive(Clone, Copy, Default)]
struct Open {
    marks: Marks,
    /// What stands in it is not shown.
    hidden: bool,
    in_article: bool,
}

impl<'t> Walk<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            page: Page::default(),
            around_headings: Vec::new(),
            open: Vec::new(),
            line: String::new(),
            line_marks: None,
            above: String::new(),
            at: 0,
        }
    }

    fn enter(&mut self, node: NodeId) {
        if let Some(text) = self.tree.text(node) {
            return self.text(text);
        }
        let Some(element) = self.tree.element(node) else { return };
        let outer = self.open.last().copied().unwrap_or_default();
        let open = self.opened(node, element, outer);
        if is_inline(element.name()) {
            self.blank();
        } else {
            self.end_line();
        }
        self.open.push(open);
        match element.name() {
            "html" => self.page.language = element.attribute("lang").map(str::to_owned),
            "title" if self.page.title.is_none() => self.page.title = Some(self.text_in(node)),
            "meta" if !open.marks.aside => self.page.metas.add(element),
            "link" if element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.page.canonical = self.page.canonical.take().or(element.attribute("href").map(str::to_owned));
            }
            "h1" if !open.hidden && self.page.headings.len() < MOST_HEADINGS => {
                let heading = self.heading(node, open.marks);
                self.page.headings.push(heading);
            }
            "h2" | "h3" if !open.hidden && self.page.subheadings.len() < MOST_HEADINGS => {
                let heading = self.heading(node, open.marks);
                self.page.subheadings.push(heading);
            }
            _ => {}
        }
        if !open.hidden {
            self.marked(node, element, open.marks);
        }
    }

    fn leave(&mut self, node: NodeId) {
        let Some(element) = self.tree.element(node) else { return };
        if is_inline(element.name()) {
            self.blank();
        } else {
            self.end_line();
        }
        self.open.pop();
    }

    /// What is known of an element from its name, its classes and what it stands in.
    fn opened(&self, node: NodeId, element: &Element, outer: Open) -> Open {
        // Pages that come in pieces have their article in an element that a script shows.
        let is_hidden = is_never_shown(element.name()) || element.attribute("hidden").is_some();
        let hidden = outer.hidden || is_hidden && !self.around_headings[node.index()];
        let in_article = outer.in_article || matches!(element.name(), "article" | "main");
        let (mut marks, is_aside) = Marks::of(element, outer.marks, in_article);
        marks.aside |= is_aside && !self.around_headings[node.index()];
        Open { marks, hidden, in_article }
    }

    fn heading(&self, node: NodeId, marks: Marks) -> Shown {
        let mut inner = self.tree.descendants(node).take(MOST_INNER);
        let leads_home = inner.any(|node| self.tree.element(node).is_some_and(leads_home));
        let marks = Marks { leads_home: marks.leads_home || leads_home, ..marks };
        Shown { text: self.text_in(node), ..self.shown(marks) }
    }

    /// Keeps what an element is marked as.
    fn marked(&mut self, node: NodeId, element: &Element, marks: Marks) {
        let property = element.attribute("itemprop").unwrap_or_default();
        let is_writer = property == "author" || element.attribute("rel").is_some_and(|rel| rel.contains("author"));
        if (is_writer || marks.is_named_after_writers())
            && self.page.writers.len() < MOST_KEPT
            && element.name() != "meta"
        {
            let marks = Marks { is_writer, ..marks };
            let shown = Shown { text: self.writers_in(node), ..self.shown(marks) };
            self.page.writers.push(shown);
        }
        let is_date = property.starts_with("date") || property.contains("ublished");
        let is_time = element.name() == "time";
        if (is_time || is_date) && self.page.times.len() < MOST_KEPT {
            let value = ["datetime", "content", "title"].into_iter().find_map(|name| element.attribute(name));
            let shown = Shown { text: self.text_in(node), ..self.shown(marks) };
            let in_front = single_blanks(&self.line);
            let shown = Shown { above: if in_front.is_empty() { shown.above } else { in_front }, ..shown };
            let pubdate = element.attribute("pubdate").map(|_| "datePublished");
            let property = pubdate.unwrap_or(head(property, LONGEST_LINE)).to_owned();
            let value = head(value.unwrap_or_default(), LONGEST_LINE).to_owned();
            self.page.times.push(Time { value, shown, property });
        }
    }

    fn shown(&self, marks: Marks) -> Shown {
        Shown { text: String::new(), above: self.above.clone(), at: self.at + self.line.len(), marks }
    }

    /// The names of writers in an element: what is marked as a name in it, what its links to writers say, or its first
    /// line.
    fn writers_in(&self, node: NodeId) -> String {
        let elements =
            || self.tree.descendants(node).take(MOST_INNER).filter_map(|node| Some((node, self.tree.element(node)?)));
        if let Some((name, element)) = elements().find(|(_, element)| element.attribute("itemprop") == Some("name")) {
            return element.attribute("content").map_or_else(|| self.text_in(name), single_blanks);
        }
        let mut names: Vec<String> = Vec::new();
        for (link, element) in elements().filter(|(_, element)| leads_to_writer(element)) {
            let name = self.text_in(link);
            let is_new = !name.is_empty() && !names.contains(&name);
            if is_new && element.name() == "a" {
                names.push(name);
            }
        }
        if names.is_empty() { self.text_until(node, |name| !is_inline(name) || name == "br") } else { names.join(", ") }
    }

    /// The beginning of the text in an element, in one line.
    fn text_in(&self, node: NodeId) -> String {
        self.text_until(node, |_| false)
    }

    /// The same, up to where an element begins or ends that parts it.
    fn text_until(&self, node: NodeId, parts: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        for step in self.tree.walk(node).take(2 * MOST_INNER) {
            let (Step::Enter(inner) | Step::Leave(inner)) = step;
            let is_parted = self.tree.element(inner).is_some_and(|element| parts(element.name()));
            if is_parted && !text.trim().is_empty() {
                break;
            }
            if matches!(step, Step::Leave(_)) {
                continue;
            }
            if let Some(part) = self.tree.text(inner) {
                text.push_str(head(part, LONGEST_VALUE));
            } else if self.tree.element(inner).is_some_and(|element| !joins(element.name())) {
                text.push(' ');
            }
            if text.len() > LONGEST_VALUE {
                break;
            }
        }
        single_blanks(&text)
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last().filter(|open| !open.hidden) else { return };
        let text = text.trim_start_matches(|c: char| c.is_whitespace() && self.line.is_empty());
        if text.trim().is_empty() {
            return self.blank();
        }
        // The whole line is judged by what is most particular in it.
        self.line_marks.get_or_insert(open.marks).join(open.marks);
        let rest = (2 * LONGEST_LINE).saturating_sub(self.line.len());
        self.line.push_str(head(text, rest));
        self.at += text.len() - text.len().min(rest);
    }

    fn blank(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn end_line(&mut self) {
        let Some(marks) = self.line_marks.take() else { return self.line.clear() };
        let text = single_blanks(&self.line);
        let place = self.at;
        self.at += self.line.len();
        self.line.clear();
        if self.page.lines.len() < MOST_KEPT && (has_year(&text) || opens_like_a_byline(&text)) {
            let text = head(&text, LONGEST_LINE).to_owned();
            self.page.lines.push(Shown { text, above: self.above.clone(), at: place, marks });
        }
        /// A label above a date is no longer: `Last updated on`.
        const LONGEST_LABEL: usize = 40;
        self.above = if text.len() <= LONGEST_LABEL { text } else { String::new() };
    }
}

/// So many nodes in an element are looked at for its text.
const MOST_INNER: usize = 100;

fn has_year(line: &str) -> bool {
    line.as_bytes()
        .windows(4)
        .any(|four| matches!(four, [b'1', b'9', ..] | [b'2', b'0' | b'1', ..]) && four.iter().all(u8::is_ascii_digit))
}

fn opens_like_a_byline(line: &str) -> bool {
    line.len() <= LONGEST_LINE && super::names::byline_opener(line).is_some()
}
