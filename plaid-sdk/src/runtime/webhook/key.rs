//! The public key of a webhook signature.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::WebhookErrorKind;

/// A public key for webhook signatures (ES256: ECDSA with the curve P-256 and SHA-256).
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationKey {
    id: String,
    /// Uncompressed (SEC 1): 4, then x and y.
    point: [u8; 65],
    expired_at: Option<SystemTime>,
}

impl VerificationKey {
    /// Parses a JSON Web Key (RFC 7517), the format in which Plaid publishes its keys.
    ///
    /// # Errors
    /// [`WebhookErrorKind::UnusableKey`]: the key is not for ES256 signatures, or lacks its coordinates.
    pub fn from_jwk(jwk: &Value) -> Result<Self, WebhookErrorKind> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let is = |name: &str, wanted: &str| text(name) == Some(wanted);
        if !(is("alg", "ES256") && is("kty", "EC") && is("crv", "P-256") && is("use", "sig")) {
            return Err(WebhookErrorKind::UnusableKey);
        }
        let expired_at = match jwk.get("expired_at") {
            None | Some(Value::Null) => None,
            // If the time can't be parsed, the key counts as expired.
            Some(value) => Some(SystemTime::UNIX_EPOCH + Duration::from_secs(value.as_u64().unwrap_or(0))),
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

    pub(super) const fn new(id: String, point: [u8; 65]) -> Self {
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

    /// The key as a JSON Web Key, for a fake Plaid server in tests.
    pub fn to_jwk(&self) -> Value {
        let number = |at: usize| URL_SAFE_NO_PAD.encode(&self.point[at..at + 32]);
        let seconds = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        json!({
            "alg": "ES256", "kty": "EC", "crv": "P-256", "use": "sig", "kid": self.id, "x": number(1), "y": number(33),
            "created_at": 0, "expired_at": self.expired_at.map(seconds),
        })
    }

    /// Whether it has expired at this time.
    pub(super) fn is_expired(&self, now: SystemTime) -> bool {
        self.expired_at.is_some_and(|moment| moment <= now)
    }

    /// Whether this signature of 64 bytes is valid. It is not if the key is not a point on the curve.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.point).verify(message, signature).is_ok()
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey").field("id", &self.id).field("expired_at", &self.expired_at).finish()
    }
}
