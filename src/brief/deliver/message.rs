//! An edition in, a message for the mail out (RFC 5322, RFC 2045).
//!
//! The same edition gives the same bytes each time: its `Message-ID`, its boundary and its date all come from the edition.

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MessageBuilder, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use crate::brief::config::{Form, Mail};
use crate::brief::deliver::Parcel;
use crate::error::{Error, ErrorKind};
use crate::render::plain;

/// A subject is not longer than this many characters: a line of a header ends at 998 bytes (RFC 5322, 2.1.1), and no list of
/// messages shows more.
const SUBJECT_CHARS: usize = 200;

/// Whom a message is from and to.
pub(super) struct Post<'a> {
    pub from: &'a str,
    pub to: &'a [String],
    /// How a reader gets off the list; by default a mail to `from`.
    pub unsubscribe: Option<&'a str>,
}

impl<'a> Post<'a> {
    pub fn of(mail: &'a Mail) -> Self {
        Self { from: &mail.from, to: &mail.to, unsubscribe: mail.unsubscribe.as_deref() }
    }

    /// Whether messages could be made with it.
    pub fn check(&self) -> Result<(), Error> {
        mailbox("from", self.from)?;
        recipients(self.to)?;
        self.unsubscribe.map_or(Ok(()), |way| unsubscribe_link(way).map(drop))
    }
}

/// Makes the message of an edition for a channel.
pub(super) fn of(parcel: &Parcel, channel: &str, post: &Post<'_>) -> Result<Message, Error> {
    let from = mailbox("from", post.from)?;
    let id = |edition: &str| message_id(edition, channel, &parcel.briefing, &from.email);
    let unsubscribe = match post.unsubscribe {
        Some(way) => unsubscribe_link(way)?,
        None => unsubscribe_by_mail(&from.email, &parcel.briefing),
    };
    let text = String::from_utf8_lossy(parcel.form(Form::Text)?).into_owned();

    let mut builder = Message::builder()
        .date(parcel.made.max(Timestamp::UNIX_EPOCH).into())
        .from(from.clone())
        .subject(subject(&parcel.subject))
        .message_id(Some(id(&parcel.edition)));
    for to in recipients(post.to)? {
        builder = builder.to(to);
    }
    if let Some(previous) = &parcel.previous {
        builder = builder.in_reply_to(id(previous)).references(id(previous));
    }
    // Lists of this machine (RFC 2919, 3), the way off a list (RFC 2369), and no answers by machines (RFC 3834).
    builder = with(builder, "List-ID", format!("<{}.localhost>", atom(&parcel.briefing)));
    builder = with(builder, "List-Unsubscribe", unsubscribe);
    builder = with(builder, "Auto-Submitted", "auto-generated".to_owned());
    if let Some(language) = &parcel.language {
        builder = with(builder, "Content-Language", atom(language));
    }
    builder.multipart(body(&id(&parcel.edition), &text, &parcel.mail_html)).map_err(|error| {
        Error::new(ErrorKind::Fault, &parcel.edition, format!("no message can be made of it ({error})"), "")
    })
}

/// A text and the same in HTML, which comes last because programs show the last that they can (RFC 2046, 5.1.4).
fn body(id: &str, text: &str, html: &str) -> MultiPart {
    // No text can hold the hash of itself, so that none can end its part early.
    let mut hash = Sha256::new();
    for part in [id, text, html] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let boundary: String = hash.finalize().iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    let part = |kind: ContentType, content: &str| SinglePart::builder().header(kind).body(lines(content));
    MultiPart::alternative()
        .boundary(boundary)
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .singlepart(part(ContentType::TEXT_HTML, html))
}

/// A text with the line ends of the mail.
fn lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 32);
    for line in text.split_terminator('\n') {
        // A lone carriage return would be a line end to some and nothing to others.
        lines.extend(line.chars().filter(|&c| c == '\t' || !c.is_control()));
        lines.push_str("\r\n");
    }
    lines
}

/// The name of a message, the same whenever it is sent: of an edition, a channel and a briefing, in the domain of the sender.
fn message_id(edition: &str, channel: &str, briefing: &str, from: &Address) -> String {
    let domain = if from.domain().is_ascii() { from.domain() } else { "epitome.invalid" };
    format!("<{}.{}.{}@{domain}>", atom(edition), atom(channel), atom(briefing))
}

/// A text as an atom of a header (RFC 5322, 3.2.3).
fn atom(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

/// A title on one line. What looks like an encoded word (RFC 2047) would be shown as something else: it is parted.
fn subject(title: &str) -> String {
    let title = plain(title).replace("=?", "= ?");
    match title.char_indices().nth(SUBJECT_CHARS) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    }
}

fn recipients(to: &[String]) -> Result<Vec<Mailbox>, Error> {
    if to.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "to", "nobody to send to", "give at least one address"));
    }
    to.iter().map(|to| mailbox("to", to)).collect()
}

/// `Name <address>` or an address, all of it: what is left over would be ignored without a word.
fn mailbox(place: &str, text: &str) -> Result<Mailbox, Error> {
    let text = text.trim();
    let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (plain(name.trim().trim_matches('"')), address),
        None => (String::new(), text),
    };
    match address.parse::<Address>() {
        Ok(email) if text.chars().all(|c| !c.is_control()) => {
            Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), email))
        }
        _ => Err(Error::new(
            ErrorKind::Usage,
            format!("{place} \"{}\"", plain(text)),
            "not an address of the mail",
            "write it as name@example.org or Name <name@example.org>",
        )),
    }
}

fn unsubscribe_link(way: &str) -> Result<String, Error> {
    let known = way.starts_with("mailto:") || way.starts_with("https:");
    if known && way.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>,".contains(&byte)) {
        return Ok(format!("<{way}>"));
    }
    let place = format!("unsubscribe \"{}\"", plain(way));
    Err(Error::new(
        ErrorKind::Usage,
        place,
        "not an address that fits into a header",
        "begin it with mailto: or https:",
    ))
}

/// A mail to the sender that says what it is about (RFC 6068).
fn unsubscribe_by_mail(from: &Address, briefing: &str) -> String {
    let mut address = String::new();
    for byte in from.to_string().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("<mailto:{address}?subject=unsubscribe%20{}>", atom(briefing))
}

/// Adds a header that lettre has no type for. It folds and encodes what needs it.
fn with(builder: MessageBuilder, name: &'static str, value: String) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value))
}
