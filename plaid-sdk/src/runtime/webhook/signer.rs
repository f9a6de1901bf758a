//! Signs test webhooks as Plaid does.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::token::sha256;
use crate::runtime::error::Error;
use crate::runtime::webhook_keys::key::VerificationKey;

/// Signs webhooks with a test key, for tests of an application that receives webhooks.
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::SystemTime;
/// use plaid_sdk::webhooks::{Signer, Verifier};
///
/// let signer = Signer::new("test-key")?;
/// let verifier = Verifier::with_keys([signer.key()]);
/// let body = br#"{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE"}"#;
/// let token = signer.sign(body, SystemTime::now())?;
/// verifier.verify_token(&token, body).await?;
/// # Ok(())
/// # }
/// ```
pub struct Signer {
    key_id: String,
    pair: EcdsaKeyPair,
}

impl Signer {
    /// A signer with a new key that has this id.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn new(key_id: impl Into<String>) -> Result<Self, Error> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| failed())?;
        Ok(Self { key_id: key_id.into(), pair })
    }

    /// The public key, for [`Verifier::with_keys`](super::Verifier::with_keys).
    pub fn key(&self) -> VerificationKey {
        let mut point = [0; 65];
        point.copy_from_slice(self.pair.public_key().as_ref());
        VerificationKey::new(self.key_id.clone(), point)
    }

    /// The value of the [`Plaid-Verification`](super::HEADER) header for this body, signed at this time.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn sign(&self, body: &[u8], at: SystemTime) -> Result<String, Error> {
        let issued_at = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        let header = json!({ "alg": "ES256", "kid": self.key_id, "typ": "JWT" });
        self.sign_token(&header, &json!({ "iat": issued_at, "request_body_sha256": sha256(body) }))
    }

    /// A token with any header and claims, to test that forged webhooks are rejected.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn sign_token(&self, header: &Value, claims: &Value) -> Result<String, Error> {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| failed())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn failed() -> Error {
    Error::build("signing failed: the system has no random bytes".to_owned())
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
