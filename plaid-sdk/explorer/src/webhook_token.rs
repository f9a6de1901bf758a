//! The signature of a webhook: a JSON Web Signature in compact form, by ES256. The rules are those of `plaid-sdk`'s verifier. The
//! explorer does not depend on that crate, which would bring 330 types of the API with it.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The header with the token.
const HEADER: &str = "plaid-verification";

/// Plaid's tokens have about 400 characters.
const LONGEST: usize = 4096;

/// How old a webhook may be, and how far its time may be ahead, in seconds.
const OLDEST: f64 = 300.0;
const AHEAD: f64 = 30.0;

/// A public key: an uncompressed point of the curve P-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub point: [u8; 65],
    /// When it expired, in seconds since 1970.
    pub expired_at: Option<u64>,
}

/// A token. Nothing in it can be trusted before its signature is verified.
#[derive(Debug)]
pub struct Token {
    pub key_id: String,
    issued_at: f64,
    body_sha256: String,
    signed: String,
    signature: Vec<u8>,
}

/// Why a webhook is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    NoHeader,
    NoToken,
    Algorithm,
    Age,
    Body,
    Key,
    Expired,
    Signature,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: String,
    #[serde(default)]
    crit: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    iat: f64,
    request_body_sha256: String,
}

impl Token {
    /// The token of the headers, which must have exactly one.
    pub fn of(headers: &HeaderMap) -> Result<Self, TokenError> {
        let mut all = headers.get_all(HEADER).iter();
        let text = all.next().ok_or(TokenError::NoHeader)?;
        if all.next().is_some() {
            return Err(TokenError::NoToken);
        }
        Self::read(text.to_str().map_err(|_| TokenError::NoToken)?)
    }

    fn read(text: &str) -> Result<Self, TokenError> {
        if text.len() > LONGEST {
            return Err(TokenError::NoToken);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenError::NoToken)?;
        let (head, claims) = signed.split_once('.').ok_or(TokenError::NoToken)?;
        let head: Head = part(head)?;
        // The token must not choose the algorithm, and extensions change its meaning.
        if head.alg != "ES256" || head.crit.is_some() {
            return Err(TokenError::Algorithm);
        }
        let could_be_one = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if head.kid.is_empty() || head.kid.len() > 64 || !head.kid.bytes().all(could_be_one) {
            return Err(TokenError::NoToken);
        }
        let claims: Claims = part(claims)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::NoToken)?;
        Ok(Self {
            key_id: head.kid,
            issued_at: claims.iat,
            body_sha256: claims.request_body_sha256,
            signed: signed.to_owned(),
            signature,
        })
    }

    /// What needs no key comes first, so that a forged webhook causes no request without effort: the time and the body.
    pub fn check(&self, body: &[u8], now: u64) -> Result<(), TokenError> {
        let now = std::time::Duration::from_secs(now).as_secs_f64();
        let age = now - self.issued_at;
        if !(-AHEAD..=OLDEST).contains(&age) {
            return Err(TokenError::Age);
        }
        let hash: String = digest(&SHA256, body).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        verify_slices_are_equal(hash.as_bytes(), self.body_sha256.as_bytes()).map_err(|_| TokenError::Body)
    }

    /// Whether it was signed with this key.
    pub fn verify(&self, key: &Key) -> Result<(), TokenError> {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.point);
        key.verify(self.signed.as_bytes(), &self.signature).map_err(|_| TokenError::Signature)
    }
}

fn part<T: DeserializeOwned>(base64: &str) -> Result<T, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(base64).map_err(|_| TokenError::NoToken)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::NoToken)
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHeader => "a webhook needs the header Plaid-Verification",
            Self::NoToken => "the header Plaid-Verification is not one token of Plaid's form",
            Self::Algorithm => "the token is not signed by ES256",
            Self::Age => "the token is older than five minutes, or from the future. Check this machine's clock",
            Self::Body => "the body is not the one that was signed. A proxy may have changed it",
            Self::Key => "there is no such key at Plaid",
            Self::Expired => "the key has expired",
            Self::Signature => "the signature is wrong",
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use axum::http::{HeaderMap, HeaderValue};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::{Key, Token, TokenError};

    const NOW: u64 = 1_700_000_000;

    /// A token for a body with some members changed, and its key.
    fn signed(body: &[u8], head: &Value, issued_at: u64) -> (HeaderMap, Key) {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let hash: String = digest(&SHA256, body).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let claims = json!({ "iat": issued_at, "request_body_sha256": hash });
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", encode(head), encode(&claims));
        let signature = pair.sign(&SystemRandom::new(), text.as_bytes()).expect("a signature");
        let token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature));
        let mut headers = HeaderMap::new();
        headers.insert("plaid-verification", HeaderValue::try_from(token).expect("a header"));
        let point = pair.public_key().as_ref().try_into().expect("a point");
        (headers, Key { point, expired_at: None })
    }

    fn head() -> Value {
        json!({ "alg": "ES256", "kid": "key-1", "typ": "JWT" })
    }

    #[test]
    fn only_what_was_signed_is_taken() {
        let (headers, key) = signed(b"{}", &head(), NOW);
        let token = Token::of(&headers).expect("a token");
        assert_eq!(token.key_id, "key-1");
        assert_eq!(token.check(b"{}", NOW + 10), Ok(()));
        assert_eq!(token.verify(&key), Ok(()));
        assert_eq!(token.check(b"{ }", NOW), Err(TokenError::Body));
        assert_eq!(token.check(b"{}", NOW + 301), Err(TokenError::Age));
        assert_eq!(token.check(b"{}", NOW - 31), Err(TokenError::Age));
        let (_, other) = signed(b"{}", &head(), NOW);
        assert_eq!(token.verify(&other), Err(TokenError::Signature));
    }

    #[test]
    fn a_token_does_not_choose_how_it_is_verified() {
        for head in [json!({ "alg": "none", "kid": "a" }), json!({ "alg": "ES256", "kid": "a", "crit": ["b64"] })] {
            let (headers, _) = signed(b"{}", &head, NOW);
            assert_eq!(Token::of(&headers).err(), Some(TokenError::Algorithm), "{head}");
        }
        for head in [json!({ "alg": "ES256" }), json!({ "alg": "ES256", "kid": "../a" }), json!([])] {
            let (headers, _) = signed(b"{}", &head, NOW);
            assert_eq!(Token::of(&headers).err(), Some(TokenError::NoToken), "{head}");
        }
        assert_eq!(Token::of(&HeaderMap::new()).err(), Some(TokenError::NoHeader));
        let (mut headers, _) = signed(b"{}", &head(), NOW);
        headers.append("plaid-verification", HeaderValue::from_static("a.b.c"));
        assert_eq!(Token::of(&headers).err(), Some(TokenError::NoToken));
    }
}
