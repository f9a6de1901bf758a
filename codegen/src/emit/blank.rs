//! Which required properties may be blank in Rust if a response lacks them: those whose blank value says nothing that the
//! response does not say.

use super::context::Context;
use api_model::{Field, Kind, Type, TypeId};

/// Whether a property may be blank: `None`, an empty list, an empty text, or an object of such properties. Ids, amounts and
/// other numbers, booleans, dates and values of enums would be invented.
pub fn may_be_blank(context: &Context<'_>, field: &Field) -> bool {
    field_may_be(context, field, &mut Vec::new())
}

fn field_may_be<'a>(context: &Context<'a>, field: &'a Field, within: &mut Vec<&'a TypeId>) -> bool {
    field.nullable
        || (field.is_text && *context.api.resolve(&field.ty) == Type::String)
        || type_may_be(context, &field.ty, within)
}

fn type_may_be<'a>(context: &Context<'a>, ty: &'a Type, within: &mut Vec<&'a TypeId>) -> bool {
    match context.api.resolve(ty) {
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Json | Type::JsonObject => true,
        Type::Named(id) => match context.api.types.get(id).map(|def| &def.kind) {
            Some(Kind::Struct(object)) => {
                // A struct that requires itself has no value at all.
                if within.contains(&id) {
                    return false;
                }
                within.push(id);
                let mut required = object.fields.iter().filter(|field| field.required);
                let may_be = required.all(|field| field_may_be(context, field, within));
                within.pop();
                may_be
            }
            // Its blank value is an unknown one: null.
            Some(Kind::Union(_)) => true,
            Some(Kind::Enum(_) | Kind::Alias(_)) | None => false,
        },
        Type::String
        | Type::Bool
        | Type::Integer
        | Type::Float
        | Type::Decimal
        | Type::DecimalString
        | Type::Date
        | Type::DateTime => false,
    }
}
