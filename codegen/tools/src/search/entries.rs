//! Everything that can be found, with its names and its words.

use api_model::layout::Layout;
use api_model::{Api, Docs, Text};

use super::words::{Words, words};
use super::{Entry, Item, places};

/// An entry with what it is found by.
pub(super) struct Draft {
    pub entry: Entry,
    /// Its exact names.
    pub names: Vec<String>,
    /// The words of its name.
    pub name_words: Vec<String>,
    /// The words by which people look for it.
    pub keywords: Vec<String>,
    /// The words of its line and of its docs.
    pub about: Vec<String>,
    /// The words of its other docs.
    pub text: Vec<String>,
    /// How much it counts, compared with others that have the same words.
    pub weight: f32,
}

/// How much kinds of items count.
const OPERATION: f32 = 1.0;
const ERROR_CODE: f32 = 0.8;
const WEBHOOK: f32 = 0.8;
const PROPERTY: f32 = 0.5;

/// The first of the common operations counts as this much more.
const COMMON: f32 = 0.5;

/// Deprecated operations count for less.
const DEPRECATED: f32 = 0.5;

/// The entries: operations, properties, webhooks, error codes.
pub(super) fn of(api: &Api, layout: &Layout, said: &Words) -> Vec<Draft> {
    let mut all: Vec<Draft> = api.operations.iter().map(|operation| self::operation(operation, layout, said)).collect();
    all.extend(api.error_codes.iter().map(|code| {
        let keywords = said.error_codes.get(&code.wire).map_or_else(Vec::new, |text| words(text));
        Draft {
            entry: Entry { item: Item::ErrorCode(code.wire.clone()), about: first_sentence(&code.advice) },
            names: vec![code.wire.clone()],
            name_words: words(&code.wire),
            keywords,
            about: words(&code.advice),
            text: code.types.iter().flat_map(|name| words(name)).collect(),
            weight: ERROR_CODE,
        }
    }));
    all.extend(webhooks(api, said));
    all.extend(places::of(api, &said.common).into_iter().map(|(name, used)| {
        let text = used.about.map(Text::to_string).unwrap_or_default();
        // A property that many operations have is looked for more often than one that is deep inside a single response.
        let spread = (used.places.len() as f32).ln_1p() / 20.0;
        Draft {
            names: vec![name.to_owned()],
            name_words: words(name),
            keywords: Vec::new(),
            about: Vec::new(),
            text: words(&text),
            entry: Entry {
                item: Item::Property { name: name.to_owned(), places: used.places },
                about: first_sentence(&text),
            },
            weight: PROPERTY + spread,
        }
    }));
    all
}

fn operation(operation: &api_model::Operation, layout: &Layout, said: &Words) -> Draft {
    let api_model::Operation { id, method, path, docs, .. } = operation;
    let own = layout.operations.get(id);
    let mut names = vec![id.clone(), path.clone(), format!("{method} {path}")];
    names.extend(own.map(|layout| layout.name.clone()));
    let module = own.map_or("", |own| layout.module_name(own.module));
    let mut name_words = words(path);
    name_words.extend(words(id));
    name_words.sort_unstable();
    name_words.dedup();
    let mut keywords = said.operations.get(id).map_or_else(Vec::new, |text| words(text));
    keywords.extend(words(module).into_iter().filter(|word| !name_words.contains(word)));
    let common = said.common.iter().position(|common| common == id);
    let common = common.map_or(0.0, |at| COMMON * (1.0 - at as f32 / said.common.len() as f32));
    let old = if docs.deprecated { DEPRECATED } else { 1.0 };
    let Docs { summary, description, .. } = docs;
    let summary = summary.as_ref().map(Text::to_string).unwrap_or_default();
    let text = description.as_ref().map(Text::to_string).unwrap_or_default();
    Draft {
        names,
        name_words,
        keywords,
        about: words(&summary),
        text: words(&text),
        entry: Entry {
            item: Item::Operation { id: id.clone(), method: method.clone(), path: path.clone() },
            about: if summary.is_empty() { first_sentence(&text) } else { summary },
        },
        weight: (OPERATION + common) * old,
    }
}

/// The webhooks, each pair once.
fn webhooks(api: &Api, said: &Words) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::new();
    for webhook in &api.webhooks {
        let item = Item::Webhook { kind: webhook.kind.clone(), code: webhook.code.clone() };
        if all.iter().any(|draft| draft.entry.item == item) {
            continue;
        }
        let pair = format!("{}: {}", webhook.kind, webhook.code);
        let docs = api.get(&webhook.body).map(|def| &def.docs);
        let text = docs.and_then(|docs| docs.description.as_ref()).map(Text::to_string).unwrap_or_default();
        all.push(Draft {
            names: vec![pair.clone(), webhook.code.clone()],
            name_words: words(&pair),
            keywords: words(said.webhooks.get(&pair).map_or("", String::as_str))
                .into_iter()
                .chain(["webhook".to_owned()])
                .collect(),
            about: Vec::new(),
            text: words(&text),
            entry: Entry { item, about: first_sentence(&text) },
            weight: WEBHOOK,
        });
    }
    all
}

/// A text up to the end of its first sentence.
fn first_sentence(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    line.find(". ").map_or(line, |end| &line[..=end]).to_owned()
}
