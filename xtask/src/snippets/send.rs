//! Runs snippets with a client against a recorder on loopback, and compares what arrives with the samples. Constructing a
//! request alone proves little: clients accept misspelt properties and drop others.

use std::collections::BTreeMap;
use std::process::Command;

use api_tools::json;
use api_tools::snippets::{Address, Call, Language};
use codegen::api_model::Sample;
use serde::{Deserialize, Serialize};

use super::compare::{Times, differences};
use super::{Case, Checked, GATEWAY, install};
use crate::{files, packages, workspace};

/// How many failures are printed.
const SHOWN: usize = 20;

/// What the program that runs the snippets reads.
#[derive(Serialize)]
struct Manifest<'a> {
    /// Addresses that the recorder's replaces.
    addresses: Vec<&'a str>,
    /// Environment variables.
    variables: BTreeMap<&'a str, &'a str>,
    /// The snippets, by name.
    cases: BTreeMap<&'a str, &'a str>,
}

/// What it writes for each snippet.
#[derive(Deserialize)]
struct Outcome {
    /// The requests that arrived.
    requests: Vec<Arrived>,
    /// What the snippet threw, if it did. A client may fail to read the recorder's empty response.
    error: Option<String>,
}

/// A request that arrived.
#[derive(Deserialize)]
struct Arrived {
    method: String,
    /// The path with the query.
    url: String,
    /// Names in small letters.
    headers: BTreeMap<String, String>,
    body: String,
}

/// Runs all snippets of a language.
pub fn run(input: &Checked, language: Language) -> Result<(), String> {
    let cases = input.cases(language)?;
    let access = &input.clients.access;
    let values: BTreeMap<&str, String> =
        access.credentials.values().map(|variable| (variable.as_str(), format!("the {variable}"))).collect();
    let manifest = Manifest {
        addresses: vec![&access.address, GATEWAY],
        variables: values.iter().map(|(variable, value)| (*variable, value.as_str())).collect(),
        cases: cases.iter().map(|case| (case.name.as_str(), case.code.as_str())).collect(),
    };
    let outcomes = outcomes(input, language, &manifest)?;
    let mut failures = Vec::new();
    let (mut by_http, mut rounded) = (Vec::new(), 0);
    for case in &cases {
        match outcomes.get(&case.name) {
            Some(outcome) => match judge(input, case, outcome, &values, language) {
                Ok(has_rounded) => rounded += usize::from(has_rounded),
                Err(problem) => failures.push(format!("{}: {problem}\n{}", case.name, case.code)),
            },
            None => failures.push(format!("{}: it was not run", case.name)),
        }
        if case.code.contains("of the client") && !by_http.contains(&case.operation.id.as_str()) {
            by_http.push(case.operation.id.as_str());
        }
    }
    if !failures.is_empty() {
        let shown: Vec<String> = failures.iter().take(SHOWN).cloned().collect();
        return Err(format!(
            "{}\nerror: {} of {} {} snippets send something else than their sample",
            shown.join("\n"),
            failures.len(),
            cases.len(),
            language.title()
        ));
    }
    let title = language.title();
    println!(
        "{title}: {} snippets of {} operations sent exactly their samples",
        cases.len(),
        input.api.operations.len()
    );
    let Some((_, facts)) = input.clients.of(language) else { return Ok(()) };
    println!("with {} {}, made from the document {}", facts.package, facts.version, facts.document);
    println!("by plain HTTP, since the client can't make some or all of the calls: {}", shown(&by_http));
    println!("with numbers that the language rounds: {rounded}");
    Ok(())
}

fn shown(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn outcomes(input: &Checked, language: Language, manifest: &Manifest<'_>) -> Result<BTreeMap<String, Outcome>, String> {
    let facts = || input.facts(language);
    let folder = workspace::target().join("snippets").join(language.id());
    packages::empty(&folder)?;
    let (read, written) = (folder.join("snippets.json"), folder.join("arrived.json"));
    let text = serde_json::to_string(manifest).map_err(|error| format!("error: {error}"))?;
    packages::write(&read, &text)?;
    let scripts = workspace::root().join("xtask/clients");
    let mut command = match language {
        Language::Python => {
            let mut command = Command::new(install::pip(facts()?)?);
            command.arg(scripts.join("python_run.py"));
            command
        }
        Language::Curl => {
            let mut command = Command::new("node");
            command.arg(scripts.join("curl_run.js")).arg(&folder);
            command
        }
        _ => {
            let mut command = Command::new("node");
            command.arg(scripts.join("node_run.js")).arg(install::npm(facts()?)?);
            command
        }
    };
    packages::run(command.arg(&read).arg(&written), language.title())?;
    serde_json::from_str(&files::read(&written)?).map_err(|error| format!("error: {}: {error}", written.display()))
}

/// Compares what arrived with the sample. Returns whether a number was rounded.
fn judge(
    input: &Checked,
    case: &Case<'_>,
    outcome: &Outcome,
    values: &BTreeMap<&str, String>,
    language: Language,
) -> Result<bool, String> {
    let [arrived] = outcome.requests.as_slice() else {
        let error = outcome.error.as_deref().unwrap_or("no error");
        return Err(format!("{} requests arrived ({error})", outcome.requests.len()));
    };
    let call = Call {
        api: &input.api,
        clients: &input.clients,
        operation: case.operation,
        body: case.samples.request.as_ref(),
        parameters: case.samples.parameters.as_ref(),
        address: Address::Gateway(""),
    };
    let http = call.http().map_err(|error| error.to_string())?;
    if (arrived.method.as_str(), arrived.url.as_str()) != (http.method, http.url.as_str()) {
        return Err(format!("{} {} arrived, not {} {}", arrived.method, arrived.url, http.method, http.url));
    }
    let mut headers: Vec<(&str, &str)> = http.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if case.address == Address::Api && !case.operation.anonymous {
        let credentials = input.clients.access.credentials.iter();
        headers.extend(
            credentials.filter_map(|(name, variable)| Some((name.as_str(), values.get(variable.as_str())?.as_str()))),
        );
    }
    for (name, value) in headers {
        let found = arrived.headers.get(&name.to_ascii_lowercase());
        // The Python client writes `True` for a header that is true.
        let is_same = |found: &String| found == value || (value == "true" && found == "True");
        if !found.is_some_and(is_same) {
            return Err(format!("the header {name} is {found:?}, not {value:?}"));
        }
    }
    if case.address != Address::Api
        && let Some(name) = input
            .clients
            .access
            .credentials
            .keys()
            .find(|name| arrived.headers.get(&name.to_ascii_lowercase()).is_some_and(|value| !value.is_empty()))
    {
        return Err(format!("the gateway gets the header {name}"));
    }
    let Some(sent) = http.body else {
        return if arrived.body.is_empty() { Ok(false) } else { Err(format!("a body arrived: {}", arrived.body)) };
    };
    let mut body: Sample = json::parse(&arrived.body).map_err(|error| format!("{error}: {}", arrived.body))?;
    if let Sample::Object(all) = &mut body {
        all.retain(|(name, value)| !is_credential(input, case, sent, name, value, values));
    }
    let times = if language == Language::Python { Times::Instants } else { Times::Texts };
    let mut found = differences(sent, &body, times);
    if found.is_empty() { Ok(found.rounded) } else { Err(std::mem::take(&mut found.problems).join("; ")) }
}

/// Whether a property of the body is the caller's credential, which the sample does not set and the client requires.
fn is_credential(
    input: &Checked,
    case: &Case<'_>,
    sent: &Sample,
    name: &str,
    value: &Sample,
    values: &BTreeMap<&str, String>,
) -> bool {
    let Some(variable) = input.clients.access.body.get(name).filter(|_| sent.get(name).is_none()) else {
        return false;
    };
    let wanted = match case.address {
        Address::Api => values.get(variable.as_str()).map_or("", String::as_str),
        Address::Gateway(_) => "",
    };
    *value == Sample::Text(wanted.to_owned())
}
