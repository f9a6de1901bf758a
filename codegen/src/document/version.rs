//! Checks that a document is OpenAPI 3.0. If it isn't, other messages about it would not help.

use serde_yaml::Value;

use crate::diag::{Pointer, Report};
use crate::grammar::describe;

/// Checks the version that the document declares. Returns false if it is not OpenAPI 3.0.
pub(super) fn check(file: &str, value: &Value, report: &mut Report) -> bool {
    let root = Pointer::root();
    let Value::Mapping(map) = value else {
        let what = format!("an OpenAPI document is a mapping, but this is {}", describe(value));
        report.error(file, &root, what, "check that this is the right file; it should start with `openapi: 3.0.3`");
        return false;
    };
    let (what, help) = match (map.get("openapi"), map.get("swagger")) {
        (Some(Value::String(version)), _) if is_3_0(version) => return true,
        (Some(Value::String(version)), _) if version.starts_with("3.") => (
            format!("this is OpenAPI {version}; only 3.0 is supported"),
            "ask the publisher for the 3.0 document, or convert it down with a tool such as openapi-down-convert",
        ),
        (Some(Value::String(version)), _) => {
            (format!("`{version}` is not a supported version of OpenAPI"), "only 3.0 is supported: `openapi: 3.0.3`")
        }
        (Some(other), _) => (
            format!("`openapi` must be the version as text, but is {}", describe(other)),
            "write it in full, with three numbers: `openapi: 3.0.3`",
        ),
        (None, Some(version)) => {
            let version =
                version.as_str().map_or_else(|| "document".to_owned(), |version| format!("{version} document"));
            let what = format!("this is a Swagger {version}; only OpenAPI 3.0 is supported");
            let help = "convert it to OpenAPI 3.0 with a tool such as swagger2openapi";
            report.error(file, &root.child("swagger"), what, help);
            return false;
        }
        (None, None) => {
            let what = "this is not an OpenAPI document: `openapi` is missing at the top".to_owned();
            report.error(file, &root, what, "check that this is the right file; it should start with `openapi: 3.0.3`");
            return false;
        }
    };
    report.error(file, &root.child("openapi"), what, help);
    false
}

fn is_3_0(version: &str) -> bool {
    version.strip_prefix("3.0.").is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()))
}
