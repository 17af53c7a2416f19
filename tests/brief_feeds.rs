//! Thousands of real and broken feeds, each served once to one run: it ends, and says of each what came of it. The feeds
//! are other people's and do not ship with the project: where they are not there, this check says that it is skipped.
#![cfg(all(feature = "brief", target_os = "linux"))]

#[path = "outside/http.rs"]
mod http;
mod outside;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use http::{Asked, Reply, Server};
use outside::{ended, epitome};
use serde_json::Value;

/// So many hosts have the feeds between them: as many as are asked at a time.
const HOSTS: usize = 16;

/// Of the feeds that another reader found nothing wrong with, the share that is read: all but 12 of 2,413, when this was
/// written. Those are feeds in UTF-32, XML of other kinds, and one that says it is a page.
const LEAST_READ: f64 = 0.99;

/// What can come of a feed that a server gives at once.
const OUTCOMES: [(&str, &str); 3] = [("read", "fetched, "), ("failed", "not a feed, but "), ("failed", "damaged: ")];

/// The files of an archive: blocks of 512 bytes (POSIX ustar), one with name, length and kind before those of each file.
fn files(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    const BLOCK: usize = 512;
    let text = |field: &[u8]| {
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
        String::from_utf8_lossy(&field[..end]).trim().to_owned()
    };
    let mut files = BTreeMap::new();
    let mut rest = archive;
    while let Some((head, after)) = rest.split_at_checked(BLOCK)
        && head[0] != 0
    {
        let length = usize::from_str_radix(&text(&head[124..136]), 8).expect("a length in octal digits");
        if head[156] == b'0' {
            files.insert(text(&head[..100]).trim_start_matches("./").to_owned(), after[..length].to_vec());
        }
        rest = &after[length.next_multiple_of(BLOCK)..];
    }
    files
}

fn feeds() -> Option<BTreeMap<String, Vec<u8>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/feeds.tar.gz");
    if !path.is_file() {
        // Past the test runner, which keeps what a test that passes prints to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not there", path.display());
        return None;
    }
    let mut archive = Vec::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut archive).expect("a whole archive");
    Some(files(&archive))
}

/// What another reader made of the feeds: by path whether it found something wrong, where it says so.
fn manifest(lines: &[u8]) -> BTreeMap<String, Option<bool>> {
    let lines = std::str::from_utf8(lines).expect("a manifest in UTF-8").lines();
    let rows = lines.map(|line| serde_json::from_str::<Value>(line).expect("a row of the manifest"));
    rows.map(|row| (row["path"].as_str().unwrap().to_owned(), row["bozo"].as_bool())).collect()
}

fn configuration(server: &Server, feeds: usize) -> String {
    let address = |feed: usize| format!("{:?}", server.url_at((1 + feed % HOSTS) as u8, &format!("/{feed}")));
    let addresses: Vec<String> = (0..feeds).map(address).collect();
    format!(
        "id = \"feeds\"\ntitle = \"Feeds\"\nzone = \"UTC\"\n[fetch]\ngap = \"0s\"\n[storage]\nstate = \"state\"\n\
         [[channel]]\nname = \"files\"\nto = \"folder\"\npath = \"editions\"\nforms = [\"json\"]\n\
         [[section]]\nname = \"All\"\nfeeds = [\n{}\n]\n",
        addresses.join(",\n")
    )
}

#[test]
fn each_feed_has_an_outcome_and_those_that_are_whole_are_read() {
    let Some(mut files) = feeds() else { return };
    let manifest = manifest(&files.remove("manifest.jsonl").expect("a manifest"));
    let (paths, bodies): (Vec<String>, Vec<Vec<u8>>) = files.into_iter().unzip();
    assert_eq!((paths.len(), manifest.len()), (2_728, 2_728));
    let bodies = Arc::new(bodies);
    let server = Server::start(move |asked: &Asked| {
        let number: usize = asked.path[1..].parse().expect("the number of a feed");
        Reply::ok(bodies[number].clone()).header("Content-Type", "application/xml")
    });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("briefing.toml"), configuration(&server, paths.len())).unwrap();

    let run = epitome(folder.path(), &["brief", "run"]);

    // Some are no feeds.
    ended(&run, 3);
    assert_eq!(server.asked().len(), paths.len(), "each is asked for once");
    let edition = fs::read(folder.path().join("editions/latest.json")).expect("an edition");
    let edition: Value = serde_json::from_slice(&edition).unwrap();
    let sources = edition["status"]["sources"].as_array().unwrap();
    assert_eq!(sources.len(), paths.len());
    let mut counts: BTreeMap<(&str, &str, Option<bool>), usize> = BTreeMap::new();
    for (number, source) in sources.iter().enumerate() {
        let [address, state, outcome] = ["source", "state", "outcome"].map(|field| source[field].as_str().unwrap());
        assert!(address.ends_with(&format!("/{number}")), "{address} is at place {number}");
        let known = OUTCOMES.iter().find(|(of, begins)| state == *of && outcome.starts_with(begins));
        let (_, outcome) = known.unwrap_or_else(|| panic!("{}: {state}, {outcome}", paths[number]));
        *counts.entry((state, outcome, manifest[&paths[number]])).or_default() += 1;
    }
    let whole = |state: &str| {
        let of = counts.iter().filter(|((of, _, damaged), _)| *of == state && *damaged == Some(false));
        of.map(|(_, count)| *count as f64).sum::<f64>()
    };
    let share = whole("read") / (whole("read") + whole("failed"));
    let _ = writeln!(std::io::stderr(), "by state, outcome and whether another reader found damage: {counts:?}");
    assert!(share >= LEAST_READ, "{share:.4} of the feeds without damage are read");
}
