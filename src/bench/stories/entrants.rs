//! Who enters, and what groups articles.

use super::corpus::StoryArticle;
use super::linkage::Link;
use super::similarity::{TooMany, likenesses, order};
use super::tree::Tree;
use crate::bench::predictions::Predictions;

/// A method of grouping articles.
pub trait Grouper: Sync {
    /// For each article the number of its group: whatever numbers, the same for those that are together. The result
    /// must not depend on the order of the articles.
    fn group(&self, articles: &[StoryArticle]) -> Vec<usize>;
}

/// Who enters, and under what name.
pub struct Entrant {
    /// The name in tables and on the command line: lower case, words joined by hyphens.
    pub name: String,
    /// What its groups are made by.
    pub by: Author,
}

/// What makes groups.
pub enum Author {
    /// A method that sees the articles alone.
    System(Box<dyn Grouper>),
    /// A tree that is cut where the stories themselves say that it is best: see [`Tree::best_cut`].
    Tree(Linked),
    /// Somebody else, whose groups are there already.
    Given(Predictions),
}

/// Ours, then the baselines. The baselines compare dated articles that lie at most `window` days apart.
pub fn entrants(window: u32) -> Vec<Entrant> {
    let entrant = |name: &str, by| Entrant { name: name.to_owned(), by };
    vec![
        // Our own system stands here, first.
        entrant("each-alone", Author::System(Box::new(EachAlone))),
        entrant("single-link", Author::Tree(Linked { link: Link::Single, window })),
        entrant("average-link", Author::Tree(Linked { link: Link::Average, window })),
    ]
}

/// Every article a story of its own.
pub struct EachAlone;

impl Grouper for EachAlone {
    fn group(&self, articles: &[StoryArticle]) -> Vec<usize> {
        (0..articles.len()).collect()
    }
}

/// Agglomerative clustering over plain TF-IDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// How similar groups are.
    pub link: Link,
    /// How many days two dated articles may lie apart.
    pub window: u32,
}

impl Linked {
    /// The tree of articles, which are numbered in the order that is given back with it: the first of it has number 0.
    ///
    /// # Errors
    ///
    /// [`TooMany`] pairs to compare.
    pub fn tree(&self, articles: &[StoryArticle]) -> Result<(Tree, Vec<usize>), TooMany> {
        let order = order(articles);
        let in_order: Vec<&StoryArticle> = order.iter().map(|at| &articles[*at]).collect();
        let likenesses = likenesses(&in_order, self.window)?;
        Ok((self.link.tree(articles.len(), likenesses), order))
    }
}
