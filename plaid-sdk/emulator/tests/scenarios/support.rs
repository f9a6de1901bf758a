//! What the scenario tests share: an emulator and a client that speaks JSON.

use std::fs::File;
use std::io::Write;
use std::sync::LazyLock;

use plaid_emulator::{Builder, Emulator, Handle};
use serde_json::{Value, json};

use crate::facts::{Facts, NONE};

/// The client id and the secret of the tests.
pub const CLIENT_ID: &str = "0123456789abcdef01234567";

/// A client. All are clones of one, since a new one reads the certificates of the platform, which takes longer than most tests. It
/// keeps no connection open, because that would belong to the runtime of one test.
pub fn http() -> reqwest::Client {
    static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| shared(reqwest::redirect::Policy::default()));
    HTTP.clone()
}

/// The same, which shows redirects in place of following them.
pub fn http_without_redirects() -> reqwest::Client {
    static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| shared(reqwest::redirect::Policy::none()));
    HTTP.clone()
}

fn shared(redirects: reqwest::redirect::Policy) -> reqwest::Client {
    reqwest::Client::builder().pool_max_idle_per_host(0).redirect(redirects).build().expect("a client")
}

/// A running emulator and a client of it.
pub struct Lab {
    /// The emulator.
    pub emulator: Emulator,
    http: reqwest::Client,
    facts: Facts,
}

impl Lab {
    /// Starts an emulator that checks its own responses, and creates the tenant.
    pub async fn start(builder: Builder) -> Self {
        let emulator = builder.self_check(true).start().await.expect("the emulator starts");
        let lab = Self { emulator, http: http(), facts: Facts::new() };
        lab.call("/institutions/get_by_id", json!({"institution_id": "ins_109508", "country_codes": ["US"]})).await;
        lab
    }

    /// The controls of the tenant.
    pub fn tenant(&self) -> Handle<'_> {
        self.emulator.tenant(CLIENT_ID).expect("the tenant has called")
    }

    /// Calls an operation and returns the status and the body.
    pub async fn send(&self, path: &str, body: Value) -> (u16, Value) {
        self.look_for_webhooks(NONE);
        let (sent, has_faults) = (body.clone(), self.has_faults());
        let request = self.http.post(format!("{}{path}", self.emulator.base_url()));
        let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
        let request = request.header("Content-Type", "application/json").body(body.to_string());
        let response = request.send().await.expect("the emulator answers");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a body");
        if status == 200 {
            record(path, &body);
        }
        // Some responses have no body.
        let response = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("JSON") };
        self.facts.answer(path, &sent, (status, &response), has_faults);
        self.look_for_webhooks(path);
        (status, response)
    }

    /// Whether a fault is ordered, if it matters.
    fn has_faults(&self) -> bool {
        let tenant = self.emulator.tenant(CLIENT_ID).filter(|_| self.facts.are_wanted());
        let faults = tenant.and_then(|tenant| tenant.control("GET", "faults", json!({})).ok());
        faults.is_some_and(|faults| faults["faults"].as_array().is_some_and(|all| !all.is_empty()))
    }

    /// Takes down which webhooks are new, and what made them.
    fn look_for_webhooks(&self, path: &str) {
        if let Some(tenant) = self.emulator.tenant(CLIENT_ID).filter(|_| self.facts.are_wanted()) {
            self.facts.webhooks(path, &tenant.webhooks());
        }
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

    /// A Link token, with what else its request has. In update mode it names no products.
    pub async fn link_token(&self, more: Value) -> String {
        let made = self.call("/link/token/create", link_request(more)).await;
        made["link_token"].as_str().expect("a token").to_owned()
    }

    /// Uses a control that succeeds: `POST /_plaid/…`.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.ask("POST", path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Uses a control, and returns the status and the answer.
    pub async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/_plaid/{path}", self.emulator.base_url());
        let request = self.http.request(method.parse().expect("a method"), url).header("PLAID-CLIENT-ID", CLIENT_ID);
        let response = request.body(body.to_string()).send().await.expect("an answer");
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON"))
    }
}

impl Lab {
    /// Calls an operation with headers and a body as they are.
    pub async fn raw(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.emulator.base_url()));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = request.body(body.to_owned()).send().await.expect("the emulator answers");
        let status = response.status().as_u16();
        let response = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        self.facts.answer(path, &Value::Null, (status, &response), false);
        (status, response)
    }
}

impl Lab {
    /// Reads an address of the API.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.http.get(format!("{}{path}", self.emulator.base_url()));
        let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
        let response = request.send().await.expect("the emulator answers");
        let status = response.status().as_u16();
        let body = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        self.facts.answer(path, &Value::Null, (status, &body), false);
        (status, body)
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.look_for_webhooks(NONE);
    }
}

/// The request of a Link token, with what else it has.
pub fn link_request(more: Value) -> Value {
    let plain = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "user": {"client_user_id": "user-1"},
    });
    let mut request = merged(plain, more);
    if request.get("access_token").is_none() && request.get("products").is_none() {
        request["products"] = json!(["auth"]);
    }
    request
}

/// An object with the properties of another one.
pub fn merged(mut value: Value, more: Value) -> Value {
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
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
