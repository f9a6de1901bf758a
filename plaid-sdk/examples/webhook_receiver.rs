//! Receives webhooks, verifies them, and puts them on a queue.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example webhook_receiver`

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use plaid_sdk::Client;
use plaid_sdk::webhooks::{Verifier, Webhook};
use tokio::sync::mpsc;

/// The state of each request.
#[derive(Clone)]
pub struct App {
    /// Verifies webhooks.
    pub verifier: Verifier,
    /// The queue.
    pub queue: mpsc::Sender<Webhook>,
}

/// The webhook URL ends in `/plaid/webhook`.
pub fn routes(app: App) -> Router {
    Router::new().route("/plaid/webhook", post(receive)).layer(DefaultBodyLimit::max(1 << 20)).with_state(app)
}

// The body is extracted as bytes, because the signature covers the bytes.
async fn receive(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    match app.verifier.receive::<Webhook>(&headers, &body).await {
        // Plaid waits ten seconds for a response, so another task does the work. If the queue is full, Plaid retries later.
        Ok(webhook) => match app.queue.try_send(webhook) {
            Ok(()) => StatusCode::OK,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(error) => {
            eprintln!("{error}");
            if error.is_temporary() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNAUTHORIZED }
        }
    }
}

#[tokio::main]
#[allow(dead_code, reason = "a test includes this file and runs only the routes")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plaid = Client::from_env()?;
    let (queue, mut webhooks) = mpsc::channel(1000);
    tokio::spawn(async move {
        while let Some(webhook) = webhooks.recv().await {
            // Webhooks can arrive twice and out of order. Treat them as a hint to call the API.
            match webhook {
                Webhook::SyncUpdatesAvailable(webhook) => println!("fetch the transactions of {}", webhook.item_id),
                Webhook::ItemError(webhook) => println!("item {} needs its user", webhook.item_id),
                other => println!("{} {}", other.webhook_type(), other.webhook_code()),
            }
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, routes(App { verifier: Verifier::new(&plaid), queue })).await?;
    Ok(())
}
