//! Runs of characters of one class: ASCII looked up in a table, all else asked of Unicode.

/// White space.
pub(super) const SPACE: u8 = 1;
/// Letters and digits.
pub(super) const WORD: u8 = 1 << 1;
/// An apostrophe, or a single quotation mark.
pub(super) const APOSTROPHE: u8 = 1 << 2;
/// What [`opens`](crate::marks::opens) but the apostrophe.
pub(super) const OPENER: u8 = 1 << 3;
/// What joins words to one another: a hyphen or slash.
pub(super) const JOINT: u8 = 1 << 4;
/// A full stop.
pub(super) const DOT: u8 = 1 << 5;
/// Whatever has no other class.
pub(super) const OTHER: u8 = 1 << 6;
/// A byte of a character outside of ASCII.
pub(super) const FOREIGN: u8 = 1 << 7;

static CLASSES: [u8; 256] = {
    let mut classes = [FOREIGN; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => WORD,
            b'\'' => APOSTROPHE,
            b'(' | b'[' | b'{' | b'"' | b'*' | b'_' => OPENER,
            b'-' | b'/' => JOINT,
            b'.' => DOT,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// The class of a byte.
#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The length of the longest start of `text` whose characters are all of the given classes; `foreign` judges those
/// outside of ASCII.
pub(super) fn leading(text: &str, classes: u8, foreign: impl Fn(char) -> bool) -> usize {
    let bytes = text.as_bytes();
    let ascii = |from: usize| bytes[from..].iter().take_while(|&&byte| class(byte) & classes != 0).count();
    let mut length = ascii(0);
    while let Some(c) = foreign_at(bytes, length).then(|| text[length..].chars().next()).flatten() {
        if !foreign(c) {
            break;
        }
        length += c.len_utf8();
        length += ascii(length);
    }
    length
}

/// The longest end of `text` whose characters are all of the given classes, and all classes that occur in it.
pub(super) fn trailing(text: &str, classes: u8, foreign: impl Fn(char) -> bool) -> (&str, u8) {
    let bytes = text.as_bytes();
    let mut seen = 0;
    let mut ascii = |to: usize| {
        let run = bytes[..to].iter().rev().map(|&byte| class(byte)).take_while(|class| class & classes != 0);
        run.inspect(|class| seen |= class).count()
    };
    let mut from = text.len() - ascii(text.len());
    let mut any_foreign = 0;
    while from > 0 && foreign_at(bytes, from - 1) {
        let Some(c) = text[..from].chars().next_back().filter(|c| foreign(*c)) else { break };
        any_foreign = FOREIGN;
        from -= c.len_utf8();
        from -= ascii(from);
    }
    (&text[from..], seen | any_foreign)
}

/// Whether a byte is not ASCII, if there is one.
fn foreign_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| !byte.is_ascii())
}

/// The text without white space at its start, most often a single space.
pub(super) fn trim_start(text: &str) -> &str {
    &text[leading(text, SPACE, char::is_whitespace)..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::opens;

    #[test]
    fn the_table_agrees_with_unicode_and_the_marks() {
        for byte in 0..128_u8 {
            let c = char::from(byte);
            assert_eq!(class(byte) == SPACE, c.is_whitespace(), "{c:?}");
            assert_eq!(class(byte) == WORD, c.is_alphanumeric(), "{c:?}");
            assert_eq!(matches!(class(byte), OPENER | APOSTROPHE), opens(c), "{c:?}");
        }
    }

    #[test]
    fn runs_go_on_over_characters_outside_of_ascii() {
        assert_eq!(leading("Fähre 7", WORD, char::is_alphanumeric), "Fähre".len());
        assert_eq!(trailing("am Köln-Süd", WORD | JOINT, char::is_alphanumeric), ("Köln-Süd", WORD | JOINT | FOREIGN));
        assert_eq!(trim_start("\u{a0} \n Pier "), "Pier ");
    }
}
