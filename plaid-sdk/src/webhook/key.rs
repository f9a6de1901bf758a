//! A key that webhooks are signed with, as Plaid publishes it.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::WebhookErrorKind;

/// The public part of a key that webhooks are signed with (ES256: ECDSA on the curve P-256, with SHA-256).
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationKey {
    id: String,
    /// Uncompressed (SEC 1): 4, then x and y.
    point: [u8; 65],
    expired_at: Option<SystemTime>,
}

impl VerificationKey {
    /// Reads a key in the form of a JSON Web Key (RFC 7517), in which Plaid gives it out.
    ///
    /// # Errors
    /// [`WebhookErrorKind::UnusableKey`]: it is for something else than ES256 signatures, or lacks its numbers.
    pub fn from_jwk(jwk: &Value) -> Result<Self, WebhookErrorKind> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let is = |name: &str, wanted: &str| text(name) == Some(wanted);
        if !(is("alg", "ES256") && is("kty", "EC") && is("crv", "P-256") && is("use", "sig")) {
            return Err(WebhookErrorKind::UnusableKey);
        }
        let expired_at = match jwk.get("expired_at") {
            None | Some(Value::Null) => None,
            // What can't be understood is taken for expired.
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

    /// The same, no longer in use since that moment.
    #[must_use]
    pub const fn expired_at(mut self, moment: SystemTime) -> Self {
        self.expired_at = Some(moment);
        self
    }

    /// Its id, by which tokens name it (`kid`).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key in the form in which Plaid gives it out, for a stand-in of Plaid's in tests.
    pub fn to_jwk(&self) -> Value {
        let number = |at: usize| URL_SAFE_NO_PAD.encode(&self.point[at..at + 32]);
        let seconds = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        json!({
            "alg": "ES256", "kty": "EC", "crv": "P-256", "use": "sig", "kid": self.id, "x": number(1), "y": number(33),
            "created_at": 0, "expired_at": self.expired_at.map(seconds),
        })
    }

    /// Whether it may not be used any more at this time.
    pub(super) fn is_expired(&self, now: SystemTime) -> bool {
        self.expired_at.is_some_and(|moment| moment <= now)
    }

    /// Whether this signature of 64 bytes was made with it. A point that is not on the curve has made none.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.point).verify(message, signature).is_ok()
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey").field("id", &self.id).field("expired_at", &self.expired_at).finish()
    }
}
