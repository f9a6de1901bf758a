//! A schema with all its parts: the target of its reference, and the members of its `allOf`.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_yaml::{Mapping, Value};

use super::model::Model;
use crate::diag::Pointer;
use crate::grammar::reference;

/// A schema and the schemas that it merges in.
pub(super) struct View<'a> {
    /// Its parts, itself first.
    pub(super) parts: Vec<Part<'a>>,
}

/// A part of a schema.
pub(super) struct Part<'a> {
    /// Its keywords.
    pub(super) map: &'a Mapping,
    /// Its place.
    pub(super) at: Pointer,
}

impl<'a> View<'a> {
    /// The view of a schema.
    pub(super) fn of(model: &Model<'a>, schema: &'a Value, at: &Pointer) -> Self {
        let mut view = Self { parts: Vec::new() };
        view.take(model, schema, at, &mut HashSet::new());
        view
    }

    fn take(&mut self, model: &Model<'a>, schema: &'a Value, at: &Pointer, seen: &mut HashSet<&'a str>) {
        // a schema that is merged in a second time adds nothing
        if reference(schema).is_some_and(|target| !seen.insert(target)) {
            return;
        }
        if let Some((Value::Mapping(map), at)) = model.resolve(schema, at) {
            let members = map.get("allOf").and_then(Value::as_sequence);
            self.parts.push(Part { map, at: at.clone() });
            for (index, member) in members.into_iter().flatten().enumerate() {
                self.take(model, member, &at.child("allOf").index(index), seen);
            }
        }
    }

    /// The place of the schema itself, behind its reference.
    pub(super) fn at(&self) -> Pointer {
        self.parts.first().map_or_else(Pointer::root, |part| part.at.clone())
    }

    /// The values of a keyword in all parts.
    pub(super) fn keyword<'v>(&'v self, name: &'v str) -> impl Iterator<Item = &'a Value> + use<'v, 'a> {
        self.parts.iter().filter_map(move |part| part.map.get(name))
    }

    /// The value of a keyword in the first part that has it.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.keyword(name).find_map(Value::as_str)
    }

    /// The type of values, declared or clear from the keywords. `None` if they may have any type.
    pub(super) fn kind(&self) -> Option<&'a str> {
        let has = |name: &str| self.keyword(name).next().is_some();
        self.text("type").or_else(|| match () {
            () if has("properties") || has("required") || has("additionalProperties") => Some("object"),
            () if has("items") => Some("array"),
            () => None,
        })
    }

    /// Whether values may be `null`: if any part allows it, as in the generator.
    pub(super) fn is_nullable(&self) -> bool {
        let listed = || self.keyword("enum").filter_map(Value::as_sequence).flatten().any(Value::is_null);
        self.keyword("nullable").any(|flag| flag.as_bool() == Some(true)) || listed()
    }

    /// The properties, with their places. Of one that is declared twice, the last declaration counts.
    pub(super) fn properties(&self) -> IndexMap<&'a str, (&'a Value, Pointer)> {
        let mut all = IndexMap::new();
        for part in &self.parts {
            let at = part.at.child("properties");
            for (name, schema) in part.map.get("properties").and_then(Value::as_mapping).into_iter().flatten() {
                if let Some(name) = name.as_str() {
                    all.insert(name, (schema, at.child(name)));
                }
            }
        }
        all
    }

    /// The names in `required`, with their places.
    pub(super) fn required(&self) -> Vec<(&'a str, Pointer)> {
        let mut all = Vec::new();
        for part in &self.parts {
            let names = part.map.get("required").and_then(Value::as_sequence);
            for (index, name) in names.into_iter().flatten().enumerate() {
                all.extend(name.as_str().map(|name| (name, part.at.child("required").index(index))));
            }
        }
        all
    }

    /// The alternatives, with their places: one list for each `oneOf` and `anyOf`.
    pub(super) fn alternatives(&self) -> Vec<Vec<(&'a Value, Pointer)>> {
        let mut all = Vec::new();
        for part in &self.parts {
            for keyword in ["oneOf", "anyOf"] {
                let Some(list) = part.map.get(keyword).and_then(Value::as_sequence) else { continue };
                let at = part.at.child(keyword);
                all.push(list.iter().enumerate().map(|(index, schema)| (schema, at.index(index))).collect());
            }
        }
        all
    }

    /// The schema of a list's elements, with its place.
    pub(super) fn items(&self) -> Option<(&'a Value, Pointer)> {
        self.parts.iter().find_map(|part| Some((part.map.get("items")?, part.at.child("items"))))
    }

    /// The schema of properties that are not declared, with its place.
    pub(super) fn additional(&self) -> Option<(&'a Value, Pointer)> {
        let at = |part: &Part<'a>| part.at.child("additionalProperties");
        let found = self.parts.iter().find_map(|part| Some((part.map.get("additionalProperties")?, at(part))));
        found.filter(|(value, _)| value.is_mapping())
    }
}
