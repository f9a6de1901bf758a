//! Samples as JSON text, with their digits.

use api_model::Sample;

/// A sample as JSON, on one line.
pub fn json(sample: &Sample) -> String {
    let mut text = String::new();
    write(sample, None, &mut text);
    text
}

/// A sample as JSON, with a line for each member, indented by two spaces.
pub fn pretty_json(sample: &Sample) -> String {
    let mut text = String::new();
    write(sample, Some(0), &mut text);
    text
}

fn write(sample: &Sample, depth: Option<usize>, text: &mut String) {
    match sample {
        Sample::Null => text.push_str("null"),
        Sample::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Sample::Number(digits) => text.push_str(digits),
        Sample::Text(value) => text.push_str(&quoted(value)),
        Sample::List(all) => members(('[', ']'), all, depth, text, |sample, depth, text| write(sample, depth, text)),
        Sample::Object(all) => members(('{', '}'), all, depth, text, |(name, sample), depth, text| {
            text.push_str(&quoted(name));
            text.push_str(if depth.is_some() { ": " } else { ":" });
            write(sample, depth, text);
        }),
    }
}

fn members<T>(
    brackets: (char, char),
    all: &[T],
    depth: Option<usize>,
    text: &mut String,
    member: impl Fn(&T, Option<usize>, &mut String),
) {
    let line = |depth: Option<usize>, text: &mut String| {
        if let Some(depth) = depth {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
    };
    let inner = depth.map(|depth| depth + 1);
    text.push(brackets.0);
    for (index, one) in all.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        line(inner, text);
        member(one, inner, text);
    }
    if !all.is_empty() {
        line(depth, text);
    }
    text.push(brackets.1);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{json, pretty_json};
    use api_model::Sample;

    #[test]
    fn digits_and_order_stay() {
        let sample = Sample::Object(vec![
            ("b".to_owned(), Sample::Number("110.10".to_owned())),
            ("a".to_owned(), Sample::List(vec![Sample::Text("\"\u{1}é".to_owned()), Sample::Null])),
            ("c".to_owned(), Sample::Object(Vec::new())),
        ]);
        assert_eq!(json(&sample), "{\"b\":110.10,\"a\":[\"\\\"\\u0001é\",null],\"c\":{}}");
        let wanted = "{\n  \"b\": 110.10,\n  \"a\": [\n    \"\\\"\\u0001é\",\n    null\n  ],\n  \"c\": {}\n}";
        assert_eq!(pretty_json(&sample), wanted);
    }
}
