//! A message in, its texts and the messages inside of it out (RFC 2045, RFC 2046).
//!
//! Parts stand in each other: the walk keeps a stack of its own, so that no depth costs more than memory, and goes down at
//! most [`DEEPEST`] levels, since each costs a search through what it holds. A part that is cut off is read up to there; one
//! whose encoding is damaged gives what can be decoded.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders};
use memchr::memmem;

use super::super::decode::{Refusal, decode};
use super::lines::Flow;
use crate::model::Limits;

/// What a message holds.
pub(super) struct Contents<'m> {
    /// What its header says.
    pub header: Message<'m>,
    /// Its parts of plain text, in order, without attachments.
    pub plain: Vec<Plain>,
    /// Its parts of HTML.
    pub html: Vec<String>,
    /// The messages in it.
    pub messages: Vec<Cow<'m, [u8]>>,
    /// Whether these are what it is for.
    pub is_digest: bool,
}

/// A plain text, and what its line ends mean.
pub(super) struct Plain {
    pub text: String,
    pub flow: Flow,
}

/// A message that was forwarded three times, signed, with alternatives and pictures, has ten levels.
const DEEPEST: u64 = 32;

/// The longest headers that servers accept have 100 KiB, and those of parts have a few lines; what stands behind more than
/// this is not looked at. It bounds the time, too: parameters that are told in pieces are put together by comparing all
/// with all.
pub(in crate::read) const LONGEST_HEADER: usize = 128 << 10;
const LONGEST_HEADER_OF_PART: usize = 8 << 10;

/// A message with more parts than this is none that anybody wrote, and is refused.
const MOST_PARTS: usize = 10_000;

/// How many levels are gone down.
pub(super) fn most_levels(limits: &Limits) -> u64 {
    limits.nesting.min(DEEPEST)
}

/// A part that is still to be looked at.
struct Part<'m> {
    bytes: &'m [u8],
    level: u64,
    /// Whether it is a message if it does not say what it is.
    in_digest: bool,
}

/// Finds the texts.
pub(super) fn contents<'m>(message: &'m [u8], limits: &Limits) -> Result<Contents<'m>, Refusal> {
    let parser = MessageParser::default();
    let header = headers(&parser, message, LONGEST_HEADER)
        .ok_or_else(|| ("no header of a message in it".to_owned(), "leave it out"))?;
    let mut found = Contents { header, plain: Vec::new(), html: Vec::new(), messages: Vec::new(), is_digest: false };
    let mut open = vec![Part { bytes: message, level: 0, in_digest: false }];
    let mut looked_at = 0;
    while let Some(part) = open.pop() {
        looked_at += 1;
        let (_, body) = parted(part.bytes);
        // A part without a header begins with a blank line.
        let longest = if part.level == 0 { LONGEST_HEADER } else { LONGEST_HEADER_OF_PART };
        let header = headers(&parser, part.bytes, longest);
        let kind = header.as_ref().and_then(|header| header.content_type());
        let boundary = kind.filter(|kind| is(kind, "multipart", None)).and_then(|kind| kind.attribute("boundary"));
        let inside = boundary.map(|boundary| pieces(body, boundary)).unwrap_or_default();
        if inside.is_empty() {
            found.take(header.as_ref(), body, &part)?;
            continue;
        }
        if part.level >= most_levels(limits) {
            return Err((Limits::exceeded("nesting", most_levels(limits)), Limits::WAY_OUT));
        }
        let in_digest = kind.is_some_and(|kind| is(kind, "multipart", Some("digest")));
        found.is_digest |= in_digest;
        // The first one is to be looked at first.
        open.extend(inside.into_iter().rev().map(|bytes| Part { bytes, level: part.level + 1, in_digest }));
        if looked_at + open.len() > MOST_PARTS {
            return Err((format!("a message of more than {MOST_PARTS} parts"), "leave it out"));
        }
    }
    Ok(found)
}

impl<'m> Contents<'m> {
    /// Takes a part that has no parts.
    fn take(&mut self, header: Option<&Message<'m>>, body: &'m [u8], part: &Part<'m>) -> Result<(), Refusal> {
        let kind = header.and_then(|header| header.content_type());
        let encoding = header.and_then(|header| header.content_transfer_encoding()).unwrap_or_default();
        let is_message = kind.map_or(part.in_digest, |kind| is(kind, "message", Some("rfc822")));
        if is_message {
            self.messages.push(decoded(body, encoding));
            return Ok(());
        }
        let is_attached = part.level > 0 && header.is_some_and(is_attachment);
        // The preview of a page for old readers, a calendar and the like are no texts to be read.
        let is_html = kind.is_some_and(|kind| is(kind, "text", Some("html")));
        let is_plain = kind.is_none_or(|kind| is(kind, "text", Some("plain")) || is(kind, "multipart", None));
        if is_attached || !(is_plain || is_html) {
            return Ok(());
        }
        let text = text(decoded(body, encoding), kind.and_then(|kind| kind.attribute("charset")))?;
        if is_html {
            self.html.push(text);
        } else {
            self.plain.push(Plain { text, flow: kind.map_or(Flow::Fixed, flow) });
        }
        Ok(())
    }
}

/// The headers of a message or a part, unless it has none.
fn headers<'m>(parser: &MessageParser, part: &'m [u8], longest: usize) -> Option<Message<'m>> {
    let (header, _) = parted(part);
    parser.parse_headers(&header[..header.len().min(longest)]).filter(|message| !message.parts.is_empty())
}

/// The header of a part, with the blank line that ends it, and the body.
fn parted(part: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    while let Some(length) = memchr::memchr(b'\n', &part[end..]) {
        let line = &part[end..end + length];
        end += length + 1;
        if matches!(line, b"" | b"\r") {
            return part.split_at(end);
        }
    }
    (part, &[])
}

/// Whether something is of a type, and of a subtype if one is asked for.
fn is(kind: &ContentType<'_>, name: &str, subtype: Option<&str>) -> bool {
    kind.c_type.eq_ignore_ascii_case(name)
        && subtype.is_none_or(|asked| kind.c_subtype.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(asked)))
}

/// Whether a part is a file that is sent along.
fn is_attachment(header: &Message<'_>) -> bool {
    let disposition = header.content_disposition();
    disposition.is_some_and(|kind| kind.c_type.eq_ignore_ascii_case("attachment")) || header.attachment_name().is_some()
}

fn flow(kind: &ContentType<'_>) -> Flow {
    let is_yes = |name: &str, yes: &str| kind.attribute(name).is_some_and(|value| value.eq_ignore_ascii_case(yes));
    match (is_yes("format", "flowed"), is_yes("delsp", "yes")) {
        (false, _) => Flow::Fixed,
        (true, false) => Flow::Flowed,
        (true, true) => Flow::WithoutSpaces,
    }
}

/// What stands between the lines of a boundary. What stands above the first and below the last is for old readers.
fn pieces<'m>(body: &'m [u8], boundary: &str) -> Vec<&'m [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut pieces = Vec::new();
    let mut start = None;
    for at in memmem::find_iter(body, &mark) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        let behind = &body[at + mark.len()..];
        let line = &behind[..memchr::memchr(b'\n', behind).unwrap_or(behind.len())];
        let is_last = line.trim_ascii() == b"--";
        if !(line.trim_ascii().is_empty() || is_last) {
            continue;
        }
        if let Some(start) = start.take() {
            pieces.push(&body[start..at.max(start)]);
        }
        if is_last || pieces.len() > MOST_PARTS {
            return pieces;
        }
        start = Some((at + mark.len() + line.len() + 1).min(body.len()));
    }
    pieces.extend(start.map(|start| &body[start..]));
    pieces
}

/// Bytes without their transfer encoding.
fn decoded<'m>(body: &'m [u8], encoding: &str) -> Cow<'m, [u8]> {
    if encoding.eq_ignore_ascii_case("quoted-printable") {
        return Cow::Owned(unquoted(body));
    }
    if !encoding.eq_ignore_ascii_case("base64") {
        return Cow::Borrowed(body);
    }
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    // A list may have put a footer behind the padding.
    let padding = memchr::memchr(b'=', body).unwrap_or(body.len());
    let mut digits: Vec<u8> = body[..padding].iter().copied().filter(is_digit).collect();
    // One digit of four says nothing.
    digits.truncate(digits.len() - usize::from(digits.len() % 4 == 1));
    digits.resize(digits.len().next_multiple_of(4), b'=');
    Cow::Owned(base64_decode(&digits).unwrap_or_default())
}

/// Quoted-printable; what is no such code stays as it stands.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).map(|value| value as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        if let [high, low, behind @ ..] = rest
            && let (Some(high), Some(low)) = (value(*high), value(*low))
        {
            out.push(high << 4 | low);
            rest = behind;
            continue;
        }
        // A line that goes on; blanks may have come behind it on the way.
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        match rest.get(blanks) {
            Some(b'\n') => rest = &rest[blanks + 1..],
            None => rest = &[],
            _ => out.push(byte),
        }
    }
    out
}

/// The text of bytes in the encoding that they are said to be in, unless they are not.
fn text(bytes: Cow<'_, [u8]>, charset: Option<&str>) -> Result<String, Refusal> {
    // Much that is said to be ASCII or Latin-1 is UTF-8, and nothing else happens to be.
    let is_escaped = charset.is_some_and(|name| name.to_ascii_lowercase().starts_with("iso-2022"));
    if !is_escaped && let Ok(text) = std::str::from_utf8(&bytes) {
        return Ok(text.to_owned());
    }
    let named = charset.and_then(|name| Encoding::for_label_no_replacement(name.trim().as_bytes()));
    if let Some(encoding) = named.filter(|encoding| *encoding != UTF_8) {
        return Ok(encoding.decode(&bytes).0.into_owned());
    }
    // Encodings of mail that the web does not have: UTF-7.
    if let (None, Some(decode)) = (named, charset.and_then(|name| charset_decoder(name.as_bytes()))) {
        return Ok(decode(&bytes));
    }
    // Not what it is said to be, or nothing is said.
    decode(bytes.into_owned()).map(|decoded| decoded.text)
}
