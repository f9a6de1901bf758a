//! The check agrees with a validator of JSON Schema, on all samples and on ten thousand mutations of them.

use std::collections::BTreeMap;

use api_model::{Api, Sample};
use api_tools::check::{Checker, Kind, Policy, Problem, Severity};
use api_tools::json::json;
use api_tools::json_schema::{Depth, Schemas};
use api_tools::samples::{SIZES, Sampler, Size};
use codegen_testing::mutate::{self, Random};
use codegen_testing::own;
use jsonschema::Validator;

/// How many mutations are compared.
const MUTATIONS: usize = 10_000;

/// The differences that are right. `url` is a format of this document and not one of JSON Schema, whose validators ignore
/// formats that they don't know.
const LISTED: [&str; 1] = ["only we check the format url"];

/// Checks the text of a body.
type Check<'a> = dyn Fn(&str) -> Vec<Problem> + 'a;

/// A body of the API: a request, a response or a payload.
struct Body<'a> {
    name: String,
    schema: Sample,
    samples: Vec<Sample>,
    check: Box<Check<'a>>,
}

fn bodies<'a>(api: &'a Api, checker: &'a Checker, policy: &'a Policy) -> Vec<Body<'a>> {
    let (sampler, schemas) = (Sampler::new(api), Schemas::new(api));
    let both = |make: &dyn Fn(Size) -> Option<Sample>| SIZES.into_iter().filter_map(make).collect::<Vec<_>>();
    let mut bodies: Vec<Body<'a>> = Vec::new();
    for operation in &api.operations {
        let id = operation.id.as_str();
        if let Some(schema) = schemas.request(operation, Depth::Whole) {
            let check = Box::new(move |text: &str| checker.request(id, text.as_bytes(), policy).expect("an operation"));
            let samples = both(&|size| sampler.request(operation, size));
            bodies.push(Body { name: format!("{id} request"), schema, samples, check });
        }
        if let Some(schema) = schemas.response(operation, Depth::Whole) {
            let check =
                Box::new(move |text: &str| checker.response(id, text.as_bytes(), policy).expect("an operation"));
            let samples = both(&|size| sampler.response(operation, size));
            bodies.push(Body { name: format!("{id} response"), schema, samples, check });
        }
    }
    for webhook in &api.webhooks {
        // Of a pair with several payloads, the check takes the closest.
        let is_same = |other: &&api_model::Webhook| (&other.kind, &other.code) == (&webhook.kind, &webhook.code);
        if api.webhooks.iter().filter(is_same).count() > 1 {
            continue;
        }
        let (kind, code) = (webhook.kind.as_str(), webhook.code.as_str());
        let check =
            Box::new(move |text: &str| checker.webhook(kind, code, text.as_bytes(), policy).expect("a webhook"));
        let samples = both(&|size| sampler.webhook(webhook, size));
        bodies.push(Body {
            name: format!("{kind}: {code}"),
            schema: schemas.webhook(webhook, Depth::Whole),
            samples,
            check,
        });
    }
    bodies.retain(|body| !body.samples.is_empty());
    bodies
}

/// Why the verdicts on a text differ. Returns `None` if they don't.
fn difference(body: &Body<'_>, validator: &Validator, text: &str) -> Option<String> {
    let value = serde_json::from_str(text).expect("JSON");
    let problems = (body.check)(text);
    let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    let theirs: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{:.60} {}", format!("{:?}", error.kind()), error.schema_path()))
        .collect();
    match (&errors[..], &theirs[..]) {
        ([], []) => None,
        ([first, ..], [..]) if theirs.is_empty() => Some(match &first.kind {
            Kind::Format { format } => format!("only we check the format {format}"),
            kind => format!("{}: only we refuse {}: {kind:?}", body.name, first.path),
        }),
        ([], [first, ..]) => Some(format!("{}: only the validator refuses: {first}", body.name)),
        _ => None,
    }
}

#[test]
fn a_validator_of_json_schema_has_the_same_verdict() {
    let api = own::api();
    let (checker, policy) = (Checker::new(api), Policy::document());
    let bodies = bodies(api, &checker, &policy);
    let mut differences: BTreeMap<String, usize> = BTreeMap::new();
    let (mut samples, mut mutations, mut refused) = (0, 0, 0);
    for (index, body) in bodies.iter().enumerate() {
        let schema = serde_json::from_str(&json(&body.schema)).expect("JSON");
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        let mut compare = |sample: &Sample| {
            let text = json(sample);
            if let Some(reason) = difference(body, &validator, &text) {
                *differences.entry(reason).or_default() += 1;
            }
            (body.check)(&text).iter().any(|problem| problem.severity == Severity::Error)
        };
        for sample in &body.samples {
            assert!(!compare(sample), "{}", body.name);
            samples += 1;
        }
        // Each body gets its share.
        let until = MUTATIONS * (index + 1) / bodies.len();
        while mutations < until {
            let mut random = Random(mutations as u64);
            let kind = mutate::ALL[mutations % mutate::ALL.len()];
            let sample = &body.samples[random.below(body.samples.len())];
            let mutated = (0..20).find_map(|_| mutate::mutated(sample, kind, &mut random));
            mutations += 1;
            refused += usize::from(mutated.is_some_and(|mutated| compare(&mutated)));
        }
    }
    println!("{samples} samples, {mutations} mutations, {refused} of them refused; {differences:#?}");
    assert_eq!(differences.keys().map(String::as_str).collect::<Vec<_>>(), LISTED, "{differences:#?}");
}
