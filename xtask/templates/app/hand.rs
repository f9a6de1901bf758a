//! The same calls by hand, over reqwest and serde's derive: only the properties that it needs, no retries, amounts as floats.
//! Written into target/bench by `cargo xtask bench compile`.

use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

struct Plaid {
    http: reqwest::Client,
    base: String,
    client_id: String,
    secret: String,
}

#[derive(Debug)]
enum Error {
    Setup(String),
    Http(reqwest::Error),
    Json(serde_json::Error),
    Plaid(Refusal),
}

#[derive(Debug, Deserialize)]
struct Refusal {
    error_code: String,
    error_message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setup(name) => write!(f, "{name} is not set"),
            Self::Http(error) => error.fmt(f),
            Self::Json(error) => error.fmt(f),
            Self::Plaid(refusal) => write!(f, "{}: {}", refusal.error_code, refusal.error_message),
        }
    }
}

impl std::error::Error for Error {}

impl Plaid {
    fn from_env() -> Result<Self, Error> {
        let var = |name: &str| std::env::var(name).map_err(|_| Error::Setup(name.to_owned()));
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().map_err(Error::Http)?;
        let base = format!("https://{}.plaid.com", var("PLAID_ENV")?);
        Ok(Self { http, base, client_id: var("PLAID_CLIENT_ID")?, secret: var("PLAID_SECRET")? })
    }

    async fn call<R: DeserializeOwned>(&self, path: &str, request: &impl Serialize) -> Result<R, Error> {
        let response = self
            .http
            .post(format!("{}{path}", self.base))
            .header("plaid-client-id", &self.client_id)
            .header("plaid-secret", &self.secret)
            .header("content-type", "application/json")
            .body(serde_json::to_vec(request).map_err(Error::Json)?)
            .send()
            .await
            .map_err(Error::Http)?;
        let good = response.status().is_success();
        let body = response.bytes().await.map_err(Error::Http)?;
        if !good {
            return Err(Error::Plaid(serde_json::from_slice(&body).map_err(Error::Json)?));
        }
        serde_json::from_slice(&body).map_err(Error::Json)
    }
}

#[derive(Serialize)]
struct CreateLinkToken<'a> {
    client_name: &'a str,
    language: &'a str,
    country_codes: &'a [&'a str],
    user: User<'a>,
    products: &'a [&'a str],
}

#[derive(Serialize)]
struct User<'a> {
    client_user_id: &'a str,
}

#[derive(Deserialize)]
struct LinkToken {
    link_token: String,
}

#[derive(Serialize)]
struct Exchange<'a> {
    public_token: &'a str,
}

#[derive(Deserialize)]
struct Item {
    access_token: String,
}

#[derive(Serialize)]
struct Sync<'a> {
    access_token: &'a str,
    cursor: &'a str,
}

#[derive(Deserialize)]
struct Page {
    added: Vec<Transaction>,
    removed: Vec<Removed>,
    next_cursor: String,
    has_more: bool,
}

#[derive(Deserialize)]
struct Transaction {
    date: String,
    amount: f64,
    merchant_name: Option<String>,
}

#[derive(Deserialize)]
struct Removed {
    transaction_id: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Plaid::from_env()?;

    let user = User { client_user_id: "user-1" };
    let request = CreateLinkToken {
        client_name: "Acme",
        language: "en",
        country_codes: &["US"],
        user,
        products: &["transactions"],
    };
    let token: LinkToken = plaid.call("/link/token/create", &request).await?;
    println!("open Link with {}", token.link_token);

    let public_token = std::env::args().nth(1).unwrap_or_default();
    let request = Exchange { public_token: &public_token };
    let item: Item = match plaid.call("/item/public_token/exchange", &request).await {
        Err(Error::Plaid(refusal)) if refusal.error_code == "INVALID_PUBLIC_TOKEN" => {
            return Ok(println!("that was not a public token"));
        }
        response => response?,
    };

    let mut cursor = String::new();
    loop {
        let request = Sync { access_token: &item.access_token, cursor: &cursor };
        let page: Page = plaid.call("/transactions/sync", &request).await?;
        for transaction in &page.added {
            println!("{} {} {:?}", transaction.date, transaction.amount, transaction.merchant_name);
        }
        for removed in &page.removed {
            println!("gone: {}", removed.transaction_id);
        }
        cursor = page.next_cursor;
        if !page.has_more {
            return Ok(());
        }
    }
}
