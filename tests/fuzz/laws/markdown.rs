//! What a parser finds in a digest in Markdown: its quotes and footnotes, and nothing that they were not meant to be.

use pulldown_cmark::{Event, HeadingLevel, Options as Extensions, Parser, Tag, TagEnd};

/// What a parser of Markdown finds in a digest.
#[derive(Default)]
pub struct Parsed {
    pub headline: Option<String>,
    pub quotes: Vec<String>,
    pub set_aside: usize,
    pub footnotes: usize,
}

/// Parses a digest with every extension that could find something in it.
///
/// # Panics
///
/// Panics at anything but front matter, one headline, paragraphs with one footnote mark, a list of what was set aside, and
/// footnotes.
pub fn parsed(markdown: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut text = String::new();
    let (mut in_footnote, mut in_front_matter) = (false, false);
    // Not among them: smart punctuation, which puts other quotation marks in the place of a quote's own.
    for event in Parser::new_ext(markdown, Extensions::all() - Extensions::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_front_matter = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front_matter = false,
            Event::Text(_) if in_front_matter => {}
            Event::Start(Tag::FootnoteDefinition(_)) => in_footnote = true,
            Event::End(TagEnd::FootnoteDefinition) => {
                in_footnote = false;
                parsed.footnotes += 1;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item) => text.clear(),
            Event::Start(Tag::List(None)) | Event::End(TagEnd::List(false))
                if text == "Set aside" || parsed.set_aside > 0 => {}
            Event::End(TagEnd::Item) => parsed.set_aside += 1,
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if text == "Set aside" => {}
            Event::Text(part) => text.push_str(&part),
            Event::FootnoteReference(name) if !in_footnote => assert_eq!(*name, *(parsed.quotes.len() + 1).to_string()),
            Event::End(TagEnd::Heading(_)) if parsed.quotes.is_empty() => parsed.headline = Some(text.clone()),
            Event::End(TagEnd::Paragraph) if in_footnote => {}
            Event::End(TagEnd::Paragraph) => parsed.quotes.push(text.clone()),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    parsed
}
