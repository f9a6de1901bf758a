//! The body of a request as a value.

use percent_encoding::percent_decode_str;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

/// The body of a request: JSON, a form as an object of strings, or else its text. `None` without a body.
pub fn request(content_type: Option<&str>, body: &[u8]) -> Option<Sample> {
    if body.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    if content_type.is_some_and(|content_type| content_type.starts_with("application/x-www-form-urlencoded")) {
        let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        let pairs =
            text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        return Some(Sample::Object(
            pairs.map(|(name, value)| (decoded(name), Sample::Text(decoded(value)))).collect(),
        ));
    }
    Some(json::parse(&text).unwrap_or_else(|_| Sample::Text(text.into_owned())))
}

#[cfg(test)]
mod tests {
    use super::request;
    use plaid_catalog::tools::json;

    #[test]
    fn json_forms_and_texts_are_read() {
        let read =
            |content_type, body: &str| request(Some(content_type), body.as_bytes()).map(|body| json::json(&body));
        assert_eq!(read("application/json", "{\"a\": 1.50}").as_deref(), Some("{\"a\":1.50}"));
        let form = "application/x-www-form-urlencoded";
        assert_eq!(read(form, "a=x+y&b=%2B&c").as_deref(), Some("{\"a\":\"x y\",\"b\":\"+\",\"c\":\"\"}"));
        assert_eq!(read("text/plain", "hello").as_deref(), Some("\"hello\""));
        assert_eq!(read("application/json", ""), None);
    }
}
