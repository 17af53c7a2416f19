//! A story in, a [`Ranking`] out.

use std::sync::OnceLock;

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::features::{FEWEST_IN_PARALLEL, each_feature};
use super::votes::Votes;
use super::{About, Convergence, FEATURES};
use crate::error::Error;
use crate::model::{Budget, Options, Prior, SentenceId};
use crate::segment::Sentences;
use crate::vectorize::{Phrases, TermMatrix, vectorize};
use crate::voices::{Families, Voices};

/// What ranking and choosing look at: the sentences of a cluster, and what they say.
#[derive(Clone, Debug)]
pub struct Story<'c> {
    /// Where the sentences stand.
    pub sentences: Sentences<'c>,
    /// What they say, a row each.
    pub matrix: TermMatrix,
    /// What they say word for word.
    pub phrases: Phrases,
    /// Whose they are, and which of them were said before.
    pub voices: Voices,
}

impl<'c> Story<'c> {
    /// Weighs the terms of the sentences, and finds out who speaks; every publisher stands for itself.
    pub fn new(sentences: Sentences<'c>) -> Self {
        Self::with_families(sentences, &Families::default())
    }

    /// The same with families of publishers.
    ///
    /// Terms weigh as the sentences have them that were not said before: reprints change nothing.
    pub fn with_families(sentences: Sentences<'c>, families: &Families) -> Self {
        let (matrix, phrases) = vectorize(&sentences);
        let voices = Voices::of(&sentences, &matrix, &phrases, families);
        let has_vote = |id: &SentenceId| voices.repeated(*id).is_none();
        let matrix = if voices.has_repeats() { matrix.weighed_by(sentences.ids().filter(has_vote)) } else { matrix };
        Self { sentences, matrix, phrases, voices }
    }

    /// The sentences that were not said before.
    pub fn first_said(&self) -> impl Iterator<Item = SentenceId> + '_ {
        self.sentences.ids().filter(|id| self.voices.repeated(*id).is_none())
    }

    /// About how many words a digest within a budget has. What was said before is not counted.
    pub fn words_within(&self, budget: Budget) -> f64 {
        let words = || self.first_said().map(|id| self.phrases.range(id).len()).sum::<usize>() as f64;
        match budget {
            Budget::Words(limit) => limit as f64,
            Budget::Sentences(limit) => limit as f64 * words() / self.first_said().count().max(1) as f64,
            Budget::Chars(limit) => {
                let characters: usize = self.first_said().map(|id| self.sentences.text(id).chars().count()).sum();
                limit as f64 * words() / characters.max(1) as f64
            }
            Budget::Percent(percent) => words() * f64::from(percent) / 100.0,
        }
    }
}

/// How a sentence relates to those chosen before it: the names of the coefficients in [`Prior::chosen`], in the order of a
/// printed score. What they measure is told where it is measured, in `select`.
pub const RELATIONS: [&str; 7] =
    ["nearest", "told words", "told phrases", "told opening", "beside", "goes on", "known from before"];

/// A score for every sentence of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// How much each sentence is worth quoting while none is chosen: the sum of its parts, in their order. Length:
    /// sentences.
    pub scores: Array1<f64>,
    /// What each feature adds to each score, if [`Options::explain`] asks for it: in a story of a million sentences it is more
    /// than the text. Shape: sentences × [`FEATURES`].
    pub parts: Option<Array2<f64>>,
    /// What was asked about, if anything was. What a sentence has of it is the last part of its score.
    pub about: Option<About>,
    /// How much it counts how a sentence relates to those chosen before it, in the order of [`RELATIONS`].
    pub relations: [f64; RELATIONS.len()],
    /// How the iteration of TextRank ended.
    pub convergence: Convergence,
}

impl Ranking {
    /// What was asked about, if the story has a word of it.
    pub fn answers(&self) -> Option<&About> {
        self.about.as_ref().filter(|about| about.is_told())
    }

    /// The score of a sentence.
    pub fn score(&self, sentence: SentenceId) -> f64 {
        self.scores[sentence.index()]
    }
}

/// Ranks the sentences of a story for a digest within the budget of `options`.
///
/// Each score is `Σ_f c_f · x_f` over the [`FEATURES`] x of the sentence, with the coefficients c of the [`Prior`] for that
/// length.
pub fn rank(story: &Story<'_>, options: &Options) -> Ranking {
    let prior = prior_of(options);
    let length = prior.length(story.words_within(options.budget));
    let coefficients = FEATURES.map(|name| Prior::of(&prior.sentence, name, length));
    let votes = Votes::of(story);
    let asked = options.about.as_deref().map(|question| About::of(story, question));
    let about = asked.as_ref().filter(|about| about.is_told());
    let mut scores = vec![0.0; votes.len()];
    let mut parts = options.explain.then(|| Array2::zeros((story.sentences.len(), FEATURES.len())));
    // Added up one by one, so that whoever adds up the printed parts gets the same number to the bit.
    let convergence = each_feature(&votes, &options.textrank, about, |feature, column| {
        let coefficient = coefficients[feature];
        let add = |(score, value): (&mut f64, &f64)| *score += rounded(coefficient * value);
        if column.len() < FEWEST_IN_PARALLEL {
            scores.iter_mut().zip(column).for_each(add);
        } else {
            scores.par_iter_mut().zip(column).for_each(add);
        }
        if let Some(parts) = &mut parts {
            let column = votes.for_sentences(column.to_vec());
            let parts = parts.column_mut(feature);
            parts.into_iter().zip(&column).for_each(|(part, value)| *part = rounded(coefficient * value));
        }
    });
    let mut scores = Array1::from(votes.for_sentences(scores));
    if let Some(about) = about {
        for id in story.sentences.ids() {
            scores[id.index()] += about.part(&story.matrix, id);
        }
    }
    let relations = RELATIONS.map(|name| Prior::of(&prior.chosen, name, length));
    Ranking { scores, parts, about: asked, relations, convergence }
}

/// Parts of a score have so many digits behind the point, so that whoever adds up the printed ones gets the printed score.
pub const PART_DIGITS: usize = 6;

/// A part of a score as it counts: rounded to [`PART_DIGITS`].
pub fn rounded(part: f64) -> f64 {
    const SCALE: f64 = 1e6;
    // From here on a number has no fraction, so that adding it rounds to one.
    const INTEGER: f64 = 4_503_599_627_370_496.0;
    // Just below a half, so that what is below a half by one bit is not rounded up.
    const HALF: f64 = 0.5 - 0.25 * f64::EPSILON;
    // Without branches and without a detour over integers, so that several are rounded at once.
    let scaled = part * SCALE;
    let up = scaled.abs() + HALF;
    let nearest = up + INTEGER - INTEGER;
    let below = if nearest > up { nearest - 1.0 } else { nearest };
    let whole = if scaled.abs() < INTEGER { below } else { scaled.abs() };
    // Zero has no sign when it is printed.
    whole.copysign(scaled) / SCALE + 0.0
}

/// The prior of some options: their own, or the one that ships.
pub fn prior_of(options: &Options) -> &Prior {
    options.prior.as_ref().unwrap_or_else(|| shipped())
}

/// The prior that ships: `src/rank/prior.json`, made by `epitome train`.
pub fn shipped() -> &'static Prior {
    static SHIPPED: OnceLock<Prior> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        // It needs none of what [`prior`] has to say of a mistake.
        serde_json::from_str(SHIPPED_JSON).expect("the prior that ships is one, as a test makes sure")
    })
}

const SHIPPED_JSON: &str = include_str!("prior.json");

/// Reads a prior from its JSON.
///
/// # Errors
///
/// [`ErrorKind::Usage`](crate::error::ErrorKind::Usage) where it is none, or has a name or a number that cannot work.
pub fn prior(json: &str) -> Result<Prior, Error> {
    let prior = Prior::parse(json)?;
    prior.check(&FEATURES, &RELATIONS)?;
    Ok(prior)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prior_that_ships_has_a_coefficient_for_every_feature() {
        let names = |table: &[crate::model::Coefficient]| table.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&shipped().sentence), FEATURES);
        assert_eq!(names(&shipped().chosen), RELATIONS);
    }

    #[test]
    fn the_prior_that_ships_is_one_that_can_be_used() {
        assert_eq!(prior(SHIPPED_JSON).as_ref(), Ok(shipped()));
    }

    #[test]
    fn parts_are_rounded_half_away_from_zero() {
        for part in [0.1234565, -0.1234565, 7e-7, 1e9 / 3.0, -2.5e-6, 1e300, 4_503_599_627.370_497] {
            assert_eq!(rounded(part).to_bits(), (libm::round(part * 1e6) / 1e6).to_bits(), "{part}");
        }
    }
}
