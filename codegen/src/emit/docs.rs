//! What stands above an item: what it is, what it was made from, and what the document asks of values.

mod facts;
mod module;
mod text;

use proc_macro2::TokenStream;
use quote::quote;

use self::facts::facts;
pub use self::module::of_module;
use self::text::{Text, code};
use super::Context;
use super::links::Origin;
use super::roles::Role;
use super::ty::Presence;
use crate::ir::{
    Docs, ErrorResponse, Event, Field, Idempotency, Kind, Operation, Paging, ResponseBody, TypeDef, Variant,
};

/// The docs of a type. They begin with what it is: overviews show no more.
pub fn of_type(context: &Context<'_>, def: &TypeDef, note: Option<&str>) -> TokenStream {
    let mut text = Text::default();
    let from = Origin::of(context, def);
    text.prose(&context.links, &def.docs, from);
    if let Some(role) = role(context, def, from) {
        text.paragraph(&role);
    }
    let schema = match def.id.0.split_once('.') {
        None => format!("Schema `{}`.", def.id.0),
        Some((schema, _)) => format!("`{}`, inside schema `{schema}`.", def.id.0),
    };
    if def.docs.is_told() && context.roles.get(&def.id).is_some() {
        text.sentence(&schema);
    } else {
        text.paragraph(&schema);
    }
    if let Some(note) = note {
        text.sentence(note);
    }
    for fact in facts(&def.docs.constraints) {
        text.sentence(&fact);
    }
    text.tokens()
}

/// What a type is for, where that is clear from where it is used.
fn role(context: &Context<'_>, def: &TypeDef, from: Origin<'_>) -> Option<String> {
    let span = |name: &String| context.links.or_span(name, from);
    Some(match context.roles.get(&def.id)? {
        Role::Request(operation) => format!("The request of {}.", span(operation)),
        Role::Response(operation) => format!("The response to {}.", span(operation)),
        Role::Property { wire, path } => {
            let what = if matches!(def.kind, Kind::Enum(_)) { "The values of" } else { "What stands in" };
            format!("{what} [`{wire}`]({path}).")
        }
        Role::Webhook(pairs) => {
            let plural = crate::diag::plural(pairs.len());
            let verb = if pairs.len() == 1 { "carries" } else { "carry" };
            let pairs: Vec<String> = pairs.iter().map(|pair| context.links.webhook(pair, &def.id, from)).collect();
            format!("What the webhook{plural} {} {verb}.", pairs.join(", "))
        }
    })
}

/// The docs of a field of this type.
pub fn of_field(context: &Context<'_>, def: &TypeDef, field: &Field, presence: Presence) -> TokenStream {
    let mut text = Text::default();
    text.prose(&context.links, &field.docs, Origin::of(context, def));
    text.paragraph(match presence {
        Presence::Required => "Required.",
        Presence::Nullable => "Required, may be `null`.",
        Presence::Optional if field.nullable => "Optional, may be `null`.",
        Presence::Optional => "Optional.",
        Presence::Both => "Optional, may be `null`.",
    });
    if field.name != field.wire {
        text.sentence(&format!("`{}` on the wire.", field.wire));
    }
    for fact in facts(&field.docs.constraints) {
        text.sentence(&fact);
    }
    if field.redacted {
        text.sentence("Not printed by `Debug`.");
    }
    text.tokens()
}

/// The docs of a variant of this enum.
pub fn of_variant(context: &Context<'_>, def: &TypeDef, variant: &Variant) -> TokenStream {
    let mut text = Text::default();
    text.prose(&context.links, &variant.docs, Origin::of(context, def));
    text.paragraph(&code(&variant.wire));
    text.tokens()
}

/// The docs of a webhook among all of them: what its payload's say first, and what it is told by.
pub fn of_event(context: &Context<'_>, event: &Event) -> TokenStream {
    let mut text = Text::default();
    if let Some(def) = context.api.types.get(&event.body) {
        let from = Origin::within(context.events_in().unwrap_or(def.module), &event.body.0);
        text.prose(&context.links, &def.docs, from);
        text.first_paragraph();
    }
    let (kind, code) = &event.pair;
    text.paragraph(&match &event.has {
        Some(property) => format!("`{kind}`, `{code}`, where it has `{property}`."),
        None => format!("`{kind}`, `{code}`."),
    });
    text.tokens()
}

/// The docs of an operation's method.
pub fn of_operation(
    context: &Context<'_>,
    operation: &Operation,
    errors: &[(&ErrorResponse, Option<String>)],
    example: Option<&str>,
) -> TokenStream {
    let mut text = Text::default();
    text.prose(&context.links, &operation.docs, Origin::within(operation.module, &operation.path));
    text.paragraph(&format!("`{} {}`, operation `{}`.", operation.method, operation.path, operation.id));
    if let Some(link) = &operation.docs.link {
        text.sentence(&format!("[Documentation]({link})."));
    }
    if let Some(server) = &operation.server {
        text.sentence(&format!("It is sent to the server `{server}`."));
    }
    if operation.anonymous {
        text.sentence("Needs no credentials.");
    }
    match &operation.response.body {
        ResponseBody::Json(_) => {}
        ResponseBody::Binary(media) => text.sentence(&format!("The response is a file of type `{media}`.")),
        ResponseBody::Empty => text.sentence("The response has no body."),
    }
    match &operation.idempotency {
        Idempotency::None => {}
        Idempotency::Idempotent => {
            text.sentence("It does no harm twice, so the client may send it again after a failure.")
        }
        Idempotency::Key(property) => text.sentence(&format!(
            "It is carried out once for each value of `{property}`, so the client may send it again after a failure."
        )),
    }
    match &operation.paging {
        None => {}
        Some(Paging::List(_)) => text.sentence("The response is one page; [`Client::items`] gives all elements."),
        Some(Paging::Sync(_)) => text.sentence("The response is one page; [`Client::sync`] gives a whole update."),
    }
    text.paragraph("# Errors");
    if errors.is_empty() {
        text.paragraph("The document declares no error response; what comes is read as for any other operation.");
    }
    for (error, ty) in errors {
        let status = match (error.status, error.class) {
            (Some(status), _) => format!("Status {status}"),
            (None, Some(class)) => format!("Any other status from {class}00 to {class}99"),
            (None, None) => "Any other status".to_owned(),
        };
        text.item(&match ty {
            Some(ty) => format!("{status}: [`{ty}`]"),
            None => format!("{status}, without a body"),
        });
    }
    if let Some(example) = example {
        text.paragraph("# Example");
        text.paragraph(&format!("```no_run\n{example}```"));
    }
    text.tokens()
}

/// The docs of a line of our own.
pub fn line(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#[doc = #text])
}

/// `#[deprecated]`, where it is.
pub fn deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated { quote!(#[deprecated = "the API marks it as deprecated"]) } else { TokenStream::new() }
}
