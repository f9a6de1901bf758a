//! The keys that Plaid signs webhooks with. A key is asked for once in a while, and an unknown one not at once again.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime};

use axum::body::to_bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::seconds;
use super::token::{Key, TokenError};
use crate::app::App;
use crate::gateway::Call;

/// How long a key is used before it is asked for again: it may expire.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// How long an unknown key is not asked for again.
const PAUSE: Duration = Duration::from_secs(30);

/// How many keys are remembered. Plaid has few; forged webhooks may name many.
const MOST: usize = 32;

/// The longest answer about a key.
const LONGEST: usize = 64 << 10;

/// The keys by their ids; `None` if Plaid does not know one.
#[derive(Debug, Default)]
pub struct Keys {
    all: HashMap<String, (Instant, Option<Key>)>,
}

impl Keys {
    fn get(&self, id: &str, now: Instant) -> Option<Option<Key>> {
        let (asked, key) = self.all.get(id)?;
        let life = if key.is_some() { LIFE } else { PAUSE };
        (now.saturating_duration_since(*asked) < life).then(|| key.clone())
    }

    fn keep(&mut self, id: &str, now: Instant, key: Option<Key>) {
        if self.all.len() >= MOST {
            // Keys that are known stay, so that forged ids can't drive them out.
            self.all.retain(|_, (asked, key)| key.is_some() && now.saturating_duration_since(*asked) < LIFE);
        }
        if self.all.len() < MOST {
            self.all.insert(id.to_owned(), (now, key));
        }
    }
}

/// The key of an id.
///
/// # Errors
/// Plaid has no such key, can't be asked, or the key has expired.
pub async fn find(app: &App, id: &str) -> Result<Key, TokenError> {
    let now = Instant::now();
    let known = app.work().with(|work| work.keys.get(id, now));
    let key = match known {
        Some(key) => key,
        None => {
            let key = ask(app, id).await;
            app.work().with(|work| work.keys.keep(id, now, key.clone()));
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Key, Keys, LIFE, MOST, PAUSE};

    #[test]
    fn forged_ids_drive_no_key_out() {
        let (mut keys, now) = (Keys::default(), Instant::now());
        let key = Key { point: [4; 65], expired_at: None };
        keys.keep("real", now, Some(key.clone()));
        for number in 0..3 * MOST {
            keys.keep(&format!("forged-{number}"), now, None);
        }
        assert!(keys.all.len() <= MOST);
        assert_eq!(keys.get("real", now), Some(Some(key)));
        assert_eq!(keys.get("real", now + LIFE), None);
        keys.keep("unknown", now, None);
        assert_eq!(keys.get("unknown", now + PAUSE + Duration::from_secs(1)), None);
    }
}
