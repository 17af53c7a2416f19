//! What can come of asking for a feed or a page: a closed list, so that a reader sees of each what happened to it.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::FeedState;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was fetched, and is not what it was the last time.
    Fetched {
        /// How many bytes it has, unpacked.
        bytes: usize,
    },
    /// It is what it was the last time: the server says so, or its bytes do.
    Unchanged,
    /// It was asked not long ago, or its server wants to be left alone until then.
    NotDue {
        /// When it will be asked again.
        #[serde(with = "super::state::as_text")]
        until: Timestamp,
    },
    /// It failed so often in a row, and is left alone until then.
    StillFailing {
        /// How often.
        times: u32,
        /// When it will be asked again.
        #[serde(with = "super::state::as_text")]
        until: Timestamp,
    },
    /// The server says that it is gone for good (410).
    Gone,
    /// It was gone the last time, and is not asked for any more.
    Disabled,
    /// The server does not give it: 404, 401 and the like.
    Refused {
        /// The status of the answer.
        status: u16,
    },
    /// The server has been asked too often (429).
    RateLimited {
        /// When it may be asked again.
        #[serde(with = "super::state::as_text")]
        until: Timestamp,
    },
    /// The server has a trouble of its own (5xx).
    ServerError {
        /// The status of the answer.
        status: u16,
    },
    /// It is longer than the limit, packed or unpacked.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It took longer than the limit, from the first name that was looked up to the last byte.
    TimedOut,
    /// It broke off: fewer bytes came than were promised, or its packing has no end.
    CutOff,
    /// It leads from one address to another too often, or in a circle.
    TooManyRedirects,
    /// It leads from a connection that nobody can read or change to one that everybody on the way can.
    Insecure,
    /// It leads into the local network.
    LocalNetwork,
    /// What should be asked is no address of the web.
    BadAddress {
        /// What is wrong with it.
        what: String,
    },
    /// There is no host of that name, or no way to ask for it.
    NameNotFound,
    /// The host does not take connections.
    ConnectionFailed,
    /// The host cannot prove that it is the one, or speaks TLS badly.
    TlsFailed,
    /// Something came that is no feed.
    NotAFeed {
        /// What it is.
        what: String,
    },
    /// Something came that is no page of text.
    NotAPage {
        /// What it is.
        what: String,
    },
    /// The server does not want robots there (RFC 9309), or does not say what it wants.
    Robots,
    /// Nothing was asked, as was wished.
    Offline,
    /// What came cannot be read: broken packing, broken HTTP.
    Damaged {
        /// What is wrong with it.
        what: String,
    },
    /// It was called off.
    Interrupted,
}

impl Outcome {
    /// Whether somebody should know that what was wanted did not come.
    pub fn is_failure(&self) -> bool {
        !matches!(self, Self::Fetched { .. } | Self::Unchanged | Self::NotDue { .. } | Self::Disabled | Self::Offline)
    }

    /// Whether the host could not be talked to, so that others of the same host need not be tried for long.
    pub(super) fn is_silence(&self) -> bool {
        matches!(self, Self::TimedOut | Self::ConnectionFailed | Self::NameNotFound)
    }

    /// Whether asking at the same address again is of no use.
    pub(super) fn is_final(&self) -> bool {
        use Outcome::*;
        matches!(
            self,
            Gone | Refused { .. }
                | TooManyRedirects
                | Insecure
                | LocalNetwork
                | BadAddress { .. }
                | NameNotFound
                | NotAFeed { .. }
        )
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetched { bytes } => write!(f, "fetched, {bytes} bytes"),
            Self::Unchanged => f.write_str("nothing new"),
            Self::NotDue { until } => write!(f, "not asked again before {}", minute(*until)),
            Self::StillFailing { times: 1, until } => {
                write!(f, "failed the last time; not asked again before {}", minute(*until))
            }
            Self::StillFailing { times, until } => {
                write!(f, "failed the last {times} times; not asked again before {}", minute(*until))
            }
            Self::Gone => f.write_str("gone for good (410); take it out of the configuration"),
            Self::Disabled => f.write_str("gone for good the last time, and not asked any more"),
            Self::Refused { status } => write!(f, "refused ({status}{})", in_words(*status)),
            Self::RateLimited { until } => {
                write!(f, "asked too often (429); not asked again before {}", minute(*until))
            }
            Self::ServerError { status } => write!(f, "trouble of the server ({status}{})", in_words(*status)),
            Self::TooLarge { limit } => write!(f, "larger than {limit} bytes; raise max_size in [fetch]"),
            Self::TimedOut => f.write_str("took too long; raise timeout in [fetch] if it is always so"),
            Self::CutOff => f.write_str("broke off before its end"),
            Self::TooManyRedirects => f.write_str("leads from one address to the next without an end"),
            Self::Insecure => f.write_str("leads from https to http; give the address that it should have"),
            Self::LocalNetwork => {
                f.write_str("leads into the local network; set local_network in [fetch] if it is meant to")
            }
            Self::BadAddress { what } => write!(f, "not an address of the web: {what}"),
            Self::NameNotFound => f.write_str("no host of that name was found"),
            Self::ConnectionFailed => f.write_str("the host takes no connection"),
            Self::TlsFailed => f.write_str("the host cannot prove that it is the one (TLS)"),
            Self::NotAFeed { what } => write!(f, "not a feed, but {what}; give the address of the feed"),
            Self::NotAPage { what } => write!(f, "not a page, but {what}"),
            Self::Robots => f.write_str("the server does not want robots there (robots.txt)"),
            Self::Offline => f.write_str("not asked: offline"),
            Self::Damaged { what } => write!(f, "damaged: {what}"),
            Self::Interrupted => f.write_str("called off"),
        }
    }
}

fn minute(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// What people call a status that they may meet often.
fn in_words(status: u16) -> &'static str {
    match status {
        401 => ", it wants a name and a password",
        403 => ", forbidden",
        404 => ", not found",
        _ => "",
    }
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// The address as it was given. Show it by [`without_credentials`](super::without_credentials) only.
    pub url: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What else should be known of it, each a clause in lower case.
    pub notes: Vec<String>,
    /// What is to be remembered for the next time.
    pub state: FeedState,
    /// What came, unpacked, where the outcome is [`Outcome::Fetched`].
    pub body: Option<Vec<u8>>,
    /// From the first attempt to the last byte, without what was waited for others.
    pub took: Duration,
}
