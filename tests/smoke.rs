//! The fuzz targets on the stable toolchain: for each a fixed number of inputs, made of its seeds with a fixed seed. No
//! coverage guides it, so that it finds what is near; `tests/fuzz/README.md` says how to look further.

use std::fs;
use std::ops::Range;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

#[path = "fuzz/laws/mod.rs"]
mod laws;

/// Longer inputs are cut: in a build without optimisation they would take most of the time.
const LONGEST: usize = 4 << 10;

/// One input of so many is nested, repeated or stretched without that bound, to this length.
const ONE_IN: u64 = 50;
const LONGEST_OF_THOSE: usize = 32 << 10;

/// An input has up to so many changes.
const MOST_CHANGES: usize = 6;

/// A piece is repeated up to so many times.
const MOST_REPEATS: usize = 4 << 10;

/// What readers of any format may stumble over: bytes that are no text, and characters that are no letters.
const PIECES: [&[u8]; 12] = [
    b"\0",
    b"\x1b[2J",
    b"\x7f",
    b"\xff",
    b"\xe2\x80",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d",
    b"\r",
    b"\n\n",
];

macro_rules! smoke {
    ($($target:ident, $dictionaries:expr, $count:expr;)+) => {
        $(
            #[test]
            fn $target() {
                run(stringify!($target), laws::$target, &$dictionaries, $count);
            }
        )+
    };
}

smoke! {
    plain, ["news"], 1500;
    markdown, ["markdown", "news"], 1500;
    html, ["html", "news"], 1500;
    feed, ["feed", "html"], 1500;
    mail, ["mail", "html"], 1500;
    json_lines, ["json"], 1500;
    segmenter, ["news"], 15000;
    digest_json, ["json"], 10000;
    pipeline, ["html", "feed", "mail", "markdown", "json", "news"], 1500;
}

/// Holds a target's seeds, and so many inputs made of them, against its laws.
///
/// # Panics
///
/// Panics when a law is broken, and names the file that the input was written to.
fn run(target: &str, holds: fn(&[u8]), dictionaries: &[&str], count: u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let seeds = seeds(&folder.join("seeds").join(target));
    let words: Vec<Vec<u8>> =
        dictionaries.iter().flat_map(|name| dictionary(&folder.join(format!("dictionaries/{name}.dict")))).collect();
    for (name, seed) in &seeds {
        check(target, holds, name, seed);
    }
    for number in 0..count {
        let input = Mutator { random: Random(number), seeds: &seeds, words: &words }.input();
        check(target, holds, &number.to_string(), &input);
    }
}

fn check(target: &str, holds: fn(&[u8]), name: &str, input: &[u8]) {
    if catch_unwind(|| holds(input)).is_err() {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{target}-{name}"));
        fs::write(&file, input).expect("the folder for temporary files can be written");
        panic!("a law of `{target}` is broken by input {name}, written to {}", file.display());
    }
}

/// The seeds of a target by their names, in an order that is the same everywhere.
fn seeds(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder that can be read").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no seed in {}", folder.display());
    let name = |file: &Path| file.file_name().expect("a file has a name").to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read(file).expect("a seed can be read"))).collect()
}

/// The words of a dictionary of libFuzzer: a word a line in double quotes, with `\"`, `\\` and `\xAB`.
fn dictionary(file: &Path) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| word(line).unwrap_or_else(|| panic!("{}: no word: {line}", file.display()))).collect()
}

fn word(line: &str) -> Option<Vec<u8>> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.as_bytes();
    let mut word = Vec::new();
    loop {
        rest = match rest {
            [] => return Some(word),
            [b'\\', b'x', a, b, rest @ ..] => {
                let digits = [*a, *b];
                word.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
                rest
            }
            [b'\\', c @ (b'\\' | b'"'), rest @ ..] => {
                word.push(*c);
                rest
            }
            [b'\\', ..] => return None,
            [c, rest @ ..] => {
                word.push(*c);
                rest
            }
        };
    }
}

/// Makes an input of seeds and words.
struct Mutator<'a> {
    random: Random,
    seeds: &'a [(String, Vec<u8>)],
    words: &'a [Vec<u8>],
}

impl<'a> Mutator<'a> {
    fn input(&mut self) -> Vec<u8> {
        let mut input = self.seed().to_vec();
        for _ in 0..=self.random.below(MOST_CHANGES) {
            self.change(&mut input);
            input.truncate(LONGEST);
        }
        if self.random.next().is_multiple_of(ONE_IN) {
            self.repeat(&mut input);
            input.truncate(LONGEST_OF_THOSE);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (at, range) = (self.random.below(input.len() + 1), self.random.range(input.len()));
        match self.random.below(8) {
            0 => {
                let seed = self.seed();
                input.splice(range, seed[self.random.range(seed.len())].iter().copied());
            }
            1..=3 => {
                let word = self.word();
                input.splice(at..at, word.iter().copied());
            }
            4 if at < input.len() => input[at] ^= 1 << self.random.below(8),
            5 => drop(input.drain(range)),
            6 => input.truncate(at),
            _ => {
                let piece = input[range].to_vec();
                input.splice(at..at, piece);
            }
        }
    }

    /// Puts a word, or a piece of the input, into it very often: nesting without end, a line without end, a list of
    /// nothing.
    fn repeat(&mut self, input: &mut Vec<u8>) {
        let piece = match self.random.below(3) {
            0 => input[self.random.range(input.len())].to_vec(),
            _ => self.word().to_vec(),
        };
        let times = self.random.below(MOST_REPEATS);
        let at = self.random.below(input.len() + 1);
        input.splice(at..at, piece.iter().copied().cycle().take((piece.len() * times).min(LONGEST_OF_THOSE)));
    }

    fn seed(&mut self) -> &'a [u8] {
        &self.seeds[self.random.below(self.seeds.len())].1
    }

    fn word(&mut self) -> &'a [u8] {
        match self.random.below(self.words.len() + PIECES.len()) {
            index if index < PIECES.len() => PIECES[index],
            index => &self.words[index - PIECES.len()],
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A stretch of what has `length` bytes, mostly a short one.
    fn range(&mut self, length: usize) -> Range<usize> {
        let start = self.below(length + 1);
        let longest = if self.below(4) == 0 { length } else { 64 };
        start..(start + self.below(longest + 1)).min(length)
    }
}
