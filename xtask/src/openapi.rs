//! `cargo xtask openapi`: the API as an OpenAPI 3.1 document.

mod tools;

use std::path::{Path, PathBuf};

use api_tools::openapi::{About, document};
use clap::Args;
use codegen::api_model::Api;
use codegen::api_model::layout::Layout;
use codegen::{Input, Inputs, Output, understand};
use codegen_testing::case;

use crate::files::{self, Plan};
use crate::{r#gen, workspace};

/// What our own document says about itself.
const DESCRIPTION: &str = "\
Plaid's API, described by the plaid-sdk project in its own words. It is not affiliated with Plaid.

Members that begin with `x-` say what OpenAPI can't: paging, idempotency, secrets, open enums and error codes.";

/// The licence of our own document.
const LICENSE: &str = "MIT OR Apache-2.0";

/// The arguments of `openapi`.
#[derive(Args, Clone, Debug)]
pub struct OpenapiArgs {
    /// Write the document to this file.
    #[arg(long, value_name = "FILE", required_unless_present = "validate")]
    out: Option<PathBuf>,
    /// The document to read instead of spec/plaid.yaml, as published or imported.
    #[arg(long, value_name = "DOCUMENT")]
    spec: Option<PathBuf>,
    /// Let other tools read the result: the official meta-schema, the parsers of Swagger and Scalar, Redocly's lint, and
    /// Prism. Without --spec, the generator's test cases and the documents in ../shared/spec are read as well. The tools
    /// are installed from npm into target/openapi.
    #[arg(long)]
    validate: bool,
}

/// Writes the document, or validates it, or both.
pub fn run(args: &OpenapiArgs) -> Result<(), String> {
    let text = of_inputs(&r#gen::inputs(args.spec.as_deref())?, args.spec.is_none())?;
    if let Some(out) = &args.out {
        let mut plan = Plan::default();
        plan.put(std::path::absolute(out).map_err(|error| format!("error: {}: {error}", out.display()))?, text.clone())?;
        plan.carry_out()?;
        println!("{}: {} KB", out.display(), text.len() / 1000);
    }
    if !args.validate {
        return Ok(());
    }
    let mut others = Vec::new();
    if args.spec.is_none() {
        others.extend(cases()?);
        others.extend(published()?);
    }
    tools::validate(&text, &others)
}

/// Plans the file beside the catalogue.
pub fn put(plan: &mut Plan, output: &Output) -> Result<(), String> {
    plan.put(workspace::sdk().join("catalog/openapi.json"), text(&output.api, &output.layout, true)?)
}

fn of_inputs(inputs: &Inputs, is_own: bool) -> Result<String, String> {
    let understood = understand(inputs, &mut |_| {}).map_err(|report| report.to_string())?;
    text(&understood.api, &understood.layout, is_own)
}

/// The document as text. The prose of a published document is not ours, so only our own document has a licence.
fn text(api: &Api, layout: &Layout, is_own: bool) -> Result<String, String> {
    let about = match is_own {
        true => About { description: Some(DESCRIPTION.to_owned()), license: Some(LICENSE.to_owned()) },
        false => About::default(),
    };
    let text = serde_json::to_string_pretty(&document(api, layout, &about));
    text.map(|text| text + "\n").map_err(|error| format!("error: the OpenAPI document: {error}"))
}

/// The generator's test cases, by name.
fn cases() -> Result<Vec<(String, String)>, String> {
    let mut cases = Vec::new();
    for path in files::walk(&workspace::root().join("codegen/tests/cases"))? {
        if path.extension().is_some_and(|extension| extension == "yml") {
            let text = of_inputs(&case::inputs(&files::read(&path)?), false)?;
            cases.push((name("case", &path), text));
        }
    }
    Ok(cases)
}

/// Plaid's published documents, by name, if they are beside the repository. `.ci/run` requires them under CI.
fn published() -> Result<Vec<(String, String)>, String> {
    let folder = workspace::root().join("../shared/spec");
    let mut published = Vec::new();
    for path in files::walk(&folder)? {
        if path.extension().is_some_and(|extension| extension == "yml") {
            let inputs = r#gen::inputs(None)?;
            let document = Input { name: path.display().to_string(), text: files::read(&path)? };
            let text = of_inputs(&Inputs { document, strict: false, ..inputs }, false)?;
            published.push((name("published", &path), text));
        }
    }
    if published.is_empty() {
        eprintln!("SKIPPED: Plaid's published documents, since ../shared/spec does not exist");
    }
    Ok(published)
}

fn name(kind: &str, path: &Path) -> String {
    format!("{kind}-{}", path.file_stem().unwrap_or_default().to_string_lossy())
}
