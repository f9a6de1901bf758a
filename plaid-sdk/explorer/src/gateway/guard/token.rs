//! Layer 4: the token that callers have to know.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use axum::http::{HeaderMap, StatusCode, header};

use crate::gateway::refusal::Refusal;

/// How many characters a token has at least.
const SHORTEST: usize = 16;

/// The token that callers have to know. Only digests of it are kept.
#[derive(Clone)]
pub struct Token {
    digest: [u8; 32],
    cookie: String,
}

/// A text that can't be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenError;

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a token has at least {SHORTEST} characters, of the letters A to Z and a to z, the digits and - . _ ~"
        )
    }
}

impl std::error::Error for TokenError {}

impl Token {
    /// A token that a person chose.
    ///
    /// # Errors
    /// It is too short, or it has characters that forms and headers write in other ways.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if text.len() < SHORTEST || !text.bytes().all(is_plain) {
            return Err(TokenError);
        }
        let cookie = digest(&["plaid-explorer cookie ", text]);
        let cookie = cookie.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { digest: digest(&[text]), cookie })
    }

    /// A text for a new token: 32 random hexadecimal digits. Returns `None` if the system has no random numbers.
    pub fn random() -> Option<String> {
        let mut bytes = [0; 16];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether a text is the token. It takes the same time for all texts of a length.
    pub(super) fn is(&self, text: &str) -> bool {
        verify_slices_are_equal(&digest(&[text]), &self.digest).is_ok()
    }

    /// Refuses a request that does not have it in a header or in the cookie.
    pub(super) fn check(&self, headers: &HeaderMap, port: u16) -> Result<(), Refusal> {
        let bearer = text(headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
        let given = text(headers, "plaid-explorer-token").or(bearer);
        let name = cookie_name(port);
        let mut cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookie =
            cookies.find_map(|all| all.split(';').find_map(|one| one.trim().strip_prefix(&name)?.strip_prefix('=')));
        let is_known = given.is_some_and(|given| self.is(given))
            || cookie.is_some_and(|cookie| verify_slices_are_equal(cookie.as_bytes(), self.cookie.as_bytes()).is_ok());
        if is_known {
            return Ok(());
        }
        let message = "the token of this explorer is missing or wrong";
        let help = "Send it in the header Plaid-Explorer-Token or as Authorization: Bearer, or enter it at /-/login in a browser.";
        Err(Refusal::new(StatusCode::UNAUTHORIZED, "EXPLORER_TOKEN_REQUIRED", message, help))
    }

    /// The cookie for a browser that has shown the token. Scripts can't read it, and other sites can't make use of it.
    pub(super) fn cookie(&self, port: u16, is_secure: bool) -> String {
        let secure = if is_secure { "; Secure" } else { "" };
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", cookie_name(port), self.cookie)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// Cookies don't differ by port, so the name does.
fn cookie_name(port: u16) -> String {
    format!("plaid_explorer_{port}")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part.as_bytes()));
    let mut all = [0; 32];
    all.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    all
}

#[cfg(test)]
mod tests {
    use super::Token;
    use axum::http::{HeaderMap, HeaderValue};

    const TEXT: &str = "0123456789abcdef";

    fn passes(name: &'static str, value: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).expect("a value"));
        Token::new(TEXT).expect("a token").check(&headers, 8434).is_ok()
    }

    #[test]
    fn the_token_is_taken_from_headers_and_from_the_cookie() {
        let token = Token::new(TEXT).expect("a token");
        let cookie = token.cookie(8434, false);
        let cookie = cookie.split(';').next().expect("a cookie");
        assert!(!cookie.contains(TEXT));
        assert!(passes("plaid-explorer-token", TEXT));
        assert!(passes("authorization", &format!("Bearer {TEXT}")));
        assert!(passes("cookie", &format!("a=b; {cookie}; c=d")));
        assert!(!passes("cookie", &cookie.replace("8434", "8435")));
        assert!(!passes("cookie", &format!("x{cookie}")));
        assert!(!passes("cookie", &format!("plaid_explorer_8434={TEXT}")));
        for bad in ["", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF"] {
            assert!(!passes("plaid-explorer-token", bad), "{bad}");
        }
        assert!(token.check(&HeaderMap::new(), 8434).is_err());
    }

    #[test]
    fn weak_tokens_are_refused() {
        for bad in ["", "short", "0123456789abcde", "0123456789abcde&", "0123456789abcdef é"] {
            assert!(Token::new(bad).is_err(), "{bad}");
        }
        let random = Token::random().expect("random numbers");
        assert!(Token::new(&random).is_ok());
        assert_ne!(Some(random), Token::random());
        assert_eq!(format!("{:?}", Token::new(TEXT)), "Ok(Token)");
    }
}
