// Written down from what `epitome train --stories` gave, see `docs::evaluation`; in the order of `EVIDENCE`.

/// Learned from articles with texts and dates, in a heap of few days.
const DAY: Weights = Weights {
    weights: [9.633, 3.618, 4.998, -3.633, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.876, 18.432],
    intercept: -15.08,
};

/// Learned from articles with texts and dates, in an archive.
const ARCHIVE: Weights = Weights {
    weights: [6.733, 3.686, 5.061, -1.848, 3.892, -0.92, 2.48, -12.928, -0.311, -1.441, 5.819, 4.084],
    intercept: -7.876,
};

/// Learned from articles with texts, and no dates.
const UNDATED: Weights = Weights {
    weights: [2.385, 2.987, 8.426, 1.4, 1.17, 0.039, 1.604, 2.787, -2.51, -0.277, 2.855, 15.826],
    intercept: -15.608,
};

/// Learned from headlines.
const HEADLINES: Weights = Weights {
    weights: [0.0, 4.563, 0.0, 0.0, 0.0, 1.738, -0.052, 0.483, 0.0, -8.988, 2.843, 3.99],
    intercept: -4.185,
};
