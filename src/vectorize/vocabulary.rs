//! Words in, stems and terms out.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::model::{StemId, TermId};
use crate::segment::Lexicon;

/// A word of a text: what it is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its stem, stop words included.
    pub stem: StemId,
    /// Its term; a stop word is none.
    pub term: Option<TermId>,
}

/// Gives every word of a cluster its stem and its term.
///
/// A word as it stands in the text is looked up first; only one that was never seen is lower-cased, and only a lower-case
/// word that was never seen is held against the stop words and stemmed. Words of different languages that share a stem
/// share a term.
#[derive(Default)]
pub struct Vocabulary<'t> {
    languages: Vec<(Option<Language>, Words<'t>)>,
    stems: Stems,
}

/// What is known of the words of one language.
struct Words<'t> {
    lexicon: Lexicon,
    as_written: FxHashMap<&'t str, Word>,
    lower_case: FxHashMap<String, Word>,
}

/// Every stem with its numbers.
#[derive(Default)]
struct Stems {
    words: FxHashMap<String, Word>,
    terms: usize,
}

impl<'t> Vocabulary<'t> {
    /// An empty vocabulary.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many terms there are.
    pub fn terms(&self) -> usize {
        self.stems.terms
    }

    /// How many stems there are, those of stop words included.
    pub fn stems(&self) -> usize {
        self.stems.words.len()
    }

    /// Calls `each` with every word of `text`, in order.
    pub fn words_of(&mut self, language: Option<Language>, text: &'t str, mut each: impl FnMut(Word)) {
        let index = self.languages.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            let lexicon = Lexicon::new(language);
            self.languages.push((
                language,
                Words { lexicon, as_written: FxHashMap::default(), lower_case: FxHashMap::default() },
            ));
            self.languages.len() - 1
        });
        let words = &mut self.languages[index].1;
        let stems = &mut self.stems;
        crate::segment::words(text, |span| {
            let word = span.of(text);
            each(match words.as_written.entry(word) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(first_sight(word, &words.lexicon, &mut words.lower_case, stems)),
            });
        });
    }
}

/// What a word is that was never seen in this spelling.
fn first_sight(word: &str, lexicon: &Lexicon, lower_case: &mut FxHashMap<String, Word>, stems: &mut Stems) -> Word {
    // `US` and `WHO` are names, `us` and `who` are not.
    let acronym = word.len() > 1 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let plain: String =
        word.chars().filter(|c| *c != '.' || !acronym).map(|c| if c == '’' { '\'' } else { c }).collect();
    let lower = plain.to_lowercase();
    if acronym && lexicon.is_stop_word(&lower) {
        return stems.intern(plain, false);
    }
    if let Some(known) = lower_case.get(&lower) {
        return *known;
    }
    let known = if lexicon.is_stop_word(&lower) {
        stems.intern(lower.clone(), true)
    } else {
        stems.intern(lexicon.stem(&lower), false)
    };
    lower_case.insert(lower, known);
    known
}

impl Stems {
    /// A stem with its numbers. A stop word that is also the stem of another word is that word's term from then on.
    fn intern(&mut self, stem: String, is_stop_word: bool) -> Word {
        let next = StemId::from(self.words.len());
        let word = self.words.entry(stem).or_insert(Word { stem: next, term: None });
        if is_stop_word {
            return Word { term: None, ..*word };
        }
        if word.term.is_none() {
            word.term = Some(TermId::from(self.terms));
            self.terms += 1;
        }
        *word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(vocabulary: &mut Vocabulary<'static>, code: &str, text: &'static str) -> Vec<u32> {
        let mut terms = Vec::new();
        vocabulary.words_of(code.parse().ok(), text, |word| terms.extend(word.term.map(|term| term.0)));
        terms
    }

    #[test]
    fn spellings_of_one_stem_are_one_term_and_stop_words_are_none() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "The agreement and the Agreements; they AGREEMENT"), [0, 0, 0]);
        assert_eq!((vocabulary.terms(), vocabulary.stems()), (1, 4));
    }

    #[test]
    fn an_acronym_is_no_stop_word_and_is_one_term_with_and_without_dots() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "the WHO, who told U.S. and US"), [0, 1, 2, 2]);
    }

    #[test]
    fn either_apostrophe_makes_the_same_word() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "Norland's Norland’s Norland don’t"), [0, 0, 0]);
    }
}
