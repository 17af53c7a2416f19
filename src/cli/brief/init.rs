//! `epitome brief init`: nothing in, a configuration that works as it is out.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::brief::config::{FILE_NAME, new_id, template};
use crate::cli::Messages;
use crate::cli::exit::Exit;
use crate::cli::output::folder_of;
use crate::error::{Error, ErrorKind};

/// The folder that the configuration reads.
const ARTICLES: &str = "articles";

/// Runs it. What is there is never written over.
pub(super) fn run(config: Option<&Path>, messages: &Messages) -> Result<Exit, Error> {
    let path = config.unwrap_or(Path::new(FILE_NAME));
    let place = path.to_string_lossy().into_owned();
    let id = new_id(Timestamp::now(), std::process::id());
    let zone = TimeZone::system();
    let text = template(&id, zone.iana_name().unwrap_or("UTC"));
    let unwritable = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let way_out = "edit it, or give another name with --config";
            Error::new(ErrorKind::Usage, &*place, "is there already and stays as it is", way_out)
        }
        _ => crate::cli::output::unwritable(&place, &error),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(unwritable)?;
    if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
        // Half a configuration is none.
        let _ = fs::remove_file(path);
        return Err(unwritable(error));
    }
    let articles = folder_of(path).join(ARTICLES);
    // Somebody who reads feeds alone takes it out; that it cannot be made is said by the run that misses it.
    let made = !articles.exists() && fs::create_dir(&articles).is_ok();
    let shown = articles.strip_prefix(".").unwrap_or(&articles).display();
    let folder = if made { format!("made the folder {shown}; ") } else { String::new() };
    let option = config.map(|_| format!(" --config {place}")).unwrap_or_default();
    messages.note(&format!(
        "wrote {place}; {folder}put articles there or feeds into {place}, then run `epitome brief run{option}`"
    ));
    Ok(Exit::Done)
}
