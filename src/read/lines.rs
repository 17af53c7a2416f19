//! Files of lines in, their lines out, one by one, however many there are.
//!
//! A line is held in memory as a whole, the rest of its file is not; a packed file is unpacked as it is read. Blank lines
//! are counted and passed over. A line that is longer than a line may be is counted, and comes out without what it says,
//! so that it costs no memory.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::other_than_utf8;
use super::find::{STANDARD_INPUT, refuse_device, refuse_web_address, unreadable};
use super::unpack::{self, Reader};
use crate::error::{Error, ErrorKind};

/// A line may have so many bytes: more is no story, but a file without line ends.
const LONGEST_LINE: usize = 256 << 20;

/// What Windows puts in front of UTF-8. Where files were joined it stands before later lines, too.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines of a file or a stream that are not blank.
pub struct Lines {
    file: Arc<str>,
    input: Box<dyn BufRead + Send>,
    longest: usize,
    /// How many lines have been read, blank ones included.
    number: usize,
    /// How many bytes have been read.
    bytes: u64,
    /// How many bytes there are, if that is known: not of a pipe, and not of what is packed.
    length: Option<u64>,
    /// Whether the end was seen.
    ended: bool,
}

/// A line, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file: its path as given, or `standard input`.
    pub file: Arc<str>,
    /// Which line of the file, counted from 1.
    pub number: usize,
    /// What it says, without its end and without a byte-order mark; `None` if it is too long.
    text: Option<Vec<u8>>,
}

impl Lines {
    /// The lines of a stream, which `file` names.
    pub fn new(file: &str, input: impl BufRead + Send + 'static) -> Self {
        let (file, input) = (file.into(), Box::new(input));
        Self { file, input, longest: LONGEST_LINE, number: 0, bytes: 0, length: None, ended: false }
    }

    /// The lines of a file or a pipe, unpacked where it is packed by gzip or zstd; `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where nothing is, [`ErrorKind::UnknownKind`] for a folder or a device,
    /// [`ErrorKind::NotText`] for what begins as no UTF-8 does, and those of reading. Packed data that break off or are
    /// damaged end in an error behind the lines that came out before.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut lines = if path == Path::new("-") {
            Self::new(STANDARD_INPUT, BufReader::new(io::stdin()))
        } else {
            let shown = path.to_string_lossy();
            refuse_web_address(&shown)?;
            let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
            refuse_device(&shown, &metadata)?;
            if metadata.is_dir() {
                let what = "a folder, and lines are read from files";
                return Err(Error::new(ErrorKind::UnknownKind, shown, what, "give the files in it"));
            }
            let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
            let length = metadata.is_file().then_some(metadata.len());
            Self { length, ..Self::new(&shown, BufReader::new(file)) }
        };
        let Reader { input, is_packed } =
            unpack::reader(lines.input).map_err(|error| unreadable(&lines.file, &error))?;
        lines.input = input;
        lines.length = lines.length.filter(|_| !is_packed);
        // Otherwise every line of a file in another encoding, or packed in another way, would be named as broken.
        let beginning = lines.input.fill_buf().map_err(|error| unreadable(&lines.file, &error))?;
        match other_than_utf8(beginning) {
            Some((what, way_out)) => Err(Error::new(ErrorKind::NotText, &*lines.file, what, way_out)),
            None => Ok(lines),
        }
    }

    /// Whether it seems to be JSON Lines with an article a line, by its first bytes, which stay to be read.
    pub fn begins_like_articles(&mut self) -> bool {
        self.input.fill_buf().is_ok_and(begins_like_articles)
    }

    /// Whether nothing more is to be read, as far as that is known without waiting for it.
    pub fn is_at_end(&self) -> bool {
        self.ended || self.length.is_some_and(|length| self.bytes >= length)
    }

    /// How much of the file has been read, in [0, 1], where that is known.
    pub fn share_read(&self) -> Option<f64> {
        self.length.map(|length| self.bytes as f64 / length.max(1) as f64)
    }

    /// The next line, blank or not.
    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut text = Vec::new();
        let count = self.input.by_ref().take(self.longest as u64 + 1).read_until(b'\n', &mut text)?;
        if count == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += count as u64;
        let has_ended = text.pop_if(|last| *last == b'\n').is_some();
        let is_too_long = !has_ended && text.len() > self.longest;
        if is_too_long {
            drop(std::mem::take(&mut text));
            self.bytes += self.input.skip_until(b'\n')? as u64;
        }
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(Some(Line { file: self.file.clone(), number: self.number, text: (!is_too_long).then_some(text) }))
    }
}

impl Iterator for Lines {
    type Item = Result<Line, Error>;

    /// The next line that is not blank. Where the file cannot be read on, the error, and then nothing more.
    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.read() {
                Ok(Some(line)) if line.is_blank() => {}
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(unreadable(&self.file, &error)));
                }
            }
        }
        None
    }
}

impl Line {
    /// A line of a text in memory.
    pub fn of(file: &str, number: usize, text: impl Into<Vec<u8>>) -> Self {
        Self { file: file.into(), number, text: Some(text.into()) }
    }

    /// Where it stands: `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.number)
    }

    /// What it says.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotACluster`] where it is too long to be held.
    pub fn text(&self) -> Result<&[u8], Error> {
        let too_long = || {
            let what = format!("a line of more than {} MiB", LONGEST_LINE >> 20);
            Error::new(ErrorKind::NotACluster, self.place(), what, "part it or leave it out")
        };
        self.text.as_deref().ok_or_else(too_long)
    }

    /// How many bytes of it are held.
    pub fn bytes(&self) -> usize {
        self.text.as_ref().map_or(0, Vec::len)
    }

    fn is_blank(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.trim_ascii().is_empty())
    }
}

/// Whether standard input seems to be JSON Lines with an article a line. Its bytes stay to be read.
pub fn standard_input_begins_like_articles() -> bool {
    io::stdin().lock().fill_buf().is_ok_and(begins_like_articles)
}

/// So many lines are looked at for one that is whole.
const LINES_LOOKED_AT: usize = 8;

/// Whether an object begins here that has a text or a page among its first fields, and is not spread over lines.
fn begins_like_articles(start: &[u8]) -> bool {
    let start = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(start).trim_ascii_start();
    // The first line may be broken.
    start.split(|byte| *byte == b'\n').take(LINES_LOOKED_AT).any(|line| {
        let has = |field: &[u8]| memchr::memmem::find(line, field).is_some();
        let line_begins = line.trim_ascii_start().starts_with(b"{");
        line_begins && (has(b"\"text\"") || has(b"\"html\"")) && !has(b"\"documents\"")
    })
}

/// The lines of all files, in the order that is given, one file open at a time. A file that cannot be opened, and one
/// without a line, is an error in its place.
pub fn lines(paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Line, Error>> + Send {
    paths.into_iter().flat_map(|path| match Lines::open(&path) {
        Ok(mut lines) => {
            let nothing = Error::new(ErrorKind::Empty, &*lines.file, "no line in it", "leave it out");
            let first = lines.next().unwrap_or(Err(nothing));
            std::iter::once(first).chain(Some(lines).into_iter().flatten())
        }
        Err(error) => std::iter::once(Err(error)).chain(None.into_iter().flatten()),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn of(text: &'static [u8], longest: usize) -> Vec<(usize, Option<&'static str>)> {
        let lines = Lines { longest, ..Lines::new("x", BufReader::with_capacity(3, Cursor::new(text))) };
        let told = |line: Line| {
            let text = line.text.map(|text| &*String::from_utf8(text).unwrap().leak());
            (line.number, text)
        };
        lines.map(|line| told(line.unwrap())).collect()
    }

    #[test]
    fn lines_come_with_their_numbers_without_ends_marks_and_blank_ones() {
        let text = b"\xef\xbb\xbfone\r\n\n \t\r\ntwo\n\xef\xbb\xbfthree";
        assert_eq!(of(text, 100), [(1, Some("one\r")), (4, Some("two")), (5, Some("three"))]);
        assert_eq!(of(b"", 100), []);
        assert_eq!(of(b"\xef\xbb\xbf\n\n", 100), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_counted_and_not_held() {
        let text = b"four\nfives\ntoo long by far\nsix\nagain too long";
        let expected = [(1, Some("four")), (2, Some("fives")), (3, None), (4, Some("six")), (5, None)];
        assert_eq!(of(text, 5), expected);
        let line = Line { file: "x.jsonl".into(), number: 7, text: None };
        let error = line.text().unwrap_err();
        assert_eq!(error.to_string(), "x.jsonl:7: a line of more than 256 MiB; part it or leave it out");
    }

    #[test]
    fn how_much_is_read_is_known_of_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl");
        fs::write(&path, "one\ntwo\n").unwrap();
        let mut lines = Lines::open(&path).unwrap();
        assert_eq!((lines.share_read(), lines.is_at_end()), (Some(0.0), false));
        lines.next();
        assert_eq!((lines.share_read(), lines.is_at_end()), (Some(0.5), false));
        lines.next();
        assert_eq!((lines.share_read(), lines.is_at_end()), (Some(1.0), true));
        assert_eq!(Lines::new("x", Cursor::new("one")).share_read(), None);
    }

    #[test]
    fn what_is_wrong_with_a_file_stands_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "one\n\ntwo").unwrap();
        fs::write(path("b"), "\n\n").unwrap();
        fs::write(path("c"), b"BZh91AY&SY\n\n").unwrap();
        fs::write(path("d"), b"\xff\xfe{\0").unwrap();
        let paths = ["b", "a", "nowhere", "c", ".", "d", "a"].map(path).to_vec();
        let told = lines(paths).map(|line| match line {
            Ok(line) => format!("{}", line.number),
            Err(error) => error.reason(),
        });
        let expected = [
            "no line in it; leave it out",
            "1",
            "3",
            "no such file or folder; check the path",
            "not text (bzip2 data); unpack it first",
            "a folder, and lines are read from files; give the files in it",
            "not UTF-8 (UTF-16LE); convert it to UTF-8 first, for instance with iconv",
            "1",
            "3",
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[cfg(feature = "packed")]
    #[test]
    fn packed_lines_are_the_lines_that_were_packed_up_to_where_they_break_off() {
        use std::io::Write;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl.gz");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        packer.write_all(b"one\n\ntwo\nthree\n").unwrap();
        let packed = packer.finish().unwrap();
        let told = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            let mut lines = Lines::open(&path).unwrap();
            assert_eq!((lines.share_read(), lines.is_at_end()), (None, false));
            let told: Vec<_> = lines.by_ref().map(|line| line.map(|l| l.number).map_err(|e| e.reason())).collect();
            assert!(lines.is_at_end());
            told
        };
        assert_eq!(told(&packed), [Ok(1), Ok(3), Ok(4)]);
        let broken = "cannot be read (gzip data that break off); leave it out or mend it".to_owned();
        assert_eq!(told(&packed[..packed.len() - 10]), [Ok(1), Ok(3), Err(broken)]);
    }

    #[test]
    fn a_file_that_cannot_be_read_on_ends_there() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let lines = Lines::new("x", BufReader::new(Cursor::new("one\ntw").chain(Broken)));
        let told: Vec<Result<usize, String>> =
            lines.map(|line| line.map(|line| line.number).map_err(|error| error.what)).collect();
        assert_eq!(told, [Ok(1), Err("cannot be read (the disk is gone)".to_owned())]);
    }
}
