//! A sentence in, how much of it those that were told hold out.

use super::{Said, Told};

/// Holds one sentence after the other against all that were told.
pub(crate) struct Overlaps<'t> {
    told: &'t Told,
    /// For each that was told the mass of the terms that it has in common with the sentence at hand; all zero between two.
    common: Vec<f64>,
    /// Those of which it is not zero.
    touched: Vec<u32>,
}

/// What sentences that were told hold of another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Overlap {
    /// The largest share of it that one of them holds.
    pub most: f64,
    /// The share that all of them hold together that overlap with it.
    pub together: f64,
    /// Which ones do.
    sentences: Vec<u32>,
}

/// A sentence overlaps with another of which it holds so much. Less have any two on one subject in common.
const OVERLAPS: f64 = 0.3;

impl<'t> Overlaps<'t> {
    /// Ready for the first sentence.
    pub fn new(told: &'t Told) -> Self {
        Self { told, common: vec![0.0; told.told_sentences()], touched: Vec::new() }
    }

    /// What of a sentence was told: its terms, each once, by their keys and with how much each weighs.
    ///
    /// The terms that weigh most are looked up first. What has none of them holds too little to overlap, and the words that
    /// every sentence of a story has are counted only for those that have one (prefix filtering; Chaudhuri, Ganti and
    /// Kaushik, 2006).
    pub fn of(&mut self, terms: &mut [(u64, f64)]) -> Overlap {
        terms.sort_unstable_by(|(first, a), (second, b)| b.total_cmp(a).then(first.cmp(second)));
        let mass: f64 = terms.iter().map(|(_, weight)| weight).sum();
        if mass <= 0.0 {
            return Overlap::default();
        }
        let mut left = mass;
        for (term, weight) in terms.iter() {
            let begins = left >= OVERLAPS * mass;
            left -= weight;
            if !begins && self.touched.is_empty() {
                break;
            }
            for holder in self.told.holders.get(term).into_iter().flatten() {
                let common = &mut self.common[*holder as usize];
                if *common == 0.0 {
                    if !begins {
                        continue;
                    }
                    self.touched.push(*holder);
                }
                *common += weight;
            }
        }
        let overlap = self.overlap(terms, mass);
        self.touched.drain(..).for_each(|told| self.common[told as usize] = 0.0);
        overlap
    }

    fn overlap(&self, terms: &[(u64, f64)], mass: f64) -> Overlap {
        let share = |told: &u32| self.common[*told as usize] / mass;
        let most = self.touched.iter().map(share).fold(0.0, f64::max);
        let mut sentences: Vec<u32> = self.touched.iter().copied().filter(|told| share(told) >= OVERLAPS).collect();
        sentences.sort_unstable();
        let is_told = |term: u64| sentences.iter().any(|told| self.told.sentences[*told as usize].has(term));
        let together: f64 = terms.iter().filter(|(term, _)| is_told(*term)).map(|(_, weight)| weight).sum();
        Overlap { most, together: together / mass, sentences }
    }

    /// The sentences that overlap.
    pub fn sentences<'o>(&self, overlap: &'o Overlap) -> impl Iterator<Item = &'o Said> + Clone + use<'o, 't>
    where
        't: 'o,
    {
        let told = self.told;
        overlap.sentences.iter().map(|number| &told.sentences[*number as usize])
    }
}
