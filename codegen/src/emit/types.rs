//! A type of any kind.

use super::context::Context;
use super::{aliases, enums, structs, unions};
use crate::format::Item;
use api_model::{Kind, TypeDef};

/// The type and its impls.
pub fn emit(context: &Context<'_>, def: &TypeDef) -> Vec<Item> {
    match &def.kind {
        Kind::Alias(ty) => aliases::emit(context, def, ty),
        Kind::Union(union) => unions::emit(context, def, union),
        Kind::Struct(object) => structs::emit(context, def, object),
        Kind::Enum(list) => enums::emit(context, def, list),
    }
}
