//! Text of an XML document in, its elements and their text out, in order, however broken it is.
//!
//! `quick-xml` cuts the text into tags, text and the rest; what makes a document of them is here: tags that were not
//! closed or cross each other are set right, a `<` or `&` that is none is text, names get their vocabulary, references
//! their characters. XML asks a reader to stop at the first of such errors; readers of feeds never could.

use std::borrow::Cow;

use quick_xml::events::Event as Piece;
use quick_xml::events::attributes::Attributes;
use quick_xml::reader::Reader;

use super::entities::Entities;
use super::links::{LONGEST_BASE, resolve};
use super::vocabulary::{Dialect, Name, Vocabulary};
use crate::model::Limits;
use crate::read::decode::Refusal;

/// What a document has, one after the other. Every start has its end.
#[derive(Debug)]
pub(super) enum Event<'t> {
    Start(Tag<'t>),
    End,
    Text(Cow<'t, str>),
}

/// A tag that opens an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'t> {
    pub name: Name<'t>,
    /// What stands behind the name, as it is written.
    pub attributes: &'t str,
}

/// Some breaks can only be seen at the end of the document: a comment, a quoted value that is not closed. Behind so many
/// of them the rest is given up, so that no document is read through for each of its bytes.
const MOST_REPAIRS: usize = 64;

/// So many prefixes are known at once. No feed has thirty; names are looked up among them one by one.
const MOST_DECLARED: usize = 256;

/// The elements of a document, one by one.
pub(super) struct Document<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where in the text the reader began.
    begun: usize,
    entities: Entities<'t>,
    dialect: Dialect,
    open: Vec<Open<'t>>,
    /// The vocabularies of prefixes, those of inner elements behind.
    declared: Vec<(&'t str, Vocabulary)>,
    /// How many of the innermost elements are yet to be closed for the reader of the events.
    closing: usize,
    most_open: u64,
    repairs: usize,
    damage: Option<String>,
}

/// An element that is open.
struct Open<'t> {
    /// With the prefix, as written.
    name: &'t str,
    /// How many declarations there were before its own.
    declared: usize,
    /// The address that those in it are relative to, where it says one.
    base: Option<String>,
    language: Option<&'t str>,
}

impl<'t> Document<'t> {
    pub fn new(text: &'t str, limits: &Limits) -> Self {
        Self {
            text,
            reader: reader(text),
            begun: 0,
            entities: Entities::new(limits),
            dialect: Dialect::default(),
            open: Vec::new(),
            declared: Vec::new(),
            closing: 0,
            most_open: limits.nesting,
            repairs: 0,
            damage: None,
        }
    }

    /// Says whose elements those without a known namespace are, and those that have the prefix of the root.
    pub fn speaks(&mut self, dialect: Dialect) {
        self.dialect = dialect;
        let prefix = self.open.first().and_then(|root| root.name.split_once(':')).map(|(prefix, _)| prefix);
        if let Some(prefix) = prefix.filter(|_| !dialect.is_unknown()) {
            self.declared.push((prefix, dialect.vocabulary()));
        }
    }

    /// The first thing that was broken so that something may be missing or in the wrong place.
    pub fn damage(self) -> Option<String> {
        self.damage
    }

    /// The next of the document's events; none at its end.
    ///
    /// # Errors
    ///
    /// A limit that the document exceeds.
    pub fn next_event(&mut self) -> Result<Option<Event<'t>>, Refusal> {
        if self.closing > 0 {
            return Ok(Some(self.close_one()));
        }
        loop {
            let at = self.position();
            let rest = &self.text[at..];
            if let Some(length) = no_markup(rest) {
                self.go_on_at(at + length);
                return Ok(Some(Event::Text(Cow::Borrowed(&rest[..length]))));
            }
            if let Some(length) = foreign_declaration(rest) {
                self.go_on_at(at + length);
                continue;
            }
            let piece = self.reader.read_event();
            let raw = &self.text[at..self.position()];
            let event = match piece {
                Ok(Piece::Start(_)) => Some(self.start(&raw[1..raw.len() - 1])?),
                Ok(Piece::Empty(_)) => {
                    let start = self.start(&raw[1..raw.len() - 2])?;
                    self.closing = 1;
                    Some(start)
                }
                Ok(Piece::End(_)) => self.end(raw),
                Ok(Piece::Text(_)) => Some(Event::Text(Cow::Borrowed(raw))),
                Ok(Piece::CData(_)) => Some(Event::Text(Cow::Borrowed(&raw[CDATA.len()..raw.len() - "]]>".len()]))),
                Ok(Piece::GeneralRef(_)) => Some(Event::Text(self.entities.character(raw)?)),
                Ok(Piece::DocType(_)) => {
                    self.entities.declare(raw);
                    None
                }
                Ok(Piece::Comment(_) | Piece::PI(_) | Piece::Decl(_)) => None,
                Ok(Piece::Eof) => return Ok(self.end_of_text()),
                Err(_) => self.repair(at)?,
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// The value of an attribute that has no prefix.
    pub fn attribute(&mut self, tag: Tag<'t>, name: &str) -> Result<Option<String>, Refusal> {
        self.attributes(tag.attributes).find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or(
            Ok(None),
            |(_, value)| {
                let value = self.entities.resolve(value)?;
                Ok(Some(value.trim().to_owned()))
            },
        )
    }

    /// The address that relative ones are relative to here, if any element says one.
    pub fn base(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|open| open.base.as_deref())
    }

    /// The language that is said for this place, by elements that stand in so many others at least.
    pub fn language_within(&self, depth: usize) -> Option<&'t str> {
        self.open.iter().skip(depth).rev().find_map(|open| open.language)
    }

    fn position(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.begun.saturating_add(read).min(self.text.len())
    }

    fn go_on_at(&mut self, at: usize) {
        // The reader takes a byte-order mark away without counting it, even in the middle of the text.
        let marks = self.text[at..].len() - self.text[at..].trim_start_matches('\u{feff}').len();
        self.begun = at + marks;
        self.reader = reader(&self.text[self.begun..]);
    }

    fn damaged(&mut self, how: impl FnOnce() -> String) {
        self.damage.get_or_insert_with(how);
    }

    /// Opens the element of a tag, of which the text between its brackets is given.
    fn start(&mut self, inside: &'t str) -> Result<Event<'t>, Refusal> {
        if self.open.len() as u64 >= self.most_open {
            return Err((Limits::exceeded("nesting", self.most_open), Limits::WAY_OUT));
        }
        let length = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = (&inside[..length], &inside[length..]);
        if attributes.contains('<') {
            self.damaged(|| format!("`<{}` has no end", shown(name)));
        }
        let declared = self.declared.len();
        let (mut base, mut language) = (None, None);
        for (attribute, value) in self.attributes(attributes) {
            match attribute {
                "xmlns" => self.declare("", value),
                "xml:base" => {
                    let address = self.entities.resolve(value)?;
                    // To an empty one nothing is relative: a longer one is copied nowhere.
                    let address = Some(address.trim()).filter(|address| address.len() <= LONGEST_BASE);
                    let address = address.map(|address| resolve(self.base(), address));
                    base = Some(address.filter(|address| address.len() <= LONGEST_BASE).unwrap_or_default());
                }
                "xml:lang" => language = Some(value),
                _ => {
                    if let Some(prefix) = attribute.strip_prefix("xmlns:") {
                        self.declare(prefix, value);
                    }
                }
            }
        }
        self.open.push(Open { name, declared, base, language });
        Ok(Event::Start(Tag { name: self.name(name), attributes }))
    }

    fn declare(&mut self, prefix: &'t str, address: &str) {
        if self.declared.len() < MOST_DECLARED {
            self.declared.push((prefix, Vocabulary::of(address)));
        }
    }

    /// The attributes of a tag with their values as written. What is broken among them is passed over.
    fn attributes(&self, written: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let mut attributes = Attributes::html(written, 0);
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| match attribute.value {
            Cow::Borrowed(value) => Some((attribute.key.into_inner(), value)),
            Cow::Owned(_) => None,
        })
    }

    /// A written name with the vocabulary that it is of.
    fn name(&self, written: &'t str) -> Name<'t> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let declared =
            self.declared.iter().rev().find(|(known, _)| *known == prefix).map(|(_, vocabulary)| *vocabulary);
        Name { vocabulary: Vocabulary::resolved(declared, prefix, self.dialect), local }
    }

    /// Closes the element that an end tag names, and those in it that have none of their own.
    fn end(&mut self, raw: &'t str) -> Option<Event<'t>> {
        let name = raw.trim_start_matches("</").trim_end_matches('>').trim();
        let Some(inner) = self.open.iter().rev().position(|open| open.name == name) else {
            self.damaged(|| format!("</{}> ends what never began", shown(name)));
            return None;
        };
        if inner > 0 {
            let innermost = self.open.last().map_or("", |open| open.name);
            self.damaged(|| format!("<{}> is not closed before </{}>", shown(innermost), shown(name)));
        }
        self.closing = inner + 1;
        Some(self.close_one())
    }

    fn close_one(&mut self) -> Event<'t> {
        self.closing -= 1;
        if let Some(open) = self.open.pop() {
            self.declared.truncate(open.declared);
        }
        Event::End
    }

    /// Closes what is open at the end of the document.
    fn end_of_text(&mut self) -> Option<Event<'t>> {
        let innermost = self.open.last()?.name;
        self.damaged(|| format!("it ends inside of <{}>", shown(innermost)));
        self.closing = self.open.len();
        Some(self.close_one())
    }

    /// Goes on behind markup that has no end, as near to it as can be.
    fn repair(&mut self, at: usize) -> Result<Option<Event<'t>>, Refusal> {
        let rest = &self.text[at..];
        let mark = rest.chars().take(CDATA.len()).take_while(|c| !c.is_whitespace()).collect::<String>();
        self.damaged(|| format!("`{}` has no end", shown(&mark)));
        self.repairs += 1;
        let behind = |end: &str| rest.find(end).map_or(self.text.len(), |length| at + length + end.len());
        let next = if self.repairs > MOST_REPAIRS {
            self.text.len()
        } else if rest.starts_with(CDATA) {
            at + CDATA.len()
        } else if rest.starts_with(COMMENT) {
            at + COMMENT.len()
        } else {
            behind(">")
        };
        // A quoted value without an end swallowed the end of its tag.
        let tag = &self.text[at..next];
        let is_tag = tag.ends_with('>') && tag[1..].starts_with(is_start_of_name);
        self.go_on_at(next);
        if !is_tag {
            return Ok(None);
        }
        self.closing = usize::from(tag.ends_with("/>"));
        self.start(tag[1..tag.len() - 1].trim_end_matches('/')).map(Some)
    }
}

/// How a character section begins.
const CDATA: &str = "<![CDATA[";

/// How a comment begins.
const COMMENT: &str = "<!--";

/// How the declaration of a document's type begins, in any case.
const DOCTYPE: &str = "<!doctype";

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// The length of a `<` that opens nothing: `3 < 5`, `<3`.
fn no_markup(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix('<')?;
    (!behind.starts_with(['/', '!', '?']) && !behind.starts_with(is_start_of_name)).then_some(1)
}

fn is_start_of_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | ':')
}

/// The length of a declaration that XML does not have in this place: `<![if gte mso 9]>`, `<!ELEMENT …>`.
fn foreign_declaration(rest: &str) -> Option<usize> {
    if !rest.starts_with("<!") || rest.starts_with(CDATA) || rest.starts_with(COMMENT) {
        return None;
    }
    let is_type = rest.get(..DOCTYPE.len()).is_some_and(|start| start.eq_ignore_ascii_case(DOCTYPE));
    (!is_type).then(|| rest.find('>').map_or(rest.len(), |length| length + 1))
}

/// A name as it can be shown in a message.
fn shown(name: &str) -> String {
    /// Longer names are none that anybody looks for.
    const LONGEST: usize = 40;
    name.chars().take(LONGEST).filter(|c| !c.is_control()).collect()
}
