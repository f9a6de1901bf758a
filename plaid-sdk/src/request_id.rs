//! The id that Plaid gives each request, and asks for when it is to look into one.

use http::HeaderMap;

use crate::json_member::{self, Member};

/// The id in the headers, which is the only place for a response that is a file.
pub(crate) fn in_headers(headers: &HeaderMap) -> Option<&str> {
    headers.get("plaid-request-id")?.to_str().ok()
}

/// The id in a JSON body, which may be cut off or broken after it.
pub(crate) fn in_json(body: &[u8]) -> Option<String> {
    match json_member::find(body, "request_id") {
        Member::Text(id) => Some(id),
        _ => None,
    }
}
