//! A result in, a file or standard output that holds all of it out.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::render::TextStyle;

/// Text is not wrapped wider than this many columns: longer lines are hard to read.
const WIDEST: usize = 100;

/// Where `-o` leads: `-` is standard output, as everywhere.
pub(super) fn target(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}

/// Colour and width are for terminals: a file or a pipe gets one line a sentence.
pub(super) fn text_style(output: Option<&Path>) -> TextStyle {
    let stdout = io::stdout();
    if output.is_some() || !stdout.is_terminal() {
        return TextStyle::default();
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    TextStyle { width: Some(width.min(WIDEST)), color }
}

/// Whether a file is what standard input was redirected from.
#[cfg(unix)]
pub(super) fn is_standard_input(path: &Path) -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let Ok(input) = io::stdin().as_fd().try_clone_to_owned() else { return false };
    match (File::from(input).metadata(), fs::metadata(path)) {
        (Ok(input), Ok(file)) => input.is_file() && (input.dev(), input.ino()) == (file.dev(), file.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn is_standard_input(_: &Path) -> bool {
    false
}

/// Writes a result to a file or, without one, to standard output. A reader that closes the pipe early has seen enough:
/// that is no error.
pub(super) fn write(result: &[u8], output: Option<&Path>) -> Result<(), Error> {
    match output {
        Some(path) => write_file(path, result),
        None => {
            let mut out = io::stdout().lock();
            match out.write_all(result).and_then(|()| out.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    Err(Error::new(ErrorKind::Unwritable, "standard output", error.to_string(), ""))
                }
                _ => Ok(()),
            }
        }
    }
}

/// Writes a file whole or not at all: into a new file beside it, which then takes its place.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let trouble = |error: io::Error| {
        let (what, way_out) = match error.kind() {
            io::ErrorKind::NotFound => ("its folder does not exist".to_owned(), "make the folder first"),
            io::ErrorKind::PermissionDenied => ("not allowed to write it".to_owned(), "check the folder's permissions"),
            _ => (format!("cannot be written ({error})"), ""),
        };
        Error::new(ErrorKind::Unwritable, path.to_string_lossy(), what, way_out)
    };
    // A link keeps pointing where it points: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(known) if known.is_dir() => {
            let way_out = "give the name of a file in it";
            Err(Error::new(ErrorKind::Usage, path.to_string_lossy(), "a folder", way_out))
        }
        // A device or a pipe cannot be replaced, only written to.
        Ok(known) if !known.is_file() => {
            let mut device = File::options().write(true).open(&target).map_err(trouble)?;
            match device.write_all(bytes) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(trouble(error)),
                _ => Ok(()),
            }
        }
        known => replace(&target, bytes, known.ok().map(|known| known.permissions())).map_err(trouble),
    }
}

fn replace(target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".epitome-");
    // Not the 0600 of a temporary file: what any new file gets here, as the umask has it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut new = builder.tempfile_in(&folder)?;
    new.write_all(bytes)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(target).map_err(|error| error.error)?;
    // The new name is safe on disk only when the folder is.
    #[cfg(unix)]
    File::open(&folder)?.sync_all()?;
    Ok(())
}
