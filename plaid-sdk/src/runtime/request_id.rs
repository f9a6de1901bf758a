//! Plaid's id for a request, which its support asks for.

use http::HeaderMap;

use crate::runtime::damaged_json::{self, Place};
use crate::runtime::json_member::{self, Member};

/// The id in the headers. A response that is a file has it only there.
pub(crate) fn in_headers(headers: &HeaderMap) -> Option<&str> {
    headers.get("plaid-request-id")?.to_str().ok()
}

/// The id in a JSON body, which may begin with a byte order mark, and be truncated or malformed after the id.
pub(crate) fn in_json(body: &[u8]) -> Option<String> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    match json_member::find(body, "request_id") {
        Member::Text(id) => Some(id),
        _ => None,
    }
}

/// The id in a JSON body that is malformed before it. An id with damaged bytes would be another one.
pub(crate) fn in_damaged_json(body: &[u8]) -> Option<String> {
    let found = damaged_json::find(body, &["request_id"]);
    let outermost = found.iter().filter(|object| object.place == Place::Outermost);
    let mut ids = outermost.filter_map(|object| object.get("request_id"));
    ids.find(|id| !id.contains(char::REPLACEMENT_CHARACTER)).map(str::to_owned)
}
