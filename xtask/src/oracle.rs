//! `cargo xtask oracle`: a validator that others wrote judges the same bodies as the check, on the published document.
//!
//! The check and our JSON Schemas come from one reading of the document. This validator reads the document itself.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use api_tools::check::{Checker, Policy, Problem, Severity};
use api_tools::json::json;
use api_tools::samples::{SIZES, Sampler, Size};
use codegen::api_model::{Api, BodyMedia, Sample};
use codegen_testing::mutate::{self, Random};
use serde_json::json as value;

use crate::files::{self, Plan};
use crate::{r#gen, packages, workspace};

/// The script that judges.
const SCRIPT: &str = include_str!("../templates/oracle/judge.py");

/// What the script needs, from PyPI.
const PACKAGES: [&str; 2] = ["openapi-schema-validator==0.9.0", "PyYAML==6.0.3"];

/// Compares the verdicts on all samples, and on as many mutations.
pub fn run(document: &Path, mutations: usize) -> Result<(), String> {
    files::read(document)?;
    let folder = workspace::root().join("target/oracle");
    let inputs = r#gen::inputs(None)?;
    let understood = codegen::understand(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
    let mut plan = Plan::default();
    let (bodies, script) = (folder.join("bodies.jsonl"), folder.join("judge.py"));
    plan.put(bodies.clone(), lines(&understood.api, mutations))?;
    plan.put(script.clone(), SCRIPT.to_owned())?;
    plan.carry_out()?;
    let mut judge = Command::new(packages::pip("oracle", &PACKAGES)?);
    packages::run(judge.arg(script).arg(document).arg(bodies), "the comparison of verdicts")
}

/// Checks the text of a body.
type Check<'a> = dyn Fn(&str) -> Vec<Problem> + 'a;

/// A body that an operation or a webhook has, and where its schema is in the document.
struct Body<'a> {
    schema: Vec<String>,
    samples: Vec<Sample>,
    check: Box<Check<'a>>,
}

/// A line for each body: the place of its schema, its text, and what the check says.
fn lines(api: &Api, mutations: usize) -> String {
    let (checker, policy) = (Checker::new(api), Policy::document());
    let bodies = bodies(api, &checker, &policy);
    let mut lines = String::new();
    let mut add = |body: &Body<'_>, what: &str, sample: &Sample| {
        let text = json(sample);
        let problems = (body.check)(&text);
        let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        let line = value!({"schema": body.schema, "what": what, "body": text, "problems": errors});
        // Writing to a string can't fail.
        let _ = writeln!(lines, "{line}");
    };
    let mut made = 0;
    for (index, body) in bodies.iter().enumerate() {
        for sample in &body.samples {
            add(body, "sample", sample);
        }
        // Each body gets its share.
        let until = mutations * (index + 1) / bodies.len();
        while made < until {
            let mut random = Random(made as u64);
            let kind = mutate::ALL[made % mutate::ALL.len()];
            let sample = &body.samples[random.below(body.samples.len())];
            if let Some(mutated) = (0..20).find_map(|_| mutate::mutated(sample, kind, &mut random)) {
                add(body, &format!("{kind:?}"), &mutated);
            }
            made += 1;
        }
    }
    lines
}

fn bodies<'a>(api: &'a Api, checker: &'a Checker, policy: &'a Policy) -> Vec<Body<'a>> {
    let sampler = Sampler::new(api);
    let both = |make: &dyn Fn(Size) -> Option<Sample>| SIZES.into_iter().filter_map(make).collect::<Vec<_>>();
    let mut bodies: Vec<Body<'a>> = Vec::new();
    for operation in &api.operations {
        let id = operation.id.as_str();
        let place = |rest: &[&str]| {
            let method = operation.method.to_lowercase();
            let start = ["paths".to_owned(), operation.path.clone(), method];
            start.into_iter().chain(rest.iter().map(|step| (*step).to_owned())).collect::<Vec<_>>()
        };
        if let Some(body) = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_))) {
            bodies.push(Body {
                schema: place(&["requestBody", "content", &body.content_type, "schema"]),
                samples: both(&|size| sampler.request(operation, size)),
                check: Box::new(move |text| checker.request(id, text.as_bytes(), policy).unwrap_or_default()),
            });
        }
        let status = operation.response.statuses.first().copied().unwrap_or(200).to_string();
        bodies.push(Body {
            schema: place(&["responses", &status, "content", "application/json", "schema"]),
            samples: both(&|size| sampler.response(operation, size)),
            check: Box::new(move |text| checker.response(id, text.as_bytes(), policy).unwrap_or_default()),
        });
    }
    for webhook in &api.webhooks {
        let is_same =
            |other: &&codegen::api_model::Webhook| (&other.kind, &other.code) == (&webhook.kind, &webhook.code);
        // Of a pair with several payloads, the check takes the closest.
        let (Some(name), 1) = (webhook.body.name(), api.webhooks.iter().filter(is_same).count()) else { continue };
        let (kind, code) = (webhook.kind.as_str(), webhook.code.as_str());
        bodies.push(Body {
            schema: ["components", "schemas", name].map(str::to_owned).to_vec(),
            samples: both(&|size| sampler.webhook(webhook, size)),
            check: Box::new(move |text| checker.webhook(kind, code, text.as_bytes(), policy).unwrap_or_default()),
        });
    }
    bodies.retain(|body| !body.samples.is_empty());
    bodies
}
