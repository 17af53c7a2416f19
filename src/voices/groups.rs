//! Articles that are one voice in, two by two, the voices out.

use rustc_hash::FxHashMap;

use super::print::Print;
use super::prints::{CopyOf, Prints, Why};
use crate::union_find::UnionFind;

/// Two articles that are one voice, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// The two articles, the earlier one first.
    pub articles: [usize; 2],
    /// Why they are one voice.
    pub why: Why,
}

/// A partition of articles into groups, and the joins that made it: no more than are needed to hold it together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// A group is called by its first article.
    sets: UnionFind,
    joins: Vec<Join>,
}

impl Groups {
    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.sets.len()
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.articles() - self.joins.len()
    }

    /// Whether there is none, as there is no article.
    pub fn is_empty(&self) -> bool {
        self.articles() == 0
    }

    /// For each article the first one of its group.
    pub fn firsts(&self) -> Vec<usize> {
        self.sets.tops()
    }

    /// The joins, in the order in which they were made.
    pub fn joins(&self) -> &[Join] {
        &self.joins
    }

    /// Adds an article behind the others, with the earlier ones that it is a copy of.
    pub fn add(&mut self, copies: &[CopyOf]) {
        let article = self.articles();
        self.sets.push();
        for copy in copies {
            self.join(Join { articles: [copy.article, article], why: copy.why });
        }
    }

    /// Whether two articles are in one group.
    pub(super) fn are_one(&mut self, articles: [usize; 2]) -> bool {
        let [a, b] = articles.map(|article| self.sets.find(article));
        a == b
    }

    /// Puts the groups of two articles together, if they are two.
    pub fn join(&mut self, join: Join) {
        let [a, b] = join.articles.map(|article| self.sets.find(article));
        if a != b {
            self.sets.put(a.max(b), a.min(b));
            self.joins.push(join);
        }
    }
}

/// Parts articles into those that are copies of one text: in a heap of mixed articles.
pub fn copies(prints: impl IntoIterator<Item = Print>) -> Groups {
    let mut filed = Prints::new();
    let mut groups = Groups::default();
    prints.into_iter().for_each(|print| groups.add(&filed.add(print)));
    groups
}

/// Parts the articles of a story into voices: copies of one text, and what is from one publisher.
pub fn group(prints: impl IntoIterator<Item = Print>) -> Groups {
    voices_of(prints, &mut Prints::new())
}

/// The same, with an index that is empty.
pub(super) fn voices_of(prints: impl IntoIterator<Item = Print>, filed: &mut Prints) -> Groups {
    let mut groups = Groups::default();
    prints.into_iter().for_each(|print| groups.add(&filed.add(print)));
    let mut first_of: FxHashMap<u64, usize> = FxHashMap::default();
    for (article, print) in filed.prints().iter().enumerate() {
        let Some(publisher) = print.sender().publisher else { continue };
        let first = *first_of.entry(publisher).or_insert(article);
        if first != article {
            groups.join(Join { articles: [first, article], why: Why::Publisher });
        }
    }
    groups
}
