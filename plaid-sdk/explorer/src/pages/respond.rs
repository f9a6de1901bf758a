//! Responses to browsers: compressed, and with headers that let a page load nothing but what belongs to it.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use flate2::Compression;

use crate::gzip::{gzip, takes_gzip};

/// What pages may load: scripts and styles from files of this server only, and no script may write HTML.
macro_rules! policy {
    ($forms:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; ",
            "frame-src blob:; form-action ",
            $forms,
            "; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )
    };
}

/// The policy of pages. No form may be sent by the browser itself.
const POLICY: &str = policy!("'none'");

/// The policy of pages with the search, which is a form that works without scripts.
const SEARCH_POLICY: &str = policy!("'self'");

/// The headers of everything that browsers get from the pages.
const SECURITY: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Texts shorter than this are not compressed.
const SMALL: usize = 512;

/// A response with a text.
pub fn text(
    asked: &HeaderMap,
    status: StatusCode,
    content_type: &'static str,
    text: impl Into<Vec<u8>>,
) -> Response<Body> {
    let bytes = text.into();
    let packed = (bytes.len() >= SMALL && takes_gzip(asked)).then(|| gzip(&bytes, Compression::fast())).flatten();
    let is_packed = packed.is_some();
    let mut response = Response::new(Body::from(packed.unwrap_or(bytes)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// The response of a page with the search: the browser may send its form, and only to this server.
pub fn with_search_policy(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SEARCH_POLICY));
    response
}

/// Adds the headers that protect pages, where they are not set.
pub async fn secure(response: Response<Body>) -> Response<Body> {
    secured(response)
}

/// The response with the headers that protect pages.
pub fn secured(mut response: Response<Body>) -> Response<Body> {
    for (name, value) in SECURITY {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
