//! Markdown in, classified blocks out. Spans are those of the Markdown text itself.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::Stretch;
use crate::model::{BlockKind, Cue, Span};

/// Parts a Markdown text (CommonMark 0.31, tables, YAML front matter) into what may be blocks.
///
/// Headings, list items, code, tables and raw HTML are never prose, whatever they look like; paragraphs are judged as
/// in plain text.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_FOOTNOTES;
    let mut stretches: Vec<Stretch> = Vec::new();
    // How many list items and footnotes we are inside of: their paragraphs are theirs.
    let mut inside = 0_usize;
    let mut paragraph: Option<Paragraph> = None;
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        if let Some(open) = &mut paragraph {
            open.take(&event);
        }
        let known = match event {
            Event::Start(Tag::Item | Tag::FootnoteDefinition(_)) => {
                inside += 1;
                if inside > 1 {
                    continue;
                }
                let item = matches!(event, Event::Start(Tag::Item));
                Some((if item { BlockKind::ListItem } else { BlockKind::Markup }, Cue::MarkedUp))
            }
            Event::End(TagEnd::Item | TagEnd::FootnoteDefinition) => {
                inside -= 1;
                continue;
            }
            _ if inside > 0 => continue,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => Some((BlockKind::Headline, Cue::MarkedUp)),
            Event::Start(Tag::Heading { .. }) => Some((BlockKind::Label, Cue::MarkedUp)),
            Event::Start(Tag::Paragraph) => {
                paragraph = Some(Paragraph::default());
                continue;
            }
            Event::End(TagEnd::Paragraph) => {
                let paragraph = paragraph.take().unwrap_or_default();
                let above_text = stretches.iter().all(|stretch| stretch.known.is_some());
                // A quoted paragraph of several lines has marks between its words.
                let picture = text[range.clone()].starts_with("![");
                let quoted = text[range.clone()].lines().skip(1).any(|line| line.trim_start().starts_with('>'));
                if quoted { Some((BlockKind::Markup, Cue::MarkedUp)) } else { paragraph.known(above_text, picture) }
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) | Event::Rule => {
                Some((BlockKind::Markup, Cue::MarkedUp))
            }
            _ => continue,
        };
        // A byte-order mark is no white space, and no text either.
        let start = if text[range.start..].starts_with('\u{feff}') { range.start + 3 } else { range.start };
        let span = Span::new(start.min(range.end), range.end).trimmed(text);
        if !span.is_empty() {
            stretches.push(Stretch { span, known });
        }
    }
    stretches
}

/// What the inline markup of a paragraph says about it.
#[derive(Default)]
struct Paragraph {
    images: usize,
    /// Letters inside of images, of links, and in neither.
    in_image: usize,
    in_link: usize,
    outside: usize,
    open_images: usize,
    open_links: usize,
    /// Letters inside and outside of emphasis.
    in_emphasis: usize,
    plain: usize,
    open_emphasis: usize,
}

impl Paragraph {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                self.images += 1;
                self.open_images += 1;
            }
            Event::End(TagEnd::Image) => self.open_images -= 1,
            Event::Start(Tag::Link { .. }) => self.open_links += 1,
            Event::End(TagEnd::Link) => self.open_links -= 1,
            Event::Start(Tag::Emphasis | Tag::Strong) => self.open_emphasis += 1,
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => self.open_emphasis -= 1,
            Event::Text(part) | Event::Code(part) => {
                let letters = part.chars().filter(|c| c.is_alphanumeric()).count();
                *(if self.open_emphasis > 0 { &mut self.in_emphasis } else { &mut self.plain }) += letters;
                if self.open_images > 0 {
                    self.in_image += letters;
                } else if self.open_links > 0 {
                    self.in_link += letters;
                } else {
                    self.outside += letters;
                }
            }
            _ => {}
        }
    }

    /// A picture with what stands under it is a caption; a link with a word or two before it leads elsewhere.
    ///
    /// A paragraph that is all emphasised is the deck above the text, and a heading or a note in it.
    fn known(&self, above_text: bool, picture: bool) -> Option<(BlockKind, Cue)> {
        const LETTERS_BESIDE_A_LINK: usize = 12;
        if self.images == 0 && self.in_emphasis > 0 && self.plain == 0 {
            return Some((if above_text { BlockKind::Deck } else { BlockKind::Label }, Cue::MarkedUp));
        }
        if picture {
            return Some((BlockKind::Caption, Cue::MarkedUp));
        }
        let link = self.in_link > 0 && self.outside <= LETTERS_BESIDE_A_LINK;
        link.then_some((BlockKind::Teaser, Cue::MarkedUp))
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::classify;
    use super::*;

    #[test]
    fn only_paragraphs_of_running_text_are_prose() {
        let text = "---\ntitle: x\n---\n# Ferry hits the pier\n\nThe ferry hit the pier on Tuesday,\nthe mayor said.\n\n\
                    - It was early, and the weather was calm.\n\n## Damage\n\n```\nlet it = be.\n```\n";
        let kinds: Vec<(BlockKind, &str)> =
            classify(text, &stretches(text)).0.iter().map(|b| (b.kind, b.span().of(text))).collect();
        assert_eq!(kinds[1], (BlockKind::Headline, "# Ferry hits the pier"));
        assert_eq!(kinds[2], (BlockKind::Prose, "The ferry hit the pier on Tuesday,\nthe mayor said."));
        let others: Vec<BlockKind> = kinds.iter().map(|(kind, _)| *kind).collect();
        use BlockKind::*;
        assert_eq!(others, [Markup, Headline, Prose, ListItem, Label, Markup]);
    }
}
