//! One view for every schema. openapiv3 sorts schemas into kinds, and puts the others (a type next to an `allOf`,
//! properties without a type) into a catch-all. Here all of them have the same fields.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::node::Node;

/// A schema's keywords.
#[derive(Clone)]
pub(super) struct View<'a> {
    pub(super) data: &'a SchemaData,
    pub(super) typ: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) pattern: Option<&'a str>,
    /// With `true` if the bound is exclusive.
    pub(super) minimum: Option<(String, bool)>,
    pub(super) maximum: Option<(String, bool)>,
    pub(super) multiple_of: Option<String>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,
    pub(super) items: Option<Node<'a>>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: bool,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) not: bool,
    /// `enum`.
    pub(super) values: Vec<Scalar<'a>>,
}

/// A value of an `enum`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Text(&'a str),
    Integer(String),
    Number(String),
    Bool(bool),
    /// An object or a list.
    Other,
}

/// The meaning of an `allOf`.
pub(super) enum Parts<'a> {
    /// Only annotations: the type is the same without the `allOf`.
    Remarks,
    /// One member has a shape. The others, and the schema around them, only add annotations.
    Sole(usize, Node<'a>),
    /// Several shapes to merge.
    Many,
}

impl<'a> View<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut view = Self::bare(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(typ) => view.fill_type(typ),
            SchemaKind::OneOf { one_of } => view.one_of = one_of,
            SchemaKind::AllOf { all_of } => view.all_of = all_of,
            SchemaKind::AnyOf { any_of } => view.any_of = any_of,
            SchemaKind::Not { .. } => view.not = true,
            SchemaKind::Any(any) => view.fill_any(any),
        }
        view
    }

    fn bare(data: &'a SchemaData) -> Self {
        Self {
            data,
            typ: None,
            format: None,
            pattern: None,
            minimum: None,
            maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            properties: None,
            required: &[],
            additional: None,
            min_properties: None,
            max_properties: None,
            items: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            all_of: &[],
            one_of: &[],
            any_of: &[],
            not: false,
            values: Vec::new(),
        }
    }

    fn fill_type(&mut self, typ: &'a Type) {
        match typ {
            Type::String(string) => {
                self.typ = Some("string");
                self.format = format(&string.format, string_format);
                self.pattern = string.pattern.as_deref();
                self.min_length = string.min_length;
                self.max_length = string.max_length;
                self.values = scalars(&string.enumeration, |text| Scalar::Text(text));
            }
            Type::Number(number) => {
                self.typ = Some("number");
                self.format = format(&number.format, number_format);
                self.minimum = number.minimum.map(|n| (n.to_string(), number.exclusive_minimum));
                self.maximum = number.maximum.map(|n| (n.to_string(), number.exclusive_maximum));
                self.multiple_of = number.multiple_of.map(|n| n.to_string());
                self.values = scalars(&number.enumeration, |n| Scalar::Number(n.to_string()));
            }
            Type::Integer(integer) => {
                self.typ = Some("integer");
                self.format = format(&integer.format, integer_format);
                self.minimum = integer.minimum.map(|n| (n.to_string(), integer.exclusive_minimum));
                self.maximum = integer.maximum.map(|n| (n.to_string(), integer.exclusive_maximum));
                self.multiple_of = integer.multiple_of.map(|n| n.to_string());
                self.values = scalars(&integer.enumeration, |n| Scalar::Integer(n.to_string()));
            }
            Type::Boolean(boolean) => {
                self.typ = Some("boolean");
                self.values = scalars(&boolean.enumeration, |b| Scalar::Bool(*b));
            }
            Type::Object(object) => {
                self.typ = Some("object");
                self.properties = Some(&object.properties).filter(|p| !p.is_empty());
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
                self.min_properties = object.min_properties;
                self.max_properties = object.max_properties;
            }
            Type::Array(array) => {
                self.typ = Some("array");
                self.items = array.items.as_ref().map(Node::from);
                self.min_items = array.min_items;
                self.max_items = array.max_items;
                self.unique_items = array.unique_items;
            }
        }
    }

    fn fill_any(&mut self, any: &'a AnySchema) {
        self.typ = any.typ.as_deref();
        self.format = any.format.as_deref();
        self.pattern = any.pattern.as_deref();
        self.minimum = any.minimum.map(|n| (n.to_string(), any.exclusive_minimum.unwrap_or_default()));
        self.maximum = any.maximum.map(|n| (n.to_string(), any.exclusive_maximum.unwrap_or_default()));
        self.multiple_of = any.multiple_of.map(|n| n.to_string());
        self.min_length = any.min_length;
        self.max_length = any.max_length;
        self.properties = Some(&any.properties).filter(|p| !p.is_empty());
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.min_properties = any.min_properties;
        self.max_properties = any.max_properties;
        self.items = any.items.as_ref().map(Node::from);
        self.min_items = any.min_items;
        self.max_items = any.max_items;
        self.unique_items = any.unique_items.unwrap_or_default();
        self.all_of = &any.all_of;
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.not = any.not.is_some();
        self.values = any.enumeration.iter().map(scalar).collect();
    }

    /// Whether it has a shape of its own, apart from `allOf`. A type or a limit alone is not a shape.
    pub(super) fn has_shape(&self) -> bool {
        self.properties.is_some()
            || !self.required.is_empty()
            || self.map_values().is_some()
            || self.items.is_some()
            || self.format.is_some()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || self.not
            || self.values.iter().any(|value| *value != Scalar::Null)
    }

    /// Whether it only annotates another schema next to it.
    pub(super) fn is_remark(&self) -> bool {
        !self.has_shape() && self.all_of.is_empty()
    }

    /// The schema of additional properties.
    pub(super) fn map_values(&self) -> Option<Node<'a>> {
        match self.additional {
            Some(AdditionalProperties::Schema(schema)) => Some(Node::from(schema.as_ref())),
            _ => None,
        }
    }

    pub(super) fn parts(&self) -> Parts<'a> {
        let mut shapes = self.all_of.iter().map(Node::from).enumerate().filter(|(_, node)| match node {
            Node::Ref(_) => true,
            Node::Inline(schema) => !View::of(schema).is_remark(),
        });
        match (shapes.next(), shapes.next(), self.has_shape()) {
            (None, ..) => Parts::Remarks,
            (Some((index, node)), None, false) => Parts::Sole(index, node),
            _ => Parts::Many,
        }
    }

    /// The inline members of its `allOf` that only annotate the others.
    pub(super) fn remarks(&self) -> impl Iterator<Item = View<'a>> + use<'a> {
        let members = self.all_of.iter().filter_map(ReferenceOr::as_item);
        members.map(View::of).filter(View::is_remark)
    }
}

fn scalars<'a, T>(values: &'a [Option<T>], scalar: impl Fn(&'a T) -> Scalar<'a>) -> Vec<Scalar<'a>> {
    values.iter().map(|value| value.as_ref().map_or(Scalar::Null, &scalar)).collect()
}

fn scalar(value: &Value) -> Scalar<'_> {
    match value {
        Value::Null => Scalar::Null,
        Value::Bool(bool) => Scalar::Bool(*bool),
        Value::Number(number) if number.is_f64() => Scalar::Number(number.to_string()),
        Value::Number(number) => Scalar::Integer(number.to_string()),
        Value::String(text) => Scalar::Text(text),
        Value::Array(_) | Value::Object(_) => Scalar::Other,
    }
}

fn format<T>(format: &VariantOrUnknownOrEmpty<T>, name: fn(&T) -> &'static str) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => Some(name(item)),
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn string_format(format: &StringFormat) -> &'static str {
    match format {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Password => "password",
        StringFormat::Byte => "byte",
        StringFormat::Binary => "binary",
    }
}

fn number_format(format: &NumberFormat) -> &'static str {
    match format {
        NumberFormat::Float => "float",
        NumberFormat::Double => "double",
    }
}

fn integer_format(format: &IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::Int32 => "int32",
        IntegerFormat::Int64 => "int64",
    }
}
