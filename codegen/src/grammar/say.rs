//! Words for the values of a document, and suggestions for misspelt names.

use api_tools::nearest::nearest;
use serde_yaml::Value;

/// How much of a text a message shows.
const MAX_QUOTE: usize = 40;

/// The kind of a value, for "but is …".
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing (`null`)".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text `{}`", quote(text)),
        Value::Sequence(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(map) if map.is_empty() => "an empty mapping".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Tagged(_) => "a tagged value".to_owned(),
    }
}

/// The beginning of a text, on one line.
fn quote(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match line.char_indices().nth(MAX_QUOTE) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// The closest word to a misspelt one, if any is close.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, known).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_misspelt_word_is_recognised() {
        let words = ["required", "properties", "type", "items"];
        assert_eq!(closest("requierd", words), Some("required"));
        assert_eq!(closest("property", words), None);
        assert_eq!(closest("propertes", words), Some("properties"));
        assert_eq!(closest("Type", words), Some("type"));
        assert_eq!(closest("nonsense", words), None);
        assert_eq!(closest("", words), None);
    }
}
