//! A list of feeds in OPML in, the feeds out: those of nested outlines in the order of the file.
//!
//! OPML 1 and 2 (opml.org): an `<outline>` with an `xmlUrl` is a feed, one with others in it is a folder. Strict, unlike
//! the reading of feeds: the file is the reader's own, and a feed that is dropped without a word is never missed.

use std::path::Path;
use std::{fs, io};

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::address;
use super::findings::{Findings, Wrong};
use super::settings::{DEFAULT_WEIGHT, FeedSource};
use crate::error::{Error, ErrorKind};

/// Ten thousand feeds with all their titles are some megabytes.
const LARGEST: u64 = 16 << 20;

/// Nobody files feeds so deep.
const DEEPEST: usize = 256;

/// The feeds of a file.
pub(super) fn read(path: &Path) -> Result<Vec<FeedSource>, Vec<Error>> {
    let place = path.display().to_string();
    let bytes = load(path, &place).map_err(|error| vec![error])?;
    feeds(&decoded(&bytes), &place)
}

fn load(path: &Path, place: &str) -> Result<Vec<u8>, Error> {
    let size = fs::metadata(path).map(|facts| facts.len());
    let bytes = size.and_then(|size| if size > LARGEST { Ok(None) } else { fs::read(path).map(Some) });
    match bytes {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(Error::new(ErrorKind::OverLimit, place, "too large for a list of feeds", "split it")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let way_out = "relative paths are meant from the folder of the configuration";
            Err(Error::new(ErrorKind::Missing, place, "there is no such list of feeds", way_out))
        }
        Err(error) => Err(Error::new(ErrorKind::Unreadable, place, format!("cannot be read: {error}"), "")),
    }
}

/// The text of the bytes, in the encoding that they name.
fn decoded(bytes: &[u8]) -> String {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let label = start.split("encoding=").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}

/// The feeds of a text, which `place` names in messages.
pub(super) fn feeds(text: &str, place: &str) -> Result<Vec<FeedSource>, Vec<Error>> {
    let mut found = Findings::new(place, text);
    let feeds = outlines(text, &mut found);
    if feeds.is_empty() && !found.has_errors() {
        found.wrong(0, "no feed is in it", "a feed is an <outline> with an xmlUrl");
    }
    if found.has_errors() { Err(found.into_errors()) } else { Ok(feeds) }
}

fn outlines(text: &str, found: &mut Findings<'_>) -> Vec<FeedSource> {
    let mut reader = Reader::from_str(text);
    let (mut feeds, mut depth, mut has_root) = (Vec::new(), 0_usize, false);
    loop {
        let at = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let what = format!("is no well-formed XML: {error}");
                found.wrong(position(reader.error_position()), what, "export the list anew, or mend the line");
                return feeds;
            }
        };
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if !has_root && !tag.local_name().as_ref().eq_ignore_ascii_case("opml") {
                    found.wrong(
                        at,
                        "is no OPML",
                        "a list of feeds begins with <opml>; a feed itself goes into `feeds`",
                    );
                    return feeds;
                }
                has_root = true;
                if tag.local_name().as_ref().eq_ignore_ascii_case("outline") {
                    match feed(tag) {
                        Ok(feed) => feeds.extend(feed),
                        Err(wrong) => found.wrong(at, wrong.what, wrong.right),
                    }
                }
                depth += usize::from(matches!(event, Event::Start(_)));
                if depth > DEEPEST {
                    found.wrong(
                        at,
                        format!("outlines stand more than {DEEPEST} deep in each other"),
                        "flatten the list",
                    );
                    return feeds;
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => {
                if depth > 0 || !has_root {
                    found.wrong(text.len(), "ends before </opml>", "the file was cut off; export the list anew");
                }
                return feeds;
            }
            _ => {}
        }
    }
}

fn position(read: u64) -> usize {
    usize::try_from(read).unwrap_or(usize::MAX)
}

/// The feed that an outline is, if it is one.
fn feed(tag: &BytesStart<'_>) -> Result<Option<FeedSource>, Wrong> {
    let (mut url, mut title, mut text, mut language) = (None, None, None, None);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Wrong::new(format!("a broken outline: {error}"), "mend the line"))?;
        // Programs write xmlUrl, xmlurl and XMLURL.
        let slot = match attribute.key.local_name().as_ref().to_ascii_lowercase().as_str() {
            "xmlurl" => &mut url,
            "title" => &mut title,
            "text" => &mut text,
            "language" => &mut language,
            _ => continue,
        };
        *slot = Some(value(&attribute)?).filter(|value| !value.is_empty());
    }
    let Some(url) = url else { return Ok(None) };
    let url = address::web(&url)?;
    // A language that is not known is as good as none: it is found out.
    let language = language.and_then(|language| language.parse().ok());
    Ok(Some(FeedSource { url, name: title.or(text), language, weight: DEFAULT_WEIGHT }))
}

/// The value of an attribute, with the references of XML and HTML resolved and no other, so that nothing multiplies.
fn value(attribute: &Attribute<'_>) -> Result<String, Wrong> {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| {
        Wrong::new(format!("a broken attribute: {error}"), "a lone & is written &amp;, in addresses too")
    })?;
    let words: Vec<&str> = value.split_whitespace().collect();
    Ok(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<String> {
        feeds(text, "feeds.opml").unwrap().into_iter().map(|feed| feed.url).collect()
    }

    fn wrong(text: &str) -> String {
        let errors = feeds(text, "feeds.opml").unwrap_err();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn opml(body: &str) -> String {
        format!("<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/>\n<body>{body}</body></opml>")
    }

    #[test]
    fn feeds_of_nested_folders_come_in_the_order_of_the_file() {
        let text = opml(
            "<outline text='World'><outline text='A' title='The A' type='rss' xmlUrl='https://example.org/a?x=1&amp;y=2'/>
             <outline text='Deep'><outline text='B &eacute;' XMLURL=' http://example.net/b ' language='de-AT'/></outline>
             <outline text='A page' type='link' url='https://example.org/'/></outline>
             <outline text='C' xmlUrl='https://example.org/c' htmlUrl='https://example.org/'></outline>",
        );
        let feeds = feeds(&text, "feeds.opml").unwrap();
        let names: Vec<_> = feeds.iter().map(|feed| feed.name.as_deref().unwrap()).collect();
        assert_eq!(names, ["The A", "B é", "C"]);
        assert_eq!(feeds[0].url, "https://example.org/a?x=1&y=2");
        assert_eq!(feeds[1].url, "http://example.net/b");
        assert_eq!(feeds[1].language.unwrap().code(), "de");
    }

    #[test]
    fn the_names_may_be_in_a_namespace() {
        let text = "<o:opml xmlns:o='urn:x' xmlns:f='urn:y'><o:body>
            <o:outline f:title='A' xmlUrl='https://example.org/a'/></o:body></o:opml>";
        assert_eq!(urls(text), ["https://example.org/a"]);
    }

    #[test]
    fn a_list_in_an_older_encoding_is_read_as_it_says() {
        let text = "<?xml version='1.0' encoding='ISO-8859-1'?><opml><body>\
                    <outline text='Caf\u{e9}' xmlUrl='https://example.org/a'/></body></opml>";
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(feeds(&decoded(&bytes), "f").unwrap()[0].name.as_deref(), Some("Café"));
    }

    #[test]
    fn a_broken_list_is_refused_with_its_line() {
        let cut = "<opml>\n<body>\n<outline text='A' xmlUrl='https://example.org/a'/>\n";
        assert_eq!(wrong(cut), "feeds.opml:4:1: ends before </opml>; the file was cut off; export the list anew");
        let crossed = wrong("<opml><body>\n<outline text='a'>\n</body></opml>");
        assert!(crossed.starts_with("feeds.opml:3:") && crossed.contains("is no well-formed XML"), "{crossed}");
        assert!(wrong("<rss version='2.0'/>").starts_with("feeds.opml:1:1: is no OPML"));
        for text in ["", "no list", "{}"] {
            assert!(wrong(text).contains("ends before </opml>"), "{text}");
        }
        assert!(wrong(&opml("<outline text='A'/>")).contains("no feed is in it"));
    }

    #[test]
    fn every_address_that_is_none_is_named_at_once() {
        let text = opml(
            "<outline xmlUrl='/a.xml'/>\n<outline xmlUrl='ftp://example.org/b'/>\n<outline xmlUrl='https://example.org/?a&b'/>",
        );
        let wrong = wrong(&text);
        let lines: Vec<&str> = wrong.lines().collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].starts_with("feeds.opml:3:7: it is no address on the web"), "{}", lines[0]);
        assert!(lines[1].starts_with("feeds.opml:4:1: `ftp://` is not fetched"), "{}", lines[1]);
        assert!(lines[2].starts_with("feeds.opml:5:1: ") && lines[2].contains("&amp;"), "{}", lines[2]);
    }

    #[test]
    fn entities_that_a_list_declares_itself_are_not_expanded() {
        let text = "<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>
            <opml><body><outline text='&b;' xmlUrl='https://example.org/a'/></body></opml>";
        assert!(wrong(text).contains("a broken attribute"));
    }

    #[test]
    fn huge_nesting_ends_in_an_error() {
        let deep = |depth: usize| opml(&("<outline text='x'>".repeat(depth) + &"</outline>".repeat(depth)));
        assert!(wrong(&deep(200_000)).contains("more than 256 deep"));
        assert!(wrong(&deep(200)).contains("no feed is in it"));
    }
}
