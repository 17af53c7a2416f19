//! Stories of which each is a line in, a digest for each of them out, in their order, on all cores.
//!
//! This is for corpora that are larger than the memory: whatever the number of lines, only so many are in hand at a time, read
//! and not yet taken out. A line that cannot be digested comes out, too, with the reason, so that there are as many
//! digests as lines.
//!
//! ```
//! use epitome::read::Lines;
//! use epitome::stream::Stream;
//! use epitome::{Options, Summarizer};
//!
//! let corpus = r#"{"id": "ferry", "documents": ["The ferry hit the pier of Port Ella on Tuesday, the mayor said."]}
//! {"id": "dam", "documents": [{"text": "Engineers opened the dam above Kessel on Monday after days of rain."}]}
//! {"id": "wire", "documents": "#;
//! let lines = Lines::new("news.jsonl", corpus.as_bytes());
//! let mut told = Vec::new();
//! for line in Stream::new(Summarizer::new(&Options::default())?).digests(lines, |line| line)? {
//!     let line = line?;
//!     let quotes = line.digest.map(|digest| digest.items.len());
//!     told.push((line.line, quotes.map_err(|error| error.place)));
//! }
//! assert_eq!(told, [(1, Ok(1)), (2, Ok(1)), (3, Err("news.jsonl:3".to_owned()))]);
//! # Ok::<(), epitome::Error>(())
//! ```

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::cite::Digest;
use crate::crew::{Crew, Room};
use crate::error::{Error, ErrorKind, value_or_error};
use crate::inspect::dropped;
use crate::read::{Line, ReadOptions, Record, RecordId};
use crate::summarize::Summarizer;
use crate::told::Told;

/// So much may be in hand: enough that one story that takes a thousand times as long as others does not hold them up.
pub(crate) const ROOM: Room = Room { items: 1024, weight: 64 << 20 };

/// How stories are digested that come a line each.
#[derive(Clone, Debug)]
pub struct Stream {
    /// What makes the digests. Articles are read in the language of its options, if there is one.
    pub summarizer: Summarizer,
    /// What was told before: it is told in none of the digests.
    pub told: Arc<Told>,
    /// Whether a digest says what of its articles was set aside before anything was chosen.
    pub show_dropped: bool,
    /// How many stories are worked on at the same time; the digests are the same for any number.
    pub threads: usize,
    /// Ends it soon after it becomes true, with what is done until then.
    pub stop: Arc<AtomicBool>,
}

/// What became of a line. Its serde form is a line of what `epitome digest --jsonl` writes, see
/// [`formats`](crate::docs::formats).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DigestLine {
    /// The name of the story, as its line has it.
    pub id: Option<RecordId>,
    /// The file that the line stands in.
    pub file: String,
    /// Which line of it, counted from 1.
    pub line: usize,
    /// How many bytes the line has.
    #[serde(skip)]
    pub bytes: usize,
    /// The digest, or why there is none.
    #[serde(flatten, serialize_with = "value_or_error")]
    pub digest: Result<Digest, Error>,
}

impl DigestLine {
    /// Where the story stands: `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl Stream {
    /// On all cores, and without end but that of the lines.
    pub fn new(summarizer: Summarizer) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { summarizer, told: Arc::default(), show_dropped: false, threads, stop: Arc::default() }
    }

    /// What `each` makes of the digest of every line, in the order of the lines. What could not be read comes in its place.
    /// `each` is called side by side, so that it can write digests down without holding others up.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] where the system does not give so many threads.
    pub fn digests<R: Send + 'static>(
        self,
        lines: impl Iterator<Item = Result<Line, Error>> + Send + 'static,
        each: impl Fn(Result<DigestLine, Error>) -> R + Send + Sync + 'static,
    ) -> Result<impl Iterator<Item = R>, Error> {
        let (crew, stop) = (Crew::new(self.threads)?, self.stop.clone());
        let weigh = |line: &Result<Line, Error>| line.as_ref().map_or(0, Line::bytes);
        Ok(crew.stream(lines, weigh, ROOM, stop, move |line| each(line.map(|line| self.digest(&line)))))
    }

    /// What becomes of one line.
    pub fn digest(&self, line: &Line) -> DigestLine {
        let (id, digest) = match line.text().map(|text| (text, Record::parse(text))) {
            Ok((_, Ok(record))) => (record.id.clone(), self.digest_record(record, line)),
            Ok((text, Err(what))) => (RecordId::of_line(text), Err(no_story(line, what))),
            Err(error) => (None, Err(error)),
        };
        DigestLine { id, file: line.file.to_string(), line: line.number, bytes: line.bytes(), digest }
    }

    fn digest_record(&self, record: Record, line: &Line) -> Result<Digest, Error> {
        if !record.has_text() {
            return Err(no_story(line, "no document with text"));
        }
        let name = record.id.as_ref().map_or_else(|| line.number.to_string(), RecordId::to_string);
        let options = ReadOptions { language: self.summarizer.options().language, ..ReadOptions::default() };
        let digest = unless_at_fault(|| {
            let cluster = record.into_reading(&name, &options).into_cluster();
            let mut digest = self.summarizer.summarize_new(&cluster, &self.told);
            if self.show_dropped {
                digest.dropped = Some(dropped(&cluster, &digest));
            }
            digest
        });
        digest.map_err(|what| Error::new(ErrorKind::Fault, line.place(), what, "leave the line out and report it"))
    }
}

fn no_story(line: &Line, what: impl Into<String>) -> Error {
    Error::new(ErrorKind::NotACluster, line.place(), what, "mend the line or leave it out")
}

/// A mistake of this program that shows in one story of a million must not cost the others.
fn unless_at_fault<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    let said = |panic: &(dyn Any + Send)| match panic.downcast_ref::<&str>() {
        Some(text) => (*text).to_owned(),
        None => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
    };
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| format!("a fault of epitome ({})", said(&*panic)))
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufReader, Read};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::model::Options;
    use crate::read::Lines;
    use crate::render::{from_json, to_json_line};
    use crate::select::Outcome;

    const TEXT: &str = "The ferry hit the east pier of the harbour on Tuesday, the mayor of the town said.";

    fn stream() -> Stream {
        Stream::new(Summarizer::new(&Options::default()).unwrap())
    }

    fn digest(line: &str) -> DigestLine {
        stream().digest(&Line::of("news.jsonl", 7, line))
    }

    #[test]
    fn a_line_of_json_is_the_digest_with_the_place_of_its_story_in_front() {
        let line = digest(&format!(r#"{{"id": 12, "documents": ["{TEXT}\u2028", {{"id": "b", "text": "{TEXT}"}}]}}"#));
        let json = to_json_line(&line);
        assert!(json.starts_with(r#"{"id":12,"file":"news.jsonl","line":7,"schema":1,"#), "{json}");
        assert!(json.ends_with("}\n") && json.lines().count() == 1 && !json.contains('\u{2028}'), "{json}");
        let read = from_json(&json, "").unwrap();
        assert_eq!(&read, line.digest.as_ref().unwrap());
        let paths: Vec<&str> = read.sources.iter().map(|source| source.path.as_str()).collect();
        assert_eq!(paths, ["12/1", "12/b"]);
        assert!(read.sources.iter().all(|source| source.text.as_ref().is_some_and(|text| text.starts_with(TEXT))));
    }

    #[test]
    fn a_line_that_is_no_story_says_why_under_the_name_that_it_has() {
        let told = |line: &str| to_json_line(&digest(line));
        assert_eq!(
            told(r#"{"id": "a", "documents": []}"#),
            "{\"id\":\"a\",\"file\":\"news.jsonl\",\"line\":7,\"error\":\"no document with text; mend the line or leave it out\"}\n"
        );
        assert!(
            told(r#"{"id": 3, "documents": 5}"#)
                .starts_with(r#"{"id":3,"file":"news.jsonl","line":7,"error":"not a cl"#)
        );
        assert!(told(r#"{"id": 3, "documents": ["#).starts_with(r#"{"id":null,"file":"#));
        assert_eq!(digest("x").digest.unwrap_err().place, "news.jsonl:7");
    }

    #[test]
    fn a_story_in_which_nothing_can_be_quoted_has_an_empty_digest() {
        let made = digest(r#"{"documents": ["FERRY HITS PIER"]}"#).digest.unwrap();
        assert_eq!((made.outcome, made.items.len(), made.left_out[0].source.as_str()), (Outcome::NoProse, 0, "7/1"));
    }

    #[test]
    fn a_fault_of_the_program_costs_one_story() {
        assert_eq!(unless_at_fault(|| 5), Ok(5));
        assert_eq!(unless_at_fault(|| -> u8 { panic!("index {}", 9) }), Err("a fault of epitome (index 9)".to_owned()));
        assert_eq!(unless_at_fault(|| -> u8 { panic!("never") }), Err("a fault of epitome (never)".to_owned()));
    }

    /// Counts what is read of endless lines.
    struct Endless {
        line: Vec<u8>,
        at: usize,
        read: Arc<AtomicUsize>,
    }

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let rest = &self.line[self.at..];
            let count = rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            self.at = (self.at + count) % self.line.len();
            self.read.fetch_add(count, Ordering::Relaxed);
            Ok(count)
        }
    }

    #[test]
    fn however_long_a_stream_is_little_more_of_it_is_read_than_was_taken_out() {
        const LINE: usize = 2 << 20;
        let mut line = vec![b' '; LINE];
        line[..2].copy_from_slice(b"{}");
        line[LINE - 1] = b'\n';
        let read = Arc::new(AtomicUsize::new(0));
        let input = BufReader::new(Endless { line, at: 0, read: read.clone() });
        let mut digests = stream().digests(Lines::new("x", input), |line| line.unwrap()).unwrap();
        // What is in hand, the line that waits to be, and what the buffer has of the next.
        let ahead = ROOM.weight + LINE + (8 << 10);
        for taken in 1..=3 * ROOM.weight / LINE {
            assert_eq!(digests.next().unwrap().line, taken);
            assert!(read.load(Ordering::Relaxed) <= taken * LINE + ahead);
        }
    }
}
