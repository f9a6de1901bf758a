//! `cargo xtask gen`.

use std::path::Path;
use std::time::Instant;

use codegen::{Input, Inputs, Output};

use crate::GenArgs;
use crate::files::{self, Plan};
use crate::last_run::Run;
use crate::{catalog, manifest, openapi, outside, readme, workspace};

/// How much of a diff `--check` shows.
const DIFF_LINES: usize = 200;

/// Generates the code and writes it, or checks that it is fresh.
pub fn run(args: &GenArgs) -> Result<(), String> {
    if args.spec.is_some() && args.out.is_none() && !args.check {
        return Err("error: --spec needs --out DIR: the SDK itself is generated from spec/plaid.yaml only".to_owned());
    }
    let start = Instant::now();
    // A check always generates: it must not depend on what an earlier run recorded.
    let own = args.spec.is_none() && args.out.is_none() && !args.check;
    let run = if own { Some(Run::begin()?) } else { None };
    if let Some(run) = &run
        && run.is_repeated()?
    {
        println!("nothing has changed since the last run");
        return Ok(());
    }
    let output = generate(&inputs(args.spec.as_deref())?, &mut |_| {})?;
    let mut plan = Plan::default();
    match &args.out {
        Some(folder) => outside::plan(&mut plan, folder, &output)?,
        None => inside(&mut plan, &output)?,
    }
    if args.check {
        return check(&plan, args);
    }
    plan.carry_out()?;
    if let Some(run) = &run {
        run.finish(&plan)?;
    }
    let (written, removed, unchanged) = plan.counts();
    print!("{}", output.summary);
    if args.out.is_none() {
        println!("catalog      {}", catalog::sizes()?);
    }
    println!("files        {written} written, {removed} removed, {unchanged} unchanged");
    if let Some(folder) = &args.out {
        println!("crate        {} (build it with `cargo check` there)", folder.display());
    }
    println!("time         {:.2} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Everything the generator reads: our data files with spec/plaid.yaml or another document.
pub fn inputs(spec: Option<&Path>) -> Result<Inputs, String> {
    let own = workspace::spec("plaid.yaml");
    let document = spec.unwrap_or(&own);
    let input = |path: &Path| Ok::<_, String>(Input { name: workspace::shown(path), text: files::read(path)? });
    Ok(Inputs {
        document: input(document)?,
        sdk: input(&workspace::spec("sdk.yaml"))?,
        fixups: input(&workspace::spec("fixups.yaml"))?,
        errors: input(&workspace::spec("errors.yaml"))?,
        docs: files::visible(&workspace::spec("docs"))?.iter().map(|path| input(path)).collect::<Result<_, _>>()?,
        strict: spec.is_none(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    })
}

/// Runs the generator. Prints its notes to standard error.
pub fn generate(inputs: &Inputs, stage: &mut dyn FnMut(&'static str)) -> Result<Output, String> {
    let output = codegen::generate(inputs, stage).map_err(|report| report.to_string())?;
    if !output.notes.findings().is_empty() {
        eprint!("{}", output.notes);
    }
    if !output.summary.reconciles() {
        return Err(format!(
            "{}error: the summary does not add up: something was found that is neither generated nor left out; nothing was written",
            output.summary
        ));
    }
    Ok(output)
}

/// The SDK's own generated folder and feature table, the OpenAPI document, and the table of products in the README.
fn inside(plan: &mut Plan, output: &Output) -> Result<(), String> {
    put_generated(plan, &workspace::sdk().join("src/generated"), output)?;
    let path = workspace::sdk().join("Cargo.toml");
    plan.put(path.clone(), manifest::with_features(&files::read(&path)?, &output.features)?)?;
    put_products(plan, output)?;
    catalog::put(plan, output)?;
    openapi::put(plan, output)
}

/// Puts the table of products into the README.
pub fn put_products(plan: &mut Plan, output: &Output) -> Result<(), String> {
    let path = workspace::root().join("README.md");
    plan.put(path.clone(), readme::with_products(&files::read(&path)?, &output.products, &output.summary)?)
}

/// Puts the generated files into a folder that contains nothing else.
pub fn put_generated(plan: &mut Plan, folder: &Path, output: &Output) -> Result<(), String> {
    let mut kept = Vec::new();
    for file in &output.files {
        let path = folder.join(&file.path);
        kept.push(path.clone());
        plan.put(path, file.text.clone())?;
    }
    plan.own(folder, &kept)
}

fn check(plan: &Plan, args: &GenArgs) -> Result<(), String> {
    if plan.is_empty() {
        println!("all {} generated files are fresh", plan.counts().2);
        return Ok(());
    }
    let (stale, extra, _) = plan.counts();
    let mut command = "cargo xtask gen".to_owned();
    for (flag, path) in [("--spec", &args.spec), ("--out", &args.out)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", path.display()));
        }
    }
    Err(format!(
        "{}error: {stale} generated files are stale and {extra} are no longer generated; run `{command}` and commit the result",
        plan.diff(DIFF_LINES)
    ))
}
