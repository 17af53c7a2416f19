//! A language in, its stemmer and its stop words out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

use super::english::stem_at_a_glance;
use crate::language::Language;

/// What is known about the words of one language. Either part may be missing: then words are compared as they stand,
/// or none of them is passed over.
pub struct Lexicon {
    stemmer: Option<Stemmer>,
    /// Whether stems can be told at a glance.
    is_english: bool,
    stop_words: Arc<StopWords>,
}

type StopWords = FxHashSet<&'static str>;

/// The stop words of the languages that were asked for so far: a set is made once in the life of a program.
static STOP_WORDS: Mutex<BTreeMap<Option<Language>, Arc<StopWords>>> = Mutex::new(BTreeMap::new());

impl Lexicon {
    /// The lexicon of a language; an empty one where the language is not known.
    pub fn new(language: Option<Language>) -> Self {
        let code = language.as_ref().map_or("", Language::code);
        let mut known = STOP_WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        let stop_words = known.entry(language).or_insert_with(|| {
            let words = stop_words::lookup(code).unwrap_or_default();
            Arc::new(words.iter().copied().collect())
        });
        Self {
            stemmer: algorithm(code).map(Stemmer::create),
            is_english: code == "en",
            stop_words: Arc::clone(stop_words),
        }
    }

    /// Whether a lower-case word is a stop word of the language.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// Whether the language has a stemmer.
    pub fn has_stemmer(&self) -> bool {
        self.stemmer.is_some()
    }

    /// Whether the language has stop words.
    pub fn has_stop_words(&self) -> bool {
        !self.stop_words.is_empty()
    }

    /// The stem of a lower-case word (Snowball; Porter 2 in English).
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if let Some(stem) = self.is_english.then(|| stem_at_a_glance(word)).flatten() {
            return Cow::Borrowed(stem);
        }
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_language_stems_and_an_unknown_one_leaves_words_as_they_stand() {
        let english = Lexicon::new("en".parse().ok());
        assert_eq!(english.stem("agreements"), "agreement");
        assert!(english.is_stop_word("the") && !english.is_stop_word("state"));
        let cebuano = Lexicon::new("ceb".parse().ok());
        assert_eq!(cebuano.stem("agreements"), "agreements");
        assert!(!cebuano.has_stemmer() && !cebuano.has_stop_words());
    }
}
