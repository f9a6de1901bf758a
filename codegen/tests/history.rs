//! Documents that were published one after the other: what their publisher calls breaking is found, at its place, and told
//! as breaking where it can break anything. The documents are not part of the repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use codegen::diff::{Change, Diff, Document, diff};
use codegen::{Input, Inputs};

fn input(path: &Path) -> Input {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Input { name: path.file_name().unwrap().to_string_lossy().into_owned(), text }
}

fn document(path: &Path) -> Document {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let inputs = Inputs {
        document: input(path),
        sdk: input(&spec.join("sdk.yaml")),
        fixups: input(&spec.join("fixups.yaml")),
        errors: input(&spec.join("errors.yaml")),
        docs: Vec::new(),
        strict: false,
        threads: 1,
    };
    Document::read(&inputs).unwrap_or_else(|report| panic!("{}: {report}", path.display()))
}

/// The folder with the documents, which lies beside the workspace.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec");
    let found = Some(folder).filter(|folder| folder.is_dir());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "the published documents are not at ../shared/spec");
        eprintln!("SKIPPED: the published documents are not at ../shared/spec");
    }
    found
}

/// All documents, the oldest first, by the version in the text.
fn history(folder: &Path) -> Vec<(String, Document)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.join("history")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.push(folder.join("2020-09-14.yml"));
    let mut all: Vec<(String, Document)> = files
        .iter()
        .map(|file| {
            let document = document(file);
            let version = document.api.version.rsplit('_').next().unwrap_or_default().to_owned();
            (version, document)
        })
        .collect();
    let numbers = |version: &str| -> Vec<u32> { version.split('.').map(|number| number.parse().unwrap()).collect() };
    all.sort_by_key(|(version, _)| numbers(version));
    all
}

#[test]
fn what_was_announced_as_breaking_is_found_and_told() {
    let Some(folder) = folder() else { return };
    let documents: HashMap<String, Document> = history(&folder).into_iter().collect();
    let text = std::fs::read_to_string(folder.join("breaking.json")).unwrap();
    let announced: serde_json::Value = serde_json::from_str(&text).unwrap();
    let announced = announced["changes"].as_array().unwrap();
    assert!(announced.len() >= 11, "{}", announced.len());
    let mut diffs: HashMap<(&str, &str), Diff> = HashMap::new();
    for entry in announced {
        let field = |name: &str| entry[name].as_str().unwrap_or_else(|| panic!("{entry} has no {name}"));
        let (from, to, what, at) = (field("from"), field("to"), field("change"), field("at"));
        let diff = diffs.entry((from, to)).or_insert_with(|| diff(&documents[from], &documents[to]));
        let found: Vec<&Change> = diff.changes.iter().filter(|change| change.at.eq_ignore_ascii_case(at)).collect();
        let names: Vec<&str> = found.iter().map(|change| change.what.name()).collect();
        assert!(!found.is_empty(), "{from} -> {to}: {what} at {at} is not reported");
        let expected = match what {
            "endpoint-removed" => "operation-removed",
            // The reference was wrapped to be marked as deprecated, and the type behind it stayed. What did change there is
            // that it need not be given any more.
            "type-changed" if entry["detail"] == "CraCheckReportVerificationPdfReportType -> None" => "became-optional",
            what => what,
        };
        assert!(names.contains(&expected), "{from} -> {to}: {at} is told as {names:?}, not {expected}");
        let breaks = found.iter().any(|change| change.wire.breaks() || change.breaks_build());
        // No operation or webhook leads to this one, so there is nothing to break.
        let is_unreached = documents[to].api.unreached.keys().any(|id| at.split('.').next() == id.name());
        assert!(breaks != is_unreached, "{from} -> {to}: {what} at {at} breaks: {breaks}, unreached: {is_unreached}");
    }
}

#[test]
fn every_step_of_the_history_is_told_and_a_document_differs_from_itself_in_nothing() {
    let Some(folder) = folder() else { return };
    let all = history(&folder);
    assert!(all.len() >= 11, "{}", all.len());
    for (version, document) in &all {
        let same = diff(document, document);
        assert!(same.changes.is_empty(), "{version} differs from itself: {:?}", same.changes.first());
    }
    for pair in all.windows(2) {
        let [(from, old), (to, new)] = pair else { continue };
        let found = diff(old, new);
        assert!(!found.changes.is_empty(), "{from} -> {to}");
        // Each way round, what came in one went in the other.
        let back = diff(new, old);
        let count = |diff: &Diff, name: &str| diff.changes.iter().filter(|change| change.what.name() == name).count();
        for (come, gone) in [
            ("operation-added", "operation-removed"),
            ("schema-added", "schema-removed"),
            ("property-added", "property-removed"),
            ("value-added", "value-removed"),
            ("webhook-added", "webhook-removed"),
            ("became-required", "became-optional"),
            ("became-nullable", "no-longer-nullable"),
            ("constraint-tightened", "constraint-loosened"),
            ("deprecated", "no-longer-deprecated"),
        ] {
            assert_eq!(count(&found, come), count(&back, gone), "{come} from {from} to {to}, {gone} on the way back");
            assert_eq!(count(&found, gone), count(&back, come), "{gone} from {from} to {to}, {come} on the way back");
        }
        // Whatever the surfaces differ in stands under some change.
        let told: usize = found.changes.iter().map(|change| change.build.len()).sum();
        assert_eq!(told, codegen::surface::compare(&old.surface, &new.surface).len(), "{from} -> {to}");
    }
}
