//! `cargo xtask openapi`: the API as an OpenAPI 3.1 document.

mod tools;

use std::path::{Path, PathBuf};

use api_tools::openapi::{About, document};
use clap::Args;
use codegen::api_model::Api;
use codegen::api_model::layout::Layout;
use codegen::{Inputs, Output, understand};
use codegen_testing::case;

use crate::files::{self, Plan};
use crate::{r#gen, workspace};

/// What our own document says about itself.
const DESCRIPTION: &str = "\
Plaid's API, described by the plaid-sdk project in its own words. It is not affiliated with Plaid.

Members that begin with `x-` contain what OpenAPI can't say: paging, idempotency, values that must not be printed, enums \
with further values, the pairs of webhooks, and the codes of errors. `codegen/ARCHITECTURE.md` describes each of them. \
Links in descriptions are JSON pointers into this document.";

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
    /// Let other tools read the result: the official meta-schema, the parsers of Scalar and Swagger UI, Redocly's lint, and
    /// Prism. Without --spec, the meta-schema and the parsers read the generator's test cases and the documents in
    /// ../shared/spec as well. The tools are installed from npm into target/openapi.
    #[arg(long)]
    validate: bool,
}

/// Writes the document, or validates it, or both.
pub fn run(args: &OpenapiArgs) -> Result<(), String> {
    let text = of_inputs(&r#gen::inputs(args.spec.as_deref())?)?;
    if let Some(out) = &args.out {
        let path = std::path::absolute(out).map_err(|error| format!("error: {}: {error}", out.display()))?;
        let mut plan = Plan::default();
        plan.put(path, text.clone())?;
        plan.carry_out()?;
        println!("{}: {:.1} MB", out.display(), text.len() as f64 / 1e6);
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

/// Plans the file beside the data of the catalogue.
pub fn put(plan: &mut Plan, output: &Output) -> Result<(), String> {
    plan.put(workspace::sdk().join("catalog/data/openapi.json"), own(&output.api, &output.layout))
}

/// The document of an API that is not ours. Its prose has no licence.
pub fn of_other(output: &Output) -> String {
    document(&output.api, &output.layout, &About::default())
}

/// Our own document.
fn own(api: &Api, layout: &Layout) -> String {
    let about = About { description: Some(DESCRIPTION.to_owned()), license: Some(LICENSE.to_owned()) };
    document(api, layout, &about)
}

/// The document for some inputs. The prose of a published document is not ours, so only our own one has a licence.
fn of_inputs(inputs: &Inputs) -> Result<String, String> {
    let understood = understand(inputs, &mut |_| {}).map_err(|report| report.to_string())?;
    Ok(match inputs.strict {
        true => own(&understood.api, &understood.layout),
        false => document(&understood.api, &understood.layout, &About::default()),
    })
}

/// The generator's test cases, by name.
fn cases() -> Result<Vec<(String, String)>, String> {
    let mut cases = Vec::new();
    for path in files::walk(&workspace::root().join("codegen/tests/cases"))? {
        if path.extension().is_some_and(|extension| extension == "yml") {
            let inputs = Inputs { strict: false, ..case::inputs(&files::read(&path)?) };
            cases.push((name("case", &path), of_inputs(&inputs)?));
        }
    }
    Ok(cases)
}

/// Plaid's published documents, by name, if they are beside the repository. `.ci/run` requires them under CI.
fn published() -> Result<Vec<(String, String)>, String> {
    let mut published = Vec::new();
    for path in files::walk(&workspace::root().join("../shared/spec"))? {
        if path.extension().is_some_and(|extension| extension == "yml") {
            published.push((name("published", &path), of_inputs(&r#gen::inputs(Some(&path))?)?));
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
