//! The keys that Plaid signs webhooks with, from Plaid.

use std::time::{Instant, SystemTime};

use axum::body::to_bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::seconds;
use crate::app::App;
use crate::gateway::Call;
use crate::webhook_token::{Key, TokenError};

/// The longest answer about a key.
const LONGEST: usize = 64 << 10;

/// The key of an id.
///
/// # Errors
/// Plaid has no such key, can't be asked, or the key has expired.
pub async fn find(app: &App, id: &str) -> Result<Key, TokenError> {
    let now = Instant::now();
    let known = app.memory().with(|memory| memory.keys.get(id, now));
    let key = match known {
        Some(key) => key,
        None => {
            let key = ask(app, id).await;
            app.memory().with(|memory| memory.keys.keep(id, now, key.clone()));
            key
        }
    };
    let key = key.ok_or(TokenError::Key)?;
    match key.expired_at {
        Some(time) if time <= seconds(SystemTime::now()) => Err(TokenError::Expired),
        _ => Ok(key),
    }
}

async fn ask(app: &App, id: &str) -> Option<Key> {
    let operation = app.catalog().operation("webhookVerificationKeyGet")?;
    let response = app.gateway().call(Call::json(operation, json!({ "key_id": id }).to_string())).await;
    let bytes = to_bytes(response.into_body(), LONGEST).await.ok()?;
    let answer: Value = serde_json::from_slice(&bytes).ok()?;
    read(answer.get("key")?)
}

/// A JSON Web Key for signatures by ES256.
fn read(jwk: &Value) -> Option<Key> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    if text("kty") != Some("EC") || text("crv") != Some("P-256") || text("alg").is_some_and(|alg| alg != "ES256") {
        return None;
    }
    let mut point = [4; 65];
    for (name, place) in [("x", 1..33), ("y", 33..65)] {
        let number: [u8; 32] = URL_SAFE_NO_PAD.decode(text(name)?).ok()?.try_into().ok()?;
        point.get_mut(place)?.copy_from_slice(&number);
    }
    // A time that can't be read is one that has passed.
    let expired_at = jwk.get("expired_at").filter(|time| !time.is_null()).map(|time| time.as_u64().unwrap_or(0));
    Some(Key { point, expired_at })
}
