//! A configuration and a clock in, one edition out: the daily briefing.
//!
//! 1. [`config`] reads `briefing.toml` and says what is wrong with it.
//! 2. [`schedule`] tells when editions are due: a pure function of a calendar rule, a zone and two moments.
//! 3. [`fetch`] asks feeds for what is new, politely, and tells what came of each.
//! 4. [`ledger`] keeps what was read, what was told to whom, and every edition, in one SQLite database.
//! 5. [`edition`] makes of what is new since the last delivery an edition without what was told before.
//! 6. [`deliver`] brings it to files, standard output, mail and an Atom feed.
//!
//! [`run`](run()) does all of it once, holding a [`lock`]; [`replay`](replay()) makes an old edition again and compares.

pub mod config;
pub mod deliver;
pub mod edition;
pub mod fetch;
mod gather;
pub mod ledger;
pub mod lock;
mod replay;
mod run;
pub mod schedule;
mod secret;

pub use gather::{GatherOptions, Gathered};
pub use replay::{Difference, replay};
pub use run::{Event, Outbox, Ran, RunOptions, Undelivered, last_edition, name, run, zone};
pub use secret::{Secret, SecretSource};
