//! A place in a text in, the words that stand before and behind it out.

use rustc_hash::FxHashSet;

use crate::marks::{opens, stop};

/// What follows a stop and white space.
pub(super) struct Next<'t> {
    /// The first word behind quotation marks, brackets and dashes; the mark itself if no word stands there.
    pub word: &'t str,
    /// From that word on.
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
    /// Whether the word is one letter with a full stop: `A. Holm`.
    pub is_initial: bool,
}

impl<'t> Next<'t> {
    pub fn of(behind: &'t str) -> Self {
        let shown = behind.trim_start();
        let dotless = shown.trim_start_matches(['.', '…']);
        let dots = &shown[..shown.len() - dotless.len()];
        let after_ellipsis = (dots.len() >= 3) && dotless.starts_with(char::is_alphanumeric);
        let rest = if after_ellipsis { dotless } else { &shown[opening_marks(shown)..] };
        let word = opening_word(rest);
        let is_initial = is_initial(word) && rest[word.len()..].starts_with('.');
        let more_stops = !after_ellipsis && shown.chars().next().is_some_and(|c| stop(c).is_some());
        Self {
            word,
            rest,
            bare: rest.len() == shown.len(),
            after_apostrophe: shown[..shown.len() - rest.len()].ends_with(is_apostrophe),
            after_dash: shown.starts_with(['-', '–', '—']),
            after_ellipsis,
            more_stops,
            is_initial,
        }
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
        matches!(self.word, "I" | "Mr" | "Mrs" | "Ms") || self.word.starts_with("I'") || self.word.starts_with("I’")
    }

    /// Whether the word is one of several letters with white space behind it, not a part of an address.
    pub fn is_plain_word(&self) -> bool {
        self.bare && self.word.len() > 1 && self.rest[self.word.len()..].starts_with([' ', '\n', ','])
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
}

impl<'t> Owner<'t> {
    pub fn of(before: &'t str) -> Self {
        let joined = before.rsplit(|c: char| c.is_whitespace() || (opens(c) && !is_apostrophe(c))).next();
        let joined = joined.unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric());
        // `d’A`: an article before an initial, in contrast to `can’t`.
        let elided = joined.rfind(is_apostrophe).map(|at| joined[at..].trim_start_matches(is_apostrophe));
        let joined = elided.filter(|part| part.starts_with(char::is_uppercase)).unwrap_or(joined);
        let word = joined.rsplit(['-', '–', '—', '/']).next().unwrap_or_default();
        Self { word, joined, alone: joined.len() == before.trim_start().len() }
    }

    pub fn is_in(&self, set: &FxHashSet<&str>) -> bool {
        set.contains(self.word) || set.contains(self.joined)
    }

    /// Whether it is in a table but for the capital that it has at the start of a sentence: `Vgl.` for `vgl.`
    pub fn is_small_in(&self, set: &FxHashSet<&str>) -> bool {
        self.alone && set.contains(self.joined.to_lowercase().as_str())
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
    behind
        .find(|c: char| !(c.is_whitespace() || opens(c) || matches!(c, '-' | '–' | '—' | '`')))
        .unwrap_or(behind.len())
}

/// The first word behind white space, quotes, brackets and dashes.
pub(super) fn opening_word(behind: &str) -> &str {
    let word = &behind[opening_marks(behind)..];
    let end = word.find(|c: char| !(c.is_alphanumeric() || is_apostrophe(c))).unwrap_or(word.len());
    if end == 0 {
        // Not a word: the mark itself, so that the caller sees that something follows.
        return &word[..word.chars().next().map_or(0, char::len_utf8)];
    }
    &word[..end]
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
