//! Neighbours in, stretches of them out, which threads can work on side by side: how they are parted depends on what they
//! weigh and never on the number of threads, so that the result does not either.

use std::ops::Range;

/// Less text than this is worked on sooner than a second thread is awake.
pub(crate) const FEWEST_BYTES_FOR_THREADS: usize = 200_000;

/// Stretches that weigh at least so much each; the last may weigh less.
pub(crate) fn stretches(weights: impl ExactSizeIterator<Item = usize>, least: usize) -> Vec<Range<usize>> {
    let count = weights.len();
    let mut stretches = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (at, weight) in weights.enumerate() {
        sum += weight;
        if sum >= least || at + 1 == count {
            stretches.push(start..at + 1);
            (start, sum) = (at + 1, 0);
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_all_and_weigh_enough() {
        assert_eq!(stretches([3, 1, 4, 1, 5].into_iter(), 5), [0..3, 3..5]);
        assert_eq!(stretches([3, 1, 4, 1].into_iter(), 5), [0..3, 3..4]);
        assert_eq!(stretches([9, 9].into_iter(), 5), [0..1, 1..2]);
        assert!(stretches(std::iter::empty(), 5).is_empty());
    }
}
