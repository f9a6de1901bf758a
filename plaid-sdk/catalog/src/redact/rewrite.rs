//! Walks through JSON by its type and replaces leaves.

use api_model::{Api, Field, Kind, Sample, Struct, Type, TypeId};

use super::class::{Class, Classes};

/// What replaces a leaf of this class below a property of this name; `None` keeps it.
pub type Change<'c> = dyn FnMut(Class, &str, &Sample) -> Option<Sample> + 'c;

/// Rewrites values by their types. A union has the properties of all its variants, so a value that fits none of them is
/// rewritten all the same.
#[derive(Clone, Copy, Debug)]
pub struct Rewriter<'a> {
    api: &'a Api,
    classes: &'a Classes,
}

/// What is known about a value. A union gives it several types, and a property without a declaration none.
#[derive(Clone, Debug, Default)]
struct Known<'a> {
    types: Vec<&'a Type>,
    class: Class,
    name: String,
}

/// The declared shapes that a value may have.
#[derive(Debug, Default)]
struct Shapes<'a> {
    structs: Vec<&'a Struct>,
    /// The types of elements of lists.
    elements: Vec<&'a Type>,
    /// The types of values of maps.
    values: Vec<&'a Type>,
}

impl<'a> Rewriter<'a> {
    /// For values of an API's types.
    pub fn new(api: &'a Api, classes: &'a Classes) -> Self {
        Self { api, classes }
    }

    /// A copy of a value, with its leaves changed. A value below a credential is one, whatever its own type says.
    pub fn rewrite(self, ty: Option<&'a Type>, body: &Sample, change: &mut Change<'_>) -> Sample {
        self.value(&Known { types: ty.into_iter().collect(), ..Known::default() }, body, change)
    }

    fn value(self, known: &Known<'a>, value: &Sample, change: &mut Change<'_>) -> Sample {
        match value {
            Sample::Object(all) => {
                let shapes = self.shapes(&known.types);
                let properties = all.iter().map(|(name, value)| {
                    let below = self.property(known, &shapes, name);
                    (name.clone(), self.value(&below, value, change))
                });
                Sample::Object(properties.collect())
            }
            Sample::List(all) => {
                let types = self.shapes(&known.types).elements;
                let below = Known { types, class: known.class, name: known.name.clone() };
                Sample::List(all.iter().map(|value| self.value(&below, value, change)).collect())
            }
            leaf => change(known.class, &known.name, leaf).unwrap_or_else(|| leaf.clone()),
        }
    }

    fn shapes(self, types: &[&'a Type]) -> Shapes<'a> {
        let mut shapes = Shapes::default();
        let mut open: Vec<&Type> = types.to_vec();
        let mut seen: Vec<&TypeId> = Vec::new();
        while let Some(ty) = open.pop() {
            match ty {
                Type::List(element) => shapes.elements.push(element),
                Type::Map(value) => shapes.values.push(value),
                Type::Nullable(inner) => open.push(inner),
                Type::Named(id) if !seen.contains(&id) => {
                    seen.push(id);
                    match self.api.get(id).map(|def| &def.kind) {
                        Some(Kind::Struct(object)) => shapes.structs.push(object),
                        Some(Kind::Union(union)) => open.extend(union.variants.iter().map(|variant| &variant.ty)),
                        Some(Kind::Alias(target)) => open.push(target),
                        Some(Kind::Enum(_)) | None => {}
                    }
                }
                _ => {}
            }
        }
        shapes
    }

    fn property(self, above: &Known<'a>, shapes: &Shapes<'a>, name: &str) -> Known<'a> {
        let declared = |object: &&'a Struct| object.fields.iter().find(|field| field.wire == name);
        let fields: Vec<&Field> = shapes.structs.iter().filter_map(declared).collect();
        if !fields.is_empty() {
            let class = fields.iter().map(|field| Class::of(field)).fold(above.class, Class::max);
            return Known { types: fields.iter().map(|field| &field.ty).collect(), class, name: name.to_owned() };
        }
        let additional = shapes.structs.iter().filter_map(|object| object.additional.typed());
        let types: Vec<&Type> = additional.chain(shapes.values.iter().copied()).collect();
        // The keys of a map are the caller's own words: they do not say what its values are.
        let class = if types.is_empty() { self.classes.of_name(name) } else { Class::Plain };
        Known { types, class: class.max(above.class), name: name.to_owned() }
    }
}
