//! The headers that pass: those of Plaid's API, and no others.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use plaid_catalog::model::{Operation, ResponseBody};

// Names are made when this is compiled. A text would be read and checked for each call.
static VERSION: HeaderName = HeaderName::from_static("plaid-version");
static REQUEST_ID: HeaderName = HeaderName::from_static("plaid-request-id");
static RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The headers of a request that go to Plaid.
static REQUEST: [HeaderName; 4] = [
    header::ACCEPT,
    HeaderName::from_static("plaid-version"),
    HeaderName::from_static("oauth-state-id"),
    HeaderName::from_static("plaid-new-user-api-enabled"),
];

/// The headers of a response that go to the caller. The content type has rules of its own.
static RESPONSE: [HeaderName; 3] =
    [header::CONTENT_DISPOSITION, HeaderName::from_static("plaid-request-id"), header::RETRY_AFTER];

/// What the gateway calls itself.
const AGENT: HeaderValue = HeaderValue::from_static(concat!("plaid-explorer/", env!("CARGO_PKG_VERSION")));

/// The headers of a request to Plaid, without credentials. Of a header that is there twice, the first is sent.
pub fn request(from: &HeaderMap, version: Option<&HeaderValue>, has_body: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    for name in &REQUEST {
        if let Some(value) = from.get(name) {
            headers.insert(name, value.clone());
        }
    }
    if let Some(version) = version.filter(|_| !headers.contains_key(&VERSION)) {
        headers.insert(&VERSION, version.clone());
    }
    if has_body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    // A compressed response could not be searched for the secret.
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(header::USER_AGENT, AGENT);
    headers
}

/// The headers of a response to the caller.
pub fn response(from: &HeaderMap, operation: &Operation) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    for name in &RESPONSE {
        if let Some(value) = from.get(name) {
            headers.insert(name, value.clone());
        }
    }
    if let Some(kind) = from.get(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_TYPE, content_type(kind, operation));
    }
    protect(&mut headers);
    headers
}

/// The id that Plaid gave to a call.
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(&REQUEST_ID)?.to_str().ok()
}

/// What all responses have, of pages too, unless they say otherwise.
pub fn protect_all(headers: &mut HeaderMap) {
    for (name, value) in [
        (&header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (&header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (&RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    ] {
        headers.entry(name).or_insert(value);
    }
}

/// What keeps a browser from using a response for something else: guessing its type, storing it, embedding it elsewhere,
/// running a script in it.
pub fn protect(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(&RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    let policy = "default-src 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
}

/// A type that no browser runs: JSON, what the operation declares, plain text, or bytes.
fn content_type(kind: &HeaderValue, operation: &Operation) -> HeaderValue {
    let text = kind.to_str().unwrap_or_default();
    if text == "application/json" {
        return kind.clone();
    }
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let declared = match &operation.response.body {
        ResponseBody::Binary(media) => essence == *media,
        ResponseBody::Json(_) | ResponseBody::Empty => false,
    };
    match essence.as_str() {
        "application/json" => kind.clone(),
        _ if declared => kind.clone(),
        essence if essence.starts_with("text/") => HeaderValue::from_static("text/plain; charset=utf-8"),
        _ => HeaderValue::from_static("application/octet-stream"),
    }
}

/// Whether a body is compressed, which a response must not be: the secret could not be found in it.
pub fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
}

#[cfg(test)]
mod tests {
    use super::{REQUEST, request, response};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};
    use plaid_catalog::Catalog;
    use plaid_catalog::model::Location;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn only_headers_of_the_api_go_to_plaid() {
        let from = headers(&[
            ("accept", "application/pdf"),
            ("authorization", "Bearer x"),
            ("cookie", "a=b"),
            ("plaid-client-id", "mine"),
            ("plaid-secret", "mine"),
            ("plaid-version", "2018-05-22"),
            ("x-http-method-override", "GET"),
            ("connection", "plaid-secret"),
            ("content-type", "text/plain"),
        ]);
        let sent = request(&from, Some(&HeaderValue::from_static("2020-09-14")), true);
        let mut names: Vec<&str> = sent.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "content-type", "plaid-version", "user-agent"]);
        assert_eq!(sent["plaid-version"], "2018-05-22");
        assert_eq!(sent["content-type"], "application/json");
        let version = HeaderValue::from_static("2020-09-14");
        assert_eq!(request(&HeaderMap::new(), Some(&version), false)["plaid-version"], "2020-09-14");
    }

    #[test]
    fn all_headers_of_the_api_pass() {
        for operation in &Catalog::plaid().api().operations {
            for one in operation.parameters.iter().filter(|one| one.location == Location::Header) {
                let name = one.field.wire.to_ascii_lowercase();
                assert!(REQUEST.iter().any(|known| known.as_str() == name), "{name}");
            }
        }
    }

    #[test]
    fn a_response_can_not_become_a_page() {
        let operation = |id: &str| Catalog::plaid().operation(id).expect("an operation");
        let item = operation("itemGet");
        let kind = |value: &'static str, operation| response(&headers(&[("content-type", value)]), operation);
        assert_eq!(kind("text/html", item)["content-type"], "text/plain; charset=utf-8");
        assert_eq!(kind("image/svg+xml", item)["content-type"], "application/octet-stream");
        assert_eq!(kind("application/pdf", item)["content-type"], "application/octet-stream");
        assert_eq!(kind("application/pdf", operation("statementsDownload"))["content-type"], "application/pdf");
        assert_eq!(kind("application/json; charset=utf-8", item)["content-type"], "application/json; charset=utf-8");
        let bad = headers(&[
            ("set-cookie", "a=b"),
            ("access-control-allow-origin", "*"),
            ("location", "https://evil.test"),
            ("plaid-request-id", "r1"),
        ]);
        let passed = response(&bad, item);
        assert_eq!(passed["plaid-request-id"], "r1");
        for name in ["set-cookie", "access-control-allow-origin", "location"] {
            assert!(!passed.contains_key(name), "{name}");
        }
        assert_eq!(passed["cross-origin-resource-policy"], "same-origin");
        assert_eq!(passed["cache-control"], "no-store");
    }
}
