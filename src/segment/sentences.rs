//! A cluster in, its sentences out.

use std::ops::Range;

use rayon::prelude::*;

use super::Splitter;
use crate::model::{Article, ArticleId, Cluster, SentenceId, Span};

/// Where a sentence stands, not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its bytes in that article's text, without white space at the ends.
    pub span: Span,
    /// How many sentences of running text stand before it in the article.
    pub position: u32,
}

/// The sentences of a cluster: all of the first article in order, then all of the second, and so on.
#[derive(Clone, Debug)]
pub struct Sentences<'c> {
    cluster: &'c Cluster,
    list: Vec<Sentence>,
    /// For each article, where its sentences stand in `list`.
    ranges: Vec<Range<usize>>,
}

impl<'c> Sentences<'c> {
    /// The cluster that they are sentences of.
    pub fn cluster(&self) -> &'c Cluster {
        self.cluster
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Where a sentence stands.
    pub fn get(&self, id: SentenceId) -> Sentence {
        self.list[id.index()]
    }

    /// What a sentence says: its bytes as they stand in the source.
    pub fn text(&self, id: SentenceId) -> &'c str {
        let sentence = self.get(id);
        sentence.span.of(&self.cluster[sentence.article].text)
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = SentenceId> + ExactSizeIterator + use<> {
        (0..self.list.len()).map(SentenceId::from)
    }

    /// The ids of one article's sentences, as positions.
    pub fn range(&self, article: ArticleId) -> Range<usize> {
        self.ranges[article.index()].clone()
    }

    /// For each article the positions of its sentences; one range per article of the cluster, empty ones included.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// How many articles have a sentence.
    pub fn articles_with_sentences(&self) -> usize {
        self.ranges.iter().filter(|range| !range.is_empty()).count()
    }
}

/// Finds the sentences of all running text, each article by the rules of its own language.
///
/// Articles are worked on in parallel; the result does not depend on the number of threads.
pub fn sentences(cluster: &Cluster) -> Sentences<'_> {
    let splitters = Splitters::of(cluster);
    let per_article: Vec<Vec<Sentence>> = cluster
        .articles
        .par_iter()
        .enumerate()
        .with_min_len(ARTICLES_A_TASK)
        .map(|(index, article)| article_sentences(ArticleId::from(index), article, splitters.for_article(index)))
        .collect();
    let mut list = Vec::with_capacity(per_article.iter().map(Vec::len).sum());
    let mut ranges = Vec::with_capacity(per_article.len());
    for sentences in per_article {
        let start = list.len();
        list.extend(sentences);
        ranges.push(start..list.len());
    }
    Sentences { cluster, list, ranges }
}

/// Fewer articles than this are not worth waking a second thread.
const ARTICLES_A_TASK: usize = 16;

/// One splitter for each language of a cluster.
struct Splitters {
    splitters: Vec<Splitter>,
    /// For each article, which splitter.
    of_article: Vec<usize>,
}

impl Splitters {
    fn of(cluster: &Cluster) -> Self {
        let mut languages = Vec::new();
        let of_article = cluster
            .articles
            .iter()
            .map(|article| {
                languages.iter().position(|language| *language == article.language).unwrap_or_else(|| {
                    languages.push(article.language);
                    languages.len() - 1
                })
            })
            .collect();
        let splitters = languages.into_iter().map(Splitter::new).collect();
        Self { splitters, of_article }
    }

    fn for_article(&self, index: usize) -> &Splitter {
        &self.splitters[self.of_article[index]]
    }
}

fn article_sentences(id: ArticleId, article: &Article, splitter: &Splitter) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for block in article.prose() {
        splitter.split(block.span.of(&article.text), |inner| {
            let position = u32::try_from(sentences.len()).expect("fewer than 2^32 sentences in an article");
            sentences.push(Sentence { article: id, span: inner.shifted(block.span.start), position });
        });
    }
    sentences
}
