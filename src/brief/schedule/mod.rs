//! A calendar rule, a zone and two moments in, whether an edition is due out.
//!
//! - [`Rule`] is what a reader chose: hours and days, or a cron expression.

mod cron;
mod rule;

pub use rule::Rule;
