//! What a reader was told before, and what stood in the articles that were read for it; a new sentence in, whether it is
//! news out.
//!
//! * `fingerprint`: the words of a sentence as one number, so that a sentence is known again.
//! * `sentence`: what a sentence says, as terms, numbers and names that can be compared across stories.
//! * `numbers`: numbers in digits and in words.
//! * `overlaps`: how much of a sentence each of those that were told holds.
//!
//! A digest without what was told is known as an update summary (Text Analysis Conference, 2008). There, concepts that the
//! reader knows are worth nothing; here a sentence is held against every one that was told, because a reader forgives a
//! word that he knows, and does not forgive a sentence that he knows.

mod fingerprint;
mod numbers;
mod overlaps;
mod sentence;

use rustc_hash::{FxHashMap, FxHashSet};

pub use fingerprint::{Fingerprint, Fingerprints};
pub(crate) use overlaps::{Overlap, Overlaps};
pub(crate) use sentence::{Particulars, Said};

use crate::cite::{Digest, Source};
use crate::language::Language;
use crate::model::{Article, Cluster, Origin};
use crate::read::{ReadOptions, article, sha256};
use crate::segment::sentences;

/// What was told before: sentences of earlier digests, and the sentences of the articles that those were made from.
///
/// It is gathered once for any number of stories: a month of briefings is some thousand sentences, filed under their terms.
///
/// ```
/// use epitome::read::{Markup, ReadOptions, Reading, article};
/// use epitome::{Options, Summarizer, Told};
///
/// let read = |source: &str, text: &str| article(source, text.to_owned(), Markup::Plain, &ReadOptions::default());
/// let monday = read("monday.txt", "The ferry Alda Brim hit the pier of Port Ella on Monday, and 12 people were hurt.");
/// let tuesday = read("tuesday.txt", "The harbour of Port Ella will stay closed until Friday, the harbour master said.");
/// let mut told = Told::new();
/// told.add_known(&monday);
/// let summarizer = Summarizer::new(&Options::default())?;
/// let digest = summarizer.summarize_new(&Reading::of(vec![monday, tuesday], Vec::new()).into_cluster(), &told);
/// let quotes: Vec<&str> = digest.items.iter().map(|item| item.quote.as_str()).collect();
/// assert_eq!(quotes, ["The harbour of Port Ella will stay closed until Friday, the harbour master said."]);
/// # Ok::<(), epitome::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What each sentence that was told says.
    sentences: Vec<Said>,
    /// For each term the sentences that have it, rising.
    holders: FxHashMap<u64, Vec<u32>>,
    /// The words of those sentences.
    word_for_word: FxHashSet<Fingerprint>,
    /// The words of sentences that stood in articles that were read.
    known: FxHashSet<Fingerprint>,
    /// SHA-256 of the texts of articles of which every sentence is known.
    texts: FxHashSet<String>,
}

impl Told {
    /// Nothing was told.
    pub fn new() -> Self {
        Self::default()
    }

    /// What some digests told, and what stood in their sources.
    ///
    /// What stood there is known by [`Source::known`], or by the text that the digest keeps. Failing both, as in digests of
    /// before there was that field, a source is known as a whole while its file has not changed.
    pub fn of_digests<'d>(digests: impl IntoIterator<Item = &'d Digest>) -> Self {
        let mut told = Self::new();
        digests.into_iter().for_each(|digest| told.add_digest(digest));
        told
    }

    /// Adds what a digest told, and what stood in its sources.
    pub fn add_digest(&mut self, digest: &Digest) {
        self.add_quotes(digest);
        digest.sources.iter().for_each(|source| self.add_source(source));
    }

    /// Adds what a digest told, and not what stood in its sources.
    pub fn add_quotes(&mut self, digest: &Digest) {
        for item in &digest.items {
            let language = digest.sources.get(item.citation.article.index()).and_then(|source| source.language);
            self.add_told(&item.quote, language.or(digest.language));
        }
    }

    fn add_source(&mut self, source: &Source) {
        match (&source.known, &source.text) {
            (Some(known), _) => self.known.extend(known.iter()),
            (None, Some(text)) => {
                let options = ReadOptions { language: source.language, ..ReadOptions::default() };
                self.add_known(&article(source.path.as_str(), text.to_string(), source.markup, &options));
            }
            (None, None) => {
                self.texts.insert(source.text_sha256.as_ref().unwrap_or(&source.sha256).clone());
            }
        }
    }

    /// Adds a sentence that was told.
    pub fn add_told(&mut self, text: &str, language: Option<Language>) {
        if !self.word_for_word.insert(Fingerprint::of(text)) {
            return;
        }
        let number = u32::try_from(self.sentences.len()).expect("nobody was told 2^32 sentences");
        let said = Said::of(text, language);
        said.terms().iter().for_each(|term| self.holders.entry(*term).or_default().push(number));
        self.sentences.push(said);
    }

    /// Adds an article that was read before, whether or not any of it was told.
    pub fn add_known(&mut self, article: &Article) {
        let cluster = Cluster { articles: vec![article.clone()], ..Cluster::default() };
        let sentences = sentences(&cluster);
        self.known.extend(sentences.ids().map(|id| Fingerprint::of(sentences.text(id))));
    }

    /// Adds the words of an article that was read before.
    pub fn add_fingerprints(&mut self, known: &Fingerprints) {
        self.known.extend(known.iter());
    }

    /// Whether nothing was told, and nothing is known.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty() && self.known.is_empty() && self.texts.is_empty()
    }

    /// How many sentences were told.
    pub fn told_sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Whether a sentence was told in these words.
    pub(crate) fn is_told(&self, fingerprint: Fingerprint) -> bool {
        self.word_for_word.contains(&fingerprint)
    }

    /// Whether a sentence stood in these words in an article that was read.
    pub(crate) fn is_known(&self, fingerprint: Fingerprint) -> bool {
        self.known.contains(&fingerprint)
    }

    /// Whether all that an article says is known.
    pub(crate) fn knows_all_of(&self, article: &Article) -> bool {
        let is_known = |hash: &String| self.texts.contains(hash);
        !self.texts.is_empty()
            && match article.origin {
                Origin::Extracted => is_known(&sha256(article.text.as_bytes())),
                _ => is_known(&article.sha256),
            }
    }
}
