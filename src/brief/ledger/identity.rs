//! What an item says of itself in, the keys that it is recognised by out.
//!
//! In the order in which they are trusted: the guid of its feed, then its link, then its title. A weaker key speaks only
//! where the stronger ones are silent: an item that has another guid than the article that its link leads to is another
//! article, since feeds exist whose items all link to one page. In doubt two articles are made of one, never one of two:
//! what was told is recognised sentence by sentence later, but what was overwritten would be lost.
//!
//! Therefore a guid or link that one document has with several titles and texts is *shared*: from then on it leads to an
//! article only together with its title.

use sha2::{Digest as _, Sha256};

use crate::read::sha256;

/// Bytes of a key. Half of SHA-256 is far from colliding for as many articles as there can be.
const KEY_BYTES: usize = 16;

/// A key, as it is filed.
pub(super) type Key = [u8; KEY_BYTES];

/// Parameters of links that tell a publisher where a reader came from, and nothing about the page.
const TRACKING: &[&str] =
    &["fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid"];

/// The beginning of the names of further such parameters.
const TRACKING_PREFIX: &str = "utm_";

/// What an item is recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    pub guid: Option<Key>,
    pub link: Option<Key>,
    pub title: Option<Key>,
    /// The title alone, whatever the source: a page says it as its feed does.
    pub headline: Key,
}

impl Keys {
    /// Guids and titles count within their source only; a link is the same everywhere. What is blank is not there.
    pub fn of(source: &str, guid: Option<&str>, link: Option<&str>, title: &str) -> Self {
        let present = |text: &str| Some(collapse(text)).filter(|text| !text.is_empty());
        Self {
            guid: guid.and_then(present).map(|guid| key(&[b"guid", source.as_bytes(), guid.as_bytes()])),
            link: link.and_then(present).map(|link| key(&[b"link", normal_link(&link).as_bytes()])),
            title: present(title).map(|title| key(&[b"title", source.as_bytes(), title.as_bytes()])),
            headline: key(&[b"headline", collapse(title).as_bytes()]),
        }
    }

    /// What to be known by instead of a guid or link that is shared.
    pub fn with_title(&self, shared: Key) -> Key {
        key(&[b"with title", &shared, &self.headline])
    }

    /// All that there are, the strongest first.
    pub fn all(&self) -> impl Iterator<Item = Key> {
        [self.guid, self.link, self.title].into_iter().flatten()
    }
}

/// What is filed of a guid or link that is shared, so that it is known as such the next time.
pub(super) fn mark_of_shared(shared: Key) -> Key {
    key(&[b"shared", &shared])
}

fn key(parts: &[&[u8]]) -> Key {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut key = [0; KEY_BYTES];
    key.copy_from_slice(&hasher.finalize()[..KEY_BYTES]);
    key
}

/// SHA-256 of a text that does not depend on how white space is set: what to give as [`Incoming::sha256`].
///
/// [`Incoming::sha256`]: super::Incoming::sha256
pub fn fingerprint(text: &str) -> String {
    sha256(collapse(text).as_bytes())
}

/// White space of any kind and length as one space, none around.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// The link without what does not change the page: its fragment, tracking parameters, the default port; scheme and host in
/// lower case (RFC 3986, section 6.2.2.1 and 6.2.3). Nothing else: `http` and `https`, with and without `www.` or a slash,
/// may be different pages.
pub fn normal_link(link: &str) -> String {
    let link = link.trim();
    let link = link.split_once('#').map_or(link, |(page, _)| page);
    let (address, query) = link.split_once('?').map_or((link, None), |(address, query)| (address, Some(query)));
    let mut normal = normal_address(address);
    let kept: Vec<&str> = query.unwrap_or_default().split('&').filter(|parameter| !is_tracking(parameter)).collect();
    // `?` without anything behind it is kept as it is: it is none of ours.
    if query.is_some_and(|query| query.is_empty() || !kept.is_empty()) {
        normal.push('?');
        normal.push_str(&kept.join("&"));
    }
    normal
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with(TRACKING_PREFIX) || TRACKING.contains(&name.as_str())
}

/// Scheme, host, port and path.
fn normal_address(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // A name and a password before the host keep their case.
    let (user, host) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
    let host = host.to_ascii_lowercase();
    let port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(port).or_else(|| host.strip_suffix(':')).unwrap_or(&host);
    // An empty path is the same as `/` where there is a host (RFC 3986, section 6.2.3).
    let path = if path.is_empty() && !port.is_empty() { "/" } else { path };
    format!("{scheme}://{user}{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_loses_what_does_not_change_the_page() {
        for (link, normal) in [
            ("HTTPS://News.Example.ORG:443/A/b?utm_source=x&id=7&fbclid=y#top", "https://news.example.org/A/b?id=7"),
            ("http://example.org:80", "http://example.org/"),
            ("http://example.org:8080/a", "http://example.org:8080/a"),
            ("https://example.org:80/a", "https://example.org:80/a"),
            ("https://example.org/a?utm_medium=mail", "https://example.org/a"),
            ("https://example.org/a?UTM_Medium=mail&GCLID=1&b", "https://example.org/a?b"),
            (" https://Reader:PassWord@Example.org/a ", "https://Reader:PassWord@example.org/a"),
            ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ] {
            assert_eq!(normal_link(link), normal, "{link}");
            assert_eq!(normal_link(normal), normal, "normal links are normal: {link}");
        }
    }

    #[test]
    fn a_link_keeps_everything_else() {
        for link in [
            "http://example.org/a",
            "https://www.example.org/a/",
            "https://example.org/A%2fb?b=2&a=1&a=1",
            "https://example.org/?q=utm_source",
            "https://example.org/a?",
            "urn:example:17",
            "no link at all",
            "",
        ] {
            assert_eq!(normal_link(link), link);
        }
    }

    #[test]
    fn white_space_does_not_change_a_fingerprint_and_a_letter_does() {
        assert_eq!(fingerprint("Nine ferries\n\n were\u{a0}cancelled. "), fingerprint("Nine ferries were cancelled."));
        assert_ne!(fingerprint("Nine ferries were cancelled."), fingerprint("Ten ferries were cancelled."));
        assert_ne!(fingerprint("a b"), fingerprint("ab"));
    }

    #[test]
    fn guids_and_titles_belong_to_their_source_and_links_to_nobody() {
        let one = Keys::of("https://example.org/feed", Some("17"), Some("https://example.org/a"), "Ferries");
        let two = Keys::of("https://example.net/feed", Some("17"), Some("https://example.org/a#b"), "Ferries");
        assert_ne!(one.guid, two.guid);
        assert_eq!(one.link, two.link);
        assert_ne!(one.title, two.title);
        assert_eq!(Keys::of("s", Some(" "), None, "\n").all().count(), 0);
    }
}
