//! The briefing killed at any moment, and on a full disk: nothing is lost, nothing told twice, no file is torn, and the next
//! run goes on.
#![cfg(all(unix, feature = "brief", feature = "mail"))]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use epitome::ErrorKind;
use epitome::brief::ledger::{Ledger, Status};
use jiff::{Timestamp, ToSpan};
use mail_parser::MessageParser;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

#[path = "../benches/news/mod.rs"]
mod made_up_news;
mod outside;
use made_up_news::Day;
use outside::{command, ended, says, stderr, stdout};

const CHANNELS: [&str; 3] = ["files", "messages", "feed"];

const CONFIGURATION: &str = r#"
id = "briefing-0a1b2c3d"
zone = "Europe/Berlin"
hour = "06:30"
[edition]
words = 30
first_window = "48h"
[[section]]
name = "News"
folders = ["articles"]
[[channel]]
name = "files"
to = "folder"
path = "editions"
forms = ["text", "markdown", "html", "json"]
[[channel]]
name = "messages"
to = "eml"
path = "messages"
from = "briefing@example.org"
recipients = ["ada@example.org"]
[[channel]]
name = "feed"
to = "atom"
path = "feed/briefing.atom"
[storage]
state = "state"
"#;

/// A new folder of articles for each of so many runs.
const ARTICLES_A_RUN: usize = 4;

/// A briefing in a folder of its own.
struct Desk {
    folder: PathBuf,
    news: Day,
    /// How many runs there were.
    runs: usize,
}

impl Desk {
    fn new(folder: &Path) -> Self {
        fs::create_dir_all(folder.join("articles")).unwrap();
        fs::create_dir(folder.join("feed")).unwrap();
        fs::write(folder.join("briefing.toml"), CONFIGURATION).unwrap();
        Self { folder: folder.to_owned(), news: Day::new(7, 4_000), runs: 0 }
    }

    /// A minute after the last run some articles are there that were not there before, and it is time for the next one.
    fn next_run(&mut self) -> Command {
        let now = self.now();
        for number in self.runs * ARTICLES_A_RUN..(self.runs + 1) * ARTICLES_A_RUN {
            let mut article = self.news.article(number).to_json();
            article["date"] = Value::from(now.to_string());
            fs::write(self.folder.join(format!("articles/{number}.jsonl")), article.to_string()).unwrap();
        }
        self.runs += 1;
        self.run_at(now)
    }

    fn now(&self) -> Timestamp {
        "2031-03-05T05:30:00Z".parse::<Timestamp>().unwrap() + (self.runs as i64).minutes()
    }

    fn run_at(&self, now: Timestamp) -> Command {
        command(&self.folder, &["brief", "run", "--threads", "2", "--as-of", &now.to_string()])
    }

    fn ledger_path(&self) -> PathBuf {
        self.folder.join("state/ledger.sqlite")
    }

    /// None if a run was never so far as to make one.
    fn ledger(&self) -> Option<Ledger> {
        match Ledger::open_read_only(&self.ledger_path()) {
            Err(error) if error.kind == ErrorKind::Missing => None,
            opened => Some(opened.unwrap()),
        }
    }

    fn ask(&self, sql: &str) -> i64 {
        let ledger = Connection::open(self.ledger_path()).unwrap();
        ledger.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn files(&self, folder: &str) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.join(folder)) else { return Vec::new() };
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn is_unfinished(path: &Path) -> bool {
    name(path).starts_with(".epitome-")
}

/// Starts a run and ends it by SIGKILL when it has said so many lines and then so long has passed, if it has not ended by
/// itself. Gives whether it was killed.
fn kill_after(mut run: Command, lines: usize, time: Duration) -> bool {
    let mut child = run.arg("--verbose").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    for _ in 0..lines {
        said.read_line(&mut String::new()).unwrap();
    }
    let began = Instant::now();
    while began.elapsed() < time {
        thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(9)
}

/// Whoever looks, at whatever moment, sees whole files: each edition as it is in the archive, and what leads to it.
fn nothing_is_torn(desk: &Desk) {
    let Some(ledger) = desk.ledger() else {
        assert!(desk.files("editions").is_empty());
        return;
    };
    ledger.check().unwrap();
    for path in desk.files("editions").iter().filter(|path| !is_unfinished(path)) {
        let (edition, extension) = name(path).rsplit_once('.').unwrap();
        if edition == "latest" {
            assert!(path.exists(), "{path:?} leads nowhere");
            continue;
        }
        let form = match extension {
            "txt" => "text",
            "md" => "markdown",
            other => other,
        };
        assert_eq!(Some(fs::read(path).unwrap()), ledger.form(edition, form).unwrap(), "{path:?}");
    }
    for path in desk.files("messages").iter().filter(|path| !is_unfinished(path)) {
        whole_message(path);
    }
    if let Ok(feed) = fs::read_to_string(desk.folder.join("feed/briefing.atom")) {
        whole_feed(&feed);
    }
}

fn whole_message(path: &Path) {
    let bytes = fs::read(path).unwrap();
    let message = MessageParser::new().parse(&bytes).unwrap();
    let edition = name(path).strip_suffix(".eml").unwrap();
    assert!(message.message_id().unwrap().starts_with(edition), "{path:?}");
    assert_eq!((message.text_body_count(), message.html_body_count()), (1, 1), "{path:?}");
    let boundary = message.body_html(0).unwrap();
    assert!(boundary.trim_end().ends_with("</html>") && bytes.ends_with(b"--\r\n"), "{path:?} is cut");
}

/// Gives how many entries a feed has.
fn whole_feed(feed: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(feed);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    assert!(feed.trim_end().ends_with("</feed>"));
    let ids: Vec<&str> = feed.split("<id>").skip(2).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(BTreeSet::from_iter(&ids).len(), ids.len(), "an entry stands there twice");
    ids.len()
}

/// How far a run came that was killed.
fn stage(desk: &Desk, articles_before: i64, editions_before: i64) -> &'static str {
    let Some(ledger) = desk.ledger() else { return "before the ledger" };
    let pending = ledger.pending().unwrap();
    let is = |status: Status| pending.iter().any(|delivery| delivery.status == status);
    let count = |table: &str| desk.ask(&format!("SELECT count(*) FROM {table}"));
    match () {
        () if is(Status::Sending) => "while delivering",
        () if !pending.is_empty() => "between two deliveries",
        () if count("edition") > editions_before => "after all deliveries",
        () if count("article") > articles_before => "after reading",
        () => "before or while reading",
    }
}

/// Kills runs at so many moments, from the first to the last of what a run does, and then lets one end.
fn kill_at(moments: usize) {
    let folder = TempDir::new().unwrap();
    let mut desk = Desk::new(folder.path());
    // Before there is anything.
    for moment in 0..10 {
        kill_after(desk.next_run(), 0, Duration::from_millis(moment * 2));
        nothing_is_torn(&desk);
    }
    says(&desk.next_run().output().unwrap(), 0, "");
    let (duration, lines) = measure(desk.next_run());
    let mut stages = BTreeMap::<&str, usize>::new();
    for moment in 0..moments {
        let count = |table: &str| desk.ask(&format!("SELECT count(*) FROM {table}"));
        let before = (count("article"), count("edition"));
        // Early and late ones in turn: what one leaves behind meets all that can come next. By the clock, and, since a busy
        // machine is slower now than it was, by what a run has said.
        let part = ((moment * 13) % moments) as f64 / moments as f64;
        let run = desk.next_run();
        let killed = match moment % 2 {
            0 => kill_after(run, 0, duration.mul_f64(part)),
            _ => {
                let line = lines as f64 * part;
                kill_after(run, line as usize, duration.mul_f64(line.fract() / lines as f64))
            }
        };
        let stage = if killed { stage(&desk, before.0, before.1) } else { "not at all" };
        *stages.entry(stage).or_default() += 1;
        nothing_is_torn(&desk);
    }
    println!("killed {moments} times within {duration:?} and {lines} lines: {stages:?}");
    assert!(stages.contains_key("while delivering") && stages.contains_key("before or while reading"), "{stages:?}");
    says(&desk.next_run().output().unwrap(), 0, "");
    all_is_well(&desk);
}

/// How long a run takes, and how many lines it says.
fn measure(mut run: Command) -> (Duration, usize) {
    let began = Instant::now();
    let ran = run.arg("--verbose").output().unwrap();
    ended(&ran, 0);
    (began.elapsed(), stderr(&ran).lines().count())
}

/// After a run that ended: all articles were considered, all editions delivered, everything once.
fn all_is_well(desk: &Desk) {
    nothing_is_torn(desk);
    let ledger = desk.ledger().unwrap();
    assert_eq!(ledger.pending().unwrap(), []);
    let connection = Connection::open(desk.ledger_path()).unwrap();
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");

    let written = (desk.runs * ARTICLES_A_RUN) as i64;
    assert_eq!(desk.ask("SELECT count(*) FROM article"), written, "an article is lost");
    for channel in CHANNELS {
        let considered = "SELECT count(*) FROM considered JOIN delivery USING (edition) WHERE status = 'delivered' AND";
        let times = desk.ask(&format!("{considered} channel = '{channel}'"));
        assert_eq!((times, ledger.unsettled(channel).unwrap().len()), (written, 0), "{channel}: not each article once");
    }
    let editions = ledger.editions(u32::MAX, None).unwrap();
    let ids: Vec<&str> = editions.iter().rev().map(|edition| edition.id.as_str()).collect();
    each_once(desk, &ids);

    let before = (desk.files("editions"), desk.files("messages"));
    let again = desk.run_at(desk.now()).arg("--verbose").output().unwrap();
    ended(&again, 0);
    assert!(stderr(&again).contains("nothing new since"), "{}", stderr(&again));
    assert_eq!((desk.files("editions"), desk.files("messages")), before);
}

/// Each edition stands once in each channel, nothing unfinished stands beside it, and no sentence is in two of them.
fn each_once(desk: &Desk, editions: &[&str]) {
    let latest = ["latest.html", "latest.json", "latest.md", "latest.txt"].map(str::to_owned);
    let forms = editions.iter().flat_map(|id| ["html", "json", "md", "txt"].map(|form| format!("{id}.{form}")));
    let names =
        |folder: &str| -> BTreeSet<String> { desk.files(folder).iter().map(|path| name(path).to_owned()).collect() };
    assert_eq!(names("editions"), forms.chain(latest).collect());
    assert_eq!(names("messages"), editions.iter().map(|id| format!("{id}.eml")).collect());
    assert_eq!(names("feed"), BTreeSet::from(["briefing.atom".to_owned()]));
    let feed = fs::read_to_string(desk.folder.join("feed/briefing.atom")).unwrap();
    assert_eq!(whole_feed(&feed), editions.len().min(30));
    let last = fs::read_link(desk.folder.join("editions/latest.txt")).unwrap();
    assert_eq!(last, PathBuf::from(format!("{}.txt", editions.last().unwrap())));

    let mut told = BTreeMap::<String, &str>::new();
    for id in editions {
        for quote in quotes(&desk.folder.join(format!("editions/{id}.json"))) {
            if let Some(before) = told.insert(quote.clone(), id) {
                panic!("in {before} and in {id}: {quote}");
            }
        }
    }
    assert!(told.len() >= editions.len(), "editions tell something");
}

fn quotes(edition: &Path) -> Vec<String> {
    let edition: Value = serde_json::from_slice(&fs::read(edition).unwrap()).unwrap();
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap();
    let stories = list(&edition, "sections").into_iter().flat_map(|section| list(&section, "stories"));
    let items = stories.flat_map(|story| list(&story["digest"], "items"));
    items.map(|item| item["quote"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn whenever_a_run_is_killed_the_next_one_goes_on() {
    kill_at(40);
}

#[test]
#[ignore = "takes a minute or two"]
fn two_hundred_times_a_run_is_killed_and_the_next_one_goes_on() {
    kill_at(200);
}

/// Tells the test below where it may work. The folder `small` there is a small disk.
const FOLDER: &str = "EPITOME_TEST_FOLDER";

/// A disk of its own is mounted in a namespace of its own: that needs no rights, and nothing is left of it.
#[test]
fn a_full_disk_is_said_and_the_next_run_with_room_goes_on() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("small")).unwrap();
    let unshared = |arguments: &[&str]| -> Option<Output> {
        let mount = "mount -t tmpfs -o size=4m small \"$0\" && exec \"$@\"";
        let mut unshare = Command::new("unshare");
        unshare.args(["--mount", "--map-root-user", "sh", "-c", mount]).arg(folder.path().join("small"));
        unshare.args(arguments).env(FOLDER, folder.path()).output().ok()
    };
    if unshared(&["true"]).is_none_or(|tried| !tried.status.success()) {
        println!("skipped: nothing can be mounted here");
        return;
    }
    let this = env::current_exe().unwrap();
    let inside = ["--exact", "on_a_small_disk", "--ignored", "--nocapture"];
    let output = unshared(&[&[this.to_str().unwrap()][..], &inside].concat()).unwrap();
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    println!("{}", stdout(&output));
}

#[test]
#[ignore = "is started by the test above"]
fn on_a_small_disk() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let small = folder.join("small");
    // Everything is there; then the editions alone, which take less.
    with_little_room(&small, 8, |name| Desk::new(&small.join(name)));
    with_little_room(&small, 4, |name| {
        let desk = Desk::new(&folder.join(name));
        for channel in ["editions", "messages"] {
            fs::create_dir_all(small.join(name).join(channel)).unwrap();
            symlink(small.join(name).join(channel), desk.folder.join(channel)).unwrap();
        }
        desk
    });
}

/// Runs where there is no room at all, and then where there are so many KiB more each time, until that is enough.
fn with_little_room(disk: &Path, step: usize, new_desk: impl Fn(&str) -> Desk) {
    let mut said = BTreeMap::<String, usize>::new();
    for free in (0..).step_by(step) {
        let name = format!("{free} KiB");
        let mut desk = new_desk(&name);
        if free % (2 * step) == 0 {
            // There is an edition already.
            says(&desk.next_run().output().unwrap(), 0, "");
        }
        let mut run = desk.next_run();
        let ballast = fill(disk, free as u64 * 1024);
        let ran = run.output().unwrap();
        // The ledger, too, is read only where there is a little room.
        fs::remove_file(ballast).unwrap();
        nothing_is_torn(&desk);
        if !ran.status.success() {
            *said.entry(full(&ran)).or_default() += 1;
        }
        says(&desk.next_run().output().unwrap(), 0, "");
        all_is_well(&desk);
        fs::remove_dir_all(&desk.folder).unwrap();
        // If that was not the same.
        let _ = fs::remove_dir_all(disk.join(&name));
        if ran.status.success() {
            println!("{name} are enough; with less: {said:#?}");
            assert!(!said.is_empty());
            return;
        }
    }
}

/// What a run says on a full disk: that it is full, and what to do. Gives it without the paths.
fn full(ran: &Output) -> String {
    let (code, said) = (ran.status.code().unwrap(), stderr(ran));
    assert!(matches!(code, 1 | 4), "{code}: {said}");
    let is_full =
        |line: &str| ["no room left", "disk is full", "No space left"].iter().any(|words| line.contains(words));
    assert!(said.lines().all(|line| is_full(line) && line.contains("make room")), "{said}");
    let words = said.split_whitespace().filter(|word| !word.contains('/'));
    format!("{code}: {}", words.collect::<Vec<_>>().join(" "))
}

/// Fills a disk but for so many bytes.
fn fill(disk: &Path, free: u64) -> PathBuf {
    let path = disk.join("ballast");
    let all = nix::sys::statvfs::statvfs(disk).unwrap();
    let size = (all.blocks_available() as u64 * all.fragment_size() as u64).saturating_sub(free);
    fs::write(&path, vec![1; usize::try_from(size).unwrap()]).unwrap();
    path
}
