//! Words in, terms out.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::model::TermId;
use crate::segment::Lexicon;

/// Gives every word of a cluster its term.
///
/// A word as it stands in the text is looked up first; only one that was never seen is lower-cased, and only a lower-case
/// word that was never seen is held against the stop words and stemmed. Words of different languages that share a stem
/// share a term.
#[derive(Default)]
pub struct Vocabulary<'t> {
    languages: Vec<(Option<Language>, Words<'t>)>,
    terms: FxHashMap<String, TermId>,
}

/// What is known of the words of one language. `None` stands for a stop word.
struct Words<'t> {
    lexicon: Lexicon,
    as_written: FxHashMap<&'t str, Option<TermId>>,
    lower_case: FxHashMap<String, Option<TermId>>,
}

impl<'t> Vocabulary<'t> {
    /// An empty vocabulary.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term yet.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Calls `each` with the term of every word of `text` that is not a stop word, in order.
    pub fn terms_of(&mut self, language: Option<Language>, text: &'t str, mut each: impl FnMut(TermId)) {
        let index = self.languages.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            let lexicon = Lexicon::new(language);
            self.languages.push((
                language,
                Words { lexicon, as_written: FxHashMap::default(), lower_case: FxHashMap::default() },
            ));
            self.languages.len() - 1
        });
        let words = &mut self.languages[index].1;
        let terms = &mut self.terms;
        crate::segment::words(text, |span| {
            let word = span.of(text);
            let term = match words.as_written.entry(word) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(first_sight(word, &words.lexicon, &mut words.lower_case, terms)),
            };
            if let Some(term) = term {
                each(term);
            }
        });
    }
}

/// The term of a word that was never seen in this spelling.
fn first_sight(
    word: &str,
    lexicon: &Lexicon,
    lower_case: &mut FxHashMap<String, Option<TermId>>,
    terms: &mut FxHashMap<String, TermId>,
) -> Option<TermId> {
    // `US` and `WHO` are names, `us` and `who` are not.
    let acronym = word.len() > 1 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let plain: String =
        word.chars().filter(|c| *c != '.' || !acronym).map(|c| if c == '’' { '\'' } else { c }).collect();
    let lower = plain.to_lowercase();
    if acronym && lexicon.is_stop_word(&lower) {
        return Some(intern(plain, terms));
    }
    if let Some(known) = lower_case.get(&lower) {
        return *known;
    }
    let term = if lexicon.is_stop_word(&lower) { None } else { Some(intern(lexicon.stem(&lower), terms)) };
    lower_case.insert(lower, term);
    term
}

fn intern(stem: String, terms: &mut FxHashMap<String, TermId>) -> TermId {
    let next = TermId::from(terms.len());
    *terms.entry(stem).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(vocabulary: &mut Vocabulary<'static>, code: &str, text: &'static str) -> Vec<u32> {
        let mut terms = Vec::new();
        vocabulary.terms_of(code.parse().ok(), text, |term| terms.push(term.0));
        terms
    }

    #[test]
    fn spellings_of_one_stem_are_one_term_and_stop_words_are_none() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "The agreement and the Agreements; they AGREEMENT"), [0, 0, 0]);
        assert_eq!(vocabulary.len(), 1);
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
