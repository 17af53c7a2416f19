//! A story in, a score for every sentence out: a linear prior over features, one of which is TextRank.
//!
//! Sentences are nodes of a graph; an edge joins two sentences of different articles and weighs as much as the cosine of
//! their TF-IDF rows. A random reader follows edges, and now and then starts anew at a sentence near the top of an article
//! that is about what the others are about. How often the reader is at a sentence says how much the articles agree on it.
//!
//! Mihalcea and Tarau, *TextRank: Bringing Order into Texts* (2004); Erkan and Radev, *LexRank* (2004). Done
//! differently: edges inside an article are left out, because agreement between sources says more than an article's
//! agreement with itself, and articles that are one [voice](crate::voices) count as one (`votes`); the teleport knows positions; and the graph is never built (see [`Agreement`]).
//!
//! That and some other [`FEATURES`] of a sentence, each times a coefficient that was learned from digests that people wrote,
//! add up to its score ([`rank`]). Linear models of salience are as old as Edmundson, *New Methods in Automatic
//! Extracting* (1969); what is learned here is told in [`train`](crate::bench::train).

mod about;
mod agreement;
mod features;
mod ranking;
mod surface;
mod teleport;
mod textrank;
mod votes;

pub use about::{ABOUT, ANSWERED, About};
pub use agreement::Agreement;
pub use features::{FEATURES, features};
pub use ranking::{PART_DIGITS, RELATIONS, Ranking, Story, prior, prior_of, rank, rounded, shipped};
pub use teleport::{relevance, teleport};
pub use textrank::{Convergence, Visits, textrank};
