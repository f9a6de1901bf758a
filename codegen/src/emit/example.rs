//! An example for each operation: a short and complete call with the operation's sample. It is also a test, since
//! rustdoc compiles it.

mod value;

use proc_macro2::TokenStream;
use quote::quote;

use self::value::Values;
use super::context::Context;
use crate::format;
use crate::ident;
use api_model::{BodyMedia, Operation, Paging, ResponseBody};

/// The code of an example for a method of the operation. There is none if `sdk.yaml` names no crate, if the operation
/// is deprecated, or if the request contains itself and so can't be written briefly.
pub fn of(context: &Context<'_>, operation: &Operation, method: &str, with_parameters: bool) -> Option<String> {
    let names = context.layout.examples.as_ref().filter(|_| !operation.docs.deprecated)?;
    let (of, client) = (ident::raw(&names.of), ident::raw(&names.client));
    let mut values = Values::new(context);
    let mut arguments: Vec<(&str, TokenStream)> = Vec::new();
    if let Some(body) = &operation.body {
        let value = match &body.media {
            BodyMedia::Binary(media) => {
                let name = format!("file.{}", ending(media));
                quote!(std::fs::read(#name)?)
            }
            BodyMedia::Json | BodyMedia::Form => values.exact(&body.ty, operation.samples.request.as_ref()?)?,
        };
        arguments.push(("request", value));
    }
    if with_parameters {
        arguments.push(("parameters", values.parameters(operation, operation.samples.parameters.as_ref()?)?));
    }
    let call = |inputs: &[TokenStream]| {
        let method = ident::raw(method);
        match &operation.paging {
            Some(Paging::List(_)) => quote! {
                let mut items = #client.#method(#(#inputs),*).items();
                while let Some(item) = items.next_item().await? {
                    println!("{item:?}");
                }
            },
            Some(Paging::Sync(_)) => quote! {
                let update = #client.#method(#(#inputs),*).update().await?;
                println!("{} added, go on from {:?}", update.added.len(), update.cursor);
            },
            None => {
                let call = quote!(#client.#method(#(#inputs),*).await?);
                match &operation.response.body {
                    ResponseBody::Json(_) => quote!(let response = #call;),
                    ResponseBody::Binary(media) => {
                        let name = format!("file.{}", ending(media));
                        quote! {
                            let file = #call;
                            std::fs::write(#name, file.bytes())?;
                        }
                    }
                    ResponseBody::Empty => quote!(#call;),
                }
            }
        }
    };
    let inputs: Vec<TokenStream> = arguments.iter().map(|(_, value)| value.clone()).collect();
    let mut body = format::statements(&call(&inputs));
    // A value that doesn't fit on its line gets a variable first.
    if !body.lines().next().unwrap_or_default().ends_with(';') {
        let lets = arguments.iter().map(|(name, value)| {
            let name = ident::raw(name);
            quote!(let #name = #value;)
        });
        let inputs: Vec<TokenStream> = arguments.iter().map(|(name, _)| ident::raw(name)).map(|n| quote!(#n)).collect();
        let call = call(&inputs);
        body = format::statements(&quote!(#(#lets)* #call));
    }
    let head: String =
        values.imports(&of, context.layout.module_of(operation).unwrap_or_default()).iter().map(format::item).collect();
    let separator = if head.is_empty() { "" } else { "\n" };
    Some(format!(
        "{head}{separator}# async fn demo({client}: {of}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{body}# \
         Ok(())\n# }}\n"
    ))
}

/// The file name for a media type: `pdf` for `application/pdf`.
fn ending(media: &str) -> &str {
    let subtype = media.split(['/', ';', '+']).nth(1).unwrap_or_default().trim();
    if !subtype.is_empty() && subtype.len() <= 4 && subtype.chars().all(char::is_alphanumeric) {
        subtype
    } else {
        "bin"
    }
}
