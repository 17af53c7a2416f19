//! Addresses of feeds and of people in, checked ones out.

use lettre::message::Mailbox;

use super::findings::Wrong;
use super::table::shown;

/// The address of a feed: `http` or `https`, absolute, without a login in it. No message repeats a login.
pub(super) fn web(text: &str) -> Result<String, Wrong> {
    let right = "write the whole address: https://example.org/news.xml";
    let Some((scheme, rest)) = text.split_once("://") else {
        let name = text.split(['/', '?']).next().unwrap_or_default();
        if name.contains('.') && !name.contains(':') && !text.starts_with('.') {
            return Err(Wrong::new(format!("`{}` has no https:// before it", shown(text)), right));
        }
        return Err(Wrong::new("it is no address on the web", format!("{right}; files go into `folders`")));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        let right = "leave out what stands before the @: addresses are stored with each edition; feeds that ask for a \
                     login are not read";
        return Err(Wrong::new("the address has a login in it", right));
    }
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(Wrong::new(format!("`{}://` is not fetched", shown(scheme)), "only http:// and https:// are"));
    }
    if !is_host(host) || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Wrong::new(format!("`{}` is no address on the web", shown(text)), right));
    }
    Ok(text.to_owned())
}

/// A name or number of a host, and perhaps a port behind it.
fn is_host(text: &str) -> bool {
    // An address of IPv6 has colons of its own, in brackets.
    let (name, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, rest)) => (name, rest.strip_prefix(':')),
        None => text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port))),
    };
    let has_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    has_port && !name.is_empty() && !name.contains(['<', '>', '"', '\\', '{', '}', '|', '^', '`', '[', ']'])
}

/// The host of a mail server.
pub(super) fn host(text: &str) -> Result<String, Wrong> {
    let right = "write its name alone: smtp.example.org";
    if text.contains("://") || text.contains(['/', '@', ' ']) {
        return Err(Wrong::new(format!("`{}` is no host", shown(text)), right));
    }
    let is_number = text.parse::<std::net::Ipv6Addr>().is_ok();
    if text.contains(':') && !is_number {
        return Err(Wrong::new(
            format!("`{}` has a port in it", shown(text)),
            format!("{right}; the port goes into `port`"),
        ));
    }
    Ok(text.to_owned())
}

/// The address of a person, perhaps with a name: `Ada <ada@example.org>`.
pub(super) fn person(text: &str) -> Result<String, Wrong> {
    let right = "write it like ada@example.org or Ada <ada@example.org>";
    match text.parse::<Mailbox>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(Wrong::new(format!("`{}` is no mail address", shown(text)), right)),
    }
}

/// How somebody can be reached: `mailto:` or a page.
pub(super) fn contact(text: &str) -> Result<String, Wrong> {
    if let Some(address) = text.strip_prefix("mailto:") {
        // What stands behind a question mark is the subject and the like.
        let address = address.split('?').next().unwrap_or_default();
        return person(address).map(|_| text.to_owned());
    }
    if text.contains('@') && !text.contains("://") && person(text).is_ok() {
        return Err(Wrong::new(format!("`{}` has no mailto: before it", shown(text)), format!("write mailto:{text}")));
    }
    web(text)
}

/// An address as it is compared: scheme and host in small letters, without a fragment.
pub(super) fn compared(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let host_ends = url.find("://").map_or(0, |at| at + 3);
    let host_ends = url[host_ends..].find(['/', '?']).map_or(url.len(), |length| host_ends + length);
    let (host, path) = url.split_at(host_ends);
    format!("{}{}", host.to_ascii_lowercase(), if path.is_empty() { "/" } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_has_an_absolute_address_on_the_web() {
        for url in [
            "https://example.org",
            "HTTP://example.org:8080/a?b=c@d#e",
            "http://[::1]:80/x",
            "https://münchen.example/",
        ] {
            assert_eq!(web(url).as_deref(), Ok(url));
        }
        for (url, what) in [
            ("example.org/news.xml", "`example.org/news.xml` has no https:// before it"),
            ("/srv/news.xml", "it is no address on the web"),
            ("file:///srv/news.xml", "`file://` is not fetched"),
            ("feed://example.org/", "`feed://` is not fetched"),
            ("https://", "`https://` is no address on the web"),
            ("https://exa mple.org/", "`https://exa mple.org/` is no address on the web"),
            ("https://example.org:99999/", "`https://example.org:99999/` is no address on the web"),
        ] {
            assert_eq!(web(url).unwrap_err().what, what);
        }
    }

    #[test]
    fn a_login_in_an_address_is_refused_and_not_repeated() {
        let wrong = web("https://ada:heron@example.org/").unwrap_err();
        assert!(!format!("{wrong:?}").contains("heron"));
        assert_eq!(wrong.what, "the address has a login in it");
    }

    #[test]
    fn people_are_written_to_with_or_without_a_name() {
        for text in ["ada@example.org", "Ada Lark <ada@example.org>"] {
            assert!(person(text).is_ok(), "{text}");
        }
        for text in ["ada", "ada@", "@example.org", "Ada Lark", "a@b\r\nBcc: c@d"] {
            assert!(person(text).is_err(), "{text}");
        }
        assert!(contact("mailto:ada@example.org?subject=feeds").is_ok() && contact("https://example.org/bot").is_ok());
        assert_eq!(contact("ada@example.org").unwrap_err().right, "write mailto:ada@example.org");
    }

    #[test]
    fn two_ways_to_write_one_address_compare_equal() {
        assert_eq!(compared("HTTPS://Example.org"), compared("https://example.org/#top"));
        assert_ne!(compared("https://example.org/A"), compared("https://example.org/a"));
    }
}
