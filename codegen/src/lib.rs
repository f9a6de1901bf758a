//! Turns an OpenAPI 3.0 document into the generated half of a Rust SDK.
//!
//! A library without I/O: [`generate`] takes texts and gives files, the same bytes for the same input. Its body is the
//! table of contents: one call a stage, in order. `ARCHITECTURE.md` beside `Cargo.toml` is the first thing to read.

pub mod config;
pub mod diag;
pub mod diff;
pub mod document;
pub mod emit;
pub mod fixup;
mod format;
mod grammar;
mod ident;
pub mod import;
pub use api_model;
mod layout;
pub mod lint;
pub mod lower;
pub mod needs;
pub mod pass;
mod prose;
pub mod reserved;
pub mod source;
pub mod summary;
pub mod surface;
pub mod webhook;

use api_model::Api;
use api_model::layout::Layout;
use config::{Errors, Fixups, Sdk, Texts};
use diag::Report;
use emit::File;
use source::Source;
use summary::Summary;

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
    /// `errors.yaml`.
    pub errors: Input,
    /// The files of `docs`, sorted by name.
    pub docs: Vec<Input>,
    /// Whether an entry of these that matches nothing is an error, as it is for our own document,
    /// or a note, as for another one.
    pub strict: bool,
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
    /// The products, as features are sorted.
    pub products: Vec<Product>,
    /// What was found, made and left out.
    pub summary: Summary,
    /// What is worth knowing.
    pub notes: Report,
}

/// A product of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The name of its module and feature.
    pub name: String,
    /// What it is about, in a line.
    pub about: String,
    /// How many operations it has.
    pub operations: usize,
}

/// A document as the generator understands it.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The document, with the fixups applied and the webhooks marked.
    pub source: Source,
    /// What `sdk.yaml` says of it.
    pub sdk: Sdk,
    /// The API.
    pub api: Api,
    /// How it looks in Rust.
    pub layout: Layout,
    /// What is worth knowing.
    pub notes: Report,
}

/// Generates the SDK. `stage` is told the name of each stage as it ends.
///
/// # Errors
/// All findings of the first stages that can't go on, in one report.
pub fn generate(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Output, Report> {
    let Understood { api, layout, notes, .. } = understand(inputs, stage)?;
    let files = emit::emit(&api, &layout, inputs.threads);
    stage("emit and format");
    let products = products(&api, &layout);
    let features = products.iter().map(|product| product.name.clone()).collect();
    Ok(Output { files, features, products, summary: Summary::of(&api, &layout), notes })
}

fn products(api: &Api, layout: &Layout) -> Vec<Product> {
    let modules = layout.modules.iter().enumerate().filter(|(_, module)| !module.shared);
    let product = |(index, module): (usize, &api_model::layout::Module)| Product {
        name: module.name.clone(),
        about: module.about.clone(),
        operations: layout.operations_of(api, index).count(),
    };
    modules.map(product).collect()
}

/// From texts to the API: every stage but the last.
///
/// # Errors
/// Those of [`generate`].
pub fn understand(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Understood, Report> {
    let mut report = Report::default();
    let sources = [&inputs.document, &inputs.sdk, &inputs.fixups, &inputs.errors]
        .map(|input| Source::parse(&input.name, &input.text, &mut report));
    let docs: Option<Vec<Source>> =
        inputs.docs.iter().map(|input| Source::parse(&input.name, &input.text, &mut report)).collect();
    stage("read YAML");
    let [mut document, sdk, fixups, errors] = sources;
    let api = match (&mut document, &sdk, &fixups, &errors, &docs) {
        (Some(document), Some(sdk), Some(fixups), Some(errors), Some(docs)) => {
            lowered(inputs, document, [sdk, fixups, errors], docs, &mut report, stage)
        }
        _ => None,
    };
    for source in [&document, &sdk, &fixups, &errors].into_iter().flatten().chain(docs.iter().flatten()) {
        source.locate(&mut report);
    }
    match (document, api) {
        (Some(source), Some((sdk, api, layout))) if !report.has_errors() => {
            Ok(Understood { source, sdk, api, layout, notes: report })
        }
        _ => Err(report),
    }
}

fn lowered(
    inputs: &Inputs,
    source: &mut Source,
    [sdk, fixups, errors]: [&Source; 3],
    docs: &[Source],
    report: &mut Report,
    stage: &mut dyn FnMut(&'static str),
) -> Option<(Sdk, Api, Layout)> {
    let sdk = Sdk::read(sdk, report);
    let fixups = Fixups::read(fixups, report);
    let errors = Errors::read(errors, report);
    let texts = Texts::read(docs, report);
    let (sdk, fixups, errors, texts) = (sdk?, fixups?, errors?, texts?);
    fixup::apply(&mut source.value, &fixups, inputs.strict, report);
    webhook::annotate(&source.name, &mut source.value, &sdk, report);
    stage("fixups and webhooks");
    let document = document::read(source, report);
    stage("read OpenAPI");
    let mut api = lower::lower(&document?, &source.name, &sdk, report);
    stage("lower");
    let data = pass::Data { sdk: &sdk, errors: &errors, texts: &texts };
    let layout = pass::run(&mut api, &data, &source.name, inputs.strict, report);
    // After an error not everything has been looked at.
    if !report.has_errors() {
        sdk.unused(inputs.strict, report);
    }
    stage("passes");
    Some((sdk, api, layout))
}
