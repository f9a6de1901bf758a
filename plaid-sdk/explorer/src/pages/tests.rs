//! What holds for all pages.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use flate2::Compression;
use plaid_catalog::Catalog;
use plaid_emulator::Emulator;
use tower::ServiceExt as _;

use super::links::{Address, Found, Links, find};
use super::view::View;
use super::{document, export, frame, markdown};
use crate::gzip::gzip;
use crate::{App, Emulated, Environment, Switches};

fn view() -> View {
    View {
        catalog: Catalog::plaid(),
        links: Links::served(),
        environment: Some((Environment::Emulator, Switches::default())),
    }
}

fn html(view: &View, address: Address<'static>) -> String {
    frame::page(view, &document(view, address).expect("a page")).into_string()
}

/// The values of an attribute.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

async fn app() -> App {
    App::emulated(Emulated::new(Emulator::builder().start().await.expect("an emulator")))
}

async fn get(app: &App, path: &str, headers: &[(header::HeaderName, &str)]) -> Response<Body> {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(name, *value));
    app.router().oneshot(request.body(Body::empty()).expect("a request")).await.expect("a response")
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn every_link_leads_to_a_page_and_every_anchor_is_there_once() {
    let view = view();
    let mut ids: HashMap<String, HashSet<String>> = HashMap::new();
    let mut links: HashSet<(String, String)> = HashSet::new();
    for address in Address::all(view.catalog) {
        let path = view.to(&address);
        let html = html(&view, address);
        let mut own = HashSet::new();
        for id in attributes(&html, "id") {
            assert!(own.insert(id.to_owned()), "{path}: #{id} is there twice");
        }
        for link in attributes(&html, "href") {
            if link.starts_with('/') {
                links.insert((path.clone(), link.to_owned()));
            } else if let Some(id) = link.strip_prefix('#') {
                assert!(own.contains(id), "{path}: nothing has the anchor #{id}");
            } else {
                assert!(link.starts_with("https://plaid.com/"), "{path}: {link}");
            }
        }
        ids.insert(path, own);
    }
    for (from, link) in links {
        let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
        if path.starts_with("/-/") || ["/llms.txt", "/catalog.json", "/openapi.json"].contains(&path) {
            continue;
        }
        assert!(!matches!(find(view.catalog, path), Found::Missing | Found::Other(_)), "{from}: {link}");
        let is_there = ids.get(path).is_some_and(|ids| ids.contains(anchor));
        assert!(anchor.is_empty() || is_there, "{from}: {link}: the page has no such anchor");
    }
}

#[test]
fn pages_of_operations_are_light() {
    let view = view();
    let mut sizes: Vec<(usize, &str)> = Vec::new();
    for operation in &view.catalog.api().operations {
        let html = html(&view, Address::operation(view.catalog, operation));
        sizes.push((gzip(html.as_bytes(), Compression::default()).expect("gzip").len(), &operation.id));
    }
    sizes.sort_unstable();
    let median = sizes.get(sizes.len() / 2).map_or(0, |one| one.0);
    let worst: Vec<_> = sizes.iter().rev().take(5).collect();
    println!("pages of operations: median {median} bytes, worst {worst:?}");
    assert_eq!(sizes.len(), 329);
    assert!(median <= 15_000, "{median}");
    assert!(worst.first().is_some_and(|one| one.0 <= 35_000), "{worst:?}");
}

#[test]
fn pages_are_made_quickly() {
    let view = view();
    let all: Vec<Address<'static>> =
        view.catalog.api().operations.iter().map(|one| Address::operation(view.catalog, one)).collect();
    html(&view, Address::Start);
    let start = Instant::now();
    let bytes: usize = all.iter().map(|address| html(&view, *address).len()).sum();
    let each = start.elapsed() / u32::try_from(all.len()).expect("a count");
    println!("a page of an operation takes {each:?}, {} bytes", bytes / all.len());
    // A dev build on a busy machine; in a release build it is a fraction of it.
    assert!(each.as_millis() < 200, "{each:?}");
}

#[test]
fn exported_pages_link_to_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = export(folder.path()).expect("an export");
    assert_eq!(count, Address::all(Catalog::plaid()).len());
    let mut checked = 0;
    for page in
        ["index.html", "operations/link_token_create.html", "webhooks/ITEM/ERROR.html", "types/AccountBase.html"]
    {
        let path = folder.path().join(page);
        let html = std::fs::read_to_string(&path).expect("a page");
        for link in attributes(&html, "href").into_iter().chain(attributes(&html, "src")) {
            if link.starts_with('#') || link.starts_with("https://") {
                continue;
            }
            assert!(!link.starts_with('/'), "{page}: {link}");
            let file = link.split('#').next().unwrap_or_default();
            let file = percent_encoding::percent_decode_str(file).decode_utf8_lossy().into_owned();
            let target = path.parent().expect("a folder").join(&file);
            assert!(target.is_file(), "{page}: {link}");
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

#[tokio::test]
async fn pages_are_served_as_html_and_as_markdown() {
    let app = app().await;
    let response = get(&app, "/operations/link_token_create", &[]).await;
    assert_eq!(response.status(), StatusCode::OK);
    let head = response.headers().clone();
    let value =
        |headers: &HeaderMap, name: &str| headers.get(name).and_then(|one| one.to_str().ok()).map(str::to_owned);
    assert_eq!(value(&head, "content-type").as_deref(), Some("text/html; charset=utf-8"));
    let link = "</operations/link_token_create.md>; rel=\"alternate\"; type=\"text/markdown\"";
    assert_eq!(value(&head, "link").as_deref(), Some(link));
    let policy = value(&head, "content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'none'") && policy.contains("require-trusted-types-for 'script'"), "{policy}");
    let html = text(response).await;
    assert!(html.contains("<h1>Create a Link token</h1>"), "{html:.3000}");
    assert!(html.contains("<link rel=\"alternate\" type=\"text/markdown\""));
    assert!(!html.contains("<style") && !html.contains(" style=") && !html.contains(" onclick="));

    let by_name = text(get(&app, "/operations/link_token_create.md", &[]).await).await;
    let by_type = get(&app, "/operations/link_token_create", &[(header::ACCEPT, "text/markdown, text/html")]).await;
    assert_eq!(value(by_type.headers(), "content-type").as_deref(), Some("text/markdown; charset=utf-8"));
    assert_eq!(text(by_type).await, by_name);
    assert!(by_name.starts_with("# Create a Link token\n\n`POST /link/token/create`\n"), "{by_name}");

    let other = get(&app, "/operations/linkTokenCreate", &[]).await;
    assert_eq!(other.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(value(other.headers(), "location").as_deref(), Some("/operations/link_token_create"));
    let other = get(&app, "/operations/linkTokenCreate.md", &[]).await;
    assert_eq!(value(other.headers(), "location").as_deref(), Some("/operations/link_token_create.md"));
    let packed = get(&app, "/operations/link_token_create", &[(header::ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!(value(packed.headers(), "content-encoding").as_deref(), Some("gzip"));
}

#[tokio::test]
async fn unknown_addresses_get_suggestions_and_no_element_of_their_own() {
    let app = app().await;
    for path in ["/operations/link_token_creat", "/nothing/%3Cscript%3E", "/types/x.md", "/errors/A", "/webhooks/A/B"] {
        let response = get(&app, path, &[(header::ACCEPT, "text/html,*/*")]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
        let html = text(response).await;
        assert!(html.contains("There is no such page"), "{path}");
        assert!(!html.contains("<script>"), "{path}");
    }
    let html = text(get(&app, "/search?q=%22%3E%3Cimg%20src%3Dx%3E", &[]).await).await;
    assert!(!html.contains("<img"), "{html}");
}

#[tokio::test]
async fn browsers_may_send_only_the_form_of_the_search() {
    let app = app().await;
    for (path, allowed) in [
        ("/search?q=transfer", "form-action 'self';"),
        ("/nothing", "form-action 'self';"),
        ("/", "form-action 'none';"),
        ("/operations/link_token_create", "form-action 'none';"),
        ("/errors/ITEM_LOGIN_REQUIRED", "form-action 'none';"),
        ("/-/inbox", "form-action 'none';"),
    ] {
        let response = get(&app, path, &[(header::ACCEPT, "text/html,*/*")]).await;
        let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
        let policy = policy.unwrap_or_default().to_owned();
        assert!(policy.contains(allowed), "{path}: {policy}");
        let html = text(response).await;
        assert_eq!(html.contains("<form action=\"/search\""), allowed.contains("self"), "{path}");
        // Elsewhere a link leads to it.
        assert_eq!(html.contains("<a id=\"site-search\" href=\"/search\""), allowed.contains("none"), "{path}");
    }
}

#[tokio::test]
async fn every_file_that_pages_load_is_served() {
    let app = app().await;
    let html = text(get(&app, "/", &[]).await).await;
    let files = attributes(&html, "src").into_iter().chain(attributes(&html, "href"));
    let files: Vec<&str> = files.filter(|path| path.starts_with("/-/assets/")).collect();
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        let response = get(&app, path, &[(header::ACCEPT_ENCODING, "gzip")]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(
            response.headers().get(header::X_CONTENT_TYPE_OPTIONS).map(|one| one.as_bytes()),
            Some(&b"nosniff"[..])
        );
    }
    for path in ["/llms.txt", "/openapi.json", "/-/search?q=sync"] {
        assert_eq!(get(&app, path, &[]).await.status(), StatusCode::OK, "{path}");
    }
}

#[test]
fn markdown_has_no_html() {
    let view = view();
    for address in Address::all(view.catalog) {
        let text = markdown::page(&view, &document(&view, address).expect("a page"));
        assert!(text.starts_with("# "), "{address:?}");
        assert!(!text.contains("<div") && !text.contains("<a ") && !text.contains("</"), "{address:?}");
    }
}

#[test]
fn pages_as_markdown() {
    let view = view();
    let pages = [
        ("error", Address::Error("ITEM_LOGIN_REQUIRED")),
        ("guide", Address::Guide("auth")),
        ("operation", Address::Operation("item_public_token_exchange")),
        ("operation_with_parameters", Address::Operation("fdx_recipient_get")),
        ("webhook", Address::Webhook("ITEM", "PENDING_EXPIRATION")),
    ];
    for (name, address) in pages {
        insta::assert_snapshot!(name, markdown::page(&view, &document(&view, address).expect("a page")));
    }
}

#[test]
fn production_and_its_switch_for_money_are_in_the_header() {
    let header = |environment, money| {
        let view = View { environment: Some((environment, Switches { production: true, money })), ..view() };
        html(&view, Address::Start)
    };
    let off = header(Environment::Production, false);
    assert!(off.contains("class=\"env production\"") && !off.contains("money moves"));
    assert!(header(Environment::Production, true).contains("Production · money moves"));
    assert!(!header(Environment::Sandbox, true).contains("money moves"));
}
