//! `/beta/transactions/rules/v1/*`: rules that re-categorize the transactions of a user.

use serde_json::{Value, json};

use super::super::users::{by_client_user_id, find_or_create};
use super::super::{Call, Response, nothing};
use crate::bank;
use crate::data::merchants::PRIMARY;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::guess::primary_of;
use crate::state::{Category, Match, Rule};

/// `/beta/transactions/rules/v1/create`: the user's transactions are re-categorized at once, new ones when they come.
pub fn create(call: &mut Call<'_>) -> Response {
    let client_user_id = call.request.required("client_user_id")?;
    if client_user_id.is_empty() {
        return Err(ApiError::invalid_field("client_user_id must not be empty"));
    }
    let category = category(call.request)?;
    let matches = matches(call.request.object("rule_details"))?;
    let user = find_or_create(call.tenant, client_user_id, None);
    let (id, created) = (call.tenant.ids.uuid(), call.tenant.now());
    let rule = Rule { id, user: user.clone(), created, category, matches };
    let shown = view(&rule);
    call.tenant.rules.push(rule);
    let of_user = call.tenant.items.values().filter(|item| item.user.as_ref() == Some(&user));
    let items: Vec<_> = of_user.map(|item| item.id.clone()).collect();
    for item in items {
        bank::recategorize(call.tenant, &item);
    }
    Ok(json!({"rule": shown}))
}

/// `/beta/transactions/rules/v1/list`: a user's rules, oldest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let user = by_client_user_id(call.tenant, call.request.required("client_user_id")?)?;
    let rules: Vec<Value> = call.tenant.rules.iter().filter(|rule| rule.user == user).map(view).collect();
    Ok(json!({"rules": rules}))
}

/// `/beta/transactions/rules/v1/remove`: transactions keep the categories that they have got.
pub fn remove(call: &mut Call<'_>) -> Response {
    let user = by_client_user_id(call.tenant, call.request.required("client_user_id")?)?;
    let id = call.request.required("rule_id")?;
    let before = call.tenant.rules.len();
    call.tenant.rules.retain(|rule| rule.user != user || rule.id != id);
    match before == call.tenant.rules.len() {
        true => Err(ApiError::invalid_field("rule_id must be the id of a rule of the user")),
        false => nothing(),
    }
}

fn category(request: Fields<'_>) -> Result<Category, ApiError> {
    let primary = request.required("pfc_primary_category")?;
    let detailed = request.required("pfc_detailed_category")?;
    if !PRIMARY.contains(&primary) {
        return Err(ApiError::invalid_field("pfc_primary_category must be a primary personal finance category"));
    }
    if primary_of(detailed) != Some(primary) {
        let message = format!("pfc_detailed_category must be a detailed category of {primary}");
        return Err(ApiError::invalid_field(&message));
    }
    Ok(Category { primary: primary.to_owned(), detailed: detailed.to_owned(), confidence: "VERY_HIGH".to_owned() })
}

fn matches(details: Fields<'_>) -> Result<Match, ApiError> {
    let query = details.required("query")?.to_owned();
    if query.is_empty() {
        return Err(ApiError::invalid_field("rule_details.query must not be empty"));
    }
    match (details.required("field")?, details.required("type")?) {
        ("TRANSACTION_ID", "EXACT_MATCH") => Ok(Match::Id(query)),
        ("TRANSACTION_ID", _) => {
            Err(ApiError::invalid_field("rule_details.type must be EXACT_MATCH for the field TRANSACTION_ID"))
        }
        (_, "EXACT_MATCH") => Ok(Match::Merchant(query)),
        (_, _) => Ok(Match::Contains(query)),
    }
}

fn view(rule: &Rule) -> Value {
    let (field, kind, query) = match &rule.matches {
        Match::Id(id) => ("TRANSACTION_ID", "EXACT_MATCH", id),
        Match::Merchant(text) => ("MERCHANT_NAME", "EXACT_MATCH", text),
        Match::Contains(text) => ("MERCHANT_NAME", "SUBSTRING_MATCH", text),
    };
    json!({
        "created_at": time(rule.created),
        "id": rule.id,
        "pfc_detailed_category": rule.category.detailed,
        "pfc_primary_category": rule.category.primary,
        "rule_details": {"field": field, "query": query, "type": kind},
        "updated_at": time(rule.created),
        "user_id": rule.user,
    })
}
