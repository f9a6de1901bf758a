//! Turns an OpenAPI 3.0 document into the generated half of a Rust SDK.
//!
//! A library without I/O: [`generate`] takes texts and returns files, the same bytes for the same input. Its body is
//! the table of contents: one call per stage, in order. Read `ARCHITECTURE.md`, next to `Cargo.toml`, first.

pub mod clients;
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

/// A text and its name.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file's name, as messages show it.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The inputs of a run.
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
    /// Whether an entry of these files that matches nothing is an error, as for our own document, or a note, as for
    /// another one.
    pub strict: bool,
    /// How many threads to use.
    pub threads: usize,
}

/// The results of a run.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the generated folder.
    pub files: Vec<File>,
    /// The Cargo features, one per product.
    pub features: Vec<String>,
    /// The products, in the order of the features.
    pub products: Vec<Product>,
    /// The counts: what was found, generated and left out.
    pub summary: Summary,
    /// The notes.
    pub notes: Report,
    /// The API.
    pub api: Api,
    /// How it looks in Rust.
    pub layout: Layout,
}

/// A product of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The name of its module and feature.
    pub name: String,
    /// What it is about, in one line.
    pub about: String,
    /// How many operations it has.
    pub operations: usize,
}

/// A document as the generator understands it.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The document, with the fixups applied and the webhooks marked.
    pub source: Source,
    /// The contents of `sdk.yaml`.
    pub sdk: Sdk,
    /// The API.
    pub api: Api,
    /// How it looks in Rust.
    pub layout: Layout,
    /// The notes.
    pub notes: Report,
}

/// Generates the SDK. `stage` is called with the name of each stage when it ends.
///
/// # Errors
/// All errors and notes up to the first stage that fails, in one report.
pub fn generate(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Output, Report> {
    let output = understand(inputs, stage)?.emit(inputs.threads);
    stage("emit and format");
    Ok(output)
}

impl Understood {
    /// Generates the SDK.
    pub fn emit(self, threads: usize) -> Output {
        let Self { api, layout, notes, .. } = self;
        let files = emit::emit(&api, &layout, threads);
        let products = products(&api, &layout);
        let features = products.iter().map(|product| product.name.clone()).collect();
        let summary = Summary::of(&api, &layout);
        Output { files, features, products, summary, notes, api, layout }
    }
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
/// The same as for [`generate`].
pub fn understand(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Understood, Report> {
    let ([mut document, sdk, fixups, errors], docs, mut report) = parsed(inputs);
    stage("read YAML");
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

/// The files, and the errors in them. The docs are read beside the document, which is not much longer.
fn parsed(inputs: &Inputs) -> ([Option<Source>; 4], Option<Vec<Source>>, Report) {
    let parse = |input: &Input, report: &mut Report| Source::parse(&input.name, &input.text, report);
    let read_docs = || {
        let mut report = Report::default();
        (inputs.docs.iter().map(|input| parse(input, &mut report)).collect(), report)
    };
    std::thread::scope(|scope| {
        let other = (inputs.threads > 1).then(|| scope.spawn(read_docs));
        let mut report = Report::default();
        let sources = [&inputs.document, &inputs.sdk, &inputs.fixups, &inputs.errors];
        let sources = sources.map(|input| parse(input, &mut report));
        let (docs, mut of_docs) = match other {
            Some(other) => other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            None => read_docs(),
        };
        report.findings_mut().append(of_docs.findings_mut());
        (sources, docs, report)
    })
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
    // After an error, not everything has been checked.
    if !report.has_errors() {
        sdk.unused(inputs.strict, report);
    }
    stage("passes");
    Some((sdk, api, layout))
}
