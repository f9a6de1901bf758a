//! The request of an operation as a form.

use maud::{Markup, html};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Kind, Operation, Type};

/// The form of an operation's request.
pub fn request(catalog: &Catalog, operation: &Operation) -> Markup {
    let body = operation.body.as_ref().and_then(|body| match &body.ty {
        Type::Named(id) => catalog.api().types.get(id),
        _ => None,
    });
    let fields = match body.map(|def| &def.kind) {
        Some(Kind::Struct(object)) => object.fields.as_slice(),
        _ => &[],
    };
    html! {
        section #request {
            h2 { "Request" }
            @for field in fields.iter().filter(|field| !field.is_credential) {
                div.field { label { (field.wire) @if field.required { span.req { "required" } } } }
            }
        }
    }
}
