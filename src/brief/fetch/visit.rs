//! An address in, what stands at the end of its redirects out.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::http::HeaderMap;

use super::FetchOptions;
use super::address::Address;
use super::body;
use super::client::{Client, Response};
use super::headers::retry_after;
use super::hosts::{Hosts, Turn};
use super::networks::is_named_local;
use super::outcome::Outcome;

/// So many redirects in a row are followed: RFC 9309 asks for five, and nobody means more.
const MOST_REDIRECTS: usize = 5;

/// What all threads of a run share. `J` is what they have to do.
pub(super) struct Visitor<J> {
    pub(super) hosts: Hosts<J>,
    pub(super) client: Client,
    pub(super) options: FetchOptions,
    /// The moment of the run.
    pub(super) now: Timestamp,
}

/// What is asked for.
pub(super) struct Goal<'g> {
    /// Where to begin.
    pub(super) start: Address,
    /// The address in the configuration. Its host may be in the local network if it is called so, and its password goes
    /// to its host.
    pub(super) configured: Option<&'g Address>,
    /// Fields of the request.
    pub(super) fields: Vec<(&'static str, String)>,
    /// The most bytes of a body.
    pub(super) limit: u64,
}

/// What stands at the end.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Empty unless the status is 200 or 203.
    pub(super) body: Vec<u8>,
    /// Where it stood, if all redirects on the way there were permanent, and there was one.
    pub(super) moved_to: Option<Address>,
}

/// Whether an answer has what was asked for.
pub(super) fn is_success(status: u16) -> bool {
    matches!(status, 200 | 203)
}

impl<J> Visitor<J> {
    pub(super) fn new(jobs: impl IntoIterator<Item = (String, J)>, options: &FetchOptions, now: Timestamp) -> Self {
        Self { hosts: Hosts::new(jobs, options.gap), client: Client::new(options), options: options.clone(), now }
    }

    /// Follows an address to its end. `turn` is that of its host, if one is had already. Before any address is asked,
    /// the first one too, `permit` has its say; it is given the turn that is had, and gives back that or another one.
    ///
    /// # Errors
    ///
    /// What came of it in place of an answer.
    pub(super) fn follow<'h>(
        &'h self,
        goal: &Goal,
        turn: Option<Turn<'h, J>>,
        permit: impl Fn(&Address, Option<Turn<'h, J>>) -> Result<Option<Turn<'h, J>>, Outcome>,
    ) -> Result<Answer, Outcome> {
        let (mut address, mut turn, mut all_permanent) = (goal.start.clone(), turn, true);
        let mut left = self.options.timeout;
        for hop in 0..=MOST_REDIRECTS {
            let mut turn = match permit(&address, turn.take())? {
                Some(turn) => turn,
                None => self.hosts.turn(address.host(), hop > 0).ok_or(Outcome::Interrupted)?,
            };
            let began = Instant::now();
            let asked = self.ask(&address, goal, &mut turn, left);
            left = left.saturating_sub(began.elapsed());
            let (status, headers, body) = asked?;
            let Some((next, is_permanent)) = redirect(&address, status, &headers)? else {
                let moved_to = (hop > 0 && all_permanent).then_some(address);
                return Ok(Answer { status, headers, body, moved_to });
            };
            all_permanent &= is_permanent;
            address = match goal.configured {
                Some(configured) => next.with_authorization_of(configured),
                None => next,
            };
        }
        Err(Outcome::TooManyRedirects)
    }

    /// Asks once, and reads the answer while the host has nothing else to do.
    fn ask(
        &self,
        address: &Address,
        goal: &Goal,
        turn: &mut Turn<'_, J>,
        left: Duration,
    ) -> Result<(u16, HeaderMap, Vec<u8>), Outcome> {
        if let Some(verdict) = turn.verdict() {
            return Err(verdict);
        }
        if left.is_zero() {
            return Err(Outcome::TimedOut);
        }
        turn.asks();
        let asked = self.client.get(address, self.may_lead_inside(address, goal), &goal.fields, left);
        let read = |mut response: Response| {
            let body = match is_success(response.status().as_u16()) {
                true => body::read(&mut response, goal.limit, address.is_https())?,
                false => Vec::new(),
            };
            Ok((response.status().as_u16(), response.headers().clone(), body))
        };
        let answer = asked.and_then(read);
        if self.hosts.is_closed() {
            // Connections were ended to call it off: what that looks like says nothing of the server.
            return Err(Outcome::Interrupted);
        }
        match &answer {
            Ok((429, headers, _)) => turn.learn(&self.rate_limited(headers)),
            Ok((status, ..)) => turn.learn(&Outcome::Refused { status: *status }),
            Err(outcome) => turn.learn(outcome),
        }
        answer
    }

    /// What a 429 means: as long a rest as its server wants, or as a feed has in any case.
    pub(super) fn rate_limited(&self, headers: &HeaderMap) -> Outcome {
        let rest = retry_after(headers, self.now).unwrap_or_default().max(self.options.every());
        Outcome::RateLimited { until: self.now.saturating_add(rest).unwrap_or(Timestamp::MAX) }
    }

    /// Whether a host may be in the local network: where that was allowed, or where the configuration has the same host
    /// and port, by a name from which it can be seen.
    fn may_lead_inside(&self, address: &Address, goal: &Goal) -> bool {
        let is_configured = goal.configured.is_some_and(|configured| {
            (configured.host(), configured.port()) == (address.host(), address.port()) && is_named_local(address.host())
        });
        self.options.local_network || is_configured
    }
}

/// Where an answer sends its reader, and whether for good. Not from `https` to `http`: what somebody on the way may
/// read and change is another feed than the one that was wanted.
fn redirect(from: &Address, status: u16, headers: &HeaderMap) -> Result<Option<(Address, bool)>, Outcome> {
    let is_permanent = match status {
        301 | 308 => true,
        302 | 303 | 307 => false,
        _ => return Ok(None),
    };
    let Some(location) = headers.get("location") else { return Ok(None) };
    let location = String::from_utf8_lossy(location.as_bytes());
    let to = from.join(&location).map_err(|what| Outcome::BadAddress { what: format!("its redirect is {what}") })?;
    if from.is_https() && !to.is_https() {
        return Err(Outcome::Insecure);
    }
    Ok(Some((to, is_permanent)))
}
