//! scaffolding
#![allow(missing_docs)]
pub mod error;
pub mod language;
pub mod model;
pub mod read;
pub mod segment;
pub mod vectorize;
pub mod rank;
