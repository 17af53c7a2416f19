//! Bytes in; nothing out, and a panic where a law is broken.
//!
//! One function a target, called by libFuzzer (`targets/`) and by the smoke run on the stable toolchain
//! (`tests/smoke.rs`). What holds of every article stands in `article`, of every digest in `digest`, of a digest in
//! Markdown in `markdown`.

mod article;
mod digest;
mod markdown;

use std::io::Cursor;

use epitome::error::ErrorKind;
use epitome::inspect::{Inspection, dropped, inspect, inspect_line};
use epitome::model::Limits;
use epitome::read::{self, Decoded, Line, Lines, Markup, ReadOptions, Reading};
use epitome::render::{from_json, to_json, to_json_line};
use epitome::segment::{Splitter, words};
use epitome::stream::Stream;
use epitome::{Budget, Options, Summarizer};

use article::{assert_article, assert_line, assert_sentences};
use digest::{assert_budget, assert_digest, assert_forged_digest, assert_inspection, assert_quotes};

/// Bytes in any encoding, as a plain text.
pub fn plain(data: &[u8]) {
    text_file(data, Markup::Plain);
}

/// Bytes in any encoding, as Markdown.
pub fn markdown(data: &[u8]) {
    text_file(data, Markup::Markdown);
}

fn text_file(data: &[u8], markup: Markup) {
    let Ok(Decoded { text, origin, encoding }) = read::decode(data.to_vec()) else { return };
    let again = read::decode_as(data.to_vec(), origin, encoding);
    assert_eq!(again.as_ref(), Ok(&text), "decoded otherwise when the encoding is known");
    let read = || Reading::of(vec![read::article("fuzz", text.clone(), markup, &read_options())], Vec::new());
    story(read, &Options::default());
}

/// A web page.
pub fn html(data: &[u8]) {
    file("fuzz.html", data);
}

/// A feed.
pub fn feed(data: &[u8]) {
    file("fuzz.xml", data);
}

/// A message, or several.
pub fn mail(data: &[u8]) {
    file("fuzz.eml", data);
}

fn file(name: &str, data: &[u8]) {
    story(|| read::from_bytes(name, data.to_vec(), &read_options()), &Options::default());
}

/// No clock decides what is read, and nothing small becomes very large.
fn read_options() -> ReadOptions {
    let limits = Limits { seconds: u64::MAX, unpacked_size: 4 << 20, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::default() }
}

/// JSON Lines: of stories, of articles, or of neither.
pub fn json_lines(data: &[u8]) {
    file("fuzz.jsonl", data);
    let stream = Stream::new(Summarizer::new(&Options::default()).expect("the default options work"));
    for line in Lines::new("fuzz.jsonl", Cursor::new(data.to_vec())) {
        let line = line.expect("memory can be read");
        story_line(&stream, &line);
        article_line(&line);
    }
}

fn story_line(stream: &Stream, line: &Line) {
    let made = stream.digest(line);
    let json = to_json_line(&made);
    assert!(json.ends_with('\n') && json.lines().count() == 1, "more than a line: {json:?}");
    match &made.digest {
        Ok(digest) => {
            assert_digest(digest);
            assert_eq!(from_json(&json, "").as_ref(), Ok(digest), "what was written is not what is read");
        }
        Err(error) => assert_ne!(error.kind, ErrorKind::Fault, "{error}"),
    }
    assert_eq!(to_json_line(&stream.digest(line)), json, "digested otherwise the second time");
}

fn article_line(line: &Line) {
    let made = inspect_line(line, &read_options());
    let json = to_json_line(&made);
    assert!(json.ends_with('\n') && json.lines().count() == 1, "more than a line: {json:?}");
    if let Ok(parts) = &made.parts {
        assert_line(parts);
    }
    assert_eq!(inspect_line(line, &read_options()), made, "read otherwise the second time");
}

/// Languages by whose rules the segmenter parts text: those with rules or marks of their own, and one without any.
const LANGUAGES: [&str; 16] =
    ["en", "de", "fr", "es", "it", "el", "hy", "ru", "ar", "hi", "am", "zh", "ja", "ko", "th", "qaa"];

/// A byte that says which language, then text: its sentences hold all of it but white space, its words are in order.
pub fn segmenter(data: &[u8]) {
    let Some((language, text)) = data.split_first() else { return };
    let language = LANGUAGES[usize::from(*language) % LANGUAGES.len()];
    let text = String::from_utf8_lossy(text);
    let mut end = 0;
    Splitter::new(language.parse().ok()).split(&text, |span| {
        assert!(text[end..span.start].trim().is_empty(), "lost {:?}", &text[end..span.start]);
        let sentence = span.of(&text);
        assert!(!sentence.is_empty() && sentence == sentence.trim(), "not trimmed: {sentence:?}");
        end = span.end;
    });
    assert!(text[end..].trim().is_empty(), "lost {:?}", &text[end..]);
    let mut start = 0;
    words(&text, |span| {
        let word = span.of(&text);
        assert!(span.start >= start, "words go back at {word:?}");
        assert!(!word.is_empty() && !word.contains(char::is_whitespace), "no word: {word:?}");
        start = span.start;
    });
}

/// What claims to be a digest, or an inspection, in JSON.
pub fn digest_json(data: &[u8]) {
    let Ok(json) = std::str::from_utf8(data) else { return };
    if let Ok(digest) = from_json(json, "fuzz.json") {
        assert_forged_digest(&digest);
    }
    if let Ok(inspection) = serde_json::from_str::<Inspection>(json) {
        assert_inspection(&inspection);
    }
}

/// What stands between the files of [`pipeline`].
const BETWEEN_FILES: &str = "\n%%%%\n";

/// Two bytes of settings, then files of any format, parted by lines of `%%%%`: all the way to a digest and back.
pub fn pipeline(data: &[u8]) {
    let (settings, files) = parted(data);
    let options = options(settings);
    let read = || {
        let mut reading = Reading::default();
        for (index, bytes) in files.iter().enumerate() {
            let Reading { articles, skipped } = read::from_bytes(&index.to_string(), bytes.to_vec(), &read_options());
            reading.articles.extend(articles);
            reading.skipped.extend(skipped);
        }
        Reading::of(reading.articles, reading.skipped)
    };
    story(read, &options);
}

/// Splits the input of [`pipeline`]. What has no line that parts it is a file without settings.
fn parted(data: &[u8]) -> (&[u8], Vec<&[u8]>) {
    let (mut parts, mut rest) = (Vec::new(), data);
    let mark = BETWEEN_FILES.as_bytes();
    while let Some(at) = rest.windows(mark.len()).position(|window| window == mark) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    parts.push(rest);
    if parts.len() == 1 { (b"", parts) } else { (parts.remove(0), parts) }
}

/// The options that two bytes stand for.
fn options(settings: &[u8]) -> Options {
    let [kind, value, ..] = *settings else { return Options::default() };
    let value = usize::from(value) + 1;
    let budget = match kind % 4 {
        0 => Budget::Words(value),
        1 => Budget::Sentences(value),
        2 => Budget::Chars(value * 4),
        _ => Budget::Percent(1 + value as u32 % 100),
    };
    Options { budget, explain: kind / 4 % 2 == 1, ..Options::default() }
}

/// What is read together, its inspection and its digest.
fn story(read: impl Fn() -> Reading, options: &Options) {
    let reading = read();
    assert_eq!(read(), reading, "read otherwise the second time");
    reading.articles.iter().for_each(assert_article);
    assert_inspection(&inspect(reading.clone()));
    let cluster = reading.into_cluster();
    assert_sentences(&cluster);
    let summarizer = Summarizer::new(options).expect("all options here work");
    let mut digest = summarizer.summarize(&cluster);
    assert_eq!(to_json(&summarizer.summarize(&cluster)), to_json(&digest), "digested otherwise the second time");
    digest.dropped = Some(dropped(&cluster, &digest));
    assert_budget(&cluster, &digest);
    assert_quotes(&cluster, &digest);
    assert_digest(&digest);
}
