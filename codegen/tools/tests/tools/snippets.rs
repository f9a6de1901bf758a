//! Snippets of calls of the SDK's own document.

use std::sync::LazyLock;

use api_model::Samples;
use api_tools::json;
use api_tools::samples::{SIZES, Sampler};
use api_tools::snippets::{Address, Clients, Language, Sources, snippet};
use codegen::Understood;
use codegen_testing::{own, published};

/// A snippet of an operation with a body and parameters, both as JSON; without a body, that of its sample.
fn code(language: Language, address: Address<'_>, id: &str, body: Option<&str>, parameters: Option<&str>) -> String {
    static CLIENTS: LazyLock<Clients> = LazyLock::new(own::clients);
    let (Understood { api, layout, .. }, clients) = (own::understood(), &*CLIENTS);
    let operation = api.operations.iter().find(|operation| operation.id == id).expect("an operation");
    let parse = |text: Option<&str>| text.map(|text| json::parse(text).expect("JSON"));
    let request = parse(body).or_else(|| operation.samples.request.clone());
    let samples = Samples { request, parameters: parse(parameters) };
    let sources = Sources { api, layout, clients };
    snippet(sources, id, &samples, language, address)
        .map_or_else(|error| format!("error: {error}"), |snippet| snippet.text())
}

#[test]
fn curl_shows_no_secret_and_quotes_nothing() {
    let call = |id, body, parameters| code(Language::Curl, Address::Api, id, body, parameters);
    let body = r#"{"client_name": "$HOME `id` it's", "language": "en", "country_codes": ["US"], "products": ["transactions"],
        "user": {"client_user_id": "user-1", "address": null}, "webhook": "https://example.com/webhook?a=1&b=2"}"#;
    insta::assert_snapshot!("curl_link_token_create", call("linkTokenCreate", Some(body), None));
    let parameters = r#"{"recipientId": "a/b c", "OAUTH-STATE-ID": "it's"}"#;
    insta::assert_snapshot!("curl_get_recipient", call("getRecipient", None, Some(parameters)));
    insta::assert_snapshot!("curl_categories_get", call("categoriesGet", None, None));
    let gateway = Address::Gateway("http://127.0.0.1:8080/");
    insta::assert_snapshot!("curl_gateway", code(Language::Curl, gateway, "transactionsSync", None, None));
    insta::assert_snapshot!(
        "curl_header_line_break",
        call("getRecipient", None, Some(r#"{"recipientId": "1", "OAUTH-STATE-ID": "a\nb"}"#))
    );
}

#[test]
fn node_and_typescript_use_the_client() {
    let node = |id, body, parameters| code(Language::Node, Address::Api, id, body, parameters);
    let body = r#"{"client_name": "it's", "language": "en", "country_codes": ["US"], "products": ["transactions", "new_one"],
        "user": {"client_user_id": "user-1", "address": null, "__proto__": 1.50}, "x-y": 1234567890123456.75}"#;
    insta::assert_snapshot!("node_link_token_create", node("linkTokenCreate", Some(body), None));
    insta::assert_snapshot!(
        "node_user_create",
        node("userCreate", None, Some(r#"{"Plaid-New-User-API-Enabled": true}"#))
    );
    insta::assert_snapshot!("node_pdf", node("assetReportPdfGet", None, None));
    insta::assert_snapshot!("node_plain_http", node("fdxConsentGet", None, Some(r#"{"consentId": "1"}"#)));
    let gateway = Address::Gateway("http://127.0.0.1:8080");
    insta::assert_snapshot!("node_gateway", code(Language::Node, gateway, "transactionsSync", None, None));
    let typescript = |id, body, parameters| code(Language::TypeScript, Address::Api, id, body, parameters);
    insta::assert_snapshot!("typescript_link_token_create", typescript("linkTokenCreate", Some(body), None));
    insta::assert_snapshot!("typescript_transfer", typescript("transferAuthorizationCreate", None, None));
}

#[test]
fn python_wraps_values_as_its_client_needs() {
    let python = |id, body, parameters| code(Language::Python, Address::Api, id, body, parameters);
    let body = r#"{"client_name": "it's", "language": "en", "country_codes": ["US"], "products": ["transactions"],
        "user": {"client_user_id": "user-1", "name": {"given_name": "Ada", "family_name": "Lovelace"}, "from": 1,
            "date_of_birth": "1990-02-01", "email_address_verified_time": "2024-05-01T10:00:00.5Z", "x-y": null},
        "account_filters": {"depository": {"account_subtypes": ["checking"]}}}"#;
    insta::assert_snapshot!("python_link_token_create", python("linkTokenCreate", Some(body), None));
    insta::assert_snapshot!(
        "python_user_create",
        python("userCreate", None, Some(r#"{"Plaid-New-User-API-Enabled": true}"#))
    );
    insta::assert_snapshot!("python_plain_http", python("linkDeliveryCreate", None, None));
    let body = r#"{"payment_id": "1", "idempotency_key": "k", "reference": "r", "amount": null}"#;
    insta::assert_snapshot!("python_null", python("paymentInitiationPaymentReverse", Some(body), None));
    let body = r#"{"access_token": "a", "account_id": "b", "authorization_id": "c", "description": "d", "type": "debit",
        "metadata": {"key-1": "x"}, "amount": "12.30"}"#;
    insta::assert_snapshot!("python_transfer", python("transferCreate", Some(body), None));
    let gateway = Address::Gateway("http://127.0.0.1:8080");
    insta::assert_snapshot!("python_gateway", code(Language::Python, gateway, "transactionsSync", None, None));
}

#[test]
fn bad_input_is_an_error_that_says_where() {
    for (id, body, parameters, expected) in [
        (
            "linkTokenCreate",
            Some(r#"{"clientname": "x"}"#),
            None,
            "`clientname` is not a property of this request; did you mean `client_name`?",
        ),
        ("linkTokenCreate", Some("[]"), None, "the request must be an object"),
        ("getRecipients", Some("{}"), None, "the request must have no body"),
        (
            "getRecipient",
            None,
            Some(r#"{"recipientId": ".."}"#),
            "`recipientId` can't be `..`: it is a segment of the path",
        ),
        ("getRecipient", None, None, "`recipientId` must be set: it is a part of the path"),
    ] {
        assert_eq!(code(Language::Curl, Address::Api, id, body, parameters), format!("error: {expected}"));
    }
    let body = r#"{"client_name": 1e400}"#;
    let error = code(Language::Node, Address::Api, "linkTokenCreate", Some(body), None);
    assert_eq!(error, "error: the request contains 1e400, and JavaScript has no number as large");
    let error = code(Language::Rust, Address::Gateway("http://a"), "categoriesGet", None, None);
    assert_eq!(error, "error: Rust has no form for a gateway");
}

/// The names in the clients are those of one version. Operations and properties of other documents need no new data.
#[test]
fn other_documents_have_snippets_without_new_data() {
    let Some(documents) = published::all() else { return };
    let clients = own::clients();
    let mut count = 0;
    for document in documents {
        let name = document.name.clone();
        let read = codegen::understand(&own::inputs_for(document), &mut |_| {});
        let Understood { api, layout, .. } = read.unwrap_or_else(|report| panic!("{report}"));
        let sources = Sources { api: &api, layout: &layout, clients: &clients };
        let sampler = Sampler::new(&api);
        for (operation, size) in api.operations.iter().flat_map(|operation| SIZES.map(|size| (operation, size))) {
            let (request, parameters) = (sampler.request(operation, size), sampler.parameters(operation, size));
            let samples = Samples { request, parameters };
            for language in [Language::Curl, Language::Node, Language::TypeScript, Language::Python] {
                let made = snippet(sources, &operation.id, &samples, language, Address::Api);
                let code = made.unwrap_or_else(|error| panic!("{name}: {}: {error}", operation.id)).text();
                let calls = [operation.path.split('{').next().unwrap_or_default(), "client."];
                assert!(calls.iter().any(|call| code.contains(call)), "{name}: {code}");
                count += 1;
            }
        }
    }
    assert!(count > 10_000, "{count}");
}
