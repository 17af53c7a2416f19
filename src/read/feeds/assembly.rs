//! The elements of a feed in, its entries out.
//!
//! A stack says what each open element is: the feed, an entry, a person, a field whose text is being taken, or nothing
//! of interest. Pictures, enclosures and captions of media are of none.

use super::Feed;
use super::capture::{Capture, Written};
use super::dates::moment;
use super::draft::{Draft, LINK, OTHER_FORMAT};
use super::links::resolve;
use super::text::{Form, line};
use super::vocabulary::{Dialect, Field, Name, Rank, Vocabulary};
use super::xml::{Document, Event, Tag};
use crate::model::Limits;
use crate::read::decode::Refusal;

/// What an open element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The feed, or a part of it that holds what it says of itself.
    Feed,
    Entry,
    /// The feed that an entry was taken over from.
    Source,
    Person,
    /// An element whose text is being taken.
    Field,
    /// An element within such a text.
    Markup,
    Other,
}

/// Someone who wrote an entry, while it is read.
#[derive(Default)]
struct Person {
    rank: Rank,
    /// What stands in the element itself.
    text: String,
    name: Option<String>,
}

struct Assembly<'t> {
    document: Document<'t>,
    dialect: Dialect,
    places: Vec<Place>,
    feed: Draft,
    /// The entry that is open, and how many places were when it began.
    entry: Option<(Draft, usize)>,
    capture: Option<Capture<'t>>,
    person: Option<Person>,
    /// Entries whose feed may still say something.
    entries: Vec<Draft>,
    most_entries: u64,
}

/// Reads a feed in XML.
pub(super) fn feed(text: &str, limits: &Limits) -> Result<Feed, Refusal> {
    let mut assembly = Assembly {
        document: Document::new(text, limits),
        dialect: Dialect::Unknown,
        places: Vec::new(),
        feed: Draft::default(),
        entry: None,
        capture: None,
        person: None,
        entries: Vec::new(),
        most_entries: limits.articles,
    };
    while let Some(event) = assembly.document.next_event()? {
        match event {
            Event::Start(tag) => assembly.start(tag)?,
            Event::Text(text) => assembly.text(&text),
            Event::End => assembly.end()?,
        }
    }
    if assembly.dialect.is_unknown() {
        return Err(("not a feed (no element of RSS, Atom or CDF around it)".to_owned(), "leave it out"));
    }
    let Assembly { document, feed, entries, .. } = assembly;
    let entries = entries.into_iter().map(|entry| entry.entry(&feed)).collect();
    Ok(Feed { entries, damaged: document.damage() })
}

/// Whether the first element of a text is that of a feed.
pub(super) fn looks_like_feed(text: &str) -> bool {
    let mut document = Document::new(text, &Limits::default());
    loop {
        match document.next_event() {
            Ok(Some(Event::Start(tag))) => {
                // RDF is said of many things.
                let is_rss = ["/rss", "netscape.com"].iter().any(|part| tag.attributes.contains(part));
                let is_rdf = tag.name.local.eq_ignore_ascii_case("rdf");
                return !Dialect::of_root(tag.name).is_unknown() && (!is_rdf || is_rss);
            }
            Ok(Some(Event::Text(text))) if text.trim().is_empty() => {}
            _ => return false,
        }
    }
}

impl<'t> Assembly<'t> {
    fn start(&mut self, tag: Tag<'t>) -> Result<(), Refusal> {
        if self.dialect.is_unknown() {
            self.dialect = Dialect::of_root(tag.name);
            self.document.speaks(self.dialect);
        }
        let name = if self.places.is_empty() { self.root(tag.name) } else { tag.name };
        if name.is_entry() && self.may_hold_entry() {
            return self.open_entry(tag);
        }
        if let Some(capture) = &mut self.capture {
            capture.open(tag);
            self.places.push(Place::Markup);
            return Ok(());
        }
        let place = match self.places.last() {
            None | Some(Place::Feed | Place::Other) if name.is_feed() && self.entry.is_none() => self.open_feed(tag)?,
            Some(Place::Feed | Place::Entry | Place::Source) => self.open_field(tag)?,
            Some(Place::Person) if tag.name.local.eq_ignore_ascii_case("name") => {
                self.take(tag, Field::Name, 0)?;
                Place::Field
            }
            _ => Place::Other,
        };
        self.places.push(place);
        Ok(())
    }

    /// The name of the root, which was read before it was known whose names those without a namespace are.
    fn root(&self, name: Name<'t>) -> Name<'t> {
        match name.vocabulary {
            Vocabulary::Other => Name { vocabulary: self.dialect.vocabulary(), ..name },
            _ => name,
        }
    }

    /// Whether an entry may begin here. In another one it may if that was not closed: no text of RSS has an `<item>`.
    fn may_hold_entry(&self) -> bool {
        match self.places.last() {
            None | Some(Place::Feed | Place::Other | Place::Entry) => true,
            Some(Place::Field | Place::Markup) => {
                self.dialect == Dialect::Rss
                    && self.capture.as_ref().is_some_and(|text| text.written != Written::Inline)
            }
            Some(Place::Person | Place::Source) => self.dialect == Dialect::Rss,
        }
    }

    fn open_feed(&mut self, tag: Tag<'t>) -> Result<Place, Refusal> {
        self.feed.says_language(self.document.language_within(0));
        if self.dialect == Dialect::Cdf {
            let address = self.address(tag, "href")?;
            self.feed.url.offer(LINK, address);
        }
        Ok(Place::Feed)
    }

    fn open_entry(&mut self, tag: Tag<'t>) -> Result<(), Refusal> {
        self.finish_capture();
        self.finish_person();
        self.finish_entry()?;
        let mut entry = Draft::default();
        entry.says_language(self.document.language_within(self.places.len()));
        if self.dialect == Dialect::Cdf {
            entry.url.offer(LINK, self.address(tag, "href")?);
            entry.updated.offer(0, self.document.attribute(tag, "lastmod")?.and_then(|date| moment(&date)));
        }
        // RDF names what it speaks of, by the address in most feeds.
        let about = self.document.attribute(tag, "rdf:about")?.filter(|about| !about.is_empty());
        entry.identify(about, None, None);
        self.entry = Some((entry, self.places.len()));
        self.places.push(Place::Entry);
        Ok(())
    }

    fn open_field(&mut self, tag: Tag<'t>) -> Result<Place, Refusal> {
        let Some((field, rank)) = tag.name.field() else { return Ok(Place::Other) };
        match field {
            Field::Source if tag.name.vocabulary == Vocabulary::Atom => return Ok(Place::Source),
            Field::Author => {
                self.person = Some(Person { rank, ..Person::default() });
                return Ok(Place::Person);
            }
            Field::Link => self.follow(tag)?,
            _ => {}
        }
        self.take(tag, field, rank)?;
        Ok(Place::Field)
    }

    /// Begins to take the text of an element.
    fn take(&mut self, tag: Tag<'t>, field: Field, rank: Rank) -> Result<(), Refusal> {
        let mut capture = Capture::new(field, rank, self.written(tag, field)?);
        capture.is_atom = tag.name.vocabulary == Vocabulary::Atom;
        if field == Field::Id {
            let says = self.document.attribute(tag, "isPermaLink")?;
            capture.is_permalink = says.map(|says| !says.eq_ignore_ascii_case("false"));
        }
        let begun = self.entry.as_ref().map_or(0, |(_, begun)| *begun);
        capture.language = self.document.language_within(begun);
        self.capture = Some(capture);
        Ok(())
    }

    /// How the text of an element is written, by its `type` and `mode` where the vocabulary has them.
    fn written(&mut self, tag: Tag<'t>, field: Field) -> Result<Written, Refusal> {
        let form = match tag.name.vocabulary {
            Vocabulary::Xhtml => return Ok(Written::Inline),
            Vocabulary::Atom => Form::Text,
            _ => Form::Html,
        };
        match field {
            Field::Title | Field::Content | Field::Summary => {}
            Field::Source | Field::Publisher => return Ok(Written::As(form)),
            _ => return Ok(Written::As(Form::Text)),
        }
        if field == Field::Content && tag.name.local.eq_ignore_ascii_case("body") {
            return Ok(Written::Inline);
        }
        let mode = self.document.attribute(tag, "mode")?.unwrap_or_default();
        let kind = self.document.attribute(tag, "type")?.unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        Ok(match (mode.as_str(), kind) {
            ("base64", _) => Written::Base64(if kind.contains("html") { Form::Html } else { Form::Text }),
            ("escaped", "" | "text/plain") => Written::As(form),
            ("escaped", _) => Written::As(Form::Html),
            ("xml", _) | (_, "xhtml" | "application/xhtml+xml") => Written::Inline,
            (_, "html" | "text/html") => Written::As(Form::Html),
            (_, "text" | "text/plain") => Written::As(Form::Text),
            (_, "") => Written::As(form),
            (_, kind) if kind.ends_with("/xml") || kind.ends_with("+xml") => Written::Inline,
            (_, kind) if kind.starts_with("text/") => Written::As(form),
            _ if tag.name.vocabulary == Vocabulary::Atom => Written::Base64(Form::Text),
            _ => Written::As(form),
        })
    }

    /// Takes the address out of a link that has it as an attribute.
    fn follow(&mut self, tag: Tag<'t>) -> Result<(), Refusal> {
        let relation = self.document.attribute(tag, "rel")?.unwrap_or_default();
        if !matches!(relation.as_str(), "" | "alternate") {
            return Ok(());
        }
        // An alternate in another format is second to one in HTML.
        let kind = self.document.attribute(tag, "type")?.unwrap_or_default();
        let rank = if kind.is_empty() || kind.contains("html") { LINK } else { OTHER_FORMAT };
        let address = self.address(tag, "href")?;
        let place = self.places.last().copied();
        if let Some(draft) = self.draft(place) {
            draft.url.offer(rank, address);
        }
        Ok(())
    }

    /// The address in an attribute, made absolute where the document says to what.
    fn address(&mut self, tag: Tag<'t>, attribute: &str) -> Result<Option<String>, Refusal> {
        let address = self.document.attribute(tag, attribute)?.filter(|address| !address.is_empty());
        Ok(address.map(|address| resolve(self.document.base(), &address)))
    }

    /// What is being read in a place.
    fn draft(&mut self, place: Option<Place>) -> Option<&mut Draft> {
        match place {
            Some(Place::Feed) => Some(&mut self.feed),
            Some(Place::Entry) => self.entry.as_mut().map(|(draft, _)| draft),
            _ => None,
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            capture.push(text);
        } else if self.places.last() == Some(&Place::Person)
            && let Some(person) = &mut self.person
        {
            person.text.push_str(text);
        }
    }

    fn end(&mut self) -> Result<(), Refusal> {
        match self.places.pop() {
            Some(Place::Markup) => {
                if let Some(capture) = &mut self.capture {
                    capture.close();
                }
            }
            Some(Place::Field) => self.finish_capture(),
            Some(Place::Person) => self.finish_person(),
            // The inner of two entries, of which the outer was not closed, has ended it already.
            Some(Place::Entry) if self.entry.as_ref().is_some_and(|(_, begun)| *begun == self.places.len()) => {
                self.finish_entry()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn finish_entry(&mut self) -> Result<(), Refusal> {
        let Some((entry, _)) = self.entry.take() else { return Ok(()) };
        if self.entries.len() as u64 >= self.most_entries {
            return Err((Limits::exceeded("articles", self.most_entries), Limits::WAY_OUT));
        }
        self.entries.push(entry);
        Ok(())
    }

    fn finish_person(&mut self) {
        let Some(person) = self.person.take() else { return };
        let name = person.name.filter(|name| !name.is_empty()).or_else(|| name_of(&line(&person.text, Form::Html)));
        let place = self.places.iter().rev().copied().find(|place| *place != Place::Person);
        let (Some(name), Some(draft)) = (name, self.draft(place)) else { return };
        if person.rank == 0 {
            draft.add_author(name);
        } else {
            draft.stand_in = Some(name);
        }
    }

    /// Gives the text that was taken to whom it is of.
    fn finish_capture(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let place = self.places.iter().rev().copied().find(|place| !matches!(place, Place::Field | Place::Markup));
        match (place, capture.field, &mut self.person, &mut self.entry) {
            (Some(Place::Person), Field::Name, Some(person), _) => {
                person.name = person.name.take().or_else(|| capture.line());
            }
            (Some(Place::Source), Field::Title, _, Some((entry, _))) => entry.publisher.offer(0, capture.line()),
            _ => {
                let base = self.document.base().map(str::to_owned);
                if let Some(draft) = self.draft(place) {
                    draft.takes(&capture, base.as_deref());
                }
            }
        }
    }
}

/// The name in what RSS has of an author: `desk@harbour.example (Liv Halvard)`, `Liv Halvard <desk@harbour.example>`. An
/// address alone is none.
fn name_of(author: &str) -> Option<String> {
    let is_address = |word: &&str| word.contains('@') && !word.contains(' ');
    let name = match author.split_once('(') {
        Some((address, name)) if is_address(&address.trim()) => name.trim_end_matches(')').trim().to_owned(),
        _ => author.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" "),
    };
    (!name.is_empty()).then_some(name)
}
