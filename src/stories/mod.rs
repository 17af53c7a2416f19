//! A heap of mixed articles in, stories out.
//!
//! A morning's articles are on a hundred events, and a digest is of one. An article becomes a [`Document`]: how often it says
//! which terms, in its body, headline, lead and names. Copies fold into their originals. Then groups that are likely to be one
//! story are put together, the likeliest first, until no two are ([`Grouper`]): agglomerative clustering by average link, over
//! the closest groups alone. [`group()`] does it for a heap at once, and tells of each story what a reader needs to know;
//! a `Grouper` takes more articles later, and its stories keep their numbers.
//!
//! | module | in | out |
//! |---|---|---|
//! | `document` | articles | counts of terms for each [`Field`] |
//! | `form` | words | what is left of an article without names and numbers: uses of one template are no story |
//! | `terms`, `background` | counts | TF-IDF vectors, with a memory of what is said everywhere |
//! | `candidates` | a vector | the groups that share its heaviest terms, by an inverted index |
//! | `calendar` | days | whether a heap is of few days |
//! | `evidence` | two groups | what speaks for and against their being one story ([`EVIDENCE`]) |
//! | `join` | evidence | how likely that is, by a logistic regression ([`Decision`]) |
//! | `grouper` | documents | groups |
//! | `overrides` | what the user knows better | pairs that belong together, and pairs that do not |
//! | `importance` | who tells a story, and when | its place in a briefing |
//! | `telling`, `story` | groups | [`Stories`] |
//!
//! Miranda, Znotiņš, Cohen and Barzdins, *Multilingual Clustering of Streaming News* (2018), is nearest to it: cosines of
//! several fields and of time, weighed by a learned model. Done differently: the model decides between groups and not between
//! an article and a group, it knows how close third groups are, and the order of articles plays no part. What it was learned
//! from, and how good it is, stands in [`evaluation`](crate::docs::evaluation); how to learn another one in
//! [`learn`](crate::bench::stories::learn).

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

pub use document::{Document, FIELDS, Facts, Field, LEAD_WORDS, documents};
pub use evidence::{EVIDENCE, Evidence, FAR, SIGMA};
pub use form::Form;
pub use grouper::{Grouper, GroupingOptions, NEAR, Weighed};
pub use join::{Decision, Kind, Weights, probability};
pub use overrides::Overrides;
pub use sparse::Entry;
pub use story::{Member, Parts, SCHEMA, Stories, Story};
pub use telling::{Grouped, group};
