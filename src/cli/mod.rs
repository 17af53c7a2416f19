//! The command line: arguments in, an exit code out.
//!
//! `arguments` holds what can be typed; each subcommand has a module that turns what was typed into what is meant and
//! calls the library; `input` reads articles, lists and digests; `output` writes results
//! whole or not at all; `corpora` is what all that read corpora have in common; `jsonl` is `epitome digest --jsonl`,
//! `story_digests` is `epitome digest --stories`; `since` reads the digests that were told before; `folders` writes stories into folders; `exit` is the table of exit codes.
//!
//! Standard output carries the result and nothing else; messages go to standard error.

mod arguments;
mod bench;
mod bench_stories;
#[cfg(feature = "brief")]
mod brief;
mod corpora;
mod digest;
mod exit;
mod folders;
mod input;
mod inspect;
mod jsonl;
mod output;
mod since;
mod stories;
mod story_digests;
mod train;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use exit::Exit;

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let messages = Messages { quiet: arguments.quiet, verbose: arguments.verbose };
    #[cfg(feature = "brief")]
    if arguments.verbose {
        trace();
    }
    let done = match &arguments.command {
        Command::Digest(digest) => digest::run(digest, &messages),
        Command::Stories(stories) => stories::run(stories, &messages),
        Command::Inspect(inspect) => inspect::run(inspect, &messages),
        Command::Verify(verify) => verify::run(verify, &messages),
        #[cfg(feature = "brief")]
        Command::Brief(brief) => brief::run(brief, &messages),
        Command::Bench(bench) => bench::run(bench, &messages),
        Command::Train(train) => train::run(train, &messages),
    };
    let exit = done.unwrap_or_else(|error| {
        messages.error(&error.to_string());
        Exit::of(error.kind)
    });
    exit.into()
}

/// Prints how long each step took that is traced, on standard error.
#[cfg(feature = "brief")]
fn trace() {
    use std::io::IsTerminal;
    use tracing_subscriber::fmt::format::FmtSpan;
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_timer(tracing_subscriber::fmt::time::uptime())
        .with_target(false)
        .finish();
    // Nobody else has set one in this process.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// What is said beside the result, on standard error.
struct Messages {
    quiet: bool,
    verbose: bool,
}

impl Messages {
    /// What went wrong; said always.
    fn error(&self, text: &str) {
        self.print(text);
    }

    /// What the reader of a digest should know; not said under `--quiet`.
    fn note(&self, text: &str) {
        if !self.quiet {
            self.print(text);
        }
    }

    /// How it came about; said under `--verbose`.
    fn detail(&self, text: &str) {
        if self.verbose {
            self.print(text);
        }
    }

    fn print(&self, text: &str) {
        use std::io::Write;
        // Paths and other people's text are in it. Where standard error is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "epitome: {}", crate::render::plain_path(text));
    }
}

/// `1 sentence`, `2 sentences`.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
