//! A digest in, JSON out, and back.

use std::fmt::Write;

use serde::Serialize;

use super::text::is_unsafe;
use crate::bits::{BLOCK, bits};
use crate::cite::{Digest, SCHEMA};
use crate::error::{Error, ErrorKind};

/// Pretty-printed JSON with a line end. Reading it back gives the same digest, and writing that the same bytes.
///
/// Characters that a terminal would obey are written as `\u` escapes, so that the file can be looked at safely; a JSON
/// parser gives them back.
pub fn to_json<T: Serialize>(value: &T) -> String {
    finished(serde_json::to_string_pretty(value))
}

/// The same on one line.
pub fn to_json_line<T: Serialize>(value: &T) -> String {
    finished(serde_json::to_string(value))
}

/// JSON with its unsafe characters escaped, and with a line end.
fn finished(json: serde_json::Result<String>) -> String {
    let mut json = json.expect("plain data with string keys is always JSON");
    if let Some(first) = next_unsafe(&json, 0) {
        json = escaped(&json, first);
    }
    json.push('\n');
    json
}

/// JSON with its unsafe characters, of which the first stands at `first`, as `\u` escapes.
fn escaped(json: &str, first: usize) -> String {
    let mut safe = String::with_capacity(json.len());
    let (mut done, mut next) = (0, Some(first));
    while let Some(at) = next {
        safe.push_str(&json[done..at]);
        let c = json[at..].chars().next().expect("an unsafe character stands here");
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(safe, "\\u{unit:04x}").expect("writing to a string cannot fail");
        }
        done = at + c.len_utf8();
        next = next_unsafe(json, done);
    }
    safe.push_str(&json[done..]);
    safe
}

/// The first unsafe character at or behind `from`. Line ends and spaces are the printer's own; inside strings
/// serde_json has escaped them.
fn next_unsafe(json: &str, from: usize) -> Option<usize> {
    let (blocks, rest) = json.as_bytes()[from..].as_chunks::<BLOCK>();
    for (index, block) in blocks.iter().enumerate() {
        // Hardly any text has unsafe characters. Without a way out halfway, so that the compiler looks at sixteen bytes
        // at once.
        if block.iter().fold(false, |any, &byte| any | may_begin_unsafe(byte)) {
            let found = unsafe_in_block(json, from + index * BLOCK);
            if found.is_some() {
                return found;
            }
        }
    }
    unsafe_in_block(json, json.len() - rest.len())
}

/// The first unsafe character that begins in the block at `start`.
fn unsafe_in_block(json: &str, start: usize) -> Option<usize> {
    let mut suspects = bits(json.as_bytes(), start, may_begin_unsafe);
    while suspects != 0 {
        let at = start + suspects.trailing_zeros() as usize;
        if json[at..].chars().next().is_some_and(is_unsafe) {
            return Some(at);
        }
        suspects &= suspects - 1;
    }
    None
}

/// Whether an unsafe character could begin with a byte: a control character of ASCII, or one of those that the
/// characters of [`is_unsafe`] beyond ASCII have as their first.
#[inline]
fn may_begin_unsafe(byte: u8) -> bool {
    ((byte < b' ') & (byte != b'\n'))
        | (byte == 0x7F)
        | (byte == 0xC2)
        | (byte == 0xD8)
        | (byte == 0xE1)
        | (byte == 0xE2)
        | (byte == 0xEF)
        | (byte == 0xF3)
}

/// Reads a digest that [`to_json`] wrote. `place` names it in errors. Unknown fields are passed over.
///
/// # Errors
///
/// [`ErrorKind::NotADigest`] for text that is no digest, one of a newer schema, and one that contradicts itself.
pub fn from_json(json: &str, place: &str) -> Result<Digest, Error> {
    let refuse = |what: String, way_out: &str| Err(Error::new(ErrorKind::NotADigest, place, what, way_out));
    let digest: Digest = match serde_json::from_str(json) {
        Ok(digest) => digest,
        Err(error) => {
            return refuse(format!("not a digest in JSON ({error})"), "make one with epitome digest --format json");
        }
    };
    if digest.schema > SCHEMA {
        let what = format!("a digest of schema {}, and this version reads up to {SCHEMA}", digest.schema);
        return refuse(what, "use a newer epitome");
    }
    if digest.schema == 0 {
        return refuse("a digest of schema 0, which never was".to_owned(), "make the digest again");
    }
    let dropped = digest.dropped.iter().flatten();
    if dropped.map(|dropped| dropped.article).any(|article| article.index() >= digest.sources.len()) {
        return refuse("a part set aside that is of no source".to_owned(), "make the digest again");
    }
    // Each article is of one voice, or none is in a digest of before voices were told apart.
    let mut spoken: Vec<usize> =
        digest.voices.iter().flat_map(|voice| voice.articles.iter().map(|article| article.index())).collect();
    spoken.sort_unstable();
    let joins = digest.voices.iter().flat_map(|voice| voice.joined_by.iter().flat_map(|join| join.articles));
    if (!spoken.is_empty() && !spoken.iter().copied().eq(0..digest.sources.len()))
        || joins.into_iter().any(|article| article.index() >= digest.sources.len())
    {
        return refuse("voices that are not those of its sources".to_owned(), "make the digest again");
    }
    let places = digest.items.iter().flat_map(|item| {
        let also = item.also_in.iter().map(|also| (&also.quote, &also.citation));
        std::iter::once((&item.quote, &item.citation)).chain(also)
    });
    for (quote, citation) in places {
        if quote.is_empty()
            || citation.article.index() >= digest.sources.len()
            || citation.span.start > citation.span.end
        {
            return refuse("a citation that contradicts itself".to_owned(), "make the digest again");
        }
    }
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unsafe_character_is_found_by_its_first_byte() {
        for c in ('\u{0}'..=char::MAX).filter(|c| is_unsafe(*c) && *c != '\n') {
            assert!(may_begin_unsafe(c.to_string().as_bytes()[0]), "{c:?}");
        }
    }

    #[test]
    fn unsafe_characters_are_escaped_wherever_they_stand() {
        for padding in 0..40 {
            let quote = format!("{}\u{202e}Die Fähre – “x”\u{7f}\u{9b}\u{feff}\n", "x".repeat(padding));
            let json = to_json(&quote);
            let escapes = r"\u202eDie Fähre – “x”\u007f\u009b\ufeff\n";
            assert_eq!(json, format!("\"{}{escapes}\"\n", "x".repeat(padding)));
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), quote);
        }
    }
}
