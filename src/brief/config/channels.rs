//! Where editions go.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::brief::secret::SecretSource;

/// A way to a reader. What was told is kept for each by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name, unique, of letters, digits, `-` and `_`.
    pub name: String,
    /// Where it leads.
    pub to: Target,
}

/// What an edition is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// `.txt`
    Text,
    /// `.md`
    Markdown,
    /// `.html`
    Html,
    /// `.json`
    Json,
}

/// Where a channel leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A folder that gets `EDITION.ext` for each form, and links `latest.ext` to the newest.
    Folder {
        /// The folder; it is made if it is not there.
        path: PathBuf,
        /// At least one.
        forms: Vec<Form>,
    },
    /// One file that each edition replaces.
    File {
        /// The file.
        path: PathBuf,
        /// What is written into it.
        form: Form,
    },
    /// Standard output.
    Stdout {
        /// What is written.
        form: Form,
    },
    /// Mail by SMTP.
    Mail(Mail),
    /// A folder that gets `EDITION.eml`, a whole message, for each edition.
    Eml {
        /// The folder.
        path: PathBuf,
        /// Whom the message is from.
        from: String,
        /// Whom it is to.
        to: Vec<String>,
    },
    /// An Atom feed in a file, with the latest editions as its entries.
    Atom {
        /// The file.
        path: PathBuf,
        /// Where the feed will be found, if it is put on the web.
        url: Option<String>,
        /// So many editions are in it.
        entries: usize,
    },
}

/// Mail by SMTP (RFC 5321).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The host of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub tls: Tls,
    /// Who logs in, if anybody.
    pub user: Option<String>,
    /// The password.
    pub password: Option<SecretSource>,
    /// Whom the message is from.
    pub from: String,
    /// Whom it is to: one message for all of them, so that it goes to all or to none.
    pub to: Vec<String>,
    /// How a reader gets off the list: an address `mailto:` or `https:`; by default a mail to `from`.
    pub unsubscribe: Option<String>,
    /// How long one step may take, in seconds.
    pub timeout: u64,
}

/// How a connection to a mail server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Encrypted from the first byte (port 465).
    #[default]
    Tls,
    /// Encrypted after `STARTTLS`, and nothing is sent without it (port 587).
    Starttls,
    /// Not encrypted: for a server on this machine only.
    None,
}

/// Whether a mail server of that name is reached without a network. Capitals in names mean nothing (RFC 4343).
pub(in crate::brief) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_name_and_its_addresses() {
        assert!(["localhost", "Localhost", "127.0.0.1", "127.9.9.9", "::1"].into_iter().all(is_this_machine));
        assert!(!["localhost.example.org", "192.0.2.1", ""].into_iter().any(is_this_machine));
    }
}
