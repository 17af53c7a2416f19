//! A story in, what can be said of each of its sentences in numbers out.

use ndarray::Array2;

use super::{Agreement, Convergence, Story, teleport, textrank};
use crate::model::{SentenceId, TermId, TextRankOptions};
use crate::vectorize::TermMatrix;

/// The features of a sentence, in the order of the columns of [`features`]' matrix and of a printed score.
///
/// A feature marked *rank* is the rank of the sentence among all of its story, from -½ for the lowest to ½ for the
/// highest, equal ones sharing their mean: so a story of short articles and one of long ones are measured alike.
///
/// | name | what it is |
/// |---|---|
/// | `first` | `exp(−p)` for position p in the article, counted from 0 |
/// | `near the top` | `exp(−p/3)` |
/// | `upper part` | `exp(−p/10)` |
/// | `textrank` | its score by TextRank on the graph of agreement between articles; rank |
/// | `like the leads` | cosine to the sum of all rows, each weighted by `1 + 10·exp(−p/3)`; rank |
/// | `like other leads` | the same without the rows of its own article; rank |
/// | `like other articles` | mean over the other articles of the cosine to the sum of their rows; rank |
/// | `held elsewhere` | the share of its terms, weighted by IDF, that another article holds, mean over the others; rank |
/// | `shared phrases` | mean over its bigrams of the share of other articles that hold them; rank |
/// | `frequent phrases` | mean over its bigrams of the logarithm of the number of sentences that hold them; rank |
/// | `frequent words` | the same for its words, stop words included; rank |
/// | `rare words` | mean IDF of its terms; rank |
/// | `content` | terms a word: few where there are many stop words; rank |
/// | `own headline` | the share of its article's headline that it holds; rank |
/// | `headlines` | the same over the words of all headlines, each as often as it stands there; rank |
/// | `length` | its words; rank |
/// | `article length` | the sentences of its article; rank |
/// | `quotation` | 1 if somebody is quoted in it |
/// | `names` | the share of its words, but for the first, that begin with a capital; rank |
pub const FEATURES: [&str; 19] = [
    "first",
    "near the top",
    "upper part",
    "textrank",
    "like the leads",
    "like other leads",
    "like other articles",
    "held elsewhere",
    "shared phrases",
    "frequent phrases",
    "frequent words",
    "rare words",
    "content",
    "own headline",
    "headlines",
    "length",
    "article length",
    "quotation",
    "names",
];

/// How many of [`FEATURES`] stand at the head unranked: the positions.
const POSITIONS: usize = 3;

/// The column of the one other feature that is no rank.
const QUOTATION: usize = 17;

/// What TextRank found, and every feature of every sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// Shape: sentences × [`FEATURES`].
    pub values: Array2<f64>,
    /// How the iteration of TextRank came to rest.
    pub convergence: Convergence,
}

/// Measures every sentence of a story: time and memory grow as the text does.
pub fn features(story: &Story<'_>, options: &TextRankOptions) -> Features {
    let start = teleport(story, options);
    let agreement = Agreement::between(story.sentences.ranges(), &story.matrix);
    let graph = textrank(&agreement, &start, options);
    let mut values = Array2::zeros((story.sentences.len(), FEATURES.len()));
    let mut set = |column: usize, value: &dyn Fn(SentenceId) -> f64| {
        for id in story.sentences.ids() {
            values[[id.index(), column]] = value(id);
        }
    };
    let position = |id: SentenceId| f64::from(story.sentences.get(id).position);
    set(0, &|id| libm::exp(-position(id)));
    set(1, &|id| libm::exp(-position(id) / 3.0));
    set(2, &|id| libm::exp(-position(id) / 10.0));
    set(3, &|id| graph.scores[id.index()]);
    let leads = Sums::of(story, |id| 1.0 + 10.0 * libm::exp(-position(id) / 3.0));
    set(4, &|id| leads.cosine_to_all(story, id));
    set(5, &|id| leads.cosine_to_others(story, id));
    let articles = Spread::of(story);
    set(6, &|id| articles.mean_cosine(story, id));
    set(7, &|id| articles.held(story, id));
    let usage = Usage::of(story);
    set(8, &|id| mean(story.phrases.bigrams(id), |bigram| usage.bigram_articles[bigram.index()]));
    set(9, &|id| mean(story.phrases.bigrams(id), |bigram| usage.bigram_sentences[bigram.index()]));
    set(10, &|id| mean(story.phrases.stems(id), |stem| usage.stem_sentences[stem.index()]));
    set(11, &|id| mean(story.matrix.terms(id), |term| story.matrix.idf()[term.index()]));
    set(12, &|id| story.matrix.terms(id).len() as f64 / story.phrases.stems(id).len().max(1) as f64);
    let headlines = Headlines::of(story);
    set(13, &|id| headlines.own(story, id));
    set(14, &|id| headlines.all(story, id));
    set(15, &|id| story.phrases.stems(id).len() as f64);
    set(16, &|id| story.sentences.range(story.sentences.get(id).article).len() as f64);
    set(QUOTATION, &|id| f64::from(story.sentences.text(id).contains(['"', '“', '”', '„', '«', '»', '「', '『'])));
    set(18, &|id| capitals(story.sentences.text(id)));
    for column in (POSITIONS..FEATURES.len()).filter(|column| *column != QUOTATION) {
        let ranks = ranks(values.column(column).to_vec());
        values.column_mut(column).assign(&ndarray::Array1::from(ranks));
    }
    Features { values, convergence: graph.convergence }
}

/// The rank of each value among all, from -½ to ½; equal values share the mean of their ranks.
fn ranks(values: Vec<f64>) -> Vec<f64> {
    let count = values.len() as f64;
    // A little rounding, so that what differs by the order of a sum alone counts as equal.
    let rounded: Vec<f64> = values.iter().map(|value| libm::round(value * ROUNDING) / ROUNDING).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| rounded[*a].total_cmp(&rounded[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for run in order.chunk_by(|a, b| rounded[*a] == rounded[*b]) {
        let middle = start as f64 + run.len() as f64 / 2.0;
        run.iter().for_each(|at| ranks[*at] = middle / count - 0.5);
        start += run.len();
    }
    ranks
}

/// Values that agree in nine digits behind the point are equal.
const ROUNDING: f64 = 1e9;

fn mean<T>(items: &[T], value: impl Fn(&T) -> f64) -> f64 {
    if items.is_empty() { 0.0 } else { items.iter().map(value).sum::<f64>() / items.len() as f64 }
}

/// The share of words, but for the first, that begin with a capital.
fn capitals(text: &str) -> f64 {
    let (mut words, mut capitals) = (0_usize, 0_usize);
    for word in text.split_whitespace().skip(1) {
        words += 1;
        capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    capitals as f64 / words.max(1) as f64
}

/// The sum of all weighted rows, and what each sentence's own article has of it.
struct Sums {
    /// For each sentence its product with the sum of all rows.
    all: Vec<f64>,
    all_length: f64,
    /// For each sentence its product with the sum of its own article's rows.
    own: Vec<f64>,
    /// For each article the length of the sum of all other rows.
    others_length: Vec<f64>,
}

impl Sums {
    fn of(story: &Story<'_>, weight: impl Fn(SentenceId) -> f64) -> Self {
        let matrix = &story.matrix;
        let mut sum = vec![0.0; matrix.width()];
        story.sentences.ids().for_each(|id| matrix.add_row(id, weight(id), &mut sum));
        let all = story.sentences.ids().map(|id| dot(matrix, id, &sum)).collect();
        let square: f64 = sum.iter().map(|x| x * x).sum();
        let mut own_sum = vec![0.0; matrix.width()];
        let mut own = vec![0.0; story.sentences.len()];
        let mut others_length = Vec::with_capacity(story.sentences.ranges().len());
        for range in story.sentences.ranges() {
            let ids = || range.clone().map(SentenceId::from);
            ids().for_each(|id| matrix.add_row(id, weight(id), &mut own_sum));
            ids().for_each(|id| own[id.index()] = dot(matrix, id, &own_sum));
            // |all − own|² = |all|² − 2 all·own + |own|², over the article's own terms alone, each cleared as it is taken.
            let (mut shared, mut own_square) = (0.0, 0.0);
            for term in ids().flat_map(|id| matrix.terms(id)) {
                let weight = std::mem::take(&mut own_sum[term.index()]);
                shared += weight * sum[term.index()];
                own_square += weight * weight;
            }
            others_length.push((square - 2.0 * shared + own_square).max(0.0).sqrt());
        }
        Self { all, all_length: square.sqrt(), own, others_length }
    }

    fn cosine_to_all(&self, _: &Story<'_>, id: SentenceId) -> f64 {
        self.all[id.index()] / self.all_length.max(f64::MIN_POSITIVE)
    }

    fn cosine_to_others(&self, story: &Story<'_>, id: SentenceId) -> f64 {
        let length = self.others_length[story.sentences.get(id).article.index()];
        if length > LEAST_LENGTH { (self.all[id.index()] - self.own[id.index()]) / length } else { 0.0 }
    }
}

/// A sum of rows that is shorter than this is empty but for rounding.
const LEAST_LENGTH: f64 = 1e-6;

fn dot(matrix: &TermMatrix, id: SentenceId, dense: &[f64]) -> f64 {
    matrix.row(id).map(|(term, weight)| weight * dense[term.index()]).sum()
}

/// How terms are spread over articles.
struct Spread {
    /// For each sentence its product with the sum of the directions of all other articles.
    products: Vec<f64>,
    /// For each term in how many articles it stands.
    holding: Vec<u32>,
    /// How many other articles there are; at least 1, to divide by.
    others: f64,
}

impl Spread {
    fn of(story: &Story<'_>) -> Self {
        let matrix = &story.matrix;
        let ranges = story.sentences.ranges();
        let mut directions = vec![0.0; matrix.width()];
        let mut holding = vec![0_u32; matrix.width()];
        let mut own = vec![0.0; matrix.width()];
        let mut own_products = vec![0.0; story.sentences.len()];
        for range in ranges {
            let ids = || range.clone().map(SentenceId::from);
            ids().for_each(|id| matrix.add_row(id, 1.0, &mut own));
            ids().for_each(|id| own_products[id.index()] = dot(matrix, id, &own));
            let mut terms: Vec<(TermId, f64)> = Vec::new();
            for term in ids().flat_map(|id| matrix.terms(id)) {
                let weight = std::mem::take(&mut own[term.index()]);
                if weight > 0.0 {
                    terms.push((*term, weight));
                }
            }
            let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            ids().for_each(|id| own_products[id.index()] /= length);
            for (term, weight) in terms {
                directions[term.index()] += weight / length;
                holding[term.index()] += 1;
            }
        }
        let products =
            story.sentences.ids().map(|id| dot(matrix, id, &directions) - own_products[id.index()]).collect();
        Self { products, holding, others: others(story) }
    }

    fn mean_cosine(&self, _: &Story<'_>, id: SentenceId) -> f64 {
        self.products[id.index()] / self.others
    }

    fn held(&self, story: &Story<'_>, id: SentenceId) -> f64 {
        let idf = story.matrix.idf();
        let terms = story.matrix.terms(id);
        let held: f64 = terms.iter().map(|term| idf[term.index()] * f64::from(self.holding[term.index()] - 1)).sum();
        held / self.others / story.matrix.mass(id).max(f64::MIN_POSITIVE)
    }
}

/// How many articles a sentence's own is held against, at least 1.
fn others(story: &Story<'_>) -> f64 {
    story.sentences.articles_with_sentences().saturating_sub(1).max(1) as f64
}

/// How often stems and bigrams are used.
struct Usage {
    /// For each stem the logarithm of the number of sentences that hold it.
    stem_sentences: Vec<f64>,
    /// For each bigram the same.
    bigram_sentences: Vec<f64>,
    /// For each bigram the share of other articles that hold it, seen from one that does.
    bigram_articles: Vec<f64>,
}

impl Usage {
    fn of(story: &Story<'_>) -> Self {
        let phrases = &story.phrases;
        let mut stems = Holders::new(phrases.distinct_stems());
        let mut bigrams = Holders::new(phrases.distinct_bigrams());
        let mut articles = Holders::new(phrases.distinct_bigrams());
        for id in story.sentences.ids() {
            let article = story.sentences.get(id).article.0;
            phrases.stems(id).iter().for_each(|stem| stems.count(stem.index(), id.0));
            for bigram in phrases.bigrams(id) {
                bigrams.count(bigram.index(), id.0);
                articles.count(bigram.index(), article);
            }
        }
        let logarithm = |holders: Holders| holders.counts.iter().map(|n| libm::log(f64::from(*n).max(1.0))).collect();
        let others = others(story);
        let bigram_articles = articles.counts.iter().map(|n| f64::from(n.saturating_sub(1)) / others).collect();
        Self { stem_sentences: logarithm(stems), bigram_sentences: logarithm(bigrams), bigram_articles }
    }
}

/// How many sentences, or articles, hold each of something; they are gone through in order.
struct Holders {
    counts: Vec<u32>,
    /// The last that was counted for each, plus one.
    last: Vec<u32>,
}

impl Holders {
    fn new(kinds: usize) -> Self {
        Self { counts: vec![0; kinds], last: vec![0; kinds] }
    }

    fn count(&mut self, kind: usize, holder: u32) {
        if self.last[kind] != holder + 1 {
            self.last[kind] = holder + 1;
            self.counts[kind] += 1;
        }
    }
}

/// The words of headlines.
struct Headlines {
    /// For each stem in how many headlines it stands.
    counts: Vec<u32>,
    /// The sum of those.
    total: u32,
}

impl Headlines {
    fn of(story: &Story<'_>) -> Self {
        let mut counts = vec![0; story.phrases.distinct_stems()];
        let mut total = 0;
        for article in 0..story.sentences.ranges().len() {
            for stem in story.phrases.title(article.into()) {
                counts[stem.index()] += 1;
                total += 1;
            }
        }
        Self { counts, total }
    }

    fn own(&self, story: &Story<'_>, id: SentenceId) -> f64 {
        let title = story.phrases.title(story.sentences.get(id).article);
        let held = title.iter().filter(|stem| story.phrases.stems(id).contains(stem)).count();
        held as f64 / title.len().max(1) as f64
    }

    fn all(&self, story: &Story<'_>, id: SentenceId) -> f64 {
        let mut stems = story.phrases.stems(id).to_vec();
        stems.sort_unstable();
        stems.dedup();
        let held: u32 = stems.iter().map(|stem| self.counts[stem.index()]).sum();
        f64::from(held) / f64::from(self.total.max(1))
    }
}
