//! A sentence as it is written in, what its characters tell out.

use crate::bits::{BLOCK, bits};
use crate::marks::{closes_quotation, opens_quotation};

/// What the characters of a sentence tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Surface {
    /// How many letters and digits there are.
    pub letters: usize,
    /// The share of words, but for the first, that begin with a capital.
    pub capitals: f64,
    /// The share of the characters that stand in quotation marks. A quotation that is not closed reaches to the end.
    pub quoted: f64,
    /// Whether it begins with a quotation.
    pub opens_quoted: bool,
}

impl Surface {
    /// Looks at a sentence that has no white space at its ends.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let Ascii { mut letters, mut words, mut capitals, marks, wide } = Ascii::of(bytes);
        let mut quotations = Quotations::default();
        if marks + wide > 0 {
            let mut wide_spaces = false;
            for (at, c) in marks_and_wide(text) {
                if is_quotation_mark(c) {
                    quotations.meet(text, at, c);
                } else if !c.is_ascii() {
                    letters += usize::from(c.is_alphanumeric());
                    capitals += usize::from(at > 0 && is_space(bytes[at - 1]) && c.is_uppercase());
                    wide_spaces |= c.is_whitespace();
                }
            }
            if wide_spaces {
                words = text.split_whitespace().count();
                capitals = text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count();
            }
        }
        Self {
            letters,
            capitals: capitals as f64 / words.saturating_sub(1).max(1) as f64,
            quoted: quotations.share_of(text),
            opens_quoted: quotations.at_start,
        }
    }
}

/// The straight quotation marks and the characters beyond ASCII of a text, with their places.
fn marks_and_wide(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    (0..bytes.len()).step_by(BLOCK).flat_map(move |start| {
        let mut found = bits(bytes, start, |byte| (byte == b'"') | (byte >= FIRST_OF_WIDE));
        std::iter::from_fn(move || {
            let at = start + (found != 0).then(|| found.trailing_zeros() as usize)?;
            found &= found - 1;
            Some((at, text[at..].chars().next()?))
        })
    })
}

/// What the bytes of a sentence tell.
#[derive(Default)]
struct Ascii {
    letters: usize,
    words: usize,
    /// Words behind the first that begin with a capital.
    capitals: usize,
    /// Straight quotation marks.
    marks: usize,
    /// Characters beyond ASCII.
    wide: usize,
}

impl Ascii {
    /// Counts sixteen bytes at once: sums that fit a byte stay in vectors of bytes, and the last few bytes of a sentence
    /// are filled up with white space, which counts for nothing.
    fn of(bytes: &[u8]) -> Self {
        const LANES: usize = 16;
        const STRETCH: usize = u8::MAX as usize / LANES * LANES;
        // No white space stands before the first byte: the first word is counted apart.
        let (mut all, mut before) = (Self { words: 1, ..Self::default() }, u8::MAX);
        for stretch in bytes.chunks(STRETCH) {
            let mut padded = [b' '; 1 + STRETCH];
            padded[0] = before;
            padded[1..=stretch.len()].copy_from_slice(stretch);
            before = padded[stretch.len()];
            let end = stretch.len().next_multiple_of(LANES);
            let (mut letters, mut words, mut capitals, mut marks, mut wide) = (0_u8, 0_u8, 0_u8, 0_u8, 0_u8);
            for (&before, &byte) in padded[..end].iter().zip(&padded[1..=end]) {
                letters += u8::from((byte | 0x20).is_ascii_lowercase() | byte.is_ascii_digit());
                words += u8::from(is_space(before) & !is_space(byte));
                capitals += u8::from(is_space(before) & byte.is_ascii_uppercase());
                marks += u8::from(byte == b'"');
                wide += u8::from(byte >= FIRST_OF_WIDE);
            }
            all.letters += usize::from(letters);
            all.words += usize::from(words);
            all.capitals += usize::from(capitals);
            all.marks += usize::from(marks);
            all.wide += usize::from(wide);
        }
        all
    }
}

/// Characters beyond ASCII begin with this byte or a higher one.
const FIRST_OF_WIDE: u8 = 0xC0;

/// Whether a byte is white space, or a control character, of which text has none.
fn is_space(byte: u8) -> bool {
    byte <= b' '
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』')
}

/// The quotations of a text, whose marks are met one after the other.
#[derive(Default)]
struct Quotations {
    /// The mark of the one that is not closed yet, and where it begins behind that.
    open: Option<(char, usize)>,
    /// How many characters stand in those that are closed.
    inside: usize,
    /// Whether the text begins with one.
    at_start: bool,
}

impl Quotations {
    fn meet(&mut self, text: &str, at: usize, mark: char) {
        let end = at + mark.len_utf8();
        match self.open {
            Some((opener, start)) if closes_quotation(opener, mark) => {
                self.inside += characters(&text.as_bytes()[start..at]);
                self.open = None;
            }
            Some(_) => {}
            None if opens_quotation(mark, text[..at].chars().next_back(), text[end..].chars().next()) => {
                self.open = Some((mark, end));
                self.at_start |= at == 0;
            }
            None => {}
        }
    }

    /// The share of the text's characters that stand in quotations.
    fn share_of(&self, text: &str) -> f64 {
        let bytes = text.as_bytes();
        let inside = self.inside + self.open.map_or(0, |(_, start)| characters(&bytes[start..]));
        if inside == 0 { 0.0 } else { inside as f64 / characters(bytes) as f64 }
    }
}

/// How many characters some bytes of UTF-8 are: those that do not continue one.
fn characters(bytes: &[u8]) -> usize {
    // Sums that fit a byte stay in vectors of bytes.
    let begin = |part: &[u8]| part.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(u8::MAX.into()).map(|part| usize::from(begin(part))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_capitals_and_quotations_are_counted() {
        let surface = Surface::of("“The pier’s Élan is 3,” Mayor Holm\u{a0}said.");
        let letters = "Thepiers\u{c9}lanis3MayorHolmsaid".chars().count();
        assert_eq!(surface.letters, letters);
        // Of seven words behind the first, `Élan`, `Mayor` and `Holm` have a capital.
        assert!((surface.capitals - 3.0 / 7.0).abs() < 1e-15, "{surface:?}");
        assert!((surface.quoted - 21.0 / 40.0).abs() < 1e-15, "{surface:?}");
        assert!(surface.opens_quoted);
        assert_eq!(Surface::of("Nobody spoke."), Surface { letters: 11, ..Surface::default() });
        assert_eq!(Surface::of(""), Surface::default());
        // As long as the stretches that are counted at once, a little shorter and a little longer.
        let long = "Pier \"of\" ".repeat(100);
        for words in 1..200 {
            let end = long.match_indices(' ').nth(words - 1).map_or(long.len(), |(at, _)| at);
            let surface = Surface::of(&long[..end]);
            let share = words.div_ceil(2).saturating_sub(1) as f64 / words.saturating_sub(1).max(1) as f64;
            assert!((surface.capitals - share).abs() < 1e-15, "{words} words");
            assert_eq!(surface.letters, long[..end].chars().filter(|c| c.is_alphanumeric()).count());
            assert_eq!(surface.quoted > 0.0, words > 1);
        }
    }
}
