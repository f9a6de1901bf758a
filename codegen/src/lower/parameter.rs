//! Parameters outside the body: those of the path item and the operation together, checked against the path.

use openapiv3::{
    Operation, Parameter as Declared, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle,
    ReferenceOr,
};

use super::body::is_plain;
use super::component::{self, Component};
use super::context::Context;
use super::docs;
use super::node::Node;
use super::schema::{Typed, typed};
use super::scope::{Role, Scope};
use crate::diag::Pointer;
use crate::ir::{Field, Location, Parameter, Part, SkippedKind};

/// Headers that the client sets by itself; OpenAPI says that parameters of these names are to be ignored.
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Where an operation stands.
pub(super) struct Place<'p> {
    /// The path with its `{parameters}`.
    pub(super) path: &'p str,
    pub(super) path_at: &'p Pointer,
    pub(super) at: &'p Pointer,
    /// Its `operationId`.
    pub(super) operation: &'p str,
}

/// The parameters of an operation. Where both declare one, the operation's counts, at the path item's place.
pub(super) fn parameters<'a>(
    cx: &mut Context<'a>,
    item: &'a PathItem,
    operation: &'a Operation,
    place: &Place<'_>,
) -> Vec<Parameter> {
    let mut parameters = list(cx, &item.parameters, place.path_at, place.operation);
    for parameter in list(cx, &operation.parameters, place.at, place.operation) {
        match parameters.iter_mut().find(|before| is_same(before, &parameter)) {
            Some(before) => *before = parameter,
            None => parameters.push(parameter),
        }
    }
    refuse_mismatch(cx, &parameters, place);
    parameters
}

fn list<'a>(
    cx: &mut Context<'a>,
    declared: &'a [ReferenceOr<Declared>],
    at: &Pointer,
    operation: &str,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::with_capacity(declared.len());
    for (index, node) in declared.iter().enumerate() {
        let place = at.child("parameters").index(index);
        let Some(found) = component::resolve(cx, node, &place, "parameters", |all| &all.parameters) else { continue };
        let Some(parameter) = parameter(cx, &found, operation) else { continue };
        if parameters.iter().any(|before| is_same(before, &parameter)) {
            let what = format!("{} is declared twice", parameter.field.wire);
            cx.error(&place, what, "keep one of the declarations");
        } else {
            parameters.push(parameter);
        }
    }
    parameters
}

/// Header names don't differ by case.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    one.location == other.location
        && match one.location {
            Location::Header => one.field.wire.eq_ignore_ascii_case(&other.field.wire),
            Location::Path | Location::Query => one.field.wire == other.field.wire,
        }
}

fn parameter<'a>(cx: &mut Context<'a>, found: &Component<'a, Declared>, operation: &str) -> Option<Parameter> {
    let Component { item, at, name } = found;
    let data = item.parameter_data_ref();
    cx.refuse_nul(at, &data.name);
    let location = location(cx, item, at)?;
    if location == Location::Header && OWN_HEADERS.contains(&data.name.to_ascii_lowercase().as_str()) {
        cx.skip(SkippedKind::Header, &data.name, at, "the client sets it by itself");
        return None;
    }
    let node = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Node::from(schema),
        ParameterSchemaOrContent::Content(_) => {
            let help = "give the parameter a schema instead of content";
            cx.error(at, format!("{} is a parameter with a media type", data.name), help);
            return None;
        }
    };
    if !is_plain(cx, node) {
        let help = "a parameter is a string, a number, a boolean, or a list of such";
        cx.error(&at.child("schema"), format!("{} can't be sent as a parameter", data.name), help);
        return None;
    }
    if location == Location::Path && !data.required {
        let what = format!("{} is part of the path, but not required", data.name);
        cx.error(at, what, "add `required: true`");
    }
    let id = component::id(*name, operation, Part::Parameter(data.name.clone()));
    let Typed { ty, nullable, docs } = typed(cx, node, &Scope::new(at.child("schema"), id, Role::Part));
    let field = Field {
        wire: data.name.clone(),
        ty,
        required: data.required,
        nullable,
        redacted: false,
        is_credential: false,
        docs: docs::of_parameter(data, docs),
        at: at.clone(),
    };
    Some(Parameter { location, field, explode: explode(data, location) })
}

fn location(cx: &mut Context<'_>, parameter: &Declared, at: &Pointer) -> Option<Location> {
    let name = &parameter.parameter_data_ref().name;
    let (what, help) = match parameter {
        Declared::Path { style: PathStyle::Simple, .. } => return Some(Location::Path),
        Declared::Query { style: QueryStyle::Form, .. } => return Some(Location::Query),
        Declared::Header { .. } => return Some(Location::Header),
        Declared::Path { .. } => (format!("the style of {name} can't be written"), "a path parameter's is simple"),
        Declared::Query { .. } => (format!("the style of {name} can't be written"), "a query parameter's is form"),
        Declared::Cookie { .. } => (format!("{name} is a cookie"), "the client keeps no cookies"),
    };
    cx.error(at, what, help);
    None
}

/// OpenAPI's defaults: `form` explodes, `simple` doesn't.
fn explode(data: &ParameterData, location: Location) -> bool {
    data.explode.unwrap_or(location == Location::Query)
}

/// Each `{name}` of the path must have its parameter, and each path parameter its `{name}`.
fn refuse_mismatch(cx: &mut Context<'_>, parameters: &[Parameter], place: &Place<'_>) {
    let Some(names) = template(place.path) else {
        cx.error(place.path_at, "the path's braces don't match", "write {name} for each parameter");
        return;
    };
    let of_path = || parameters.iter().filter(|parameter| parameter.location == Location::Path);
    for name in &names {
        if !of_path().any(|parameter| parameter.field.wire == *name) {
            let help = format!("declare it: `in: path`, `name: {name}`, `required: true`");
            cx.error(place.at, format!("the path has {{{name}}}, but there is no such parameter"), help);
        }
    }
    for parameter in of_path() {
        let name = &parameter.field.wire;
        if !names.contains(&name.as_str()) {
            let what = format!("{name} is a path parameter, but the path has no {{{name}}}");
            cx.error(&parameter.field.at, what, "put it into the path, or make it a query parameter");
        }
    }
}

/// The names in the braces of a path; `None` where the braces don't match.
fn template(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') || name.is_empty() {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}
