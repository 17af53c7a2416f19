//! A story in, a score for every sentence out: TextRank on the graph of sentences that agree across articles.
//!
//! Sentences are nodes; an edge joins two sentences of different articles and weighs as much as the cosine of their
//! TF-IDF rows. A random reader follows edges, and now and then starts anew at a sentence near the top of an article
//! that is about what the others are about. How often the reader is at a sentence is its score.
//!
//! Mihalcea and Tarau, *TextRank: Bringing Order into Texts* (2004); Erkan and Radev, *LexRank* (2004). Done
//! differently: edges inside an article are left out, because agreement between sources says more than an article's
//! agreement with itself; the teleport knows positions; and the graph is never built (see [`textrank`]).

mod features;
mod ranking;
mod teleport;
mod textrank;

pub use features::{FEATURES, Features, features};
pub use ranking::{PART_DIGITS, RELATIONS, Ranking, Story, prior, prior_of, rank, rounded, shipped};
pub use teleport::teleport;
pub use textrank::{Agreement, Convergence, Visits, textrank};
