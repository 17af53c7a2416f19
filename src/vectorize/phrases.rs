//! The stems of sentences in order, and the pairs of them that stand side by side.

use rustc_hash::FxHashMap;

use crate::model::{ArticleId, BigramId, SentenceId, StemId};

/// What sentences say word for word: their stems in order, stop words included, and their bigrams.
///
/// A bigram is a pair of stems side by side in one sentence. What several articles say in the same words shows better in
/// bigrams than in terms (Gillick and Favre, 2009).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// Where each sentence begins in `stems`; one entry more than sentences.
    stem_starts: Vec<usize>,
    stems: Vec<StemId>,
    /// Where each sentence begins in `bigrams`; one entry more than sentences.
    bigram_starts: Vec<usize>,
    bigrams: Vec<BigramId>,
    /// For each article the stems of its headline, each once, rising.
    titles: Vec<Vec<StemId>>,
    distinct_stems: usize,
    distinct_bigrams: usize,
}

impl Phrases {
    /// The stems of a sentence, in order.
    pub fn stems(&self, sentence: SentenceId) -> &[StemId] {
        &self.stems[self.stem_starts[sentence.index()]..self.stem_starts[sentence.index() + 1]]
    }

    /// The bigrams of a sentence, in order: one less than stems.
    pub fn bigrams(&self, sentence: SentenceId) -> &[BigramId] {
        &self.bigrams[self.bigram_starts[sentence.index()]..self.bigram_starts[sentence.index() + 1]]
    }

    /// The stems of an article's headline, each once, rising. Empty without a headline.
    pub fn title(&self, article: ArticleId) -> &[StemId] {
        &self.titles[article.index()]
    }

    /// How many different stems there are.
    pub fn distinct_stems(&self) -> usize {
        self.distinct_stems
    }

    /// How many different bigrams there are.
    pub fn distinct_bigrams(&self) -> usize {
        self.distinct_bigrams
    }
}

/// Phrases in the making.
#[derive(Default)]
pub(super) struct Collecting {
    phrases: Phrases,
    numbers: FxHashMap<(StemId, StemId), BigramId>,
}

impl Collecting {
    pub fn new() -> Self {
        let phrases = Phrases { stem_starts: vec![0], bigram_starts: vec![0], ..Phrases::default() };
        Self { phrases, numbers: FxHashMap::default() }
    }

    /// Adds the next stem of the sentence that is being read.
    pub fn word(&mut self, stem: StemId) {
        self.phrases.stems.push(stem);
    }

    /// Ends the sentence that is being read.
    pub fn end_sentence(&mut self) {
        let phrases = &mut self.phrases;
        let start = *phrases.stem_starts.last().expect("one entry more than sentences");
        for pair in phrases.stems[start..].windows(2) {
            let next = BigramId::from(self.numbers.len());
            phrases.bigrams.push(*self.numbers.entry((pair[0], pair[1])).or_insert(next));
        }
        phrases.stem_starts.push(phrases.stems.len());
        phrases.bigram_starts.push(phrases.bigrams.len());
    }

    /// Adds the headline of the next article.
    pub fn title(&mut self, mut stems: Vec<StemId>) {
        stems.sort_unstable();
        stems.dedup();
        self.phrases.titles.push(stems);
    }

    pub fn finish(self, distinct_stems: usize) -> Phrases {
        Phrases { distinct_stems, distinct_bigrams: self.numbers.len(), ..self.phrases }
    }
}
