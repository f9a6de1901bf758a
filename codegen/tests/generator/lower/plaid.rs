//! Lowering on Plaid's published documents. How much they contain is counted in the documents themselves, so that the
//! next one needs no change here.

use std::collections::BTreeMap;

use codegen::api_model::{Api, Kind, ResponseBody, SkippedKind, TypeDef};
use codegen::config::Sdk;
use codegen::diag::{Report, Severity};
use codegen::lower::lower;
use codegen_testing::{own, published};
use openapiv3::{OpenAPI, Operation, ReferenceOr, SchemaKind, StatusCode, Type as SchemaType};

#[test]
fn the_imported_document_is_lowered_whole() {
    let Some(published) = published::imported() else { return };
    let holds = own::source().holds;
    let mut document = read(&published.text);

    let (api, report) = run(&document);
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(
        (api.found.paths, api.found.operations, api.found.schemas),
        (holds.paths, holds.operations, holds.schemas)
    );
    let without_operation = document.paths.iter().filter(|(_, item)| item.as_item().unwrap().iter().count() == 0);
    assert_eq!(skipped(&api).get(&SkippedKind::Path).copied().unwrap_or_default(), without_operation.count());

    let before = skipped(&api)[&SkippedKind::Schema];
    assert_eq!(announce(&mut document, &api), holds.webhooks);
    let (api, report) = run(&document);
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(api.webhooks.len(), holds.webhooks);
    let left_out = skipped(&api)[&SkippedKind::Schema];
    assert!(left_out + holds.webhooks <= before, "webhooks reach at least themselves: {before}, then {left_out}");

    // Every named schema is a type or left out with a reason. Of the inline ones, only enums need a name.
    let (inline, named): (Vec<&TypeDef>, Vec<&TypeDef>) = api.types.values().partition(|def| def.id.name().is_none());
    assert_eq!(named.len(), holds.schemas - left_out);
    assert!(inline.iter().all(|def| matches!(def.kind, Kind::Enum(_))));
}

#[test]
fn operations_of_the_imported_document_are_lowered_one_by_one() {
    let Some(published) = published::imported() else { return };
    let document = read(&published.text);
    let (api, _) = run(&document);
    let declared: BTreeMap<&str, &Operation> = document.operations().map(|(_, _, it)| (id(it), it)).collect();
    assert_eq!(api.operations.len(), own::source().holds.operations);
    for operation in &api.operations {
        let declared = declared[operation.id.as_str()];
        assert_eq!(operation.docs.deprecated, declared.deprecated, "{}", operation.id);
        assert_eq!(operation.anonymous, declared.security.as_ref().is_some_and(Vec::is_empty), "{}", operation.id);
        let media = match &operation.response.body {
            ResponseBody::Json(_) => vec!["application/json"],
            ResponseBody::Binary(media) => vec![media.as_str()],
            ResponseBody::Empty => Vec::new(),
        };
        assert_eq!(media, media_of_success(declared), "{}", operation.id);
    }
}

#[test]
fn older_documents_are_lowered_without_an_error() {
    let Some(documents) = published::all() else { return };
    assert!(documents.len() > 1, "there is only one document");
    for published in documents {
        let mut document = read(&published.text);
        let (api, _) = run(&document);
        assert!(announce(&mut document, &api) > 0);
        let (api, report) = run(&document);
        assert_eq!(errors(&report), Vec::<String>::new(), "{}", published.name);
        let left_out = skipped(&api).get(&SkippedKind::Schema).copied().unwrap_or_default();
        let named = api.types.keys().filter(|id| id.name().is_some()).count();
        assert_eq!(named + left_out, api.found.schemas, "{}", published.name);
        assert_eq!(api.operations.len(), api.found.operations, "{}", published.name);
    }
}

fn id(operation: &Operation) -> &str {
    operation.operation_id.as_deref().unwrap()
}

/// The media type of the first successful response with a body.
fn media_of_success(operation: &Operation) -> Vec<&str> {
    let successes = operation.responses.responses.iter().filter(|(status, _)| match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(first) => *first == 2,
    });
    let contents = successes.filter_map(|(_, response)| response.as_item()?.content.keys().next());
    contents.take(1).map(String::as_str).collect()
}

/// Marks the webhooks as the import does: schemas that name both properties and that no operation reaches.
fn announce(document: &mut OpenAPI, api: &Api) -> usize {
    let unreached: Vec<&str> =
        api.skipped.iter().filter(|it| it.what == SkippedKind::Schema).map(|it| it.name.as_str()).collect();
    let mut count = 0;
    for (name, schema) in &mut document.components.as_mut().unwrap().schemas {
        let ReferenceOr::Item(schema) = schema else { continue };
        let SchemaKind::Type(SchemaType::Object(object)) = &schema.schema_kind else { continue };
        let both = ["webhook_type", "webhook_code"].iter().all(|it| object.properties.contains_key(*it));
        if both && unreached.contains(&name.as_str()) {
            let pairs = serde_json::json!([{ "type": "TYPE", "code": name }]);
            schema.schema_data.extensions.insert("x-webhook".to_owned(), pairs);
            count += 1;
        }
    }
    count
}

fn run(document: &OpenAPI) -> (Api, Report) {
    let mut report = Report::default();
    let api = lower(document, "spec.yaml", &sdk(), &mut report);
    (api, report)
}

fn sdk() -> Sdk {
    serde_yaml::from_str(
        "docs: {base: 'https://plaid.com/docs', ignore: [none]}\ncredentials: {schemas: [APIClientID, APISecret], keep: []}",
    )
    .unwrap()
}

fn skipped(api: &Api) -> BTreeMap<SkippedKind, usize> {
    let mut counts = BTreeMap::new();
    for skipped in &api.skipped {
        *counts.entry(skipped.what).or_insert(0) += 1;
    }
    counts
}

fn errors(report: &Report) -> Vec<String> {
    super::findings(report, Severity::Error)
}

fn read(text: &str) -> OpenAPI {
    serde_yaml::from_str(text).unwrap()
}
