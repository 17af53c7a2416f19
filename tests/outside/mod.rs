//! The program run from outside, and two made-up stories to give it: for the tests of its commands, of which not each uses
//! all of this.
#![allow(dead_code)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub const FERRY: &str = "A commuter ferry with 187 people on board hit the east pier of Port Ella on Tuesday morning, the harbour authority \
said. Fourteen passengers were hurt when the ferry hit the pier. The operator has taken the sister ship out of service \
until its steering has been inspected.";
pub const PIER: &str = "Fourteen people were hurt on Tuesday when a ferry hit a pier in Port Ella, and the east pier stays closed. Engineers \
look at the steering of the ferry today. A union had warned of the steering of both ships in October.";
pub const DAM: &str = "Engineers opened the spillway of the Kessel dam on Monday after four days of heavy rain in the province. Some 6,300 \
people left three villages below the dam overnight. The release of water should end on Friday evening.";

/// The program in a folder, with nothing on standard input.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_epitome"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// What a run gives.
pub fn epitome(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// The same with something on standard input, as much of it as the program reads.
pub fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // The program may write before it has read all of it, and may end before.
        scope.spawn(move || pipe.write_all(input));
        child.wait_with_output().unwrap()
    })
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Holds the exit code against what is expected, and gives all that was said, for further messages.
#[track_caller]
pub fn ended(output: &Output, code: i32) -> String {
    let told = format!("stdout: {}\nstderr: {}", stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(code), "{told}");
    told
}

/// Holds the exit code and a message on standard error against what is expected; without a message nothing may be said.
#[track_caller]
pub fn says(output: &Output, code: i32, message: &str) {
    let told = ended(output, code);
    if message.is_empty() {
        assert!(output.stderr.is_empty(), "{told}");
    } else {
        assert!(stderr(output).contains(message), "{message:?} is not said\n{told}");
    }
}
