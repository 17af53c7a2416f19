//! Things that belong together in, two by two, the sets that they make out.
//!
//! Each thing points to another one of its set, or to itself: then the set is called by it (Galler and Fischer, *An Improved
//! Equivalence Algorithm*, 1964). Ways are halved as they are gone (Tarjan and van Leeuwen, *Worst-case Analysis of Set Union
//! Algorithms*, 1984), so that a way is short however sets came about. Which of two sets goes into the other is up to the
//! caller.

/// Things, numbered from 0, in sets without a common thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct UnionFind {
    /// For each thing another one of its set, by way of which all of it find the one that it is called by; that one has itself.
    above: Vec<u32>,
}

impl UnionFind {
    /// So many things, each by itself.
    pub fn apart(things: usize) -> Self {
        Self { above: (0..things).map(number).collect() }
    }

    /// Adds a thing by itself.
    pub fn push(&mut self) {
        self.above.push(number(self.above.len()));
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.above.len()
    }

    /// The thing that the set of a thing is called by.
    pub fn top(&self, thing: usize) -> usize {
        let mut at = thing;
        while self.above[at] as usize != at {
            at = self.above[at] as usize;
        }
        at
    }

    /// As [`top`](Self::top), and halves the way there.
    pub fn find(&mut self, thing: usize) -> usize {
        let mut at = thing;
        while self.above[at] as usize != at {
            self.above[at] = self.above[self.above[at] as usize];
            at = self.above[at] as usize;
        }
        at
    }

    /// Puts a set into another one; both are named by what they are called by.
    pub fn put(&mut self, gone: usize, into: usize) {
        debug_assert!(self.above[gone] as usize == gone && self.above[into] as usize == into);
        self.above[gone] = number(into);
    }

    /// For each thing the one that its set is called by.
    pub fn tops(&self) -> Vec<usize> {
        (0..self.len()).map(|thing| self.top(thing)).collect()
    }
}

fn number(thing: usize) -> u32 {
    u32::try_from(thing).expect("fewer than 2^32 things")
}

/// The things that have the same label: their places, rising; in the order of the first of each.
pub(crate) fn by_label(labels: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut places = rustc_hash::FxHashMap::default();
    for (thing, label) in labels.iter().enumerate() {
        let place = *places.entry(*label).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(thing);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_together_is_one_set_and_the_rest_is_not() {
        let mut sets = UnionFind::apart(4);
        sets.push();
        for (gone, into) in [(4, 2), (2, 0), (3, 1)] {
            sets.put(gone, into);
        }
        assert_eq!(sets.tops(), [0, 1, 0, 1, 0]);
        assert_eq!((sets.find(4), sets.top(4), sets.len()), (0, 0, 5));
        assert_eq!(by_label(&sets.tops()), [vec![0, 2, 4], vec![1, 3]]);
        assert_eq!(by_label(&[7, 3, 7]), [vec![0, 2], vec![1]]);
    }
}
