//! Layer 2: the page that sent a request. Browsers name it in `Origin` and `Sec-Fetch-Site`; other clients send neither.

use axum::http::{HeaderMap, Method, StatusCode, header};

use super::place::Place;
use crate::gateway::refusal::Refusal;

/// Refuses a request of a page of another origin, unless it is one of `listed`. Links to pages may be anywhere.
pub fn check(headers: &HeaderMap, method: &Method, place: Place, listed: &[String]) -> Result<(), Refusal> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (origin, several) = (origins.next(), origins.next().is_some());
    let origin = origin.map(|origin| origin.to_str().unwrap_or_default());
    if several {
        return Err(refusal());
    }
    if origin.is_some_and(|origin| listed.iter().any(|one| one == origin)) {
        return Ok(());
    }
    if origin.is_some_and(|origin| !is_own(origin, headers)) {
        return Err(refusal());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_from_here = matches!(text("sec-fetch-site"), None | Some("same-origin" | "none"));
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let is_link = reads && place.is_linked() && text("sec-fetch-mode") == Some("navigate");
    let is_whole = matches!(text("sec-fetch-dest"), None | Some("document"));
    if is_from_here || is_link && (is_whole || place.is_framed()) { Ok(()) } else { Err(refusal()) }
}

/// Whether an origin is that of the host which the request names. Browsers write it in small letters.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some_and(|authority| !host.is_empty() && authority == host)
}

fn refusal() -> Refusal {
    let message = "the request comes from a page of another origin";
    let help = "Send it from the explorer's own pages, or from a program.";
    Refusal::new(StatusCode::FORBIDDEN, "FOREIGN_ORIGIN", message, help)
}

#[cfg(test)]
mod tests {
    use super::{Place, check};
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

    const HOST: (&str, &str) = ("host", "127.0.0.1:8434");

    fn passes(method: &Method, place: Place, all: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [HOST].iter().chain(all) {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        check(&headers, method, place, &["https://pages.example".to_owned()]).is_ok()
    }

    #[test]
    fn programs_and_own_pages_pass() {
        assert!(passes(&Method::POST, Place::Data, &[]));
        assert!(passes(&Method::POST, Place::Data, &[("origin", "http://127.0.0.1:8434")]));
        let own = [("origin", "http://127.0.0.1:8434"), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")];
        assert!(passes(&Method::POST, Place::Data, &own));
        assert!(passes(&Method::GET, Place::Data, &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")]));
        let listed = [("origin", "https://pages.example"), ("sec-fetch-site", "cross-site")];
        assert!(passes(&Method::POST, Place::Data, &listed));
    }

    #[test]
    fn pages_of_other_origins_are_refused() {
        for origin in [
            "null",
            "",
            "http://127.0.0.1:8433",
            "http://127.0.0.1:84345",
            "http://localhost.evil",
            "http://localhost:8434",
            "HTTP://127.0.0.1:8434",
            "http://127.0.0.1:8434/",
            "http://x@127.0.0.1:8434",
            "127.0.0.1:8434",
            "https://evil.test",
        ] {
            assert!(!passes(&Method::POST, Place::Data, &[("origin", origin)]), "{origin}");
        }
        assert!(!passes(&Method::POST, Place::Data, &[("origin", "http://127.0.0.1:8434"), ("origin", "null")]));
        for site in ["cross-site", "same-site", "", "other"] {
            assert!(!passes(&Method::GET, Place::Data, &[("sec-fetch-site", site)]), "{site}");
            assert!(!passes(&Method::GET, Place::Page, &[("sec-fetch-site", site)]), "{site}");
        }
    }

    #[test]
    fn links_lead_to_pages_and_to_nothing_else() {
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        let frame = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        assert!(passes(&Method::GET, Place::Page, &link));
        assert!(!passes(&Method::GET, Place::Data, &link));
        assert!(!passes(&Method::POST, Place::Page, &link));
        assert!(!passes(&Method::GET, Place::Page, &frame));
        assert!(passes(&Method::GET, Place::Link, &frame));
        assert!(!passes(&Method::POST, Place::Link, &frame));
    }
}
