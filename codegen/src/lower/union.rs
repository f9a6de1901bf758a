//! `oneOf` and `anyOf`: unions. A discriminator chooses the alternative. Without one, the alternatives are tried.

use std::borrow::Cow;

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::context::Context;
use super::node::Node;
use super::resolve::{Class, class, is_null, name_in, target};
use super::schema::{refer, shape as shape_of, typed};
use super::scope::Scope;
use super::view::View;
use crate::diag::Pointer;
use api_model::{Kind, Step, Type, Union, UnionVariant};

/// An alternative and its index in the document.
type Alternative<'a> = (usize, Node<'a>);

/// The shape of a schema with a `oneOf` or `anyOf`.
pub(super) fn shape<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    let (keyword, members) = match (view.one_of, view.any_of) {
        (one_of, []) => ("oneOf", one_of),
        ([], any_of) => ("anyOf", any_of),
        _ => {
            cx.error(&scope.at, "the schema has both oneOf and anyOf", "keep one of them with a fixup");
            return Kind::Alias(Type::Json);
        }
    };
    let at = scope.at.child(keyword);
    let bare = View { one_of: &[], any_of: &[], ..view.clone() };
    if bare.has_shape() {
        return beside_a_shape(cx, &bare, members, &at, scope);
    }
    let alternatives: Vec<Alternative<'a>> =
        members.iter().map(Node::from).enumerate().filter(|(_, node)| !allows_null_only(*node)).collect();
    match alternatives.as_slice() {
        [] => {
            cx.error(&at, format!("{keyword} has no alternatives"), "list the schemas that values may have");
            Kind::Alias(Type::Json)
        }
        [(_, Node::Ref(reference))] => Kind::Alias(refer(cx, reference, &at)),
        [(index, Node::Inline(schema))] => shape_of(cx, &View::of(schema), &scope.moved(at.index(*index))),
        _ => Kind::Union(union(cx, view.data.discriminator.as_ref(), &alternatives, &at, scope)),
    }
}

/// Alternatives that only require properties limit values, but don't change the type.
fn beside_a_shape<'a>(
    cx: &mut Context<'a>,
    bare: &View<'a>,
    members: &[ReferenceOr<Schema>],
    at: &Pointer,
    scope: &Scope,
) -> Kind {
    let only_requires = |member: &ReferenceOr<Schema>| {
        member.as_item().map(View::of).is_some_and(|view| {
            let rest = View { required: &[], ..view.clone() };
            !view.required.is_empty() && rest.is_remark()
        })
    };
    if members.iter().all(only_requires) {
        cx.note(at, "the required combinations of properties are not checked", "the API checks them");
        return shape_of(cx, bare, scope);
    }
    let help = "move the properties into the alternatives with a fixup";
    cx.error(at, "alternatives next to properties or values can't be expressed", help);
    Kind::Alias(Type::Json)
}

fn allows_null_only(node: Node<'_>) -> bool {
    matches!(node, Node::Inline(schema) if is_null(&View::of(schema)))
}

fn union<'a>(
    cx: &mut Context<'a>,
    discriminator: Option<&'a Discriminator>,
    alternatives: &[Alternative<'a>],
    at: &Pointer,
    scope: &Scope,
) -> Union {
    let mut variants: Vec<UnionVariant> = Vec::with_capacity(alternatives.len());
    for (index, node) in alternatives {
        let place = Scope { role: scope.role, ..scope.part(at.index(*index), Step::Alternative(index + 1)) };
        let ty = typed(cx, *node, &place).ty;
        let tags = discriminator.map(|discriminator| tags(cx, discriminator, *node, &place.at)).unwrap_or_default();
        if variants.iter().any(|variant| variant.ty == ty) {
            cx.note(&place.at, "this alternative is listed twice", "it becomes one variant");
            continue;
        }
        variants.push(UnionVariant { tags, ty });
    }
    if let Some(discriminator) = discriminator {
        refuse_strangers(cx, discriminator, alternatives, &scope.at.child("discriminator").child("mapping"));
    }
    Union { discriminator: discriminator.map(|discriminator| discriminator.property_name.clone()), variants }
}

/// The values that choose an alternative: the ones mapped to it, or the schema's name.
fn tags<'a>(cx: &mut Context<'a>, discriminator: &Discriminator, node: Node<'a>, at: &Pointer) -> Vec<String> {
    let name = match node {
        Node::Ref(reference) => name_in("schemas", reference),
        Node::Inline(_) => None,
    };
    let Some(name) = name else {
        let help = "give it a name under components/schemas, and refer to that";
        cx.error(at, "a discriminator can't choose an inline schema", help);
        return Vec::new();
    };
    if target(cx, node).is_some_and(|target| class(&target.view) != Class::Object) {
        let help = "a discriminator is a property, so every alternative must be an object";
        cx.error(at, format!("{name} is not an object, so a discriminator can't choose it"), help);
    }
    let mapped = discriminator.mapping.iter().filter(|(_, to)| mapped_name(to) == name);
    let tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() { vec![name.into_owned()] } else { tags }
}

/// Mappings to schemas that are not alternatives.
fn refuse_strangers<'a>(
    cx: &mut Context<'a>,
    discriminator: &Discriminator,
    alternatives: &[Alternative<'a>],
    at: &Pointer,
) {
    for (tag, to) in &discriminator.mapping {
        let name = mapped_name(to);
        let is_listed = alternatives.iter().any(|(_, node)| match node {
            Node::Ref(reference) => name_in("schemas", reference).is_some_and(|listed| listed == name),
            Node::Inline(_) => false,
        });
        if !is_listed {
            let help = format!("list {name} among the alternatives, or remove the mapping");
            cx.error(&at.child(tag), format!("{tag} is mapped to {name}, which is not an alternative"), help);
        }
    }
}

/// A mapping contains a reference or a plain name.
fn mapped_name(to: &str) -> Cow<'_, str> {
    name_in("schemas", to).unwrap_or(Cow::Borrowed(to))
}
