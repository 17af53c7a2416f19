//! A ledger in, another file with the same in it out: a dry run writes there.

use std::fs;
use std::path::Path;

use super::{Ledger, trouble};
use crate::error::{Error, ErrorKind};

impl Ledger {
    /// Writes a copy to `path`, where nothing may be yet. What others write meanwhile is in it wholly or not at all.
    pub fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let place = path.to_string_lossy();
        if path.symlink_metadata().is_ok() {
            let what = "there is something already, and it is left as it is";
            return Err(Error::new(ErrorKind::Unwritable, place, what, "name a path where nothing is"));
        }
        // SQLite takes the path as text.
        let Some(text) = path.to_str() else {
            let what = "the path is not UTF-8";
            return Err(Error::new(ErrorKind::Unwritable, place, what, "name a path that is"));
        };
        self.connection.execute("VACUUM INTO ?1", [text]).map(drop).map_err(|error| {
            // Part of a copy is of no use to anybody. If there is none, or it cannot be removed, the error is what matters.
            let _ = fs::remove_file(path);
            trouble::error(&place, error)
        })
    }
}
