//! The generator on the document that the SDK is generated from. The generator's sources contain no name from it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::api_model::{Kind, SkippedKind, TypeId};
use codegen::import::SourceInfo;
use codegen_testing::own;

#[test]
fn everything_is_generated_and_the_committed_files_are_fresh() {
    let output = codegen::generate(&own::inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let summary = &output.summary;
    // The import counts independently: it knows neither types nor what is reached.
    let SourceInfo { holds, version, .. } = own::source();
    assert_eq!(summary.version, version);
    assert_eq!((summary.operations_found, summary.operations), (holds.operations, holds.operations));
    assert_eq!((summary.schemas_found, summary.webhooks), (holds.schemas, holds.webhooks));
    let left = |kind: SkippedKind| -> usize {
        summary.left_out.iter().filter(|((what, _), _)| *what == kind).map(|(_, names)| names.len()).sum()
    };
    assert_eq!(left(SkippedKind::Schema), holds.schemas - summary.schemas);
    assert_eq!(left(SkippedKind::MediaType), 0);
    // Few schemas are left out, and few paths, which are those without a method.
    assert!(summary.schemas * 10 > holds.schemas * 9 && left(SkippedKind::Path) < holds.paths / 10);
    assert!(summary.reconciles());
    assert_eq!(output.features.len() + 1, summary.modules, "each module except the shared one has a feature");

    let folder = Path::new("../plaid-sdk/src/generated");
    let mut made = BTreeSet::new();
    for file in &output.files {
        let committed = std::fs::read_to_string(folder.join(&file.path)).unwrap_or_default();
        // No `assert_eq!`: it would print both files.
        assert!(committed == file.text, "{} is stale; run `cargo xtask gen`", file.path);
        made.insert(file.path.clone());
    }
    let mut there = BTreeSet::new();
    for below in ["", "shared/"] {
        for file in std::fs::read_dir(folder.join(below)).expect("the generated folder") {
            let file = file.expect("a file");
            if file.file_type().expect("its type").is_file() {
                there.insert(format!("{below}{}", file.file_name().into_string().expect("a name")));
            }
        }
    }
    assert_eq!(there, made);
}

#[test]
fn the_enum_of_webhooks_has_a_variant_for_each_pair_of_each_webhook() {
    let api = own::api();
    let names = |id: &TypeId| match &api.types[id].kind {
        Kind::Struct(object) => object.fields.iter().map(|field| field.wire.as_str()).collect::<BTreeSet<_>>(),
        _ => panic!("{id} is not an object"),
    };
    let listed: BTreeSet<_> =
        api.events.iter().map(|event| (event.pair.0.as_str(), event.pair.1.as_str(), names(&event.body))).collect();
    for webhook in &api.webhooks {
        let (kind, code) = (webhook.kind.as_str(), webhook.code.as_str());
        assert!(listed.contains(&(kind, code, names(&webhook.body))), "{kind} {code} of {}", webhook.body);
    }
    assert_eq!(api.events.len(), listed.len(), "two variants for one pair and shape");
}

/// Everything about the API is data: the generator's sources are about OpenAPI and Rust only.
#[test]
fn the_generators_sources_contain_no_name_of_the_api() {
    let api = own::api();
    // Names of one word (`Account`, `Location`) may occur for other reasons.
    let is_telling = |name: &&str| {
        name.chars().filter(char::is_ascii_uppercase).count() > 1 && name.chars().any(|c| c.is_ascii_lowercase())
    };
    let mut names: BTreeSet<&str> = api.types.keys().filter_map(TypeId::name).filter(is_telling).collect();
    names.extend(api.operations.iter().map(|operation| operation.id.as_str()));
    names.insert("plaid");
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(names.len() > 1500 && files.len() > 60, "{} names, {} files", names.len(), files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source");
        for (line, text) in text.lines().enumerate() {
            for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
                let is_name = names.contains(word) || word.to_lowercase().contains("plaid");
                assert!(!is_name, "{}:{}: `{word}` is a name of the API", file.display(), line + 1);
            }
        }
    }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else {
            files.push(path);
        }
    }
}
