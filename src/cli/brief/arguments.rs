//! What can be typed behind `epitome brief`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::arguments::{DigestFormat, ReportFormat};

const EXAMPLES: &str = "\
Examples:
  epitome brief init                    write briefing.toml, which reads the folder articles
  epitome brief run                     make an edition of what is new, and deliver it
  epitome brief schedule --systemd      print what lets systemd run it every morning
  epitome brief archive search 'dam'    find what was told

The reference of briefing.toml is in the documentation of the crate, epitome::docs::briefing.";

/// Make a briefing of what is new, every morning or whenever it is run
///
/// Reads the feeds and folders that briefing.toml names, groups what is new since the last edition into stories, digests them
/// without what was told before, and delivers the edition to files, mail, a feed or standard output.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(in crate::cli) struct BriefArguments {
    /// The configuration [default: briefing.toml here, then $XDG_CONFIG_HOME/epitome/briefing.toml]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    #[command(subcommand)]
    pub command: BriefCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BriefCommand {
    /// Write a commented configuration that works as it is
    Init,
    Check(CheckArguments),
    Show(ShowArguments),
    Run(RunArguments),
    Schedule(ScheduleArguments),
    /// Look into past editions
    #[command(subcommand)]
    Archive(ArchiveCommand),
    Replay(ReplayArguments),
}

/// Try everything that the configuration names, and change nothing
///
/// Reads the configuration, looks at folders, asks each feed once, and talks to the mail server up to the login. Exit code
/// 0 means that all of it works, 1 that something does not, 2 that the configuration is wrong.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArguments {
    /// Ask no feed and no mail server
    #[arg(long)]
    pub offline: bool,
}

/// Print the configuration in effect, and where each value came from
#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArguments {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
}

const RUN_EXAMPLES: &str = "\
Examples:
  epitome brief run
  epitome brief run --dry-run | less
  epitome brief run --as-of 2031-03-05T06:30
  epitome brief run --since-date 2031-03-01 --no-send

Exit codes:
  0  done; also when nothing is new
  1  no source could be read
  2  the configuration is wrong
  3  done, and some inputs are left out; standard error names them
  4  an edition was made and did not reach its reader; the next run delivers it
  5  another run is at work
  130  interrupted; the next run goes on from there";

/// Make an edition of what is new since the last one, deliver it, and end
///
/// Says nothing when all is well, unless standard error is a terminal.
#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(in crate::cli) struct RunArguments {
    /// Make it as if it were then: a day, or a day and a time; asks no feed [default: now]
    ///
    /// Articles that were published later are not there yet. A day alone means its first time in the schedule.
    #[arg(long, value_name = "WHEN", conflicts_with = "repeat")]
    pub as_of: Option<String>,

    /// Go back to this day, or day and time, also for what was passed over; what was told is not told again
    #[arg(long, value_name = "WHEN", conflicts_with = "repeat")]
    pub since_date: Option<String>,

    /// Print the edition and change nothing: neither what is remembered of feeds nor what counts as told
    #[arg(long, conflicts_with_all = ["no_send", "repeat"])]
    pub dry_run: bool,

    /// Keep the edition in the archive and deliver nothing; it does not count as told
    #[arg(long)]
    pub no_send: bool,

    /// Ask no feed: use what is in the folders and what was fetched before
    #[arg(long)]
    pub offline: bool,

    /// Stay, and make an edition whenever the schedule says so; for containers
    #[arg(id = "repeat", long = "loop")]
    pub repeat: bool,

    /// With --dry-run: how to print it
    #[arg(long, value_enum, requires = "dry_run")]
    pub format: Option<DigestFormat>,

    /// Threads to use; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// Print when editions are due, or what lets the system start them
///
/// Nothing is installed: the text says at its top where it belongs.
#[derive(Debug, Args)]
pub(in crate::cli) struct ScheduleArguments {
    /// Print a service and a timer for systemd
    #[arg(long, conflicts_with = "cron")]
    pub systemd: bool,

    /// Print lines for a crontab
    #[arg(long)]
    pub cron: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ArchiveCommand {
    List(ListArguments),
    Show(ArchiveShowArguments),
    Search(SearchArguments),
}

/// List editions, the newest first, and to whom they were delivered
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArguments {
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub limit: u32,

    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
}

/// Print an edition as it was delivered
#[derive(Debug, Args)]
pub(in crate::cli) struct ArchiveShowArguments {
    /// The name of the edition, or latest
    #[arg(value_name = "EDITION", default_value = "latest")]
    pub edition: String,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: DigestFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Find stories that were told
///
/// Finds the stories that have all words of the query. "…" is a phrase, word* a beginning; case and accents do not matter.
#[derive(Debug, Args)]
pub(in crate::cli) struct SearchArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,

    /// So many stories at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u32,

    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
}

/// Make an edition again from what was kept, and compare every byte
///
/// Exit code 0 means that it is the same, 6 that it is not.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReplayArguments {
    /// The name of the edition, or latest
    #[arg(value_name = "EDITION", default_value = "latest")]
    pub edition: String,
}
