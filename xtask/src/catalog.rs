//! `cargo xtask catalog`, and the data of the crate `plaid-catalog`.

mod find;
mod page;
mod show;
mod snippet;
mod words;

use std::path::PathBuf;

use api_tools::catalog::Catalog;
use api_tools::data::Data;
use clap::Subcommand;
use codegen::Output;

use crate::files::{self, Plan};
use crate::workspace;

/// What to look up in the catalog.
#[derive(Subcommand)]
pub enum CatalogCommand {
    /// Show everything about an operation: docs, properties, a sample, error codes, webhooks, what to call next.
    Show {
        /// An operationId, a method of the SDK, or a path: transactionsSync, transactions_sync, /transactions/sync.
        operation: String,
        /// How many levels of properties to show.
        #[arg(long, default_value_t = 2)]
        depth: usize,
    },
    /// Show the code of a call of an operation, in a language.
    Snippet(snippet::SnippetArgs),
    /// Search operations, properties, webhooks and error codes.
    Search {
        /// Words, a path, or a name.
        #[arg(required = true)]
        query: Vec<String>,
        /// How many results to show.
        #[arg(long, default_value_t = 8)]
        limit: usize,
    },
}

/// Looks something up and prints it.
pub fn run(command: &CatalogCommand) -> Result<(), String> {
    let catalog = read()?;
    match command {
        CatalogCommand::Show { operation, depth } => {
            let page = show::page(&catalog, operation, *depth).map_err(|unknown| format!("error: {unknown}"))?;
            print!("{page}");
        }
        CatalogCommand::Snippet(args) => print!("{}", snippet::text(&catalog, args)?),
        CatalogCommand::Search { query, limit } => print!("{}", find::page(&catalog, &query.join(" "), *limit)),
    }
    Ok(())
}

/// The catalog on disk. This command does not use the crate `plaid-catalog`, since `gen` writes that crate's data.
pub fn read() -> Result<Catalog, String> {
    let path = file("api.json");
    let data = Data::from_json(&files::read(&path)?).map_err(|error| {
        format!("error: {}: {error}; if the model has changed, run `cargo xtask gen`", workspace::shown(&path))
    })?;
    Ok(Catalog::new(data))
}

/// A file of the catalog's data.
fn file(name: &str) -> PathBuf {
    workspace::sdk().join("catalog/data").join(name)
}

/// Puts the data into the crate: `api.json` for everybody, and `api.bin`, which is the same, for the crate itself.
/// `clients.json` is for snippets.
pub fn put(plan: &mut Plan, output: &Output) -> Result<(), String> {
    let words = words::read(&output.api)?;
    let data = Data { api: output.api.clone(), layout: output.layout.clone(), words };
    let json = data.to_json().map_err(|error| format!("error: the catalog as JSON: {error}"))?;
    let bytes = data.to_bytes().map_err(|error| format!("error: the catalog as bytes: {error}"))?;
    plan.put(file("api.json"), json)?;
    plan.put(file("api.bin"), bytes)?;
    let clients =
        crate::snippets::clients()?.to_json().map_err(|error| format!("error: the clients as JSON: {error}"))?;
    plan.put(file("clients.json"), clients + "\n")
}

/// The sizes of the files, for the summary of `gen`.
pub fn sizes() -> Result<String, String> {
    let size = |name: &str| {
        let path = file(name);
        let size = std::fs::metadata(&path).map_err(|error| format!("error: {}: {error}", path.display()))?.len();
        Ok::<_, String>(format!("{name} {:.1} MB", size as f64 / 1e6))
    };
    Ok(format!("{}, {}, {}", size("api.json")?, size("api.bin")?, size("openapi.json")?))
}
