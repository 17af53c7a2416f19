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
pub fn textrank(graph: &Agreement, start: Array1<f64>, options: &TextRankOptions) -> Visits {
    let damping = options.damping;
    let degrees = graph.degrees();
    let rows = 0..start.len();
    // The preconditioner, which leaves out who has no edge.
    let inverse = |row: usize| if graph.has_edge(row) { 1.0 / degrees[row] } else { 0.0 };
    let inverse: Vec<f64> = rows.clone().map(inverse).collect();
    // What is left to explain: the teleport, less what y explains so far.
    let mut left = start.to_vec();
    drop(start);
    let mut y = vec![0.0; left.len()];
    // Who has no edge takes part in no round, and keeps the teleport.
    for row in rows.clone().filter(|row| !graph.has_edge(*row)) {
        y[row] = std::mem::take(&mut left[row]);
    }
    let all_degrees = degrees.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let share = left.iter().sum::<f64>() / all_degrees;
    left.iter_mut().zip(degrees).for_each(|(left, degree)| *left -= share * degree);
    rows.clone().filter(|row| graph.has_edge(*row)).for_each(|row| y[row] = share / (1.0 - damping));
    let mut direction: Vec<f64> = left.iter().zip(&inverse).map(|(left, inverse)| left * inverse).collect();
    let mut product = vec![0.0; left.len()];
    let mut squared: f64 = left.iter().zip(&direction).map(|(left, direction)| left * direction).sum();
    let mut moved = left.iter().map(|left| left.abs()).sum::<f64>();
    // All scores together are 1 / (1 − d) before they are scaled.
    let tolerance = options.tolerance / (1.0 - damping);
    let mut rounds = 0;
    let mut converged = moved <= tolerance;
    while !converged && rounds < options.max_rounds {
        graph.neighbours(&direction, &mut product);
        let mut curvature = 0.0;
        for (product, (direction, degree)) in product.iter_mut().zip(direction.iter().zip(degrees)) {
            *product = degree * direction - damping * *product;
            curvature += direction * *product;
        }
        if curvature <= 0.0 {
            // Nothing is left but rounding.
            converged = true;
            break;
        }
        let step = squared / curvature;
        let squared_before = std::mem::replace(&mut squared, 0.0);
        moved = 0.0;
        for ((left, product), inverse) in left.iter_mut().zip(&product).zip(&inverse) {
            *left -= step * product;
            squared += *left * (*left * inverse);
            moved += left.abs();
        }
        let turn = squared / squared_before;
        for ((y, direction), (left, inverse)) in y.iter_mut().zip(&mut direction).zip(left.iter().zip(&inverse)) {
            *y += step * *direction;
            *direction = left * inverse + turn * *direction;
        }
        rounds += 1;
        converged = moved <= tolerance;
    }
    let score = |row: usize| if graph.has_edge(row) { (degrees[row] * y[row]).max(0.0) } else { y[row] };
    let mut scores: Array1<f64> = rows.map(score).collect();
    let total = scores.sum();
    if total > 0.0 {
        scores /= total;
    }
    Visits { scores, convergence: Convergence { rounds, converged } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cluster, SentenceId};
    use crate::rank::{Story, teleport};
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
            let start = teleport(&story, &graph, &options);
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
