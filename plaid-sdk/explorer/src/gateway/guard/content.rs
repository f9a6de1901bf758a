//! Layer 3: the kind of a request. A page of another origin can send forms and texts without being asked, but not JSON.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};

use super::place::Place;
use crate::gateway::refusal::Refusal;

/// Refuses other methods than those that are served, and bodies that are not JSON.
pub fn check(request: &Request, place: Place) -> Result<(), Refusal> {
    match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS => Ok(()),
        Method::POST if is_json(request.headers()) || place.has_forms() && is_form(request.headers()) => Ok(()),
        Method::POST => {
            let message = "the content type must be application/json";
            let help = "Send the header Content-Type: application/json.";
            Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_CONTENT_TYPE", message, help))
        }
        // One of the emulator's controls. Browsers ask before they send it.
        Method::DELETE if place == Place::Emulator => Ok(()),
        _ => {
            let help = "Operations are called by POST, and some by GET.";
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "UNKNOWN_METHOD", "this method is not served here", help))
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    only(headers).is_some_and(|kind| {
        let mut parts = kind.split(';').map(str::trim);
        let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
        let is_utf8 = |one: &str| {
            let one = one.to_ascii_lowercase();
            one.is_empty() || one == "charset=utf-8" || one == "charset=\"utf-8\""
        };
        is_json && parts.all(is_utf8)
    })
}

fn is_form(headers: &HeaderMap) -> bool {
    only(headers).is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// The content type, if there is exactly one.
fn only(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::CONTENT_TYPE).iter();
    let first = all.next()?;
    if all.next().is_some() { None } else { first.to_str().ok() }
}

#[cfg(test)]
mod tests {
    use super::{Place, check};
    use axum::body::Body;
    use axum::extract::Request;

    fn status(method: &str, place: Place, kinds: &[&str]) -> u16 {
        let mut request = Request::builder().method(method);
        for kind in kinds {
            request = request.header("content-type", *kind);
        }
        let request = request.body(Body::empty()).expect("a request");
        check(&request, place).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_json_is_taken() {
        for good in ["application/json", "application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\""] {
            assert_eq!(status("POST", Place::Data, &[good]), 200, "{good}");
        }
        for bad in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json;charset=utf-16",
            "application/jsonx",
            "text/plain;application/json",
            "text/plain, application/json",
            "",
        ] {
            assert_eq!(status("POST", Place::Data, &[bad]), 415, "{bad}");
        }
        assert_eq!(status("POST", Place::Data, &[]), 415);
        assert_eq!(status("POST", Place::Data, &["application/json", "text/plain"]), 415);
        assert_eq!(status("POST", Place::Webhook, &["text/plain"]), 415);
    }

    #[test]
    fn forms_are_sent_where_there_are_forms() {
        let form = ["application/x-www-form-urlencoded"];
        assert_eq!(status("POST", Place::Link, &form), 200);
        assert_eq!(status("POST", Place::Login, &form), 200);
        assert_eq!(status("POST", Place::Emulator, &form), 415);
        assert_eq!(status("POST", Place::Link, &["text/plain"]), 415);
    }

    #[test]
    fn other_methods_are_refused() {
        for method in ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"] {
            assert_eq!(status(method, Place::Data, &[]), 405, "{method}");
        }
        assert_eq!(status("DELETE", Place::Emulator, &[]), 200);
        assert_eq!(status("GET", Place::Data, &[]), 200);
    }
}
