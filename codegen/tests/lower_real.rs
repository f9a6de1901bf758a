//! Lowering on Plaid's own documents, where they are at hand: the counts of the current one, and no error in any.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use codegen::config::Sdk;
use codegen::diag::{Report, Severity};
use codegen::ir::{Api, Kind, SkippedKind, Type};
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
            "#/components/schemas/TransactionsRecurringCreateInput/required/0: stream_ids is required, but no property of that name is declared",
        ]
    );
    assert_eq!((api.found.paths, api.found.operations, api.found.schemas), (339, 329, 2275));
    assert_eq!(api.operations.len(), 329);
    assert_eq!(
        skipped(&api),
        BTreeMap::from([(SkippedKind::Path, 10), (SkippedKind::Schema, 230), (SkippedKind::MediaType, 1)])
    );

    assert_eq!(announce(&mut document, &api), 92);
    let (api, report) = run(&document, &sdk);
    assert_eq!(errors(&report), Vec::<String>::new());
    assert_eq!(api.webhooks.len(), 92);
    eprintln!("{:?} {}", skipped(&api), counts(&api));
    eprintln!(
        "{:?}",
        api.skipped
            .iter()
            .filter(|s| s.what == SkippedKind::Schema && s.reason != "no operation or webhook refers to it")
            .map(|s| (&s.name, &s.reason))
            .collect::<Vec<_>>()
    );

    let start = Instant::now();
    let (_, _) = run(&document, &sdk);
    eprintln!("lowered in {:?}", start.elapsed());
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
        eprintln!("{}: {} {:#?}", file.display(), counts(&api), notes(&report));
        eprintln!(
            "{:?}",
            api.skipped
                .iter()
                .filter(|s| s.what == SkippedKind::MediaType)
                .map(|s| (&s.name, &s.reason))
                .collect::<Vec<_>>()
        );
        assert_eq!(errors(&report), Vec::<String>::new(), "{}", file.display());
        assert!(!api.operations.is_empty());
    }
}

fn counts(api: &Api) -> String {
    let mut counts = BTreeMap::new();
    for def in api.types.values() {
        let kind = match &def.kind {
            Kind::Struct(of) => {
                *counts.entry("fields").or_insert(0) += of.fields.len();
                "structs"
            }
            Kind::Enum(_) => "enums",
            Kind::Union(_) => "unions",
            Kind::Alias(Type::Map(_)) => "maps",
            Kind::Alias(Type::JsonObject) => "free",
            Kind::Alias(Type::Json) => "json",
            Kind::Alias(_) => "aliases",
        };
        *counts.entry(kind).or_insert(0) += 1;
        if def.id.0.contains('.') {
            *counts
                .entry(if matches!(def.kind, Kind::Enum(_)) { "inline enums" } else { "inline others" })
                .or_insert(0) += 1;
        }
    }
    format!("{counts:?}")
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
    let api = lower(document, "spec.yml", sdk, &mut report);
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
    findings(report, Severity::Error)
}

fn notes(report: &Report) -> Vec<String> {
    findings(report, Severity::Note)
}

fn findings(report: &Report, severity: Severity) -> Vec<String> {
    let findings = report.findings().iter().filter(|finding| finding.severity == severity);
    let mut texts: Vec<String> = findings.map(|finding| format!("{}: {}", finding.at, finding.what)).collect();
    texts.sort();
    texts
}

/// The folder with Plaid's documents, which lies beside the workspace.
fn documents() -> Option<PathBuf> {
    let folders = [Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec"), PathBuf::from("/work/shared/spec")];
    let found = folders.into_iter().find(|folder| folder.is_dir());
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
