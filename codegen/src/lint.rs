//! Contradictions in a document itself: what it says in one place and denies in another. The generator would take most
//! of them as they stand; a caller would notice.
//!
//! What the fixups settle is settled here too, and what is known, with a reason, is in `spec/lint.yaml`.

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

/// Everything a run reads.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The OpenAPI document, whole or imported.
    pub document: Input,
    /// `sdk.yaml`: which operations are known to page, how webhooks are recognised.
    pub sdk: Input,
    /// `fixups.yaml`.
    pub fixups: Input,
    /// `lint.yaml`: the findings that are known.
    pub known: Input,
    /// Whether a known finding that is not in the document is an error, as it is for the one that the file is written
    /// for, or nothing to speak of, as for another.
    pub strict: bool,
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// An error for each finding that is not known, and for each known one that is gone.
    pub report: Report,
    /// The figures.
    pub summary: Summary,
    /// Entries for `lint.yaml` that record what is not known, but for the reasons; empty where all is known.
    pub paste: String,
}

/// A rule: it looks at the document and says what it finds.
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
/// What keeps from looking: an input that can't be read. What is found is no error of this call; it is in the outcome.
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
    // Fixups that don't apply and webhooks without a pair are for `gen` to tell.
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
        // A JSON string is one of YAML, whatever stands in it.
        lines.extend(places.iter().map(|place| format!("    - {}", serde_json::Value::from(place.as_str()))));
        lines.push("  why: \"\"".to_owned());
    }
    lines.join("\n")
}
