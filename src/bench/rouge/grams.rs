//! The n-grams of a reference in, how many of them a summary shares out.

use rustc_hash::FxHashMap;

use super::tokens::TokenId;

/// The longest n-gram that is counted.
pub const LONGEST: usize = 4;

/// The number that stands for "no n-gram of the reference".
const ABSENT: u32 = u32::MAX;

/// The n-grams of a text up to [`LONGEST`], as a tree: an n-gram is the (n − 1)-gram that it begins with and one more
/// token.
#[derive(Clone, Debug, Default)]
pub struct Grams {
    /// The n-grams of each length, from 1 on.
    lengths: [Level; LONGEST],
}

/// The different n-grams of one length, numbered in the order in which they first stand in the text.
#[derive(Clone, Debug, Default)]
struct Level {
    /// By the number of the n-gram without its last token, and that token. Without a token, all are number 0.
    numbers: FxHashMap<(u32, TokenId), u32>,
    /// How often each stands in the text.
    counts: Vec<u32>,
}

impl Grams {
    /// Counts the n-grams of a text.
    pub fn new(tokens: &[TokenId]) -> Self {
        let mut grams = Self::default();
        let mut begun = vec![0; tokens.len()];
        for (level, rest) in grams.lengths.iter_mut().zip(suffixes(tokens)) {
            begun.truncate(rest.len());
            for (number, token) in begun.iter_mut().zip(rest) {
                *number = level.add(*number, *token);
            }
        }
        grams
    }

    /// How many different tokens there are.
    pub fn different_tokens(&self) -> usize {
        self.lengths[0].counts.len()
    }

    /// For each token its number among the different tokens, if it is one of them.
    pub fn token_numbers(&self, tokens: &[TokenId]) -> impl Iterator<Item = Option<usize>> {
        tokens.iter().map(|token| self.lengths[0].numbers.get(&(0, *token)).map(|number| *number as usize))
    }

    /// How many n-grams of another text are here, each at most as often as it is here.
    pub fn shared(&self, tokens: &[TokenId], n: usize) -> usize {
        let mut begun = vec![0; tokens.len()];
        for (level, rest) in self.lengths[..n].iter().zip(suffixes(tokens)) {
            begun.truncate(rest.len());
            for (number, token) in begun.iter_mut().zip(rest) {
                *number = level.number(*number, *token);
            }
        }
        self.lengths[n - 1].take(&begun)
    }
}

/// A text without its first 0, 1, 2, .. tokens: the last tokens of the n-grams of each length.
fn suffixes(tokens: &[TokenId]) -> impl Iterator<Item = &[TokenId]> {
    (0..).map(|start| tokens.get(start..).unwrap_or_default())
}

impl Level {
    fn add(&mut self, before: u32, token: TokenId) -> u32 {
        // A text has fewer tokens than there are numbers: each of its tokens has one.
        let number = *self.numbers.entry((before, token)).or_insert(self.counts.len() as u32);
        if number as usize == self.counts.len() {
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }

    fn number(&self, before: u32, token: TokenId) -> u32 {
        if before == ABSENT { ABSENT } else { self.numbers.get(&(before, token)).copied().unwrap_or(ABSENT) }
    }

    /// How many of these n-grams can be taken from here.
    fn take(&self, numbers: &[u32]) -> usize {
        let mut left = self.counts.clone();
        let taken = numbers.iter().filter(|number| {
            left.get_mut(**number as usize).filter(|count| **count > 0).map(|count| *count -= 1).is_some()
        });
        taken.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<TokenId> {
        text.bytes().map(|byte| TokenId(byte.into())).collect()
    }

    #[test]
    fn an_n_gram_counts_as_often_as_it_is_in_both() {
        let grams = Grams::new(&ids("ababc"));
        assert_eq!(grams.shared(&ids("aaa"), 1), 2);
        assert_eq!(grams.shared(&ids("ababab"), 2), 3);
        assert_eq!(grams.shared(&ids("xabab"), 3), 2);
        assert_eq!(grams.shared(&ids("babc"), 4), 1);
    }

    #[test]
    fn tokens_with_another_between_them_are_no_n_gram() {
        assert_eq!(Grams::new(&ids("abc")).shared(&ids("acb"), 2), 0);
    }

    #[test]
    fn texts_shorter_than_n_share_nothing() {
        assert_eq!(Grams::new(&ids("abc")).shared(&ids("ab"), 3), 0);
        assert_eq!(Grams::new(&ids("ab")).shared(&ids("abc"), 3), 0);
        assert_eq!(Grams::new(&[]).shared(&[], 1), 0);
    }
}
