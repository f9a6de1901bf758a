//! Reads a text into a tree, in one pass over the YAML reader's events. It is faster than serde_yaml's own reading into
//! a `Value`, and knows the place of every error.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};
use yaml_events::{Event, Events, ScalarStyle, Tag};

use super::anchored::{Anchored, merged};
use super::lines::Lines;
use super::{scalar, text};
use crate::diag::{Diagnostic, Pointer, Report, Severity};

/// How deep collections may be nested. The stages after this one recurse.
pub(super) const MAX_DEPTH: usize = 64;
/// The maximum number of nodes after expanding aliases.
const MAX_NODES: usize = 4_000_000;

/// Reads a text, and records its lines.
pub(super) fn load(file: &str, whole: &str, report: &mut Report) -> Option<(Value, Lines)> {
    let mut loader = Loader {
        file,
        report,
        stack: Vec::new(),
        anchors: BTreeMap::new(),
        root: None,
        good: true,
        nodes: 0,
        twice: Vec::new(),
        lines: Lines::default(),
    };
    if let Some((c, line)) = text::forbidden(whole) {
        let what = format!("the control character {c:?} is not allowed in YAML");
        loader.error(line, &Pointer::root(), what, "remove it, or write it as an escape in double quotes");
        return None;
    }
    let readable = text::readable(whole);
    loader.run(&readable);
    let Loader { root, good, lines, .. } = loader;
    Some((root.filter(|_| good)?, lines))
}

/// A collection that is being read.
enum Frame {
    List { items: Vec<Value>, anchor: usize },
    Map { map: Mapping, key: Option<String>, merges: Vec<Value>, merging: bool, anchor: usize },
}

struct Loader<'r> {
    file: &'r str,
    report: &'r mut Report,
    stack: Vec<Frame>,
    anchors: BTreeMap<usize, Anchored>,
    root: Option<Value>,
    good: bool,
    nodes: usize,
    /// Duplicate keys, with their lines.
    twice: Vec<(Pointer, usize)>,
    lines: Lines,
}

/// A fatal error: the rest of the text can't be read.
struct Fatal;

impl Loader<'_> {
    fn run(&mut self, readable: &str) {
        for event in Events::new(readable) {
            let result = match event {
                Ok((event, span)) => {
                    self.lines.record(&event, span.start.line());
                    self.event(event, span.start.line())
                }
                Err(error) => {
                    let what = format!("this is not YAML: {}", error.info());
                    let help = "correct the text here or just above; an indentation or a quote is the usual cause";
                    self.error(error.marker().line(), &self.here(), what, help);
                    Err(Fatal)
                }
            };
            if result.is_err() {
                break;
            }
        }
        for (at, line) in std::mem::take(&mut self.twice) {
            let first = self.lines.line(&at).unwrap_or(line);
            let what = format!("duplicate key `{}` in one mapping; the first is in line {first}", last(&at));
            self.error(line, &at, what, "keep one of the two");
        }
        if self.good && self.root.is_none() {
            let help = "check that this is the right file; write `{}` or `[]` if it should be empty";
            self.error(1, &Pointer::root(), "this file is empty".to_owned(), help);
        }
    }

    fn event(&mut self, event: Event<'_>, line: usize) -> Result<(), Fatal> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                let what = "a second YAML document starts here".to_owned();
                self.error(line, &Pointer::root(), what, "keep one document: remove the `---` and what doesn't belong");
                Err(Fatal)
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), line),
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), line);
                self.open(Frame::List { items: Vec::new(), anchor }, line)
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag.as_deref(), line);
                let map = Mapping::new();
                self.open(Frame::Map { map, key: None, merges: Vec::new(), merging: false, anchor }, line)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(line);
                Ok(())
            }
            Event::Alias(id) => self.alias(id, line),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        line: usize,
    ) -> Result<(), Fatal> {
        self.nodes += 1;
        let is_text = self.check_tag(tag, line);
        if self.wants_key() {
            if anchor > 0 {
                self.anchors.insert(anchor, Anchored::new(Value::String(text.to_owned())));
            }
            return self.key(text, style, line);
        }
        let value =
            if style == ScalarStyle::Plain && !is_text { scalar::plain(text) } else { Value::String(text.to_owned()) };
        if value.as_f64().is_some_and(|f| !f.is_finite()) {
            let what = format!("`{text}` is not a number in JSON");
            self.error(line, &self.here(), what, "write a finite number, or put the word in quotes");
        }
        if anchor > 0 {
            self.anchors.insert(anchor, Anchored::new(value.clone()));
        }
        self.add(value);
        Ok(())
    }

    fn key(&mut self, text: &str, style: ScalarStyle, line: usize) -> Result<(), Fatal> {
        if text.is_empty() && style == ScalarStyle::Plain {
            self.error(
                line,
                &self.here(),
                "a key is missing before this `:`".to_owned(),
                "add the key, or remove the line",
            );
        }
        let Some(Frame::Map { map, key, merging, .. }) = self.stack.last_mut() else { return Ok(()) };
        *merging = style == ScalarStyle::Plain && text == "<<";
        *key = Some(text.to_owned());
        if !*merging && map.contains_key(text) {
            self.twice.push((self.here(), line));
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, line: usize) -> Result<(), Fatal> {
        let Some(Anchored { value, nodes, depth }) = self.anchors.get(&id) else {
            let what = "this alias is inside the node that it refers to".to_owned();
            self.error(line, &self.here(), what, "write the value out; a document can't contain itself");
            return Err(Fatal);
        };
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            let what = format!("aliases expand the document to more than {MAX_NODES} nodes");
            self.error(line, &self.here(), what, "refer to shared parts with `$ref` instead of aliases");
            return Err(Fatal);
        }
        if self.stack.len() + depth > MAX_DEPTH {
            return self.too_deep(line);
        }
        let value = value.clone();
        if self.wants_key() {
            let text = value.as_str().map(str::to_owned);
            return match text {
                Some(text) => self.key(&text, ScalarStyle::SingleQuoted, line),
                None => self.bad_key(line),
            };
        }
        self.add(value);
        Ok(())
    }

    fn open(&mut self, frame: Frame, line: usize) -> Result<(), Fatal> {
        self.nodes += 1;
        if self.wants_key() {
            return self.bad_key(line);
        }
        if self.stack.len() >= MAX_DEPTH {
            return self.too_deep(line);
        }
        self.stack.push(frame);
        Ok(())
    }

    fn close(&mut self, line: usize) {
        let (value, anchor) = match self.stack.pop() {
            Some(Frame::List { items, anchor }) => (Value::Sequence(items), anchor),
            Some(Frame::Map { mut map, merges, anchor, .. }) => {
                for merge in merges {
                    if !merged(&mut map, merge) {
                        let what = "`<<` merges a mapping or a list of mappings, and this is neither".to_owned();
                        let help = "refer to a mapping (`<<: *name`), or put the key in quotes";
                        self.error(line, &self.here(), what, help);
                    }
                }
                (Value::Mapping(map), anchor)
            }
            None => return,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, Anchored::new(value.clone()));
        }
        self.add(value);
    }

    fn add(&mut self, value: Value) {
        match self.stack.last_mut() {
            None => self.root = Some(value),
            Some(Frame::List { items, .. }) => items.push(value),
            Some(Frame::Map { key, merges, merging: true, .. }) => {
                *key = None;
                merges.push(value);
            }
            Some(Frame::Map { map, key, .. }) => {
                if let Some(key) = key.take() {
                    map.insert(Value::String(key), value);
                }
            }
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame::Map { key: None, .. }))
    }

    /// Whether a tag makes a scalar a string. Other tags are not supported.
    fn check_tag(&mut self, tag: Option<&Tag>, line: usize) -> bool {
        let Some(tag) = tag else { return false };
        let is_core = tag.is_yaml_core_schema()
            && matches!(tag.suffix.as_str(), "str" | "int" | "float" | "bool" | "null" | "map" | "seq");
        let is_plain = tag.suffix == "!" && tag.handle.is_empty();
        if !is_core && !is_plain {
            let what = format!("the tag `{tag}` is not supported");
            self.error(line, &self.here(), what, "remove the tag");
        }
        is_plain || tag.suffix == "str"
    }

    fn bad_key(&mut self, line: usize) -> Result<(), Fatal> {
        let what = "a key must be text, but this is a list or a mapping".to_owned();
        self.error(
            line,
            &self.here(),
            what,
            "write a word as the key; text that starts with `{`, `[` or `*` needs quotes",
        );
        Err(Fatal)
    }

    fn too_deep(&mut self, line: usize) -> Result<(), Fatal> {
        let what = format!("more than {MAX_DEPTH} lists and mappings are nested");
        self.error(line, &self.here(), what, "move inner schemas to `components/schemas` and refer to them");
        Err(Fatal)
    }

    /// The current place.
    fn here(&self) -> Pointer {
        self.stack.iter().fold(Pointer::root(), |at, frame| match frame {
            Frame::List { items, .. } => at.index(items.len()),
            Frame::Map { key: Some(key), .. } => at.child(key),
            Frame::Map { .. } => at,
        })
    }

    fn error(&mut self, line: usize, at: &Pointer, what: String, help: &str) {
        self.good = false;
        self.report.add(Diagnostic {
            severity: Severity::Error,
            file: self.file.to_owned(),
            line: Some(line),
            at: at.clone(),
            also: Vec::new(),
            what,
            help: help.to_owned(),
        });
    }
}

fn last(at: &Pointer) -> String {
    at.segments().last().unwrap_or_default()
}
