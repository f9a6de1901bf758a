//! Credentials in the body of a request: they are taken out before it is sent.

use std::sync::LazyLock;

use axum::body::Bytes;
use memchr::memmem::Finder;
use plaid_catalog::tools::json;
use serde::de::Error as _;

/// The members of a body by which Plaid knows an application. The last is another name of the second, in three operations.
const CREDENTIALS: [&str; 3] = ["client_id", "secret", "client_secret"];

/// A body without credentials, and those that it had.
#[derive(Default)]
pub struct Stripped {
    pub body: Bytes,
    pub client_id: Option<String>,
    pub secret: Option<String>,
}

/// Takes the credentials out of a body, which a check has found to be JSON, with no property twice. A body without
/// credentials stays as it is, to the byte. Of another one, the members keep their order and their digits.
///
/// # Errors
/// The body is not JSON after all.
pub fn strip(body: Bytes) -> Result<Stripped, serde_json::Error> {
    let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if !is_object || !may_contain(&body) {
        return Ok(Stripped { body, ..Stripped::default() });
    }
    let text = str::from_utf8(&body).map_err(serde_json::Error::custom)?;
    let members = json::members(text)?;
    if members.iter().all(|(name, _)| !CREDENTIALS.contains(&name.as_str())) {
        return Ok(Stripped { body, ..Stripped::default() });
    }
    let mut stripped = Stripped::default();
    let mut text = String::with_capacity(body.len());
    for (name, value) in &members {
        let own = || serde_json::from_str(value.get()).ok();
        match name.as_str() {
            "client_id" => stripped.client_id = own(),
            "secret" | "client_secret" => stripped.secret = own(),
            name => {
                text.push(if text.is_empty() { '{' } else { ',' });
                text.push_str(&serde_json::to_string(name)?);
                text.push(':');
                text.push_str(value.get());
            }
        }
    }
    text.push_str(if text.is_empty() { "{}" } else { "}" });
    stripped.body = Bytes::from(text);
    Ok(stripped)
}

/// Whether one of the names may be in a body: as it is, or with letters escaped.
fn may_contain(body: &[u8]) -> bool {
    static NAMES: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["client_id", "secret", "\\u"].map(Finder::new));
    NAMES.iter().any(|name| name.find(body).is_some())
}

#[cfg(test)]
mod tests {
    use super::strip;
    use axum::body::Bytes;

    fn stripped(text: &'static str) -> String {
        let body = strip(Bytes::from_static(text.as_bytes())).expect("JSON").body;
        String::from_utf8(body.to_vec()).expect("UTF-8")
    }

    #[test]
    fn credentials_go_however_they_are_written() {
        assert_eq!(stripped(r#"{"secret":"s","a":1.10}"#), r#"{"a":1.10}"#);
        assert_eq!(stripped(r#" {"\u0073ecret":"s", "a" : [1 , 2]}"#), r#"{"a":[1 , 2]}"#);
        assert_eq!(stripped(r#"{"client\u005fid":"s","client_secret":{"x":1}}"#), "{}");
        assert_eq!(stripped(r#"{"b":1,"client_id":null,"a":"\u00e9"}"#), r#"{"b":1,"a":"\u00e9"}"#);
    }

    #[test]
    fn everything_else_stays_to_the_byte() {
        for text in [
            r#"{ "a" : 1e2 , "user" : {"secret":"mine"} }"#,
            r#"{"Secret":"x","secret_":1,"note":"the secret"}"#,
            "[{\"secret\":1}]",
            "\"secret\"",
            "",
            "{}",
        ] {
            assert_eq!(stripped(text), text);
        }
    }

    #[test]
    fn the_callers_own_credentials_are_kept_aside() {
        let body = Bytes::from_static(br#"{"client_id":"me","\u0073ecret":"mine","x":{}}"#);
        let stripped = strip(body).expect("JSON");
        assert_eq!((stripped.client_id.as_deref(), stripped.secret.as_deref()), (Some("me"), Some("mine")));
        assert_eq!(stripped.body, r#"{"x":{}}"#);
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        for text in [r#"{"secret":"#, r#"{"secret":1}x"#, r#"{"secret":1,}"#] {
            assert!(strip(Bytes::from_static(text.as_bytes())).is_err(), "{text}");
        }
    }
}
