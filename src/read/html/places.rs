//! The blocks of a page in, where each of them stands among the others out.

use super::blocks::{Kind, Page};
use super::features::{flag, is_long, log};
use super::measures::Measures;
use super::said::Said;

/// The names of the features, in their order.
pub(super) const NAMES: [&str; 15] = [
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
    "page articles",
    "has article body",
    "below comments",
    "below related",
];

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

/// Where the blocks of a page stand.
pub(super) struct Places {
    places: Vec<Place>,
    words: usize,
    long: usize,
    articles: usize,
    has_h1: bool,
}

/// Further than this is far.
const FAR: usize = 50;

impl Places {
    /// Goes through a page.
    pub fn of(page: &Page, measures: &[Measures]) -> Self {
        let mut places = Vec::with_capacity(page.blocks.len());
        let mut place = Place { to_long_before: FAR, ..Place::default() };
        let (mut words, mut long) = (0, 0);
        for (block, measures) in page.blocks.iter().zip(measures) {
            if let Kind::Heading(level) = block.kind {
                place.words_since_heading = 0;
                place.heading_above = level;
                place.below_comments |= measures.cues.names_comments();
                place.below_related |= measures.cues.names_related();
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

    /// Adds the features of a block.
    pub fn describe(&self, row: &mut Vec<f32>, at: usize, said: &Said) {
        let place = &self.places[at];
        let (words, long) = (self.words.max(1) as f32, self.long.max(1) as f32);
        let near = |window: &dyn Fn(usize) -> Option<usize>| {
            (1..=10)
                .filter_map(window)
                .filter(|other| self.places.get(*other).is_some_and(|it| it.to_long_before == 1))
                .count()
        };
        row.extend([
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
            self.articles as f32,
            flag(said.has_article_body()),
            flag(place.below_comments),
            flag(place.below_related),
        ]);
    }
}
