//! Corpora in, a [`Prior`](crate::model::Prior) out that tells which sentences people would choose.
//!
//! 1. [`example`] has a digest of each story chosen step by step, and notes for every sentence that could come next what
//!    it would add to what people wrote: that is what is learned, from the features of the sentence and from how it relates
//!    to what is already chosen. Learning the steps of a greedy search from what each would gain is imitation learning
//!    (Daumé, Langford and Marcu, *Search-based Structured Prediction*, 2009), here of one round.
//! 2. [`fit`](fit()) solves a ridge regression (Hoerl and Kennard, 1970) of those gains: least squares with a penalty on large
//!    coefficients.
//! 3. [`train`](train()) fits on all folds but one, and scores the digests of that one, fold by fold; what it reports was never
//!    trained on. The prior itself is then fitted on all.
//!
//! Everything is sums in the order of the stories: the same corpora give the same table, at any number of threads.

pub mod example;
mod fit;
mod training;

pub(in crate::bench) use fit::cholesky;
pub use fit::fit;
pub use training::{CorpusReport, Source, Trained, Training, train};
