//! Snippets with the typed clients of Go, Java and Ruby.

use api_model::Samples;
use api_tools::json;
use api_tools::snippets::{Address, Clients, Language, Sources, snippet};
use codegen::Understood;
use codegen_testing::own;

struct Own {
    understood: &'static Understood,
    clients: Clients,
}

impl Own {
    fn new() -> Self {
        Self { understood: own::understood(), clients: own::clients() }
    }

    fn code(&self, language: Language, address: Address<'_>, id: &str, body: &str, parameters: &str) -> String {
        let parse = |text: &str| (!text.is_empty()).then(|| json::parse(text).expect("JSON"));
        let samples = Samples { request: parse(body), parameters: parse(parameters) };
        let Understood { api, layout, .. } = self.understood;
        let sources = Sources { api, layout, clients: &self.clients };
        snippet(sources, id, &samples, language, address)
            .map_or_else(|error| format!("error: {error}"), |snippet| snippet.text())
    }
}

const LINK: &str = r##"{"client_name": "Acme \"#{1}\" \u0000\u202e`", "language": "en", "country_codes": ["US", "GB"],
    "user": {"client_user_id": "user-1", "email_address_verified_time": "2024-05-01T12:30:00.25+02:00",
        "address": {"street": "1 Main Street", "country": "US"}},
    "products": ["transactions"], "webhook": "https://example.com/webhook", "cra_options": {"days_requested": 60},
    "transactions": {"days_requested": 90}, "auth": {"reroute_to_credentials": "FORCED"}}"##;

#[test]
fn calls_use_the_classes_of_the_client() {
    let own = Own::new();
    for language in [Language::Go, Language::Java, Language::Ruby] {
        let id = language.id();
        let call = |operation, body, parameters| own.code(language, Address::Api, operation, body, parameters);
        insta::assert_snapshot!(format!("{id}_link_token_create"), call("linkTokenCreate", LINK, ""));
        let header = r#"{"Plaid-New-User-API-Enabled": true}"#;
        insta::assert_snapshot!(format!("{id}_header"), call("userGet", r#"{"user_id": "usr_1"}"#, header));
        let transfer = r#"{"access_token": "access-1", "account_id": "a", "authorization_id": "1", "amount": "12.34",
            "description": "rent", "metadata": {"key": "value", "other key": "x"}}"#;
        insta::assert_snapshot!(format!("{id}_map"), call("transferCreate", transfer, ""));
        insta::assert_snapshot!(format!("{id}_no_body"), call("getRecipients", "", ""));
        insta::assert_snapshot!(format!("{id}_free"), call("categoriesGet", "{}", ""));
        let null = r#"{"access_token": "access-1", "cursor": null, "count": 100}"#;
        insta::assert_snapshot!(format!("{id}_null"), call("transactionsSync", null, ""));
        let application = r#"{"application_id": "1"}"#;
        insta::assert_snapshot!(format!("{id}_credentials"), call("applicationGet", application, ""));
        let gateway = Address::Gateway("http://127.0.0.1:8080");
        let body = r#"{"access_token": "access-1"}"#;
        insta::assert_snapshot!(format!("{id}_gateway"), own.code(language, gateway, "accountsGet", body, ""));
    }
}

#[test]
fn what_a_client_can_not_send_is_plain_http_with_the_reason() {
    let own = Own::new();
    let consent = r#"{"consentId": "a b"}"#;
    for language in [Language::Go, Language::Java, Language::Ruby] {
        let call = |operation, body, parameters| own.code(language, Address::Api, operation, body, parameters);
        insta::assert_snapshot!(format!("{}_plain", language.id()), call("fdxConsentGet", "", consent));
        let unknown = r#"{"access_token": "`it's`", "new": {"list": [1.50, null, true]}}"#;
        insta::assert_snapshot!(format!("{}_plain_body", language.id()), call("accountsGet", unknown, ""));
    }
    for (language, operation, body, expected) in [
        (Language::Go, "accountsGet", r#"{"access_token": 1}"#, "`access_token` is not of the client's type `string`"),
        (Language::Go, "accountsGet", "{}", "`access_token` is missing"),
        (Language::Java, "transactionsSync", r#"{"access_token": "a", "cursor": null}"#, "`cursor` is null"),
        (Language::Java, "transactionsSync", r#"{"count": 1.5}"#, "`count` is not a whole number"),
        (Language::Java, "linkTokenCreate", r#"{"country_codes": ["US", "XX"]}"#, "`country_codes[1]` is a value"),
        (
            Language::Ruby,
            "accountsGet",
            r#"{"access_token": "a", "acess_token": "a"}"#,
            "`acess_token` is unknown to the client",
        ),
        (Language::Ruby, "linkTokenCreate", r#"{"products": ["auth", null]}"#, "`products` is a list with null"),
    ] {
        let code = own.code(language, Address::Api, operation, body, "");
        let comment: String = code.lines().filter_map(|line| line.trim().strip_prefix(['/', '#'])).collect();
        let comment = comment.replace("/ ", " ");
        assert!(comment.contains(expected), "{code}");
    }
}
