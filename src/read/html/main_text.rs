//! The blocks of a page in, those of its main text out.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::blocks::Page;
use super::features::{self, Features};
use super::forest::Forest;
use super::neighbourhood::{self, Neighbourhood};
use super::said::Said;

/// Says of each block by itself, its elements and its place how likely it is main text.
static FIRST: LazyLock<Forest> = LazyLock::new(|| Forest::read(include_str!("first.forest"), &features::names()));

/// Says it again of each block when the scores around it are known.
static SECOND: LazyLock<Forest> = LazyLock::new(|| {
    let mut names = features::names();
    names.extend(neighbourhood::NAMES.map(str::to_owned));
    Forest::read(include_str!("second.forest"), &names)
});

/// A block is main text from this score on: where F1 was best in cross-validation, between 0.3 and 0.6 it is much the same.
const LEAST_SCORE: f32 = 0.4;

/// The blocks of the main text, by their places.
pub(super) fn of(page: &Page, said: &Said) -> Vec<usize> {
    let scores = scores(page, said);
    let mut known = FxHashSet::default();
    let is_new = |at: &usize| {
        let text = page.text_of(&page.blocks[*at]);
        text.len() < LEAST_REPEATED || known.insert(text)
    };
    (0..page.blocks.len()).filter(|at| scores[*at] >= LEAST_SCORE).filter(is_new).collect()
}

/// Text of so many bytes that stands on a page twice is there for two widths of screens, or as a summary: it is taken once.
const LEAST_REPEATED: usize = 60;

/// How likely each block is main text.
fn scores(page: &Page, said: &Said) -> Vec<f32> {
    let features = Features::of(page, said);
    let blocks = 0..page.blocks.len();
    let first: Vec<f32> = blocks.clone().map(|at| FIRST.probability(features.row(at))).collect();
    let neighbourhood = Neighbourhood::of(page, features.words(), &first);
    let mut row = Vec::new();
    blocks
        .map(|at| {
            row.clear();
            row.extend_from_slice(features.row(at));
            neighbourhood.describe(at, &mut row);
            SECOND.probability(&row)
        })
        .collect()
}
