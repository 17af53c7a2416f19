//! An address in, the head of one answer out: what may be asked, where names may lead, and what an error means.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use ureq::http::{HeaderValue, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

use super::address::Address;
use super::networks::{is_local, literal};
use super::outcome::Outcome;
use super::{FetchOptions, Lookup};

/// An answer of which the body has not been read.
pub(super) type Response = ureq::http::Response<Body>;

/// So many connections that nothing is asked by may be kept open, one for each of so many hosts.
const KEPT_OPEN: usize = 32;

/// Asks servers. Connections are kept open for what is asked next.
///
/// Proxies are not used, whatever the environment says: a proxy would look names up in our place, and whether they lead
/// into the local network could not be seen.
pub(super) struct Client {
    /// Asks hosts of the internet alone.
    outside: Agent,
    /// Asks any host. Apart from the other, so that a connection inside is never found by what may only ask outside.
    anywhere: Agent,
    user_agent: HeaderValue,
    connect_timeout: Duration,
}

impl Client {
    pub(super) fn new(options: &FetchOptions) -> Self {
        let agent = |inside_too: bool| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .proxy(None)
                .max_idle_connections(KEPT_OPEN)
                .max_idle_connections_per_host(1)
                .build();
            let resolver = Names { system: DefaultResolver::default(), lookup: options.lookup.clone(), inside_too };
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        };
        let visible: String = options.user_agent.chars().filter(|c| matches!(c, ' '..='~')).collect();
        let user_agent = HeaderValue::from_str(&visible).unwrap_or(HeaderValue::from_static("epitome"));
        Self { outside: agent(false), anywhere: agent(true), user_agent, connect_timeout: options.connect_timeout }
    }

    /// Asks once. Redirects are answers like others.
    ///
    /// # Errors
    ///
    /// What came of it in place of an answer.
    pub(super) fn get(
        &self,
        address: &Address,
        inside_too: bool,
        fields: &[(&'static str, String)],
        timeout: Duration,
    ) -> Result<Response, Outcome> {
        let agent = if inside_too { &self.anywhere } else { &self.outside };
        let mut request = agent.get(address.uri()).header(USER_AGENT, self.user_agent.clone());
        for (name, value) in fields {
            // Verbatim, even where it has other letters than those of ASCII.
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                request = request.header(*name, value);
            }
        }
        if let Some(authorization) = address.authorization() {
            request = request.header(AUTHORIZATION, authorization);
        }
        if !fields.iter().any(|(name, _)| *name == ACCEPT.as_str()) {
            request = request.header(ACCEPT, "*/*");
        }
        let connect = Some(self.connect_timeout.min(timeout));
        let config = request.config().timeout_global(Some(timeout)).timeout_connect(connect).timeout_resolve(connect);
        config.build().call().map_err(|error| outcome(error, address.is_https()))
    }

    /// Ends all connections at once, those that somebody waits for too.
    pub(super) fn shut_down(&self) {
        self.outside.clone().shutdown();
        self.anywhere.clone().shutdown();
    }
}

/// Looks names up, and leaves out the addresses that may not be asked. It does so each time that a connection is
/// opened, so that a name which meant a host outside a moment ago leads inside never (DNS rebinding).
struct Names {
    system: DefaultResolver,
    lookup: Option<Lookup>,
    inside_too: bool,
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let found: Vec<SocketAddr> = match (literal(host), &self.lookup) {
            (Some(address), _) => vec![(address, port).into()],
            (None, Some(lookup)) => lookup(host, port).map_err(not_found)?,
            (None, None) => self.system.resolve(uri, config, timeout).map_err(not_found)?.to_vec(),
        };
        let mut kept = self.empty();
        let may_be_asked = |address: &&SocketAddr| self.inside_too || !is_local(address.ip());
        for address in found.iter().filter(may_be_asked).take(MOST_ADDRESSES) {
            kept.push(*address);
        }
        match (found.is_empty(), kept.is_empty()) {
            (true, _) => Err(ureq::Error::HostNotFound),
            (false, true) => Err(ureq::Error::Other(Box::new(LeadsInside))),
            (false, false) => Ok(kept),
        }
    }
}

/// So many there is room for.
const MOST_ADDRESSES: usize = 16;

/// What looking a name up says where there is none: an error of the system without a kind.
fn not_found(error: impl Into<ureq::Error>) -> ureq::Error {
    match error.into() {
        ureq::Error::Io(_) => ureq::Error::HostNotFound,
        other => other,
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").field("inside_too", &self.inside_too).finish_non_exhaustive()
    }
}

/// A name means nothing but addresses of the local network.
#[derive(Debug, thiserror::Error)]
#[error("leads into the local network")]
struct LeadsInside;

/// What an error means. What its text says is not passed on: it may have parts of an address in it.
pub(super) fn outcome(error: ureq::Error, is_https: bool) -> Outcome {
    use ureq::Error;
    match error {
        Error::Timeout(_) => Outcome::TimedOut,
        Error::HostNotFound => Outcome::NameNotFound,
        Error::Other(other) if other.is::<LeadsInside>() => Outcome::LocalNetwork,
        Error::BadUri(_) | Error::Http(_) => Outcome::BadAddress { what: "a server cannot be asked for it".to_owned() },
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired | Error::Pem(_) => Outcome::TlsFailed,
        Error::Protocol(_) => damaged("the server does not speak HTTP as it should"),
        Error::LargeResponseHeader(..) => damaged("the head of the answer has no end"),
        Error::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => Outcome::CutOff,
        Error::Decompress(..) => {
            damaged("it says that it is packed by gzip, and is not, or has been changed on the way")
        }
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Outcome::TimedOut,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Outcome::CutOff,
            io::ErrorKind::InvalidData if is_https => Outcome::TlsFailed,
            _ => Outcome::ConnectionFailed,
        },
        _ => Outcome::ConnectionFailed,
    }
}

pub(super) fn damaged(what: &str) -> Outcome {
    Outcome::Damaged { what: what.to_owned() }
}
