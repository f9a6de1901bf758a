//! Pages below a path of another program: their links lead there, too.

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, header};

/// The attributes in which pages name their own addresses, up to the slash that these begin with. A text of somebody can't look like
/// one: its quotes are escaped.
const LINKS: [&str; 4] = [" href=\"/", " action=\"/", " src=\"/", " content=\"1;url=/"];

/// Moves the links of a response below `root`. Pages write them for the root of a host.
pub async fn moved(State(root): State<String>, mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).filter(|to| to.starts_with('/'));
    if let Some(to) = to.and_then(|to| HeaderValue::from_str(&format!("{root}{to}")).ok()) {
        headers.insert(header::LOCATION, to);
    }
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The page gets longer.
    parts.headers.remove(header::CONTENT_LENGTH);
    // A page is in memory as a whole.
    match to_bytes(body, usize::MAX).await {
        Ok(page) => Response::from_parts(parts, Body::from(rewritten(&String::from_utf8_lossy(&page), &root))),
        Err(error) => {
            let mut response = Response::new(Body::from(error.to_string()));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    }
}

fn rewritten(page: &str, root: &str) -> String {
    LINKS.iter().fold(page.to_owned(), |page, link| {
        let start = link.strip_suffix('/').unwrap_or(link);
        page.replace(link, &format!("{start}{root}/"))
    })
}

#[cfg(test)]
mod tests {
    use super::rewritten;
    use maud::html;

    #[test]
    fn own_links_move_and_texts_stay() {
        let text = "see <a href=\"/x\"> and \" href=\"/y";
        let page = html! {
            a.one href="/" title=(text) { (text) }
            form method="post" action="/_plaid/link" { input name="back" value="/_plaid/inspect/a"; }
            a href="https://app.example/" { "out" }
            meta http-equiv="refresh" content="1;url=/next";
            script src="/_plaid/relay.js" {}
        };
        let moved = rewritten(&page.clone().into_string(), "/-/emulator");
        let wanted = html! {
            a.one href="/-/emulator/" title=(text) { (text) }
            form method="post" action="/-/emulator/_plaid/link" { input name="back" value="/_plaid/inspect/a"; }
            a href="https://app.example/" { "out" }
            meta http-equiv="refresh" content="1;url=/-/emulator/next";
            script src="/-/emulator/_plaid/relay.js" {}
        };
        assert_eq!(moved, wanted.into_string());
    }
}
