//! Every property of every request can be set through the form, and what is sent is what was set.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Kind, Operation, Sample, Type, TypeId};
use plaid_catalog::tools::json::pretty_json;
use plaid_catalog::tools::samples::Size;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::setup::Setup;

/// How many random bodies of an operation are looked at for properties that no other body sets.
const SEED: u64 = 1;

/// What the page sends to the explorer.
#[derive(Debug, Deserialize)]
struct Sent {
    body: Option<String>,
    parameters: Option<String>,
}

#[test]
fn every_property_of_the_first_half_is_set_by_the_form() -> Result<()> {
    let (first, _) = halves();
    fill(first)
}

#[test]
fn every_property_of_the_second_half_is_set_by_the_form() -> Result<()> {
    let (_, second) = halves();
    fill(second)
}

/// The operations in two halves, which are tested at the same time.
fn halves() -> (&'static [Operation], &'static [Operation]) {
    let operations = &Catalog::plaid().api().operations;
    operations.split_at(operations.len() / 2)
}

/// Fills forms in, and compares what is sent with what was set.
fn fill(operations: &'static [Operation]) -> Result<()> {
    let setup = Setup::shared()?;
    let catalog = Catalog::plaid();
    let (mut bodies, mut paths) = (0, 0);
    let page = setup.open("/")?;
    for operation in operations {
        let cases = cases(catalog, operation);
        paths += cases.paths;
        let method = &catalog.layout().operations[&operation.id].name;
        page.open(&format!("{}/operations/{method}", setup.url()))?;
        page.run(include_str!("bot.js"))?;
        let parameters = catalog.sampler().parameters(operation, Size::Full);
        for body in &cases.bodies {
            let tagged = |sample: &Option<Sample>| sample.as_ref().map_or(Value::Null, tagged);
            let call = format!("bot.send({}, {})", tagged(body), tagged(&parameters));
            let sent: Sent = page.value(&call).with_context(|| operation.path.clone())?;
            assert_eq!(sent.body, body.as_ref().map(pretty_json), "{}", operation.path);
            assert_eq!(sent.parameters, parameters.as_ref().map(pretty_json), "{}", operation.path);
            bodies += 1;
        }
        let complaints = page.complaints();
        assert!(complaints.is_empty(), "{}: {complaints:?}", operation.path);
    }
    println!("{bodies} bodies of {} operations set {paths} properties", operations.len());
    assert!(paths > 900, "half of the operations have more properties than {paths}");
    Ok(())
}

/// Bodies that together set every property of a request.
struct Cases {
    bodies: Vec<Option<Sample>>,
    paths: usize,
}

fn cases(catalog: &Catalog, operation: &Operation) -> Cases {
    let Some(body) = &operation.body else { return Cases { bodies: vec![None], paths: 0 } };
    let mut wanted = BTreeSet::new();
    properties(catalog.api(), &body.ty, "", &mut Vec::new(), &mut wanted);
    let paths = wanted.len();
    let sampler = catalog.sampler();
    let first = [sampler.request(operation, Size::Minimal), sampler.request(operation, Size::Full)];
    let random = sampler.random(operation, SEED);
    let mut bodies = Vec::new();
    for (number, sample) in first.into_iter().flatten().chain(random).enumerate() {
        let mut set = BTreeSet::new();
        used(&sample, "", &mut set);
        let before = wanted.len();
        wanted.retain(|path| !set.contains(path));
        // The minimal and the full body are always sent.
        if number < 2 || wanted.len() < before {
            bodies.push(Some(sample));
        }
    }
    assert!(wanted.is_empty(), "no body of {} sets {wanted:?}", operation.path);
    Cases { bodies, paths }
}

/// The paths of all properties. A type inside itself ends a path.
fn properties<'a>(api: &'a Api, ty: &'a Type, at: &str, around: &mut Vec<&'a TypeId>, all: &mut BTreeSet<String>) {
    match api.resolve(ty) {
        Type::List(inner) | Type::Nullable(inner) => properties(api, inner, at, around, all),
        Type::Map(inner) => properties(api, inner, &format!("{at}.*"), around, all),
        Type::Named(id) if !around.contains(&id) => {
            let Some(Kind::Struct(object)) = api.types.get(id).map(|def| &def.kind) else { return };
            around.push(id);
            for field in object.caller_fields() {
                let path = format!("{at}.{}", field.wire);
                properties(api, &field.ty, &path, around, all);
                all.insert(path);
            }
            around.pop();
        }
        _ => {}
    }
}

/// The paths that a body sets.
fn used(sample: &Sample, at: &str, all: &mut BTreeSet<String>) {
    match sample {
        Sample::List(elements) => elements.iter().for_each(|one| used(one, at, all)),
        Sample::Object(members) => {
            for (name, value) in members {
                let path = format!("{at}.{name}");
                used(value, &path, all);
                // The value of a map.
                used(value, &format!("{at}.*"), all);
                all.insert(path);
            }
        }
        _ => {}
    }
}

/// A sample for the bot: each value with its kind, numbers as their digits.
fn tagged(sample: &Sample) -> Value {
    match sample {
        Sample::Null => json!(["null", "null"]),
        Sample::Bool(value) => json!(["bool", value.to_string()]),
        Sample::Number(digits) => json!(["number", digits]),
        Sample::Text(text) => json!(["text", text]),
        Sample::List(all) => json!(["list", all.iter().map(tagged).collect::<Vec<_>>()]),
        Sample::Object(all) => {
            json!(["object", all.iter().map(|(name, value)| json!([name, tagged(value)])).collect::<Vec<_>>()])
        }
    }
}
