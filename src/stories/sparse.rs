//! Sparse vectors: entries by rising term.

/// A term and what there is of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<T, V> {
    /// The term: a number, or a key.
    pub term: T,
    /// How much there is of it.
    pub value: V,
}

/// A vector of few terms out of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sparse(Vec<Entry<u32, f32>>);

/// From this many times the length of the shorter vector on it is faster to search the longer one than to walk it.
const SEARCH: usize = 12;

impl Sparse {
    /// A vector of length one in the direction of these entries; they must be by rising term.
    pub fn unit(mut entries: Vec<Entry<u32, f32>>) -> Self {
        debug_assert!(entries.is_sorted_by(|a, b| a.term < b.term));
        let length = libm::sqrt(entries.iter().map(|entry| f64::from(entry.value).powi(2)).sum());
        if length > 0.0 {
            entries.iter_mut().for_each(|entry| entry.value = (f64::from(entry.value) / length) as f32);
        }
        entries.shrink_to_fit();
        Self(entries)
    }

    /// The entries, by rising term.
    #[cfg(test)]
    pub fn entries(&self) -> &[Entry<u32, f32>] {
        &self.0
    }

    /// The product with another vector.
    pub fn dot(&self, other: &Self) -> f64 {
        let (short, long) = if self.0.len() <= other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        if long.len() >= SEARCH * short.len() { searched(short, long) } else { walked(short, long) }
    }

    /// Adds another vector to this one.
    pub fn add(&mut self, other: &Self) {
        let own = std::mem::take(&mut self.0);
        let mut sum = Vec::with_capacity(own.len() + other.0.len());
        let (mut own, mut others) = (own.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (own.peek(), others.peek()) {
            let entry = match a.term.cmp(&b.term) {
                std::cmp::Ordering::Less => *own.next().expect("peeked"),
                std::cmp::Ordering::Greater => *others.next().expect("peeked"),
                std::cmp::Ordering::Equal => {
                    let value = a.value + b.value;
                    others.next();
                    Entry { value, ..*own.next().expect("peeked") }
                }
            };
            sum.push(entry);
        }
        sum.extend(own);
        sum.extend(others);
        self.0 = sum;
    }

    /// The terms of the `most` largest values, the largest first, equal ones by rising term.
    pub fn heaviest(&self, most: usize) -> Vec<Entry<u32, f32>> {
        let mut entries = self.0.clone();
        let by_weight =
            |a: &Entry<u32, f32>, b: &Entry<u32, f32>| b.value.total_cmp(&a.value).then(a.term.cmp(&b.term));
        if entries.len() > most {
            entries.select_nth_unstable_by(most, by_weight);
            entries.truncate(most);
        }
        entries.sort_unstable_by(by_weight);
        entries
    }
}

fn walked(a: &[Entry<u32, f32>], b: &[Entry<u32, f32>]) -> f64 {
    let (mut at, mut other, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(at), b.get(other)) {
        if x.term == y.term {
            sum += f64::from(x.value) * f64::from(y.value);
        }
        at += usize::from(x.term <= y.term);
        other += usize::from(y.term <= x.term);
    }
    sum
}

fn searched(short: &[Entry<u32, f32>], long: &[Entry<u32, f32>]) -> f64 {
    let mut rest = long;
    let mut sum = 0.0;
    for entry in short {
        rest = &rest[rest.partition_point(|other| other.term < entry.term)..];
        if let Some(other) = rest.first().filter(|other| other.term == entry.term) {
            sum += f64::from(entry.value) * f64::from(other.value);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(entries: &[(u32, f32)]) -> Sparse {
        Sparse(entries.iter().map(|&(term, value)| Entry { term, value }).collect())
    }

    #[test]
    fn a_product_is_that_of_the_terms_that_both_have() {
        let (a, b) = (vector(&[(1, 2.0), (4, 1.0), (9, 3.0)]), vector(&[(0, 5.0), (4, 2.0), (9, 1.0), (12, 1.0)]));
        assert_eq!((a.dot(&b), b.dot(&a)), (5.0, 5.0));
        let long = vector(&(0..100).map(|term| (term, 1.0)).collect::<Vec<_>>());
        assert_eq!((a.dot(&long), walked(&a.0, &long.0)), (6.0, 6.0));
    }

    #[test]
    fn a_sum_has_the_terms_of_both() {
        let mut sum = vector(&[(1, 2.0), (4, 1.0)]);
        sum.add(&vector(&[(0, 5.0), (4, 2.0), (9, 1.0)]));
        assert_eq!(sum, vector(&[(0, 5.0), (1, 2.0), (4, 3.0), (9, 1.0)]));
        assert_eq!(sum.heaviest(2), vector(&[(0, 5.0), (4, 3.0)]).0);
    }

    #[test]
    fn a_unit_vector_has_length_one() {
        let unit = Sparse::unit(vector(&[(1, 3.0), (4, 4.0)]).0);
        assert!((unit.dot(&unit) - 1.0).abs() < 1e-6);
        assert_eq!(Sparse::unit(Vec::new()), Sparse::default());
    }
}
