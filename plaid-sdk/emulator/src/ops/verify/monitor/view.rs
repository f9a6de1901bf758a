//! Screenings and hits as responses contain them.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::super::trail;
use crate::fields::{Fields, time};
use crate::names::{score, words};
use crate::state::verify::{Hit, ScreeningKind, ScreeningVersion};

/// A version of a screening.
pub fn screening(version: &ScreeningVersion, id: &str) -> Value {
    let mut terms = version.terms.clone();
    terms["version"] = version.terms_version.into();
    json!({
        "assignee": version.assignee,
        "audit_trail": trail(&version.trail),
        "client_user_id": version.client_user_id,
        "id": id,
        "search_terms": terms,
        "status": version.status.name(),
    })
}

/// A hit: what the list has, and how the customer's data fits it.
pub fn hit(kind: ScreeningKind, hit: &Hit) -> Value {
    let terms = Fields(&hit.terms);
    let entry = &hit.entry;
    let born = match (terms.text("date_of_birth").and_then(|text| text.parse::<NaiveDate>().ok()), entry.born) {
        (None, _) => "no_input",
        (Some(_), None) => "no_data",
        (Some(day), Some((first, last))) if (first..=last).contains(&day) => "match",
        (Some(_), Some(_)) => "no_match",
    };
    let document = same(terms.text("document_number"), entry.document.as_deref());
    let country = same(terms.text("country"), entry.country.as_deref());
    let name = terms.text("legal_name").unwrap_or_default();
    let name = match () {
        () if words(name) == words(&entry.name) || score(name, &entry.name) == 100 => "match",
        () => "partial_match",
    };
    let documents = entry.document.as_ref().map(|number| json!({"number": number, "type": "other"}));
    let countries = entry.country.as_ref().map(|country| json!({"country": country, "full": country}));
    let names = json!({"full": entry.name, "is_primary": true, "weak_alias_determination": "none"});
    let mut parts =
        vec![("documents", document, documents), ("locations", country, countries), ("names", name, Some(names))];
    match kind {
        ScreeningKind::Individual => {
            let days = entry.born.map(|(first, last)| json!({"beginning": first, "ending": last}));
            parts.push(("dates_of_birth", born, days));
        }
        // Our entries have none of these.
        ScreeningKind::Entity => {
            for (list, term) in
                [("email_addresses", "email_address"), ("phone_numbers", "phone_number"), ("urls", "url")]
            {
                parts.push((list, same(terms.text(term), None), None));
            }
        }
    }
    let (mut analysis, mut data) = (Map::new(), Map::new());
    for (list, summary, listed) in parts {
        let rows: Vec<Value> =
            listed.into_iter().map(|data| json!({"analysis": {"summary": summary}, "data": data})).collect();
        analysis.insert(list.to_owned(), summary.into());
        data.insert(list.to_owned(), rows.into());
    }
    analysis.insert("search_terms_version".to_owned(), hit.terms_version.into());
    json!({
        "analysis": analysis,
        "data": data,
        "first_active": time(hit.found),
        "historical_since": null,
        "id": hit.id,
        "inactive_since": null,
        "list_code": entry.list,
        // The entry of a list has the same id wherever it is found.
        "plaid_uid": crate::ids::Ids::new(0, &entry.name).short("uid_"),
        "review_status": hit.status.name(),
        "source_uid": null,
        "sub_programs": [],
    })
}

fn same(own: Option<&str>, listed: Option<&str>) -> &'static str {
    match (own, listed) {
        (None, _) => "no_input",
        (Some(_), None) => "no_data",
        (Some(own), Some(listed)) if own.eq_ignore_ascii_case(listed) => "match",
        (Some(_), Some(_)) => "no_match",
    }
}
