//! A text in, its words out: where each stands, and where it stands without the marks around it.
//!
//! The rules of `guard` and the finders of names and things go through the words of every sentence. Here a text is gone
//! through once, by bytes; characters that are not ASCII are looked at only where they may matter.

use crate::marks::is_alphanumeric;

/// What a byte is, or may be the beginning or the end of. A text has the marks of all its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    const SPACE: Self = Self(1);
    /// The first byte of a character that may be white space.
    const MAYBE_SPACE: Self = Self(1 << 1);
    const ALPHANUMERIC: Self = Self(1 << 2);
    const NON_ASCII: Self = Self(1 << 3);
    /// May begin a character of a script without spaces.
    pub const UNSPACED: Self = Self(1 << 4);
    /// May be part of a mark of quotation.
    pub const QUOTATION: Self = Self(1 << 5);
    /// May be part of a mark of an item, or a bar.
    pub const BULLET: Self = Self(1 << 6);
    pub const COLON: Self = Self(1 << 7);
    pub const BRACKET: Self = Self(1 << 8);
    pub const COMMA: Self = Self(1 << 9);
    /// May be part of a dash or a slash that parts words.
    pub const PART: Self = Self(1 << 10);

    /// Whether one of the others is among these.
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub fn is_ascii(self) -> bool {
        !self.any(Self::NON_ASCII)
    }

    const fn of(byte: u8) -> Self {
        let mut marks = match byte {
            b'\t'..=b'\r' | b' ' => Self::SPACE.0,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Self::ALPHANUMERIC.0,
            b':' => Self::COLON.0,
            b'(' => Self::BRACKET.0,
            b',' => Self::COMMA.0,
            0x80.. => Self::NON_ASCII.0,
            _ => 0,
        };
        // White space beyond ASCII: U+0085, U+00A0, U+1680, U+2000 and others behind it, U+3000.
        if matches!(byte, 0xC2 | 0xE1..=0xE3) {
            marks |= Self::MAYBE_SPACE.0;
        }
        // U+2000 to U+2FFF, where typographic marks stand, are in none of these scripts.
        if matches!(byte, 0xE0 | 0xE1 | 0xE3..=0xFF) {
            marks |= Self::UNSPACED.0;
        }
        // The last bytes of “ ” „ « » 「 」 『 』.
        if matches!(byte, b'"' | 0x9C..=0x9E | 0xAB | 0xBB | 0x8C..=0x8F) {
            marks |= Self::QUOTATION.0;
        }
        // The last bytes of • ► ▪.
        if matches!(byte, b'|' | 0xA2 | 0xBA | 0xAA) {
            marks |= Self::BULLET.0;
        }
        // The last byte of —.
        if matches!(byte, b'/' | 0x94) {
            marks |= Self::PART.0;
        }
        Self(marks)
    }
}

/// The marks of every byte.
static MARKS: [Marks; 256] = {
    let mut marks = [Marks(0); 256];
    let mut byte = 0;
    while byte < marks.len() {
        marks[byte] = Marks::of(byte as u8);
        byte += 1;
    }
    marks
};

/// A byte eight times.
const fn eight_of(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Where a word stands in its text, with and without the marks around it. Where it is all marks, nothing is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub bare_start: usize,
    pub bare_end: usize,
    /// The marks of the word, and of white space around it; none where it is letters of ASCII alone.
    pub marks: Marks,
}

impl Token {
    /// The word as it stands.
    pub fn raw<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// The word without marks around it.
    pub fn bare<'t>(&self, text: &'t str) -> &'t str {
        &text[self.bare_start..self.bare_end]
    }

    /// Whether the word ends in a letter or a digit.
    pub fn has_no_mark_behind(&self) -> bool {
        self.bare_end == self.end && self.bare_end > self.bare_start
    }
}

/// The words of a text, parted by white space.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    marks: Marks,
}

impl<'t> Tokens<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, marks: Marks::default() }
    }

    /// The marks of what has been gone through.
    pub fn marks(&self) -> Marks {
        self.marks
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    // Most of what a word costs would be the call.
    #[inline(always)]
    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let end = start + ascii_letters(bytes.get(start..)?);
        // Most words are letters of ASCII, perhaps with one mark behind, and end in a space.
        if end > start {
            match bytes[end..] {
                [b' ', ..] => {
                    self.at = end + 1;
                    return Some(Token { start, end, bare_start: start, bare_end: end, marks: Marks::default() });
                }
                [mark, b' ', ..] if mark.is_ascii_punctuation() => {
                    self.at = end + 2;
                    let marks = MARKS[usize::from(mark)];
                    self.marks.0 |= marks.0;
                    return Some(Token { start, end: end + 1, bare_start: start, bare_end: end, marks });
                }
                _ => {}
            }
        }
        self.next_with_marks(end)
    }
}

impl Tokens<'_> {
    /// The next word, which has other characters than letters of ASCII, of which there are none before `at`.
    #[inline(never)]
    fn next_with_marks(&mut self, mut at: usize) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        let mut marks = Marks::default();
        let end = loop {
            // Goes on to what may be white space.
            let next = bytes[at..].iter().position(|byte| {
                let byte = MARKS[usize::from(*byte)];
                marks.0 |= byte.0;
                byte.any(Marks(Marks::SPACE.0 | Marks::MAYBE_SPACE.0))
            });
            let Some(next) = next else {
                self.at = bytes.len();
                break bytes.len();
            };
            at += next;
            let space = if bytes[at].is_ascii() { 1 } else { wide_space(&bytes[at..]) };
            if space == 0 {
                at += 1;
            } else if at > start {
                self.at = at + space;
                break at;
            } else {
                at += space;
                start = at;
            }
        };
        self.marks.0 |= marks.0;
        if start == end {
            return None;
        }
        let (bare_start, bare_end) = bare(self.text, start, end);
        Some(Token { start, end, bare_start, bare_end, marks })
    }
}

/// How many letters of ASCII stand in front.
#[inline]
pub(super) fn ascii_letters(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(chunk) = bytes[count..].first_chunk() {
        // Eight bytes at once: adding carries into the high bit of those that are at least `a`, or more than `z`.
        let chunk = u64::from_le_bytes(*chunk);
        let small = (chunk | eight_of(0x20)) & eight_of(0x7F);
        let letters = (small + eight_of(0x80 - b'a')) & !(small + eight_of(0x80 - b'z' - 1)) & !chunk & eight_of(0x80);
        let others = letters ^ eight_of(0x80);
        if others != 0 {
            return count + (others.trailing_zeros() / 8) as usize;
        }
        count += 8;
    }
    count + bytes[count..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// A text and its words.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub marks: Marks,
}

impl<'a> Words<'a> {
    /// Parts a text into words, which `buffer` keeps.
    pub fn read(text: &'a str, buffer: &'a mut Vec<Token>) -> Self {
        let mut tokens = Tokens::of(text);
        buffer.clear();
        buffer.extend(&mut tokens);
        Self { text, tokens: buffer, marks: tokens.marks() }
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.tokens.len()
    }

    /// A word as it stands.
    pub fn raw(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).map(|token| token.raw(self.text))
    }

    /// A word without marks around it, empty behind the last one.
    pub fn bare(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.bare(self.text))
    }

    /// The words as they stand.
    pub fn raws(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.tokens.iter().map(move |token| token.raw(self.text))
    }

    /// The words without marks around them.
    pub fn bares(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.tokens.iter().map(move |token| token.bare(self.text))
    }
}

/// How many bytes of white space beyond ASCII stand in front, one character at most.
fn wide_space(bytes: &[u8]) -> usize {
    match bytes {
        [0xC2, 0x85 | 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..]
        | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
        | [0xE2, 0x81, 0x9F, ..]
        | [0xE3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// A stretch of text without what is neither letter nor digit at both of its ends.
#[inline]
fn bare(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    while start < end && !MARKS[usize::from(bytes[start])].any(Marks::ALPHANUMERIC) {
        match is_foreign_mark(bytes[start], || text[start..end].chars().next()) {
            Some(length) => start += length,
            None => break,
        }
    }
    while start < end && !MARKS[usize::from(bytes[end - 1])].any(Marks::ALPHANUMERIC) {
        match is_foreign_mark(bytes[end - 1], || text[start..end].chars().next_back()) {
            Some(length) => end -= length,
            None => break,
        }
    }
    (start, end)
}

/// The length of a character that is neither letter nor digit, given one of its bytes, which is none of ASCII's.
#[inline]
fn is_foreign_mark(byte: u8, character: impl FnOnce() -> Option<char>) -> Option<usize> {
    if byte.is_ascii() {
        return Some(1);
    }
    character().filter(|c| !is_alphanumeric(*c)).map(char::len_utf8)
}

/// Whether a text begins with a capital letter.
#[inline]
pub(super) fn is_capital(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        Some(_) => text.starts_with(char::is_uppercase),
        None => false,
    }
}

/// Whether a text begins with a small letter.
#[inline]
pub(super) fn is_small(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_lowercase(),
        Some(_) => text.starts_with(char::is_lowercase),
        None => false,
    }
}

/// A text in lower case, written to a buffer.
pub(super) fn lower_case<'b>(text: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if text.is_ascii() {
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&text.to_lowercase());
    }
    buffer
}

/// Writes a text behind another in lower case and with straight apostrophes.
///
/// A final sigma is written as any other: no table that is looked into is Greek.
pub(super) fn push_lower(text: &str, into: &mut String) {
    let from = into.len();
    if text.is_ascii() {
        into.push_str(text);
        into[from..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        match c {
            '’' => into.push('\''),
            c if c.is_ascii() => into.push(c.to_ascii_lowercase()),
            c => into.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn white_space_is_unicodes() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            let marks = MARKS[usize::from(bytes[0])];
            let space = marks.any(Marks::SPACE) || (marks.any(Marks::MAYBE_SPACE) && wide_space(bytes) > 0);
            assert_eq!(space, c.is_whitespace(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let marks = bytes.iter().fold(0, |marks, byte| marks | MARKS[usize::from(*byte)].0);
            let marks = Marks(marks);
            assert!(marks.any(Marks::UNSPACED) || !crate::language::is_unspaced(c), "{c:?}");
            assert!(marks.any(Marks::BULLET) || !matches!(c, '•' | '►' | '▪' | '|'), "{c:?}");
            assert!(marks.any(Marks::PART) || !matches!(c, '—' | '/'), "{c:?}");
            assert!(marks.any(Marks::QUOTATION) || !"\"“”„«»「」『』".contains(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in "([a-zA-Z0-9 ,.’“”—é\u{a0}\u{3000}ảς世、]|\\PC){0,40}") {
            let expected: Vec<(&str, &str)> = text
                .split_whitespace()
                .map(|word| (word, word.trim_matches(|c: char| !c.is_alphanumeric())))
                .collect();
            let found: Vec<(&str, &str)> =
                Tokens::of(&text).map(|token| (token.raw(&text), token.bare(&text))).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
