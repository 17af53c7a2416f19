//! The words of a text in, a table that tells of most other words that they are not among them, out.

use super::memory::{LONGEST_KEY, key};
use crate::hashing::spread_wide;
use crate::model::Span;

/// The spellings of a story that begin with a small letter of ASCII, as a Bloom filter (1970) with one hash: what it does
/// not have is not there, what it has may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sieve {
    /// None before the first word.
    bits: Vec<u64>,
}

impl Sieve {
    /// It has 2 to the power of this many bits: forty for each different word of ten articles.
    const BITS: u32 = 16;

    /// Adds a word of a text, if it begins with a small letter.
    pub fn add(&mut self, text: &str, word: Span) {
        if text.as_bytes()[word.start].is_ascii_lowercase() {
            if self.bits.is_empty() {
                self.bits = vec![0; 1 << (Self::BITS - u64::BITS.ilog2())];
            }
            let (at, bit) = Self::place(text, word);
            self.bits[at] |= bit;
        }
    }

    /// Whether a word may be there, in this spelling.
    pub fn may_have(&self, word: &str) -> bool {
        let (at, bit) = Self::place(word, Span::new(0, word.len()));
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Adds all that another has.
    pub fn join(&mut self, other: Self) {
        if self.bits.is_empty() {
            self.bits = other.bits;
            return;
        }
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, others)| *bits |= others);
    }

    /// Where the bit of a word is. Of a long word the beginning counts.
    fn place(text: &str, word: Span) -> (usize, u64) {
        let beginning = Span::new(word.start, word.end.min(word.start + LONGEST_KEY));
        let key = key(text.as_bytes(), beginning).expect("the beginning of a word is a key");
        let hash = spread_wide(key) >> (u64::BITS - Self::BITS);
        ((hash / u64::from(u64::BITS)) as usize, 1 << (hash % u64::from(u64::BITS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_may_be_there_and_hardly_anything_else() {
        let text = "the harbour of Port Ella harbour’s longshoremanship—counterrevolutionaries";
        let mut sieve = Sieve::default();
        crate::segment::words(text, |span| sieve.add(text, span));
        let mut joined = Sieve::default();
        joined.join(sieve.clone());
        assert_eq!(joined, sieve);
        joined.join(sieve.clone());
        assert_eq!(joined, sieve);
        for word in ["the", "harbour", "of", "harbour’s", "longshoremanship", "counterrevolutionaries"] {
            assert!(sieve.may_have(word), "{word}");
        }
        for word in ["port", "Port", "ella", "harbours", "revolution", ""] {
            assert!(!sieve.may_have(word), "{word}");
        }
    }
}
