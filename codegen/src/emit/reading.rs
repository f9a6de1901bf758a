//! How a property is read if a response deviates from the document. The reader in the SDK must not invent a value, so the
//! record table has flags for what it can't tell by the Rust type.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::page_lists::PageList;
use api_model::{Field, Kind, Type, TypeId};

/// The flags of a property of a response or webhook.
pub fn flags(context: &Context<'_>, of: &TypeId, field: &Field, is_required: bool) -> TokenStream {
    let list = context.page_lists.get(of, &field.wire);
    let is_blank = is_required && list != Some(PageList::Changes) && may_be_blank(context, field, &mut Vec::new());
    let blank = is_blank.then(|| quote!(BLANK));
    let id = (field.is_id && is_string_or_list(context, &field.ty)).then(|| quote!(ID));
    let list = list.map(|list| match list {
        PageList::Changes => quote!(WHOLE),
        PageList::Counted => quote!(COUNTED),
    });
    quote!(#blank #id #list)
}

/// Whether it is a string, or a list of strings.
fn is_string_or_list(context: &Context<'_>, ty: &Type) -> bool {
    match context.api.resolve(ty) {
        Type::Nullable(inner) => is_string_or_list(context, inner),
        Type::List(element) => *context.api.resolve(element) == Type::String,
        ty => *ty == Type::String,
    }
}

/// Whether a property may be blank: `None`, an empty list, an empty text, or an object of such properties. Ids, amounts and
/// other numbers, booleans, dates and values of enums would be invented.
fn may_be_blank<'a>(context: &Context<'a>, field: &'a Field, within: &mut Vec<&'a TypeId>) -> bool {
    field.nullable
        || (field.may_be_empty && *context.api.resolve(&field.ty) == Type::String)
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
                let may_be = required.all(|field| may_be_blank(context, field, within));
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
