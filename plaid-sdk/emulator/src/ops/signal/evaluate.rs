//! `/signal/evaluate`: scores, attributes and what the rules say.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Payer, attributes, error, is_manual, not_signed, payer, payer_of_processor, rules};
use crate::error::ApiError;
use crate::ops::{Call, Response};
use crate::state::Tenant;
use crate::state::signal::{Payment, Stage};

/// `/signal/evaluate`.
pub fn evaluate(call: &mut Call<'_>) -> Response {
    let payer = payer(call)?;
    answer(call, &payer)
}

/// `/processor/signal/evaluate`.
pub fn evaluate_of_processor(call: &mut Call<'_>) -> Response {
    let payer = payer_of_processor(call)?;
    answer(call, &payer)
}

fn answer(call: &mut Call<'_>, payer: &Payer) -> Response {
    let request = call.request;
    let id = request.required("client_transaction_id")?;
    let key = request.text("ruleset_key").unwrap_or(rules::DEFAULT);
    let ruleset = rules::find(&call.tenant.signal, key)?;
    if !call.tenant.signal.is_signed && (request.value("user").is_some() || request.value("device").is_some()) {
        return Err(not_signed());
    }
    if call.tenant.signal.payments.get(id).is_some_and(|payment| !payment.stage.can_be_evaluated()) {
        let message = "client_transaction_id was used for another evaluation";
        return Err(error("CLIENT_TRANSACTION_ID_ALREADY_IN_USE", message));
    }
    let now = call.tenant.now();
    let item = call.tenant.items.get_mut(&payer.item).ok_or_else(ApiError::item_not_found)?;
    item.products.insert(if ruleset.is_balance_only { "balance" } else { "signal" }.to_owned());
    // Old data is scored as well, and a warning says that it is old.
    let warnings: Vec<Value> = item.error().iter().map(warning).collect();
    let attributes = match (is_manual(item), ruleset.is_balance_only) {
        (true, _) => Map::new(),
        (false, true) => attributes::balances(&payer.account, !warnings.is_empty()),
        (false, false) => {
            let is_oauth = call.world.institution(&item.institution).is_ok_and(|one| one.oauth);
            attributes::all(item, &payer.account, payer.amount, is_oauth, now)
        }
    };
    let scores = (!ruleset.is_balance_only).then(|| scores(call.tenant, payer, id));
    let mut known = attributes.clone();
    known.insert("amount".to_owned(), crate::ops::account_view::number(payer.amount));
    for (name, value) in scores.iter().flat_map(|scores| scores.as_object()).flatten() {
        known.insert(name.clone(), value["score"].clone());
    }
    if ruleset.is_balance_only {
        known.extend(attributes::buffer(&payer.account, payer.amount).filter(|_| warnings.is_empty()));
    }
    let mut shown = json!({
        "core_attributes": attributes,
        "ruleset": rules::decide(&ruleset, key, &known),
        "scores": scores,
        "warnings": warnings,
    });
    if let Some(profile) = request.text("risk_profile_key") {
        shown["risk_profile"] = json!({"key": profile, "outcome": shown["ruleset"]["result"]});
    }
    let payment = Payment {
        item: payer.item.clone(),
        account: payer.account.id.clone(),
        amount: payer.amount,
        at: now,
        stage: Stage::Evaluated,
        returned: None,
    };
    call.tenant.signal.payments.insert(id.to_owned(), payment);
    Ok(shown)
}

/// What keeps an Item's data from being read.
pub fn warning(error: &ApiError) -> Value {
    json!({"warning_code": error.code, "warning_message": error.message, "warning_type": error.kind})
}

/// The scores: those of the Sandbox's amounts, else two that follow from the payment.
fn scores(tenant: &Tenant, payer: &Payer, id: &str) -> Value {
    let mut ids = tenant.ids.named(&format!("signal/{id}/{}", payer.amount));
    let mut score = || magic(payer.amount).unwrap_or_else(|| ids.below(99) + 1);
    let (customer, bank) = (score(), score());
    json!({
        "bank_initiated_return_risk": {"risk_tier": tier(bank, 8), "score": bank},
        "customer_initiated_return_risk": {"risk_tier": tier(customer, 5), "score": customer},
    })
}

/// The score of an amount that the Sandbox knows.
fn magic(amount: Decimal) -> Option<u64> {
    let cents = [(353, 10), (1_217, 60), (2_753, 90)];
    cents.into_iter().find(|(cents, _)| Decimal::new(*cents, 2) == amount).map(|(_, score)| score)
}

/// The tier of a score: all tiers are of about the same size.
fn tier(score: u64, tiers: u64) -> u64 {
    score.saturating_sub(1) * tiers / 99 + 1
}

#[cfg(test)]
mod tests {
    use super::{magic, tier};
    use rust_decimal::Decimal;

    #[test]
    fn the_sandbox_knows_three_amounts() {
        assert_eq!(
            [353, 1_217, 2_753, 354].map(|cents| magic(Decimal::new(cents, 2))),
            [Some(10), Some(60), Some(90), None]
        );
        assert_eq!(magic(Decimal::new(3_530, 3)), Some(10));
    }

    #[test]
    fn tiers_stay_in_their_range() {
        assert_eq!((tier(1, 8), tier(99, 8), tier(1, 5), tier(99, 5)), (1, 8, 1, 5));
        assert!((1..=99).all(|score| (1..=5).contains(&tier(score, 5)) && (1..=8).contains(&tier(score, 8))));
    }
}
