//! What can be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::bench::summary::Limit;
use crate::language::Language;
use crate::model::{Bound, Budget};

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
  epitome digest --jsonl stories.jsonl         a digest for each line of a corpus
  epitome stories day/                         which articles of a mixed heap are of one story
  epitome inspect articles/                    what was read, and what is never quoted
  epitome brief init && epitome brief run      a briefing of what is new, every morning
  epitome bench corpus.jsonl --words 100       how good digests are, beside those of other methods

Exit codes:
  0  done
  1  failed, there is no result
  2  wrong usage, or nothing that was named exists
  3  there is a result, and some inputs are not in it; standard error names them
  4  brief made an edition that did not reach its reader
  5  another run of the briefing is at work
  6  verify or bench --check found a difference
  130  interrupted; what was finished is the result";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Digest(DigestArguments),
    Stories(StoriesArguments),
    Inspect(InspectArguments),
    Verify(VerifyArguments),
    #[cfg(feature = "brief")]
    Brief(super::brief::BriefArguments),
    Bench(BenchArguments),
    Train(TrainArguments),
}

const DIGEST_EXAMPLES: &str = "\
Examples:
  epitome digest articles/ --words 50
  epitome digest a.txt b.txt c.md --format json -o digest.json
  epitome digest articles/ --format markdown > digest.md
  find . -name '*.txt' -print0 | epitome digest --files-from - --null
  epitome digest --jsonl stories.jsonl --words 50 -o digests.jsonl
  epitome digest articles/ --each-language
  epitome digest --stories day/ --top 5 --words 60
  epitome digest articles/ --about casualties
  epitome digest articles/ --since yesterday.json --format json -o today.json";

/// Digest the articles of one story, or of every story of a corpus
///
/// Reads articles, web pages, feeds, mail and JSON Lines, finds what the articles agree on, and prints the sentences that say
/// most of it, word for word, each with the places where it stands.
///
/// With --jsonl every line of the files is a story, and every line of the result is its digest.
#[derive(Debug, Args)]
#[command(after_help = DIGEST_EXAMPLES)]
pub(super) struct DigestArguments {
    #[command(flatten)]
    pub input: InputArguments,

    /// Read a story a line and write a digest a line, both in JSON
    ///
    /// A line of a file is {"id", "lang", "documents": [{"title", "date", "publisher", "text"}, …]}; of each document the
    /// text is enough. A line of the result is the digest as --format json writes it, on one line, with "id", "file" and
    /// "line" of its story in front; where there is none, "error" says why, standard error names the line, and the exit
    /// code is 3. Lines come in their order, and only so many of them are held in memory at a time.
    #[arg(long)]
    pub jsonl: bool,

    /// Make a digest for each language of the articles, the one with most articles first
    ///
    /// Without it, articles in another language than most are left out and named. In JSON it is a digest a line; what cannot
    /// be read, and articles whose language cannot be told, belong to the first one.
    #[arg(long, conflicts_with_all = ["jsonl", "lang"])]
    pub each_language: bool,

    /// Group the articles into stories, as epitome stories does, and make a digest for each of the first
    ///
    /// Stories of one article alone, and those of headlines without text, are not digested. The length is that of each
    /// digest. In JSON it is a digest a line, with the "id" and the "title" of its "story" in front.
    #[arg(long, conflicts_with_all = ["jsonl", "each_language"])]
    pub stories: bool,

    /// With --stories: digests of at most so many stories [default: 12]
    #[arg(long, value_name = "N", requires = "stories")]
    top: Option<NonZeroUsize>,

    /// With --stories: articles that belong together and articles that do not, in JSON, as for epitome stories
    #[arg(long, value_name = "FILE", requires = "stories")]
    pub overrides: Option<PathBuf>,

    /// With --stories: articles in different languages may be of one story
    #[arg(long, requires = "stories")]
    pub across_languages: bool,

    /// What the digest is to be about, in words: sentences that have some of them come first
    ///
    /// Words count by their stems; stop words do not count, and synonyms are not known. Where no sentence has any of them,
    /// standard error says so, and the digest is as without it.
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,

    /// Tell only what is new since a digest that was written with --format json or --jsonl; can be given several times
    ///
    /// What it told is not told again, and what stood in the articles that it was made from is no news. A changed number or
    /// name is. Where nothing is new, standard error says so, and the exit code is 0.
    #[arg(long, value_name = "OLD.json")]
    pub since: Vec<PathBuf>,

    #[command(flatten)]
    pub budget: BudgetArguments,

    /// How to write the digest [default: text; with --jsonl: json]
    #[arg(long, value_enum)]
    pub format: Option<DigestFormat>,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Keep the text of sources that are no UTF-8 files in this folder, beside the JSON instead of inside it
    #[arg(long, value_name = "DIR")]
    pub keep_sources: Option<PathBuf>,

    /// Say below the digest what was set aside before anything was chosen, and why
    #[arg(long)]
    pub show_dropped: bool,

    /// Say below each quote what its score is made of
    #[arg(long)]
    pub explain: bool,

    /// Score sentences by a prior that epitome train wrote
    #[arg(long, value_name = "FILE")]
    pub prior: Option<PathBuf>,

    /// Outlets that count as one publisher, in JSON: {"Family": ["Outlet", "www.outlet.example"], …}
    ///
    /// Articles of one publisher are one voice, as copies of one text are: what they say counts once.
    #[arg(long, value_name = "FILE")]
    pub families: Option<PathBuf>,
}

/// So many stories are what somebody reads through in the morning.
const TOP_STORIES: usize = 12;

impl DigestArguments {
    /// Of how many stories digests are made.
    pub fn top(&self) -> usize {
        self.top.map_or(TOP_STORIES, NonZeroUsize::get)
    }
}

const STORIES_EXAMPLES: &str = "\
Examples:
  epitome stories day/ | less
  epitome stories wire.rss saved-pages/ articles.jsonl --explain
  epitome stories day/ --folders day-by-story && epitome digest day-by-story/001-*
  epitome stories day/ --overrides mine.json --format json -o stories.json

A file of overrides is {\"together\": [[\"a.txt\", \"b.txt\"]], \"apart\": [[\"a.txt\", \"c.txt\"]]}:
lists of articles that are of one story, and lists of which no two are. Articles are called as they
are in the result.";

/// Group a mixed heap of articles into stories
///
/// Reads articles, web pages, feeds, mail and JSON Lines, puts together what reports on one event, and prints the stories,
/// those that a briefing would tell first in front. Of a feed or a line of JSON a headline alone is enough. The order of the
/// files changes nothing.
#[derive(Debug, Args)]
#[command(after_help = STORIES_EXAMPLES)]
pub(super) struct StoriesArguments {
    #[command(flatten)]
    pub input: InputArguments,

    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write each story into a folder of its own in this one, which must be new or empty
    ///
    /// The folders are numbered in the order of the stories. An article that is a file is copied; one that is a part of a
    /// file, or came from standard input, is a line of articles.jsonl.
    #[arg(long, value_name = "DIR")]
    pub folders: Option<PathBuf>,

    /// Articles that belong together and articles that do not, in JSON: what it says wins over everything else
    #[arg(long, value_name = "FILE")]
    pub overrides: Option<PathBuf>,

    /// Say what the place of each story is made of, and of each article how sure it is that it belongs there
    #[arg(long)]
    pub explain: bool,

    /// Articles in different languages may be of one story; names and numbers have to tell
    #[arg(long)]
    pub across_languages: bool,

    /// Outlets that count as one publisher, and so as one voice, in JSON: {"Family": ["Outlet", "www.outlet.example"], …}
    #[arg(long, value_name = "FILE")]
    pub families: Option<PathBuf>,
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

    /// Read no more than this; can be given several times. The names: file-size, unpacked-size, page-size, entities,
    /// nesting, files, articles (of one file), seconds (for one file)
    #[arg(long, value_name = "NAME=VALUE")]
    pub max: Vec<Bound>,

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
    /// For browsers: one page that needs nothing else, with links to the words in their sources
    Html,
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
    /// A digest that was written with --format json, or digests that were with --jsonl; - is standard input
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

const BENCH_EXAMPLES: &str = "\
Examples:
  epitome bench news.jsonl --words 100
  epitome bench news.jsonl --systems epitome,lead,lexrank --format json -o scores.json
  epitome bench news.jsonl --words 50 --score-predictions theirs=theirs.jsonl
  epitome bench corpora --check
  epitome bench --stories day.jsonl --score-predictions theirs=theirs.jsonl

A corpus has a story a line, {\"id\", \"lang\", \"documents\": [{\"text\", …}], \"references\": [\"…\"]}, or is a folder with
articles/ and references/, or a folder of such folders. With --stories it has an article a line, {\"id\", \"title\", \"text\",
\"date\", \"lang\", \"cluster\"}, or is a folder with a folder of articles for each story.";

/// Compare digests with what people wrote, and with the digests of other methods
///
/// Summarises each story of a corpus by each system and scores the summaries by ROUGE against the references, with
/// intervals and paired comparisons by the bootstrap.
///
/// With --stories it compares groupings instead: has each system group the articles of a corpus, and scores the groups by
/// B³, pairs of articles and the adjusted Rand index against the stories that they are of.
#[derive(Debug, Args)]
#[command(after_help = BENCH_EXAMPLES)]
pub(super) struct BenchArguments {
    /// Corpora: .jsonl files or folders; - is standard input
    #[arg(value_name = "CORPUS")]
    pub corpora: Vec<PathBuf>,

    /// Compare how articles are grouped into stories, instead of digests
    #[arg(long, conflicts_with_all = NOT_FOR_STORIES)]
    pub stories: bool,

    /// With --stories: the baselines compare dated articles that lie at most so many days apart [default: 3]
    #[arg(long, value_name = "DAYS", requires = "stories")]
    window: Option<u32>,

    /// With --stories: pass over articles without a date
    #[arg(long, requires = "stories")]
    pub dated: bool,

    /// Summaries of so many words, the last sentence cut there [default: 100]
    #[arg(long, value_name = "N", conflicts_with = "bytes")]
    words: Option<NonZeroUsize>,

    /// Summaries of so many bytes
    #[arg(long, value_name = "N")]
    bytes: Option<NonZeroUsize>,

    /// Only the first so many stories of each corpus; with --stories, articles
    #[arg(long, value_name = "K")]
    pub limit: Option<NonZeroUsize>,

    /// Where what is random begins: the random baseline and the bootstrap
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,

    /// Keep to whole sentences instead of cutting the last one
    #[arg(long)]
    pub whole: bool,

    /// Which systems, by their names [default: every one]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub systems: Option<Vec<String>>,

    /// Write the summaries as they were scored, {"id", "summary"} a line; with --stories the groups, {"id", "story"} a line
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,

    /// Score somebody else's summaries, {"id", "summary"} a line, or with --stories groups, {"id", "story"} a line, under a
    /// name; can be given several times. Of a file by several systems those of one are taken: NAME, or SYSTEM where
    /// NAME=FILE:SYSTEM is given
    #[arg(long, value_name = "NAME=FILE", value_parser = given)]
    pub score_predictions: Vec<Given>,

    /// Have epitome score sentences by a prior that epitome train wrote
    #[arg(long, value_name = "FILE")]
    pub prior: Option<PathBuf>,

    /// Let sentences through that cannot be understood alone, to measure what keeping them out costs
    #[arg(long)]
    pub without_guards: bool,

    /// What ROUGE takes for tokens [default: google for stories in English, unicode for others]
    #[arg(long, value_enum)]
    pub rouge_tokens: Option<RougeTokensArgument>,

    /// Compare words as they stand instead of their stems
    #[arg(long)]
    pub no_stemming: bool,

    /// The language of all articles: a code or an English name [default: as the corpus says, or detected]
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Language>,

    /// Threads to use; the scores are the same for any number [default: all cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Write to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Compare with what is recorded in expected.json beside the articles of each story
    #[arg(long, conflicts_with_all = NOT_WHEN_RECORDED)]
    pub check: bool,

    /// Write expected.json beside the articles of each story
    #[arg(long, conflicts_with = "check", conflicts_with_all = NOT_WHEN_RECORDED)]
    pub record: bool,
}

/// What is recorded is always of the same systems and settings.
const NOT_WHEN_RECORDED: [&str; 14] = [
    "words",
    "bytes",
    "limit",
    "seed",
    "whole",
    "systems",
    "predictions",
    "score_predictions",
    "prior",
    "without_guards",
    "rouge_tokens",
    "no_stemming",
    "lang",
    "format",
];

/// What is asked of summaries alone.
const NOT_FOR_STORIES: [&str; 9] =
    ["words", "bytes", "whole", "prior", "without_guards", "rouge_tokens", "no_stemming", "check", "record"];

/// News of one event mostly appear within so many days (the window that was best by hand on dated news stories).
const WINDOW_DAYS: u32 = 3;

impl BenchArguments {
    /// How many days the baselines look back.
    pub fn window(&self) -> u32 {
        self.window.unwrap_or(WINDOW_DAYS)
    }

    /// The length that was asked for.
    pub fn limit(&self) -> Limit {
        let words = self.words.map(|n| Limit::Words(n.get()));
        words.or(self.bytes.map(|n| Limit::Bytes(n.get()))).unwrap_or_default()
    }
}

/// What ROUGE takes for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RougeTokensArgument {
    /// Runs of a to z and 0 to 9, as in Google's rouge-score, stemmed
    Google,
    /// Letters and numerals of any script, not stemmed
    Unicode,
}

/// What somebody else made, as typed.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// The name in tables.
    pub name: String,
    /// The file, perhaps with a colon and a system behind it.
    pub file: String,
}

fn given(text: &str) -> Result<Given, String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok(Given { name: name.to_owned(), file: file.to_owned() })
        }
        _ => Err("write it as NAME=FILE".to_owned()),
    }
}

const TRAIN_EXAMPLES: &str = "\
Examples:
  epitome train stories.jsonl -o prior.json
  epitome train long.jsonl short.jsonl --words 200,50 --weights 1,0.5 -o prior.json
  epitome digest articles/ --prior prior.json --explain";

/// Learn which sentences people would choose
///
/// Fits the coefficients by which sentences are scored to corpora of stories with digests that people wrote, and says by
/// cross-validation how good the digests are. Each corpus is learned for one length, by default that of its references.
#[derive(Debug, Args)]
#[command(after_help = TRAIN_EXAMPLES)]
pub(super) struct TrainArguments {
    /// Corpora: .jsonl files or folders
    #[arg(value_name = "CORPUS")]
    pub corpora: Vec<PathBuf>,

    /// Learn which articles are of one story instead, from articles of which that is known
    ///
    /// A corpus has an article a line, as for bench --stories. What is written is the decision of epitome stories.
    #[arg(long, conflicts_with_all = ["words", "weights", "without_guards", "without", "predictions"])]
    pub stories: bool,

    /// Write the prior to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// The words of a digest, for each corpus [default: the mean of its references, rounded to tens]
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub words: Option<Vec<NonZeroUsize>>,

    /// How much each corpus counts [default: all the same]
    #[arg(long, value_name = "W", value_delimiter = ',')]
    pub weights: Option<Vec<f64>>,

    /// In how many parts stories are split for cross-validation
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(2..=100))]
    pub folds: u32,

    /// Only the first so many stories of each corpus
    #[arg(long, value_name = "K")]
    pub limit: Option<NonZeroUsize>,

    /// Let sentences through that cannot be understood alone, to measure what keeping them out costs
    #[arg(long)]
    pub without_guards: bool,

    /// Leave features out by their names, to measure what they are worth
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub without: Option<Vec<String>>,

    /// Write the digests that were scored, {"id", "summary"} a line
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,

    /// Threads to use; the result is the same for any number [default: all cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}
