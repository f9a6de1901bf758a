//! The style in which query parameters and form properties are written, and the values that each style supports.

use openapiv3::QueryStyle;

use super::all_of::{Further, flatten};
use super::context::{Context, schema_at};
use super::node::Node;
use super::resolve::{Class, class, target};
use super::scope::{Role, Scope};
use crate::diag::Pointer;
use api_model::{ParameterStyle, TypeId};

/// The declared style. By default `form` explodes, and the others don't.
pub(super) fn of(style: &QueryStyle, explode: Option<bool>) -> ParameterStyle {
    match (style, explode) {
        (QueryStyle::DeepObject, _) => ParameterStyle::DeepObject,
        (QueryStyle::Form, None) | (_, Some(true)) => ParameterStyle::FormExploded,
        (QueryStyle::Form, Some(false)) => ParameterStyle::Form,
        (QueryStyle::SpaceDelimited, _) => ParameterStyle::SpaceDelimited,
        (QueryStyle::PipeDelimited, _) => ParameterStyle::PipeDelimited,
    }
}

/// Whether a style supports every value of the schema at `at`.
pub(super) fn can_write<'a>(cx: &mut Context<'a>, node: Node<'a>, style: ParameterStyle, at: &Pointer) -> bool {
    let Some(found) = target(cx, node) else { return true };
    let is_object = class(&found.view) == Class::Object;
    match style {
        ParameterStyle::Json => true,
        ParameterStyle::DeepObject => is_object,
        _ if !is_object => is_plain(cx, node),
        _ => {
            let scope = match found.name {
                Some(name) => Scope::new(schema_at(name), TypeId::schema(name), Role::Part),
                None => Scope::new(at.clone(), TypeId::schema(""), Role::Part),
            };
            let flat = flatten(cx, &found.view, &scope);
            let lists = style == ParameterStyle::FormExploded;
            let fits = |node| if lists { is_plain(cx, node) } else { is_scalar(cx, node) };
            let additional = match &flat.additional {
                Further::Of(node, _) => Some(*node),
                Further::Unspecified | Further::Any | Further::Forbidden => None,
            };
            flat.fields.values().map(|declared| declared.node).chain(additional).all(fits)
        }
    }
}

/// The help text if a style does not support a value.
pub(super) fn help(style: ParameterStyle) -> &'static str {
    match style {
        ParameterStyle::DeepObject => "`style: deepObject` is for objects",
        _ => {
            "this style is for strings, numbers, booleans, lists of them and objects of them; write `style: deepObject`"
        }
    }
}

/// Whether values are strings, numbers or booleans, or lists of them.
pub(super) fn is_plain<'a>(cx: &Context<'a>, node: Node<'a>) -> bool {
    let Some(found) = target(cx, node) else { return true };
    match class(&found.view) {
        Class::Array => found.view.items.is_some_and(|items| is_scalar(cx, items)),
        _ => is_scalar(cx, node),
    }
}

fn is_scalar<'a>(cx: &Context<'a>, node: Node<'a>) -> bool {
    // A reference without a target is reported when it is lowered.
    let Some(found) = target(cx, node) else { return true };
    matches!(class(&found.view), Class::String | Class::Enum | Class::Number | Class::Integer | Class::Boolean)
}
