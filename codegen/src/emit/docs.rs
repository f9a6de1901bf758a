//! The docs of an item: what it is, where it comes from, and which values it takes.

mod errors;
mod facts;
mod module;
mod text;

use proc_macro2::TokenStream;
use quote::quote;

use self::facts::facts;
pub use self::module::of_module;
use self::text::{Text, code};
use super::context::Context;
use super::example;
use super::links::Origin;
use super::view::FieldView;
use api_model::layout::Presence;
use api_model::{Docs, EnumValue, Event, Idempotency, Operation, Paging, ResponseBody, TypeDef};

/// The docs of a type. They begin with what it is, since overviews only show the first paragraph.
pub fn of_type(context: &Context<'_>, def: &TypeDef, note: Option<&str>) -> TokenStream {
    written(context, |text| {
        let from = Origin::of(context.layout, def);
        text.prose(&context.links, &def.docs, from);
        let role = context.roles.get(&def.id).map(|role| role.sentence(&context.links, def, from));
        let schema = match (def.id.name(), &role) {
            (Some(name), _) => Some(format!("Schema `{name}`.")),
            (None, Some(_)) => None,
            (None, None) => Some("A schema without a name of its own.".to_owned()),
        };
        let is_told = def.docs.is_told();
        let mut sentences: Vec<String> = role.into_iter().collect();
        match schema {
            Some(schema) if !is_told && !sentences.is_empty() => {
                text.paragraph(&sentences.join(" "));
                sentences = vec![schema];
            }
            schema => sentences.extend(schema),
        }
        sentences.extend(note.map(str::to_owned));
        sentences.extend(facts(&def.docs.constraints));
        text.paragraph(&sentences.join(" "));
    })
}

/// The docs of a field.
pub fn of_field(context: &Context<'_>, field: FieldView<'_>, origin: Origin) -> TokenStream {
    let FieldView { api: field, layout } = field;
    written(context, |text| {
        text.prose(&context.links, &field.docs, origin);
        if layout.is_filled_in {
            text.paragraph("If it is not set, the client sends a new UUID, the same one in all attempts of a call.");
        }
        text.paragraph(match layout.presence {
            Presence::Required => "Required.",
            Presence::Nullable => "Required, nullable.",
            Presence::Optional if field.nullable => "Optional, nullable.",
            Presence::Optional => "Optional.",
            Presence::OptionalNullable => "Optional, nullable.",
        });
        if layout.name != field.wire {
            text.sentence(&format!("`{}` on the wire.", field.wire));
        }
        for fact in facts(&field.docs.constraints) {
            text.sentence(&fact);
        }
        if field.redacted.is_some() {
            text.sentence("Redacted in `Debug` output.");
        }
    })
}

/// The docs of a field of a struct of required fields: what the value is. A deprecated field has no attribute, because a
/// program has to set it and could not avoid the warning.
pub fn of_argument(context: &Context<'_>, field: FieldView<'_>, origin: Origin) -> TokenStream {
    let docs = &field.api.docs;
    written(context, |text| {
        text.prose(&context.links, docs, origin);
        let mut sentences = facts(&docs.constraints);
        if docs.deprecated {
            sentences.insert(0, "Deprecated.".to_owned());
        }
        if !sentences.is_empty() {
            text.paragraph(&sentences.join(" "));
        }
    })
}

/// The docs of a variant of this enum.
pub fn of_variant(context: &Context<'_>, def: &TypeDef, value: &EnumValue) -> TokenStream {
    written(context, |text| {
        text.prose(&context.links, &value.docs, Origin::of(context.layout, def));
        text.paragraph(&code(&value.value.to_string()));
    })
}

/// The docs of a webhook's variant: the first paragraph of its payload's docs, its type and its code.
pub fn of_event(context: &Context<'_>, event: &Event) -> TokenStream {
    written(context, |text| {
        if let Some(def) = context.api.types.get(&event.body) {
            let from = Origin::within(context.events_in().unwrap_or_default());
            text.prose(&context.links, &def.docs, from);
            text.first_paragraph();
        }
        let (kind, code) = &event.pair;
        text.paragraph(&match &event.has {
            Some(property) => format!("Type `{kind}`, code `{code}`, with the field `{property}`."),
            None => format!("Type `{kind}`, code `{code}`."),
        });
    })
}

/// The docs of an operation's method: with the errors that the document declares, and an example.
pub fn of_operation(context: &Context<'_>, operation: &Operation, with_parameters: bool) -> TokenStream {
    written(context, |text| {
        text.prose(
            &context.links,
            &operation.docs,
            Origin::within(context.layout.module_of(operation).unwrap_or_default()),
        );
        text.paragraph(&format!("`{} {}`, operation `{}`.", operation.method, operation.path, operation.id));
        if let Some(link) = &operation.docs.link {
            text.sentence(&format!("[Documentation]({link})."));
        }
        if let Some(server) = &operation.server {
            text.sentence(&format!("It is sent to the server `{server}`."));
        }
        if operation.anonymous {
            text.sentence("The call is sent without credentials.");
        }
        match &operation.response.body {
            ResponseBody::Json(_) => {}
            ResponseBody::Binary(media) => text.sentence(&format!("Returns a file of type `{media}`.")),
            ResponseBody::Empty => text.sentence("The response has no body."),
        }
        match &operation.idempotency {
            Idempotency::None => {}
            Idempotency::Idempotent => {
                text.sentence("The call is idempotent, so the client may retry it after a failure.")
            }
            Idempotency::Key(property) => text.sentence(&format!(
                "The call is idempotent for each value of `{property}`, so the client may retry it after a failure."
            )),
        }
        match &operation.paging {
            None => {}
            Some(Paging::List(_)) => text.sentence(
                "Returns one page; [`.items()`](crate::call::Call::items) returns the elements of all pages.",
            ),
            Some(Paging::Sync(_)) => {
                text.sentence("Returns one page; [`.update()`](crate::call::Call::update) returns a whole update.")
            }
        }
        errors::section(context, operation, text);
        if let Some(example) = example::of(context, operation, with_parameters) {
            text.paragraph("# Example");
            text.paragraph(&format!("```no_run\n{example}```"));
        }
    })
}

/// The attributes with the text that `write` makes, if items have docs.
fn written(context: &Context<'_>, write: impl FnOnce(&mut Text)) -> TokenStream {
    if !context.with_docs {
        return TokenStream::new();
    }
    let mut text = Text::default();
    write(&mut text);
    text.tokens()
}

/// A doc attribute for a line of our own.
pub fn line(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#[doc = #text])
}

/// `#[deprecated]`, if it is deprecated.
pub fn deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated { quote!(#[deprecated = "the API marks it as deprecated"]) } else { TokenStream::new() }
}
