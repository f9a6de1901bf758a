//! What a type means for a control.

use plaid_catalog::model::{Api, Constraints, Enum, Kind, Type, TypeId};

use super::fields::Fields;

/// The kind of a control: `text`, `number`, `bool`, `json`, `object`, `list` or `map`.
pub fn kind(fields: &Fields<'_>, ty: &Type) -> &'static str {
    match fields.api().resolve(ty) {
        Type::Nullable(inner) => kind(fields, inner),
        Type::String | Type::DecimalString | Type::Date | Type::DateTime => "text",
        Type::Integer | Type::Float | Type::Decimal => "number",
        Type::Bool => "bool",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Json | Type::JsonObject => "json",
        Type::Named(id) => match fields.api().types.get(id).map(|def| &def.kind) {
            Some(Kind::Enum(_)) => "text",
            Some(Kind::Struct(_)) if !fields.is_around(id) => "object",
            _ => "json",
        },
    }
}

/// The enum of a type, or of the elements of a list.
pub fn list_of_values<'a>(api: &'a Api, ty: &'a Type) -> Option<(&'a TypeId, &'a Enum)> {
    match api.resolve(ty) {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => list_of_values(api, inner),
        Type::Named(id) => match &api.types.get(id)?.kind {
            Kind::Enum(list) => Some((id, list)),
            _ => None,
        },
        _ => None,
    }
}

/// The limits of an element's type.
pub fn limits_of<'a>(api: &'a Api, ty: &'a Type) -> &'a Constraints {
    const NONE: &Constraints = &Constraints {
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        format: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        allowed: Vec::new(),
        default: None,
        read_only: false,
        write_only: false,
    };
    match ty {
        Type::Named(id) => api.types.get(id).map_or(NONE, |def| &def.docs.constraints),
        _ => NONE,
    }
}
