//! Types as JSON Schema, draft 2020-12, with OpenAPI's keywords (`discriminator`, `externalDocs`).
//!
//! Named schemas are referred to by `$ref`. Inline ones are written where they are used.

use std::collections::HashMap;

use api_model::{Additional, Api, Docs, Enum, Field, Kind, Literal, Struct, Type, TypeDef, TypeId, Union};
use serde_json::{Map, Value, json};

use super::{describe, names};

/// A schema.
pub type Schema = Map<String, Value>;

/// Writes the types of an API as schemas.
pub struct Schemas<'a> {
    api: &'a Api,
    prefix: &'a str,
    names: HashMap<&'a TypeId, String>,
}

impl<'a> Schemas<'a> {
    /// Schemas whose references begin with a prefix: `#/components/schemas/`.
    pub fn new(api: &'a Api, prefix: &'a str) -> Self {
        Self { api, prefix, names: names::all(api) }
    }

    /// All schemas that references lead to, by name, in the model's order. Those that nothing uses are last.
    pub fn components(&self) -> Schema {
        let types = self.api.types.values().chain(self.api.unreached.values());
        let named = types.filter_map(|def| Some((self.names.get(&def.id)?.clone(), Value::Object(self.definition(def)))));
        named.collect()
    }

    /// The schema of a type.
    pub fn of(&self, ty: &Type) -> Schema {
        let (mut schema, docs) = self.shape(ty);
        if let Some(docs) = docs {
            describe::schema(&mut schema, docs);
        }
        schema
    }

    /// The schema of a property or parameter.
    pub fn of_field(&self, field: &Field) -> Schema {
        let mut schema = self.of_value(field);
        describe::texts(&mut schema, &field.docs);
        schema
    }

    /// The same without the field's texts and `deprecated`.
    pub(super) fn of_value(&self, field: &Field) -> Schema {
        let (mut schema, docs) = self.shape(&field.ty);
        let allowed = match field.docs.constraints.allowed.as_slice() {
            [] => docs.map_or(&[][..], |docs| &docs.constraints.allowed),
            own => own,
        };
        add_values(&mut schema, allowed);
        if field.nullable {
            schema = or_null(schema);
        }
        if let Some(docs) = docs {
            describe::schema(&mut schema, docs);
        }
        describe::constraints(&mut schema, &field.docs.constraints);
        if field.redacted {
            schema.insert("x-redacted".to_owned(), json!(true));
        }
        if field.is_credential {
            schema.insert("x-credential".to_owned(), json!(true));
        }
        schema
    }

    /// The reference to a type, if it has a name.
    pub(super) fn reference(&self, id: &TypeId) -> Option<String> {
        self.names.get(id).map(|name| format!("{}{name}", self.prefix))
    }

    fn definition(&self, def: &TypeDef) -> Schema {
        let (mut schema, docs) = self.kind(def);
        add_values(&mut schema, &def.docs.constraints.allowed);
        if let Some(docs) = docs {
            describe::schema(&mut schema, docs);
        }
        describe::schema(&mut schema, &def.docs);
        schema
    }

    /// A type without the docs of its place, and the docs of its schema, if it is written here.
    fn shape(&self, ty: &Type) -> (Schema, Option<&'a Docs>) {
        let schema = match ty {
            Type::String => typed("string"),
            Type::Bool => typed("boolean"),
            Type::Integer => typed("integer"),
            Type::Float => with_format("number", "double"),
            Type::Decimal => with_format("number", "decimal"),
            Type::DecimalString => with_format("string", "decimal"),
            Type::Date => with_format("string", "date"),
            Type::DateTime => with_format("string", "date-time"),
            Type::Json => Schema::new(),
            Type::JsonObject => typed("object"),
            Type::List(element) => with("array", "items", self.of(element)),
            Type::Map(value) => with("object", "additionalProperties", self.of(value)),
            Type::Nullable(inner) => {
                let (schema, docs) = self.shape(inner);
                return (or_null(schema), docs);
            }
            Type::Named(id) => match (self.reference(id), self.api.get(id)) {
                (Some(reference), _) => members([("$ref", json!(reference))]),
                (None, Some(def)) => {
                    let (schema, _) = self.kind(def);
                    return (schema, Some(&def.docs));
                }
                // Not in the model: nothing is known about its values.
                (None, None) => Schema::new(),
            },
        };
        (schema, None)
    }

    fn kind(&self, def: &'a TypeDef) -> (Schema, Option<&'a Docs>) {
        match &def.kind {
            Kind::Struct(object) => (self.object(object), None),
            Kind::Enum(list) => (values(list, def), None),
            Kind::Union(union) => (self.union(union), None),
            Kind::Alias(ty) => self.shape(ty),
        }
    }

    fn object(&self, object: &Struct) -> Schema {
        let mut schema = typed("object");
        if !object.fields.is_empty() {
            let fields = object.fields.iter();
            let properties: Schema =
                fields.map(|field| (field.wire.clone(), Value::Object(self.of_field(field)))).collect();
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        let required: Vec<&str> =
            object.fields.iter().filter(|field| field.required).map(|field| field.wire.as_str()).collect();
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        let additional = match &object.additional {
            Additional::Unspecified => None,
            Additional::Any => Some(json!(true)),
            Additional::Forbidden => Some(json!(false)),
            Additional::Of(ty) => Some(Value::Object(self.of(ty))),
        };
        if let Some(additional) = additional {
            schema.insert("additionalProperties".to_owned(), additional);
        }
        schema
    }

    /// `anyOf` and not `oneOf`: alternatives overlap, and the model does not say that a value has only one.
    fn union(&self, union: &Union) -> Schema {
        let variants = union.variants.iter().map(|variant| Value::Object(self.of(&variant.ty)));
        let mut schema = members([("anyOf", variants.collect())]);
        if let Some(property) = &union.discriminator {
            let mut discriminator = members([("propertyName", json!(property))]);
            let mut mapping = Schema::new();
            for variant in &union.variants {
                let reference = variant.ty.named().and_then(|id| self.reference(id));
                for (tag, reference) in variant.tags.iter().zip(std::iter::repeat(reference)) {
                    mapping.extend(reference.map(|reference| (tag.clone(), json!(reference))));
                }
            }
            if !mapping.is_empty() {
                discriminator.insert("mapping".to_owned(), Value::Object(mapping));
            }
            schema.insert("discriminator".to_owned(), Value::Object(discriminator));
        }
        schema
    }
}

/// An enum. New values can appear in what the API sends, so it is only closed in requests.
fn values(list: &Enum, def: &TypeDef) -> Schema {
    let mut schema = Schema::new();
    if list.values.iter().all(|value| !value.value.is_scalar()) {
        schema.insert("type".to_owned(), json!("string"));
    }
    schema.insert("enum".to_owned(), list.values.iter().map(|value| literal(&value.value)).collect());
    if def.usage.response || def.usage.webhook {
        schema.insert("x-open-enum".to_owned(), json!(true));
    }
    let described: Schema = list
        .values
        .iter()
        .filter_map(|value| Some((value.value.to_string(), json!(describe::prose(&value.docs)?))))
        .collect();
    if !described.is_empty() {
        schema.insert("x-enumDescriptions".to_owned(), Value::Object(described));
    }
    let deprecated: Vec<Value> =
        list.values.iter().filter(|value| value.docs.deprecated).map(|value| literal(&value.value)).collect();
    if !deprecated.is_empty() {
        schema.insert("x-deprecated-values".to_owned(), Value::Array(deprecated));
    }
    schema
}

/// The values of an enum of numbers or booleans.
fn add_values(schema: &mut Schema, allowed: &[Literal]) {
    if !allowed.is_empty() && !schema.contains_key("$ref") {
        schema.insert("enum".to_owned(), allowed.iter().map(literal).collect());
    }
}

fn literal(value: &Literal) -> Value {
    match value {
        Literal::Text(text) => json!(text),
        Literal::Number(number) => Value::Number(number.clone()),
        Literal::Bool(bool) => json!(bool),
    }
}

/// The schema with `null` as another value.
fn or_null(mut schema: Schema) -> Schema {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    match schema.get_mut("type") {
        Some(Value::String(name)) => {
            let types = json!([name, "null"]);
            schema.insert("type".to_owned(), types);
            schema
        }
        // It may be null already.
        Some(_) => schema,
        // Any value: `null` is one. An enum of mixed values lists it.
        None if schema.is_empty() || schema.contains_key("enum") => schema,
        None => members([("anyOf", json!([schema, {"type": "null"}]))]),
    }
}

fn typed(ty: &str) -> Schema {
    members([("type", json!(ty))])
}

fn with(ty: &str, keyword: &str, inner: Schema) -> Schema {
    members([("type", json!(ty)), (keyword, Value::Object(inner))])
}

fn with_format(ty: &str, format: &str) -> Schema {
    members([("type", json!(ty)), ("format", json!(format))])
}

fn members<const N: usize>(members: [(&str, Value); N]) -> Schema {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
