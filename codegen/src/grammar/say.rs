//! Words for the values of a document, and suggestions for misspelt names.

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
    // a word of 3 letters may differ by 1 letter, one of 8 by 3; beyond that it is another word
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let near = known.into_iter().map(|candidate| (distance(word, candidate, allowed), candidate));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
}

/// How many letters have to change. The count stops at a bound.
fn distance(a: &str, b: &str, bound: usize) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    if a.len().abs_diff(b.len()) > bound {
        return bound + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut above = row.clone();
    let mut two_above = row.clone();
    for i in 1..=a.len() {
        std::mem::swap(&mut two_above, &mut above);
        std::mem::swap(&mut above, &mut row);
        row[0] = i;
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + change);
            // two swapped letters are one mistake
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(two_above[j - 2] + 1);
            }
        }
    }
    row[b.len()]
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
