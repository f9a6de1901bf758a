//! `/employers/search`.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[Entry::json("/employers/search", Class::Computed, search)];

/// The employers: a name, a street, a city, a region, a postal code.
const EMPLOYERS: [[&str; 5]; 8] = [
    ["Platypus Industries", "1 River Road", "San Matias", "CA", "93405"],
    ["Platypus Logistics", "20 Dock Street", "Malakoff", "NY", "14236"],
    ["Gingham Textiles", "5 Loom Lane", "San Matias", "CA", "93405"],
    ["Houndstooth Foods", "77 Market Street", "San Francisco", "CA", "94105"],
    ["Tartan Software", "300 Main Street", "Pawnee", "IN", "46001"],
    ["Tattersall Hospital", "12 Hill Avenue", "Malakoff", "NY", "14236"],
    ["Windowpane Glass", "9 Kiln Road", "Pawnee", "IN", "46001"],
    ["Herringbone Schools", "44 Campus Drive", "San Francisco", "CA", "94105"],
];

/// `/employers/search`: the employers whose name contains the query. Names that begin with it come first.
pub fn search(call: &mut Call<'_>) -> Response {
    let query = call.request.required("query")?.to_lowercase();
    if query.is_empty() {
        return Err(ApiError::invalid_field("query must not be empty"));
    }
    let mut found: Vec<(f64, Value)> = Vec::new();
    for (number, [name, street, city, region, postal_code]) in (1..).zip(EMPLOYERS) {
        let lower = name.to_lowercase();
        if lower.contains(&query) {
            let score = match lower.strip_prefix(&query) {
                Some("") => 1.0,
                Some(_) => 0.9,
                None => 0.5,
            };
            let address = json!({
                "city": city, "country": "US", "postal_code": postal_code, "region": region, "street": street,
            });
            let employer = json!({
                "address": address, "confidence_score": score, "employer_id": format!("emp_{number}"), "name": name,
            });
            found.push((score, employer));
        }
    }
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(json!({"employers": found.into_iter().map(|(_, employer)| employer).collect::<Vec<_>>()}))
}
