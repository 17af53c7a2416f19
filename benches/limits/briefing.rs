//! The rows of the daily briefing: 2,000 new articles of 200 feeds, and a morning with a month of mornings behind it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use crate::news::Day;
use crate::news::day::Article;
use crate::process::measured_aloud;
use crate::rows::{Effort, Line, number};
use crate::statistics::{least, most};

/// New articles of a feed.
const ENTRIES: usize = 10;

/// Minutes over which the articles of a day are published.
const MINUTES: usize = 23 * 60;

/// The day of the first of many mornings.
const FIRST_MORNING: &str = "2031-03-05T06:30:00Z";

/// What is measured of, longest first as they are nested: a run, and its parts.
const SPANS: [&str; 6] = ["run", "gather", "material", "compose", "keep", "deliver"];

/// The first edition of a briefing that reads feeds, fetched and delivered as files.
pub fn briefing(effort: &Effort) -> Vec<Line> {
    let runs: Vec<Run> = (0..effort.best_of).map(|_| first_edition(effort.feeds)).collect();
    let articles = effort.feeds * ENTRIES;
    vec![line(&runs, format!("{articles} new articles of {} feeds, fetched to edition by the program", effort.feeds))]
}

/// The last of many mornings, each with as many new articles; of some of them the best.
pub fn mornings(effort: &Effort) -> Vec<Line> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let articles = effort.feeds * ENTRIES;
    fs::create_dir(folder.path().join("articles")).expect("a folder can be made");
    configure(folder.path(), "folders = [\"articles\"]");
    let first: Timestamp = FIRST_MORNING.parse().expect("a moment");
    let mut runs = Vec::new();
    for morning in 0..=effort.mornings {
        let now = first + (24 * morning as i64).hours();
        let path = folder.path().join(format!("articles/{morning:03}.jsonl"));
        fs::write(path, lines(&Day::new(1 + morning as u64, articles), now)).expect("a file can be written");
        runs.push(run(folder.path(), &["--as-of", &now.to_string()], articles));
    }
    let (before, last) = (effort.mornings, runs.len() - effort.best_of);
    let what = format!("{articles} new articles in a file, {before} mornings of as many behind them");
    let Line { measured, .. } = line(&runs[last..], String::new());
    let ledger = fs::metadata(folder.path().join("state/ledger.sqlite")).expect("a ledger").len() as f64;
    let each = ledger / 1e3 / (articles * (before + 1)) as f64;
    let measured = format!("{measured}; ledger {:.0} MB, {each:.1} kB an article", ledger / 1e6);
    vec![Line { what, must: "5 s, 300 MB", aim: "", measured }]
}

/// What a run of the program took.
struct Run {
    wall: f64,
    cpu: f64,
    peak: f64,
    /// Seconds of its spans, by their names.
    spans: BTreeMap<&'static str, f64>,
}

fn line(runs: &[Run], what: String) -> Line {
    let all = |of: fn(&Run) -> f64| runs.iter().map(of).collect::<Vec<f64>>();
    let best = runs.iter().min_by(|a, b| a.wall.total_cmp(&b.wall)).expect("a run");
    let spans: Vec<String> = SPANS.iter().map(|name| format!("{name} {:.2} s", best.spans[name])).collect();
    Line {
        what,
        must: "5 s, 300 MB",
        aim: "",
        measured: format!(
            "{:.2} s ({}; processor {:.2} s), {:.0} MB",
            least(&all(|run| run.wall)),
            spans.join(", "),
            best.cpu,
            most(&all(|run| run.peak)) / 1e6
        ),
    }
}

fn first_edition(feeds: usize) -> Run {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let day = Day::new(1, feeds * ENTRIES);
    let now = Timestamp::now();
    let bodies: Vec<String> = (0..feeds).map(|number| feed(&day, number, feeds, now)).collect();
    let port = serve(bodies).expect("loopback takes connections");
    // A host each, so that none has to be left alone in between.
    let host = |number: usize| Ipv4Addr::from(u32::from(Ipv4Addr::LOCALHOST) + number as u32);
    let urls: Vec<String> = (0..feeds).map(|feed| format!("\"http://{}:{port}/{feed}\"", host(feed))).collect();
    configure(folder.path(), &format!("feeds = [{}]", urls.join(", ")));
    run(folder.path(), &[], feeds * ENTRIES)
}

fn configure(folder: &Path, sources: &str) {
    let text = format!(
        "id = \"limits\"\ntitle = \"Limits\"\nzone = \"UTC\"\n[storage]\nstate = \"state\"\n[[section]]\nname = \"News\"\n\
         {sources}\n[[channel]]\nname = \"page\"\nto = \"folder\"\npath = \"editions\"\n\
         forms = [\"text\", \"markdown\", \"html\", \"json\"]\n"
    );
    fs::write(folder.join("briefing.toml"), text).expect("a file can be written");
}

/// Runs the program, which has to make an edition of so many articles.
fn run(folder: &Path, options: &[&str], articles: usize) -> Run {
    let configuration = folder.join("briefing.toml");
    let configuration = configuration.to_str().expect("a path of ASCII");
    let always = ["brief", "run", "--threads", "2", "--verbose", "--config", configuration];
    let (said, aloud) = measured_aloud(env!("CARGO_BIN_EXE_epitome"), &[&always, options].concat());
    assert_eq!(said["code"], 0, "{said}\n{aloud}");
    let edition = fs::read(folder.join("editions/latest.json")).expect("an edition");
    let edition: Value = serde_json::from_slice(&edition).expect("an edition in JSON");
    assert_eq!(edition["status"]["articles"], articles, "{}", edition["status"]);
    let spans = SPANS.map(|name| (name, span(&aloud, name))).into();
    Run { wall: number(&said, "wall"), cpu: number(&said, "cpu"), peak: number(&said, "peak"), spans }
}

/// Seconds of a span, as `--verbose` says when it ends: `…:compose: close time.busy=1.2s time.idle=3µs`.
fn span(aloud: &str, name: &str) -> f64 {
    let ended = aloud.lines().filter_map(|line| line.split_once(": close time.busy="));
    let of = ended.filter(|(spans, _)| innermost(spans) == name);
    of.map(|(_, times)| seconds(times.split(' ').next().unwrap_or_default())).sum()
}

/// The name of the last of the spans in a line, which stand within each other: `run{now=…}:deliver{edition="…"}`.
fn innermost(spans: &str) -> &str {
    let without_fields = spans.rfind('{').filter(|_| spans.ends_with('}')).map_or(spans, |fields| &spans[..fields]);
    without_fields.rsplit([':', ' ']).next().unwrap_or_default()
}

/// `1.25s`, `12.5ms`, `3.4µs` or `56ns` in seconds.
fn seconds(time: &str) -> f64 {
    let units = [("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3), ("s", 1.0)];
    let known = units.iter().find_map(|(unit, of)| Some(time.strip_suffix(unit)?.parse::<f64>().ok()? * of));
    known.unwrap_or_else(|| panic!("{time:?} is no time"))
}

/// When the article of a number is published: those of a day, one after the other, in the hours before `now`.
fn published(number: usize, now: Timestamp) -> Timestamp {
    now - ((1 + number % MINUTES) as i64).minutes()
}

/// A day as JSON Lines, as if it were the one before `now`.
fn lines(day: &Day, now: Timestamp) -> String {
    let mut lines = String::new();
    for (number, article) in day.articles().enumerate() {
        let mut line = article.to_json();
        if article.date.is_some() {
            line["date"] = published(number, now).to_string().into();
        }
        line["id"] = format!("{}-{}", now.as_second(), article.id).into();
        let _ = writeln!(lines, "{line}");
    }
    lines
}

/// The articles of a day that are in the feed of a number.
fn feed(day: &Day, number: usize, feeds: usize, now: Timestamp) -> String {
    let mut rss = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>Paper {number}</title><link>https://{number}.example.org/</link>"
    );
    for entry in 0..ENTRIES {
        let place = entry * feeds + number;
        let Article { id, title, text, date, publisher, .. } = day.article(place);
        let date =
            date.map(|_| published(place, now).strftime("<pubDate>%a, %d %b %Y %H:%M:%S GMT</pubDate>").to_string());
        let paragraphs: String = text.split("\n\n").map(|text| format!("<p>{}</p>", escaped(text))).collect();
        let _ = write!(
            rss,
            "<item><title>{}</title><link>https://{number}.example.org/{id}</link><guid>{id}</guid>{}\
             <dc:creator>{}</dc:creator><content:encoded>{}</content:encoded></item>",
            escaped(&title),
            date.unwrap_or_default(),
            escaped(&publisher),
            escaped(&paragraphs)
        );
    }
    rss.push_str("</channel></rss>\n");
    rss
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A server on all loopback addresses that gives the body of a number for its path, until the process ends.
fn serve(bodies: Vec<String>) -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    let port = listener.local_addr()?.port();
    let bodies = Arc::new(bodies);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let bodies = bodies.clone();
            thread::spawn(move || answer(stream, &bodies));
        }
    });
    Ok(port)
}

/// Answers all requests of a connection.
fn answer(mut stream: TcpStream, bodies: &[String]) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    while let Some(request) = lines.next() {
        let request = request?;
        let path = request.split(' ').nth(1).unwrap_or_default();
        let body = path.strip_prefix('/').and_then(|number| bodies.get(number.parse::<usize>().ok()?));
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let (status, body) = body.map_or(("404 x", ""), |body| ("200 x", body));
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())?;
    }
    Ok(())
}
