//! A byte of a text in, its line and its character out.

use crate::cite::{Citation, Lines};
use crate::model::{ArticleId, Span};

/// So many characters around a quote are kept, as is usual for a `TextQuoteSelector`.
const CONTEXT_CHARS: usize = 32;

/// Lines and characters are counted once up to every so many bytes; from there each place counts the rest itself.
const STEP: usize = 4_096;

/// A text with its lines and characters counted, so that any number of places in it cost one pass.
pub struct Places<'t> {
    text: &'t str,
    /// For each step the byte, and the line ends and characters before it.
    steps: Vec<(usize, usize, usize)>,
}

impl<'t> Places<'t> {
    /// Counts a text.
    pub fn new(text: &'t str) -> Self {
        let mut steps = vec![(0, 0, 0)];
        let mut last = (0, 0, 0);
        while last.0 + STEP < text.len() {
            let mut end = last.0 + STEP;
            // Neither a character nor a CRLF is cut.
            while !text.is_char_boundary(end) || text.as_bytes()[end] == b'\n' {
                end += 1;
                if end == text.len() {
                    return Self { text, steps };
                }
            }
            let stretch = &text[last.0..end];
            last = (end, last.1 + line_ends(stretch), last.2 + stretch.chars().count());
            steps.push(last);
        }
        Self { text, steps }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many line ends and characters stand before a byte.
    fn before(&self, byte: usize) -> (usize, usize) {
        let step = self.steps.partition_point(|(start, _, _)| *start <= byte) - 1;
        let (start, lines, chars) = self.steps[step];
        let stretch = &self.text[start..byte];
        (lines + line_ends(stretch), chars + stretch.chars().count())
    }

    /// The lines of a span.
    pub fn lines(&self, span: Span) -> Lines {
        let (line, _) = self.before(span.start);
        Lines { first: line + 1, last: line + 1 + line_ends(span.of(self.text)) }
    }

    /// The citation of a span of the text of `article`.
    pub fn cite(&self, article: ArticleId, span: Span) -> Citation {
        let (line, chars) = self.before(span.start);
        let quote = span.of(self.text);
        let before = &self.text[..span.start];
        let prefix_start = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
        let behind = &self.text[span.end..];
        let suffix_end = behind.char_indices().nth(CONTEXT_CHARS).map_or(behind.len(), |(at, _)| at);
        Citation {
            article,
            span,
            chars: Span::new(chars, chars + quote.chars().count()),
            lines: Lines { first: line + 1, last: line + 1 + line_ends(quote) },
            prefix: before[prefix_start..].to_owned(),
            suffix: behind[..suffix_end].to_owned(),
        }
    }
}

/// Line ends as editors count them: LF, CRLF, or CR alone.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|&end| ends(end)).count()
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
            assert_eq!(places.before(at), (ends, before.chars().count()));
        }
    }
}
