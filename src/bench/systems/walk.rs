//! A graph in, how often a random walker is at each of its nodes out.

/// The share of steps along an edge; at the others the walker starts anew anywhere. Brin and Page (1998), Mihalcea and
/// Tarau (2004) and, who write `d` for the rest of .15, Erkan and Radev (2004).
const DAMPING: f64 = 0.85;

/// The walk has converged when no more than this much of the total of 1 moves in a round.
const TOLERANCE: f64 = 1e-10;

/// The walk ends after so many rounds, converged or not. As `0.85¹⁵⁰ < 1e-10`, it always is.
const MOST_ROUNDS: usize = 200;

/// A degree below this is rounding: the node has no edge.
const NO_EDGE: f64 = 1e-12;

/// How often a walker is at each node, and how that was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Walk {
    /// Not negative, and 1 in sum. Length: nodes.
    pub scores: Vec<f64>,
    /// How many rounds the iteration took.
    pub rounds: usize,
    /// Whether it ended because the scores stood still.
    pub converged: bool,
}

/// PageRank by power iteration on an undirected graph of `count` nodes with weighted edges:
/// `p_i = (1 − d) / n + d · Σ_j w_ij p_j / deg_j`, where `deg_j = Σ_i w_ij`.
///
/// `neighbours` gives for a vector `q` and each node `i` the sum `Σ_j w_ij q_j`; so it is all that is known of the graph,
/// which need not be built. A node without edges gives its score to all.
pub(super) fn walk(count: usize, neighbours: impl Fn(&[f64]) -> Vec<f64>) -> Walk {
    let degrees = neighbours(&vec![1.0; count]);
    let mut scores = vec![1.0 / count as f64; count];
    let (mut rounds, mut converged) = (0, count == 0);
    while !converged && rounds < MOST_ROUNDS {
        let has_edge = |node: usize| degrees[node] > NO_EDGE;
        let stranded: f64 = (0..count).filter(|&node| !has_edge(node)).map(|node| scores[node]).sum();
        let q: Vec<f64> =
            (0..count).map(|node| if has_edge(node) { scores[node] / degrees[node] } else { 0.0 }).collect();
        let anew = (1.0 - DAMPING + DAMPING * stranded) / count as f64;
        let next: Vec<f64> = neighbours(&q).into_iter().map(|votes| anew + DAMPING * votes).collect();
        let moved: f64 = next.iter().zip(&scores).map(|(new, old)| (new - old).abs()).sum();
        scores = next;
        rounds += 1;
        converged = moved <= TOLERANCE;
    }
    Walk { scores, rounds, converged }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_walked_as_worked_out_by_hand() {
        // Node 0 joined to 1 (weight 1) and 2 (weight 3); node 3 alone. With d = .85 and a = (.15 + .85 p₃) / 4:
        // p₃ = a, so a = .15 / (4 − .85); p₀ = a + d (p₁ + p₂), p₁ = a + d p₀ / 4, p₂ = a + ¾ d p₀;
        // so p₀ = a (1 + 2d) / (1 − d²).
        let weights = [[0.0, 1.0, 3.0, 0.0], [1.0, 0.0, 0.0, 0.0], [3.0, 0.0, 0.0, 0.0], [0.0; 4]];
        let walk = walk(4, |q| weights.iter().map(|row| row.iter().zip(q).map(|(w, q)| w * q).sum()).collect());
        assert!(walk.converged, "{} rounds", walk.rounds);
        let a = 0.15 / 3.15;
        let centre = a * 2.7 / (1.0 - 0.7225);
        let expected = [centre, a + 0.85 * centre / 4.0, a + 0.85 * centre * 0.75, a];
        for (score, expected) in walk.scores.iter().zip(expected) {
            assert!((score - expected).abs() < 1e-9, "{:?}", walk.scores);
        }
        assert!((walk.scores.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
