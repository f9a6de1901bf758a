//! The types of an API, prepared for checking: names are indices, patterns are compiled, limits are numbers.

use std::collections::HashMap;

use api_model::{Additional, Api, Constraints, Enum, Kind, Literal, Struct, Type, TypeId, Union};

use super::limits::Limits;
use super::number::Number;
use super::problem::JsonType;

/// A place where a value is used.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// An index into the shapes.
    pub(super) shape: usize,
    pub(super) nullable: bool,
    /// Those of the property and of each alias on the way to the shape.
    pub(super) limits: Box<[Limits]>,
}

/// What values a type has.
#[derive(Debug)]
pub(super) enum Shape {
    Any,
    AnyObject,
    Text,
    DecimalText,
    Date,
    DateTime,
    Bool,
    Integer,
    Number,
    List(Use),
    Map(Use),
    Object(Object),
    Enum(Values),
    Union(Alternatives),
}

impl Shape {
    /// The JSON types of its values, apart from `null`. A union has those of its alternatives.
    pub(super) fn json_types(&self) -> &[JsonType] {
        match self {
            Self::Any | Self::Union(_) => &[],
            Self::AnyObject | Self::Map(_) | Self::Object(_) => &[JsonType::Object],
            Self::Text | Self::DecimalText | Self::Date | Self::DateTime => &[JsonType::String],
            Self::Bool => &[JsonType::Boolean],
            Self::Integer => &[JsonType::Integer],
            Self::Number => &[JsonType::Number],
            Self::List(_) => &[JsonType::Array],
            Self::Enum(values) => &values.types,
        }
    }
}

/// An object with declared properties.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) properties: Vec<Property>,
    /// Indices of the properties, sorted by name.
    by_name: Vec<usize>,
    pub(super) further: Further,
}

impl Object {
    /// The index of a property. `hint` is where it is if properties come in the document's order.
    pub(super) fn find(&self, name: &str, hint: usize) -> Option<usize> {
        if self.properties.get(hint).is_some_and(|property| *property.name == *name) {
            return Some(hint);
        }
        let found = self.by_name.binary_search_by(|index| (*self.properties[*index].name).cmp(name)).ok()?;
        Some(self.by_name[found])
    }

    /// The names of the properties that a caller sets.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().filter(|property| !property.is_credential).map(|property| &*property.name)
    }
}

/// Further properties of an object.
#[derive(Debug)]
pub(super) enum Further {
    /// The document does not forbid them.
    Open,
    Forbidden,
    Of(Use),
}

/// A property.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: Box<str>,
    pub(super) value: Use,
    pub(super) required_in_requests: bool,
    pub(super) required_in_responses: bool,
    is_credential: bool,
}

/// The values of an enum.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) all: Vec<Literal>,
    types: Vec<JsonType>,
    texts: Vec<Box<str>>,
    numbers: Vec<Number>,
}

impl Values {
    /// The values of a string. Documents also list scalars there, without quotes: both forms are values.
    fn of_text(all: Vec<Literal>) -> Self {
        let mut values = Self::of(all);
        if !values.types.contains(&JsonType::String) {
            values.types.insert(0, JsonType::String);
        }
        values.texts.extend(values.all.iter().filter(|one| one.is_scalar()).map(|one| one.to_string().into()));
        values.texts.sort();
        values
    }

    /// The values with their JSON types.
    pub(super) fn of(all: Vec<Literal>) -> Self {
        let (mut types, mut texts, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for literal in &all {
            let json = match literal {
                Literal::Text(text) => {
                    texts.push(text.as_str().into());
                    JsonType::String
                }
                Literal::Number(number) => {
                    numbers.extend(Number::parse(&number.to_string()));
                    JsonType::Number
                }
                Literal::Bool(_) => JsonType::Boolean,
            };
            if !types.contains(&json) {
                types.push(json);
            }
        }
        texts.sort();
        Self { all, types, texts, numbers }
    }

    pub(super) fn has_text(&self, text: &str) -> bool {
        self.texts.binary_search_by(|one| (**one).cmp(text)).is_ok()
    }

    pub(super) fn has_number(&self, digits: &str) -> bool {
        Number::parse(digits).is_some_and(|number| self.numbers.contains(&number))
    }

    pub(super) fn has_bool(&self, value: bool) -> bool {
        self.all.contains(&Literal::Bool(value))
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }
}

/// The alternatives of a union.
#[derive(Debug)]
pub(super) struct Alternatives {
    pub(super) discriminator: Option<String>,
    /// The alternative that a value of the discriminator chooses.
    pub(super) tags: Vec<(String, usize)>,
    pub(super) all: Vec<Use>,
}

/// All types of an API.
#[derive(Debug)]
pub(super) struct Schemas {
    pub(super) shapes: Vec<Shape>,
    /// Patterns that can't be checked.
    pub(super) unreadable: Vec<String>,
}

/// Prepares types, each when it is first used.
pub(super) struct Compiler<'a> {
    api: &'a Api,
    shapes: Vec<Option<Shape>>,
    named: HashMap<&'a TypeId, usize>,
    open: Vec<&'a TypeId>,
    unreadable: Vec<String>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, shapes: Vec::new(), named: HashMap::new(), open: Vec::new(), unreadable: Vec::new() }
    }

    /// The use of a type, not nullable by itself.
    pub(super) fn used(&mut self, ty: &'a Type) -> Use {
        let used = self.used_with(ty, false, &[]);
        // Types refer to types: one after the other, so that no document exhausts the stack.
        while let Some(id) = self.open.pop() {
            let shape = self.api.get(id).map(|def| self.kind(&def.kind));
            if let Some(place) = self.named.get(id).and_then(|index| self.shapes.get_mut(*index)) {
                *place = shape;
            }
        }
        used
    }

    /// The types that were used.
    pub(super) fn finish(self) -> Schemas {
        let shapes = self.shapes.into_iter().map(|shape| shape.unwrap_or(Shape::Any)).collect();
        Schemas { shapes, unreadable: self.unreadable }
    }

    fn used_with(&mut self, ty: &'a Type, nullable: bool, constraints: &[&'a Constraints]) -> Use {
        let mut ty = ty;
        let mut nullable = nullable;
        let mut all: Vec<&Constraints> = constraints.to_vec();
        // Lowering refuses cycles of aliases, but a model that was read may have one.
        for _ in 0..=self.api.types.len() {
            match ty {
                Type::Nullable(inner) => {
                    nullable = true;
                    ty = inner;
                }
                Type::Named(id) => {
                    let def = self.api.get(id);
                    all.extend(def.map(|def| &def.docs.constraints));
                    match def.map(|def| &def.kind) {
                        Some(Kind::Alias(target)) => ty = target,
                        _ => break,
                    }
                }
                _ => break,
            }
        }
        let shape = self.shape(ty);
        let limits = all.into_iter().filter_map(|constraints| Limits::of(constraints, &mut self.unreadable)).collect();
        Use { shape, nullable, limits }
    }

    fn shape(&mut self, ty: &'a Type) -> usize {
        let shape = match ty {
            Type::Named(id) => {
                // The caller's credentials have names without types: they are strings.
                if self.api.get(id).is_none() {
                    return self.add(Shape::Text);
                }
                if let Some(index) = self.named.get(id) {
                    return *index;
                }
                self.shapes.push(None);
                let index = self.shapes.len() - 1;
                self.named.insert(id, index);
                self.open.push(id);
                return index;
            }
            Type::String => Shape::Text,
            Type::Bool => Shape::Bool,
            Type::Integer => Shape::Integer,
            Type::Float | Type::Decimal => Shape::Number,
            Type::DecimalString => Shape::DecimalText,
            Type::Date => Shape::Date,
            Type::DateTime => Shape::DateTime,
            Type::Json | Type::Nullable(_) => Shape::Any,
            Type::JsonObject => Shape::AnyObject,
            Type::List(element) => Shape::List(self.used_with(element, false, &[])),
            Type::Map(value) => Shape::Map(self.used_with(value, false, &[])),
        };
        self.add(shape)
    }

    fn add(&mut self, shape: Shape) -> usize {
        self.shapes.push(Some(shape));
        self.shapes.len() - 1
    }

    fn kind(&mut self, kind: &'a Kind) -> Shape {
        match kind {
            Kind::Struct(object) => Shape::Object(self.object(object)),
            Kind::Enum(Enum { values }) => {
                Shape::Enum(Values::of_text(values.iter().map(|value| value.value.clone()).collect()))
            }
            Kind::Union(union) => Shape::Union(self.union(union)),
            // `used_with` looks through aliases, except for those of a cycle.
            Kind::Alias(_) => Shape::Any,
        }
    }

    fn object(&mut self, object: &'a Struct) -> Object {
        let mut properties = Vec::with_capacity(object.fields.len());
        for field in &object.fields {
            let constraints = &field.docs.constraints;
            properties.push(Property {
                name: field.wire.as_str().into(),
                value: self.used_with(&field.ty, field.nullable, &[constraints]),
                // A client may send its credentials as headers.
                required_in_requests: field.required && !field.is_credential && !constraints.read_only,
                required_in_responses: field.required && !constraints.write_only,
                is_credential: field.is_credential,
            });
        }
        let mut by_name: Vec<usize> = (0..properties.len()).collect();
        by_name.sort_by(|one, other| properties[*one].name.cmp(&properties[*other].name));
        let further = match &object.additional {
            Additional::Unspecified | Additional::Any => Further::Open,
            Additional::Forbidden => Further::Forbidden,
            Additional::Of(ty) => Further::Of(self.used_with(ty, false, &[])),
        };
        Object { properties, by_name, further }
    }

    fn union(&mut self, union: &'a Union) -> Alternatives {
        let mut tags = Vec::new();
        for (index, variant) in union.variants.iter().enumerate() {
            tags.extend(variant.tags.iter().map(|tag| (tag.clone(), index)));
        }
        let all = union.variants.iter().map(|variant| self.used_with(&variant.ty, false, &[])).collect();
        Alternatives { discriminator: union.discriminator.clone(), tags, all }
    }
}
