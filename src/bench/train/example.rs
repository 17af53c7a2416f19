//! A story and what people wrote of it in, the equations of a least-squares fit out.

use ndarray::{Array1, Array2, Axis};
use rustc_hash::FxHashMap;

use crate::bench::corpus::Item;
use crate::bench::rouge::{RougeTokens, TokenId, Tokenizer};
use crate::model::{Options, SentenceId};
use crate::rank::{FEATURES, RELATIONS, Story, features, prior_of, rank};
use crate::segment::sentences;
use crate::select::rehearse;

/// How many coefficients a prior has: one for each feature and relation in a short digest, and one in a long one.
pub const COEFFICIENTS: usize = 2 * (FEATURES.len() + RELATIONS.len());

/// How much a bigram counts that a sentence adds, against a single token. From 1 to 3 it moves ROUGE-2 by .2 points.
const BIGRAM_WEIGHT: f64 = 2.0;

/// The sums of a least-squares fit of gains y from rows x: `Σ x xᵀ` and `Σ x y`, both less their means at each step of
/// choosing, since a step only compares.
#[derive(Clone, Debug, PartialEq)]
pub struct Equations {
    /// Shape: [`COEFFICIENTS`] × [`COEFFICIENTS`].
    pub products: Array2<f64>,
    /// Length: [`COEFFICIENTS`].
    pub gains: Array1<f64>,
}

impl Equations {
    /// No example at all.
    pub fn empty() -> Self {
        Self { products: Array2::zeros((COEFFICIENTS, COEFFICIENTS)), gains: Array1::zeros(COEFFICIENTS) }
    }

    /// Adds others, `weight` times.
    pub fn add(&mut self, other: &Self, weight: f64) {
        self.products.scaled_add(weight, &other.products);
        self.gains.scaled_add(weight, &other.gains);
    }
}

/// The equations of one story: every step of choosing a digest with `options` counts the same, and together they count 1,
/// whatever the length of the story.
pub fn equations(item: &Item, tokens: RougeTokens, options: &Options) -> Equations {
    let story = Story::new(sentences(&item.cluster));
    let values = features(&story, &options.textrank);
    let length = prior_of(options).length(story.words_within(options.budget));
    let mut gains = Gains::of(item, &story, tokens);
    let mut steps = Vec::new();
    rehearse(&story, &rank(&story, options), options, |step| {
        if let Some(new) = step.chosen.last() {
            gains.take(*new);
        }
        let row = |(id, relations): &(SentenceId, [f64; RELATIONS.len()])| {
            let features = values.row(id.index()).iter().chain(relations).copied().collect::<Vec<f64>>();
            row(&features, length)
        };
        let rows: Vec<f64> = step.candidates.iter().flat_map(row).collect();
        let rows = Array2::from_shape_vec((step.candidates.len(), COEFFICIENTS), rows).expect("rows of equal length");
        let gained: Array1<f64> = step.candidates.iter().map(|(id, _)| gains.of_sentence(*id)).collect();
        steps.push(centred(rows, gained));
    });
    let mut sum = Equations::empty();
    for step in &steps {
        sum.add(step, 1.0 / steps.len() as f64);
    }
    sum
}

/// The features once for a short digest and once for a long one, each as far as the digest is that.
fn row(features: &[f64], length: f64) -> Vec<f64> {
    let short = features.iter().map(|value| value * (1.0 - length));
    short.chain(features.iter().map(|value| value * length)).collect()
}

/// How much more the candidates count that would add much: those that add nothing are many, and none of them comes near to
/// being chosen. Without it a digest of Multi-News loses .6 points of ROUGE-2; between 1 and 4 it moves by .2.
const EMPHASIS: f64 = 2.0;

/// What a candidate counts that adds nothing, against 1 more for the one that adds most.
const LEAST_EMPHASIS: f64 = 0.1;

fn centred(mut rows: Array2<f64>, mut gains: Array1<f64>) -> Equations {
    let most = gains.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut weights = gains.mapv(|gain| LEAST_EMPHASIS + libm::pow(gain / most, EMPHASIS));
    weights /= weights.sum();
    rows -= &weights.dot(&rows);
    gains -= weights.dot(&gains);
    let weighted = &rows * &weights.view().insert_axis(Axis(1));
    Equations { products: weighted.t().dot(&rows), gains: weighted.t().dot(&gains) }
}

/// What each sentence of a story would add to a digest of it.
struct Gains {
    /// The tokens of each sentence.
    sentences: Vec<Vec<TokenId>>,
    references: Vec<Left>,
}

/// What of a reference no chosen sentence holds yet.
#[derive(Default)]
struct Left {
    tokens: FxHashMap<TokenId, i64>,
    bigrams: FxHashMap<(TokenId, TokenId), i64>,
}

impl Gains {
    fn of(item: &Item, story: &Story<'_>, tokens: RougeTokens) -> Self {
        let mut tokenizer = Tokenizer::new(tokens);
        let mut left = |text: &String| {
            let summary = tokenizer.summary(text);
            let mut left = Left::default();
            summary.tokens().iter().for_each(|token| *left.tokens.entry(*token).or_default() += 1);
            summary.tokens().windows(2).for_each(|pair| *left.bigrams.entry((pair[0], pair[1])).or_default() += 1);
            left
        };
        let references = item.references.iter().map(&mut left).collect();
        let tokens = |id| tokenizer.sentence(story.sentences.text(id)).tokens().to_vec();
        Self { sentences: story.sentences.ids().map(tokens).collect(), references }
    }

    /// Notes that a sentence is chosen: what it holds need not be held again.
    fn take(&mut self, id: SentenceId) {
        let tokens = &self.sentences[id.index()];
        for left in &mut self.references {
            tokens.iter().for_each(|token| _ = left.tokens.entry(*token).and_modify(|count| *count -= 1));
            tokens
                .windows(2)
                .for_each(|pair| _ = left.bigrams.entry((pair[0], pair[1])).and_modify(|count| *count -= 1));
        }
    }

    /// What a sentence would add a token: tokens and weighted bigrams of the references that are not held yet, mean over
    /// the references. As a share of its length, because what limits a digest is its length.
    fn of_sentence(&self, id: SentenceId) -> f64 {
        let tokens = &self.sentences[id.index()];
        let pairs: Vec<(TokenId, TokenId)> = tokens.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let gain =
            |left: &Left| matched(tokens, &left.tokens) as f64 + BIGRAM_WEIGHT * matched(&pairs, &left.bigrams) as f64;
        let sum: f64 = self.references.iter().map(gain).sum();
        sum / self.references.len().max(1) as f64 / tokens.len().max(1) as f64
    }
}

/// How many items are among what is left, each no more often than it is left.
fn matched<T: Copy + Eq + std::hash::Hash + Ord>(items: &[T], left: &FxHashMap<T, i64>) -> i64 {
    let mut items = items.to_vec();
    items.sort_unstable();
    let runs = items.chunk_by(|a, b| a == b);
    runs.map(|run| left.get(&run[0]).map_or(0, |left| (*left).clamp(0, run.len() as i64))).sum()
}
