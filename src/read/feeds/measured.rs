//! How much of real and broken feeds is read right: counts against what a well-known reader of feeds made of them.
//!
//! The feeds are not part of this repository; where they are not there, nothing is measured and the test says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use super::entries;
use super::text::{Form, line};
use crate::model::Limits;

/// The kinds that are read, as the manifest calls them.
const SUPPORTED: &[&str] = &[
    "rss", "rss090", "rss091n", "rss091u", "rss092", "rss093", "rss094", "rss10", "rss20", "atom", "atom03", "atom10",
];

/// The share of feeds that have the right number of entries: all of them, when this was written.
const LEAST_ENTRIES: f64 = 0.995;

/// The share of titles of first entries that are right: 267 of 270, when this was written. The others are titles of pictures
/// within an entry, and a script in a title.
const LEAST_TITLES: f64 = 0.98;

/// Right and all.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn count(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.all += 1;
    }

    fn share(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// The folder with the feeds and their manifest, unpacked.
fn feeds() -> Option<tempfile::TempDir> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/feeds.tar.gz");
    let folder = tempfile::tempdir().ok()?;
    let unpacked = packed.exists()
        && Command::new("tar")
            .arg("-xzf")
            .arg(&packed)
            .arg("-C")
            .arg(folder.path())
            .status()
            .is_ok_and(|s| s.success());
    unpacked.then_some(folder)
}

/// A title without markup and white space, to be compared. Some readers leave references or tags in it that others
/// resolve: all go.
fn bare(title: &str) -> String {
    let mut rest = line(&line(title, Form::Html), Form::Html);
    while let Some((start, end)) = rest.find('<').and_then(|start| Some((start, start + rest[start..].find('>')?))) {
        rest.replace_range(start..=end, "");
    }
    rest.split_whitespace().collect()
}

#[test]
fn nearly_all_feeds_are_read_as_a_well_known_reader_reads_them() {
    let Some(folder) = feeds() else {
        eprintln!("skipped: no feeds to measure with");
        return;
    };
    let manifest = fs::read_to_string(folder.path().join("manifest.jsonl")).unwrap();
    let mut numbers: BTreeMap<String, Score> = BTreeMap::new();
    let (mut count, mut titles) = (Score::default(), Score::default());
    let mut files = 0;
    let begun = Instant::now();
    for row in manifest.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let path: PathBuf = folder.path().join(row["path"].as_str().unwrap());
        let read = entries(&fs::read(&path).unwrap(), &Limits::default());
        files += 1;
        let kind = row["kind"].as_str().unwrap_or_default();
        if row["bozo"] != Value::Bool(false) || !SUPPORTED.contains(&kind) {
            continue;
        }
        let feed = read.unwrap_or_default();
        let is_right = Some(feed.entries.len() as u64) == row["entries"].as_u64();
        numbers.entry(kind.to_owned()).or_default().count(is_right);
        count.count(is_right);
        if !is_right {
            eprintln!("{}: {} entries, not {}", row["path"], feed.entries.len(), row["entries"]);
        }
        let first = feed.entries.first().and_then(|entry| entry.title.clone());
        let expected = row["first_entry"]["title"].as_str();
        let (found, expected) = (bare(&first.unwrap_or_default()), bare(expected.unwrap_or_default()));
        if found.is_empty() && expected.is_empty() {
            continue;
        }
        titles.count(found == expected);
        if found != expected {
            eprintln!("{}: title {found:?}, not {expected:?}", row["path"]);
        }
    }
    eprintln!(
        "{files} feeds in {:?}: entries {count:?}, titles {titles:?}, entries by kind {numbers:#?}",
        begun.elapsed()
    );
    assert!(count.share() >= LEAST_ENTRIES, "entries of {count:?} feeds");
    assert!(titles.share() >= LEAST_TITLES, "{titles:?}");
}
