//! `briefing.toml` in, a checked configuration out.
//!
//! 1. `places` finds the file, and says where this machine keeps what.
//! 2. `load` reads it part by part: `sections` and `delivery` the parts that repeat, `opml` the lists of feeds.
//! 3. `table` takes values out of TOML; `units` and `address` know how they are written.
//! 4. `findings` keeps what is wrong, so that all of it is said at once, and where each value came from.
//! 5. `settings` and `channels` are what comes out, `template` is what a reader begins with.

mod address;
mod channels;
mod delivery;
mod findings;
mod load;
mod opml;
mod places;
mod sections;
mod settings;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod units;

use std::path::{Path, PathBuf};

pub(super) use channels::is_this_machine;
pub use channels::{Channel, Form, Mail, Target, Tls};
pub use delivery::{DEFAULT_ENTRIES, DEFAULT_MAIL_TIMEOUT};
pub use findings::{Value, Whence};
pub use load::Loaded;
pub use places::FILE_NAME;
pub use settings::*;
pub use template::{new_id, template};

use crate::error::Error;

/// Finds the configuration: the one that was named, else `briefing.toml` in this folder, else
/// `$XDG_CONFIG_HOME/epitome/briefing.toml` (by default in `~/.config`).
///
/// # Errors
///
/// There is none; the message says where it was looked for, and how one is made.
pub fn find(explicit: Option<&Path>) -> Result<PathBuf, Error> {
    places::Surroundings::of_this_machine().find(explicit, Path::new(""))
}
