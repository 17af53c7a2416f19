//! A page in, its tree of elements and texts out.
//!
//! The page is parsed as browsers do it (html5ever), unclosed and misnested tags and all, into one vector of nodes that
//! point to each other by number. Nothing here is recursive, so that no page can be nested too deep for it, and what
//! a hostile page could make costly is bounded:
//!
//! - Elements below a depth of [`Limits::nesting`] are left out and their texts hang in what they would have stood in: the
//!   rules of parsing look through all open elements for many a tag.
//! - Of a page that makes more nodes than it has bytes the rest is left out: a formatting element that is never closed is
//!   opened again in each paragraph.
//! - Elements keep their first [`MOST_ATTRIBUTES`] attributes.
//!
//! Scripts are not run, so what stands in `<noscript>` is part of the page.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::iter;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns};

use crate::model::Limits;

/// An element of a page keeps so many attributes. Those with the most that were seen on pages of news have 40.
const MOST_ATTRIBUTES: usize = 128;

/// So many nodes a page may have whatever its size: the elements that every page gets.
const NODES_ANYWAY: usize = 64;

/// Which node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The node that all others stand in.
    pub const DOCUMENT: Self = Self(0);

    fn of(index: usize) -> Self {
        Self(
            u32::try_from(index)
                .expect("a page has fewer bytes than 2^32, and a tree no more nodes than its page bytes"),
        )
    }

    /// Its place among the nodes of its tree, in the order in which they were made.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page as a tree.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: Option<NodeId>,
    first_child: Option<NodeId>,
    last_child: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    /// How many elements it stood in when it was put in its place.
    depth: u32,
}

#[derive(Debug)]
enum Data {
    Document,
    Element(Element),
    Text(StrTendril),
    /// A comment, or the contents of a `<template>`: nothing that a page shows.
    Other,
}

/// An element: its name and its attributes.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// Its name in small letters: `p`.
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// Its name, as a number that can be matched against `local_name!("p")`.
    pub fn local_name(&self) -> &LocalName {
        &self.name.local
    }

    /// The value of an attribute, whose name is given in small letters.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }

    /// All attributes, name and value.
    pub fn attributes(&self) -> impl Iterator<Item = (&LocalName, &str)> {
        self.attributes.iter().map(|attribute| (&attribute.name.local, &*attribute.value))
    }
}

/// One step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins. A text, and an element without children, begins and ends.
    Enter(NodeId),
    /// All that stands in it was passed.
    Leave(NodeId),
}

impl Tree {
    /// Parses a page.
    pub fn parse(page: &str, limits: &Limits) -> Self {
        let sink = Sink::new(page.len());
        let nesting = u32::try_from(limits.nesting).unwrap_or(u32::MAX);
        let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
        let guard = Guard { builder: TreeBuilder::new(sink, options), nesting, left_out: RefCell::default() };
        let tokenizer = Tokenizer::new(guard, Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(page));
        // It halts behind each script, for a browser to run it.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    /// The element that a node is, if it is one.
    pub fn element(&self, node: NodeId) -> Option<&Element> {
        match &self.nodes[node.index()].data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text that a node is, as the page has it, if it is one.
    pub fn text(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node.index()].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a node stands in.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].parent
    }

    /// What stands in a node, without what stands in that.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        iter::successors(self.nodes[node.index()].first_child, |child| self.nodes[child.index()].next)
    }

    /// How many nodes there are: each index of a [`NodeId`] is below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The walk through a node and all that stands in it, in the order of the page.
    pub fn walk(&self, root: NodeId) -> impl Iterator<Item = Step> {
        iter::successors(Some(Step::Enter(root)), move |step| self.after(*step, root))
    }

    fn after(&self, step: Step, root: NodeId) -> Option<Step> {
        match step {
            Step::Enter(node) => Some(self.nodes[node.index()].first_child.map_or(Step::Leave(node), Step::Enter)),
            Step::Leave(node) if node == root => None,
            Step::Leave(node) => {
                let Node { next, parent, .. } = self.nodes[node.index()];
                next.map(Step::Enter).or(parent.map(Step::Leave))
            }
        }
    }

    /// A node and all that stands in it, in the order of the page.
    pub fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(root).filter_map(|step| match step {
            Step::Enter(node) => Some(node),
            Step::Leave(_) => None,
        })
    }

    /// All elements of the page, in its order.
    pub fn elements(&self) -> impl Iterator<Item = (NodeId, &Element)> {
        self.descendants(NodeId::DOCUMENT).filter_map(|node| Some((node, self.element(node)?)))
    }

    /// All texts in a node, one after the other, as the page has them.
    pub fn text_of(&self, root: NodeId) -> String {
        self.descendants(root).filter_map(|node| self.text(node)).collect()
    }
}

/// Builds the tree as the parser tells it to.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    most_nodes: usize,
    /// The element that the parser last asked the name of.
    named: Cell<NodeId>,
}

impl Sink {
    fn new(bytes: usize) -> Self {
        let sink = Self {
            nodes: RefCell::new(Vec::with_capacity(bytes / BYTES_A_NODE)),
            most_nodes: bytes.saturating_add(NODES_ANYWAY),
            named: Cell::new(NodeId::DOCUMENT),
        };
        sink.add(Data::Document);
        sink
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let node =
            Node { data, parent: None, first_child: None, last_child: None, previous: None, next: None, depth: 0 };
        nodes.push(node);
        NodeId::of(nodes.len() - 1)
    }

    fn is_full(&self) -> bool {
        self.nodes.borrow().len() > self.most_nodes
    }

    fn is_text(&self, node: NodeId) -> bool {
        matches!(self.nodes.borrow()[node.index()].data, Data::Text(_))
    }

    /// Adds to a text that stands there already, or gives the node that is to be put there.
    fn merged(&self, neighbour: Option<NodeId>, child: NodeOrText<NodeId>) -> Option<NodeId> {
        let text = match child {
            NodeOrText::AppendNode(node) => return Some(node),
            NodeOrText::AppendText(text) => text,
        };
        if let Some(neighbour) = neighbour
            && let Data::Text(before) = &mut self.nodes.borrow_mut()[neighbour.index()].data
        {
            before.push_tendril(&text);
            return None;
        }
        Some(self.add(Data::Text(text)))
    }

    /// Takes a node out of where it stands.
    fn detach(&self, node: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous, next) = {
            let node = &mut nodes[node.index()];
            (node.parent.take(), node.previous.take(), node.next.take())
        };
        match (previous, parent) {
            (Some(previous), _) => nodes[previous.index()].next = next,
            (None, Some(parent)) => nodes[parent.index()].first_child = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => nodes[next.index()].previous = previous,
            (None, Some(parent)) => nodes[parent.index()].last_child = previous,
            (None, None) => {}
        }
    }

    /// Puts a node that stands nowhere in front of a child, or behind the last.
    fn attach(&self, node: NodeId, parent: NodeId, before: Option<NodeId>) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = match before {
            Some(before) => nodes[before.index()].previous,
            None => nodes[parent.index()].last_child,
        };
        let depth = nodes[parent.index()].depth + 1;
        let own = &mut nodes[node.index()];
        (own.parent, own.previous, own.next, own.depth) = (Some(parent), previous, before, depth);
        match previous {
            Some(previous) => nodes[previous.index()].next = Some(node),
            None => nodes[parent.index()].first_child = Some(node),
        }
        match before {
            Some(before) => nodes[before.index()].previous = Some(node),
            None => nodes[parent.index()].last_child = Some(node),
        }
    }
}

/// Pages of news have one node for so many bytes or more, most of which are scripts.
const BYTES_A_NODE: usize = 48;

/// The name of an element, while the tree is still built.
#[derive(Debug)]
struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId::DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name<'a> {
        self.named.set(*target);
        Name(Ref::map(self.nodes.borrow(), |nodes| match &nodes[target.index()].data {
            Data::Element(element) => &element.name,
            other => unreachable!("the parser asks for the names of elements only, not of {other:?}"),
        }))
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        attributes.truncate(MOST_ATTRIBUTES);
        self.add(Data::Element(Element { name, attributes }))
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let last = self.nodes.borrow()[parent.index()].last_child;
        if let Some(node) = self.merged(last, child) {
            self.detach(node);
            self.attach(node, *parent, None);
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[element.index()].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    /// What stands in a template is shown by scripts only: it hangs in a node of its own that stands nowhere.
    fn get_template_contents(&self, template: &NodeId) -> NodeId {
        let contents = self.nodes.borrow()[template.index()].last_child;
        contents.unwrap_or_else(|| {
            let contents = self.add(Data::Other);
            self.attach(contents, *template, None);
            contents
        })
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let (parent, previous) = {
            let nodes = self.nodes.borrow();
            (nodes[sibling.index()].parent, nodes[sibling.index()].previous)
        };
        let Some(parent) = parent else { return };
        if let Some(node) = self.merged(previous, new) {
            self.detach(node);
            self.attach(node, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let Data::Element(element) = &mut self.nodes.borrow_mut()[target.index()].data else { return };
        for attribute in attributes {
            let is_known = element.attributes.iter().any(|known| known.name == attribute.name);
            if !is_known && element.attributes.len() < MOST_ATTRIBUTES {
                element.attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        while let Some(child) = { self.nodes.borrow()[node.index()].first_child } {
            self.detach(child);
            self.attach(child, *new_parent, None);
        }
    }
}

/// Stands in front of the parser and keeps from it what would be nested too deep, or be too much.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    nesting: u32,
    /// The elements that were left out and not closed since.
    left_out: RefCell<Vec<LocalName>>,
}

impl Guard {
    /// How deep the element is nested that the next one will stand in.
    fn depth(&self) -> u32 {
        // To answer, the parser asks for the name of that element.
        self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let sink = &self.builder.sink;
        sink.nodes.borrow()[sink.named.get().index()].depth
    }

    /// Whether a tag is kept from the parser.
    fn leaves_out(&self, tag: &Tag) -> bool {
        let mut left_out = self.left_out.borrow_mut();
        if tag.kind == TagKind::EndTag {
            let is_of_one = left_out.last() == Some(&tag.name);
            return is_of_one && left_out.pop().is_some();
        }
        if is_leaf(&tag.name) || self.depth() < self.nesting {
            return false;
        }
        left_out.push(tag.name.clone());
        true
    }
}

/// Whether elements of a name hold no others.
fn is_leaf(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("br")
            | local_name!("img")
            | local_name!("hr")
            | local_name!("input")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("wbr")
            | local_name!("source")
    )
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match &token {
            Token::EOFToken => {}
            Token::CommentToken(_) | Token::ParseError(_) => return TokenSinkResult::Continue,
            _ if self.builder.sink.is_full() => return TokenSinkResult::Continue,
            Token::TagToken(tag) if self.leaves_out(tag) => return TokenSinkResult::Continue,
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
