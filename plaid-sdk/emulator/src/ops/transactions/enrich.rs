//! `/transactions/enrich` and its older form: what descriptions of an application's own transactions mean.

use serde_json::{Value, json};

use super::super::{Call, Response};
use crate::data::categories;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::guess::{Guess, guess};

/// The most transactions of a request.
const MOST: usize = 100;

/// `/transactions/enrich`.
pub fn enrich(call: &mut Call<'_>) -> Response {
    let rows = rows(call.request)?;
    let options = call.request.object("options");
    let legacy = options.flag("include_legacy_category");
    let version = options.text("personal_finance_category_version").unwrap_or("v2");
    let enriched: Result<Vec<Value>, ApiError> = rows.into_iter().map(|row| enriched(row, legacy, version)).collect();
    Ok(json!({"enriched_transactions": enriched?}))
}

fn enriched(row: Fields<'_>, legacy: bool, version: &str) -> Result<Value, ApiError> {
    let description = row.required("description")?;
    let guess = guess(description, row.text("direction") == Some("INFLOW"));
    let mut enrichments = common(&guess, row.object("location"), version);
    enrichments["entity_id"] = json!(guess.merchant.as_ref().and_then(|merchant| merchant.entity.as_ref()));
    enrichments["phone_number"] = Value::Null;
    enrichments["check_number"] = check_number(description).into();
    if legacy {
        let legacy = categories::of(&guess.category.detailed);
        enrichments["legacy_category_id"] = legacy.id.into();
        enrichments["legacy_category"] = json!(legacy.hierarchy());
    }
    let mut shown = same(row);
    for name in ["client_user_id", "client_account_id", "account_type", "account_subtype", "direction"] {
        if let Some(value) = row.value(name) {
            shown[name] = value.clone();
        }
    }
    shown["enrichments"] = enrichments;
    Ok(shown)
}

/// `/beta/transactions/v1/enhance`: the older form. A negative amount came in.
pub fn enhance(call: &mut Call<'_>) -> Response {
    let enhanced = |row: Fields<'_>| {
        let description = row.required("description")?;
        let is_inflow = row.value("amount").and_then(Value::as_f64).is_some_and(|amount| amount < 0.0);
        let guess = guess(description, is_inflow);
        let legacy = categories::of(&guess.category.detailed);
        let mut enhancements = common(&guess, Fields(&Value::Null), "v2");
        enhancements["category"] = json!(legacy.hierarchy());
        enhancements["category_id"] = legacy.id.into();
        enhancements["check_number"] = check_number(description).into();
        let mut shown = same(row);
        shown["enhancements"] = enhancements;
        Ok(shown)
    };
    let rows: Result<Vec<Value>, ApiError> = rows(call.request)?.into_iter().map(enhanced).collect();
    Ok(json!({"enhanced_transactions": rows?}))
}

/// The transactions of a request.
fn rows(request: Fields<'_>) -> Result<Vec<Fields<'_>>, ApiError> {
    if !matches!(request.required("account_type")?, "depository" | "credit") {
        return Err(ApiError::invalid_field("account_type must be depository or credit"));
    }
    let rows: Vec<Fields<'_>> = request.objects("transactions").collect();
    if rows.is_empty() || rows.len() > MOST {
        return Err(ApiError::invalid_field(&format!("transactions must have 1 to {MOST} entries")));
    }
    let mut ids: Vec<&str> = rows.iter().filter_map(|row| row.text("id")).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(ApiError::invalid_field("transactions.id must be unique in the request"));
    }
    Ok(rows)
}

/// What the response repeats of a transaction.
fn same(row: Fields<'_>) -> Value {
    json!({
        "amount": row.value("amount"),
        "description": row.text("description"),
        "id": row.text("id"),
        "iso_currency_code": row.text("iso_currency_code"),
    })
}

/// What both forms say. The location is the one that the request knows.
fn common(guess: &Guess, location: Fields<'_>, version: &str) -> Value {
    let merchant = guess.merchant.as_ref();
    let logo = merchant.and_then(|merchant| merchant.logo.as_ref());
    let logo = logo.map(|file| format!("https://plaid-merchant-logos.plaid.com/{file}.png"));
    let counterparty = merchant.map(|merchant| {
        json!({
            "account_numbers": null,
            "confidence_level": guess.category.confidence,
            "entity_id": merchant.entity,
            "logo_url": logo,
            "name": merchant.name,
            "phone_number": null,
            "type": "merchant",
            "website": merchant.website,
        })
    });
    let place = |name: &str| location.text(name);
    json!({
        "counterparties": counterparty.into_iter().collect::<Vec<_>>(),
        "location": {
            "address": place("address"),
            "city": place("city"),
            "country": place("country"),
            "lat": null,
            "lon": null,
            "postal_code": place("postal_code"),
            "region": place("region"),
            "store_number": null,
        },
        "logo_url": logo,
        "merchant_name": merchant.map(|merchant| &merchant.name),
        "payment_channel": guess.channel,
        "personal_finance_category": {
            "confidence_level": guess.category.confidence,
            "detailed": guess.category.detailed,
            "primary": guess.category.primary,
            "version": version,
        },
        "personal_finance_category_icon_url":
            format!("https://plaid-category-icons.plaid.com/PFC_{}.png", guess.category.primary),
        "website": merchant.and_then(|merchant| merchant.website.as_ref()),
    })
}

/// The number in `CHECK 1234`.
fn check_number(description: &str) -> Option<&str> {
    let mut words = description.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("check"));
    words.next()?;
    words.next().map(|word| word.trim_start_matches('#')).filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}
