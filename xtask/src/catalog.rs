//! The data of the crate `plaid-catalog`.

use std::path::PathBuf;

use api_tools::data::Data;
use codegen::Output;

use crate::files::Plan;
use crate::workspace;

/// A file of the catalog's data.
fn file(name: &str) -> PathBuf {
    workspace::sdk().join("catalog/data").join(name)
}

/// Puts the data into the crate: `api.json` for everybody, and `api.bin`, which is the same, for the crate itself.
pub fn put(plan: &mut Plan, output: &Output) -> Result<(), String> {
    let data = Data { api: output.api.clone(), layout: output.layout.clone() };
    let json = data.to_json().map_err(|error| format!("error: the catalog as JSON: {error}"))?;
    let bytes = data.to_bytes().map_err(|error| format!("error: the catalog as bytes: {error}"))?;
    plan.put(file("api.json"), json)?;
    plan.put(file("api.bin"), bytes)
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
