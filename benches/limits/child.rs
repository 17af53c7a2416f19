//! What children do: one kind of work each, on as many threads as `RAYON_NUM_THREADS` says. They say in JSON what it took.

use std::hint::black_box;
use std::time::Instant;

use epitome::bench::memory;
use epitome::render::to_json;
use epitome::stories::{Grouper, GroupingOptions};
use epitome::{Article, Digest};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::news::{self, Day, Story};
use crate::work;

/// Does the work that is named.
pub fn run(work: &[String]) {
    let number = |at: usize| work[at].parse::<usize>().expect("a whole number");
    let said = match work[0].as_str() {
        "stories" => stories(number(1)),
        "crew" => crew(number(1)),
        "spin" => spin(number(1)),
        "cluster" => cluster(number(1)),
        "one-more" => one_more(number(1), number(2)),
        other => panic!("no work is called {other}"),
    };
    println!("{said}");
}

fn usual(stories: usize) -> Vec<Vec<String>> {
    (1..=stories as u64).map(|seed| Story::usual(seed).texts().collect()).collect()
}

/// Starts the threads, so that their start is no part of what is measured.
fn start_threads() {
    assert_eq!((0..1_000_u64).into_par_iter().sum::<u64>(), 499_500);
}

fn quoted(digest: &Digest) -> usize {
    digest.items.iter().map(|item| item.quote.len()).sum()
}

/// One story after the other on one thread: seconds for each.
fn stories(count: usize) -> Value {
    let stories = usual(count);
    let bytes: usize = stories.iter().flatten().map(String::len).sum();
    let summarizer = work::summarizer();
    let (seconds, json_seconds): (Vec<f64>, Vec<f64>) = work::one_thread().install(|| {
        let timed = |story| {
            let begun = Instant::now();
            let digest = work::digest(story, &summarizer);
            let seconds = begun.elapsed().as_secs_f64();
            let json = to_json(&digest);
            let with_json = begun.elapsed().as_secs_f64();
            work::check(&digest);
            assert!(json.len() > quoted(&digest));
            (seconds, with_json)
        };
        stories.into_iter().map(timed).unzip()
    });
    json!({ "bytes": bytes, "seconds": seconds, "with_json": json_seconds })
}

/// All stories side by side.
fn crew(count: usize) -> Value {
    let stories = usual(count);
    let summarizer = work::summarizer();
    start_threads();
    let begun = Instant::now();
    let bytes: usize = stories.into_par_iter().map(|story| quoted(&work::digest(story, &summarizer))).sum();
    let seconds = begun.elapsed().as_secs_f64();
    assert!(bytes > count * 300, "{bytes} bytes quoted of {count} stories");
    json!({ "seconds": seconds })
}

/// Sums side by side that touch no memory: no work can gain more by threads on this machine at this time.
fn spin(pieces: usize) -> Value {
    const ROUNDS: u64 = 1_000_000;
    start_threads();
    let begun = Instant::now();
    let mix = |sum: u64, round: u64| black_box(sum.rotate_left(5) ^ round).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let sum =
        (0..pieces as u64).into_par_iter().map(|piece| (0..ROUNDS).fold(piece, mix)).reduce(|| 0, u64::wrapping_add);
    let seconds = begun.elapsed().as_secs_f64();
    assert_ne!(sum, 0);
    json!({ "seconds": seconds })
}

/// One cluster of so many sentences.
fn cluster(sentences: usize) -> Value {
    let texts: Vec<String> = Story::of_sentences(1, sentences).texts().collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let summarizer = work::summarizer();
    start_threads();
    memory::reset_peak();
    let begun = Instant::now();
    let digest = work::digest(texts, &summarizer);
    let seconds = begun.elapsed().as_secs_f64();
    let peak = memory::peak();
    work::check(&digest);
    json!({ "bytes": bytes, "seconds": seconds, "peak": peak })
}

/// One article after the other into a heap that was grouped: seconds for each of `more`, from the article to its story.
fn one_more(articles: usize, more: usize) -> Value {
    let day = Day::new(1, articles + more);
    let mut grouper = Grouper::new(GroupingOptions::default());
    grouper.add(&news::heap(&day, 0..articles));
    let later = news::heap(&day, articles..articles + more);
    let timed = |article: &Article| {
        let begun = Instant::now();
        grouper.add(std::slice::from_ref(article));
        black_box(grouper.story_of(grouper.len() as u32 - 1));
        begun.elapsed().as_secs_f64()
    };
    let seconds: Vec<f64> = later.iter().map(timed).collect();
    json!({ "seconds": seconds })
}
