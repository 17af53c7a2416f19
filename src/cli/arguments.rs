//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::language::Language;
use crate::model::Budget;

const EXAMPLES: &str = "\
Examples:
  epitome digest articles/                     a digest of the story in a folder
  epitome digest articles/ --format json -o d.json && epitome verify d.json
  epitome inspect articles/                    what was read, and what is never quoted";

/// Short digests of a story from many articles, every sentence quoted word for word and cited.
#[derive(Debug, Parser)]
#[command(name = "epitome", version, arg_required_else_help = true, after_help = EXAMPLES, after_long_help = LONG_HELP)]
pub(super) struct Arguments {
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say how the result came about, too
    #[arg(short, long, global = true)]
    pub verbose: bool,

    #[command(subcommand)]
    pub command: Command,
}

const LONG_HELP: &str = "\
Examples:
  epitome digest articles/                     a digest of the story in a folder
  epitome digest articles/ --format json -o d.json && epitome verify d.json
  epitome inspect articles/                    what was read, and what is never quoted

Exit codes:
  0  done
  1  failed, there is no result
  2  wrong usage, or nothing that was named exists
  3  there is a result, and some inputs are not in it; standard error names them
  6  verify found a difference";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Digest(DigestArguments),
    Inspect(InspectArguments),
    Verify(VerifyArguments),
}

const DIGEST_EXAMPLES: &str = "\
Examples:
  epitome digest articles/ --words 50
  epitome digest a.txt b.txt c.md --format json -o digest.json
  epitome digest articles/ --format markdown > digest.md
  find . -name '*.txt' -print0 | epitome digest --files-from - --null";

/// Digest the articles of one story
///
/// Reads files and folders of .txt and .md files, finds what the articles agree on, and prints the sentences that say
/// most of it, word for word, each with the places where it stands.
#[derive(Debug, Args)]
#[command(after_help = DIGEST_EXAMPLES)]
pub(super) struct DigestArguments {
    #[command(flatten)]
    pub input: InputArguments,

    #[command(flatten)]
    pub budget: BudgetArguments,

    /// How to write the digest
    #[arg(long, value_enum, default_value_t)]
    pub format: DigestFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Keep the text of sources that are no UTF-8 files in this folder, beside the JSON instead of inside it
    #[arg(long, value_name = "DIR")]
    pub keep_sources: Option<PathBuf>,

    /// Say below the digest what was set aside before anything was chosen, and why
    #[arg(long)]
    pub show_dropped: bool,
}

/// What is read, and how: the same wherever articles are read.
#[derive(Debug, Args)]
pub(super) struct InputArguments {
    /// Files or folders; - is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Read further paths from a file, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Paths in that file end in a zero byte, as find -print0 writes them
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,

    /// The language of all articles: a code or an English name [default: detected for each article]
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Language>,

    /// Threads to use; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// At most one length.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(super) struct BudgetArguments {
    /// At most so many words [default: 100]
    #[arg(long, value_name = "N")]
    words: Option<NonZeroUsize>,

    /// At most so many sentences
    #[arg(long, value_name = "N")]
    sentences: Option<NonZeroUsize>,

    /// At most so many characters
    #[arg(long, value_name = "N")]
    chars: Option<NonZeroUsize>,

    /// At most so many hundredths of the words that can be quoted
    #[arg(long, value_name = "P", value_parser = clap::value_parser!(u32).range(1..=100))]
    percent: Option<u32>,
}

impl BudgetArguments {
    /// The length that was asked for.
    pub fn budget(&self) -> Budget {
        let words = self.words.map(|n| Budget::Words(n.get()));
        let sentences = self.sentences.map(|n| Budget::Sentences(n.get()));
        let chars = self.chars.map(|n| Budget::Chars(n.get()));
        words.or(sentences).or(chars).or(self.percent.map(Budget::Percent)).unwrap_or_default()
    }
}

/// What digests are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DigestFormat {
    /// For reading
    #[default]
    Text,
    /// For notes and websites, with footnotes and front matter
    Markdown,
    /// For programs, and for epitome verify
    Json,
}

/// What reports are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For reading
    #[default]
    Text,
    /// For programs
    Json,
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  epitome inspect articles/ | less
  epitome inspect wire.txt --format json";

/// Show what was read: facts, blocks and sentences, and why some of them are never quoted
///
/// Lists each article with its encoding, its language and what it says about itself, then its blocks and sentences with
/// the numbers of their lines.
#[derive(Debug, Args)]
#[command(after_help = INSPECT_EXAMPLES)]
pub(super) struct InspectArguments {
    #[command(flatten)]
    pub input: InputArguments,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Check that every quote of a digest still stands in its source
///
/// Prints what does not hold. Exit code 0 means that every quote stands, byte for byte, where the digest says; 6 that one
/// does not.
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// A digest that was written with --format json; - is standard input
    #[arg(value_name = "DIGEST.json")]
    pub digest: PathBuf,

    /// The folder that the digest's paths are relative to [default: the working folder]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// A source that has changed anywhere is a difference, too
    #[arg(long)]
    pub strict: bool,

    /// How to write the report
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
