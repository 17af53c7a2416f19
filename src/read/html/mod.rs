//! A page in, its main text and what it says of itself out.
//!
//! 1. `prune` leaves out what no reader of text needs; `tree` parses the rest as browsers do.
//! 2. `blocks` parts it into blocks of text; `hints` reads what the elements around them are called.
//! 3. `features` describes each block: by its text (`measures`, `cues`), by its elements (`sites`), by its place
//!    (`places`), and by how it agrees with what the page says of its article (`said`).
//! 4. `main_text` says which blocks are main text: a table of decision trees (`forest`) scores each.
//! 5. `kinds` says what a block is where its elements do: a heading, an item, a cell.
//! 6. `head` reads what the page says of its article beside its text.

mod blocks;
mod cues;
mod features;
mod forest;
mod head;
mod hints;
mod kinds;
mod main_text;
mod measures;
mod places;
mod prune;
mod said;
mod sites;
#[cfg(test)]
mod tests;
mod tree;

use self::blocks::{Block, Page};
use self::head::Head;
use self::kinds::Kinds;
use self::said::Texts;
use self::tree::Tree;
use super::blocks::Stretch;
use super::decode::Refusal;
use super::extract::Extract;
use crate::model::{Cue, Limits, Markup, Span};

/// Takes the article out of a page.
pub(super) fn page(html: &str, limits: &Limits) -> Result<Extract, Refusal> {
    check_size(html, limits)?;
    let tree = Tree::parse(html, limits);
    let page = Page::of(&tree);
    let data = head::data(&tree);
    let texts = Texts::of(&tree, &data);
    let Head { given, article_body } = head::head(&tree, &data);
    let chosen = main_text::of(&page, &texts.said());
    let blocks: Vec<&Block> = chosen.iter().map(|at| &page.blocks[*at]).collect();
    let title = given.title.as_ref().map_or("", |(title, _)| title);
    let (mut text, mut stretches) = put_together(&page, below_head(&page, &blocks, title).iter().copied());
    if text.len() * LEAST_SHOWN < article_body.len() {
        (text, stretches) = of_data(article_body, limits);
    }
    if text.is_empty() {
        return Err(("a page without a main text".to_owned(), "save the page of the article"));
    }
    Ok(Extract { text, stretches, markup: Markup::Html, given })
}

/// The blocks without the headline and the byline on top of them: both are known beside the text.
fn below_head<'b>(page: &Page, blocks: &'b [&'b Block], title: &str) -> &'b [&'b Block] {
    /// A byline has no more bytes.
    const LONGEST_BYLINE: usize = 100;
    let is_head = |block: &&Block| {
        let text = page.text_of(block);
        head::says_the_same(text, title) || (text.len() <= LONGEST_BYLINE && head::opens_like_a_byline(text))
    };
    let length = blocks.iter().take_while(|block| is_head(block)).count();
    // Where nothing else was found it stays.
    if length < blocks.len() { &blocks[length..] } else { blocks }
}

fn check_size(html: &str, limits: &Limits) -> Result<(), Refusal> {
    let is_over = html.len() as u64 > limits.page_size;
    if is_over { Err((Limits::exceeded("page-size", limits.page_size), Limits::WAY_OUT)) } else { Ok(()) }
}

/// Of the text that a page gives as data it shows one byte in so many at least, or scripts were to show the text.
const LEAST_SHOWN: usize = 3;

/// The text of an article as data have it: with markup, or a line for each paragraph.
fn of_data(article_body: &str, limits: &Limits) -> (String, Vec<Stretch>) {
    let html = if article_body.contains("<p") { article_body.to_owned() } else { article_body.replace('\n', "<p>") };
    let page = Page::of(&Tree::parse(&html, limits));
    put_together(&page, page.blocks.iter())
}

/// Takes the text out of HTML that is an article already: the content of an entry of a feed, a message.
///
/// All of it is text but for what its elements say is none, and for links at its end: to go on reading, to where it came
/// from.
pub(super) fn fragment(html: &str, limits: &Limits) -> Result<(String, Vec<Stretch>), Refusal> {
    check_size(html, limits)?;
    let page = Page::of(&Tree::parse(html, limits));
    let is_text = |block: &Block| block.linked * 2 < block.text.len() || block.text.len() > LONGEST_LINK;
    let end = page.blocks.iter().rposition(is_text).map_or(page.blocks.len(), |last| last + 1);
    Ok(put_together(&page, page.blocks[..end].iter()))
}

/// A block of more bytes is text even if most of it is linked.
const LONGEST_LINK: usize = 200;

/// Puts blocks one below the other, a blank line between them.
fn put_together<'a>(page: &Page, blocks: impl Iterator<Item = &'a Block>) -> (String, Vec<Stretch>) {
    let mut text = String::new();
    let mut stretches = Vec::new();
    let kinds = Kinds::of(page);
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(page.text_of(block));
        let kind = kinds.known(block);
        stretches.push(Stretch { span: Span::new(start, text.len()), known: kind.map(|kind| (kind, Cue::MarkedUp)) });
    }
    (text, stretches)
}
