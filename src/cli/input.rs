//! The name of a list or a digest in, its bytes out.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::error::Error;
use crate::read::{refuse_device, unreadable};

/// All bytes of a file, a pipe, or, for `-`, standard input.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let shown = path.to_string_lossy();
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        let metadata = fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
        refuse_device(&shown, &metadata)?;
        fs::read(path)
    };
    read.map_err(|error| unreadable(&shown, &error))
}
