//! Names in a client, by the rules of a language and the exceptions in its data; and what types a sample's values have,
//! which decides about the names.

use std::collections::BTreeMap;

use api_model::{Additional, Api, Enum, Field, Kind, Location, Sample, Type, TypeDef, TypeId};

use super::call::Call;
use super::client::{Access, Facts};
use super::words;

/// An argument of a client's method.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument<'a> {
    /// The parameter's name; empty for the body.
    pub name: &'a str,
    /// Where it is sent; `None` for the body.
    pub location: Option<Location>,
    /// Its type.
    pub ty: &'a Type,
    /// Whether the method requires it.
    pub required: bool,
    /// Its value, if the call sets one.
    pub value: Option<&'a Sample>,
}

/// The arguments of a method, in openapi-generator's order: required ones first, the body after the parameters.
pub(super) fn arguments<'a>(call: &Call<'a>) -> Vec<Argument<'a>> {
    let parameters = call.operation.parameters.iter().map(|parameter| Argument {
        name: &parameter.field.wire,
        location: Some(parameter.location),
        ty: &parameter.field.ty,
        required: parameter.field.required,
        value: call.parameter(&parameter.field.wire),
    });
    let body = call.operation.body.iter().map(|body| Argument {
        name: "",
        location: None,
        ty: &body.ty,
        required: body.required,
        value: call.body,
    });
    let mut all: Vec<Argument<'a>> = parameters.chain(body).collect();
    all.sort_by_key(|argument| !argument.required);
    all
}

/// The type of a value behind names, `null` and unions.
pub(super) fn target<'a>(api: &'a Api, ty: &'a Type, sample: &Sample) -> &'a Type {
    let mut ty = ty;
    // A deserialized model may have a cycle.
    for _ in 0..=api.types.len() {
        ty = match api.resolve(ty) {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match api.get(id).map(|def| &def.kind) {
                Some(Kind::Union(union)) => match api.alternative(union, sample) {
                    Some(variant) => &variant.ty,
                    None => return &Type::Json,
                },
                _ => return api.resolve(ty),
            },
            other => return other,
        }
    }
    ty
}

/// The type of a list's elements.
pub(super) fn element(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(element) => Some(element),
        _ => None,
    }
}

/// The enum that a type is.
pub(super) fn enum_of<'a>(api: &'a Api, ty: Option<&Type>) -> Option<(&'a TypeDef, &'a Enum)> {
    let Some(Type::Named(id)) = ty else { return None };
    let def = api.get(id)?;
    match &def.kind {
        Kind::Enum(list) => Some((def, list)),
        Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

/// What is known about a property of an object.
#[derive(Clone, Copy, Debug)]
pub(super) enum PropertyType<'a> {
    /// A type declares it.
    Declared(&'a TypeId, &'a Field),
    /// The object may have any properties, with values of this type if there is one.
    Additional(Option<&'a Type>),
    /// The object does not have it.
    Unknown,
}

/// What is known about a property of an object of a type.
pub(super) fn property<'a>(api: &'a Api, ty: &'a Type, name: &str) -> PropertyType<'a> {
    match ty {
        Type::Map(value) => PropertyType::Additional(Some(value)),
        Type::Named(id) => match api.get(id).map(|def| &def.kind) {
            Some(Kind::Struct(object)) => match object.fields.iter().find(|field| field.wire == name) {
                Some(field) => PropertyType::Declared(id, field),
                None => match &object.additional {
                    Additional::Of(ty) => PropertyType::Additional(Some(ty)),
                    Additional::Any => PropertyType::Additional(None),
                    Additional::Unspecified | Additional::Forbidden => PropertyType::Unknown,
                },
            },
            _ => PropertyType::Unknown,
        },
        _ => PropertyType::Additional(None),
    }
}

/// The caller's credentials that an object requires and that a sample does not set, each with its environment variable.
/// Plain HTTP sends them as headers only, but typed clients refuse an object without them.
pub(super) fn required_credentials<'a>(
    api: &'a Api,
    access: &'a Access,
    ty: &'a Type,
    all: &[(String, Sample)],
) -> Vec<(&'a str, &'a str)> {
    let Type::Named(id) = ty else { return Vec::new() };
    let fields = api.object(id).map_or(&[][..], |object| object.fields.as_slice());
    let missing = fields
        .iter()
        .filter(|field| field.is_credential && field.required && !all.iter().any(|(name, _)| *name == field.wire));
    missing.filter_map(|field| Some((field.wire.as_str(), access.body.get(&field.wire)?.as_str()))).collect()
}

/// The name of a type's class: by the data, else by the rule. Returns `None` if the client has no such class.
pub(super) fn class(facts: &Facts, id: &TypeId, rule: impl FnOnce(&TypeId) -> String) -> Option<String> {
    let name = facts.classes.get(&id.to_string()).cloned().unwrap_or_else(|| rule(id));
    (!name.is_empty()).then_some(name)
}

/// How the constants of enums are named.
#[derive(Clone, Copy, Debug)]
pub(super) struct EnumRule {
    /// Whether the beginning that all values share is left out.
    pub prefix: bool,
    /// The name of the rest of a value.
    pub case: fn(&str) -> String,
}

/// The constant of an enum's value. Returns `None` for an unknown value, or if the client has no such constant.
pub(super) fn constant(facts: &Facts, def: &TypeDef, list: &Enum, value: &str, rule: EnumRule) -> Option<String> {
    let values: Vec<String> = list.values.iter().map(|listed| listed.value.to_string()).collect();
    if !values.iter().any(|listed| listed == value) {
        return None;
    }
    let exceptions: Option<&BTreeMap<String, String>> = facts.constants.get(&def.id.to_string());
    if let Some(name) = exceptions.and_then(|all| all.get(value)) {
        return (!name.is_empty()).then(|| name.clone());
    }
    let mut all: Vec<&str> = values.iter().map(String::as_str).collect();
    if def.nullable {
        all.push("null");
    }
    let prefix = if rule.prefix { words::common_prefix(&all) } else { "" };
    Some((rule.case)(value.strip_prefix(prefix).unwrap_or(value)))
}
