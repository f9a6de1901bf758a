//! Runs snippets with a client that records what they send. `cargo xtask snippets rust` builds and runs this program and
//! compares the requests.

#![allow(deprecated, reason = "what the document calls deprecated has snippets too")]

use std::cell::RefCell;
use std::error::Error;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

mod calls;

/// What a snippet returns.
pub type Done = Result<(), Box<dyn Error>>;

/// How to run a snippet.
pub type Run = fn() -> Pin<Box<dyn Future<Output = Done>>>;

thread_local! {
    static CLIENT: RefCell<Option<::plaid_sdk::Client>> = const { RefCell::new(None) };
}

/// The SDK as snippets see it: the client of the environment is the one that records.
pub mod plaid_sdk {
    pub use ::plaid_sdk::*;

    /// The client's type.
    pub struct Client;

    impl Client {
        /// The client that records.
        pub fn from_env() -> Result<::plaid_sdk::Client, &'static str> {
            super::CLIENT.with_borrow(|client| client.clone().ok_or("the client is not set"))
        }
    }
}

use ::plaid_sdk::bytes::Bytes;
use ::plaid_sdk::http::{Request, Response};
use ::plaid_sdk::serde_json::{Value, json};
use ::plaid_sdk::transport::{Limits, Transport, TransportFuture};

/// A transport that records requests and answers each with an error.
struct Recorder(Arc<Mutex<Vec<Value>>>);

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> TransportFuture<'_> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers: Vec<(String, String)> =
            request.headers().iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
        let recorded = json!({
            "method": request.method().as_str(),
            "path": request.uri().path(),
            "query": request.uri().query().unwrap_or_default(),
            "headers": headers,
            "body": text(request.body()),
        });
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(recorded);
        Box::pin(async {
            let mut response = Response::new(Bytes::from_static(b"{}"));
            *response.status_mut() = ::plaid_sdk::http::StatusCode::BAD_REQUEST;
            Ok(response)
        })
    }
}

fn main() -> Done {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let client = ::plaid_sdk::Client::builder()
        .environment(::plaid_sdk::Environment::Sandbox)
        .credentials("id", "secret")
        .transport(Recorder(requests.clone()))
        .build()?;
    CLIENT.set(Some(client));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let mut out = io::stdout().lock();
    for (at, call) in calls::CALLS {
        // The answer is an error, so each ends with one. If it is another, nothing was sent.
        let error = runtime.block_on(call()).err().map(|error| error.to_string());
        let sent = std::mem::take(&mut *requests.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        if sent.is_empty() {
            eprintln!("snippet {at} sent nothing: {error:?}");
        }
        writeln!(out, "{}", json!([at, sent]))?;
    }
    Ok(())
}
