//! Where a secret is kept in, the secret out; nothing that is printed ever shows it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// Where a secret is to be had. The secret itself never stands in a configuration, a flag or the environment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", from = "Written")]
pub enum SecretSource {
    /// The first line of a file.
    File(PathBuf),
    /// The first line that a command prints: the program and its arguments, without a shell.
    Command(Vec<String>),
}

/// A source as it is written down. Of a command it is the program alone: a person may have put a secret into the rest.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    File(PathBuf),
    Command(String),
}

impl From<SecretSource> for Written {
    fn from(source: SecretSource) -> Self {
        match source {
            SecretSource::File(path) => Self::File(path),
            SecretSource::Command(words) => Self::Command(words.into_iter().next().unwrap_or_default()),
        }
    }
}

impl From<Written> for SecretSource {
    fn from(written: Written) -> Self {
        match written {
            Written::File(path) => Self::File(path),
            Written::Command(program) => Self::Command(vec![program]),
        }
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

/// A command may ask its own agent, which may ask a person; who has not answered by then is not there.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked whether a command has ended that has printed all it will: its status comes right behind.
const GLANCE: Duration = Duration::from_millis(5);

/// No password is that long; what is read of a file or a command ends here.
const LONGEST: u64 = 64 << 10;

impl SecretSource {
    /// Reads the secret.
    ///
    /// # Errors
    ///
    /// What keeps it from being read, with the place and never with a part of what was read: a file that is not there,
    /// or that everybody may read, a command that cannot be started, fails or does not end, an empty first line.
    pub fn read(&self) -> Result<Secret, Error> {
        self.read_within(PATIENCE)
    }

    fn read_within(&self, patience: Duration) -> Result<Secret, Error> {
        let read = match self {
            Self::File(path) => of_file(path)?,
            Self::Command(words) => of_command(words, patience)?,
        };
        let line = read.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = std::str::from_utf8(line).map_err(|_| self.trouble("its first line is not UTF-8", "write it so"))?;
        if text.is_empty() {
            return Err(
                self.trouble("its first line is empty", "put the password, and nothing else, into the first line")
            );
        }
        Ok(Secret::new(text.to_owned()))
    }

    fn trouble(&self, what: &str, way_out: &str) -> Error {
        Error::new(ErrorKind::Unreadable, self.to_string(), what, way_out)
    }
}

impl fmt::Display for SecretSource {
    /// The place for messages: the file, or the program of the command.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Command(words) => write!(f, "command `{}`", words.first().map_or("", String::as_str)),
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretSource({self})")
    }
}

fn of_file(path: &Path) -> Result<Vec<u8>, Error> {
    let place = path.display().to_string();
    let unreadable = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error::new(
            ErrorKind::Missing,
            &place,
            "there is no such file",
            "write the password into it, and chmod 600 it",
        ),
        _ => Error::new(ErrorKind::Unreadable, &place, format!("cannot be read: {error}"), "see who may read it"),
    };
    let facts = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !facts.is_file() {
        let way_out = "give a plain file, or use password_command";
        return Err(Error::new(ErrorKind::Unreadable, place, "is no file", way_out));
    }
    if everybody_may_read(&facts) {
        let way_out = format!("chmod 600 {place}");
        return Err(Error::new(ErrorKind::Unreadable, place, "everybody on this machine may read it", way_out));
    }
    let mut read = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(LONGEST).read_to_end(&mut read).map_err(|error| unreadable(&error))?;
    Ok(read)
}

/// Whether the file's permissions let anybody read it. A group may: that is how services share a secret.
#[cfg(unix)]
fn everybody_may_read(facts: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    facts.permissions().mode() & 0o004 != 0
}

#[cfg(not(unix))]
fn everybody_may_read(_: &fs::Metadata) -> bool {
    false
}

fn of_command(words: &[String], patience: Duration) -> Result<Vec<u8>, Error> {
    let program = words.first().map_or("", String::as_str);
    let trouble =
        |what: String, way_out: &str| Error::new(ErrorKind::Unreadable, format!("command `{program}`"), what, way_out);
    let deadline = Instant::now() + patience;
    let started = Command::new(program)
        .args(words.get(1..).unwrap_or_default())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // What it says there may quote what it was asked for.
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.map_err(|error| {
        trouble(
            format!("cannot be started: {error}"),
            "write it as a list, program first: [\"pass\", \"show\", \"mail\"]",
        )
    })?;
    let ended = printed(&mut child, deadline).and_then(|read| Some((read, status(&mut child, deadline)?)));
    match ended {
        Some((read, status)) if status.success() => Ok(read),
        Some((_, status)) => Err(trouble(format!("failed ({status})"), "run it by hand to see why")),
        None => {
            // It may have ended by itself by now; either way it is gone afterwards.
            let _ = child.kill();
            let _ = child.wait();
            let what = format!("has not ended within {} seconds", patience.as_secs_f32());
            Err(trouble(what, "give a command that asks nothing"))
        }
    }
}

/// What the command prints until it closes its output; none if that does not come about in time.
fn printed(child: &mut Child, deadline: Instant) -> Option<Vec<u8>> {
    let output = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    // On a thread of its own, which a child of the command that keeps the output open cannot hold us by.
    thread::spawn(move || {
        let mut read = Vec::new();
        let ended = output.take(LONGEST).read_to_end(&mut read);
        // Nobody listens any more where time is up.
        let _ = send.send(ended.map(|_| read));
    });
    receive.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()?.ok()
}

/// How the command ended; none if it has not in time.
fn status(child: &mut Child, deadline: Instant) -> Option<std::process::ExitStatus> {
    loop {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status);
        }
        if Instant::now() >= deadline {
            return None;
        }
        thread::sleep(GLANCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str, mode: u32) -> (tempfile::TempDir, SecretSource) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        let _ = mode;
        (folder, SecretSource::File(path))
    }

    fn command(words: &[&str]) -> SecretSource {
        SecretSource::Command(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn the_first_line_of_a_file_is_the_secret() {
        for text in ["heron 7", "heron 7\n", "heron 7\r\nlogin: ada\n"] {
            let (_folder, source) = file(text, 0o600);
            assert_eq!(source.read().unwrap().reveal(), "heron 7");
        }
        let (_folder, shared) = file("heron", 0o640);
        assert_eq!(shared.read().unwrap().reveal(), "heron");
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_everybody_may_read_is_refused_with_the_command_that_mends_it() {
        let (_folder, source) = file("heron", 0o644);
        let error = source.read().unwrap_err().to_string();
        assert!(error.contains("everybody on this machine may read it; chmod 600 "), "{error}");
    }

    #[test]
    fn what_is_no_secret_is_refused_without_a_word_of_it() {
        for (text, what) in [("", "its first line is empty"), ("\nheron\n", "its first line is empty")] {
            let (_folder, source) = file(text, 0o600);
            let error = source.read().unwrap_err().to_string();
            assert!(error.contains(what) && !error.contains("heron"), "{error}");
        }
        let gone = SecretSource::File(PathBuf::from("no/such/file"));
        assert_eq!(gone.read().unwrap_err().kind, ErrorKind::Missing);
        let folder = tempfile::tempdir().unwrap();
        let error = SecretSource::File(folder.path().to_owned()).read().unwrap_err().to_string();
        assert!(error.contains("is no file"), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn the_first_line_that_a_command_prints_is_the_secret() {
        assert_eq!(command(&["printf", "heron\nmore\n"]).read().unwrap().reveal(), "heron");
        // No shell looks at the words, and nothing can be typed.
        assert_eq!(command(&["printf", "%s", "$HOME;x"]).read().unwrap().reveal(), "$HOME;x");
        assert!(command(&["cat"]).read().unwrap_err().to_string().contains("its first line is empty"));
    }

    #[test]
    #[cfg(unix)]
    fn a_command_that_fails_or_hangs_is_named_without_what_it_printed() {
        let failed = command(&["sh", "-c", "echo heron; echo heron >&2; exit 3"]).read().unwrap_err().to_string();
        assert!(failed.starts_with("command `sh`: failed (exit status: 3)") && !failed.contains("heron"), "{failed}");
        let missing = command(&["no-such-program-here"]).read().unwrap_err().to_string();
        assert!(missing.contains("cannot be started"), "{missing}");
        let endless = command(&["yes", "heron"]).read().unwrap_err().to_string();
        assert!(endless.contains("failed (signal"), "{endless}");
        for hanging in [vec!["sleep", "60"], vec!["sh", "-c", "exec >&-; exec sleep 60"]] {
            let hung = command(&hanging).read_within(Duration::from_millis(50)).unwrap_err().to_string();
            assert!(hung.contains("has not ended within 0.05 seconds"), "{hung}");
        }
    }

    #[test]
    fn neither_a_secret_nor_the_arguments_of_a_command_are_ever_written() {
        let source = command(&["printf", "heron"]);
        let written =
            format!("{source} {source:?} {} {:?}", serde_json::to_string(&source).unwrap(), source.read().ok());
        assert!(!written.contains("heron"), "{written}");
        assert!(written.contains("printf"));
    }
}
