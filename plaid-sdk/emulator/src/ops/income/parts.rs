//! What documents have in common: amounts, ids, people.

use serde_json::{Value, json};

use crate::data::owner;
use crate::ids::Ids;
use crate::state::Item;

/// What is earned every two weeks, in cents.
pub const GROSS: i64 = 300_000;
/// What is taken off of it.
pub const OFF: [(&str, i64); 4] =
    [("Federal income tax", 36_000), ("Social security", 18_600), ("Medicare", 4_350), ("State income tax", 12_000)];

/// What is earned in a number of pay periods, in cents.
pub fn earned(times: i64) -> i64 {
    GROSS * times
}

/// The id of a document: the same whenever it is read.
pub fn id(item: &Item, name: &str) -> String {
    Ids::new(0, &format!("document/{}/{name}", item.id)).long()
}

/// What is known of a file.
pub fn metadata(name: &str, kind: &str) -> Value {
    json!({
        "document_type": kind,
        "download_url": null,
        "error_message": null,
        "name": name,
        "page_count": 1,
        "status": "PROCESSING_COMPLETE",
    })
}

/// The employer.
pub fn employer() -> Value {
    let address = json!({
        "city": "San Matias", "country": "US", "postal_code": "93405", "region": "CA", "street": "1 River Road",
    });
    json!({"address": address, "name": "Platypus Industries"})
}

/// The employee: the owner of the Sandbox's accounts.
pub fn employee() -> Value {
    let owner = owner::owner();
    let place = &owner["addresses"][0]["data"];
    let names = ["city", "country", "postal_code", "region", "street"];
    let address: Value = names.into_iter().map(|name| (name.to_owned(), place[name].clone())).collect();
    json!({
        "address": address,
        "marital_status": "SINGLE",
        "name": owner["names"][0],
        "taxpayer_id": {"id_mask": "6789", "id_type": "SSN"},
    })
}
