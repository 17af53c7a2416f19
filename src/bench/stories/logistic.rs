//! Examples of what is one story and what is not in, the [`Weights`] that fit them best out.
//!
//! A logistic regression with a ridge on standardised evidence, fitted by Newton's method (Hastie, Tibshirani and Friedman, *The
//! Elements of Statistical Learning*, 2009, sections 4.4.1 and 3.4.1).

use ndarray::{Array1, Array2};

use crate::bench::train::cholesky;
use crate::stories::{EVIDENCE, Evidence, Kind, Weights, probability};

/// The penalty: so much for the square of a weight of standardised evidence, beside examples that count some thousands.
const RIDGE: f64 = 5.0;

/// The intercept has no penalty but so much that its equation can be solved.
const HARDLY: f64 = 1e-9;

/// Newton's method is given up after so many steps.
const MOST_STEPS: usize = 25;

/// A step that moves no weight by more than this is the last.
const AT_REST: f64 = 1e-8;

/// Evidence that deviates less than this is the same in all examples, and says nothing.
const SAME: f64 = 1e-6;

/// How many unknowns there are: one for each piece of evidence, and the intercept behind them.
const WIDTH: usize = EVIDENCE.len() + 1;

/// Where the intercept stands.
const INTERCEPT: usize = EVIDENCE.len();

/// Examples, and how much each counts.
#[derive(Default)]
pub(super) struct Regression {
    rows: Vec<Evidence>,
    same: Vec<bool>,
    counts: Vec<f64>,
}

/// What evidence is scaled by, so that each has mean 0 and deviation 1.
struct Scale {
    means: Evidence,
    deviations: Evidence,
    /// Which is looked at.
    says: [bool; EVIDENCE.len()],
}

impl Regression {
    /// Adds an example.
    pub fn add(&mut self, evidence: Evidence, is_same: bool, counts: f64) {
        self.rows.push(evidence);
        self.same.push(is_same);
        self.counts.push(counts);
    }

    /// The weights that fit the examples, which are of such a kind; `None` where all of them are one story, or none is.
    pub fn fitted(&self, kind: Kind) -> Option<Weights> {
        if self.same.iter().all(|same| *same) || !self.same.contains(&true) {
            return None;
        }
        let scale = self.scale(kind);
        let rows: Vec<[f64; WIDTH]> = self.rows.iter().map(|row| scale.scaled(row)).collect();
        let mut solution = Array1::zeros(WIDTH);
        for _ in 0..MOST_STEPS {
            let step = self.step(&rows, &solution);
            solution += &step;
            if step.iter().all(|part: &f64| part.abs() < AT_REST) {
                break;
            }
        }
        Some(scale.unscaled(&solution))
    }

    fn scale(&self, kind: Kind) -> Scale {
        let total: f64 = self.counts.iter().sum();
        let mean = |of: &dyn Fn(&Evidence) -> f64| {
            self.rows.iter().zip(&self.counts).map(|(row, count)| count * of(row)).sum::<f64>() / total
        };
        let means: Evidence = std::array::from_fn(|at| mean(&|row| row[at]));
        let deviations: Evidence = std::array::from_fn(|at| mean(&|row| (row[at] - means[at]).powi(2)).sqrt());
        let says = std::array::from_fn(|at| deviations[at] > SAME && kind.looks_at(EVIDENCE[at]));
        Scale { means, deviations, says }
    }

    /// A step of Newton's method: the gradient divided by the curvature.
    fn step(&self, rows: &[[f64; WIDTH]], solution: &Array1<f64>) -> Array1<f64> {
        let penalty = |at: usize| if at == INTERCEPT { HARDLY } else { RIDGE };
        let mut hessian = Array2::<f64>::zeros((WIDTH, WIDTH));
        let mut gradient = Array1::<f64>::zeros(WIDTH);
        for at in 0..WIDTH {
            hessian[[at, at]] = penalty(at);
            gradient[at] = if at == INTERCEPT { 0.0 } else { -RIDGE * solution[at] };
        }
        for ((row, same), count) in rows.iter().zip(&self.same).zip(&self.counts) {
            let odds: f64 = row.iter().zip(solution).map(|(value, weight)| value * weight).sum();
            let p = probability(odds);
            let (error, curvature) = (f64::from(u8::from(*same)) - p, p * (1.0 - p));
            for a in 0..WIDTH {
                gradient[a] += count * error * row[a];
                for b in 0..=a {
                    hessian[[a, b]] += count * curvature * row[a] * row[b];
                }
            }
        }
        // Of a symmetric matrix the lower half is enough.
        cholesky(hessian, gradient)
    }
}

impl Scale {
    /// Evidence with mean 0 and deviation 1, and a 1 behind it for the intercept.
    fn scaled(&self, row: &Evidence) -> [f64; WIDTH] {
        std::array::from_fn(|at| match at {
            INTERCEPT => 1.0,
            at if self.says[at] => (row[at] - self.means[at]) / self.deviations[at],
            _ => 0.0,
        })
    }

    /// The weights of evidence as it comes, of those of scaled evidence.
    fn unscaled(&self, solution: &Array1<f64>) -> Weights {
        let weights: Evidence =
            std::array::from_fn(|at| if self.says[at] { solution[at] / self.deviations[at] } else { 0.0 });
        let moved: f64 = weights.iter().zip(&self.means).map(|(weight, mean)| weight * mean).sum();
        Weights { weights: weights.map(rounded), intercept: rounded(solution[INTERCEPT] - moved) }
    }
}

/// Rounded to three digits behind the point: a table that people can read.
fn rounded(weight: f64) -> f64 {
    (weight * 1e3).round() / 1e3 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body so alike, everything else the same.
    fn body(likeness: f64) -> Evidence {
        std::array::from_fn(|at| if at == 0 { likeness } else { 0.5 })
    }

    #[test]
    fn the_odds_of_examples_are_found() {
        // At .2 one of four is one story, at .8 three of four: log-odds of ∓ ln 3.
        let mut examples = Regression::default();
        for (likeness, same) in [(0.2, 1), (0.8, 3)] {
            for at in 0..4 {
                examples.add(body(likeness), at < same, 1e6);
            }
        }
        let weights = examples.fitted(Kind::Archive).unwrap();
        assert!((weights.log_odds(&body(0.2)) + 3.0f64.ln()).abs() < 2e-3);
        assert!((weights.log_odds(&body(0.8)) - 3.0f64.ln()).abs() < 2e-3);
        assert!(weights.weights[1..].iter().all(|weight| *weight == 0.0), "what is the same says nothing");
    }

    #[test]
    fn from_examples_of_one_kind_alone_nothing_is_learned() {
        let mut examples = Regression::default();
        assert_eq!(examples.fitted(Kind::Day), None);
        examples.add(body(0.5), true, 1.0);
        assert_eq!(examples.fitted(Kind::Day), None);
    }
}
