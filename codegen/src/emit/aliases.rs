//! Named schemas that are another type: `pub type PetId = String;`.

use quote::quote;

use super::context::Context;
use super::{docs, ty};
use crate::format::Item;
use crate::ident;
use api_model::{Type, TypeDef};

/// The alias.
pub fn emit(context: &Context<'_>, def: &TypeDef, target: &Type) -> Vec<Item> {
    let name = ident::raw(context.name(&def.id));
    let docs = docs::of_type(context, def, target_note(target));
    let target = ty::plain(context, target);
    vec![Item::Code(quote! {
        #docs
        pub type #name = #target;
    })]
}

fn target_note(target: &Type) -> Option<&'static str> {
    matches!(target, Type::DecimalString).then_some("A decimal in a JSON string.")
}
