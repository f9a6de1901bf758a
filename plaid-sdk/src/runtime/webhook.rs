//! Verifying that webhooks are from Plaid. [`Verifier`] explains the rules; `event.rs` has the parsing.

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
