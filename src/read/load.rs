//! A file in, its articles out: one, or as many as it carries.
//!
//! The bytes are read as far as the limits allow, unpacked, told by what they begin with, and given to the reader of their
//! format. What is wrong with one article of many is named and costs the others nothing.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashSet;

use super::assemble::{Source, each_article, of_extract, of_text, sha256};
use super::decode::{Refusal, decode, decode_page};
use super::extract::Extract;
#[cfg(feature = "feeds")]
use super::feeds;
use super::find::{Found, markup_of, unreadable};
#[cfg(feature = "html")]
use super::html;
use super::item::Item;
use super::kind::{Kind, kind};
use super::metadata::Trust;
use super::own::{looks_like_digest, looks_like_inspection};
use super::unpack::{Unpacked, unpack};
use super::{Decoded, Line, ReadOptions};
use crate::error::{Error, ErrorKind};
use crate::model::{Article, Limits, Markup, Origin};

/// Stands between the name of a file and the part of it that an article is.
pub(super) const PART: char = '#';

/// What came out of a file.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub articles: Vec<Article>,
    /// What is wrong with it, or with a part of it.
    pub trouble: Vec<Error>,
}

/// A file whose bytes are there.
struct Carrier {
    /// How it is named.
    shown: String,
    /// Whether nobody can read it again under that name.
    is_stream: bool,
    /// SHA-256 of its bytes as they lay there.
    sha256: String,
    /// Whether its bytes were unpacked.
    was_packed: bool,
    /// When the time that one file may take is over.
    end: Option<Instant>,
}

/// Reads a file.
pub(super) fn load(file: &Found, options: &ReadOptions) -> Loaded {
    let end = Instant::now().checked_add(options.limits.time());
    let loaded = bytes_of(file, &options.limits, end)
        .and_then(|bytes| of_bytes(&file.shown, file.markup, file.is_stream, bytes, end, options));
    loaded.unwrap_or_else(|error| Loaded { articles: Vec::new(), trouble: vec![error] })
}

/// Reads what a file, or a stream of that name, has.
pub(super) fn of_bytes(
    shown: &str,
    named: Markup,
    is_stream: bool,
    bytes: Vec<u8>,
    end: Option<Instant>,
    options: &ReadOptions,
) -> Result<Loaded, Error> {
    let sha256 = if is_stream { String::new() } else { sha256(&bytes) };
    let refused = |(what, way_out): Refusal| Error::new(ErrorKind::NotText, shown, what, way_out);
    let Unpacked { bytes, was_packed, broken } = unpack(bytes, &options.limits).map_err(refused)?;
    let carrier = Carrier { shown: shown.to_owned(), is_stream, sha256, was_packed, end };
    carrier.check_time(&options.limits)?;
    let kind = kind(&bytes, named);
    if let Some(broken) = broken {
        // Of lines those before the break are whole; of an article a part is none.
        let mut loaded = if kind == Kind::Articles { carrier.articles(&bytes, options)? } else { Loaded::default() };
        loaded.trouble.push(refused(broken));
        return Ok(loaded);
    }
    match kind {
        Kind::Text(markup) => carrier.text(bytes, markup, options).map(Loaded::one),
        Kind::Html => carrier.page(bytes, options).map(Loaded::one),
        Kind::Articles => carrier.articles(&bytes, options),
        Kind::Feed => carrier.feed(&bytes, options),
        Kind::Mail => Err(carrier.refuse(ErrorKind::UnknownKind, "not read", "")),
        Kind::Data => {
            let what = "neither a feed nor articles of which each is a line";
            Err(carrier.refuse(ErrorKind::UnknownKind, what, "leave it out"))
        }
        Kind::Stories => {
            let what = "stories, one a line, not an article";
            Err(carrier.refuse(ErrorKind::UnknownKind, what, "read them with epitome digest --jsonl"))
        }
    }
}

impl Loaded {
    fn one(article: Article) -> Self {
        Self { articles: vec![article], trouble: Vec::new() }
    }
}

/// The texts of a file that carries articles, as this version takes them out of it, each with its name: what `verify` holds
/// quotes against.
pub(crate) fn texts_of(shown: &str, bytes: Vec<u8>) -> Result<Vec<(String, Arc<String>)>, Error> {
    let named = markup_of(Path::new(shown)).unwrap_or_default();
    let loaded = of_bytes(shown, named, false, bytes, None, &ReadOptions::default())?;
    Ok(loaded.articles.into_iter().map(|article| (article.source, article.text)).collect())
}

/// The article of a line of JSON Lines, named by the line's place.
///
/// # Errors
///
/// [`ErrorKind::NotAnArticle`] with what is wrong with the line, and [`ErrorKind::NotACluster`] where it is too long.
pub fn article_of_line(line: &Line, options: &ReadOptions) -> Result<Article, Error> {
    let refuse = |what: String| bad_line(line.place(), what);
    let item = Item::parse(line.text()?).map_err(refuse)?;
    let source = |text: &str| {
        let (name, sha256) = (line.place(), sha256(text.as_bytes()));
        Source { name, file: None, origin: Origin::Stream, sha256 }
    };
    article_of_item(item, source, options).map_err(refuse)
}

fn article_of_item(item: Item, source: impl FnOnce(&str) -> Source, options: &ReadOptions) -> Result<Article, String> {
    let options = ReadOptions { language: options.language.or(item.lang), ..options.clone() };
    let extract = item.extract(&options.limits)?;
    let trust = if extract.markup == Markup::Html { Trust::Given } else { Trust::Text };
    Ok(of_extract(source(&extract.text), extract, trust, &options))
}

fn bad_line(place: String, what: String) -> Error {
    Error::new(ErrorKind::NotAnArticle, place, what, "mend the line or leave it out")
}

/// What is read at once: between two such pieces the clock is looked at.
const PIECE: u64 = 1 << 20;

/// All bytes of a file or a stream, if it has no more than a file may have.
fn bytes_of(file: &Found, limits: &Limits, end: Option<Instant>) -> Result<Vec<u8>, Error> {
    let fail = |error: io::Error| unreadable(&file.shown, &error);
    let (mut input, length): (Box<dyn Read>, u64) = if file.path == Path::new("-") {
        (Box::new(io::stdin().lock()), 0)
    } else {
        let length = fs::metadata(&file.path).map_err(fail)?.len();
        (Box::new(File::open(&file.path).map_err(fail)?), length)
    };
    // A block has its place in 32 bits.
    let most = limits.file_size.min(u64::from(u32::MAX));
    let mut bytes = Vec::with_capacity(if length <= most { length as usize + 1 } else { 0 });
    while length <= most && bytes.len() as u64 <= most {
        let room = PIECE.min(most + 1 - bytes.len() as u64);
        if input.by_ref().take(room).read_to_end(&mut bytes).map_err(fail)? == 0 {
            return Ok(bytes);
        }
        // Whoever writes to a stream may take all the time in the world.
        if !file.is_stream && is_over(end) {
            return Err(out_of_time(&file.shown, limits));
        }
    }
    Err(over(&file.shown, "file-size", most))
}

fn is_over(end: Option<Instant>) -> bool {
    end.is_some_and(|end| Instant::now() > end)
}

fn out_of_time(shown: &str, limits: &Limits) -> Error {
    over(shown, "seconds", limits.seconds)
}

/// The refusal of what is over a limit.
pub(super) fn over(place: &str, limit: &str, value: u64) -> Error {
    let what = format!("over the limit {limit}={value}");
    Error::new(ErrorKind::OverLimit, place, what, "leave it out, or raise the limit with --max")
}

impl Carrier {
    fn refuse(&self, kind: ErrorKind, what: impl Into<String>, way_out: &str) -> Error {
        Error::new(kind, self.shown.as_str(), what, way_out)
    }

    fn check_time(&self, limits: &Limits) -> Result<(), Error> {
        if is_over(self.end) { Err(out_of_time(&self.shown, limits)) } else { Ok(()) }
    }

    /// The text that a file is.
    fn text(&self, bytes: Vec<u8>, markup: Markup, options: &ReadOptions) -> Result<Article, Error> {
        let decoded = decode(bytes).map_err(|(what, way_out)| self.refuse(ErrorKind::NotText, what, way_out))?;
        let Decoded { text, origin, encoding } = decoded;
        if u32::try_from(text.len()).is_err() {
            return Err(over(&self.shown, "file-size", u32::MAX.into()));
        }
        if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            return Err(self.refuse(ErrorKind::Empty, "empty", "leave it out"));
        }
        let own = if looks_like_inspection(&text) {
            Some("what epitome inspect wrote, not an article")
        } else {
            looks_like_digest(&text).then_some("a digest that epitome wrote, not an article")
        };
        if let Some(what) = own {
            return Err(self.refuse(ErrorKind::UnknownKind, what, "leave it out"));
        }
        let origin = if self.was_packed { Origin::Extracted } else { origin };
        let article = of_text(self.source(None, &text, origin), text, markup, options);
        Ok(Article { encoding, ..article })
    }

    /// The article of a web page.
    fn page(&self, bytes: Vec<u8>, options: &ReadOptions) -> Result<Article, Error> {
        let refused = |(what, way_out): Refusal| self.refuse(ErrorKind::NotText, what, way_out);
        let Decoded { text, encoding, .. } = decode_page(bytes).map_err(refused)?;
        let extract = page(&text, &options.limits).map_err(refused)?;
        self.check_time(&options.limits)?;
        let source = self.source(None, &extract.text, Origin::Extracted);
        Ok(Article { encoding, ..of_extract(source, extract, Trust::Given, options) })
    }

    /// The articles of JSON Lines. A line that is broken is named and left out.
    fn articles(&self, bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
        let mut seen = FxHashSet::default();
        let mut items = Vec::new();
        let mut loaded = Loaded::default();
        for (index, line) in lines {
            if items.len() as u64 >= options.limits.articles {
                loaded.trouble.push(self.too_many(options));
                break;
            }
            let number = (index + 1).to_string();
            let line = match Item::parse(line) {
                Ok(item) => {
                    let name = item.id.as_ref().map(ToString::to_string);
                    // A name that is given twice would be that of two articles.
                    (name.filter(|name| seen.insert(name.clone())).unwrap_or_else(|| number.clone()), item)
                }
                Err(what) => {
                    loaded.trouble.push(bad_line(self.line(&number), what));
                    continue;
                }
            };
            items.push((number, line));
        }
        let made = each_article(items, bytes.len(), |(number, (part, item))| {
            self.check_time(&options.limits)?;
            let source = |text: &str| self.source(Some(&part), text, Origin::Extracted);
            article_of_item(item, source, options).map_err(|what| bad_line(self.line(&number), what))
        });
        loaded.add(made);
        Ok(loaded)
    }

    fn line(&self, number: &str) -> String {
        format!("{}:{number}", self.shown)
    }

    fn too_many(&self, options: &ReadOptions) -> Error {
        let what = format!("over the limit articles={}; the rest of it is left out", options.limits.articles);
        self.refuse(ErrorKind::OverLimit, what, "raise the limit with --max")
    }

    /// Where an article comes from: the whole file, or a part of it.
    fn source(&self, part: Option<&str>, text: &str, origin: Origin) -> Source {
        let name = part.map_or_else(|| self.shown.clone(), |part| format!("{}{PART}{part}", self.shown));
        let file = part.map(|_| Arc::from(self.shown.as_str()));
        // Of a stream the text is all that can be kept, so the text is what is hashed.
        let (origin, sha256) =
            if self.is_stream { (Origin::Stream, sha256(text.as_bytes())) } else { (origin, self.sha256.clone()) };
        Source { name, file, origin, sha256 }
    }
}

impl Loaded {
    /// Adds what became of the parts of a file. That its time is over is said once.
    fn add(&mut self, made: Vec<Result<Article, Error>>) {
        for made in made {
            match made {
                Ok(article) => self.articles.push(article),
                Err(error) if self.trouble.contains(&error) => {}
                Err(error) => self.trouble.push(error),
            }
        }
    }
}

/// The article of a web page.
#[cfg(feature = "html")]
pub(super) fn page(html: &str, limits: &Limits) -> Result<Extract, Refusal> {
    html::page(html, limits)
}

#[cfg(not(feature = "html"))]
pub(super) fn page(_: &str, _: &Limits) -> Result<Extract, Refusal> {
    Err(("an HTML page, which this build does not read".to_owned(), "build with the feature html"))
}

/// Whether a file that begins like this is a feed.
pub(super) fn looks_like_feed(start: &[u8]) -> bool {
    #[cfg(feature = "feeds")]
    return feeds::looks_like_feed(start);
    #[cfg(not(feature = "feeds"))]
    return [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|root| start.starts_with(root));
}

/// The articles of a feed: what is said of each of its entries, and its text.
#[cfg(feature = "feeds")]
mod of_feed {
    use super::super::extract::Given;
    use super::super::feeds::{Content, Entry, Publisher, Text};
    use super::super::{html, plain};
    use super::*;
    use crate::model::Found as Place;

    impl Carrier {
        pub fn feed(&self, bytes: &[u8], options: &ReadOptions) -> Result<Loaded, Error> {
            let refused = |(what, way_out): Refusal| self.refuse(ErrorKind::NotText, what, way_out);
            let feed = feeds::entries(bytes, &options.limits).map_err(refused)?;
            let mut loaded = Loaded::default();
            if let Some(damage) = feed.damaged {
                let what = format!("a damaged feed ({damage}); what can be read of it is");
                loaded.trouble.push(self.refuse(ErrorKind::NotText, what, "get an undamaged copy"));
            }
            let entries = feed.entries.into_iter().enumerate().collect();
            let made = each_article(entries, bytes.len(), |(index, entry): (usize, Entry)| {
                self.check_time(&options.limits)?;
                let part = (index + 1).to_string();
                let extract = extract(entry, &options.limits).map_err(|(what, way_out)| {
                    Error::new(ErrorKind::NotText, format!("{}{PART}{part}", self.shown), what, way_out)
                })?;
                let source = self.source(Some(&part), &extract.text, Origin::Extracted);
                Ok(of_extract(source, extract, Trust::Given, options))
            });
            loaded.add(made);
            Ok(loaded)
        }
    }

    fn extract(entry: Entry, limits: &Limits) -> Result<Extract, Refusal> {
        let (text, extent) = match entry.content {
            Some(Content { text, extent }) => (Some(text), Some(extent)),
            None => (None, None),
        };
        let (text, stretches) = match text {
            Some(Text::Html(html)) => html::fragment(&html, limits)?,
            Some(Text::Plain(text)) => {
                let stretches = plain::stretches(&text);
                (text, stretches)
            }
            None => (String::new(), Vec::new()),
        };
        let by_entry = |text: Option<String>| text.map(|text| (text, Place::Entry));
        let publisher = entry.publisher.map(|Publisher { name, of_feed }| {
            let found = if of_feed { Place::Feed } else { Place::Entry };
            (name, found)
        });
        let authors = Some(entry.authors.join(", ")).filter(|authors| !authors.is_empty());
        let given = Given {
            title: by_entry(entry.title),
            publisher,
            byline: by_entry(authors),
            published: entry.published.map(|moment| (moment, Place::Entry)),
            updated: entry.updated.map(|moment| (moment, Place::Entry)),
            url: by_entry(entry.url),
            language: entry.language,
            extent,
        };
        Ok(Extract { text, stretches, markup: Markup::Feed, given })
    }
}

#[cfg(not(feature = "feeds"))]
impl Carrier {
    fn feed(&self, _: &[u8], _: &ReadOptions) -> Result<Loaded, Error> {
        let what = "a feed, which this build does not read";
        Err(self.refuse(ErrorKind::UnknownKind, what, "build with the feature feeds"))
    }
}
