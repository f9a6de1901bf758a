//! Texts of the catalog as HTML, on one line.

use maud::{Markup, html};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Docs, Span, Target, Text};

/// The docs of a property or value.
pub fn docs(catalog: &Catalog, docs: &Docs) -> Markup {
    html! {
        @if let Some(text) = &docs.summary { (self::text(catalog, text)) " " }
        @if let Some(text) = &docs.description { (self::text(catalog, text)) }
    }
}

/// A text.
pub fn text(catalog: &Catalog, text: &Text) -> Markup {
    html! {
        @for span in &text.0 {
            @match span {
                Span::Markdown(text) => { (text) },
                Span::Code(code) => { code { (code) } },
                Span::Link { code, to } => {
                    @match address(catalog, to) {
                        Some(address) => { a href=(address) { code { (code) } } },
                        None => { code { (code) } },
                    }
                },
            }
        }
    }
}

/// The page of an item. A property of a type is explained where it is, so it has no link.
fn address(catalog: &Catalog, target: &Target) -> Option<String> {
    match target {
        Target::Operation(id) => method(catalog, id).map(|name| format!("/operations/{name}")),
        Target::Type(id) => Some(format!("/types/{id}")),
        Target::Field { .. } => None,
        Target::Webhook { kind, code, .. } => Some(format!("/webhooks/{kind}/{code}")),
        Target::ErrorCode(code) => Some(format!("/errors/{code}")),
    }
}

/// The method of the SDK by which the page of an operation is named.
pub fn method<'a>(catalog: &'a Catalog, id: &str) -> Option<&'a str> {
    catalog.layout().operations.get(id).map(|layout| layout.name.as_str())
}
