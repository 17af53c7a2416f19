//! A digest in, JSON out, and back.

use std::fmt::Write;

use serde::Serialize;

use super::text::is_unsafe;
use crate::cite::{Digest, SCHEMA};
use crate::error::{Error, ErrorKind};

/// Pretty-printed JSON with a line end. Reading it back gives the same digest, and writing that the same bytes.
///
/// Characters that a terminal would obey are written as `\u` escapes, so that the file can be looked at safely; a JSON
/// parser gives them back.
pub fn to_json<T: Serialize>(value: &T) -> String {
    // Line ends and spaces are the printer's own; inside strings serde_json has escaped them.
    escaped(serde_json::to_string_pretty(value), |c| is_unsafe(c) && c != '\n')
}

/// The same on one line. What some readers take for the end of a line is escaped, too.
pub fn to_json_line<T: Serialize>(value: &T) -> String {
    escaped(serde_json::to_string(value), |c| is_unsafe(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

fn escaped(json: serde_json::Result<String>, is_escaped: impl Fn(char) -> bool) -> String {
    let json = json.expect("plain data with string keys is always JSON");
    let mut safe = String::with_capacity(json.len() + 1);
    let mut rest = json.as_str();
    // Printable ASCII is never escaped.
    while let Some(at) = rest.bytes().position(|byte| !(b' '..=b'~').contains(&byte)) {
        let (before, behind) = rest.split_at(at);
        let mut chars = behind.chars();
        safe.push_str(before);
        match chars.next() {
            Some(c) if is_escaped(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(safe, "\\u{unit:04x}").expect("writing to a string cannot fail");
                }
            }
            c => safe.extend(c),
        }
        rest = chars.as_str();
    }
    safe.push_str(rest);
    safe.push('\n');
    safe
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
