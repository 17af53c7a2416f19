//! A result in, a file or standard output that holds all of it out.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorKind};
use crate::render::TextStyle;
use crate::whole_file::{self, UNFINISHED};

pub(super) use crate::whole_file::{folder_of, unwritable};

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

/// Whether somebody looks at what is said beside the result.
#[cfg(feature = "brief")]
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether a file is what standard input was redirected from.
#[cfg(unix)]
pub(super) fn is_standard_input(path: &Path) -> bool {
    is_open(&io::stdin(), path)
}

#[cfg(not(unix))]
pub(super) fn is_standard_input(_: &Path) -> bool {
    false
}

/// Whether a file is what standard output was redirected to.
#[cfg(unix)]
pub(super) fn is_standard_output(path: &Path) -> bool {
    is_open(&io::stdout(), path)
}

#[cfg(not(unix))]
pub(super) fn is_standard_output(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_open(stream: &impl std::os::fd::AsFd, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(stream) = stream.as_fd().try_clone_to_owned() else { return false };
    match (File::from(stream).metadata(), fs::metadata(path)) {
        (Ok(open), Ok(file)) => open.is_file() && (open.dev(), open.ino()) == (file.dev(), file.ino()),
        _ => false,
    }
}

/// Writes a result to a file or, without one, to standard output. A reader that closes the pipe early has seen enough:
/// that is no error.
pub(super) fn write(result: &[u8], output: Option<&Path>) -> Result<(), Error> {
    let mut sink = Sink::open(output)?;
    sink.write(result)?;
    sink.finish()
}

/// Where a result is written, at once or bit by bit.
///
/// A file is written whole or not at all: into a new file beside it, which takes its place when the result is finished. A
/// result that is never finished leaves nothing behind.
pub(super) struct Sink {
    /// How it is called in messages.
    name: String,
    to: To,
}

enum To {
    StandardOutput,
    /// A device or a pipe cannot be replaced, only written to.
    Device(File),
    File {
        new: BufWriter<NamedTempFile>,
        target: PathBuf,
        /// Those of the file that is replaced.
        permissions: Option<Permissions>,
    },
}

/// Whether anybody reads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    There,
    Gone,
}

impl Sink {
    /// Makes ready to write to a file or, without one, to standard output.
    pub fn open(output: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = output else {
            return Ok(Self { name: "standard output".to_owned(), to: To::StandardOutput });
        };
        let name = path.to_string_lossy().into_owned();
        // A link keeps pointing where it points: what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let to = match fs::metadata(&target) {
            Ok(known) if known.is_dir() => {
                return Err(Error::new(ErrorKind::Usage, name, "a folder", "give the name of a file in it"));
            }
            Ok(known) if !known.is_file() => File::options().write(true).open(&target).map(To::Device),
            known => whole_file::begin(&target, UNFINISHED).map(|new| To::File {
                new: BufWriter::new(new),
                target,
                permissions: known.ok().map(|known| known.permissions()),
            }),
        };
        to.map(|to| Self { name: name.clone(), to }).map_err(|error| unwritable(&name, &error))
    }

    /// Writes a part of the result. A reader that has gone has seen enough: that is no error.
    pub fn write(&mut self, part: &[u8]) -> Result<Reader, Error> {
        let written = match &mut self.to {
            To::StandardOutput => {
                let mut out = io::stdout().lock();
                out.write_all(part).and_then(|()| out.flush())
            }
            To::Device(device) => device.write_all(part),
            To::File { new, .. } => new.write_all(part),
        };
        match written {
            Ok(()) => Ok(Reader::There),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
            Err(error) => Err(unwritable(&self.name, &error)),
        }
    }

    /// Where the result stands until it is finished, if it is to be a file.
    pub fn unfinished(&self) -> Option<&Path> {
        match &self.to {
            To::File { new, .. } => Some(new.get_ref().path()),
            To::StandardOutput | To::Device(_) => None,
        }
    }

    /// Says that the result is whole: a file takes its place.
    pub fn finish(self) -> Result<(), Error> {
        match self.to {
            To::StandardOutput | To::Device(_) => Ok(()),
            To::File { new, target, permissions } => new
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(|new| whole_file::replace(new, &target, permissions))
                .map_err(|error| unwritable(&self.name, &error)),
        }
    }
}
