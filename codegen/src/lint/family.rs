//! Finds schemas of one family, whose properties of the same name should have the same type.

use std::collections::{BTreeMap, HashMap};

use serde_yaml::Value;

use super::bodies::{Operation, operations};
use super::model::Model;
use super::view::View;
use crate::diag::Pointer;

/// A type, by its JSON type and format.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A JSON type, or a format that counts as a type.
    Plain(String),
    /// A list.
    List(Box<Kind>),
    /// Not declared.
    Any,
}

impl Kind {
    /// The type of a schema, down to so many lists in lists.
    pub(super) fn of<'a>(model: &Model<'a>, schema: &'a Value, at: &Pointer, depth: usize) -> Self {
        let view = View::of(model, schema, at);
        match (view.kind(), view.text("format")) {
            (Some("string"), Some(format @ ("date" | "date-time"))) => Self::Plain(format.to_owned()),
            (Some("array"), _) if depth > 0 => Self::List(Box::new(
                view.items().map_or(Self::Any, |(items, at)| Self::of(model, items, &at, depth - 1)),
            )),
            (Some(kind), _) => Self::Plain(kind.to_owned()),
            (None, _) => Self::Any,
        }
    }

    /// Whether no value can have both types.
    pub(super) fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => false,
            (Self::List(one), Self::List(other)) => one.differs(other),
            (one, other) => one != other,
        }
    }

    /// In words: `a string`, `a list of objects`.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Plain(kind) if kind.starts_with(['a', 'i', 'o']) => format!("an {kind}"),
            Self::Plain(kind) => format!("a {kind}"),
            Self::List(elements) => format!("a list of {}", elements.plural()),
            Self::Any => "anything".to_owned(),
        }
    }

    fn plural(&self) -> String {
        match self {
            Self::Plain(kind) => format!("{kind}s"),
            Self::List(elements) => format!("lists of {}", elements.plural()),
            Self::Any => "anything".to_owned(),
        }
    }
}

/// An object with its properties.
pub(super) struct Shape<'a> {
    /// Its name, or the name of its operation.
    pub(super) name: &'a str,
    /// The properties by name, with their types and places.
    pub(super) properties: BTreeMap<&'a str, (Kind, Pointer)>,
    /// The schemas that it merges in.
    bases: Vec<Pointer>,
}

impl<'a> Shape<'a> {
    fn of(model: &Model<'a>, name: &'a str, schema: &'a Value, at: &Pointer) -> Option<Self> {
        let view = View::of(model, schema, at);
        if view.kind() != Some("object") {
            return None;
        }
        let properties = view.properties().into_iter();
        let properties = properties.map(|(name, (schema, at))| (name, (Kind::of(model, schema, &at, 8), at))).collect();
        let named = |at: &Pointer| at.segments().count() == 3;
        let bases = view.parts.iter().map(|part| part.at.clone()).filter(named).collect();
        Some(Self { name, properties, bases })
    }

    /// The properties that both have by name: how many there are, and those whose types differ.
    fn compare(&self, other: &Self) -> (usize, Vec<&'a str>) {
        let common =
            self.properties.iter().filter_map(|(name, (kind, _))| Some((name, kind, &other.properties.get(name)?.0)));
        common.fold((0, Vec::new()), |(count, mut differing), (name, one, other)| {
            if one.differs(other) {
                differing.push(*name);
            }
            (count + 1, differing)
        })
    }
}

/// A property that two shapes of one family have, with different types.
pub(super) struct Difference<'a> {
    /// The property.
    pub(super) property: &'a str,
    /// Its two types and places.
    pub(super) sides: [(Kind, Pointer); 2],
}

/// All differences within families.
pub(super) fn differences<'a>(model: &Model<'a>) -> Vec<Difference<'a>> {
    let named = model.named().filter_map(|(name, schema, at)| Shape::of(model, name, schema, &at));
    let shapes: Vec<Shape<'a>> = named.filter(|shape| !shape.properties.is_empty()).collect();
    let mut found = Vec::new();
    for (index, one) in shapes.iter().enumerate() {
        for other in &shapes[..index] {
            if may_be_alike(one, other) {
                let (common, differing) = one.compare(other);
                if !differing.is_empty() && are_family(one, other, common, differing.len()) {
                    add(&mut found, one, other, &differing);
                }
            }
        }
    }
    for family in bodies(model).values() {
        for (index, one) in family.iter().enumerate() {
            family[..index].iter().for_each(|other| add(&mut found, one, other, &one.compare(other).1));
        }
    }
    found
}

fn add<'a>(found: &mut Vec<Difference<'a>>, one: &Shape<'a>, other: &Shape<'a>, differing: &[&'a str]) {
    for property in differing {
        let side = |shape: &Shape<'a>| shape.properties.get(property).cloned();
        if let (Some(one), Some(other)) = (side(one), side(other)) {
            found.push(Difference { property, sides: [one, other] });
        }
    }
}

/// Whether it is worth comparing two shapes: a fast check, since there are hundreds of thousands of pairs.
fn may_be_alike(one: &Shape<'_>, other: &Shape<'_>) -> bool {
    let (few, many) =
        (one.properties.len().min(other.properties.len()), one.properties.len().max(other.properties.len()));
    few >= 3 && few * 5 >= many * 4 || is_variant(one.name, other.name) || has_base(one, other)
}

/// Whether two shapes are of one family: they have four of five names in common, the name of one goes on from that of
/// the other and half of the smaller one's properties are the other's too, or they are made of a common base.
///
/// If more than a third of the common properties differ in type, they are about different things with the same names
/// (an address, and how well each line of it matched), so they are not a family.
fn are_family(one: &Shape<'_>, other: &Shape<'_>, common: usize, differing: usize) -> bool {
    let (a, b) = (one.properties.len(), other.properties.len());
    let is_like = common >= 3 && common * 5 >= (a + b - common) * 4;
    let is_variant = common >= 3 && common * 2 >= a.min(b) && is_variant(one.name, other.name);
    differing * 3 <= common && (is_like || is_variant) || has_base(one, other)
}

/// Whether one name starts with the other: `Name` and `NameNullable`.
fn is_variant(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn has_base(one: &Shape<'_>, other: &Shape<'_>) -> bool {
    one.bases.iter().any(|base| other.bases.contains(base))
}

/// The bodies that belong together: requests, or responses, of operations whose paths have the same first and last
/// segments (`/pets/list`, `/pets/owners/list`), and the two bodies of one operation.
fn bodies<'a>(model: &Model<'a>) -> HashMap<(&'a str, &'a str, &'static str), Vec<Shape<'a>>> {
    let mut families: HashMap<_, Vec<Shape<'a>>> = HashMap::new();
    for operation in operations(model) {
        let Operation { path, method, request, response, .. } = &operation;
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let first = segments.next().unwrap_or_default();
        let last = segments.next_back().unwrap_or_default();
        for (family, body) in [("request", request), ("response", response)] {
            let shape = || body.as_ref().and_then(|(schema, at)| Shape::of(model, path, schema, at));
            families.entry((first, last, family)).or_default().extend(shape());
            families.entry((path, method, "both")).or_default().extend(shape());
        }
    }
    families
}
