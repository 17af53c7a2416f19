//! A byte of a text in, its line and its character out.

use std::cell::RefCell;

use crate::cite::{Citation, Lines};
use crate::model::{ArticleId, Span};

/// So many characters around a quote are kept, as is usual for a `TextQuoteSelector`.
const CONTEXT_CHARS: usize = 32;

/// Lines and characters are counted once up to every so many bytes; from there each place counts the rest itself.
const STEP: usize = 4_096;

/// A text whose lines and characters are counted as far down as places are asked for, so that any number of places cost
/// one pass at most.
pub struct Places<'t> {
    text: &'t str,
    /// The steps that were counted, each farther down than the one before; the start of the text is not among them.
    steps: RefCell<Vec<Step>>,
}

/// A byte of a text, and the line ends and characters before it.
#[derive(Clone, Copy, Default)]
struct Step {
    byte: usize,
    lines: usize,
    chars: usize,
}

impl Step {
    /// Counts on to a byte farther down.
    fn counted_to(self, text: &str, byte: usize) -> Self {
        let stretch = &text[self.byte..byte];
        Self { byte, lines: self.lines + line_ends(stretch), chars: self.chars + stretch.chars().count() }
    }
}

impl<'t> Places<'t> {
    /// The places of a text; nothing is counted yet.
    pub fn new(text: &'t str) -> Self {
        Self { text, steps: RefCell::default() }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many line ends and characters stand before a byte.
    fn before(&self, byte: usize) -> Step {
        let mut steps = self.steps.borrow_mut();
        let mut last = steps.last().copied().unwrap_or_default();
        while let Some(next) = self.next_step(last.byte).filter(|next| *next <= byte) {
            last = last.counted_to(self.text, next);
            steps.push(last);
        }
        let passed = steps.partition_point(|step| step.byte <= byte);
        let nearest = passed.checked_sub(1).map_or_else(Step::default, |index| steps[index]);
        nearest.counted_to(self.text, byte)
    }

    /// Where the step behind that at `byte` is: neither a character nor a CRLF is cut.
    fn next_step(&self, byte: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        (byte + STEP..bytes.len()).find(|&at| self.text.is_char_boundary(at) && bytes[at] != b'\n')
    }

    /// The lines of a span.
    pub fn lines(&self, span: Span) -> Lines {
        let first = self.before(span.start).lines + 1;
        Lines { first, last: first + line_ends(span.of(self.text)) }
    }

    /// The citation of a span of the text of `article`.
    pub fn cite(&self, article: ArticleId, span: Span) -> Citation {
        let Step { lines, chars, .. } = self.before(span.start);
        let quote = span.of(self.text);
        let before = &self.text[..span.start];
        let behind = &self.text[span.end..];
        Citation {
            article,
            span,
            chars: Span::new(chars, chars + quote.chars().count()),
            lines: Lines { first: lines + 1, last: lines + 1 + line_ends(quote) },
            prefix: before[context_start(before)..].to_owned(),
            suffix: behind[..context_end(behind)].to_owned(),
        }
    }
}

/// Where the last [`CONTEXT_CHARS`] characters begin.
fn context_start(before: &str) -> usize {
    if before.as_bytes().last_chunk::<CONTEXT_CHARS>().is_some_and(|bytes| bytes.is_ascii()) {
        return before.len() - CONTEXT_CHARS;
    }
    before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at)
}

/// Where the first [`CONTEXT_CHARS`] characters end.
fn context_end(behind: &str) -> usize {
    if behind.as_bytes().first_chunk::<CONTEXT_CHARS>().is_some_and(|bytes| bytes.is_ascii()) {
        return CONTEXT_CHARS;
    }
    behind.char_indices().nth(CONTEXT_CHARS).map_or(behind.len(), |(at, _)| at)
}

/// Line ends as editors count them: LF, CRLF, or CR alone.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some((&last, _)) = bytes.split_last() else { return 0 };
    // A byte and the one behind it. So many pairs at once cannot overflow a byte, which lets the compiler count sixteen
    // at once.
    let pairs = bytes.chunks(MOST_IN_A_BYTE).zip(bytes[1..].chunks(MOST_IN_A_BYTE));
    let inner: usize = pairs
        .map(|(these, next)| {
            let ends = these.iter().zip(next).map(|(&byte, &next)| u8::from(ends_line(byte, next)));
            usize::from(ends.sum::<u8>())
        })
        .sum();
    inner + usize::from(ends_line(last, 0))
}

/// So many ones can be added up in a byte; a multiple of the bytes that are counted at once.
const MOST_IN_A_BYTE: usize = 224;

/// Whether a line ends with a byte, if `next` follows.
fn ends_line(byte: u8, next: u8) -> bool {
    (byte == b'\n') | ((byte == b'\r') & (next != b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_counts_bytes_characters_and_lines() {
        let text = "Erste Zeile.\r\nDie Fähre stößt an.\nDer Pier\nbricht dort.\n";
        let start = text.find("Der").unwrap();
        let citation = Places::new(text).cite(ArticleId(0), Span::new(start, text.len() - 1));
        assert_eq!(citation.span, Span::new(37, 58));
        assert_eq!(citation.chars, Span::new(34, 55));
        assert_eq!(citation.lines, Lines { first: 3, last: 4 });
        assert!(citation.prefix.ends_with("stößt an.\n"));
        assert_eq!(citation.prefix.chars().count(), 32);
        assert_eq!(citation.suffix, "\n");
    }

    #[test]
    fn places_far_down_are_counted_as_from_the_top() {
        let text = "Fähre\r\nPier\nX\r".repeat(2_000);
        let places = Places::new(&text);
        for (at, _) in text.match_indices('F').step_by(37) {
            let before = &text[..at];
            let ends = before.replace("\r\n", "\n").matches(['\n', '\r']).count();
            let Step { lines, chars, .. } = places.before(at);
            assert_eq!((lines, chars), (ends, before.chars().count()));
        }
    }

    #[test]
    fn places_may_be_asked_for_in_any_order() {
        let text = "Fähre\r\nPier\nX\r".repeat(2_000);
        let places = Places::new(&text);
        for at in [text.len(), 0, text.len() / 2, 9_000, 17, text.len()] {
            let at = text.floor_char_boundary(at);
            let Step { lines, chars, .. } = places.before(at);
            assert_eq!((lines, chars), (line_ends(&text[..at]), text[..at].chars().count()), "{at}");
        }
    }

    #[test]
    fn contexts_are_cut_at_characters() {
        for text in ["The ferry hit the pier of Port Ella.", "Die Fähre stößt an die Pier von Port Ella.", "Pier"] {
            let start = text.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
            assert_eq!(context_start(text), start);
            let end = text.char_indices().nth(CONTEXT_CHARS).map_or(text.len(), |(at, _)| at);
            assert_eq!(context_end(text), end);
        }
    }
}
