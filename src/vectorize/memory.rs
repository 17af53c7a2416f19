//! A word as it stands in a text in, its stem out.
//!
//! To lower-case and to stem a word costs far more than to look it up, so each spelling is looked into once in the life of
//! a thread: stories of one run, and of one day, are made of the same words. What a word is does not depend
//! on what a thread has seen before; only how soon it is known does.
//!
//! A spelling is a number, whatever its language, and a stem is a spelling like any other: one table finds both. What a
//! spelling means is kept for each language.
//!
//! A word of up to 16 bytes is its own key: the bytes are read as one number and compared as one. Longer words are
//! looked up by their text.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::hashing::{spread_wide, spread_word};
use crate::language::Language;
use crate::model::Span;
use crate::segment::Lexicon;

/// A thread forgets all words once it knows so many spellings, so that a run over any number of stories is bounded. It
/// happens between two stories, or two parts of a large one.
const MOST_SPELLINGS: usize = 1 << 17;

/// The same once its long spellings have so many bytes together.
const MOST_LONG_BYTES: usize = 1 << 22;

thread_local! {
    static MEMORY: Rc<RefCell<Memory>> = Rc::default();
}

/// What a word is: the spelling of its stem, and whether it is a stop word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known(u32);

impl Known {
    /// The word was not looked into yet.
    const NOTHING: Self = Self(u32::MAX);

    fn new(stem: usize, is_stop_word: bool) -> Self {
        Self((stem as u32) << 1 | u32::from(is_stop_word))
    }

    /// The stem, as a number for [`Memory::spelled`].
    #[inline]
    pub fn stem(self) -> usize {
        (self.0 >> 1) as usize
    }

    #[inline]
    pub fn is_stop_word(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Every word that a thread has met.
#[derive(Default)]
pub(super) struct Memory {
    spellings: Spellings,
    languages: Vec<(Option<Language>, Words)>,
}

impl Memory {
    /// The memory of this thread.
    pub fn of_thread() -> Rc<RefCell<Self>> {
        MEMORY.with(Rc::clone)
    }

    /// Forgets everything if there is too much of it. All numbers of stems given out before are void then.
    pub fn tidy(&mut self) {
        if self.spellings.len() > MOST_SPELLINGS || self.spellings.long_bytes > MOST_LONG_BYTES {
            *self = Self::default();
        }
    }

    /// How a stem is spelled.
    pub fn spelled(&self, stem: usize) -> Spelled {
        self.spellings.spelled(stem)
    }

    /// What is known of a language.
    pub fn language(&mut self, language: Option<Language>) -> InLanguage<'_> {
        let Self { spellings, languages } = self;
        let index = languages.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            languages.push((language, Words::new(language)));
            languages.len() - 1
        });
        InLanguage { words: &mut languages[index].1, spellings }
    }
}

/// Every word that a thread has met, in one language.
pub(super) struct InLanguage<'m> {
    words: &'m mut Words,
    spellings: &'m mut Spellings,
}

impl InLanguage<'_> {
    /// Where the spelling of a word is likely to be.
    #[inline(always)]
    pub fn guess(&self, text: &str, span: Span) -> Guess {
        self.spellings.guess(text, span)
    }

    /// The number of a word's spelling, after a guess.
    #[inline(always)]
    pub fn spelling(&mut self, guess: Guess, text: &str, span: Span) -> usize {
        if self.spellings.keys[guess.number as usize] == guess.key {
            return guess.number as usize;
        }
        self.spellings.number(text, span)
    }

    /// What a word of a text with such a spelling is.
    pub fn know(&mut self, spelling: usize, text: &str, span: Span) -> Known {
        match self.words.known.get(spelling) {
            Some(known) if *known != Known::NOTHING => *known,
            _ => self.words.meet(spelling, span.of(text), self.spellings),
        }
    }
}

/// What the words of one language are, each spelling by itself.
struct Words {
    lexicon: Lexicon,
    /// For each spelling what it is in this language, as far as one was met.
    known: Vec<Known>,
}

impl Words {
    fn new(language: Option<Language>) -> Self {
        Self { lexicon: Lexicon::new(language), known: Vec::new() }
    }

    fn remember(&mut self, spelling: usize, known: Known) {
        if self.known.len() <= spelling {
            self.known.resize(spelling + 1, Known::NOTHING);
        }
        self.known[spelling] = known;
    }

    /// Looks into a word that was never met in this spelling, and remembers it.
    #[cold]
    #[inline(never)]
    fn meet(&mut self, spelling: usize, word: &str, spellings: &mut Spellings) -> Known {
        let lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let known = if lower {
            self.meet_lower(spelling, word, spellings)
        } else {
            self.meet_spelling(spelling, word, spellings)
        };
        self.remember(spelling, known);
        known
    }

    /// `US` and `WHO` are names, `us` and `who` are not.
    fn meet_spelling(&mut self, spelling: usize, word: &str, spellings: &mut Spellings) -> Known {
        let acronym = word.len() > 1 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
        let plain: String =
            word.chars().filter(|c| *c != '.' || !acronym).map(|c| if c == '’' { '\'' } else { c }).collect();
        let lower = plain.to_lowercase();
        if acronym && self.lexicon.is_stop_word(&lower) {
            return Known::new(spellings.number_of(&plain), false);
        }
        if lower == word {
            return self.meet_lower(spelling, word, spellings);
        }
        // The word in small letters comes up, too, and is stemmed once for all spellings.
        let small = spellings.number_of(&lower);
        match self.known.get(small) {
            Some(known) if *known != Known::NOTHING => *known,
            _ => {
                let known = self.meet_lower(small, &lower, spellings);
                self.remember(small, known);
                known
            }
        }
    }

    fn meet_lower(&self, spelling: usize, lower: &str, spellings: &mut Spellings) -> Known {
        if self.lexicon.is_stop_word(lower) {
            Known::new(spelling, true)
        } else {
            Known::new(spellings.number_of(&self.lexicon.stem(lower)), false)
        }
    }
}

/// How a stem is spelled, for memories of other threads, which have other numbers for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Spelled {
    /// In up to 16 bytes, zeros behind them: a large story has many of them in each of its parts.
    Short([u8; LONGEST_KEY]),
    Long(Arc<str>),
}

impl Spelled {
    /// What [`stem_key`] gives for the stem.
    pub fn key(&self) -> u64 {
        match self {
            Self::Short(bytes) => stem_key(str_of(bytes)),
            Self::Long(text) => stem_key(text),
        }
    }
}

/// The bytes of a short stem without the zeros behind them.
fn str_of(bytes: &[u8; LONGEST_KEY]) -> &str {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(LONGEST_KEY);
    std::str::from_utf8(&bytes[..end]).expect("a word is cut between characters")
}

/// A stem as a number that depends on nothing but how it is spelled. Two stems of a language have the same one about as
/// often as a collision of 64 bits comes about.
pub(crate) fn stem_key(stem: &str) -> u64 {
    spread_word(stem)
}

/// The longest word that is its own key, in bytes.
pub(super) const LONGEST_KEY: usize = 16;

/// The bytes of a word as a number, the first byte the lowest; `None` where it is too long.
#[inline]
pub(super) fn key(text: &[u8], span: Span) -> Option<u128> {
    let length = span.end - span.start;
    let mask = *MASKS.get(length)?;
    let bytes: [u8; LONGEST_KEY] = match text[span.start..].first_chunk() {
        Some(bytes) => *bytes,
        None => at_the_end(text, span),
    };
    Some(u128::from_le_bytes(bytes) & mask)
}

/// The bytes of a word behind which no 16 bytes are left to read.
#[cold]
fn at_the_end(text: &[u8], span: Span) -> [u8; LONGEST_KEY] {
    let mut bytes = [0; LONGEST_KEY];
    bytes[..span.end - span.start].copy_from_slice(&text[span.start..span.end]);
    bytes
}

/// For each length of a word the bits that it has.
static MASKS: [u128; LONGEST_KEY + 1] = {
    let mut masks = [0; LONGEST_KEY + 1];
    let mut length = 1;
    while length <= LONGEST_KEY {
        masks[length] = masks[length - 1] << 8 | 0xFF;
        length += 1;
    }
    masks
};

/// A word's key, and the number that stands in the slot where it is looked for first.
///
/// Guesses need nothing of each other, so the processor reads many at once of a table that is larger than its cache.
#[derive(Clone, Copy)]
pub(super) struct Guess {
    key: u128,
    number: u32,
}

impl Guess {
    /// For a word without a key: no spelling has the number and the key.
    const NONE: Self = Self { key: 0, number: FREE };
}

/// Every spelling with its number: a hash table of [`key`]s with open addressing, half empty at least, probed in steps of
/// one.
///
/// The slots hold no more than numbers, which are in the order in which spellings were met: the words that
/// every text has come first, and stay together in the cache of the processor.
struct Spellings {
    /// For each slot the number of a spelling, [`FREE`] where there is none. A power of two of them.
    slots: Vec<u32>,
    /// For each spelling its key; of a long one [`LONG`] and its index in `long_texts`. No spelling has the number 0.
    keys: Vec<u128>,
    long: FxHashMap<Arc<str>, u32>,
    long_texts: Vec<Arc<str>>,
    /// How many bytes those have.
    long_bytes: usize,
}

/// What a slot holds that holds no number.
const FREE: u32 = 0;

/// No key has this byte, which is none of UTF-8, on top.
const LONG: u128 = 0xFF << (u128::BITS - 8);

impl Default for Spellings {
    fn default() -> Self {
        let slots = vec![FREE; Self::FEWEST_SLOTS];
        Self { slots, keys: vec![LONG], long: FxHashMap::default(), long_texts: Vec::new(), long_bytes: 0 }
    }
}

impl Spellings {
    /// Enough for the words and stems of one story.
    const FEWEST_SLOTS: usize = 1 << 13;

    fn len(&self) -> usize {
        self.keys.len() - 1
    }

    fn spelled(&self, spelling: usize) -> Spelled {
        let key = self.keys[spelling];
        if key & LONG == LONG {
            Spelled::Long(Arc::clone(&self.long_texts[(key ^ LONG) as usize]))
        } else {
            Spelled::Short(key.to_le_bytes())
        }
    }

    /// The number of a word of a text, a new one if it was never met.
    #[inline(always)]
    fn number(&mut self, text: &str, span: Span) -> usize {
        let Some(key) = key(text.as_bytes(), span) else { return self.number_of_long(span.of(text)) };
        self.find(key).unwrap_or_else(|free| self.add(free, key))
    }

    /// The number of a word by itself.
    fn number_of(&mut self, word: &str) -> usize {
        self.number(word, Span::new(0, word.len()))
    }

    #[cold]
    fn number_of_long(&mut self, word: &str) -> usize {
        if let Some(number) = self.long.get(word) {
            return *number as usize;
        }
        let word: Arc<str> = word.into();
        let number = self.push(LONG | self.long_texts.len() as u128);
        self.long_bytes += word.len();
        self.long_texts.push(Arc::clone(&word));
        self.long.insert(word, number);
        number as usize
    }

    #[inline(always)]
    fn guess(&self, text: &str, span: Span) -> Guess {
        key(text.as_bytes(), span).map_or(Guess::NONE, |key| Guess { key, number: self.slots[self.first_slot(key)] })
    }

    /// The slot where a key is looked for first.
    #[inline]
    fn first_slot(&self, key: u128) -> usize {
        (spread_wide(key) >> 32) as usize & (self.slots.len() - 1)
    }

    /// The number of a key, or the free slot that it would get.
    #[inline]
    fn find(&self, key: u128) -> Result<usize, usize> {
        let mut slot = self.first_slot(key);
        loop {
            slot &= self.slots.len() - 1;
            match self.slots[slot] {
                FREE => return Err(slot),
                number if self.keys[number as usize] == key => return Ok(number as usize),
                _ => slot += 1,
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self, free: usize, key: u128) -> usize {
        let number = self.push(key);
        self.slots[free] = number;
        if 2 * self.keys.len() > self.slots.len() {
            self.grow();
        }
        number as usize
    }

    /// Gives a key the next number.
    fn push(&mut self, key: u128) -> u32 {
        self.keys.push(key);
        u32::try_from(self.keys.len() - 1).expect("a thread forgets before it knows so many words")
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; 2 * self.slots.len()];
        for (number, key) in (0..).zip(&self.keys).skip(1).filter(|(_, key)| **key < LONG) {
            let (Ok(slot) | Err(slot)) = self.find(*key);
            self.slots[slot] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn know(memory: &mut Memory, code: &str, word: &str) -> Known {
        let (mut memory, span) = (memory.language(code.parse().ok()), Span::new(0, word.len()));
        let guess = memory.guess(word, span);
        let spelling = memory.spelling(guess, word, span);
        memory.know(spelling, word, span)
    }

    #[test]
    fn a_word_is_the_same_wherever_it_stands_in_a_text() {
        let text = "pier harbourmaster pier";
        let keys: Vec<Option<u128>> =
            [(0, 4), (5, 18), (19, 23)].iter().map(|(from, to)| key(text.as_bytes(), Span::new(*from, *to))).collect();
        assert_eq!(keys[0], keys[2], "at the end of a text there are no 16 bytes to read");
        assert_ne!(keys[0], keys[1]);
        assert_eq!(key("a word of seventeen".as_bytes(), Span::new(0, 17)), None);
        assert_eq!(
            key("sixteen letters!".as_bytes(), Span::new(0, 16)),
            Some(u128::from_le_bytes(*b"sixteen letters!"))
        );
    }

    #[test]
    fn every_word_is_found_again_as_the_table_grows() {
        let mut memory = Memory::default();
        let words: Vec<String> = (0..20_000).map(|number| format!("w{number}{}", "x".repeat(number % 20))).collect();
        let know_all =
            |memory: &mut Memory| -> Vec<Known> { words.iter().map(|word| know(memory, "en", word)).collect() };
        let first = know_all(&mut memory);
        let spellings = memory.spellings.len();
        assert_eq!(know_all(&mut memory), first);
        assert_eq!(memory.spellings.len(), spellings);
    }

    #[test]
    fn too_many_words_are_forgotten() {
        let mut memory = Memory::default();
        for number in 0..=MOST_SPELLINGS {
            know(&mut memory, "", &number.to_string());
        }
        memory.tidy();
        assert_eq!(memory.spellings.len(), 0);
    }

    #[test]
    fn a_few_words_of_many_bytes_are_forgotten_too() {
        let mut memory = Memory::default();
        know(&mut memory, "", "pier");
        memory.tidy();
        assert_eq!(memory.spellings.len(), 1);
        know(&mut memory, "", &"x".repeat(MOST_LONG_BYTES + 1));
        memory.tidy();
        assert_eq!(memory.spellings.len(), 0);
    }

    #[test]
    fn a_stem_is_spelled_as_it_was_met() {
        let mut memory = Memory::default();
        let mut stem = |word: &str| {
            let known = know(&mut memory, "en", word);
            memory.spelled(known.stem())
        };
        let short = |stem: &str| {
            let mut bytes = [0; LONGEST_KEY];
            bytes[..stem.len()].copy_from_slice(stem.as_bytes());
            Spelled::Short(bytes)
        };
        assert_eq!(stem("Piers"), short("pier"));
        assert_eq!(stem("the"), short("the"));
        assert_eq!(stem("WHO"), short("WHO"));
        assert_eq!(stem("sixteen letters!"), short("sixteen letters!"));
        assert_eq!(stem("Fährschifffahrtsgesellschaft"), Spelled::Long("fährschifffahrtsgesellschaft".into()));
        assert_eq!(stem("counterrevolutionaries"), Spelled::Long("counterrevolutionari".into()));
    }

    #[test]
    fn a_spelling_means_in_each_language_what_it_means_there() {
        let mut memory = Memory::default();
        assert!(!know(&mut memory, "en", "die").is_stop_word());
        assert!(know(&mut memory, "de", "die").is_stop_word());
        assert_eq!(know(&mut memory, "de", "pier").stem(), know(&mut memory, "en", "pier").stem());
    }
}
