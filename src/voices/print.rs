//! The words of an article in, what is kept of them to find its copies by out.

use super::credit::Sender;
use crate::hashing::mixed;
use crate::hashing::spread;

/// So many words side by side make a shingle (Broder, *On the Resemblance and Containment of Documents*, 1997). Shorter ones
/// stand in texts that have nothing to do with each other, longer ones miss copies with a word changed here and there.
pub const SHINGLE: usize = 5;

/// Which shingles are kept: those whose hash says so, so that all articles keep the same ones (Manber, *Finding Similar Files
/// in a Large File System*, 1994). What is shared among those kept is shared among all, but for chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep(u32);

impl Keep {
    /// Every shingle: for stories, which may be short.
    pub const ALL: Self = Self(0);
    /// One of four: some 125 of an article of 500 words, and nine of a run of 40 words.
    pub const QUARTER: Self = Self(2);
    /// One of sixteen: for stories of millions of words.
    pub const SIXTEENTH: Self = Self(4);

    /// Of so many shingles one is kept.
    pub fn one_of(self) -> u32 {
        1 << self.0
    }

    #[inline]
    fn keeps(self, hash: u32) -> bool {
        hash & (self.one_of() - 1) == 0
    }
}

/// What is kept of an article to find its copies by: its shingles, or an even sample of them, and who sent it.
///
/// Prints can be held against each other if they were made of the same codes for words and [keep](Keep) the same shingles.
#[derive(Clone, Debug, PartialEq)]
pub struct Print {
    /// The shingles that are kept, in the order of the text.
    shingles: Box<[u32]>,
    /// For each the number of words before it, modulo 2¹⁶.
    places: Box<[u16]>,
    /// How many words there are, modulo 2¹⁶.
    words: u16,
    keep: Keep,
    sender: Sender,
}

impl Print {
    /// The shingles that are kept, in the order of the text; one that stands there twice comes twice.
    pub(super) fn shingles(&self) -> &[u32] {
        &self.shingles
    }

    /// How many words stand before a shingle, modulo 2¹⁶.
    #[inline]
    pub(super) fn place(&self, shingle: usize) -> u16 {
        self.places[shingle]
    }

    /// How many words there are, modulo 2¹⁶.
    pub(super) fn words(&self) -> u16 {
        self.words
    }

    /// Of how many shingles one is kept.
    pub(super) fn one_of(&self) -> u32 {
        self.keep.one_of()
    }

    /// All that is kept of the text as one number, the same for the same text; `None` where nothing is kept.
    pub fn fingerprint(&self) -> Option<u64> {
        let mix = |hash, shingle: &u32| mixed(hash, (*shingle).into());
        (!self.shingles.is_empty()).then(|| self.shingles.iter().fold(self.words.into(), mix))
    }

    /// Who sent it.
    pub fn sender(&self) -> &Sender {
        &self.sender
    }
}

/// Makes prints, one after the other: words and gaps between them in, a [`Print`] out.
#[derive(Clone, Debug)]
pub struct Printer {
    keep: Keep,
    /// The words of the shingle, each [`SHIFT`] bits above the next.
    window: u64,
    /// How many words are in the window since the last gap; more than fit are all the same.
    filled: usize,
    words: u16,
    shingles: Vec<u32>,
    places: Vec<u16>,
}

/// A word moves up by so many bits with each word behind it, out of 64 bits after [`SHINGLE`] of them: nothing needs to be
/// taken out of the window. Of the first word of a shingle the 12 lowest bits are left, which tell two words apart well enough
/// where the four behind them are the same.
const SHIFT: u32 = u64::BITS / SHINGLE as u32 + 1;

impl Printer {
    /// A printer that keeps such shingles.
    pub fn new(keep: Keep) -> Self {
        Self { keep, window: 0, filled: 0, words: 0, shingles: Vec::new(), places: Vec::new() }
    }

    /// Adds the next word of the article, by a code that is the same for the same word.
    #[inline]
    pub fn word(&mut self, code: u64) {
        self.window = (self.window << SHIFT).wrapping_add(spread(code));
        self.words = self.words.wrapping_add(1);
        self.filled += 1;
        if self.filled >= SHINGLE {
            // The words of the shingle are in all bits of the window, and in the highest of the product all of these.
            let hash = (spread(self.window ^ self.window >> u32::BITS) >> u32::BITS) as u32;
            if self.keep.keeps(hash) {
                self.shingles.push(hash);
                self.places.push(self.words.wrapping_sub(SHINGLE as u16));
            }
        }
    }

    /// Says that something was left out here: no shingle reaches over it.
    #[inline]
    pub fn gap(&mut self) {
        self.filled = 0;
    }

    /// Ends the article.
    pub fn finish(&mut self, sender: Sender) -> Print {
        let print = Print {
            shingles: self.shingles.as_slice().into(),
            places: self.places.as_slice().into(),
            words: self.words,
            keep: self.keep,
            sender,
        };
        self.shingles.clear();
        self.places.clear();
        (self.filled, self.words) = (0, 0);
        print
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(keep: Keep, words: impl IntoIterator<Item = u64>) -> Print {
        let mut printer = Printer::new(keep);
        words.into_iter().for_each(|word| printer.word(word));
        printer.finish(Sender::default())
    }

    #[test]
    fn a_shingle_is_five_words_whatever_stands_before_them() {
        let (first, second) = (print(Keep::ALL, 0..9), print(Keep::ALL, [7, 7, 1, 2, 3, 4, 5]));
        assert_eq!((first.shingles().len(), second.shingles().len()), (5, 3));
        assert_eq!(first.shingles()[1], second.shingles()[2]);
        assert_eq!((first.place(1), second.place(2)), (1, 2));
        assert_eq!(print(Keep::ALL, 0..4).shingles().len(), 0);
    }

    #[test]
    fn no_shingle_reaches_over_a_gap() {
        let mut printer = Printer::new(Keep::ALL);
        (0..6).for_each(|word| printer.word(word));
        printer.gap();
        (6..11).for_each(|word| printer.word(word));
        let print = printer.finish(Sender::default());
        assert_eq!(print.places.as_ref(), [0, 1, 6]);
        // What one article left behind is no part of the next.
        (0..5).for_each(|word| printer.word(word));
        assert_eq!(printer.finish(Sender::default()).shingles(), &print.shingles()[..1]);
    }

    #[test]
    fn about_a_quarter_is_kept_the_same_in_every_text() {
        let all = print(Keep::ALL, 0..4_004);
        let quarter = print(Keep::QUARTER, 0..4_004);
        assert!((900..1_100).contains(&quarter.shingles().len()), "{}", quarter.shingles().len());
        assert!(quarter.shingles().iter().all(|shingle| all.shingles().contains(shingle)));
    }

    #[test]
    fn the_print_of_an_article_of_500_words_is_small() {
        let print = print(Keep::QUARTER, 0..500);
        let bytes = size_of::<Print>() + size_of_val(print.shingles()) + size_of_val(print.places.as_ref());
        assert!(bytes <= 1_024, "{bytes}");
    }
}
