//! A graph of sentences in, how often a random reader is at each of them out: TextRank.
//!
//! The scores p are where a random reader is in the long run: who is at sentence i goes with probability d to one that
//! agrees with it, `S_ij / deg_i` being the chance of each, and else anywhere by the teleport t. That is
//!
//! ```text
//! p = c t + d S D⁻¹ p,      or, with p = c D y,      (D − d S) y = t
//! ```
//!
//! where D is the diagonal of the degrees and c makes the scores 1 in sum; a sentence without edges gives its score to
//! the teleport, and has `c t_i`. The matrix is symmetric and positive definite, so the method of conjugate gradients
//! (Hestenes and Stiefel, 1952) with D as its preconditioner finds y in fewer rounds than following the reader step by step
//! (the power iteration) takes. Both are exact: the tests hold this against the explicit graph.
//!
//! Were it not for the teleport, the reader would be at each sentence as often as its degree is large, and y the same
//! everywhere. What is found slowest is how large that is: as `(D − d S) 1 = (1 − d) D 1`, it is what a component of the graph
//! gets by the teleport, divided by `(1 − d)` times its degrees. To begin with it leaves the rounds to what differs.

use ndarray::Array1;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Agreement;
use crate::model::TextRankOptions;

/// How many rounds an iteration took, and whether it came to rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convergence {
    /// Rounds of the iteration.
    pub rounds: usize,
    /// Whether it ended because the scores stood still, rather than at the cap on rounds.
    pub converged: bool,
}

/// What TextRank finds: how often a random reader is at each sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    /// Not negative, and 1 in sum. Length: sentences.
    pub scores: Array1<f64>,
    /// How the iteration ended.
    pub convergence: Convergence,
}

/// Iterates until a further step of the reader would move no more than `tolerance` of the total score of 1, `max_rounds` at
/// most.
///
/// `start` is the teleport vector: not negative, 1 in sum, length: rows.
pub fn textrank(graph: &Agreement<'_>, start: Array1<f64>, options: &TextRankOptions) -> Visits {
    let damping = options.damping;
    let degrees = graph.degrees();
    // What is left to explain: the teleport, less what y explains so far.
    let mut left = start.to_vec();
    drop(start);
    let mut y = vec![0.0; left.len()];
    // Who has no edge takes part in no round, and keeps the teleport.
    for ((y, left), degree) in y.iter_mut().zip(&mut left).zip(degrees) {
        if !Agreement::has_edge(*degree) {
            *y = std::mem::take(left);
        }
    }
    let all_degrees = degrees.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let share = left.iter().sum::<f64>() / all_degrees;
    for ((y, left), degree) in y.iter_mut().zip(&mut left).zip(degrees) {
        *left -= share * degree;
        if Agreement::has_edge(*degree) {
            *y = share / (1.0 - damping);
        }
    }
    let mut direction: Vec<f64> = left.iter().zip(degrees).map(|(left, degree)| left * inverse(*degree)).collect();
    let mut product = vec![0.0; left.len()];
    let mut squared: f64 = left.iter().zip(&direction).map(|(left, direction)| left * direction).sum();
    let mut moved = left.iter().map(|left| left.abs()).sum::<f64>();
    // All scores together are 1 / (1 − d) before they are scaled.
    let tolerance = options.tolerance / (1.0 - damping);
    let mut rounds = 0;
    let mut converged = moved <= tolerance;
    while !converged && rounds < options.max_rounds {
        graph.neighbours(&direction, &mut product);
        let mut stretches = stretches([&mut y, &mut left, &mut direction, &mut product], degrees);
        let [curvature] = sums(&mut stretches, |Stretch { direction, product, degrees, .. }| {
            let mut curvature = 0.0;
            for ((product, direction), degree) in product.iter_mut().zip(&**direction).zip(*degrees) {
                *product = degree * direction - damping * *product;
                curvature += direction * *product;
            }
            [curvature]
        });
        if curvature <= 0.0 {
            // Nothing is left but rounding.
            converged = true;
            break;
        }
        let step = squared / curvature;
        let squared_before = squared;
        [squared, moved] = sums(&mut stretches, |Stretch { left, product, degrees, .. }| {
            let (mut squared, mut moved) = (0.0, 0.0);
            for ((left, product), degree) in left.iter_mut().zip(&**product).zip(*degrees) {
                *left -= step * product;
                squared += *left * (*left * inverse(*degree));
                moved += left.abs();
            }
            [squared, moved]
        });
        let turn = squared / squared_before;
        let [] = sums(&mut stretches, |Stretch { y, left, direction, degrees, .. }| {
            for ((y, direction), (left, degree)) in y.iter_mut().zip(&mut **direction).zip(left.iter().zip(*degrees)) {
                *y += step * *direction;
                *direction = left * inverse(*degree) + turn * *direction;
            }
            []
        });
        rounds += 1;
        converged = moved <= tolerance;
    }
    let score = |(y, degree): (f64, &f64)| if Agreement::has_edge(*degree) { (degree * y).max(0.0) } else { y };
    let mut scores: Array1<f64> = y.into_iter().zip(degrees).map(score).collect();
    let total = scores.sum();
    if total > 0.0 {
        scores /= total;
    }
    Visits { scores, convergence: Convergence { rounds, converged } }
}

/// The preconditioner of a row, which leaves out who has no edge.
fn inverse(degree: f64) -> f64 {
    if Agreement::has_edge(degree) { 1.0 / degree } else { 0.0 }
}

/// So many rows are worked on at once in a large graph, whatever the number of threads.
const ROWS_A_STRETCH: usize = 1 << 16;

/// What the iteration knows of some rows.
struct Stretch<'v> {
    y: &'v mut [f64],
    left: &'v mut [f64],
    direction: &'v mut [f64],
    product: &'v mut [f64],
    degrees: &'v [f64],
}

/// Cuts the vectors y, left, direction and product into stretches.
fn stretches<'v>(vectors: [&'v mut [f64]; 4], degrees: &'v [f64]) -> Vec<Stretch<'v>> {
    let [y, left, direction, product] = vectors.map(|vector| vector.chunks_mut(ROWS_A_STRETCH));
    let rows = y.zip(left).zip(direction.zip(product)).zip(degrees.chunks(ROWS_A_STRETCH));
    rows.map(|(((y, left), (direction, product)), degrees)| Stretch { y, left, direction, product, degrees }).collect()
}

/// Works on all stretches and adds up what comes out, in their order.
fn sums<const N: usize>(
    stretches: &mut [Stretch<'_>],
    of: impl Fn(&mut Stretch<'_>) -> [f64; N] + Send + Sync,
) -> [f64; N] {
    let parts = match stretches {
        [stretch] => return of(stretch),
        stretches => stretches.par_iter_mut().map(of).collect::<Vec<_>>(),
    };
    parts.into_iter().fold([0.0; N], |sums, part| std::array::from_fn(|at| sums[at] + part[at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cluster, SentenceId};
    use crate::rank::{Story, relevance, teleport};
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    fn cluster(texts: &[&str]) -> Cluster {
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        Cluster { articles, ..Cluster::default() }
    }

    /// The same iteration on the graph itself, every pair of sentences by its cosine.
    fn explicit(story: &Story<'_>, start: &Array1<f64>, options: &TextRankOptions) -> Array1<f64> {
        let count = story.sentences.len();
        let one_article = story.sentences.articles_with_sentences() < 2;
        let edge = |i: usize, j: usize| {
            let (a, b) = (SentenceId::from(i), SentenceId::from(j));
            let joined = story.sentences.get(a).article != story.sentences.get(b).article || (one_article && i != j);
            if joined { story.matrix.cosine(a, b) } else { 0.0 }
        };
        let degrees: Vec<f64> = (0..count).map(|i| (0..count).map(|j| edge(i, j)).sum()).collect();
        let mut scores = start.clone();
        for _ in 0..2 * options.max_rounds {
            let dangling: f64 = (0..count).filter(|&i| degrees[i] == 0.0).map(|i| scores[i]).sum();
            scores = (0..count)
                .map(|i| {
                    let votes: f64 =
                        (0..count).filter(|&j| degrees[j] > 0.0).map(|j| scores[j] * edge(j, i) / degrees[j]).sum();
                    start[i] * (1.0 - options.damping + options.damping * dangling) + options.damping * votes
                })
                .collect();
        }
        scores
    }

    /// Options that leave nothing to the tolerance.
    fn exact() -> TextRankOptions {
        TextRankOptions { tolerance: 1e-13, ..TextRankOptions::default() }
    }

    const STORY: [&str; 4] = [
        "Aba bebe cici dodo efe gogo. Bebe cici hihi jojo keke lolo. Zaza zeze zizi zozo zuzu.",
        "Aba bebe cici dodo mama nono. Gogo hihi jojo aba bebe papa. Keke keke lolo mama cici.",
        "Dodo efe gogo hihi aba nono. Wawa wewe wiwi wowo wuwu.",
        "Yaya yeye yiyi yoyo yuyu.",
    ];

    #[test]
    fn the_implicit_graph_ranks_as_the_explicit_one() {
        let options = exact();
        for texts in [&STORY[..], &STORY[..2], &STORY[..1], &STORY[2..]] {
            let cluster = cluster(texts);
            let story = Story::new(sentences(&cluster));
            let graph = Agreement::between(story.sentences.ranges(), &story.matrix);
            let start = teleport(&story, &relevance(&story, &graph), &options);
            let ranking = textrank(&graph, start.clone(), &options);
            assert!(ranking.convergence.converged, "{} rounds", ranking.convergence.rounds);
            let oracle = explicit(&story, &start, &options);
            for (score, expected) in ranking.scores.iter().zip(&oracle) {
                assert!((score - expected).abs() < 1e-9, "{} against {oracle}", ranking.scores);
            }
            assert!((ranking.scores.sum() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn stretches_of_a_large_graph_add_up() {
        let rows = 2 * ROWS_A_STRETCH + 5;
        let [mut y, mut left, mut direction, mut product] = [1.0, 2.0, 3.0, 4.0].map(|value| vec![value; rows]);
        let degrees = vec![5.0; rows];
        let mut stretches = stretches([&mut y, &mut left, &mut direction, &mut product], &degrees);
        let of = |s: &mut Stretch<'_>| {
            let products = s.y.iter().zip(&*s.left).zip(&*s.direction).zip(s.product.iter().zip(s.degrees));
            [products.map(|(((y, left), direction), (product, degree))| y * left * direction * product * degree).sum()]
        };
        assert_eq!(stretches.len(), 3);
        assert_eq!(sums(&mut stretches, of), [120.0 * rows as f64]);
    }

    #[test]
    fn two_sentences_that_agree_share_the_score_as_worked_out_by_hand() {
        // One sentence each in two articles: each gives all its votes to the other. With the teleport t = (3/4, 1/4),
        // p0 = (1 − d) · 3/4 + d · p1 and p0 + p1 = 1, so p0 = ((1 − d) · 3/4 + d) / (1 + d); for d = ½ it is 7/12.
        let cluster = cluster(&["Aba bebe cici dodo efe.", "Aba gogo hihi jojo keke."]);
        let story = Story::new(sentences(&cluster));
        let options = TextRankOptions { damping: 0.5, ..exact() };
        let start = Array1::from(vec![0.75, 0.25]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), start, &options);
        assert!((ranking.scores[0] - 7.0 / 12.0).abs() < 1e-9, "{}", ranking.scores);
    }

    #[test]
    fn a_sentence_without_edges_gives_its_score_to_the_teleport() {
        let cluster = cluster(&["Aba bebe cici dodo efe. Zaza zeze zizi zozo zuzu.", "Aba gogo hihi jojo keke."]);
        let story = Story::new(sentences(&cluster));
        let options = exact();
        let start = Array1::from(vec![1.0 / 3.0; 3]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), start, &options);
        // The lonely one has the teleport alone: p = t · (1 − d + d · p) with t = ⅓, so p = 0.05 / (1 − 0.85/3).
        assert!((ranking.scores[1] - 0.05 / (1.0 - 0.85 / 3.0)).abs() < 1e-9, "{}", ranking.scores);
    }
}
