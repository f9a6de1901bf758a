//! Operations as methods of the client.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::{docs, parameters, ty, view};
use crate::ident;
use api_model::{BodyMedia, Idempotency, Operation, ResponseBody};

/// The client's methods for a module's operations.
pub fn emit(context: &Context<'_>, operations: &[&Operation]) -> TokenStream {
    let methods = operations.iter().flat_map(|operation| methods(context, operation));
    quote! {
        impl Client {
            #(#methods)*
        }
    }
}

/// One method, or two if all parameters outside the body are optional: one without them and one with them.
fn methods(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let with_parameters = !operation.parameters.is_empty();
    let all_optional = view::parameters(context, operation).iter().all(|field| !field.is_argument());
    let name = context.method(operation);
    let mut methods = Vec::new();
    if with_parameters && all_optional && operation.body.is_some() {
        methods.push(method(context, operation, name, false));
        methods.push(method(context, operation, &format!("{name}_with"), true));
    } else {
        methods.push(method(context, operation, name, with_parameters));
    }
    methods
}

fn method(context: &Context<'_>, operation: &Operation, name: &str, with_parameters: bool) -> TokenStream {
    let name = ident::raw(name);
    let docs = docs::of_operation(context, operation, with_parameters);
    let deprecated = docs::deprecated(&operation.docs);
    let response = match &operation.response.body {
        ResponseBody::Json(ty) => ty::plain(context, ty),
        ResponseBody::Binary(_) => quote!(Download),
        ResponseBody::Empty => quote!(()),
    };
    let body = operation.body.as_ref().map(|body| {
        let ty = ty::plain(context, &body.ty);
        match &body.media {
            BodyMedia::Json => {
                let content_type = content_type(&body.content_type, "application/json");
                (quote!(request: #ty), quote!(.json_of(&request)#content_type))
            }
            BodyMedia::Form => {
                let content_type = content_type(&body.content_type, "application/x-www-form-urlencoded");
                let styles = body.styles.iter().map(|(property, style)| {
                    let style = parameters::style(*style);
                    quote!((#property, #style))
                });
                (quote!(request: #ty), quote!(.form_of(&request, &[#(#styles),*]) #content_type))
            }
            BodyMedia::Binary(media) => {
                (quote!(request: impl Into<crate::runtime::Bytes>), quote!(.bytes(#media, request)))
            }
        }
    });
    let (request, encode) = match body {
        Some((request, encode)) => (Some(request), Some(encode)),
        None => (None, None),
    };
    let parameters = with_parameters.then(|| {
        let name = ident::raw(view::parameters_name(context, operation));
        quote!(parameters: #name)
    });
    let fields = view::parameters(context, operation);
    let sent = operation.parameters.iter().zip(fields).filter(|_| with_parameters);
    let sent = sent.map(|(parameter, field)| parameters::sent(parameter, field));
    let inputs = request.into_iter().chain(parameters);
    let (id, path) = (&operation.id, &operation.path);
    let verb = format_ident!("{}", verb(&operation.method));
    let server = operation.server.as_ref().map(|url| quote!(.at_server(#url)));
    let anonymous = operation.anonymous.then(|| quote!(.anonymous()));
    let idempotency = match &operation.idempotency {
        Idempotency::None => None,
        Idempotency::Idempotent => Some(quote!(.idempotent())),
        Idempotency::Key(property) => Some(quote!(.idempotency_key(#property))),
    };
    // The request of a list is kept, to request further pages.
    let kept = operation.paging.as_ref().and(operation.body.as_ref()).map(|body| ty::plain(context, &body.ty));
    let (call, keep) = match kept {
        Some(request) => (quote!(Call<#response, #request>), Some(quote!(.keep(request)))),
        None => (quote!(Call<#response>), None),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self, #(#inputs),*) -> #call {
            Call::new(self, const { &Operation::new(#id, Method::#verb, #path)#server #anonymous #idempotency }) #(#sent)* #encode #keep
        }
    }
}

/// The `Content-Type` header, if the runtime's default is another one.
fn content_type(wanted: &str, sent: &str) -> Option<TokenStream> {
    (wanted != sent).then(|| quote!(.header("content-type", #wanted)))
}

/// The runtime's name for an HTTP method.
fn verb(method: &str) -> String {
    ident::camel(&method.to_lowercase())
}
