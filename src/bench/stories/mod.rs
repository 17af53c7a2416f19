//! Articles of many stories in, a table of how well systems tell the stories apart out.
//!
//! 1. [`corpus`] reads articles of which it is known which story each is of.
//! 2. [`entrants`] lists who enters: our own system, the baselines, which cut a tree of articles ([`tree`]) that is
//!    grown by their [`similarity`] and by a [`linkage`], and whoever has given [`predictions`](super::predictions).
//! 3. [`run`] has each of them group the articles, and [`measures`] holds the groups against the stories.
//! 4. [`report`] says by [`significance`](super::significance) what the scores are worth; [`table`] shows them.
//!
//! [`learn`] learns from such a corpus when two groups are one story: the decision of our own system ([`ours`]), by a
//! regression (`logistic`).

pub mod corpus;
pub mod entrants;
pub mod learn;
pub mod linkage;
mod logistic;
pub mod measures;
pub mod ours;
pub mod report;
pub mod run;
pub mod similarity;
pub mod table;
pub mod tree;
