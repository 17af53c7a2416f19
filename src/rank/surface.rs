//! A sentence as it is written in, what its characters tell out.

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

/// What a byte of ASCII is.
mod class {
    pub const LETTER: u8 = 1;
    pub const CAPITAL: u8 = 2;
    pub const SPACE: u8 = 4;
    pub const QUOTATION_MARK: u8 = 8;
    /// No ASCII.
    pub const WIDE: u8 = 16;

    pub static OF: [u8; 256] = {
        let mut of = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let c = byte as u8;
            of[byte] = if c.is_ascii_uppercase() {
                LETTER | CAPITAL
            } else if c.is_ascii_alphanumeric() {
                LETTER
            } else if matches!(c, b'\t'..=b'\r' | b' ') {
                SPACE
            } else if c == b'"' {
                QUOTATION_MARK
            } else if !c.is_ascii() {
                WIDE
            } else {
                0
            };
            byte += 1;
        }
        of
    };
}

/// What a character outside of ASCII is.
fn class_of(c: char) -> u8 {
    let mark = opens_quotation(c, None, Some('a'));
    u8::from(c.is_alphanumeric()) * class::LETTER
        | u8::from(c.is_uppercase()) * class::CAPITAL
        | u8::from(c.is_whitespace()) * class::SPACE
        | u8::from(mark) * class::QUOTATION_MARK
}

impl Surface {
    /// Looks at a sentence.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut letters, mut words, mut capitals) = (0, 0_usize, 0_usize);
        let (mut in_word, mut marks) = (false, 0);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let mut class = class::OF[usize::from(byte)];
            at += 1;
            if class == class::WIDE {
                let c = text[at - 1..].chars().next().unwrap_or_default();
                class = class_of(c);
                at += c.len_utf8() - 1;
            }
            let space = class & class::SPACE != 0;
            if !space && !in_word {
                words += 1;
                capitals += usize::from(words > 1 && class & class::CAPITAL != 0);
            }
            in_word = !space;
            letters += usize::from(class & class::LETTER);
            marks |= class & class::QUOTATION_MARK;
        }
        let mut surface = Self {
            letters,
            capitals: capitals as f64 / words.saturating_sub(1).max(1) as f64,
            ..Self::default()
        };
        if marks != 0 {
            surface.quoted = quoted_share(text);
            surface.opens_quoted = opens_quoted(text);
        }
        surface
    }
}

fn quoted_share(text: &str) -> f64 {
    let (mut open, mut before): (Option<char>, Option<char>) = (None, None);
    let (mut inside, mut all) = (0_usize, 0_usize);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        all += 1;
        match open {
            Some(opener) if closes_quotation(opener, c) => open = None,
            Some(_) => inside += 1,
            None if opens_quotation(c, before, characters.peek().copied()) => open = Some(c),
            None => {}
        }
        before = Some(c);
    }
    inside as f64 / all.max(1) as f64
}

fn opens_quoted(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| opens_quotation(first, None, characters.next()))
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
        assert!((surface.quoted - 20.0 / 38.0).abs() < 1e-15, "{surface:?}");
        assert!(surface.opens_quoted);
        assert_eq!(Surface::of("Nobody spoke."), Surface { letters: 11, ..Surface::default() });
        assert_eq!(Surface::of(""), Surface::default());
    }
}
