//! Where a person enters the token in a browser.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use super::place::Place;
use super::token::Token;
use crate::gateway::refusal::{HEADER, Refusal};

const PAGE: &str = include_str!("login/page.html");
const STYLE: &str = include_str!("login/style.css");
/// The most bytes of a form with a token.
const LARGEST: usize = 4096;
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page that asks for the token, if a browser was refused since it has none.
pub fn refused(request: &Request, place: Place, refusal: &Refusal) -> Option<Response<Body>> {
    let is_asked = refusal.status == StatusCode::UNAUTHORIZED && place.is_linked() && wants_page(request.headers());
    is_asked.then(|| page(StatusCode::UNAUTHORIZED, "A token is needed, which was set when the explorer was started."))
}

/// `/-/login`, and its style sheet.
pub async fn answer(request: Request, token: Option<&Token>, port: u16) -> Response<Body> {
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/-/login/style.css") => file("text/css; charset=utf-8", STYLE.to_owned()),
        (&Method::GET | &Method::HEAD, "/-/login") => {
            page(StatusCode::OK, "Enter the token that was set when the explorer was started.")
        }
        (&Method::POST, "/-/login") => enter(request, token, port).await,
        _ => Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", "nothing is here", "Open /-/login.").response(),
    }
}

async fn enter(request: Request, token: Option<&Token>, port: u16) -> Response<Body> {
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let is_secure = origin.is_some_and(|origin| origin.starts_with("https://"));
    let body = to_bytes(request.into_body(), LARGEST).await.unwrap_or_default();
    let form = String::from_utf8_lossy(&body);
    // Tokens have no characters that a form escapes.
    let given = form.split('&').find_map(|field| field.strip_prefix("token=")).unwrap_or_default();
    let cookie = match token {
        None => None,
        Some(token) if token.is(given) => HeaderValue::from_str(&token.cookie(port, is_secure)).ok(),
        Some(_) => {
            return page(StatusCode::UNAUTHORIZED, "This is not the token. Look at how the explorer was started.");
        }
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_static("/"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn page(status: StatusCode, why: &str) -> Response<Body> {
    let mut response = file("text/html; charset=utf-8", PAGE.replace("{why}", why));
    *response.status_mut() = status;
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(HEADER, HeaderValue::from_static("refused"));
    }
    response
}

fn file(kind: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    super::super::headers::protect(headers);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // With `no-referrer`, the form would have no origin.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
