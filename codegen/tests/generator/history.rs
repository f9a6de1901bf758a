//! Changes between Plaid's published documents. Those that Plaid announced as breaking are found at the right place, and
//! reported as breaking unless nothing reaches them.

use std::collections::HashMap;
use std::sync::LazyLock;

use codegen::Input;
use codegen::diff::{Change, Diff, Document, diff};
use codegen_testing::{own, published};

/// All documents, the oldest first, by the version in the text.
type History = Vec<(String, Document)>;

/// The documents are read once for both tests, which takes longer than they do.
fn history() -> Option<&'static History> {
    static HISTORY: LazyLock<Option<History>> = LazyLock::new(|| published::all().map(read_all));
    HISTORY.as_ref()
}

fn read_all(mut some: Vec<Input>) -> History {
    let others = some.split_off(some.len() / 2);
    let read_half = |half: Vec<Input>| half.into_iter().map(read).collect::<History>();
    let mut all = std::thread::scope(|scope| {
        let others = scope.spawn(|| read_half(others));
        let mut all = read_half(some);
        all.extend(others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    });
    let numbers = |version: &str| -> Vec<u32> { version.split('.').map(|number| number.parse().unwrap()).collect() };
    all.sort_by_key(|(version, _)| numbers(version));
    all
}

fn read(published: Input) -> (String, Document) {
    let inputs = own::inputs_for(published);
    let document = Document::read(&inputs).unwrap_or_else(|report| panic!("{}: {report}", inputs.document.name));
    let version = document.api.version.rsplit('_').next().unwrap_or_default().to_owned();
    (version, document)
}

#[test]
fn announced_breaking_changes_are_reported() {
    let (Some(folder), Some(history)) = (published::folder(), history()) else { return };
    let documents: HashMap<&str, &Document> =
        history.iter().map(|(version, document)| (version.as_str(), document)).collect();
    let text = std::fs::read_to_string(folder.join("breaking.json")).unwrap();
    let announced: serde_json::Value = serde_json::from_str(&text).unwrap();
    let announced = announced["changes"].as_array().unwrap();
    assert!(announced.len() >= 11, "{}", announced.len());
    let mut diffs: HashMap<(&str, &str), Diff> = HashMap::new();
    for entry in announced {
        let field = |name: &str| entry[name].as_str().unwrap_or_else(|| panic!("{entry} has no {name}"));
        let (from, to, what, at) = (field("from"), field("to"), field("change"), field("at"));
        let diff = diffs.entry((from, to)).or_insert_with(|| diff(documents[from], documents[to]));
        let found: Vec<&Change> = diff.changes.iter().filter(|change| change.at.eq_ignore_ascii_case(at)).collect();
        let names: Vec<&str> = found.iter().map(|change| change.what.name()).collect();
        assert!(!found.is_empty(), "{from} -> {to}: {what} at {at} is not reported");
        let expected = match what {
            "endpoint-removed" => "operation-removed",
            // The reference was wrapped in `allOf` to deprecate it, and the type is the same. The change is that the
            // property is no longer required.
            "type-changed" if entry["detail"] == "CraCheckReportVerificationPdfReportType -> None" => "became-optional",
            what => what,
        };
        assert!(names.contains(&expected), "{from} -> {to}: {at} is reported as {names:?}, not {expected}");
        let breaks = found.iter().any(|change| change.wire.breaks() || change.breaks_build());
        // No operation or webhook reaches this schema, so the change breaks nothing.
        let is_unreached = documents[to].api.unreached.keys().any(|id| at.split('.').next() == id.name());
        assert!(breaks != is_unreached, "{from} -> {to}: {what} at {at} breaks: {breaks}, unreached: {is_unreached}");
    }
}

#[test]
fn each_new_document_has_changes_and_none_differs_from_itself() {
    let Some(all) = history() else { return };
    assert!(all.len() >= 11, "{}", all.len());
    for (version, document) in all {
        let same = diff(document, document);
        assert!(same.changes.is_empty(), "{version} differs from itself: {:?}", same.changes.first());
    }
    for pair in all.windows(2) {
        let [(from, old), (to, new)] = pair else { continue };
        let found = diff(old, new);
        assert!(!found.changes.is_empty(), "{from} -> {to}");
        // What the diff adds, the reverse diff removes.
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
        // Each difference of the public items belongs to a change.
        let told: usize = found.changes.iter().map(|change| change.build.len()).sum();
        assert_eq!(told, codegen::surface::compare(&old.surface, &new.surface).len(), "{from} -> {to}");
    }
}
