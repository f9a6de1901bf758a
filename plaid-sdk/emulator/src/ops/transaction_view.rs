//! Transactions as responses contain them.

use serde_json::{Value, json};

use super::account_view::number;
use crate::fields::Fields;
use crate::state::Transaction;

/// Which properties a request wants.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    original_description: bool,
    category: bool,
    first_version: bool,
}

impl Shown {
    /// Reads the options of a request.
    pub fn of(options: Fields<'_>) -> Self {
        Self {
            original_description: options.flag("include_original_description"),
            category: options.value("include_personal_finance_category").and_then(Value::as_bool).unwrap_or(true),
            first_version: options.text("personal_finance_category_version") == Some("v1"),
        }
    }
}

/// A transaction.
pub fn view(row: &Transaction, shown: Shown) -> Value {
    let logo = row.logo.as_ref().map(|file| format!("https://plaid-merchant-logos.plaid.com/{file}.png"));
    let counterparty = row.merchant.as_ref().map(|name| {
        json!({
            "confidence_level": row.category.confidence,
            "entity_id": row.entity,
            "logo_url": logo,
            "name": name,
            "type": "merchant",
            "website": row.website,
        })
    });
    let mut view = json!({
        "account_id": row.account,
        "account_owner": null,
        "amount": number(row.amount),
        "authorized_date": row.authorized,
        "authorized_datetime": null,
        "category": null,
        "category_id": null,
        "check_number": null,
        "counterparties": counterparty.into_iter().collect::<Vec<_>>(),
        "date": row.date,
        "datetime": null,
        "iso_currency_code": row.currency,
        "location": location(row),
        "logo_url": logo,
        "merchant_entity_id": row.entity,
        "merchant_name": row.merchant,
        "name": row.name,
        "payment_channel": row.channel,
        "payment_meta": payment_meta(row),
        "pending": row.pending,
        "pending_transaction_id": row.was_pending,
        "personal_finance_category_icon_url":
            format!("https://plaid-category-icons.plaid.com/PFC_{}.png", row.category.primary),
        "transaction_code": null,
        "transaction_id": row.id,
        "transaction_type": if row.channel == "other" { "special" } else { "place" },
        "unofficial_currency_code": null,
        "website": row.website,
    });
    if shown.original_description {
        view["original_description"] = row.name.as_str().into();
    }
    if shown.category {
        view["personal_finance_category"] = json!({
            "confidence_level": row.category.confidence,
            "detailed": row.category.detailed,
            "primary": row.category.primary,
            "version": if shown.first_version { "v1" } else { "v2" },
        });
    }
    view
}

/// Where a transaction took place. Of the Sandbox's, only the number of a store is known.
pub fn location(row: &Transaction) -> Value {
    json!({
        "address": null,
        "city": null,
        "country": null,
        "lat": null,
        "lon": null,
        "postal_code": null,
        "region": null,
        "store_number": row.store,
    })
}

/// How a transaction was paid, as far as a bank of the Sandbox says.
pub fn payment_meta(row: &Transaction) -> Value {
    json!({
        "by_order_of": null,
        "payee": null,
        "payer": null,
        "payment_method": row.payment_method,
        "payment_processor": null,
        "ppd_id": null,
        "reason": null,
        "reference_number": null,
    })
}
