//! Two sequences of tokens in, their longest common subsequence out.
//!
//! With `t(i, j)` the length of the longest common subsequence of the first `i` tokens of one and the first `j` of the
//! other sequence, `t(i, j) − t(i − 1, j)` is 0 or 1: a row of the table fits into bits, 64 of them to a machine word, and
//! the next row is an addition away. A bit is *clear* where the length grows:
//!
//! ```text
//! row_j = (row_{j−1} + (row_{j−1} & same_j)) | (row_{j−1} & ¬same_j)        row_0 = all set
//! ```
//!
//! with the bits of `same_j` set where the first sequence has the second one's token `j`.
//!
//! Crochemore, M., Iliopoulos, C. S., Pinzon, Y. J. and Reid, J. F. (2001). A fast and practical bit-vector algorithm for
//! the longest common subsequence problem. *Information Processing Letters* 80(6), 279–285.

use rustc_hash::FxHashMap;

use super::tokens::TokenId;

/// How many tokens a machine word has bits for.
const BITS: usize = u64::BITS as usize;

/// A sequence of tokens that others are aligned with.
#[derive(Clone, Debug)]
pub struct Pattern {
    length: usize,
    /// For each different token the bits of the places where it stands.
    places: FxHashMap<TokenId, Box<[u64]>>,
}

impl Pattern {
    /// Notes where each token stands.
    pub fn new(tokens: &[TokenId]) -> Self {
        let blocks = tokens.len().div_ceil(BITS);
        let mut places: FxHashMap<TokenId, Box<[u64]>> = FxHashMap::default();
        for (at, token) in tokens.iter().enumerate() {
            places.entry(*token).or_insert_with(|| vec![0; blocks].into())[at / BITS] |= 1 << (at % BITS);
        }
        Self { length: tokens.len(), places }
    }

    /// The length of the longest common subsequence.
    pub fn common(&self, other: &[TokenId]) -> usize {
        let mut row = self.first_row();
        for same in other.iter().filter_map(|token| self.places.get(token)) {
            advance(&mut row, same);
        }
        row.iter().map(|block| block.count_zeros() as usize).sum()
    }

    /// Calls `each` with the places of this sequence that are in the longest common subsequence, last one first.
    ///
    /// Of several longest ones it is that of Google's `rouge-score`: read from the end, two tokens that are the same are
    /// aligned, and otherwise a token of this sequence is left out unless that costs length.
    pub fn each_common(&self, other: &[TokenId], mut each: impl FnMut(usize)) {
        // A token that stands in no place leaves the row as it is, but has one: where the way back crosses it, the next
        // token of this sequence may be left out before it is aligned.
        let nowhere = vec![0; self.blocks()];
        let places = |token| self.places.get(token).map_or(nowhere.as_slice(), AsRef::as_ref);
        let same: Vec<&[u64]> = other.iter().map(places).collect();
        let rows = self.rows(&same);
        let blocks = self.blocks();
        let (mut here, mut there) = (self.length, other.len());
        while here > 0 && there > 0 {
            let (block, bit) = ((here - 1) / BITS, 1 << ((here - 1) % BITS));
            if same[there - 1][block] & bit != 0 {
                each(here - 1);
                here -= 1;
                there -= 1;
            } else if rows[there * blocks + block] & bit == 0 {
                there -= 1;
            } else {
                here -= 1;
            }
        }
    }

    /// The row before the first token of the other sequence and the row behind each, one after the other.
    fn rows(&self, tokens: &[&[u64]]) -> Vec<u64> {
        let mut rows = Vec::with_capacity((tokens.len() + 1) * self.blocks());
        let mut row = self.first_row();
        rows.extend_from_slice(&row);
        for same in tokens {
            advance(&mut row, same);
            rows.extend_from_slice(&row);
        }
        rows
    }

    fn first_row(&self) -> Vec<u64> {
        vec![u64::MAX; self.blocks()]
    }

    fn blocks(&self) -> usize {
        self.length.div_ceil(BITS)
    }
}

/// Turns a row into the next one. Bits beyond the length of the sequence stay set, since no token stands there.
fn advance(row: &mut [u64], same: &[u64]) {
    let mut carry = false;
    for (block, same) in row.iter_mut().zip(same) {
        let (sum, over) = block.overflowing_add(*block & same);
        let (sum, over_again) = sum.overflowing_add(u64::from(carry));
        carry = over || over_again;
        *block = sum | (*block & !same);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(text: &str) -> Vec<TokenId> {
        text.bytes().map(|byte| TokenId(byte.into())).collect()
    }

    fn common_places(here: &[TokenId], there: &[TokenId]) -> Vec<usize> {
        let mut places = Vec::new();
        Pattern::new(here).each_common(there, |place| places.push(place));
        places.reverse();
        places
    }

    /// The textbook table, and the way back through it in the order of Google's `rouge-score`.
    fn by_the_table(here: &[TokenId], there: &[TokenId]) -> Vec<usize> {
        let mut table = vec![vec![0; there.len() + 1]; here.len() + 1];
        for i in 1..=here.len() {
            for j in 1..=there.len() {
                table[i][j] = if here[i - 1] == there[j - 1] {
                    table[i - 1][j - 1] + 1
                } else {
                    table[i - 1][j].max(table[i][j - 1])
                };
            }
        }
        let (mut i, mut j, mut places) = (here.len(), there.len(), Vec::new());
        while i > 0 && j > 0 {
            if here[i - 1] == there[j - 1] {
                places.push(i - 1);
                (i, j) = (i - 1, j - 1);
            } else if table[i][j - 1] > table[i - 1][j] {
                j -= 1;
            } else {
                i -= 1;
            }
        }
        places.reverse();
        places
    }

    #[test]
    fn what_is_common_is_in_the_same_order_in_both() {
        assert_eq!(Pattern::new(&ids("abcbdab")).common(&ids("bdcaba")), 4);
        assert_eq!(Pattern::new(&ids("abc")).common(&ids("cba")), 1);
        assert_eq!(Pattern::new(&ids("abc")).common(&ids("")), 0);
        assert_eq!(Pattern::new(&ids("")).common(&ids("abc")), 0);
    }

    #[test]
    fn of_two_equally_long_ones_the_earlier_tokens_are_taken() {
        // Both "a" and "b" are common; from the end, the "b" of "ab" is left out since that costs nothing.
        assert_eq!(common_places(&ids("ab"), &ids("ba")), [0]);
    }

    proptest! {
        #[test]
        fn rows_of_bits_give_what_the_table_gives(
            here in proptest::collection::vec(0..4_u32, 0..150),
            there in proptest::collection::vec(0..5_u32, 0..150),
        ) {
            let here: Vec<TokenId> = here.into_iter().map(TokenId).collect();
            let there: Vec<TokenId> = there.into_iter().map(TokenId).collect();
            let places = by_the_table(&here, &there);
            prop_assert_eq!(Pattern::new(&here).common(&there), places.len());
            prop_assert_eq!(common_places(&here, &there), places);
        }
    }
}
