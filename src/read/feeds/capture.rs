//! What stands in an element of a feed in, piece by piece; its text out, as a line or as content.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Text;
use super::extent::Called;
use super::text::{Form, has_tag, is_html, is_void, line, lines, push_escaped};
use super::vocabulary::{Field, Rank};
use super::xml::Tag;

/// How the text of an element is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    As(Form),
    /// As elements: XHTML.
    Inline,
    Base64(Form),
}

/// The text of an element, while it is read.
pub(super) struct Capture<'t> {
    pub field: Field,
    pub rank: Rank,
    pub written: Written,
    /// Whether the element is one of Atom, which tells summaries from content.
    pub is_atom: bool,
    /// Whether an id is said to be an address.
    pub is_permalink: Option<bool>,
    /// The language that the element, or the entry around it, is said to be in.
    pub language: Option<&'t str>,
    text: String,
    /// Elements in it that are open.
    open: Vec<&'t str>,
}

/// Base64 as people write it: with its padding and without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl<'t> Capture<'t> {
    pub fn new(field: Field, rank: Rank, written: Written) -> Self {
        let (text, open) = (String::new(), Vec::new());
        Self { field, rank, written, is_atom: false, is_permalink: None, language: None, text, open }
    }

    /// Takes a tag within the text: a part of it where it is HTML or XHTML, and nothing where it is plain.
    pub fn open(&mut self, tag: Tag<'t>) {
        self.open.push(tag.name.local);
        if self.has_markup() {
            let attributes = tag.attributes.trim_end();
            for part in ["<", tag.name.local, attributes, ">"] {
                self.text.push_str(part);
            }
        }
    }

    /// Takes the end of the innermost element within the text.
    pub fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.has_markup() && !is_void(name) {
            for part in ["</", name, ">"] {
                self.text.push_str(part);
            }
        }
    }

    /// Takes text, in which references are resolved.
    pub fn push(&mut self, text: &str) {
        match self.written {
            Written::Inline => push_escaped(&mut self.text, text),
            Written::As(_) | Written::Base64(_) => self.text.push_str(text),
        }
    }

    /// The text as it was taken.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// The text as one plain line; none if it has no word.
    pub fn line(&self) -> Option<String> {
        let (text, form) = self.decoded();
        Some(line(&text, form)).filter(|line| !line.is_empty())
    }

    /// The text as the content of an entry; none if it is empty.
    pub fn content(&self) -> Option<(Text, Called)> {
        let (text, form) = self.decoded();
        let has_markup = match form {
            Form::Html => is_html(&text),
            // Said to be plain, or nothing said: many programs forget to say that it is HTML.
            Form::Text => has_tag(&text),
        };
        let text = if has_markup { Text::Html(text) } else { Text::Plain(lines(&text)) };
        let (Text::Html(written) | Text::Plain(written)) = &text;
        if written.trim().is_empty() {
            return None;
        }
        let called = match (self.field, self.is_atom) {
            (Field::Content, _) => Called::Content,
            (_, true) => Called::Summary,
            (_, false) => Called::Description,
        };
        Some((text, called))
    }

    fn has_markup(&self) -> bool {
        matches!(self.written, Written::Inline | Written::As(Form::Html))
    }

    /// The text with base64 decoded, and how its characters are meant.
    fn decoded(&self) -> (String, Form) {
        match self.written {
            Written::As(form) => (self.text.clone(), form),
            Written::Inline => (self.text.clone(), Form::Html),
            Written::Base64(form) => {
                let letters: Vec<u8> = self.text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
                let text = BASE64.decode(letters).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                // A picture or an archive has no text. A title of a strange type is written plainly all the same.
                let other = if self.field == Field::Content { String::new() } else { self.text.clone() };
                (text.unwrap_or(other), form)
            }
        }
    }
}
