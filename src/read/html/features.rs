//! The blocks of a page in, the numbers that tell main text from the rest out.
//!
//! Each block is described by itself, by the elements that it stands in, by its neighbours, and by its place on the page.
//! The numbers are what the model ([`super::forest`]) was trained on: their order and meaning are fixed by [`names`].

use rustc_hash::FxHashMap;

use super::blocks::{Block, Kind, Page};
use super::hints::{self, HINTS};
use super::measures::Measures;
use super::places::{self, Places};
use super::said::Said;
use super::sites::{self, Sites};

/// A paragraph of so many words or more is long: hardly any of a menu, a list of links or a form is.
const LONG: usize = 15;

/// A block with more of its text in links than this is no text to read.
const MOST_LINKED: f32 = 0.4;

/// Features of a block by itself.
const OWN: [&str; 35] = [
    "words",
    "bytes a word",
    "linked",
    "links",
    "bold",
    "stops",
    "commas",
    "ends in stop",
    "ends in colon",
    "begins small",
    "begins with digit",
    "capitalised",
    "all capitals",
    "digits",
    "marks",
    "quotes",
    "paragraph",
    "heading",
    "heading level",
    "item",
    "cell",
    "quote",
    "caption",
    "code or term",
    "loose",
    "broken",
    "times on page",
    "is title",
    "is description",
    "in article body",
    "share words",
    "more words",
    "legal words",
    "author words",
    "date words",
];

/// Features of each neighbour.
const NEIGHBOUR: [&str; 7] = ["words", "linked", "ends in stop", "heading", "same parent", "common levels", "list"];

/// Which neighbours.
const NEIGHBOURS: [isize; 4] = [-2, -1, 1, 2];

/// How many features a block has.
pub(super) const FEATURES: usize =
    OWN.len() + HINTS + sites::NAMES.len() + places::NAMES.len() + NEIGHBOUR.len() * NEIGHBOURS.len();

/// The names of the features, in their order.
pub(super) fn names() -> Vec<String> {
    let mut names: Vec<String> = OWN.iter().map(ToString::to_string).collect();
    names.extend(hints::names().map(|hint| format!("above: {hint}")));
    names.extend(sites::NAMES.iter().chain(&places::NAMES).map(ToString::to_string));
    for offset in NEIGHBOURS {
        names.extend(NEIGHBOUR.iter().map(|name| format!("{name} at {offset}")));
    }
    names
}

/// What the features of the blocks of a page are made of.
pub(super) struct Features<'a> {
    page: &'a Page,
    said: &'a Said,
    measures: Vec<Measures>,
    sites: Sites,
    places: Places,
    copies: Vec<usize>,
}

impl<'a> Features<'a> {
    /// Looks at a page as a whole.
    pub fn of(page: &'a Page, said: &'a Said) -> Self {
        let measures: Vec<Measures> = page.blocks.iter().map(|block| Measures::of(page, block)).collect();
        let sites = Sites::of(page, &measures);
        let places = Places::of(page, &measures);
        Self { page, said, measures, sites, places, copies: copies(page) }
    }

    /// Describes a block in a row, in the place of what the row had: a row for each block at once would be several hundred
    /// times as long as the shortest block.
    pub fn describe(&self, at: usize, row: &mut Vec<f32>) {
        let block = &self.page.blocks[at];
        row.clear();
        own(row, self.page, block, &self.measures[at], self.copies[at], self.said);
        row.extend(self.page.elements[block.element].above.iter().map(|steps| f32::from(*steps)));
        self.sites.describe(row, self.page, block);
        self.places.describe(row, at, self.said);
        for offset in NEIGHBOURS {
            neighbour(row, self.page, &self.measures, at, offset);
        }
    }
}

/// Whether a block is a paragraph to read.
pub(super) fn is_long(block: &Block, measures: &Measures) -> bool {
    measures.words >= LONG
        && linked(block) < MOST_LINKED
        && measures.stops > 0
        && !matches!(block.kind, Kind::Heading(_) | Kind::Caption | Kind::Code)
}

pub(super) fn linked(block: &Block) -> f32 {
    block.linked as f32 / block.text.len() as f32
}

pub(super) fn flag(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

pub(super) fn log(count: usize) -> f32 {
    libm::log2f(1.0 + count as f32)
}

/// How often the text of each block stands on the page.
fn copies(page: &Page) -> Vec<usize> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for block in &page.blocks {
        *counts.entry(page.text_of(block)).or_default() += 1;
    }
    page.blocks.iter().map(|block| counts[page.text_of(block)]).collect()
}

fn own(row: &mut Vec<f32>, page: &Page, block: &Block, measures: &Measures, copies: usize, said: &Said) {
    let words = measures.words.max(1) as f32;
    let text = page.text_of(block);
    let level = if let Kind::Heading(level) = block.kind { level } else { 0 };
    let is = |kind: Kind| flag(block.kind == kind);
    row.extend([
        log(measures.words),
        block.text.len() as f32 / words,
        linked(block),
        block.links as f32,
        block.bold as f32 / block.text.len() as f32,
        measures.stops as f32,
        measures.commas as f32,
        flag(measures.ends_in_stop),
        flag(measures.ends_in_colon),
        flag(measures.begins_small),
        flag(measures.begins_with_digit),
        measures.capitalised as f32 / words,
        measures.all_capitals as f32 / words,
        measures.digits as f32 / block.text.len() as f32,
        measures.marks as f32,
        measures.quotes as f32,
        is(Kind::Paragraph),
        flag(level > 0),
        f32::from(level),
        is(Kind::Item),
        is(Kind::Cell),
        is(Kind::Quote),
        is(Kind::Caption),
        flag(matches!(block.kind, Kind::Code | Kind::Term)),
        is(Kind::Loose),
        flag(block.broken),
        copies as f32,
        said.likeness_to_title(text, measures),
        said.likeness_to_description(text, measures),
        said.share_in_article_body(text),
    ]);
    row.extend(measures.cues.flags().map(flag));
}

fn neighbour(row: &mut Vec<f32>, page: &Page, measures: &[Measures], at: usize, offset: isize) {
    let Some((near, other)) = at.checked_add_signed(offset).and_then(|near| Some((near, page.blocks.get(near)?)))
    else {
        row.extend([-1.0; NEIGHBOUR.len()]);
        return;
    };
    let block = &page.blocks[at];
    let (of_block, of_other) = (&page.elements[block.element], &page.elements[other.element]);
    row.extend([
        log(measures[near].words),
        linked(other),
        flag(measures[near].ends_in_stop),
        flag(matches!(other.kind, Kind::Heading(_))),
        flag(of_block.parent == of_other.parent),
        levels_up_to_common(page, block.element, other.element),
        flag(other.kind == Kind::Item),
    ]);
}

/// Elements further apart than this are strangers.
const MOST_LEVELS: usize = 12;

/// How many steps an element stands below the nearest that holds another, too.
fn levels_up_to_common(page: &Page, mut one: usize, mut other: usize) -> f32 {
    let mut levels = 0;
    for _ in 0..2 * MOST_LEVELS {
        if one == other {
            return levels as f32;
        }
        if one > other {
            one = page.elements[one].parent;
            levels += 1;
        } else {
            other = page.elements[other].parent;
        }
    }
    MOST_LEVELS as f32
}
