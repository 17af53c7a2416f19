//! The blocks of a page in, the numbers that tell main text from the rest out.
//!
//! Each block is described by itself, by the elements that it stands in, by its neighbours, and by its place on the page.
//! The numbers are what the model ([`super::model`]) was trained on: their order and meaning are fixed by [`names`].

use rustc_hash::FxHashMap;

use super::blocks::{Block, Kind, NOWHERE, Page};
use super::hints::{self, HINTS};
use super::measures::{Measures, Said};

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

/// Features of its elements.
const SITES: [&str; 26] = [
    "depth",
    "parent linked",
    "parent words",
    "parent blocks",
    "parent long",
    "parent paragraphs",
    "second linked",
    "second words",
    "second blocks",
    "second long",
    "second paragraphs",
    "third linked",
    "third words",
    "third blocks",
    "third long",
    "third paragraphs",
    "fourth linked",
    "fourth words",
    "fourth long",
    "levels to half",
    "levels to most",
    "siblings alike",
    "cousins alike",
    "share of half",
    "h1 levels",
    "same parent as best",
];

/// Features of its place.
const PLACES: [&str; 20] = [
    "index",
    "share before",
    "words after h1",
    "before h1",
    "long before",
    "long after",
    "to long before",
    "to long after",
    "long before near",
    "long after near",
    "words since heading",
    "heading level above",
    "page words",
    "page blocks",
    "page long",
    "page articles",
    "has article body",
    "below comments",
    "below related",
    "words of block of title",
];

/// Features of each neighbour.
const NEIGHBOUR: [&str; 7] = ["words", "linked", "ends in stop", "heading", "same parent", "common levels", "list"];

/// Which neighbours.
const NEIGHBOURS: [isize; 4] = [-2, -1, 1, 2];

/// How many features a block has.
pub(super) const FEATURES: usize = OWN.len() + HINTS + SITES.len() + PLACES.len() + NEIGHBOUR.len() * NEIGHBOURS.len();

/// The names of the features, in their order.
pub(super) fn names() -> Vec<String> {
    let mut names: Vec<String> = OWN.iter().map(ToString::to_string).collect();
    names.extend(hints::names().map(|hint| format!("above: {hint}")));
    names.extend(SITES.iter().chain(&PLACES).map(ToString::to_string));
    for offset in NEIGHBOURS {
        names.extend(NEIGHBOUR.iter().map(|name| format!("{name} at {offset}")));
    }
    names
}

/// The features of all blocks of a page.
pub(super) struct Features {
    rows: Vec<f32>,
    words: Vec<usize>,
}

impl Features {
    /// Describes each block.
    pub fn of(page: &Page, said: &Said) -> Self {
        let measures: Vec<Measures> = page.blocks.iter().map(|block| Measures::of(page, block)).collect();
        let sites = Sites::of(page, &measures);
        let places = Places::of(page, &measures);
        let copies = copies(page);
        let mut rows = Vec::with_capacity(page.blocks.len() * FEATURES);
        for (at, block) in page.blocks.iter().enumerate() {
            own(&mut rows, page, block, &measures[at], copies[at], said);
            rows.extend(page.elements[block.element].above.iter().map(|steps| f32::from(*steps)));
            sites.describe(&mut rows, page, block);
            places.describe(&mut rows, at, said);
            for offset in NEIGHBOURS {
                neighbour(&mut rows, page, &measures, at, offset);
            }
        }
        Self { rows, words: measures.iter().map(|measures| measures.words).collect() }
    }

    /// How many words each block has.
    pub fn words(&self) -> &[usize] {
        &self.words
    }

    /// The features of a block.
    pub fn row(&self, block: usize) -> &[f32] {
        &self.rows[block * FEATURES..(block + 1) * FEATURES]
    }
}

/// Whether a block is a paragraph to read.
pub(super) fn is_long(block: &Block, measures: &Measures) -> bool {
    measures.words >= LONG
        && linked(block) < MOST_LINKED
        && measures.stops > 0
        && !matches!(block.kind, Kind::Heading(_) | Kind::Caption | Kind::Code)
}

fn linked(block: &Block) -> f32 {
    block.linked as f32 / block.text.len() as f32
}

fn flag(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

fn log(count: usize) -> f32 {
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

fn own(rows: &mut Vec<f32>, page: &Page, block: &Block, measures: &Measures, copies: usize, said: &Said) {
    let words = measures.words.max(1) as f32;
    let text = page.text_of(block);
    let level = if let Kind::Heading(level) = block.kind { level } else { 0 };
    let is = |kind: Kind| flag(block.kind == kind);
    rows.extend([
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
    rows.extend(measures.cues.map(flag));
}

fn neighbour(rows: &mut Vec<f32>, page: &Page, measures: &[Measures], at: usize, offset: isize) {
    let Some((near, other)) = at.checked_add_signed(offset).and_then(|near| Some((near, page.blocks.get(near)?)))
    else {
        rows.extend([-1.0; NEIGHBOUR.len()]);
        return;
    };
    let block = &page.blocks[at];
    let (of_block, of_other) = (&page.elements[block.element], &page.elements[other.element]);
    rows.extend([
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

/// What stands in each element of a page, all in all.
#[derive(Clone, Copy, Default)]
struct Sum {
    bytes: usize,
    linked: usize,
    words: usize,
    blocks: usize,
    paragraphs: usize,
    /// Words of long paragraphs.
    long: usize,
    headings1: usize,
}

struct Sites {
    sums: Vec<Sum>,
    /// How many children of its parent look like it.
    alike: Vec<usize>,
    all: Sum,
    /// The element whose own paragraphs have the most words.
    best: usize,
    /// How many levels each element stands below the innermost one with half, with most of the words of long paragraphs.
    half: Vec<usize>,
    most: Vec<usize>,
    h1: Vec<usize>,
}

impl Sites {
    fn of(page: &Page, measures: &[Measures]) -> Self {
        let count = page.elements.len();
        let mut sums = vec![Sum::default(); count];
        let mut directly = vec![0; count];
        for (block, measures) in page.blocks.iter().zip(measures) {
            let sum = &mut sums[block.element];
            sum.bytes += block.text.len();
            sum.linked += block.linked;
            sum.words += measures.words;
            sum.blocks += 1;
            sum.paragraphs += usize::from(block.kind == Kind::Paragraph);
            sum.headings1 += usize::from(block.kind == Kind::Heading(1));
            if is_long(block, measures) {
                sum.long += measures.words;
                directly[page.elements[block.element].parent] += measures.words;
            }
        }
        for at in (1..count).rev() {
            let own = sums[at];
            let parent = &mut sums[page.elements[at].parent];
            parent.bytes += own.bytes;
            parent.linked += own.linked;
            parent.words += own.words;
            parent.blocks += own.blocks;
            parent.paragraphs += own.paragraphs;
            parent.headings1 += own.headings1;
            parent.long += own.long;
        }
        let all = sums.first().copied().unwrap_or_default();
        let best = (0..count).max_by_key(|at| (directly[*at], std::cmp::Reverse(*at))).unwrap_or(0);
        let levels = |has: &dyn Fn(&Sum) -> bool| {
            let mut levels = vec![0; count];
            for at in 1..count {
                levels[at] = if has(&sums[at]) { 0 } else { levels[page.elements[at].parent] + 1 };
            }
            levels
        };
        Self {
            half: levels(&|sum| sum.long * 2 >= all.long),
            most: levels(&|sum| sum.long * 5 >= all.long * 4),
            h1: levels(&|sum| sum.headings1 > 0),
            alike: alike(page),
            sums,
            all,
            best,
        }
    }

    fn describe(&self, rows: &mut Vec<f32>, page: &Page, block: &Block) {
        rows.push(page.elements[block.element].depth as f32);
        let mut at = block.element;
        for level in 0..4 {
            at = page.elements[at].parent;
            let sum = &self.sums[at];
            rows.extend([sum.linked as f32 / sum.bytes.max(1) as f32, log(sum.words)]);
            if level < 3 {
                rows.push(log(sum.blocks));
            }
            rows.push(sum.long as f32 / self.all.long.max(1) as f32);
            if level < 3 {
                rows.push(sum.paragraphs as f32 / sum.blocks.max(1) as f32);
            }
        }
        let parent = page.elements[block.element].parent;
        rows.extend([
            self.half[block.element] as f32,
            self.most[block.element] as f32,
            log(self.alike[block.element]),
            log(self.alike[parent]),
            self.sums[parent].long as f32 / self.sums[self.best].long.max(1) as f32,
            self.h1[block.element] as f32,
            flag(parent == self.best),
        ]);
    }
}

/// How many children of its parent look like each element: have its name and its hints.
fn alike(page: &Page) -> Vec<usize> {
    let mut counts: FxHashMap<(usize, &(html5ever::LocalName, u128)), usize> = FxHashMap::default();
    for element in &page.elements {
        *counts.entry((element.parent, &element.look)).or_default() += 1;
    }
    page.elements.iter().map(|element| counts[&(element.parent, &element.look)]).collect()
}

/// Where each block stands on the page.
#[derive(Clone, Copy, Default)]
struct Place {
    words_before: usize,
    words_after_h1: Option<usize>,
    long_before: usize,
    to_long_before: usize,
    to_long_after: usize,
    words_since_heading: usize,
    heading_above: u8,
    below_comments: bool,
    below_related: bool,
}

struct Places {
    places: Vec<Place>,
    words: usize,
    long: usize,
    articles: usize,
    has_h1: bool,
}

/// Further than this is far.
const FAR: usize = 50;

impl Places {
    fn of(page: &Page, measures: &[Measures]) -> Self {
        let mut places = Vec::with_capacity(page.blocks.len());
        let mut place = Place { to_long_before: FAR, ..Place::default() };
        let (mut words, mut long) = (0, 0);
        for (block, measures) in page.blocks.iter().zip(measures) {
            if let Kind::Heading(level) = block.kind {
                place.words_since_heading = 0;
                place.heading_above = level;
                place.below_comments |= measures.names_comments;
                place.below_related |= measures.names_related;
                if level == 1 && place.words_after_h1.is_none() {
                    place.words_after_h1 = Some(0);
                }
            }
            place.words_before = words;
            place.long_before = long;
            places.push(place);
            words += measures.words;
            place.words_since_heading += measures.words;
            place.words_after_h1 = place.words_after_h1.map(|after| after + measures.words);
            place.to_long_before = (place.to_long_before + 1).min(FAR);
            if is_long(block, measures) {
                long += measures.words;
                place.to_long_before = 1;
            }
        }
        let mut to_long_after = FAR;
        for (at, place) in places.iter_mut().enumerate().rev() {
            place.to_long_after = to_long_after;
            to_long_after = if is_long(&page.blocks[at], &measures[at]) { 1 } else { (to_long_after + 1).min(FAR) };
        }
        let articles = page.elements.iter().filter(|element| *element.look.0 == *"article").count();
        Self { has_h1: place.words_after_h1.is_some(), places, words, long, articles }
    }

    fn describe(&self, rows: &mut Vec<f32>, at: usize, said: &Said) {
        let place = &self.places[at];
        let (words, long) = (self.words.max(1) as f32, self.long.max(1) as f32);
        let near = |window: &dyn Fn(usize) -> Option<usize>| {
            (1..=10)
                .filter_map(window)
                .filter(|other| self.places.get(*other).is_some_and(|it| it.to_long_before == 1))
                .count()
        };
        rows.extend([
            log(at),
            place.words_before as f32 / words,
            place.words_after_h1.map_or(-1.0, log),
            flag(self.has_h1 && place.words_after_h1.is_none()),
            place.long_before as f32 / long,
            (self.long - place.long_before) as f32 / long,
            place.to_long_before as f32,
            place.to_long_after as f32,
            near(&|step| (at + 1).checked_sub(step)) as f32,
            near(&|step| Some(at + 1 + step)) as f32,
            log(place.words_since_heading),
            f32::from(place.heading_above),
            log(self.words),
            log(self.places.len()),
            self.long as f32 / words,
            self.articles as f32,
            flag(said.has_article_body()),
            flag(place.below_comments),
            flag(place.below_related),
            0.0,
        ]);
    }
}

const _: () = assert!(NOWHERE < u8::MAX);
