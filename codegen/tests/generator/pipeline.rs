//! The stages from texts to a checked document as one call, for tests of their reports.

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

/// Runs the stages, with `last` as the one that takes the corrected document. Returns the report, with lines.
pub(crate) fn stages(texts: &Texts, last: impl FnOnce(&mut Source, &Sdk, &mut Report)) -> Report {
    let mut report = Report::default();
    let mut document = Source::parse("openapi.yaml", &*texts.document, &mut report);
    let sdk_source = Source::parse("sdk.yaml", &*texts.sdk, &mut report);
    let fixups_source = Source::parse("fixups.yaml", &*texts.fixups, &mut report);
    let sdk = sdk_source.as_ref().and_then(|source| Sdk::read(source, &mut report));
    let fixups = fixups_source.as_ref().and_then(|source| Fixups::read(source, &mut report));
    if let (Some(document), Some(fixups), Some(sdk)) = (document.as_mut(), fixups, sdk) {
        fixup::apply(&mut document.value, &fixups, true, &mut report);
        last(document, &sdk, &mut report);
    }
    for source in [document, sdk_source, fixups_source].iter().flatten() {
        source.locate(&mut report);
    }
    report
}

/// Reads the document as `gen` does.
pub(crate) fn read(document: &mut Source, sdk: &Sdk, report: &mut Report) -> bool {
    webhook::annotate(&document.name, &mut document.value, sdk, report);
    document::read(document, report).is_some()
}

/// Reads and imports a document. Both must agree on whether it is valid. Returns the report, and the imported document if
/// it is.
pub(crate) fn run(texts: &Texts) -> (Report, Option<String>) {
    let mut imported = None;
    let report = stages(texts, |document, sdk, report| {
        imported = import::import(document, sdk, report).map(|imported| imported.yaml);
        let mut reading = Report::default();
        let is_read = read(document, sdk, &mut reading);
        assert_eq!(imported.is_none(), reading.has_errors(), "importing and reading disagree:\n{report}\n{reading}");
        if is_read {
            sdk.unused(true, report);
        }
    });
    (report, imported)
}
