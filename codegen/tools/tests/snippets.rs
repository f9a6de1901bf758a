//! Snippets of calls of the SDK's own document.

use api_model::{Api, Sample};
use api_tools::json;
use api_tools::snippets::{Address, Call, Clients, Language, snippet};
use codegen_testing::own;

/// A snippet of an operation with a body and parameters, both as JSON; without a body, that of its sample.
fn code(language: Language, address: Address<'_>, id: &str, body: Option<&str>, parameters: Option<&str>) -> String {
    let (api, clients): (Api, Clients) = (own::api(), own::clients());
    let operation = api.operations.iter().find(|operation| operation.id == id).expect("an operation");
    let parse = |text: Option<&str>| text.map(|text| json::parse(text).expect("JSON"));
    let (body, parameters): (Option<Sample>, Option<Sample>) = (parse(body), parse(parameters));
    let call = Call {
        api: &api,
        clients: &clients,
        operation,
        body: body.as_ref().or(operation.samples.request.as_ref()),
        parameters: parameters.as_ref(),
        address,
    };
    snippet(&call, language).map_or_else(|error| format!("error: {error}"), |snippet| snippet.text())
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
