//! A cluster in, its sentences out.

use std::ops::Range;

use rayon::prelude::*;

use super::Splitter;
use super::splitter::Scratch;
use crate::language::Language;
use crate::model::{Article, ArticleId, Cluster, SentenceId, Span};
use crate::stretches::{FEWEST_BYTES_FOR_THREADS, stretches};

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
    list: Vec<Place>,
    /// For each article, where its sentences stand in `list`.
    ranges: Vec<Range<usize>>,
}

/// A [`Sentence`] in half of its bytes: its position is told by its number.
#[derive(Clone, Copy, Debug)]
struct Place {
    article: ArticleId,
    start: u32,
    end: u32,
}

impl Place {
    fn new(article: ArticleId, span: Span) -> Self {
        let narrow = |at| u32::try_from(at).expect("an article has fewer than 2^32 bytes");
        Self { article, start: narrow(span.start), end: narrow(span.end) }
    }
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
        let Place { article, start, end } = self.list[id.index()];
        let position = (id.index() - self.ranges[article.index()].start) as u32;
        Sentence { article, span: Span::new(start as usize, end as usize), position }
    }

    /// What a sentence says: its bytes as they stand in the source.
    pub fn text(&self, id: SentenceId) -> &'c str {
        let Place { article, start, end } = self.list[id.index()];
        Span::new(start as usize, end as usize).of(&self.cluster[article].text)
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
/// Articles are worked on in parallel where there are enough of them; the result does not depend on the number of
/// threads.
pub fn sentences(cluster: &Cluster) -> Sentences<'_> {
    let splitters = Splitters::of(cluster);
    let bytes: usize = cluster.articles.iter().map(Article::bytes).sum();
    // Of room that is never written to, the system gives none; a list that doubled would be in memory twice.
    let mut list = Vec::with_capacity(bytes / BYTES_A_SENTENCE);
    let mut ranges = Vec::with_capacity(cluster.articles.len());
    if bytes < FEWEST_BYTES_FOR_THREADS {
        splitters.split(cluster, 0..cluster.articles.len(), &mut list, &mut ranges);
        return Sentences { cluster, list, ranges };
    }
    for wave in stretches(cluster.articles.iter().map(Article::bytes), BATCH_BYTES).chunks(BATCHES_A_WAVE) {
        let split = |articles: &Range<usize>| {
            let (mut list, mut ranges) = (Vec::new(), Vec::with_capacity(articles.len()));
            splitters.split(cluster, articles.clone(), &mut list, &mut ranges);
            (list, ranges)
        };
        let of_batches: Vec<(Vec<Place>, Vec<Range<usize>>)> = wave.par_iter().map(split).collect();
        for (sentences, of_articles) in of_batches {
            let before = list.len();
            list.extend(sentences);
            ranges.extend(of_articles.into_iter().map(|range| range.start + before..range.end + before));
        }
    }
    Sentences { cluster, list, ranges }
}

/// What a thread is given at once, unless one article is longer.
const BATCH_BYTES: usize = 50_000;

/// So many batches are split before their sentences are put behind those before them: a large cluster's sentences are in
/// memory once, not twice.
const BATCHES_A_WAVE: usize = 256;

/// A sentence of news has about so many bytes with the white space behind it: a guess of how many there will be.
const BYTES_A_SENTENCE: usize = 100;

/// One splitter for each language of a cluster.
struct Splitters(Vec<(Option<Language>, Splitter)>);

impl Splitters {
    fn of(cluster: &Cluster) -> Self {
        let mut splitters: Vec<(Option<Language>, Splitter)> = Vec::new();
        for article in &cluster.articles {
            if splitters.iter().all(|(language, _)| *language != article.language) {
                splitters.push((article.language, Splitter::new(article.language)));
            }
        }
        Self(splitters)
    }

    fn of_language(&self, language: Option<Language>) -> &Splitter {
        let known = self.0.iter().find(|(known, _)| *known == language);
        &known.expect("there is a splitter for each language of the cluster").1
    }

    /// Adds the sentences of some articles to `list` and, for each of the articles, where they stand in it to `ranges`.
    fn split(&self, cluster: &Cluster, articles: Range<usize>, list: &mut Vec<Place>, ranges: &mut Vec<Range<usize>>) {
        let mut scratch = Scratch::default();
        for index in articles {
            let (id, article, start) = (ArticleId::from(index), &cluster.articles[index], list.len());
            let splitter = self.of_language(article.language);
            for block in article.prose() {
                splitter.split_with(&mut scratch, block.span().of(&article.text), |inner| {
                    list.push(Place::new(id, inner.shifted(block.span().start)));
                });
            }
            ranges.push(start..list.len());
        }
    }
}
