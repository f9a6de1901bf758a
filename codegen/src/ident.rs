//! Converts names on the wire to Rust identifiers.

use api_model::layout::is_keyword;
use heck::{ToSnakeCase, ToUpperCamelCase};

/// Keywords that can't be identifiers, even with `r#`.
const NEVER: &[&str] = &["crate", "self", "super", "Self", "_"];

/// `snake_case`, for fields, methods and modules. Keywords stay as they are (see [`raw`]).
pub fn snake(text: &str) -> String {
    finish(words(text).to_snake_case(), '_')
}

/// `UpperCamelCase`, for types and variants.
pub fn camel(text: &str) -> String {
    let camel = words(text).to_upper_camel_case();
    // Digits that were separated by a point or space stay separate: `4.1` does not become `41`.
    let camel = keep_digits_apart(text, camel);
    finish(camel, '_')
}

/// The identifier for a name, with `r#` if it is a keyword.
pub fn raw(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    if is_keyword(name) { proc_macro2::Ident::new_raw(name, span) } else { proc_macro2::Ident::new(name, span) }
}

/// Whether a name is already an identifier in snake case and not a keyword.
pub fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !is_keyword(name)
        && !NEVER.contains(&name)
}

/// Whether a name chosen by hand can be an identifier.
pub fn is_ident(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok() || is_keyword(name)
}

/// Spells out signs that would be lost, if nothing else would be left or if they distinguish values.
fn words(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    if !plain.trim().is_empty() {
        return plain;
    }
    if text.is_empty() {
        return "empty".to_owned();
    }
    let mut spelled = String::new();
    for c in text.chars() {
        spelled.push_str(match c {
            '+' => "plus",
            '-' => "minus",
            '*' => "star",
            '/' => "slash",
            '<' => "less",
            '>' => "greater",
            '=' => "equal",
            '!' => "not",
            '%' => "percent",
            '$' => "dollar",
            '&' => "and",
            '#' => "hash",
            '@' => "at",
            '.' => "dot",
            ',' => "comma",
            '_' => "underscore",
            ' ' => "space",
            _ => "sign",
        });
        spelled.push(' ');
    }
    spelled
}

fn keep_digits_apart(text: &str, camel: String) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let kept = bytes.windows(3).any(|w| w[0].is_ascii_digit() && !w[1].is_alphanumeric() && w[2].is_ascii_digit());
    if !kept {
        return camel;
    }
    let mut marked = String::new();
    for (at, c) in bytes.iter().enumerate() {
        let between = !c.is_alphanumeric()
            && at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(char::is_ascii_digit)
            && bytes.get(at + 1).is_some_and(char::is_ascii_digit);
        marked.push(if between { '\u{1}' } else { *c });
    }
    marked.split('\u{1}').map(|part| words(part).to_upper_camel_case()).collect::<Vec<_>>().join("_")
}

/// Replaces what is still invalid in Rust: letters outside XID, a leading digit, names that can't be used with `r#`.
fn finish(name: String, prefix: char) -> String {
    let mut name: String = name.chars().filter(|c| *c == '_' || c.is_ascii_alphanumeric() || is_letter(*c)).collect();
    if name.is_empty() {
        name.push_str(if prefix == '_' { "empty" } else { "Empty" });
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, prefix);
    }
    if NEVER.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

fn is_letter(c: char) -> bool {
    // syn knows Unicode's XID tables.
    c.is_alphabetic() && syn::parse_str::<syn::Ident>(&format!("x{c}")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_rust_identifiers() {
        for (wire, expected) in [
            ("NumbersXYZNullable", "NumbersXyzNullable"),
            ("credit card", "CreditCard"),
            ("401k", "_401k"),
            ("4.1", "_4_1"),
            ("urn:pets:token", "UrnPetsToken"),
            ("Self", "Self_"),
            ("", "Empty"),
            ("+", "Plus"),
            ("USD", "Usd"),
            ("application/json", "ApplicationJson"),
        ] {
            assert_eq!(camel(wire), expected, "{wire}");
        }
        for (wire, expected) in [
            ("LOAN_IDENTIFIERS", "loan_identifiers"),
            ("updatedTime", "updated_time"),
            ("type", "type"),
            ("self", "self_"),
        ] {
            assert_eq!(snake(wire), expected, "{wire}");
        }
        assert_eq!(raw("type").to_string(), "r#type");
    }
}
