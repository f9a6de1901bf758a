//! What a team sets for Signal in Plaid's Dashboard: its rulesets, and what its contract has.

use serde_json::{Value, json};

use super::Answer;
use crate::commands::Refused;
use crate::fields::Fields;
use crate::ops::{read_ruleset, show_ruleset};
use crate::state::Tenant;

const HELP: &str = "send {\"rulesets\": [{\"key\": …, \"balance_only\": false, \"rules\": [{\"when\": [{\"field\": …, \
                    \"at_least\": 60}], \"result\": \"REVIEW\", \"internal_note\": …, \"custom_action_key\": …}]}], \
                    \"addendum_signed\": true, \"scores\": true}";

/// `GET signal`.
pub fn show(tenant: &Tenant) -> Value {
    let signal = &tenant.signal;
    json!({
        "addendum_signed": signal.is_signed,
        "rulesets": signal.rulesets.iter().map(|(key, one)| show_ruleset(key, one)).collect::<Vec<_>>(),
        "scores": signal.has_scores,
    })
}

/// `POST signal`: what is set takes the place of what was there.
pub fn set(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    if fields.value("rulesets").is_some() {
        let rulesets = fields.objects("rulesets").map(read_ruleset).collect::<Result<_, _>>();
        tenant.signal.rulesets = rulesets.map_err(|wrong: String| Refused::new(wrong, HELP))?;
    }
    if let Some(is_signed) = fields.value("addendum_signed").and_then(Value::as_bool) {
        tenant.signal.is_signed = is_signed;
    }
    if let Some(has_scores) = fields.value("scores").and_then(Value::as_bool) {
        tenant.signal.has_scores = has_scores;
    }
    Ok(show(tenant))
}
