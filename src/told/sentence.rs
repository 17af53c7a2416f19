//! A sentence in, what it says out, in keys that are the same for all stories.

use rustc_hash::FxHashSet;

use super::numbers::{Number, numbers};
use crate::language::Language;
use crate::read::is_weekday_or_month;
use crate::vectorize::Vocabulary;

/// What a sentence that was told says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// The keys of its terms, rising, each once.
    terms: Vec<u64>,
    numbers: Vec<Number>,
}

impl Said {
    /// What a sentence says, in the words of its language.
    pub fn of(text: &str, language: Option<Language>) -> Self {
        let mut vocabulary = Vocabulary::new();
        vocabulary.words_of(language, text, |_| {});
        let mut terms = vocabulary.term_keys();
        terms.sort_unstable();
        terms.dedup();
        Self { terms, numbers: numbers(text, language) }
    }

    /// The keys of its terms.
    pub fn terms(&self) -> &[u64] {
        &self.terms
    }

    /// Whether it has a term.
    pub fn has(&self, term: u64) -> bool {
        self.terms.binary_search(&term).is_ok()
    }
}

/// What a sentence says that changes from one report to the next while its words stay: how many, and who.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Particulars {
    numbers: Vec<Number>,
    /// The keys of words with a capital inside the sentence.
    names: Vec<u64>,
}

impl Particulars {
    /// The particulars of a sentence. `is_common` tells of a word in small letters whether its story has it so, and its
    /// capital is none of a name.
    pub fn of(text: &str, language: Option<Language>, is_common: impl Fn(&str) -> bool) -> Self {
        let mut vocabulary = Vocabulary::new();
        let mut names = FxHashSet::default();
        let nouns_have_capitals = language.is_some_and(|language| NOUNS_WITH_CAPITALS.contains(&language.code()));
        // Where the word before ends, if it has a capital, too.
        let mut name_before: Option<usize> = None;
        vocabulary.words_at(language, text, |span, word| {
            let spelled = span.of(text);
            let is_capital = spelled.starts_with(char::is_uppercase) && !opens(text, span.start);
            let goes_on = name_before.is_some_and(|end| text[end..span.start].trim().is_empty());
            name_before = is_capital.then_some(span.end);
            if is_capital
                && word.term.is_some()
                && (goes_on || !nouns_have_capitals)
                && !is_weekday_or_month(spelled)
                && !is_common(&spelled.to_lowercase())
            {
                names.insert(word.stem);
            }
        });
        let keys = vocabulary.stem_keys();
        let mut names: Vec<u64> = names.into_iter().map(|stem| keys[stem.index()]).collect();
        names.sort_unstable();
        Self { numbers: numbers(text, language), names }
    }

    /// Whether one of them is in none of some sentences.
    pub fn are_new_to<'t>(&self, told: impl Iterator<Item = &'t Said> + Clone) -> bool {
        let is_new_number = |number: &Number| !told.clone().any(|said| said.numbers.contains(number));
        let is_new_name = |name: &u64| !told.clone().any(|said| said.has(*name));
        self.numbers.iter().any(is_new_number) || self.names.iter().any(is_new_name)
    }
}

/// Languages in which every noun has a capital: there two words with one, side by side, make a name.
const NOUNS_WITH_CAPITALS: [&str; 2] = ["de", "lb"];

/// Whether a word opens a sentence or a quotation, where its capital says nothing.
fn opens(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '['));
    before
        .chars()
        .next_back()
        .is_none_or(|mark| !mark.is_alphanumeric() && !matches!(mark, ',' | ';' | '-' | '%' | ')' | '’' | '\''))
}
