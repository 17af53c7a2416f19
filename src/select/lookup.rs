//! Lists of short words in, a table that tells at one look which lists a word stands in, out.
//!
//! Most words of a text stand in no list. A word of at most sixteen bytes is one number, so that it is compared, turned to
//! lower case and looked up without going through its letters.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::hashing::spread;

/// The longest word of a table, in bytes.
const LONGEST: usize = 16;

/// A word of at most [`LONGEST`] bytes as two numbers, the first bytes lowest.
#[derive(Clone, Copy)]
pub(super) struct Packed([u64; 2]);

impl Packed {
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);

    /// A word, if it is short enough.
    #[inline]
    pub fn new(word: &str) -> Option<Self> {
        Self::of_bytes(word.as_bytes())
    }

    /// A word that stands somewhere in a text.
    #[inline]
    pub fn of(text: &str, start: usize, end: usize) -> Option<Self> {
        Self::of_bytes(&text.as_bytes()[start..end])
    }

    #[inline]
    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.len() {
            0..=8 => Some(Self([number_of(bytes), 0])),
            9..=LONGEST => {
                let (low, high) = bytes.split_at(8);
                Some(Self([number_of(low), number_of(high)]))
            }
            _ => None,
        }
    }

    pub fn is_ascii(self) -> bool {
        (self.0[0] | self.0[1]) & Self::HIGH_BITS == 0
    }

    pub fn first(self) -> u8 {
        self.0[0] as u8
    }

    /// The word in lower case; it must be in ASCII.
    pub fn lower(self) -> Self {
        Self(self.0.map(|bytes| {
            // Eight bytes at once: adding carries into the high bit of those that are at least `A`, or more than `Z`.
            const FROM_A: u64 = u64::from_ne_bytes([0x80 - b'A'; 8]);
            const BEHIND_Z: u64 = u64::from_ne_bytes([0x80 - b'Z' - 1; 8]);
            let capitals = (bytes + FROM_A) & !(bytes + BEHIND_Z) & Self::HIGH_BITS;
            // The bit that tells small letters from capitals is two below the highest.
            bytes | (capitals >> 2)
        }))
    }

    /// The word as one number: no other word has it.
    pub fn number(self) -> u128 {
        u128::from(self.0[0]) | (u128::from(self.0[1]) << 64)
    }
}

/// At most eight bytes as a number, the first lowest.
#[inline]
fn number_of(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    match bytes {
        [] => 0,
        [first, .., last] if length < 4 => {
            // Of two bytes the middle one is the last.
            u64::from(*first)
                | (u64::from(bytes[length / 2]) << (8 * (length / 2)))
                | (u64::from(*last) << (8 * (length - 1)))
        }
        [only] => u64::from(*only),
        _ => {
            // Two halves that overlap where there are fewer than eight.
            let half = |half: &[u8]| u64::from(u32::from_le_bytes(half.try_into().expect("four bytes")));
            half(&bytes[..4]) | (half(&bytes[length - 4..]) << (8 * (length - 4)))
        }
    }
}

/// So many numbers of 64 bits tell most words that are in no list.
const SIEVE: usize = 64;

/// Words, and what is known of each.
pub(super) struct Table<V> {
    words: FxHashMap<u128, V>,
    /// A bit for each word, by its first eight bytes: most words that are in no list are told by it.
    sieve: [u64; SIEVE],
}

impl<V: Default> Table<V> {
    pub fn new() -> Self {
        Self::with_room_for(0)
    }

    /// No words yet, with room for so many.
    pub fn with_room_for(words: usize) -> Self {
        Self { words: FxHashMap::with_capacity_and_hasher(words, FxBuildHasher), sieve: [0; SIEVE] }
    }

    /// What is known of a word, to be added to.
    ///
    /// # Panics
    ///
    /// If the word is longer than those of a table may be.
    pub fn entry(&mut self, word: &str) -> &mut V {
        let word = Packed::new(word).unwrap_or_else(|| panic!("'{word}' is too long for a table"));
        let (at, bit) = Self::place(word);
        self.sieve[at] |= bit;
        self.words.entry(word.number()).or_default()
    }

    /// What is known of a word.
    #[inline]
    pub fn get(&self, word: Packed) -> Option<&V> {
        let (at, bit) = Self::place(word);
        if self.sieve[at] & bit == 0 { None } else { self.words.get(&word.number()) }
    }

    #[inline]
    fn place(word: Packed) -> (usize, u64) {
        let hash = spread(word.0[0]);
        ((hash >> 58) as usize, 1 << ((hash >> 52) & 63))
    }
}

impl Table<()> {
    /// A table of one list.
    pub fn of(words: &[&str]) -> Self {
        let mut table = Self::with_room_for(words.len());
        words.iter().for_each(|word| *table.entry(word) = ());
        table
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        Packed::new(word).is_some_and(|word| self.get(word).is_some())
    }

    /// Whether a word in lower case is in the list.
    pub fn has_in_any_case(&self, word: &str) -> bool {
        match Packed::new(word) {
            Some(word) if word.is_ascii() => self.get(word.lower()).is_some(),
            _ => !word.is_ascii() && self.has(&word.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_itself_and_inside_of_a_text_and_in_any_case() {
        let mut table = Table::new();
        for (at, word) in ["a", "pier", "harbour's", "sixteen-letters-", "él"].into_iter().enumerate() {
            *table.entry(word) = at + 1;
        }
        for text in ["A pier", "the PIER of Port Ella is old", "Harbour's", "the Harbour's old pier is closed"] {
            for word in text.split(' ') {
                let start = text.find(word).unwrap();
                let inside = Packed::of(text, start, start + word.len()).unwrap();
                let alone = Packed::new(&word.to_lowercase()).unwrap();
                assert_eq!(inside.lower().number(), alone.number(), "{word}");
                assert_eq!(
                    table.get(inside.lower()).is_some(),
                    ["a", "pier", "harbour's"].contains(&word.to_lowercase().as_str())
                );
            }
        }
        assert_eq!(table.get(Packed::new("sixteen-letters-").unwrap()), Some(&4));
        assert_eq!(table.get(Packed::new("él").unwrap()), Some(&5));
        assert!(Packed::new("seventeen-letters").is_none());
    }

    #[test]
    fn only_letters_change_in_lower_case() {
        for byte in 0..0x80_u8 {
            let word = String::from_utf8(vec![byte; 16]).unwrap();
            let lower = Packed::new(&word.to_ascii_lowercase()).unwrap().number();
            assert_eq!(Packed::new(&word).unwrap().lower().number(), lower, "{byte:#x}");
        }
    }
}
