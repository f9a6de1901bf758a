//! The document as the rules use it: its objects in one list, each with its place, and the targets of references.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::config::Sdk;
use crate::diag::Pointer;
use crate::grammar::openapi::{DOCUMENT, SCHEMA};
use crate::grammar::{Object, Path, Shape, children, for_each_reference, reference};
use crate::webhook::{self, reach};

/// The maximum length of a chain of references.
const MAX_HOPS: usize = 100;

/// A document that is valid OpenAPI.
pub(super) struct Model<'a> {
    /// The whole document.
    pub(super) root: &'a Value,
    /// The contents of `sdk.yaml`.
    pub(super) sdk: &'a Sdk,
    /// Its objects, in the document's order, a parent before its children.
    pub(super) nodes: Vec<Node<'a>>,
}

/// An object of a document.
pub(super) struct Node<'a> {
    /// What is allowed there.
    pub(super) object: &'static Object,
    /// The object. It is not a reference.
    pub(super) map: &'a Mapping,
    /// The same, as a value.
    pub(super) value: &'a Value,
    /// Its place.
    pub(super) at: Pointer,
    /// Its key. Empty in a list.
    pub(super) key: &'a str,
    /// Whether it is a part of another schema: a member of an `allOf`, an alternative, or the schema in a `not`.
    pub(super) is_part: bool,
}

impl Node<'_> {
    /// Whether it is a schema.
    pub(super) fn is_schema(&self) -> bool {
        std::ptr::eq(self.object, &raw const SCHEMA)
    }
}

impl<'a> Model<'a> {
    /// Splits a document into its objects.
    pub(super) fn of(root: &'a Value, sdk: &'a Sdk) -> Self {
        let mut model = Self { root, sdk, nodes: Vec::new() };
        model.walk(root, Shape::Object(&DOCUMENT), &Path::ROOT, "", false);
        model
    }

    fn walk(&mut self, value: &'a Value, shape: Shape, at: &Path<'_>, key: &'a str, is_part: bool) {
        if let (Shape::Object(object) | Shape::Reference(object), Value::Mapping(map)) = (shape, value)
            && reference(value).is_none()
        {
            self.nodes.push(Node { object, map, value, at: at.pointer(), key, is_part });
        }
        let in_parts = is_part && value.is_sequence();
        for (index, place) in children(value, shape).into_iter().enumerate() {
            let below = if value.is_sequence() { at.index(index) } else { at.key(place.key) };
            let is_part = in_parts || is_keyword_of_parts(place.key) && !matches!(shape, Shape::Map(_));
            self.walk(place.value, place.shape, &below, place.key, is_part);
        }
    }

    /// The schemas, including those without a name.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(|node| node.is_schema())
    }

    /// The schemas with a name, with their places.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'a str, &'a Value, Pointer)> + use<'a> {
        let schemas = self.root.get("components").and_then(|components| components.get("schemas"));
        let at = Pointer::root().child("components").child("schemas");
        let schemas = schemas.and_then(Value::as_mapping).into_iter().flatten();
        schemas.filter_map(move |(name, schema)| Some((name.as_str()?, schema, at.child(name.as_str()?))))
    }

    /// The object behind a reference, with its place. `None` if the reference is dangling.
    pub(super) fn resolve(&self, value: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
        let (mut value, mut at) = (value, at.clone());
        for _ in 0..MAX_HOPS {
            let Some(target) = reference(value) else { return Some((value, at)) };
            at = Pointer::parse(target)?;
            value = at.segments().try_fold(self.root, |value, segment| value.get(segment.as_str()))?;
        }
        None
    }

    /// Whether the document contains any example. An imported one has none.
    pub(super) fn has_examples(&self) -> bool {
        let keywords = ["example", "examples", "x-example", "x-examples"];
        self.nodes.iter().any(|node| keywords.iter().any(|keyword| node.map.contains_key(*keyword)))
    }

    /// How many named schemas neither an operation nor a webhook reaches.
    pub(super) fn unreached(&self) -> usize {
        let mut start = Vec::new();
        if let Some((keyword, paths)) = DOCUMENT.keyword("paths").zip(self.root.get("paths")) {
            for_each_reference(paths, keyword.shape, &mut |target| start.push(target));
        }
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        for (name, schema, _) in self.named().filter(|(_, schema, _)| schema.get(webhook::EXTENSION).is_some()) {
            reached.insert(name);
            for_each_reference(schema, Shape::Object(&SCHEMA), &mut |target| start.push(target));
        }
        reached.extend(reach::from(self.root, start));
        self.named().filter(|(name, ..)| !reached.contains(name)).count()
    }
}

fn is_keyword_of_parts(key: &str) -> bool {
    matches!(key, "allOf" | "oneOf" | "anyOf" | "not")
}
