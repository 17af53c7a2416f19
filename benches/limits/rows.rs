//! The rows of the table: how each is measured, and what it is held against.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::briefing::{briefing, mornings};
use crate::heap::{one_more, stories};
use crate::news::Story;
use crate::process::{child, measured};
use crate::statistics::{exponent, least, median, most};

/// How much work is done for a row.
pub struct Effort {
    /// Stories of a run.
    stories: usize,
    /// Processes that are the first to see a story.
    first: usize,
    /// Pairs of runs on one and on two threads.
    pairs: usize,
    /// Stories of each of them.
    stories_of_a_pair: usize,
    /// Sentences of the largest cluster.
    sentences: usize,
    /// Articles of the largest heap.
    pub articles: usize,
    /// Articles that are added to it one by one.
    pub more: usize,
    /// Feeds of a briefing.
    pub feeds: usize,
    /// Mornings that are behind the one that is measured.
    pub mornings: usize,
    /// Runs of which the best counts.
    pub best_of: usize,
    /// Runs of the program.
    runs: usize,
}

impl Effort {
    pub fn full() -> Self {
        Self {
            stories: 1_000,
            first: 50,
            pairs: 15,
            stories_of_a_pair: 600,
            sentences: 1_000_000,
            articles: 100_000,
            more: 100,
            feeds: 200,
            mornings: 30,
            best_of: 5,
            runs: 50,
        }
    }

    pub fn quick() -> Self {
        Self {
            stories: 100,
            first: 10,
            pairs: 3,
            stories_of_a_pair: 100,
            sentences: 100_000,
            articles: 10_000,
            more: 20,
            feeds: 20,
            mornings: 3,
            best_of: 1,
            runs: 20,
        }
    }
}

/// A row of the table.
pub struct Row {
    pub name: &'static str,
    pub run: fn(&Effort) -> Vec<Line>,
}

/// A line of it: what was measured, what it must be and aims at, and what it is.
pub struct Line {
    pub what: String,
    pub must: &'static str,
    pub aim: &'static str,
    pub measured: String,
}

pub const ROWS: &[Row] = &[
    Row { name: "story", run: story },
    Row { name: "first", run: first },
    Row { name: "threads", run: threads },
    Row { name: "million", run: million },
    Row { name: "growth", run: growth },
    Row { name: "process", run: process },
    Row { name: "stories", run: stories },
    Row { name: "more", run: one_more },
    Row { name: "briefing", run: briefing },
    Row { name: "mornings", run: mornings },
];

/// Bytes that a process may have beside what grows with the text.
pub const BASE: f64 = 16e6;

pub fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

pub fn numbers(value: &Value, key: &str) -> Vec<f64> {
    value[key].as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

pub fn milliseconds(seconds: f64) -> String {
    format!("{:.3} ms", seconds * 1e3)
}

fn story(effort: &Effort) -> Vec<Line> {
    let said = child(1, &["stories", &effort.stories.to_string()]);
    let (seconds, with_json) = (numbers(&said, "seconds"), numbers(&said, "with_json"));
    // The first stories of a run teach it words.
    let later = &seconds[seconds.len() / 10..];
    let rate = |seconds: &[f64]| number(&said, "bytes") / 1e6 / seconds.iter().sum::<f64>();
    let kilobytes = number(&said, "bytes") / 1e3 / effort.stories as f64;
    vec![
        Line {
            what: format!("10-article story of {kilobytes:.1} kB, many stories in a run, one thread; median"),
            must: "0.8 ms",
            aim: "0.45 ms",
            measured: milliseconds(median(later)),
        },
        Line {
            what: format!("{} such stories, one thread, the first ones included", effort.stories),
            must: "45 MB/s",
            aim: "85 MB/s",
            measured: format!("{:.1} MB/s; {:.1} MB/s with JSON", rate(&seconds), rate(&with_json)),
        },
    ]
}

fn first(effort: &Effort) -> Vec<Line> {
    let seconds: Vec<f64> = (0..effort.first).map(|_| numbers(&child(1, &["stories", "1"]), "seconds")[0]).collect();
    vec![Line {
        what: format!("the first story of a process; median of {} processes", effort.first),
        must: "1.4 ms",
        aim: "0.9 ms",
        measured: format!("{}; best {}", milliseconds(median(&seconds)), milliseconds(least(&seconds))),
    }]
}

fn threads(effort: &Effort) -> Vec<Line> {
    let stories = effort.stories_of_a_pair.to_string();
    let gain = |work: &[&str]| number(&child(1, work), "seconds") / number(&child(2, work), "seconds");
    let gains: Vec<(f64, f64)> =
        (0..effort.pairs).map(|_| (gain(&["crew", &stories]), gain(&["spin", &stories]))).collect();
    let (crew, spin): (Vec<f64>, Vec<f64>) = gains.into_iter().unzip();
    vec![Line {
        what: format!("two threads over {stories} stories; best of {} interleaved pairs", effort.pairs),
        must: "1.6 ×",
        aim: "1.85 ×",
        measured: format!(
            "{:.2} × (median {:.2} ×); a spin loop {:.2} × (median {:.2} ×)",
            most(&crew),
            median(&crew),
            most(&spin),
            median(&spin)
        ),
    }]
}

fn million(effort: &Effort) -> Vec<Line> {
    let said = child(2, &["cluster", &effort.sentences.to_string()]);
    let memory =
        |peak: f64| format!("{:.0} MB = 16 MB + {:.2} × the text", peak / 1e6, (peak - BASE) / number(&said, "bytes"));
    let what = |how: &str| {
        format!(
            "one cluster of {} sentences, {:.1} MB, two threads, {how}",
            effort.sentences,
            number(&said, "bytes") / 1e6
        )
    };
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (article, text) in Story::of_sentences(1, effort.sentences).texts().enumerate() {
        fs::write(folder.path().join(format!("{article:06}.txt")), text).expect("a file can be written");
    }
    let program = run_program(folder.path(), &["--threads", "2"]);
    vec![
        Line {
            what: what("text in memory to digest"),
            must: "4 s, 16 MB + 3 ×",
            aim: "1.5 s, 16 MB + 2.5 ×",
            measured: format!("{:.2} s, {}", number(&said, "seconds"), memory(number(&said, "peak"))),
        },
        Line {
            what: what("files to text by the program"),
            must: "",
            aim: "",
            measured: format!("{:.2} s, {}", number(&program, "wall"), memory(number(&program, "peak"))),
        },
    ]
}

fn growth(effort: &Effort) -> Vec<Line> {
    let sizes = [effort.sentences / 100, effort.sentences / 10, effort.sentences];
    let mut times = Vec::new();
    let mut peaks = Vec::new();
    let mut shown = Vec::new();
    for size in sizes {
        let said: Vec<Value> = (0..effort.best_of).map(|_| child(1, &["cluster", &size.to_string()])).collect();
        let best = |key: &str| least(&said.iter().map(|said| number(said, key)).collect::<Vec<f64>>());
        let (seconds, peak) = (best("seconds"), best("peak"));
        shown.push(format!("{size}: {seconds:.3} s, {:.1} MB", peak / 1e6));
        times.push((size as f64, seconds));
        peaks.push((size as f64, peak));
    }
    vec![Line {
        what: format!("growth from {} to {} sentences, one thread, best of {}", sizes[0], sizes[2], effort.best_of),
        must: "1.1 in time, 1.05 in memory",
        aim: "1.0, 1.0",
        measured: format!("{:.3} in time, {:.3} in memory ({})", exponent(&times), exponent(&peaks), shown.join("; ")),
    }]
}

fn process(effort: &Effort) -> Vec<Line> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut bytes = 0;
    for (article, text) in (Story { articles: 5, ..Story::usual(1) }).texts().enumerate() {
        bytes += text.len();
        fs::write(folder.path().join(format!("{article}.txt")), text).expect("a file can be written");
    }
    let runs: Vec<Value> = (0..effort.runs).map(|_| run_program(folder.path(), &[])).collect();
    let all = |key: &str| runs.iter().map(|run| number(run, key)).collect::<Vec<f64>>();
    vec![Line {
        what: format!("the whole program on five articles, {:.1} kB; median of {}", bytes as f64 / 1e3, effort.runs),
        must: "5 ms, 10 MB",
        aim: "2.5 ms, 6 MB",
        measured: format!(
            "{:.2} ms (best {:.2} ms), {:.1} MB",
            median(&all("wall")) * 1e3,
            least(&all("wall")) * 1e3,
            most(&all("peak")) / 1e6
        ),
    }]
}

/// Runs the program on a folder of articles and says what it took.
fn run_program(folder: &Path, options: &[&str]) -> Value {
    let folder = folder.to_str().expect("a path of ASCII");
    let said = measured(env!("CARGO_BIN_EXE_epitome"), &[&["digest", folder], options].concat());
    assert_eq!(said["code"], 0, "{said}");
    assert!(number(&said, "written") > 300.0, "{said}");
    said
}
