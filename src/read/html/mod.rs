//! A page in, its main text and what it says of itself out.
//!
//! 1. `tree` parses the page as browsers do.
//! 2. `blocks` parts it into blocks of text; `hints` reads what the elements around them are called.
//! 3. `features` describes each block: by its text (`measures`), by its elements, by its place, and by how it agrees with
//!    what the page says of its article (`said`).
//! 4. `main_text` says which blocks are main text: a table of decision trees (`forest`) scores each, and a second one
//!    scores it again when the scores around it (`neighbourhood`) are known.
//! 5. `head` reads what the page says of its article beside its text.

mod blocks;
mod features;
mod forest;
mod head;
mod hints;
mod main_text;
mod measures;
mod neighbourhood;
mod said;
mod tree;

use self::blocks::{Block, Kind, Page};
use self::said::Texts;
use self::tree::Tree;
use super::blocks::Stretch;
use super::decode::Refusal;
use super::extract::Extract;
use crate::model::{BlockKind, Cue, Limits, Markup, Span};

/// Takes the article out of a page.
pub(super) fn page(html: &str, limits: &Limits) -> Result<Extract, Refusal> {
    let tree = Tree::parse(html, limits);
    let page = Page::of(&tree);
    let texts = Texts::of(&tree);
    let chosen = main_text::of(&page, &texts.said());
    let (text, stretches) = put_together(&page, chosen.iter().map(|at| &page.blocks[*at]));
    if text.is_empty() {
        return Err(("a page without a main text".to_owned(), "save the page of the article"));
    }
    Ok(Extract { text, stretches, markup: Markup::Html, given: head::given(&tree) })
}

/// Takes the text out of HTML that is an article already.
pub(super) fn fragment(html: &str, limits: &Limits) -> Result<(String, Vec<Stretch>), Refusal> {
    let tree = Tree::parse(html, limits);
    let page = Page::of(&tree);
    Ok(put_together(&page, page.blocks.iter()))
}

/// Puts blocks one below the other, a blank line between them.
fn put_together<'a>(page: &Page, blocks: impl Iterator<Item = &'a Block>) -> (String, Vec<Stretch>) {
    let mut text = String::new();
    let mut stretches = Vec::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(page.text_of(block));
        let kind = known(block.kind);
        stretches.push(Stretch { span: Span::new(start, text.len()), known: kind.map(|kind| (kind, Cue::MarkedUp)) });
    }
    (text, stretches)
}

/// What a block is where its element says so.
fn known(kind: Kind) -> Option<BlockKind> {
    match kind {
        Kind::Heading(_) => Some(BlockKind::Label),
        Kind::Item => Some(BlockKind::ListItem),
        Kind::Code => Some(BlockKind::Markup),
        _ => None,
    }
}
