//! One view of a schema, however openapiv3 has sorted it.
//!
//! openapiv3 reads a schema into the first variant that fits and into `Any` what fits none: `allOf` beside `type`,
//! properties without `type`, enums whose values are numbers. The rest of lowering need not care.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::ir::Constraints;

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// A schema's keywords.
pub(super) struct Node<'a> {
    pub(super) data: &'a SchemaData,
    pub(super) typ: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) properties: Option<&'a Properties>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    /// The values of `enum`.
    pub(super) values: Vec<Value>,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) not: bool,
    pub(super) constraints: Constraints,
}

impl<'a> Node<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut node = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => node.plain(ty),
            SchemaKind::OneOf { one_of } => node.one_of = one_of,
            SchemaKind::AllOf { all_of } => node.all_of = all_of,
            SchemaKind::AnyOf { any_of } => node.any_of = any_of,
            SchemaKind::Not { .. } => node.not = true,
            SchemaKind::Any(any) => node.any(any),
        }
        let data = node.data;
        node.constraints.default = data.default.as_ref().map(Value::to_string);
        node.constraints.read_only = data.read_only;
        node.constraints.write_only = data.write_only;
        node
    }

    /// The same keywords without the `allOf`.
    pub(super) fn without_all_of(&self) -> Self {
        Self {
            format: self.format.clone(),
            values: self.values.clone(),
            constraints: self.constraints.clone(),
            all_of: &[],
            ..*self
        }
    }

    /// Whether it says nothing about the value's type.
    pub(super) fn is_bare(&self) -> bool {
        self.properties.is_none_or(IndexMap::is_empty)
            && self.additional.is_none_or(|additional| matches!(additional, AdditionalProperties::Any(_)))
            && self.items.is_none()
            && self.values.iter().all(Value::is_null)
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && !self.not
    }

    /// Whether `null` is allowed by the schema itself.
    pub(super) fn allows_null(&self) -> bool {
        self.data.nullable || self.values.iter().any(Value::is_null)
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            typ: None,
            format: None,
            properties: None,
            required: &[],
            additional: None,
            items: None,
            values: Vec::new(),
            all_of: &[],
            one_of: &[],
            any_of: &[],
            not: false,
            constraints: Constraints::default(),
        }
    }

    fn plain(&mut self, ty: &'a Type) {
        let c = &mut self.constraints;
        match ty {
            Type::String(string) => {
                self.typ = Some("string");
                self.format = match &string.format {
                    VariantOrUnknownOrEmpty::Item(format) => Some(format_name(*format).to_owned()),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
                    VariantOrUnknownOrEmpty::Empty => None,
                };
                c.pattern.clone_from(&string.pattern);
                c.min_length = string.min_length;
                c.max_length = string.max_length;
                self.values = string.enumeration.iter().map(|value| value.clone().into()).collect();
            }
            Type::Number(number) => {
                self.typ = Some("number");
                c.minimum = bound(number.minimum.as_ref(), number.exclusive_minimum);
                c.maximum = bound(number.maximum.as_ref(), number.exclusive_maximum);
                c.multiple_of = number.multiple_of.map(|multiple| multiple.to_string());
                self.values = number.enumeration.iter().map(|value| (*value).into()).collect();
            }
            Type::Integer(integer) => {
                self.typ = Some("integer");
                c.minimum = bound(integer.minimum.as_ref(), integer.exclusive_minimum);
                c.maximum = bound(integer.maximum.as_ref(), integer.exclusive_maximum);
                c.multiple_of = integer.multiple_of.map(|multiple| multiple.to_string());
                self.values = integer.enumeration.iter().map(|value| (*value).into()).collect();
            }
            Type::Object(object) => {
                self.typ = Some("object");
                self.properties = Some(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
                c.min_properties = object.min_properties;
                c.max_properties = object.max_properties;
            }
            Type::Array(array) => {
                self.typ = Some("array");
                self.items = array.items.as_ref();
                c.min_items = array.min_items;
                c.max_items = array.max_items;
                c.unique_items = array.unique_items;
            }
            Type::Boolean(boolean) => {
                self.typ = Some("boolean");
                self.values = boolean.enumeration.iter().map(|value| (*value).into()).collect();
            }
        }
    }

    fn any(&mut self, any: &'a AnySchema) {
        self.typ = any.typ.as_deref();
        self.format.clone_from(&any.format);
        self.properties = Some(&any.properties);
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.values.clone_from(&any.enumeration);
        self.all_of = &any.all_of;
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.not = any.not.is_some();
        let c = &mut self.constraints;
        c.pattern.clone_from(&any.pattern);
        c.min_length = any.min_length;
        c.max_length = any.max_length;
        c.minimum = bound(any.minimum.as_ref(), any.exclusive_minimum.unwrap_or(false));
        c.maximum = bound(any.maximum.as_ref(), any.exclusive_maximum.unwrap_or(false));
        c.multiple_of = any.multiple_of.map(|multiple| multiple.to_string());
        c.min_items = any.min_items;
        c.max_items = any.max_items;
        c.unique_items = any.unique_items.unwrap_or(false);
        c.min_properties = any.min_properties;
        c.max_properties = any.max_properties;
    }
}

fn bound<T: ToString>(value: Option<&T>, exclusive: bool) -> Option<(String, bool)> {
    value.map(|value| (value.to_string(), exclusive))
}

fn format_name(format: openapiv3::StringFormat) -> &'static str {
    use openapiv3::StringFormat;
    match format {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Password => "password",
        StringFormat::Byte => "byte",
        StringFormat::Binary => "binary",
    }
}
