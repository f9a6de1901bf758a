//! Sample responses.

use plaid_sdk::serde_json::{Value, json};

/// An account of `/accounts/get` with only the required properties.
pub(crate) fn account() -> Value {
    json!({
        "account_id": "a1",
        "balances": {
            "available": null, "current": 110.5, "limit": null,
            "iso_currency_code": "USD", "unofficial_currency_code": null
        },
        "mask": "0000", "name": "Checking", "official_name": null, "type": "depository", "subtype": "checking"
    })
}

/// A response of `/accounts/get` with some accounts.
pub(crate) fn accounts(accounts: &[Value]) -> Value {
    json!({ "accounts": accounts, "item": item(), "request_id": "r1" })
}

/// An Item.
pub(crate) fn item() -> Value {
    json!({
        "item_id": "i1", "institution_id": "ins_1", "webhook": null, "error": null, "available_products": ["balance"],
        "billed_products": ["auth"], "consent_expiration_time": null, "update_type": "background"
    })
}

/// A transaction of this amount, written as given.
pub(crate) fn transaction(amount: &str) -> String {
    format!(
        r#"{{"account_id": "a1", "account_owner": null, "amount": {amount}, "iso_currency_code": "USD",
            "unofficial_currency_code": null, "category": null, "category_id": null, "date": "2026-03-01",
            "authorized_date": null, "authorized_datetime": null, "datetime": null, "name": "Coffee",
            "location": {{"address": null, "city": null, "region": null, "postal_code": null, "country": null,
                          "lat": 37.7749295, "lon": -122.4194155, "store_number": null}},
            "payment_channel": "in store", "payment_meta": {{"reference_number": null, "ppd_id": null, "payee": null,
                          "by_order_of": null, "payer": null, "payment_method": null, "payment_processor": null,
                          "reason": null}},
            "pending": false, "pending_transaction_id": null, "transaction_code": null, "transaction_id": "t1"}}"#
    )
}

/// A page of `/transactions/sync` with these transactions added.
pub(crate) fn page(added: &[String]) -> String {
    let added = added.join(",");
    format!(
        r#"{{"transactions_update_status": "HISTORICAL_UPDATE_COMPLETE", "accounts": [], "added": [{added}],
            "modified": [], "removed": [], "next_cursor": "c1", "has_more": false, "request_id": "r1"}}"#
    )
}
