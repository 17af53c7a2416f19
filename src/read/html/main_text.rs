//! The blocks of a page in, those of its main text out.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::blocks::Page;
use super::features::{self, FEATURES, Features};
use super::forest::Forest;
use super::said::Said;

/// Says of each block how likely it is main text.
static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(include_str!("main_text.forest"), &features::names()));

/// A block is main text from this share of the square of what the sure blocks of its page have: where the trees are less
/// sure of all, each block may be less sure. Found in cross-validation by site, where F1 is 0.903 with it, and 0.898 with the
/// same threshold for all pages.
const LEAST_SHARE: f32 = 0.4;

/// A block with this score is sure.
const SURE: f32 = 0.5;

/// Whatever the other blocks have, none is main text below this score.
const LEAST_SCORE: f32 = 0.1;

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
    let mut row = Vec::with_capacity(FEATURES);
    let mut score = |at: usize| {
        features.describe(at, &mut row);
        FOREST.probability(&row)
    };
    let scores: Vec<f32> = blocks.clone().map(&mut score).collect();
    let least = threshold(page, &scores);
    blocks.filter(|at| scores[*at] >= least).filter(is_new).collect()
}

/// The score that makes a block of a page main text.
fn threshold(page: &Page, scores: &[f32]) -> f32 {
    let sure = page.blocks.iter().zip(scores).filter(|(_, score)| **score >= SURE);
    let (bytes, sum) = sure.fold((0.0, 0.0), |(bytes, sum), (block, score)| {
        let own = block.text.len() as f32;
        (bytes + own, sum + own * score)
    });
    let mean = if bytes > 0.0 { sum / bytes } else { 0.0 };
    (LEAST_SHARE * mean * mean).max(LEAST_SCORE)
}
