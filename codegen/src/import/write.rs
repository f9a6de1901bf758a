//! Writes a tree as YAML that readers of YAML 1.1 and 1.2 read in the same way. `off`, `12:30` and `2020-01-01` are
//! strings in YAML 1.2, but a boolean, a number and a date in 1.1, so everything that is not clearly a string is
//! quoted.

use std::fmt::Write;

use serde_yaml::{Mapping, Number, Value};

/// The tree as YAML.
pub(super) fn yaml(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Mapping(map) if !map.is_empty() => mapping(&mut out, map, 0),
        Value::Sequence(items) if !items.is_empty() => sequence(&mut out, items, 0),
        value => {
            scalar(&mut out, value);
            out.push('\n');
        }
    }
    out
}

/// Writes the members: the first at the current position, the others each on a line of its own.
fn mapping(out: &mut String, map: &Mapping, depth: usize) {
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 {
            indent(out, depth);
        }
        scalar(out, key);
        out.push(':');
        match value {
            Value::Mapping(map) if !map.is_empty() => {
                out.push('\n');
                indent(out, depth + 1);
                mapping(out, map, depth + 1);
            }
            Value::Sequence(items) if !items.is_empty() => {
                out.push('\n');
                indent(out, depth);
                sequence(out, items, depth);
            }
            value => {
                out.push(' ');
                scalar(out, value);
                out.push('\n');
            }
        }
    }
}

fn sequence(out: &mut String, items: &[Value], depth: usize) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            indent(out, depth);
        }
        out.push_str("- ");
        match item {
            Value::Mapping(map) if !map.is_empty() => mapping(out, map, depth + 1),
            Value::Sequence(items) if !items.is_empty() => sequence(out, items, depth + 1),
            item => {
                scalar(out, item);
                out.push('\n');
            }
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn scalar(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => self::number(out, number),
        Value::String(text) => self::text(out, text),
        Value::Sequence(_) => out.push_str("[]"),
        Value::Mapping(_) => out.push_str("{}"),
        // the reader rejects tags
        Value::Tagged(tagged) => scalar(out, &tagged.value),
    }
}

/// YAML 1.1 requires a point and a sign in numbers with an exponent.
fn number(out: &mut String, number: &Number) {
    let text = number.to_string();
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let point = if digits.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            // writing to a string can't fail
            let _ = write!(out, "{digits}{point}e{sign}{exponent}");
        }
        None => out.push_str(&text),
    }
}

fn text(out: &mut String, text: &str) {
    if is_word(text) {
        out.push_str(text);
    } else if text.chars().all(is_printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if is_printable(c) => out.push(c),
                c => {
                    let _ = write!(out, "\\U{:08X}", u32::from(c));
                }
            }
        }
        out.push('"');
    }
}

/// Whether a text can be written without quotes.
fn is_word(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '/' | '$'));
    let bytes = text.as_bytes();
    let is_good = |at: usize| match bytes[at] {
        b'_' | b'/' | b'$' | b'.' | b'-' | b'{' | b'}' | b'+' | b'=' | b'(' | b')' => true,
        // part of an address or a namespace, if there is no space next to it
        b':' | b'#' => bytes.get(at + 1).is_some_and(|next| *next != b' ') && bytes[at - 1] != b' ',
        b' ' => bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric()),
        byte => byte.is_ascii_alphanumeric(),
    };
    starts && (1..bytes.len()).all(is_good) && !is_special(text)
}

/// Words that some version of YAML does not read as strings.
fn is_special(text: &str) -> bool {
    let special = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    special.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Characters that need no escape. The separators of lines and paragraphs break a line in YAML 1.1.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::yaml;

    #[test]
    fn written_values_are_read_back_unchanged() {
        let texts = [
            "OFF",
            "n",
            "Null",
            "~",
            "",
            " a",
            "a ",
            "a: b",
            "a:",
            "a #b",
            "a#b",
            "#a",
            "- a",
            "-",
            "2020-01-01",
            "12:30",
            "1_000",
            "0o7",
            "1e3",
            ".5",
            "<<",
            "=",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "it's",
            "\"q\"",
            "a\\b",
            "a\nb",
            "\ta",
            "\u{85}a",
            "\u{2028}",
            "\u{feff}a",
            "é",
            "\u{1f600}",
            "https://a.b/c#d",
            "urn:a:b",
            "{id}",
            "/a/{id}",
            "[a]",
            "a, b",
            "?",
            "$ref",
            "---",
        ];
        let mut items: Vec<Value> = texts.iter().map(|text| Value::from(*text)).collect();
        items.extend([Value::Null, true.into(), (-3).into(), 4.0.into(), 1e300.into(), 5e-324.into(), u64::MAX.into()]);
        let mut map = serde_yaml::Mapping::new();
        for (index, item) in items.iter().filter(|item| item.is_string()).enumerate() {
            map.insert(
                item.clone(),
                if index % 2 == 0 { item.clone() } else { vec![vec![item.clone()], vec![]].into() },
            );
        }
        items.push(Value::Mapping(map));
        items.push(vec![Value::Sequence(items.clone()), Value::Mapping(serde_yaml::Mapping::new())].into());
        let value = Value::Sequence(items);
        let written = yaml(&value);
        assert_eq!(serde_yaml::from_str::<Value>(&written).expect("YAML"), value, "{written}");
        let mut report = crate::diag::Report::default();
        let ours =
            crate::source::Source::parse("a", &*written, &mut report).unwrap_or_else(|| panic!("{report}\n{written}"));
        assert_eq!(ours.value, value, "{written}");
    }

    #[test]
    fn plain_words_are_not_quoted() {
        let text =
            "a:\n- b c\n- 'off'\n- d:\n    e: {}\n    f: []\n  g: 'x: y'\n'200': https://a.b/c#d\n/p/{id}: '#/x'\n";
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        assert_eq!(yaml(&value), text);
    }
}
