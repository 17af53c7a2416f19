//! First scores of the blocks of a page in, what they say of each block's neighbours and elements out.
//!
//! Main text stands together: a short line between two paragraphs of the text is a part of it, the same line in a box
//! beside it is not. The second pass sees, beside the features of a block, how the first one scored what is around it.

use super::blocks::Page;

/// A block counts by its words, up to so many, and one more.
const MOST_WORDS: usize = 100;

/// A block with this score and so many words is surely main text.
const SURE: f32 = 0.7;
const SURE_WORDS: usize = 10;

/// Further than this is far.
const FAR: usize = 50;

/// The names of the features, in their order.
pub(super) const NAMES: [&str; 20] = [
    "score",
    "score at -2",
    "score at -1",
    "score at 1",
    "score at 2",
    "score within 3",
    "score within 7",
    "score within 15",
    "score before",
    "score after",
    "parent score",
    "second score",
    "third score",
    "share of second",
    "share of third",
    "levels to half of score",
    "levels to most of score",
    "score of best",
    "to sure before",
    "to sure after",
];

/// Windows around a block, in blocks to either side.
const WINDOWS: [usize; 3] = [3, 7, 15];

/// What the scores say around the blocks of a page.
pub(super) struct Neighbourhood<'a> {
    page: &'a Page,
    scores: &'a [f32],
    /// How much each block counts, and that times its score.
    weights: Vec<f32>,
    masses: Vec<f32>,
    /// Sums of the weights and masses of all earlier blocks.
    weights_before: Vec<f32>,
    masses_before: Vec<f32>,
    /// Sums of the weights and masses of all blocks in each element.
    element_weights: Vec<f32>,
    element_masses: Vec<f32>,
    to_half: Vec<f32>,
    to_most: Vec<f32>,
    density_of_best: f32,
    sure_before: Vec<usize>,
    sure_after: Vec<usize>,
}

impl<'a> Neighbourhood<'a> {
    /// Looks at the scores of a page, whose blocks have so many words.
    pub fn of(page: &'a Page, words: &[usize], scores: &'a [f32]) -> Self {
        let weights: Vec<f32> = words.iter().map(|words| (*words).min(MOST_WORDS) as f32 + 1.0).collect();
        let masses: Vec<f32> = weights.iter().zip(scores).map(|(weight, score)| weight * score).collect();
        let (mut element_weights, mut element_masses) =
            (vec![0.0; page.elements.len()], vec![0.0; page.elements.len()]);
        for (at, block) in page.blocks.iter().enumerate() {
            element_weights[block.element] += weights[at];
            element_masses[block.element] += masses[at];
        }
        for at in (1..page.elements.len()).rev() {
            let parent = page.elements[at].parent;
            element_weights[parent] += element_weights[at];
            element_masses[parent] += element_masses[at];
        }
        let masses_before = sums(&masses);
        let total = masses_before[masses.len()];
        let levels = |share: f32| {
            let mut levels: Vec<f32> = vec![0.0; page.elements.len()];
            for at in 1..levels.len() {
                levels[at] =
                    if element_masses[at] >= share * total { 0.0 } else { levels[page.elements[at].parent] + 1.0 };
            }
            levels
        };
        let (to_half, to_most) = (levels(0.5), levels(0.8));
        let best = (0..page.elements.len()).rev().find(|at| element_masses[*at] >= 0.8 * total).unwrap_or(0);
        let density_of_best = element_masses.get(best).map_or(0.0, |mass| mass / element_weights[best].max(1.0));
        let is_sure = |at: usize| scores[at] >= SURE && words[at] >= SURE_WORDS;
        let sure_before = distances(0..scores.len(), is_sure);
        let mut sure_after = distances((0..scores.len()).rev(), is_sure);
        sure_after.reverse();
        Self {
            page,
            scores,
            weights_before: sums(&weights),
            masses_before,
            weights,
            masses,
            element_weights,
            element_masses,
            to_half,
            to_most,
            density_of_best,
            sure_before,
            sure_after,
        }
    }

    /// Adds the features of a block.
    pub fn describe(&self, at: usize, row: &mut Vec<f32>) {
        row.push(self.scores[at]);
        let score = |near: Option<usize>| near.and_then(|near| self.scores.get(near)).copied().unwrap_or(-1.0);
        row.extend([score(at.checked_sub(2)), score(at.checked_sub(1)), score(Some(at + 1)), score(Some(at + 2))]);
        row.extend(WINDOWS.map(|window| self.within(at, window)));
        let total = self.masses_before[self.masses.len()].max(f32::MIN_POSITIVE);
        row.push(self.masses_before[at] / total);
        row.push((total - self.masses_before[at + 1]) / total);
        let element = self.page.blocks[at].element;
        let parent = self.page.elements[element].parent;
        let second = self.page.elements[parent].parent;
        let third = self.page.elements[second].parent;
        row.extend([parent, second, third].map(|element| {
            (self.element_masses[element] - self.masses[at])
                / (self.element_weights[element] - self.weights[at]).max(1.0)
        }));
        row.extend([second, third].map(|element| self.element_masses[element] / total));
        row.extend([self.to_half[element], self.to_most[element], self.density_of_best]);
        row.extend([self.sure_before[at] as f32, self.sure_after[at] as f32]);
    }

    /// The mean score of the blocks to either side.
    fn within(&self, at: usize, window: usize) -> f32 {
        let (first, end) = (at.saturating_sub(window), (at + window + 1).min(self.scores.len()));
        let mass = self.masses_before[end] - self.masses_before[first] - self.masses[at];
        let weight = self.weights_before[end] - self.weights_before[first] - self.weights[at];
        mass / weight.max(1.0)
    }
}

/// The sum of all earlier values, for each and for the end.
fn sums(values: &[f32]) -> Vec<f32> {
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    sums.extend(values.iter().map(|value| {
        sum += value;
        sum
    }));
    sums
}

/// How far back, on the way, the last block lies that is sure.
fn distances(way: impl Iterator<Item = usize>, is_sure: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut distance = FAR;
    way.map(|at| {
        let own = distance;
        distance = if is_sure(at) { 1 } else { (distance + 1).min(FAR) };
        own
    })
    .collect()
}
