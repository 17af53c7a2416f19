//! A word in, the languages that have it as a stop word out.
//!
//! The lists are those of the crate `stop-words`; a build script makes one table of them, which is data of the program: no
//! run has to make it.

use crate::hashing::spread_word;

include!(concat!(env!("OUT_DIR"), "/stop_words.rs"));

/// All words one behind the other in alphabetical order: number n, counted from 1, begins at `STARTS[n - 1]` and is a stop
/// word of the languages of set `SETS_OF[n - 1]`. `SETS` has a bit for each of `LANGUAGES`. `SLOTS` is a hash table of the
/// numbers with open addressing, 0 where it is free.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/stop_words.txt"));

/// Some languages that have lists of stop words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u128);

impl Languages {
    /// There are at most so many languages: each is a bit.
    pub const MOST: usize = u128::BITS as usize;

    /// No language.
    pub const NONE: Self = Self(0);

    /// The language of a code, if it has a list.
    pub fn of(code: &str) -> Self {
        Self(LANGUAGES.binary_search(&code).map_or(0, |bit| 1 << bit))
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that are in either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The bits of them, lowest first.
    pub fn bits(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            bit
        })
    }
}

/// The languages that have a word, as it stands, as a stop word.
pub(crate) fn languages_with(word: &str) -> Languages {
    let mut slot = (spread_word(word) >> 32) as usize % SLOTS.len();
    loop {
        let Some(number) = (SLOTS[slot] as usize).checked_sub(1) else { return Languages::NONE };
        let known = STARTS[number] as usize..STARTS[number + 1] as usize;
        if known.len() == word.len() && TEXT.as_bytes()[known] == *word.as_bytes() {
            return Languages(SETS[SETS_OF[number] as usize]);
        }
        slot = (slot + 1) % SLOTS.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_says_what_the_lists_say() {
        let lists = stop_words::available_languages().iter().map(|code| (code, stop_words::lookup(code).unwrap()));
        let lists: Vec<(&str, BTreeSet<&str>)> =
            lists.map(|(code, list)| (*code, list.iter().copied().collect())).collect();
        let mut words = 0;
        for word in lists.iter().flat_map(|(_, list)| list) {
            let having = lists.iter().filter(|(_, list)| list.contains(word)).map(|(code, _)| Languages::of(code));
            assert_eq!(languages_with(word), having.fold(Languages::NONE, Languages::or), "{word}");
            words += 1;
        }
        assert!(lists.iter().all(|(code, _)| !Languages::of(code).is_empty()));
        assert!(words > 10_000);
        for (code, no_stop_word) in [("en", "harbour"), ("en", "und"), ("de", "the"), ("fr", "bateau"), ("en", "")] {
            assert!(languages_with(no_stop_word).and(Languages::of(code)).is_empty(), "{no_stop_word}");
        }
        assert!(Languages::of("qaa").is_empty() && Languages::of("").is_empty());
    }

    #[test]
    fn bits_are_those_of_the_languages() {
        let both = Languages::of("de").or(Languages::of("en"));
        let codes: Vec<&str> = both.bits().map(|bit| LANGUAGES[bit]).collect();
        assert_eq!(codes, ["de", "en"]);
        assert_eq!(Languages::NONE.bits().count(), 0);
    }
}
