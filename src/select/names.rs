//! A sentence in, the people it names in full and those it names by their surname alone out.
//!
//! News introduce a person by office and full name and go on with the surname. A surname whose introduction is not quoted
//! puzzles the reader of a digest.

use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::lookup::{Packed, Table};
use super::tokens::{Tokens, is_small, lower_case};

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
        let lower = lower_case(surname, &mut self.lower);
        let named = count > 0
            // `the Holm` is a thing or a family.
            && (count > 1 || !is_article(possessor(self.before)))
            && has_a_names_length(surname)
            && surname.chars().any(char::is_lowercase)
            && !is_no_name(lower)
            && !common.contains(lower)
            && !(opens && count == 1 && is_article(lower));
        named.then_some(Name { surname, full: count > 1, given })
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
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
}

/// A name without the headline that runs into it where a link was copied: `HolmHarbour` is Holm. `McDonald` and `DeLuca`
/// are names.
fn before_the_seam(word: &str) -> &str {
    const SHORTEST: usize = 4;
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
#[derive(Default)]
pub(super) struct CommonWords<'t> {
    short: FxHashSet<u128>,
    long: FxHashSet<&'t str>,
}

impl<'t> CommonWords<'t> {
    /// Gathers them.
    pub fn of(texts: impl Iterator<Item = &'t str>) -> Self {
        /// A story of ten articles has about so many.
        const EXPECTED: usize = 2_000;
        let mut common =
            Self { short: FxHashSet::with_capacity_and_hasher(EXPECTED, FxBuildHasher), ..Self::default() };
        for text in texts {
            for token in Tokens::of(text) {
                let bare = token.bare(text);
                if is_small(bare) {
                    common.add(possessor(bare));
                }
            }
        }
        common
    }

    fn add(&mut self, word: &'t str) {
        if word.len() < SHORTEST_NAME {
            return;
        }
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

    fn found(sentence: &str) -> Vec<(&str, bool)> {
        let common = CommonWords::of(["police harbour", "house asked"].into_iter());
        let mut found = Vec::new();
        names(sentence, &common, |name| found.push((name.surname, name.full)));
        found
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
