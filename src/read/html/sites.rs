//! The blocks of a page in, what stands in the elements around each out.
//!
//! The main text is where the long paragraphs are: each block is told how much of them stands in the elements around it,
//! and how far it stands from the innermost element that holds half or most of them.

use html5ever::LocalName;
use rustc_hash::FxHashMap;

use super::blocks::{Block, Kind, Page};
use super::features::{flag, is_long, log};
use super::hints::Hints;
use super::measures::Measures;

/// The names of the features, in their order.
pub(super) const NAMES: [&str; 26] = [
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

/// What stands in the elements of a page, and where most of its long paragraphs do.
pub(super) struct Sites {
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
    /// Sums up the elements of a page.
    pub fn of(page: &Page, measures: &[Measures]) -> Self {
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

    /// Adds the features of a block.
    pub fn describe(&self, row: &mut Vec<f32>, page: &Page, block: &Block) {
        row.push(page.elements[block.element].depth as f32);
        let mut at = block.element;
        for level in 0..4 {
            at = page.elements[at].parent;
            let sum = &self.sums[at];
            row.extend([sum.linked as f32 / sum.bytes.max(1) as f32, log(sum.words)]);
            if level < 3 {
                row.push(log(sum.blocks));
            }
            row.push(sum.long as f32 / self.all.long.max(1) as f32);
            if level < 3 {
                row.push(sum.paragraphs as f32 / sum.blocks.max(1) as f32);
            }
        }
        let parent = page.elements[block.element].parent;
        row.extend([
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
    let mut counts: FxHashMap<(usize, &(LocalName, Hints)), usize> = FxHashMap::default();
    for element in &page.elements {
        *counts.entry((element.parent, &element.look)).or_default() += 1;
    }
    page.elements.iter().map(|element| counts[&(element.parent, &element.look)]).collect()
}
