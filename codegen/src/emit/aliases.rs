//! Named schemas that are another type: `pub type AccessToken = String;`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, ty};
use crate::ident;
use crate::ir::{Type, TypeDef};

/// The alias.
pub fn emit(context: &Context<'_>, def: &TypeDef, target: &Type) -> Vec<TokenStream> {
    let name = ident::raw(&def.name);
    let docs = docs::of_type(def, target_note(target));
    let target = ty::plain(context, target);
    vec![quote! {
        #docs
        pub type #name = #target;
    }]
}

fn target_note(target: &Type) -> Option<&'static str> {
    matches!(target, Type::DecimalString).then_some("A decimal in a JSON string.")
}
