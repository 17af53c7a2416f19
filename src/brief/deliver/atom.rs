//! Editions in, an Atom feed of the latest out (RFC 4287).
//!
//! Ids are permanent: they come from the ids of the briefing and the edition alone, so that a reader's program shows no edition
//! twice, wherever the feed moves.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::escape::escape;
use sha2::{Digest, Sha256};

use crate::brief::deliver::{AtomEntry, Parcel};
use crate::render::{plain, plain_path};

/// Writes the feed of an edition and those before it, the newest first, at most so many.
pub(super) fn feed(parcel: &Parcel, earlier: &[AtomEntry], url: Option<&str>, most: usize) -> String {
    let newest = AtomEntry::from(parcel);
    let others = earlier.iter().filter(|entry| entry.edition != newest.edition);
    let mut entries: Vec<&AtomEntry> = std::iter::once(&newest).chain(others).collect();
    entries.sort_by(|a, b| (b.made, &b.edition).cmp(&(a.made, &a.edition)));
    entries.dedup_by(|a, b| a.edition == b.edition);
    entries.truncate(most.max(1));

    let language = parcel.language.as_ref().map(|tag| format!(" xml:lang=\"{}\"", text(tag))).unwrap_or_default();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"{language}>\n  \
         <id>{}</id>\n  <title>{}</title>\n  <updated>{}</updated>\n  <author><name>epitome</name></author>\n  \
         <generator>epitome</generator>\n",
        id(&[&parcel.briefing]),
        text(&parcel.title),
        moment(entries[0].made, &parcel.zone),
    );
    if let Some(url) = url {
        let _ = writeln!(feed, "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", text(url));
    }
    for entry in entries {
        write_entry(&mut feed, entry, parcel);
    }
    feed.push_str("</feed>\n");
    feed
}

impl From<&Parcel> for AtomEntry {
    fn from(parcel: &Parcel) -> Self {
        Self {
            edition: parcel.edition.clone(),
            title: parcel.subject.clone(),
            made: parcel.made,
            summary: parcel.summary.clone(),
            html: parcel.mail_html.clone(),
        }
    }
}

fn write_entry(feed: &mut String, entry: &AtomEntry, parcel: &Parcel) {
    let made = moment(entry.made, &parcel.zone);
    let _ = write!(
        feed,
        "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <published>{made}</published>\n    \
         <updated>{made}</updated>\n    <summary>{}</summary>\n    <content type=\"html\">{}</content>\n  </entry>\n",
        id(&[&parcel.briefing, &entry.edition]),
        text(&entry.title),
        text(&entry.summary),
        escape(allowed(&lines(body(&entry.html)))),
    );
}

/// What stands in the body of a page: content of a feed should be what fits into a `<div>` (RFC 4287, 4.1.3.3).
fn body(html: &str) -> &str {
    let start = html.find("<body").and_then(|tag| html[tag..].find('>').map(|end| tag + end + 1));
    let Some(start) = start else { return html };
    let end = html.rfind("</body>").filter(|&end| end >= start).unwrap_or(html.len());
    html[start..end].trim()
}

/// A text on one line, with nothing in it that XML or a reader's program would obey.
fn text(text: &str) -> String {
    escape(allowed(&plain(text))).into_owned()
}

/// A text without the two characters that are no control characters and not allowed in XML 1.0 either (2.2).
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "")
}

/// A text of several lines without control characters and without marks that reorder text.
fn lines(text: &str) -> String {
    text.lines().map(plain_path).collect::<Vec<_>>().join("\n")
}

/// A moment as RFC 3339 writes it, in the zone of the briefing.
fn moment(moment: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let offset = zone.to_offset(moment);
    moment.display_with_offset(offset).to_string()
}

/// A name that is the same for the same parts for ever: a UUID of version 8 (RFC 9562), from their SHA-256.
fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new_with_prefix("epitome");
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut bytes: [u8; 16] = std::array::from_fn({
        let hash = hash.finalize();
        move |i| hash[i]
    });
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut id = "urn:uuid:".to_owned();
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        let _ = write!(id, "{byte:02x}");
    }
    id
}
