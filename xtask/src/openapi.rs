//! `cargo xtask openapi`: the API as an OpenAPI 3.1 document.

use std::path::PathBuf;

use api_tools::openapi::{About, document};
use clap::Args;
use codegen::api_model::Api;
use codegen::api_model::layout::Layout;
use codegen::{Inputs, Output, understand};

use crate::files::Plan;
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
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The document to read instead of spec/plaid.yaml, as published or imported.
    #[arg(long, value_name = "DOCUMENT")]
    spec: Option<PathBuf>,
}

/// Writes the document.
pub fn run(args: &OpenapiArgs) -> Result<(), String> {
    let text = of_inputs(&r#gen::inputs(args.spec.as_deref())?)?;
    let out = std::path::absolute(&args.out).map_err(|error| format!("error: {}: {error}", args.out.display()))?;
    let mut plan = Plan::default();
    plan.put(out, text.clone())?;
    plan.carry_out()?;
    println!("{}: {:.1} MB", args.out.display(), text.len() as f64 / 1e6);
    Ok(())
}

/// Plans the file beside the data of the catalogue.
pub fn put(plan: &mut Plan, output: &Output) -> Result<(), String> {
    plan.put(workspace::sdk().join("catalog/data/openapi.json"), own(&output.api, &output.layout))
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
