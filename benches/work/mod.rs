//! What is measured: the stages one by one, and all of them together.

// Each bench uses a part of it.
#![allow(dead_code)]

use epitome::cite::cite;
use epitome::rank::{Story, rank};
use epitome::read::{Markup, ReadOptions, article};
use epitome::render::{from_json, to_json};
use epitome::segment::{count_words, sentences};
use epitome::select::{Outcome, select};
use epitome::vectorize::vectorize;
use epitome::voices::{Families, Voices};
use epitome::{Digest, Options, Summarizer};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::news;

/// The stages, in the order in which data flows, and the way back from JSON.
pub const STAGES: [&str; 9] =
    ["read", "segment", "vectorize", "voices", "rank", "select", "cite", "to_json", "from_json"];

/// What is done over and over: it says how much it found, so that it can be held against what it should have found.
pub type Work<'w> = &'w (dyn Fn() -> usize + Sync);

/// From text in memory to the digest: blocks, hashes, language, sentences, ranking, choosing, citing.
pub fn digest(texts: Vec<String>, summarizer: &Summarizer) -> Digest {
    let cluster = news::read(texts);
    let mut digest = summarizer.summarize(&cluster);
    // A program reads files, and a digest does not keep their text.
    digest.sources.iter_mut().for_each(|source| source.text = None);
    digest
}

/// The summarizer that all measurements are taken with.
pub fn summarizer() -> Summarizer {
    Summarizer::new(&Options::default()).expect("the default options work")
}

/// Holds a digest of made-up news against what any of them must be: full, and with what is told twice: by several voices, or in
/// copies, which are one voice.
pub fn check(digest: &Digest) {
    let words: usize = digest.items.iter().map(|item| count_words(&item.quote)).sum();
    assert!((70..=100).contains(&words), "a digest of {words} words");
    let is_told_twice = digest.items.iter().any(|item| !item.also_in.is_empty());
    assert!(is_told_twice || digest.voices.len() < digest.sources.len(), "nothing is told twice");
}

/// Prepares the stages for the articles of a story and hands them to `measure`, one after the other.
pub fn each_stage(texts: &[String], mut measure: impl FnMut(&'static str, Work<'_>)) {
    let (options, read_options) = (Options::default(), ReadOptions::default());
    let cluster = news::read(texts.to_vec());
    let found = sentences(&cluster);
    let ranges = 20 * texts.len()..=30 * texts.len();
    assert!(ranges.contains(&(found.len() * news::Story::ARTICLE * texts.len() / news::bytes(&cluster) as usize)));
    let story = Story::new(found);
    let ranking = rank(&story, &options);
    let selection = select(&story, &ranking, &options);
    let digest = cite(&story, &ranking, &selection, &options);
    let json = to_json(&digest);
    assert!(ranking.convergence.converged);
    assert_eq!(selection.outcome, Outcome::Chosen);
    check(&digest);

    let read = |text: &String| article("x", text.clone(), Markup::Plain, &read_options).blocks.len();
    measure("read", &|| texts.iter().map(read).sum());
    measure("segment", &|| sentences(&cluster).len());
    measure("vectorize", &|| vectorize(&story.sentences).0.nonzeros());
    measure("voices", &|| Voices::of(&story.sentences, &story.matrix, &story.phrases, &Families::default()).len());
    measure("rank", &|| rank(&story, &options).convergence.rounds);
    measure("select", &|| select(&story, &ranking, &options).picks.len());
    measure("cite", &|| cite(&story, &ranking, &selection, &options).items.len());
    measure("to_json", &|| to_json(&digest).len());
    measure("from_json", &|| from_json(&json, "bench").map_or(0, |digest| digest.items.len()));
}

/// A thread by itself. What stages do in parallel stays on it, and nobody is woken.
pub fn one_thread() -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had")
}
