//! How a property is read if a response deviates from the document. The reader in the SDK must not invent a value, so the
//! record table has flags for what it can't tell by the Rust type.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use api_model::{Api, Field, Kind, ListStyle, Paging, Type, TypeId};

/// The lists of pages that are not read like other lists, by the type of the page and the property.
pub struct PageLists<'a>(HashMap<(&'a TypeId, &'a str), PageList>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum PageList {
    /// Changes since a cursor: with any of them missing, the next cursor would skip it.
    Changes,
    /// The next page starts at the number of elements, or at the id of the last one.
    Counted,
}

impl<'a> PageLists<'a> {
    /// Those of an API.
    pub fn of(api: &'a Api) -> Self {
        let mut lists = HashMap::new();
        for paging in api.operations.iter().filter_map(|operation| operation.paging.as_ref()) {
            match paging {
                Paging::Sync(sync) => lists.extend(
                    [&sync.added, &sync.modified, &sync.removed]
                        .map(|list| ((&sync.response, list.as_str()), PageList::Changes)),
                ),
                Paging::List(list) => match list.style {
                    ListStyle::Offset | ListStyle::After { .. } => {
                        lists.insert((&list.response, list.items.as_str()), PageList::Counted);
                    }
                    ListStyle::Cursor { .. } | ListStyle::FilteredOffset => {}
                },
            }
        }
        Self(lists)
    }

    fn get(&self, of: &TypeId, property: &str) -> Option<PageList> {
        self.0.get(&(of, property)).copied()
    }
}

/// The flags of a property of a response or webhook.
pub fn flags(context: &Context<'_>, of: &TypeId, field: &Field, is_required: bool) -> TokenStream {
    let list = context.page_lists.get(of, &field.wire);
    let is_blank = is_required && list != Some(PageList::Changes) && may_be_blank(context, field, &mut Vec::new());
    let blank = is_blank.then(|| quote!(BLANK));
    let id = (field.is_id && is_string(context, &field.ty)).then(|| quote!(ID));
    let list = list.map(|list| match list {
        PageList::Changes => quote!(WHOLE),
        PageList::Counted => quote!(COUNTED),
    });
    quote!(#blank #id #list)
}

fn is_string(context: &Context<'_>, ty: &Type) -> bool {
    match context.api.resolve(ty) {
        Type::Nullable(inner) => is_string(context, inner),
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
