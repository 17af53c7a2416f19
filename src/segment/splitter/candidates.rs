//! The landmarks of a text in, the places where a sentence could end out.

use super::landmarks::{LINE_END, Landmark, PHRASE_END, STOP};
use super::phrases::SENTENCE_BYTES;
use crate::marks::{Stop, closes, closes_only, stop};
use crate::model::Span;

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
    /// A space in a script without stops.
    Phrase,
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

/// The candidates of a text, asked for in its order.
pub(super) struct Candidates<'s> {
    text: &'s str,
    /// The landmarks that have not been passed.
    landmarks: &'s [Landmark],
    /// Which landmarks can be a stop.
    stops: u8,
    pub quotations: Quotations<'s>,
}

impl<'s> Candidates<'s> {
    /// `own_stop` is the kind of a landmark that is a stop in the language only; 0 where there is none.
    pub fn new(text: &'s str, landmarks: &'s [Landmark], own_stop: u8, quotations: &'s [Span]) -> Self {
        Self { text, landmarks, stops: STOP | own_stop, quotations: Quotations { spans: quotations } }
    }

    /// The next candidate at or behind `at`, of a sentence that begins at `start`.
    pub fn next(&mut self, at: usize, start: usize) -> Option<Candidate> {
        while let Some((landmark, rest)) = self.landmarks.split_first() {
            self.landmarks = rest;
            if landmark.at >= at
                && let Some(candidate) = self.candidate(*landmark, start)
            {
                return Some(candidate);
            }
        }
        None
    }

    fn candidate(&mut self, landmark: Landmark, start: usize) -> Option<Candidate> {
        let Landmark { at, kind } = landmark;
        let c = || self.text[at..].chars().next();
        match kind {
            _ if kind & self.stops != 0 => {
                let first = match self.text.as_bytes()[at] {
                    b'.' => Stop::Period,
                    byte if byte.is_ascii() => Stop::Call,
                    _ => c().and_then(stop)?,
                };
                Some(whole_candidate(self.text, at, first, &mut self.quotations))
            }
            LINE_END if is_blank_line(&self.text[at + 1..]) => {
                Some(Candidate { at, kind: Kind::BlankLine, end: at + 1 })
            }
            PHRASE_END => {
                let end = at + c()?.len_utf8();
                (end - start >= SENTENCE_BYTES).then_some(Candidate { at, kind: Kind::Phrase, end })
            }
            _ => None,
        }
    }
}

/// Whether a line that begins here has nothing on it but white space, and another follows.
fn is_blank_line(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n')
}

/// All stops in a row with what closes between and behind them: `?!`, `.”`, `!).`.
fn whole_candidate(text: &str, at: usize, first: Stop, quotations: &mut Quotations<'_>) -> Candidate {
    if stands_alone(text.as_bytes(), at) {
        return Candidate { at, kind: Kind::Stop(first), end: at + 1 };
    }
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

/// Whether a stop of ASCII is followed by a word, after a space or none, or by nothing: the most common case, in which
/// no more stops and nothing that closes need be looked for.
fn stands_alone(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii()
        && match bytes[at + 1..] {
            [b' ', next, ..] | [next, ..] => next.is_ascii_alphanumeric(),
            [] => true,
        }
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
fn skip_closers(text: &str, from: usize, quotations: &mut Quotations<'_>) -> usize {
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
pub(super) struct Quotations<'s> {
    /// Those that have not been passed.
    spans: &'s [Span],
}

impl Quotations<'_> {
    /// The quotation that `at` stands in, behind its opening mark and before or on its closing one.
    pub fn around(&mut self, at: usize) -> Option<Span> {
        while let Some((span, rest)) = self.spans.split_first() {
            if span.end > at {
                return Some(*span).filter(|span| span.start < at);
            }
            self.spans = rest;
        }
        None
    }

    /// Whether a quotation ends right before `at`.
    fn ends_at(&mut self, at: usize) -> bool {
        self.around(at - 1).is_some_and(|span| span.end == at)
    }
}
