//! Writes made-up news, for measuring programs from outside.
//!
//!     cargo bench --bench news -- files FOLDER ARTICLES [BYTES] [SEED]   one story, a file an article
//!     cargo bench --bench news -- stories STORIES [SEED]                 JSON Lines, a story of ten articles a line
//!     cargo bench --bench news -- day ARTICLES [SEED]                    JSON Lines, a mixed heap, an article a line

#[path = "mod.rs"]
mod news;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use news::{Day, Story};
use serde_json::{Value, json};

const USAGE: &str = "files FOLDER ARTICLES [BYTES] [SEED] | stories STORIES [SEED] | day ARTICLES [SEED]";

fn main() -> io::Result<()> {
    // `cargo bench` adds an option that criterion wants.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |at: usize, otherwise: usize| {
        arguments.get(at).map_or(otherwise, |number| number.parse().expect("a whole number"))
    };
    match arguments[..] {
        ["files", folder, _, ..] => {
            let story = Story { seed: number(4, 1) as u64, articles: number(2, 0), bytes: number(3, Story::ARTICLE) };
            write_files(Path::new(folder), story)
        }
        ["stories", _, ..] => write_stories(number(1, 0) as u64, number(2, 1) as u64),
        ["day", _, ..] => write_day(&Day::new(number(2, 1) as u64, number(1, 0))),
        _ => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

fn write_files(folder: &Path, story: Story) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (article, text) in story.texts().enumerate() {
        fs::write(folder.join(format!("{article:06}.txt")), text)?;
    }
    Ok(())
}

fn write_stories(stories: u64, first: u64) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for seed in first..first + stories {
        let documents: Vec<Value> = Story::usual(seed).texts().map(|text| json!({ "text": text })).collect();
        writeln!(out, "{}", json!({ "id": format!("story-{seed}"), "documents": documents }))?;
    }
    out.flush()
}

fn write_day(day: &Day) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    day.articles().try_for_each(|article| writeln!(out, "{}", article.to_json()))?;
    out.flush()
}
