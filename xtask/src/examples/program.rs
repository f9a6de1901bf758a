//! The program that reads and writes the examples: an SDK generated from the document, and a `main` for it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::Output;
use codegen::api_model::layout::Layout;
use codegen::api_model::{Api, Kind, Type};

use crate::files::{self, Plan};
use crate::{outside, workspace};

/// Its `main.rs`.
const MAIN: &str = include_str!("../../templates/examples.rs");

/// The result for an example.
pub struct Back {
    /// The client's encoding.
    pub json: String,
    /// The encoding by serde's traits, for the types that have them.
    pub serde: Option<String>,
    /// The `Debug` output.
    pub debug: String,
}

/// The types in use, each a row of the program's table.
#[derive(Default)]
pub struct Types(Vec<String>);

impl Types {
    /// The row for a type.
    pub fn row(&mut self, api: &Api, layout: &Layout, ty: &Type) -> usize {
        let has_serde = match ty {
            Type::Named(id) => !matches!(api.types.get(id).map(|def| &def.kind), Some(Kind::Alias(_)) | None),
            _ => false,
        };
        let row = format!("super::{}::<{}>", if has_serde { "serde" } else { "plain" }, rust(layout, ty));
        if let Some(index) = self.0.iter().position(|known| *known == row) {
            return index;
        }
        self.0.push(row);
        self.0.len() - 1
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn table(&self) -> String {
        let mut text = "//! The types of which there are examples.\n\n/// How to read and write each.\n".to_owned();
        text.push_str("pub const TYPES: &[super::Read] = &[\n");
        for row in &self.0 {
            let _ = writeln!(text, "    {row},");
        }
        text.push_str("];\n");
        text
    }
}

/// A type's name in the program.
fn rust(layout: &Layout, ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Decimal | Type::DecimalString => "plaid_sdk::types::Decimal".to_owned(),
        Type::Date => "plaid_sdk::types::NaiveDate".to_owned(),
        Type::DateTime => "plaid_sdk::types::Timestamp".to_owned(),
        Type::Json => "plaid_sdk::serde_json::Value".to_owned(),
        Type::JsonObject => "plaid_sdk::serde_json::Map<String, plaid_sdk::serde_json::Value>".to_owned(),
        Type::List(inner) => format!("Vec<{}>", rust(layout, inner)),
        Type::Map(inner) => format!("std::collections::BTreeMap<String, {}>", rust(layout, inner)),
        Type::Nullable(inner) => format!("Option<{}>", rust(layout, inner)),
        Type::Named(id) => match layout.types.get(id) {
            Some(of) => format!("plaid_sdk::{}::{}", layout.module_name(of.module), of.name),
            None => id.to_string(),
        },
    }
}

/// Writes the program and its SDK, and builds it.
pub fn build(output: &Output, types: &Types) -> Result<PathBuf, String> {
    let home = workspace::root().join("target/examples");
    let mut plan = Plan::default();
    outside::plan(&mut plan, &home.join("sdk"), output)?;
    plan.put(home.join("program/Cargo.toml"), manifest(&output.features))?;
    plan.put(home.join("program/src/main.rs"), MAIN.to_owned())?;
    plan.put(home.join("program/src/types.rs"), types.table())?;
    // The workspace's versions, so that the workspace's build results are reused here.
    if let Some(lock) = files::read_if_there(&workspace::root().join("Cargo.lock"))? {
        let target = home.join("program/Cargo.lock");
        if !target.exists() {
            plan.put(target, lock)?;
        }
    }
    plan.carry_out()?;
    let target = workspace::target();
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet"])
        .current_dir(home.join("program"))
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if !status.success() {
        return Err("error: the program that reads the examples does not build".to_owned());
    }
    Ok(target.join("debug/plaid-examples"))
}

fn manifest(products: &[String]) -> String {
    let products: Vec<String> = products.iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "[package]\nname = \"plaid-examples\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         plaid-sdk = {{ path = \"../sdk\", default-features = false, features = [\"rustls\", \"serde\", {}] }}\n\
         serde = \"1\"\n\n\
         # As in the workspace, whose builds of other crates are used again.\n\
         [profile.dev.package.\"*\"]\ndebug = false\n\n[workspace]\n",
        products.join(", ")
    )
}

/// Runs the program on examples, each with the row of its type.
pub fn run(program: &Path, examples: &[(usize, String)]) -> Result<Vec<Result<Back, String>>, String> {
    let mut lines = String::new();
    for example in examples {
        lines.push_str(&serde_json::to_string(example).map_err(|error| error.to_string())?);
        lines.push('\n');
    }
    let path = workspace::root().join("target/examples/examples.jsonl");
    let failed = |error: std::io::Error| format!("error: {}: {error}", path.display());
    fs::write(&path, lines).map_err(failed)?;
    let output = Command::new(program)
        .stdin(fs::File::open(&path).map_err(failed)?)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("error: {}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    type Line = Result<(String, Option<String>, String), String>;
    let results: Vec<Line> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("error: the program's answer can't be read: {error}"))?;
    if !output.status.success() || results.len() != examples.len() {
        let next = results.len();
        return Err(format!("error: the program stopped at example {next} of {}", examples.len()));
    }
    let back = |(json, serde, debug)| Back { json, serde, debug };
    Ok(results.into_iter().map(|result| result.map(back)).collect())
}
