//! Verifying and parsing webhooks.
//!
//! Anyone can send a request to a public URL. Plaid [signs its webhooks](https://plaid.com/docs/api/webhooks/webhook-verification/),
//! and [`Verifier`] checks the signature:
//!
//! ```
//! # async fn demo(plaid: plaid_sdk::Client, headers: plaid_sdk::http::HeaderMap, body: Vec<u8>) {
//! use plaid_sdk::webhooks::Webhook;
//! use plaid_sdk::webhooks::Verifier;
//!
//! let verifier = Verifier::new(&plaid);
//! // The raw body: not parsed and serialized again.
//! match verifier.receive::<Webhook>(&headers, &body).await {
//!     Ok(Webhook::SyncUpdatesAvailable(webhook)) => println!("sync {}", webhook.item_id),
//!     Ok(other) => println!("{} {}", other.webhook_type(), other.webhook_code()),
//!     // Plaid retries it later.
//!     Err(error) if error.is_temporary() => println!("503: {error}"),
//!     Err(error) => println!("401: {error}"),
//! }
//! # }
//! ```
//!
//! Webhooks can arrive more than once, late, and out of order. Treat them as a hint to call the API, or store their content
//! idempotently. Respond within ten seconds: put the work on a queue.
//!
//! For tests, [`Signer`] signs webhooks with a test key.

mod error;
mod key;
mod keys;
mod signer;
mod token;
mod verifier;

pub use self::error::{WebhookError, WebhookErrorKind};
pub use self::key::VerificationKey;
pub(crate) use self::keys::KeyCache;
pub use self::signer::Signer;
pub use self::verifier::Verifier;

/// The header with the signature.
pub const HEADER: &str = "plaid-verification";
