//! The stems of sentences in order, and the pairs of them that stand side by side.

use std::ops::Range;

use crate::model::{ArticleId, SentenceId, StemId};

/// Two stems side by side in one sentence.
pub type Bigram = (StemId, StemId);

/// What sentences say word for word: their stems in order, stop words included, and with that their bigrams.
///
/// A bigram is a pair of stems side by side in one sentence. What several articles say in the same words shows better in
/// bigrams than in terms (Gillick and Favre, 2009).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// Where each sentence ends in `stems`.
    ends: Vec<u32>,
    stems: Vec<StemId>,
    /// For each article the stems of its headline, each once, rising.
    titles: Vec<Vec<StemId>>,
    distinct_stems: usize,
}

impl Phrases {
    /// The stems of a sentence, in order.
    pub fn stems(&self, sentence: SentenceId) -> &[StemId] {
        &self.stems[self.range(sentence)]
    }

    /// Where the stems of a sentence stand among those of all sentences.
    pub fn range(&self, sentence: SentenceId) -> Range<usize> {
        let at = sentence.index();
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start as usize..self.ends[at] as usize
    }

    /// The bigrams of a sentence, in order: one less than stems.
    pub fn bigrams(&self, sentence: SentenceId) -> impl ExactSizeIterator<Item = Bigram> + Clone + '_ {
        self.stems(sentence).windows(2).map(|pair| (pair[0], pair[1]))
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
        self.stems.len()
    }

    /// Nothing yet, with room for so many words.
    pub(super) fn with_room_for(words: usize) -> Self {
        Self { stems: Vec::with_capacity(words), ..Self::default() }
    }

    /// Adds the next stem of the sentence that is being read.
    pub(super) fn word(&mut self, stem: StemId) {
        self.stems.push(stem);
    }

    /// Ends the sentence that is being read.
    pub(super) fn end_sentence(&mut self) {
        self.ends.push(u32::try_from(self.stems.len()).expect("a story has fewer than 2^32 words"));
    }

    /// Adds the headline of the next article.
    pub(super) fn title_of_next(&mut self, mut stems: Vec<StemId>) {
        stems.sort_unstable();
        stems.dedup();
        self.titles.push(stems);
    }

    /// Says how many stems there are, once all have been added.
    pub(super) fn finish(&mut self, distinct_stems: usize) {
        self.distinct_stems = distinct_stems;
    }

    /// Gives every stem the number that stands at its own in `numbers`.
    pub(super) fn renumber(&mut self, numbers: &[StemId]) {
        self.stems.iter_mut().for_each(|stem| *stem = numbers[stem.index()]);
        for title in &mut self.titles {
            title.iter_mut().for_each(|stem| *stem = numbers[stem.index()]);
            title.sort_unstable();
        }
    }

    /// Puts sentences behind those that are there, all with the same numbers for stems.
    pub(super) fn append(&mut self, behind: Self) {
        let start = self.ends.last().copied().unwrap_or(0);
        let end = |end| start.checked_add(end).expect("a story has fewer than 2^32 words");
        self.ends.extend(behind.ends.into_iter().map(end));
        self.stems.extend(behind.stems);
        self.titles.extend(behind.titles);
    }
}
