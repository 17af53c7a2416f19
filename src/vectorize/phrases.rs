//! The stems of sentences in order, and the pairs of them that stand side by side.
//!
//! Stems are numbered as they are first met, so the frequent ones have small numbers: nearly all words are kept in 16 bits.

use std::ops::Range;

use super::Sieve;
use crate::model::{ArticleId, SentenceId, StemId};

/// Two stems side by side in one sentence.
pub type Bigram = (StemId, StemId);

/// What sentences say word for word: their stems in order, stop words included, and with that their bigrams.
///
/// A bigram is a pair of stems side by side in one sentence. What several articles say in the same words shows better in
/// bigrams than in terms (Gillick and Favre, 2009).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// Where each sentence ends.
    ends: Vec<End>,
    /// For each word its stem, or [`LATE`] where that has a larger number.
    words: Vec<u16>,
    /// The stems of those words, in order.
    late: Vec<StemId>,
    /// For each article the stems of its headline, each once, rising.
    titles: Vec<Vec<StemId>>,
    distinct_stems: usize,
    spellings: Sieve,
}

/// Where a sentence ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct End {
    /// In the words.
    word: u32,
    /// In those of late stems.
    late: u32,
}

/// Stands for a stem that was met so late that its number does not fit.
const LATE: u16 = u16::MAX;

impl Phrases {
    /// The stems of a sentence, in order.
    #[inline]
    pub fn stems(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = StemId> + Clone + '_ {
        let (start, end) = self.bounds(sentence);
        let mut late = self.late[start.late as usize..end.late as usize].iter();
        let words = self.words[start.word as usize..end.word as usize].iter();
        words.map(move |word| match *word {
            LATE => *late.next().expect("as many late stems as words of them"),
            early => StemId(u32::from(early)),
        })
    }

    fn bounds(&self, sentence: SentenceId) -> (End, End) {
        let at = sentence.index();
        (at.checked_sub(1).map_or_else(End::default, |before| self.ends[before]), self.ends[at])
    }

    /// Where the stems of a sentence stand among those of all sentences.
    pub fn range(&self, sentence: SentenceId) -> Range<usize> {
        let (start, end) = self.bounds(sentence);
        start.word as usize..end.word as usize
    }

    /// The bigrams of a sentence, in order: one less than stems.
    #[inline]
    pub fn bigrams(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = Bigram> + Clone + '_ {
        let mut stems = self.stems(sentence);
        let mut last = stems.next();
        stems.map(move |stem| (last.replace(stem).expect("a stem before it"), stem))
    }

    /// The stems of an article's headline, each once, rising. Empty without a headline.
    pub fn title(&self, article: ArticleId) -> &[StemId] {
        &self.titles[article.index()]
    }

    /// How many different stems there are.
    pub fn distinct_stems(&self) -> usize {
        self.distinct_stems
    }

    /// How many stems all sentences have together, each as often as it stands there.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// The spellings that begin with a small letter, those of headlines included.
    pub(crate) fn spellings(&self) -> &Sieve {
        &self.spellings
    }

    /// Nothing yet, with room for so many words.
    pub(super) fn with_room_for(words: usize) -> Self {
        Self { words: Vec::with_capacity(words), ..Self::default() }
    }

    /// Adds the next stem of the sentence that is being read.
    #[inline]
    pub(super) fn word(&mut self, stem: StemId) {
        let early = u16::try_from(stem.0).unwrap_or(LATE);
        self.words.push(early);
        if early == LATE {
            self.late.push(stem);
        }
    }

    /// Ends the sentence that is being read.
    pub(super) fn end_sentence(&mut self) {
        let word = u32::try_from(self.words.len()).expect("a story has fewer than 2^32 words");
        self.ends.push(End { word, late: self.late.len() as u32 });
    }

    /// Adds the headline of the next article.
    pub(super) fn title_of_next(&mut self, mut stems: Vec<StemId>) {
        stems.sort_unstable();
        stems.dedup();
        self.titles.push(stems);
    }

    /// Says in which spellings words stand, once all have been added.
    pub(super) fn spelled(&mut self, spellings: Sieve) {
        self.spellings = spellings;
    }

    /// Says how many stems there are, once all have been added.
    pub(super) fn finish(&mut self, distinct_stems: usize) {
        self.distinct_stems = distinct_stems;
    }

    /// The same with the number for every stem that stands at its own in `numbers`.
    pub(super) fn renumbered(mut self, numbers: &[StemId]) -> Self {
        let mut titles = std::mem::take(&mut self.titles);
        for title in &mut titles {
            title.iter_mut().for_each(|stem| *stem = numbers[stem.index()]);
            title.sort_unstable();
        }
        let spellings = std::mem::take(&mut self.spellings);
        let mut phrases = Self { titles, spellings, ends: Vec::with_capacity(self.ends.len()), ..Self::default() };
        phrases.words.reserve(self.words.len());
        for sentence in (0..self.ends.len()).map(SentenceId::from) {
            self.stems(sentence).for_each(|stem| phrases.word(numbers[stem.index()]));
            phrases.end_sentence();
        }
        phrases
    }

    /// Some of the sentences, in another order, with other headlines. How they are spelled is not told.
    pub(crate) fn of_sentences(&self, sentences: &[SentenceId], titles: Vec<Vec<StemId>>) -> Self {
        let mut phrases = Self { titles, distinct_stems: self.distinct_stems, ..Self::default() };
        phrases.ends.reserve(sentences.len());
        phrases.words.reserve(self.words.len());
        for sentence in sentences {
            let (start, end) = self.bounds(*sentence);
            phrases.words.extend_from_slice(&self.words[start.word as usize..end.word as usize]);
            phrases.late.extend_from_slice(&self.late[start.late as usize..end.late as usize]);
            let late = phrases.late.len() as u32;
            phrases.ends.push(End { word: phrases.words.len() as u32, late });
        }
        phrases
    }

    /// Makes room for so many times as many sentences behind those that are there.
    pub(super) fn reserve_times(&mut self, times: usize) {
        self.ends.reserve_exact(times * self.ends.len());
        self.words.reserve_exact(times * self.words.len());
    }

    /// Puts sentences behind those that are there, all with the same numbers for stems.
    pub(super) fn append(&mut self, behind: Self) {
        let start = self.ends.last().copied().unwrap_or_default();
        let end = |end: End| End {
            word: start.word.checked_add(end.word).expect("a story has fewer than 2^32 words"),
            late: start.late + end.late,
        };
        self.ends.extend(behind.ends.into_iter().map(end));
        self.words.extend(behind.words);
        self.late.extend(behind.late);
        self.titles.extend(behind.titles);
        self.spellings.join(behind.spellings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_and_late_stems_come_back_in_order_whatever_parts_they_are_added_in() {
        let sentences: [&[u32]; 5] =
            [&[0, 70_000, 1], &[], &[65_535], &[65_534, 65_536, 65_535, 2, u32::MAX - 1], &[3, 3]];
        let phrases_of = |sentences: &[&[u32]]| {
            let mut phrases = Phrases::default();
            for stems in sentences {
                stems.iter().for_each(|stem| phrases.word(StemId(*stem)));
                phrases.end_sentence();
            }
            phrases
        };
        let all = phrases_of(&sentences);
        for (id, stems) in (0..).map(SentenceId).zip(sentences) {
            assert_eq!(all.stems(id).map(|stem| stem.0).collect::<Vec<_>>(), stems);
            assert_eq!(all.stems(id).len(), stems.len());
            let pairs: Vec<Bigram> = stems.windows(2).map(|pair| (StemId(pair[0]), StemId(pair[1]))).collect();
            assert_eq!(all.bigrams(id).len(), pairs.len());
            assert_eq!(all.bigrams(id).collect::<Vec<_>>(), pairs);
        }
        for first in 0..sentences.len() {
            let mut parts = phrases_of(&sentences[..first]);
            parts.append(phrases_of(&sentences[first..]));
            assert_eq!(parts, all);
        }
    }

    #[test]
    fn stems_are_renumbered_across_the_limit_of_16_bits() {
        let numbers: Vec<StemId> = (0..70_000).rev().map(StemId).collect();
        let mut phrases = Phrases::default();
        [0, 69_999, 35_000].into_iter().for_each(|stem| phrases.word(StemId(stem)));
        phrases.end_sentence();
        phrases.title_of_next(vec![StemId(0), StemId(9)]);
        let phrases = phrases.renumbered(&numbers);
        assert_eq!(phrases.stems(SentenceId(0)).map(|stem| stem.0).collect::<Vec<_>>(), [69_999, 0, 34_999]);
        assert_eq!(phrases.title(ArticleId(0)), [StemId(69_990), StemId(69_999)]);
    }
}
