//! Markdown in, classified blocks out. Spans are those of the Markdown text itself.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Stretch, classify};
use crate::model::{Block, BlockKind, Span};

/// Parts a Markdown text (CommonMark 0.31, tables, YAML front matter) into blocks.
///
/// Headings, list items, code, tables and raw HTML are never prose, whatever they look like; paragraphs are judged as
/// in plain text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut stretches: Vec<Stretch> = Vec::new();
    // How many list items we are inside of: their paragraphs are theirs.
    let mut items = 0_usize;
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        let kind = match event {
            Event::Start(Tag::Item) => {
                items += 1;
                if items == 1 {
                    Some(BlockKind::ListItem)
                } else {
                    continue;
                }
            }
            Event::End(TagEnd::Item) => {
                items -= 1;
                continue;
            }
            _ if items > 0 => continue,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => Some(BlockKind::Headline),
            Event::Start(Tag::Heading { .. }) => Some(BlockKind::Label),
            // A quoted paragraph of several lines has marks between its words.
            Event::Start(Tag::Paragraph)
                if text[range.clone()].lines().skip(1).any(|line| line.trim_start().starts_with('>')) =>
            {
                Some(BlockKind::Markup)
            }
            Event::Start(Tag::Paragraph) => None,
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) | Event::Rule => {
                Some(BlockKind::Markup)
            }
            _ => continue,
        };
        // A byte-order mark is no white space, and no text either.
        let start = if text[range.start..].starts_with('\u{feff}') { range.start + 3 } else { range.start };
        let span = Span::new(start.min(range.end), range.end).trimmed(text);
        if !span.is_empty() {
            stretches.push(Stretch { span, kind });
        }
    }
    classify(text, &stretches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paragraphs_of_running_text_are_prose() {
        let text = "---\ntitle: x\n---\n# Ferry hits the pier\n\nThe ferry hit the pier on Tuesday,\nthe mayor said.\n\n\
                    - It was early, and the weather was calm.\n\n## Damage\n\n```\nlet it = be.\n```\n";
        let kinds: Vec<(BlockKind, &str)> = blocks(text).iter().map(|b| (b.kind, b.span.of(text))).collect();
        assert_eq!(kinds[1], (BlockKind::Headline, "# Ferry hits the pier"));
        assert_eq!(kinds[2], (BlockKind::Prose, "The ferry hit the pier on Tuesday,\nthe mayor said."));
        let others: Vec<BlockKind> = kinds.iter().map(|(kind, _)| *kind).collect();
        use BlockKind::*;
        assert_eq!(others, [Markup, Headline, Prose, ListItem, Label, Markup]);
    }
}
