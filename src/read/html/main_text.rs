//! The blocks of a page in, those of its main text out.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::blocks::Page;
use super::features::{self, Features};
use super::forest::Forest;
use super::said::Said;

/// Says of each block how likely it is main text.
static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(include_str!("main_text.forest"), &features::names()));

/// A block is main text from this score on. In cross-validation by site F1 is much the same from 0.3 to 0.5.
const LEAST_SCORE: f32 = 0.4;

/// Text of so many bytes that stands on a page twice is there for two widths of screens, or as a summary: it is taken once.
const LEAST_REPEATED: usize = 60;

/// The blocks of the main text, by their places.
pub(super) fn of(page: &Page, said: &Said) -> Vec<usize> {
    let features = Features::of(page, said);
    let mut known = FxHashSet::default();
    let is_new = |at: &usize| {
        let text = page.text_of(&page.blocks[*at]);
        text.len() < LEAST_REPEATED || known.insert(text)
    };
    let blocks = 0..page.blocks.len();
    blocks.filter(|at| FOREST.probability(features.row(*at)) >= LEAST_SCORE).filter(is_new).collect()
}
