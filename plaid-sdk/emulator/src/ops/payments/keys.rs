//! Idempotency keys: the same request gets what it made the first time, and another one is refused.

use chrono::TimeDelta;
use serde_json::Value;

use super::check::transaction_error;
use crate::error::ApiError;
use crate::state::{Tenant, UsedKey};

/// For what a key is, and how many hours it is kept.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// Transactions of wallets.
    Wallet,
    /// Payments of consents.
    Consent,
}

impl Use {
    fn hours(self) -> i64 {
        match self {
            Self::Wallet => 24,
            Self::Consent => 48,
        }
    }

    fn name(self, key: &str) -> String {
        match self {
            Self::Wallet => format!("wallet/{key}"),
            Self::Consent => format!("consent/{key}"),
        }
    }
}

/// What the key of a request has made before. `None`: it is new, or so old that it counts as new.
///
/// # Errors
/// `NONIDENTICAL_REQUEST` if the request was another one.
pub fn before(tenant: &Tenant, of: Use, key: &str, path: &str, request: &Value) -> Result<Option<String>, ApiError> {
    let Some(used) = tenant.payments.keys.get(&of.name(key)) else { return Ok(None) };
    if tenant.now() >= used.at + TimeDelta::hours(of.hours()) {
        return Ok(None);
    }
    match used.request == without_credentials(path, request) {
        true => Ok(Some(used.made.clone())),
        false => Err(transaction_error("NONIDENTICAL_REQUEST", "the idempotency_key was used with another request")),
    }
}

/// Another request with the key of one that is not done yet.
pub fn conflict() -> ApiError {
    transaction_error("REQUEST_CONFLICT", "the first request with this idempotency_key is still being processed")
}

/// Notes what a key has made.
pub fn keep(tenant: &mut Tenant, of: Use, key: &str, path: &str, request: &Value, made: &str) {
    let used = UsedKey { request: without_credentials(path, request), made: made.to_owned(), at: tenant.now() };
    tenant.payments.keys.insert(of.name(key), used);
}

fn without_credentials(path: &str, request: &Value) -> Value {
    let mut kept = request.clone();
    if let Some(fields) = kept.as_object_mut() {
        fields.remove("client_id");
        fields.remove("secret");
        fields.insert("path".to_owned(), path.into());
    }
    kept
}
