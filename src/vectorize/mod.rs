//! Sentences in, TF-IDF rows out.
//!
//! Each distinct word is lower-cased, looked up in the stop words and stemmed once in the life of a thread (`memory`); from
//! there on a word is a number (`vocabulary`): its stem, and its term if it is no stop word. The stems of a sentence in
//! order, stop words included, are kept with the pairs that stand side by side ([`Phrases`]), and beside them which spellings
//! begin with a small letter (`sieve`). Rows are sparse, sorted by term and of length one ([`TermMatrix`]), so that a dot
//! product is a cosine.

mod matrix;
mod memory;
mod phrases;
mod sieve;
mod tfidf;
mod vocabulary;

pub use matrix::TermMatrix;
pub(crate) use memory::stem_key;
pub use phrases::{Bigram, Phrases};
pub(crate) use sieve::Sieve;
pub use tfidf::vectorize;
pub(crate) use tfidf::{idf, term_keys};
pub(crate) use vocabulary::Vocabulary;
