//! Finds the pairs that announce a webhook. The first source with a result is used: a list of values, the examples, or
//! the code spans in the descriptions of the two properties.

use serde_yaml::Value;

use crate::config::WebhookPair;

/// The evidence for one schema.
pub(super) struct Evidence {
    /// The pairs in the schema's examples.
    examples: Vec<WebhookPair>,
    kinds: Vec<String>,
    codes: Vec<String>,
}

impl Evidence {
    /// Collects the evidence, given the two properties' names and schemas.
    pub(super) fn gather(schema: Option<&Value>, kind: (&str, &[&Value]), code: (&str, &[&Value])) -> Self {
        let mut examples = Vec::new();
        if let Some(schema) = schema {
            for holder in ["x-examples", "x-example", "example"].iter().filter_map(|key| schema.get(key)) {
                pairs_in(holder, kind.0, code.0, &mut examples);
            }
        }
        Self { examples, kinds: values(kind.1), codes: values(code.1) }
    }

    /// The pairs, or the reason why they are unknown.
    pub(super) fn pairs(self) -> Result<Vec<WebhookPair>, &'static str> {
        let Self { examples, kinds, codes } = self;
        match (kinds.as_slice(), codes.as_slice()) {
            _ if !examples.is_empty() => Ok(examples),
            ([kind], [_, ..]) => {
                Ok(codes.iter().map(|code| WebhookPair { kind: kind.clone(), code: code.clone() }).collect())
            }
            ([], _) => Err("it does not say which type announces it"),
            (_, []) => Err("it does not say which code announces it"),
            _ => Err("it names several types, so it is unclear which code belongs to which"),
        }
    }
}

/// The pairs in an example, which may be the value itself, or be under a name or under `value`.
fn pairs_in(example: &Value, kind: &str, code: &str, found: &mut Vec<WebhookPair>) {
    let Value::Mapping(map) = example else { return };
    let text = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    if let (Some(kind), Some(code)) = (text(kind), text(code)) {
        let pair = WebhookPair { kind: kind.to_owned(), code: code.to_owned() };
        if !found.contains(&pair) {
            found.push(pair);
        }
        return;
    }
    for inner in map.values() {
        pairs_in(inner, kind, code, found);
    }
}

/// The values that a property's schemas list, or else name in their descriptions.
fn values(schemas: &[&Value]) -> Vec<String> {
    let listed = schemas.iter().filter_map(|schema| schema.get("enum")?.as_sequence()).flatten();
    let listed: Vec<String> = unique(listed.filter_map(Value::as_str).map(str::to_owned));
    if !listed.is_empty() {
        return listed;
    }
    let descriptions = schemas.iter().filter_map(|schema| schema.get("description")?.as_str());
    let spans = unique(descriptions.flat_map(code_spans).filter(|span| is_word(span)));
    match spans.as_slice() {
        // a single code span is the value, in any form
        [_] => spans,
        _ => spans.into_iter().filter(|span| is_constant(span)).collect(),
    }
}

/// The words in backticks, without quotes.
fn code_spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(|span| span.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

fn is_word(span: &str) -> bool {
    !span.is_empty() && span.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a code span is a value and not the name of a property.
fn is_constant(span: &str) -> bool {
    span.starts_with(|c: char| c.is_ascii_uppercase()) && !span.contains(|c: char| c.is_ascii_lowercase())
}

fn unique(values: impl Iterator<Item = String>) -> Vec<String> {
    values.fold(Vec::new(), |mut all, value| {
        if !all.contains(&value) {
            all.push(value);
        }
        all
    })
}
