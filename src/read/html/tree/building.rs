//! What the parser finds in a page in, its tree out.
//!
//! `Sink` does what the parser says; `Guard` stands in front of the parser and keeps from it what would be nested too deep
//! or be too much.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name};

use super::{Data, Element, Node, NodeId, Tree};
use crate::model::Limits;
use crate::read::html::prune::MOST_ATTRIBUTES;

/// So many nodes a page may have whatever its size: the elements that every page gets.
const NODES_ANYWAY: usize = 64;

/// So many nodes a tree has at most, whatever the size of the page: they are numbered by 32 bits. The parser adds some more
/// before it looks again, as many as formatting elements may be open; that is what the other half is for.
const MOST_NODES: usize = u32::MAX as usize / 2;

/// Builds the tree of a page.
pub(super) fn tree(page: &str, limits: &Limits) -> Tree {
    let nesting = u32::try_from(limits.nesting).unwrap_or(u32::MAX);
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Sink::new(page.len()), options);
    let tokenizer = Tokenizer::new(Guard { builder, nesting, left_out: RefCell::default() }, Default::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    // It halts behind each script, for a browser to run it.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Builds the tree as the parser tells it to.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// How many attributes they have: a formatting element that is opened again has all of its own.
    attributes: Cell<usize>,
    /// How many nodes and attributes there may be.
    most: usize,
    /// The element that the parser last asked the name of.
    named: Cell<NodeId>,
}

impl Sink {
    fn new(bytes: usize) -> Self {
        let sink = Self {
            nodes: RefCell::new(Vec::with_capacity(bytes / BYTES_A_NODE)),
            attributes: Cell::new(0),
            most: bytes.saturating_add(NODES_ANYWAY).min(MOST_NODES),
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
        self.nodes.borrow().len().saturating_add(self.attributes.get()) > self.most
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

/// Pages of news have one node for so many bytes or more.
const BYTES_A_NODE: usize = 32;

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
        self.attributes.set(self.attributes.get() + attributes.len());
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
            | local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
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
