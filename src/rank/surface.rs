//! A sentence as it is written in, what its characters tell out.

use crate::bits::{BLOCK, bits};
use crate::marks::{closes_quotation, opens_quotation};

/// What the characters of a sentence tell, counted in one pass.
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
    ///
    /// What is ASCII of it is counted a block of bytes at a time.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut letters, mut words, mut capitals, mut marks) = (0, 1, 0, 0);
        // Whether white space stands before the block, and whether there is any beyond ASCII.
        let (mut behind_space, mut wide_spaces) = (0, false);
        for start in (0..bytes.len()).step_by(BLOCK) {
            let bits_of = |class: fn(u8) -> bool| bits(bytes, start, class);
            let count = |bits: u64| bits.count_ones() as usize;
            let spaces = bits_of(is_space);
            let length = bytes.len() - start;
            let here = if length < BLOCK { !(u64::MAX << length) } else { u64::MAX };
            let first_letters = (spaces << 1 | behind_space) & !spaces & here;
            behind_space = spaces >> (BLOCK - 1);
            words += count(first_letters);
            capitals += count(first_letters & bits_of(|byte| byte.is_ascii_uppercase()));
            letters += count(bits_of(|byte| byte.is_ascii_alphanumeric()));
            marks += count(bits_of(|byte| byte == b'"'));
            let mut wide = bits_of(|byte| byte >= FIRST_OF_WIDE);
            while wide != 0 {
                let at = start + wide.trailing_zeros() as usize;
                wide &= wide - 1;
                let c = text[at..].chars().next().unwrap_or_default();
                letters += usize::from(c.is_alphanumeric());
                capitals += usize::from(at > 0 && is_space(bytes[at - 1]) && c.is_uppercase());
                marks += usize::from(is_quotation_mark(c));
                wide_spaces |= c.is_whitespace();
            }
        }
        if wide_spaces {
            words = text.split_whitespace().count();
            capitals = text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count();
        }
        let mut surface =
            Self { letters, capitals: capitals as f64 / words.saturating_sub(1).max(1) as f64, ..Self::default() };
        if marks > 0 {
            (surface.quoted, surface.opens_quoted) = quoted(text);
        }
        surface
    }
}

/// Characters beyond ASCII begin with this byte or a higher one.
const FIRST_OF_WIDE: u8 = 0xC0;

/// Whether a byte is white space.
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (b'\t'..=b'\r').contains(&byte)
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』')
}

/// The share of a text's characters that stand in quotation marks, and whether it begins with a quotation.
fn quoted(text: &str) -> (f64, bool) {
    let bytes = text.as_bytes();
    // The first bytes of quotation marks.
    let may_be_mark = |byte: &u8| matches!(*byte, b'"' | 0xC2 | 0xE2 | 0xE3);
    let mut open: Option<(char, usize)> = None;
    let (mut inside, mut opens_quoted) = (0, false);
    let mut end = 0;
    while let Some(offset) = bytes[end..].iter().position(may_be_mark) {
        let at = end + offset;
        let mark = text[at..].chars().next().unwrap_or_default();
        end = at + mark.len_utf8();
        match open {
            _ if !is_quotation_mark(mark) => {}
            Some((opener, start)) if closes_quotation(opener, mark) => {
                inside += characters(&bytes[start..at]);
                open = None;
            }
            Some(_) => {}
            None if opens_quotation(mark, text[..at].chars().next_back(), text[end..].chars().next()) => {
                open = Some((mark, end));
                opens_quoted |= at == 0;
            }
            None => {}
        }
    }
    if let Some((_, start)) = open {
        inside += characters(&bytes[start..]);
    }
    (inside as f64 / characters(bytes).max(1) as f64, opens_quoted)
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
        let long = "Pier of ".repeat(100);
        assert!((Surface::of(long.trim_end()).capitals - 99.0 / 199.0).abs() < 1e-15);
    }
}
