//! What queries find.

use plaid_catalog::Catalog;
use plaid_catalog::tools::search::{Hit, Item};

use crate::queries::QUERIES;

/// How tests write a result.
fn name(hit: &Hit<'_>) -> String {
    match (&hit.entry.item, hit.place) {
        (Item::Operation { id, .. }, _) => id.clone(),
        (Item::Property { .. }, Some(place)) => format!("{}: {}", place.of, place.path),
        (Item::Property { name, .. }, None) => format!(".{name}"),
        (Item::Webhook { kind, code }, _) => format!("{kind}: {code}"),
        (Item::ErrorCode(code), _) => code.clone(),
    }
}

#[test]
fn what_people_mean_comes_first() {
    assert!(QUERIES.len() >= 80);
    let catalog = Catalog::plaid();
    let mut wrong = Vec::new();
    for (query, expected) in QUERIES {
        let found: Vec<String> = catalog.search(query, 5).iter().map(name).collect();
        if found.first().map(String::as_str) != Some(*expected) {
            wrong.push(format!("{query:?}: expected {expected}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), QUERIES.len(), wrong.join("\n"));
}

#[test]
fn every_exact_name_finds_itself_first() {
    let catalog = Catalog::plaid();
    let first = |query: &str| catalog.search(query, 3).first().map(name).unwrap_or_default();
    for operation in &catalog.api().operations {
        let method = &catalog.layout().operations[&operation.id].name;
        let with_method = format!("{} {}", operation.method, operation.path);
        for query in [&operation.id, &operation.path, &with_method, method] {
            assert_eq!(first(query), operation.id, "{query}");
        }
    }
    for code in &catalog.api().error_codes {
        assert_eq!(first(&code.wire), code.wire);
    }
    for webhook in &catalog.api().webhooks {
        let pair = format!("{}: {}", webhook.kind, webhook.code);
        assert_eq!(first(&pair), pair);
    }
}

#[test]
fn every_property_is_found_by_its_name_and_by_its_places() {
    let catalog = Catalog::plaid();
    let mut count = 0;
    for entry in catalog.search_index().entries() {
        let Item::Property { name, places } = &entry.item else { continue };
        count += 1;
        let hits = catalog.search(name, 400);
        assert!(hits.iter().any(|hit| hit.entry == entry), "{name}");
        let Some(place) = places.iter().find(|place| place.path.contains('.')) else { continue };
        let hits = catalog.search(&place.path, 3);
        assert!(hits.first().is_some_and(|hit| hit.entry == entry && hit.place.is_some()), "{}", place.path);
    }
    assert!(count > 1800, "{count}");
}

#[test]
fn nothing_is_found_for_nonsense_and_no_query_is_too_long() {
    let catalog = Catalog::plaid();
    for query in ["", "  ", "qqqqqq wwwwww", "/", "::", "\u{0}", "\u{1f980}"] {
        assert_eq!(catalog.search(query, 10), [], "{query:?}");
    }
    for query in ["a ".repeat(100_000), "x".repeat(1_000_000), "transfer ".repeat(10_000)] {
        assert!(catalog.search(&query, 10).len() <= 10);
    }
    assert_eq!(catalog.search("transfer", 0), []);
    assert_eq!(catalog.search("transfer", 7).len(), 7);
}

#[test]
fn the_exported_index_contains_everything_that_is_found() {
    let index = Catalog::plaid().search_index();
    let json = index.to_json().expect("JSON");
    println!("the index as JSON: {} bytes", json.len());
    assert_eq!(json, index.to_json().expect("JSON"), "it is the same at every call");
    assert!(json.contains(r#"{"operation":{"id":"authGet","method":"POST","path":"/auth/get"},"about":"#));
    assert!(json.len() < 1_500_000, "{}", json.len());
}
