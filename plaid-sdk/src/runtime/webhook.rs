//! Verifying that webhooks are from Plaid. [`Verifier`] explains the rules; `event.rs` has the parsing.

mod fetch;
mod signer;
mod token;
mod verifier;

pub use self::signer::Signer;
pub use self::verifier::Verifier;
pub use crate::runtime::webhook_keys::cache::KEY_GRACE;
pub use crate::runtime::webhook_keys::error::{WebhookError, WebhookErrorKind};
pub use crate::runtime::webhook_keys::key::VerificationKey;

/// The header with the signature.
pub const HEADER: &str = "plaid-verification";
