//! Parameters outside the body: those of the path item and the operation together, checked against the path.

use openapiv3::{Operation, Parameter as Declared, ParameterSchemaOrContent, PathItem, PathStyle, ReferenceOr};

use super::component::{self, Component};
use super::context::Context;
use super::docs;
use super::media::{self, Format};
use super::node::Node;
use super::schema::{Typed, typed};
use super::scope::{Role, Scope};
use super::style;
use crate::diag::Pointer;
use api_model::{Field, Location, Parameter, ParameterStyle, Part, SkippedKind};

/// Headers that the client sets. By OpenAPI, parameters with these names are ignored.
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The place of an operation.
pub(super) struct Place<'p> {
    /// The path with its `{parameters}`.
    pub(super) path: &'p str,
    pub(super) path_at: &'p Pointer,
    pub(super) at: &'p Pointer,
    /// Its `operationId`.
    pub(super) operation: &'p str,
}

/// The parameters of an operation. If the path item and the operation both declare one, the operation's declaration is
/// used, at the path item's position.
pub(super) fn parameters<'a>(
    cx: &mut Context<'a>,
    item: &'a PathItem,
    operation: &'a Operation,
    place: &Place<'_>,
) -> Vec<Parameter> {
    let mut parameters = list(cx, &item.parameters, place.path_at, place.operation);
    for parameter in list(cx, &operation.parameters, place.at, place.operation) {
        match parameters.iter_mut().find(|before| before.is_same(&parameter)) {
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
        if parameters.iter().any(|before| before.is_same(&parameter)) {
            let what = format!("{} is declared twice", parameter.field.wire);
            cx.error(&place, what, "keep one of the declarations");
        } else {
            parameters.push(parameter);
        }
    }
    parameters
}

fn parameter<'a>(cx: &mut Context<'a>, found: &Component<'a, Declared>, operation: &str) -> Option<Parameter> {
    let Component { item, at, name } = found;
    let data = item.parameter_data_ref();
    cx.refuse_nul(at, &data.name);
    let (location, mut style) = location(cx, item, at)?;
    if location == Location::Header && OWN_HEADERS.contains(&data.name.to_ascii_lowercase().as_str()) {
        cx.skip(SkippedKind::Header, &data.name, at, "the client sets it");
        return None;
    }
    let (node, schema_at) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (Node::from(schema), at.child("schema")),
        ParameterSchemaOrContent::Content(content) => {
            let chosen = media::choose(cx, content, at)?;
            if location != Location::Query || chosen.format != Format::Json {
                let help = "only a query parameter can have content, and it must be JSON: give it a schema instead";
                cx.error(at, format!("{} is a parameter with a media type", data.name), help);
                return None;
            }
            style = ParameterStyle::Json;
            (chosen.schema?, chosen.at)
        }
    };
    if !style::can_write(cx, node, style, &schema_at) {
        let what = format!("{} can't be sent in its style", data.name);
        cx.error(&schema_at, what, style::help(style));
        return None;
    }
    if location == Location::Path && !data.required {
        let what = format!("{} is part of the path, but not required", data.name);
        cx.error(at, what, "add `required: true`");
    }
    let id = component::id(*name, operation, Part::Parameter(data.name.clone()));
    let Typed { ty, nullable, docs } = typed(cx, node, &Scope::new(schema_at, id, Role::Part));
    let field = Field {
        wire: data.name.clone(),
        ty,
        required: data.required,
        nullable,
        redacted: None,
        may_be_empty: false,
        is_id: false,
        is_credential: false,
        docs: docs::of_parameter(data, docs),
        at: at.clone(),
    };
    Some(Parameter { location, field, style })
}

fn location(cx: &mut Context<'_>, parameter: &Declared, at: &Pointer) -> Option<(Location, ParameterStyle)> {
    let data = parameter.parameter_data_ref();
    let (what, help) = match parameter {
        Declared::Path { style: PathStyle::Simple, .. } => return Some((Location::Path, ParameterStyle::Form)),
        Declared::Header { .. } => return Some((Location::Header, ParameterStyle::Form)),
        Declared::Query { style, .. } => return Some((Location::Query, style::of(style, data.explode))),
        Declared::Path { .. } => {
            (format!("the style of {} is not supported", data.name), "the style of a path parameter is `simple`")
        }
        Declared::Cookie { .. } => (format!("{} is a cookie", data.name), "the client has no cookies"),
    };
    cx.error(at, what, help);
    None
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
