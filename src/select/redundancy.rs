//! When two sentences say the same.

use std::cell::LazyCell;
use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::tasks::part_by_part;
use crate::marks::{asks, closes};
use crate::model::{RedundancyOptions, SentenceId, TermId};
use crate::rank::Story;
use crate::vectorize::TermMatrix;

/// Whether two sentences repeat each other: their cosine, or the IDF-weighted share of either that stands in the
/// other, reaches its threshold. Symmetric.
///
/// Sentences that open their articles tell the event itself, in other words each time, so for two of them the thresholds
/// are lower.
pub fn repeats(story: &Story<'_>, a: SentenceId, b: SentenceId, thresholds: &RedundancyOptions) -> bool {
    let matrix = &story.matrix;
    let opens = |id: SentenceId| story.sentences.get(id).position == 0;
    let scale = if opens(a) && opens(b) { thresholds.openers } else { 1.0 };
    if matrix.cosine(a, b) >= scale * thresholds.cosine {
        return true;
    }
    let smaller = matrix.mass(a).min(matrix.mass(b));
    smaller > 0.0 && matrix.common_mass(a, b) / smaller >= scale * thresholds.containment
}

/// An echo has at least so many terms in common with its pick: two sentences that only name the same institution do not
/// say the same.
const FEWEST_COMMON_TERMS: usize = 5;

/// Sentences that were taken, filed so that a candidate is held only against those that it can repeat.
///
/// Prefix filtering (Chaudhuri, Ganti and Kaushik, 2006): the terms of a sentence are put in order, rarest first, and its
/// prefix is as many of them as are needed for the rest to weigh too little to reach any threshold. If the smaller of two
/// sentences repeats the other, one of the terms in its prefix stands in the other. Rare terms have short lists, so the
/// words that a whole story has in common are never followed; and the lists are in the order of mass, so that each part
/// is followed only to sentences that are the smaller, or the greater, there. A few sentences are held against the candidate
/// one by one.
pub(super) struct Taken<'s> {
    story: &'s Story<'s>,
    thresholds: RedundancyOptions,
    /// The sentences.
    sentences: Vec<SentenceId>,
    /// For each term, how many of the sentences hold it.
    counts: Vec<u32>,
    /// Where there are more than a few, the same by their terms.
    filed: Option<Filed>,
    /// For each large number the sentences that give it.
    numbers: FxHashMap<String, Vec<SentenceId>>,
    /// The weights of a candidate, and zero for the terms that it does not hold; all zero while there is none.
    candidate: Vec<f64>,
}

/// Sentences by their terms.
#[derive(Default)]
struct Filed {
    /// For each term the sentences that hold it.
    holders: FxHashMap<TermId, ByMass>,
    /// For each term the sentences that hold it in their prefix.
    prefixes: FxHashMap<TermId, ByMass>,
}

/// Sentences in the order of their mass.
#[derive(Default)]
struct ByMass(Vec<(f64, SentenceId)>);

impl ByMass {
    fn add(&mut self, mass: f64, id: SentenceId) {
        self.0.insert(self.lighter(mass), (mass, id));
    }

    fn remove(&mut self, id: SentenceId) {
        self.0.retain(|(_, other)| *other != id);
    }

    /// How many of them have less mass.
    fn lighter(&self, mass: f64) -> usize {
        self.0.partition_point(|(other, _)| *other < mass)
    }
}

impl<'s> Taken<'s> {
    /// Nothing taken yet.
    pub fn new(story: &'s Story<'s>, thresholds: RedundancyOptions) -> Self {
        let width = story.matrix.width();
        Self {
            story,
            thresholds,
            sentences: Vec::new(),
            counts: vec![0; width],
            filed: None,
            numbers: FxHashMap::default(),
            candidate: vec![0.0; width],
        }
    }

    /// Files a sentence.
    pub fn add(&mut self, id: SentenceId) {
        self.sentences.push(id);
        for term in self.story.matrix.terms(id) {
            self.counts[term.index()] += 1;
        }
        if let Some(mut filed) = self.filed.take() {
            self.file(id, &mut filed);
            self.filed = Some(filed);
        } else if self.sentences.len() > FEW {
            let mut filed = Filed::default();
            self.sentences.iter().for_each(|id| self.file(*id, &mut filed));
            self.filed = Some(filed);
        }
        for number in large_numbers(self.story.sentences.text(id)) {
            self.numbers.entry(number).or_default().push(id);
        }
    }

    fn file(&self, id: SentenceId, filed: &mut Filed) {
        let mass = self.story.matrix.mass(id);
        for term in self.story.matrix.terms(id) {
            filed.holders.entry(*term).or_default().add(mass, id);
        }
        for term in self.prefix(id) {
            filed.prefixes.entry(term).or_default().add(mass, id);
        }
    }

    /// Takes a sentence out again.
    pub fn remove(&mut self, id: SentenceId) {
        self.sentences.retain(|other| *other != id);
        for term in self.story.matrix.terms(id) {
            self.counts[term.index()] -= 1;
            for lists in self.filed.iter_mut().flat_map(|filed| [&mut filed.holders, &mut filed.prefixes]) {
                if let Some(sentences) = lists.get_mut(term) {
                    sentences.remove(id);
                }
            }
        }
        for number in large_numbers(self.story.sentences.text(id)) {
            self.numbers.entry(number).or_default().retain(|other| *other != id);
        }
    }

    /// The IDF-weighted share of a sentence that none of those taken tells, in [0, 1].
    pub fn novelty(&self, id: SentenceId) -> f64 {
        let idf = self.story.matrix.idf();
        let (mut mass, mut news) = (0.0, 0.0);
        for term in self.story.matrix.terms(id) {
            mass += idf[term.index()];
            if self.counts[term.index()] == 0 {
                news += idf[term.index()];
            }
        }
        if mass > 0.0 { news / mass } else { 0.0 }
    }

    /// Whether a sentence is told already, by one of those taken or by all together.
    pub fn repeats(&mut self, id: SentenceId) -> bool {
        if self.sentences.len() <= FEW && 1.0 - self.novelty(id) >= self.thresholds.told {
            return true;
        }
        self.story.matrix.row(id).for_each(|(term, weight)| self.candidate[term.index()] = weight);
        let mass = self.story.matrix.mass(id);
        let repeats =
            |other: SentenceId| self.may_repeat(other, id, mass) && repeats(self.story, other, id, &self.thresholds);
        let is_repeated = match &self.filed {
            Some(filed) => self.near(id, mass, filed).into_iter().any(repeats),
            None => self.sentences.iter().copied().any(repeats),
        };
        self.story.matrix.terms(id).iter().for_each(|term| self.candidate[term.index()] = 0.0);
        is_repeated || self.gives_a_told_number(id)
    }

    /// Whether a sentence and the candidate `id`, which has so much mass, may repeat each other: [`repeats`] but for
    /// rounding, and without a second look at the row of the candidate.
    fn may_repeat(&self, other: SentenceId, id: SentenceId, mass: f64) -> bool {
        let matrix = &self.story.matrix;
        let idf = matrix.idf();
        let (mut common, mut product, mut other_mass) = (0.0, 0.0, 0.0);
        for (term, count) in matrix.entries(other) {
            let (own, idf) = (self.candidate[term.index()], idf[term.index()]);
            other_mass += idf;
            common += if own > 0.0 { idf } else { 0.0 };
            product += own * f64::from(count) * idf;
        }
        let opens = |id: SentenceId| self.story.sentences.get(id).position == 0;
        let scale = if opens(other) && opens(id) { self.thresholds.openers } else { 1.0 } * (1.0 - ROUNDING);
        let contained = common >= scale * self.thresholds.containment * mass.min(other_mass);
        common > 0.0 && (contained || product >= scale * self.thresholds.cosine * matrix.length(other))
    }

    /// The sentences that a candidate with so much mass can repeat.
    fn near(&self, id: SentenceId, mass: f64, filed: &Filed) -> Vec<SentenceId> {
        // Either the candidate's prefix stands in a greater one that was taken, or the other way round.
        let greater = |term| filed.holders.get(&term).map(|sentences| &sentences.0[sentences.lighter(mass)..]);
        let lighter = |term| filed.prefixes.get(term).map(|sentences| &sentences.0[..sentences.lighter(mass)]);
        let forwards = self.prefix(id).into_iter().filter_map(greater);
        let backwards = self.story.matrix.terms(id).iter().filter_map(lighter);
        let mut near: Vec<SentenceId> = forwards.chain(backwards).flatten().map(|(_, id)| *id).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Whether a sentence gives a number like `136,927` that a sentence of another article has given, which is about the
    /// same.
    fn gives_a_told_number(&self, id: SentenceId) -> bool {
        let article = |id: SentenceId| self.story.sentences.get(id).article;
        let numbers = large_numbers(self.story.sentences.text(id));
        let mut given: Vec<SentenceId> =
            numbers.iter().filter_map(|number| self.numbers.get(number)).flatten().copied().collect();
        given.sort_unstable();
        given.dedup();
        given.into_iter().any(|other| {
            article(other) != article(id) && self.story.matrix.common_terms(other, id) >= FEWEST_TERMS_BESIDE_A_NUMBER
        })
    }

    /// The rarest terms of a sentence, so many that the rest can reach neither threshold: it weighs less than
    /// `containment` of the sentence by IDF, and is shorter than `cosine` as a vector.
    fn prefix(&self, id: SentenceId) -> Vec<TermId> {
        let scale = if self.story.sentences.get(id).position == 0 { self.thresholds.openers } else { 1.0 };
        let matrix = &self.story.matrix;
        let least_mass = scale * self.thresholds.containment * matrix.mass(id);
        let least_square = (scale * self.thresholds.cosine).powi(2);
        let mut entries: Vec<(TermId, f64)> = matrix.row(id).collect();
        let idf = matrix.idf();
        entries.sort_by(|(a, _), (b, _)| rarest_first(matrix, *a, *b));
        let (mut mass, mut square) = (matrix.mass(id), 1.0);
        let needed = entries.into_iter().take_while(|(term, weight)| {
            // A little less than exact, so that rounding loses no term.
            let needed = mass >= least_mass - ROUNDING || square >= least_square - ROUNDING;
            mass -= idf[term.index()];
            square -= weight * weight;
            needed
        });
        needed.map(|(term, _)| term).collect()
    }
}

/// Two sentences that give one large number have so many terms in common, that one included, when they tell the same.
const FEWEST_TERMS_BESIDE_A_NUMBER: usize = 3;

/// Of more sentences than this, nearly every word has been told somewhere: then only single ones are looked at.
const FEW: usize = 40;

/// Sums of a sentence's weights are right to better than this.
const ROUNDING: f64 = 1e-9;

/// For each pick the sentences of other articles that say the same, the best of each article, in the order of ids.
///
/// An echo holds at least [`RedundancyOptions::echo`] of the pick, weighted by IDF, and gives no other number: "12 were
/// hurt" is no echo of "14 were hurt". Sentences that may not be quoted can be echoes; they are cited, not shown.
pub(super) fn echoes(story: &Story<'_>, picks: &[SentenceId], threshold: f64) -> Vec<Vec<SentenceId>> {
    let matrix = &story.matrix;
    // An echo that lacks all of a pick's weightiest terms cannot hold enough of it: so only the sentences under those
    // terms are looked at, and the terms that most sentences have in common never are.
    let prefixes: Vec<Vec<TermId>> = picks.iter().map(|pick| weightiest_terms(matrix, *pick, threshold)).collect();
    let mut wanted = vec![false; matrix.width()];
    prefixes.iter().flatten().for_each(|term| wanted[term.index()] = true);
    let wanted_of = |ids: &[SentenceId]| {
        let terms = |id: &SentenceId| matrix.terms(*id).iter().filter(|term| wanted[term.index()]).copied();
        ids.iter().flat_map(|id| terms(id).map(|term| (term, *id))).collect()
    };
    let all: Vec<SentenceId> = story.sentences.ids().collect();
    let mut postings: FxHashMap<TermId, Vec<SentenceId>> = FxHashMap::default();
    for (term, id) in part_by_part(&all, wanted_of) {
        postings.entry(term).or_default().push(id);
    }
    let mut held = vec![0.0; matrix.width()];
    let mut echoes = |pick: SentenceId, prefix: &[TermId]| {
        let idf = matrix.idf();
        matrix.terms(pick).iter().for_each(|term| held[term.index()] = idf[term.index()]);
        let echoes = echoes_of(story, pick, prefix, &postings, &held, threshold);
        matrix.terms(pick).iter().for_each(|term| held[term.index()] = 0.0);
        echoes
    };
    picks.iter().zip(&prefixes).map(|(pick, prefix)| echoes(*pick, prefix)).collect()
}

/// The echoes of one pick; `held` has the IDF of each of its terms, and zero for all others.
fn echoes_of(
    story: &Story<'_>,
    pick: SentenceId,
    prefix: &[TermId],
    postings: &FxHashMap<TermId, Vec<SentenceId>>,
    held: &[f64],
    threshold: f64,
) -> Vec<SentenceId> {
    let matrix = &story.matrix;
    let own_article = story.sentences.get(pick).article;
    let own_numbers = LazyCell::new(|| numbers(story.sentences.text(pick)));
    let mass = matrix.mass(pick);
    let mut candidates: Vec<SentenceId> = prefix.iter().flat_map(|term| &postings[term]).copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    // Ids rise by article, so the sentences of one article are neighbours.
    let mut best: Vec<(SentenceId, f64)> = Vec::new();
    for candidate in candidates {
        let article = story.sentences.get(candidate).article;
        if article == own_article {
            continue;
        }
        // As `TermMatrix::containment`, without going through the terms of the pick again.
        let common: f64 = matrix.terms(candidate).iter().map(|term| held[term.index()]).sum();
        let share = if mass > 0.0 { common / mass } else { 0.0 };
        if share < threshold
            || is_question(story.sentences.text(candidate))
            || matrix.common_terms(pick, candidate) < FEWEST_COMMON_TERMS
            || (!own_numbers.is_empty() && disagree(&own_numbers, &numbers(story.sentences.text(candidate))))
        {
            continue;
        }
        match best.last_mut() {
            Some((known, known_share)) if story.sentences.get(*known).article == article => {
                if share > *known_share {
                    (*known, *known_share) = (candidate, share);
                }
            }
            _ => best.push((candidate, share)),
        }
    }
    best.into_iter().map(|(id, _)| id).collect()
}

/// Terms by IDF, the highest first.
fn rarest_first(matrix: &TermMatrix, a: TermId, b: TermId) -> Ordering {
    let idf = matrix.idf();
    idf[b.index()].total_cmp(&idf[a.index()]).then(a.cmp(&b))
}

/// The weightiest terms of a sentence, so many that what is left weighs less than `threshold` of the sentence: whatever
/// holds `threshold` of it holds one of these (prefix filtering; Chaudhuri, Ganti and Kaushik, 2006).
fn weightiest_terms(matrix: &TermMatrix, sentence: SentenceId, threshold: f64) -> Vec<TermId> {
    let idf = matrix.idf();
    let mut terms = matrix.terms(sentence).to_vec();
    terms.sort_by(|a, b| rarest_first(matrix, *a, *b));
    let mass = matrix.mass(sentence);
    let mut left = mass;
    let needed = terms.iter().take_while(|term| {
        let needed = left >= threshold * mass;
        left -= idf[term.index()];
        needed
    });
    needed.copied().collect()
}

/// Whether a sentence asks: what is asked is not said.
fn is_question(text: &str) -> bool {
    text.trim_end_matches(closes).ends_with(asks)
}

/// The numbers that a sentence gives in digits, without the marks that group them.
fn numbers(text: &str) -> FxHashSet<String> {
    let mut numbers = FxHashSet::default();
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digits && (text.is_ascii() || !text.contains(char::is_numeric)) {
        return numbers;
    }
    crate::segment::words(text, |span| {
        let word = span.of(text);
        if word.starts_with(|c: char| c.is_numeric()) {
            numbers.insert(word.chars().filter(|c| c.is_alphanumeric()).map(narrow).collect());
        }
    });
    numbers
}

/// A digit that is as wide as a character of Chinese as the one of ASCII that it is.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    }
}

/// The numbers of four digits and more that a sentence gives, each once, but for years: what two reports hardly have in
/// common by chance.
fn large_numbers(text: &str) -> Vec<String> {
    const FEWEST_DIGITS: usize = 4;
    if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS {
        return Vec::new();
    }
    let mut numbers = Vec::new();
    crate::segment::words(text, |span| {
        let word = span.of(text);
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let year = word.len() == FEWEST_DIGITS && word.starts_with(['1', '2']);
        if digits.len() >= FEWEST_DIGITS && !year {
            numbers.push(digits);
        }
    });
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Whether each of two sentences gives a number that the other lacks.
fn disagree(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    !a.is_subset(b) && !b.is_subset(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cluster;
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    #[test]
    fn a_sentence_with_another_number_is_no_echo() {
        let texts = [
            "The ferry hit the east pier and 14 people were hurt on Tuesday.",
            "On Tuesday the ferry hit the east pier, and 14 people were hurt.",
            "The ferry hit the east pier and 20 people were hurt on Tuesday.",
            "Council voted money for the roofs of 3 schools in the town.",
        ];
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        let cluster = Cluster { articles, ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let pick = SentenceId(0);
        assert_eq!(echoes(&story, &[pick], 0.5), [[SentenceId(1)]]);
        let thresholds = RedundancyOptions::default();
        assert!(repeats(&story, pick, SentenceId(2), &thresholds), "it repeats all the same");
        assert!(!repeats(&story, pick, SentenceId(3), &thresholds));
    }

    #[test]
    fn a_large_number_that_another_article_gave_is_told() {
        let texts = [
            "The company paid a fine of 136,927 crowns to the town on Monday, its lawyer said.",
            "Nobody answered at the office. A spokesman of the town confirmed that 136,927 crowns had come in as the fine.",
            "Nobody was there. The pier was built in 1931 for 136,927 tons of herring a year.",
        ];
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        let cluster = Cluster { articles, ..Cluster::default() };
        let story = Story::new(sentences(&cluster));
        let mut taken = Taken::new(&story, RedundancyOptions::default());
        taken.add(SentenceId(0));
        assert!(taken.repeats(SentenceId(2)));
        assert!(!taken.repeats(SentenceId(4)), "it has nothing but the number in common");
        taken.remove(SentenceId(0));
        assert!(!taken.repeats(SentenceId(2)));
        assert_eq!(large_numbers("In 1931 some 2,800 of 12 million came; 4.500 left."), ["2800", "4500"]);
    }
}
