//! A language in, what its words and openings may be to the rules of `guard` out.
//!
//! The tables of `openers` and of the rules are lists, as they are best read. Here they are turned into one table a language
//! that tells all that a word may be at one look, and another that finds the entries an opening may begin with by its first
//! word.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::fragments;
use super::leaning;
use super::lookup::{Packed, Table};
use super::openers::{Openers, TABLES};
use super::tokens::{Token, Words, is_capital, push_lower};
use crate::language::is_unspaced;

/// In which lists a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    pub const PRONOUN: Self = Self(1);
    pub const PERSON: Self = Self(1 << 1);
    pub const WRITER: Self = Self(1 << 2);
    pub const EVERYBODY: Self = Self(1 << 3);
    pub const SUBORDINATOR: Self = Self(1 << 4);
    pub const PREPOSITION: Self = Self(1 << 5);
    pub const PERSON_NOUN: Self = Self(1 << 6);
    pub const NO_PERSON_NOUN: Self = Self(1 << 7);
    pub const NO_NAME: Self = Self(1 << 8);
    /// A verb that says that somebody said something.
    pub const SAID: Self = Self(1 << 9);
    /// A word that may point to what was said before, wherever it stands.
    pub const DEMONSTRATIVE: Self = Self(1 << 10);
    pub const SAYS: Self = Self(1 << 11);
    /// What is counted: years, weeks.
    pub const COUNTED: Self = Self(1 << 12);
    /// A verb that shows that a sentence has one.
    pub const FINITE: Self = Self(1 << 13);
    /// What adds to something said before: *also*.
    pub const ALSO: Self = Self(1 << 14);
    /// A word near the subject that points back to something like it.
    pub const INNER: Self = Self(1 << 15);

    // What follows is the word's shape, not looked up.

    /// The word without marks begins with a capital.
    pub const CAPITAL: Self = Self(1 << 30);
    /// The word has an apostrophe that is not ASCII's.
    pub const CURLY: Self = Self(1 << 31);

    /// Whether one of the others is among these.
    pub fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    fn add(&mut self, others: Self) {
        self.0 |= others.0;
    }
}

/// The entries of the tables that begin with one word.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub pronouns: Vec<&'static str>,
    pub connectives: Vec<&'static str>,
    pub fresh: Vec<&'static str>,
    pub furniture: Vec<&'static str>,
    pub prepositions: Vec<&'static str>,
    pub subordinators: Vec<&'static str>,
}

/// One of the lists of [`Entries`].
type ListOf = fn(&mut Entries) -> &mut Vec<&'static str>;

/// A text, its words and what they are.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub words: Words<'a>,
    /// One a word.
    pub roles: &'a [Roles],
    /// What any of the words is.
    pub all: Roles,
}

/// What is known of the words of one language.
pub(super) struct Vocabulary {
    pub openers: &'static Openers,
    words: Table<Roles>,
    /// By the first word.
    entries: FxHashMap<&'static str, Entries>,
    /// Those that end within a word: of scripts without spaces.
    unspaced: Entries,
    /// Where no entry begins with a word.
    none: Entries,
}

impl Vocabulary {
    /// The vocabulary of a language, by its code; an empty one where there is none.
    pub fn of(code: &str) -> &'static Self {
        static ALL: [OnceLock<Vocabulary>; TABLES.len()] = [const { OnceLock::new() }; TABLES.len()];
        let at = Openers::place(code);
        ALL[at].get_or_init(|| Self::new(TABLES[at].1))
    }

    fn new(openers: &'static Openers) -> Self {
        let lists: [(Roles, &[&'static str]); 9] = [
            (Roles::PRONOUN, openers.pronouns),
            (Roles::PERSON, openers.persons),
            (Roles::WRITER, openers.writer),
            (Roles::EVERYBODY, openers.everybodys),
            (Roles::SUBORDINATOR, openers.subordinators),
            (Roles::PREPOSITION, openers.prepositions),
            (Roles::PERSON_NOUN, openers.person_nouns),
            (Roles::NO_PERSON_NOUN, openers.no_person_nouns),
            (Roles::NO_NAME, openers.no_names),
        ];
        // These rules are for languages whose tables know persons and what is added, which today is English.
        let of_rules: [(Roles, &[&'static str]); 7] = [
            (Roles::SAID, leaning::SAID),
            (Roles::DEMONSTRATIVE, leaning::DEMONSTRATIVES),
            (Roles::SAYS, &["says"]),
            (Roles::COUNTED, leaning::COUNTED),
            (Roles::FINITE, fragments::FINITE),
            (Roles::INNER, openers.inner),
            (Roles::ALSO, openers.inner.get(..1).unwrap_or_default()),
        ];
        let of_rules = if openers.persons.is_empty() { &[][..] } else { &of_rules[..] };
        let lists = || lists.iter().chain(of_rules);
        let mut words = Table::<Roles>::with_room_for(lists().map(|(_, list)| list.len()).sum());
        for (role, list) in lists() {
            for word in list.iter().filter(|word| !word.contains(' ') && !word.contains(is_unspaced)) {
                words.entry(word).add(*role);
            }
        }
        let mut vocabulary = Self {
            openers,
            words,
            entries: FxHashMap::default(),
            unspaced: Entries::default(),
            none: Entries::default(),
        };
        let lists: [(&[&'static str], ListOf); 6] = [
            (openers.pronouns, |entries| &mut entries.pronouns),
            (openers.connectives, |entries| &mut entries.connectives),
            (openers.fresh, |entries| &mut entries.fresh),
            (openers.furniture, |entries| &mut entries.furniture),
            (openers.prepositions, |entries| &mut entries.prepositions),
            (openers.subordinators, |entries| &mut entries.subordinators),
        ];
        for (list, of) in lists {
            for entry in list {
                let entries = if entry.contains(is_unspaced) {
                    &mut vocabulary.unspaced
                } else {
                    vocabulary.entries.entry(first_word(entry)).or_default()
                };
                of(entries).push(entry);
            }
        }
        vocabulary
    }

    /// In which lists a word in lower case stands.
    pub fn roles(&self, lower: &str) -> Roles {
        Packed::new(lower).and_then(|word| self.words.get(word)).copied().unwrap_or_default()
    }

    /// Finds what each word of a text is; `buffer` keeps it.
    pub fn classify<'a>(&self, words: Words<'a>, buffer: &'a mut Vec<Roles>) -> Known<'a> {
        let mut all = Roles::default();
        let mut lower = String::new();
        buffer.clear();
        buffer.extend(words.tokens.iter().map(|token| {
            let roles = self.roles_of(words.text, token, &mut lower);
            all.add(roles);
            roles
        }));
        Known { words, roles: buffer, all }
    }

    #[inline]
    fn roles_of(&self, text: &str, token: &Token, lower: &mut String) -> Roles {
        let Some(word) = Packed::of(text, token.bare_start, token.bare_end).filter(|word| word.is_ascii()) else {
            return self.roles_of_long(token.bare(text), lower);
        };
        let mut roles = self.words.get(word.lower()).copied().unwrap_or_default();
        if word.first().is_ascii_uppercase() {
            roles.add(Roles::CAPITAL);
        }
        roles
    }

    /// The same for a word that is long or not in ASCII.
    fn roles_of_long(&self, bare: &str, lower: &mut String) -> Roles {
        let mut roles = Roles::default();
        if is_capital(bare) {
            roles.add(Roles::CAPITAL);
        }
        if !bare.is_ascii() {
            if bare.contains('’') {
                roles.add(Roles::CURLY);
            }
            lower.clear();
            push_lower(bare, lower);
            roles.add(self.roles(lower));
        }
        roles
    }

    /// The entries that an opening may begin with: those of its first word, and those that are parts of words.
    pub fn entries(&self, opening: &str) -> [&Entries; 2] {
        [self.entries.get(first_word(opening)).unwrap_or(&self.none), &self.unspaced]
    }
}

/// What stands in front of the first character that can stand behind an entry.
fn first_word(text: &str) -> &str {
    let ends = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'\'' | b'-');
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| ends(*byte)).unwrap_or(bytes.len());
    let word = &text[..end];
    if word.is_ascii() {
        return word;
    }
    word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-')).map_or(word, |end| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_any_case_with_either_apostrophe_and_with_marks_around_it() {
        let vocabulary = Vocabulary::of("en");
        let text = "“We’re HE, he’s it's (Mayor) café Straße";
        let (mut tokens, mut roles) = (Vec::new(), Vec::new());
        let words = Words::read(text, &mut tokens);
        let known = vocabulary.classify(words, &mut roles);
        let expected = [
            (Roles::WRITER, true),
            (Roles::PERSON, true),
            (Roles::PERSON, true),
            (Roles::PRONOUN, true),
            (Roles::PERSON_NOUN, true),
            (Roles::PERSON_NOUN, false),
            (Roles::CAPITAL, true),
        ];
        for (at, (role, is)) in expected.into_iter().enumerate() {
            assert_eq!(known.roles[at].any(role), is, "{}", words.bare(at));
        }
        let curly = [true, false, true, false, false, false, false];
        assert!(curly.iter().zip(known.roles).all(|(curly, roles)| roles.any(Roles::CURLY) == *curly));
        assert!(known.all.any(Roles::WRITER) && !known.all.any(Roles::SAYS));
    }

    #[test]
    fn an_entry_is_found_by_its_first_word() {
        for (codes, openers) in TABLES {
            for code in codes {
                for entry in openers.pronouns {
                    let found = Vocabulary::of(code).entries(entry);
                    assert!(found.iter().any(|entries| entries.pronouns.contains(entry)), "{code}: {entry}");
                }
            }
        }
    }
}
