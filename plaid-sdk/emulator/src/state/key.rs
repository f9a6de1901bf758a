//! The keys that sign webhooks.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A key that signs webhooks: ES256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// Since when it is not used.
    pub expired: Option<DateTime<Utc>>,
    /// The key pair as PKCS #8, in base64. It belongs to the emulator alone and protects nothing.
    pkcs8: String,
}

impl SigningKey {
    /// Makes a key.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn generate(id: String, created: DateTime<Utc>) -> Result<Self, KeyError> {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Ok(Self { id, created, expired: None, pkcs8: STANDARD.encode(pkcs8.map_err(|_| KeyError)?) })
    }

    /// The public key: x and y, in base64url.
    pub fn coordinates(&self) -> (String, String) {
        let Ok(pair) = self.pair() else { return Default::default() };
        // An uncompressed point: a byte 4, then x and y of 32 bytes each.
        let point = pair.public_key().as_ref();
        let (x, y) = point.get(1..).unwrap_or_default().split_at(32);
        (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
    }

    /// The JWT for the body of a webhook: the header `Plaid-Verification`.
    ///
    /// # Errors
    /// If the key was damaged, or the system gives no random bytes.
    pub fn sign(&self, body: &str, now: DateTime<Utc>) -> Result<String, KeyError> {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body.as_bytes());
        let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let header = json!({"alg": "ES256", "kid": self.id, "typ": "JWT"});
        let claims = json!({"iat": now.timestamp(), "request_body_sha256": hex});
        let part = |value| URL_SAFE_NO_PAD.encode(crate::json::compact(value));
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = self.pair()?.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| KeyError)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn pair(&self) -> Result<EcdsaKeyPair, KeyError> {
        let pkcs8 = STANDARD.decode(&self.pkcs8).map_err(|_| KeyError)?;
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8).map_err(|_| KeyError)
    }
}

/// A key can't be made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError;

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the key for webhooks is damaged, or the system gives no random bytes")
    }
}

impl std::error::Error for KeyError {}
