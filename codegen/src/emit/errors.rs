//! The error codes, as a table for the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::file::File;
use super::names::ERROR_CODES_MODULE;
use crate::format::{self, Item};
use crate::ident;
use api_model::{ErrorClass, ErrorClassKey, ErrorCode};

/// The generated file, if any code is known.
pub fn emit(context: &Context<'_>) -> Option<File> {
    let codes = context.api.error_codes.iter().zip(&context.layout.error_codes);
    let mut rows = codes.map(|(code, name)| code_row(code, name));
    let head = rows.next()?;
    let rows = rows.chain(context.api.error_classes.iter().map(class_row)).collect();
    let table = Item::Table { of: quote!(crate::runtime::error_codes), head, rows };
    let about = "The codes of errors, and what is known about errors without a listed code.";
    let text = format::file(context.api, about, &[], &[table]);
    Some(File { path: format!("{ERROR_CODES_MODULE}.rs"), text })
}

fn code_row(code: &ErrorCode, name: &str) -> TokenStream {
    let (name, wire, types, advice) = (ident::raw(name), &code.wire, &code.types, &code.advice);
    let (recovery, retry) = (ident::raw(&code.recovery), ident::raw(&code.retry));
    quote!(code #name #wire [#(#types)*] #recovery #retry #advice)
}

fn class_row(class: &ErrorClass) -> TokenStream {
    let (recovery, retry) = (ident::raw(&class.recovery), ident::raw(&class.retry));
    match &class.of {
        ErrorClassKey::Type(name) => quote!(type #name #recovery #retry),
        ErrorClassKey::Status(status) => {
            let status = Literal::u16_unsuffixed(*status);
            quote!(status #status #recovery #retry)
        }
    }
}
