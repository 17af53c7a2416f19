//! A story in, what can be said of each of its sentences in numbers out.

use std::ops::Range;

use ndarray::Array2;

use super::teleport::relevance;
use super::{Agreement, Convergence, Story, teleport, textrank};
use crate::marks::{closes_quotation, opens_quotation};
use crate::model::{SentenceId, StemId, TermId, TextRankOptions};
use crate::vectorize::TermMatrix;

/// The features of a sentence, in the order of the columns of [`features`]' matrix and of a printed score.
///
/// A feature marked *rank* is the rank of the sentence among all of its story, from -½ for the lowest to ½ for the
/// highest, equal ones sharing their mean: so a story of short articles and one of long ones are measured alike.
///
/// | name | what it is |
/// |---|---|
/// | `first` | `exp(−p)` for position p in the article, counted from 0, times the relevance of the article, see [`teleport`] |
/// | `near the top` | `exp(−p/3)`, times that |
/// | `textrank` | its score by TextRank on the graph of agreement between articles; rank |
/// | `like other articles` | mean over the other articles of the cosine to the sum of their rows; rank |
/// | `article` | mean of that over the sentences of its article; rank |
/// | `early phrases` | mean over its bigrams of how `near the top` any article has one first; rank |
/// | `lead phrases` | mean over its bigrams of the mean over all articles of that, without bigrams of common words; rank |
/// | `frequent words` | mean over its words, stop words included, of the logarithm of the number of sentences that hold them; rank |
/// | `rare words` | mean IDF of its terms; rank |
/// | `new words` | the share of its terms that its article has not had before; rank |
/// | `content` | terms a word: few where there are many stop words; rank |
/// | `long words` | letters and digits a word; rank |
/// | `headlines` | the share of the words of all headlines that it holds, each as often as it stands there; rank |
/// | `names` | the share of its words, but for the first, that begin with a capital; rank |
/// | `quotation` | 1 if somebody is quoted in it |
/// | `quoted` | the share of its characters that stand in quotation marks |
/// | `opens quoted` | 1 if it begins with a quotation |
pub const FEATURES: [&str; 17] = [
    "first",
    "near the top",
    "textrank",
    "like other articles",
    "article",
    "early phrases",
    "lead phrases",
    "frequent words",
    "rare words",
    "new words",
    "content",
    "long words",
    "headlines",
    "names",
    "quotation",
    "quoted",
    "opens quoted",
];

/// The columns that are ranks: all but the positions at the head and the quotations at the end.
const RANKS: Range<usize> = 2..14;

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
    // Of the articles that were crawled for a story 18 % were about something else (WCEP): how they begin tells nothing.
    let relevance = relevance(story);
    let of_article = |id: SentenceId| relevance[story.sentences.get(id).article.index()];
    set(0, &|id| of_article(id) * libm::exp(-f64::from(story.sentences.get(id).position)));
    let near_the_top = |id: SentenceId| of_article(id) * near_the_top(story.sentences.get(id).position);
    let others = agreement_with_others(story);
    let agreed = ranks(others.clone());
    set(1, &near_the_top);
    set(2, &|id| graph.scores[id.index()]);
    set(3, &|id| others[id.index()]);
    let of_articles = means_of_articles(story, &agreed);
    set(4, &|id| of_articles[story.sentences.get(id).article.index()]);
    let usage = Usage::of(story, near_the_top);
    set(5, &|id| mean(story.phrases.bigrams(id), |bigram| usage.earliest[bigram.index()]));
    set(6, &|id| mean(story.phrases.bigrams(id), |bigram| usage.in_leads[bigram.index()]));
    set(7, &|id| mean(story.phrases.stems(id), |stem| usage.stem_sentences[stem.index()]));
    set(8, &|id| mean(story.matrix.terms(id), |term| story.matrix.idf()[term.index()]));
    let new = new_words(story);
    set(9, &|id| new[id.index()]);
    set(10, &|id| per_word(story, id, story.matrix.terms(id).len()));
    set(11, &|id| per_word(story, id, story.sentences.text(id).chars().filter(|c| c.is_alphanumeric()).count()));
    let headlines = Headlines::of(story);
    set(12, &|id| headlines.held(story, id));
    set(13, &|id| capitals(story.sentences.text(id)));
    let quoted: Vec<f64> = story.sentences.ids().map(|id| quoted_share(story.sentences.text(id))).collect();
    set(14, &|id| f64::from(quoted[id.index()] > 0.0));
    set(15, &|id| quoted[id.index()]);
    set(16, &|id| f64::from(opens_quoted(story.sentences.text(id))));
    for column in RANKS {
        let ranks = ranks(values.column(column).to_vec());
        values.column_mut(column).assign(&ndarray::Array1::from(ranks));
    }
    Features { values, convergence: graph.convergence }
}

/// How much a sentence or a phrase counts for standing near the top: 1 for the first sentence, 1/e for the fourth.
fn near_the_top(position: u32) -> f64 {
    libm::exp(-f64::from(position) / 3.0)
}

fn per_word(story: &Story<'_>, id: SentenceId, count: usize) -> f64 {
    count as f64 / story.phrases.stems(id).len().max(1) as f64
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

fn mean<T>(items: &[T], value: impl FnMut(&T) -> f64) -> f64 {
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

/// The share of a sentence's characters that stand in quotation marks. A quotation that is not closed reaches to the end.
fn quoted_share(text: &str) -> f64 {
    let (mut open, mut before): (Option<char>, Option<char>) = (None, None);
    let (mut inside, mut all) = (0_usize, 0_usize);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        all += 1;
        match open {
            Some(opener) if closes_quotation(opener, c) => open = None,
            Some(_) => inside += 1,
            None if opens_quotation(c, before, characters.peek().copied()) => open = Some(c),
            None => {}
        }
        before = Some(c);
    }
    inside as f64 / all.max(1) as f64
}

fn opens_quoted(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| opens_quotation(first, None, characters.next()))
}

fn dot(matrix: &TermMatrix, id: SentenceId, dense: &[f64]) -> f64 {
    matrix.row(id).map(|(term, weight)| weight * dense[term.index()]).sum()
}

/// For each sentence the mean over the other articles of the cosine to the sum of their rows.
fn agreement_with_others(story: &Story<'_>) -> Vec<f64> {
    let matrix = &story.matrix;
    // The sum of the directions of all articles, and for each sentence its product with that of its own.
    let mut directions = vec![0.0; matrix.width()];
    let mut own = vec![0.0; matrix.width()];
    let mut own_products = vec![0.0; story.sentences.len()];
    for range in story.sentences.ranges() {
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
        terms.into_iter().for_each(|(term, weight)| directions[term.index()] += weight / length);
    }
    let others = story.sentences.articles_with_sentences().saturating_sub(1).max(1) as f64;
    let of_others = |id: SentenceId| (dot(matrix, id, &directions) - own_products[id.index()]) / others;
    story.sentences.ids().map(of_others).collect()
}

/// For each article the mean of what its sentences have.
fn means_of_articles(story: &Story<'_>, values: &[f64]) -> Vec<f64> {
    story.sentences.ranges().iter().map(|range| mean(&values[range.clone()], |value| *value)).collect()
}

/// For each sentence the share of its terms that no sentence before it in its article has.
fn new_words(story: &Story<'_>) -> Vec<f64> {
    let mut seen = Holders::new(story.matrix.width());
    let share = |id: SentenceId| {
        let article = story.sentences.get(id).article.0;
        mean(story.matrix.terms(id), |term| f64::from(seen.count(term.index(), article)))
    };
    story.sentences.ids().map(share).collect()
}

/// How stems and bigrams are used.
struct Usage {
    /// For each stem the logarithm of the number of sentences that hold it.
    stem_sentences: Vec<f64>,
    /// For each bigram how near the top of any article it first stands.
    earliest: Vec<f64>,
    /// For each bigram the mean over all articles of how near the top it first stands; 0 for two common words.
    in_leads: Vec<f64>,
}

/// A word is common if at least this share of all sentences hold it.
const COMMON: f64 = 0.2;

impl Usage {
    /// `near_the_top` says how near the top of an article a sentence stands.
    fn of(story: &Story<'_>, near_the_top: impl Fn(SentenceId) -> f64) -> Self {
        let phrases = &story.phrases;
        let mut stems = Holders::new(phrases.distinct_stems());
        for id in story.sentences.ids() {
            phrases.stems(id).iter().for_each(|stem| _ = stems.count(stem.index(), id.0));
        }
        let sentences = story.sentences.len() as f64;
        let common = |stem: StemId| f64::from(stems.counts[stem.index()]) >= COMMON * sentences;
        let mut articles = Holders::new(phrases.distinct_bigrams());
        let mut earliest: Vec<f64> = vec![0.0; phrases.distinct_bigrams()];
        let mut in_leads = vec![0.0; phrases.distinct_bigrams()];
        for id in story.sentences.ids() {
            let sentence = story.sentences.get(id);
            let near = near_the_top(id);
            for (bigram, pair) in phrases.bigrams(id).iter().zip(phrases.stems(id).windows(2)) {
                if articles.count(bigram.index(), sentence.article.0) {
                    let earliest = &mut earliest[bigram.index()];
                    *earliest = earliest.max(near);
                    if !(common(pair[0]) && common(pair[1])) {
                        in_leads[bigram.index()] += near;
                    }
                }
            }
        }
        let articles = story.sentences.articles_with_sentences().max(1) as f64;
        in_leads.iter_mut().for_each(|sum| *sum /= articles);
        let stem_sentences = stems.counts.iter().map(|n| libm::log(f64::from(*n).max(1.0))).collect();
        Self { stem_sentences, earliest, in_leads }
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

    /// Whether this is the first time that the holder has it.
    fn count(&mut self, kind: usize, holder: u32) -> bool {
        let new = self.last[kind] != holder + 1;
        if new {
            self.last[kind] = holder + 1;
            self.counts[kind] += 1;
        }
        new
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

    fn held(&self, story: &Story<'_>, id: SentenceId) -> f64 {
        let mut stems = story.phrases.stems(id).to_vec();
        stems.sort_unstable();
        stems.dedup();
        let held: u32 = stems.iter().map(|stem| self.counts[stem.index()]).sum();
        f64::from(held) / f64::from(self.total.max(1))
    }
}
