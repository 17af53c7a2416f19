//! To be written.

mod rule;

pub use rule::Rule;
