//! `oneOf` and `anyOf`: one of several types, told apart by a discriminator or by trying.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lowering;
use super::node::Node;
use super::schema::Shape;
use crate::diag::Pointer;
use crate::ir::{Kind, Type, TypeId, Union, UnionVariant};

impl<'a> Lowering<'a> {
    pub(super) fn union(&mut self, node: &Node<'a>, at: &Pointer, id: &str) -> Shape {
        let (keyword, members) = if node.one_of.is_empty() { ("anyOf", node.any_of) } else { ("oneOf", node.one_of) };
        if !node.one_of.is_empty() && !node.any_of.is_empty() {
            self.error(at, "`oneOf` and `anyOf` side by side can't be expressed", "keep one of them");
        }
        if node.properties.is_some_and(|properties| !properties.is_empty()) {
            self.error(
                &at.child("properties"),
                format!("properties beside `{keyword}` can't be expressed"),
                "move them into each of the alternatives",
            );
        }
        let discriminator = node.data.discriminator.as_ref();
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let place = at.child(keyword).index(index);
            if is_null(member) {
                continue;
            }
            let used = self.used(member, &place, &format!("{id}.option{}", index + 1));
            if variants.iter().any(|variant| variant.ty == used.ty) {
                self.report.note(self.file, &place, "this alternative stands twice", "");
                continue;
            }
            let tags = match (discriminator, member) {
                (Some(discriminator), ReferenceOr::Reference { reference }) => tags(discriminator, reference),
                (Some(_), ReferenceOr::Item(_)) => {
                    self.error(
                        &place,
                        "an alternative without a name can't be chosen by a discriminator",
                        "name its schema under components/schemas and refer to it",
                    );
                    Vec::new()
                }
                (None, _) => Vec::new(),
            };
            variants.push(UnionVariant { name: String::new(), tags, ty: used.ty });
        }
        if let Some(discriminator) = discriminator {
            self.check_mapping(discriminator, members, at);
        }
        match variants.as_slice() {
            [] => Shape::Plain(Type::Json),
            [only] if discriminator.is_none() => Shape::Plain(match &only.ty {
                Type::Named(target) if *target == TypeId(id.to_owned()) => {
                    self.error(at, format!("this `{keyword}` leads back to itself"), "take the alternative out");
                    Type::Json
                }
                ty => ty.clone(),
            }),
            _ => Shape::Named(Kind::Union(Union {
                discriminator: discriminator.map(|discriminator| discriminator.property_name.clone()),
                variants,
            })),
        }
    }

    fn check_mapping(&mut self, discriminator: &Discriminator, members: &[ReferenceOr<Schema>], at: &Pointer) {
        for (value, target) in &discriminator.mapping {
            let known = members.iter().any(|member| match member {
                ReferenceOr::Reference { reference } => is_target(reference, target),
                ReferenceOr::Item(_) => false,
            });
            if !known {
                self.error(
                    &at.child("discriminator").child("mapping").child(value),
                    format!("`{target}` is none of the alternatives"),
                    "add it to them, or mend the mapping",
                );
            }
        }
    }
}

/// The discriminator's values for an alternative: those mapped to it, or its schema's name.
fn tags(discriminator: &Discriminator, reference: &str) -> Vec<String> {
    let mapped: Vec<String> = discriminator
        .mapping
        .iter()
        .filter(|(_, target)| is_target(reference, target))
        .map(|(value, _)| value.clone())
        .collect();
    if mapped.is_empty() { vec![reference.rsplit('/').next().unwrap_or_default().to_owned()] } else { mapped }
}

/// A mapping names its target by reference or by schema name.
fn is_target(reference: &str, target: &str) -> bool {
    reference == target || reference.rsplit('/').next() == Some(target)
}

/// Whether an alternative allows `null` and nothing else.
fn is_null(member: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = member else { return false };
    let node = Node::of(schema);
    node.is_bare() && node.allows_null() && (node.typ.is_none() || !node.values.is_empty())
}
