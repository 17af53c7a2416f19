//! Equations in, a prior out.

use ndarray::{Array1, Array2};

use super::example::{COEFFICIENTS, Equations};
use crate::model::{Coefficient, Prior};
use crate::rank::{FEATURES, RELATIONS};

/// The penalty of the ridge regression, against a sum of squares of 1 for each column.
pub const RIDGE: f64 = 0.3;

/// Coefficients are rounded to so many digits behind the point: a table that people can read, and the same on every
/// machine.
const DIGITS: f64 = 1e4;

/// A column whose squares sum up to less than this is the same for all sentences.
const NOTHING: f64 = 1e-12;

/// Solves the ridge regression: `(P + λ D) c = g` with D the diagonal of P, so that the penalty does not depend on the
/// units of the features. Coefficients of relations that come out with the wrong sign are set to zero and the others
/// fitted anew. What is named in `without` is left out: its coefficients are zero.
pub fn fit(equations: &Equations, short_words: f64, long_words: f64, without: &[String]) -> Prior {
    let names: Vec<&str> = FEATURES.iter().chain(&RELATIONS).copied().collect();
    let mut dropped: [bool; COEFFICIENTS] =
        std::array::from_fn(|at| without.iter().any(|name| name == names[at % names.len()]));
    let coefficients = loop {
        let coefficients = solve(equations, &dropped);
        let wrong: Vec<usize> = (0..COEFFICIENTS).filter(|at| has_wrong_sign(*at, coefficients[*at])).collect();
        if wrong.is_empty() {
            break coefficients;
        }
        wrong.into_iter().for_each(|at| dropped[at] = true);
    };
    // Nothing has no sign: -0 + 0 is 0.
    let rounded = |at: usize| libm::round(coefficients[at] * DIGITS) / DIGITS + 0.0;
    let half = COEFFICIENTS / 2;
    let table = |names: &[&str], first: usize| {
        let coefficient = |(at, name): (usize, &&str)| Coefficient {
            name: (*name).to_owned(),
            short: rounded(first + at),
            long: rounded(half + first + at),
        };
        names.iter().enumerate().map(coefficient).collect()
    };
    Prior {
        short_words,
        long_words,
        sentence: table(&FEATURES, 0),
        chosen: table(&RELATIONS, FEATURES.len()),
        made: serde_json::Value::Null,
    }
}

fn has_wrong_sign(at: usize, coefficient: f64) -> bool {
    let relation = (at % (COEFFICIENTS / 2)).checked_sub(FEATURES.len());
    relation.is_some_and(|relation| Prior::has_wrong_sign(RELATIONS[relation], coefficient))
}

fn solve(equations: &Equations, dropped: &[bool; COEFFICIENTS]) -> Array1<f64> {
    let diagonal = equations.products.diag();
    let used: Vec<usize> = (0..COEFFICIENTS).filter(|at| !dropped[*at] && diagonal[*at] > NOTHING).collect();
    let scale: Vec<f64> = used.iter().map(|at| diagonal[*at].sqrt()).collect();
    let mut system = Array2::zeros((used.len(), used.len()));
    let mut right = Array1::zeros(used.len());
    for (row, (a, scale_a)) in used.iter().zip(&scale).enumerate() {
        for (column, (b, scale_b)) in used.iter().zip(&scale).enumerate() {
            system[[row, column]] = equations.products[[*a, *b]] / (scale_a * scale_b);
        }
        system[[row, row]] += RIDGE;
        right[row] = equations.gains[*a] / scale_a;
    }
    let solution = cholesky(system, right);
    let mut coefficients = Array1::zeros(COEFFICIENTS);
    for ((at, scale), value) in used.iter().zip(&scale).zip(&solution) {
        coefficients[*at] = value / scale;
    }
    coefficients
}

/// Solves `A x = b` for a symmetric, positive definite A by Cholesky's decomposition.
pub(in crate::bench) fn cholesky(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for column in 0..n {
        for row in column..n {
            let before: f64 = (0..column).map(|k| a[[row, k]] * a[[column, k]]).sum();
            let value = a[[row, column]] - before;
            a[[row, column]] = if row == column { value.sqrt() } else { value / a[[column, column]] };
        }
    }
    for row in 0..n {
        let before: f64 = (0..row).map(|k| a[[row, k]] * b[k]).sum();
        b[row] = (b[row] - before) / a[[row, row]];
    }
    for row in (0..n).rev() {
        let behind: f64 = (row + 1..n).map(|k| a[[k, row]] * b[k]).sum();
        b[row] = (b[row] - behind) / a[[row, row]];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_as_by_hand() {
        // 4x + 2y = 10, 2x + 3y = 9: y = 2, x = 1.5.
        let a = Array2::from_shape_vec((2, 2), vec![4.0, 2.0, 2.0, 3.0]).unwrap();
        let solution = cholesky(a, Array1::from(vec![10.0, 9.0]));
        assert!((solution[0] - 1.5).abs() < 1e-12 && (solution[1] - 2.0).abs() < 1e-12, "{solution}");
    }

    #[test]
    fn what_is_left_out_counts_nothing_short_or_long() {
        let mut equations = Equations::empty();
        for at in [0, 1, COEFFICIENTS / 2] {
            equations.products[[at, at]] = 1.0;
            equations.gains[at] = 0.65;
        }
        let prior = fit(&equations, 30.0, 230.0, &[FEATURES[0].to_owned()]);
        assert_eq!((prior.sentence[0].short, prior.sentence[0].long, prior.sentence[1].short), (0.0, 0.0, 0.5));
    }

    #[test]
    fn a_relation_that_comes_out_with_the_wrong_sign_counts_nothing() {
        let mut equations = Equations::empty();
        let nearest = FEATURES.len();
        for at in [0, nearest] {
            equations.products[[at, at]] = 1.0;
            equations.gains[at] = 0.65;
        }
        let prior = fit(&equations, 30.0, 230.0, &[]);
        // One column alone: c = g / (1 + λ) = .65 / 1.3.
        assert_eq!(prior.sentence[0].short, 0.5);
        assert_eq!((prior.chosen[0].short, prior.sentence[0].long), (0.0, 0.0));
    }

    #[test]
    fn a_coefficient_that_rounds_to_nothing_has_no_sign() {
        let mut equations = Equations::empty();
        equations.products[[0, 0]] = 1.0;
        equations.gains[0] = -0.000_01;
        let short = fit(&equations, 30.0, 230.0, &[]).sentence[0].short;
        assert_eq!(serde_json::to_string(&short).unwrap(), "0.0");
    }
}
