//! The tree of a page in, its blocks of text and the elements that they stand in out.
//!
//! A block is text that a page sets apart: a paragraph, a heading, an item of a list, a cell of a table, or what stands
//! between two of them. White space is a single space in it, words of neighbouring inline elements are neither glued nor
//! torn.

use std::ops::Range;

use html5ever::{LocalName, local_name};

use super::hints::{self, HINTS, Hints, Known};
use super::tree::{NodeId, Step, Tree};

/// How far above a block an element with a hint stands, at most: what is further up counts as so far.
pub(super) const FARTHEST: u8 = 30;

/// No element above has the hint.
pub(super) const NOWHERE: u8 = FARTHEST + 10;

/// What a block is, as its element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Paragraph,
    /// `<h1>` to `<h6>`.
    Heading(u8),
    Item,
    Cell,
    Quote,
    Caption,
    Code,
    Term,
    /// Text in an element that says nothing about it.
    Loose,
}

impl Kind {
    fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

/// An element of a page.
#[derive(Debug)]
pub(super) struct Element {
    /// The element that it stands in, by its place among them: always an earlier one.
    pub parent: usize,
    pub depth: u32,
    /// How many steps above stands the nearest element with each hint; 0 for the element itself.
    pub above: [u8; HINTS],
    /// Whether it, or an element around it, holds what is never main text.
    beside: bool,
    /// The name and the hints of it, the same for elements that look alike.
    pub look: (LocalName, Hints),
}

/// A block of text.
#[derive(Debug)]
pub(super) struct Block {
    /// Where its text is in [`Page::text`].
    pub text: Range<usize>,
    pub kind: Kind,
    /// The element that it stands in, by its place among the elements.
    pub element: usize,
    /// How many bytes of it are in links.
    pub linked: usize,
    /// How many links it has.
    pub links: usize,
    /// How many bytes of it are bold.
    pub bold: usize,
    /// Whether a line break ended it or stood in front of it.
    pub broken: bool,
    /// Whether its elements say that it is no main text: a menu, a box beside the text, the text to a picture.
    pub beside: bool,
}

/// A page as blocks, in its order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub text: String,
    pub blocks: Vec<Block>,
    pub elements: Vec<Element>,
}

impl Page {
    /// The text of a block.
    pub fn text_of(&self, block: &Block) -> &str {
        &self.text[block.text.clone()]
    }

    /// Parts a page into its blocks.
    pub fn of(tree: &Tree) -> Self {
        let parting = Parting::of(tree, false);
        // An element that strikes most of the text out was never closed.
        let is_misused = parting.struck > parting.page.text.len();
        let parting = if is_misused { Parting::of(tree, true) } else { parting };
        parting.page.without_what_stands_beside()
    }

    /// Leaves out the blocks that stand beside the text, unless most of the text does: then an element was never closed,
    /// or is misused.
    fn without_what_stands_beside(mut self) -> Self {
        let long = |block: &&Block| block.text.len() >= LONG && block.linked * 2 < block.text.len();
        let bytes = |beside: bool| -> usize {
            let blocks = self.blocks.iter().filter(long).filter(|block| block.beside == beside);
            blocks.map(|block| block.text.len()).sum()
        };
        if bytes(true) <= bytes(false) {
            self.blocks.retain(|block| !block.beside);
        }
        self
    }
}

/// Text of so many bytes is a paragraph, not the name of something.
const LONG: usize = 80;

/// An element that is still open.
struct Open {
    element: usize,
    role: Role,
    kind: Option<Kind>,
}

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Sets it apart.
    Block,
    Inline,
    Link,
    Bold,
    /// Keeps it out.
    Silent,
    /// Strikes it out: it was text, and is not what the page says.
    Struck,
}

#[derive(Default)]
struct Parting {
    page: Page,
    known: Known,
    open: Vec<Open>,
    /// Whether text that is struck out is text.
    keeps_struck: bool,
    /// How many bytes of text are struck out.
    struck: usize,
    /// How many of the open elements are links, are bold.
    links: usize,
    bold: usize,
    /// Where the text of the innermost link begins.
    link_start: usize,
    /// The block that is being read.
    start: usize,
    run: Run,
}

/// What is known of a block while it is read.
#[derive(Default)]
struct Run {
    /// The innermost element that holds all of it.
    element: Option<usize>,
    linked: usize,
    links: usize,
    bold: usize,
    /// White space stands behind it.
    space: bool,
    /// A line break stands behind it.
    newline: bool,
    broken: bool,
}

impl Parting {
    fn of(tree: &Tree, keeps_struck: bool) -> Self {
        let mut parting = Self { keeps_struck, ..Self::default() };
        for step in tree.walk(NodeId::DOCUMENT) {
            match step {
                Step::Enter(node) => parting.enter(tree, node),
                Step::Leave(node) => parting.leave(tree, node),
            }
        }
        parting
    }

    fn enter(&mut self, tree: &Tree, node: NodeId) {
        if let Some(text) = tree.text(node) {
            return match self.open.last().map(|open| open.role) {
                Some(Role::Silent) => {}
                Some(Role::Struck) => self.struck += text.trim().len(),
                _ => self.add(text),
            };
        }
        let Some(element) = tree.element(node) else { return };
        let name = element.local_name();
        let silence = match self.open.last().map(|open| open.role) {
            Some(Role::Silent) => Some(Role::Silent),
            _ if is_silent(name) => Some(Role::Silent),
            Some(Role::Struck) => Some(Role::Struck),
            _ if strikes(name) && !self.keeps_struck => Some(Role::Struck),
            _ => None,
        };
        if let Some(role) = silence {
            self.open.push(Open { element: 0, role, kind: None });
            return;
        }
        let role = role(name);
        if *name == local_name!("br") {
            self.line_break();
        } else if role == Role::Block {
            self.end_block();
            self.run.broken = false;
        }
        let hints = hints::of(element, &mut self.known);
        self.push(name, role, hints);
    }

    fn push(&mut self, name: &LocalName, role: Role, hints: Hints) {
        let parent = self.open.last().map_or(0, |open| open.element);
        let (mut above, depth) = match self.page.elements.get(parent) {
            Some(parent) => {
                (parent.above.map(|steps| if steps >= FARTHEST { steps } else { steps + 1 }), parent.depth + 1)
            }
            None => ([NOWHERE; HINTS], 0),
        };
        let mut rest = hints;
        while rest != 0 {
            above[rest.trailing_zeros() as usize] = 0;
            rest &= rest - 1;
        }
        let beside = hints & *hints::NEVER != 0 || self.page.elements.get(parent).is_some_and(|parent| parent.beside);
        self.page.elements.push(Element { parent, depth, above, beside, look: (name.clone(), hints) });
        let element = self.page.elements.len() - 1;
        match role {
            Role::Link => {
                self.links += 1;
                self.run.links += 1;
                self.link_start = self.page.text.len();
            }
            Role::Bold => self.bold += 1,
            _ => {}
        }
        self.open.push(Open { element, role, kind: kind(name) });
    }

    fn leave(&mut self, tree: &Tree, node: NodeId) {
        if tree.element(node).is_none() {
            return;
        }
        let Some(role) = self.open.last().map(|open| open.role) else { return };
        match role {
            Role::Link => {
                self.drop_anchor();
                self.links -= 1;
            }
            Role::Bold => self.bold -= 1,
            Role::Block => {
                self.end_block();
                self.run.broken = false;
            }
            Role::Inline | Role::Silent | Role::Struck => {}
        }
        self.open.pop();
    }

    /// Adds text to the block, with a single space for white space.
    fn add(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        let is_first = self.page.text.len() == self.start;
        let before = self.page.text.len();
        for c in text.chars() {
            if c.is_whitespace() || (c.is_control() && c != '\u{ad}') {
                self.run.space = true;
            } else if !is_dropped(c) {
                if (self.run.space || self.run.newline) && self.page.text.len() > self.start {
                    self.page.text.push(' ');
                }
                (self.run.space, self.run.newline) = (false, false);
                self.page.text.push(c);
            }
        }
        let added = self.page.text.len() - before;
        if added == 0 {
            return;
        }
        if self.links > 0 {
            self.run.linked += added;
        }
        if self.bold > 0 {
            self.run.bold += added;
        }
        let own = open.element;
        self.run.element = match self.run.element {
            Some(element) if !is_first && element != own => Some(self.block_element()),
            _ => Some(own),
        };
    }

    /// Drops the text of the link that ends if it is the sign by which a heading can be linked to.
    fn drop_anchor(&mut self) {
        let start = self.link_start.max(self.start);
        let is_sign = matches!(self.page.text[start..].trim(), "#" | "¶" | "§" | "🔗" | "⚓" | "∞");
        let in_heading = || self.open.iter().rev().find_map(|open| open.kind).is_some_and(Kind::is_heading);
        if is_sign && in_heading() {
            let dropped = self.page.text.len() - start;
            self.page.text.truncate(start);
            self.run.linked = self.run.linked.saturating_sub(dropped);
            self.run.links = self.run.links.saturating_sub(1);
            self.run.bold = self.run.bold.min(start - self.start);
            self.run.space = true;
        }
    }

    /// The innermost open element that sets its text apart.
    fn block_element(&self) -> usize {
        self.open.iter().rev().find(|open| open.role == Role::Block).map_or(0, |open| open.element)
    }

    /// A line break ends a block if another follows, if a sentence ends in front of it, or if all in front of it is linked
    /// or bold: an entry of a menu, a heading.
    fn line_break(&mut self) {
        let text = &self.page.text[self.start..];
        let is_all = |bytes: usize| bytes > 0 && bytes == text.len();
        let ends = self.run.newline || text.ends_with(ENDS) || is_all(self.run.linked) || is_all(self.run.bold);
        if ends {
            self.end_block();
            self.run.broken = true;
        } else {
            self.run.newline = true;
        }
    }

    fn end_block(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.run.broken = run.broken;
        let text = self.start..self.page.text.len();
        self.start = self.page.text.len();
        if text.is_empty() {
            return;
        }
        let kind = self.open.iter().rev().find_map(|open| open.kind).unwrap_or(Kind::Loose);
        let element = run.element.unwrap_or(0);
        let is_caption = self.page.elements[element].above[*hints::CAPTION] <= 1;
        let mut block = Block {
            text,
            kind,
            element,
            linked: run.linked,
            links: run.links,
            bold: run.bold,
            broken: run.broken,
            beside: is_caption || self.page.elements[element].beside,
        };
        if let Some(initial) = self.page.blocks.pop_if(|initial| is_initial(&self.page.text, initial, &block)) {
            block.text.start = initial.text.start;
        }
        self.page.blocks.push(block);
    }
}

/// Whether a block is the first letter of the one below, set large in an element of its own.
fn is_initial(text: &str, initial: &Block, block: &Block) -> bool {
    let (letter, rest) = (&text[initial.text.clone()], &text[block.text.clone()]);
    let mut letters = letter.chars();
    let is_letter = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_letter && initial.beside == block.beside && initial.text.end == block.text.start && goes_on(letter, rest)
}

/// Whether a text goes on with the word that a capital letter begins: it begins small, and where the letter may be a word
/// by itself (`A ferry`), with what can be none (`I` and `t was`).
fn goes_on(letter: &str, rest: &str) -> bool {
    let first = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_word = letter.starts_with(WORDS);
    first.starts_with(char::is_lowercase) && (!is_word || first.chars().count() == 1)
}

/// Capital letters that are a word in some language.
const WORDS: [char; 27] = [
    'A', 'E', 'I', 'K', 'O', 'S', 'U', 'V', 'W', 'Y', 'Z', 'À', 'É', 'È', 'Ó', 'Å', 'Ö', 'А', 'В', 'И', 'К', 'О', 'С',
    'У', 'Я', 'Η', 'Ο',
];

/// What a paragraph ends in, behind which a line break ends it.
const ENDS: [char; 14] = ['.', '!', '?', ':', '”', '"', '…', '»', '’', '。', '！', '？', '」', '।'];

/// Characters that show nothing: hints at where a word may be parted, and marks of byte order.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn is_silent(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("head")
            | local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("embed")
            | local_name!("canvas")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("input")
            | local_name!("datalist")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("map")
            | local_name!("progress")
            | local_name!("meter")
            | local_name!("rp")
            | local_name!("dialog")
    )
}

/// Whether an element is for text that no longer holds.
fn strikes(name: &LocalName) -> bool {
    matches!(*name, local_name!("s") | local_name!("del") | local_name!("strike"))
}

fn role(name: &LocalName) -> Role {
    match *name {
        local_name!("a") => Role::Link,
        local_name!("b") | local_name!("strong") => Role::Bold,
        local_name!("span")
        | local_name!("em")
        | local_name!("i")
        | local_name!("u")
        | local_name!("s")
        | local_name!("small")
        | local_name!("big")
        | local_name!("font")
        | local_name!("sub")
        | local_name!("sup")
        | local_name!("q")
        | local_name!("cite")
        | local_name!("code")
        | local_name!("kbd")
        | local_name!("samp")
        | local_name!("var")
        | local_name!("tt")
        | local_name!("abbr")
        | local_name!("acronym")
        | local_name!("time")
        | local_name!("mark")
        | local_name!("ins")
        | local_name!("del")
        | local_name!("strike")
        | local_name!("dfn")
        | local_name!("bdi")
        | local_name!("bdo")
        | local_name!("ruby")
        | local_name!("rt")
        | local_name!("rb")
        | local_name!("data")
        | local_name!("label")
        | local_name!("nobr")
        | local_name!("img")
        | local_name!("picture")
        | local_name!("source")
        | local_name!("br")
        | local_name!("wbr")
        | local_name!("noscript")
        | local_name!("slot")
        | local_name!("output") => Role::Inline,
        _ => Role::Block,
    }
}

fn kind(name: &LocalName) -> Option<Kind> {
    Some(match *name {
        local_name!("p") => Kind::Paragraph,
        local_name!("h1") => Kind::Heading(1),
        local_name!("h2") => Kind::Heading(2),
        local_name!("h3") => Kind::Heading(3),
        local_name!("h4") => Kind::Heading(4),
        local_name!("h5") => Kind::Heading(5),
        local_name!("h6") => Kind::Heading(6),
        local_name!("li") => Kind::Item,
        local_name!("td") | local_name!("th") => Kind::Cell,
        local_name!("blockquote") => Kind::Quote,
        local_name!("figcaption") | local_name!("caption") => Kind::Caption,
        local_name!("pre") => Kind::Code,
        local_name!("dt") | local_name!("dd") => Kind::Term,
        local_name!("ul")
        | local_name!("ol")
        | local_name!("table")
        | local_name!("section")
        | local_name!("article")
        | local_name!("figure")
        | local_name!("aside")
        | local_name!("main")
        | local_name!("body") => Kind::Loose,
        _ => return None,
    })
}
