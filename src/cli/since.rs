//! `--since OLD.json`: the names of earlier digests in, what they told out.

use std::path::{Path, PathBuf};

use super::arguments::{DigestArguments, InputArguments};
use super::verify::each_digest;
use crate::cite::Digest;
use crate::error::{Error, ErrorKind};
use crate::read::STANDARD_INPUT;
use crate::select::Outcome;
use crate::told::Told;

/// What the digests told that were named, and what stood in their sources. Nothing where none was named.
pub(super) fn told(arguments: &DigestArguments) -> Result<Told, Error> {
    refuse_to_read_twice(&arguments.since, &arguments.input)?;
    let mut told = Told::new();
    for path in &arguments.since {
        each_digest(path, |digest| told.add_digest(&digest))?;
    }
    Ok(told)
}

/// Standard input has either an old digest or articles.
fn refuse_to_read_twice(since: &[PathBuf], input: &InputArguments) -> Result<(), Error> {
    let is_standard_input = |path: &PathBuf| path == Path::new("-");
    let digests = since.iter().filter(|path| is_standard_input(path)).count();
    let is_default = input.paths.is_empty() && input.files_from.is_none();
    let read = is_default || input.paths.iter().chain(&input.files_from).any(is_standard_input);
    if digests > 1 || (digests == 1 && read) {
        let way_out = "give the digest or the articles another way";
        return Err(Error::new(ErrorKind::Usage, STANDARD_INPUT, "named both as a digest and as an input", way_out));
    }
    Ok(())
}

/// Whether a digest has nothing new.
pub(super) fn has_nothing_new(digest: &Digest) -> bool {
    digest.outcome == Outcome::NothingNew
}

/// `nothing new since monday.json`
pub(super) fn nothing_new(arguments: &DigestArguments) -> String {
    let names: Vec<String> = arguments.since.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    format!("nothing new since {}", names.join(", "))
}
