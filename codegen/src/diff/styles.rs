//! Styles of parameters and of a form's properties. Two styles can write a value in the same way.

use super::effect::in_case;
use super::parts::Changes;
use super::side::Side;
use super::{Effect, What};
use api_model::{Body, BodyMedia, Field, Kind, Operation, ParameterStyle, Struct, Type};

/// The shape of a value decides which styles write it in the same way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A number or boolean: all styles.
    Number,
    /// Text: all but JSON, which adds quotes.
    Text,
    /// A list of numbers or texts: all but JSON, as long as it has one element.
    List,
    /// An object, a list of objects, or any JSON: no two styles.
    Nested,
}

/// The name of a style in reports, in OpenAPI's words.
pub(super) const fn name(style: ParameterStyle) -> &'static str {
    match style {
        ParameterStyle::Form => "form, not exploded",
        ParameterStyle::FormExploded => "form, exploded",
        ParameterStyle::SpaceDelimited => "spaceDelimited",
        ParameterStyle::PipeDelimited => "pipeDelimited",
        ParameterStyle::DeepObject => "deepObject",
        ParameterStyle::Json => "JSON",
    }
}

/// Whether the API can read values that old programs write in the old style.
pub(super) fn effect<'a>(side: &Side<'a>, field: &'a Field, old: ParameterStyle, new: ParameterStyle) -> Effect {
    let json = [old, new].contains(&ParameterStyle::Json);
    match shape(side, &field.ty) {
        _ if old == new => Effect::No,
        // JSON writes `null`; the other styles leave it out.
        Shape::Number if json && field.nullable => in_case("it is null"),
        Shape::Number => Effect::No,
        Shape::Text if !json => Effect::No,
        Shape::List if !json => in_case("it has more than one element"),
        Shape::Text | Shape::List | Shape::Nested => match (field.required, field.nullable) {
            (true, false) => Effect::Yes("old programs write it in the old style".to_owned()),
            _ => in_case("it is sent"),
        },
    }
}

/// Compares the styles of the properties that the forms of both documents have.
pub(super) fn of_forms<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let sides = [changes.old, changes.new];
    let [Some((body, before)), Some((now_body, now))] = [form(sides[0], old), form(sides[1], new)] else { return };
    for field in before.caller_fields() {
        let Some(now) = now.caller_fields().find(|other| other.wire == field.wire) else { continue };
        if [declared(body, field), declared(now_body, now)] == [None, None] {
            continue;
        }
        let (was, is) = (of_property(sides[0], body, field), of_property(sides[1], now_body, now));
        if was == is {
            continue;
        }
        let mut found = changes.of_operation(What::StyleChanged, Some(old), Some(new));
        found.at = format!("{} form {}", found.at, field.wire);
        found.detail = format!("{} -> {}", name(was), name(is));
        found.wire = effect(sides[0], field, was, is);
        found.subject.members = [Some(field.wire.clone()), Some(now.wire.clone())];
        changes.push(found);
    }
}

/// A form and its properties, if the request is one.
fn form<'a>(side: &Side<'a>, operation: &'a Operation) -> Option<(&'a Body, &'a Struct)> {
    let body = operation.body.as_ref().filter(|body| body.media == BodyMedia::Form)?;
    match present(side, &body.ty) {
        Type::Named(id) => Some((body, side.api().object(id)?)),
        _ => None,
    }
}

fn declared(body: &Body, field: &Field) -> Option<ParameterStyle> {
    body.styles.iter().find(|(name, _)| *name == field.wire).map(|(_, style)| *style)
}

/// The declared style, or OpenAPI's default: JSON for objects.
fn of_property<'a>(side: &Side<'a>, body: &Body, field: &'a Field) -> ParameterStyle {
    declared(body, field).unwrap_or_else(|| match shape(side, &field.ty) {
        Shape::Nested => ParameterStyle::Json,
        Shape::Number | Shape::Text | Shape::List => ParameterStyle::FormExploded,
    })
}

fn shape<'a>(side: &Side<'a>, ty: &'a Type) -> Shape {
    match present(side, ty) {
        // One level is enough: a list of lists is nested, and may contain itself.
        Type::List(element) => scalar(side, present(side, element)).map_or(Shape::Nested, |_| Shape::List),
        ty => scalar(side, ty).unwrap_or(Shape::Nested),
    }
}

/// The shape of a single value.
fn scalar(side: &Side<'_>, ty: &Type) -> Option<Shape> {
    match ty {
        Type::Bool | Type::Integer | Type::Float | Type::Decimal => Some(Shape::Number),
        Type::String | Type::DecimalString | Type::Date | Type::DateTime => Some(Shape::Text),
        Type::Named(id) if matches!(side.get(id)?.kind, Kind::Enum(_)) => Some(Shape::Text),
        _ => None,
    }
}

/// A type without `null` and without its other names.
fn present<'a>(side: &Side<'a>, ty: &'a Type) -> &'a Type {
    match side.resolved(ty) {
        Type::Nullable(inner) => side.resolved(inner),
        ty => ty,
    }
}
