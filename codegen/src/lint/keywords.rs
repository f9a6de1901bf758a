//! `keyword-other-type`: a keyword or a format that is about values of another type than the schema's, and so has no
//! effect.

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;

/// The keywords that are about values of one type. Keywords for numbers also apply to integers.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties", "discriminator"]),
];

/// The formats that OpenAPI and JSON Schema define, by the type of values.
const FORMATS: [(&str, &[&str]); 3] = [
    (
        "string",
        &[
            "date",
            "date-time",
            "time",
            "duration",
            "byte",
            "binary",
            "password",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "uuid",
            "regex",
        ],
    ),
    ("number", &["float", "double"]),
    ("integer", &["int32", "int64"]),
];

/// Checks the keywords next to each `type`.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        let Some(kind) = node.map.get("type").and_then(Value::as_str) else { continue };
        let about = if kind == "integer" { "number" } else { kind };
        let mut idle: Vec<String> = Vec::new();
        for (_, keywords) in KEYWORDS.iter().filter(|(of, _)| *of != about) {
            idle.extend(keywords.iter().filter(|name| node.map.contains_key(**name)).map(|name| format!("`{name}`")));
        }
        if let Some(format) = node.map.get("format").and_then(Value::as_str) {
            let of = FORMATS.iter().find(|(_, formats)| formats.contains(&format));
            // an integer may be declared as a number with an integer format
            let fits = |of: &str| of == kind || of == "integer" && kind == "number";
            if of.is_some_and(|(of, _)| !fits(of)) {
                idle.push(format!("the format `{format}`"));
            }
        }
        if !idle.is_empty() {
            let what = format!("no effect on values of type {kind}: {}", idle.join(", "));
            let help = "correct the type or the keyword with a fixup";
            findings.push(Finding::new(Rule::KeywordOtherType, node.at.clone(), what, help));
        }
    }
}
