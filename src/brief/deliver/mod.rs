//! An edition in, the same edition with its reader out: files, standard output, mail, an Atom feed.
//!
//! Each way answers one question: did it arrive? [`Delivery::Done`] is what counts as told. Files cannot be in doubt: they are
//! put whole into their place, under names that stay, and the same edition again finds itself there. A mail can: a
//! connection that is lost after the end of the message leaves open whether the server has it. It is sent again then, with
//! the same `Message-ID`, by which a reader's program knows it as the same.

mod atom;
mod files;
mod message;
mod relay;
mod smtp;

use std::collections::BTreeMap;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

pub use files::check_folder;
use jiff::Timestamp;

use crate::brief::config::{Channel, Form, Target};
use crate::error::{Error, ErrorKind};
use crate::whole_file;

/// An edition, ready to be delivered.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The id of the briefing.
    pub briefing: String,
    /// Its title.
    pub title: String,
    /// The id of the edition.
    pub edition: String,
    /// The title of the edition.
    pub subject: String,
    /// What is in it, in few words of plain text.
    pub summary: String,
    /// When it was made.
    pub made: Timestamp,
    /// Its zone, by IANA's name.
    pub zone: String,
    /// The edition in each form.
    pub forms: BTreeMap<Form, Vec<u8>>,
    /// The HTML part of a mail: plain and safe.
    pub mail_html: String,
    /// The id of the edition that the channel was given before.
    pub previous: Option<String>,
    /// Its language, as a tag of BCP 47, if it has one.
    pub language: Option<String>,
}

/// An edition as an entry of an Atom feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomEntry {
    /// The id of the edition.
    pub edition: String,
    /// The title of the edition.
    pub title: String,
    /// When it was made.
    pub made: Timestamp,
    /// What is in it, in few words of plain text.
    pub summary: String,
    /// The edition in HTML: plain and safe.
    pub html: String,
}

/// What came of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is there.
    Done {
        /// How to find it: the names of files, or what the mail server answered.
        receipt: String,
    },
    /// The reader has not got it.
    Failed(Error),
    /// Nobody knows whether the reader has got it.
    Uncertain(Error),
}

impl From<Result<String, Error>> for Delivery {
    fn from(result: Result<String, Error>) -> Self {
        match result {
            Ok(receipt) => Self::Done { receipt },
            Err(error) => Self::Failed(error),
        }
    }
}

impl Parcel {
    fn form(&self, form: Form) -> Result<&[u8], Error> {
        let missing = || Error::new(ErrorKind::Fault, &self.edition, format!("has no form {form:?}"), "");
        self.forms.get(&form).map(Vec::as_slice).ok_or_else(missing)
    }
}

/// Brings an edition to a channel. `earlier` are the entries that an Atom feed keeps beside it; others do not need them.
pub fn deliver(channel: &Channel, parcel: &Parcel, earlier: &[AtomEntry]) -> Delivery {
    match &channel.to {
        Target::Folder { path, forms } => files::into_folder(path, forms, parcel).into(),
        Target::File { path, form } => {
            parcel.form(*form).and_then(|bytes| files::replace(path, bytes, &parcel.briefing)).into()
        }
        Target::Stdout { form } => {
            let printed = |bytes| standard_output().and_then(|mut out| print(bytes, &mut out));
            parcel.form(*form).and_then(printed).into()
        }
        Target::Mail(mail) => match message::of(parcel, &channel.name, &message::Post::of(mail)) {
            Ok(message) => smtp::send(mail, &message, &smtp::Terms::of(mail)),
            Err(error) => Delivery::Failed(error),
        },
        Target::Eml { path, from, to } => {
            let post = message::Post { from, to, unsubscribe: None };
            message::of(parcel, &channel.name, &post)
                .and_then(|message| files::eml(path, &message.formatted(), parcel))
                .into()
        }
        Target::Atom { path, url, entries } => {
            let feed = atom::feed(parcel, earlier, url.as_deref(), *entries);
            files::replace(path, feed.as_bytes(), &parcel.briefing).into()
        }
    }
}

/// Tries a way without delivering anything: whether a file could be written there, or a mail server lets this sender in. Gives
/// what was found, and leaves nothing behind.
///
/// # Errors
///
/// What a delivery would fail for.
pub fn check(target: &Target) -> Result<String, Error> {
    match target {
        Target::Folder { path, .. } => files::check_folder(path),
        Target::File { path, .. } | Target::Atom { path, .. } => files::check_file(path),
        Target::Stdout { .. } => Ok("standard output".to_owned()),
        Target::Mail(mail) => message::Post::of(mail).check().and_then(|()| smtp::check(mail, &smtp::Terms::of(mail))),
        Target::Eml { path, from, to } => {
            message::Post { from, to, unsubscribe: None }.check().and_then(|()| files::check_folder(path))
        }
    }
}

/// Standard output, past the buffer of the standard library: what it takes has been taken by whoever reads.
#[cfg(unix)]
fn standard_output() -> Result<impl Write, Error> {
    use std::os::fd::AsFd;
    let mut out = io::stdout().lock();
    let file = out.flush().and_then(|()| out.as_fd().try_clone_to_owned()).map(File::from);
    file.map_err(|error| whole_file::unwritable("standard output", &error))
}

#[cfg(not(unix))]
fn standard_output() -> Result<impl Write, Error> {
    Ok(io::stdout().lock())
}

/// Prints an edition. A reader that closes the pipe when it has begun to read has seen enough: that is no error. One that was
/// gone before has seen nothing.
fn print(bytes: &[u8], out: &mut impl Write) -> Result<String, Error> {
    let mut left = bytes;
    while !left.is_empty() {
        match out.write(left) {
            Ok(0) => return Err(whole_file::unwritable("standard output", &io::ErrorKind::WriteZero.into())),
            Ok(taken) => left = &left[taken..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe && left.len() < bytes.len() => break,
            Err(error) => return Err(whole_file::unwritable("standard output", &error)),
        }
    }
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(whole_file::unwritable("standard output", &error))
        }
        _ => Ok("standard output".to_owned()),
    }
}

/// How a path is called in messages.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
