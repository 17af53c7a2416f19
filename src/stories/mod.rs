//! A heap of mixed articles in, stories out.

mod background;
mod candidates;
mod document;
mod evidence;
mod form;
mod grouper;
mod join;
mod sparse;
mod terms;

pub use document::{Document, FIELDS, Field, LEAD_WORDS, documents};
pub use evidence::{EVIDENCE, Evidence};
pub use form::Form;
pub use grouper::{Grouper, GroupingOptions, NEAR, Weighed};
pub use join::{Decision, Weights, probability};
pub use sparse::Entry;
