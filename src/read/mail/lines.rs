//! A plain text of a message in, paragraphs and what they are out.
//!
//! Lines of mail end for two reasons. Where the text says so (`format=flowed`, RFC 3676) a line that ends in a space goes on
//! in the next; elsewhere [`plain`] tells hard-wrapped lines from paragraphs by their lengths, as in any plain text.

use super::super::blocks::Stretch;
use super::super::plain;
use crate::model::{BlockKind, Cue, Span};

/// What the line ends of a text mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// The lines are as they were typed or wrapped.
    Fixed,
    /// A line that ends in a space goes on in the next.
    Flowed,
    /// The same, and the space is no part of the text.
    WithoutSpaces,
}

type Known = Option<(BlockKind, Cue)>;

/// Others' words, and what programs write.
const NOT_OWN: Known = Some((BlockKind::Markup, Cue::MarkedUp));

/// Below the line that ends the text.
const SIGNATURE: Known = Some((BlockKind::Notice, Cue::BelowEnd));

/// A line of two hyphens without the space behind them may be a rule; with no more than so many lines below it ends the
/// text all the same.
const LONGEST_SIGNATURE: usize = 8;

/// Makes paragraphs, parted by blank lines, and says what is not the writer's own text.
pub(super) fn paragraphs(text: &str, flow: Flow) -> (String, Vec<Stretch>) {
    let mut draft = Draft::default();
    let mut lines: Vec<Line<'_>> = text.lines().map(|line| Line::of(line, flow)).collect();
    take_forwarded(&mut lines);
    mark(&mut lines);
    for group in lines.chunk_by(|a, b| a.known == b.known && a.depth == b.depth) {
        let joined = joined(group, flow);
        for stretch in plain::stretches(&joined) {
            draft.add(stretch.span.of(&joined), group[0].known);
        }
    }
    (draft.text, draft.stretches)
}

/// A line without its marks.
struct Line<'t> {
    text: &'t str,
    /// How often it was quoted.
    depth: usize,
    known: Known,
}

impl<'t> Line<'t> {
    fn of(line: &'t str, flow: Flow) -> Self {
        let (mut text, mut depth) = (line, 0);
        // Not `>From `, which programs write for a line that begins so.
        while let Some(behind) = text.strip_prefix('>').filter(|behind| !behind.starts_with("From ")) {
            depth += 1;
            // Fixed lines are quoted with a space behind each mark, or without.
            text = if flow == Flow::Fixed { behind.strip_prefix(' ').unwrap_or(behind) } else { behind };
        }
        if flow != Flow::Fixed {
            text = text.strip_prefix(' ').unwrap_or(text);
        }
        text = text.strip_prefix(">From ").map_or(text, |_| &text[1..]);
        Self { text, depth, known: if depth > 0 { NOT_OWN } else { None } }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Takes a mark of quoting off where all that follows the line that says so was quoted to forward it.
fn take_forwarded(lines: &mut [Line<'_>]) {
    let Some(start) = lines.iter().position(|line| line.depth == 0 && is_forwarding(line.text)) else { return };
    let forwarded = &mut lines[start + 1..];
    if forwarded.iter().all(|line| line.depth > 0 || line.is_blank()) {
        for line in forwarded.iter_mut().filter(|line| line.depth > 0) {
            line.depth -= 1;
            line.known = line.known.filter(|_| line.depth > 0);
        }
    }
}

/// Marks the head of a forwarded message, the line above a quoted one, and the signature.
fn mark(lines: &mut [Line<'_>]) {
    let mut in_head = false;
    for index in 0..lines.len() {
        let line = &lines[index];
        if is_forwarding(line.text) {
            in_head = true;
        } else if in_head && line.depth == 0 && !line.is_blank() {
            // The names of the fields are in the language of the program.
            in_head =
                line.text.starts_with([' ', '\t']) || line.text.split_once(": ").is_some_and(|(n, _)| n.len() < 20);
        }
        if in_head && !lines[index].is_blank() {
            lines[index].known = NOT_OWN;
        } else if in_head && index > 0 && !is_forwarding(lines[index - 1].text) {
            in_head = false;
        }
    }
    let mut above = None;
    for index in 0..lines.len() {
        if lines[index].depth == 0 {
            above = if lines[index].is_blank() { above } else { Some(index) };
        } else if let Some(above) = above.take()
            && lines[above].text.trim_end().ends_with(':')
        {
            lines[above].known = NOT_OWN;
        }
    }
    if let Some(end) = lines.iter().rposition(|line| line.depth == 0 && matches!(line.text, "-- " | "--")) {
        let below = lines[end + 1..].iter().filter(|line| !line.is_blank()).count();
        if lines[end].text == "-- " || below <= LONGEST_SIGNATURE {
            lines[end..].iter_mut().for_each(|line| line.known = SIGNATURE);
        }
    }
}

/// Whether a line says that a forwarded message follows: `---------- Forwarded message ---------`.
fn is_forwarding(line: &str) -> bool {
    const LONGEST: usize = 60;
    let line = line.trim();
    let name = line.trim_matches(['-', '=', '_', ' ']);
    let names = ["forwarded message", "original message", "begin forwarded message:", "weitergeleitete nachricht"];
    let more = ["ursprüngliche nachricht", "message transféré", "message d'origine", "mensaje reenviado"];
    if name.len() > LONGEST || (name.len() == line.len() && !name.ends_with(':')) {
        return false;
    }
    let name = name.to_lowercase();
    names.into_iter().chain(more).any(|known| name.starts_with(known))
}

/// Whether a text has the head of a forwarded message.
pub(super) fn has_forwarded_head(text: &str) -> bool {
    text.lines().any(is_forwarding)
}

/// The lines of a group as one text, in which line ends mean what they mean in a plain text.
fn joined(group: &[Line<'_>], flow: Flow) -> String {
    let mut joined = String::new();
    for line in group {
        let goes_on = flow != Flow::Fixed && line.text.ends_with(' ') && line.text != "-- ";
        joined.push_str(if goes_on && flow == Flow::WithoutSpaces {
            line.text.trim_end_matches(' ')
        } else {
            line.text
        });
        if !goes_on {
            // In a flowed text a line end is the writer's own.
            joined.push_str(if flow == Flow::Fixed { "\n" } else { "\n\n" });
        }
    }
    joined
}

/// The text so far.
#[derive(Default)]
struct Draft {
    text: String,
    stretches: Vec<Stretch>,
}

impl Draft {
    fn add(&mut self, paragraph: &str, known: Known) {
        let paragraph = one_line(&without_addresses(paragraph));
        if paragraph.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        let known = known.or_else(|| furniture(&paragraph));
        self.text.push_str(&paragraph);
        self.stretches.push(Stretch { span: Span::new(start, self.text.len()), known });
    }
}

/// A text on one line: white space becomes single spaces, other control characters go.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text without the addresses of the web that stand in brackets behind words: what is left of links where HTML was made
/// plain text.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[', '<']) {
        let (before, bracketed) = rest.split_at(at);
        let close = match bracketed.as_bytes()[0] {
            b'(' => ')',
            b'[' => ']',
            _ => '>',
        };
        let inside = bracketed[1..].trim_start();
        let is_address = ["http://", "https://", "mailto:"].iter().any(|scheme| inside.starts_with(scheme));
        let end = if is_address { end_of_address(inside, close) } else { None };
        match end {
            Some(end) => {
                out.push_str(before.trim_end_matches(' '));
                rest = &inside[end..];
            }
            None => {
                out.push_str(before);
                out.push_str(&bracketed[..1]);
                rest = &bracketed[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where an address ends with the bracket that closes it: at its last one, or behind a space.
fn end_of_address(text: &str, close: char) -> Option<usize> {
    /// Longer ones are no addresses.
    const LONGEST: usize = 4_000;
    let end = text.bytes().take(LONGEST).position(|byte| byte.is_ascii_whitespace());
    let address = text.get(..end.unwrap_or(text.len().min(LONGEST)))?;
    let behind = text[address.len()..].trim_start_matches([' ', '\t', '\n']);
    match address.rfind(close) {
        Some(at) => Some(at + 1),
        None => behind.starts_with(close).then(|| text.len() - behind.len() + 1),
    }
}

/// A paragraph about the message or the subscription is no longer than this.
const LONGEST_FURNITURE: usize = 400;

/// What stands above and below newsletters in place of text, in lower case.
#[rustfmt::skip]
const ABOUT_THE_MESSAGE: &[&str] = &[
    "in your browser", "in browser", "in a browser", "view online", "read online", "view this email",
    "view this e-mail", "view as a web page", "web version", "im browser", "onlineversion", "online-version",
    "dans le navigateur", "dans votre navigateur", "version en ligne", "en el navegador", "en tu navegador",
    "nel browser", "in je browser", "trouble viewing", "trouble reading", "images not displaying",
    "does not support html", "wird nicht korrekt",
];
#[rustfmt::skip]
const ABOUT_THE_SUBSCRIPTION: &[&str] = &[
    "unsubscribe from", "to unsubscribe", "unsubscribe here", "unsubscribe:", "unsubscribe at",
    "click here to unsub", "you are receiving this", "you're receiving this", "you received this",
    "this email was sent to", "this e-mail was sent to", "this message was sent to", "was sent to you",
    "manage your", "update your preferences", "update preferences", "email preferences", "subscription preferences",
    "add us to your address book", "forward to a friend", "forwarded this email", "forwarded to you", "abbestellen",
    "abmelden", "sie erhalten diese", "se désabonner", "désabonner", "désinscrire", "darse de baja",
    "darte de baja", "cancelar suscri", "cancellarti", "disiscri", "afmelden", "uitschrijven", "отписаться",
    "avregistrera", "wypisz",
];

/// What a paragraph is that is about the message instead of the news, or that has no words.
pub(super) fn furniture(paragraph: &str) -> Known {
    let has_words =
        paragraph.split_whitespace().any(|word| word.chars().any(char::is_alphanumeric) && !is_address(word));
    if !has_words {
        return NOT_OWN;
    }
    if paragraph.len() > LONGEST_FURNITURE {
        return None;
    }
    let lower = paragraph.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    if has(ABOUT_THE_SUBSCRIPTION) || lower.trim_matches(|c: char| !c.is_alphabetic()) == "unsubscribe" {
        return Some((BlockKind::Subscription, Cue::Words));
    }
    // `In your browser` may be said in news of browsers; a link has no more words than this.
    const LONGEST_LINK: usize = 16;
    let is_link = lower.split_whitespace().filter(|word| !is_address(word)).count() <= LONGEST_LINK;
    (is_link && has(ABOUT_THE_MESSAGE)).then_some((BlockKind::Navigation, Cue::Words))
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '[']);
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
}
