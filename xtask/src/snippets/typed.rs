//! Snippets with typed clients. The clients are not in a registry, so each language gets a client of stubs, made of the
//! names in `spec/clients/`: a snippet that uses another name, or a value of another type, does not compile. The stubs
//! print what a method would send, and that is compared with the sample.

use std::fs;
use std::path::Path;
use std::process::Command;

use api_tools::snippets::Language;
use api_tools::snippets::client::Facts;
use codegen::api_model::{Sample, Samples};

use super::Checked;
use super::compare::{Times, differences};
use crate::workspace;

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
pub fn run<C: Check>(input: &Checked, check: &C) -> Result<(), String> {
    let folder = workspace::target().join("snippets").join(C::LANGUAGE.id());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("error: {}: {error}", folder.display()))?;
    }
    let Some((_, facts)) = input.clients.of(C::LANGUAGE) else {
        return Err(format!("error: spec/clients has no data for {}", C::LANGUAGE.title()));
    };
    if facts.document != input.api.version {
        return Err(format!(
            "error: spec/clients/{}.yaml is of the document {}, and the API is {}: run xtask/clients/generated_facts.py",
            C::LANGUAGE.id(),
            facts.document,
            input.api.version
        ));
    }
    let cases: Vec<Case> = input
        .cases(C::LANGUAGE)?
        .into_iter()
        .map(|case| {
            let uses_client = !is_plain(&case.code);
            Case { name: case.name.replace('.', "_"), text: case.code, uses_client, sends: sends(case.samples) }
        })
        .collect();
    check.write(&folder, facts, &cases)?;
    let printed = check.run(&folder, &cases)?;
    let sent = compare(&cases, &printed)?;
    let plain: Vec<&str> = cases.iter().filter(|case| !case.uses_client).map(|case| case.name.as_str()).collect();
    println!("{}: {} snippets have no mistake of syntax", C::LANGUAGE.title(), cases.len());
    println!("{sent} call {} {}, and send exactly their sample", facts.package, facts.version);
    println!("{} are plain HTTP, since the client can't make the call: {}", plain.len(), plain.join(", "));
    Ok(())
}

/// What a snippet sends, as one object.
fn sends(samples: Samples) -> Sample {
    let mut sends: Vec<(String, Sample)> = samples.request.map(|body| ("body".to_owned(), body)).into_iter().collect();
    if let Some(Sample::Object(parameters)) = samples.parameters {
        sends.extend(parameters);
    }
    Sample::Object(sends)
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
        let found = differences(&case.sends, &json, Times::Instants);
        if found.is_empty() {
            sent += 1;
        }
        problems.extend(found.problems.into_iter().map(|problem| format!("error: {name}{problem}")));
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
