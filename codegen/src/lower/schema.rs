//! Schemas to types.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::node::Node;
use super::{Lowering, Use, schema_pointer};
use crate::diag::Pointer;
use crate::ir::{Docs, Enum, Field, Kind, Struct, Type, TypeDef, TypeId, Usage, Variant};

/// How deep schemas may stand inside one another before that is taken for a mistake.
const DEPTH: usize = 100;

/// What a schema turns into: a type as it stands, or one that needs a name.
pub(super) enum Shape {
    Plain(Type),
    Named(Kind),
}

impl<'a> Lowering<'a> {
    /// Lowers a schema of `components/schemas` under its own name.
    pub(super) fn named_schema(&mut self, name: &'a str) {
        let at = schema_pointer(name);
        let id = TypeId(name.to_owned());
        let nullable = self.is_nullable(name);
        let (kind, docs) = match self.schema_named(name) {
            Some((_, ReferenceOr::Item(schema))) => {
                let node = Node::of(schema);
                let mut docs = self.schema_docs(&node);
                let shape = self.shape(&node, &at, name);
                let kind = match shape {
                    Shape::Named(kind) => kind,
                    // An empty request is still one that is built.
                    Shape::Plain(Type::JsonObject) if self.requests.contains(name) => Kind::Struct(Struct::default()),
                    Shape::Plain(ty) => Kind::Alias(ty),
                };
                if !matches!(kind, Kind::Alias(_)) {
                    docs.constraints.format = None;
                }
                (kind, docs)
            }
            Some((_, ReferenceOr::Reference { reference })) => match self.follow(reference, &at) {
                Some(target) if self.leads_to(target, name) => {
                    self.error(&at, "this reference leads back to itself", "refer to a schema that is one");
                    return;
                }
                Some(target) => (Kind::Alias(Type::Named(TypeId(target.to_owned()))), Docs::default()),
                None => return,
            },
            None => return,
        };
        self.types.insert(
            id.clone(),
            TypeDef {
                id,
                name: String::new(),
                at,
                docs,
                nullable,
                is_inline: false,
                kind,
                usage: Usage::default(),
                module: 0,
            },
        );
    }

    /// Whether references from one schema lead to another.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        let mut name = from.to_owned();
        for _ in 0..=self.components.schemas.len() {
            if name == to {
                return true;
            }
            match self.schema_named(&name) {
                Some((_, ReferenceOr::Reference { reference })) => {
                    name = reference.rsplit('/').next().unwrap_or_default().to_owned();
                }
                _ => return false,
            }
        }
        true
    }

    /// Lowers a schema where it is used. An inline one that needs a name gets `id`.
    pub(super) fn used(&mut self, schema: &'a ReferenceOr<Schema>, at: &Pointer, id: &str) -> Use {
        match schema {
            ReferenceOr::Reference { reference } => self.used_reference(reference, at),
            ReferenceOr::Item(schema) => self.used_inline(schema, at, id),
        }
    }

    /// The same for a boxed schema.
    pub(super) fn used_boxed(&mut self, schema: &'a ReferenceOr<Box<Schema>>, at: &Pointer, id: &str) -> Use {
        match schema {
            ReferenceOr::Reference { reference } => self.used_reference(reference, at),
            ReferenceOr::Item(schema) => self.used_inline(schema, at, id),
        }
    }

    pub(super) fn used_reference(&mut self, reference: &str, at: &Pointer) -> Use {
        match self.follow(reference, at) {
            Some(name) => Use {
                ty: Type::Named(TypeId(name.to_owned())),
                nullable: self.is_nullable(name),
                docs: Docs::default(),
            },
            None => Use { ty: Type::Json, nullable: false, docs: Docs::default() },
        }
    }

    fn used_inline(&mut self, schema: &'a Schema, at: &Pointer, id: &str) -> Use {
        let node = Node::of(schema);
        let mut docs = self.schema_docs(&node);
        if at.segments().count() > DEPTH {
            self.error(at, "schemas stand inside one another too deep", "name the inner ones under components/schemas");
            return Use { ty: Type::Json, nullable: false, docs };
        }
        let nullable = self.allows_null(&node, 0);
        let ty = match self.shape(&node, at, id) {
            Shape::Plain(ty) => ty,
            Shape::Named(kind) => {
                let id = TypeId(id.to_owned());
                // The type tells its own constraints.
                let own = Docs { description: None, ..docs.clone() };
                docs.constraints =
                    crate::ir::Constraints { default: docs.constraints.default.clone(), ..Default::default() };
                self.types.entry(id.clone()).or_insert_with(|| TypeDef {
                    id: id.clone(),
                    name: String::new(),
                    at: at.clone(),
                    docs: Docs { constraints: Default::default(), ..own },
                    nullable,
                    is_inline: true,
                    kind,
                    usage: Usage::default(),
                    module: 0,
                });
                Type::Named(id)
            }
        };
        Use { ty, nullable, docs }
    }

    /// What a schema turns into.
    pub(super) fn shape(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Shape {
        if node.not {
            self.error(
                at,
                "`not` can't be expressed as a type",
                "replace the schema by what is allowed, by a fixup if the document can't be changed",
            );
            return Shape::Plain(Type::Json);
        }
        if !node.all_of.is_empty() {
            return self.all_of(node, at, id);
        }
        if !node.one_of.is_empty() || !node.any_of.is_empty() {
            return self.union(node, at, id);
        }
        let has_properties = node.properties.is_some_and(|properties| !properties.is_empty());
        match node.typ {
            Some("string") if has_properties => self.values_as_properties(node, at),
            Some("object") | None if has_properties => self.object(node, at, id),
            Some("string") | None if node.values.iter().any(|value| !value.is_null()) => self.enumeration(node, at),
            Some("string") => Shape::Plain(string(node.format.as_deref())),
            Some("number") => Shape::Plain(Type::Decimal),
            Some("integer") => Shape::Plain(Type::Integer),
            Some("boolean") => Shape::Plain(Type::Bool),
            Some("array") => Shape::Plain(self.array(node, at, id)),
            Some("object") => Shape::Plain(self.free_object(node, at, id)),
            None if node.items.is_some() => Shape::Plain(self.array(node, at, id)),
            None if node.additional.is_some() => Shape::Plain(self.free_object(node, at, id)),
            None => Shape::Plain(Type::Json),
            Some(other) => {
                self.error(
                    &at.child("type"),
                    format!("`{other}` is no type of OpenAPI 3.0"),
                    "use string, number, integer, boolean, array or object",
                );
                Shape::Plain(Type::Json)
            }
        }
    }

    fn array(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Type {
        let Some(items) = node.items else { return Type::List(Box::new(Type::Json)) };
        let element = self.used_boxed(items, &at.child("items"), &format!("{id}[]"));
        Type::List(Box::new(nullable_element(element)))
    }

    fn free_object(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Type {
        match node.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let element = self.used(schema, &at.child("additionalProperties"), &format!("{id}{{}}"));
                Type::Map(Box::new(nullable_element(element)))
            }
            _ => Type::JsonObject,
        }
    }

    fn object(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Shape {
        let mut fields = Vec::new();
        for (wire, schema) in node.properties.into_iter().flatten() {
            if self.is_credential(id, wire, schema) {
                continue;
            }
            let at = at.child("properties").child(wire);
            fields.push(self.field(wire, schema, node.required.contains(wire), &at, id));
        }
        self.check_required(node.required, node, at);
        let additional = match node.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let element = self.used(schema, &at.child("additionalProperties"), &format!("{id}{{}}"));
                Some(nullable_element(element))
            }
            _ => None,
        };
        Shape::Named(Kind::Struct(Struct { fields, additional }))
    }

    /// A property as a field.
    pub(super) fn field(
        &mut self,
        wire: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
        required: bool,
        at: &Pointer,
        owner: &str,
    ) -> Field {
        let used = self.used_boxed(schema, at, &format!("{owner}.{wire}"));
        Field {
            wire: wire.to_owned(),
            name: String::new(),
            ty: used.ty,
            required,
            nullable: used.nullable,
            redacted: false,
            docs: used.docs,
            at: at.clone(),
        }
    }

    fn check_required(&mut self, required: &[String], node: &Node<'_>, at: &Pointer) {
        for (index, name) in required.iter().enumerate() {
            if !node.properties.is_some_and(|properties| properties.contains_key(name)) {
                self.error(
                    &at.child("required").index(index),
                    format!("`{name}` is required, but no property is called so"),
                    "declare the property or take it off the list, by a fixup if the document can't be changed",
                );
            }
        }
    }

    /// Whether a property of a request's body is the caller's own credential, which the client sends as a header.
    pub(super) fn is_credential(&mut self, schema: &str, property: &str, value: &ReferenceOr<Box<Schema>>) -> bool {
        if !self.requests.contains(schema) {
            return false;
        }
        let reference = match value {
            ReferenceOr::Reference { reference } => reference,
            ReferenceOr::Item(schema) => match Node::of(schema).all_of {
                [ReferenceOr::Reference { reference }] => reference,
                _ => return false,
            },
        };
        let target = reference.rsplit('/').next().unwrap_or_default();
        let credentials = &self.sdk.credentials;
        let Some(index) = credentials.schemas.iter().position(|schema| schema == target) else { return false };
        self.sdk.used.mark(format!("#/credentials/schemas/{index}"));
        let field = format!("{schema}.{property}");
        match credentials.keep.iter().position(|keep| *keep == field) {
            Some(index) => {
                self.sdk.used.mark(format!("#/credentials/keep/{index}"));
                false
            }
            None => true,
        }
    }

    fn enumeration(&mut self, node: &Node<'a>, at: &Pointer) -> Shape {
        let mut list = Enum { variants: Vec::new(), scalars: false };
        for (index, value) in node.values.iter().enumerate() {
            let wire = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => {
                    list.scalars = true;
                    value.to_string()
                }
                Value::Array(_) | Value::Object(_) => {
                    self.error(
                        &at.child("enum").index(index),
                        "a value of an enum must be a string, number or boolean",
                        "mend the value, by a fixup if the document can't be changed",
                    );
                    continue;
                }
            };
            if list.variants.iter().any(|variant| variant.wire == wire) {
                self.report.note(
                    self.file,
                    &at.child("enum").index(index),
                    format!("the value `{wire}` stands twice"),
                    "",
                );
                continue;
            }
            list.variants.push(Variant { wire, name: String::new(), docs: Docs::default() });
        }
        Shape::Named(Kind::Enum(list))
    }

    /// `type: string` with properties: a list of values, written as an object so that each can be described.
    fn values_as_properties(&mut self, node: &Node<'a>, at: &Pointer) -> Shape {
        self.report.note(
            self.file,
            at,
            "a string with properties: their names are taken for its values",
            "write them as `enum`, by a fixup if the document can't be changed",
        );
        let variants = node.properties.into_iter().flatten().map(|(wire, schema)| Variant {
            wire: wire.clone(),
            name: String::new(),
            docs: Docs {
                description: schema.as_item().and_then(|schema| schema.schema_data.description.clone()),
                ..Docs::default()
            },
        });
        Shape::Named(Kind::Enum(Enum { variants: variants.collect(), scalars: false }))
    }

    /// Whether a named schema may be `null`, by itself or by what it refers to.
    pub(super) fn is_nullable(&mut self, name: &'a str) -> bool {
        if let Some(known) = self.nullable.get(name) {
            return *known;
        }
        // Ends a recursion; what closes it adds nothing.
        self.nullable.insert(name, false);
        let nullable = match self.schema_named(name) {
            Some((_, ReferenceOr::Item(schema))) => self.allows_null(&Node::of(schema), 0),
            Some((_, ReferenceOr::Reference { reference })) => self.reference_allows_null(reference),
            None => false,
        };
        self.nullable.insert(name, nullable);
        nullable
    }

    pub(super) fn allows_null(&mut self, node: &Node<'a>, depth: usize) -> bool {
        if node.allows_null() {
            return true;
        }
        let members = node.all_of.iter().chain(node.one_of).chain(node.any_of);
        depth < DEPTH
            && members.into_iter().any(|member| match member {
                ReferenceOr::Item(schema) => self.allows_null(&Node::of(schema), depth + 1),
                ReferenceOr::Reference { reference } => self.reference_allows_null(reference),
            })
    }

    fn reference_allows_null(&mut self, reference: &str) -> bool {
        let name = reference.strip_prefix("#/components/schemas/").map(super::unescape).unwrap_or_default();
        match self.schema_named(&name) {
            Some((name, _)) => self.is_nullable(name),
            None => false,
        }
    }
}

fn nullable_element(element: Use) -> Type {
    if element.nullable { Type::Nullable(Box::new(element.ty)) } else { element.ty }
}

fn string(format: Option<&str>) -> Type {
    match format {
        Some("date") => Type::Date,
        Some("date-time") => Type::DateTime,
        _ => Type::String,
    }
}
