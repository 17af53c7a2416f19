/// Learned from articles with texts.
const TEXTS: Weights = Weights {
    weights: [6.0, 2.0, 4.0, 0.0, 1.0, 2.0, 2.0, -1.0, -1.0, 3.0, 3.0],
    intercept: -8.0,
};

/// Learned from headlines.
const HEADLINES: Weights = Weights {
    weights: [10.0, 2.0, 0.0, 0.0, 0.0, 1.0, 1.0, -1.0, -1.0, 1.0, 1.0],
    intercept: -4.0,
};
