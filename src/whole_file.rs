//! Bytes in, a file that holds all of them or was never there out.
//!
//! A file is written beside its place, synced, and renamed into it; then its folder is synced. Whoever looks sees the old file
//! or the new one, also after a crash.

#[cfg(feature = "brief")]
use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::fs::Permissions;
use std::io;
#[cfg(feature = "brief")]
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorKind};

/// What the names of unfinished files begin with.
pub(crate) const UNFINISHED: &str = ".epitome-";

/// What becomes of a file that is there already.
#[cfg(feature = "brief")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It is replaced, and keeps its permissions.
    Replaced,
    /// It stays, and the new one is an error of the kind `AlreadyExists`.
    Kept,
}

/// Opens a new file beside its place. Dropped, it is gone.
///
/// Its permissions are not the 0600 of a temporary file, but what any new file gets here, as the umask has it.
pub(crate) fn begin(target: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder_of(target))
}

/// Puts a new file that is whole into its place.
pub(crate) fn replace(new: NamedTempFile, target: &Path, permissions: Option<Permissions>) -> io::Result<()> {
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(target).map_err(|error| error.error)?;
    sync_folder_of(target)
}

/// Writes a file at once. While it is unfinished, its name begins with `prefix`.
#[cfg(feature = "brief")]
pub(crate) fn write(target: &Path, bytes: &[u8], existing: Existing, prefix: &str) -> io::Result<()> {
    let mut new = begin(target, prefix)?;
    new.write_all(bytes)?;
    if existing == Existing::Replaced {
        return replace(new, target, fs::metadata(target).ok().map(|known| known.permissions()));
    }
    new.as_file().sync_all()?;
    match new.persist_noclobber(target) {
        // A file system that knows neither a rename without replacing nor hard links; nobody else writes there.
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists && !target.exists() => {
            error.file.persist(target).map_err(|error| error.error)?;
        }
        persisted => {
            persisted.map_err(|error| error.error)?;
        }
    }
    sync_folder_of(target)
}

/// Removes what earlier runs left unfinished in a folder because they were killed.
///
/// The prefix must be that of one writer: what another one is about to finish would be lost to it.
#[cfg(feature = "brief")]
pub(crate) fn sweep(folder: &Path, prefix: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()) {
            match fs::remove_file(entry.path()) {
                // Somebody else has swept it away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

/// The folder that a file is in.
pub(crate) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new name is safe on disk only when its folder is.
pub(crate) fn sync_folder_of(target: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder_of(target))?.sync_all()?;
    Ok(())
}

/// What is told of a file that cannot be written.
pub(crate) fn unwritable(name: &str, error: &io::Error) -> Error {
    let (what, way_out) = match error.kind() {
        io::ErrorKind::NotFound => ("its folder does not exist".to_owned(), "make the folder first"),
        io::ErrorKind::PermissionDenied => ("not allowed to write it".to_owned(), "check the folder's permissions"),
        io::ErrorKind::StorageFull => ("the disk is full".to_owned(), "make room and try again"),
        io::ErrorKind::QuotaExceeded => ("your share of the disk is full".to_owned(), "make room and try again"),
        _ => (format!("cannot be written ({error})"), ""),
    };
    Error::new(ErrorKind::Unwritable, name, what, way_out)
}
