//! A document as the generator understands it, without generating from it: for commands that look at the API.

use codegen::Inputs;
use codegen::config::{Fixups, Sdk};
use codegen::diag::Report;
use codegen::ir::Api;
use codegen::source::Source;
use codegen::{document, fixup, lower, pass, webhook};

/// A document, what was said of it in `spec/`, and the API that both make.
pub struct Understood {
    /// The document with the fixups applied.
    pub source: Source,
    /// `spec/sdk.yaml`.
    pub sdk: Sdk,
    /// The API.
    pub api: Api,
}

/// Takes the stages of the generator up to its emission.
pub fn understand(inputs: &Inputs) -> Result<Understood, String> {
    let mut report = Report::default();
    let [document, sdk, fixups] = [&inputs.document, &inputs.sdk, &inputs.fixups]
        .map(|input| Source::parse(&input.name, &input.text, &mut report));
    let sdk = sdk.and_then(|source| Sdk::read(&source, &mut report));
    let fixups = fixups.and_then(|source| Fixups::read(&source, &mut report));
    let (Some(mut source), Some(sdk), Some(fixups)) = (document, sdk, fixups) else {
        return Err(report.to_string());
    };
    fixup::apply(&mut source.value, &fixups, inputs.strict, &mut report);
    webhook::annotate(&source.name, &mut source.value, &sdk, &mut report);
    let api = document::read(&source, &mut report).map(|document| {
        let mut api = lower::lower(&document, &source.name, &sdk, &mut report);
        pass::run(&mut api, &sdk, &source.name, &mut report);
        api
    });
    match api {
        Some(api) if !report.has_errors() => Ok(Understood { source, sdk, api }),
        _ => {
            source.locate(&mut report);
            Err(report.to_string())
        }
    }
}
