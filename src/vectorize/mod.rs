//! Sentences in, TF-IDF rows out.
//!
//! Each distinct word is lower-cased, looked up in the stop words and stemmed once (`vocabulary`); from there on a word
//! is a [`TermId`](crate::model::TermId). Rows are sparse, sorted by term and of length one ([`TermMatrix`]), so that
//! a dot product is a cosine.

mod matrix;
mod tfidf;
mod vocabulary;

pub use matrix::TermMatrix;
pub use tfidf::{idf, vectorize};
pub use vocabulary::Vocabulary;
