//! Addresses of articles in, their pages out, where the server allows robots to fetch them (RFC 9309).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::address::Address;
use super::hosts::Turn;
use super::outcome::{Fetched, Outcome};
use super::robots::Robots;
use super::sniff::{Content, content};
use super::state::FeedState;
use super::visit::{Goal, Visitor, is_success};

/// A longer `robots.txt` is no such thing, and allows nothing. Of a shorter one as much is read as the RFC asks for.
const LONGEST_ROBOTS: u64 = 4 << 20;

/// A page that is to be asked for.
pub(super) struct Page {
    /// Its place in the list.
    pub(super) number: usize,
    pub(super) url: String,
    pub(super) address: Address,
}

/// The rules of the hosts that were asked in this run, by the address at which they stand.
#[derive(Default)]
pub(super) struct Rules(Mutex<HashMap<String, Robots>>);

impl Rules {
    fn get(&self, at: &str) -> Option<Robots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(at).cloned()
    }

    fn keep(&self, at: String, robots: Robots) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(at, robots);
    }
}

/// What comes of a page that is not asked for, or before it is.
pub(super) fn unasked(url: String, outcome: Outcome) -> Fetched {
    Fetched { url, outcome, notes: Vec::new(), state: FeedState::default(), body: None, took: Duration::ZERO }
}

impl Visitor<Page> {
    /// Asks for a page. Addresses of pages are written by strangers: they lead into the local network only where that
    /// is allowed for all.
    pub(super) fn fetch_page(&self, page: Page, turn: Turn<'_, Page>, rules: &Rules) -> Fetched {
        let began = Instant::now();
        let mut fetched = unasked(page.url, Outcome::Interrupted);
        match self.page(page.address, turn, rules) {
            Ok(body) => {
                fetched.outcome = Outcome::Fetched { bytes: body.len() };
                fetched.body = Some(body);
            }
            Err(outcome) => fetched.outcome = outcome,
        }
        fetched.took = began.elapsed();
        fetched
    }

    fn page<'h>(&'h self, address: Address, turn: Turn<'h, Page>, rules: &Rules) -> Result<Vec<u8>, Outcome> {
        let fields = vec![("accept", "text/html, application/xhtml+xml, text/plain;q=0.5".to_owned())];
        let goal = Goal { start: address, configured: None, fields, limit: self.options.max_size };
        let answer = self.follow(&goal, Some(turn), |address, turn| self.allowed(address, turn, rules))?;
        match (answer.status, content(&answer.body)) {
            (status, Content::Page | Content::Text) if is_success(status) => Ok(answer.body),
            (status, Content::Feed) if is_success(status) => Err(Outcome::NotAPage { what: "a feed".to_owned() }),
            (status, Content::Other(what)) if is_success(status) => Err(Outcome::NotAPage { what: what.to_owned() }),
            (410, _) => Err(Outcome::Gone),
            (429, _) => Err(self.rate_limited(&answer.headers)),
            (status @ 500.., _) => Err(Outcome::ServerError { status }),
            (status, _) => Err(Outcome::Refused { status }),
        }
    }

    /// Sees that robots may ask for an address: the page, and whatever it leads to. Where the rules of the host have to
    /// be asked for, that takes the turn, and the page waits for the next one.
    fn allowed<'h>(
        &'h self,
        address: &Address,
        turn: Option<Turn<'h, Page>>,
        rules: &Rules,
    ) -> Result<Option<Turn<'h, Page>>, Outcome> {
        let at = address.robots().ok_or(Outcome::Robots)?;
        let name = at.to_string();
        if let Some(known) = rules.get(&name) {
            return if known.allow(address.path_and_query()) { Ok(turn) } else { Err(Outcome::Robots) };
        }
        let robots = self.robots(at, turn)?;
        rules.keep(name, robots.clone());
        if !robots.allow(address.path_and_query()) {
            return Err(Outcome::Robots);
        }
        self.hosts.turn(address.host(), false).map(Some).ok_or(Outcome::Interrupted)
    }

    /// What the rules are: none where there are none to be had (4xx), all forbidden where the server is in trouble or
    /// wants to be left alone (section 2.3.1).
    fn robots<'h>(&'h self, at: Address, turn: Option<Turn<'h, Page>>) -> Result<Robots, Outcome> {
        let goal = Goal { start: at, configured: None, fields: Vec::new(), limit: LONGEST_ROBOTS };
        match self.follow(&goal, turn, |_, turn| Ok(turn)) {
            Ok(answer) if is_success(answer.status) => Ok(Robots::parse(&answer.body)),
            Ok(answer) if matches!(answer.status, 429 | 500..) => Ok(Robots::Nothing),
            Ok(_) | Err(Outcome::TooManyRedirects) => Ok(Robots::All),
            // What is known of the host says more than that its rules are not to be had.
            Err(outcome) if outcome.is_silence() => Err(outcome),
            Err(outcome @ (Outcome::Interrupted | Outcome::LocalNetwork | Outcome::TlsFailed)) => Err(outcome),
            Err(_) => Ok(Robots::Nothing),
        }
    }
}
