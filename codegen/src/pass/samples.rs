//! Sample values for what each operation requires, as a person would write them. `api_tools::samples` makes them; this
//! pass puts the maintainers' hints into the model and reports what is wrong with them.

mod hints;

use std::collections::BTreeSet;

use crate::config::{Sdk, Texts};
use crate::diag::{Pointer, Report};
use api_model::{Api, Operation, Samples};
use api_tools::samples::{Missing, Notes, Sampler, Size};

/// Fills in the hints, and the samples of all operations. A hint that does not fit, and a string without a value that
/// the examples in the docs would show, are errors if the data is written for this document (`strict`). For another
/// document there are notes.
pub fn run(api: &mut Api, sdk: &Sdk, texts: &Texts, file: &str, strict: bool, report: &mut Report) {
    api.hints = hints::of(sdk, texts);
    let sampler = Sampler::new(api);
    let notes = sampler.review_all();
    let made: Vec<Samples> = api.operations.iter().map(|operation| of(&sampler, operation)).collect();
    for at in &notes.used {
        sdk.used.mark(hints::place(at, sdk, texts).1.as_str());
    }
    misfits(&notes, sdk, texts, strict, report);
    useless(api, &notes, sdk, texts, strict, report);
    if sdk.examples.is_some() {
        missing(&notes.missing, sdk, file, strict, report);
    }
    for (operation, samples) in api.operations.iter_mut().zip(made) {
        operation.samples = samples;
    }
}

/// The strings of an operation's request, response and parameters that lack a value.
pub(crate) fn lacking(api: &Api, operation: &Operation) -> BTreeSet<Missing> {
    Sampler::new(api).review(operation).missing
}

fn of(sampler: &Sampler<'_>, operation: &Operation) -> Samples {
    Samples {
        request: sampler.request(operation, Size::Minimal),
        parameters: sampler.parameters(operation, Size::Minimal),
    }
}

fn misfits(notes: &Notes, sdk: &Sdk, texts: &Texts, strict: bool, report: &mut Report) {
    for (at, what) in &notes.misfits {
        let (file, at) = hints::place(at, sdk, texts);
        if strict {
            report.error(
                file,
                &at,
                what,
                "write a value of its type, within its limits, with properties of its schema",
            );
        } else {
            report.note(file, &at, what.as_str(), "");
        }
    }
}

/// Samples in `docs` of what an operation doesn't have. Entries of unknown operations are reported with their texts.
fn useless(api: &Api, notes: &Notes, sdk: &Sdk, texts: &Texts, strict: bool, report: &mut Report) {
    for (id, hints) in &api.hints.operations {
        if !api.operations.iter().any(|operation| operation.id == *id) {
            continue;
        }
        for (part, hint) in
            [("request", &hints.request), ("parameters", &hints.parameters), ("response", &hints.response)]
        {
            let at = Pointer::root().child("operations").child(id).child(part);
            if hint.is_none() || notes.used.contains(&at) {
                continue;
            }
            let (file, at) = hints::place(&at, sdk, texts);
            let what = match part {
                "parameters" => format!("`{id}` has no parameters"),
                part => format!("the {part} of `{id}` has no body in JSON"),
            };
            if strict {
                report.error(file, &at, what, "remove the entry");
            } else {
                report.note(file, &at, what, "");
            }
        }
    }
}

fn missing(missing: &BTreeSet<Missing>, sdk: &Sdk, file: &str, strict: bool, report: &mut Report) {
    let needed: Vec<&Missing> = missing.iter().filter(|missing| missing.needed).collect();
    if needed.is_empty() {
        return;
    }
    if strict {
        for Missing { schema, property, at, .. } in needed {
            let what = format!("`{schema}.{property}` has no sample value");
            let help = format!("add `{property}` or `{schema}.{property}` to `samples` of {}", sdk.file);
            report.error(file, at, what, help);
        }
    } else {
        let what = format!("{} required strings have no hint in `samples`", needed.len());
        report.note(&sdk.file, &Pointer::root().child("samples"), what, "");
    }
}
