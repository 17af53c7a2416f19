//! The head of an answer in, its bytes out, unpacked, and never more of them than the limit.
//!
//! What is packed by gzip as was agreed on is unpacked as it arrives. A file that is packed itself (`feed.xml.gz`) is
//! unpacked as well. Unpacking ends where the limit is passed, so that a small answer does not fill the memory.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use ureq::http::HeaderMap;

use super::client::{Response, damaged, outcome};
use super::outcome::Outcome;

/// What a gzip file begins with (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads the body of an answer.
///
/// # Errors
///
/// What came of it in place of a whole body.
pub(super) fn read(response: &mut Response, limit: u64, is_https: bool) -> Result<Vec<u8>, Outcome> {
    refuse_other_packing(response.headers())?;
    if response.body().content_length().is_some_and(|length| length > limit) {
        return Err(Outcome::TooLarge { limit });
    }
    let failed = |error: io::Error| outcome(error.into(), is_https);
    let bytes = up_to(limit, response.body_mut().as_reader(), failed)?;
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let broken = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Outcome::CutOff,
        _ => damaged("a file packed by gzip that cannot be unpacked"),
    };
    up_to(limit, MultiGzDecoder::new(&bytes[..]), broken)
}

/// All that can be read, if it is not more than the limit.
fn up_to(limit: u64, reader: impl Read, failed: impl FnOnce(io::Error) -> Outcome) -> Result<Vec<u8>, Outcome> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit { Err(Outcome::TooLarge { limit }) } else { Ok(bytes) }
}

/// Some servers pack whatever they are asked.
fn refuse_other_packing(headers: &HeaderMap) -> Result<(), Outcome> {
    let packing = headers.get("content-encoding").map_or("", |value| value.to_str().unwrap_or("?")).trim();
    let is_known = ["", "identity", "gzip", "x-gzip"].iter().any(|known| packing.eq_ignore_ascii_case(known));
    if is_known { Ok(()) } else { Err(damaged("packed in another way than the one that was asked for")) }
}
