//! Guides: the usual sequences of calls. They are Markdown files in which code that names an operation, an error code or a webhook
//! becomes a link.

use std::sync::LazyLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Span, Target, Text};

/// A guide.
#[derive(Debug)]
pub struct Guide {
    /// Its name in addresses.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about, in one paragraph.
    pub about: Text,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a guide.
#[derive(Debug)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: Text,
}

macro_rules! guides {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("guides/", $name, ".md")))),*]
    };
}

/// The files, in the order of the list.
const FILES: &[(&str, &str)] = guides![
    "first-item",
    "transactions",
    "accounts-and-balances",
    "auth",
    "transfer",
    "signal",
    "update-mode",
    "webhooks",
    "errors",
    "identity-verification",
    "assets",
    "consumer-reports",
    "investments-and-liabilities",
    "payment-initiation",
    "processor-partners",
];

/// The anchors of the parts of a guide.
pub const ANCHORS: [&str; 9] =
    ["step-1", "step-2", "step-3", "step-4", "step-5", "step-6", "step-7", "step-8", "step-9"];

/// All guides.
pub fn all() -> &'static [Guide] {
    static ALL: LazyLock<Vec<Guide>> =
        LazyLock::new(|| FILES.iter().map(|(name, text)| read(Catalog::plaid(), name, text)).collect());
    &ALL
}

/// The guide of a name.
pub fn named(name: &str) -> Option<&'static Guide> {
    all().iter().find(|guide| guide.name == name)
}

/// Reads a guide: a title, a paragraph, and parts with headings.
fn read(catalog: &Catalog, name: &str, file: &str) -> Guide {
    let mut parts = file.split("\n## ");
    let head = parts.next().unwrap_or_default();
    let (title, about) = head.split_once('\n').unwrap_or((head, ""));
    let part = |text: &str| {
        let (title, text) = text.split_once('\n').unwrap_or((text, ""));
        Part { title: title.trim().to_owned(), text: linked(catalog, text.trim()) }
    };
    Guide {
        name: name.to_owned(),
        title: title.trim_start_matches('#').trim().to_owned(),
        about: linked(catalog, about.trim()),
        parts: parts.map(part).collect(),
    }
}

/// A Markdown text as a text of the API: code spans that name items become links.
fn linked(catalog: &Catalog, markdown: &str) -> Text {
    let mut spans = Vec::new();
    for (index, piece) in markdown.split('`').enumerate() {
        if index % 2 == 0 {
            spans.push(Span::Markdown(piece.to_owned()));
        } else {
            let code = piece.to_owned();
            spans.push(match target(catalog, piece) {
                Some(to) => Span::Link { code, to },
                None => Span::Code(code),
            });
        }
    }
    Text(spans)
}

/// The item that a piece of code names.
fn target(catalog: &Catalog, code: &str) -> Option<Target> {
    if code.starts_with('/') {
        return catalog.find_operation(code).ok().map(|one| Target::Operation(one.id.clone()));
    }
    if let Some((kind, code)) = code.split_once(": ") {
        let webhook = catalog.webhooks(kind, code).into_iter().next()?;
        let (kind, code, body) = (webhook.kind.clone(), webhook.code.clone(), webhook.body.clone());
        return Some(Target::Webhook { kind, code, body });
    }
    catalog.error_code(code).map(|known| Target::ErrorCode(known.wire.clone()))
}

#[cfg(test)]
mod tests {
    use super::{ANCHORS, FILES, all};
    use std::collections::HashSet;

    use plaid_catalog::Catalog;
    use plaid_catalog::model::{Kind, Span};

    /// The properties and the values of enums.
    fn names() -> HashSet<String> {
        let mut known: HashSet<String> = HashSet::from(["null".to_owned()]);
        for def in Catalog::plaid().api().types.values() {
            match &def.kind {
                Kind::Struct(object) => known.extend(object.fields.iter().map(|field| field.wire.clone())),
                Kind::Enum(values) => known.extend(values.values.iter().map(|one| one.value.to_string())),
                Kind::Union(_) | Kind::Alias(_) => {}
            }
        }
        known
    }

    #[test]
    fn guides_name_only_what_there_is() {
        assert!(all().len() >= 12);
        let known = names();
        for guide in all() {
            assert!(!guide.title.is_empty() && !guide.about.0.is_empty(), "{}", guide.name);
            assert!((2..=ANCHORS.len()).contains(&guide.parts.len()), "{}: {} parts", guide.name, guide.parts.len());
            let texts = std::iter::once(&guide.about).chain(guide.parts.iter().map(|part| &part.text));
            for span in texts.flat_map(|text| &text.0) {
                let Span::Code(code) = span else { continue };
                let is_name = code.starts_with('/') || code.contains(": ");
                assert!(!is_name, "{}: `{code}` names neither an operation nor a webhook", guide.name);
                // Names of HTTP and of JWTs, which the API does not declare.
                let is_header = code.contains('-') || ["kid", "request_body_sha256"].contains(&code.as_str());
                let is_known = is_header || code.starts_with('"') || code.split('.').all(|part| known.contains(part));
                assert!(is_known, "{}: `{code}` names neither a property nor a value nor an error code", guide.name);
            }
        }
    }

    #[test]
    fn code_spans_are_closed() {
        for (name, text) in FILES {
            assert!(text.matches('`').count() % 2 == 0, "{name}");
            assert!(text.starts_with("# "), "{name}");
        }
    }
}
