// Written down from what `epitome train --stories` gave, see `docs::evaluation`; in the order of `EVIDENCE`.

/// Learned from articles with texts and dates.
const DATED: Weights = Weights {
    weights: [9.791, 3.657, 5.204, -1.838, 3.807, -1.031, 0.0, 2.526, -12.732, -0.311, -1.421, 5.431, 1.292],
    intercept: -7.461,
};

/// Learned from articles with texts, and no dates.
const UNDATED: Weights = Weights {
    weights: [7.784, 3.007, 8.236, 1.061, 1.223, -0.241, 0.0, 0.612, 0.41, -3.068, -0.354, 4.677, 8.789],
    intercept: -12.655,
};

/// Learned from headlines.
const HEADLINES: Weights = Weights {
    weights: [0.0, 5.837, 0.0, 0.0, 0.0, 1.686, 0.0, -0.926, -0.398, 0.0, -8.481, 3.829, 0.965],
    intercept: -2.947,
};
