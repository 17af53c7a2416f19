//! What a briefing is to be: plain data, checked where it was read.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::channels::Channel;
use crate::brief::schedule::Rule;
use crate::error::{Error, ErrorKind};
use crate::language::Language;
use crate::model::{Bound, Budget, Family, Limits};

/// Everything that a briefing is made by.
///
/// As JSON it is the same bytes for the same configuration, and has no secret in it: of a password only where it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Names the state on disk, the mailing list and the Atom feed: letters, digits, `-` and `_`.
    pub id: String,
    /// What stands on top of each edition.
    pub title: String,
    /// The IANA name of the zone that hours and days are meant in.
    pub zone: String,
    /// When editions are due.
    pub calendar: Calendar,
    /// What an edition has in it.
    pub edition: Edition,
    /// Its parts, in this order; at least one.
    pub sections: Vec<Section>,
    /// What is known of outlets, each once.
    pub sources: Vec<Source>,
    /// Where editions go; at least one.
    pub channels: Vec<Channel>,
    /// How feeds are asked.
    pub fetch: Fetch,
    /// The limits that are not at their defaults.
    #[serde(with = "as_written")]
    pub limits: Vec<Bound>,
    /// Where state and past editions are kept.
    pub storage: Storage,
}

impl Config {
    /// When editions are due, by the calendar and the clock on the wall.
    ///
    /// # Errors
    ///
    /// None for a configuration that was loaded; one that was made otherwise may say what is no hour, day or cron
    /// expression.
    pub fn rule(&self) -> Result<Rule, Error> {
        let Calendar { hours, days, cron } = &self.calendar;
        Rule::parse(hours, days, cron.as_deref())
            .map_err(|what| Error::new(ErrorKind::Usage, "calendar", what, "mend it in the configuration"))
    }

    /// How much is read at most.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        self.limits.iter().for_each(|bound| limits.set(*bound));
        limits
    }

    /// The outlets that speak with one voice.
    pub fn families(&self) -> Vec<Family> {
        let mut families: Vec<Family> = Vec::new();
        for source in &self.sources {
            let Some(name) = &source.family else { continue };
            match families.iter_mut().find(|family| family.name == *name) {
                Some(family) => family.members.push(source.outlet.clone()),
                None => families.push(Family { name: name.clone(), members: vec![source.outlet.clone()] }),
            }
        }
        families
    }
}

/// When editions are due, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Times of the day, `06:30`; none where there is a cron expression.
    pub hours: Vec<String>,
    /// Days of the week, `mon`; none means every day.
    pub days: Vec<String>,
    /// A cron expression of five fields, instead of both.
    pub cron: Option<String>,
}

/// Before the day begins for most.
pub const DEFAULT_HOUR: &str = "06:30";

/// What an edition has in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// So many stories are digested at most.
    pub stories: usize,
    /// How long each digest may be.
    pub budget: Budget,
    /// So many lines stand on top.
    pub glance: usize,
    /// So many of the other stories are named by their titles.
    pub more: usize,
    /// So many days what was told is held against what is new.
    pub remember: u32,
    /// How far the first edition looks back, before which there was none.
    pub first_window: Duration,
    /// What the reader wants to know of, if anything in particular.
    pub about: Option<String>,
    /// Whether stories are joined across languages.
    pub across_languages: bool,
}

impl Default for Edition {
    fn default() -> Self {
        Self {
            stories: DEFAULT_STORIES,
            budget: DEFAULT_BUDGET,
            glance: DEFAULT_GLANCE,
            more: DEFAULT_MORE,
            remember: DEFAULT_REMEMBER,
            first_window: DEFAULT_FIRST_WINDOW,
            about: None,
            across_languages: false,
        }
    }
}

/// Twelve times sixty words are read in three or four minutes.
pub const DEFAULT_STORIES: usize = 12;

/// Two or three sentences: what happened, and what became of it.
pub const DEFAULT_BUDGET: Budget = Budget::Words(60);

/// What is taken in at one look.
pub const DEFAULT_GLANCE: usize = 3;

/// About a screen of titles.
pub const DEFAULT_MORE: usize = 30;

/// Days. A story that rests longer is new to its reader when it comes back.
pub const DEFAULT_REMEMBER: u32 = 30;

/// The day before: what a daily edition has in it on every other morning.
pub const DEFAULT_FIRST_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// A part of an edition with sources of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What stands above it, unique.
    pub name: String,
    /// Folders and files of articles.
    pub folders: Vec<PathBuf>,
    /// Feeds, those of the lists in OPML among them, each once in the whole configuration.
    pub feeds: Vec<FeedSource>,
    /// The lists in OPML that were read.
    pub opml: Vec<PathBuf>,
    /// So many stories are digested at most, where it differs from the edition's.
    pub stories: Option<usize>,
    /// How long each digest may be, where it differs from the edition's.
    pub budget: Option<Budget>,
    /// The language of its articles, where it is not to be found out.
    pub language: Option<Language>,
    /// What the reader wants to know of in it, where it differs from the edition's.
    pub about: Option<String>,
}

/// A feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedSource {
    /// Its address, `http` or `https`, without a login in it.
    pub url: String,
    /// What it is called, where it is not what it calls itself.
    pub name: Option<String>,
    /// The language of its articles, where it is not to be found out.
    pub language: Option<Language>,
    /// How much its articles count.
    pub weight: f64,
}

/// An article of a source that nothing is said of.
pub const DEFAULT_WEIGHT: f64 = 1.0;

/// Ten times is all but a rule to quote nothing else; more changes nothing.
pub const MOST_WEIGHT: f64 = 10.0;

/// What is known of an outlet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name or host.
    pub outlet: String,
    /// How much its articles count, where it differs from what their feeds say.
    pub weight: Option<f64>,
    /// The house that it speaks with one voice with.
    pub family: Option<String>,
    /// Whether it is left out.
    pub mute: bool,
}

/// How feeds are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// Whom the owner of a feed may write to, `mailto:` or `https:`; stands in the `User-Agent`.
    pub contact: Option<String>,
    /// How long one request may take.
    pub timeout: Duration,
    /// Unpacked bytes of one answer at most.
    pub max_size: u64,
    /// Between two requests to one host.
    pub gap: Duration,
    /// A feed is asked so often at most, whatever it allows.
    pub every: Duration,
    /// So many hosts are asked at a time.
    pub parallel: usize,
    /// Whether addresses within the local network may be asked, redirects into it included.
    pub local_network: bool,
    /// Whether the page of an article is fetched where its feed has only an excerpt and robots.txt allows it.
    pub pages: bool,
}

impl Default for Fetch {
    fn default() -> Self {
        Self {
            contact: None,
            timeout: DEFAULT_TIMEOUT,
            max_size: DEFAULT_MAX_SIZE,
            gap: DEFAULT_GAP,
            every: DEFAULT_EVERY,
            parallel: DEFAULT_PARALLEL,
            local_network: false,
            pages: false,
        }
    }
}

/// Feeds answer within a second or two; one that takes longer than this is better asked an hour later.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(20);

/// Far above what feeds of news have, far below what would be felt in memory.
pub const DEFAULT_MAX_SIZE: u64 = 8 << 20;

/// Slow enough for the smallest host.
pub const DEFAULT_GAP: Duration = Duration::from_secs(1);

/// What feed readers keep to by custom; publishers block who asks oftener.
pub const DEFAULT_EVERY: Duration = Duration::from_secs(60 * 60);

/// With two hundred feeds, a handful of seconds; more sockets bring nothing on a home line.
pub const DEFAULT_PARALLEL: usize = 16;

/// Where state and past editions are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// The folder of the ledger and the lock.
    pub state: PathBuf,
}

/// Limits as they are written in the configuration.
mod as_written {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::Bound;

    pub fn serialize<S: Serializer>(bounds: &[Bound], serializer: S) -> Result<S::Ok, S::Error> {
        bounds.iter().map(Bound::to_string).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Bound>, D::Error> {
        let written = Vec::<String>::deserialize(deserializer)?;
        written.iter().map(|bound| bound.parse().map_err(serde::de::Error::custom)).collect()
    }
}
