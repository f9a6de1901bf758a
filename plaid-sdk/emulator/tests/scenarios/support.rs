//! What the scenario tests share: an emulator and a client that speaks JSON.

use std::fs::File;
use std::io::Write;

use plaid_emulator::{Builder, Emulator, Handle};
use serde_json::{Value, json};

/// The client id and the secret of the tests.
pub const CLIENT_ID: &str = "0123456789abcdef01234567";

/// A running emulator and a client of it.
pub struct Lab {
    /// The emulator.
    pub emulator: Emulator,
    http: reqwest::Client,
}

impl Lab {
    /// Starts an emulator that checks its own responses, and creates the tenant.
    pub async fn start(builder: Builder) -> Self {
        let emulator = builder.self_check(true).start().await.expect("the emulator starts");
        let lab = Self { emulator, http: reqwest::Client::new() };
        lab.call("/institutions/get_by_id", json!({"institution_id": "ins_109508", "country_codes": ["US"]})).await;
        lab
    }

    /// The controls of the tenant.
    pub fn tenant(&self) -> Handle<'_> {
        self.emulator.tenant(CLIENT_ID).expect("the tenant has called")
    }

    /// Calls an operation and returns the status and the body.
    pub async fn send(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.emulator.base_url()));
        let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
        let request = request.header("Content-Type", "application/json").body(body.to_string());
        let response = request.send().await.expect("the emulator answers");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a body");
        if status == 200 {
            record(path, &body);
        }
        (status, serde_json::from_slice(&body).expect("JSON"))
    }

    /// Calls an operation that succeeds.
    pub async fn call(&self, path: &str, body: Value) -> Value {
        let (status, response) = self.send(path, body).await;
        assert_eq!(status, 200, "{path}: {response}");
        response
    }

    /// Calls an operation that fails, and returns `error_type/error_code`.
    pub async fn fail(&self, path: &str, body: Value) -> String {
        let (status, response) = self.send(path, body).await;
        assert_ne!(status, 200, "{path}: {response}");
        let text = |name: &str| response[name].as_str().unwrap_or_default().to_owned();
        format!("{}/{}", text("error_type"), text("error_code"))
    }

    /// An access token of an Item without Link, linked for transactions.
    pub async fn item(&self, username: &str, options: Value) -> String {
        self.item_for(&["transactions"], username, options).await
    }

    /// An access token of an Item without Link, linked for some products.
    pub async fn item_for(&self, products: &[&str], username: &str, options: Value) -> String {
        let mut options = options;
        options["override_username"] = username.into();
        let body = json!({"institution_id": "ins_109508", "initial_products": products, "options": options});
        let public = self.call("/sandbox/public_token/create", body).await["public_token"].clone();
        let exchanged = self.call("/item/public_token/exchange", json!({"public_token": public})).await;
        exchanged["access_token"].as_str().expect("an access token").to_owned()
    }

    /// Uses a control that succeeds: `POST /_plaid/…`.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}/_plaid/{path}", self.emulator.base_url()));
        let response = request.header("PLAID-CLIENT-ID", CLIENT_ID).body(body.to_string()).send().await;
        let response = response.expect("the emulator answers");
        let status = response.status();
        let answer: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

/// Keeps a response for other programs, which decode it (`cargo xtask emulator python`).
pub fn record(path: &str, body: &[u8]) {
    let Some(file) = std::env::var_os("PLAID_EMULATOR_RECORD") else { return };
    // A file is none of the types that a client decodes.
    let response: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut file = File::options().create(true).append(true).open(file).expect("the file of the recorded responses");
    // In one piece, since other tests write to the same file.
    let line = format!("{}\n", json!({"path": path, "response": response}));
    file.write_all(line.as_bytes()).expect("it is written");
}
