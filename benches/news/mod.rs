//! Made-up news of any size: articles of about 2 kB on one story, seeded, so that every run has the same bytes.
//!
//! Words are syllables strung together, frequent ones short and rare ones long, drawn by Zipf's law. A story has facts;
//! each article tells some of them, with a word changed here and there, and adds sentences of its own.

#![allow(dead_code)]

use epitome::Cluster;
use epitome::model::Article;
use epitome::read::{Markup, ReadOptions, Reading, article};

/// Sentences in an article: with some 18 words of 6 bytes each, that makes 2 kB.
const SENTENCES: usize = 16;

/// Facts in a story.
const FACTS: usize = 200;

/// A xorshift generator (Marsaglia, 2003): no dependency, the same numbers everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("less than a usize")
    }

    /// A rank by Zipf's law: rank r with a probability of about 1/r.
    fn rank(&mut self, ranks: usize) -> usize {
        let uniform = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ((ranks as f64 + 1.0).powf(uniform) - 1.0) as usize
    }
}

const FUNCTION_WORDS: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "on", "for", "with", "was", "by", "at", "that", "which", "their", "from",
    "have", "been", "after", "would", "there", "when", "more", "other",
];
const SYLLABLES: [&str; 24] = [
    "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "du", "pan", "gor", "mel", "sir", "ton", "lak", "bre", "cho",
    "fi", "gra", "hem", "jun", "kol", "wes",
];

/// The word of a rank: the rarer, the more syllables.
fn word(rank: usize) -> String {
    let mut left = rank + 30;
    let mut word = String::new();
    while left > 0 {
        word.push_str(SYLLABLES[left % SYLLABLES.len()]);
        left /= SYLLABLES.len();
    }
    word
}

/// A sentence of 8 to 27 words without its capital and its full stop.
fn words(random: &mut Random, vocabulary: usize) -> Vec<String> {
    let length = 8 + random.below(20);
    (1..=length)
        .map(|place| match random.below(5) {
            0 | 1 if place < length => FUNCTION_WORDS[random.below(FUNCTION_WORDS.len())].to_owned(),
            _ => word(random.rank(vocabulary)),
        })
        .collect()
}

fn sentence(words: &[String]) -> String {
    let mut sentence = format!("Minister {} said ", word(words.len() * 7));
    sentence.push_str(&words.join(" "));
    sentence.push('.');
    sentence
}

/// The texts of `articles` articles on one story.
pub fn texts(articles: usize, seed: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    // Heaps' law: the vocabulary grows with about the square root of the text.
    let vocabulary = 2_000 + 300 * (articles as f64).sqrt() as usize;
    let facts: Vec<Vec<String>> = (0..FACTS).map(|_| words(&mut random, vocabulary)).collect();
    (0..articles)
        .map(|_| {
            let mut text = String::with_capacity(2_200);
            for position in 0..SENTENCES {
                // Half of an article tells what others tell, the story's main facts more often.
                let mut told =
                    if position % 2 == 0 { facts[random.rank(FACTS)].clone() } else { words(&mut random, vocabulary) };
                let edited = random.below(told.len());
                told[edited] = word(random.rank(vocabulary));
                text.push_str(&sentence(&told));
                text.push_str(if position % 4 == 3 { "\n\n" } else { " " });
            }
            text
        })
        .collect()
}

/// The same as a cluster, read from memory in English.
pub fn cluster(articles: usize, seed: u64) -> Cluster {
    let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
    let read = |(index, text): (usize, String)| article(format!("{index:06}.txt"), text, Markup::Plain, &options);
    let articles: Vec<Article> = texts(articles, seed).into_iter().enumerate().map(read).collect();
    Reading::of(articles, Vec::new()).into_cluster()
}

/// How many bytes of text a cluster has.
pub fn bytes(cluster: &Cluster) -> u64 {
    cluster.articles.iter().map(|article| article.text.len() as u64).sum()
}
