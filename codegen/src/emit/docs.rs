//! What stands above an item: what it is, what it was made from, and what the document asks of values.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Presence;
use crate::ir::{Constraints, Docs, ErrorReply, Field, Operation, Paging, Repetition, ReplyBody, TypeDef, Variant};
use crate::prose;

/// The docs of a type.
pub fn of_type(def: &TypeDef, note: Option<&str>) -> TokenStream {
    let mut text = Text::default();
    text.prose(&def.docs);
    text.paragraph(&match def.id.0.split_once('.') {
        None => format!("Schema `{}`.", def.id.0),
        Some((schema, _)) => format!("`{}`, inside schema `{schema}`.", def.id.0),
    });
    if let Some(note) = note {
        text.sentence(note);
    }
    for fact in facts(&def.docs.constraints) {
        text.sentence(&fact);
    }
    text.tokens()
}

/// The docs of a field.
pub fn of_field(field: &Field, presence: Presence) -> TokenStream {
    let mut text = Text::default();
    text.prose(&field.docs);
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

/// The docs of an enum's variant.
pub fn of_variant(variant: &Variant) -> TokenStream {
    let mut text = Text::default();
    text.prose(&variant.docs);
    text.paragraph(&code(&variant.wire));
    text.tokens()
}

/// The docs of an operation's method.
pub fn of_operation(operation: &Operation, errors: &[(&ErrorReply, Option<String>)]) -> TokenStream {
    let mut text = Text::default();
    text.prose(&operation.docs);
    text.paragraph(&format!("`{} {}`, operation `{}`.", operation.method, operation.path, operation.id));
    if let Some(link) = &operation.docs.link {
        text.sentence(&format!("[Documentation]({link})."));
    }
    if operation.anonymous {
        text.sentence("Needs no credentials.");
    }
    match &operation.reply.body {
        ReplyBody::Json(_) => {}
        ReplyBody::Binary(media) => text.sentence(&format!("The reply is a file of type `{media}`.")),
        ReplyBody::Empty => text.sentence("The reply has no body."),
    }
    match &operation.repetition {
        Repetition::Unsafe => {}
        Repetition::Harmless => {
            text.sentence("It does no harm twice, so the client may send it again after a failure.")
        }
        Repetition::Keyed(property) => text.sentence(&format!(
            "It is carried out once for each value of `{property}`, so the client may send it again after a failure."
        )),
    }
    match &operation.paging {
        None => {}
        Some(Paging::List(_)) => text.sentence("The reply is one page; [`Client::items`] gives all elements."),
        Some(Paging::Sync(_)) => text.sentence("The reply is one page; [`Client::sync`] gives a whole update."),
    }
    text.paragraph("# Errors");
    if errors.is_empty() {
        text.paragraph("The document declares no error reply; what comes is read as for any other operation.");
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

/// What the document asks of values, a sentence each.
fn facts(constraints: &Constraints) -> Vec<String> {
    let mut facts = Vec::new();
    let c = constraints;
    if let Some(facts_of_range) = range(c.minimum.as_ref(), c.maximum.as_ref()) {
        facts.push(facts_of_range);
    }
    if !c.allowed.is_empty() {
        facts.push(format!("One of {}.", c.allowed.join(", ")));
    }
    if let Some(multiple) = &c.multiple_of {
        facts.push(format!("A multiple of {multiple}."));
    }
    for (min, max, what) in [
        (c.min_length, c.max_length, "character"),
        (c.min_items, c.max_items, "element"),
        (c.min_properties, c.max_properties, "entry"),
    ] {
        facts.extend(count(min, max, what));
    }
    if c.unique_items {
        facts.push("No element twice.".to_owned());
    }
    if let Some(pattern) = &c.pattern {
        facts.push(format!("Pattern: {}.", code(pattern)));
    }
    if let Some(format) = &c.format {
        facts.push(format!("Format: {}.", code(format)));
    }
    if let Some(default) = &c.default {
        facts.push(format!("Default: {}.", code(default)));
    }
    if c.read_only {
        facts.push("Only in replies.".to_owned());
    }
    if c.write_only {
        facts.push("Only in requests.".to_owned());
    }
    facts
}

fn range(minimum: Option<&(String, bool)>, maximum: Option<&(String, bool)>) -> Option<String> {
    let low = minimum.map(|(value, exclusive)| (value, if *exclusive { "more than" } else { "at least" }));
    let high = maximum.map(|(value, exclusive)| (value, if *exclusive { "less than" } else { "at most" }));
    let text = match (low, high) {
        (None, None) => return None,
        (Some((low, above)), None) => format!("{above} {low}"),
        (None, Some((high, below))) => format!("{below} {high}"),
        (Some((low, above)), Some((high, below))) => format!("{above} {low}, {below} {high}"),
    };
    let mut text = format!("{text}.");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(text)
}

fn count(min: Option<usize>, max: Option<usize>, what: &str) -> Option<String> {
    let plural = |count: usize| match (count, what.strip_suffix('y')) {
        (1, _) => what.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{what}s"),
    };
    Some(match (min.filter(|min| *min > 0), max) {
        (None, None) => return None,
        (Some(min), Some(max)) if min == max => format!("{min} {}.", plural(min)),
        (Some(min), Some(max)) => format!("{min} to {max} {}.", plural(max)),
        (Some(min), None) => format!("At least {min} {}.", plural(min)),
        (None, Some(max)) => format!("At most {max} {}.", plural(max)),
    })
}

/// A code span that holds the text whatever is in it.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Lines of documentation, on their way to attributes.
#[derive(Default)]
struct Text(String);

impl Text {
    /// What the source says itself.
    fn prose(&mut self, docs: &Docs) {
        for text in [&docs.summary, &docs.description].into_iter().flatten() {
            let text = prose::to_rustdoc(text);
            if !text.trim().is_empty() {
                self.paragraph(text.trim());
            }
        }
    }

    fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(text);
    }

    fn sentence(&mut self, text: &str) {
        self.0.push_str(if self.0.is_empty() { "" } else { " " });
        self.0.push_str(text);
    }

    fn item(&mut self, text: &str) {
        self.0.push_str(if self.0.ends_with("# Errors") { "\n\n" } else { "\n" });
        self.0.push_str("- ");
        self.0.push_str(text);
    }

    fn tokens(&self) -> TokenStream {
        // A line an attribute, a space in front: this is what prints as `/// text`.
        let lines = self.0.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#(#[doc = #lines])*)
    }
}
