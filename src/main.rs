//! The program `epitome`. Everything is in [`epitome::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    epitome::cli::run()
}
