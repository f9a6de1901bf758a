//! The id that Plaid gives each request, and asks for when it is to look into one.

use std::fmt;

use http::HeaderMap;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// The id in the headers, which is the only place for a reply that is a file.
pub(crate) fn in_headers(headers: &HeaderMap) -> Option<&str> {
    headers.get("plaid-request-id")?.to_str().ok()
}

/// The id in a JSON body, which may be cut off or broken after it.
pub(crate) fn in_json(body: &[u8]) -> Option<String> {
    let mut found = None;
    // Broken JSON fails; what was found before that stays.
    let _ = serde_json::Deserializer::from_slice(body).deserialize_map(Search(&mut found));
    found
}

struct Search<'a>(&'a mut Option<String>);

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "request_id" {
                *self.0 = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_in_what_there_is_of_the_body() {
        let found = |json: &str| in_json(json.as_bytes());
        assert_eq!(found(r#"{"a": {"request_id": "no"}, "request_id": "yes"}"#).as_deref(), Some("yes"));
        assert_eq!(found(r#"{"request_id": "yes", "a": [1, "#).as_deref(), Some("yes"));
        assert_eq!(found(r#"{"request_id": null}"#), None);
        assert_eq!(found(r#"{"request_id": 7}"#), None);
        assert_eq!(found("<html>"), None);
        assert_eq!(found("[]"), None);
    }
}
