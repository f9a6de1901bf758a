//! What a request has that is secret, so that a response that repeats it can be printed.

use std::ops::Range;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use zeroize::Zeroizing;

use super::folded::Folded;

/// The secrets of a request: its credentials and other sensitive headers, and the tokens in its body. They are searched for
/// only when a call fails.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    headers: Vec<HeaderValue>,
    body: Bytes,
}

/// The headers of the client's credentials.
const CREDENTIALS: [&str; 2] = ["plaid-client-id", "plaid-secret"];

/// The value of another header is a secret from this length on.
const LONG_HEADER: usize = 12;

/// Shorter texts are not redacted: they are in every message.
const SHORTEST: usize = 4;

/// A secret of this length is found within words too.
const LONG: usize = 8;

/// Larger bodies are not searched for tokens.
const LARGEST_BODY: usize = 1 << 20;

impl Secrets {
    /// The secrets of a request. Cheap: nothing is copied.
    pub(crate) fn of(headers: &HeaderMap, body: &Bytes) -> Self {
        // Applications add headers with values such as `true`, which are sensitive only in form.
        let is_secret = |name: &HeaderName, value: &HeaderValue| {
            value.is_sensitive() && (value.len() >= LONG_HEADER || CREDENTIALS.contains(&name.as_str()))
        };
        let secret = headers.iter().filter(|(name, value)| is_secret(name, value));
        Self { headers: secret.map(|(_, value)| value.clone()).collect(), body: body.clone() }
    }

    /// Where they are in a text.
    pub(super) fn find(&self, text: &Folded) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        if self.headers.is_empty() && self.body.is_empty() {
            return spans;
        }
        let (text, secrets) = (joined(text), self.texts());
        for secret in secrets {
            let secret = Zeroizing::new(joined(&Folded::of(&secret)).chars);
            if secret.len() < SHORTEST {
                continue;
            }
            let is_long = secret.len() >= LONG;
            let is_part = |at: Option<usize>| at.and_then(|at| text.chars.get(at)).is_some_and(|c| c.is_alphanumeric());
            let mut at = 0;
            while let Some(offset) = text.chars[at..].windows(secret.len()).position(|part| part == &secret[..]) {
                let (start, end) = (at + offset, at + offset + secret.len());
                if is_long || !(is_part(start.checked_sub(1)) || is_part(Some(end))) {
                    spans.push(text.place(start..end));
                }
                at = start + 1;
            }
        }
        spans
    }

    fn texts(&self) -> Vec<Zeroizing<String>> {
        let mut texts = Vec::new();
        for value in self.headers.iter().filter_map(|value| value.to_str().ok()) {
            // `Bearer` is not secret, only what follows.
            texts.extend(value.split_ascii_whitespace().last().map(|word| Zeroizing::new(word.to_owned())));
        }
        if self.body.len() <= LARGEST_BODY {
            match serde_json::from_slice(&self.body) {
                Ok(body) => collect("", &body, &mut texts),
                Err(_) => form(&self.body, &mut texts),
            }
        }
        texts
    }
}

/// Without dashes and underscores, which are often written in another way, or left out.
fn joined(text: &Folded) -> Folded {
    text.map(|c| (!matches!(c, '-' | '_')).then_some(c))
}

/// Whether a property of this name contains something secret.
fn is_secret(name: &str) -> bool {
    ["token", "tokens", "secret", "client_id", "password"].iter().any(|end| name.ends_with(end))
}

/// The secrets in a JSON body. Its depth is limited by serde_json.
fn collect(name: &str, value: &Value, out: &mut Vec<Zeroizing<String>>) {
    match value {
        Value::String(text) if is_secret(name) => out.push(Zeroizing::new(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| collect(name, value, out)),
        Value::Object(object) => object.iter().for_each(|(name, value)| collect(name, value, out)),
        _ => {}
    }
}

/// The secrets in a form.
fn form(body: &[u8], out: &mut Vec<Zeroizing<String>>) {
    let Ok(body) = str::from_utf8(body) else { return };
    let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    out.extend(pairs.filter(|(name, _)| is_secret(name)).map(|(_, value)| Zeroizing::new(value.to_owned())));
}
