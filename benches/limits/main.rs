//! The limits that speed is held against, each measured in processes of its own, as a table.
//!
//!     cargo bench --bench limits                     every row in a tenth of the work: half a minute
//!     cargo bench --bench limits -- all              every row in full
//!     cargo bench --bench limits -- story threads    these rows in full
//!     cargo bench --bench limits -- quick million    this row in a tenth of the work
//!
//! | row | |
//! |---|---|
//! | `story` | a story of ten articles (37 kB) after others, text in memory to digest, one thread |
//! | `first` | the same as the first story of a process |
//! | `threads` | two threads over such stories, and over a spin loop, which is what the machine gives |
//! | `million` | one cluster of a million sentences on two threads, in memory and from files |
//! | `growth` | exponents of time and memory from 10,000 to 1,000,000 sentences on one thread |
//! | `process` | the whole program on five articles |
//! | `stories` | the whole program on heaps of 1,000 to 100,000 mixed articles, and how time grows |
//! | `more` | one article more into such a heap that was grouped |
//! | `briefing` | the whole program on 2,000 new articles of 200 feeds, which it fetches from this process |
//! | `mornings` | 2,000 new articles, with thirty mornings of as many behind them |
//!
//! `cargo bench --bench limits -- measure COMMAND…` runs any command and says as JSON what it took.

#[path = "../news/mod.rs"]
mod news;
#[path = "../work/mod.rs"]
mod work;

mod briefing;
mod child;
mod heap;
mod process;
mod rows;
mod statistics;

use rows::{Effort, ROWS};

fn main() {
    // `cargo bench` adds an option that criterion wants.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("child") => return child::run(&arguments[1..]),
        Some("measure") => return println!("{}", process::measure(&arguments[1], &arguments[2..])),
        _ => {}
    }
    let named: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|name| !["all", "quick"].contains(name)).collect();
    for name in &named {
        assert!(ROWS.iter().any(|row| row.name == *name), "no row is called {name}");
    }
    let is_quick = arguments.is_empty() || arguments.iter().any(|argument| argument == "quick");
    let effort = if is_quick { Effort::quick() } else { Effort::full() };
    println!("{}\n", process::machine());
    println!("| row | what | must | aim | measured |\n|---|---|---|---|---|");
    for row in ROWS.iter().filter(|row| named.is_empty() || named.contains(&row.name)) {
        for line in (row.run)(&effort) {
            println!("| `{}` | {} | {} | {} | {} |", row.name, line.what, line.must, line.aim, line.measured);
        }
    }
}
