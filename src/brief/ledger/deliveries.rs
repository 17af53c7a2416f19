//! How the delivery of each edition to each channel went.
//!
//! ```text
//! pending ──▶ sending ──▶ delivered
//!    ▲           │
//!    ├───────────┤ nothing arrived
//!    │           ▼
//!    └────── uncertain: it may have arrived
//! ```
//!
//! Each may be given up until it is delivered. A row that says `sending` when nobody sends is of a process that was killed:
//! it may have arrived.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::packed::At;
use super::{Ledger, Survives};
use crate::error::{Error, ErrorKind};

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not tried yet, or nothing arrived.
    Pending,
    /// Being tried.
    Sending,
    /// Tried, and may have arrived.
    Uncertain,
    /// Arrived: its sentences are told, what it considered is settled.
    Delivered,
    /// Will not be tried again; what it considered is still to be considered.
    GivenUp,
}

/// The delivery of an edition to a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The id of the edition.
    pub edition: String,
    /// The name of the channel.
    pub channel: String,
    /// How far it is.
    pub status: Status,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong the last time.
    pub last_error: Option<String>,
    /// What the receiver said.
    pub receipt: Option<String>,
    /// When it came to this status.
    pub at: Timestamp,
}

/// What changes with a mark.
#[derive(Default)]
struct Mark<'a> {
    error: Option<&'a str>,
    receipt: Option<&'a str>,
}

pub(super) const PENDING: &str = "SELECT edition.id, channel, status, attempts, last_error, receipt, changed \
     FROM delivery JOIN edition ON edition.number = delivery.edition \
     WHERE status IN ('pending', 'sending', 'uncertain') ORDER BY edition, channel";

const OF_CHANNEL: &str = "SELECT edition.id, channel, status, attempts, last_error, receipt, changed \
     FROM delivery JOIN edition ON edition.number = delivery.edition WHERE channel = ?1 ORDER BY edition DESC";

/// By the end of its window, not by when it was delivered: that is where the next window begins.
pub(super) const LAST_DELIVERED: &str = "SELECT edition.id, window_end FROM delivery \
     JOIN edition ON edition.number = delivery.edition WHERE channel = ?1 AND status = 'delivered' \
     AND window_end <= ?2 ORDER BY window_end DESC, edition.number DESC LIMIT 1";

/// What is delivered or given up stays so.
const MARK: &str = "UPDATE delivery SET status = ?3, attempts = attempts + (?3 = 'sending'), changed = ?4, \
     last_error = coalesce(?5, last_error), receipt = ?6 \
     WHERE edition = (SELECT number FROM edition WHERE id = ?1) AND channel = ?2 \
     AND status IN ('pending', 'sending', 'uncertain')";

/// A revision that was taken in after the edition was made stays to be considered: it has another number.
const SETTLE: &str = "DELETE FROM unsettled WHERE channel = ?2 AND revision IN (SELECT revision FROM considered \
     WHERE edition = (SELECT number FROM edition WHERE id = ?1))";

impl Ledger {
    /// The deliveries that are still to be done, the oldest edition first.
    pub fn pending(&self) -> Result<Vec<DeliveryRow>, Error> {
        self.read(|connection| connection.prepare_cached(PENDING)?.query_map([], delivery)?.collect())
    }

    /// All deliveries to the channel, the newest edition first.
    pub fn deliveries(&self, channel: &str) -> Result<Vec<DeliveryRow>, Error> {
        self.read(|connection| connection.prepare_cached(OF_CHANNEL)?.query_map([channel], delivery)?.collect())
    }

    /// The edition with the latest window of those that were delivered to the channel, and the end of that window.
    pub fn last_delivered(&self, channel: &str) -> Result<Option<(String, Timestamp)>, Error> {
        self.last_delivered_until(channel, Timestamp::MAX)
    }

    /// The same of those whose window ends then at the latest.
    pub fn last_delivered_until(&self, channel: &str, latest: Timestamp) -> Result<Option<(String, Timestamp)>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(LAST_DELIVERED)?;
            statement
                .query_row(params![channel, At(latest)], |row| Ok((row.get(0)?, row.get::<_, At>(1)?.0)))
                .optional()
        })
    }

    /// Says that it is being tried: from now on it may have arrived.
    pub fn mark_sending(&mut self, edition: &str, channel: &str, at: Timestamp) -> Result<(), Error> {
        self.mark(edition, channel, Status::Sending, at, &Mark::default())
    }

    /// Says that it arrived. With that its sentences are told to the channel and the revisions that it considered settled.
    pub fn mark_delivered(&mut self, edition: &str, channel: &str, at: Timestamp, receipt: &str) -> Result<(), Error> {
        self.mark(edition, channel, Status::Delivered, at, &Mark { receipt: Some(receipt), ..Mark::default() })
    }

    /// Says that it failed: that nothing arrived, or, if `uncertain`, that it may have.
    pub fn mark_failed(
        &mut self,
        edition: &str,
        channel: &str,
        at: Timestamp,
        error: &str,
        uncertain: bool,
    ) -> Result<(), Error> {
        let status = if uncertain { Status::Uncertain } else { Status::Pending };
        self.mark(edition, channel, status, at, &Mark { error: Some(error), ..Mark::default() })
    }

    /// Says that it is not tried again. What it considered is for a later edition.
    pub fn mark_given_up(&mut self, edition: &str, channel: &str, at: Timestamp, why: &str) -> Result<(), Error> {
        self.mark(edition, channel, Status::GivenUp, at, &Mark { error: Some(why), ..Mark::default() })
    }

    fn mark(&mut self, edition: &str, channel: &str, status: Status, at: Timestamp, mark: &Mark) -> Result<(), Error> {
        let marked = self.write(Survives::PowerCut, |transaction| {
            let values = params![edition, channel, status, At(at), mark.error, mark.receipt];
            let marked = transaction.prepare_cached(MARK)?.execute(values)? > 0;
            if marked && status == Status::Delivered {
                settle(transaction, edition, channel)?;
            }
            Ok(marked)
        })?;
        if marked {
            return Ok(());
        }
        let what = format!("no delivery of edition {edition} to channel {channel} is outstanding");
        Err(Error::new(ErrorKind::Fault, &self.place, what, "this is a mistake of the program, please report it"))
    }
}

fn settle(transaction: &Transaction, edition: &str, channel: &str) -> rusqlite::Result<()> {
    transaction.prepare_cached(SETTLE)?.execute([edition, channel])?;
    Ok(())
}

fn delivery(row: &Row) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow {
        edition: row.get(0)?,
        channel: row.get(1)?,
        status: row.get(2)?,
        attempts: row.get(3)?,
        last_error: row.get(4)?,
        receipt: row.get(5)?,
        at: row.get::<_, At>(6)?.0,
    })
}

impl Status {
    const ALL: [Self; 5] = [Self::Pending, Self::Sending, Self::Uncertain, Self::Delivered, Self::GivenUp];

    /// As it is written in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Uncertain => "uncertain",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|status| status.name() == name).ok_or(FromSqlError::InvalidType)
    }
}
