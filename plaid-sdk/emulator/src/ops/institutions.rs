//! `/institutions/*`.

use serde_json::{Value, json};

use super::items::PRODUCTS;
use super::{Call, Class, Entry, Response};
use crate::data::institutions::{Health, Institution};
use crate::error::ApiError;
use crate::fields::{Fields, time};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/institutions/get", Class::Computed, get),
    Entry::json("/institutions/get_by_id", Class::Computed, by_id),
    Entry::json("/institutions/search", Class::Computed, search),
];

/// How many institutions a search returns at most.
const SEARCH: usize = 10;

/// `/institutions/get`: a page of the institutions of some countries.
pub fn get(call: &mut Call<'_>) -> Response {
    let options = call.request.object("options");
    let count = call.request.within("count", 1..=500, 1)?;
    let offset = call.request.within("offset", 0..=i64::MAX, 0)?;
    let oauth = options.value("oauth").and_then(Value::as_bool);
    let has_products = has_products(options)?;
    // The institutions here have no routing numbers, so a filter by them selects none.
    let all = call.world.institutions.iter().filter(|one| {
        is_in(one, call.request)
            && is_supported(one)
            && oauth.is_none_or(|oauth| one.oauth == oauth)
            && has_products
            && options.texts("routing_numbers").is_none_or(|numbers| numbers.is_empty())
    });
    let all: Vec<&Institution> = all.collect();
    let page: Vec<Value> = all.iter().skip(offset).take(count).map(|one| view(one, options, call)).collect();
    Ok(json!({"institutions": page, "total": all.len()}))
}

/// `/institutions/search`: institutions by a part of their name.
pub fn search(call: &mut Call<'_>) -> Response {
    let query = call.request.required("query")?.to_lowercase();
    let options = call.request.object("options");
    let has_products = has_products(call.request)?;
    let found = call.world.institutions.iter().filter(|one| {
        has_products && is_in(one, call.request) && is_supported(one) && one.name.to_lowercase().contains(query.trim())
    });
    let found: Vec<Value> = found.take(SEARCH).map(|one| view(one, options, call)).collect();
    Ok(json!({"institutions": found}))
}

/// `/institutions/get_by_id`.
pub fn by_id(call: &mut Call<'_>) -> Response {
    let options = call.request.object("options");
    let institution = call.world.institution(call.request.required("institution_id")?)?;
    if !is_in(institution, call.request) {
        return Err(ApiError::invalid_institution());
    }
    let mut shown = view(institution, options, call);
    if options.flag("include_status") {
        shown["status"] = status(institution, &time(call.tenant.now()));
    }
    Ok(json!({"institution": shown}))
}

/// Whether new Items can be created. Lists leave the others out.
fn is_supported(institution: &Institution) -> bool {
    institution.health != Health::Unsupported
}

fn is_in(institution: &Institution, request: Fields<'_>) -> bool {
    request.texts("country_codes").is_none_or(|countries| countries.contains(&institution.country))
}

/// Whether the institutions have all products that a request asks for: they all have the same ones.
fn has_products(request: Fields<'_>) -> Result<bool, ApiError> {
    let products = request.texts("products").unwrap_or_default();
    let bad: Vec<String> = products
        .iter()
        .filter(|name| !name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(|name| format!("{name:?}"))
        .collect();
    match bad.is_empty() {
        true => Ok(products.iter().all(|product| PRODUCTS.contains(product))),
        false => Err(ApiError::invalid_product(&bad.join(", "))),
    }
}

fn view(institution: &Institution, options: Fields<'_>, _call: &Call<'_>) -> Value {
    let mut shown = json!({
        // Newer than the document here; the official clients require it.
        "connection_availability": if is_supported(institution) { "SUPPORTED" } else { "NOT_SUPPORTED" },
        "country_codes": [institution.country],
        "dtc_numbers": [],
        "institution_id": institution.id,
        "name": institution.name,
        "oauth": institution.oauth,
        "products": PRODUCTS,
        "routing_numbers": [],
    });
    if options.flag("include_optional_metadata") {
        shown["url"] = institution.color.map(|_| "https://www.plaid.com/").into();
        shown["primary_color"] = institution.color.into();
        shown["logo"] = institution.color.map(|_| PIXEL).into();
    }
    if options.flag("include_auth_metadata") {
        shown["auth_metadata"] = json!({"supported_methods": {
            "automated_micro_deposits": institution.id == "ins_109512",
            "instant_auth": true,
            "instant_match": institution.id == "ins_109512",
        }});
    }
    if options.flag("include_payment_initiation_metadata") {
        shown["payment_initiation_metadata"] = payments(institution);
    }
    shown
}

/// What a bank in the UK can do with payments. Others can do nothing with them.
fn payments(institution: &Institution) -> Value {
    if institution.country != "GB" {
        return Value::Null;
    }
    // In pence: the emulator blocks what is more.
    let most = json!({"GBP": "100000000"});
    json!({
        "maximum_payment_amount": most,
        "standing_order_metadata": {
            "supports_standing_order_end_date": true,
            "supports_standing_order_negative_execution_days": true,
            "valid_standing_order_intervals": ["WEEKLY", "MONTHLY"],
        },
        // Newer clients require it; the document lacks it.
        "supports_commercial_payment_consents": true,
        "supports_international_payments": false,
        "supports_payment_consents": true,
        "supports_refund_details": true,
        "supports_sepa_instant": false,
    })
}

/// A logo: a PNG of one pixel, in base64.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn status(institution: &Institution, now: &str) -> Value {
    let (status, success) = match institution.health {
        Health::Healthy => ("HEALTHY", 0.95),
        Health::Degraded => ("DEGRADED", 0.5),
        Health::Down | Health::Unsupported => ("DOWN", 0.0),
    };
    let product = json!({
        "breakdown": {"error_institution": 1.0 - success, "error_plaid": 0.0, "success": success},
        "last_status_change": now,
        "status": status,
    });
    let mut products = json!({"health_incidents": null});
    for name in
        ["auth", "identity", "investments_updates", "item_logins", "liabilities_updates", "transactions_updates"]
    {
        products[name] = product.clone();
    }
    products
}
