//! Articles in, how similar those are out that can be of one story: plain TF-IDF, to compare with.
//!
//! An article is the bag of the stems of its headline and its text, without stop words; a stem weighs as often as it stands
//! there times its [inverse document frequency](crate::vectorize), and the similarity of two articles is the cosine of
//! these weights (Salton, G. and Buckley, C. (1988). Term-weighting approaches in automatic text retrieval. *Information
//! Processing and Management* 24, 513–523). Two dated articles whose days lie further apart than the window are not
//! similar at all.
//!
//! Pairs without a common term are never looked at. The rest may be quadratically many, so there is a limit.

use jiff::civil::Date;

use super::corpus::StoryArticle;
use crate::date::Moment;
use crate::vectorize::{Vocabulary, idf};

/// So many pairs of articles are compared at most: with 16 bytes each, and thrice that while they are linked, they fit into
/// the memory of a small machine.
const MOST_PAIRS: usize = 20_000_000;

/// Two articles with a term in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The article that comes first.
    pub a: u32,
    /// The other one.
    pub b: u32,
    /// The cosine, in (0, 1].
    pub cosine: f64,
}

/// There are more pairs with a term in common than are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} million pairs of articles with a word in common", MOST_PAIRS / 1_000_000)]
pub struct TooMany;

/// A row of weights, terms rising.
type Row = Vec<(u32, f64)>;

/// The order in which [`likenesses`] takes articles: by day, then by name, the undated ones last. So nothing depends on the
/// order of a corpus.
pub fn order(articles: &[StoryArticle]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let key = |at: &usize| (articles[*at].published.map_or(Day::MAX, day), &articles[*at].id);
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    order
}

/// Every two articles that have a term in common and, if both are dated, lie at most `window` days apart; in the order of
/// the second, then of the first. The articles stand in [`order`].
///
/// # Errors
///
/// [`TooMany`] of them.
pub fn likenesses(articles: &[&StoryArticle], window: u32) -> Result<Vec<Likeness>, TooMany> {
    let (rows, width) = rows(articles);
    let days: Vec<Option<Day>> = articles.iter().map(|article| article.published.map(day)).collect();
    let mut found = Vec::new();
    let mut postings: Vec<Row> = vec![Vec::new(); width];
    let (mut cosines, mut met) = (vec![0.0; articles.len()], Vec::new());
    // The first article that is not too old for the one at hand.
    let mut first = 0;
    for (b, row) in rows.iter().enumerate() {
        first = days[b].map_or(0, |day| {
            let is_too_old = |a: &usize| days[*a].is_some_and(|old| day - old > Day::from(window));
            (first..b).find(|a| !is_too_old(a)).unwrap_or(b)
        });
        for (term, weight) in row {
            let posting = &mut postings[*term as usize];
            let start = posting.partition_point(|(a, _)| (*a as usize) < first);
            for (a, other) in &posting[start..] {
                let cosine = &mut cosines[*a as usize];
                if *cosine == 0.0 {
                    met.push(*a);
                }
                *cosine += weight * other;
            }
            posting.push((b as u32, *weight));
        }
        met.sort_unstable();
        found.extend(met.drain(..).map(|a| Likeness {
            a,
            b: b as u32,
            cosine: std::mem::take(&mut cosines[a as usize]),
        }));
        if found.len() > MOST_PAIRS {
            return Err(TooMany);
        }
    }
    Ok(found)
}

/// A day, counted from some day.
type Day = i64;

fn day(moment: Moment) -> Day {
    const HOURS: i64 = 24;
    moment.date.duration_since(Date::ZERO).as_hours() / HOURS
}

/// TF-IDF rows of length one, or empty, and how many terms there are.
fn rows(articles: &[&StoryArticle]) -> (Vec<Row>, usize) {
    let mut vocabulary = Vocabulary::new();
    let mut terms: Vec<u32> = Vec::new();
    let mut rows: Vec<Row> = Vec::with_capacity(articles.len());
    for article in articles {
        terms.clear();
        for text in [article.title.as_deref().unwrap_or_default(), &article.text] {
            vocabulary.words_of(article.language, text, |word| terms.extend(word.term.map(|term| term.0)));
        }
        terms.sort_unstable();
        let counted = terms.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64));
        rows.push(counted.collect());
    }
    let mut containing = vec![0_usize; vocabulary.terms()];
    rows.iter().flatten().for_each(|(term, _)| containing[*term as usize] += 1);
    let idf: Vec<f64> = containing.iter().map(|count| idf(articles.len(), *count)).collect();
    for row in &mut rows {
        row.iter_mut().for_each(|(term, weight)| *weight *= idf[*term as usize]);
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        row.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    (rows, containing.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: usize, title: &str, text: &str, date: &str) -> StoryArticle {
        StoryArticle {
            id: id.to_string(),
            title: Some(title.to_owned()),
            text: text.to_owned(),
            published: date.parse().ok(),
            language: "en".parse().ok(),
            ..StoryArticle::default()
        }
    }

    /// The likenesses of articles, by their places in the list.
    fn found(articles: &[StoryArticle], window: u32) -> Vec<(usize, usize, f64)> {
        let order = order(articles);
        let in_order: Vec<&StoryArticle> = order.iter().map(|at| &articles[*at]).collect();
        let found = likenesses(&in_order, window).unwrap().into_iter();
        let named = found.map(|Likeness { a, b, cosine }| (order[a as usize], order[b as usize], cosine));
        let mut named: Vec<_> = named.map(|(a, b, cosine)| (a.min(b), a.max(b), cosine)).collect();
        named.sort_unstable_by_key(|(a, b, _)| (*a, *b));
        named
    }

    fn pairs(articles: &[StoryArticle], window: u32) -> Vec<(usize, usize)> {
        found(articles, window).into_iter().map(|(a, b, _)| (a, b)).collect()
    }

    #[test]
    fn the_cosine_is_that_of_stems_times_idf_with_headline_and_text_together() {
        let articles = [
            article(0, "Ferries", "the pier", ""),
            article(1, "Ferry", "of the dams", ""),
            article(2, "Pier pier", "", ""),
        ];
        let found = found(&articles, 3);
        // ferri and pier stand in two of three articles, dam in one.
        let (common, rare) = (idf(3, 2), idf(3, 1));
        let length = |a: f64, b: f64| (a * a + b * b).sqrt();
        let expected = [
            (0, 1, common / length(common, common) * (common / length(common, rare))),
            (0, 2, common / length(common, common)),
        ];
        assert_eq!(found.len(), 2, "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!((found.0, found.1), (expected.0, expected.1));
            assert!((found.2 - expected.2).abs() < 1e-12, "{found:?}, {expected:?}");
        }
    }

    #[test]
    fn dated_articles_see_those_within_the_window_and_undated_ones_see_all() {
        let dates = ["2031-03-02T23:59", "", "2031-02-27", "2031-03-03", ""];
        let articles: Vec<StoryArticle> =
            dates.iter().enumerate().map(|(id, date)| article(id, "Ferry hits pier", "", date)).collect();
        let undated = [(0, 1), (0, 4), (1, 2), (1, 3), (1, 4), (2, 4), (3, 4)];
        let all = |dated: &[(usize, usize)]| {
            let mut all = [dated, &undated].concat();
            all.sort_unstable();
            all
        };
        assert_eq!(pairs(&articles, 3), all(&[(0, 2), (0, 3)]));
        assert_eq!(pairs(&articles, 4), all(&[(0, 2), (0, 3), (2, 3)]));
        assert_eq!(pairs(&articles, 0), all(&[]));
    }

    #[test]
    fn articles_of_stop_words_alone_are_like_none() {
        let articles = [article(0, "It was", "what it was", ""), article(1, "It was", "", ""), article(2, "", "", "")];
        assert_eq!(pairs(&articles, 3), []);
    }
}
