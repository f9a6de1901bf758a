//! The public key of a webhook signature.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::error::WebhookErrorKind;

/// The end of the year 9999. A key that expires later expires then, because no system has times as late as JSON can express.
const LATEST: f64 = 253_402_300_799.0;

/// A public key for webhook signatures (ES256: ECDSA with the curve P-256 and SHA-256).
///
/// It implements serde's traits in the format of a JSON Web Key, so that it can be stored. It is public, but whoever can change
/// the stored keys can forge webhooks, at least while Plaid can't be asked.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationKey {
    id: String,
    /// Uncompressed (SEC 1): 4, then x and y.
    point: [u8; 65],
    expired_at: Option<SystemTime>,
}

impl VerificationKey {
    /// Parses a JSON Web Key (RFC 7517), the format in which Plaid publishes its keys. `use`, `alg` and `key_ops` are optional,
    /// but must not contradict ES256 signatures.
    ///
    /// # Errors
    /// [`WebhookErrorKind::UnusableKey`]: the key is not for ES256 signatures, or lacks its id or its coordinates.
    pub fn from_jwk(jwk: &Value) -> Result<Self, WebhookErrorKind> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let is = |name: &str, wanted: &str| text(name) == Some(wanted);
        let may_be = |name: &str, wanted: &str| jwk.get(name).is_none_or(Value::is_null) || is(name, wanted);
        let may_verify = match jwk.get("key_ops") {
            None | Some(Value::Null) => true,
            Some(uses) => uses.as_array().is_some_and(|uses| uses.iter().any(|one| one == "verify")),
        };
        let fits =
            is("kty", "EC") && is("crv", "P-256") && may_be("alg", "ES256") && may_be("use", "sig") && may_verify;
        if !fits {
            return Err(WebhookErrorKind::UnusableKey);
        }
        let expired_at = match jwk.get("expired_at") {
            None | Some(Value::Null) => None,
            Some(time) => Some(expiry(time)),
        };
        let mut point = [4; 65];
        for (name, place) in [("x", 1..33), ("y", 33..65)] {
            let number = text(name).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()).unwrap_or_default();
            let number: [u8; 32] = number.try_into().map_err(|_| WebhookErrorKind::UnusableKey)?;
            point[place].copy_from_slice(&number);
        }
        let id = text("kid").ok_or(WebhookErrorKind::UnusableKey)?.to_owned();
        Ok(Self { id, point, expired_at })
    }

    pub(crate) const fn new(id: String, point: [u8; 65]) -> Self {
        Self { id, point, expired_at: None }
    }

    /// Sets the time of expiry.
    #[must_use]
    pub const fn expired_at(mut self, moment: SystemTime) -> Self {
        self.expired_at = Some(moment);
        self
    }

    /// Its id (`kid`), which tokens refer to.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key as a JSON Web Key, for a store or for a fake Plaid server in tests.
    pub fn to_jwk(&self) -> Value {
        let number = |at: usize| URL_SAFE_NO_PAD.encode(&self.point[at..at + 32]);
        let seconds = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        json!({
            "alg": "ES256", "kty": "EC", "crv": "P-256", "use": "sig", "kid": self.id, "x": number(1), "y": number(33),
            "created_at": 0, "expired_at": self.expired_at.map(seconds),
        })
    }

    /// Whether it has expired at this time.
    pub(crate) fn is_expired(&self, now: SystemTime) -> bool {
        self.expired_at.is_some_and(|moment| moment <= now)
    }

    /// Whether this signature of 64 bytes is valid. It is not if the key is not a point on the curve.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.point).verify(message, signature).is_ok()
    }
}

/// The time in seconds since 1970, which may have fractions. If it can't be read, the key counts as expired.
fn expiry(time: &Value) -> SystemTime {
    let seconds = Duration::try_from_secs_f64(time.as_f64().unwrap_or(0.0).clamp(0.0, LATEST)).unwrap_or_default();
    SystemTime::UNIX_EPOCH.checked_add(seconds).unwrap_or(SystemTime::UNIX_EPOCH)
}

impl Serialize for VerificationKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_jwk().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for VerificationKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let jwk = Value::deserialize(deserializer)?;
        Self::from_jwk(&jwk).map_err(|_| serde::de::Error::custom("not a key for ES256 signatures"))
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey").field("id", &self.id).field("expired_at", &self.expired_at).finish()
    }
}
