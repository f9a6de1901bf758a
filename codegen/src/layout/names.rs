//! Names in Rust: by rule, or from `sdk.yaml`, with a suffix if two would be the same.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::constructors::Constructors;
use super::taken::Taken;
use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::reserved::{CLIENT_METHODS, TYPE_METHODS, TYPES_IN_SCOPE, UNKNOWN};
use api_model::{Api, Enum, Field, Operation, Part, Type, TypeId, Union};

/// The names of types and of the structs for parameters, which share a namespace.
pub(super) struct TypeNames<'a> {
    types: HashMap<&'a TypeId, String>,
    /// By `operationId`.
    parameters: HashMap<&'a str, String>,
    /// The structs of required fields, by the type that they create.
    required: HashMap<&'a TypeId, String>,
    /// The structs of required parameters, by `operationId`.
    required_parameters: HashMap<&'a str, String>,
}

impl<'a> TypeNames<'a> {
    pub(super) fn of(api: &'a Api, sdk: &Sdk, constructors: &Constructors<'a>) -> Self {
        let mut taken = Taken::new(TYPES_IN_SCOPE, "Type");
        let mut types = HashMap::new();
        // Types inside others come last, so that they get the suffix.
        let is_inside =
            |id: &&TypeId| matches!(id, TypeId::Inline { .. } | TypeId::Operation { part: Part::Parameter(_), .. });
        let (later, first): (Vec<&TypeId>, Vec<&TypeId>) = api.types.keys().partition(is_inside);
        for id in first.into_iter().chain(later) {
            let text = id.to_string();
            let name = by_hand(sdk, "types", &sdk.names.types, &text).unwrap_or_else(|| ident::camel(&text));
            types.insert(id, taken.take(name, &text));
        }
        let mut parameters = HashMap::new();
        for operation in api.operations.iter().filter(|operation| !operation.parameters.is_empty()) {
            let name = ident::camel(&format!("{} Parameters", operation.id));
            parameters.insert(operation.id.as_str(), taken.take(name, &operation.id));
        }
        // These are ours and come last, so that every type of the API keeps its name.
        let mut required_name = |name: &String| {
            let mut wanted = format!("{name}Required");
            if !taken.is_free(&wanted) {
                wanted.push_str("Fields");
            }
            taken.take(wanted, name)
        };
        let ids = api.types.keys().filter(|id| constructors.has_type(id));
        let required = ids.filter_map(|id| Some((id, required_name(types.get(id)?)))).collect();
        let operations = api.operations.iter().filter(|operation| constructors.has_parameters(operation));
        let required_parameters = operations
            .filter_map(|operation| {
                Some((operation.id.as_str(), required_name(parameters.get(operation.id.as_str())?)))
            })
            .collect();
        Self { types, parameters, required, required_parameters }
    }

    pub(super) fn of_type(&self, id: &TypeId) -> String {
        self.types.get(id).cloned().unwrap_or_else(|| ident::camel(&id.to_string()))
    }

    /// The name of the struct that the type's constructor takes, if it takes one.
    pub(super) fn of_required(&self, id: &TypeId) -> Option<String> {
        self.required.get(id).cloned()
    }

    /// The name of the struct that the constructor of the operation's parameters takes, if it takes one.
    pub(super) fn of_required_parameters(&self, operation: &Operation) -> Option<String> {
        self.required_parameters.get(operation.id.as_str()).cloned()
    }

    pub(super) fn of_parameters(&self, operation: &Operation) -> Option<String> {
        self.parameters.get(operation.id.as_str()).cloned()
    }
}

/// The names of a struct's fields. `owner` is the struct's name in `sdk.yaml`.
pub(super) fn fields<'a>(
    owner: &str,
    fields: impl Iterator<Item = &'a Field>,
    has_additional: bool,
    sdk: &Sdk,
) -> Vec<String> {
    let reserved = if has_additional { &["new", "clone", "eq", "fmt", "additional"] } else { TYPE_METHODS };
    let mut taken = Taken::new(reserved, "value");
    let name = |field: &Field| {
        let name = by_hand(sdk, "fields", &sdk.names.fields, &format!("{owner}.{}", field.wire));
        taken.take(name.unwrap_or_else(|| ident::snake(&field.wire)), &field.wire)
    };
    fields.map(name).collect()
}

/// The names of an enum's variants.
pub(super) fn values(owner: &str, type_name: &str, list: &Enum, sdk: &Sdk) -> Vec<String> {
    let mut taken = Taken::new(&[UNKNOWN, "Self"], "Value");
    let mut name = |wire: String| {
        let name = by_hand(sdk, "variants", &sdk.names.variants, &format!("{owner}={wire}"));
        taken.take(name.unwrap_or_else(|| value_name(type_name, &wire)), &wire)
    };
    list.values.iter().map(|value| name(value.value.to_string())).collect()
}

/// A value that starts with a digit gets its enum's last word as a prefix: `PetForm::Form1099`.
fn value_name(type_name: &str, value: &str) -> String {
    let name = ident::camel(value);
    let Some(digits) = name.strip_prefix('_') else { return name };
    let last = type_name.rfind(|c: char| c.is_ascii_uppercase()).map_or("Value", |at| &type_name[at..]);
    format!("{last}{digits}")
}

/// The names of a union's variants.
pub(super) fn alternatives(union: &Union, types: &TypeNames<'_>) -> Vec<String> {
    let mut taken = Taken::new(&[UNKNOWN, "Self"], "Value");
    let mut name = |ty: &Type| {
        let name = alternative_name(ty, types);
        taken.take(name.clone(), &name)
    };
    union.variants.iter().map(|variant| name(&variant.ty)).collect()
}

fn alternative_name(ty: &Type, types: &TypeNames<'_>) -> String {
    match ty {
        Type::Named(id) => types.of_type(id),
        Type::List(inner) => format!("{}List", alternative_name(inner, types)),
        Type::Map(inner) => format!("{}Map", alternative_name(inner, types)),
        Type::Nullable(inner) => alternative_name(inner, types),
        Type::String => "Text".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Integer => "Integer".to_owned(),
        Type::Float | Type::Decimal | Type::DecimalString => "Number".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Json => "Any".to_owned(),
        Type::JsonObject => "Object".to_owned(),
    }
}

/// The names of the methods, one for each operation. It is an error if two operations get the same one.
pub(super) fn operations(api: &Api, sdk: &Sdk, file: &str, report: &mut Report) -> Vec<String> {
    let mut seen: HashMap<String, (&str, &Pointer)> = HashMap::new();
    let mut names = Vec::with_capacity(api.operations.len());
    for operation in &api.operations {
        let name = by_hand(sdk, "operations", &sdk.names.operations, &operation.id);
        let mut name = name.unwrap_or_else(|| ident::snake(&operation.id));
        if CLIENT_METHODS.contains(&name.as_str()) {
            name.push_str("_call");
        }
        // Two operations with one id were reported during lowering.
        if let Some((id, first)) = seen.get(&name)
            && *id != operation.id
        {
            report.error(
                file,
                &operation.at,
                format!("`{}` and the operation at {first} both become the method `{name}`", operation.id),
                "give one of them another name under `names.operations` in sdk.yaml",
            );
        }
        seen.insert(name.clone(), (&operation.id, &operation.at));
        names.push(name);
    }
    names
}

/// The names of the variants for webhooks: the payload's type without the word that all of them end in.
pub(super) fn events(api: &Api, types: &TypeNames<'_>) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let mut name = |id: &TypeId| {
        let name = types.of_type(id);
        let mut name = match name.strip_suffix("Webhook") {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            _ => name,
        };
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    };
    api.events.iter().map(|event| name(&event.body)).collect()
}

fn by_hand(sdk: &Sdk, list: &str, names: &IndexMap<String, String>, key: &str) -> Option<String> {
    let name = names.get(key)?;
    sdk.used.mark(Pointer::root().child("names").child(list).child(key).as_str());
    Some(name.clone())
}
