//! A heap of mixed articles in, stories out.

mod background;
mod calendar;
mod candidates;
mod document;
mod evidence;
mod form;
mod grouper;
mod importance;
mod join;
mod overrides;
mod sparse;
mod story;
mod telling;
mod terms;

pub use document::{Document, FIELDS, Field, LEAD_WORDS, documents};
pub use evidence::{EVIDENCE, Evidence};
pub use form::Form;
pub use grouper::{Grouper, GroupingOptions, NEAR, Weighed};
pub use join::{Decision, Kind, Weights, probability};
pub use overrides::Overrides;
pub use sparse::Entry;
pub use story::{Member, Parts, SCHEMA, Stories, Story};
pub use telling::{Grouped, group};
