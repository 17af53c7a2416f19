//! What is remembered of a feed from one time to the next.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::FetchOptions;
use super::outcome::Outcome;

/// What is known of a feed when it is asked for again. Kept by its address as the configuration has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// The field `ETag` of the last answer, verbatim.
    pub etag: Option<String>,
    /// The field `Last-Modified` of the last answer, verbatim.
    pub last_modified: Option<String>,
    /// Where it has moved for good.
    pub moved_to: Option<String>,
    /// Whether its server said that it is gone for good.
    pub gone: bool,
    /// How often in a row it failed.
    pub failures: u32,
    /// It is not asked for before.
    #[serde(with = "as_optional_text")]
    pub not_before: Option<Timestamp>,
    /// When it was asked for last.
    #[serde(with = "as_optional_text")]
    pub last_try: Option<Timestamp>,
    /// When it was asked for last and did not fail.
    #[serde(with = "as_optional_text")]
    pub last_success: Option<Timestamp>,
    /// The hash of what was fetched last, in hexadecimal digits.
    pub body_sha256: Option<String>,
    /// For so many minutes what it says holds, by its own word.
    pub ttl: Option<u32>,
}

/// So much too early is not too early: what starts a run every hour does not do so to the second.
const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// No wait between two attempts is longer, so that a briefing that is made once a day asks for each feed each time,
/// whatever minute it is made at.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(12);

/// A server that wants to be left alone is, for no longer than this: some send dates of another century.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(7 * 24);

impl FeedState {
    /// Why it is not asked for now, if it is not.
    pub(super) fn rests(&self, now: Timestamp) -> Option<Outcome> {
        if self.gone {
            return Some(Outcome::Disabled);
        }
        // Of a clock that was set back, nothing that it said before is believed.
        let is_behind = self.last_try.is_some_and(|last| last > now);
        let until = self.not_before.filter(|until| !is_behind && after(now, SLACK) < *until)?;
        Some(match self.failures {
            0 => Outcome::NotDue { until },
            times => Outcome::StillFailing { times, until },
        })
    }

    /// It came, or is unchanged, and holds for so long by what its server says.
    pub(super) fn succeeded(&mut self, now: Timestamp, every: SignedDuration, fresh: Option<SignedDuration>) {
        let by_itself = self.ttl.map(|minutes| SignedDuration::from_mins(minutes.into()));
        let holds = by_itself.max(fresh).unwrap_or_default().min(LONGEST_WAIT);
        self.failures = 0;
        self.last_success = Some(now);
        self.last_try = Some(now);
        self.not_before = Some(after(now, holds.max(every)));
    }

    /// It came, and could not be read; `before` is what was known until then. The same bytes must be named again, and not be
    /// taken for unchanged.
    pub fn unreadable(&mut self, before: &Self, now: Timestamp, options: &FetchOptions) {
        (self.etag, self.last_modified, self.body_sha256) = (None, None, None);
        (self.failures, self.last_success) = (before.failures, before.last_success);
        self.failed(now, options.every(), None);
    }

    /// It failed. Each time in a row the wait is twice as long; the server may want a longer one.
    pub(super) fn failed(&mut self, now: Timestamp, every: SignedDuration, rest: Option<SignedDuration>) {
        self.failures = self.failures.saturating_add(1);
        self.last_try = Some(now);
        let doubled = every.checked_mul(1 << (self.failures - 1).min(16)).unwrap_or(LONGEST_WAIT);
        let wait = doubled.min(LONGEST_WAIT.max(every)).max(rest.unwrap_or_default().min(LONGEST_REST));
        self.not_before = Some(after(now, wait));
    }
}

fn after(moment: Timestamp, wait: SignedDuration) -> Timestamp {
    moment.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

/// Moments as RFC 3339 has them.
pub(super) mod as_text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(moment)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The same where there may be none.
mod as_optional_text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match moment {
            Some(moment) => serializer.collect_str(moment),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn now() -> Timestamp {
        "2031-03-04T06:30:00Z".parse().unwrap()
    }

    fn wait(state: &FeedState) -> SignedDuration {
        state.not_before.unwrap().duration_since(now())
    }

    #[test]
    fn a_feed_is_asked_for_hourly_at_most_and_seldomer_where_it_wants_so() {
        let after_success = |ttl: Option<u32>, fresh: Option<SignedDuration>| {
            let mut state = FeedState { ttl, failures: 3, ..FeedState::default() };
            state.succeeded(now(), HOUR, fresh);
            assert_eq!((state.failures, state.last_success), (0, Some(now())));
            wait(&state)
        };
        assert_eq!(after_success(None, None), HOUR);
        assert_eq!(after_success(Some(5), Some(HOUR / 2)), HOUR);
        assert_eq!(after_success(Some(180), Some(HOUR * 2)), HOUR * 3);
        assert_eq!(after_success(Some(60), Some(HOUR * 2)), HOUR * 2);
        assert_eq!(after_success(Some(u32::MAX), Some(SignedDuration::MAX)), LONGEST_WAIT);
    }

    #[test]
    fn the_wait_doubles_with_each_failure_but_not_beyond_half_a_day() {
        let mut state = FeedState::default();
        let mut waits = Vec::new();
        for _ in 0..6 {
            state.failed(now(), HOUR, None);
            waits.push(wait(&state).as_hours());
        }
        assert_eq!(waits, [1, 2, 4, 8, 12, 12]);
        state.failures = u32::MAX;
        state.failed(now(), HOUR, Some(HOUR * 30));
        assert_eq!(wait(&state), HOUR * 30);
        state.failed(now(), HOUR, Some(SignedDuration::MAX));
        assert_eq!(wait(&state), LONGEST_REST);
    }

    #[test]
    fn what_comes_and_cannot_be_read_is_a_failure_that_is_told_while_it_rests() {
        let (options, mut state) = (FetchOptions::default(), FeedState::default());
        for times in 1..=3 {
            let before = state.clone();
            state.etag = Some("\"a\"".to_owned());
            state.succeeded(now(), HOUR, None);
            state.unreadable(&before, now(), &options);
            assert_eq!((state.etag.as_deref(), state.last_success), (None, None));
            assert_eq!(wait(&state), HOUR * (1 << (times - 1)));
            let rests = state.rests(now()).unwrap();
            assert_eq!(rests, Outcome::StillFailing { times, until: state.not_before.unwrap() });
            assert!(rests.is_failure());
        }
    }

    #[test]
    fn a_feed_rests_until_its_time_has_come_or_the_clock_was_set_back() {
        let mut state = FeedState::default();
        assert_eq!(state.rests(now()), None);
        state.succeeded(now(), HOUR, None);
        let until = now() + HOUR;
        assert_eq!(state.rests(now()), Some(Outcome::NotDue { until }));
        assert_eq!(state.rests(until - SLACK * 2), Some(Outcome::NotDue { until }));
        assert_eq!(state.rests(until - SLACK), None);
        assert_eq!(state.rests(now() - HOUR), None);
        state.gone = true;
        assert_eq!(state.rests(now() + HOUR * 9), Some(Outcome::Disabled));
    }

    #[test]
    fn a_state_is_read_as_it_is_written_and_an_older_one_too() {
        let mut state = FeedState { etag: Some("W/\"a\"".to_owned()), ..FeedState::default() };
        state.succeeded(now(), HOUR, None);
        let json = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<FeedState>(&json).unwrap(), state);
        assert_eq!(serde_json::from_str::<FeedState>("{}").unwrap(), FeedState::default());
    }
}
