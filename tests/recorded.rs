//! What the program says today about the stories in `corpora/`, kept beside them. After a change that is meant:
//! `INSTA_UPDATE=always cargo test --test recorded`, then read the difference.

use std::path::{Path, PathBuf};

use epitome::read::{self, ReadOptions};
use epitome::render::{Format, TextStyle, render, to_json};
use epitome::{Budget, Cluster, Digest, Options, Summarizer};

const CORPORA: [&str; 8] = ["dam", "ferry", "hotline", "merger", "musee", "tunnel", "verdict", "wildfire"];

/// Reads a corpus under the paths that a user in the checkout would give.
fn cluster(corpus: &str) -> Cluster {
    let articles = PathBuf::from(format!("corpora/{corpus}/articles"));
    read::read(&[articles], &ReadOptions::default()).expect("the corpora ship with the project").into_cluster()
}

fn digest(cluster: &Cluster, words: usize) -> Digest {
    let options = Options { budget: Budget::Words(words), ..Options::default() };
    Summarizer::new(&options).expect("a valid budget").summarize(cluster)
}

fn beside_the_corpus(corpus: &str, record: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("../corpora").join(corpus).join("expected"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(record);
}

#[test]
fn digests_of_the_corpora_are_as_recorded() {
    for corpus in CORPORA {
        let cluster = cluster(corpus);
        assert!(cluster.left_out.is_empty(), "{:?}", cluster.left_out);
        for words in [50, 100, 200] {
            let digest = digest(&cluster, words);
            let mut text = Vec::new();
            render(&digest, Format::Text(TextStyle { width: Some(100), color: false }), &mut text).expect("memory");
            let text = String::from_utf8(text).expect("text is UTF-8");
            beside_the_corpus(corpus, || insta::assert_snapshot!(format!("digest-{words}-words"), text));
        }
    }
}

#[test]
fn the_json_of_a_digest_is_as_recorded() {
    let json = to_json(&digest(&cluster("hotline"), 50));
    beside_the_corpus("hotline", || insta::assert_snapshot!("digest-50-words-json", json));
}

#[test]
fn blocks_of_the_corpora_are_as_recorded() {
    for corpus in CORPORA {
        let mut listing = String::new();
        for article in &cluster(corpus).articles {
            listing.push_str(&format!("== {}\n", article.source));
            for block in &article.blocks {
                let slice = epitome::render::plain(block.span().of(&article.text));
                let start: String = slice.chars().take(70).collect();
                listing.push_str(&format!("{:<10} {start}\n", format!("{:?}", block.kind)));
            }
        }
        beside_the_corpus(corpus, || insta::assert_snapshot!("blocks", listing));
    }
}

#[test]
fn colour_and_width_are_for_terminals() {
    let digest = digest(&cluster("ferry"), 50);
    let mut shown = Vec::new();
    render(&digest, Format::Text(TextStyle { width: Some(60), color: true }), &mut shown).expect("memory");
    let shown = String::from_utf8(shown).expect("text is UTF-8");
    assert!(shown.contains("\u{1b}[36m") && shown.contains("\u{1b}[0m"));
    let bare = shown.replace("\u{1b}[36m", "").replace("\u{1b}[0m", "");
    for line in bare.lines().filter(|line| line.contains(' ') && !line.contains(".txt")) {
        assert!(line.chars().count() <= 60, "{line}");
    }
}
