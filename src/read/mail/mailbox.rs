//! A mailbox in, its messages out (RFC 4155): each begins with a line `From `, and such lines in a message have a `>` in
//! front.

use std::borrow::Cow;

use memchr::memmem;

const FIRST: &[u8] = b"From ";

/// A line that begins a message has a date in the form of the C library: `From ann@ella.example Tue Mar  4 07:15:00 2031`.
fn begins_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(FIRST) else { return false };
    let words = || rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let is_day = |word: &[u8]| [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"].iter().any(|day| *day == word);
    let is_time = |word: &[u8]| word.contains(&b':') && word[0].is_ascii_digit();
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words().any(is_day) && words().any(is_time) && words().any(is_year)
}

/// Whether a file is a mailbox, by its first line.
pub(super) fn is_mailbox(bytes: &[u8]) -> bool {
    begins_message(first_line(bytes))
}

fn first_line(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())]
}

/// What stands behind the line that begins a message.
pub(super) fn behind_first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(&[], |end| &bytes[end + 1..])
}

/// The messages of a mailbox, up to so many and one more.
pub(super) fn messages(bytes: &[u8], most: usize) -> Vec<Cow<'_, [u8]>> {
    let is_behind_blank_line = |at: usize| bytes[..at].ends_with(b"\n\n") || bytes[..at].ends_with(b"\n\r\n");
    let later = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let later = later.filter(|at| is_behind_blank_line(*at) && begins_message(first_line(&bytes[*at..])));
    let starts: Vec<usize> = std::iter::once(0).chain(later).take(most.saturating_add(2)).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let each = starts.iter().zip(ends).take(most.saturating_add(1));
    each.map(|(start, end)| unquoted(behind_first_line(&bytes[*start..end]))).collect()
}

/// A message without the `>` in front of its lines that begin with `From `.
fn unquoted(message: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let behind = line.iter().position(|byte| *byte != b'>').unwrap_or(line.len());
        behind > 0 && line[behind..].starts_with(FIRST)
    };
    if memmem::find(message, b">From ").is_none() {
        return Cow::Borrowed(message);
    }
    let lines = message.split_inclusive(|byte| *byte == b'\n');
    Cow::Owned(lines.flat_map(|line| if is_quoted(line) { &line[1..] } else { line }).copied().collect())
}
