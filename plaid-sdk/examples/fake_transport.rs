//! How to test code that calls Plaid, without a network: a transport that answers with canned JSON.
//!
//! `cargo run --example fake_transport`

use std::sync::{Arc, Mutex};

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::bytes::Bytes;
use plaid_sdk::http::{Request, Response, StatusCode};
use plaid_sdk::transport::{Limits, Transport, TransportFuture};
use plaid_sdk::{Client, Decimal, Environment, Error, ErrorCode};

/// Returns the same response to every call and records the requests.
struct Fake {
    status: StatusCode,
    response: &'static str,
    sent: Mutex<Vec<Request<Bytes>>>,
}

impl Transport for Fake {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> TransportFuture<'_> {
        self.sent.lock().unwrap().push(request);
        let mut response = Response::new(Bytes::from_static(self.response.as_bytes()));
        *response.status_mut() = self.status;
        Box::pin(async { Ok(response) })
    }
}

fn client(status: StatusCode, response: &'static str) -> Result<(Client, Arc<Fake>), Error> {
    let fake = Arc::new(Fake { status, response, sent: Mutex::default() });
    let builder = Client::builder().environment(Environment::Sandbox).credentials("client-id", "secret");
    Ok((builder.transport(Arc::clone(&fake)).build()?, fake))
}

/// The code under test.
async fn total(plaid: &Client, access_token: &str) -> Result<Decimal, Error> {
    let response = plaid.accounts_get(AccountsGetRequest::new(access_token)).await?;
    Ok(response.accounts.iter().filter_map(|account| account.balances.current).sum())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (plaid, fake) = client(StatusCode::OK, ACCOUNTS)?;
    assert_eq!(total(&plaid, "access-sandbox-1").await?.to_string(), "320.10");
    let sent = fake.sent.lock().unwrap().remove(0);
    assert_eq!(sent.uri(), "https://sandbox.plaid.com/accounts/get");
    assert_eq!(sent.body(), r#"{"access_token":"access-sandbox-1"}"#);

    let (plaid, _) = client(StatusCode::BAD_REQUEST, LOGIN_REQUIRED)?;
    let error = total(&plaid, "access-sandbox-1").await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired));
    println!("as expected");
    Ok(())
}

const ACCOUNTS: &str = r#"{
    "accounts": [
        {
            "account_id": "account-1", "name": "Checking", "official_name": null, "mask": "0000",
            "type": "depository", "subtype": "checking",
            "balances": { "available": 100, "current": 110.10, "limit": null, "iso_currency_code": "USD",
                          "unofficial_currency_code": null }
        },
        {
            "account_id": "account-2", "name": "Saving", "official_name": null, "mask": "1111",
            "type": "depository", "subtype": "savings",
            "balances": { "available": null, "current": 210, "limit": null, "iso_currency_code": "USD",
                          "unofficial_currency_code": null }
        }
    ],
    "item": {
        "item_id": "item-1", "institution_id": "ins_109508", "webhook": null, "error": null,
        "available_products": ["auth"], "billed_products": ["transactions"], "consent_expiration_time": null,
        "update_type": "background"
    },
    "request_id": "request-1"
}"#;

const LOGIN_REQUIRED: &str = r#"{
    "error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "log in again",
    "display_message": null, "request_id": "request-2"
}"#;
