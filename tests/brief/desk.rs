//! A briefing in a folder of its own, with its state and its home in it too, and servers that feeds are on.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use epitome::brief::edition::Edition;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::http::{self, Reply};
use crate::outside;

/// A section that reads the folder `articles`.
pub const FOLDER: &str = "[[section]]\nname = 'News'\nfolders = ['articles']\n";

/// A channel into the folder `editions`.
pub const FILES: &str = "[[channel]]\nname = 'files'\nto = 'folder'\npath = 'editions'\n";

/// Feeds on this machine may be asked as often as a test likes.
pub const FETCH: &str = "[fetch]\nevery = '0s'\ngap = '0s'\nlocal_network = true\n";

/// Where a briefing is made.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A briefing with these tables, and a folder for articles.
    pub fn new(tables: &[&str]) -> Self {
        let desk = Self::empty();
        fs::create_dir(desk.path("articles")).unwrap();
        desk.configure(tables);
        desk
    }

    /// A briefing that reads these feeds and tells files.
    pub fn of_feeds(urls: &[String]) -> Self {
        Self::new(&[FETCH, &feeds("News", urls), FILES])
    }

    /// Writes the configuration, in place of one that may be there.
    pub fn configure(&self, tables: &[&str]) {
        self.write("briefing.toml", &format!("id = 'briefing-test'\nzone = 'UTC'\n{}", tables.join("\n")));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Puts an article of an hour ago into the folder.
    pub fn article(&self, name: &str, text: &str) {
        self.article_of("News", name, text);
    }

    /// The same for an outlet.
    pub fn article_of(&self, outlet: &str, name: &str, text: &str) {
        let date = an_hour_ago();
        let front = format!("title: On {name}\npublisher: {outlet}\ndate: {date}");
        self.write(&format!("articles/{name}.md"), &format!("---\n{front}\n---\n\n{text}\n"));
    }

    /// The same of a day.
    pub fn article_on(&self, day: &str, name: &str, text: &str) {
        self.write(&format!("articles/{name}.md"), &format!("---\ntitle: On {name}\ndate: {day}\n---\n\n{text}\n"));
    }

    /// The program, with nothing of the one who tests around it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = outside::command(self.folder.path(), &[&["brief"], arguments].concat());
        command
            .env("HOME", self.path("home"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CONFIG_HOME", self.path("config"));
        command
    }

    pub fn brief(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn run(&self, options: &[&str]) -> Output {
        self.brief(&[&["run"], options].concat())
    }

    /// Runs it, and it is silent and well.
    #[track_caller]
    pub fn runs_well(&self, options: &[&str]) {
        let output = self.run(options);
        outside::says(&output, 0, "");
        assert_eq!(outside::stdout(&output), "");
    }

    pub fn ledger(&self) -> PathBuf {
        self.path("state/epitome/briefing-test/ledger.sqlite")
    }

    /// The newest edition in the folder `editions`.
    #[track_caller]
    pub fn latest(&self) -> Edition {
        edition(&self.path("editions/latest.json"))
    }

    /// The sentences of that.
    #[track_caller]
    pub fn told(&self) -> Vec<String> {
        quotes(&self.latest())
    }

    /// The ids of the editions in a folder, in the order in which they were made.
    pub fn editions(&self, folder: &str) -> Vec<String> {
        let files = fs::read_dir(self.path(folder)).into_iter().flatten().flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let mut ids: Vec<String> =
            names.filter_map(|name| Some(name.strip_suffix(".json")?.to_owned())).filter(|id| id != "latest").collect();
        ids.sort_by_key(|id| edition(&self.path(&format!("{folder}/{id}.json"))).window.until);
        ids
    }

    /// Every file with its bytes, but for the lock, which says who had it last, and what SQLite has beside a ledger that
    /// somebody has looked into.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), &mut files);
        let ends = |path: &Path, end: &str| path.to_string_lossy().ends_with(end);
        files.retain(|path, bytes| {
            !(path.ends_with("lock")
                || path.ends_with("last-run")
                || ends(path, "-shm")
                || (ends(path, "-wal") && bytes.is_empty()))
        });
        files
    }
}

/// Holds files against what they were.
#[track_caller]
pub fn unchanged(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) {
    let paths = before.keys().chain(after.keys());
    let changed: Vec<&PathBuf> = paths.filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(changed.is_empty(), "something was written: {changed:#?}");
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for file in fs::read_dir(folder).unwrap().flatten() {
        if file.file_type().unwrap().is_dir() {
            collect(&file.path(), files);
        } else {
            files.insert(file.path(), fs::read(file.path()).unwrap());
        }
    }
}

#[track_caller]
pub fn edition(path: &Path) -> Edition {
    let json = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&json).unwrap()
}

/// The sentences of an edition, each on one line.
pub fn quotes(edition: &Edition) -> Vec<String> {
    let items = edition.digests().flat_map(|digest| &digest.items);
    items.map(|item| item.quote.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The outcome of a source of an edition, with its notes.
#[track_caller]
pub fn outcome(edition: &Edition, source: &str) -> String {
    let report = edition.status.sources.iter().find(|report| report.source == source);
    let report = report.unwrap_or_else(|| panic!("{source} is not in {:#?}", edition.status.sources));
    std::iter::once(&report.outcome).chain(&report.notes).cloned().collect::<Vec<_>>().join("; ")
}

/// A section that reads feeds.
pub fn feeds(name: &str, urls: &[String]) -> String {
    format!("[[section]]\nname = '{name}'\nfeeds = {urls:?}\n")
}

pub fn an_hour_ago() -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(1)
}

/// An item of a feed.
#[derive(Clone, Copy)]
pub struct Item<'i> {
    pub guid: &'i str,
    pub text: &'i str,
    pub published: Option<Timestamp>,
}

/// An item of an hour ago.
pub fn item<'i>(guid: &'i str, text: &'i str) -> Item<'i> {
    Item { guid, text, published: Some(an_hour_ago()) }
}

/// A feed in RSS.
pub fn rss(items: &[Item<'_>]) -> String {
    let items: String = items.iter().map(written).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Example Wire</title><link>https://example.org/</link>{items}</channel></rss>\n"
    )
}

fn written(item: &Item<'_>) -> String {
    let Item { guid, text, published } = item;
    let date = published.map(|at| format!("<pubDate>{}</pubDate>", at.strftime("%a, %d %b %Y %H:%M:%S +0000")));
    format!(
        "<item><guid isPermaLink=\"false\">{guid}</guid><title>On {guid}</title><link>https://example.org/{guid}</link>\
         {}<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>",
        date.unwrap_or_default()
    )
}

/// A web server that gives what it is told to give, path by path.
pub struct Web {
    pub server: http::Server,
    replies: Arc<Mutex<HashMap<String, Reply>>>,
}

impl Web {
    pub fn start() -> Self {
        let replies = Arc::<Mutex<HashMap<String, Reply>>>::default();
        let known = replies.clone();
        let server = http::Server::start(move |asked| {
            known.lock().unwrap().get(&asked.path).cloned().unwrap_or_else(|| Reply::status(404))
        });
        Self { server, replies }
    }

    /// Gives this at a path from now on.
    pub fn gives(&self, path: &str, reply: Reply) {
        self.replies.lock().unwrap().insert(path.to_owned(), reply);
    }

    /// A server that gives a feed with these items at a path, and the address of that.
    pub fn of_feed(path: &str, items: &[Item<'_>]) -> (Self, String) {
        let web = Self::start();
        web.gives(path, Reply::ok(rss(items)));
        let url = web.server.url(path);
        (web, url)
    }
}
