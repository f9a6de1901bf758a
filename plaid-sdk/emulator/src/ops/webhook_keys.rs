//! `/webhook_verification_key/get`.

use serde_json::json;

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[Entry::json("/webhook_verification_key/get", Class::Computed, get)];

/// The key of Plaid's that is published with a signed webhook. Plaid's own test suites ask for it.
const PUBLISHED: (&str, &str, &str) = (
    "6c5516e1-92dc-479e-a8ff-5a51992e0001",
    "35lvC8uz2QrWpQJ3TUH8t9o9DURMp7ydU518RKDl20k",
    "I8BuXB2bvxelzJAd7OKhd-ZwjCst05Fx47Mb_0ugros",
);

/// `/webhook_verification_key/get`: the public part of a key.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("key_id")?;
    let (kid, x, y) = PUBLISHED;
    if id == kid {
        return Ok(view(kid, x, y, 1_560_466_150, None));
    }
    let key = call.tenant.keys.iter().find(|key| key.id == id).ok_or_else(ApiError::invalid_webhook_key)?;
    let (x, y) = key.coordinates();
    Ok(view(&key.id, &x, &y, key.created.timestamp(), key.expired.map(|at| at.timestamp())))
}

fn view(kid: &str, x: &str, y: &str, created: i64, expired: Option<i64>) -> serde_json::Value {
    json!({"key": {
        "alg": "ES256",
        "created_at": created,
        "crv": "P-256",
        "expired_at": expired,
        "kid": kid,
        "kty": "EC",
        "use": "sig",
        "x": x,
        "y": y,
    }})
}
