//! A place in a text in, the words that stand before and behind it out.

use super::characters::{APOSTROPHE, DOT, JOINT, OPENER, OTHER, SPACE, WORD, leading, trailing, trim_start};
use crate::marks::{opens, stop};

/// What follows a stop and white space.
pub(super) struct Next<'t> {
    /// From the first word on, behind quotation marks, brackets and dashes.
    pub rest: &'t str,
    /// Whether nothing but white space stands before the word.
    pub bare: bool,
    /// Whether an apostrophe or single quotation mark stands right before the word.
    after_apostrophe: bool,
    /// Whether a dash stands before the word.
    pub after_dash: bool,
    /// Whether an ellipsis is glued to the word: `…and then`.
    pub after_ellipsis: bool,
    /// Whether nothing but more stops follows: `It fell! ...`
    pub more_stops: bool,
}

impl<'t> Next<'t> {
    pub fn of(behind: &'t str) -> Self {
        let shown = trim_start(behind);
        if shown.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
            return Self::bare(shown);
        }
        let dotless = shown.trim_start_matches(['.', '…']);
        let dots = &shown[..shown.len() - dotless.len()];
        let after_ellipsis = (dots.len() >= 3) && dotless.starts_with(char::is_alphanumeric);
        let rest = if after_ellipsis { dotless } else { &shown[opening_marks(shown)..] };
        Self {
            rest,
            bare: rest.len() == shown.len(),
            after_apostrophe: shown[..shown.len() - rest.len()].ends_with(is_apostrophe),
            after_dash: shown.starts_with(['-', '–', '—']),
            after_ellipsis,
            more_stops: !after_ellipsis && shown.chars().next().is_some_and(|c| stop(c).is_some()),
        }
    }

    /// The most common case: a word without anything before it.
    fn bare(rest: &'t str) -> Self {
        Self { rest, bare: true, after_apostrophe: false, after_dash: false, after_ellipsis: false, more_stops: false }
    }

    /// The first word; the mark itself if no word stands there.
    pub fn word(&self) -> &'t str {
        opening_word(self.rest)
    }

    /// Whether the word is one letter with a full stop: `A. Holm`.
    pub fn is_initial(&self) -> bool {
        let word = self.word();
        is_initial(word) && self.rest[word.len()..].starts_with('.')
    }

    /// Whether a small letter follows; `iPhone` and Dutch `'s Avonds` count as capitals.
    pub fn is_small(&self) -> bool {
        let mut letters = self.rest.chars();
        let small = letters.next().is_some_and(char::is_lowercase);
        let second = letters.next();
        let clitic = self.after_apostrophe && second == Some(' ') && letters.next().is_some_and(char::is_uppercase);
        small && !clitic && !second.is_some_and(char::is_uppercase)
    }

    /// Whether the word has a capital within a sentence too, although it opens sentences.
    pub fn is_always_capital(&self) -> bool {
        let word = self.word();
        matches!(word, "I" | "Mr" | "Mrs" | "Ms") || word.starts_with("I'") || word.starts_with("I’")
    }

    /// Whether the word is one of several letters with white space behind it, not a part of an address.
    pub fn is_plain_word(&self) -> bool {
        let word = self.word();
        self.bare && word.len() > 1 && self.rest[word.len()..].starts_with([' ', '\n', ','])
    }
}

/// The word that a full stop stands behind.
pub(super) struct Owner<'t> {
    /// Without what a hyphen, dash or slash joins to it.
    pub word: &'t str,
    /// With it, for `Lt.-Gen` and `J.-C`.
    pub joined: &'t str,
    /// Whether nothing else stands before in the sentence.
    pub alone: bool,
    /// Whether a full stop stands inside.
    pub dotted: bool,
}

impl<'t> Owner<'t> {
    pub fn of(before: &'t str) -> Self {
        const JOINED: u8 = WORD | APOSTROPHE | JOINT | DOT | OTHER;
        let inner = |c: char| !c.is_whitespace() && (!opens(c) || is_apostrophe(c));
        let (mut joined, seen) = trailing(before, JOINED, inner);
        let mut word = joined;
        if seen & !(WORD | DOT) != 0 {
            joined = joined.trim_start_matches(|c: char| !c.is_alphanumeric());
            // `d’A`: an article before an initial, in contrast to `can’t`.
            let elided = joined.rfind(is_apostrophe).map(|at| joined[at..].trim_start_matches(is_apostrophe));
            joined = elided.filter(|part| part.starts_with(char::is_uppercase)).unwrap_or(joined);
            word = joined.rsplit(is_joint).next().unwrap_or_default();
        } else if seen & DOT != 0 {
            joined = joined.trim_start_matches('.');
            word = joined;
        }
        let alone = trim_start(before).len() == joined.len();
        Self { word, joined, alone, dotted: seen & DOT != 0 }
    }

    /// Whether the word before it, in the text up to the stop, is a number or an abbreviation itself.
    pub fn follows_number(&self, before: &str) -> bool {
        let number = self.previous(before);
        number.contains(|c: char| c.is_numeric() || c == '.') || is_roman(number)
    }

    /// Whether the word before it has a capital, which it has not only because the sentence begins with it.
    pub fn follows_name(&self, before: &str) -> bool {
        let name = self.previous(before);
        is_capitalised(name) && !before.trim_start().starts_with(name)
    }

    fn previous<'b>(&self, before: &'b str) -> &'b str {
        before[..before.len() - self.word.len()].split_whitespace().next_back().unwrap_or_default()
    }
}

/// Whether a hyphen, dash or slash joins words.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '/')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether a letter stands for a scale of temperature: `2 °C`.
pub(super) fn is_degree(before: &str) -> bool {
    let mut letters = before.chars().rev().skip(1);
    letters.find(|c| !c.is_whitespace()) == Some('°')
}

/// Whether a word is too long, and written too plainly, for an initial or a part of an address; or it is a number.
pub(super) fn is_whole_word(part: &str) -> bool {
    let number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    number || (part.chars().count() >= 3 && part.chars().skip(1).all(char::is_lowercase))
}

pub(super) fn is_capitalised(part: &str) -> bool {
    part.starts_with(char::is_uppercase)
}

pub(super) fn is_capitals(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_uppercase)
}

/// Whether a word is a Roman number: `II`, `XIX`.
pub(super) fn is_roman(word: &str) -> bool {
    word.len() >= 2 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// How many bytes of quotation marks, brackets, dashes and white space stand before the first word.
pub(super) fn opening_marks(behind: &str) -> usize {
    let bytes = behind.as_bytes();
    let mut length = 0;
    loop {
        length += leading(&behind[length..], SPACE | OPENER | APOSTROPHE, |c| {
            c.is_whitespace() || opens(c) || matches!(c, '–' | '—')
        });
        match bytes.get(length) {
            Some(b'-' | b'`') => length += 1,
            _ => return length,
        }
    }
}

/// The first word behind white space, quotes, brackets and dashes.
pub(super) fn opening_word(behind: &str) -> &str {
    let word = &behind[opening_marks(behind)..];
    match word_length(word) {
        // Not a word: the mark itself, so that the caller sees that something follows.
        0 => &word[..word.chars().next().map_or(0, char::len_utf8)],
        length => &word[..length],
    }
}

/// The length of the word that a text begins with, apostrophes included.
fn word_length(text: &str) -> usize {
    leading(text, WORD | APOSTROPHE, |c| c.is_alphanumeric() || is_apostrophe(c))
}

/// A letter by itself: `J` of `J. R. Halvard`, `n` of `n. Chr.`
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic())
}

/// Letters with dots between them: `U.S`, `p.m`, `N.A.T.O`.
pub(super) fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}
