//! Lowering, one behaviour for each test: from a few lines of OpenAPI to the model in short form.

mod all_of;
mod enums;
mod findings;
mod objects;
mod operations;
mod plaid;
mod reached;
mod show;
mod unions;

use codegen::api_model::Api;
use codegen::config::Sdk;
use codegen::diag::{Report, Severity};
use codegen::lower::lower;

/// Lowers a whole document.
fn document(yaml: &str, sdk: &str) -> (Api, Report) {
    let document = serde_yaml::from_str(yaml).unwrap();
    let sdk: Sdk = serde_yaml::from_str(sdk).unwrap();
    let mut report = Report::default();
    let api = lower(&document, "spec.yaml", &sdk, &mut report);
    (api, report)
}

/// Lowers a document with these paths and schemas.
fn api(paths: &str, schemas: &str, sdk: &str) -> (Api, Report) {
    document(&yaml(paths, schemas), sdk)
}

fn yaml(paths: &str, schemas: &str) -> String {
    let head = "openapi: 3.0.0\ninfo: {title: T, version: '1'}";
    format!("{head}\npaths:\n{}components:\n  schemas:\n{}", indent(paths, 2), indent(schemas, 4))
}

/// Lowers schemas; an operation's response is `Root`.
fn schemas(schemas: &str) -> (Api, Report) {
    let paths = "/root: {get: {operationId: root, responses: {'200': {description: ok, content: {application/json: \
                 {schema: {$ref: '#/components/schemas/Root'}}}}}}}";
    api(paths, schemas, "{}")
}

/// The types of schemas without errors, in short form.
fn types(yaml: &str) -> Vec<String> {
    let (api, report) = schemas(yaml);
    assert!(!report.has_errors(), "{report}");
    show::types(&api)
}

/// The errors in schemas, each with its place.
fn errors(yaml: &str) -> Vec<String> {
    findings(&schemas(yaml).1, Severity::Error)
}

/// The notes on schemas without errors, each with its place.
fn notes(yaml: &str) -> Vec<String> {
    let (_, report) = schemas(yaml);
    assert!(!report.has_errors(), "{report}");
    findings(&report, Severity::Note)
}

fn findings(report: &Report, severity: Severity) -> Vec<String> {
    let findings = report.findings().iter().filter(|finding| finding.severity == severity);
    findings
        .map(|finding| {
            assert_eq!(finding.file, "spec.yaml");
            assert!(!finding.help.is_empty(), "no help: {finding}");
            format!("{}: {}", finding.at, finding.what)
        })
        .collect()
}

fn indent(text: &str, by: usize) -> String {
    text.trim_matches('\n').lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}
