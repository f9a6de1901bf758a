//! The types of an API, prepared for checking: names are indices, patterns are compiled, limits are numbers.

use std::collections::HashMap;

use api_model::{Additional, Api, Constraints, Enum, Kind, Struct, Type, TypeId, Union};

use super::limits::Limits;
use super::problem::JsonType;
use super::values::Values;

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
    /// Groups of properties, as indices, of which a body has at most one.
    pub(super) exclusive: Vec<Vec<usize>>,
    /// Properties that are required because of others.
    pub(super) conditions: Vec<Condition>,
}

/// A property that is required if each of other properties has one of its values.
#[derive(Debug)]
pub(super) struct Condition {
    /// The index of the property.
    pub(super) property: usize,
    /// The other properties, as indices, with their values.
    pub(super) when: Vec<(usize, Vec<String>)>,
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
            let shape = self.api.get(id).map(|def| self.kind(id, &def.kind));
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

    fn kind(&mut self, id: &TypeId, kind: &'a Kind) -> Shape {
        match kind {
            Kind::Struct(object) => Shape::Object(self.object(&id.to_string(), object)),
            Kind::Enum(Enum { values }) => {
                Shape::Enum(Values::of_text(values.iter().map(|value| value.value.clone()).collect()))
            }
            Kind::Union(union) => Shape::Union(self.union(union)),
            // `used_with` looks through aliases, except for those of a cycle.
            Kind::Alias(_) => Shape::Any,
        }
    }

    fn object(&mut self, schema: &str, object: &'a Struct) -> Object {
        let mut properties = Vec::with_capacity(object.fields.len());
        for field in &object.fields {
            let constraints = &field.docs.constraints;
            let mut value = self.used_with(&field.ty, field.nullable, &[constraints]);
            if !self.api.rules.advised_length.is_empty()
                && let Some(length) = self.api.rules.advised_length.get(&format!("{schema}.{}", field.wire))
            {
                value.limits = value.limits.iter().cloned().chain([Limits::advised(*length)]).collect();
            }
            properties.push(Property {
                name: field.wire.as_str().into(),
                value,
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
        let exclusive = self.exclusive(schema, object);
        let conditions = self.conditions(schema, object);
        Object { properties, by_name, further, exclusive, conditions }
    }

    fn exclusive(&self, schema: &str, object: &Struct) -> Vec<Vec<usize>> {
        let hints = &self.api.hints.exclusive;
        let groups = hints.properties.iter().chain(hints.schemas.get(schema).into_iter().flatten());
        let indices = groups.map(|group| group.iter().filter_map(|name| index_of(object, name)).collect::<Vec<_>>());
        indices.filter(|group| group.len() > 1).collect()
    }

    fn conditions(&self, schema: &str, object: &Struct) -> Vec<Condition> {
        let mut all = Vec::new();
        for (name, when) in &self.api.rules.required_if {
            let Some((of, property)) = name.rsplit_once('.') else { continue };
            let Some(property) = index_of(object, property).filter(|_| of == schema) else { continue };
            let when = when.iter().map(|(other, values)| Some((index_of(object, other)?, values.clone())));
            all.extend(when.collect::<Option<_>>().map(|when| Condition { property, when }));
        }
        all
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

fn index_of(object: &Struct, property: &str) -> Option<usize> {
    object.fields.iter().position(|field| field.wire == property)
}
