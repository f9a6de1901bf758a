//! The codes of errors, as a table for the runtime.

use quote::quote;

use super::{Context, File};
use crate::format::{self, Item};
use crate::ident;

/// The enum's name, which the runtime's macro gives it.
pub const NAME: &str = "ErrorCode";

/// The module's name.
pub const MODULE: &str = "error_codes";

/// The file, if any code is known.
pub fn emit(context: &Context<'_>) -> Option<File> {
    let mut rows = context.api.error_codes.iter().zip(&context.layout.error_codes).map(|(code, name)| {
        let (name, wire, types, advice) = (ident::raw(name), &code.wire, &code.types, &code.advice);
        let recovery = ident::raw(&code.recovery);
        quote!(#name #wire [#(#types)*] #recovery #advice)
    });
    let head = rows.next()?;
    let table = Item::Table { of: quote!(crate::error_code::error_codes), head, rows: rows.collect() };
    let text = format::file(context.api, "The codes of errors.", &[], &[table]);
    Some(File { path: format!("{MODULE}.rs"), text })
}
