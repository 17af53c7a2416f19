//! Calls one of the peers written in Rust for a folder of articles, as its own documentation says.
//!
//!     drivers PEER FOLDER     prints a digest

use std::fs;
use std::path::PathBuf;

use aprender::text::summarize::{SummarizationMethod, TextSummarizer};
use summary::{Language, Summarizer};

const SENTENCES: u32 = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let text = text_of(&arguments[2]);
    let sentences: Vec<String> = match arguments[1].as_str() {
        "aprender-textrank" => aprender(SummarizationMethod::TextRank, &text),
        "aprender-tfidf" => aprender(SummarizationMethod::TfIdf, &text),
        "summary" => {
            let count = SENTENCES.try_into().expect("not zero");
            let chosen = Summarizer::new(Language::English).summarize_sentences(&text, count);
            chosen.into_iter().map(str::to_owned).collect()
        }
        other => panic!("no peer is called {other}"),
    };
    println!("{}", sentences.join("\n"));
}

fn aprender(method: SummarizationMethod, text: &str) -> Vec<String> {
    TextSummarizer::new(method, SENTENCES as usize).summarize(text).expect("there is text")
}

fn text_of(folder: &str) -> String {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("a text")).collect();
    texts.join("\n\n")
}
