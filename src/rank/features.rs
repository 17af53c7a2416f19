//! A story in, what can be said of each of its sentences in numbers out.

use std::ops::Range;

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use super::surface::Surface;
use super::teleport::{relevance, teleport_by};
use super::{Agreement, Convergence, Story, Visits, textrank};
use crate::model::{SentenceId, StemId, TermId, TextRankOptions};
use crate::vectorize::{Bigram, TermMatrix};

/// The features of a sentence, in the order of the columns of [`features`]' matrix and of a printed score.
///
/// A feature marked *rank* is the rank of the sentence among all of its story, from -½ for the lowest to ½ for the
/// highest, equal ones sharing their mean: so a story of short articles and one of long ones are measured alike.
///
/// | name | what it is |
/// |---|---|
/// | `first` | `exp(−p)` for position p in the article, counted from 0, times the relevance of the article, see [`teleport`](fn@super::teleport) |
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
    let mut values = Array2::zeros((story.sentences.len(), FEATURES.len()));
    let convergence = each_feature(story, options, |feature, column| {
        values.column_mut(feature).assign(&ArrayView1::from(column));
    });
    Features { values, convergence }
}

/// Measures the sentences of a story by one feature after the other, in the order of [`FEATURES`], and calls `each` with the
/// number of the feature and its value for every sentence. No more than a column is kept of what was called.
pub(super) fn each_feature(
    story: &Story<'_>,
    options: &TextRankOptions,
    mut each: impl FnMut(usize, &[f64]),
) -> Convergence {
    // Of the articles that were crawled for a story 18 % were about something else (WCEP): how they begin tells nothing.
    let relevance = relevance(story);
    let mut columns = Columns::new(story);
    let mut feature = 0;
    let mut next = |columns: &mut Columns<'_, '_>| {
        if RANKS.contains(&feature) {
            columns.rank();
        }
        each(feature, &columns.values);
        feature += 1;
    };
    let positions = Positions::of(story);
    columns.fill(|place| relevance[place.article] * positions.first[place.position]);
    next(&mut columns);
    let near_the_top = |place: Place| relevance[place.article] * positions.near_the_top[place.position];
    columns.fill(near_the_top);
    next(&mut columns);
    let start = teleport_by(story, &relevance, options);
    let agreement = Agreement::between(story.sentences.ranges(), &story.matrix);
    let Visits { scores, convergence } = textrank(&agreement, &start, options);
    drop((agreement, start));
    columns.values.copy_from_slice(scores.as_slice().expect("one score behind the other"));
    drop(scores);
    next(&mut columns);
    agreement_with_others(story, &mut columns.values);
    next(&mut columns);
    let of_articles = means_of_articles(story, &columns.values);
    columns.fill(|place| of_articles[place.article]);
    next(&mut columns);
    let usage = Usage::of(story, &near_the_top);
    let mut in_leads = vec![0.0; story.sentences.len()];
    columns.fill_both(&mut in_leads, |place| usage.mean_of_bigrams(story, place.id));
    next(&mut columns);
    columns.values = in_leads;
    next(&mut columns);
    let Usage { stem_sentences, .. } = usage;
    columns.fill(|place| mean(story.phrases.stems(place.id), |stem| stem_sentences[stem.index()]));
    next(&mut columns);
    drop(stem_sentences);
    let idf = story.matrix.idf();
    columns.fill(|place| mean(story.matrix.terms(place.id).iter(), |term| idf[term.index()]));
    next(&mut columns);
    new_words(story, &mut columns.values);
    next(&mut columns);
    columns.fill(|place| per_word(story, place.id, story.matrix.terms(place.id).len()));
    next(&mut columns);
    let surfaces = Surfaces::of(story);
    columns.fill(|place| per_word(story, place.id, surfaces.letters[place.id.index()] as usize));
    next(&mut columns);
    let headlines = Headlines::of(story);
    headlines.held(story, &mut columns.values);
    next(&mut columns);
    columns.fill(|place| surfaces.capitals[place.id.index()]);
    next(&mut columns);
    columns.fill(|place| f64::from(surfaces.quoted[place.id.index()] > 0.0));
    next(&mut columns);
    columns.fill(|place| surfaces.quoted[place.id.index()]);
    next(&mut columns);
    columns.fill(|place| f64::from(surfaces.opens_quoted[place.id.index()]));
    next(&mut columns);
    convergence
}

/// Where a sentence stands.
#[derive(Clone, Copy)]
struct Place {
    id: SentenceId,
    article: usize,
    position: usize,
}

impl Place {
    fn of(story: &Story<'_>, at: usize) -> Self {
        let id = SentenceId::from(at);
        let sentence = story.sentences.get(id);
        Self { id, article: sentence.article.index(), position: sentence.position as usize }
    }
}

/// One value for each sentence, and what is needed to fill and to rank them.
struct Columns<'s, 'c> {
    story: &'s Story<'c>,
    values: Vec<f64>,
    /// Sentences by their values, to rank them: the value above, the sentence in the bits below.
    order: Vec<u64>,
}

impl<'s, 'c> Columns<'s, 'c> {
    fn new(story: &'s Story<'c>) -> Self {
        Self { story, values: vec![0.0; story.sentences.len()], order: Vec::new() }
    }

    /// Gives every sentence a value that does not depend on others'.
    fn fill(&mut self, value: impl Fn(Place) -> f64 + Sync) {
        let story = self.story;
        let set = |(at, own): (usize, &mut f64)| *own = value(Place::of(story, at));
        if self.values.len() < FEWEST_IN_PARALLEL {
            self.values.iter_mut().enumerate().for_each(set);
        } else {
            self.values.par_iter_mut().enumerate().for_each(set);
        }
    }

    /// The same with two values at once, of which the second goes into `second`.
    fn fill_both(&mut self, second: &mut [f64], values: impl Fn(Place) -> [f64; 2] + Sync) {
        let story = self.story;
        let set = |(at, (first, second)): (usize, (&mut f64, &mut f64))| {
            [*first, *second] = values(Place::of(story, at));
        };
        if self.values.len() < FEWEST_IN_PARALLEL {
            self.values.iter_mut().zip(second).enumerate().for_each(set);
        } else {
            self.values.par_iter_mut().zip(second).enumerate().for_each(set);
        }
    }

    /// Puts in place of each value its rank among all, from -½ to ½; equal values share the mean of their ranks.
    fn rank(&mut self) {
        // A number and a sentence in one word sort faster than a pair. With 24 bits for sentences, values up to 500 are
        // told apart, and larger ones are equal: a word of so many letters is none.
        const FEWEST_BITS: u32 = 24;
        let bits = FEWEST_BITS.max(usize::BITS - self.values.len().leading_zeros());
        let largest = (1_i64 << (63 - bits)) - 1;
        // A little rounding, so that what differs by the order of a sum alone counts as equal.
        let rounded = |value: f64| (value * ROUNDING + f64::copysign(0.5, value)) as i64;
        let key = |value: f64| (rounded(value).clamp(-largest, largest) + largest) as u64;
        self.order.clear();
        self.order.extend(self.values.iter().zip(0..).map(|(value, at): (_, u64)| key(*value) << bits | at));
        if self.order.len() < FEWEST_IN_PARALLEL {
            self.order.sort_unstable();
        } else {
            self.order.par_sort_unstable();
        }
        let count = self.values.len() as f64;
        let mut start = 0;
        for run in self.order.chunk_by(|a, b| a >> bits == b >> bits) {
            let middle = start as f64 + run.len() as f64 / 2.0;
            run.iter().for_each(|entry| self.values[(entry & ((1 << bits) - 1)) as usize] = middle / count - 0.5);
            start += run.len();
        }
    }
}

/// Fewer sentences than this are not worth waking a second thread for one feature.
const FEWEST_IN_PARALLEL: usize = 20_000;

/// How much each position counts.
struct Positions {
    /// `exp(−p)`.
    first: Vec<f64>,
    /// `exp(−p/3)`: 1 for the first sentence, 1/e for the fourth.
    near_the_top: Vec<f64>,
}

impl Positions {
    /// Beyond so many sentences nothing is left of either.
    const LAST: usize = 2_300;

    fn of(story: &Story<'_>) -> Self {
        let longest = story.sentences.ranges().iter().map(Range::len).max().unwrap_or(0);
        let decay = |scale: f64| {
            let value = move |position: usize| libm::exp(-(position as f64) / scale);
            let mut values: Vec<f64> = (0..longest.min(Self::LAST)).map(value).collect();
            values.resize(longest, 0.0);
            values
        };
        Self { first: decay(1.0), near_the_top: decay(3.0) }
    }
}

/// What the sentences' characters tell.
struct Surfaces {
    letters: Vec<u32>,
    capitals: Vec<f64>,
    quoted: Vec<f64>,
    opens_quoted: Vec<bool>,
}

impl Surfaces {
    fn of(story: &Story<'_>) -> Self {
        let count = story.sentences.len();
        let mut all = Self {
            letters: Vec::with_capacity(count),
            capitals: Vec::with_capacity(count),
            quoted: Vec::with_capacity(count),
            opens_quoted: Vec::with_capacity(count),
        };
        let mut add = |surface: Surface| {
            all.letters.push(u32::try_from(surface.letters).unwrap_or(u32::MAX));
            all.capitals.push(surface.capitals);
            all.quoted.push(surface.quoted);
            all.opens_quoted.push(surface.opens_quoted);
        };
        let of = |at: usize| Surface::of(story.sentences.text(SentenceId::from(at)));
        for start in (0..count).step_by(FEWEST_IN_PARALLEL) {
            let part = start..count.min(start + FEWEST_IN_PARALLEL);
            if count < FEWEST_IN_PARALLEL {
                part.map(of).for_each(&mut add);
            } else {
                part.into_par_iter().map(of).collect::<Vec<_>>().into_iter().for_each(&mut add);
            }
        }
        all
    }
}

fn per_word(story: &Story<'_>, id: SentenceId, count: usize) -> f64 {
    count as f64 / story.phrases.stems(id).len().max(1) as f64
}

/// Values that agree in nine digits behind the point are equal.
const ROUNDING: f64 = 1e9;

fn mean<T>(items: impl ExactSizeIterator<Item = T>, value: impl FnMut(T) -> f64) -> f64 {
    let count = items.len();
    if count == 0 { 0.0 } else { items.map(value).sum::<f64>() / count as f64 }
}

fn dot(matrix: &TermMatrix, id: SentenceId, dense: &[f64]) -> f64 {
    matrix.row(id).map(|(term, weight)| weight * dense[term.index()]).sum()
}

/// For each sentence the mean over the other articles of the cosine to the sum of their rows.
fn agreement_with_others(story: &Story<'_>, values: &mut [f64]) {
    let matrix = &story.matrix;
    // The sum of the directions of all articles, and for each sentence its product with that of its own.
    let mut directions = vec![0.0; matrix.width()];
    let mut own = vec![0.0; matrix.width()];
    let mut terms: Vec<(TermId, f64)> = Vec::new();
    for range in story.sentences.ranges() {
        let ids = || range.clone().map(SentenceId::from);
        ids().for_each(|id| matrix.add_row(id, 1.0, &mut own));
        ids().for_each(|id| values[id.index()] = dot(matrix, id, &own));
        terms.clear();
        for term in ids().flat_map(|id| matrix.terms(id)) {
            let weight = std::mem::take(&mut own[term.index()]);
            if weight > 0.0 {
                terms.push((*term, weight));
            }
        }
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        ids().for_each(|id| values[id.index()] /= length);
        terms.iter().for_each(|(term, weight)| directions[term.index()] += weight / length);
    }
    let others = story.sentences.articles_with_sentences().saturating_sub(1).max(1) as f64;
    for id in story.sentences.ids() {
        let own = &mut values[id.index()];
        *own = (dot(matrix, id, &directions) - *own) / others;
    }
}

/// For each article the mean of what its sentences have.
fn means_of_articles(story: &Story<'_>, values: &[f64]) -> Vec<f64> {
    story.sentences.ranges().iter().map(|range| mean(values[range.clone()].iter(), |value| *value)).collect()
}

/// For each sentence the share of its terms that no sentence before it in its article has.
fn new_words(story: &Story<'_>, values: &mut [f64]) {
    let mut seen = Holders::new(story.matrix.width());
    for id in story.sentences.ids() {
        let article = story.sentences.get(id).article.0;
        values[id.index()] = mean(story.matrix.terms(id).iter(), |term| f64::from(seen.count(term.index(), article)));
    }
}

/// How stems and bigrams are used.
struct Usage {
    /// For each stem the logarithm of the number of sentences that hold it.
    stem_sentences: Vec<f64>,
    bigrams: Bigrams,
    /// For each word of the sentences where the bigram that ends with it stands in the table, if all were read; nothing of
    /// meaning for the first word of a sentence.
    places: Vec<u32>,
}

/// A word is common if at least this share of all sentences hold it.
const COMMON: f64 = 0.2;

impl Usage {
    /// `near_the_top` says how near the top of an article a sentence stands.
    fn of(story: &Story<'_>, near_the_top: &dyn Fn(Place) -> f64) -> Self {
        let phrases = &story.phrases;
        let mut stems = Holders::new(phrases.distinct_stems());
        for id in story.sentences.ids() {
            phrases.stems(id).for_each(|stem| _ = stems.count(stem.index(), id.0));
        }
        let fewest = COMMON * story.sentences.len() as f64;
        let common: Vec<bool> = stems.counts.iter().map(|count| f64::from(*count) >= fewest).collect();
        let common = |stem: StemId| common[stem.index()];
        let (depth, count) = depth_to_read(story);
        let mut bigrams = Bigrams::with_room_for(count);
        let mut places = Vec::with_capacity(if depth == usize::MAX { phrases.words() } else { 0 });
        for (article, range) in story.sentences.ranges().iter().enumerate() {
            for (position, at) in range.clone().take(depth).enumerate() {
                let id = SentenceId::from(at);
                let near = near_the_top(Place { id, article, position });
                if depth == usize::MAX && phrases.stems(id).len() > 0 {
                    places.push(0);
                }
                for bigram in phrases.bigrams(id) {
                    let place = bigrams.meet(bigram);
                    if depth == usize::MAX {
                        places.push(place);
                    }
                    let used = &mut bigrams.used[place as usize];
                    if used.last != article as u32 + 1 {
                        used.last = article as u32 + 1;
                        used.earliest = used.earliest.max(near);
                        if !(common(bigram.0) && common(bigram.1)) {
                            used.in_leads += near;
                        }
                    }
                }
            }
        }
        let articles = story.sentences.articles_with_sentences().max(1) as f64;
        bigrams.used.iter_mut().for_each(|used| used.in_leads /= articles);
        let mut logarithms = Logarithms::default();
        let stem_sentences = stems.counts.iter().map(|count| logarithms.of((*count).max(1))).collect();
        Self { stem_sentences, bigrams, places }
    }

    /// The means, over a sentence's bigrams, of how near the top each first stands in any article, and in the mean over all
    /// articles. What only stands further down than was read counts nothing.
    fn mean_of_bigrams(&self, story: &Story<'_>, id: SentenceId) -> [f64; 2] {
        let bigrams = story.phrases.bigrams(id);
        let count = bigrams.len();
        let (mut earliest, mut in_leads) = (0.0, 0.0);
        let mut add = |used: &Used| {
            earliest += used.earliest;
            in_leads += used.in_leads;
        };
        if self.places.is_empty() {
            bigrams.filter_map(|bigram| self.bigrams.get(bigram)).for_each(add);
        } else {
            let words = story.phrases.range(id);
            self.places[words].iter().skip(1).for_each(|place| add(&self.bigrams.used[*place as usize]));
        }
        let count = count.max(1) as f64;
        [earliest / count, in_leads / count]
    }
}

/// Of a story with more words than this, so many bigrams are read: the first sentences of each article, as many as that allows. What is told near the top
/// counts, and the tables would outgrow the text of a story of a million sentences.
const MOST_BIGRAMS: usize = 1 << 18;

/// How many sentences of each article are read for their bigrams, and how many bigrams those have at most. The first
/// sentences are read however many there are.
fn depth_to_read(story: &Story<'_>) -> (usize, usize) {
    if story.phrases.words() <= MOST_BIGRAMS {
        return (usize::MAX, story.phrases.words());
    }
    let mut at_position: Vec<usize> = Vec::new();
    for id in story.sentences.ids() {
        let position = story.sentences.get(id).position as usize;
        if position >= at_position.len() {
            at_position.resize(position + 1, 0);
        }
        at_position[position] += story.phrases.bigrams(id).len();
    }
    let (mut depth, mut read) = (0, 0);
    for count in at_position {
        if depth > 0 && read + count > MOST_BIGRAMS {
            break;
        }
        depth += 1;
        read += count;
    }
    (depth, read)
}

/// How a bigram is used.
#[derive(Clone, Copy, Default)]
struct Used {
    /// How near the top of any article it first stands.
    earliest: f64,
    /// The mean over all articles of how near the top it first stands; 0 for two common words.
    in_leads: f64,
    /// The last article that it was met in, plus one.
    last: u32,
}

/// A hash table of bigrams with open addressing, half empty at least: there are as many as there are words.
struct Bigrams {
    /// For each slot the bigram as one number, plus one; 0 where it is free. A power of two of them.
    keys: Vec<u64>,
    /// For each slot the place in `used`.
    places: Vec<u32>,
    used: Vec<Used>,
}

impl Bigrams {
    fn with_room_for(bigrams: usize) -> Self {
        let slots = (2 * bigrams).next_power_of_two().max(2);
        Self { keys: vec![0; slots], places: vec![0; slots], used: Vec::new() }
    }

    fn key((first, second): Bigram) -> u64 {
        (u64::from(first.0) << 32 | u64::from(second.0)) + 1
    }

    /// The slot of a key, or the free one that it would get.
    fn slot(&self, key: u64) -> usize {
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut slot = (key.wrapping_mul(SPREAD) >> 32) as usize & (self.keys.len() - 1);
        while self.keys[slot] != key && self.keys[slot] != 0 {
            slot = (slot + 1) & (self.keys.len() - 1);
        }
        slot
    }

    fn get(&self, bigram: Bigram) -> Option<&Used> {
        let slot = self.slot(Self::key(bigram));
        (self.keys[slot] != 0).then(|| &self.used[self.places[slot] as usize])
    }

    /// The place of a bigram in `used`, where nothing is known of it yet if it is met for the first time.
    fn meet(&mut self, bigram: Bigram) -> u32 {
        let key = Self::key(bigram);
        let slot = self.slot(key);
        if self.keys[slot] == 0 {
            self.keys[slot] = key;
            self.places[slot] = self.used.len() as u32;
            self.used.push(Used::default());
        }
        self.places[slot]
    }
}

/// Logarithms of small numbers, each reckoned once.
#[derive(Default)]
struct Logarithms {
    known: Vec<Option<f64>>,
}

impl Logarithms {
    /// Numbers up to this are remembered.
    const SMALL: usize = 256;

    fn of(&mut self, number: u32) -> f64 {
        let logarithm = || libm::log(f64::from(number));
        if self.known.is_empty() {
            self.known.resize(Self::SMALL, None);
        }
        match self.known.get_mut(number as usize) {
            Some(known) => *known.get_or_insert_with(logarithm),
            None => logarithm(),
        }
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

    /// For each sentence the share of them that it holds.
    fn held(&self, story: &Story<'_>, values: &mut [f64]) {
        let mut seen = Holders::new(self.counts.len());
        let total = f64::from(self.total.max(1));
        for id in story.sentences.ids() {
            let mut held = 0;
            for stem in story.phrases.stems(id) {
                let count = self.counts[stem.index()];
                if count > 0 && seen.count(stem.index(), id.0) {
                    held += count;
                }
            }
            values[id.index()] = f64::from(held) / total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cluster;
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    #[test]
    fn the_first_sentence_of_every_article_is_read_however_long_it_is() {
        // Two articles, each a sentence of more different bigrams than are read of a large story.
        let text = |start: usize| {
            let words: String = (start..start + MOST_BIGRAMS + 10).map(|number| format!(" w{number}")).collect();
            format!("Aba{words}. Bebe cici dodo efe gogo.")
        };
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let articles = [0, 7].map(|start| article("x", text(start), Markup::Plain, &options)).to_vec();
        let cluster = Cluster { articles, ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let first_sentences: usize = [0, 2].map(|id| story.phrases.bigrams(SentenceId(id)).len()).iter().sum();
        assert_eq!(story.sentences.len(), 4);
        assert_eq!(depth_to_read(&story), (1, first_sentences));
        let values = features(&story, &TextRankOptions::default()).values;
        assert!(values.iter().all(|value| value.is_finite()));
    }
}
