use std::fs;

use super::*;

fn entry(edition: &str, made: &str) -> AtomEntry {
    AtomEntry { edition: edition.to_owned(), made: made.parse().unwrap(), ..AtomEntry::from(&parcel()) }
}

/// The texts of all elements of a name, with the check that the feed is well-formed.
fn texts(feed: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(feed);
    let mut texts = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == name => {
                let inside = reader.read_text(tag.name()).unwrap().into_inner();
                texts.push(quick_xml::escape::unescape(&inside).unwrap().into_owned());
            }
            quick_xml::events::Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn a_feed_has_the_newest_first_and_no_more_than_wanted() {
    let earlier = [
        entry("2026-11-24T0630", "2026-11-24T05:30:00Z"),
        entry("2026-11-25T0630", "2026-11-25T05:30:00Z"),
        entry("2026-11-26T0630", "2026-11-26T05:30:00Z"),
    ];
    let feed = atom::feed(&parcel(), &earlier, Some("https://example.org/feed.xml?a=1&b=2"), 2);
    assert_eq!(texts(&feed, "published"), ["2026-11-26T06:30:00+01:00", "2026-11-25T06:30:00+01:00"]);
    assert_eq!(texts(&feed, "updated")[0], "2026-11-26T06:30:00+01:00");
    assert_eq!(texts(&feed, "content")[0], "<p>Die Fähre &amp; der Pier.</p>");
    assert!(feed.contains("href=\"https://example.org/feed.xml?a=1&amp;b=2\""));
    assert!(feed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">"));
    assert_eq!(atom::feed(&parcel(), &earlier, None, 0).matches("<entry>").count(), 1);
}

#[test]
fn ids_are_permanent_and_differ() {
    let feed = atom::feed(&parcel(), &[entry("2026-11-25T0630", "2026-11-25T05:30:00Z")], None, 10);
    // If these change, every reader's program shows every edition again.
    assert_eq!(
        texts(&feed, "id"),
        [
            "urn:uuid:809bc2ce-941e-8b1f-b249-1baf1e3c0f57",
            "urn:uuid:667f0f3e-1cf2-802e-986f-e4e88a46b1f7",
            "urn:uuid:2669021d-a8b5-829d-b9db-16a31c531331",
        ]
    );
}

#[test]
fn what_xml_or_a_reader_would_obey_is_taken_out_or_escaped() {
    let mut sly = parcel();
    sly.subject = "</title>\u{1}\u{202e} ]]> & <b>".to_owned();
    sly.mail_html = "<p>a\u{0}\u{b}b\u{2066}\u{fffe}</p>\n<p>c</p>".to_owned();
    let feed = atom::feed(&sly, &[], None, 10);
    assert_eq!(texts(&feed, "title")[1], "</title> ]]> & <b>");
    assert_eq!(texts(&feed, "content"), ["<p>ab</p>\n<p>c</p>"]);
}

#[test]
fn the_file_of_a_feed_is_replaced_by_each_edition() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("feed.xml");
    let target = channel(Target::Atom { path: path.clone(), url: None, entries: 5 });
    done(deliver(&target, &parcel(), &[]));
    done(deliver(&target, &parcel(), &[entry("2026-11-25T0630", "2026-11-25T05:30:00Z")]));
    assert_eq!(texts(&fs::read_to_string(path).unwrap(), "published").len(), 2);
}
