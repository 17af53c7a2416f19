//! Sorted lists in, what they have in common out.

/// How many elements two rising lists have in common; one that each has twice counts twice.
pub(crate) fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut x, mut y, mut common) = (0, 0, 0);
    while let (Some(first), Some(second)) = (a.get(x), b.get(y)) {
        let order = first.cmp(second);
        common += usize::from(order.is_eq());
        x += usize::from(order.is_le());
        y += usize::from(order.is_ge());
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_have_is_counted_as_often_as_both_have_it() {
        assert_eq!(common(&[1, 2, 2, 5, 9], &[2, 2, 3, 9]), 3);
        assert_eq!(common(&[1], &[]), 0);
    }
}
