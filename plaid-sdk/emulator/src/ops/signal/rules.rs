//! Rulesets: which payments are accepted, looked at, or paid in another way.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::error;
use crate::error::ApiError;
use crate::fields::{Fields, decimal};
use crate::ops::account_view::number;
use crate::state::signal::{Condition, Outcome, Rule, Ruleset, Signal, Test};

/// The key of the ruleset that payments without a key are evaluated by.
pub const DEFAULT: &str = "default";

/// The names of the scores as fields of rules.
const SCORES: [&str; 2] = ["bank_initiated_return_risk", "customer_initiated_return_risk"];

/// The ruleset of a key.
///
/// # Errors
/// `RULESET_NOT_FOUND` if the team has rulesets and none with the key, `INVALID_CONFIGURATION_STATE` if it has no rules yet, and
/// `NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS` if the team may not use scores.
pub fn find<'a>(signal: &'a Signal, key: &str) -> Result<Cow<'a, Ruleset>, ApiError> {
    let ruleset = match signal.rulesets.get(key) {
        Some(own) => Cow::Borrowed(own),
        None if key == DEFAULT || signal.rulesets.is_empty() => Cow::Owned(usual(!signal.has_scores)),
        None => return Err(error("RULESET_NOT_FOUND", "no ruleset has this ruleset_key")),
    };
    if ruleset.rules.is_empty() {
        return Err(error("INVALID_CONFIGURATION_STATE", "the ruleset has no rules yet"));
    }
    if !ruleset.is_balance_only && !signal.has_scores {
        let message = "the team can only use rulesets that look at balances";
        return Err(error("NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS", message));
    }
    Ok(ruleset)
}

/// The emulator's own ruleset: by the scores, or by the balance for a team without scores.
fn usual(is_balance_only: bool) -> Ruleset {
    let rule = |field: &str, test: Test, result: Outcome, note: &str| Rule {
        when: vec![Condition { field: field.to_owned(), test }],
        result,
        note: Some(note.to_owned()),
        action: None,
    };
    let by_score = |limit: i64, result: Outcome, note: &str| {
        SCORES.map(|field| rule(field, Test::AtLeast(Decimal::from(limit)), result, note))
    };
    let rules = match is_balance_only {
        true => vec![rule(
            "balance_to_transaction_amount_ratio",
            Test::Below(Decimal::ONE),
            Outcome::Reroute,
            "the balance is lower than the amount",
        )],
        false => by_score(90, Outcome::Reroute, "the risk is high")
            .into_iter()
            .chain(by_score(60, Outcome::Review, "the risk is not low"))
            .collect(),
    };
    Ruleset { is_balance_only, rules }
}

/// What a ruleset says of a payment, as responses contain it.
pub fn decide(ruleset: &Ruleset, key: &str, known: &Map<String, Value>) -> Value {
    let rule = ruleset.rules.iter().find(|rule| rule.when.iter().all(|condition| holds(condition, known)));
    let details = rule.map(|rule| {
        let texts = [("internal_note", &rule.note), ("custom_action_key", &rule.action)];
        texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?)))).collect::<Value>()
    });
    json!({
        "result": rule.map_or(Outcome::Accept, |rule| rule.result).wire(),
        "ruleset_key": key,
        "triggered_rule_details": details,
    })
}

/// An unknown value fits no condition.
fn holds(condition: &Condition, known: &Map<String, Value>) -> bool {
    let Some(value) = known.get(&condition.field) else { return false };
    match condition.test {
        Test::AtLeast(limit) => decimal(value).is_some_and(|number| number >= limit),
        Test::Below(limit) => decimal(value).is_some_and(|number| number < limit),
        Test::Is(flag) => value.as_bool() == Some(flag),
    }
}

/// Reads a ruleset that a control sets.
///
/// # Errors
/// What is wrong, with its place.
pub fn read(of: Fields<'_>) -> Result<(String, Ruleset), String> {
    if let Some(name) = of.unknown(&["balance_only", "key", "rules"]) {
        return Err(format!("a ruleset has no {name}"));
    }
    let key = of.text("key").filter(|key| !key.is_empty()).ok_or("a ruleset needs a key")?;
    let rules = of.objects("rules").map(rule).collect::<Result<_, String>>()?;
    Ok((key.to_owned(), Ruleset { is_balance_only: of.flag("balance_only"), rules }))
}

fn rule(of: Fields<'_>) -> Result<Rule, String> {
    if let Some(name) = of.unknown(&["custom_action_key", "internal_note", "result", "when"]) {
        return Err(format!("a rule has no {name}"));
    }
    let result = [Outcome::Accept, Outcome::Review, Outcome::Reroute];
    let result = result.into_iter().find(|result| of.text("result") == Some(result.wire()));
    let text = |name: &str| of.text(name).map(str::to_owned);
    Ok(Rule {
        when: of.objects("when").map(condition).collect::<Result<_, String>>()?,
        result: result.ok_or("result must be ACCEPT, REVIEW or REROUTE")?,
        note: text("internal_note"),
        action: text("custom_action_key"),
    })
}

fn condition(of: Fields<'_>) -> Result<Condition, String> {
    if let Some(name) = of.unknown(&["at_least", "below", "field", "is"]) {
        return Err(format!("a condition has no {name}"));
    }
    let field = of.text("field").ok_or("a condition needs a field")?.to_owned();
    let tests = [
        of.decimal("at_least").map(Test::AtLeast),
        of.decimal("below").map(Test::Below),
        of.value("is").and_then(Value::as_bool).map(Test::Is),
    ];
    let mut tests = tests.into_iter().flatten();
    match (tests.next(), tests.next()) {
        (Some(test), None) => Ok(Condition { field, test }),
        _ => Err("a condition needs one of at_least, below and is".to_owned()),
    }
}

/// A ruleset as the control shows it.
pub fn show(key: &str, ruleset: &Ruleset) -> Value {
    let condition = |one: &Condition| match one.test {
        Test::AtLeast(limit) => json!({"at_least": number(limit), "field": one.field}),
        Test::Below(limit) => json!({"below": number(limit), "field": one.field}),
        Test::Is(flag) => json!({"field": one.field, "is": flag}),
    };
    let rule = |one: &Rule| {
        json!({
            "custom_action_key": one.action,
            "internal_note": one.note,
            "result": one.result.wire(),
            "when": one.when.iter().map(condition).collect::<Vec<_>>(),
        })
    };
    json!({
        "balance_only": ruleset.is_balance_only,
        "key": key,
        "rules": ruleset.rules.iter().map(rule).collect::<Vec<_>>(),
    })
}
