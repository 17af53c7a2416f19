//! A word as it stands in a text in, its stem out.
//!
//! To lower-case and to stem a word costs far more than to look it up, so each spelling is looked into once in the life of
//! a thread: stories of one run, and of one day, are made of the same words. What a word is does not depend
//! on what a thread has seen before; only how soon it is known does.
//!
//! A word of up to 16 bytes is its own key: the bytes are read as one number and compared as one. Longer words are
//! looked up by their text.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::model::Span;
use crate::segment::Lexicon;

/// A thread forgets all words once it knows so many spellings, so that a run over any number of stories is bounded. It
/// happens between two stories, or two parts of a large one.
const MOST_SPELLINGS: usize = 1 << 17;

thread_local! {
    static MEMORY: Rc<RefCell<Memory>> = Rc::default();
}

/// What a word is: the number of its stem in the memory of a thread, and whether it is a stop word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known(u32);

impl Known {
    fn new(stem: u32, is_stop_word: bool) -> Self {
        Self(stem << 1 | u32::from(is_stop_word))
    }

    /// The stem, as an index of [`Memory::stem`].
    pub fn stem(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub fn is_stop_word(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Every word that a thread has met.
#[derive(Default)]
pub(super) struct Memory {
    languages: Vec<(Option<Language>, Words)>,
    stems: Stems,
}

impl Memory {
    /// The memory of this thread.
    pub fn of_thread() -> Rc<RefCell<Self>> {
        MEMORY.with(Rc::clone)
    }

    /// Forgets everything if there is too much of it. All numbers of stems given out before are void then.
    pub fn tidy(&mut self) {
        if self.languages.iter().map(|(_, words)| words.len()).sum::<usize>() > MOST_SPELLINGS {
            *self = Self::default();
        }
    }

    /// How many stems there are.
    pub fn stems(&self) -> usize {
        self.stems.texts.len()
    }

    /// The text of a stem.
    pub fn stem(&self, stem: usize) -> &Arc<str> {
        &self.stems.texts[stem]
    }

    /// The words of a language, as an index for [`know`](Self::know).
    pub fn language(&mut self, language: Option<Language>) -> usize {
        self.languages.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            self.languages.push((language, Words::new(language)));
            self.languages.len() - 1
        })
    }

    /// What a word of a text is.
    #[inline]
    pub fn know(&mut self, language: usize, text: &str, span: Span) -> Known {
        let words = &mut self.languages[language].1;
        match key(text.as_bytes(), span) {
            Some(key) => match words.short.get(key) {
                Some(known) => known,
                None => words.meet(span.of(text), &mut self.stems),
            },
            None => match words.long.get(span.of(text)) {
                Some(known) => *known,
                None => words.meet(span.of(text), &mut self.stems),
            },
        }
    }
}

/// Every stem with its number.
#[derive(Default)]
struct Stems {
    numbers: FxHashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Stems {
    fn number(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("a thread knows fewer than 2^31 stems");
        let stem: Arc<str> = stem.into();
        self.texts.push(Arc::clone(&stem));
        self.numbers.insert(stem, number);
        number
    }
}

/// The words of one language, each spelling by itself.
struct Words {
    lexicon: Lexicon,
    short: ShortWords,
    long: FxHashMap<Box<str>, Known>,
}

impl Words {
    fn new(language: Option<Language>) -> Self {
        Self { lexicon: Lexicon::new(language), short: ShortWords::default(), long: FxHashMap::default() }
    }

    fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    fn get(&self, word: &str) -> Option<Known> {
        match key(word.as_bytes(), Span::new(0, word.len())) {
            Some(key) => self.short.get(key),
            None => self.long.get(word).copied(),
        }
    }

    fn insert(&mut self, word: &str, known: Known) {
        match key(word.as_bytes(), Span::new(0, word.len())) {
            Some(key) => self.short.insert(key, known),
            None => _ = self.long.insert(word.into(), known),
        }
    }

    /// Looks into a word that was never met in this spelling, and remembers it.
    #[cold]
    fn meet(&mut self, word: &str, stems: &mut Stems) -> Known {
        let lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let known = if lower { self.meet_lower(word, stems) } else { self.meet_spelling(word, stems) };
        self.insert(word, known);
        known
    }

    /// `US` and `WHO` are names, `us` and `who` are not.
    fn meet_spelling(&mut self, word: &str, stems: &mut Stems) -> Known {
        let acronym = word.len() > 1 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
        let plain: String =
            word.chars().filter(|c| *c != '.' || !acronym).map(|c| if c == '’' { '\'' } else { c }).collect();
        let lower = plain.to_lowercase();
        if acronym && self.lexicon.is_stop_word(&lower) {
            return Known::new(stems.number(&plain), false);
        }
        if lower == word {
            return self.meet_lower(word, stems);
        }
        // The word in small letters comes up, too, and is stemmed once for all spellings.
        self.get(&lower).unwrap_or_else(|| {
            let known = self.meet_lower(&lower, stems);
            self.insert(&lower, known);
            known
        })
    }

    fn meet_lower(&self, lower: &str, stems: &mut Stems) -> Known {
        if self.lexicon.is_stop_word(lower) {
            Known::new(stems.number(lower), true)
        } else {
            Known::new(stems.number(&self.lexicon.stem(lower)), false)
        }
    }
}

/// The longest word that is its own key, in bytes.
const LONGEST_KEY: usize = 16;

/// The bytes of a word as a number, the first byte the lowest; `None` where it is too long.
#[inline]
fn key(text: &[u8], span: Span) -> Option<u128> {
    let length = span.end - span.start;
    if length > LONGEST_KEY {
        return None;
    }
    let bytes: [u8; LONGEST_KEY] = match text[span.start..].first_chunk() {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; LONGEST_KEY];
            bytes[..length].copy_from_slice(&text[span.start..span.end]);
            bytes
        }
    };
    Some(u128::from_le_bytes(bytes) & MASKS[length])
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

/// A hash table of [`key`]s with open addressing: half empty at least, probed in steps of one.
///
/// The slots hold no more than places in the list of words, which are in the order in which they were met: the words that
/// every text has come first, and stay together in the cache of the processor.
#[derive(Default)]
struct ShortWords {
    /// For each slot the place of a word plus one, 0 where it is free. A power of two of them, or none.
    slots: Vec<u32>,
    keys: Vec<u128>,
    known: Vec<Known>,
}

impl ShortWords {
    const FEWEST_SLOTS: usize = 1 << 12;

    fn len(&self) -> usize {
        self.keys.len()
    }

    /// The slot of a key, or the free one that it would get.
    #[inline]
    fn slot(&self, key: u128) -> usize {
        // Multiplication spreads bits upwards (Knuth, The Art of Computer Programming, 6.4); the best are on top.
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let folded = (key as u64 ^ ((key >> 64) as u64).rotate_left(23)).wrapping_mul(SPREAD);
        let mut slot = (folded >> 32) as usize;
        loop {
            slot &= self.slots.len() - 1;
            let place = self.slots[slot] as usize;
            if place == 0 || self.keys[place - 1] == key {
                return slot;
            }
            slot += 1;
        }
    }

    #[inline]
    fn get(&self, key: u128) -> Option<Known> {
        if self.slots.is_empty() {
            return None;
        }
        let place = self.slots[self.slot(key)] as usize;
        place.checked_sub(1).map(|place| self.known[place])
    }

    fn insert(&mut self, key: u128, known: Known) {
        if 2 * (self.keys.len() + 1) > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        if self.slots[slot] == 0 {
            self.keys.push(key);
            self.known.push(known);
            self.slots[slot] = u32::try_from(self.keys.len()).expect("a thread forgets before it knows so many words");
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(Self::FEWEST_SLOTS)];
        for (place, &key) in (1..).zip(&self.keys) {
            let slot = self.slot(key);
            self.slots[slot] = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let language = memory.language("en".parse().ok());
        let words: Vec<String> = (0..20_000).map(|number| format!("w{number}{}", "x".repeat(number % 20))).collect();
        let know = |memory: &mut Memory, word: &str| memory.know(language, word, Span::new(0, word.len()));
        let first: Vec<Known> = words.iter().map(|word| know(&mut memory, word)).collect();
        let stems = memory.stems();
        let second: Vec<Known> = words.iter().map(|word| know(&mut memory, word)).collect();
        assert_eq!(first, second);
        assert_eq!(memory.stems(), stems);
    }

    #[test]
    fn too_many_words_are_forgotten() {
        let mut memory = Memory::default();
        let language = memory.language(None);
        for number in 0..=MOST_SPELLINGS {
            let word = number.to_string();
            memory.know(language, &word, Span::new(0, word.len()));
        }
        memory.tidy();
        assert_eq!(memory.stems(), 0);
    }
}
