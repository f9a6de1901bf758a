//! Turns an OpenAPI 3.0 document into the generated half of a Rust SDK.
//!
//! A library without I/O: [`generate`] takes texts and gives files, the same bytes for the same input. Its body is the
//! table of contents: one call a stage, in order. `ARCHITECTURE.md` beside `Cargo.toml` is the first thing to read.

pub mod account;
pub mod config;
pub mod diag;
pub mod document;
pub mod emit;
pub mod fixup;
mod format;
mod grammar;
mod ident;
pub mod import;
pub mod ir;
pub mod lower;
pub mod pass;
mod prose;
pub mod source;
pub mod webhook;

use account::Account;
use config::{Fixups, Sdk};
use diag::Report;
use emit::{File, Style};
use source::Source;

/// A text and the name to tell it by.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file's name, as findings give it.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Everything a run reads.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The OpenAPI document, whole or imported.
    pub document: Input,
    /// `sdk.yaml`.
    pub sdk: Input,
    /// `fixups.yaml`.
    pub fixups: Input,
    /// Whether an entry of `sdk.yaml` or `fixups.yaml` that matches nothing is an error, as it is for our own document,
    /// or a note, as for another one.
    pub strict: bool,
    /// How to write the types' serialisation.
    pub style: Style,
    /// How many threads may work at once.
    pub threads: usize,
}

/// Everything a run makes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the generated folder.
    pub files: Vec<File>,
    /// The Cargo features, one a product.
    pub features: Vec<String>,
    /// What was found, made and left out.
    pub account: Account,
    /// What is worth knowing.
    pub notes: Report,
}

/// Generates the SDK. `stage` is told the name of each stage as it ends.
///
/// # Errors
/// All findings of the first stages that can't go on, in one report.
pub fn generate(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Output, Report> {
    let mut report = Report::default();
    let (api, sources) = match understand(inputs, &mut report, stage) {
        (Some(api), sources) if !report.has_errors() => (api, sources),
        (_, sources) => {
            sources.iter().for_each(|source| source.locate(&mut report));
            return Err(report);
        }
    };
    let files = emit::emit(&api, inputs.style, inputs.threads);
    stage("emit and format");
    sources.iter().for_each(|source| source.locate(&mut report));
    let features = api.modules.iter().filter(|module| !module.shared).map(|module| module.name.clone()).collect();
    Ok(Output { files, features, account: Account::of(&api), notes: report })
}

/// From texts to the API, complete but for its emission; and the sources, for the lines of findings.
fn understand(
    inputs: &Inputs,
    report: &mut Report,
    stage: &mut dyn FnMut(&'static str),
) -> (Option<ir::Api>, Vec<Source>) {
    let mut sources: Vec<Source> = Vec::new();
    let parsed =
        [&inputs.document, &inputs.sdk, &inputs.fixups].map(|input| Source::parse(&input.name, &input.text, report));
    stage("read YAML");
    let [document, sdk_source, fixups_source] = parsed;
    let sdk = sdk_source.as_ref().and_then(|source| Sdk::read(source, report));
    let fixups = fixups_source.as_ref().and_then(|source| Fixups::read(source, report));
    sources.extend(sdk_source);
    sources.extend(fixups_source);
    let (Some(mut source), Some(sdk), Some(fixups)) = (document, sdk, fixups) else { return (None, sources) };

    fixup::apply(&mut source.value, &fixups, inputs.strict, report);
    webhook::annotate(&source.name, &mut source.value, &sdk, report);
    stage("fixups and webhooks");
    let document = document::read(&source, report);
    stage("read OpenAPI");
    let api = document.map(|document| {
        let mut api = lower::lower(&document, &source.name, &sdk, report);
        stage("lower");
        pass::run(&mut api, &sdk, &source.name, report);
        // After an error not everything has been looked at.
        if !report.has_errors() {
            sdk.unused(inputs.strict, report);
        }
        stage("passes");
        api
    });
    sources.push(source);
    (api, sources)
}
