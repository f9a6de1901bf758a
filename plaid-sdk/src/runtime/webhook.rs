//! Verifying that webhooks are from Plaid. [`Verifier`] explains the rules; `event.rs` has the parsing.

mod admission;
pub(crate) mod cache;
mod error;
mod fetch;
mod key;
mod signer;
mod token;
mod verifier;

pub use self::cache::KEY_GRACE;
pub use self::error::{WebhookError, WebhookErrorKind};
pub use self::key::VerificationKey;
pub use self::signer::Signer;
pub use self::verifier::Verifier;

/// The header with the signature.
pub const HEADER: &str = "plaid-verification";
