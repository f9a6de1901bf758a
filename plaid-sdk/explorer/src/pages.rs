//! Pages for people and for tools: each is a [`document::Document`], from which HTML and Markdown are made.

mod document;
mod errors;
mod export;
mod files;
mod frame;
mod guide;
mod guides;
mod html;
mod inline;
mod items;
mod links;
mod markdown;
mod missing;
mod operation;
mod product;
mod prose;
mod respond;
mod search;
mod shape;
mod title;
mod tree;
mod types;
mod view;
mod webhook;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::{Next, map_response};
use axum::routing::get;
use maud::Markup;
#[cfg(feature = "mcp")]
use plaid_catalog::Catalog;
use serde::Deserialize;

use self::document::Document;
pub use self::export::{ExportError, export};
use self::links::{Address, Found, Links};
use self::view::View;
use crate::app::App;
use crate::assets;

const HTML: &str = "text/html; charset=utf-8";
const MARKDOWN: &str = "text/markdown; charset=utf-8";
const JSON: &str = "application/json";
const PLAIN: &str = "text/plain; charset=utf-8";

/// The routes of the pages.
pub fn router(app: App) -> Router {
    let pages = [
        "/",
        "/index.md",
        "/operations",
        "/operations.md",
        "/operations/{name}",
        "/products",
        "/products.md",
        "/products/{name}",
        "/types",
        "/types.md",
        "/types/{id}",
        "/errors",
        "/errors.md",
        "/errors/{code}",
        "/webhooks",
        "/webhooks.md",
        "/webhooks/{kind}/{code}",
        "/guides",
        "/guides.md",
        "/guides/{name}",
    ];
    let router = pages.into_iter().fold(Router::new(), |router, path| router.route(path, get(page)));
    router
        .route("/search", get(search_page))
        .route("/search.md", get(search_page))
        .route("/llms.txt", get(file))
        .route("/catalog.json", get(file))
        .route("/openapi.json", get(file))
        .route("/-/search", get(search_hits))
        .merge(assets::router())
        .layer(map_response(respond::secure))
        .with_state(app)
}

/// A page with content of another module, in the frame of all pages.
pub fn with(app: &App, headers: &HeaderMap, title: &str, content: Markup) -> Response<Body> {
    let view = view(app);
    let mut document = Document::new(Address::Webhooks, title);
    document.blocks.push(document::Block::Html(content));
    respond::secured(respond::text(headers, StatusCode::OK, HTML, frame::page(&view, &document).into_string()))
}

/// The page that browsers get for an address that leads nowhere. Requests of programs, and those of Plaid's paths, go on.
pub async fn or_not_found(State(app): State<App>, request: Request, next: Next) -> Response<Body> {
    let (method, path) = (request.method(), request.uri().path());
    let is_page =
        method == Method::GET && !path.starts_with("/-/") && app.gateway().table().find("GET", path).is_none();
    if is_page && wants_page(request.headers()) {
        return not_found(&app, request.uri(), request.headers());
    }
    next.run(request).await
}

fn not_found(app: &App, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    let view = view(app);
    let document = missing::document(&view, uri.path());
    respond::secured(shown(&view, headers, StatusCode::NOT_FOUND, &document, wants_markdown(headers)))
}

/// Whether a browser asks for a page. Clients of the API don't.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepts.flat_map(|value| value.split(',')).any(|one| one.trim().starts_with("text/html"))
}

fn view(app: &App) -> View {
    let calls = (app.gateway().environment(), app.gateway().switches());
    View { catalog: app.catalog(), links: Links::served(), environment: Some(calls) }
}

/// The page at a path as Markdown, with links below this root. Returns `None` if there is none.
#[cfg(feature = "mcp")]
pub fn markdown_below(root: &str, path: &str) -> Option<String> {
    let view = View { catalog: Catalog::plaid(), links: Links::below(root), environment: None };
    match links::find(view.catalog, path) {
        Found::Page(address) | Found::Markdown(address) | Found::Other(address) => {
            document(&view, address).map(|document| markdown::page(&view, &document))
        }
        Found::Missing => None,
    }
}

/// The page of an address.
fn document(view: &View, address: Address<'static>) -> Option<Document<'static>> {
    let catalog = view.catalog;
    Some(match address {
        Address::Start => product::start(view),
        Address::Operations => operation::index(view),
        Address::Operation(name) => operation::document(view, catalog.method(name)?),
        Address::Products => product::index(view),
        Address::Product(name) => product::document(view, &catalog.product(name)?),
        Address::Types => types::index(view),
        Address::Type(id) => types::document(view, catalog.api().types.get(id)?),
        Address::Errors => errors::index(view),
        Address::Error(code) => errors::document(view, catalog.error_code(code)?),
        Address::Webhooks => webhook::index(view),
        Address::Webhook(kind, code) => webhook::document(view, kind, code),
        Address::Guides => guide::index(),
        Address::Guide(name) => guide::document(guides::named(name)?),
        Address::Search => search::document(view, ""),
        Address::File(_) => return None,
    })
}

async fn page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let view = view(&app);
    let (address, is_markdown) = match links::find(view.catalog, uri.path()) {
        Found::Page(address) => (address, wants_markdown(&headers)),
        Found::Markdown(address) => (address, true),
        Found::Other(address) if uri.path().ends_with(".md") => return moved(&view.links.to_markdown(&address)),
        Found::Other(address) => return moved(&view.to(&address)),
        Found::Missing => return not_found(&app, &uri, &headers),
    };
    match document(&view, address) {
        Some(document) => shown(&view, &headers, StatusCode::OK, &document, is_markdown),
        None => not_found(&app, &uri, &headers),
    }
}

/// A page in the form that is asked for.
fn shown(
    view: &View,
    headers: &HeaderMap,
    status: StatusCode,
    document: &Document<'_>,
    is_markdown: bool,
) -> Response<Body> {
    if is_markdown {
        return respond::text(headers, status, MARKDOWN, markdown::page(view, document));
    }
    let mut response = respond::text(headers, status, HTML, frame::page(view, document).into_string());
    let link = format!("<{}>; rel=\"alternate\"; type=\"text/markdown\"", view.links.to_markdown(&document.address));
    if let Ok(link) = HeaderValue::from_str(&link) {
        response.headers_mut().insert(header::LINK, link);
    }
    if frame::has_search_form(document) { respond::with_search_policy(response) } else { response }
}

/// Whether Markdown is asked for before HTML.
fn wants_markdown(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut types =
        accepts.flat_map(|value| value.split(',')).map(|one| one.split(';').next().unwrap_or_default().trim());
    types.find(|one| matches!(*one, "text/markdown" | "text/html" | "*/*")) == Some("text/markdown")
}

fn moved(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn search_page(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let view = view(&app);
    let is_markdown = uri.path().ends_with(".md") || wants_markdown(&headers);
    shown(&view, &headers, StatusCode::OK, &search::document(&view, &asked.q), is_markdown)
}

async fn search_hits(State(app): State<App>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response<Body> {
    respond::text(&headers, StatusCode::OK, JSON, search::json(app.catalog(), &asked.q).to_string())
}

async fn file(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let (content_type, text) = match uri.path() {
        "/llms.txt" => (PLAIN, Some(files::llms(&view(&app)))),
        "/openapi.json" => (JSON, Some(files::openapi().to_owned())),
        _ => (JSON, files::catalog().map(str::to_owned)),
    };
    match text {
        Some(text) => respond::text(&headers, StatusCode::OK, content_type, text),
        None => not_found(&app, &uri, &headers),
    }
}
