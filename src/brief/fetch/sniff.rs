//! The bytes of an answer in, what they are out. What the server calls them does not count: feeds come as `text/html`
//! and pages as `application/rss+xml`.

use std::borrow::Cow;

use memchr::memmem::find;

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A feed, or what has one in it: its reader will tell.
    Feed,
    /// A page.
    Page,
    /// Plain text.
    Text,
    /// What neither is, in words.
    Other(&'static str),
}

/// So much is looked at: what stands in front of the first element is seldom longer.
const LOOKED_AT: usize = 4096;

/// What files of other kinds begin with.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image"),
    (b"\0\0\x01\0", "an image"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"ID3", "sound"),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard"),
    (b"BZh", "a file packed with bzip2"),
];

/// Elements that feeds have at their root, without a prefix.
const FEED_ROOTS: [&str; 4] = ["rss", "feed", "rdf", "channel"];

/// What an answer is that begins like this.
pub(super) fn content(bytes: &[u8]) -> Content {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Content::Other(what);
    }
    let start = in_ascii(&bytes[..bytes.len().min(LOOKED_AT)]);
    let start = start.trim_ascii_start();
    match start.first() {
        None => Content::Other("an empty answer"),
        Some(b'{' | b'[') => json(start),
        Some(b'<') => first_element(start).unwrap_or_else(|| by_what_it_has(start)),
        Some(_) => by_what_it_has(start),
    }
}

/// The letters of ASCII of a text in UTF-8 or UTF-16: enough for markup.
fn in_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    let every_other = |first: usize| bytes.iter().skip(first).step_by(2).copied().collect();
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xff, 0xfe, ..] => Cow::Owned(every_other(2)),
        [0xfe, 0xff, ..] => Cow::Owned(every_other(3)),
        [b'<', 0, ..] => Cow::Owned(every_other(0)),
        [0, b'<', ..] => Cow::Owned(every_other(1)),
        _ => Cow::Borrowed(bytes),
    }
}

fn json(start: &[u8]) -> Content {
    let squeezed: Vec<u8> = start.iter().copied().filter(|b| !b.is_ascii_whitespace() && *b != b'\\').collect();
    let is_feed = find(&squeezed, b"\"version\":\"https://jsonfeed.org/").is_some();
    if is_feed { Content::Feed } else { Content::Other("JSON of another kind") }
}

/// By the first element, behind declarations and comments; none if there is none so near.
fn first_element(start: &[u8]) -> Option<Content> {
    let mut rest = start;
    loop {
        let end: &[u8] = match rest {
            _ if rest.starts_with(b"<!--") => b"-->",
            _ if rest.starts_with(b"<?") => b"?>",
            _ if rest.starts_with(b"<!") && rest.get(..14)?.eq_ignore_ascii_case(b"<!doctype html") => {
                return Some(Content::Page);
            }
            // A document type may have declarations in it, each with an end of its own.
            _ if rest.starts_with(b"<!") => match (find(rest, b">")?, find(rest, b"[")) {
                (end, Some(bracket)) if bracket < end => b"]>",
                _ => b">",
            },
            _ => break,
        };
        rest = rest[find(rest, end)? + end.len()..].trim_ascii_start();
    }
    let name = rest.strip_prefix(b"<")?.split(|b| !(b.is_ascii_alphanumeric() || b"-_.:".contains(b))).next()?;
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    match local {
        _ if FEED_ROOTS.contains(&local) => Some(Content::Feed),
        "html" | "head" | "body" | "meta" | "title" | "script" | "div" | "p" => Some(Content::Page),
        "" => None,
        "svg" => Some(Content::Other("an image")),
        "opml" => Some(Content::Other("a list of feeds (OPML)")),
        "urlset" | "sitemapindex" => Some(Content::Other("a site map")),
        _ => Some(Content::Other("XML of another kind")),
    }
}

/// Behind a warning of the server's own program may stand what was asked for.
fn by_what_it_has(start: &[u8]) -> Content {
    let has = |opening: &&[u8]| start.windows(opening.len()).any(|window| window.eq_ignore_ascii_case(opening));
    if [&b"<rss"[..], b"<feed", b"<rdf:rdf"].iter().any(has) {
        Content::Feed
    } else if [&b"<html"[..], b"<!doctype html", b"<body"].iter().any(has) {
        Content::Page
    } else if start.contains(&0) {
        Content::Other("no text")
    } else {
        Content::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_one_whatever_stands_in_front() {
        let feeds = [
            "<rss version=\"2.0\">",
            "\u{feff}\n<?xml version=\"1.0\"?>\n<!-- made -->\n<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">]><rss>",
            "<!DOCTYPE rss PUBLIC \"x\"><RSS>",
            "<rdf:RDF xmlns=\"x\">",
            "<atom:feed>",
            "Warning: x in line 3\n<?xml version=\"1.0\"?><rss>",
            "{ \"version\": \"https:\\/\\/jsonfeed.org\\/version\\/1.1\"",
        ];
        for feed in feeds {
            assert_eq!(content(feed.as_bytes()), Content::Feed, "{feed}");
        }
        let wide: Vec<u8> = "\u{feff}<?xml version=\"1.0\"?><rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(content(&wide), Content::Feed);
        let wide: Vec<u8> = "\u{feff}<rss>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(content(&wide), Content::Feed);
        assert_eq!(content(&wide[2..]), Content::Feed);
    }

    #[test]
    fn what_is_no_feed_is_called_what_it_is() {
        assert_eq!(content(b"<!DOCTYPE html><title>Sign in</title>"), Content::Page);
        assert_eq!(content(b"<?xml version=\"1.0\"?><html xmlns=\"x\">"), Content::Page);
        assert_eq!(content(b"Sign in"), Content::Text);
        assert_eq!(content(b"<"), Content::Text);
        let others: [&[u8]; 7] =
            [b"\x89PNG\r\n", b"", b" \n", b"{\"error\": 1}", b"<urlset>", b"<x>", b"\xff\xd8\xff\xe0"];
        for other in others {
            assert!(matches!(content(other), Content::Other(_)), "{other:?}");
        }
    }
}
