//! A path in, the right to be the only run at work out, or who has it.
//!
//! The lock is the operating system's on an open file, not the file itself. It ends with its holder, however that dies,
//! so that what a dead run left behind hinders nobody. For the same reason the file stays: if it were removed, a second
//! run could lock the removed file, and a third one a new file of the same name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;

use crate::error::{Error, ErrorKind};

/// More than this is not what a run writes into its lock: it is not read.
const LONGEST_NOTE: u64 = 200;

/// The right to be the only run at work, until it is dropped or its process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why a lock could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Another run has it.
    #[error(
        "{path}: another run is at work ({}{}); wait until it has ended",
        .pid.map_or("of an unknown process".to_owned(), |pid| format!("process {pid}")),
        .since.map_or(String::new(), |since| format!(", since {since:.0}"))
    )]
    Held {
        /// The file.
        path: String,
        /// The process that has it, unless it is just writing that down.
        pid: Option<u32>,
        /// When it took it.
        since: Option<Timestamp>,
    },
    /// The file cannot be written or locked.
    #[error(transparent)]
    Failed(Error),
}

impl Lock {
    /// Takes the lock at once or not at all. `now` is told to those who find it taken.
    pub fn take(path: &Path, now: Timestamp) -> Result<Self, NotTaken> {
        // Not truncated: until the lock is ours, the note in it is another's.
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| failed(path, "cannot be opened", &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(path, &mut file)),
            Err(TryLockError::Error(error)) => return Err(failed(path, "cannot be locked", &error)),
        }
        note(&mut file, now).map_err(|error| failed(path, "cannot be written", &error))?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a command that is just being started has a copy of it for a moment.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Writes down who has the lock.
fn note(file: &mut File, now: Timestamp) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{} {now}", std::process::id())
}

/// Reads who has the lock; where it cannot be read, nobody is named.
fn held(path: &Path, file: &mut File) -> NotTaken {
    let mut note = String::new();
    let _ = file.take(LONGEST_NOTE).read_to_string(&mut note);
    let (pid, since) = note.trim_end().split_once(' ').unwrap_or_default();
    NotTaken::Held { path: path.display().to_string(), pid: pid.parse().ok(), since: since.parse().ok() }
}

fn failed(path: &Path, what: &str, error: &io::Error) -> NotTaken {
    let way_out = match error.kind() {
        io::ErrorKind::NotFound => "create its folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room and run again",
        io::ErrorKind::Unsupported => "put it on a disk of this machine",
        _ => "let its folder be writable, or name another one for the state",
    };
    let what = format!("the lock {what}: {error}");
    NotTaken::Failed(Error::new(ErrorKind::Unwritable, path.display().to_string(), what, way_out))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// Tells the test below that it is to be another process.
    const PATH_FOR_ANOTHER_PROCESS: &str = "EPITOME_TEST_LOCK";

    fn now() -> Timestamp {
        "2031-03-04T06:30:00Z".parse().unwrap()
    }

    #[test]
    fn a_lock_is_taken_once_and_free_when_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path, now()).unwrap();
        let second = Lock::take(&path, now()).unwrap_err();
        assert_eq!(
            second,
            NotTaken::Held {
                path: path.display().to_string(),
                pid: cfg!(unix).then(std::process::id),
                since: cfg!(unix).then(now)
            }
        );
        drop(first);
        Lock::take(&path, now()).unwrap();
    }

    /// The other process of the test below. By itself it does nothing.
    #[test]
    fn another_process_holds_the_lock_until_it_is_killed() {
        let Some(path) = std::env::var_os(PATH_FOR_ANOTHER_PROCESS) else { return };
        let _lock = Lock::take(Path::new(&path), now()).unwrap();
        println!("\ntaken");
        // Nothing comes: it ends with its parent, or is killed.
        let _ = io::stdin().read_line(&mut String::new());
    }

    fn another_process(path: &Path) -> Child {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["another_process_holds_the_lock_until_it_is_killed", "--nocapture"])
            .env(PATH_FOR_ANOTHER_PROCESS, path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line == "taken"));
        child
    }

    #[test]
    fn a_lock_ends_with_the_process_that_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let mut holder = another_process(&path);
        let NotTaken::Held { pid, .. } = Lock::take(&path, now()).unwrap_err() else { panic!("not held") };
        assert!(!cfg!(unix) || pid == Some(holder.id()));
        holder.kill().unwrap();
        holder.wait().unwrap();
        Lock::take(&path, now()).unwrap();
    }

    #[test]
    fn whatever_stands_in_the_file_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        for stale in ["", "1 2001-01-01T00:00:00Z\n", "\0\u{fffd}", &"9".repeat(10_000)] {
            std::fs::write(&path, stale).unwrap();
            Lock::take(&path, now()).unwrap();
            let note = std::fs::read_to_string(&path).unwrap();
            assert_eq!(note, format!("{} 2031-03-04T06:30:00Z\n", std::process::id()));
        }
    }

    #[test]
    fn a_message_says_who_holds_the_lock() {
        let held = |pid, since| NotTaken::Held { path: "state/lock".to_owned(), pid, since }.to_string();
        assert_eq!(
            held(Some(17), Some(now())),
            "state/lock: another run is at work (process 17, since 2031-03-04T06:30:00Z); wait until it has ended"
        );
        assert_eq!(
            held(None, None),
            "state/lock: another run is at work (of an unknown process); wait until it has ended"
        );
    }

    #[test]
    fn a_lock_without_a_folder_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let NotTaken::Failed(error) = Lock::take(&folder.path().join("missing/lock"), now()).unwrap_err() else {
            panic!("held")
        };
        assert_eq!((error.kind, error.way_out.as_str()), (ErrorKind::Unwritable, "create its folder"));
        // A folder cannot be opened for writing, whoever asks: a read-only one can, by the administrator.
        let NotTaken::Failed(error) = Lock::take(folder.path(), now()).unwrap_err() else { panic!("held") };
        assert_eq!(error.way_out, "let its folder be writable, or name another one for the state");
    }
}
