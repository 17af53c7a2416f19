//! A feed and what is known of it in, what came of asking for it out.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::Request;
use super::address::{Address, without_credentials};
use super::headers::{fresh_for, retry_after, verbatim};
use super::hosts::Turn;
use super::outcome::{Fetched, Outcome};
use super::sniff::{Content, content};
use super::ttl::ttl;
use super::visit::{Answer, Goal, Visitor, is_success};

/// What is read best stands first; what a server has besides is read as well.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, \
                        application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

impl Request {
    /// Where to begin: where it has moved to, if it has.
    ///
    /// # Errors
    ///
    /// What is wrong with its address.
    pub(super) fn addresses(&self) -> Result<Addresses, Outcome> {
        let configured = Address::parse(&self.url).map_err(|what| Outcome::BadAddress { what })?;
        let moved = self.state.moved_to.as_deref().and_then(|moved| Address::parse(moved).ok());
        let start = match moved {
            Some(moved) => moved.with_authorization_of(&configured),
            None => configured.clone(),
        };
        Ok(Addresses { configured, start })
    }

    /// What comes of a feed that is not asked for.
    pub(super) fn unasked(self, outcome: Outcome) -> Fetched {
        let took = std::time::Duration::ZERO;
        Fetched { url: self.url, outcome, notes: Vec::new(), state: self.state, body: None, took }
    }
}

/// Where a feed stands by the configuration, and where it is asked for.
pub(super) struct Addresses {
    pub(super) configured: Address,
    pub(super) start: Address,
}

/// A feed that is to be asked for.
pub(super) struct Job {
    /// Its place in the list.
    pub(super) number: usize,
    pub(super) request: Request,
    pub(super) addresses: Addresses,
}

impl Visitor<Job> {
    /// Asks for a feed.
    pub(super) fn fetch(&self, job: Job, turn: Turn<'_, Job>) -> Fetched {
        let Job { request, addresses: Addresses { configured, start }, .. } = job;
        let (now, every) = (self.now, self.options.every());
        let began = Instant::now();
        let began_elsewhere = start != configured;
        let was_known = turn.verdict().is_some();
        let fields = conditions(&request);
        let is_conditional = fields.len() > 1;
        let goal = Goal { start, configured: Some(&configured), fields, limit: self.options.max_size };
        let answer = self.follow(&goal, Some(turn), |_, turn| Ok(turn));
        let mut fetched = request.unasked(Outcome::Interrupted);
        let rest = match answer {
            Ok(answer) => fetched.take_answer(answer, is_conditional, now, every),
            Err(outcome) => {
                fetched.outcome = outcome;
                None
            }
        };
        if fetched.outcome.is_failure() && fetched.outcome != Outcome::Interrupted {
            fetched.take_failure(was_known, began_elsewhere, rest, now, every);
        }
        if let Outcome::RateLimited { until } = &mut fetched.outcome {
            *until = fetched.state.not_before.unwrap_or(*until);
        }
        fetched.took = began.elapsed();
        tracing::debug!(url = without_credentials(&fetched.url), outcome = %fetched.outcome, took = ?fetched.took);
        fetched
    }
}

/// The fields of a request for a feed: what the server said of the version that is known, verbatim (RFC 9110, section
/// 13.1).
fn conditions(request: &Request) -> Vec<(&'static str, String)> {
    let mut fields = vec![("accept", ACCEPTED.to_owned())];
    fields.extend(request.state.etag.clone().map(|etag| ("if-none-match", etag)));
    fields.extend(request.state.last_modified.clone().map(|moment| ("if-modified-since", moment)));
    fields
}

impl Fetched {
    /// Takes over what a server answered. How long it wants to be left alone comes back, if the answer is no success.
    fn take_answer(
        &mut self,
        mut answer: Answer,
        is_conditional: bool,
        now: Timestamp,
        every: SignedDuration,
    ) -> Option<SignedDuration> {
        self.outcome = match answer.status {
            304 if is_conditional => Outcome::Unchanged,
            410 => Outcome::Gone,
            429 => Outcome::RateLimited { until: now },
            status if is_success(status) => self.take_body(std::mem::take(&mut answer.body)),
            status @ 500.. => Outcome::ServerError { status },
            status => Outcome::Refused { status },
        };
        if self.outcome.is_failure() {
            return retry_after(&answer.headers, now);
        }
        if let Some(moved) = answer.moved_to.map(|moved| moved.to_string()) {
            self.notes.push(format!("moved for good to {moved}"));
            self.state.moved_to = Some(moved);
        }
        // A 304 need not repeat them (RFC 9110, section 15.4.5).
        let keep = |name: &str| verbatim(&answer.headers, name);
        if is_success(answer.status) {
            (self.state.etag, self.state.last_modified) = (keep("etag"), keep("last-modified"));
        } else if let Some(etag) = keep("etag") {
            self.state.etag = Some(etag);
        }
        self.state.succeeded(now, every, fresh_for(&answer.headers, now));
        None
    }

    /// Takes over what came, if it is a feed.
    fn take_body(&mut self, body: Vec<u8>) -> Outcome {
        let what = match content(&body) {
            Content::Feed => None,
            Content::Page => Some("a web page"),
            Content::Text => Some("text without a feed in it"),
            Content::Other(what) => Some(what),
        };
        if let Some(what) = what {
            return Outcome::NotAFeed { what: what.to_owned() };
        }
        let sha256: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_known = self.state.body_sha256.replace(sha256.clone()).is_some_and(|known| known == sha256);
        self.state.ttl = ttl(&body);
        if is_known {
            return Outcome::Unchanged;
        }
        let bytes = body.len();
        self.body = Some(body);
        Outcome::Fetched { bytes }
    }

    /// Takes over that it failed.
    fn take_failure(
        &mut self,
        was_known: bool,
        began_elsewhere: bool,
        rest: Option<SignedDuration>,
        now: Timestamp,
        every: SignedDuration,
    ) {
        if was_known {
            self.notes.push("not asked: its host had just answered so, or not at all, for other feeds".to_owned());
        }
        let rest = match self.outcome {
            Outcome::RateLimited { until } if was_known => Some(until.duration_since(now)),
            _ => rest,
        };
        if began_elsewhere && self.outcome.is_final() {
            // The redirect may have been a mistake of the server: what the configuration has is not forgotten for it.
            self.state.moved_to = None;
            self.notes.push("where it had moved to it is no more; its own address is tried the next time".to_owned());
        } else if self.outcome == Outcome::Gone {
            self.state.gone = true;
        }
        self.state.failed(now, every, rest);
    }
}
