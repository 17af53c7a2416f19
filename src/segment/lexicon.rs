//! A language in, its stemmer and its stop words out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

use crate::language::Language;

/// What is known about the words of one language. Either part may be missing: then words are compared as they stand,
/// or none of them is passed over.
pub struct Lexicon {
    stemmer: Option<Stemmer>,
    /// Whether the stemmer is that of English, of which it is known which words it leaves alone.
    english: bool,
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
            english: code == "en",
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
        match &self.stemmer {
            Some(_) if self.english && is_stem_in_english(word) => Cow::Borrowed(word),
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }
}

/// Whether Porter 2 surely leaves a lower-case word as it stands: it ends in nothing that any step of the algorithm takes
/// away or changes. Of the words of a text that is every third, and to ask the stemmer costs as much as to look up a hundred words.
fn is_stem_in_english(word: &str) -> bool {
    let [.., third, second, last] = *word.as_bytes() else { return false };
    // A letter before the first or an apostrophe anywhere is dealt with by steps of their own.
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    plain
        && match (third, second, last) {
            // Plurals; `-ness`, `-ous`.
            (b'e', b's', b's') | (b'o', b'u', b's') => false,
            (_, b's' | b'u', b's') => true,
            // `-y` behind a consonant becomes `-i`.
            (_, b'a' | b'e' | b'o' | b'u', b'y') => true,
            // `-ed`, `-ing`; `-al`, `-ful`, `-ll`; `-ism`; `-ion`; `-er`, `-ator`; `-ic`; `-ant`, `-ent`.
            (_, b'e', b'd') | (b'i', b'n', b'g') => false,
            (_, b'a' | b'l', b'l') | (b'f', b'u', b'l') => false,
            (b'i', b's', b'm') | (b'i', b'o', b'n') => false,
            (_, b'e', b'r') | (b't', b'o', b'r') => false,
            (_, b'i', b'c') | (b'a' | b'e', b'n', b't') => false,
            (_, _, last) => !matches!(last, b'e' | b'i' | b's' | b'y'),
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
    fn what_is_taken_for_a_stem_in_english_is_one_to_the_stemmer() {
        let stemmer = Stemmer::create(Algorithm::English);
        // Every ending of four letters behind beginnings that put it before, across and behind the regions of the algorithm.
        let beginnings =
            ["", "t", "o", "y", "ab", "gener", "commun", "str", "poly", "hesit", "observ", "vietnam", "yoyo"];
        let letters = b'a'..=b'z';
        let mut stems = 0;
        for ending in 0..26_usize.pow(4) {
            let letter = |place: u32| char::from(b'a' + (ending / 26_usize.pow(place) % 26) as u8);
            let ending: String = (0..4).map(letter).collect();
            for beginning in beginnings {
                let word = format!("{beginning}{ending}");
                if is_stem_in_english(&word) {
                    assert_eq!(stemmer.stem(&word), word);
                    stems += 1;
                }
            }
        }
        assert!(stems > 1_000_000, "{stems}");
        for first in letters.clone() {
            for second in letters.clone() {
                for third in letters.clone() {
                    let word: String = [first, second, third].map(char::from).iter().collect();
                    assert!(!is_stem_in_english(&word) || stemmer.stem(&word) == word, "{word}");
                }
            }
        }
        assert!(["harbour", "storm", "dock", "across", "delay"].iter().all(|word| is_stem_in_english(word)));
    }

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
