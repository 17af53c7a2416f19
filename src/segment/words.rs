//! A sentence in, its words out.

use unicode_segmentation::UnicodeSegmentation;

use super::unspaced::{counted_words, unspaced_words};
use crate::bits::{BLOCK, bits, runs};
use crate::language::is_unspaced;
use crate::model::Span;

/// Calls `each` with the span of every word of `text`, in order.
///
/// A word is a run of letters and digits, with an apostrophe between letters (`don't`), a dot or comma between digits
/// (`55,000`, `3.5`), and dots between single letters (`U.S`). A hyphen parts words. Text with other characters than
/// ASCII is parted by the word boundaries of Unicode Standard Annex 29, and what that leaves joined by a dot is parted
/// again, so that `said.The` is two words. In scripts without spaces a segmenter finds them (`unspaced`).
///
/// ```
/// let text = "Gen. Holm's 55,000 e-mails";
/// let mut words = Vec::new();
/// epitome::segment::words(text, |span| words.push(span.of(text)));
/// assert_eq!(words, ["Gen", "Holm's", "55,000", "e", "mails"]);
/// ```
pub fn words(text: &str, mut each: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let ascii = text.is_ascii();
    let mut at = 0;
    // Where the word began that goes on in the next run, behind a mark.
    let mut open = None;
    runs(bytes, is_in_run, |start, end| {
        if start < at {
            return;
        }
        let start = open.take().unwrap_or(start);
        if may_join(bytes, end) && joins(bytes, start, end) {
            open = Some(start);
        } else if ascii || bytes[start..end].is_ascii() {
            each(Span::new(start, end));
        } else {
            at = mixed_words(text, start, end, &mut each);
        }
    });
}

/// Whether a byte is an ASCII letter or digit, or not ASCII.
#[inline]
fn is_in_run(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | !byte.is_ascii()
}

/// Whether a mark stands at `at` that could be within a word.
#[inline]
fn may_join(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), Some(b'\'' | b'.' | b','))
}

/// Whether the word that began at `start` goes on over the mark at `end`.
#[inline(never)]
fn joins(bytes: &[u8], start: usize, end: usize) -> bool {
    bytes
        .get(end - 1..end + 2)
        .is_some_and(|around| goes_on(around[0], around[1], around[2], is_letter_alone(bytes, end - 1, start)))
}

/// The words from `start` to `end`, or as far behind it as what is between white space reaches; returns where that is.
#[inline(never)]
fn mixed_words(text: &str, start: usize, end: usize, each: &mut impl FnMut(Span)) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at).filter(|byte| at < end || is_in_run(**byte)) {
        if !byte.is_ascii() {
            at = foreign_words(text, at, each);
        } else if byte.is_ascii_alphanumeric() {
            let end = ascii_word(bytes, at);
            if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
                at = foreign_words(text, at, each);
            } else {
                each(Span::new(at, end));
                at = end;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// The end of the word that begins at `start`, as far as it is ASCII.
fn ascii_word(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if !joins(bytes, start, end) {
            return end;
        }
        end += 1;
    }
}

/// Whether a mark between two characters belongs to the word that they are in.
fn goes_on(before: u8, mark: u8, after: u8, letter_alone: bool) -> bool {
    match mark {
        b'\'' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b'.' => (before.is_ascii_digit() && after.is_ascii_digit()) || (letter_alone && after.is_ascii_alphabetic()),
        b',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Whether the letter at `at` is the whole word so far, or stands behind a dot.
fn is_letter_alone(bytes: &[u8], at: usize, start: usize) -> bool {
    bytes[at].is_ascii_alphabetic() && (at == start || bytes[at - 1] == b'.')
}

/// The words of the run between white space that `start` stands in; returns where the run ends.
fn foreign_words(text: &str, start: usize, each: &mut impl FnMut(Span)) -> usize {
    let mut plain = true;
    let mut end = start;
    for c in text[start..].chars() {
        match Part::of(c) {
            Part::Space => break,
            Part::Odd => plain = false,
            _ => {}
        }
        end += c.len_utf8();
    }
    if end == start {
        // A white space character outside of ASCII.
        return start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    if plain {
        plain_words(text, Span::new(start, end), each);
    } else {
        words_of_annex_29(text, Span::new(start, end), each);
    }
    end
}

/// What a character is to the word boundaries of Annex 29, for most text of Latin, Greek and Cyrillic scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A letter that needs no more than itself (`ALetter`).
    Letter,
    /// A digit of ASCII (`Numeric`).
    Digit,
    /// What joins two letters (`MidLetter`).
    BetweenLetters,
    /// What joins two digits (`MidNum`).
    BetweenDigits,
    /// What joins either (`MidNumLet`, `Single_Quote`).
    Between,
    /// What parts words whatever stands around it.
    Break,
    /// White space: no part of a run.
    Space,
    /// Whatever else: scripts without spaces, marks that are set upon letters, symbols.
    Odd,
}

/// What the characters of ASCII are.
static ASCII_PARTS: [Part; 128] = {
    let mut parts = [Part::Odd; 128];
    let mut byte = 0;
    while byte < parts.len() {
        parts[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Part::Letter,
            b'0'..=b'9' => Part::Digit,
            b'.' | b'\'' => Part::Between,
            b':' => Part::BetweenLetters,
            b',' | b';' => Part::BetweenDigits,
            b'_' => Part::Odd,
            b'\t'..=b'\r' | b' ' => Part::Space,
            b'!'..=b'~' => Part::Break,
            _ => Part::Odd,
        };
        byte += 1;
    }
    parts
};

impl Part {
    #[inline]
    fn of(c: char) -> Self {
        match ASCII_PARTS.get(c as usize) {
            Some(part) => *part,
            None => Self::of_foreign(c),
        }
    }

    fn of_foreign(c: char) -> Self {
        match c {
            '‘' | '’' => Self::Between,
            '×' | '÷' => Self::Odd,
            // Latin, Greek, Cyrillic, and the Latin of Vietnamese.
            'À'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'Ḁ'..='ỿ' => Self::Letter,
            '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…' | '¿' | '¡' => Self::Break,
            _ if c.is_whitespace() => Self::Space,
            _ => Self::Odd,
        }
    }
}

/// The words of a run without anything odd, by the few rules of Annex 29 that apply to it.
fn plain_words(text: &str, run: Span, each: &mut impl FnMut(Span)) {
    let mut start = None;
    let mut before = Part::Break;
    let mut chars = run.of(text).char_indices().map(|(at, c)| (run.start + at, Part::of(c))).peekable();
    while let Some((at, part)) = chars.next() {
        let behind = chars.peek().map_or(Part::Break, |(_, part)| *part);
        let joins = match part {
            Part::Letter | Part::Digit => true,
            Part::BetweenLetters => before == Part::Letter && behind == Part::Letter,
            Part::BetweenDigits => before == Part::Digit && behind == Part::Digit,
            Part::Between => before == behind && matches!(before, Part::Letter | Part::Digit),
            _ => false,
        };
        if joins {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            part_at_dots(text, Span::new(start, at), each);
        }
        before = part;
    }
    if let Some(start) = start {
        part_at_dots(text, Span::new(start, run.end), each);
    }
}

/// The words of any run.
fn words_of_annex_29(text: &str, run: Span, each: &mut impl FnMut(Span)) {
    if run.of(text).contains(is_unspaced) {
        return unspaced_words(text, run, &mut |word| part_at_dots(text, word, each));
    }
    for (offset, word) in run.of(text).unicode_word_indices() {
        part_at_dots(text, Span::new(run.start + offset, run.start + offset + word.len()), each);
    }
}

/// Annex 29 joins letters over a dot; only single letters are meant to be.
fn part_at_dots(text: &str, span: Span, each: &mut impl FnMut(Span)) {
    let word = span.of(text);
    let long_parts = word.contains('.')
        && word.split('.').any(|part| part.chars().count() > 1 && !part.starts_with(|c: char| c.is_numeric()));
    if !long_parts {
        return each(span);
    }
    let mut start = span.start;
    for part in word.split('.') {
        if !part.is_empty() {
            each(Span::new(start, start + part.len()));
        }
        start += part.len() + 1;
    }
}

/// How many words a reader counts: runs between white space, as in the length limits of the literature; in scripts without
/// spaces those of the segmenter, without it (feature `unspaced`) those of Unicode Standard Annex 29.
///
/// ```
/// assert_eq!(epitome::segment::count_words("The U.S. and 55,000 — soldiers"), 6);
/// # #[cfg(feature = "unspaced")]
/// assert_eq!(epitome::segment::count_words("渡轮撞上码头"), 3);
/// ```
pub fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        return count_runs(bytes, |byte| is_space(byte) & (byte != VERTICAL_TAB));
    }
    if !has_odd_characters(text) {
        return count_runs(bytes, is_space);
    }
    text.split_whitespace()
        .map(|run| if run.contains(is_unspaced) { counted_words(run).count().max(1) } else { 1 })
        .sum()
}

/// White space to Unicode, but not to ASCII as the standard library has it.
const VERTICAL_TAB: u8 = 0x0B;

/// Whether a byte is white space by itself.
#[inline]
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (b'\t'..=b'\r').contains(&byte)
}

/// How many runs of bytes that are no white space there are.
fn count_runs(bytes: &[u8], is_space: impl Fn(u8) -> bool) -> usize {
    let mut inside = 0;
    let mut count = 0;
    for block in (0..bytes.len()).step_by(BLOCK) {
        let bits = bits(bytes, block, |byte| !is_space(byte));
        count += (bits & !(bits << 1 | inside)).count_ones() as usize;
        inside = bits >> (BLOCK - 1);
    }
    count
}

/// Whether a text has white space outside of ASCII or characters of scripts without spaces.
fn has_odd_characters(text: &str) -> bool {
    // All of them begin with one of these bytes: U+0085 and U+00A0, or what is from U+0800 on.
    let may_be_odd = |byte| (byte == 0xC2) | (byte >= 0xE0);
    (0..text.len()).step_by(BLOCK).any(|block| {
        let mut bits = bits(text.as_bytes(), block, may_be_odd);
        while bits != 0 {
            let at = block + bits.trailing_zeros() as usize;
            if text[at..].chars().next().is_some_and(|c| c.is_whitespace() || is_unspaced(c)) {
                return true;
            }
            bits &= bits - 1;
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        let mut list = Vec::new();
        words(text, |span| list.push(span.of(text)));
        list
    }

    #[test]
    fn marks_join_or_part_words_as_readers_expect() {
        assert_eq!(
            list("U.S. officials, at 3.5 kn, don't re-open."),
            ["U.S", "officials", "at", "3.5", "kn", "don't", "re", "open"]
        );
        assert_eq!(list("he said.The end"), ["he", "said", "The", "end"]);
        assert_eq!(list("the 'quoted' word's"), ["the", "quoted", "word's"]);
    }

    #[test]
    fn both_lanes_find_the_same_words() {
        let ascii = "Gen. Holm's U.S. e-mails, 55,000 of them, said.The 3.5 kn";
        let with_accent = format!("{ascii} é");
        let mut expected = list(ascii);
        expected.push("é");
        assert_eq!(list(&with_accent), expected);
        assert_eq!(list("Ukraine’s U.S.–Russia said.Éd"), ["Ukraine’s", "U.S", "Russia", "said", "Éd"]);
    }

    #[test]
    fn plain_letters_are_letters_to_annex_29_and_breaks_part_words() {
        for c in ('\u{0}'..=char::MAX).filter(|c| !c.is_whitespace()) {
            let count = |text: &str| text.unicode_words().count();
            let (in_letters, in_digits) = (count(&format!("a{c}a")), count(&format!("1{c}1")));
            let expected = match Part::of(c) {
                Part::Letter | Part::Digit => (1, 1),
                Part::Between => (1, 1),
                Part::BetweenLetters => (1, 2),
                Part::BetweenDigits => (2, 1),
                Part::Break => (2, 2),
                Part::Space | Part::Odd => continue,
            };
            assert_eq!((in_letters, in_digits), expected, "{c:?}");
            assert!(!is_unspaced(c), "{c:?}");
        }
    }

    #[test]
    fn plain_runs_have_the_words_of_annex_29() {
        let parts = ["é", "Ж", "a", "1", "22", ".", "'", "’", ":", ",", ";", "-", "“", "U", "…"];
        for first in parts {
            for second in parts {
                for third in parts {
                    for fourth in parts {
                        let run = format!("é{first}{second}{third}{fourth}");
                        let whole = Span::new(0, run.len());
                        let (mut plain, mut full) = (Vec::new(), Vec::new());
                        plain_words(&run, whole, &mut |span| plain.push(span.of(&run)));
                        words_of_annex_29(&run, whole, &mut |span| full.push(span.of(&run)));
                        assert_eq!(plain, full, "{run}");
                    }
                }
            }
        }
    }

    #[test]
    fn words_are_counted_alike_in_every_lane() {
        let slowly = |text: &str| -> usize {
            let of_run = |run: &str| if run.contains(is_unspaced) { counted_words(run).count().max(1) } else { 1 };
            text.split_whitespace().map(of_run).sum()
        };
        // Of the many characters of Chinese one in so many stands for the others.
        let sampled = |c: &char| !is_unspaced(*c) || u32::from(*c) % 64 == 0;
        for c in ('\u{80}'..=char::MAX).filter(sampled).chain(" \t\n\r\u{c}'".chars()) {
            for text in [format!("an der{c}Pier"), format!("{c} Fähre"), format!("Fähre {c}"), format!("é{c}")] {
                assert_eq!(count_words(&text), slowly(&text), "{text:?}");
            }
        }
        let long = "Die Fähre stößt  an die Pier. ".repeat(100);
        assert_eq!(count_words(&long), 600);
    }
}
