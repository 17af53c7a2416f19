//! A page in, its tree of elements and texts out.
//!
//! The page is parsed as browsers do it (html5ever), unclosed and misnested tags and all, into one vector of nodes that
//! point to each other by number. Nothing here is recursive, so that no page can be nested too deep for it, and what
//! a hostile page could make costly is bounded:
//!
//! - Elements below a depth of [`Limits::nesting`] are left out and their texts hang in what they would have stood in: the
//!   rules of parsing look through all open elements for many a tag.
//! - Of a page that makes more nodes and attributes than it has bytes the rest is left out: a formatting element that is
//!   never closed is opened again in each paragraph, with all that it has.
//! - Elements keep their first attributes alone ([`prune`](super::prune)).
//!
//! Scripts are not run, so what stands in `<noscript>` is part of the page.

mod building;

use std::iter;

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName};

use super::prune::pruned;
use crate::model::Limits;

/// Which node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The node that all others stand in.
    pub const DOCUMENT: Self = Self(0);

    fn of(index: usize) -> Self {
        Self(u32::try_from(index).expect("a tree stops to grow before"))
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
        building::tree(&pruned(page), limits)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(page: &str) -> Tree {
        Tree::parse(page, &Limits::default())
    }

    /// How deep elements stand in each other.
    fn depth(tree: &Tree) -> usize {
        let mut open = 0;
        let depths = tree.walk(NodeId::DOCUMENT).map(|step| {
            match step {
                Step::Enter(_) => open += 1,
                Step::Leave(_) => open -= 1,
            }
            open
        });
        depths.max().unwrap_or(0)
    }

    #[test]
    fn unclosed_elements_end_where_browsers_end_them() {
        let tree = tree("<ul><li>Fog<li>Rain</ul><p>Sun<p>Wind");
        let texts: Vec<String> = tree
            .elements()
            .filter(|(_, element)| matches!(element.name(), "li" | "p"))
            .map(|(node, _)| tree.text_of(node))
            .collect();
        assert_eq!(texts, ["Fog", "Rain", "Sun", "Wind"]);
    }

    #[test]
    fn neighbouring_texts_are_one() {
        let tree = tree("<p>Fog &amp; <!-- a --> rain</p>");
        let texts: Vec<&str> = tree.descendants(NodeId::DOCUMENT).filter_map(|node| tree.text(node)).collect();
        assert_eq!(texts, ["Fog &  rain"]);
    }

    #[test]
    fn what_is_nested_too_deep_hangs_in_what_is_not() {
        let page = format!("{}Fog{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = tree(&page);
        assert!(depth(&tree) <= 2 + Limits::default().nesting as usize, "{}", depth(&tree));
        assert_eq!(tree.text_of(NodeId::DOCUMENT), "Fog");
    }

    #[test]
    fn texts_behind_what_was_nested_too_deep_stand_where_they_belong() {
        let page = format!("<main>{}Fog{}</main><p>Rain", "<div>".repeat(2000), "</div>".repeat(2000));
        let tree = tree(&page);
        let (main, _) = tree.elements().find(|(_, element)| element.name() == "main").unwrap();
        assert_eq!(tree.text_of(main), "Fog");
    }

    #[test]
    fn elements_that_hold_nothing_and_stand_too_deep_do_not_swallow_what_follows() {
        let deep = Limits::default().nesting as usize + 10;
        for name in ["area", "base", "col", "embed", "param", "source", "track", "wbr", "img"] {
            let page = format!("<main>{}<{name}>{}</main><p>Rain", "<div>".repeat(deep), "</div>".repeat(deep));
            let tree = tree(&page);
            let (main, _) = tree.elements().find(|(_, element)| element.name() == "main").unwrap();
            assert_eq!(tree.text_of(main), "", "{name}");
        }
    }

    #[test]
    fn formatting_that_is_never_closed_does_not_multiply() {
        let opened: String = (0..500).map(|size| format!("<p><font class=\"a{size}\"></p>")).collect();
        let page = format!("{opened}{}", "<p>Fog".repeat(20_000));
        assert!(tree(&page).len() <= page.len() + 2 * Limits::default().nesting as usize);
    }

    #[test]
    fn attributes_of_formatting_that_is_never_closed_do_not_multiply() {
        let attributes = "class=a id=b title=c rel=d lang=e role=f name=g type=h value=i content=j";
        let page = format!("<font {attributes}>{}", "<p>Fog</p>".repeat(20_000));
        let tree = tree(&page);
        let count: usize = tree.elements().map(|(_, element)| element.attributes.len()).sum();
        assert!(tree.len() + count <= page.len() + 2 * Limits::default().nesting as usize);
    }

    #[test]
    fn no_page_is_too_broken() {
        let pieces = [
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=x>",
            "</a>",
            "<svg>",
            "</svg>",
            "<template>",
            "</template>",
            "<select>",
            "<option>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<",
            ">",
            "\0",
            "Fog",
            "<li>",
            "<ul>",
            "</ul>",
            "<frameset>",
            "<math>",
            "<mi>",
            "<title>",
            "<form>",
            "</form>",
            "<br",
            "&amp",
            "</body>",
        ];
        let mut at = 7;
        for _ in 0..200 {
            let page: String = (0..60)
                .map(|_| {
                    at = (at * 1103 + 12_345) % 65_537;
                    pieces[at % pieces.len()]
                })
                .collect();
            let tree = tree(&page);
            let entered = tree.descendants(NodeId::DOCUMENT).count();
            assert_eq!(tree.walk(NodeId::DOCUMENT).count(), 2 * entered, "{page}");
        }
    }
}
