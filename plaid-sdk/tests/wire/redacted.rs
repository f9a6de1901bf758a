//! `Debug` of requests and responses that contain tokens, secrets and personal data. `cargo xtask examples` checks
//! every redacted value of every example. Here is one of each kind: nested, in a list, and optional.

use std::fmt::Debug;

use plaid_sdk::auth::NumbersAch;
use plaid_sdk::identity::Owner;
use plaid_sdk::item::{ItemPublicTokenExchangeRequest, ItemPublicTokenExchangeResponse};
use plaid_sdk::link::{LinkTokenCreateRequestUser, LinkTokenCreateResponse};
use plaid_sdk::processor::ProcessorTokenCreateResponse;
use plaid_sdk::transactions::TransactionsSyncResponse;
use plaid_sdk::transfer::{TransferCreateRequest, TransferCreateRequestRequired};
use plaid_sdk::wire::Wire;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::samples::{page, transaction};
use crate::{read, written};

/// The value of every redacted property in the samples.
const SECRET: &str = "keep-me-out";

/// Checks both `Debug` formats, and that the value itself still contains the secret.
#[track_caller]
fn prints_none<T: Debug + Wire>(value: &T, shown: &str) {
    assert!(written(value).contains(SECRET), "the sample has no secret");
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(text.contains("[redacted]") && text.contains(shown), "{text}");
    }
}

#[track_caller]
fn read_prints_none<T: Wire + Serialize + DeserializeOwned + PartialEq + Debug>(json: &str, shown: &str) {
    prints_none(&read::<T>(&json.replace('@', SECRET)), shown);
}

#[test]
fn tokens() {
    prints_none(&ItemPublicTokenExchangeRequest::new(SECRET), "public_token");
    let transfer = TransferCreateRequest::new(TransferCreateRequestRequired {
        access_token: SECRET.to_owned(),
        account_id: "a1".to_owned(),
        authorization_id: "auth1".to_owned(),
        description: "rent".to_owned(),
    });
    prints_none(&transfer, "auth1");
    read_prints_none::<ItemPublicTokenExchangeResponse>(
        r#"{"access_token":"@","item_id":"i1","request_id":"r1"}"#,
        "i1",
    );
    read_prints_none::<ProcessorTokenCreateResponse>(r#"{"processor_token":"@","request_id":"r1"}"#, "r1");
    read_prints_none::<LinkTokenCreateResponse>(
        r#"{"link_token":"@","expiration":"2026-03-01T00:00:00Z","request_id":"r1","hosted_link_url":"https://@"}"#,
        "2026-03-01T00:00:00Z",
    );
}

#[test]
fn account_numbers() {
    read_prints_none::<NumbersAch>(r#"{"account_id":"a1","account":"@","routing":"@","wire_routing":"@"}"#, "a1");
}

#[test]
fn personal_data_in_lists_and_below_optional_objects() {
    read_prints_none::<Owner>(
        r#"{"names":["@","@"],"phone_numbers":[{"data":"@","primary":true,"type":"home"}],
            "emails":[{"data":"@","primary":false,"type":"work"}],
            "addresses":[{"data":{"city":"@","region":"CA","street":"@","postal_code":"@","country":"US"},"primary":true}]}"#,
        "CA",
    );
    let user = r#"{"client_user_id":"user-1","legal_name":"@","phone_number":"@","email_address":"@","ssn":"@",
        "date_of_birth":"1990-05-29","name":{"given_name":"@","family_name":"@"},
        "address":{"street":"@","city":"@","region":"CA","country":"US"},"id_number":{"value":"@","type":"us_ssn"}}"#;
    read_prints_none::<LinkTokenCreateRequestUser>(user, "user-1");
    let user: LinkTokenCreateRequestUser = read(user);
    assert!(!format!("{user:?}").contains("1990"), "{user:?}");
}

#[test]
fn locations() {
    let text = transaction("12.50").replace(r#""address": null"#, r#""address": "@""#).replace('@', SECRET);
    let page: TransactionsSyncResponse = read(&page(&[text]));
    prints_none(&page, "12.50");
    assert!(!format!("{page:?}").contains("37.77"));
}

#[test]
fn an_absent_secret_is_shown_as_absent() {
    let user: LinkTokenCreateRequestUser = read(r#"{"client_user_id":"user-1","date_of_birth":null}"#);
    assert_eq!(format!("{user:?}"), r#"LinkTokenCreateRequestUser { client_user_id: "user-1", date_of_birth: null }"#);
}
