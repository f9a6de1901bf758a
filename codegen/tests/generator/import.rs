//! What the import keeps of a published document and what it drops.

use crate::pipeline::{Texts, run};
use codegen::config::Sdk;
use codegen::diag::Report;
use codegen::import::{Holds, SourceInfo, import};
use codegen::source::Source;
use codegen_testing::{own, published};

#[test]
fn the_interface_is_kept_and_the_prose_is_not() {
    let texts = Texts {
        document: include_str!("mutations/small.yml").to_owned(),
        sdk: "webhooks: {type_property: kind, code_property: code}".to_owned(),
        fixups: "[]".to_owned(),
    };
    insta::assert_snapshot!(run(&texts).1.expect("a good document"));
}

#[test]
fn everything_in_the_published_documents_interface_is_kept() {
    let Some(published) = published::imported() else { return };
    let mut report = Report::default();
    let mut parse = |name: &str, text: String| Source::parse(name, text, &mut report).expect("YAML");
    let rule = "webhooks: {type_property: webhook_type, code_property: webhook_code}";
    let (document, sdk) = (parse("openapi.yaml", published.text), parse("sdk.yaml", rule.to_owned()));
    let sdk = Sdk::read(&sdk, &mut report).expect("an SDK");
    let imported = import(&document, &sdk, &mut report).unwrap_or_else(|| panic!("{report}"));
    let counts = &imported.counts;
    assert_eq!(counts.holds, own::source().holds);
    assert!(serde_yaml::from_str::<openapiv3::OpenAPI>(&imported.yaml).is_ok(), "openapiv3 can't read it");

    let again = Source::parse("plaid.yaml", &*imported.yaml, &mut report).expect("YAML");
    let again = import(&again, &sdk, &mut report).unwrap_or_else(|| panic!("{report}"));
    assert!(again.yaml == imported.yaml, "importing what was imported changes it");
    assert!(again.counts.dropped.is_empty(), "{:?}", again.counts.dropped);
}

#[test]
fn a_second_import_of_the_same_file_keeps_the_date() {
    let info = |sha256: &str, date: &str, commit: Option<&str>| SourceInfo {
        version: "1".to_owned(),
        commit: commit.map(str::to_owned),
        sha256: sha256.to_owned(),
        date: date.to_owned(),
        holds: Holds::default(),
    };
    let first = info("aa", "2026-01-01", Some("c"));
    assert_eq!(info("aa", "2026-02-02", None).or_earlier(Some(first.clone())), first);
    assert_eq!(info("bb", "2026-02-02", None).or_earlier(Some(first)), info("bb", "2026-02-02", None));
    assert_eq!(info("bb", "2026-02-02", None).or_earlier(None), info("bb", "2026-02-02", None));
}
