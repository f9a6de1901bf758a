//! `cargo xtask spec diff OLD NEW`: the changes between two documents, and what they break for users of the SDK.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use clap::{Args, ValueEnum};
use codegen::diff::{Diff, Document, diff, next, show};
use codegen::{Input, Inputs};

use crate::{r#gen, manifest, workspace};

/// The exit code if something breaks. An error has 1, wrong arguments have 2.
pub const BREAKS: u8 = 3;

/// The arguments of `spec diff`.
#[derive(Args, Clone, Debug)]
pub struct DiffArgs {
    /// The old document: a file, as published or imported, or a git revision with its spec/.
    old: String,
    /// The new document.
    #[arg(default_value = "spec/plaid.yaml")]
    new: String,
    /// The output format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The formats of a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal, worst changes first.
    Text,
    /// For a changelog or a pull request: lists with headings of the third level.
    Markdown,
    /// For tools.
    Json,
}

/// Prints the diff. The exit code is 0 where nothing breaks, else [`BREAKS`].
pub fn run(args: &DiffArgs) -> Result<ExitCode, String> {
    let (old, new) = (inputs(&args.old)?, inputs(&args.new)?);
    let diff = documents(&old, &new)?;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut text = match args.format {
        Format::Text => show::text(&diff, colour),
        Format::Markdown => show::markdown(&diff),
        Format::Json => show::json(&diff),
    };
    if args.format == Format::Text {
        let version = manifest::version()?;
        let then = next(&version, diff.bump()).unwrap_or_else(|| version.clone());
        text.push_str(&format!("next version: {version} -> {then}\n"));
    }
    // It is not an error if the reader, such as `head`, stops early.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(if diff.breaks_wire() || diff.breaks_build() { ExitCode::from(BREAKS) } else { ExitCode::SUCCESS })
}

/// Reads both documents side by side and compares them.
pub fn documents(old: &Inputs, new: &Inputs) -> Result<Diff, String> {
    let read = |inputs: &Inputs| {
        Document::read(inputs).map_err(|report| format!("{report}error: {} can't be compared", inputs.document.name))
    };
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| read(old));
        let new = read(new);
        (old.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(old), Err(new)) => return Err(format!("{old}\n\n{new}")),
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    if old.api.title != new.api.title {
        return Err(format!(
            "error: the documents describe two APIs, `{}` and `{}`; name two documents of the same API",
            old.api.title, new.api.title
        ));
    }
    Ok(diff(&old, &new))
}

/// The inputs of a file or a revision. A file is read with the current data files.
fn inputs(name: &str) -> Result<Inputs, String> {
    let path = Path::new(name);
    let at_root = workspace::root().join(name);
    if path.exists() {
        return r#gen::inputs(Some(path));
    }
    if at_root.exists() {
        return r#gen::inputs(Some(&at_root));
    }
    if name.contains(['/', '\\']) && !is_revision(name) {
        return Err(format!("error: {name}: there is no such file, and git knows no such revision"));
    }
    revision(name)
}

fn is_revision(name: &str) -> bool {
    show_file(name, "spec/plaid.yaml").is_ok()
}

/// A revision's own documents and data.
fn revision(name: &str) -> Result<Inputs, String> {
    let input = |file: &str| {
        let path = format!("spec/{file}");
        Ok::<_, String>(Input { name: format!("{name}:{path}"), text: show_file(name, &path)? })
    };
    let mut inputs = r#gen::inputs(None)?;
    inputs.strict = false;
    inputs.document = input("plaid.yaml")?;
    inputs.sdk = input("sdk.yaml")?;
    inputs.fixups = input("fixups.yaml")?;
    inputs.errors = input("errors.yaml")?;
    // Texts are not part of the API: a new one is not a change.
    inputs.docs = Vec::new();
    Ok(inputs)
}

fn show_file(revision: &str, path: &str) -> Result<String, String> {
    let output = Command::new("git")
        .args(["show", &format!("{revision}:{path}")])
        .current_dir(workspace::root())
        .output()
        .map_err(|error| format!("error: git could not be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "error: {revision} is neither a file nor a git revision with {path}: {}",
            said.lines().next().unwrap_or_default()
        ));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("error: {revision}:{path} is not UTF-8 text"))
}
