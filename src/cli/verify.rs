//! `epitome verify`: a digest in, what does not hold on standard output.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::arguments::{ReportFormat, VerifyArguments};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::cite::Digest;
use crate::error::{Error, ErrorKind};
use crate::render::{excerpt, from_json, plain, plain_path, to_json};
use crate::verify::{Check, Finding, Report, verify};

/// Runs the subcommand.
pub(super) fn run(arguments: &VerifyArguments, messages: &Messages) -> Result<Exit, Error> {
    let place = arguments.digest.to_string_lossy().into_owned();
    let digest = from_json(&load(&arguments.digest, &place)?, &place)?;
    let root = arguments.root.as_deref().unwrap_or(Path::new(""));
    if !root.as_os_str().is_empty() && !root.is_dir() {
        let root = root.to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Missing, root, "no such folder", "check --root"));
    }
    let output = output::target(arguments.output.as_deref());
    refuse_to_overwrite(output, &arguments.digest, &digest, root)?;
    let report = verify(&digest, root);
    for path in &report.kept {
        messages.note(&format!("{path}: no file; checked against the text that the digest keeps"));
    }
    if !arguments.strict {
        for path in &report.changed {
            messages.note(&format!("{path}: changed since; its cited sentences are checked one by one"));
        }
    }
    let written = match arguments.format {
        ReportFormat::Json => to_json(&report),
        ReportFormat::Text => text(&report, arguments.strict),
    };
    output::write(written.as_bytes(), output)?;
    Ok(if report.holds(arguments.strict) { Exit::Done } else { Exit::Difference })
}

/// A report must not replace the digest, nor a source of it.
fn refuse_to_overwrite(output: Option<&Path>, path: &Path, digest: &Digest, root: &Path) -> Result<(), Error> {
    let Some(target) = output.and_then(|path| fs::canonicalize(path).ok()) else { return Ok(()) };
    let files = digest.sources.iter().flat_map(|source| std::iter::once(&source.path).chain(&source.kept));
    let mut read = files.map(|file| root.join(file)).chain([path.to_owned()]);
    let is_read = read.any(|path| fs::canonicalize(path).is_ok_and(|path| path == target && path.is_file()));
    if is_read || output::is_standard_input(&target) {
        let place = target.to_string_lossy().into_owned();
        return Err(Error::new(ErrorKind::Usage, place, "would be written over", "give -o another file"));
    }
    Ok(())
}

fn load(path: &Path, place: &str) -> Result<String, Error> {
    String::from_utf8(input::bytes(path)?).map_err(|_| {
        let way_out = "make one with epitome digest --format json";
        Error::new(ErrorKind::NotADigest, place, "not a digest in JSON (not UTF-8)", way_out)
    })
}

/// A line for each difference, and one that counts.
fn text(report: &Report, strict: bool) -> String {
    let mut text = String::new();
    for check in report.differences() {
        writeln!(text, "{}", difference(check)).expect("writing to a string cannot fail");
    }
    if strict {
        for path in &report.changed {
            writeln!(text, "{}: changed since the digest was made", plain_path(path))
                .expect("writing to a string cannot fail");
        }
    }
    let (all, differing) = (report.checks.len(), report.differences().count());
    let places = if all == 1 { "place" } else { "places" };
    let changed = if strict { report.changed.len() } else { 0 };
    let verdict = match (differing, changed) {
        (0, 0) => format!("{all} cited {places} checked, all hold"),
        (0, 1) => format!("{all} cited {places} checked, all hold, but a source has changed"),
        (0, _) => format!("{all} cited {places} checked, all hold, but {changed} sources have changed"),
        _ => format!("{all} cited {places} checked, {differing} differ"),
    };
    writeln!(text, "{verdict}").expect("writing to a string cannot fail");
    text
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
