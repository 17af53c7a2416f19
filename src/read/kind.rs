//! The first bytes of a file in, the format that it is in out.
//!
//! What a file is called does not decide what it is: pages are saved as `.txt`, feeds come without an ending, and standard
//! input has no name. Its first bytes decide, and its name only where they say nothing.

use std::borrow::Cow;

use memchr::memmem::find;

use super::decode::utf16;
#[cfg(feature = "feeds")]
use super::feeds;
#[cfg(feature = "mail")]
use super::mail;
use super::{Record, item};
use crate::model::Markup;

/// A format that articles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text that is an article as it stands, marked up or not.
    Text(Markup),
    /// A web page.
    Html,
    /// A feed: RSS, RDF, Atom, JSON Feed.
    Feed,
    /// Messages of electronic mail, one or more.
    Mail,
    /// JSON Lines, an article a line.
    Articles,
    /// JSON Lines, a story a line: not read as articles.
    Stories,
    /// What is called like data, and is none that articles are read from: a site map, settings, an earlier result.
    Data,
}

/// So many bytes are looked at: the declarations, comments and style sheets in front of the first element that tells
/// what a document is seldom take more.
const LOOKED_AT: usize = 4096;

/// So many lines are looked at for one that is whole.
const LINES_LOOKED_AT: usize = 8;

/// What a file is that begins like this. `named` is what its name says, `headlines` whether one is enough for an article.
pub(super) fn kind(bytes: &[u8], named: Markup, headlines: bool) -> Kind {
    let start = beginning(bytes, LOOKED_AT);
    let start = start.trim_ascii_start();
    if looks_like_feed(start) {
        return Kind::Feed;
    }
    if looks_like_html(start) {
        return Kind::Html;
    }
    // Of a file that is called so the first lines may be broken.
    let lines = if named == Markup::Feed { LINES_LOOKED_AT } else { 1 };
    if (start.starts_with(b"{") || named == Markup::Feed)
        && let Some(kind) = kind_of_lines(&in_utf8(bytes), lines, headlines)
    {
        return kind;
    }
    #[cfg(feature = "mail")]
    if mail::looks_like_mail(beginning(bytes, mail::LONGEST_HEADER).trim_ascii_start()) {
        return Kind::Mail;
    }
    match named {
        Markup::Html => Kind::Html,
        Markup::Mail => Kind::Mail,
        Markup::Plain | Markup::Markdown => Kind::Text(named),
        // A feed may declare its types at length in front of its root.
        Markup::Feed if start.starts_with(b"<") => Kind::Feed,
        Markup::Feed => Kind::Data,
    }
}

/// Whether a file that begins like this is a feed.
fn looks_like_feed(start: &[u8]) -> bool {
    #[cfg(feature = "feeds")]
    return feeds::looks_like_feed(start);
    #[cfg(not(feature = "feeds"))]
    return [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|root| start.starts_with(root));
}

/// The first so many bytes, in UTF-8 if they are in UTF-16, without a byte-order mark.
fn beginning(bytes: &[u8], most: usize) -> Cow<'_, [u8]> {
    in_utf8(&bytes[..bytes.len().min(most)])
}

/// The same of all bytes.
pub(super) fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match utf16(bytes) {
        Some(encoding) => Cow::Owned(encoding.decode_with_bom_removal(bytes).0.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    }
}

/// Whether a page begins so: with its document type or its root, behind comments and a declaration of XML.
pub(super) fn looks_like_html(start: &[u8]) -> bool {
    let mut rest = start.trim_ascii_start();
    loop {
        let end = match rest {
            _ if rest.starts_with(b"<!--") => find(rest, b"-->").map(|at| at + 3),
            _ if rest.starts_with(b"<?xml") => find(rest, b"?>").map(|at| at + 2),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_ascii_start();
    }
    // Elements that only pages begin with: `<p>` and `<div>` may stand at the top of Markdown.
    const OPENINGS: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<meta"];
    OPENINGS.iter().any(|opening| {
        let begins = rest.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
        begins && rest.get(opening.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

/// What the first of so many lines says that can be read.
fn kind_of_lines(bytes: &[u8], lines: usize, headlines: bool) -> Option<Kind> {
    let not_blank = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    not_blank.take(lines).find_map(|line| {
        if Record::parse(line).is_ok() {
            return Some(Kind::Stories);
        }
        item::is_article(line, headlines).then_some(Kind::Articles)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8], named: Markup) -> Kind {
        super::kind(bytes, named, false)
    }

    #[test]
    fn a_page_is_one_whatever_its_name() {
        let page = |text: &str| kind(text.as_bytes(), Markup::Plain) == Kind::Html;
        assert!(page("\u{feff}\n<!DOCTYPE HTML><html>"));
        assert!(page("<?xml version=\"1.0\"?>\n<!-- saved -->\n<!-- twice --><html lang=en>"));
        assert!(page("<meta charset=utf-8><title>x</title>"));
        assert!(!page("The <html> element"));
        assert!(!page("<header>A heading in Markdown</header>"));
        assert!(!page("<!-- never closed <html>"));
        assert_eq!(kind(b"<p>The ferry hit the pier.</p>", Markup::Html), Kind::Html);
        assert_eq!(kind(b"<p>The ferry hit the pier.</p>", Markup::Markdown), Kind::Text(Markup::Markdown));
    }

    #[cfg(feature = "mail")]
    #[test]
    fn a_message_is_one_however_much_servers_put_on_top_of_it() {
        let received = "Received: from a.example\n\tby b.example; Tue, 4 Mar 2031 07:15:00 +0100\n".repeat(500);
        let head = "MIME-Version: 1.0\nFrom: Ann <ann@ella.example>\n";
        assert_eq!(kind(format!("{received}{head}\nThe ferry hit.").as_bytes(), Markup::Plain), Kind::Mail);
        assert_eq!(kind(format!("{received}\n{head}").as_bytes(), Markup::Plain), Kind::Text(Markup::Plain));
    }

    #[test]
    fn a_page_in_utf_16_is_one() {
        let utf16: Vec<u8> = "\u{feff}<!doctype html><p>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&utf16, Markup::Plain), Kind::Html);
    }

    #[test]
    fn stories_and_articles_of_which_each_has_a_line_are_told_from_an_article() {
        let of = |text: &str| kind(text.as_bytes(), Markup::Plain);
        assert_eq!(of("\u{feff}\n{\"id\": 1, \"documents\": [\"The ferry hit.\"]}\nx"), Kind::Stories);
        assert_eq!(of("{\"id\": 1, \"text\": \"The ferry hit.\"}\n"), Kind::Articles);
        assert_eq!(of("{\"html\": \"<p>The ferry hit.\"}"), Kind::Articles);
        assert_eq!(of("{\"id\": 1,\n\"documents\": []}"), Kind::Text(Markup::Plain));
        assert_eq!(of("{Note: the ferry hit the pier.}"), Kind::Text(Markup::Plain));
        let named = |text: &str| kind(text.as_bytes(), Markup::Feed);
        assert_eq!(named("{\"id\": 1, \"te\n\n{\"text\": \"The ferry hit.\"}\n"), Kind::Articles);
        assert_eq!(named("{\"schema\": 1, \"items\": []}"), Kind::Data);
        assert_eq!(named("<?xml version=\"1.0\"?><urlset/>"), Kind::Feed, "its reader says what it is instead");
    }
}
