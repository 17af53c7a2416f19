//! Where a random reader starts anew.

use std::ops::Range;

use ndarray::Array1;

use super::{Agreement, Story};
use crate::model::TextRankOptions;

/// An article that shares nothing with the others keeps this share of the weight of the one that shares most: it may
/// be the only one that reports a side of the story.
const LEAST_RELEVANCE: f64 = 0.05;

/// The teleport vector: not negative, 1 in sum, length: sentences.
///
/// A sentence at position p of article a has the weight `relevance(a) · (1 + lead_weight · exp(−p / lead_decay))`: news is
/// written with the most important first. [`relevance`] has an entry for each article.
pub fn teleport(story: &Story<'_>, relevance: &[f64], options: &TextRankOptions) -> Array1<f64> {
    let places = story.sentences.ids().map(|id| {
        let sentence = story.sentences.get(id);
        (relevance[sentence.article.index()], sentence.position as usize)
    });
    let longest = story.sentences.ranges().iter().map(Range::len).max().unwrap_or(0);
    teleport_to(places, longest, options)
}

/// The same for rows of which each has a relevance and a position, in articles of `longest` sentences at most.
pub(super) fn teleport_to(
    places: impl Iterator<Item = (f64, usize)>,
    longest: usize,
    options: &TextRankOptions,
) -> Array1<f64> {
    let leads = decay(longest, options.lead_decay);
    let start: Array1<f64> =
        places.map(|(relevance, position)| relevance * (1.0 + options.lead_weight * leads[position])).collect();
    let total = start.sum();
    if total > 0.0 { start / total } else { start }
}

/// `exp(−p / scale)` for every position p of an article of `longest` sentences; zeros for a scale of zero.
pub(super) fn decay(longest: usize, scale: f64) -> Vec<f64> {
    // Of `exp(−745.2)` and less nothing is left in 64 bits.
    const NOTHING_LEFT: f64 = 746.0;
    let some = longest.min((NOTHING_LEFT * scale).ceil() as usize);
    let mut values: Vec<f64> = (0..some).map(|position| libm::exp(-(position as f64) / scale)).collect();
    values.resize(longest, 0.0);
    values
}

/// For each article the cosine of its rows' sum with the sum of all other articles' rows, scaled so that the largest
/// is 1, and at least .05: an article is relevant as far as it points where the others point.
pub fn relevance(story: &Story<'_>, graph: &Agreement<'_>) -> Vec<f64> {
    relevance_of(story.sentences.ranges(), graph)
}

/// The same for groups of rows: articles, or voices.
pub(super) fn relevance_of(groups: &[Range<usize>], graph: &Agreement<'_>) -> Vec<f64> {
    let with_rows = || groups.iter().enumerate().filter(|(_, rows)| !rows.is_empty()).map(|(group, _)| group);
    if with_rows().take(2).count() < 2 {
        return vec![1.0; groups.len()];
    }
    let mut cosines = vec![0.0; groups.len()];
    for (group, (_, cosine)) in with_rows().zip(graph.cosines()) {
        cosines[group] = cosine;
    }
    let largest = cosines.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return vec![1.0; groups.len()];
    }
    cosines.iter().map(|cosine| (cosine / largest).max(LEAST_RELEVANCE)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cluster;
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    #[test]
    fn an_article_about_something_else_and_a_sentence_far_down_are_visited_less() {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let ferry = "The ferry hit the harbour pier on Tuesday. The harbour pier was closed after the ferry hit.";
        let roof = "The council voted money for new school roofs. Teachers had asked for roofs since last winter.";
        let articles =
            [ferry, ferry, roof].iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        let cluster = Cluster { articles, ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let graph = Agreement::between(story.sentences.ranges(), &story.matrix);
        let start = teleport(&story, &relevance(&story, &graph), &TextRankOptions::default());
        assert!((start.sum() - 1.0).abs() < 1e-12);
        assert!(start[0] > start[1], "{start}");
        assert!(start[4] < 0.2 * start[0], "{start}");
    }
}
