//! The lines of all nodes in a text. They are recorded while the text is loaded: reading it a second time would cost
//! more than half as much again. Every load records and few ask, so the record is a flat list, and a question walks it.

use std::collections::{BTreeMap, HashSet};
use std::iter::successors;

use yaml_events::{Event, ScalarStyle};

use crate::diag::Pointer;

/// The lines of a text's nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// In the order of the text: a collection is followed by what it contains.
    nodes: Vec<Node>,
    /// The collections that are being read, outermost first.
    open: Vec<Open>,
    /// The nodes that aliases may refer to.
    anchors: BTreeMap<usize, usize>,
}

#[derive(Clone, Debug)]
struct Node {
    key: Key,
    /// The line of its key, or its own if it has none.
    line: usize,
    content: Content,
}

#[derive(Clone, Debug)]
enum Key {
    Name(Box<str>),
    /// `<<`.
    Merge,
    /// It is the root or in a list, or its key is an alias.
    None,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    Scalar,
    /// Nodes up to this one.
    List(usize),
    /// Nodes up to this one.
    Map(usize),
    /// The node that is meant.
    Alias(usize),
}

#[derive(Clone, Debug)]
struct Open {
    node: usize,
    anchor: usize,
    is_map: bool,
    /// The key whose value comes next, with its line.
    key: Option<(Key, usize)>,
}

impl Lines {
    /// Records an event of the YAML reader.
    pub(super) fn record(&mut self, event: &Event<'_>, line: usize) {
        match event {
            Event::Scalar(text, style, _, _) if self.wants_key() => {
                let is_merge = *style == ScalarStyle::Plain && text == "<<";
                self.key(if is_merge { Key::Merge } else { Key::Name(text.as_ref().into()) }, line);
            }
            Event::Alias(_) if self.wants_key() => self.key(Key::None, line),
            Event::Scalar(_, _, anchor, _) => {
                let node = self.add(Content::Scalar, line);
                self.anchor(*anchor, node);
            }
            // an alias inside the node that it refers to is an error, and has no target
            Event::Alias(id) => {
                let content = self.anchors.get(id).map_or(Content::Scalar, |target| Content::Alias(*target));
                self.add(content, line);
            }
            Event::SequenceStart(anchor, _) => self.begin(*anchor, false, line),
            Event::MappingStart(anchor, _) => self.begin(*anchor, true, line),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            _ => {}
        }
    }

    /// The line of a place, or of its nearest parent.
    pub(super) fn line(&self, at: &Pointer) -> Option<usize> {
        let mut node = 0;
        for segment in at.segments() {
            let Some(child) = self.member(node, &segment) else { break };
            node = child;
        }
        self.nodes.get(node).map(|node| node.line)
    }

    fn wants_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && open.key.is_none())
    }

    fn key(&mut self, key: Key, line: usize) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key, line));
        }
    }

    fn add(&mut self, content: Content, line: usize) -> usize {
        let key = self.open.last_mut().and_then(|open| open.key.take());
        let (key, line) = key.unwrap_or((Key::None, line));
        self.nodes.push(Node { key, line, content });
        self.nodes.len() - 1
    }

    fn anchor(&mut self, anchor: usize, node: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
    }

    fn begin(&mut self, anchor: usize, is_map: bool, line: usize) {
        // the end is not known yet; if the text ends early, everything up to there is inside
        let content = if is_map { Content::Map(usize::MAX) } else { Content::List(usize::MAX) };
        let node = self.add(content, line);
        self.open.push(Open { node, anchor, is_map, key: None });
    }

    fn end(&mut self) {
        let Some(Open { node, anchor, .. }) = self.open.pop() else { return };
        let after = self.nodes.len();
        if let Some(Node { content: Content::List(end) | Content::Map(end), .. }) = self.nodes.get_mut(node) {
            *end = after;
        }
        self.anchor(anchor, node);
    }

    /// The member of a mapping, or the element of a list. A mapping's own members come before those from `<<`.
    fn member(&self, node: usize, segment: &str) -> Option<usize> {
        let node = self.target(node);
        if let Content::List(_) = self.nodes.get(node)?.content {
            return self.children(node).nth(segment.parse().ok()?);
        }
        // for duplicate keys, the first line counts
        let is_named = |child: &usize| matches!(&self.nodes[*child].key, Key::Name(name) if **name == *segment);
        // The same mapping may be merged in many times, and merged mappings may be nested to any depth.
        let (mut open, mut seen) = (vec![node], HashSet::new());
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            if let Some(found) = self.children(node).find(is_named) {
                return Some(found);
            }
            let from = open.len();
            open.extend(self.merged(node));
            open[from..].reverse();
        }
        None
    }

    /// What a mapping merges in. In a list of mappings, which `<<` may have, that is each of them.
    fn merged(&self, node: usize) -> impl Iterator<Item = usize> {
        let is_list = matches!(self.nodes[node].content, Content::List(_));
        let children = self.children(node).filter(move |child| is_list || matches!(self.nodes[*child].key, Key::Merge));
        children.map(|child| self.target(child))
    }

    fn target(&self, node: usize) -> usize {
        match self.nodes.get(node).map(|node| node.content) {
            Some(Content::Alias(target)) => target,
            _ => node,
        }
    }

    fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.after(node).min(self.nodes.len());
        successors(Some(node + 1), |child| Some(self.after(*child))).take_while(move |child| *child < end)
    }

    /// The first node after this one that is not inside it.
    fn after(&self, node: usize) -> usize {
        match self.nodes.get(node).map(|node| node.content) {
            Some(Content::List(end) | Content::Map(end)) => end,
            _ => node + 1,
        }
    }
}
