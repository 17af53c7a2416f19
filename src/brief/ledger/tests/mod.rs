//! Ledgers in temporary folders, and items and editions to fill them with.

mod archive;
mod articles;
mod deliveries;
mod killed;
mod laws;
mod opening;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;

use super::identity::fingerprint;
use super::{EditionRow, Incoming, Ledger, RevisionId, Stored, ToldRow};

const FEED: &str = "https://example.org/feed";
const OTHER_FEED: &str = "https://example.net/feed";

/// So many minutes after the morning on which everything begins.
fn minute(minutes: i64) -> Timestamp {
    "2031-03-04T05:30:00Z".parse::<Timestamp>().unwrap() + minutes.minutes()
}

/// A folder that is gone after the test, and the path of a ledger in it.
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    (folder, path)
}

fn ledger() -> (TempDir, Ledger) {
    let (folder, path) = place();
    let ledger = Ledger::open(&path).unwrap();
    (folder, ledger)
}

fn item(source: &str, guid: &str, text: &str) -> Incoming {
    Incoming {
        source: source.to_owned(),
        guid: Some(guid.to_owned()),
        url: Some(format!("{source}/{guid}")),
        title: format!("Title of {guid}"),
        section: "Islands".to_owned(),
        publisher: "The Example".to_owned(),
        published: Some("2031-03-04T05:10+00:00".to_owned()),
        sha256: fingerprint(text),
        excerpt: false,
        record: text.to_owned(),
    }
}

fn edition(id: &str, minutes: i64, considered: &[RevisionId], sentences: &[&str]) -> EditionRow {
    let told = |sentence: &&str| ToldRow {
        story: "story-1".to_owned(),
        quote: (*sentence).to_owned(),
        sha256: fingerprint(sentence),
        source: "The Example".to_owned(),
        language: Some("en".to_owned()),
    };
    EditionRow {
        id: id.to_owned(),
        made: minute(minutes),
        window_start: minute(minutes - 1440),
        window_end: minute(minutes),
        zone: "Europe/Berlin".to_owned(),
        title: "Morning briefing".to_owned(),
        sha256: fingerprint(id),
        bundle: format!("bundle of {id}").into_bytes(),
        forms: BTreeMap::from([("html".to_owned(), b"<p>".to_vec()), ("text".to_owned(), b"text".to_vec())]),
        stories: Vec::new(),
        considered: considered.to_vec(),
        told: sentences.iter().map(told).collect(),
    }
}

/// Delivers an edition that considered these, and is done with it.
fn deliver(ledger: &mut Ledger, id: &str, channel: &str, minutes: i64, considered: &[RevisionId], told: &[&str]) {
    ledger.put_edition(&edition(id, minutes, considered, told), &[channel.to_owned()]).unwrap();
    ledger.mark_sending(id, channel, minute(minutes)).unwrap();
    ledger.mark_delivered(id, channel, minute(minutes), "250 queued").unwrap();
}

fn records(stored: &[Stored]) -> Vec<&str> {
    stored.iter().map(|revision| revision.record.as_str()).collect()
}

fn revisions(stored: &[Stored]) -> Vec<RevisionId> {
    stored.iter().map(|revision| revision.revision).collect()
}
