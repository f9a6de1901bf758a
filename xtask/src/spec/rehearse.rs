//! `cargo xtask spec rehearse OLD NEW`: an update from an old document to a newer one, with the data that we would have had at
//! the old one. It shows what a new operation gets without a line of ours, and writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use api_tools::check::{Checker, Policy};
use api_tools::json;
use api_tools::samples::{SIZES, Sampler};
use api_tools::snippets::{Address, Language, Sources, snippet};
use clap::Args;
use codegen::api_model::{Operation, Samples};
use codegen::diag::{Pointer, Severity};
use codegen::diff::{Diff, Document, What, diff};
use codegen::{Input, Inputs, needs};
use serde_yaml::Value;

use super::import;
use crate::files::Plan;
use crate::{r#gen, outside, snippets, workspace};

/// The arguments of `spec rehearse`.
#[derive(Args, Clone, Debug)]
pub struct RehearseArgs {
    /// The old document, as Plaid published it.
    old: PathBuf,
    /// The newer one.
    new: PathBuf,
}

/// Rehearses an update.
pub fn run(args: &RehearseArgs) -> Result<(), String> {
    let old = inputs(&args.old)?;
    let (old, removed) = known_at(old)?;
    println!("{removed} entries of our data match nothing in {} and are left out", old.document.name);
    let new = Inputs { document: inputs(&args.new)?.document, ..old.clone() };
    let before = Document::read(&old).map_err(|report| report.to_string())?;
    let after = Document::read(&new).map_err(|report| report.to_string())?;
    let diff = diff(&before, &after);
    let added = added(&diff, &after);
    println!("{} new operations:", added.len());
    let mut wrong = Vec::new();
    let clients = snippets::clients()?;
    let new_side = NewSide {
        checker: Checker::new(&after.api),
        sampler: Sampler::new(&after.api),
        sources: Sources { api: &after.api, layout: &after.layout, clients: &clients },
    };
    for operation in &added {
        let mut problems = new_side.samples(operation)?;
        problems.extend(new_side.snippets(operation));
        println!("  {} {}: {}", operation.method, operation.path, if problems.is_empty() { "good" } else { "wrong" });
        wrong.extend(problems);
    }
    let needs = needs::of(&diff, &after);
    println!("decisions that `spec update` would list: {}", needs.len());
    if !wrong.is_empty() {
        return Err(format!("error: {}", wrong.join("\nerror: ")));
    }
    compile(&new)
}

/// Generates the crate and compiles it.
fn compile(new: &Inputs) -> Result<(), String> {
    let output = codegen::generate(new, &mut |_| {}).map_err(|report| report.to_string())?;
    let folder = workspace::target().join("rehearsal");
    let mut plan = Plan::default();
    outside::plan(&mut plan, &folder, &output)?;
    plan.carry_out()?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["check", "--quiet", "--all-features"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", workspace::target());
    let status = cargo.status().map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if !status.success() {
        return Err(format!("error: `cargo check` failed in {}", workspace::shown(&folder)));
    }
    println!("the generated crate compiles");
    Ok(())
}

/// Our data with a document, imported as an update would do it.
fn inputs(document: &Path) -> Result<Inputs, String> {
    let inputs = r#gen::inputs(Some(document))?;
    let (imported, _) = import::import(&inputs.document)?;
    let document = Input { name: inputs.document.name.clone(), text: imported.yaml };
    Ok(Inputs { document, strict: false, ..inputs })
}

/// The operations that are new.
fn added<'a>(diff: &Diff, new: &'a Document) -> Vec<&'a Operation> {
    let places = diff.changes.iter().filter(|change| change.what == What::OperationAdded).map(|change| &change.at);
    let all = &new.api.operations;
    places
        .filter_map(|at| all.iter().find(|operation| format!("{} {}", operation.method, operation.path) == *at))
        .collect()
}

/// The new document with what is made from it.
struct NewSide<'a> {
    checker: Checker,
    sampler: Sampler<'a>,
    sources: Sources<'a>,
}

impl NewSide<'_> {
    /// What is wrong with the samples of an operation by the check.
    fn samples(&self, operation: &Operation) -> Result<Vec<String>, String> {
        let mut wrong = Vec::new();
        let id = &operation.id;
        for size in SIZES {
            if let Some(sample) = self.sampler.request(operation, size) {
                let found = self.checker.request(id, json::json(&sample).as_bytes(), &Policy::strict());
                let found = found.map_err(|error| error.to_string())?;
                wrong.extend(found.iter().map(|problem| format!("{id}, request: {problem}")));
            } else if operation.body.is_some() {
                wrong.push(format!("{id} has no sample of a request"));
            }
            if let Some(sample) = self.sampler.response(operation, size) {
                let found = self.checker.response(id, json::json(&sample).as_bytes(), &Policy::strict());
                let found = found.map_err(|error| error.to_string())?;
                wrong.extend(found.iter().map(|problem| format!("{id}, response: {problem}")));
            }
        }
        Ok(wrong)
    }

    /// The languages that have no snippet of an operation.
    fn snippets(&self, operation: &Operation) -> Vec<String> {
        let mut wrong = Vec::new();
        for size in SIZES {
            let request = self.sampler.request(operation, size);
            let samples = Samples { request, parameters: self.sampler.parameters(operation, size) };
            for language in Language::ALL {
                if let Err(error) = snippet(self.sources, &operation.id, &samples, language, Address::Api) {
                    wrong.push(format!("{} in {}: {error}", operation.id, language.title()));
                }
            }
        }
        wrong
    }
}

/// The inputs without the entries of our data that match nothing in the document, and how many these are.
fn known_at(mut inputs: Inputs) -> Result<(Inputs, usize), String> {
    let mut removed = 0;
    loop {
        let understood = codegen::understand(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
        let mut places: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
        for note in understood.notes.findings().iter().filter(|note| note.severity == Severity::Note) {
            for at in std::iter::once(&note.at).chain(&note.also) {
                // A note on a whole section says what is missing in it.
                let is_entry = at.segments().count() > 1;
                if note.file != inputs.document.name && (is_entry || *at == Pointer::root()) {
                    places.entry(note.file.clone()).or_default().push(at.clone());
                }
            }
        }
        // A note on a whole file says that its product does not exist.
        let before = inputs.docs.len();
        inputs.docs.retain(|file| !places.get(&file.name).is_some_and(|places| places.contains(&Pointer::root())));
        let mut changed = before - inputs.docs.len();
        let Inputs { sdk, fixups, errors, docs, .. } = &mut inputs;
        for file in [sdk, fixups, errors].into_iter().chain(docs) {
            if let Some(places) = places.get(&file.name) {
                let (text, count) = without(file, places)?;
                file.text = text;
                changed += count;
            }
        }
        if changed == 0 {
            return Ok((inputs, removed));
        }
        removed += changed;
    }
}

/// A YAML text without the values at some places, and how many of them there were.
fn without(file: &Input, places: &[Pointer]) -> Result<(String, usize), String> {
    let error = |error: serde_yaml::Error| format!("error: {}: {error}", file.name);
    let mut value: Value = serde_yaml::from_str(&file.text).map_err(error)?;
    let mut places: Vec<Vec<String>> = places.iter().map(|at| at.segments().collect()).collect();
    // The last elements of a list go first, so that the places of the others stay right.
    places.sort_by(|a, b| compare(b, a));
    places.dedup();
    let count = places.iter().filter(|place| remove(&mut value, place)).count();
    Ok((serde_yaml::to_string(&value).map_err(error)?, count))
}

fn compare(a: &[String], b: &[String]) -> std::cmp::Ordering {
    let number = |segment: &String| segment.parse::<usize>().ok();
    let differs = a.iter().zip(b).find(|(a, b)| a != b);
    differs.map_or(a.len().cmp(&b.len()), |(a, b)| number(a).cmp(&number(b)).then(a.cmp(b)))
}

fn remove(value: &mut Value, place: &[String]) -> bool {
    match (place, value) {
        ([last], Value::Mapping(map)) => map.remove(last.as_str()).is_some(),
        ([last], Value::Sequence(list)) => match last.parse::<usize>() {
            Ok(index) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        },
        ([first, rest @ ..], Value::Mapping(map)) => {
            map.get_mut(first.as_str()).is_some_and(|inner| remove(inner, rest))
        }
        ([first, rest @ ..], Value::Sequence(list)) => {
            first.parse::<usize>().ok().and_then(|index| list.get_mut(index)).is_some_and(|inner| remove(inner, rest))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::without;
    use codegen::Input;
    use codegen::diag::Pointer;

    #[test]
    fn entries_are_removed_from_maps_and_lists() {
        let text = "paths: [/a, /b, /c]\nnames:\n  types: {A: B}\n".to_owned();
        let file = Input { name: "sdk.yaml".to_owned(), text };
        let at = |segments: &[&str]| segments.iter().fold(Pointer::root(), |at, segment| at.child(segment));
        let places = [at(&["paths", "0"]), at(&["names", "types", "A"]), at(&["paths", "2"]), at(&["nothing"])];
        let (text, count) = without(&file, &places).expect("YAML");
        assert_eq!((text.as_str(), count), ("paths:\n- /b\nnames:\n  types: {}\n", 3));
    }
}
