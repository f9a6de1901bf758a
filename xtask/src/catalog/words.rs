//! Reads `spec/search.yaml`, and checks that its names are those of the API.

use api_tools::nearest;
use api_tools::search::Words;
use codegen::api_model::{Api, Pointer};
use codegen::diag::Report;
use codegen::source::Source;

use crate::files;
use crate::workspace;

/// The words for this API.
pub fn read(api: &Api) -> Result<Words, String> {
    let path = workspace::spec("search.yaml");
    let name = workspace::shown(&path);
    parse(&name, &files::read(&path)?, api)
}

fn parse(name: &str, text: &str, api: &Api) -> Result<Words, String> {
    let mut report = Report::default();
    let Some(source) = Source::parse(name, text, &mut report) else { return Err(report.to_string()) };
    let words: Words =
        serde_yaml::from_value(source.value.clone()).map_err(|error| format!("error: {name}: {error}"))?;
    let operations: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let codes: Vec<&str> = api.error_codes.iter().map(|code| code.wire.as_str()).collect();
    let pairs: Vec<String> = api.webhooks.iter().map(|webhook| format!("{}: {}", webhook.kind, webhook.code)).collect();
    let pairs: Vec<&str> = pairs.iter().map(String::as_str).collect();
    let mut check = |at: Pointer, what: &str, id: &str, known: &[&str]| {
        if !known.contains(&id) {
            let near = nearest::nearest(id, known.iter().copied());
            let help = near.first().map_or_else(
                || "correct the name, or remove the entry".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            report.error(name, &at, format!("there is no {what} `{id}`"), help);
        }
    };
    let at = |key: &str| Pointer::root().child(key);
    words.operations.keys().for_each(|id| check(at("operations").child(id), "operation", id, &operations));
    words.error_codes.keys().for_each(|code| check(at("error_codes").child(code), "error code", code, &codes));
    words.webhooks.keys().for_each(|pair| check(at("webhooks").child(pair), "webhook", pair, &pairs));
    for (index, id) in words.common.iter().enumerate() {
        check(at("common").index(index), "operation", id, &operations);
    }
    source.locate(&mut report);
    if report.has_errors() { Err(report.to_string()) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use codegen::api_model::{Api, ErrorCode};

    #[test]
    fn unknown_names_are_errors_with_their_line() {
        let code = ErrorCode {
            wire: "NOT_READY".to_owned(),
            types: Vec::new(),
            recovery: String::new(),
            retry: String::new(),
            advice: String::new(),
        };
        let api = Api { error_codes: vec![code], ..Api::default() };
        assert!(parse("words.yaml", "error_codes:\n  NOT_READY: wait\nsynonyms: {a: [b]}\n", &api).is_ok());
        let error = parse("words.yaml", "error_codes:\n  NOT_REDY: wait\ncommon:\n  - petsGet\n", &api).unwrap_err();
        assert!(error.contains("words.yaml:2"), "{error}");
        assert!(error.contains("there is no error code `NOT_REDY`") && error.contains("`NOT_READY`"), "{error}");
        assert!(error.contains("words.yaml:4") && error.contains("there is no operation `petsGet`"), "{error}");
        assert!(parse("words.yaml", "synonims: {}\n", &api).unwrap_err().contains("words.yaml"));
    }
}
