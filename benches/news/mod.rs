//! Made-up news of any size, for measuring speed: seeded, so that every run on every machine has the same bytes.
//!
//! A [`Story`] has ten articles a day. An agency reports first and three outlets copy its report, with a word changed here
//! and there and a sentence left out; the others tell some of the same facts in words of their own, the main facts more often,
//! and add what nobody else has. The pages look like pages: menu, headline, byline, date, caption with credit, dateline,
//! quotations, names in full and then by the surname, sentences that lean on the one before, numbers, abbreviations,
//! links and a newsletter. So nothing that reading has to look for is missing.
//!
//! A [`Day`] mixes the articles of thousands of stories, for grouping them.
//!
//! [`words`] are invented, their number grows by Heaps' law and their frequency falls by Zipf's; only the function
//! words, about two fifths of the text, are English. No state is kept from one article to the next: any of them can be
//! written by itself, and a story of any length, or a day of any number of articles, takes hardly any memory.
//!
//! | module | |
//! |---|---|
//! | [`dice`] | a seed in, choices out |
//! | [`words`] | a rank in, a word out |
//! | [`people`] | people, places, outlets and agencies |
//! | [`sentence`] | a fact in, a sentence out, as a reporter tells it |
//! | [`page`] | an article in, its page out |
//! | [`story`] | a story in, its articles out |
//! | [`series`] | a series in, its issues out |
//! | [`day`] | a day in, the articles of all its stories out, mixed |

// Each bench uses a part of it.
#![allow(dead_code)]

pub mod day;
mod dice;
mod page;
mod people;
mod sentence;
mod series;
mod story;
mod words;

use std::ops::Range;

use epitome::Cluster;
use epitome::read::{Line, Markup, ReadOptions, Reading, article_of_line, articles};
use rayon::prelude::*;

pub use day::Day;
pub use story::Story;

/// A short article, in bytes.
pub const SHORT_ARTICLE: usize = 2_000;

/// The texts of a story in short articles.
pub fn texts(articles: usize, seed: u64) -> Vec<String> {
    Story { seed, articles, bytes: SHORT_ARTICLE }.texts().collect()
}

/// The same as a cluster.
pub fn cluster(articles: usize, seed: u64) -> Cluster {
    read(texts(articles, seed))
}

/// Reads texts in memory as the articles of one story.
pub fn read(texts: impl IntoIterator<Item = String>) -> Cluster {
    let named = texts.into_iter().enumerate().map(|(index, text)| (format!("{index:06}.txt"), text)).collect();
    let articles = articles(named, Markup::Plain, &ReadOptions::default());
    Reading::of(articles, Vec::new()).into_cluster()
}

/// Reads some articles of a day, as a line of JSON each.
pub fn heap(day: &Day, numbers: Range<usize>) -> Vec<epitome::Article> {
    let line = |number| Line::of("day.jsonl", number + 1, day.article(number).to_json().to_string());
    let read = |number| article_of_line(&line(number), &ReadOptions::default()).expect("a day has articles");
    numbers.into_par_iter().map(read).collect()
}

/// How many bytes of text a cluster has.
pub fn bytes(cluster: &Cluster) -> u64 {
    cluster.articles.iter().map(|article| article.text.len() as u64).sum()
}
