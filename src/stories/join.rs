//! Evidence in, how likely it is that two groups of articles are one story out.
//!
//! A logistic regression. That a learned decision is better than a tuned threshold of one similarity was found by Miranda et
//! al. (2018), who went on to a support-vector machine; of what was tried here, boosted trees were worse.

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;

/// Weighs evidence: `p = 1 / (1 + exp(−(intercept + Σ weight · evidence)))`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// One for each of [`EVIDENCE`](super::EVIDENCE), in its order.
    pub weights: Evidence,
    /// What there is without evidence.
    pub intercept: f64,
}

impl Weights {
    /// The log-odds that two groups are one story.
    pub fn log_odds(&self, evidence: &Evidence) -> f64 {
        self.weights.iter().zip(evidence).fold(self.intercept, |sum, (weight, value)| sum + weight * value)
    }
}

/// What there is to compare of two groups, which decides how it is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts with dates in a heap of few days.
    Day,
    /// Texts with dates in an archive: two reports of one day may be less alike and still be of one event.
    Archive,
    /// Texts, and no dates.
    Undated,
    /// Headlines alone.
    Headlines,
}

impl Kind {
    /// Whether evidence of such a name is looked at. In a heap of few days time says nothing: hardly any two articles lie far
    /// apart. Where there are headlines alone, the body is the headline once more, and where
    /// one of two groups has texts, its body, lead and names are compared with something of another kind.
    pub fn looks_at(self, evidence: &str) -> bool {
        let passed_over: &[&str] = match self {
            Self::Day => &["same day", "near in time", "far in time", "days"],
            Self::Archive | Self::Undated => &[],
            Self::Headlines => &["body", "lead", "names", "untitled"],
        };
        !passed_over.contains(&evidence)
    }
}

/// The decision whether two groups are one story, for each [`Kind`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Where most pairs have texts and dates, and all is of few days.
    pub day: Weights,
    /// Where most pairs have texts and dates, and all is of many days.
    pub archive: Weights,
    /// Where most pairs have texts, and no dates.
    pub undated: Weights,
    /// Where most pairs have headlines alone.
    pub headlines: Weights,
}

impl Decision {
    /// The decision that was learned from stories that people put together, see [`docs`](crate::docs::evaluation).
    pub fn shipped() -> Self {
        Self { day: DAY, archive: ARCHIVE, undated: UNDATED, headlines: HEADLINES }
    }

    /// How evidence of a kind is weighed.
    pub fn weights(&self, kind: Kind) -> &Weights {
        match kind {
            Kind::Day => &self.day,
            Kind::Archive => &self.archive,
            Kind::Undated => &self.undated,
            Kind::Headlines => &self.headlines,
        }
    }
}

impl Default for Decision {
    fn default() -> Self {
        Self::shipped()
    }
}

/// The probability that goes with log-odds.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

include!("coefficients.rs");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories::EVIDENCE;

    /// Two groups that are so alike in everything, so many days apart.
    fn evidence(likeness: f64, days: f64) -> Evidence {
        let at = |name: &str| match name {
            "body" | "title" | "lead" | "names" => likeness,
            "same day" => f64::from(u8::from(days == 0.0)),
            "near in time" => libm::exp(-days * days / 4.5),
            "far in time" => f64::from(u8::from(days > 3.0)),
            "days" => libm::log1p(days),
            "closest of either" | "closest of both" => likeness / (likeness + 0.15),
            _ => 0.0,
        };
        EVIDENCE.map(at)
    }

    #[test]
    fn likeness_speaks_for_a_join_and_days_between_against_it() {
        for weights in [DAY, ARCHIVE, UNDATED, HEADLINES] {
            assert!(weights.log_odds(&evidence(0.6, 0.0)) > 0.0);
            assert!(weights.log_odds(&evidence(0.05, 0.0)) < 0.0);
        }
        for weights in [ARCHIVE, HEADLINES] {
            assert!(weights.log_odds(&evidence(0.4, 0.0)) > weights.log_odds(&evidence(0.4, 10.0)));
        }
    }

    #[test]
    fn even_odds_are_a_half() {
        assert_eq!(probability(0.0), 0.5);
        assert!(probability(3.0) > 0.95 && probability(-3.0) < 0.05);
    }
}
