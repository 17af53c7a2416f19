//! A ranking and what is chosen so far in, what each further sentence is worth out.
//!
//! The worth of a sentence is its score plus, for each of [`RELATIONS`], a coefficient of the [`Prior`](crate::model::Prior)
//! times what this measures:
//!
//! | relation | what it is |
//! |---|---|
//! | `nearest` | the highest cosine to a sentence that is chosen |
//! | `told words` | the share of its terms, weighted by IDF, that those chosen hold together |
//! | `told phrases` | the share of its bigrams that they hold |
//! | `told opening` | `nearest`, if it opens its article |
//! | `beside` | 1 if the sentence before or behind it in its article is chosen |
//! | `goes on` | 1 if it goes on from a sentence that it can be quoted only behind |
//! | `known from before` | 1 if it has a name or a thing in it that an earlier sentence introduces |
//!
//! and less what makes it hard to understand alone. Maximal marginal relevance (Carbonell and Goldstein, 1998) is the first
//! of these; its trade-off, and all the others, are learned here instead of set (see
//! [`train`](crate::bench::train)).

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::news::News;
use crate::model::{SentenceId, TermId};
use crate::rank::{ABOUT, ANSWERED, FEATURES, RELATIONS, Ranking, Story, rounded};
use crate::vectorize::Bigram;

/// One named part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it stands for: one of [`FEATURES`] or [`RELATIONS`], [`ABOUT`], [`ANSWERED`], [`CLARITY`] or
    /// [`TOLD_BEFORE`].
    pub name: String,
    /// How much it adds.
    pub value: f64,
}

/// The name of the part that is taken off for what points out of a sentence.
pub const CLARITY: &str = "clarity";

/// The name of the part that is taken off for what was told in an earlier digest.
pub const TOLD_BEFORE: &str = "told before";

/// What a sentence would lose of which all was told before. With 1, and 2 for a sentence that opens its article, a stray
/// article has the better of the story: nothing of it was ever told.
const TOLD_BEFORE_WEIGHT: f64 = 0.5;

/// What a sentence would lose that cannot be understood at all, were there one. Against 0 it costs .1 points of ROUGE-2 on
/// Multi-News and AllSides, .15 costs .2; what it changes is what a reader stumbles over.
const CLARITY_WEIGHT: f64 = 0.1;

/// Only the first so many of those chosen are compared with a candidate one by one: a longer digest is a list, where what
/// repeats is kept out by its thresholds alone.
const MOST_TO_COMPARE: usize = 200;

/// Parts of a score are rounded one by one; a bound is above their sum by this.
const ROUNDING: f64 = 1e-5;

/// What is chosen so far, filed so that it is cheap to say what a candidate is worth beside it.
pub(super) struct Worth<'a, 's, 'c> {
    story: &'s Story<'c>,
    ranking: &'a Ranking,
    context: &'a Context<'s, 'c>,
    /// Which sentences are news, if something was told before.
    news: Option<&'a News>,
    /// For each term in how many of those that are chosen it stands.
    counts: Vec<u32>,
    /// Where each term stands in those that are compared, and for each term the last of these places, counted from 1.
    places: Vec<Place>,
    last_places: Vec<u32>,
    /// How often each bigram does.
    bigrams: FxHashMap<Bigram, u32>,
    /// Every sentence that was ever chosen and is compared, and whether it is chosen now.
    compared: Vec<(SentenceId, bool)>,
    /// For each of those the part of a cosine that has been added up.
    cosines: Vec<f64>,
    /// Which sentences are chosen.
    chosen: FxHashSet<SentenceId>,
    /// The most that relations can add to the score of a sentence, and of one beside one that is chosen.
    most_added: [f64; 2],
}

/// A compared sentence that holds a term.
struct Place {
    /// Which, as an index of `compared`.
    index: u32,
    /// The place of the same term before this one, counted from 1; 0 behind the first.
    before: u32,
    /// The weight of the term in the sentence's row.
    weight: f64,
}

impl<'a, 's, 'c> Worth<'a, 's, 'c> {
    pub fn new(
        story: &'s Story<'c>,
        ranking: &'a Ranking,
        context: &'a Context<'s, 'c>,
        news: Option<&'a News>,
    ) -> Self {
        Self {
            story,
            ranking,
            context,
            news,
            counts: vec![0; story.matrix.width()],
            places: Vec::new(),
            last_places: vec![0; story.matrix.width()],
            bigrams: FxHashMap::default(),
            compared: Vec::new(),
            cosines: Vec::new(),
            chosen: FxHashSet::default(),
            most_added: [0.0, 1.0].map(|beside| most_added(&ranking.relations, beside)),
        }
    }

    /// Notes that a sentence is chosen.
    pub fn add(&mut self, id: SentenceId) {
        self.chosen.insert(id);
        let known = self.compared.iter().position(|(known, _)| *known == id);
        let new = known.is_none() && self.compared.len() < MOST_TO_COMPARE;
        let index = self.compared.len() as u32;
        match known {
            Some(known) => self.compared[known].1 = true,
            None if new => self.compared.push((id, true)),
            None => {}
        }
        for (term, weight) in self.story.matrix.row(id) {
            self.counts[term.index()] += 1;
            if new {
                let last = &mut self.last_places[term.index()];
                self.places.push(Place { index, before: *last, weight });
                *last = self.places.len() as u32;
            }
        }
        for bigram in self.story.phrases.bigrams(id) {
            *self.bigrams.entry(bigram).or_default() += 1;
        }
    }

    /// Notes that a sentence is chosen no more.
    pub fn remove(&mut self, id: SentenceId) {
        self.chosen.remove(&id);
        for term in self.story.matrix.terms(id) {
            self.counts[term.index()] -= 1;
        }
        for bigram in self.story.phrases.bigrams(id) {
            self.bigrams.entry(bigram).and_modify(|count| *count -= 1);
        }
        if let Some((_, chosen)) = self.compared.iter_mut().find(|(known, _)| *known == id) {
            *chosen = false;
        }
    }

    /// What a sentence is worth while none is chosen.
    pub fn score(&self, id: SentenceId) -> f64 {
        self.ranking.score(id)
    }

    /// The most that a sentence can be worth beside what is chosen, without judging it: what counts against it is left
    /// out.
    pub fn at_most(&self, id: SentenceId) -> f64 {
        self.at_most_if(id, self.is_beside(id))
    }

    /// The same for one that stands, or does not, beside one that is chosen: it is worth more there.
    pub fn at_most_if(&self, id: SentenceId, is_beside: bool) -> f64 {
        self.ranking.score(id) + self.most_added[usize::from(is_beside)] + ROUNDING
    }

    /// The most that a sentence can be worth beside what is chosen, by all that relates it to that but for what shows only when
    /// it is judged: what it leans on and how clear it is.
    pub fn at_most_beside_chosen(&mut self, id: SentenceId) -> f64 {
        let known = self.known_relations(id);
        let parts = known.iter().zip(&self.ranking.relations).map(|(value, coefficient)| value * coefficient);
        self.ranking.score(id) + parts.sum::<f64>() + self.most_added[0] + ROUNDING
    }

    /// What a sentence is worth beside what is chosen.
    pub fn of(&mut self, id: SentenceId) -> f64 {
        let related = self.related(id);
        let score = related.iter().fold(self.ranking.score(id), |sum, part| sum + part);
        score + self.answered(id) + self.clarity(id) + self.told_before(id)
    }

    /// What each of its relations adds to that.
    fn related(&mut self, id: SentenceId) -> [f64; RELATIONS.len()] {
        let mut related = self.relations(id);
        related.iter_mut().zip(&self.ranking.relations).for_each(|(value, factor)| *value = rounded(*value * factor));
        related
    }

    /// The parts of that, in the order in which they are added up; none where nobody asks for them.
    pub fn parts(&mut self, id: SentenceId) -> Vec<Part> {
        let Some(features) = &self.ranking.parts else { return Vec::new() };
        let features = features.row(id.index()).to_vec();
        let part = |(name, value): (&&str, f64)| Part { name: (*name).to_owned(), value };
        let related = self.related(id);
        let features = FEATURES.iter().zip(features);
        let answers = self.ranking.answers();
        let about = answers.map(|about| (&ABOUT, about.part(&self.story.matrix, id)));
        let answered = answers.map(|_| (&ANSWERED, self.answered(id)));
        let clarity = [(&CLARITY, self.clarity(id))];
        let told_before = self.news.map(|_| (&TOLD_BEFORE, self.told_before(id)));
        let related = RELATIONS.iter().zip(related);
        features.chain(about).chain(related).chain(answered).chain(clarity).chain(told_before).map(part).collect()
    }

    /// Whether a sentence has some of what was asked about; if nothing was, every sentence has.
    pub fn is_asked_for(&self, id: SentenceId) -> bool {
        self.ranking.answers().is_none_or(|about| about.share(&self.story.matrix, id) > 0.0)
    }

    /// What is taken off for what those chosen tell of what was asked.
    fn answered(&self, id: SentenceId) -> f64 {
        let is_answered = |term: TermId| self.counts[term.index()] > 0;
        self.ranking.answers().map_or(0.0, |about| about.answered(&self.story.matrix, id, is_answered))
    }

    /// What is taken off for what was told before.
    fn told_before(&self, id: SentenceId) -> f64 {
        self.news.map_or(0.0, |news| rounded(-TOLD_BEFORE_WEIGHT * news.told_share(id)))
    }

    fn clarity(&self, id: SentenceId) -> f64 {
        rounded(CLARITY_WEIGHT * (self.context.judged(id).clarity - 1.0))
    }

    /// What relates a sentence to those chosen, in the order of [`RELATIONS`].
    pub fn relations(&mut self, id: SentenceId) -> [f64; RELATIONS.len()] {
        let [nearest, told_words, told_phrases, opening, beside] = self.known_relations(id);
        let [goes_on, known] = self.context.leans(id).map(f64::from);
        [nearest, told_words, told_phrases, opening, beside, goes_on, known]
    }

    /// Those that are known without judging the sentence: all but the last two.
    fn known_relations(&mut self, id: SentenceId) -> [f64; RELATIONS.len() - 2] {
        let (nearest, told_words) = self.nearest_and_told_words(id);
        let opening = if self.story.sentences.get(id).position == 0 { nearest } else { 0.0 };
        let beside = f64::from(self.is_beside(id));
        [nearest, told_words, self.told_phrases(id), opening, beside]
    }

    /// The highest cosine to a chosen sentence, and the share of the terms, weighted by IDF, that chosen ones hold.
    fn nearest_and_told_words(&mut self, id: SentenceId) -> (f64, f64) {
        let idf = self.story.matrix.idf();
        let (mut mass, mut told) = (0.0, 0.0);
        self.cosines.clear();
        self.cosines.resize(self.compared.len(), 0.0);
        for (term, weight) in self.story.matrix.row(id) {
            mass += idf[term.index()];
            if self.counts[term.index()] > 0 {
                told += idf[term.index()];
            }
            let mut place = self.last_places[term.index()];
            while let Some(Place { index, before, weight: other }) = self.places.get((place as usize).wrapping_sub(1)) {
                self.cosines[*index as usize] += weight * other;
                place = *before;
            }
        }
        let chosen = self.cosines.iter().zip(&self.compared).filter(|(_, (other, chosen))| *chosen && *other != id);
        let nearest = chosen.map(|(cosine, _)| *cosine).fold(0.0, f64::max);
        (nearest, if mass > 0.0 { told / mass } else { 0.0 })
    }

    fn told_phrases(&self, id: SentenceId) -> f64 {
        let bigrams = self.story.phrases.bigrams(id);
        let all = bigrams.len();
        let told = bigrams.filter(|bigram| self.bigrams.get(bigram).is_some_and(|count| *count > 0)).count();
        told as f64 / all.max(1) as f64
    }

    fn is_beside(&self, id: SentenceId) -> bool {
        neighbours(self.story, id).into_iter().flatten().any(|other| self.chosen.contains(&other))
    }
}

/// The most that relations can add to a score.
fn most_added(coefficients: &[f64], beside: f64) -> f64 {
    let for_it = |(name, coefficient): (&&str, &f64)| match *name {
        // Whether a sentence leans on another shows when it is judged.
        "goes on" | "known from before" => coefficient.max(0.0),
        "beside" => coefficient.max(0.0) * beside,
        _ => 0.0,
    };
    RELATIONS.iter().zip(coefficients).map(for_it).sum()
}

/// The sentences before and behind a sentence in its article.
pub(super) fn neighbours(story: &Story<'_>, id: SentenceId) -> [Option<SentenceId>; 2] {
    let range = story.sentences.range(story.sentences.get(id).article);
    let at = id.index();
    [(at > range.start).then(|| SentenceId::from(at - 1)), (at + 1 < range.end).then(|| SentenceId::from(at + 1))]
}
