//! `allOf`: another name for a type, or several objects merged into one.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::node::Node;
use super::schema::Shape;
use super::{Lowering, schema_pointer};
use crate::diag::Pointer;
use crate::ir::{Field, Kind, Struct, Type, TypeId};

/// Members of an `allOf`, put together. Requiredness counts across members, so it is settled at the end.
#[derive(Default)]
struct Merged<'a> {
    properties: IndexMap<&'a str, Property<'a>>,
    required: Vec<(&'a str, Pointer)>,
    additional: Option<(&'a ReferenceOr<Schema>, Pointer, String)>,
}

struct Property<'a> {
    schema: &'a ReferenceOr<Box<Schema>>,
    at: Pointer,
    /// The type that declares it, which names what stands inside.
    owner: String,
    /// Earlier declarations that this one replaces.
    replaced: Vec<(&'a ReferenceOr<Box<Schema>>, Pointer, String)>,
}

impl<'a> Lowering<'a> {
    pub(super) fn all_of(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Shape {
        let says_nothing = |member: &&ReferenceOr<Schema>| match member {
            ReferenceOr::Reference { .. } => false,
            ReferenceOr::Item(schema) => {
                let member = Node::of(schema);
                member.is_bare() && member.required.is_empty()
            }
        };
        let own = node.properties.is_some_and(|properties| !properties.is_empty()) || !node.required.is_empty();
        let mut telling = node.all_of.iter().enumerate().filter(|(_, member)| !says_nothing(member));
        match (telling.next(), telling.next()) {
            (Some((index, member)), None) if !own => match member {
                ReferenceOr::Reference { reference } => {
                    let place = at.child("allOf").index(index);
                    match self.follow(reference, &place) {
                        Some(name) if name == id || self.refers_to(name, id) => {
                            self.error(&place, "this `allOf` leads back to itself", "take the member out");
                            Shape::Plain(Type::Json)
                        }
                        Some(name) => Shape::Plain(Type::Named(TypeId(name.to_owned()))),
                        None => Shape::Plain(Type::Json),
                    }
                }
                ReferenceOr::Item(schema) => self.shape(&Node::of(schema), &at.child("allOf").index(index), id),
            },
            (None, _) if !own => {
                // Nothing but descriptions: the type beside it, if there is one, counts.
                self.shape(&node.without_all_of(), at, id)
            }
            _ => self.merged(node, at, id),
        }
    }

    /// Whether a chain of single-member `allOf`s and references leads from one schema to another.
    fn refers_to(&self, from: &str, to: &str) -> bool {
        let mut name = from.to_owned();
        for _ in 0..=self.components.schemas.len() {
            if name == to {
                return true;
            }
            let reference = match self.schema_named(&name) {
                Some((_, ReferenceOr::Reference { reference })) => reference,
                Some((_, ReferenceOr::Item(schema))) => match Node::of(schema).all_of {
                    [ReferenceOr::Reference { reference }, ..] => reference,
                    _ => return false,
                },
                None => return false,
            };
            name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        }
        true
    }

    fn merged(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Shape {
        let mut merged = Merged::default();
        let mut path = HashSet::from([id.to_owned()]);
        self.gather(node, at, id, &mut path, &mut merged);
        let mut fields: Vec<Field> = Vec::new();
        for (wire, property) in &merged.properties {
            if self.is_credential(id, wire, property.schema) {
                continue;
            }
            let required = merged.required.iter().any(|(name, _)| name == wire);
            let field = self.field(wire, property.schema, required, &property.at, &property.owner);
            for (schema, at, owner) in &property.replaced {
                let earlier = self.field(wire, schema, required, at, owner);
                if earlier.ty != field.ty {
                    self.report.note(
                        self.file,
                        &property.at,
                        format!("`{wire}` is declared again with another type than at {at}; the later one counts"),
                        "",
                    );
                }
            }
            fields.push(field);
        }
        for (name, at) in &merged.required {
            if !merged.properties.contains_key(name) {
                self.error(
                    at,
                    format!("`{name}` is required, but no member of the `allOf` has a property of that name"),
                    "declare the property or take it off the list, by a fixup if the document can't be changed",
                );
            }
        }
        let additional = merged.additional.map(|(schema, at, owner)| {
            let element = self.used(schema, &at, &format!("{owner}{{}}"));
            if element.nullable { Type::Nullable(Box::new(element.ty)) } else { element.ty }
        });
        Shape::Named(Kind::Struct(Struct { fields, additional }))
    }

    /// Adds an object's parts, those of its members first.
    fn gather(
        &mut self,
        node: &Node<'a>,
        at: &Pointer,
        owner: &str,
        path: &mut HashSet<String>,
        merged: &mut Merged<'a>,
    ) {
        for (index, member) in node.all_of.iter().enumerate() {
            let place = at.child("allOf").index(index);
            match member {
                ReferenceOr::Item(schema) => self.gather(&Node::of(schema), &place, owner, path, merged),
                ReferenceOr::Reference { reference } => self.gather_reference(reference, &place, path, merged),
            }
        }
        let is_object = matches!(node.typ, None | Some("object")) && node.items.is_none();
        if !is_object || !node.one_of.is_empty() || !node.any_of.is_empty() || !node.values.is_empty() {
            // A bare `type` beside an object's reference says nothing that could hold; the object counts.
            if !(node.is_bare() && !merged.properties.is_empty()) {
                self.error(
                    at,
                    "this member of an `allOf` is no object, so it can't be merged with the others",
                    "refer to it by a property of its own, by a fixup if the document can't be changed",
                );
            }
            return;
        }
        for (wire, schema) in node.properties.into_iter().flatten() {
            let place = at.child("properties").child(wire);
            match merged.properties.get_mut(wire.as_str()) {
                Some(earlier) => {
                    let replaced = (earlier.schema, earlier.at.clone(), earlier.owner.clone());
                    earlier.replaced.push(replaced);
                    earlier.schema = schema;
                    earlier.at = place;
                    owner.clone_into(&mut earlier.owner);
                }
                None => {
                    let property = Property { schema, at: place, owner: owner.to_owned(), replaced: Vec::new() };
                    merged.properties.insert(wire, property);
                }
            }
        }
        let required = node.required.iter().enumerate();
        merged.required.extend(required.map(|(index, name)| (name.as_str(), at.child("required").index(index))));
        if let Some(AdditionalProperties::Schema(schema)) = node.additional {
            merged.additional = Some((schema, at.child("additionalProperties"), owner.to_owned()));
        }
    }

    fn gather_reference(&mut self, reference: &str, at: &Pointer, path: &mut HashSet<String>, merged: &mut Merged<'a>) {
        let found = reference.strip_prefix("#/components/schemas/").map(super::unescape);
        let Some((name, schema)) = found.and_then(|name| self.schema_named(&name)) else {
            // Says what is wrong with it.
            self.follow(reference, at);
            return;
        };
        if !path.insert(name.to_owned()) {
            self.error(at, "this `allOf` leads back to itself", "take the member out");
            return;
        }
        match schema {
            ReferenceOr::Item(schema) => self.gather(&Node::of(schema), &schema_pointer(name), name, path, merged),
            ReferenceOr::Reference { reference } => {
                self.gather_reference(reference, &schema_pointer(name), path, merged)
            }
        }
        path.remove(name);
    }
}
