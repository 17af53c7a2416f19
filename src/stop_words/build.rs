//! Run before the crate is compiled: the lists of the crate `stop-words` in, one table as data out.
//!
//! As they come the lists are 20,000 pointers, each of which a program has to set right whenever it is started, and a set
//! has to be made of them before a word can be looked up. As a table they cost nothing until they are asked, and little
//! then.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "../hashing.rs"]
#[allow(dead_code)]
mod hashing;

/// More slots than twice the number of words, so that the word that is looked up stands in the first or second.
const SLOTS: usize = 1 << 16;

fn main() {
    println!("cargo::rerun-if-changed=src/stop_words");
    println!("cargo::rerun-if-changed=src/hashing.rs");
    let languages = stop_words::available_languages();
    assert!(languages.is_sorted(), "they are searched by bisection: {languages:?}");
    assert!(languages.len() <= u128::BITS as usize, "each language is a bit");
    let mut words: BTreeMap<&str, u128> = BTreeMap::new();
    for (bit, code) in languages.iter().enumerate() {
        for word in stop_words::lookup(code).expect("a list that is said to be there") {
            *words.entry(word).or_default() |= 1 << bit;
        }
    }
    assert!(2 * words.len() < SLOTS, "{} words", words.len());
    let mut text = String::new();
    let mut starts = Vec::new();
    let mut slots = vec![0_u16; SLOTS];
    for (word, number) in words.keys().zip(1..) {
        starts.push(text.len() as u32);
        text.push_str(word);
        let mut slot = (hashing::spread_word(word) >> 32) as usize % SLOTS;
        while slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = number;
    }
    starts.push(text.len() as u32);
    // All words have few different sets of languages.
    let sets: BTreeSet<u128> = words.values().copied().collect();
    let sets: Vec<u128> = sets.into_iter().collect();
    let set_of = |set| sets.binary_search(&set).expect("every set is among all of them");
    let sets_of: Vec<usize> = words.into_values().map(set_of).collect();
    let mut source = String::new();
    let mut table = |name: &str, kind: &str, length: usize, values: String| {
        writeln!(source, "static {name}: [{kind}; {length}] = {values};").expect("a string takes what is written");
    };
    table("LANGUAGES", "&str", languages.len(), format!("{languages:?}"));
    table("STARTS", "u32", starts.len(), format!("{starts:?}"));
    table("SETS", "u128", sets.len(), format!("{sets:?}"));
    table("SETS_OF", "u16", sets_of.len(), format!("{sets_of:?}"));
    table("SLOTS", "u16", slots.len(), format!("{slots:?}"));
    let to = env::var_os("OUT_DIR").expect("cargo says where to write");
    let to = Path::new(&to);
    fs::write(to.join("stop_words.txt"), text).expect("the directory for what is made can be written to");
    fs::write(to.join("stop_words.rs"), source).expect("the directory for what is made can be written to");
}
