//! A text in, the places where a sentence could end out.

use crate::language::is_southeast_asian;
use crate::marks::{Stop, closes, closes_only, stop};
use crate::model::Span;

/// Where a script writes no stops, a space ends a phrase that is at least so many bytes long.
const PHRASE_BYTES: usize = 180;

/// What could end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A stop or several.
    Stop(Stop),
    /// A stop that no word can own: behind a bracket or quotation mark, or followed by an omission.
    Sure,
    /// Three full stops with spaces between and before them: words were left out, most often within the sentence.
    Omission,
    /// A blank line.
    BlankLine,
}

/// A place where a sentence could end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Where the first stop stands.
    pub at: usize,
    pub kind: Kind,
    /// Behind the last stop and the quotation marks and brackets that close there.
    pub end: usize,
}

/// The next candidate at or behind `at`, of a sentence that begins at `start`. `own_stop` is a byte that is a stop in
/// the language only; `quotations` tells where a quotation ends, for marks that also open.
pub(super) fn next_candidate(
    text: &str,
    at: usize,
    start: usize,
    own_stop: Option<u8>,
    quotations: &mut Quotations,
) -> Option<Candidate> {
    let bytes = text.as_bytes();
    let mut index = at;
    while let Some(byte) = skip_to(bytes, &mut index, &WORTH_A_LOOK) {
        if byte.is_ascii() {
            let kind = match byte {
                b'.' => Stop::Period,
                b'!' | b'?' => Stop::Call,
                b'\n' if is_blank_line(&text[index + 1..]) => {
                    return Some(Candidate { at: index, kind: Kind::BlankLine, end: index + 1 });
                }
                _ if Some(byte) == own_stop => Stop::Call,
                _ => {
                    index += 1;
                    continue;
                }
            };
            return Some(whole_candidate(text, index, kind, quotations));
        }
        let c = text[index..].chars().next().expect("a character begins at every boundary");
        let behind = index + c.len_utf8();
        match stop(c) {
            Some(kind) => return Some(whole_candidate(text, index, kind, quotations)),
            None if is_southeast_asian(c) && behind - start >= PHRASE_BYTES && phrase_ends(&text[behind..]) => {
                return Some(Candidate { at: index, kind: Kind::Stop(Stop::Wide), end: behind });
            }
            None => index = behind,
        }
    }
    None
}

/// The bytes that a candidate could begin with: ASCII stops, those of one language only among them, line breaks, and
/// all that is not ASCII.
const WORTH_A_LOOK: Bytes = table_of(b".!?;:\n");

/// For every byte whether it is to be looked at.
pub(super) type Bytes = [bool; 256];

/// A table with some ASCII bytes and all that is not ASCII.
pub(super) const fn table_of(ascii: &[u8]) -> Bytes {
    let mut table = [false; 256];
    let mut index = 0;
    while index < ascii.len() {
        table[ascii[index] as usize] = true;
        index += 1;
    }
    let mut high = 128;
    while high < 256 {
        table[high] = true;
        high += 1;
    }
    table
}

/// Moves `index` to the next byte of a table and returns it: most of a text is passed over here.
pub(super) fn skip_to(bytes: &[u8], index: &mut usize, table: &Bytes) -> Option<u8> {
    let skipped = bytes.get(*index..)?.iter().position(|&byte| table[usize::from(byte)])?;
    *index += skipped;
    Some(bytes[*index])
}

/// Whether a line that begins here has nothing on it but white space, and another follows.
fn is_blank_line(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n')
}

fn phrase_ends(behind: &str) -> bool {
    behind.strip_prefix(' ').and_then(|next| next.chars().next()).is_some_and(is_southeast_asian)
}

/// All stops in a row with what closes between and behind them: `?!`, `.”`, `!).`.
fn whole_candidate(text: &str, at: usize, first: Stop, quotations: &mut Quotations) -> Candidate {
    let (mut kind, run_end) = run_of_stops(text, at, first);
    let mut end = skip_closers(text, run_end, quotations);
    // A stop behind a bracket or mark that closed is no abbreviation's: `(in the old town etc.).`
    while end > run_end && matches!(text[end..].chars().next().and_then(stop), Some(Stop::Period | Stop::Call)) {
        let (_, again) = run_of_stops(text, end, Stop::Period);
        kind = Kind::Sure;
        end = skip_closers(text, again, quotations);
    }
    if end == run_end && kind == Kind::Stop(Stop::Ellipsis) && ends_before_omission(text, at, end) {
        return Candidate { at, kind: Kind::Sure, end: at + 1 };
    }
    Candidate { at, kind, end }
}

/// Whether a stop at the end of a word is followed by three full stops with spaces between and by another sentence:
/// `It fell. . . . Nobody spoke.` The omission stands for what was left out before the second one.
fn ends_before_omission(text: &str, at: usize, end: usize) -> bool {
    let glued = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    let spaced = text[at..].strip_prefix('.').is_some_and(|rest| rest.starts_with([' ', '\u{a0}']));
    let four = text[at..end].bytes().filter(|&byte| byte == b'.').count() >= 4;
    glued && spaced && four && !text[end..].trim_start().is_empty()
}

/// The kind and end of several stops in a row: `?!`, `...`, and `. . .` with spaces.
fn run_of_stops(text: &str, at: usize, first: Stop) -> (Kind, usize) {
    let mut kind = first;
    let mut end = at;
    let mut periods = 0;
    for c in text[at..].chars() {
        match stop(c) {
            Some(Stop::Period) => periods += 1,
            Some(Stop::Ellipsis) if kind != Stop::Period => {}
            Some(Stop::Call) if kind == Stop::Wide => {}
            Some(other) => kind = other,
            // A stop of the language only.
            None if end == at => {}
            None => break,
        }
        end += c.len_utf8();
    }
    let together = periods;
    while let Some(length) = spaced_period(&text[end..]) {
        end += length;
        periods += 1;
    }
    let glued = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    match kind {
        Stop::Period if together == 1 && periods == 3 && !glued => (Kind::Omission, end),
        Stop::Period if periods > 1 => (Kind::Stop(Stop::Ellipsis), end),
        _ => (Kind::Stop(kind), end),
    }
}

/// The length of a space and a full stop that goes on an ellipsis: not ` .25`, not ` ...`.
fn spaced_period(rest: &str) -> Option<usize> {
    let space = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}'))?.len_utf8();
    let behind = rest[space..].strip_prefix('.')?;
    (!behind.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then_some(space + 1)
}

/// The end of the quotation marks, brackets and numbers of notes (`[3]`) behind a stop.
fn skip_closers(text: &str, from: usize, quotations: &mut Quotations) -> usize {
    let mut end = from;
    while let Some(c) = text[end..].chars().next() {
        let behind = end + c.len_utf8();
        // What opens in some languages closes here if no word follows.
        let parted = || {
            text[behind..]
                .chars()
                .next()
                .is_none_or(|n| n.is_whitespace() || n == ',' || closes(n) || stop(n).is_some())
        };
        if closes_only(c) || (closes(c) && (quotations.ends_at(behind) || parted())) {
            end = behind;
        } else if let Some(quotation) = quotations.around(end).filter(|span| is_closing_mark(&text[end..span.end])) {
            // `« Non. »`: white space before the mark that closes.
            end = quotation.end;
        } else if let Some(length) = note_length(&text[end..]) {
            end += length;
        } else {
            break;
        }
    }
    end
}

/// Whether nothing but white space stands before the mark that closes a quotation, its last character.
fn is_closing_mark(rest: &str) -> bool {
    let mut marks = rest.trim_start().chars();
    marks.next().is_some() && marks.next().is_none()
}

/// A note has at most so many digits.
const LONGEST_NOTE: usize = 3;

/// The length of the number of a note, `[3]`.
fn note_length(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('[')?.bytes().take_while(u8::is_ascii_digit).take(LONGEST_NOTE + 1).count();
    ((1..=LONGEST_NOTE).contains(&digits) && rest[1 + digits..].starts_with(']')).then_some(digits + 2)
}

/// The quotations of a text, asked for in the order of the text.
pub(super) struct Quotations {
    spans: Vec<Span>,
    next: usize,
}

impl Quotations {
    pub fn new(spans: Vec<Span>) -> Self {
        Self { spans, next: 0 }
    }

    /// The quotation that `at` stands in, behind its opening mark and before or on its closing one.
    pub fn around(&mut self, at: usize) -> Option<Span> {
        while self.spans.get(self.next).is_some_and(|span| span.end <= at) {
            self.next += 1;
        }
        self.spans.get(self.next).copied().filter(|span| span.start < at)
    }

    /// Whether a quotation ends right before `at`.
    fn ends_at(&mut self, at: usize) -> bool {
        self.around(at - 1).is_some_and(|span| span.end == at)
    }
}
