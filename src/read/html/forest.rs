//! A table of decision trees in, a score of a block out.
//!
//! Gradient-boosted trees (Friedman, Greedy function approximation: a gradient boosting machine, 2001): each tree asks one
//! feature after the other whether it is at most a threshold and ends in a number; the sum of these numbers over all trees
//! is the logarithm of the odds that the block is main text.
//!
//! The first lines of a table (`main_text.forest`) tell how it was found; a line `= name` names the feature that the trees
//! below call by the next number; every other line is one tree in preorder: `7<=3.5` asks the feature
//! of number 7, what follows is the tree for yes and then the one for no, and a bare number is an end.

use rustc_hash::FxHashMap;

/// Trees whose numbers add up.
#[derive(Debug)]
pub(super) struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

/// A question, or an end.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The feature that is asked, or [`END`].
    feature: u32,
    /// What it may be at most for yes, or the number that the tree ends in.
    value: f32,
    /// Where it goes on for no; for yes it is the next node.
    no: u32,
}

const END: u32 = u32::MAX;

impl Forest {
    /// Reads a table whose features have these names, in this order.
    ///
    /// # Panics
    ///
    /// When the table does not fit: it is a part of this crate.
    pub fn read(table: &str, names: &[String]) -> Self {
        let known: FxHashMap<&str, u32> = (0..).zip(names).map(|(at, name)| (name.as_str(), at)).collect();
        let mut features = Vec::new();
        let mut forest = Self { nodes: Vec::new(), roots: Vec::new() };
        for line in table.lines() {
            if let Some(name) = line.strip_prefix("= ") {
                features.push(*known.get(name).unwrap_or_else(|| panic!("no feature is called {name}")));
            } else if !line.starts_with('#') {
                forest.plant(line, &features);
            }
        }
        forest
    }

    /// Adds the tree of a line.
    fn plant(&mut self, line: &str, features: &[u32]) {
        let number = |at: usize| u32::try_from(at).expect("a table has few nodes");
        self.roots.push(number(self.nodes.len()));
        // The questions whose tree for yes is being read.
        let mut asked = Vec::new();
        for word in line.split(' ') {
            let at = self.nodes.len();
            if let Some((feature, threshold)) = word.split_once("<=") {
                let feature: usize = feature.parse().expect("a feature is called by its number");
                let value = threshold.parse().expect("a threshold is a number");
                self.nodes.push(Node { feature: features[feature], value, no: 0 });
                asked.push(at);
            } else {
                let value = word.parse().expect("a tree ends in a number");
                self.nodes.push(Node { feature: END, value, no: 0 });
                if let Some(question) = asked.pop() {
                    self.nodes[question].no = number(at + 1);
                }
            }
        }
    }

    /// How likely a block with these features is main text.
    pub fn probability(&self, features: &[f32]) -> f32 {
        let odds: f32 = self.roots.iter().map(|root| self.end(*root, features)).sum();
        1.0 / (1.0 + libm::expf(-odds))
    }

    /// What a tree ends in.
    fn end(&self, root: u32, features: &[f32]) -> f32 {
        let mut node = self.nodes[root as usize];
        let mut at = root;
        while node.feature != END {
            at = if features[node.feature as usize] <= node.value { at + 1 } else { node.no };
            node = self.nodes[at as usize];
        }
        node.value
    }
}
