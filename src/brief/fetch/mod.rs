//! The addresses of feeds in, what is new of each out: fetched politely, and never further than it may be.
//!
//! 1. `state` tells from what is remembered whether a feed is due; `address` reads where it is.
//! 2. `hosts` gives out the work: hosts side by side, each one request at a time, in order, with a gap.
//! 3. `visit` follows an address through its redirects; `client` asks once, and looks names up; `networks` tells which
//!    addresses are inside; `body` reads an answer up to a limit.
//! 4. `feed` takes an answer: `sniff` says what it is, `headers` and `ttl` how long it holds; `outcome` is the list of
//!    what can come of it.
//! 5. `pages` fetches the pages of articles, where `robots` allows it.
//!
//! Nothing here knows the time but for measuring how long a request takes: the moment of the run is given, and what is
//! remembered of a feed is a pure function of it.

mod address;
mod body;
mod client;
mod feed;
mod headers;
mod hosts;
mod networks;
mod outcome;
mod pages;
mod robots;
mod sniff;
mod state;
#[cfg(all(test, target_os = "linux"))]
mod tests;
mod ttl;
mod visit;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use self::address::Address;
pub use self::address::without_credentials;
use self::feed::Job;
use self::hosts::{GLANCE, Turn};
pub use self::outcome::{Fetched, Outcome};
use self::pages::{Page, Rules};
pub use self::state::FeedState;
use self::visit::Visitor;

/// Looks a name up: its addresses with that port.
pub type Lookup = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// How feeds are fetched.
#[derive(Clone)]
pub struct FetchOptions {
    /// Who asks, see [`user_agent`].
    pub user_agent: String,
    /// The longest that a feed may take, from the first name that is looked up to the last byte, all redirects
    /// together.
    pub timeout: Duration,
    /// The longest that looking up a name, or opening a connection, may take.
    pub connect_timeout: Duration,
    /// The most bytes of a feed, as they come and unpacked.
    pub max_size: u64,
    /// So long a host is left alone between two requests.
    pub gap: Duration,
    /// A feed is not asked for again before so long has passed.
    pub every: Duration,
    /// How many hosts are asked at the same time.
    pub parallel: usize,
    /// Whether any name, and any redirect, may lead into the local network.
    pub local_network: bool,
    /// Whether nothing is asked at all: no name is looked up, no connection opened.
    pub offline: bool,
    /// What looks names up in place of the system.
    pub lookup: Option<Lookup>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(10),
            max_size: 8 << 20,
            gap: Duration::from_secs(1),
            every: Duration::from_secs(60 * 60),
            parallel: 16,
            local_network: false,
            offline: false,
            lookup: None,
        }
    }
}

impl FetchOptions {
    fn every(&self) -> SignedDuration {
        self.every.try_into().unwrap_or(SignedDuration::MAX)
    }
}

impl fmt::Debug for FetchOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user_agent, timeout, max_size, gap, every, parallel, local_network, offline, .. } = self;
        f.debug_struct("FetchOptions")
            .field("user_agent", user_agent)
            .field("timeout", timeout)
            .field("max_size", max_size)
            .field("gap", gap)
            .field("every", every)
            .field("parallel", parallel)
            .field("local_network", local_network)
            .field("offline", offline)
            .finish_non_exhaustive()
    }
}

/// What the field `User-Agent` says: the program, its version, and where its user can be reached.
pub fn user_agent(contact: Option<&str>) -> String {
    let contact = contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
    format!("epitome/{}{contact}", env!("CARGO_PKG_VERSION"))
}

/// A feed to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Where, as the configuration has it.
    pub url: String,
    /// What is remembered of it.
    pub state: FeedState,
}

/// Fetches feeds. `done` hears of each as it ends, in any order, on the thread that calls. Soon after `stop` becomes
/// true, all that has not ended is [`Outcome::Interrupted`], with its state as it was.
pub fn fetch(
    requests: Vec<Request>,
    options: &FetchOptions,
    now: Timestamp,
    stop: &AtomicBool,
    mut done: impl FnMut(Fetched),
) {
    let (mut jobs, mut pending) = (Vec::new(), BTreeMap::new());
    for (number, request) in requests.into_iter().enumerate() {
        let addresses = match (request.state.rests(now), options.offline) {
            (_, true) => Err(Outcome::Offline),
            (Some(outcome), _) => Err(outcome),
            (None, false) => request.addresses(),
        };
        match addresses {
            Ok(addresses) => {
                pending.insert(number, request.clone().unasked(Outcome::Interrupted));
                jobs.push((addresses.start.host().to_owned(), Job { number, request, addresses }));
            }
            Err(outcome) => done(request.unasked(outcome)),
        }
    }
    let work = |visitor: &Visitor<Job>, job: Job, turn: Turn<'_, Job>| (job.number, visitor.fetch(job, turn));
    run(jobs, pending, options, now, stop, work, done);
}

/// Fetches the pages of articles, each only where its server allows robots to. Otherwise like [`fetch`]; nothing is
/// remembered of a page.
pub fn fetch_pages(
    urls: Vec<String>,
    options: &FetchOptions,
    now: Timestamp,
    stop: &AtomicBool,
    mut done: impl FnMut(Fetched),
) {
    let (mut jobs, mut pending) = (Vec::new(), BTreeMap::new());
    for (number, url) in urls.into_iter().enumerate() {
        let address = match options.offline {
            true => Err(Outcome::Offline),
            false => Address::parse(&url).map_err(|what| Outcome::BadAddress { what }),
        };
        match address {
            Ok(address) => {
                pending.insert(number, pages::unasked(url.clone(), Outcome::Interrupted));
                jobs.push((address.host().to_owned(), Page { number, url, address }));
            }
            Err(outcome) => done(pages::unasked(url, outcome)),
        }
    }
    let rules = Rules::default();
    let work = move |visitor: &Visitor<Page>, page: Page, turn: Turn<'_, Page>| {
        (page.number, visitor.fetch_page(page, turn, &rules))
    };
    run(jobs, pending, options, now, stop, work, done);
}

/// So long threads may take to see that they were called off. What hangs in a call of the system is not waited for: its
/// thread ends when the call does, or with the program.
const GRACE: Duration = Duration::from_millis(500);

/// So many answers may wait for who takes them in; further ones wait at their threads, and no more is asked for. Otherwise
/// hundreds of feeds of the largest size that is allowed would all be in memory at once.
const AHEAD: usize = 4;

/// Does jobs, each with the turn at its host, on several threads. `pending` is what comes of those that are called off.
fn run<J: Send + 'static>(
    jobs: Vec<(String, J)>,
    mut pending: BTreeMap<usize, Fetched>,
    options: &FetchOptions,
    now: Timestamp,
    stop: &AtomicBool,
    work: impl Fn(&Visitor<J>, J, Turn<'_, J>) -> (usize, Fetched) + Send + Sync + 'static,
    mut done: impl FnMut(Fetched),
) {
    if jobs.is_empty() {
        return;
    }
    let (visitor, work) = (Arc::new(Visitor::new(jobs, options, now)), Arc::new(work));
    let (sender, results) = mpsc::sync_channel(AHEAD);
    for _ in 0..visitor.hosts.count().min(options.parallel.max(1)) {
        let (visitor, work, sender) = (visitor.clone(), work.clone(), sender.clone());
        let lend_a_hand = move || {
            while let Some((job, turn)) = visitor.hosts.next() {
                let ended = catch_unwind(AssertUnwindSafe(|| work(&visitor, job, turn)));
                if ended.is_ok_and(|ended| sender.send(ended).is_err()) {
                    break;
                }
            }
        };
        // A system that gives fewer threads is content with fewer.
        let _ = thread::Builder::new().name("fetch".to_owned()).spawn(lend_a_hand);
    }
    drop(sender);
    let mut end = None::<Instant>;
    while end.is_none_or(|end| Instant::now() < end) {
        match results.recv_timeout(GLANCE) {
            Ok((number, fetched)) => {
                pending.remove(&number);
                done(fetched);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if end.is_none() && stop.load(Ordering::Relaxed) {
            end = Some(Instant::now() + GRACE);
            visitor.hosts.close();
            visitor.client.shut_down();
        }
    }
    pending.into_values().for_each(done);
}
