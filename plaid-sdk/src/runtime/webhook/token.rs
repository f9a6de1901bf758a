//! The token in the header: a JSON Web Signature in compact form (RFC 7515), signed with ES256.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use serde_json::{Map, Value};

use super::HEADER;
use crate::runtime::webhook_keys::error::WebhookErrorKind;
use crate::runtime::webhook_keys::key::VerificationKey;

/// Plaid's tokens have about 400 characters.
const LONGEST: usize = 4096;
/// Plaid's key ids are UUIDs. An id that could not be one is never sent to Plaid.
const LONGEST_KEY_ID: usize = 64;

/// The token in the headers, which must have exactly one.
pub(super) fn in_headers(headers: &HeaderMap) -> Result<&str, WebhookErrorKind> {
    let mut values = headers.get_all(HEADER).iter();
    let value = values.next().ok_or(WebhookErrorKind::NoHeader)?;
    if values.next().is_some() {
        return Err(WebhookErrorKind::ManyHeaders);
    }
    value.to_str().map_err(|_| WebhookErrorKind::NoToken)
}

/// A token. Nothing in it can be trusted before its signature is verified.
pub(super) struct Token<'t> {
    pub(super) key_id: String,
    pub(super) claims: Claims,
    signed: &'t str,
    signature: [u8; 64],
}

/// The content of a token.
pub(super) struct Claims {
    /// Seconds since 1970. RFC 7519 allows fractions.
    pub(super) issued_at: f64,
    /// In lower-case hexadecimal.
    pub(super) body_sha256: String,
}

impl<'t> Token<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Self, WebhookErrorKind> {
        if text.len() > LONGEST {
            return Err(WebhookErrorKind::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(WebhookErrorKind::NoToken)?;
        let (header, claims) = signed.split_once('.').ok_or(WebhookErrorKind::NoToken)?;
        if claims.contains('.') {
            return Err(WebhookErrorKind::NoToken);
        }
        let header = object(header).ok_or(WebhookErrorKind::NoToken)?;
        // Before anything else: the token must not choose the algorithm.
        if header.get("alg").and_then(Value::as_str) != Some("ES256") {
            return Err(WebhookErrorKind::Algorithm);
        }
        if header.contains_key("crit") {
            return Err(WebhookErrorKind::Extension);
        }
        let key_id = header.get("kid").and_then(Value::as_str).unwrap_or_default();
        let could_be_one = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if key_id.is_empty() || key_id.len() > LONGEST_KEY_ID || !key_id.bytes().all(could_be_one) {
            return Err(WebhookErrorKind::NoKeyId);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| WebhookErrorKind::NoToken)?;
        let signature = signature.try_into().map_err(|_| WebhookErrorKind::SignatureForm)?;
        let claims = object(claims).and_then(|claims| Claims::read(&claims)).ok_or(WebhookErrorKind::Claims)?;
        Ok(Self { key_id: key_id.to_owned(), claims, signed, signature })
    }

    /// Whether it was signed with this key.
    pub(super) fn verify(&self, key: &VerificationKey) -> Result<(), WebhookErrorKind> {
        if key.has_signed(self.signed.as_bytes(), &self.signature) { Ok(()) } else { Err(WebhookErrorKind::Signature) }
    }
}

impl Claims {
    fn read(claims: &Map<String, Value>) -> Option<Self> {
        let issued_at = claims.get("iat")?.as_f64()?;
        let body_sha256 = claims.get("request_body_sha256")?.as_str()?.to_owned();
        Some(Self { issued_at, body_sha256 })
    }
}

/// The SHA-256 hash in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let hash = digest(&SHA256, bytes);
    let digits = hash.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

fn object(base64: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(base64).ok()?).ok()
}
