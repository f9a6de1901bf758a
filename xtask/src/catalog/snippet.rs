//! `cargo xtask catalog snippet`: the code of a call.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use api_tools::catalog::Catalog;
use api_tools::json;
use api_tools::samples::Size;
use api_tools::snippets::{Address, Language, Sources, snippet};
use clap::Args;
use codegen::api_model::{Sample, Samples};

use crate::{files, snippets};

/// What to show.
#[derive(Args)]
pub struct SnippetArgs {
    /// An operationId, a method of the SDK, or a path.
    operation: String,
    /// The body of the request as JSON; `-` reads standard input. Without it, the operation's sample is shown.
    file: Option<PathBuf>,
    /// The path, query and header parameters, as one JSON object. Without them, the operation's sample is shown.
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// The language: rust, curl, node, typescript, python, go, java or ruby.
    #[arg(long, default_value = "rust")]
    lang: String,
    /// Send the call to a gateway at this base URL, which has the credentials.
    #[arg(long, value_name = "URL")]
    gateway: Option<String>,
}

/// The code, as text.
pub fn text(catalog: &Catalog, args: &SnippetArgs) -> Result<String, String> {
    let language = Language::of(&args.lang).map_err(|error| format!("error: {error}"))?;
    let operation = catalog.find_operation(&args.operation).map_err(|unknown| format!("error: {unknown}"))?;
    let sampler = catalog.sampler();
    let request = match &args.file {
        Some(file) => Some(read(file)?),
        None => sampler.request(operation, Size::Minimal),
    };
    let parameters = match &args.parameters {
        Some(file) => Some(read(file)?),
        None => sampler.parameters(operation, Size::Minimal),
    };
    let clients = snippets::clients()?;
    let sources = Sources { api: catalog.api(), layout: catalog.layout(), clients: &clients };
    let address = args.gateway.as_deref().map_or(Address::Api, Address::Gateway);
    let code = snippet(sources, &operation.id, &Samples { request, parameters }, language, address);
    Ok(code.map_err(|error| format!("error: {}: {error}", operation.id))?.text())
}

fn read(file: &Path) -> Result<Sample, String> {
    let is_input = file == Path::new("-");
    let name = if is_input { "standard input".to_owned() } else { file.display().to_string() };
    let text = if is_input {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| format!("error: {name}: {error}"))?;
        text
    } else {
        files::read(file)?
    };
    json::parse(&text).map_err(|error| format!("error: {name} is not JSON: {error}"))
}
