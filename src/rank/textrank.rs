//! TextRank over a graph that is never built.
//!
//! With rows `x_i` of length one, the cosine graph is `S = X Xᵀ`, less the pairs inside one article, which subtract the
//! same product over that article's rows. A step of the power iteration then needs two passes over the entries of `X`
//! instead of one over the pairs of sentences:
//!
//! ```text
//! q_i  = p_i / deg_i
//! v    = Xᵀ q          v_a = the same over the rows of article a alone
//! p_i ← (1 − d + d · mass of rows without edges) · t_i  +  d · x_i · (v − v_a)
//! ```
//!
//! This is exact: the tests hold it against the explicit graph.

use std::ops::Range;

use ndarray::Array1;
use serde::{Deserialize, Serialize};

use crate::model::{SentenceId, TextRankOptions};
use crate::vectorize::TermMatrix;

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
    /// The part of each score that comes from the teleport. The rest comes from the sentences that agree.
    pub from_teleport: Array1<f64>,
    /// How the iteration ended.
    pub convergence: Convergence,
}

/// A degree below this is rounding: the sentence has no edge.
const NO_EDGE: f64 = 1e-12;

/// The graph of sentences that agree across groups: rows, and which of them have no edges among themselves.
pub struct Agreement<'m> {
    matrix: &'m TermMatrix,
    /// Positions of the rows of each group; together all rows, in order.
    groups: Vec<Range<usize>>,
    /// The sum of the weights of each row's edges.
    degrees: Array1<f64>,
}

impl<'m> Agreement<'m> {
    /// Joins sentences of different articles, `ranges` being the positions of each article's rows. Where only one
    /// article has sentences, all different sentences are joined: there is nothing else to agree with.
    pub fn between(ranges: &[Range<usize>], matrix: &'m TermMatrix) -> Self {
        let filled: Vec<Range<usize>> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
        let groups = if filled.len() > 1 { filled } else { (0..matrix.rows()).map(|row| row..row + 1).collect() };
        let mut graph = Self { matrix, groups, degrees: Array1::zeros(matrix.rows()) };
        graph.degrees = graph.neighbours(&Array1::ones(matrix.rows()));
        graph
    }

    /// Whether a sentence has an edge at all.
    fn has_edge(&self, row: usize) -> bool {
        self.degrees[row] > NO_EDGE
    }

    /// `(X Xᵀ − own groups) q`: for each row the sum of `q` over its edges, weighted by them.
    fn neighbours(&self, q: &Array1<f64>) -> Array1<f64> {
        let matrix = self.matrix;
        let mut all = vec![0.0; matrix.width()];
        for row in 0..matrix.rows() {
            matrix.add_row(SentenceId::from(row), q[row], &mut all);
        }
        let mut own = vec![0.0; matrix.width()];
        let mut sums = Array1::zeros(matrix.rows());
        for group in &self.groups {
            let ids = || group.clone().map(SentenceId::from);
            ids().for_each(|id| matrix.add_row(id, q[id.index()], &mut own));
            for id in ids() {
                let sum: f64 =
                    matrix.row(id).map(|(term, weight)| weight * (all[term.index()] - own[term.index()])).sum();
                // What is left of a difference of equal numbers may be just below zero.
                sums[id.index()] = sum.max(0.0);
            }
            ids().flat_map(|id| matrix.terms(id)).for_each(|term| own[term.index()] = 0.0);
        }
        sums
    }
}

/// Iterates until no more than `tolerance` of the total score of 1 moves in a round, `max_rounds` at most.
///
/// `start` is the teleport vector: not negative, 1 in sum, length: rows. A row without edges gives its score to the
/// teleport, so that the scores stay 1 in sum.
pub fn textrank(graph: &Agreement<'_>, start: &Array1<f64>, options: &TextRankOptions) -> Visits {
    let damping = options.damping;
    let mut scores = start.clone();
    let mut from_teleport = start.clone();
    let mut rounds = 0;
    let mut converged = scores.is_empty();
    while !converged && rounds < options.max_rounds {
        let mut dangling = 0.0;
        let mut q = Array1::zeros(scores.len());
        for (row, score) in scores.iter().enumerate() {
            if graph.has_edge(row) {
                q[row] = score / graph.degrees[row];
            } else {
                dangling += score;
            }
        }
        let mut votes = graph.neighbours(&q);
        votes *= damping;
        from_teleport = start * (1.0 - damping + damping * dangling);
        let mut next = &from_teleport + &votes;
        // Rounding must not add up over the rounds.
        let total = next.sum();
        next /= total;
        from_teleport /= total;
        let moved: f64 = next.iter().zip(&scores).map(|(new, old)| (new - old).abs()).sum();
        scores = next;
        rounds += 1;
        converged = moved <= options.tolerance;
    }
    Visits { scores, from_teleport, convergence: Convergence { rounds, converged } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cluster;
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

    const STORY: [&str; 4] = [
        "Aba bebe cici dodo efe gogo. Bebe cici hihi jojo keke lolo. Zaza zeze zizi zozo zuzu.",
        "Aba bebe cici dodo mama nono. Gogo hihi jojo aba bebe papa. Keke keke lolo mama cici.",
        "Dodo efe gogo hihi aba nono. Wawa wewe wiwi wowo wuwu.",
        "Yaya yeye yiyi yoyo yuyu.",
    ];

    #[test]
    fn the_implicit_graph_ranks_as_the_explicit_one() {
        let options = TextRankOptions::default();
        for texts in [&STORY[..], &STORY[..2], &STORY[..1], &STORY[2..]] {
            let cluster = cluster(texts);
            let story = Story::new(sentences(&cluster));
            let start = teleport(&story, &options);
            let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), &start, &options);
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
        let options = TextRankOptions { damping: 0.5, ..TextRankOptions::default() };
        let start = Array1::from(vec![0.75, 0.25]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), &start, &options);
        assert!((ranking.scores[0] - 7.0 / 12.0).abs() < 1e-9, "{}", ranking.scores);
        // Of that, (1 − d) · 3/4 = 3/8 comes from the teleport.
        assert!((ranking.from_teleport[0] - 0.375).abs() < 1e-9);
    }

    #[test]
    fn a_sentence_without_edges_gives_its_score_to_the_teleport() {
        let cluster = cluster(&["Aba bebe cici dodo efe. Zaza zeze zizi zozo zuzu.", "Aba gogo hihi jojo keke."]);
        let story = Story::new(sentences(&cluster));
        let options = TextRankOptions::default();
        let start = Array1::from(vec![1.0 / 3.0; 3]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), &start, &options);
        // The lonely one has the teleport alone: p = t · (1 − d + d · p) with t = ⅓, so p = 0.05 / (1 − 0.85/3).
        assert!((ranking.scores[1] - 0.05 / (1.0 - 0.85 / 3.0)).abs() < 1e-9, "{}", ranking.scores);
    }
}
