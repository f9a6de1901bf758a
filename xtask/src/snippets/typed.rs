//! Snippets with typed clients. The clients are not in a registry, so each language gets a client of stubs, made of the
//! names in `spec/clients/`: a snippet that uses another name, or a value of another type, does not compile. The stubs
//! print what a method would send, and that is compared with the sample.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use api_tools::samples::{SIZES, Sampler, Size};
use api_tools::snippets::client::Facts;
use api_tools::snippets::{Address, Call, Language, snippet};
use codegen::api_model::Sample;

use super::compare::difference;
use crate::{files, r#gen, workspace};

/// How the snippets of a language are checked.
pub trait Check {
    /// The language.
    const LANGUAGE: Language;
    /// Writes the client of stubs and the snippets to a folder.
    fn write(&self, folder: &Path, facts: &Facts, cases: &[Case]) -> Result<(), String>;
    /// Checks the syntax, compiles, runs all that use the client, and returns what was printed.
    fn run(&self, folder: &Path, cases: &[Case]) -> Result<String, String>;
}

/// A snippet.
pub struct Case {
    /// Its name: operation and size.
    pub name: String,
    /// Its code.
    pub text: String,
    /// Whether it uses the client.
    pub uses_client: bool,
    /// What it sends: the body as `body`, and parameters by their names.
    pub sends: Sample,
}

/// Checks all snippets of a language.
pub fn run<C: Check>(check: &C) -> Result<(), String> {
    let folder = workspace::target().join("snippets").join(C::LANGUAGE.id());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("error: {}: {error}", folder.display()))?;
    }
    let clients = clients()?;
    let Some((_, facts)) = clients.of(C::LANGUAGE) else {
        return Err(format!("error: spec/clients has no data for {}", C::LANGUAGE.title()));
    };
    let api = codegen::understand(&r#gen::inputs(None)?, &mut |_| {}).map_err(|report| report.to_string())?.api;
    if facts.document != api.version {
        return Err(format!(
            "error: spec/clients/{}.yaml is of the document {}, and the API is {}: run xtask/clients/generated_facts.py",
            C::LANGUAGE.id(),
            facts.document,
            api.version
        ));
    }
    let sampler = Sampler::new(&api);
    let mut cases = Vec::new();
    for operation in &api.operations {
        for size in SIZES {
            let (body, parameters) = (sampler.request(operation, size), sampler.parameters(operation, size));
            let call = Call {
                api: &api,
                clients: &clients,
                operation,
                body: body.as_ref(),
                parameters: parameters.as_ref(),
                address: Address::Api,
            };
            let code = snippet(&call, C::LANGUAGE).map_err(|error| format!("error: {}: {error}", operation.id))?;
            let text = code.text();
            let size = if size == Size::Full { "full" } else { "minimal" };
            let mut sends: Vec<(String, Sample)> = body.map(|body| ("body".to_owned(), body)).into_iter().collect();
            if let Some(Sample::Object(parameters)) = parameters {
                sends.extend(parameters);
            }
            let uses_client = !is_plain(&text);
            cases.push(Case {
                name: format!("{}_{size}", operation.id),
                text,
                uses_client,
                sends: Sample::Object(sends),
            });
        }
    }
    check.write(&folder, facts, &cases)?;
    let printed = check.run(&folder, &cases)?;
    let sent = compare(&cases, &printed)?;
    let plain: Vec<&str> = cases.iter().filter(|case| !case.uses_client).map(|case| case.name.as_str()).collect();
    println!(
        "{}: {} snippets have no mistake of syntax; {sent} call {} {} with exactly their sample; {} are plain HTTP: {}",
        C::LANGUAGE.title(),
        cases.len(),
        facts.package,
        facts.version,
        plain.len(),
        plain.join(", ")
    );
    Ok(())
}

fn clients() -> Result<api_tools::snippets::Clients, String> {
    let input = |path: PathBuf| Ok(codegen::Input { name: workspace::shown(&path), text: files::read(&path)? });
    let facts =
        files::visible(&workspace::spec("clients"))?.into_iter().map(input).collect::<Result<Vec<_>, String>>()?;
    codegen::clients::read(&input(workspace::spec("clients.yaml"))?, &facts)
}

fn is_plain(text: &str) -> bool {
    let comment = text.lines().filter_map(|line| line.strip_prefix("//").or_else(|| line.strip_prefix('#')));
    comment.collect::<String>().contains("o this is plain HTTP.")
}

/// Compares what was printed with the samples. Returns the number of calls.
fn compare(cases: &[Case], printed: &str) -> Result<usize, String> {
    let mut lines = printed.lines().filter_map(|line| line.strip_prefix("SENT "));
    let mut problems = Vec::new();
    let mut sent = 0;
    for case in cases.iter().filter(|case| case.uses_client) {
        let Some((name, json)) = lines.next().and_then(|line| line.split_once(' ')) else {
            return Err(format!("error: {} sends nothing; before it were {sent} calls:\n{printed}", case.name));
        };
        if name != case.name {
            return Err(format!("error: {} sends nothing, and {name} is the next that does", case.name));
        }
        let json =
            api_tools::json::parse(json).map_err(|error| format!("error: {name} sends no JSON: {error}: {json}"))?;
        let rounded = case.text.contains(" rounds the digits of ");
        match difference(&case.sends, &json, rounded) {
            None => sent += 1,
            Some(difference) => problems.push(format!("error: {name}{difference}")),
        }
    }
    if let Some(line) = lines.next() {
        problems.push(format!("error: there is one call too many: {line}"));
    }
    if problems.is_empty() { Ok(sent) } else { Err(problems.join("\n")) }
}

/// Writes a file of a folder.
pub fn put(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = folder.join(name);
    let failed = |error: std::io::Error| format!("error: {}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(&path, text).map_err(failed)
}

/// Runs a command in a folder, and returns what it prints.
pub fn command(folder: &Path, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<String, String> {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).envs(variables.iter().copied());
    let output = command.output().map_err(|error| format!("error: {name}: {error}; is it installed?"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let told: Vec<String> = text(&output.stderr).lines().take(40).map(ToOwned::to_owned).collect();
    Err(format!(
        "error: {name} {} in {}: {}\n{}",
        arguments.join(" "),
        folder.display(),
        output.status,
        told.join("\n")
    ))
}

/// The names of classes that are inside another one are after a dot.
pub fn split(class: &str) -> (&str, Option<&str>) {
    class.split_once('.').map_or((class, None), |(outer, inner)| (outer, Some(inner)))
}
