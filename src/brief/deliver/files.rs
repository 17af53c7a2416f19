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

/// A name that is taken is followed by `-2` and so on, so far: a folder where all of them are taken needs somebody to look.
const MOST_NAMES: usize = 1000;

/// Writes `EDITION.ext` for each form, and then has `latest.ext` lead there. `latest.ext` belongs to the channel, whatever was
/// there.
pub(super) fn into_folder(folder: &Path, forms: &[Form], parcel: &Parcel) -> Result<String, Error> {
    let bytes = |&form: &Form| Ok((extension(form), parcel.form(form)?));
    let files = forms.iter().map(bytes).collect::<Result<Vec<_>, Error>>()?;
    let stem = keep(folder, &files, parcel)?;
    let mut written = Vec::with_capacity(files.len());
    for (extension, _) in files {
        let name = format!("{stem}.{extension}");
        let latest = folder.join(format!("latest.{extension}"));
        point(&latest, &name, parcel).map_err(|error| unwritable(&shown(&latest), &error))?;
        written.push(shown(&folder.join(name)));
    }
    Ok(written.join(", "))
}

/// Writes `EDITION.eml`.
pub(super) fn eml(folder: &Path, message: &[u8], parcel: &Parcel) -> Result<String, Error> {
    let stem = keep(folder, &[("eml", message)], parcel)?;
    Ok(shown(&folder.join(format!("{stem}.eml"))))
}

/// Writes the files of an edition, given by their extensions, and tells the name that they have in common. The same bytes
/// there already are that edition, delivered before; others are not ours, and are not overwritten: all of the edition goes by
/// the next name then. The folder is made if it is not there.
fn keep(folder: &Path, files: &[(&str, &[u8])], parcel: &Parcel) -> Result<String, Error> {
    let prefix = unfinished(&parcel.briefing);
    fs::create_dir_all(folder)
        .and_then(|()| whole_file::sweep(folder, &prefix))
        .map_err(|error| unwritable(&shown(folder), &error))?;
    let others = (2..=MOST_NAMES).map(|number| format!("{}-{number}", parcel.edition));
    for stem in std::iter::once(parcel.edition.clone()).chain(others) {
        let path = |extension: &str| folder.join(format!("{stem}.{extension}"));
        if files.iter().any(|(extension, bytes)| is_taken(&path(extension), bytes)) {
            continue;
        }
        for (extension, bytes) in files {
            let path = path(extension);
            if !holds(&path, bytes) {
                whole_file::write(&path, bytes, Existing::Kept, &prefix)
                    .map_err(|error| unwritable(&shown(&path), &error))?;
            }
        }
        return Ok(stem);
    }
    Err(Error::new(
        ErrorKind::Unwritable,
        shown(&folder.join(&parcel.edition)),
        "is there already, with other content than this edition, and so are all names like it",
        "move them away, or give each briefing a folder of its own",
    ))
}

/// Whether something else than these bytes has the name.
fn is_taken(path: &Path, bytes: &[u8]) -> bool {
    // Not `exists`: a link that leads nowhere has its name too.
    path.symlink_metadata().is_ok() && !holds(path, bytes)
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

/// What the names of unfinished files of a briefing begin with. It holds its lock, so that nobody else is writing them. The dot
/// at the end is in no id: `a` does not sweep away what `a-b` writes.
fn unfinished(briefing: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    format!("{UNFINISHED}{}.", briefing.chars().map(safe).collect::<String>())
}

fn extension(form: Form) -> &'static str {
    match form {
        Form::Text => "txt",
        Form::Markdown => "md",
        Form::Html => "html",
        Form::Json => "json",
    }
}
