//! Lowering on Plaid's own documents, where they are at hand: the counts of the current one, and no error in any.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::config::Sdk;
use codegen::diag::{Report, Severity};
use codegen::ir::{Api, Kind, ResponseBody, SkippedKind, TypeDef};
use codegen::lower::lower;
use openapiv3::{OpenAPI, ReferenceOr, SchemaKind, Type as SchemaType};

#[test]
fn the_current_document() {
    let Some(folder) = documents() else { return };
    let mut document = read(&folder.join("2020-09-14.yml"));
    let sdk = sdk();

    let (api, report) = run(&document, &sdk);
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(
        notes(&report),
        [
            "#/components/schemas/InvestmentAccount/allOf/1/properties/balances: balances was declared before, with another type",
            "#/components/schemas/LinkSessionExitMetadata/properties/status/properties: the type is string, so that its properties can only be values",
        ]
    );
    assert_eq!((api.found.paths, api.found.operations, api.found.schemas), (339, 329, 2275));
    assert_eq!(api.operations.len(), 329);
    assert_eq!(
        skipped(&api),
        BTreeMap::from([(SkippedKind::Path, 10), (SkippedKind::Schema, 229), (SkippedKind::MediaType, 1)])
    );

    assert_eq!(announce(&mut document, &api), 92);
    let (api, report) = run(&document, &sdk);
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(api.webhooks.len(), 92);
    assert_eq!(skipped(&api)[&SkippedKind::Schema], 114);
    // Every named schema is a type or left out with a reason; of the inline ones, only enums need a name.
    let (inline, named): (Vec<&TypeDef>, Vec<&TypeDef>) = api.types.values().partition(|def| def.id.name().is_none());
    assert_eq!(named.len(), 2275 - 114);
    assert_eq!(inline.len(), 27);
    assert!(inline.iter().all(|def| matches!(def.kind, Kind::Enum(_))));
    assert_eq!(kinds(&api), [("struct", 1615), ("field", 6857), ("enum", 331), ("union", 0), ("alias", 242)]);
    assert_eq!(media(&api), [("json", 319), ("application/pdf", 8), ("application/zip", 1), ("empty", 1)]);
    assert_eq!(api.operations.iter().filter(|it| it.anonymous).count(), 1);
    assert_eq!(api.operations.iter().filter(|it| it.docs.deprecated).count(), 17);
    let accepts_both = api
        .types
        .values()
        .filter(|def| matches!(&def.kind, Kind::Enum(of) if of.values.iter().any(|value| value.value.is_scalar())));
    assert_eq!(accepts_both.count(), 8);
}

#[test]
fn older_documents() {
    let Some(folder) = documents() else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("history")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let mut document = read(&file);
        let (api, _) = run(&document, &sdk());
        assert!(announce(&mut document, &api) > 0);
        let (api, report) = run(&document, &sdk());
        assert_eq!(errors(&report), Vec::<String>::new(), "{}", file.display());
        let left_out = skipped(&api).get(&SkippedKind::Schema).copied().unwrap_or_default();
        let named = api.types.keys().filter(|id| id.name().is_some()).count();
        assert_eq!(named + left_out, api.found.schemas, "{}", file.display());
        assert_eq!(api.operations.len(), api.found.operations, "{}", file.display());
    }
}

fn kinds(api: &Api) -> [(&'static str, usize); 5] {
    let mut counts = [("struct", 0), ("field", 0), ("enum", 0), ("union", 0), ("alias", 0)];
    for def in api.types.values() {
        match &def.kind {
            Kind::Struct(of) => {
                counts[0].1 += 1;
                counts[1].1 += of.caller_fields().count();
            }
            Kind::Enum(_) => counts[2].1 += 1,
            Kind::Union(_) => counts[3].1 += 1,
            Kind::Alias(_) => counts[4].1 += 1,
        }
    }
    counts
}

fn media(api: &Api) -> Vec<(&str, usize)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for operation in &api.operations {
        let media = match &operation.response.body {
            ResponseBody::Json(_) => "json",
            ResponseBody::Binary(media) => media,
            ResponseBody::Empty => "empty",
        };
        match counts.iter_mut().find(|(before, _)| *before == media) {
            Some((_, count)) => *count += 1,
            None => counts.push((media, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
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

fn run(document: &OpenAPI, sdk: &Sdk) -> (Api, Report) {
    let mut report = Report::default();
    let api = lower(document, "spec.yaml", sdk, &mut report);
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
    crate::findings(report, Severity::Error)
}

fn notes(report: &Report) -> Vec<String> {
    let mut notes = crate::findings(report, Severity::Note);
    notes.sort();
    notes
}

/// The folder with Plaid's documents, which lies beside the workspace.
fn documents() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec");
    let found = Some(folder).filter(|folder| folder.is_dir());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "Plaid's documents are not at ../shared/spec");
        eprintln!("SKIPPED: Plaid's documents are not at ../shared/spec");
    }
    found
}

fn read(file: &Path) -> OpenAPI {
    let text = std::fs::read_to_string(file).unwrap();
    serde_yaml::from_str(&text).unwrap()
}
