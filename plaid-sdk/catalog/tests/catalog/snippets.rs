//! Snippets from the embedded data.

use plaid_catalog::{Address, Catalog, Language};

#[test]
fn every_operation_has_a_snippet_in_every_language() {
    let catalog = Catalog::plaid();
    for operation in &catalog.api().operations {
        for language in Language::ALL {
            let snippet = catalog.snippet(&operation.id, &operation.samples, language, Address::Api);
            let code = snippet.unwrap_or_else(|error| panic!("{} {}: {error}", operation.id, language.id())).text();
            assert!(code.len() > 50, "{code}");
        }
    }
}

#[test]
fn an_unknown_operation_is_an_error_with_the_nearest_name() {
    let catalog = Catalog::plaid();
    let error = catalog.snippet("linkTokenCreat", &catalog.api().operations[0].samples, Language::Python, Address::Api);
    let message = error.expect_err("no operation").to_string();
    assert!(
        message.starts_with("the API has no operation `linkTokenCreat`; did you mean `linkTokenCreate`"),
        "{message}"
    );
}
