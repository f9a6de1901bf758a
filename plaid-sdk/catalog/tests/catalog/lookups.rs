//! Lookups in the embedded data.

use plaid_catalog::model::{TypeId, Usage};
use plaid_catalog::{Catalog, Data, Role};

#[test]
fn the_embedded_data_is_that_of_api_json() {
    let json = include_str!("../../data/api.json");
    let data = Data::from_json(json).expect("api.json");
    assert!(data == *Catalog::plaid().data(), "api.json and api.bin differ; run `cargo xtask gen`");
}

#[test]
fn every_operation_is_found_by_each_of_its_names() {
    let catalog = Catalog::plaid();
    assert_eq!(catalog.api().operations.len(), 329);
    for operation in &catalog.api().operations {
        assert_eq!(catalog.operation(&operation.id), Some(operation));
        let method = &catalog.layout().operations[&operation.id].name;
        assert_eq!(catalog.method(method), Some(operation));
        assert!(catalog.at_path(&operation.path).contains(&operation));
        let with_method = format!("{} {}", operation.method.to_lowercase(), operation.path);
        for name in [&operation.id, method, &with_method] {
            assert_eq!(catalog.find_operation(name), Ok(operation), "{name}");
        }
        let product = catalog.product_of(operation).expect("a product");
        assert!(product.operations().any(|of| of == operation));
    }
    assert_eq!(catalog.products().map(|product| product.operations().count()).sum::<usize>(), 329);
}

#[test]
fn an_unknown_name_is_an_error_with_those_that_were_meant() {
    let catalog = Catalog::plaid();
    let error = |name| catalog.find_operation(name).expect_err(name).to_string();
    assert!(
        error("transactionSync")
            .starts_with("the API has no operation `transactionSync`; did you mean `transactionsSync`")
    );
    assert!(error("/acounts/get").contains("`/accounts/get`"), "{}", error("/acounts/get"));
    assert!(error("transfer_craete").contains("`transfer_create`"), "{}", error("transfer_craete"));
    assert_eq!(error(""), "the API has no operation ``");
    assert_eq!(error("GET /accounts/get"), "the API has no operation `/accounts/get`; did you mean `/accounts/get`?");
    let error = catalog.find_type("AccountsGetRespons").expect_err("a type").to_string();
    assert!(error.contains("`AccountsGetResponse`"), "{error}");
}

#[test]
fn every_type_and_property_is_found() {
    let catalog = Catalog::plaid();
    for def in catalog.api().types.values() {
        assert_eq!(catalog.type_named(&def.id.to_string()), Some(def));
    }
    let [property] = catalog.properties("AccountBase.account_id")[..] else { panic!("not one property") };
    assert_eq!((property.of.id.to_string().as_str(), property.field.wire.as_str()), ("AccountBase", "account_id"));
    let all = catalog.properties("account_id");
    assert!(all.len() > 50 && all.contains(&property) && all.iter().all(|found| found.field.wire == "account_id"));
    assert!(catalog.properties("AccountBase.nothing").is_empty() && catalog.properties("nothing").is_empty());
}

#[test]
fn what_uses_a_type_agrees_with_its_usage() {
    let catalog = Catalog::plaid();
    for def in catalog.api().types.values() {
        let used = catalog.used_by(&def.id);
        let has = |role| used.operations.iter().any(|(_, found)| *found == role);
        let usage =
            Usage { request: has(Role::Request), response: has(Role::Response), webhook: !used.webhooks.is_empty() };
        assert_eq!(usage, def.usage, "{}", def.id);
    }
    let country = catalog.used_by(&TypeId::schema("CountryCode"));
    assert!(country.types.iter().any(|def| def.id == TypeId::schema("LinkTokenCreateRequest")));
    let link = catalog.operation("linkTokenCreate").expect("an operation");
    assert!(country.operations.contains(&(link, Role::Request)));
}

#[test]
fn webhooks_and_error_codes_belong_to_operations() {
    let catalog = Catalog::plaid();
    for webhook in &catalog.api().webhooks {
        assert!(catalog.webhooks(&webhook.kind, &webhook.code).contains(&webhook));
    }
    for code in &catalog.api().error_codes {
        assert_eq!(catalog.error_code(&code.wire), Some(code));
    }
    let auth = catalog.operation("authGet").expect("an operation");
    let webhooks: Vec<&str> = catalog.webhooks_of(auth).iter().map(|webhook| webhook.code.as_str()).collect();
    assert_eq!(webhooks.first(), Some(&"DEFAULT_UPDATE"), "{webhooks:?}");
    let codes: Vec<&str> = catalog.error_codes_of(auth).iter().map(|code| code.wire.as_str()).collect();
    assert!(codes.starts_with(&["NO_AUTH_ACCOUNTS", "ACCESS_NOT_GRANTED"]), "{codes:?}");
    let next: Vec<&str> = catalog.next(auth).iter().map(|(next, _)| next.id.as_str()).collect();
    assert!(next.contains(&"transferAuthorizationCreate"), "{next:?}");
    let with_code = catalog.api().operations.iter().filter(|operation| !catalog.error_codes_of(operation).is_empty());
    let with_webhook = catalog.api().operations.iter().filter(|operation| !catalog.webhooks_of(operation).is_empty());
    let counts = (with_code.count(), with_webhook.count());
    println!("operations with an error code: {}, with a webhook: {}", counts.0, counts.1);
    assert!(counts.0 > 100 && counts.1 > 60, "{counts:?}");
}
