//! The rows of a day's heap of mixed articles, which is grouped into stories.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::Value;

use crate::news::Day;
use crate::process::{child, measured};
use crate::rows::{BASE, Effort, Line, milliseconds, number, numbers};
use crate::statistics::{exponent, least, median, most};

/// A heap that was grouped.
struct Grouped {
    articles: usize,
    /// Bytes of all titles and texts.
    bytes: usize,
    /// Stories that the heap was made of, and those that were found.
    made: usize,
    found: usize,
    /// Seconds, the best of some runs, and bytes of memory, the most of them.
    seconds: f64,
    peak: f64,
}

/// Heaps of three sizes, file to JSON by the program, and how time grows from the smallest to the largest.
pub fn stories(effort: &Effort) -> Vec<Line> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let sizes = [effort.articles / 100, effort.articles / 10, effort.articles];
    let heaps = sizes.map(|articles| group(folder.path(), articles, effort.best_of));
    let mut lines: Vec<Line> = heaps.iter().map(Grouped::line).collect();
    let growth = |of: fn(&Grouped) -> f64| exponent(&heaps.each_ref().map(|heap| (heap.articles as f64, of(heap))));
    lines.push(Line {
        what: format!("growth from {} to {} articles", sizes[0], sizes[2]),
        must: "1.15 in time",
        aim: "",
        measured: format!("{:.3} in time, {:.3} in memory", growth(|heap| heap.seconds), growth(|heap| heap.peak)),
    });
    lines
}

/// One article more into the largest heap.
pub fn one_more(effort: &Effort) -> Vec<Line> {
    let said = child(2, &["one-more", &effort.articles.to_string(), &effort.more.to_string()]);
    let seconds = numbers(&said, "seconds");
    vec![Line {
        what: format!("one article more into {}, two threads; median of {}", effort.articles, effort.more),
        must: "5 ms",
        aim: "",
        measured: format!("{}; at most {}", milliseconds(median(&seconds)), milliseconds(most(&seconds))),
    }]
}

impl Grouped {
    fn line(&self) -> Line {
        let megabytes = self.bytes as f64 / 1e6;
        Line {
            what: format!(
                "{} mixed articles, {megabytes:.1} MB, file to stories by the program, two threads",
                self.articles
            ),
            must: if self.articles == 100_000 { "60 s, 2147 MB" } else { "" },
            aim: "",
            measured: format!(
                "{:.2} s, {:.0} MB = 16 MB + {:.2} × the text; {} stories, made of {}",
                self.seconds,
                self.peak / 1e6,
                (self.peak - BASE) / self.bytes as f64,
                self.found,
                self.made
            ),
        }
    }
}

fn group(folder: &Path, articles: usize, runs: usize) -> Grouped {
    let (heap, stories) = (folder.join("heap.jsonl"), folder.join("stories.json"));
    let (bytes, made) = write(&heap, articles);
    let paths = [&heap, &stories].map(|path| path.to_str().expect("a path of ASCII"));
    let arguments = ["stories", paths[0], "--format", "json", "-o", paths[1], "--threads", "2"];
    let said: Vec<Value> = (0..runs).map(|_| measured(env!("CARGO_BIN_EXE_epitome"), &arguments)).collect();
    assert!(said.iter().all(|said| said["code"] == 0), "`epitome {}` failed: {said:?}", arguments.join(" "));
    let all = |key: &str| said.iter().map(|said| number(said, key)).collect::<Vec<f64>>();
    let found = count(&stories, articles);
    Grouped { articles, bytes, made, found, seconds: least(&all("wall")), peak: most(&all("peak")) }
}

/// Writes a heap: how many bytes of titles and texts it has, and how many stories.
fn write(path: &Path, articles: usize) -> (usize, usize) {
    let mut file = BufWriter::new(File::create(path).expect("a file can be made"));
    let mut bytes = 0;
    let mut stories = HashSet::new();
    for article in Day::new(1, articles).articles() {
        bytes += article.title.len() + article.text.len();
        stories.insert(article.story);
        writeln!(file, "{}", article.to_json()).expect("a file can be written");
    }
    file.flush().expect("a file can be written");
    (bytes, stories.len())
}

/// How many stories were found, in which every article must be once.
fn count(path: &Path, articles: usize) -> usize {
    let json = fs::read(path).expect("the stories were written");
    let json: Value = serde_json::from_slice(&json).expect("the stories are JSON");
    let stories = json["stories"].as_array().expect("a list of stories");
    let ids = stories.iter().flat_map(|story| story["articles"].as_array().expect("a list of articles"));
    let ids: Vec<String> = ids.map(Value::to_string).collect();
    let distinct: HashSet<&String> = ids.iter().collect();
    assert_eq!((ids.len(), distinct.len()), (articles, articles), "articles in stories, and different ones");
    stories.len()
}
