//! Finds contradictions inside a document. The generator accepts most of them as they are, but a caller would notice
//! them.
//!
//! The fixups are applied first. Known contradictions are listed in `spec/lint.yaml`, each with a reason.

mod bodies;
mod bounds;
mod defaults;
mod direction;
mod enums;
mod examples;
mod family;
mod finding;
mod keywords;
mod known;
mod mapping;
mod model;
mod pages;
mod patterns;
mod required;
mod rule;
mod summary;
mod time;
mod types;
mod value;
mod view;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

pub use rule::Rule;
pub use summary::Summary;

use crate::Input;
use crate::config::{Fixups, Sdk};
use crate::diag::Report;
use crate::grammar::mistake::Mistake;
use crate::source::Source;
use crate::{document, fixup, webhook};
use finding::Finding;
use known::Known;
use model::Model;

/// The inputs of a run.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The OpenAPI document, whole or imported.
    pub document: Input,
    /// `sdk.yaml`: which operations are paged, and how webhooks are recognised.
    pub sdk: Input,
    /// `fixups.yaml`.
    pub fixups: Input,
    /// `lint.yaml`: the known findings.
    pub known: Input,
    /// Whether a known finding that is not in the document is an error, as for the document that the file is written
    /// for. For another document it is ignored.
    pub strict: bool,
}

/// The result of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// An error for each unknown finding, and for each known finding that no longer exists.
    pub report: Report,
    /// The counts.
    pub summary: Summary,
    /// Entries for `lint.yaml` that record the unknown findings, without the reasons. It is empty if all findings are
    /// known.
    pub paste: String,
}

/// A rule: it checks the document and returns its findings.
type Check = fn(&Model<'_>, &mut Vec<Finding>);

/// The rules, in the order of [`Rule`].
const CHECKS: [Check; 13] = [
    required::check,
    examples::check,
    defaults::check,
    webhooks::check,
    types::check,
    pages::check,
    bounds::check,
    enums::check,
    keywords::check,
    patterns::check,
    direction::read_only,
    direction::write_only,
    mapping::check,
];

/// Looks for contradictions.
///
/// # Errors
/// Returns an error only if an input can't be read. Contradictions are not an error of this call; they are in the
/// outcome.
pub fn lint(inputs: &Inputs) -> Result<Outcome, Report> {
    let mut report = Report::default();
    let sources = [&inputs.document, &inputs.sdk, &inputs.fixups, &inputs.known]
        .map(|input| Source::parse(&input.name, &input.text, &mut report));
    let [mut document, sdk, fixups, known] = sources;
    let mut outcome = match (&mut document, &sdk, &fixups, &known) {
        (Some(document), Some(sdk), Some(fixups), Some(known)) => {
            looked(inputs, document, [sdk, fixups, known], &mut report)
        }
        _ => None,
    };
    let told = outcome.as_mut().map_or(&mut report, |outcome| &mut outcome.report);
    for source in [&document, &sdk, &fixups, &known].into_iter().flatten() {
        source.locate(told);
    }
    outcome.ok_or(report)
}

fn looked(
    inputs: &Inputs,
    source: &mut Source,
    [sdk, fixups, known]: [&Source; 3],
    report: &mut Report,
) -> Option<Outcome> {
    let sdk = Sdk::read(sdk, report);
    let fixups = Fixups::read(fixups, report);
    let known = Known::read(known, report);
    let (sdk, fixups, known) = (sdk?, fixups?, known?);
    // `gen` reports fixups that don't apply and webhooks without a pair.
    let mut untold = Report::default();
    fixup::apply(&mut source.value, &fixups, false, &mut untold);
    webhook::annotate(&source.name, &mut source.value, &sdk, &mut untold);
    let mistakes = document::check(source, report)?;
    Some(found(inputs, source, mistakes, &sdk, &known))
}

fn found(inputs: &Inputs, source: &Source, mistakes: Vec<Mistake>, sdk: &Sdk, known: &Known) -> Outcome {
    let model = Model::of(&source.value, sdk);
    let invalid = |mistake: Mistake| Finding::new(Rule::InvalidOpenapi, mistake.at, mistake.what, mistake.help);
    let mut findings: Vec<Finding> = mistakes.into_iter().map(invalid).collect();
    for check in CHECKS {
        check(&model, &mut findings);
    }
    let version = source.value.get("info").and_then(|info| info.get("version")).and_then(Value::as_str);
    let mut summary = Summary::new(&source.name, version.unwrap_or_default());
    summary.unreached = model.unreached();
    let mut report = Report::default();
    let mut unknown: BTreeMap<Rule, BTreeSet<String>> = BTreeMap::new();
    for finding in &findings {
        let is_known = known.has(finding);
        summary.count(finding.rule, is_known);
        if !is_known {
            let what = format!("{} ({})", finding.what, finding.rule.name());
            let help = format!("{}; or record it in {}, with the reason", finding.help, known.file);
            report.error(&source.name, &finding.at, what, help);
            unknown.entry(finding.rule).or_default().insert(finding.place());
        }
    }
    if inputs.strict {
        known.gone(model.has_examples(), &mut report);
    }
    Outcome { report, summary, paste: entries(&unknown) }
}

fn entries(unknown: &BTreeMap<Rule, BTreeSet<String>>) -> String {
    let mut lines = Vec::new();
    for (rule, places) in unknown {
        lines.push(format!("- rule: {}", rule.name()));
        lines.push("  at:".to_owned());
        // Every JSON string is also a valid YAML string.
        lines.extend(places.iter().map(|place| format!("    - {}", serde_json::Value::from(place.as_str()))));
        lines.push("  why: \"\"".to_owned());
    }
    lines.join("\n")
}
