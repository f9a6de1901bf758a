//! The model in short form: `Pet: struct {id: string, tag?: string | null}`.

use codegen::api_model::{
    Additional, Api, Body, BodyMedia, Field, Kind, Literal, Location, Operation, ParameterStyle, ResponseBody, Struct,
    Type, TypeDef,
};

/// Every type, in order.
pub(crate) fn types(api: &Api) -> Vec<String> {
    for (id, def) in &api.types {
        assert_eq!(id, &def.id);
    }
    api.types.values().map(type_def).collect()
}

fn type_def(def: &TypeDef) -> String {
    let kind = match &def.kind {
        Kind::Struct(of) => structure(of),
        Kind::Enum(of) => {
            let values: Vec<String> = of.values.iter().map(|value| literal(&value.value)).collect();
            format!("enum({})", values.join(", "))
        }
        Kind::Union(of) => {
            let variants = of.variants.iter().map(|variant| match variant.tags.as_slice() {
                [] => ty(&variant.ty),
                tags => format!("{}={}", tags.join("|"), ty(&variant.ty)),
            });
            let by = of.discriminator.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
            format!("union{by}({})", variants.collect::<Vec<_>>().join(", "))
        }
        Kind::Alias(to) => format!("= {}", ty(to)),
    };
    format!("{}: {kind}{}", def.id, if def.nullable { " | null" } else { "" })
}

fn structure(of: &Struct) -> String {
    let mut parts: Vec<String> = of.fields.iter().map(field).collect();
    parts.extend(match &of.additional {
        Additional::Unspecified => None,
        Additional::Any => Some("*".to_owned()),
        Additional::Forbidden => Some("nothing else".to_owned()),
        Additional::Of(additional) => Some(format!("*: {}", ty(additional))),
    });
    let merged: Vec<String> = of.merged.iter().map(ToString::to_string).collect();
    let from = if merged.is_empty() { String::new() } else { format!(" from {}", merged.join(", ")) };
    format!("struct {{{}}}{from}", parts.join(", "))
}

/// A value of an enum, with its JSON type.
fn literal(value: &Literal) -> String {
    match value {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Number(_) | Literal::Bool(_) => value.to_string(),
    }
}

pub(crate) fn field(field: &Field) -> String {
    let optional = if field.required { "" } else { "?" };
    let null = if field.nullable { " | null" } else { "" };
    let credential = if field.is_credential { " (credential)" } else { "" };
    format!("{}{optional}: {}{null}{credential}", field.wire, ty(&field.ty))
}

pub(crate) fn ty(of: &Type) -> String {
    match of {
        Type::List(inner) => format!("[{}]", ty(inner)),
        Type::Map(inner) => format!("{{{}}}", ty(inner)),
        Type::Nullable(inner) => format!("{} | null", ty(inner)),
        Type::Named(id) => id.to_string(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// `POST /pets path(id) json(Pet) -> 200 json(Pet), 404 json(Error)`.
pub(crate) fn operation(of: &Operation) -> String {
    let parameters = of.parameters.iter().map(|parameter| {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        let explode = match parameter.style {
            ParameterStyle::Form => String::new(),
            ParameterStyle::FormExploded => "*".to_owned(),
            style => format!(" {style:?}"),
        };
        format!(" {location}{explode}({})", field(&parameter.field))
    });
    let parameters: String = parameters.collect();
    let body = of.body.as_ref().map(body).unwrap_or_default();
    let statuses: Vec<String> = match of.response.statuses.as_slice() {
        [first, .., last] if of.response.statuses.len() > 2 => vec![format!("{first}..={last}")],
        statuses => statuses.iter().map(u16::to_string).collect(),
    };
    let response = match &of.response.body {
        ResponseBody::Json(of) => format!("json({})", ty(of)),
        ResponseBody::Binary(media) => format!("bytes({media})"),
        ResponseBody::Empty => "empty".to_owned(),
    };
    let errors = of.errors.iter().map(|error| {
        let status = match (error.status, error.class) {
            (Some(status), _) => status.to_string(),
            (None, Some(class)) => format!("{class}XX"),
            (None, None) => "default".to_owned(),
        };
        format!(", {status} {}", error.ty.as_ref().map_or("empty".to_owned(), |of| format!("json({})", ty(of))))
    });
    let errors: String = errors.collect();
    format!("{} {}{parameters}{body} -> {} {response}{errors}", of.method, of.path, statuses.join("/"))
}

fn body(of: &Body) -> String {
    let optional = if of.required { "" } else { "?" };
    match &of.media {
        BodyMedia::Json => format!(" json{optional}({})", ty(&of.ty)),
        BodyMedia::Form => format!(" form{optional}({})", ty(&of.ty)),
        BodyMedia::Binary(media) => format!(" bytes{optional}({media})"),
    }
}
