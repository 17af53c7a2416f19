//! Corpora in, a table of how good each system's digests are out.
//!
//! 1. [`corpus`] reads stories with the digests that people wrote of them, batch by batch; [`predictions`] reads and writes
//!    what systems wrote of them.
//! 2. [`entrants`] lists who enters: our own system and each of [`systems`], which choose sentences of a story.
//! 3. [`run`] has them all summarise each story and holds the [`summary`] of each against what people wrote, by [`rouge`];
//!    beside that it looks at [`repetition`], at time and at [`memory`].
//! 4. [`report`] makes means of that, and says by [`significance`] what they are worth; [`table`] shows them. [`expected`]
//!    is what is recorded of the corpora that ship.
//!
//! [`stories`] does the same for groupings: articles in, a table of how well systems tell stories apart out.
//!
//! [`generator`] is where all that is random comes from.

pub mod corpus;
pub mod entrants;
pub mod expected;
pub mod generator;
pub mod memory;
pub mod predictions;
pub mod repetition;
pub mod report;
pub mod rouge;
pub mod run;
pub mod significance;
pub mod stories;
pub mod summary;
pub mod systems;
pub mod table;
pub mod train;
