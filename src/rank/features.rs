//! A story in, what can be said of each of its sentences in numbers out.

use std::ops::Range;

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

use super::surface::Surface;
use super::teleport::{decay, relevance_of, teleport_to};
use super::votes::{Place, Votes};
use super::{About, Agreement, Convergence, Story, Visits, textrank};
use crate::hashing::spread;
use crate::model::{SentenceId, TextRankOptions};
use crate::vectorize::{Bigram, Phrases};

/// The features of a sentence, in the order of the columns of [`features`]' matrix and of a printed score.
///
/// A feature marked *rank* is the rank of the sentence among all of its story, from -½ for the lowest to ½ for the
/// highest, equal ones sharing their mean: so a story of short articles and one of long ones are measured alike.
/// Articles that are one [voice](crate::voices) count as one, and a sentence that was said before has what the elder one has.
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

/// Measures every sentence of a story: time and memory grow as the text does. Shape: sentences × [`FEATURES`].
pub fn features(story: &Story<'_>, options: &TextRankOptions) -> Array2<f64> {
    let mut values = Array2::zeros((story.sentences.len(), FEATURES.len()));
    let votes = Votes::of(story);
    each_feature(&votes, options, None, |feature, column| {
        values.column_mut(feature).assign(&ArrayView1::from(&votes.for_sentences(column.to_vec())));
    });
    values
}

/// Measures the sentences that vote by one feature after the other, in the order of [`FEATURES`], and calls `each` with the
/// number of the feature and its value for every sentence. No more than a column is kept of what was called.
pub(super) fn each_feature(
    votes: &Votes<'_, '_>,
    options: &TextRankOptions,
    about: Option<&About>,
    mut each: impl FnMut(usize, &[f64]),
) -> Convergence {
    let agreement = Agreement::between(votes.voices(), &votes.matrix);
    // Of the articles that were crawled for a story many are about something else: how they begin tells nothing.
    let relevance = relevance_of(votes.voices(), &agreement);
    // What the graph tells comes first, so that it is gone before the rest.
    let places = (0..votes.len()).map(|row| votes.place(row));
    let places = places.map(|place| (relevance[place.voice], place.position));
    let mut start = teleport_to(places, votes.longest(), options);
    if let Some(about) = about {
        about.bias(&votes.matrix, &mut start);
    }
    let Visits { scores: visits, convergence } = textrank(&agreement, start, options);
    let mut with_others = vec![0.0; votes.len()];
    if votes.voices_with_rows() > 1 {
        agreement.with_other_groups(&mut with_others);
    }
    drop(agreement);
    let mut columns = Columns::new(votes);
    let mut feature = 0;
    let mut next = |columns: &mut Columns<'_, '_, '_>, name: &str| {
        debug_assert_eq!(name, FEATURES[feature], "features come in the order of their table");
        if RANKS.contains(&feature) {
            columns.rank();
        }
        each(feature, &columns.values);
        feature += 1;
    };
    let first = decay(votes.longest(), 1.0);
    columns.fill(|place| relevance[place.voice] * first[place.position]);
    next(&mut columns, "first");
    // 1 for the first sentence, 1/e for the fourth.
    let top = decay(votes.longest(), 3.0);
    let near_the_top = |place: Place| relevance[place.voice] * top[place.position];
    columns.fill(near_the_top);
    next(&mut columns, "near the top");
    columns.values = visits.into_raw_vec_and_offset().0;
    next(&mut columns, "textrank");
    columns.values = with_others;
    next(&mut columns, "like other articles");
    let of_articles = means_of_articles(votes, &columns.values);
    columns.fill(|place| of_articles[place.voice]);
    next(&mut columns, "article");
    let Stems { sentences: stem_sentences, held, in_headlines } = Stems::of(votes);
    let usage = Usage::of(votes, &stem_sentences, &near_the_top);
    let mut in_leads = vec![0.0; votes.len()];
    columns.fill_both(&mut in_leads, |place| usage.mean_of_bigrams(votes, place, near_the_top(place)));
    next(&mut columns, "early phrases");
    columns.values = in_leads;
    next(&mut columns, "lead phrases");
    drop(usage);
    let logarithms = logarithms(&stem_sentences);
    drop(stem_sentences);
    columns.fill(|place| mean(votes.phrases.stems(place.id), |stem| logarithms[stem.index()]));
    next(&mut columns, "frequent words");
    drop(logarithms);
    let idf = votes.matrix.idf();
    columns.fill(|place| mean(votes.matrix.terms(place.id).iter(), |term| idf[term.index()]));
    next(&mut columns, "rare words");
    columns.values = new_words(votes);
    next(&mut columns, "new words");
    columns.fill(|place| per_word(votes, place.id, votes.matrix.terms(place.id).len()));
    next(&mut columns, "content");
    let surfaces = Surfaces::of(votes);
    columns.fill(|place| per_word(votes, place.id, surfaces.letters[place.id.index()] as usize));
    next(&mut columns, "long words");
    let in_headlines = f64::from(in_headlines.max(1));
    columns.fill(|place| f64::from(held[place.id.index()]) / in_headlines);
    next(&mut columns, "headlines");
    columns.fill(|place| surfaces.capitals[place.id.index()]);
    next(&mut columns, "names");
    columns.fill(|place| f64::from(surfaces.quoted[place.id.index()] > 0.0));
    next(&mut columns, "quotation");
    columns.fill(|place| surfaces.quoted[place.id.index()]);
    next(&mut columns, "quoted");
    columns.fill(|place| f64::from(surfaces.opens_quoted[place.id.index()]));
    next(&mut columns, "opens quoted");
    convergence
}

/// One value for each sentence, and what is needed to fill and to rank them.
struct Columns<'v, 's, 'c> {
    votes: &'v Votes<'s, 'c>,
    values: Vec<f64>,
    /// Sentences by their values, to rank them: the value above, the sentence in the bits below.
    order: Vec<u64>,
    spare: Vec<u64>,
}

impl<'v, 's, 'c> Columns<'v, 's, 'c> {
    fn new(votes: &'v Votes<'s, 'c>) -> Self {
        Self { votes, values: vec![0.0; votes.len()], order: Vec::new(), spare: Vec::new() }
    }

    /// Gives every sentence a value that does not depend on others'.
    fn fill(&mut self, value: impl Fn(Place) -> f64 + Sync) {
        let votes = self.votes;
        let set = |(at, own): (usize, &mut f64)| *own = value(votes.place(at));
        if self.values.len() < FEWEST_IN_PARALLEL {
            self.values.iter_mut().enumerate().for_each(set);
        } else {
            self.values.par_iter_mut().enumerate().for_each(set);
        }
    }

    /// The same with two values at once, of which the second goes into `second`.
    fn fill_both(&mut self, second: &mut [f64], values: impl Fn(Place) -> [f64; 2] + Sync) {
        let votes = self.votes;
        let set = |(at, (first, second)): (usize, (&mut f64, &mut f64))| {
            [*first, *second] = values(votes.place(at));
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
        let largest = (1_u64 << (u64::BITS - bits)) - 1;
        // Added to a number, this leaves its integer in the lowest bits of the sum, rounded: what differs by the order of a
        // sum alone counts as equal. Numbers begin in the middle of the keys, as some are negative.
        const INTEGER: f64 = 1.5 * (1_u64 << (f64::MANTISSA_DIGITS - 1)) as f64;
        let lowest = INTEGER.to_bits() - largest / 2;
        let key = |value: f64| (value * ROUNDING + INTEGER).to_bits().saturating_sub(lowest).min(largest);
        self.order.clear();
        self.order.extend(self.values.iter().zip(0..).map(|(value, at): (_, u64)| key(*value) << bits | at));
        if self.order.len() < FEWEST_IN_PARALLEL {
            sort_spread(&mut self.order, &mut self.spare);
        } else {
            self.order.par_sort_unstable();
        }
        let (order, count) = (&self.order[..], self.values.len() as f64);
        let mut start = 0;
        for end in 1..=order.len() {
            if order.get(end).is_some_and(|next| next >> bits == order[start] >> bits) {
                continue;
            }
            let rank = (start + end) as f64 / 2.0 / count - 0.5;
            for entry in &order[start..end] {
                self.values[(entry & ((1 << bits) - 1)) as usize] = rank;
            }
            start = end;
        }
    }
}

/// Sorts numbers: they are spread evenly over so many places that few are in one, and sorted there.
fn sort_spread(numbers: &mut Vec<u64>, spare: &mut Vec<u64>) {
    const BITS: u32 = 8;
    let Some(&first) = numbers.first() else { return };
    let (mut least, mut most) = (first, first);
    for &number in numbers.iter() {
        (least, most) = (least.min(number), most.max(number));
    }
    let shift = (u64::BITS - (most - least).leading_zeros()).saturating_sub(BITS);
    let place = |number: u64| usize::from((number.wrapping_sub(least) >> shift) as u8);
    // Where each place begins, and while it is being filled, where it ends.
    let mut ends = [0_u32; 1 << BITS];
    numbers.iter().for_each(|number| ends[place(*number)] += 1);
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    spare.resize(numbers.len(), 0);
    for &number in numbers.iter() {
        let end = &mut ends[place(number)];
        spare[*end as usize] = number;
        *end += 1;
    }
    let mut start = 0;
    for end in ends.map(|end| end as usize) {
        if end > start + 1 {
            spare[start..end].sort_unstable();
        }
        start = end;
    }
    std::mem::swap(numbers, spare);
}

/// Fewer sentences than this are not worth waking a second thread for one feature.
pub(super) const FEWEST_IN_PARALLEL: usize = 20_000;

/// What the sentences' characters tell.
struct Surfaces {
    letters: Vec<u32>,
    capitals: Vec<f64>,
    quoted: Vec<f64>,
    opens_quoted: Vec<bool>,
}

impl Surfaces {
    fn of(votes: &Votes<'_, '_>) -> Self {
        let count = votes.len();
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
        let of = |at: usize| Surface::of(votes.text(at));
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

fn per_word(votes: &Votes<'_, '_>, id: SentenceId, count: usize) -> f64 {
    count as f64 / votes.phrases.stems(id).len().max(1) as f64
}

/// Values that agree in nine digits behind the point are equal.
const ROUNDING: f64 = 1e9;

fn mean<T>(items: impl ExactSizeIterator<Item = T>, value: impl FnMut(T) -> f64) -> f64 {
    let count = items.len();
    if count == 0 { 0.0 } else { items.map(value).sum::<f64>() / count as f64 }
}

/// For each article the mean of what its sentences have.
fn means_of_articles(votes: &Votes<'_, '_>, values: &[f64]) -> Vec<f64> {
    votes.voices().iter().map(|range| mean(values[range.clone()].iter(), |value| *value)).collect()
}

/// For each sentence the share of its terms that no sentence before it in its article has.
fn new_words(votes: &Votes<'_, '_>) -> Vec<f64> {
    // Each needs a number of every term.
    const TASKS: usize = 8;
    let articles = votes.voices();
    if votes.len() < FEWEST_IN_PARALLEL {
        return new_words_of(votes, articles);
    }
    let tasks = articles.par_chunks(articles.len().div_ceil(TASKS));
    tasks.map(|articles| new_words_of(votes, articles)).collect::<Vec<_>>().concat()
}

/// The same for the sentences of some articles.
fn new_words_of(votes: &Votes<'_, '_>, articles: &[Range<usize>]) -> Vec<f64> {
    // For each term the last article that had it, counted from one.
    let mut last = vec![0; votes.matrix.width()];
    let mut shares = Vec::with_capacity(articles.iter().map(Range::len).sum());
    for (rows, article) in articles.iter().zip(1_u32..) {
        for at in rows.clone() {
            let terms = votes.matrix.terms(SentenceId::from(at));
            let mut new = 0;
            for term in terms {
                new += u32::from(std::mem::replace(&mut last[term.index()], article) != article);
            }
            shares.push(f64::from(new) / terms.len().max(1) as f64);
        }
    }
    shares
}

/// How stems are used.
struct Stems {
    /// For each stem in how many sentences it stands.
    sentences: Vec<u32>,
    /// For each sentence how many words of headlines it holds, each as often as it stands in them.
    held: Vec<u32>,
    /// How many words all headlines have.
    in_headlines: u32,
}

impl Stems {
    fn of(votes: &Votes<'_, '_>) -> Self {
        let phrases = &votes.phrases;
        let mut stems = vec![Stem::default(); phrases.distinct_stems()];
        let mut in_headlines = 0;
        for voice in 0..votes.voices().len() {
            let title = phrases.title(voice.into());
            title.iter().for_each(|stem| stems[stem.index()].headlines += 1);
            in_headlines += title.len() as u32;
        }
        let count = votes.len();
        if count <= SENTENCES_A_TABLE {
            let held = headline_words_held(phrases, &mut stems, 0..count);
            return Self { sentences: stems.iter().map(|stem| stem.sentences).collect(), held, in_headlines };
        }
        let starts = (0..count).into_par_iter().step_by(SENTENCES_A_TABLE);
        let parts: Vec<(Vec<Stem>, Vec<u32>)> = starts
            .map(|start| {
                let mut stems = stems.clone();
                let held = headline_words_held(phrases, &mut stems, start..count.min(start + SENTENCES_A_TABLE));
                (stems, held)
            })
            .collect();
        let mut all = Self { sentences: vec![0; stems.len()], held: Vec::with_capacity(count), in_headlines };
        for (stems, held) in parts {
            all.sentences.iter_mut().zip(stems).for_each(|(sentences, stem)| *sentences += stem.sentences);
            all.held.extend(held);
        }
        all
    }
}

/// Where a stem stands.
#[derive(Clone, Copy, Default)]
struct Stem {
    sentences: u32,
    headlines: u32,
    /// The last sentence that had it, counted from one.
    last: u32,
}

/// For each of some sentences how many words of headlines it holds; counts the sentences of each stem.
fn headline_words_held(phrases: &Phrases, stems: &mut [Stem], sentences: Range<usize>) -> Vec<u32> {
    let of_sentence = |id: SentenceId| {
        let mut held = 0;
        for stem in phrases.stems(id) {
            let stem = &mut stems[stem.index()];
            if stem.last != id.0 + 1 {
                stem.last = id.0 + 1;
                stem.sentences += 1;
                held += stem.headlines;
            }
        }
        held
    };
    sentences.map(SentenceId::from).map(of_sentence).collect()
}

/// A thread counts the stems of so many sentences at once: fewer would cost more in tables than in counting.
const SENTENCES_A_TABLE: usize = 250_000;

/// How bigrams are used.
struct Usage {
    /// How many sentences hold each stem.
    holders: Vec<Holders>,
    bigrams: Bigrams,
    /// For each word of the sentences where the bigram that ends with it stands in the table, if all were read.
    places: Vec<u32>,
    /// How many sentences of each article were read.
    depth: usize,
    /// How many articles have sentences.
    articles: f64,
}

/// How many sentences hold a stem.
#[derive(Clone, Copy, PartialEq)]
enum Holders {
    /// A single one. So it alone has the bigrams with that stem, and no table is needed to tell where they stand first.
    One,
    Some,
    /// At least a share of [`COMMON`].
    Many,
}

/// A word is common if at least this share of all sentences hold it.
const COMMON: f64 = 0.2;

impl Usage {
    /// `stem_sentences` says how many sentences hold each stem, `near_the_top` how near the top of an article a sentence
    /// stands.
    fn of(votes: &Votes<'_, '_>, stem_sentences: &[u32], near_the_top: &dyn Fn(Place) -> f64) -> Self {
        let phrases = &votes.phrases;
        let fewest = COMMON * votes.len() as f64;
        let holders = |count: &u32| match count {
            count if f64::from(*count) >= fewest => Holders::Many,
            1 => Holders::One,
            _ => Holders::Some,
        };
        let (depth, count) = depth_to_read(votes);
        let mut usage = Self {
            holders: stem_sentences.iter().map(holders).collect(),
            bigrams: Bigrams::with_room_for(count),
            places: vec![NOWHERE; if depth == usize::MAX { phrases.words() } else { 0 }],
            depth,
            articles: votes.voices_with_rows().max(1) as f64,
        };
        let mut places = std::mem::take(&mut usage.places);
        for (voice, rows) in votes.voices().iter().enumerate() {
            for place in rows.clone().map(|row| votes.place(row)).filter(|place| place.position < depth) {
                let (id, near) = (place.id, near_the_top(place));
                if depth < usize::MAX {
                    phrases.bigrams(id).for_each(|bigram| _ = usage.meet(bigram, voice, near));
                } else if let Some((_, places)) = places[phrases.range(id)].split_first_mut() {
                    let bigrams = phrases.bigrams(id);
                    places.iter_mut().zip(bigrams).for_each(|(place, bigram)| *place = usage.meet(bigram, voice, near));
                }
            }
        }
        Self { places, ..usage }
    }

    /// Counts a bigram of a voice, and tells its place.
    #[inline]
    fn meet(&mut self, bigram: Bigram, voice: usize, near: f64) -> u32 {
        let [first, second] = self.holders_of(bigram);
        if first == Holders::One || second == Holders::One {
            return ALONE;
        }
        let place = self.bigrams.meet(bigram);
        let used = &mut self.bigrams.used[place as usize];
        let reader = voice as u32 + 1;
        if used.last != reader {
            used.last = reader;
            used.earliest = used.earliest.max(near);
            if first != Holders::Many || second != Holders::Many {
                used.in_leads += near;
            }
        }
        place
    }

    /// Where a bigram stands.
    fn place(&self, bigram: Bigram) -> u32 {
        if self.holders_of(bigram).contains(&Holders::One) { ALONE } else { self.bigrams.place(bigram) }
    }

    /// How many sentences hold either of its stems.
    #[inline]
    fn holders_of(&self, bigram: Bigram) -> [Holders; 2] {
        [bigram.0, bigram.1].map(|stem| self.holders[stem.index()])
    }

    /// The means, over a sentence's bigrams, of how near the top each first stands in any article, and in the mean over all
    /// articles. What only stands further down than was read counts nothing.
    fn mean_of_bigrams(&self, votes: &Votes<'_, '_>, place: Place, near: f64) -> [f64; 2] {
        let words = votes.phrases.range(place.id);
        let count = words.len().saturating_sub(1).max(1) as f64;
        let of_alone = if place.position < self.depth { near } else { 0.0 };
        let (mut earliest, mut in_leads) = (0.0, 0.0);
        let mut add = |place: u32| {
            let of_place = if place == ALONE {
                [of_alone; 2]
            } else {
                let used = &self.bigrams.used[place as usize];
                [used.earliest, used.in_leads]
            };
            earliest += of_place[0];
            in_leads += of_place[1];
        };
        if self.places.is_empty() {
            votes.phrases.bigrams(place.id).for_each(|bigram| add(self.place(bigram)));
        } else {
            self.places[words].iter().for_each(|place| add(*place));
        }
        [earliest / count, in_leads / (count * self.articles)]
    }
}

/// Of a story with more words than this, so many bigrams are read: the first sentences of each article, as many as that
/// allows. What is told near the top counts, and the tables would outgrow the text of a story of a million sentences.
const MOST_BIGRAMS: usize = 1 << 18;

/// How many sentences of each article are read for their bigrams, and how many bigrams those have at most. The first
/// sentences are read however many there are.
fn depth_to_read(votes: &Votes<'_, '_>) -> (usize, usize) {
    if votes.phrases.words() <= MOST_BIGRAMS {
        return (usize::MAX, votes.phrases.words());
    }
    let mut at_position: Vec<usize> = Vec::new();
    for row in 0..votes.len() {
        let Place { id, position, .. } = votes.place(row);
        if position >= at_position.len() {
            at_position.resize(position + 1, 0);
        }
        at_position[position] += votes.phrases.bigrams(id).len();
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
struct Used {
    /// The bigram as one number.
    key: u64,
    /// How near the top of any article it first stands.
    earliest: f64,
    /// The sum over all articles of how near the top it first stands; 0 for two common words.
    in_leads: f64,
    /// The last article that it was met in, counted from one.
    last: u32,
}

/// A hash table of bigrams with open addressing, three quarters full at most.
struct Bigrams {
    /// For each slot the place in `used`, or [`NOWHERE`] where it is free. A power of two of them.
    slots: Vec<u32>,
    used: Vec<Used>,
}

/// The place of a bigram that was not met.
const NOWHERE: u32 = 0;

/// The place of a bigram that one sentence alone has.
const ALONE: u32 = u32::MAX;

impl Bigrams {
    fn with_room_for(bigrams: usize) -> Self {
        let slots = (bigrams + bigrams / 3 + 1).next_power_of_two();
        let mut used = Vec::with_capacity(bigrams / 2 + 1);
        // Nothing is used nowhere.
        used.push(Used { key: u64::MAX, earliest: 0.0, in_leads: 0.0, last: 0 });
        Self { slots: vec![NOWHERE; slots], used }
    }

    /// A bigram as one number.
    fn key((first, second): Bigram) -> u64 {
        u64::from(first.0) << u32::BITS | u64::from(second.0)
    }

    /// The slot of a bigram, or the free one that it would get.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = (spread(key) >> 32) as usize & last;
        loop {
            let place = self.slots[slot];
            if self.used[place as usize].key == key || place == NOWHERE {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }

    fn place(&self, bigram: Bigram) -> u32 {
        self.slots[self.slot(Self::key(bigram))]
    }

    /// The place of a bigram in `used`, where nothing is known of it yet if it is met for the first time.
    #[inline]
    fn meet(&mut self, bigram: Bigram) -> u32 {
        let key = Self::key(bigram);
        let slot = self.slot(key);
        let place = self.slots[slot];
        if place != NOWHERE {
            return place;
        }
        let place = self.used.len() as u32;
        self.slots[slot] = place;
        self.used.push(Used { key, earliest: 0.0, in_leads: 0.0, last: 0 });
        place
    }
}

/// The logarithms of counts, of which most are small and stand many times.
fn logarithms(counts: &[u32]) -> Vec<f64> {
    const SMALL: usize = 256;
    // The logarithm of one is zero, and nothing stands in no sentence.
    let mut known = [0.0; SMALL];
    let of = |count: &u32| match known.get_mut(*count as usize) {
        Some(known) => {
            if *known == 0.0 && *count > 1 {
                *known = libm::log(f64::from(*count));
            }
            *known
        }
        None => libm::log(f64::from(*count)),
    };
    counts.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cluster, StemId};
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
        assert_eq!(depth_to_read(&Votes::of(&story)), (1, first_sentences));
        let values = features(&story, &TextRankOptions::default());
        assert!(values.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn bigrams_that_one_sentence_alone_has_count_like_all_others() {
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let texts = [
            "Aba bebe cici aba bebe. Aba bebe dodo efe. Gogo hihi cici dodo. Aba bebe zaza aba bebe zaza.",
            "Aba bebe dodo gogo. Dodo gogo hihi cici dodo. Jojo keke lolo.",
        ];
        let articles = texts.map(|text| article("x", text.to_owned(), Markup::Plain, &options)).to_vec();
        let cluster = Cluster { articles, ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let near = |place: Place| 1.0 / (place.position + 1) as f64;
        let votes = Votes::of(&story);
        let stem_sentences = Stems::of(&votes).sentences;
        let usage = Usage::of(&votes, &stem_sentences, &near);
        let is_alone = |stem: StemId| usage.holders[stem.index()] == Holders::One;
        let bigrams = |id| story.phrases.bigrams(id).collect::<Vec<_>>();
        let is_common = |stem: StemId| f64::from(stem_sentences[stem.index()]) >= COMMON * story.sentences.len() as f64;
        assert!(story.sentences.ids().flat_map(bigrams).any(|(first, _)| is_alone(first)));
        for place in story.sentences.ids().map(|id| votes.place(id.index())) {
            let mut expected = [0.0; 2];
            for (first, second) in bigrams(place.id) {
                let has = |at: &usize| bigrams(SentenceId::from(*at)).contains(&(first, second));
                let firsts = story.sentences.ranges().iter().filter_map(|range| range.clone().find(has));
                let nears: Vec<f64> = firsts.map(|at| near(votes.place(at))).collect();
                expected[0] += nears.iter().copied().fold(0.0, f64::max);
                expected[1] += if is_common(first) && is_common(second) { 0.0 } else { nears.iter().sum::<f64>() };
            }
            let count = bigrams(place.id).len() as f64;
            let found = usage.mean_of_bigrams(&votes, place, near(place));
            assert!((found[0] - expected[0] / count).abs() < 1e-12, "{found:?} {expected:?}");
            assert!((found[1] - expected[1] / count / 2.0).abs() < 1e-12, "{found:?} {expected:?}");
        }
    }

    #[test]
    fn numbers_that_are_spread_first_are_sorted_all_the_same() {
        let mut spare = Vec::new();
        let cases: [&dyn Fn(u64) -> u64; 5] =
            [&spread, &|at| spread(at) >> 60 << 24 | at, &|_| 7, &|at| u64::MAX - at, &|at| (1 << (at % 64)) + at];
        for (case, count) in cases.iter().flat_map(|case| [0, 1, 2, 300].map(|count| (case, count))) {
            let mut numbers: Vec<u64> = (0..count).map(case).collect();
            let mut expected = numbers.clone();
            expected.sort_unstable();
            sort_spread(&mut numbers, &mut spare);
            assert_eq!(numbers, expected);
        }
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks_and_negative_ones_are_the_lowest() {
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let text = "Aba bebe cici. Dodo efe gogo. Hihi jojo keke. Lolo mama nono.";
        let cluster =
            Cluster { articles: vec![article("x", text.to_owned(), Markup::Plain, &options)], ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let votes = Votes::of(&story);
        let mut columns = Columns::new(&votes);
        columns.values = vec![0.25, -0.5, 0.25 + 1e-12, 1e12];
        columns.rank();
        assert_eq!(columns.values, [0.0, -0.375, 0.0, 0.375]);
    }

    #[test]
    fn a_story_without_sentences_has_no_features() {
        let cluster = Cluster::default();
        let story = Story::new(sentences(&cluster));
        assert_eq!(features(&story, &TextRankOptions::default()).nrows(), 0);
        assert!(each_feature(&Votes::of(&story), &TextRankOptions::default(), None, |_, _| {}).converged);
    }
}
