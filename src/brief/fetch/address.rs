//! The text of an address in, one that can be asked out: `http` or `https`, with a host, what is secret kept apart.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ureq::http::Uri;

use crate::read::resolve;

/// Longer addresses are refused by most servers (RFC 9110, section 4.1, asks for 8,000 bytes at least).
const LONGEST: usize = 8_000;

/// Where something can be fetched (RFC 3986). It is shown without the name and password that it may have had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    uri: Uri,
    host: String,
    port: u16,
    /// The value of the field `Authorization`.
    authorization: Option<String>,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// What is wrong with it, without the address itself.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        let (scheme, rest) = text.split_once("://").ok_or("no http:// or https:// in front")?;
        let default_port = match scheme.to_ascii_lowercase().as_str() {
            "http" => 80,
            "https" => 443,
            _ => return Err("neither http:// nor https://".to_owned()),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (credentials, authority) = match authority.rsplit_once('@') {
            Some((credentials, authority)) => (Some(credentials), authority),
            None => (None, authority),
        };
        if !authority.is_ascii() {
            return Err("a host with other letters than those of ASCII; write it as xn--…".to_owned());
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        let whole = format!("{scheme}://{authority}{slash}{}", escaped(path));
        let uri: Uri = whole.parse().map_err(|_| "not an address of the web".to_owned())?;
        let host = uri.host().unwrap_or_default();
        let port = match authority.get(host.len()..).and_then(|rest| rest.strip_prefix(':')) {
            Some("") | None => default_port,
            Some(port) => port.parse().map_err(|_| "a port that is no number up to 65535".to_owned())?,
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if host.is_empty() {
            return Err("no host".to_owned());
        }
        let authorization = credentials.map(|credentials| format!("Basic {}", STANDARD.encode(unescaped(credentials))));
        Ok(Self { uri, host, port, authorization })
    }

    /// What a reference means that stands in an answer from here. A name and password in it are of whoever sent it: they are
    /// dropped.
    ///
    /// # Errors
    ///
    /// Those of [`Address::parse`].
    pub(super) fn join(&self, reference: &str) -> Result<Self, String> {
        let joined = Self::parse(&resolve(Some(&self.to_string()), reference.trim()))?;
        Ok(Self { authorization: None, ..joined })
    }

    /// The same, with the name and password of another where they belong to it: at the same host and port, or at the
    /// same host by TLS where it was without.
    pub(super) fn with_authorization_of(mut self, other: &Self) -> Self {
        let is_upgrade = self.is_https() && (self.port, other.port) == (443, 80);
        let is_same = self.is_https() == other.is_https() && self.port == other.port;
        if self.host == other.host && (is_same || is_upgrade) && self.authorization.is_none() {
            self.authorization.clone_from(&other.authorization);
        }
        self
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// In lower case, without the port; an address of IPv6 in brackets.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn is_https(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }

    pub(super) fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }

    pub(super) fn path_and_query(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }

    /// Where the rules for robots stand that hold here.
    pub(super) fn robots(&self) -> Option<Self> {
        self.join("/robots.txt").ok()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(f)
    }
}

/// An address as it may be shown: without the name and password that may stand in front of its host.
pub fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest[..end].rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{authority}{}", &rest[end..])
}

/// Writes as `%20` what may not stand in an address and often does.
fn escaped(path: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            escaped.push(byte.into());
        } else {
            escaped += &format!("%{byte:02X}");
        }
    }
    escaped
}

/// The bytes that a text with `%20` in it stands for.
pub(super) fn unescaped(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut unescaped, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                unescaped.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                unescaped.push(byte);
                at += 1;
            }
        }
    }
    unescaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, String> {
        Address::parse(text).map(|address| address.to_string())
    }

    #[test]
    fn only_addresses_of_the_web_can_be_asked() {
        assert_eq!(shown(" https://example.org#top "), Ok("https://example.org/".to_owned()));
        assert_eq!(shown("http://example.org?a=ä b"), Ok("http://example.org/?a=%C3%A4%20b".to_owned()));
        assert_eq!(Address::parse("HTTPS://Example.ORG.:8443/x").unwrap().host(), "example.org");
        assert_eq!(Address::parse("http://[::1]:8080/").map(|a| (a.host, a.port)), Ok(("[::1]".to_owned(), 8080)));
        assert_eq!(Address::parse("http://[::1]/").map(|a| (a.host, a.port)), Ok(("[::1]".to_owned(), 80)));
        for text in ["", "example.org", "file:///etc/hosts", "ftp://a/", "http://", "http:///x", "http://a:99999/"] {
            assert!(shown(text).is_err(), "{text}");
        }
        assert!(
            shown("http://a b/").is_err() && shown("http://a\r\nx/").is_err() && shown("http://ä.example/").is_err()
        );
        assert!(shown(&format!("http://example.org/{}", "x".repeat(LONGEST))).is_err());
    }

    #[test]
    fn a_password_is_kept_apart_and_never_shown() {
        let address = Address::parse("https://ann:s%40cret@example.org/feed").unwrap();
        assert_eq!(address.to_string(), "https://example.org/feed");
        assert_eq!(address.authorization(), Some("Basic YW5uOnNAY3JldA=="));
        assert_eq!(without_credentials("https://ann:s@cret@example.org/a@b"), "https://example.org/a@b");
        assert_eq!(without_credentials("example.org"), "example.org");
    }

    #[test]
    fn a_password_goes_to_its_own_host_alone() {
        let own = Address::parse("http://ann:x@example.org/feed").unwrap();
        let goes_to = |to: &str| own.join(to).unwrap().with_authorization_of(&own).authorization().is_some();
        assert!(goes_to("/other") && goes_to("https://example.org/feed"));
        assert!(!goes_to("//example.net/") && !goes_to("http://example.org:8080/") && !goes_to("//www.example.org/"));
        assert_eq!(own.join("http://eve:y@example.net/").unwrap().authorization(), None);
        assert_eq!(
            own.join("http://eve:y@example.org/").unwrap().with_authorization_of(&own),
            own.join("/").unwrap().with_authorization_of(&own)
        );
        let secure = Address::parse("https://ann:x@example.org/feed").unwrap();
        assert!(secure.join("http://example.org/").unwrap().with_authorization_of(&secure).authorization().is_none());
    }
}
