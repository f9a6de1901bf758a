//! Types as JSON Schema, draft 2020-12: the one lowering that `json_schema` and `openapi` share.

mod bare;
mod describe;
mod names;
mod values;

use std::collections::HashSet;

use api_model::{
    Additional, Api, Docs, Field, Kind, Redaction, Sample, Struct, Type, TypeDef, TypeId, Union, UnionVariant,
};

use crate::object::{Object, flag, text, texts};
pub(crate) use describe::{Markdown, prose};
pub(crate) use names::{Names, members};

/// Writes types as schemas.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) api: &'a Api,
    pub(crate) names: &'a Names<'a>,
    /// Where the named schemas are: `#/$defs/`.
    pub(crate) prefix: &'a str,
    pub(crate) markdown: Markdown<'a>,
    pub(crate) dialect: Dialect,
    pub(crate) enums: Enums,
}

/// The vocabulary of the schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// JSON Schema alone: the values of a discriminator are part of each alternative.
    JsonSchema,
    /// With the keywords of OpenAPI: `discriminator`, `externalDocs`.
    OpenApi,
}

/// Which enums are marked as open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enums {
    /// Those that responses or webhooks reach.
    ByUsage,
    /// All: the API sends the values.
    Open,
    /// None: the API receives the values.
    Closed,
}

/// How much of the inner types is written.
#[derive(Clone, Copy)]
pub(crate) enum Extent<'p> {
    /// All of it. Types with a name are referred to.
    Whole,
    /// The properties of this many levels of objects. Nothing is referred to.
    Levels(usize, Path<'p>),
}

/// The types around a place, innermost first.
#[derive(Clone, Copy)]
pub(crate) struct Path<'p>(Option<(&'p TypeId, &'p Path<'p>)>);

impl Path<'_> {
    /// Outside all types.
    pub(crate) const ROOT: Path<'static> = Path(None);

    fn contains(&self, id: &TypeId) -> bool {
        let mut path = self;
        while let Some((around, outer)) = path.0 {
            if around == id {
                return true;
            }
            path = outer;
        }
        false
    }
}

impl Extent<'_> {
    /// Inside an object or a union, unless nothing of it is written.
    fn inner(self) -> Option<Self> {
        match self {
            Self::Whole => Some(self),
            Self::Levels(levels, path) => Some(Self::Levels(levels.checked_sub(1)?, path)),
        }
    }
}

impl<'a> Writer<'a> {
    /// The schema of a type.
    pub(crate) fn of(&self, ty: &Type, extent: Extent<'_>) -> Object {
        match ty {
            Type::String => typed("string"),
            Type::Bool => typed("boolean"),
            Type::Integer => typed("integer"),
            Type::Float => typed("number").with("format", text("double")),
            Type::Decimal => typed("number").with("format", text("decimal")),
            Type::DecimalString => typed("string").with("format", text("decimal")),
            Type::Date => typed("string").with("format", text("date")),
            Type::DateTime => typed("string").with("format", text("date-time")),
            Type::Json => Object::default(),
            Type::JsonObject => typed("object"),
            Type::List(element) => typed("array").with("items", self.of(element, extent)),
            Type::Map(value) => typed("object").with("additionalProperties", self.of(value, extent)),
            Type::Nullable(inner) => values::or_null(self.of(inner, extent)),
            Type::Named(id) => self.named(id, extent),
        }
    }

    /// The schema of a property, with its docs.
    pub(crate) fn of_field(&self, field: &Field, extent: Extent<'_>) -> Object {
        let mut schema = self.of_value(field, extent);
        self.texts(&mut schema, &field.docs);
        schema
    }

    /// The schema of a property or parameter, without the texts of its own docs.
    pub(crate) fn of_value(&self, field: &Field, extent: Extent<'_>) -> Object {
        let mut schema = self.of(&field.ty, extent);
        if field.nullable {
            schema = values::or_null(schema);
        }
        describe::constraints(&mut schema, &field.docs.constraints);
        values::allow(&mut schema, &field.docs.constraints.allowed, field.nullable);
        schema.with("x-redacted", field.redacted.map(redaction)).with("x-credential", flag(field.is_credential))
    }

    /// The schema of a named type itself, not a reference to it.
    pub(crate) fn definition(&self, def: &TypeDef, extent: Extent<'_>) -> Object {
        let mut schema = match &def.kind {
            Kind::Struct(object) => self.object(object, extent),
            Kind::Enum(list) => values::of_enum(list, self.is_open(def)),
            Kind::Union(union) => self.union(union, extent).unwrap_or_else(|| bare::of(self.api, def)),
            Kind::Alias(ty) => self.of(ty, extent),
        };
        if let (Kind::Enum(list), Extent::Whole) = (&def.kind, extent) {
            schema = values::with_docs(schema, list, self.markdown);
        }
        self.describe(&mut schema, &def.docs);
        schema
    }

    /// The types that references from these types lead to, at any depth, with their names, in the model's order.
    pub(crate) fn referred<'t>(&self, roots: impl IntoIterator<Item = &'t Type>) -> Vec<(&'a str, &'a TypeDef)> {
        let mut reached = HashSet::new();
        let defs = roots.into_iter().filter_map(|ty| self.api.get(ty.named()?));
        let mut open: Vec<&TypeDef> = defs.collect();
        while let Some(def) = open.pop() {
            if reached.insert(&def.id) {
                open.extend(members(def).into_iter().filter_map(|ty| self.api.get(ty.named()?)));
            }
        }
        self.all().into_iter().filter(|(_, def)| reached.contains(&def.id)).collect()
    }

    /// All types with a name, in the model's order. Those that nothing uses are last.
    pub(crate) fn all(&self) -> Vec<(&'a str, &'a TypeDef)> {
        let types = self.api.types.values().chain(self.api.unreached.values());
        types.filter_map(|def| Some((self.names.get(&def.id)?, def))).collect()
    }

    /// The reference to a type, if it has a name.
    pub(crate) fn reference(&self, id: &TypeId) -> Option<String> {
        self.names.get(id).map(|name| format!("{}{name}", self.prefix))
    }

    fn named(&self, id: &TypeId, extent: Extent<'_>) -> Object {
        // A type that is not in the model has no definition: nothing is known about its values.
        let Some(def) = self.api.get(id) else { return Object::default() };
        match extent {
            Extent::Whole => match self.reference(id) {
                Some(reference) => Object::default().with("$ref", text(reference)),
                None => self.definition(def, extent),
            },
            Extent::Levels(_, path) if path.contains(id) => {
                let mut schema = bare::of(self.api, def);
                self.texts(&mut schema, &def.docs);
                schema
            }
            Extent::Levels(levels, path) => self.definition(def, Extent::Levels(levels, Path(Some((id, &path))))),
        }
    }

    fn describe(&self, schema: &mut Object, docs: &Docs) {
        self.texts(schema, docs);
        describe::constraints(schema, &docs.constraints);
        values::allow(schema, &docs.constraints.allowed, false);
    }

    fn texts(&self, schema: &mut Object, docs: &Docs) {
        describe::texts(schema, docs, self.markdown, self.dialect);
    }

    fn is_open(&self, def: &TypeDef) -> bool {
        match self.enums {
            Enums::ByUsage => def.usage.response || def.usage.webhook,
            Enums::Open => true,
            Enums::Closed => false,
        }
    }

    fn object(&self, object: &Struct, extent: Extent<'_>) -> Object {
        let schema = typed("object");
        let Some(inner) = extent.inner() else { return schema };
        let properties: Object =
            object.fields.iter().map(|field| (field.wire.clone(), self.of_field(field, inner).into())).collect();
        // A credential can be sent as a header instead.
        let required = object.caller_fields().filter(|field| field.required);
        let required: Vec<&str> = required.map(|field| field.wire.as_str()).collect();
        let additional = match &object.additional {
            Additional::Unspecified => None,
            Additional::Any => Some(Sample::Bool(true)),
            Additional::Forbidden => Some(Sample::Bool(false)),
            Additional::Of(ty) => Some(self.of(ty, inner).into()),
        };
        schema
            .with("properties", properties.some())
            .with("required", (!required.is_empty()).then(|| texts(required)))
            .with("additionalProperties", additional)
    }

    /// `anyOf` and not `oneOf`: alternatives overlap, and the model does not say that a value has only one. Returns
    /// `None` if the extent ends before the alternatives.
    fn union(&self, union: &Union, extent: Extent<'_>) -> Option<Object> {
        let inner = extent.inner()?;
        let alternatives = union.variants.iter().map(|variant| self.alternative(union, variant, inner).into());
        let schema = Object::default().with("anyOf", Sample::List(alternatives.collect()));
        Some(match (&union.discriminator, self.dialect) {
            (Some(property), Dialect::OpenApi) => {
                let tags = union.variants.iter().flat_map(|variant| {
                    let reference = variant.ty.named().and_then(|id| self.reference(id));
                    variant.tags.iter().filter_map(move |tag| Some((tag.clone(), text(reference.clone()?))))
                });
                let mapping: Object = tags.collect();
                let chooses = Object::default().with("propertyName", text(property)).with("mapping", mapping.some());
                schema.with("discriminator", chooses)
            }
            (Some(_), Dialect::JsonSchema) | (None, _) => schema,
        })
    }

    fn alternative(&self, union: &Union, variant: &UnionVariant, extent: Extent<'_>) -> Object {
        let schema = self.of(&variant.ty, extent);
        match (&union.discriminator, self.dialect) {
            (Some(property), Dialect::JsonSchema) if !variant.tags.is_empty() => {
                let tag = Object::default().with("enum", texts(&variant.tags));
                let chosen = Object::default()
                    .with("properties", Object::default().with(property, tag))
                    .with("required", texts([property]));
                Object::default().with("allOf", Sample::List(vec![schema.into(), chosen.into()]))
            }
            _ => schema,
        }
    }
}

fn typed(ty: &str) -> Object {
    Object::default().with("type", text(ty))
}

/// The value of `x-redacted`.
fn redaction(redaction: Redaction) -> Sample {
    text(match redaction {
        Redaction::Credential => "credential",
        Redaction::Personal => "personal",
    })
}
