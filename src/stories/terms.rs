//! Counts of terms in, weights out: TF-IDF with a memory of what is said everywhere.
//!
//! In a heap of ten articles on two stories the words that make a story are in half of all articles, and its inverse document
//! frequency says that they mean nothing. So the heap is counted together with so many made-up articles of everyday news
//! ([`BACKGROUND`]), in which a term is as frequent as in `background.tsv`.

use rustc_hash::FxHashMap;

use super::background::share;
use super::document::{FIELDS, Field};
use super::sparse::{Entry, Sparse};

/// So many articles of everyday news are counted beside those of the heap. Where articles are many and have texts, 0, 300,
/// 1,000 and 3,000 give the same B³ F1 to .003 (AllSides, cross-validated); of headlines, 1,000 gave .85 and none .80 in a
/// prototype (half of UCI's stories).
const BACKGROUND: f64 = 1_000.0;

/// The terms that were met, numbered as they are met, and in how many documents each is.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    numbers: FxHashMap<u64, u32>,
    /// For each term its key.
    keys: Vec<u64>,
    /// For each term in how many documents it is.
    frequencies: Vec<u32>,
    /// For each term how many of the made-up articles have it.
    background: Vec<f32>,
    documents: u32,
}

/// A document whose terms have numbers.
#[derive(Clone, Debug)]
pub(super) struct Numbered([Vec<Entry<u32, u32>>; FIELDS]);

impl Terms {
    /// Numbers the terms of a document, by its counts of them for each field, and counts it.
    pub fn count(&mut self, counts: &[Vec<Entry<u64, u32>>; FIELDS]) -> Numbered {
        self.documents += 1;
        let mut fields = [const { Vec::new() }; FIELDS];
        for field in Field::ALL {
            let numbered = |entry: &Entry<u64, u32>| Entry { term: self.number(entry.term), value: entry.value };
            let mut entries: Vec<Entry<u32, u32>> = counts[field as usize].iter().map(numbered).collect();
            entries.sort_unstable_by_key(|entry| entry.term);
            fields[field as usize] = entries;
        }
        self.frequencies.resize(self.keys.len(), 0);
        let [body, _, _, names] = &fields;
        // Single names are in the body, too; runs of them are among the names alone.
        for (at, entry) in body.iter().enumerate() {
            debug_assert!(at == 0 || body[at - 1].term < entry.term);
            self.frequencies[entry.term as usize] += 1;
        }
        let is_in_body = |term: u32| body.binary_search_by_key(&term, |entry| entry.term).is_ok();
        for entry in names.iter().filter(|entry| !is_in_body(entry.term)) {
            self.frequencies[entry.term as usize] += 1;
        }
        Numbered(fields)
    }

    /// The number of a term, a new one if it was never met.
    fn number(&mut self, key: u64) -> u32 {
        let next = self.keys.len() as u32;
        *self.numbers.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.background.push((share(key) * BACKGROUND) as f32);
            next
        })
    }

    /// The inverse document frequency of a term (Spärck Jones, 1972), at least 0.
    fn idf(&self, term: u32) -> f64 {
        let term = term as usize;
        let containing = 1.0 + f64::from(self.frequencies[term]) + f64::from(self.background[term]);
        libm::log((1.0 + f64::from(self.documents) + BACKGROUND) / containing).max(0.0)
    }

    /// A document as a vector a field, each of length one: `(1 + ln tf) · idf`, with the counts of all documents so far.
    pub fn weigh(&self, numbered: &Numbered) -> [Sparse; FIELDS] {
        numbered.0.each_ref().map(|entries| {
            let weight = |count: u32| if count == 1 { 1.0 } else { 1.0 + libm::log(f64::from(count)) };
            let weighed = |entry: &Entry<u32, u32>| Entry {
                term: entry.term,
                value: (weight(entry.value) * self.idf(entry.term)) as f32,
            };
            Sparse::unit(entries.iter().map(weighed).filter(|entry| entry.value > 0.0).collect())
        })
    }

    /// The key of a term.
    pub fn key(&self, term: u32) -> u64 {
        self.keys[term as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectorize::stem_key;

    fn document(words: &[(&str, u32)]) -> [Vec<Entry<u64, u32>>; FIELDS] {
        let mut counts: Vec<Entry<u64, u32>> =
            words.iter().map(|&(word, value)| Entry { term: stem_key(word), value }).collect();
        counts.sort_unstable_by_key(|entry| entry.term);
        [counts, Vec::new(), Vec::new(), Vec::new()]
    }

    #[test]
    fn words_of_everyday_news_weigh_less_than_names_however_small_the_heap() {
        let mut terms = Terms::default();
        let story = document(&[("year", 1), ("brimella", 1)]);
        terms.count(&story);
        let numbered = terms.count(&story);
        let [body, ..] = terms.weigh(&numbered);
        let weight =
            |word: &str| body.entries().iter().find(|entry| terms.key(entry.term) == stem_key(word)).unwrap().value;
        assert!(weight("brimella") > 4.0 * weight("year"), "{} {}", weight("brimella"), weight("year"));
    }

    #[test]
    fn the_weight_of_a_term_is_the_one_worked_out_by_hand() {
        let mut terms = Terms::default();
        terms.count(&document(&[("abaa", 1)]));
        let numbered = terms.count(&document(&[("abaa", 2), ("ceec", 1)]));
        let [body, ..] = terms.weigh(&numbered);
        // abaa: (1 + ln 2) · ln(1003 / 3), ceec: ln(1003 / 2).
        let (a, c): (f64, f64) = (1.693_147_18 * (1003.0f64 / 3.0).ln(), (1003.0f64 / 2.0).ln());
        let length = (a * a + c * c).sqrt();
        let mut weights: Vec<f32> = body.entries().iter().map(|entry| entry.value).collect();
        weights.sort_unstable_by(f32::total_cmp);
        assert!((f64::from(weights[1]) - a / length).abs() < 1e-6);
        assert!((f64::from(weights[0]) - c / length).abs() < 1e-6);
    }
}
