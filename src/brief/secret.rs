//! Where a secret is kept in, the secret out; nothing that is printed ever shows it.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::error::{Error, ErrorKind};

/// Where a secret is to be had. The secret itself never stands in a configuration, a flag or the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// The first line of a file.
    File(PathBuf),
    /// The first line that a command prints.
    Command(Vec<String>),
}

impl SecretSource {
    /// Reads the secret.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self) -> Result<Secret, Error> {
        let (place, text) = match self {
            Self::File(path) => (path.display().to_string(), fs::read_to_string(path)),
            Self::Command(words) => {
                let output = Command::new(&words[0]).args(&words[1..]).stdin(Stdio::null()).output();
                (words[0].clone(), output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()))
            }
        };
        let text = text.map_err(|_| Error::new(ErrorKind::Unreadable, place, "no secret can be read there", ""))?;
        Ok(Secret::new(text.lines().next().unwrap_or_default().to_owned()))
    }
}

/// A secret that was read. It is shown as dots by `Debug`, and by nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text as a secret.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The secret, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
