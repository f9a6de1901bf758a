use super::{Part, describe, whole};
use plaid_catalog::model::Operation;
use plaid_catalog::{Catalog, Language};

fn text(id: &str, part: Part, path: Option<&str>) -> Result<String, String> {
    let catalog = Catalog::plaid();
    describe(catalog, catalog.operation(id).expect("the operation"), part, path)
}

#[test]
fn every_description_of_every_operation_is_within_its_budget() {
    let catalog = Catalog::plaid();
    let mut longest = (0, String::new());
    for operation in &catalog.api().operations {
        for part in [Part::All, Part::Request, Part::Response, Part::Errors] {
            let text = describe(catalog, operation, part, None).expect("a description");
            assert!(text.len() <= 10_000, "{} {part:?}: {} bytes", operation.id, text.len());
            assert!(!text.is_empty());
            if text.len() > longest.0 {
                longest = (text.len(), format!("{} {part:?}", operation.id));
            }
        }
    }
    println!("the longest: {longest:?}");
}

#[test]
fn a_description_says_what_is_required_and_how_to_call() {
    let text = text("itemPublicTokenExchange", Part::All, None).expect("a description");
    assert!(text.starts_with("# item_public_token_exchange: POST /item/public_token/exchange\n"), "{text}");
    assert!(text.contains("call it with call_write_operation"), "{text}");
    assert!(text.contains("- public_token (string, required, handle)"), "{text}");
    assert!(text.contains("{\"public_token\":\"<handle of public token>\"}"), "{text}");
    assert!(text.contains("- access_token (string, handle)"), "{text}");
    assert!(
        !text.contains("client_id") && !text.contains("- secret"),
        "the caller's credentials are nobody's concern: {text}"
    );
}

#[test]
fn what_is_left_out_can_be_asked_for() {
    let short = text("linkTokenCreate", Part::All, None).expect("a description");
    assert!(short.contains("in short; for more ask with part"), "{short}");
    assert!(
        short.contains("- client_name (string, required)") && short.contains("- country_codes (list of "),
        "{short}"
    );
    let deeper = text("linkTokenCreate", Part::Request, Some("user.address")).expect("a description");
    assert!(deeper.contains("- postal_code"), "{deeper}");
    let list = text("linkTokenCreate", Part::Request, Some("products")).expect("a description");
    assert!(list.contains("- transactions"), "{list}");
    let response =
        text("transactionsSync", Part::Response, Some("added[0].personal_finance_category")).expect("a description");
    assert!(response.contains("- primary"), "{response}");
}

#[test]
fn a_call_is_shown_in_each_language() {
    let catalog = Catalog::plaid();
    for language in Language::ALL {
        let part = Part::named(Some(language.id())).expect("a part");
        for operation in &catalog.api().operations {
            let code =
                describe(catalog, operation, part, None).unwrap_or_else(|error| panic!("{}: {error}", operation.id));
            assert!(!code.is_empty() && code.len() <= 10_000, "{}: {} bytes", operation.id, code.len());
        }
    }
    let code = text("linkTokenCreate", Part::Code(Language::Rust), None).expect("code");
    assert!(code.contains("link_token_create"), "{code}");
    assert!(text("linkTokenCreate", Part::Code(Language::Rust), Some("user")).is_err());
}

#[test]
fn a_wrong_path_says_what_there_is() {
    let error = text("linkTokenCreate", Part::Request, Some("user.adress")).expect_err("it is misspelt");
    assert!(error.contains("The properties are: address"), "{error}");
    let error = text("linkTokenCreate", Part::Request, Some("client_name.x")).expect_err("a string has no properties");
    assert!(error.contains("nothing inside"), "{error}");
    assert!(text("linkTokenCreate", Part::Errors, Some("x")).is_err());
    for path in ["", ".", "..", "[", "user..", "é.é", "user[0", "]"] {
        let _no_panic = text("linkTokenCreate", Part::Request, Some(path));
    }
    let long = format!("user[{}].name", "9".repeat(20_000));
    assert!(text("linkTokenCreate", Part::Request, Some(&long)).is_ok_and(|text| text.len() <= 10_000));
    let long = text("linkTokenCreate", Part::Request, Some(&"x".repeat(20_000))).expect_err("there is none");
    assert!(long.len() <= 10_000, "{} bytes", long.len());
    assert!(Part::named(Some("all")).is_err());
}

#[test]
fn every_property_of_every_body_can_be_described_by_its_path() {
    let catalog = Catalog::plaid();
    let name = |operation: &'static Operation, path: &str| describe(catalog, operation, Part::Request, Some(path));
    for operation in &catalog.api().operations {
        for field in super::top_fields(catalog, operation) {
            let text = name(operation, &field.wire).unwrap_or_else(|error| panic!("{}: {error}", operation.id));
            assert!(text.len() <= 10_000, "{}.{}: {} bytes", operation.id, field.wire, text.len());
        }
    }
}

#[test]
fn a_resource_has_everything() {
    let catalog = Catalog::plaid();
    let text = whole(catalog, catalog.operation("transactionsSync").expect("the operation"));
    assert!(text.contains("## Request") && text.contains("personal_finance_category") && text.contains("## Errors"));
}
