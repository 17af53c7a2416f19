//! TextRank over a graph that is never built.
//!
//! With rows `x_i` of length one, the cosine graph is `S = X Xᵀ`, less the pairs inside one article, which subtract the
//! same product over that article's rows. `S q` then needs a few passes over the entries of `X` instead of one over the
//! pairs of sentences:
//!
//! ```text
//! v = Xᵀ q          v_a = the same over the rows of article a alone          (S q)_i = x_i · (v − v_a)
//! ```
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

use std::ops::Range;

use ndarray::Array1;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{SentenceId, TermId, TextRankOptions};
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
    /// How the iteration ended.
    pub convergence: Convergence,
}

/// A degree below this is rounding: the sentence has no edge.
const NO_EDGE: f64 = 1e-12;

/// The graph of sentences that agree across groups: rows, and which of them have no edges among themselves.
///
/// A term that a single group has joins nothing, so the entries of those, about half of all, are left out.
pub struct Agreement<'m> {
    matrix: &'m TermMatrix,
    /// The terms of each row that several groups have, first those that several rows of its own group have; one row behind
    /// the other.
    terms: Vec<TermId>,
    /// How many terms of each sort each row has.
    lengths: Vec<Length>,
    /// Where the terms of each group begin.
    starts: Vec<u32>,
    /// The entries that count more than once, in the order of rows.
    repeated: Vec<Repeated>,
    /// For each row the product of its lone terms with themselves, which is no edge.
    own_products: Vec<f64>,
    /// Positions of the rows of each group; together all rows, in order.
    groups: Vec<Range<usize>>,
    /// Stretches of groups that are worked on in parallel, whatever the number of threads.
    parts: Vec<Range<usize>>,
    /// The square of the IDF of each term: both rows of a product have it once.
    squared_idf: Vec<f64>,
    /// One divided by the length of each row.
    scales: Vec<f64>,
    /// The sum of the weights of each row's edges.
    degrees: Vec<f64>,
}

/// How many terms of a row join it to others.
#[derive(Clone, Copy)]
struct Length {
    /// Those that other rows of its group have, too.
    shared: u32,
    /// Those that no other row of its group has.
    lone: u32,
}

/// An entry that counts more than once.
struct Repeated {
    row: u32,
    term: TermId,
    /// How often more than once.
    more: f64,
    /// Whether no other row of the group has the term.
    is_lone: bool,
}

/// A part of a large graph has at least so many rows.
const ROWS_A_PART: usize = 125_000;

impl<'m> Agreement<'m> {
    /// Joins sentences of different articles, `ranges` being the positions of each article's rows. Where only one
    /// article has sentences, all different sentences are joined: there is nothing else to agree with.
    pub fn between(ranges: &[Range<usize>], matrix: &'m TermMatrix) -> Self {
        let filled: Vec<Range<usize>> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
        let groups = if filled.len() > 1 { filled } else { (0..matrix.rows()).map(|row| row..row + 1).collect() };
        let ids = || (0..matrix.rows()).map(SentenceId::from);
        let scale = |length: f64| if length > 0.0 { 1.0 / length } else { 0.0 };
        let mut graph = Self {
            matrix,
            terms: Vec::new(),
            lengths: Vec::with_capacity(matrix.rows()),
            starts: Vec::new(),
            repeated: Vec::new(),
            own_products: Vec::new(),
            parts: parts_of(&groups),
            groups,
            squared_idf: matrix.idf().iter().map(|idf| idf * idf).collect(),
            scales: ids().map(|id| scale(matrix.length(id))).collect(),
            degrees: Vec::new(),
        };
        graph.file();
        let mut degrees = vec![0.0; matrix.rows()];
        graph.neighbours(&vec![1.0; matrix.rows()], &mut degrees);
        graph.degrees = degrees;
        graph
    }

    /// Files the entries that join something.
    fn file(&mut self) {
        const SEVERAL: u32 = u32::MAX;
        // For each term the group that has it, counted from one, or that several have.
        let mut holder = vec![0; self.matrix.width()];
        for (group, number) in self.groups.iter().zip(1..) {
            for term in group.clone().flat_map(|row| self.matrix.terms(SentenceId::from(row))) {
                let holder = &mut holder[term.index()];
                if *holder != number {
                    *holder = if *holder == 0 { number } else { SEVERAL };
                }
            }
        }
        // For each term in how many rows of the group at hand it stands.
        let mut rows = vec![0_u32; self.matrix.width()];
        let mut lone: Vec<TermId> = Vec::new();
        for group in &self.groups {
            self.starts.push(u32::try_from(self.terms.len()).expect("a story has fewer than 2^32 words"));
            let terms = || group.clone().flat_map(|row| self.matrix.terms(SentenceId::from(row)));
            terms().for_each(|term| rows[term.index()] += 1);
            for row in group.clone() {
                let mut own_product = 0.0;
                let before = self.terms.len();
                for (term, count) in self.matrix.entries(SentenceId::from(row)) {
                    if holder[term.index()] != SEVERAL {
                        continue;
                    }
                    let is_lone = rows[term.index()] == 1;
                    let count = f64::from(count);
                    if is_lone {
                        lone.push(term);
                        own_product += count * count * self.squared_idf[term.index()];
                    } else {
                        self.terms.push(term);
                    }
                    if count > 1.0 {
                        self.repeated.push(Repeated { row: row as u32, term, more: count - 1.0, is_lone });
                    }
                }
                self.own_products.push(own_product * self.scales[row] * self.scales[row]);
                let shared = (self.terms.len() - before) as u32;
                self.lengths.push(Length { shared, lone: lone.len() as u32 });
                self.terms.append(&mut lone);
            }
            terms().for_each(|term| rows[term.index()] = 0);
        }
    }

    /// The rows of some groups in order, each as the terms that it shares within its group and its lone ones.
    fn rows(&self, groups: Range<usize>) -> impl Iterator<Item = (&[TermId], &[TermId])> {
        let rows = match self.groups.get(groups.clone()) {
            Some([first, .., last]) => first.start..last.end,
            Some([one]) => one.clone(),
            _ => 0..0,
        };
        let mut rest = &self.terms[self.starts.get(groups.start).map_or(0, |start| *start as usize)..];
        self.lengths[rows].iter().map(move |length| {
            let (shared, behind) = rest.split_at(length.shared as usize);
            let (lone, behind) = behind.split_at(length.lone as usize);
            rest = behind;
            (shared, lone)
        })
    }

    /// Those of some rows that count more than once.
    fn repeated(&self, rows: Range<usize>) -> &[Repeated] {
        let start = self.repeated.partition_point(|entry| (entry.row as usize) < rows.start);
        let length = self.repeated[start..].partition_point(|entry| (entry.row as usize) < rows.end);
        &self.repeated[start..start + length]
    }

    /// Whether a sentence has an edge at all.
    fn has_edge(&self, row: usize) -> bool {
        self.degrees[row] > NO_EDGE
    }

    /// `S q`: for each row the sum of `q` over its edges, weighted by them.
    fn neighbours(&self, q: &[f64], sums: &mut [f64]) {
        if self.parts.len() < 2 {
            let all_groups = 0..self.groups.len();
            let mut all = self.within(all_groups.clone(), q, sums);
            self.square(&mut all);
            self.across(all_groups, &all, sums);
            return;
        }
        let mut stretches = self.split(sums);
        let within = |(part, sums): (&Range<usize>, &mut &mut [f64])| self.within(part.clone(), q, sums);
        let own: Vec<Vec<f64>> = self.parts.par_iter().zip(stretches.par_iter_mut()).map(within).collect();
        let mut all = vec![0.0; self.matrix.width()];
        for own in own {
            all.iter_mut().zip(own).for_each(|(all, own)| *all += own);
        }
        self.square(&mut all);
        let across = |(part, sums): (&Range<usize>, &mut &mut [f64])| self.across(part.clone(), &all, sums);
        self.parts.par_iter().zip(stretches.par_iter_mut()).for_each(across);
    }

    /// Cuts what has one entry a row into the rows of each part.
    fn split<'s>(&self, mut sums: &'s mut [f64]) -> Vec<&'s mut [f64]> {
        let rows = |part: &Range<usize>| self.groups[part.start].start..self.groups[part.end - 1].end;
        let stretch = |part| {
            let (stretch, rest) = std::mem::take(&mut sums).split_at_mut(rows(part).len());
            sums = rest;
            stretch
        };
        self.parts.iter().map(stretch).collect()
    }

    /// Sets the sum of each row of some groups to what comes from its own group, subtracted from nothing, and gives back
    /// `Xᵀ q` over the rows of all these groups, without the IDF. `sums` begins with the first of these rows.
    fn within(&self, groups: Range<usize>, q: &[f64], sums: &mut [f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.matrix.width()];
        let mut own = vec![0.0; self.matrix.width()];
        let first = self.groups.get(groups.start).map_or(0, |group| group.start);
        for number in groups {
            let group = self.groups[number].clone();
            let rows = || self.rows(number..number + 1);
            let (q, scales) = (&q[group.clone()], &self.scales[group.clone()]);
            let sums = &mut sums[group.start - first..group.end - first];
            let repeated = self.repeated(group.clone());
            for ((shared, lone), (q, scale)) in rows().zip(q.iter().zip(scales)) {
                let factor = q * scale;
                for term in shared {
                    own[term.index()] += factor;
                }
                for term in lone {
                    all[term.index()] += factor;
                }
            }
            for Repeated { row, term, more, is_lone } in repeated {
                let row = *row as usize - group.start;
                let more = q[row] * scales[row] * more;
                if *is_lone { all[term.index()] += more } else { own[term.index()] += more }
            }
            for ((shared, _), sum) in rows().zip(sums.iter_mut()) {
                let mut own_sum = 0.0;
                for term in shared {
                    own_sum += own[term.index()] * self.squared_idf[term.index()];
                }
                *sum = -own_sum;
            }
            for Repeated { row, term, more, .. } in repeated.iter().filter(|entry| !entry.is_lone) {
                sums[*row as usize - group.start] -= more * own[term.index()] * self.squared_idf[term.index()];
            }
            let own_products = &self.own_products[group];
            for ((sum, scale), (q, own_product)) in sums.iter_mut().zip(scales).zip(q.iter().zip(own_products)) {
                *sum = *sum * scale - q * own_product;
            }
            for term in rows().flat_map(|(shared, _)| shared) {
                all[term.index()] += std::mem::take(&mut own[term.index()]);
            }
        }
        all
    }

    /// Adds to the sum of each row of some groups what comes from all rows, `all` being `Xᵀ q` with the square of the IDF.
    fn across(&self, groups: Range<usize>, all: &[f64], sums: &mut [f64]) {
        let first = self.groups.get(groups.start).map_or(0, |group| group.start);
        let rows = first..first + sums.len();
        let mut repeated = self.repeated(rows.clone()).iter().peekable();
        for (((shared, lone), row), (total, scale)) in
            self.rows(groups).zip(rows.clone()).zip(sums.iter_mut().zip(&self.scales[rows]))
        {
            let mut sum = 0.0;
            for term in shared.iter().chain(lone) {
                sum += all[term.index()];
            }
            while let Some(entry) = repeated.next_if(|entry| entry.row as usize == row) {
                sum += entry.more * all[entry.term.index()];
            }
            let sum = sum * scale;
            // What is left of a difference of equal numbers is rounding.
            *total = if (sum + *total).abs() > NO_EDGE * sum.abs() { sum + *total } else { 0.0 };
        }
    }

    fn square(&self, all: &mut [f64]) {
        all.iter_mut().zip(&self.squared_idf).for_each(|(all, squared)| *all *= squared);
    }
}

/// Stretches of groups that have enough rows to be worth a thread; the last may have fewer.
fn parts_of(groups: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, group) in groups.iter().enumerate() {
        if group.end - groups[start].start >= ROWS_A_PART || index + 1 == groups.len() {
            parts.push(start..index + 1);
            start = index + 1;
        }
    }
    parts
}

/// Iterates until a further step of the reader would move no more than `tolerance` of the total score of 1, `max_rounds` at
/// most.
///
/// `start` is the teleport vector: not negative, 1 in sum, length: rows.
pub fn textrank(graph: &Agreement<'_>, start: &Array1<f64>, options: &TextRankOptions) -> Visits {
    let damping = options.damping;
    let degrees = &graph.degrees;
    // What is left to explain: the teleport, less what y explains so far.
    let mut left: Vec<f64> = (0..start.len()).map(|row| if graph.has_edge(row) { start[row] } else { 0.0 }).collect();
    let preconditioned = |row: usize, left: f64| if graph.has_edge(row) { left / degrees[row] } else { 0.0 };
    let mut y = vec![0.0; left.len()];
    let mut direction: Vec<f64> = left.iter().enumerate().map(|(row, left)| preconditioned(row, *left)).collect();
    let mut product = vec![0.0; left.len()];
    let mut squared = dot(&left, &direction);
    // All scores together are 1 / (1 − d) before they are scaled.
    let moved = |left: &[f64]| (1.0 - damping) * left.iter().map(|left| left.abs()).sum::<f64>();
    let mut rounds = 0;
    let mut converged = moved(&left) <= options.tolerance;
    while !converged && rounds < options.max_rounds {
        graph.neighbours(&direction, &mut product);
        for ((product, direction), degree) in product.iter_mut().zip(&direction).zip(degrees) {
            *product = degree * direction - damping * *product;
        }
        let curvature = dot(&direction, &product);
        if curvature <= 0.0 {
            // Nothing is left but rounding.
            converged = true;
            break;
        }
        let step = squared / curvature;
        y.iter_mut().zip(&direction).for_each(|(y, direction)| *y += step * direction);
        left.iter_mut().zip(&product).for_each(|(left, product)| *left -= step * product);
        let mut squared_now = 0.0;
        for (row, left) in left.iter().enumerate() {
            product[row] = preconditioned(row, *left);
            squared_now += left * product[row];
        }
        let turn = squared_now / squared;
        direction.iter_mut().zip(&product).for_each(|(direction, now)| *direction = now + turn * *direction);
        squared = squared_now;
        rounds += 1;
        converged = moved(&left) <= options.tolerance;
    }
    let score = |row: usize| if graph.has_edge(row) { (degrees[row] * y[row]).max(0.0) } else { start[row] };
    let mut scores: Array1<f64> = (0..start.len()).map(score).collect();
    let total = scores.sum();
    if total > 0.0 {
        scores /= total;
    }
    Visits { scores, convergence: Convergence { rounds, converged } }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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
        let options = TextRankOptions { damping: 0.5, ..exact() };
        let start = Array1::from(vec![0.75, 0.25]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), &start, &options);
        assert!((ranking.scores[0] - 7.0 / 12.0).abs() < 1e-9, "{}", ranking.scores);
    }

    #[test]
    fn a_sentence_without_edges_gives_its_score_to_the_teleport() {
        let cluster = cluster(&["Aba bebe cici dodo efe. Zaza zeze zizi zozo zuzu.", "Aba gogo hihi jojo keke."]);
        let story = Story::new(sentences(&cluster));
        let options = exact();
        let start = Array1::from(vec![1.0 / 3.0; 3]);
        let ranking = textrank(&Agreement::between(story.sentences.ranges(), &story.matrix), &start, &options);
        // The lonely one has the teleport alone: p = t · (1 − d + d · p) with t = ⅓, so p = 0.05 / (1 − 0.85/3).
        assert!((ranking.scores[1] - 0.05 / (1.0 - 0.85 / 3.0)).abs() < 1e-9, "{}", ranking.scores);
    }

    #[test]
    fn a_graph_in_parts_is_the_graph_in_one() {
        let cluster = cluster(&STORY);
        let story = Story::new(sentences(&cluster));
        let mut graph = Agreement::between(story.sentences.ranges(), &story.matrix);
        let q: Vec<f64> = (0..story.sentences.len()).map(|row| 1.0 / (row + 1) as f64).collect();
        let mut in_one = vec![0.0; q.len()];
        graph.neighbours(&q, &mut in_one);
        graph.parts = vec![0..1, 1..2, 2..4];
        let mut in_parts = vec![0.0; q.len()];
        graph.neighbours(&q, &mut in_parts);
        for (one, parts) in in_one.iter().zip(&in_parts) {
            assert!((one - parts).abs() < 1e-12, "{in_one:?} {in_parts:?}");
        }
    }
}
