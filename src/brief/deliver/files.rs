//! An edition in, files under names that stay out.
//!
//! A run that is killed leaves at most an unfinished file with a name of its own, which the next delivery of the same briefing
//! sweeps away.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::brief::config::Form;
use crate::brief::deliver::{Parcel, shown};
use crate::error::{Error, ErrorKind};
use crate::whole_file::{self, Existing, UNFINISHED, folder_of, unwritable};

/// Writes `EDITION.ext` for each form, and then has `latest.ext` lead there. `latest.ext` belongs to the channel, whatever was
/// there.
pub(super) fn into_folder(folder: &Path, forms: &[Form], parcel: &Parcel) -> Result<String, Error> {
    let mut written = Vec::with_capacity(forms.len());
    for &form in forms {
        let name = format!("{}.{}", parcel.edition, extension(form));
        written.push(keep(folder, &name, parcel.form(form)?, parcel)?);
    }
    for &form in forms {
        let name = format!("{}.{}", parcel.edition, extension(form));
        let latest = folder.join(format!("latest.{}", extension(form)));
        point(&latest, &name, parcel).map_err(|error| unwritable(&shown(&latest), &error))?;
    }
    Ok(written.join(", "))
}

/// Writes a file of an edition. The same bytes there already are that edition, delivered before; others are not ours, and are
/// not overwritten. The folder is made if it is not there.
pub(super) fn keep(folder: &Path, name: &str, bytes: &[u8], parcel: &Parcel) -> Result<String, Error> {
    let path = folder.join(name);
    let place = shown(&path);
    let prefix = unfinished(&parcel.briefing);
    let written = fs::create_dir_all(folder)
        .and_then(|()| whole_file::sweep(folder, &prefix))
        .and_then(|()| whole_file::write(&path, bytes, Existing::Kept, &prefix));
    match written {
        Ok(()) => Ok(place),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && holds(&path, bytes) => Ok(place),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.exists() => Err(Error::new(
            ErrorKind::Unwritable,
            place,
            "is there already, with other content than this edition",
            "move it away, or give each briefing a folder of its own",
        )),
        Err(error) => Err(unwritable(&place, &error)),
    }
}

/// Replaces a file. A link keeps pointing where it points: what it leads to is replaced.
pub(super) fn replace(path: &Path, bytes: &[u8], briefing: &str) -> Result<String, Error> {
    let target = regular(path)?;
    let prefix = unfinished(briefing);
    whole_file::sweep(folder_of(&target), &prefix)
        .and_then(|()| whole_file::write(&target, bytes, Existing::Replaced, &prefix))
        .map_err(|error| unwritable(&shown(path), &error))?;
    Ok(shown(path))
}

/// Tries whether a folder can be written to, or made.
pub fn check_folder(folder: &Path) -> Result<String, Error> {
    let there = folder.ancestors().map(|path| if path.as_os_str().is_empty() { Path::new(".") } else { path });
    let nearest = there.into_iter().find(|path| path.exists()).unwrap_or(Path::new("."));
    if !nearest.is_dir() {
        return Err(Error::new(ErrorKind::Usage, shown(nearest), "not a folder", "give the name of a folder"));
    }
    try_folder(nearest).map_err(|error| unwritable(&shown(folder), &error))?;
    let state = if folder.exists() { "can be written" } else { "can be made" };
    Ok(format!("{} {state}", shown(folder)))
}

/// Tries whether a file can be written or replaced.
pub(super) fn check_file(path: &Path) -> Result<String, Error> {
    let target = regular(path)?;
    try_folder(folder_of(&target)).map_err(|error| unwritable(&shown(path), &error))?;
    Ok(format!("{} can be written", shown(path)))
}

/// Whether the folder takes a new file; it is gone again at once.
fn try_folder(folder: &Path) -> io::Result<()> {
    whole_file::begin(&folder.join("edition"), UNFINISHED).map(drop)
}

/// Where a path leads, if a regular file is or could be there.
fn regular(path: &Path) -> Result<PathBuf, Error> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(known) if !known.is_file() => {
            let what = if known.is_dir() { "a folder" } else { "not a regular file" };
            Err(Error::new(ErrorKind::Usage, shown(path), what, "give the name of a file"))
        }
        _ => Ok(target),
    }
}

/// Has a link lead to a file beside it, or puts a copy there where links are not possible.
fn point(latest: &Path, name: &str, parcel: &Parcel) -> io::Result<()> {
    if fs::read_link(latest).is_ok_and(|target| target == Path::new(name)) {
        return Ok(());
    }
    #[cfg(unix)]
    {
        let new = latest.with_file_name(format!("{}link", unfinished(&parcel.briefing)));
        if std::os::unix::fs::symlink(name, &new).is_ok() {
            return match fs::rename(&new, latest) {
                Ok(()) => whole_file::sync_folder_of(latest),
                Err(error) => fs::remove_file(&new).and(Err(error)),
            };
        }
    }
    let bytes = fs::read(latest.with_file_name(name))?;
    whole_file::write(latest, &bytes, Existing::Replaced, &unfinished(&parcel.briefing))
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    // The length first: a stranger's file may be of any size.
    fs::metadata(path).is_ok_and(|known| known.is_file() && known.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|known| known == bytes)
}

/// What the names of unfinished files of a briefing begin with. It holds its lock, so that nobody else is writing them.
fn unfinished(briefing: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    format!("{UNFINISHED}{}-", briefing.chars().map(safe).collect::<String>())
}

fn extension(form: Form) -> &'static str {
    match form {
        Form::Text => "txt",
        Form::Markdown => "md",
        Form::Html => "html",
        Form::Json => "json",
    }
}
