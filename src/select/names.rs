//! A sentence in, the people it names in full and those it names by their surname alone out.
//!
//! News introduce a person by office and full name and go on with the surname. A surname whose introduction is not quoted
//! puzzles the reader of a digest.

use std::sync::{Mutex, OnceLock, PoisonError};

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lookup::{Packed, Table};
use super::tokens::{Tokens, ascii_letters, is_capital, is_small, lower_case};
use crate::model::{Span, head, tail};
use crate::vectorize::Sieve;

/// A name that a sentence has, as it is looked up: without the possessive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'t> {
    /// The last word of the name: the surname.
    pub surname: &'t str,
    /// Whether more than the surname stands there: `Gen. Ada Holm`, `Mayor Holm`.
    pub full: bool,
    /// The word before the surname, where there is one: the given name, an office, or another part of the name.
    pub given: Option<&'t str>,
}

/// Words of courtesy, which introduce nobody, in lower case without a full stop.
#[rustfmt::skip]
const COURTESIES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lord", "lady", "dame", "m", "mm", "mme", "mlle", "me", "herr", "frau", "hr", "sr", "sra", "don", "doña", "sig", "dott", "dhr", "mevr",
];

/// Words inside of names that have no capital.
const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "al", "el", "bin", "bint", "ibn", "la", "di", "da", "dos", "du", "ter", "zu",
    "af", "av",
];

/// Words that have a capital and are nobody's name, in lower case: the calendar, peoples and their languages.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "christmas", "easter", "god", "congress", "senate", "parliament", "american", "americans", "british",
    "english", "french", "german", "germans", "russian", "russians", "chinese", "european", "europeans", "democrat", "democrats", "republican", "republicans", "democratic", "internet",
    "twitter", "facebook", "google", "court", "state", "states", "house", "university", "department", "committee", "council", "party", "party's", "association", "company",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// A surname has at least so many letters.
const SHORTEST_NAME: usize = 3;

/// Calls `each` with every name of a sentence. `common` are words that the articles also have with a small letter: those are
/// nobody's name where they stand alone.
pub(super) fn names<'t>(sentence: &'t str, common: &CommonWords<'_>, mut each: impl FnMut(Name<'t>)) {
    let mut run = Run::default();
    let mut is_first = true;
    for token in Tokens::of(sentence) {
        let opens = std::mem::replace(&mut is_first, false);
        let bare = token.bare(sentence);
        // Most words begin no name and go on with none.
        if run.words.is_empty()
            && bare.as_bytes().first().is_none_or(|first| first.is_ascii() && !first.is_ascii_uppercase())
        {
            run.before = bare;
            continue;
        }
        let word = before_the_seam(possessor(bare));
        if opens && is_article(word) {
            run.before = word;
            continue;
        }
        if is_capitalised(word) {
            run.words.push((word, opens));
        } else if run.words.is_empty() || !PARTICLES.contains(&word) {
            run.finish(common, &mut each);
            run.before = word;
            continue;
        }
        if token.has_no_mark_behind() && word.len() == bare.len() {
            continue;
        }
        // A comma or bracket ends a name; the full stop of an initial or a title does not.
        let raw = token.raw(sentence);
        let tail = raw.trim_end_matches(['.', '’', '\'']);
        if tail.ends_with(|c: char| !c.is_alphanumeric())
            || word.len() < bare.len()
            || (raw.ends_with('.') && word.chars().count() > LONGEST_ABBREVIATION)
        {
            run.finish(common, &mut each);
            run.before = "";
        }
    }
    run.finish(common, &mut each);
}

/// Whether the word that begins at a place of a text may stand in a full name: beside it stands another that a name may have
/// in it.
pub(super) fn may_be_in_full(text: &str, at: usize) -> bool {
    let begins = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
    let in_word = |c: char| !c.is_whitespace();
    // A word that reaches out of what is looked at may be anything.
    let before = || {
        let near = tail(&text[..at], NEAR);
        let before = near.trim_end_matches(in_word).trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        (near.len() < at && word.len() == before.len()) || may_be_in_name(word)
    };
    let behind = || {
        let near = head(&text[at..], NEAR);
        let behind = near.trim_start_matches(in_word).trim_start();
        let word = behind.split(char::is_whitespace).next().unwrap_or_default();
        (at + near.len() < text.len() && word.len() == behind.len()) || may_be_in_name(word)
    };
    begins && (before() || behind())
}

/// So many bytes before and behind a word are looked at for what stands beside it: were it the whole of a text without
/// white space, each of its words would be compared with all.
const NEAR: usize = 128;

/// Whether what stands between white space may be part of a name.
fn may_be_in_name(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
        || PARTICLES.contains(&possessor(run.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// A title with a full stop has at most so many letters: `Capt.`, `Lieut.`
const LONGEST_ABBREVIATION: usize = 6;

/// Words with a capital that stand together.
#[derive(Default)]
struct Run<'t> {
    /// Each with whether it opens the sentence.
    words: Vec<(&'t str, bool)>,
    /// The word in front of the first, empty where a name or a mark stands there.
    before: &'t str,
    /// A word of the run in lower case.
    lower: String,
}

impl<'t> Run<'t> {
    fn finish(&mut self, common: &CommonWords<'_>, each: &mut impl FnMut(Name<'t>)) {
        if !self.words.is_empty() {
            if let Some(name) = self.name(common) {
                each(name);
            }
            self.words.clear();
        }
    }

    fn name(&mut self, common: &CommonWords<'_>) -> Option<Name<'t>> {
        let run = &mut self.words;
        // What opens a sentence has a capital anyway.
        if run.len() > 1 && run[0].1 && common.contains(lower_case(run[0].0, &mut self.lower)) {
            run.remove(0);
        }
        let &(surname, opens) = run.last()?;
        run.retain(|(word, _)| !is_courtesy(word));
        let count = run.len();
        let given = (count > 1).then(|| run[count - 2].0).filter(|given| has_a_names_length(given));
        let may_be_named = count > 0
            // `the Holm` is a thing or a family.
            && (count > 1 || !is_article(possessor(self.before)))
            && has_a_names_length(surname)
            && surname.chars().any(char::is_lowercase);
        if !may_be_named {
            return None;
        }
        let lower = lower_case(surname, &mut self.lower);
        let nameless = is_no_name(lower) || (opens && count == 1 && is_article(lower)) || common.contains(lower);
        (!nameless).then_some(Name { surname, full: count > 1, given })
    }
}

/// Whether a word is long enough for a name, in letters.
fn has_a_names_length(word: &str) -> bool {
    if word.is_ascii() { word.len() >= SHORTEST_NAME } else { word.chars().count() >= SHORTEST_NAME }
}

fn is_courtesy(word: &str) -> bool {
    static SET: OnceLock<Table<()>> = OnceLock::new();
    SET.get_or_init(|| Table::of(COURTESIES)).has_in_any_case(word)
}

fn is_no_name(lower: &str) -> bool {
    static SET: OnceLock<Table<()>> = OnceLock::new();
    SET.get_or_init(|| Table::of(NO_NAMES)).has(lower)
}

fn is_capitalised(word: &str) -> bool {
    if ascii_letters(word.as_bytes()) == word.len() {
        return is_capital(word);
    }
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
}

/// A name without the headline that runs into it where a link was copied: `HolmHarbour` is Holm. `McDonald` and `DeLuca`
/// are names.
fn before_the_seam(word: &str) -> &str {
    const SHORTEST: usize = 4;
    let may_be_capital = |byte: &u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    if !word.as_bytes().iter().skip(SHORTEST).any(may_be_capital) {
        return word;
    }
    let mut small = false;
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && small && at >= SHORTEST {
            return &word[..at];
        }
        small = c.is_lowercase();
    }
    word
}

/// A word without its possessive: `Holm’s` is Holm.
pub(super) fn possessor(word: &str) -> &str {
    /// The last byte of ’.
    const CURLY: u8 = 0x99;
    match word.bytes().last() {
        Some(b's' | b'\'' | CURLY) => {
            ["'s", "’s", "'", "’"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
        }
        _ => word,
    }
}

/// Whether a word is an article, in lower case, or `The`: what follows one is no person.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "The"
            | "le"
            | "la"
            | "les"
            | "der"
            | "die"
            | "das"
            | "den"
            | "dem"
            | "des"
            | "el"
            | "los"
            | "las"
            | "il"
            | "lo"
            | "i"
            | "gli"
    )
}

/// The words that some texts have with a small letter: with a capital they are no names by themselves.
///
/// Few words are ever asked for. So the words of short texts are not gathered, but sought: the sieve that the rows of the
/// matrix were made with tells most of those that are not there, and what passes it is looked for, once.
pub(super) enum CommonWords<'t> {
    Sought(Sought<'t>),
    Gathered(Gathered<'t>),
}

impl<'t> CommonWords<'t> {
    /// In more bytes than this it costs too much to look for one word after the other.
    const MOST_TO_SEARCH: usize = 1 << 18;

    /// The words of the parts of some texts; `spellings` has those of their [`words`](crate::segment::words).
    pub fn of(texts: Vec<Parts<'t>>, spellings: &'t Sieve) -> Self {
        let bytes: usize = texts.iter().map(|(text, _)| text.len()).sum();
        if bytes > Self::MOST_TO_SEARCH {
            Self::Gathered(Gathered::of(&texts))
        } else {
            Self::Sought(Sought::of(texts, spellings))
        }
    }

    /// Whether a word, in lower case, is one of them.
    fn contains(&self, word: &str) -> bool {
        // What is too short for a name is never asked for.
        word.len() >= SHORTEST_NAME
            && match self {
                Self::Sought(sought) => sought.contains(word),
                Self::Gathered(gathered) => gathered.contains(word),
            }
    }
}

/// A text, and the parts of it that count, in order.
pub(super) type Parts<'t> = (&'t str, Vec<Span>);

/// Texts in which words with a small letter are looked for.
pub(super) struct Sought<'t> {
    texts: Vec<Parts<'t>>,
    /// The spellings of their words.
    spellings: &'t Sieve,
    /// The words that passed the sieve, and whether they are there.
    known: Mutex<FxHashMap<Box<str>, bool>>,
}

impl<'t> Sought<'t> {
    fn of(texts: Vec<Parts<'t>>, spellings: &'t Sieve) -> Self {
        Self { texts, spellings, known: Mutex::default() }
    }

    /// Whether a word may be there, as itself or as a possessor. Of words that are not all letters of ASCII the sieve knows
    /// parts at best.
    fn may_have(&self, word: &str) -> bool {
        let possessive = |ending| self.spellings.may_have(&[word, ending].concat());
        ascii_letters(word.as_bytes()) < word.len()
            || self.spellings.may_have(word)
            || possessive("'s")
            || possessive("’s")
    }

    fn contains(&self, word: &str) -> bool {
        if !self.may_have(word) {
            return false;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(word) {
            return *known;
        }
        let finder = memmem::Finder::new(word);
        let has = |(text, parts): &Parts<'_>| {
            finder.find_iter(text.as_bytes()).any(|at| {
                let part = parts.get(parts.partition_point(|part| part.end <= at));
                part.is_some_and(|part| part.start <= at && is_common_at(part.of(text), at - part.start, word))
            })
        };
        let is_there = self.texts.iter().any(has);
        known.insert(word.into(), is_there);
        is_there
    }
}

/// Whether the word of a text that has `word` in it at a place is that word, with a small letter.
fn is_common_at(text: &str, at: usize, word: &str) -> bool {
    if at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric() {
        return false;
    }
    // Beside a word there are a few marks at most.
    let before = tail(&text[..at], NEAR).rsplit(char::is_whitespace).next().unwrap_or_default();
    let behind = head(&text[at..], word.len() + NEAR).split(char::is_whitespace).next().unwrap_or_default();
    let run = &text[at - before.len()..at + behind.len()];
    Tokens::of(run).next().is_some_and(|token| {
        let bare = token.bare(run);
        is_small(bare) && possessor(bare) == word
    })
}

/// All words with a small letter, gathered.
#[derive(Default)]
pub(super) struct Gathered<'t> {
    short: FxHashSet<u128>,
    long: FxHashSet<&'t str>,
}

impl<'t> Gathered<'t> {
    /// Fewer articles than this make more words to join than they save.
    const ARTICLES_A_TASK: usize = 1 << 10;

    fn of(texts: &[Parts<'t>]) -> Self {
        let add = |mut gathered: Self, text: &'t str| {
            for token in Tokens::of(text) {
                let bare = token.bare(text);
                if is_small(bare) {
                    gathered.add(possessor(bare));
                }
            }
            gathered
        };
        let join = |mut all: Self, part: Self| {
            all.short.extend(part.short);
            all.long.extend(part.long);
            all
        };
        let add_parts =
            |gathered, (text, parts): &Parts<'t>| parts.iter().map(|part| part.of(text)).fold(gathered, add);
        texts.par_iter().with_min_len(Self::ARTICLES_A_TASK).fold(Self::default, add_parts).reduce(Self::default, join)
    }

    fn add(&mut self, word: &'t str) {
        match Packed::new(word) {
            Some(word) => self.short.insert(word.number()),
            None => self.long.insert(word),
        };
    }

    fn contains(&self, word: &str) -> bool {
        match Packed::new(word) {
            Some(word) => self.short.contains(&word.number()),
            None => self.long.contains(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(texts: &[Parts<'_>]) -> Sieve {
        let mut spellings = Sieve::default();
        for text in texts.iter().flat_map(|(text, parts)| parts.iter().map(|part| part.of(text))) {
            crate::segment::words(text, |word| spellings.add(text, word));
        }
        spellings
    }

    /// Calls `with` with the common words of two texts.
    fn with_common<T>(with: impl FnOnce(&CommonWords<'_>) -> T) -> T {
        let texts = vec![
            ("police HARBOUR harbour left", vec![Span::new(0, 6), Span::new(15, 22)]),
            ("house asked", vec![Span::new(0, 11)]),
        ];
        let spellings = spellings(&texts);
        with(&CommonWords::of(texts, &spellings))
    }

    fn found(sentence: &str) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        with_common(|common| names(sentence, common, |name| found.push((name.surname, name.full))));
        found
    }

    #[test]
    fn a_word_in_a_full_name_stands_beside_a_word_of_one() {
        let may_be = |text: &str, word: &str| text.match_indices(word).any(|(at, _)| may_be_in_full(text, at));
        let sentences = [
            "Police Lt. Sanna Rudvik met Holm, and Ludwig van Holm’s bintBrandt spoke.",
            "Mr. Brandt and the al’s Askel of Port Ella said “Ég Öz” to Mayor HolmHarbour (Anna Lund).",
            "Holm said so; Brandt did not, nor did Lund.",
        ];
        for sentence in sentences {
            with_common(|common| {
                names(sentence, common, |name| {
                    let words = name.given.into_iter().chain(name.full.then_some(name.surname));
                    words.for_each(|word| assert!(may_be(sentence, word), "{word} in {sentence}"));
                });
            });
        }
        assert!(!may_be(sentences[2], "Brandt"));
        // Where no white space is near, all that can be said is that it may be.
        let run = |marks: usize| format!("they saw {}holm{} that day", "—".repeat(marks), "—".repeat(marks));
        assert!(!may_be(&run(0), "holm"));
        assert!(may_be(&run(NEAR), "holm"));
    }

    #[test]
    fn words_are_sought_as_they_are_gathered() {
        let texts = [
            "The x-ray of holm's “pier” was “harbour’s best”, re-opened; l’été, (ärger) 3rd seventeen-letter-words.com",
            "well-known: o'neil'\u{a0}world—wide éclair (pier’s) mayor's, counsels' “wharf”—‘crane’ u.s. keel.Then",
        ];
        let whole = texts.map(|text| (text, vec![Span::new(0, text.len())]));
        let spellings = spellings(&whole);
        let (sought, gathered) = (Sought::of(whole.to_vec(), &spellings), Gathered::of(&whole));
        let parts = texts.iter().flat_map(|text| text.split(|c: char| c.is_whitespace() || c == '-' || c == '—'));
        let tokens = texts.iter().flat_map(|text| Tokens::of(text).map(|token| possessor(token.bare(text))));
        for word in parts.chain(tokens).chain(["pier", "rays", "holm", "wide", "harbour", "ray", "ärger", "ärge"]) {
            let lower = word.to_lowercase();
            if !lower.is_empty() {
                assert_eq!(sought.contains(&lower), gathered.contains(&lower), "{lower}");
            }
        }
        assert!(sought.contains("harbour") && sought.contains("x-ray") && !sought.contains("ray"));
    }

    #[test]
    fn full_names_are_told_from_surnames() {
        let cases: [(&str, &[(&str, bool)]); 7] = [
            ("Police Lt. Sanna Rudvik met Holm.", &[("Rudvik", true), ("Holm", false)]),
            ("Mayor Holm’s office called Mr. Brandt.", &[("Holm", true), ("Brandt", false)]),
            ("J. R. Halvard of the Harbour House left.", &[("Halvard", true)]),
            ("“We leave,” Holm said on Tuesday.", &[("Holm", false)]),
            ("The Holm sank off Port Ella.", &[("Ella", true)]),
            ("Ludwig van Holm asked Holm, Brandt and others.", &[("Holm", true), ("Holm", false), ("Brandt", false)]),
            ("Asked Holm about it.", &[("Holm", false)]),
        ];
        for (sentence, expected) in cases {
            assert_eq!(found(sentence), expected, "{sentence}");
        }
    }
}
