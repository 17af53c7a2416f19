//! A name and a zone in, the commented configuration that `brief init` writes out.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The file with a mark for the name and the zone of the briefing.
///
/// A line that begins with `#` and a letter or bracket is an option, which works without the `#`; one with `# ` is a word
/// about it.
const TEMPLATE: &str = include_str!("template.toml");

/// A commented configuration that works as it is: the folder `articles` in, files in the folder `editions` out.
pub fn template(id: &str, zone: &str) -> String {
    TEMPLATE.replace("@ID@", id).replace("@ZONE@", zone)
}

/// A name for a new briefing that no other has: made of the moment and the process that asks.
pub fn new_id(now: Timestamp, process: u32) -> String {
    let digest = Sha256::digest(format!("{} {process}", now.as_nanosecond()));
    let digits: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("briefing-{digits}")
}
