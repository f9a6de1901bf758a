//! `cargo xtask examples`: deserializes every example of a published document, serializes it again, compares the two, and
//! looks for secrets in the `Debug` output.
//!
//! The examples are Plaid's text, so the repository contains none. spec/examples.yaml lists those that contradict their
//! schema.

mod collect;
mod compare;
mod declared;
mod exceptions;
mod json;
mod program;
mod redacted;
mod summary;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use self::collect::Example;
use self::compare::{Comparison, Outcome};
use self::json::Json;
use self::program::{Back, Types};
use self::redacted::Values;
use self::summary::Summary;
use crate::{files, r#gen};
use codegen::Understood;

/// Runs the examples of a document. Differences are an error.
pub fn run(file: &Path) -> Result<(), String> {
    let exceptions = exceptions::read()?;
    let inputs = r#gen::inputs(Some(file))?;
    let understood = codegen::understand(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
    let text = files::read(file)?;
    let original: serde_yaml::Value = plain_value(file, &text)?;
    let document = Json::of_yaml(&text, &original).map_err(|error| format!("error: {}: {error}", file.display()))?;
    let collected = collect::collect(&document, &understood.api);
    if collected.examples.is_empty() {
        return Err(format!(
            "error: {} has no examples; name a published document, since the import removes them",
            file.display()
        ));
    }

    let mut types = Types::default();
    let lines: Vec<_> = collected
        .examples
        .iter()
        .map(|example| (types.row(&understood.api, &understood.layout, &example.ty), example.value.to_string()))
        .collect();
    let output = r#gen::generate(&inputs, &mut |_| {})?;
    let program = program::build(&output, &types)?;
    let backs = program::run(&program, &lines)?;

    let mut summary = Summary::new(types.len(), collected.without_type.clone());
    let mut failed: BTreeSet<&str> = BTreeSet::new();
    let mut report = String::new();
    for (example, back) in collected.examples.iter().zip(&backs) {
        let (outcome, values) = judge(&understood, example, back);
        let at = example.at.as_str();
        let is_exception = exceptions.iter().any(|exception| exception.at == at);
        if !outcome.differences.is_empty() {
            failed.insert(at);
        }
        summary.count(example.kind, &outcome, &values, is_exception);
        if !is_exception {
            let line = understood.source.line(&example.at).unwrap_or_default();
            for (path, what) in &outcome.differences {
                let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
                let _ = writeln!(report, "error: {place}{what}\n  --> {}:{line}  {at}", inputs.document.name);
            }
        }
    }
    for exception in exceptions.iter().filter(|exception| !failed.contains(exception.at.as_str())) {
        let known = collected.examples.iter().any(|example| example.at.as_str() == exception.at);
        let what = if known { "this example passes now; remove the entry" } else { "there is no such example" };
        let _ = writeln!(report, "error: {what}\n  --> {}:{}  {}", exceptions::FILE, exception.line, exception.at);
    }
    print!("{summary}");
    if report.is_empty() { Ok(()) } else { Err(report) }
}

/// The document as the generator reads it, before any fixup.
fn plain_value(file: &Path, text: &str) -> Result<serde_yaml::Value, String> {
    let mut report = codegen::diag::Report::default();
    codegen::source::Source::parse(file.display().to_string(), text, &mut report)
        .map(|source| source.value)
        .ok_or_else(|| report.to_string())
}

/// Compares the serialized value with the example, and looks for secrets in the `Debug` output.
fn judge(understood: &Understood, example: &Example, back: &Result<Back, String>) -> (Outcome, Values) {
    let values = Values::of(&understood.api, &example.ty, &example.value);
    let back = match back {
        Ok(back) => back,
        Err(error) => {
            let differences = vec![(String::new(), format!("it can't be deserialized: {error}"))];
            return (Outcome { differences, ..Outcome::default() }, values);
        }
    };
    let compare = |text: &str, digits: bool| {
        let mut comparison = Comparison {
            api: &understood.api,
            document: &understood.source.value,
            credentials: &understood.sdk.credentials,
            digits,
            outcome: Outcome::default(),
        };
        match Json::parse(text) {
            Ok(json) => comparison.value(&example.ty, &example.value, &json, ""),
            Err(error) => {
                comparison
                    .outcome
                    .differences
                    .push((String::new(), format!("the serialized value is not JSON: {error}")));
            }
        }
        comparison.outcome
    };
    let mut outcome = compare(&back.json, true);
    if outcome.differences.is_empty()
        && let Some(text) = &back.serde
    {
        let by_serde = compare(text, false).differences;
        outcome.differences.extend(by_serde.into_iter().map(|(path, what)| (path, format!("by serde: {what}"))));
    }
    for path in values.shown(&back.debug) {
        outcome.differences.push((path.to_owned(), "the `Debug` output contains this redacted value".to_owned()));
    }
    (outcome, values)
}
