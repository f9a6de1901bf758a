//! The stages from texts to a checked document, as one call, for tests of what they say.

use codegen::config::{Fixups, Sdk};
use codegen::diag::Report;
use codegen::source::Source;
use codegen::{document, fixup, import, webhook};

/// The texts of a run.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// `openapi.yaml`.
    pub(crate) document: String,
    /// `sdk.yaml`.
    pub(crate) sdk: String,
    /// `fixups.yaml`.
    pub(crate) fixups: String,
}

/// Runs the stages. Gives the report, with lines, and the imported document where there is one.
pub(crate) fn run(texts: &Texts) -> (Report, Option<String>) {
    let mut report = Report::default();
    let mut document = Source::parse("openapi.yaml", &*texts.document, &mut report);
    let sdk_source = Source::parse("sdk.yaml", &*texts.sdk, &mut report);
    let fixups_source = Source::parse("fixups.yaml", &*texts.fixups, &mut report);
    let sdk = sdk_source.as_ref().and_then(|source| Sdk::read(source, &mut report));
    let fixups = fixups_source.as_ref().and_then(|source| Fixups::read(source, &mut report));
    let mut imported = None;
    if let (Some(document), Some(fixups), Some(sdk)) = (document.as_mut(), fixups, sdk) {
        fixup::apply(&mut document.value, &fixups, true, &mut report);
        if import_or_read(document, &sdk, &mut report, &mut imported) {
            sdk.unused(true, &mut report);
        }
    }
    for source in [document, sdk_source, fixups_source].iter().flatten() {
        source.locate(&mut report);
    }
    (report, imported)
}

/// Both ways a document can go, which must agree on whether it is one.
fn import_or_read(document: &mut Source, sdk: &Sdk, report: &mut Report, imported: &mut Option<String>) -> bool {
    let mut reading = Report::default();
    *imported = import::import(document, sdk, report).map(|imported| imported.yaml);
    let count = webhook::annotate(&document.name, &mut document.value, sdk, &mut reading);
    let read = document::read(document, &mut reading);
    assert!(count == 0 || read.is_none() || !document.value.is_null());
    assert_eq!(imported.is_none(), reading.has_errors(), "importing and reading disagree:\n{report}\n{reading}");
    read.is_some()
}
