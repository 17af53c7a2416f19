//! A text in, the few characters of it that sentences turn on out.
//!
//! One pass over the bytes; what comes after it looks at landmarks and their neighbours only.

use crate::bits::{BLOCK, bits};
use crate::marks::stop;

/// A character that the rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Landmark {
    /// Its first byte.
    pub at: usize,
    /// What it is: one of the constants of this module.
    pub kind: u8,
}

/// A character that is a stop in every language.
pub(super) const STOP: u8 = 1;
/// A quotation mark, or an apostrophe that could be one.
pub(super) const QUOTE: u8 = 1 << 1;
/// A line feed.
pub(super) const LINE_END: u8 = 1 << 2;
/// A colon, the stop of Armenian and the mark before a list.
pub(super) const COLON: u8 = 1 << 3;
/// A semicolon, the question mark of Greek.
pub(super) const SEMICOLON: u8 = 1 << 4;
/// The last character of a phrase in a script that parts phrases by spaces and has no stops.
pub(super) const PHRASE_END: u8 = 1 << 5;

/// The bytes that a character outside of ASCII can begin with that is any of these.
const LEAD: u8 = 1 << 6;
/// An apostrophe, before its neighbours were looked at.
const APOSTROPHE: u8 = 1 << 7;

static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    kinds[b'.' as usize] = STOP;
    kinds[b'!' as usize] = STOP;
    kinds[b'?' as usize] = STOP;
    kinds[b'"' as usize] = QUOTE;
    kinds[b'`' as usize] = QUOTE;
    kinds[b'\'' as usize] = APOSTROPHE;
    kinds[b'\n' as usize] = LINE_END;
    kinds[b':' as usize] = COLON;
    kinds[b';' as usize] = SEMICOLON;
    // Letters of Latin, Greek and Cyrillic begin with other bytes than these, those of Vietnamese excepted.
    let leads = [0xC2, 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEA, 0xEF];
    let mut index = 0;
    while index < leads.len() {
        kinds[leads[index]] = LEAD;
        index += 1;
    }
    kinds
};

/// Whether a byte is none of a landmark's, as most are: letters and digits, spaces and commas, and what a character outside
/// of ASCII goes on with.
#[inline]
fn is_plain(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b' ')
        | (byte == b',')
        | ((0x80..0xC0).contains(&byte))
}

/// Puts the landmarks of `text` into `found`, in order, and returns all kinds that occur.
pub(super) fn landmarks(text: &str, found: &mut Vec<Landmark>) -> u8 {
    found.clear();
    let bytes = text.as_bytes();
    let mut seen = 0;
    let mut look = |at: usize| {
        let kind = match KINDS[usize::from(bytes[at])] {
            LEAD => foreign_kind(text, at),
            APOSTROPHE => apostrophe_kind(bytes, at),
            kind => kind,
        };
        if kind != 0 {
            seen |= kind;
            found.push(Landmark { at, kind });
        }
    };
    for block in (0..bytes.len()).step_by(BLOCK) {
        let mut bits = bits(bytes, block, |byte| !is_plain(byte));
        while bits != 0 {
            look(block + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
    seen
}

/// What a character outside of ASCII is; 0 for most.
fn foreign_kind(text: &str, at: usize) -> u8 {
    let rest = &text[at..];
    let Some(c) = rest.chars().next() else { return 0 };
    match c {
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '「' | '」' | '『' | '』' => QUOTE,
        _ if stop(c).is_some() => STOP,
        _ if is_thai_or_lao(c) && phrase_ends(&rest[c.len_utf8()..]) => PHRASE_END,
        _ => 0,
    }
}

/// An apostrophe behind a letter opens no quotation, and closes none unless it is the first of the two of ``…''.
fn apostrophe_kind(bytes: &[u8], at: usize) -> u8 {
    let behind_letter = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
    if behind_letter && bytes.get(at + 1) != Some(&b'\'') { 0 } else { QUOTE }
}

fn phrase_ends(behind: &str) -> bool {
    behind.strip_prefix(' ').and_then(|next| next.chars().next()).is_some_and(is_thai_or_lao)
}

fn is_thai_or_lao(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::{closes_quotation, opens_quotation};

    #[test]
    fn no_landmark_begins_with_a_plain_byte() {
        for byte in 0..=u8::MAX {
            assert!(KINDS[usize::from(byte)] == 0 || !is_plain(byte), "{byte}");
        }
    }

    #[test]
    fn no_stop_and_no_quotation_mark_is_missed() {
        for c in ('\u{0}'..=char::MAX).filter(|c| !matches!(c, ':' | ';' | '\n')) {
            let text = format!("Die Pier {c} und");
            let expected = if stop(c).is_some() {
                STOP
            } else if "\"'`‘’".contains(c)
                || opens_quotation(c, None, Some('a'))
                || "“„«»「『”".chars().any(|opener| closes_quotation(opener, c))
            {
                QUOTE
            } else {
                0
            };
            assert_eq!(landmarks(&text, &mut Vec::new()), expected, "{c:?}");
        }
    }

    #[test]
    fn landmarks_are_found_wherever_they_stand() {
        let text = "Wer? Die Crew's “alte” Pier:\nใครๆ ก็รู้ `so' ไม่มี";
        let mut found = Vec::new();
        let seen = landmarks(text, &mut found);
        assert_eq!(seen, STOP | QUOTE | COLON | LINE_END | PHRASE_END);
        let kinds = |kind| found.iter().filter(move |landmark| landmark.kind == kind);
        let marks: String = kinds(QUOTE).filter_map(|landmark| text[landmark.at..].chars().next()).collect();
        assert_eq!(marks, "“”`");
        assert_eq!(kinds(PHRASE_END).count(), 1);
    }
}
