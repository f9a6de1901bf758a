//! Webhooks: whether one was sent by Plaid, and what it says.
//!
//! Anyone can send a request to a public address. Plaid signs what it sends, by the rules on
//! [its page](https://plaid.com/docs/api/webhooks/webhook-verification/), and [`Verifier`] checks it:
//!
//! ```
//! # async fn demo(plaid: plaid_sdk::Client, headers: plaid_sdk::http::HeaderMap, body: Vec<u8>) {
//! use plaid_sdk::Webhook;
//! use plaid_sdk::webhook::Verifier;
//!
//! let verifier = Verifier::new(&plaid);
//! // The body as it came over the wire: not parsed, not written anew.
//! match verifier.receive::<Webhook>(&headers, &body).await {
//!     Ok(Webhook::SyncUpdatesAvailable(webhook)) => println!("news of {}", webhook.item_id),
//!     Ok(other) => println!("{} {}", other.webhook_type(), other.webhook_code()),
//!     // Plaid sends it again later.
//!     Err(error) if error.is_temporary() => println!("503: {error}"),
//!     Err(error) => println!("401: {error}"),
//! }
//! # }
//! ```
//!
//! A webhook can arrive twice, late, and after one that was sent later: use it as a hint to ask the API, or store its
//! content by what it is about. Answer within ten seconds, so put the work on a queue.
//!
//! For tests, [`Signer`] signs webhooks with a key of your own.

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

/// The header that carries the signature.
pub const HEADER: &str = "plaid-verification";
