//! `epitome verify`: a digest, or a file with one a line, in, what does not hold on standard output.

use std::fs;
use std::io::{self, BufRead, Cursor, Read};
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize, Serializer};

use super::arguments::{ReportFormat, VerifyArguments};
use super::corpora::{Interruption, Trouble};
use super::exit::Exit;
use super::output::{Reader, Sink};
use super::{Messages, counted, input, output};
use crate::cite::Digest;
use crate::error::{Error, ErrorKind};
use crate::read::{Line, Lines, RecordId, STANDARD_INPUT, unreadable};
use crate::render::{excerpt, from_json, plain, plain_path, to_json, to_json_line};
use crate::verify::{Check, Finding, Report, verify};

/// Runs the subcommand.
pub(super) fn run(arguments: &VerifyArguments, messages: &Messages) -> Result<Exit, Error> {
    let root = arguments.root.as_deref().unwrap_or(Path::new(""));
    if !root.as_os_str().is_empty() && !root.is_dir() {
        let root = root.to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Missing, root, "no such folder", "check --root"));
    }
    match load(&arguments.digest)? {
        Loaded::One(digest) => one(&digest, arguments, root, messages),
        Loaded::Lines(lines) => every_line(lines, arguments, root, messages),
    }
}

/// Checks one digest.
fn one(digest: &Digest, arguments: &VerifyArguments, root: &Path, messages: &Messages) -> Result<Exit, Error> {
    let output = output::target(arguments.output.as_deref());
    refuse_to_overwrite(output, &arguments.digest, digest, root)?;
    let report = verify(digest, root);
    for path in &report.kept {
        messages.note(&format!("{path}: no file; checked against the text that the digest keeps"));
    }
    note_changed(&report, "", arguments, messages);
    let written = match arguments.format {
        ReportFormat::Json => to_json(&report),
        ReportFormat::Text => {
            let mut tally = Tally::default();
            tally.add(&report, arguments.strict);
            differences(&report, arguments.strict).into_iter().chain([tally.verdict()]).collect()
        }
    };
    output::write(written.as_bytes(), output)?;
    Ok(if report.holds(arguments.strict) { Exit::Done } else { Exit::Difference })
}

fn note_changed(report: &Report, place: &str, arguments: &VerifyArguments, messages: &Messages) {
    for path in report.changed.iter().filter(|_| !arguments.strict) {
        messages.note(&format!("{place}{path}: changed since; its cited sentences are checked one by one"));
    }
}

/// Checks digests of which each is a line, as `epitome digest --jsonl` writes them. A line that says why it has none is
/// passed over; any other is named.
fn every_line(
    lines: impl Iterator<Item = Result<Line, Error>>,
    arguments: &VerifyArguments,
    root: &Path,
    messages: &Messages,
) -> Result<Exit, Error> {
    let output = output::target(arguments.output.as_deref());
    let interruption = Interruption::listen()?;
    let mut sink = Sink::open(output)?;
    if let Some(unfinished) = sink.unfinished() {
        interruption.would_leave(unfinished);
    }
    let (mut trouble, mut tally) = (Trouble::default(), Tally::default());
    for line in lines.take_while(|_| !interruption.has_come()) {
        let checked = match line.and_then(|line| CheckedLine::of(&line, root)) {
            Ok((checked, digest)) => {
                if let Some(digest) = digest {
                    refuse_to_overwrite(output, &arguments.digest, &digest, root)?;
                }
                checked
            }
            Err(error) => {
                trouble.name(&error, messages);
                continue;
            }
        };
        let written = checked.written(arguments);
        if sink.write(written.as_bytes())? == Reader::Gone {
            return Ok(Exit::Done);
        }
        match &checked.report {
            Ok(report) => {
                tally.add(report, arguments.strict);
                note_changed(report, &format!("{}: ", checked.place), arguments, messages);
            }
            Err(_) => tally.without += 1,
        }
    }
    if tally.kept > 0 {
        let sources = counted(tally.kept, "source");
        messages.note(&format!("no files: {sources}; checked against the text that the digests keep"));
    }
    if tally.without > 0 {
        let lines = counted(tally.without, "line");
        messages.note(&format!("without a digest: {lines}; \"error\" says why"));
    }
    if tally.digests == 0 && !interruption.has_come() {
        return Ok(trouble.exit_without_result());
    }
    if arguments.format == ReportFormat::Text {
        sink.write(tally.verdict().as_bytes())?;
    }
    sink.finish()?;
    if interruption.has_come() {
        messages.error(&format!("interrupted; the result is of the first {}", counted(tally.digests, "digest")));
        return Ok(Exit::Interrupted);
    }
    Ok(match (tally.differing + tally.changed, trouble.any) {
        (0, false) => Exit::Done,
        (0, true) => Exit::LeftOut,
        _ => Exit::Difference,
    })
}

/// What came of a line.
#[derive(Serialize)]
struct CheckedLine {
    /// The name of the story, as the line has it.
    id: Option<RecordId>,
    /// Which line.
    line: usize,
    /// Where it stands.
    #[serde(skip)]
    place: String,
    /// What was found, or why there is nothing to check.
    #[serde(flatten, serialize_with = "report_or_error")]
    report: Result<Report, WithoutDigest>,
}

fn report_or_error<S: Serializer>(checked: &Result<Report, WithoutDigest>, serializer: S) -> Result<S::Ok, S::Error> {
    match checked {
        Ok(report) => report.serialize(serializer),
        Err(without) => without.serialize(serializer),
    }
}

/// A line of a story that there is no digest of.
#[derive(Serialize, Deserialize)]
struct WithoutDigest {
    error: String,
}

impl CheckedLine {
    /// Checks the digest of a line, and gives it back with that.
    fn of(line: &Line, root: &Path) -> Result<(Self, Option<Digest>), Error> {
        let (text, place) = (line.text()?, line.place());
        let checked = |report| Self { id: RecordId::of_line(text), line: line.number, place: place.clone(), report };
        // Whatever else stands in it, a digest is checked.
        match utf8(text, &place).and_then(|json| from_json(json, &place)) {
            Ok(digest) => Ok((checked(Ok(verify(&digest, root))), Some(digest))),
            Err(error) => match serde_json::from_slice(text) {
                Ok(without) => Ok((checked(Err(without)), None)),
                Err(_) => Err(error),
            },
        }
    }

    fn written(&self, arguments: &VerifyArguments) -> String {
        match (arguments.format, &self.report) {
            (ReportFormat::Json, _) => to_json_line(self),
            (ReportFormat::Text, Ok(report)) => {
                let place = plain_path(&self.place);
                differences(report, arguments.strict).iter().map(|line| format!("{place}: {line}")).collect()
            }
            (ReportFormat::Text, Err(_)) => String::new(),
        }
    }
}

/// A report must not replace the digest, nor a source of it.
fn refuse_to_overwrite(output: Option<&Path>, path: &Path, digest: &Digest, root: &Path) -> Result<(), Error> {
    let Some(target) = output.and_then(|path| fs::canonicalize(path).ok()) else { return Ok(()) };
    let files = digest.sources.iter().flat_map(|source| {
        let file = source.file.as_deref().unwrap_or(&source.path);
        std::iter::once(file).chain(source.kept.as_deref())
    });
    let mut read = files.map(|file| root.join(file)).chain([path.to_owned()]);
    let is_read = read.any(|path| fs::canonicalize(path).is_ok_and(|path| path == target && path.is_file()));
    if is_read || output::is_standard_input(&target) {
        let place = target.to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give -o another file"));
    }
    Ok(())
}

/// What is in a file of digests.
enum Loaded {
    One(Box<Digest>),
    /// One a line.
    Lines(Box<dyn Iterator<Item = Result<Line, Error>>>),
}

/// Where the first line is JSON by itself and others follow, every line is; where it is not, the whole file is.
fn load(path: &Path) -> Result<Loaded, Error> {
    let is_standard_input = path == Path::new("-");
    let place = if is_standard_input { STANDARD_INPUT.into() } else { path.to_string_lossy().into_owned() };
    let trouble = |error: io::Error| unreadable(&place, &error);
    let mut input = input::open(path)?;
    let mut beginning = Vec::new();
    input.read_until(b'\n', &mut beginning).map_err(trouble)?;
    let has_whole_lines = serde_json::from_slice::<IgnoredAny>(&beginning).is_ok();
    if has_whole_lines {
        let mut lines = Lines::new(&place, Cursor::new(beginning.clone()).chain(input)).peekable();
        let first = lines.next();
        if lines.peek().is_some() {
            return Ok(Loaded::Lines(Box::new(first.into_iter().chain(lines))));
        }
    } else {
        input.read_to_end(&mut beginning).map_err(trouble)?;
    }
    if let Some(stories) = stories_of_edition(&beginning) {
        return Ok(Loaded::Lines(Box::new(Lines::new(&place, Cursor::new(stories)))));
    }
    from_json(utf8(&beginning, &place)?, &place).map(Box::new).map(Loaded::One)
}

/// The digests of the stories of an edition of a briefing, one a line; `None` where the JSON is none.
fn stories_of_edition(json: &[u8]) -> Option<Vec<u8>> {
    #[derive(Deserialize)]
    struct Edition {
        sections: Vec<Section>,
    }
    #[derive(Deserialize)]
    struct Section {
        stories: Vec<Story>,
    }
    #[derive(Deserialize)]
    struct Story {
        id: RecordId,
        digest: serde_json::Map<String, serde_json::Value>,
    }
    #[derive(Serialize)]
    struct DigestOfStory {
        id: RecordId,
        #[serde(flatten)]
        digest: serde_json::Map<String, serde_json::Value>,
    }
    let edition: Edition = serde_json::from_slice(json).ok()?;
    let stories = edition.sections.into_iter().flat_map(|section| section.stories);
    let lines: String = stories.map(|Story { id, digest }| to_json_line(&DigestOfStory { id, digest })).collect();
    (!lines.is_empty()).then(|| lines.into_bytes())
}

/// Calls `each` with the digest of a file, or with each of its digests if it has one a line; lines that say why they have
/// none are passed over.
pub(super) fn each_digest(path: &Path, mut each: impl FnMut(Digest)) -> Result<(), Error> {
    let lines = match load(path)? {
        Loaded::One(digest) => {
            each(*digest);
            return Ok(());
        }
        Loaded::Lines(lines) => lines,
    };
    for line in lines {
        let line = line?;
        let (text, place) = (line.text()?, line.place());
        match utf8(text, &place).and_then(|json| from_json(json, &place)) {
            Ok(digest) => each(digest),
            Err(error) => {
                serde_json::from_slice::<WithoutDigest>(text).map_err(|_| error)?;
            }
        }
    }
    Ok(())
}

fn utf8<'t>(json: &'t [u8], place: &str) -> Result<&'t str, Error> {
    std::str::from_utf8(json).map_err(|_| {
        let way_out = "make one with epitome digest --format json";
        Error::new(ErrorKind::NotADigest, place, "not a digest in JSON (not UTF-8)", way_out)
    })
}

/// A line for each difference.
fn differences(report: &Report, strict: bool) -> Vec<String> {
    let changed = report.changed.iter().filter(|_| strict);
    let changed = changed.map(|path| format!("{}: changed since the digest was made\n", plain_path(path)));
    report.differences().map(|check| difference(check) + "\n").chain(changed).collect()
}

/// How much was checked, and what came of it.
#[derive(Default)]
struct Tally {
    /// Digests that were checked.
    digests: usize,
    /// Lines that have none.
    without: usize,
    places: usize,
    differing: usize,
    /// Sources that have changed, where that counts.
    changed: usize,
    /// Sources that are no files.
    kept: usize,
}

impl Tally {
    fn add(&mut self, report: &Report, strict: bool) {
        self.digests += 1;
        self.places += report.checks.len();
        self.differing += report.differences().count();
        self.changed += if strict { report.changed.len() } else { 0 };
        self.kept += report.kept.len();
    }

    /// `3 cited places checked, all hold`; of several digests, how many they are in front.
    fn verdict(&self) -> String {
        let digests = if self.digests == 1 { String::new() } else { format!("{}, ", counted(self.digests, "digest")) };
        let places = counted(self.places, "cited place");
        let found = match (self.differing, self.changed) {
            (0, 0) => "all hold".to_owned(),
            (0, 1) => "all hold, but a source has changed".to_owned(),
            (0, changed) => format!("all hold, but {changed} sources have changed"),
            (differing, _) => format!("{differing} differ"),
        };
        format!("{digests}{places} checked, {found}\n")
    }
}

/// `sentence 2, also in wire.txt:4: absent: "The ferry hit …"`
fn difference(check: &Check) -> String {
    let also = if check.also_in { ", also in" } else { "," };
    let finding = match &check.finding {
        Finding::Holds => "holds".to_owned(),
        Finding::Moved { to } => format!("moved to bytes {} to {}", to.start, to.end),
        Finding::Miscited { line } => format!("stands on line {line}, and its citation says otherwise"),
        Finding::Absent => "absent".to_owned(),
        Finding::SourceMissing => "source missing".to_owned(),
        Finding::NotText { what } => plain(what),
    };
    let shown = excerpt(&check.quote);
    format!("sentence {}{also} {}:{}: {finding}: \"{shown}\"", check.sentence, plain_path(&check.path), check.line)
}
