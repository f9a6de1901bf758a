//! `cargo xtask spec update FILE`: moves the SDK to a new document and prepares the release. On any error it writes nothing.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use codegen::diff::{Diff, Document, diff, next, show};
use codegen::import::Imported;
use codegen::{Input, Inputs, Output, needs};

use super::follows::{self, Origin};
use super::{changelog, fetch, import, lint};
use crate::files::{self, Plan};
use crate::{catalog, r#gen, manifest, openapi, snippets, workspace};

/// The arguments of `spec update`.
#[derive(Args, Clone, Debug)]
pub struct UpdateArgs {
    /// The new document, as Plaid publishes it.
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    file: Option<PathBuf>,
    /// Fetch the document from this HTTPS address.
    #[arg(long, value_name = "URL")]
    from: Option<String>,
    /// The expected SHA-256 of the document, in hexadecimal.
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// The commit of the document in Plaid's repository, recorded in spec/source.yaml.
    #[arg(long)]
    commit: Option<String>,
    /// Accept a document older than the current one.
    #[arg(long)]
    allow_older: bool,
}

/// Moves the SDK to a document.
pub fn run(args: &UpdateArgs) -> Result<(), String> {
    let steps = Steps(Instant::now());
    let document = match (&args.from, &args.file) {
        (Some(url), _) => fetch::fetch(url)?,
        (None, Some(file)) => Input { name: file.display().to_string(), text: files::read(file)? },
        (None, None) => return Err("error: name a file, or pass an address with --from".to_owned()),
    };
    let sha256 = import::sha256(&document.text);
    if let Some(wanted) = args.sha256.as_ref().filter(|wanted| !wanted.eq_ignore_ascii_case(&sha256)) {
        return Err(format!("error: {} has the SHA-256 {sha256}, not {wanted}; nothing was changed", document.name));
    }
    steps.done("read");
    if import::origin()?.is_some_and(|origin| origin.sha256 == sha256) {
        println!("spec/plaid.yaml was imported from {} before; there is nothing to do", document.name);
        return Ok(());
    }
    let (imported, notes) = import::import(&document).map_err(unchanged)?;
    steps.done("import");

    // Not strict: entries that match nothing in the new document are reported below, and those written for the new document
    // match nothing in the old one.
    let current = Inputs { strict: false, ..r#gen::inputs(None)? };
    let inputs = |strict: bool| Inputs {
        document: Input { name: current.document.name.clone(), text: imported.yaml.clone() },
        strict,
        ..current.clone()
    };
    let old = Document::read(&current).map_err(|report| unchanged(report.to_string()))?;
    let new = Document::read(&inputs(false)).map_err(|report| unchanged(report.to_string()))?;
    follows::check([&old.api, &new.api].map(Origin::of), args.allow_older).map_err(unchanged)?;
    let diff = diff(&old, &new);
    steps.done("compare");

    let linted = lint::check(document.clone(), true);
    steps.done("lint");
    let generated = r#gen::generate(&inputs(true), &mut |_| {});
    steps.done("generate");
    eprint!("{}", if notes.findings().is_empty() { String::new() } else { notes.to_string() });
    print!("{}", show::text(&diff, false));
    let mut needs = needs::of(&diff, &new);
    needs.extend(needs::clients(&diff, &new, &snippets::clients()?));
    tell(&needs);
    let output = match (linted, generated) {
        (Ok(_), Ok(output)) => output,
        (linted, generated) => {
            let reports: Vec<String> = [linted.err(), generated.err()].into_iter().flatten().collect();
            return Err(unchanged(reports.join("\n")));
        }
    };
    write(args, &document, &imported, &output, &diff)?;
    steps.done("write");
    print!("{}", output.summary);
    if !needs.is_empty() {
        println!("\n{} to make, listed above; then run `cargo xtask gen`", count(needs.len(), "decision"));
    }
    println!("next: `cargo test --workspace`, read plaid-sdk/CHANGELOG.md, commit");
    Ok(())
}

/// Writes everything or nothing.
fn write(args: &UpdateArgs, document: &Input, imported: &Imported, output: &Output, diff: &Diff) -> Result<(), String> {
    let mut plan = Plan::default();
    import::put(&mut plan, imported, document, args.commit.clone())?;
    r#gen::put_generated(&mut plan, &workspace::sdk().join("src/generated"), output)?;
    r#gen::put_products(&mut plan, output)?;
    catalog::put(&mut plan, output)?;
    openapi::put(&mut plan, output)?;
    let before = manifest::version()?;
    let Some(version) = next(&before, diff.bump()) else {
        return Err(unchanged(format!(
            "error: plaid-sdk/Cargo.toml: the version `{before}` does not have three numbers"
        )));
    };
    let path = workspace::sdk().join("Cargo.toml");
    let text = manifest::with_features(&files::read(&path)?, &output.features)?;
    plan.put(path, manifest::with_version(&text, &version)?)?;
    let path = workspace::sdk().join("emulator/Cargo.toml");
    let text = files::read(&path)?;
    plan.put(path, manifest::with_requirement(&text, &version)?)?;
    let lock = workspace::root().join("Cargo.lock");
    if let Some(text) = files::read_if_there(&lock)? {
        plan.put(lock, manifest::lock_with_version(&text, &version)?)?;
    }
    if version != before {
        let path = workspace::sdk().join("CHANGELOG.md");
        let old = files::read_if_there(&path)?;
        plan.put(path, changelog::with_entry(old.as_deref(), &version, &import::today(), diff)?)?;
    }
    plan.carry_out()?;
    let (written, removed, same) = plan.counts();
    println!("\n{}", import::said(imported));
    println!("version      {before} -> {version}");
    println!("files        {written} written, {removed} removed, {same} unchanged");
    Ok(())
}

fn tell(needs: &[needs::Need]) {
    if needs.is_empty() {
        return;
    }
    println!("\nDecisions to make:");
    for need in needs {
        print!("- {need}");
    }
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", codegen::diag::plural(count))
}

fn unchanged(message: String) -> String {
    format!("{}\nnothing was changed", message.trim_end())
}

/// Reports each step with the time since the start.
struct Steps(Instant);

impl Steps {
    fn done(&self, what: &str) {
        eprintln!("{:>6.2} s  {what}", self.0.elapsed().as_secs_f64());
    }
}
