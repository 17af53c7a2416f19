//! A block of running text in, its sentences out.
//!
//! A character that can end a sentence is a candidate; what stands before and behind it decides. The rules are few: a
//! full stop behind an abbreviation or an initial ends a sentence only if the next word is one that opens sentences (a
//! stop word with a capital, such as *The* or *In*); a stop inside a quotation that closes soon ends none; in scripts
//! with capitals nothing ends before a small letter. The idea of deciding at candidates by their neighbours is that of
//! Palmer and Hearst (1997); the tables are our own.

use rustc_hash::FxHashSet;

use super::Lexicon;
use super::abbreviations::Abbreviations;
use crate::language::{Language, is_southeast_asian};
use crate::marks::{Stop, closes, closes_only, closes_quotation, opens, opens_quotation, stop};
use crate::model::{Span, head};

/// A quotation of at most so many bytes is kept whole.
const LONGEST_WHOLE_QUOTATION: usize = 400;

/// Where a script writes no stops, a space ends a phrase that is at least so many bytes long.
const PHRASE_BYTES: usize = 180;

/// Finds sentences by the rules of one language.
pub struct Splitter {
    /// Abbreviations behind which no sentence ends.
    open: FxHashSet<&'static str>,
    /// Abbreviations behind which a sentence may end.
    either: FxHashSet<&'static str>,
    /// Whether `5.` is an ordinal.
    ordinals: bool,
    /// The stop words of the language: with a capital, they open sentences.
    lexicon: Lexicon,
}

impl Splitter {
    /// The rules of a language; those of English where it is not known.
    pub fn new(language: Option<Language>) -> Self {
        let table = Abbreviations::of(language.as_ref().map_or("en", Language::code));
        Self {
            open: table.open.iter().copied().collect(),
            either: table.either.iter().copied().collect(),
            ordinals: table.ordinals,
            lexicon: Lexicon::new(language),
        }
    }

    /// Calls `each` with the span of every sentence of `text`, in order. Spans have no white space at their ends, and
    /// all that is between them is white space.
    ///
    /// ```
    /// use epitome::segment::Splitter;
    ///
    /// let text = "Gen. Holm spoke at 5 p.m. Tuesday. “It is over. Go home,” he said.";
    /// let mut sentences = Vec::new();
    /// Splitter::new("en".parse().ok()).split(text, |span| sentences.push(span.of(text)));
    /// assert_eq!(sentences, ["Gen. Holm spoke at 5 p.m. Tuesday.", "“It is over. Go home,” he said."]);
    /// ```
    pub fn split(&self, text: &str, mut each: impl FnMut(Span)) {
        let quotations = quotations(text);
        let mut quotation = 0;
        let mut start = 0;
        let mut at = 0;
        while let Some((candidate, stop, run_end)) = next_candidate(text, at, start) {
            let end = skip_closers(text, run_end);
            at = end.max(run_end);
            while quotations.get(quotation).is_some_and(|span| span.end <= candidate) {
                quotation += 1;
            }
            let quoted = quotations.get(quotation).is_some_and(|span| span.start < candidate && end < span.end);
            if !quoted && self.ends_here(text, start, candidate, stop, end) {
                let span = Span::new(start, end).trimmed(text);
                if !span.is_empty() {
                    each(span);
                }
                start = end;
            }
        }
        let rest = Span::new(start, text.len()).trimmed(text);
        if !rest.is_empty() {
            each(rest);
        }
    }

    /// Whether a sentence that begins at `start` ends at `end`, behind a stop at `candidate`.
    fn ends_here(&self, text: &str, start: usize, candidate: usize, stop: Stop, end: usize) -> bool {
        let behind = &text[end..];
        if stop == Stop::Wide {
            // `「…。」he said`: the attribution follows without a space.
            let closed = text[..end].ends_with(['」', '』', '”']);
            return !(closed && behind.starts_with(char::is_alphanumeric));
        }
        let Some(next) = behind.chars().next() else { return true };
        if !next.is_whitespace() {
            return missing_space(text, candidate, end);
        }
        let next_word = opening_word(behind);
        let Some(first) = next_word.chars().next() else {
            return true;
        };
        if first.is_lowercase() {
            return false;
        }
        match stop {
            Stop::Period => self.period_ends(&text[start..candidate], next_word),
            Stop::Ellipsis => first.is_alphanumeric(),
            Stop::Call | Stop::Wide => true,
        }
    }

    /// Whether the full stop behind `before` ends a sentence, if `next_word` follows.
    fn period_ends(&self, before: &str, next_word: &str) -> bool {
        let word = before.rsplit(|c: char| c.is_whitespace() || opens(c) || matches!(c, '-' | '–' | '—' | '/')).next();
        let word = word.unwrap_or_default();
        // The same with what a hyphen joins, for `Lt.-Gen` and `J.-C`.
        let joined = before.rsplit(|c: char| c.is_whitespace() || opens(c)).next().unwrap_or_default();
        let alone = joined.len() == before.trim_start().len();
        let first_is_digit = next_word.starts_with(|c: char| c.is_numeric());
        if self.open.contains(word) || self.open.contains(joined) {
            return false;
        }
        if self.either.contains(word) || self.either.contains(joined) {
            return !first_is_digit && self.opens_sentences(next_word);
        }
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
            // `1. Item` at the start, `5. Februar` where numbers with a full stop are ordinals.
            let ordinal = self.ordinals && word.len() <= 2 && !self.opens_sentences(next_word);
            return !(alone || ordinal);
        }
        if is_initial(word) || is_dotted(word) {
            return self.opens_sentences(next_word);
        }
        true
    }

    /// Whether a word with a capital is one that opens sentences rather than a name: a stop word of the language.
    fn opens_sentences(&self, word: &str) -> bool {
        self.lexicon.is_stop_word(&word.to_lowercase().replace('’', "'"))
    }
}

/// The next stop at or behind `at`: where it begins, its kind, and where the run of stops ends.
fn next_candidate(text: &str, at: usize, start: usize) -> Option<(usize, Stop, usize)> {
    let bytes = text.as_bytes();
    let mut index = at;
    while index < bytes.len() {
        let byte = bytes[index];
        if byte.is_ascii() {
            let stop = match byte {
                b'.' => Stop::Period,
                b'!' | b'?' => Stop::Call,
                _ => {
                    index += 1;
                    continue;
                }
            };
            return Some(run_of_stops(text, index, stop));
        }
        let c = text[index..].chars().next().expect("a character begins at every boundary");
        match stop(c) {
            Some(stop) => return Some(run_of_stops(text, index, stop)),
            None if is_southeast_asian(c) => {
                let behind = index + c.len_utf8();
                let phrase_ends = text[behind..].starts_with(' ')
                    && text[behind + 1..].chars().next().is_some_and(is_southeast_asian)
                    && behind - start >= PHRASE_BYTES;
                if phrase_ends {
                    return Some((index, Stop::Wide, behind));
                }
                index = behind;
            }
            None => index += c.len_utf8(),
        }
    }
    None
}

/// Several stops in a row are one: `?!`, `...`, and `. . .` with spaces.
fn run_of_stops(text: &str, candidate: usize, first: Stop) -> (usize, Stop, usize) {
    let mut kind = first;
    let mut end = candidate;
    let mut periods = 0;
    for c in text[candidate..].chars() {
        match stop(c) {
            Some(Stop::Period) => periods += 1,
            Some(Stop::Ellipsis) if kind != Stop::Period => {}
            Some(Stop::Call) if kind == Stop::Wide => {}
            Some(other) => kind = other,
            None => break,
        }
        end += c.len_utf8();
    }
    // `. . .` with spaces, but not `. .25`
    while text[end..].starts_with(" .") && !text[end + 2..].starts_with(|c: char| c.is_ascii_digit()) {
        end += 2;
        periods += 1;
    }
    if kind == Stop::Period && periods > 1 {
        kind = Stop::Ellipsis;
    }
    (candidate, kind, end)
}

/// The end of the quotes and brackets that close behind a stop.
fn skip_closers(text: &str, from: usize) -> usize {
    let mut end = from;
    for c in text[from..].chars() {
        let next = text[end + c.len_utf8()..].chars().next();
        // What opens in some languages closes here if no word follows.
        let parted = next.is_none_or(|n| n.is_whitespace() || n == ',' || closes(n));
        if !(closes_only(c) || (closes(c) && parted)) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// So many bytes around a stop without a space are looked at: a word, not a file without spaces.
const LONGEST_WORD: usize = 64;

/// Whether two sentences stand without a space between them, `said.The`, in contrast to `U.S.`, `3.5` and `x.com`.
fn missing_space(text: &str, candidate: usize, end: usize) -> bool {
    let mut behind = text[end..].chars();
    let begins = match (behind.next(), behind.next()) {
        (Some(first), Some(second)) => {
            first.is_uppercase() && (second.is_lowercase() || second.is_whitespace())
                || (opens(first) && second.is_uppercase())
        }
        _ => false,
    };
    if !begins {
        return false;
    }
    let mut from = candidate.saturating_sub(LONGEST_WORD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let word = text[from..candidate].rsplit(|c: char| c.is_whitespace() || opens(c)).next().unwrap_or_default();
    let last_part = word.rsplit(['-', '–', '—', '.']).next().unwrap_or_default();
    let whole = (last_part.chars().count() >= 3 && last_part.chars().skip(1).all(char::is_lowercase))
        || (!last_part.is_empty() && last_part.bytes().all(|byte| byte.is_ascii_digit() || byte == b','));
    let address = |part: &str| part.contains(['/', '@']);
    let behind = head(&text[end..], LONGEST_WORD).split(char::is_whitespace).next().unwrap_or_default();
    whole && !address(word) && !word.contains([':', '_']) && !word.to_lowercase().starts_with("www") && !address(behind)
}

/// The first word behind white space, quotes, brackets and dashes.
fn opening_word(behind: &str) -> &str {
    let from =
        behind.find(|c: char| !(c.is_whitespace() || opens(c) || matches!(c, '-' | '–' | '—'))).unwrap_or(behind.len());
    let word = &behind[from..];
    let end = word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(word.len());
    if end == 0 {
        // Not a word: the mark itself, so that the caller sees that something follows.
        return &word[..word.chars().next().map_or(0, char::len_utf8)];
    }
    &word[..end]
}

/// A letter by itself: `J` of `J. R. Halvard`, `n` of `n. Chr.`
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic())
}

/// Letters with dots between them: `U.S`, `p.m`, `N.A.T.O`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

/// The quotations of a text that are short enough to be kept whole, without overlaps, from opening to closing mark.
///
/// Straight quotes pair in order; a text with an odd number of them has none that could be told.
fn quotations(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    if !text.bytes().any(|byte| byte == b'"' || !byte.is_ascii()) {
        return spans;
    }
    let straight_pairs = text.bytes().filter(|&byte| byte == b'"').count().is_multiple_of(2);
    let mut open: Option<(usize, char)> = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let behind = || text[at + c.len_utf8()..].chars().next();
        match open {
            Some((start, opener)) if closes_quotation(opener, c) => {
                let end = at + c.len_utf8();
                if end - start <= LONGEST_WHOLE_QUOTATION {
                    spans.push(Span::new(start, end));
                }
                open = None;
            }
            // A second opening mark means that the first never closed.
            Some((_, opener)) if c == opener && c != '"' => open = Some((at, c)),
            Some(_) => {}
            None if (c != '"' || straight_pairs) && opens_quotation(c, before, behind()) => open = Some((at, c)),
            None => {}
        }
        before = Some(c);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split<'t>(code: &str, text: &'t str) -> Vec<&'t str> {
        let mut sentences = Vec::new();
        Splitter::new(code.parse().ok()).split(text, |span| sentences.push(span.of(text)));
        sentences
    }

    /// Each case is one text whose sentences are parted by `|` in the table.
    fn check(code: &str, cases: &[&str]) {
        for case in cases {
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = case.replace('|', " ");
            assert_eq!(split(code, &text), expected, "{case}");
        }
    }

    #[test]
    fn abbreviations_initials_and_numbers_end_no_sentence() {
        check(
            "en",
            &[
                "Gen. Holm met Lt. Col. Brandt on Tuesday.|They spoke for an hour.",
                "J. R. Halvard of the U.S. Navy spoke.|He left at 5 p.m. Tuesday.",
                "It lies in the U.S.|The pier is at No. 5 Quay Street.",
                "It fell by 3.5 percent to 1.2 million.|Nobody was hurt.",
                "Sund Line Inc. said so.|Sund Line Inc.|The union did not.",
                "He works at Holm Corp. in Port Ella.",
                "It began on Feb. 4 and ended on Sat. evening.",
            ],
        );
    }

    #[test]
    fn quotations_stay_whole_with_what_attributes_them() {
        check(
            "en",
            &[
                "“It is over. Go home,” the mayor said.|Nobody went.",
                "\"It is over. Go home.\"|Nobody went.",
                "“Why?” he asked.|“Because!” she said.",
            ],
        );
    }

    #[test]
    fn other_languages_have_their_own_marks() {
        check("de", &["Am 5. Februar sprach Dr. Holm u. a. mit Prof. Brandt.|Danach fuhr er ab."]);
        check("ru", &["В. Ленин родился в 1870 г. в Симбирске.|Он учился в Казани."]);
        check("es", &["¿Qué pasó?|Nadie lo sabe en EE.UU.|El Sr. Holm tampoco."]);
        assert_eq!(
            split("zh", "渡轮撞上码头。十二人受伤！没有人死亡。"),
            ["渡轮撞上码头。", "十二人受伤！", "没有人死亡。"]
        );
        assert_eq!(split("hi", "यह पहला है। यह दूसरा है।"), ["यह पहला है।", "यह दूसरा है।"]);
    }

    #[test]
    fn a_missing_space_hides_no_end_and_an_address_makes_none() {
        assert_eq!(
            split("en", "It hit the pier, he said.The pier broke."),
            ["It hit the pier, he said.", "The pier broke."]
        );
        check("en", &["See www.portella.example/News.html or mail a.holm@Port.example today."]);
    }

    #[test]
    fn ellipses_end_a_sentence_only_before_a_capital() {
        check("en", &["It was … quiet that day...|Then it was not."]);
    }

    #[test]
    fn a_list_number_stays_with_its_item() {
        check("en", &["1. The ferry hit the pier."]);
    }
}
