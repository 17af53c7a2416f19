//! Electronic mail in, the articles that it carries out: a message (RFC 5322 with MIME), or a mailbox of many (mbox).
//!
//! 1. `parts` finds the texts of a message among its parts, whatever they are packed in, and the messages inside of it.
//! 2. `lines` makes paragraphs of a plain text: it joins what was wrapped, and tells what is not the writer's own, quoted
//!    replies, signatures, the head of a forwarded message, and the lines about the subscription.
//! 3. What the header says becomes what is known of the article.
//!
//! The crate `mail-parser` reads headers: encoded words, addresses, dates, parameters. The tree of parts is walked here,
//! since it would follow messages in messages as deep as a hostile one has them.
//!
//! A newsletter and a wire by mail are articles. So is a letter to a list; what it quotes of others is not quoted again.

mod lines;
mod mailbox;
mod parts;

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use mail_parser::{Addr, DateTime, HeaderName, Message};

use self::lines::furniture;
use self::mailbox::is_mailbox;
pub(super) use self::parts::LONGEST_HEADER;
use self::parts::{Contents, contents};
use super::blocks::Stretch;
use super::decode::Refusal;
use super::extract::{Extract, Given};
use super::html::fragment;
use crate::date::Moment;
use crate::model::{Found, Limits, Markup, Span};

const LEAVE_OUT: &str = "leave it out";

/// Where a plain text has less than this share of the words of the same message in HTML, it says no more than that there
/// is one.
const STUB: f64 = 0.25;

/// Reads a message: what it says itself, or, where it says nothing, the first message inside of it.
///
/// # Errors
///
/// What is wrong with it: no header, no text, too many parts, parts in parts deeper than [`Limits::nesting`].
pub(super) fn message(bytes: &[u8], limits: &Limits) -> Result<Extract, Refusal> {
    let mut inside = bytes.to_vec();
    // A forwarded message may be forwarded itself.
    for _ in 0..parts::most_levels(limits) {
        let contents = contents(&inside, limits)?;
        match extract(&contents, limits)? {
            Some(extract) => return Ok(extract),
            None => match contents.messages.into_iter().next() {
                Some(message) => inside = message.into_owned(),
                None => break,
            },
        }
    }
    Err(("a message without a text".to_owned(), LEAVE_OUT))
}

/// The messages of a file.
pub(super) struct Messages<'m> {
    pub each: Vec<Cow<'m, [u8]>>,
    /// Whether there are more than [`Limits::articles`] allows.
    pub has_more: bool,
}

/// Parts a mailbox, or a message that is a digest of others; any other message is the only one. Each is then to be read by
/// [`message`].
pub(super) fn messages<'m>(bytes: &'m [u8], limits: &Limits) -> Messages<'m> {
    let most = usize::try_from(limits.articles).unwrap_or(usize::MAX);
    let mut each = if is_mailbox(bytes) {
        mailbox::messages(bytes, most)
    } else {
        let digest = contents(bytes, limits).ok().filter(|outer| outer.is_digest && !outer.messages.is_empty());
        digest.map_or_else(|| vec![bytes.into()], |outer| outer.messages)
    };
    let has_more = each.len() > most;
    each.truncate(most);
    Messages { each, has_more }
}

/// Headers that programs write, and nobody who writes a text that happens to begin with `From:` and `Date:`.
const MACHINE_MADE: &[&str] = &[
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "content-type",
    "content-transfer-encoding",
    "dkim-signature",
    "authentication-results",
    "list-id",
    "list-unsubscribe",
];

/// So many of them tell a message; one does where all of [`WRITTEN`] stand beside it.
const FEWEST_MACHINE_MADE: usize = 2;

/// What a message says of itself, and a memo may say, too.
const WRITTEN: [&str; 3] = ["from", "subject", "date"];

/// Whether a file that begins like this is a message or a mailbox: header lines, two of them machine-made. Servers put
/// theirs on top, so that who wrote it may stand as far down as at the end of [`LONGEST_HEADER`]. Behind the line that
/// begins a message of a mailbox any header will do.
pub(super) fn looks_like_mail(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let in_mailbox = is_mailbox(start);
    let start = if in_mailbox { mailbox::behind_first_line(start) } else { start };
    let (mut machine_made, mut written) = (0, [false; WRITTEN.len()]);
    for (index, line) in start.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        // A header goes on in an indented line.
        if line[0] == b' ' || line[0] == b'\t' {
            if index == 0 {
                return false;
            }
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
        let name = line[..colon].to_ascii_lowercase();
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_graphic()) {
            break;
        }
        machine_made += usize::from(MACHINE_MADE.iter().any(|known| known.as_bytes() == name));
        if let Some(known) = WRITTEN.iter().position(|known| known.as_bytes() == name) {
            written[known] = true;
        }
        let (any, all) = (written.contains(&true), !written.contains(&false));
        if any && (in_mailbox || machine_made >= FEWEST_MACHINE_MADE) || all && machine_made > 0 {
            return true;
        }
    }
    false
}

/// The article that a message is, unless it has no text.
fn extract(contents: &Contents<'_>, limits: &Limits) -> Result<Option<Extract>, Refusal> {
    let plain = contents.plain.iter().map(|part| lines::paragraphs(&part.text, part.flow));
    let plain = joined(plain.collect());
    let own = |(text, stretches): &(String, Vec<Stretch>)| {
        let own = stretches.iter().filter(|stretch| stretch.known.is_none());
        own.map(|stretch| stretch.span.of(text).split_whitespace().count()).sum::<usize>()
    };
    let mut best = plain;
    if !contents.html.is_empty() {
        let formatted: Result<Vec<_>, Refusal> = contents.html.iter().map(|part| fragment(part, limits)).collect();
        let mut formatted = joined(formatted?);
        for stretch in formatted.1.iter_mut().filter(|stretch| stretch.known.is_none()) {
            stretch.known = furniture(stretch.span.of(&formatted.0));
        }
        if (own(&best) as f64) < STUB * own(&formatted) as f64 {
            best = formatted;
        }
    }
    let (text, stretches) = best;
    let is_forwarded = lines::has_forwarded_head(&text);
    let given = given(&contents.header, is_forwarded);
    Ok((!text.is_empty()).then_some(Extract { text, stretches, markup: Markup::Mail, given }))
}

/// Texts one below the other.
fn joined(texts: Vec<(String, Vec<Stretch>)>) -> (String, Vec<Stretch>) {
    let mut texts = texts.into_iter().filter(|(text, _)| !text.is_empty());
    let Some((mut whole, mut all)) = texts.next() else { return Default::default() };
    for (text, stretches) in texts {
        whole.push_str("\n\n");
        let shift = whole.len();
        let shifted =
            |Stretch { span, known }| Stretch { span: Span::new(span.start + shift, span.end + shift), known };
        all.extend(stretches.into_iter().map(shifted));
        whole.push_str(&text);
    }
    (whole, all)
}

/// What the header says.
///
/// Whoever forwards a message has not written it, and a browser that saves a page as a message has not published it:
/// of those the title alone is taken.
fn given(header: &Message<'_>, is_forwarded: bool) -> Given {
    let found = Found::MailHeader;
    let has = |name: HeaderName<'static>| header.header(name).is_some();
    let raw = |name: &'static str| header.header_raw(name).map(str::trim).filter(|value| !value.is_empty());
    let subject = header.subject().map(lines::one_line).unwrap_or_default();
    let (title, is_marked_forwarded) = title(&subject, has(HeaderName::ListId));
    let mut given = Given { title: title.map(|title| (title, found)), ..Given::default() };
    if let Some(address) = raw("Snapshot-Content-Location") {
        given.url = web_address(address).map(|url| (url, found));
        return given;
    }
    given.language = raw("Content-Language").and_then(|tags| tags.split(',').next()?.parse().ok());
    if is_forwarded || is_marked_forwarded {
        return given;
    }
    given.published = header.date().and_then(moment).map(|moment| (moment, found));
    given.url = raw("Archived-At").and_then(web_address).map(|url| (url, found));
    let name = header.from().and_then(|from| from.first()).and_then(name).map(|name| (name, found));
    // A list that anybody may write to says how; what comes from the others, an outlet sends.
    let anybody_writes = raw("List-Post").is_some_and(|post| !post.eq_ignore_ascii_case("no"));
    let is_newsletter = (has(HeaderName::ListId) || has(HeaderName::ListUnsubscribe)) && !anybody_writes;
    if is_newsletter {
        given.publisher = name;
    } else {
        given.byline = name;
    }
    given
}

/// What programs put in front of the subject of an answer, and of a message that is sent on, in several languages.
const ANSWERED: &[&str] = &["re", "aw", "antw", "sv", "vs", "ref", "rif", "odp", "ynt"];
const FORWARDED: &[&str] = &["fwd", "fw", "wg", "tr", "rv", "vl", "i", "enc", "pd", "doorst"];

/// The subject without what was put in front of it, and whether that says that the message was forwarded.
fn title(subject: &str, is_from_list: bool) -> (Option<String>, bool) {
    let (mut title, mut is_forwarded) = (subject, false);
    loop {
        let mark = title.split_once(':').map(|(mark, rest)| (mark.trim().to_lowercase(), rest));
        let rest = match mark {
            // `Re[2]:`
            Some((mark, rest)) if ANSWERED.contains(&mark.split('[').next().unwrap_or_default()) => rest,
            Some((mark, rest)) if FORWARDED.contains(&&*mark) => {
                is_forwarded = true;
                rest
            }
            _ => match title.strip_prefix('[').and_then(|title| title.split_once(']')) {
                Some((_, rest)) if is_from_list => rest,
                _ => break,
            },
        };
        if rest.trim().is_empty() {
            break;
        }
        title = rest.trim();
    }
    ((!title.is_empty()).then(|| title.to_owned()), is_forwarded)
}

/// The name of who sent it, unless there is an address alone.
fn name(address: &Addr<'_>) -> Option<String> {
    let name = lines::one_line(address.name()?);
    // Lists put themselves behind the name of who wrote to them.
    let name = name.split(" via ").next().unwrap_or_default().trim_matches(['"', '\'', ' ']).to_owned();
    (name.chars().any(char::is_alphabetic) && !name.contains('@')).then_some(name)
}

/// The date in its own zone.
fn moment(date: &DateTime) -> Option<Moment> {
    let day = Date::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()?;
    let time = Time::new(date.hour.try_into().ok()?, date.minute.try_into().ok()?, 0, 0).ok()?;
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let ahead = if date.tz_before_gmt { -minutes } else { minutes };
    Some(Moment { date: day, time: Some(time), offset: Offset::from_seconds(ahead * 60).ok() })
}

/// An address of the web, perhaps in angle brackets.
fn web_address(text: &str) -> Option<String> {
    let address = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let is_one = address.starts_with("https://") || address.starts_with("http://");
    (is_one && !address.contains(|c: char| c.is_whitespace() || c.is_control())).then(|| address.to_owned())
}

#[cfg(test)]
mod tests;
