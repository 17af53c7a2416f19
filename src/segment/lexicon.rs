//! A language in, its stemmer and its stop words out.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::english::stem_at_a_glance;
use crate::language::Language;
use crate::stop_words::{Languages, languages_with};

/// What is known about the words of one language. Either part may be missing: then words are compared as they stand,
/// or none of them is passed over.
pub struct Lexicon {
    stemmer: Option<Stemmer>,
    /// Whether stems can be told at a glance.
    is_english: bool,
    /// The language itself, if it has stop words.
    stop_words: Languages,
}

impl Lexicon {
    /// The lexicon of a language; an empty one where the language is not known.
    pub fn new(language: Option<Language>) -> Self {
        let code = language.as_ref().map_or("", Language::code);
        Self {
            stemmer: algorithm(code).map(Stemmer::create),
            is_english: code == "en",
            stop_words: Languages::of(code),
        }
    }

    /// Whether a lower-case word is a stop word of the language.
    pub fn is_stop_word(&self, word: &str) -> bool {
        !languages_with(word).and(self.stop_words).is_empty()
    }

    /// Whether the language has a stemmer.
    pub fn has_stemmer(&self) -> bool {
        self.stemmer.is_some()
    }

    /// Whether the language has stop words.
    pub fn has_stop_words(&self) -> bool {
        !self.stop_words.is_empty()
    }

    /// The stem of a lower-case word (Snowball; Porter 2 in English). What is too long for a word is its own stem: a stemmer
    /// copies all of it for some of its letters.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        const LONGEST_WORD: usize = 128;
        if word.len() > LONGEST_WORD {
            return Cow::Borrowed(word);
        }
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
        let too_long = "docked".repeat(40);
        assert_eq!(english.stem(&too_long), too_long);
        let cebuano = Lexicon::new("ceb".parse().ok());
        assert_eq!(cebuano.stem("agreements"), "agreements");
        assert!(!cebuano.has_stemmer() && !cebuano.has_stop_words());
    }
}
