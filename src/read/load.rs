//! A file in, its articles out: one, or as many as it carries.
//!
//! The bytes are read as far as the limits allow, unpacked, told by what they begin with, and given to the reader of their
//! format. What is wrong with one article of many is named and costs the others nothing.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::ReadOptions;
use super::assemble::sha256;
use super::carrier::Carrier;
use super::decode::Refusal;
use super::find::{Found, markup_of, unreadable};
use super::kind::{Kind, kind};
use super::unpack::{Unpacked, unpack};
use crate::error::{Error, ErrorKind};
use crate::model::{Article, Limits, Markup};

/// What came out of a file.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub articles: Vec<Article>,
    /// What is wrong with it, or with a part of it.
    pub trouble: Vec<Error>,
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
    let refused = |refusal: Refusal| refused(shown, refusal);
    let Unpacked { bytes, was_packed, broken } = unpack(bytes, &options.limits).map_err(refused)?;
    let carrier = Carrier { shown: shown.to_owned(), is_stream, sha256, was_packed, end };
    carrier.check_time(&options.limits)?;
    let kind = kind(&bytes, named, options.headlines);
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
        #[cfg(feature = "feeds")]
        Kind::Feed => carrier.feed(&bytes, options),
        #[cfg(not(feature = "feeds"))]
        Kind::Feed => {
            let what = "a feed, which this build does not read";
            Err(carrier.refuse(ErrorKind::UnknownKind, what, "build with the feature feeds"))
        }
        #[cfg(feature = "mail")]
        Kind::Mail => carrier.mail(&bytes, options),
        #[cfg(not(feature = "mail"))]
        Kind::Mail => {
            let what = "a message of electronic mail, which this build does not read";
            Err(carrier.refuse(ErrorKind::UnknownKind, what, "build with the feature mail, or save the article's text"))
        }
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

    /// Adds what became of the parts of a file. That its time is over is said once.
    pub fn add(&mut self, made: Vec<Result<Article, Error>>) {
        let mut said_once = false;
        for made in made {
            match made {
                Ok(article) => self.articles.push(article),
                Err(error) if error.kind == ErrorKind::OverLimit && said_once => {}
                Err(error) => {
                    said_once |= error.kind == ErrorKind::OverLimit;
                    self.trouble.push(error);
                }
            }
        }
    }
}

/// The texts of a file that carries articles, as this version takes them out of it, each with its name: what `verify` holds
/// quotes against.
pub(crate) fn texts_of(shown: &str, bytes: Vec<u8>) -> Result<FxHashMap<String, Arc<String>>, Error> {
    let named = markup_of(Path::new(shown)).unwrap_or_default();
    let options = ReadOptions::default();
    let end = Instant::now().checked_add(options.limits.time());
    let loaded = of_bytes(shown, named, false, bytes, end, &options)?;
    Ok(loaded.articles.into_iter().map(|article| (article.source, article.text)).collect())
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

pub(super) fn is_over(end: Option<Instant>) -> bool {
    end.is_some_and(|end| Instant::now() > end)
}

pub(super) fn out_of_time(shown: &str, limits: &Limits) -> Error {
    over(shown, "seconds", limits.seconds)
}

/// The refusal of a file, or of a part of it, by the reader of its format.
pub(super) fn refused(place: &str, (what, way_out): Refusal) -> Error {
    let kind = if Limits::are_exceeded(&what) { ErrorKind::OverLimit } else { ErrorKind::NotText };
    Error::new(kind, place, what, way_out)
}

/// The refusal of what is over a limit.
pub(super) fn over(place: &str, limit: &str, value: u64) -> Error {
    Error::new(ErrorKind::OverLimit, place, Limits::exceeded(limit, value), Limits::WAY_OUT)
}
