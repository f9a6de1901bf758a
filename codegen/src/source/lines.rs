//! The lines of all nodes in a text. They are read from the same events as the value, but only if there is something to
//! report.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::diag::Pointer;

/// The lines of a node and of its members.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    line: usize,
    sequence: bool,
    /// By key, or by index for a sequence; with the line of the key.
    children: IndexMap<String, (usize, Arc<Lines>)>,
}

impl Lines {
    /// The lines of the first document of a text, as far as it can be read.
    pub(super) fn read(text: &str) -> Self {
        let mut builder = Builder::default();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            builder.event(event, span.start.line());
            if builder.root.is_some() {
                break;
            }
        }
        builder.finish()
    }

    /// The line of a place, or of its nearest parent.
    pub(super) fn line(&self, at: &Pointer) -> Option<usize> {
        let (mut node, mut line) = (self, self.line);
        for segment in at.segments() {
            let Some((key, child)) = node.children.get(&segment) else { break };
            (node, line) = (child, *key);
        }
        (line > 0).then_some(line)
    }
}

/// A collection that is being read.
struct Frame {
    lines: Lines,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<Key>,
    merges: Vec<Arc<Lines>>,
}

enum Key {
    Name(String, usize),
    Merge,
    /// A collection as a key, which has no pointer.
    Other,
}

#[derive(Default)]
struct Builder {
    stack: Vec<Frame>,
    anchors: BTreeMap<usize, Arc<Lines>>,
    root: Option<Arc<Lines>>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::MappingStart(anchor, _) => self.open(anchor, false, line),
            Event::SequenceStart(anchor, _) => self.open(anchor, true, line),
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Scalar(text, style, anchor, _) => match self.stack.last_mut() {
                Some(frame) if !frame.lines.sequence && frame.key.is_none() => {
                    let is_merge = style == ScalarStyle::Plain && text == "<<";
                    frame.key = Some(if is_merge { Key::Merge } else { Key::Name(text.into_owned(), line) });
                }
                _ => self.add(anchor, Arc::new(Lines { line, ..Lines::default() }), line),
            },
            Event::Alias(id) => {
                let target = self.anchors.get(&id).cloned().unwrap_or_default();
                self.add(0, target, line);
            }
            _ => {}
        }
    }

    fn open(&mut self, anchor: usize, sequence: bool, line: usize) {
        let lines = Lines { line, sequence, ..Lines::default() };
        self.stack.push(Frame { lines, anchor, key: None, merges: Vec::new() });
    }

    fn close(&mut self) {
        let Some(mut frame) = self.stack.pop() else { return };
        for merged in std::mem::take(&mut frame.merges) {
            for (key, at) in &merged.children {
                frame.lines.children.entry(key.clone()).or_insert_with(|| at.clone());
            }
        }
        let line = frame.lines.line;
        self.add(frame.anchor, Arc::new(frame.lines), line);
    }

    fn add(&mut self, anchor: usize, lines: Arc<Lines>, line: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, Arc::clone(&lines));
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(lines);
            return;
        };
        if frame.lines.sequence {
            let index = frame.lines.children.len().to_string();
            frame.lines.children.insert(index, (line, lines));
            return;
        }
        match frame.key.take() {
            None => frame.key = Some(Key::Other),
            Some(Key::Other) => {}
            Some(Key::Merge) if lines.sequence => {
                frame.merges.extend(lines.children.values().map(|(_, child)| Arc::clone(child)));
            }
            Some(Key::Merge) => frame.merges.push(lines),
            // for duplicate keys, the first line counts
            Some(Key::Name(key, at)) => {
                frame.lines.children.entry(key).or_insert((at, lines));
            }
        }
    }

    /// The result so far, also if the text ended early.
    fn finish(mut self) -> Lines {
        while self.root.is_none() && !self.stack.is_empty() {
            self.close();
        }
        self.root.map(Arc::unwrap_or_clone).unwrap_or_default()
    }
}
