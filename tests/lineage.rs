//! Sixty small stories of known lineage: which of their articles are one voice.
//!
//! Half of them were written by somebody who had not seen the rules that tell copies, and all before there were rules. A pair of
//! articles is right if both the story and the rules have it in one voice.

use std::collections::BTreeSet;
use std::fs;

use epitome::Options;
use epitome::Summarizer;
use epitome::read::{ReadOptions, Reading, Record};
use serde::Deserialize;

#[derive(Deserialize)]
struct Lineage {
    id: String,
    voices: Vec<Vec<String>>,
    documents: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// Pairs of articles of a story.
type Pairs = BTreeSet<(usize, usize)>;

fn pairs<'v>(voices: impl Iterator<Item = &'v [usize]>) -> Pairs {
    let of_voice = |voice: &[usize]| -> Pairs {
        voice.iter().flat_map(|a| voice.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b).collect()
    };
    voices.flat_map(of_voice).collect()
}

/// The pairs that are one voice, and those that the program finds.
fn judged(line: &str) -> (String, Pairs, Pairs) {
    let lineage: Lineage = serde_json::from_str(line).unwrap();
    let place = |id: &String| lineage.documents.iter().position(|document| document.id == *id).unwrap();
    let gold: Vec<Vec<usize>> = lineage.voices.iter().map(|voice| voice.iter().map(place).collect()).collect();
    let reading: Reading = Record::parse(line.as_bytes()).unwrap().into_reading("story", &ReadOptions::default());
    assert_eq!(reading.articles.len(), lineage.documents.len(), "{}", lineage.id);
    // Articles come in the order of the line.
    let digest = Summarizer::new(&Options::default()).unwrap().summarize(&reading.into_cluster());
    let found: Vec<Vec<usize>> =
        digest.voices.iter().map(|voice| voice.articles.iter().map(|article| article.index()).collect()).collect();
    let gold = pairs(gold.iter().map(Vec::as_slice));
    (lineage.id, gold, pairs(found.iter().map(Vec::as_slice)))
}

/// F1 over the pairs of all stories of some files. What is missed and what is wrong is printed.
fn f1(files: &[&str]) -> f64 {
    let read =
        |file: &&str| fs::read_to_string(format!("{}/tests/lineage/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let text: String = files.iter().map(read).collect();
    let (mut right, mut found, mut there) = (0, 0, 0);
    for (id, gold, given) in text.lines().map(judged) {
        for pair in gold.symmetric_difference(&given) {
            println!("{id}: {pair:?} {}", if gold.contains(pair) { "missed" } else { "wrong" });
        }
        right += gold.intersection(&given).count();
        (found, there) = (found + given.len(), there + gold.len());
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / there as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{files:?}: {right} right of {found} found and {there} there: P {precision:.3} R {recall:.3} F1 {f1:.3}");
    f1
}

#[test]
fn copies_are_told_in_stories_by_somebody_who_had_not_seen_the_rules() {
    let f1 = f1(&["blind.jsonl"]);
    assert!(f1 >= 0.95, "{f1}");
}

#[test]
fn copies_are_told_in_all_sixty_stories() {
    let f1 = f1(&["blind.jsonl", "own.jsonl"]);
    assert!(f1 >= 0.95, "{f1}");
}

#[test]
fn copies_are_told_in_twenty_stories_that_nobody_had_seen_when_the_rules_were_mended() {
    let f1 = f1(&["second.jsonl"]);
    assert!(f1 >= 0.9, "{f1}");
}
