//! Links between the docs: JSON pointers into the document, which any reader of it can follow.

use std::collections::HashMap;

use api_model::{Api, Span, Target, Text, TypeId, code_span};

use crate::schema::Names;

/// Where the items of an API are in its document.
pub(super) struct Links<'a> {
    names: &'a Names<'a>,
    /// The method and path of each operation.
    operations: HashMap<&'a str, (String, &'a str)>,
}

impl<'a> Links<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names<'a>) -> Self {
        let operations = api.operations.iter().map(|operation| {
            let place = (operation.method.to_ascii_lowercase(), operation.path.as_str());
            (operation.id.as_str(), place)
        });
        Self { names, operations: operations.collect() }
    }

    /// A text as Markdown. Code that names an item of the document is a link to it.
    pub(super) fn markdown(&self, text: &Text) -> String {
        let spans = text.0.iter().map(|span| match span {
            Span::Markdown(markdown) => markdown.clone(),
            Span::Code(code) => code_span(code),
            Span::Link { code, to } => match self.target(to) {
                Some(pointer) => format!("[{}]({pointer})", code_span(code)),
                None => code_span(code),
            },
        });
        spans.collect()
    }

    fn target(&self, target: &Target) -> Option<String> {
        match target {
            Target::Operation(id) => self.operation(id),
            Target::Type(id) => self.of_type(id),
            Target::Field { of, property } => match self.names.get(of) {
                Some(name) => Some(pointer(&["components", "schemas", name, "properties", property])),
                None => self.of_type(of),
            },
            Target::Webhook { kind, code, .. } => Some(pointer(&["webhooks", &webhook_name(kind, code)])),
            Target::ErrorCode(code) => Some(pointer(&["x-error-codes", code])),
        }
    }

    fn operation(&self, id: &str) -> Option<String> {
        let (method, path) = self.operations.get(id)?;
        Some(pointer(&["paths", path, method]))
    }

    /// A type that is written inside another, or inside an operation, has no place of its own: the link leads there.
    fn of_type(&self, id: &TypeId) -> Option<String> {
        let mut id = id;
        loop {
            match (self.names.get(id), id) {
                (Some(name), _) => return Some(pointer(&["components", "schemas", name])),
                (None, TypeId::Inline { inside, .. }) => id = inside,
                (None, TypeId::Operation { operation, .. }) => return self.operation(operation),
                (None, TypeId::Schema(_) | TypeId::Component { .. }) => return None,
            }
        }
    }
}

/// The name of a webhook's entry.
pub(super) fn webhook_name(kind: &str, code: &str) -> String {
    format!("{kind}: {code}")
}

/// A JSON pointer as the fragment of a URL (RFC 6901, 6).
fn pointer(keys: &[&str]) -> String {
    let mut text = "#".to_owned();
    for key in keys {
        text.push('/');
        for byte in key.bytes() {
            match byte {
                b'~' => text.push_str("~0"),
                b'/' => text.push_str("~1"),
                b'-' | b'.' | b'_' => text.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
                _ => text.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    text
}
