//! What all pages have: the head, the banner, the style sheet, the headers that keep them safe.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use maud::{DOCTYPE, Markup, html};

const STYLE: &str = include_str!("style.css");

/// Who may show a page in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frames {
    /// Nobody.
    None,
    /// Pages of applications.
    Any,
}

/// A whole page. `refresh` is where the browser goes on by itself.
pub fn page(title: &str, frames: Frames, refresh: Option<&str>, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some(url) = refresh { meta http-equiv="refresh" content={ "1;url=" (url) }; }
                title { (title) " · Plaid emulator" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/_plaid/style.css";
            }
            body class=[(frames == Frames::Any).then_some("framed")] {
                aside.banner aria-label="About this page" { b { "EMULATOR" } " Nothing here is real: no bank is involved, and no real credentials belong here." }
                (main)
            }
        }
    }
}

/// A page as a response.
pub fn response(status: StatusCode, frames: Frames, page: Markup) -> Response<Body> {
    let mut response = Response::new(Body::from(page.into_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let policy = match frames {
        Frames::None => {
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        }
        Frames::Any => {
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; \
             frame-ancestors http: https:"
        }
    };
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Without it, a page of another site would learn the Link token. With `no-referrer`, forms would have no origin.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Sends the browser to another page of this emulator.
pub fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A page that says why there is nothing to see, and what to do.
pub fn refusal(status: StatusCode, title: &str, why: &str, help: &str) -> Response<Body> {
    let main = html! {
        main.link {
            div.card.stack {
                h1 { (title) }
                p.problem role="alert" { (why) }
                p.help { (help) }
            }
        }
    };
    response(status, Frames::Any, page(title, Frames::Any, None, &main))
}

/// A file with a type that does not change.
pub fn file(kind: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}

/// The style sheet.
pub async fn style() -> Response<Body> {
    file("text/css; charset=utf-8", STYLE.to_owned())
}
