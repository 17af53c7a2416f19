//! A block of running text in, its sentences out.
//!
//! A character that can end a sentence is a candidate (`candidates`); what stands before and behind it decides. The
//! rules are few: a full stop behind an abbreviation or an initial ends a sentence only if the next word is one that
//! opens sentences (a stop word with a capital, such as *The* or *In*); a stop inside a quotation that closes soon
//! (`quotations`) ends none; in scripts with capitals hardly anything ends before a small letter; an item of a list
//! (`lists`) begins a sentence of its own. The idea of deciding at candidates by their neighbours is that of Palmer and
//! Hearst (1997); the tables are our own.
//!
//! Scripts without spaces have stops of their own, behind which no space follows; Thai and Lao have none (`phrases`).
//!
//! A block may be wrapped: a single line break is white space like any other. A sentence ends at a line break only where
//! a blank line or an item of a list follows, or where the whole block is a column of short labels without any stop.

mod candidates;
mod characters;
mod context;
mod landmarks;
mod lists;
mod phrases;
mod quotations;

use std::sync::OnceLock;

use self::candidates::{Candidate, Candidates, Kind};
use self::characters::{FOREIGN, SPACE, WORD, class, leading};
use self::context::{
    Next, Owner, is_apostrophe, is_capitalised, is_capitals, is_degree, is_dotted, is_initial, is_roman, is_whole_word,
    opening_word,
};
use self::landmarks::{COLON, LINE_END, Landmark, QUOTE, SEMICOLON, landmarks};
use self::lists::{is_column_of_labels, list_items};
use self::quotations::quotations;
use super::Lexicon;
use super::abbreviations::{Abbreviations, Ordinals, Table, role};
use crate::language::{Language, is_southeast_asian, is_unspaced};
use crate::marks::{Stop, closes, opens};
use crate::model::{Span, head, tail};

/// A quotation of at most so many bytes is kept whole.
const LONGEST_WHOLE_QUOTATION: usize = 400;

/// Finds sentences by the rules of one language. Costs next to nothing to make: the tables of a language are made once,
/// when a text first asks for them.
pub struct Splitter {
    language: Option<Language>,
    /// What is known of abbreviations behind which a full stop may stand.
    table: &'static Table,
    /// Whether a full stop ends sentences: in Armenian it is less than a comma.
    period_ends: bool,
    /// The kind of a landmark that is a stop in this language only, the question mark of Greek or the full stop of
    /// Armenian; 0 where there is none.
    own_stop: u8,
    /// The stop words of the language: with a capital, they open sentences.
    lexicon: OnceLock<Lexicon>,
}

/// What is known of one text while it is split. Kept from text to text, so that its memory is taken once.
#[derive(Default)]
pub(super) struct Scratch {
    landmarks: Vec<Landmark>,
    quotations: Vec<Span>,
}

impl Splitter {
    /// The rules of a language; those of English where it is not known.
    pub fn new(language: Option<Language>) -> Self {
        let code = language.as_ref().map_or("en", Language::code);
        Self {
            language,
            table: Table::of(code),
            period_ends: code != "hy",
            own_stop: match code {
                "el" => SEMICOLON,
                "hy" => COLON,
                _ => 0,
            },
            lexicon: OnceLock::new(),
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
    pub fn split(&self, text: &str, each: impl FnMut(Span)) {
        self.split_with(&mut Scratch::default(), text, each);
    }

    /// [`split`](Self::split) for a caller with many texts.
    pub(super) fn split_with(&self, scratch: &mut Scratch, text: &str, mut each: impl FnMut(Span)) {
        let seen = landmarks(text, &mut scratch.landmarks);
        scratch.quotations.clear();
        if seen & QUOTE != 0 {
            quotations(text, &scratch.landmarks, &mut scratch.quotations);
        }
        let mut start = 0;
        let mut cut = |start: &mut usize, end: usize| {
            let span = trimmed(text, *start, end);
            if !span.is_empty() {
                each(span);
            }
            *start = end;
        };
        if seen & LINE_END != 0 && is_column_of_labels(text) {
            text.match_indices('\n').for_each(|(line_end, _)| cut(&mut start, line_end));
        } else {
            self.ends(text, scratch, |end| cut(&mut start, end));
        }
        if start < text.len() {
            cut(&mut start, text.len());
        }
    }

    /// Calls `each` with every place inside `text` where a sentence ends, in order.
    fn ends(&self, text: &str, scratch: &Scratch, mut each: impl FnMut(usize)) {
        let mut candidates = Candidates::new(text, &scratch.landmarks, self.own_stop, &scratch.quotations);
        let mut items = list_items(text, &scratch.landmarks).into_iter().peekable();
        let mut start = 0;
        let mut at = 0;
        let mut first_letter = FirstLetter::default();
        let mut found = candidates.next(at, start);
        // Items and candidates, whichever comes first.
        loop {
            if let Some(item) = items.next_if(|item| found.is_none_or(|candidate| item.start <= candidate.at)) {
                each(item.start);
                start = item.start;
                at = at.max(item.end);
                // Looked for again only if it stood in the mark: a list without stops would be read over and over.
                if found.is_some_and(|candidate| candidate.at < at) {
                    found = candidates.next(at, start);
                }
                continue;
            }
            let Some(candidate) = found else { break };
            let in_quotation = candidates
                .quotations
                .around(candidate.at)
                .is_some_and(|span| candidate.end < span.end && span.len() <= LONGEST_WHOLE_QUOTATION);
            let ends = candidate.kind == Kind::BlankLine
                || (!in_quotation
                    && first_letter.stands_before(text, start, candidate.at)
                    && self.ends_here(text, start, &candidate));
            at = candidate.end;
            if ends {
                each(candidate.end);
                start = candidate.end;
            }
            found = candidates.next(at, start);
        }
    }

    /// Whether a sentence that begins at `start` ends at a candidate.
    fn ends_here(&self, text: &str, start: usize, candidate: &Candidate) -> bool {
        let (before, behind) = (&text[start..candidate.at], &text[candidate.end..]);
        let closed = &text[candidate.at..candidate.end];
        let Some(next) = behind.chars().next() else { return true };
        if candidate.kind == Kind::Phrase {
            return phrases::sentence_ends(&text[start..candidate.end], behind);
        }
        // In Thai and its neighbours a full stop is an abbreviation's.
        if candidate.kind == Kind::Stop(Stop::Period) && before.ends_with(is_southeast_asian) {
            return false;
        }
        if is_wide(candidate.kind, before, next) {
            // `「…。」he said`: the attribution follows without a space, unless it stood in front. `３．２`: a number.
            let attributed =
                closed.ends_with(['」', '』', '”']) && next.is_alphanumeric() && !is_introduced(before, closed);
            return !(attributed || (closed == "．" && next.is_numeric()));
        }
        if !next.is_whitespace() {
            return self.missing_space(text, candidate);
        }
        let next = Next::of(behind);
        let Some(first) = next.rest.chars().next() else { return true };
        match candidate.kind {
            // `fell . . . But` would have a small letter if the sentence went on.
            Kind::Omission => !next.is_small() && !next.is_always_capital() && self.opens_sentences(next.word()),
            Kind::Stop(_) if next.more_stops => false,
            _ if is_omission(before, closed) || goes_on(first) || cites(closed, behind) => false,
            Kind::Stop(Stop::Period) if next.after_ellipsis => self.period_may_end(before),
            _ if next.is_small() => closed.len() == 1 && self.ends_before_small_letter(candidate.kind, before, &next),
            Kind::Stop(Stop::Period) => self.period_ends && self.full_stop_ends(before, &next),
            Kind::Stop(Stop::Ellipsis) => first.is_alphanumeric(),
            Kind::Stop(_) => !self.call_goes_on(before, closed, &next),
            Kind::Sure | Kind::BlankLine | Kind::Phrase => true,
        }
    }

    /// Whether the full stop behind `before` ends a sentence, if `next` follows.
    fn full_stop_ends(&self, before: &str, next: &Next) -> bool {
        let owner = Owner::of(before);
        let word = owner.word;
        if let Some(ends) = self.abbreviation_ends(before, &owner, next) {
            return ends;
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|byte| byte.is_ascii_digit()) {
            // `1. Item` at the start, `5. Februar` where numbers with a full stop are ordinals.
            let ordinal = word.len() <= 2 && self.is_ordinal_before(next);
            return !(owner.alone || ordinal);
        }
        if (is_initial(word) || (owner.dotted && is_dotted(word))) && !is_degree(before) {
            return self.opens_sentences(next.word()) && !next.is_initial();
        }
        // `im II. Weltkrieg` where ordinals have a full stop, in contrast to `unter Karl II.`
        let ordinals = self.table.lists.ordinals != Ordinals::None;
        let ordinal = ordinals && is_roman(word) && !owner.follows_name(before);
        !ordinal || self.opens_sentences(next.word())
    }

    /// Whether a sentence ends behind an abbreviation of the tables; nothing for other words.
    fn abbreviation_ends(&self, before: &str, owner: &Owner, next: &Next) -> Option<bool> {
        let roles = self.roles(owner);
        // German streets end in `str.`
        let open = roles & role::OPEN != 0 || (owner.alone && self.is_open_but_for_a_capital(owner.joined));
        if open || owner.joined.ends_with("str") {
            return Some(false);
        }
        if roles & (role::NUMBERED | role::BEHIND | role::EITHER) == 0 {
            return None;
        }
        let number = next.word().starts_with(char::is_numeric);
        if roles & role::NUMBERED != 0 {
            return Some(!(number || is_roman(next.word())));
        }
        if roles & role::BEHIND != 0 {
            // `1912 г.` is a year, `г. Холм` a town, `до н. э.` an era.
            let counted = !is_initial(owner.joined) || owner.follows_number(before);
            // `At 5 a.m. The` would have a small letter if the sentence went on.
            let capital = next.is_always_capital() || !self.opens_sentences(next.word());
            let opened = capital && self.is_opening_phrase(before);
            return Some(counted && !(number || next.after_dash || opened || self.goes_with_time(next)));
        }
        Some(!number && self.opens_sentences(next.word()))
    }

    /// What the word before a full stop is, with and without what a hyphen joins to it.
    fn roles(&self, owner: &Owner) -> u8 {
        let joined = self.table.roles(owner.joined);
        if owner.word.len() == owner.joined.len() { joined } else { joined | self.table.roles(owner.word) }
    }

    /// Whether a word is an open abbreviation but for the capital that it has at the start of a sentence: `Vgl.` for
    /// `vgl.`
    fn is_open_but_for_a_capital(&self, word: &str) -> bool {
        self.table.roles(&word.to_lowercase()) & role::OPEN != 0
    }

    /// Whether a small number with a full stop is an ordinal: before a capital too (`5. Februar`) in some languages, before
    /// a Roman number (`50. XIV w.`) in all that have such ordinals.
    fn is_ordinal_before(&self, next: &Next) -> bool {
        match self.table.lists.ordinals {
            Ordinals::None => false,
            Ordinals::BeforeSmall => is_roman(next.word()),
            Ordinals::BeforeCapital => !self.opens_sentences(next.word()),
        }
    }

    /// Whether a full stop behind `before` is no abbreviation's.
    fn period_may_end(&self, before: &str) -> bool {
        let owner = Owner::of(before);
        let known = self.roles(&owner) & (role::OPEN | role::EITHER | role::NUMBERED) != 0;
        !(known || is_initial(owner.word) || is_dotted(owner.word))
    }

    /// Whether a sentence ends before a small letter: behind a full stop only if a whole word stands before it, behind a
    /// question mark only if another question follows.
    fn ends_before_small_letter(&self, kind: Kind, before: &str, next: &Next) -> bool {
        match kind {
            Kind::Stop(Stop::Period) => {
                let word = Owner::of(before).joined;
                let whole = word.chars().all(char::is_lowercase) && word.chars().count() >= WHOLE_WORD_LETTERS;
                self.period_ends && whole && self.period_may_end(before) && next.is_plain_word()
            }
            Kind::Stop(Stop::Call) => before_question(next.rest),
            _ => false,
        }
    }

    /// Whether a sentence goes on behind a question or exclamation mark although a capital follows: the mark belongs to
    /// a name (`Yahoo! News`), or a name and a verb of saying attribute the quotation (`“Why?” Brandt asked`).
    fn call_goes_on(&self, before: &str, closed: &str, next: &Next) -> bool {
        if closed == "!" && Abbreviations::NAMES_WITH_MARK.contains(&Owner::of(before).joined) {
            return !self.opens_sentences(next.word());
        }
        let quoted = closed.ends_with(['"', '”', '’', '\'']) && next.bare;
        let speaker = || next.word() == "I" || !self.opens_sentences(next.word());
        quoted && speaker() && self.says(next.rest)
    }

    /// Whether a word with a capital is one that opens sentences rather than a name: a stop word of the language.
    fn opens_sentences(&self, word: &str) -> bool {
        let mut small = [0; LONGEST_OPENING_WORD];
        let Some(small) = small.get_mut(..word.len()).filter(|_| word.is_ascii()) else {
            return self.is_opener(&word.to_lowercase().replace('’', "'"));
        };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        std::str::from_utf8(small).is_ok_and(|small| self.is_opener(small))
    }

    /// Whether a word in small letters opens sentences.
    fn is_opener(&self, small: &str) -> bool {
        let lexicon = self.lexicon.get_or_init(|| Lexicon::new(self.language));
        self.table.roles(small) & role::OPENER != 0 || lexicon.is_stop_word(small)
    }

    /// Whether two sentences stand without a space between them, `said.The`, in contrast to `U.S.`, `3.5` and `x.com`.
    fn missing_space(&self, text: &str, candidate: &Candidate) -> bool {
        let next = text.as_bytes()[candidate.end];
        if next.is_ascii_lowercase() || next.is_ascii_digit() {
            return false;
        }
        let behind = head(&text[candidate.end..], LONGEST_WORD);
        let bare = behind.trim_start_matches(['-', '–', '—']);
        let dashed = bare.len() < behind.len();
        let bare = if dashed { bare.trim_start() } else { bare };
        let begins = begins_sentence(bare) || (dashed && bare.starts_with(char::is_uppercase));
        let stops = self.period_ends || candidate.kind == Kind::Stop(Stop::Call);
        if candidate.kind == Kind::Omission || !stops || !begins {
            return false;
        }
        let glued = behind.split(char::is_whitespace).next().unwrap_or_default();
        let word = last_word(&text[..candidate.at]);
        // What closes behind the stop is no part of an address: `up.”The`.
        let parted = dashed || candidate.end - candidate.at > 1;
        !is_address(word, glued) && self.ends_glued(word, parted, bare, glued) && self.period_may_end(word)
    }

    /// Whether a word that a stop is glued to can be the last of its sentence: a whole one, or capitals (`on CNN.The`)
    /// if what follows opens sentences. `parted` is whether more than the stop stands between.
    fn ends_glued(&self, word: &str, parted: bool, behind: &str, glued: &str) -> bool {
        let part = word.rsplit(['-', '–', '—', '.']).next().unwrap_or_default();
        if is_dotted(word) || (part.len() >= 2 && is_capitals(part)) {
            return self.opens_sentences(opening_word(behind));
        }
        // `System.Text.Json`: another full stop without a space means a name of parts.
        let name =
            word.contains('.') || glued.find('.').is_some_and(|dot| glued[dot + 1..].starts_with(char::is_alphabetic));
        let small = parted && part.chars().count() >= 2 && !is_capitalised(part);
        (small || is_whole_word(part)) && !(name && is_capitalised(part))
    }

    /// Whether what follows belongs to a time of day: `5 p.m. Tuesday`, `5 p.m. ET`, `5 p.m. London time`.
    fn goes_with_time(&self, next: &Next) -> bool {
        let zone = (2..=4).contains(&next.word().len()) && next.word().ends_with('T') && is_capitals(next.word());
        let mut words = next.rest.split_whitespace();
        let place = words.nth(1).is_some_and(|word| word.trim_matches(|c: char| !c.is_alphanumeric()) == "time");
        zone || place || self.table.lists.companions.contains(&next.word())
    }

    /// Whether no more than a phrase of time stands before: `At 5 a.m. Holm left`, `В 1912 г. Холм`. It begins with a
    /// preposition or number, or is short where the prepositions of a language are not known.
    fn is_opening_phrase(&self, before: &str) -> bool {
        if before.len() > OPENING_PHRASE_BYTES {
            return false;
        }
        let mut words = before.split_whitespace();
        let first = words.next().unwrap_or_default();
        let longest = match self.table.lists.prepositions {
            [] => SHORT_PHRASE_WORDS,
            known if known.contains(&first.to_lowercase().as_str()) => OPENING_PHRASE_WORDS,
            _ if first.starts_with(char::is_numeric) => OPENING_PHRASE_WORDS,
            _ => return false,
        };
        words.count() < longest
    }

    /// Whether a name and a verb of saying stand here.
    fn says(&self, rest: &str) -> bool {
        let words = rest.split_whitespace().take(LONGEST_SPEAKER + 1);
        // Behind a mark another clause has begun.
        let mut clause = words.scan(false, |over, word| {
            let goes_on = !*over;
            *over = word.ends_with([',', ';', ':', '!', '?']);
            goes_on.then_some(word)
        });
        clause.any(|word| self.table.lists.saying.contains(&word.trim_end_matches([',', '.', ':'])))
    }
}

/// A word of ASCII that is not longer is made small without taking memory.
const LONGEST_OPENING_WORD: usize = 32;

/// An opening phrase has at most so many words, and so many bytes, before what it is the phrase of.
const OPENING_PHRASE_WORDS: usize = 8;
const OPENING_PHRASE_BYTES: usize = 80;

/// In languages whose prepositions are not known: a clause with so few words is rare.
const SHORT_PHRASE_WORDS: usize = 5;

/// A speaker before the verb of saying has at most so many words: `Harbour Master Ines Kallor`.
const LONGEST_SPEAKER: usize = 4;

/// An abbreviation of small letters is shorter than so many letters.
const WHOLE_WORD_LETTERS: usize = 7;

/// So many bytes around a stop without a space are looked at: a word, not a file without spaces.
const LONGEST_WORD: usize = 64;

/// Remembers where the first letter or digit of the sentence stands, so that a row of stops is not read over and over.
#[derive(Default)]
struct FirstLetter {
    at: Option<usize>,
}

impl FirstLetter {
    fn stands_before(&mut self, text: &str, start: usize, end: usize) -> bool {
        if self.at.is_none_or(|at| at < start) {
            self.at = Some(start + leading(&text[start..], !(WORD | FOREIGN), |c| !c.is_alphanumeric()));
        }
        self.at.is_some_and(|at| at < end)
    }
}

/// The span from `start` to `end` without white space at its ends: most often one space is before it.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let bytes = text.as_bytes();
    let first = start + usize::from(start < end && bytes[start] == b' ');
    let is_bare = |at: usize| class(bytes[at]) & (SPACE | FOREIGN) == 0;
    if first < end && is_bare(first) && is_bare(end - 1) {
        return Span::new(first, end);
    }
    Span::new(start, end).trimmed(text)
}

/// Whether a stop needs no space behind it: one of a script without spaces, or one of ASCII between its characters.
fn is_wide(kind: Kind, before: &str, next: char) -> bool {
    let chinese_or_japanese = |c: char| is_unspaced(c) && !is_southeast_asian(c);
    match kind {
        Kind::Stop(Stop::Wide) => true,
        Kind::Stop(Stop::Call | Stop::Period) if !next.is_ascii() => {
            let before = before.trim_end_matches(closes);
            before.ends_with(chinese_or_japanese) && (chinese_or_japanese(next) || opens(next))
        }
        _ => false,
    }
}

/// Whether a quotation that closes behind a stop stands behind a colon.
fn is_introduced(before: &str, closed: &str) -> bool {
    let opener = match closed.chars().next_back() {
        Some('」') => '「',
        Some('』') => '『',
        _ => '“',
    };
    let front = tail(before, LONGEST_WHOLE_QUOTATION).rsplit_once(opener);
    front.is_some_and(|(front, _)| front.ends_with(['：', ':']))
}

/// Whether a sentence cannot begin with a mark.
fn goes_on(first: char) -> bool {
    matches!(first, ',' | ';' | ':' | '%' | '&' | '=' | '+' | '№' | '/' | ')' | ']' | '}')
}

/// Whether dots in brackets stand for what was left out: `[...]`.
fn is_omission(before: &str, closed: &str) -> bool {
    before.ends_with(['[', '(']) && closed.starts_with(['.', '…']) && closed.contains([']', ')'])
}

/// A reference behind a quotation has at most so many bytes.
const LONGEST_REFERENCE: usize = 60;

/// Whether a reference in brackets follows a quotation and the stop of the sentence follows that: `“…” (Holm 55).`
fn cites(closed: &str, behind: &str) -> bool {
    if !closed.ends_with(['"', '”', '’', '\'', '»']) {
        return false;
    }
    let reference = head(behind.trim_start(), LONGEST_REFERENCE);
    let inside = reference.strip_prefix('(').and_then(|inside| inside.split_once(')'));
    inside.is_some_and(|(inside, rest)| rest.starts_with(['.', ',']) && !inside.contains(['.', '!', '?']))
}

/// A question that follows another without a capital is looked for in so many bytes.
const LONGEST_NEXT_QUESTION: usize = 80;

/// Whether what follows is a question of its own, `Who knew? since when?`, in contrast to `“Why?” he asked.`
fn before_question(rest: &str) -> bool {
    let rest = head(rest, LONGEST_NEXT_QUESTION);
    let end = rest.find(|c: char| !(c.is_alphanumeric() || is_apostrophe(c) || matches!(c, ' ' | '-')));
    end.is_some_and(|end| rest[end..].starts_with('?'))
}

/// Whether a sentence could begin with these characters although no space stands before them.
fn begins_sentence(behind: &str) -> bool {
    let mut letters = behind.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    let word = opening_word(behind);
    (first.is_uppercase() && (second.is_lowercase() || second.is_whitespace()))
        || (opens(first) && second.is_uppercase())
        || (word.len() > 1 && is_roman(word))
}

/// Whether a word with a stop and what is glued to it are an address.
fn is_address(word: &str, glued: &str) -> bool {
    word.contains(['/', '@', ':', '_']) || word.to_lowercase().starts_with("www") || glued.contains(['/', '@'])
}

/// The last word before a stop, without brackets and quotation marks, as far as [`LONGEST_WORD`] reaches.
fn last_word(before: &str) -> &str {
    let before = tail(before, LONGEST_WORD).trim_end_matches(closes);
    before.rsplit(|c: char| c.is_whitespace() || (opens(c) && c != '_')).next().unwrap_or_default()
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
    fn titles_and_ranks_stand_before_names() {
        check(
            "en",
            &[
                "The Hon. Ines Kallor met Rev. Holm, Sen. Brandt and Adm. Ferro.|They ate.",
                "Lt.-Gen. Holm met Sgt. Maj. J. R. Brandt Jr. in St. Olaf.|Mr. Ferro stayed.",
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
                "He said: “It is over. Go home.”|Nobody went.",
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
        check(
            "en",
            &[
                "It was … quiet that day...|Then it was not.",
                "The pier ... it is gone....|The crane stands.",
                "The pier . . . the old one . . . fell.|It was late.",
                "The pier fell . . . I saw it.",
                "The pier fell . . .|But the crane was saved.",
                "The pier fell.|. . . The crane was saved.",
                "The pier fell. ...|The crane was saved.",
                "The old pier [...] is gone.|Its stones [...] are not.",
            ],
        );
        check("nl", &["De pier is dicht.|...en toen brak de kraan."]);
    }

    #[test]
    fn a_list_number_stays_with_its_item() {
        check(
            "en",
            &[
                "1. The ferry hit the pier.",
                "1. Close the pier|2. Call the crew|3. Wait",
                "1.) Close the pier.|2.) Call the crew.",
                "a. Close the pier|b. Call the crew",
                "• Close the pier|• Call the crew",
                "He asked for three things:|1) a crane|2) a crew|3) a plan",
            ],
        );
    }

    #[test]
    fn what_belongs_to_a_time_or_year_stands_before_it() {
        check(
            "en",
            &[
                "He left the pier at 6 p.m.|Mr. Holm stayed.",
                "At 6 p.m. Mr. Holm left the pier.",
                "It closes at 5 p.m. Tuesday and at 5 p.m. ET on Friday.|It opens at 7 a.m. London time.",
                "She had to go by 5 p.m.|Divers went down.",
                "The wall was built in 44 B.C.|Romans lived here.",
            ],
        );
        check("ru", &["Он жил в г. Казань до 1912 г.|Пирс тогда закрыли.", "В 1912 г. Холм закрыл пирс."]);
        check("pl", &["Holm wrócił do miasta w 1999 r.|Pirs był zamknięty."]);
        check("fr", &["Le mur date de l'an 44 av. J.-C.|Rome le savait."]);
    }

    #[test]
    fn some_abbreviations_are_words_without_a_number() {
        check(
            "en",
            &[
                "Was it open?|No.|Holm had the key.",
                "It is No. 5 on p. 12, fig. 3, vol. II.",
                "He loves art.|Holm does not.",
            ],
        );
    }

    #[test]
    fn a_contraction_is_no_initial_and_a_unit_no_name() {
        check(
            "en",
            &["The crew can’t.|Holm can.", "It fell to 2 °C.|Ice closed the port.", "He works in R&D.|Holm does not."],
        );
    }

    #[test]
    fn ordinals_and_compounds_end_no_sentence() {
        check(
            "de",
            &[
                "Im II. Quartal kam Karl II. nach Port Ella.|Am 5. Mai ging er.",
                "Er wohnt in der Hafenstr. 5 am Kai.|Vgl. Brandt, z. B. das Buch, d. h. den 2. Band.",
            ],
        );
        check("da", &["Skibet kom d. 5. februar kl. 5.|Havnen var lukket."]);
    }

    #[test]
    fn quotations_close_behind_white_space_and_stops() {
        check("fr", &["« C’est fini.\u{a0}»|Il part.", "« Non. Rentrez chez vous », dit-il.|Personne ne part."]);
        check(
            "en",
            &[
                "‘It is over. Go home,’ he said.|The crews’ pier is closed.",
                "'It's over. Go home,' he said.|The crews' pier is closed.",
                "``It is over. Go home,'' he said.|Nobody went.",
                "“Who fell?” Brandt asked.|Nobody knew.",
                "“The pier is a danger.” (Holm 55).|He wrote that in 2031.",
                "It broke \"in two\".|\"It fell,\" he said.|A 12\" pipe broke.",
            ],
        );
    }

    #[test]
    fn a_stray_mark_spoils_its_neighbours_only() {
        check("en", &["The crew\" left.|“Go,” he said.|\"It is over. Go home,\" she said.|They went."]);
    }

    #[test]
    fn names_with_a_mark_end_no_sentence() {
        check("en", &["She works at Yahoo! News in Port Ella.|He reads Yahoo! in bed."]);
    }

    #[test]
    fn single_line_breaks_are_white_space_and_blank_lines_are_ends() {
        assert_eq!(split("en", "The ferry\nhit the pier.\nIt sank."), ["The ferry\nhit the pier.", "It sank."]);
        assert_eq!(split("en", "Storm at sea\n\nThe ferry sank."), ["Storm at sea", "The ferry sank."]);
        assert_eq!(split("en", "Weather\nSport and more\n"), ["Weather", "Sport and more"]);
    }

    #[test]
    fn hardly_anything_ends_before_a_small_letter() {
        check(
            "en",
            &[
                "He asked why? and left at 5 p.m. on approx. the same day.",
                "The harbour was overcrowded.|so they left.",
                "Who knew?|since when?|And why?",
                "Sales fell.|iPhone owners did not care.",
            ],
        );
        check("nl", &["De pier is dicht.|’s Avonds gaat hij open."]);
    }

    #[test]
    fn a_note_stands_with_the_sentence_before_it() {
        check("en", &["The pier fell in 2031.[3]|It was rebuilt.[4][5]|Nobody knows why."]);
    }

    #[test]
    fn scripts_have_their_own_stops() {
        check("el", &["Ποιος έκλεισε το λιμάνι;|Κανείς δεν ξέρει."]);
        check("hy", &["Նավը խորտակվեց:|Ոչ ոք չգիտի. ժամը 12:30 էր:"]);
        check("ur", &["کیا ہوا؟|کوئی نہیں جانتا۔|سب چلے گئے۔"]);
        check("hi", &["डॉ. होल्म ने कहा।|सब चले गए॥"]);
        assert_eq!(split("am", "ምን ሆነ፧ሁሉም ሄዱ።"), ["ምን ሆነ፧", "ሁሉም ሄዱ።"]);
        assert_eq!(split("ja", "水深は３．５米。船は沈んだ。"), ["水深は３．５米。", "船は沈んだ。"]);
        assert_eq!(
            split("ja", "「帰れ。終わった。」と言った。船は沈んだ。"),
            ["「帰れ。終わった。」と言った。", "船は沈んだ。"]
        );
    }

    #[test]
    fn chinese_and_japanese_need_no_space_behind_a_stop() {
        for sentences in [
            &["渡轮撞上了码头！", "谁受了伤？", "没有人知道。"][..],
            &["船长说：“回港吧。今晚有风。”", "渡轮随后离开。"],
            &["“回港吧。今晚有风。”船长说。", "渡轮随后离开。"],
            &["他等了很久……船还是没有来。", "（港务局说明。）", "码头关闭。"],
            &["真的吗?", "没有人知道.", "渡轮离开了。"],
            &["『海の日』は中止です｡", "船は出ません｡"],
            &["「本当に？」と船長は言った。", "誰も知らない！", "船は沈んだ。"],
        ] {
            assert_eq!(split("zh", &sentences.concat()), sentences);
        }
    }

    #[test]
    fn khmer_and_burmese_have_stops_and_thai_has_spaces() {
        assert_eq!(split("km", "កប៉ាល់បុកផែ។ មនុស្ស១២នាក់រងរបួស។"), ["កប៉ាល់បុកផែ។", "មនុស្ស១២នាក់រងរបួស។"]);
        assert_eq!(split("my", "သင်္ဘောတိုက်မိသည်။လူ ၁၂ ဦး ဒဏ်ရာရသည်။"), ["သင်္ဘောတိုက်မိသည်။", "လူ ၁၂ ဦး ဒဏ်ရာရသည်။"]);
        let long = "เรือเฟอร์รี่ที่บรรทุกผู้โดยสาร 187 คนชนท่าเรือตะวันออกของเมืองเอลลา เมื่อเวลา 07.00 น. ทำให้มีผู้บาดเจ็บ";
        assert_eq!(split("th", &format!("{long} ทั้งนี้ ท่าเรือถูกปิด")), [long, "ทั้งนี้ ท่าเรือถูกปิด"]);
    }

    #[test]
    fn what_is_glued_to_a_stop_is_a_sentence_or_an_address() {
        for (text, sentences) in [
            ("He saw it on CNN.The pier broke.", &["He saw it on CNN.", "The pier broke."][..]),
            ("It fell in 2031.Nobody knew.", &["It fell in 2031.", "Nobody knew."]),
            ("“Let it be.”Nobody moved.", &["“Let it be.”", "Nobody moved."]),
            ("The pier is closed.- The crane is not.", &["The pier is closed.", "- The crane is not."]),
            (
                "Use node.js, System.Text.Json or St.Gallen in the U.S.A.",
                &["Use node.js, System.Text.Json or St.Gallen in the U.S.A."],
            ),
        ] {
            assert_eq!(split("en", text), sentences);
        }
    }
}
