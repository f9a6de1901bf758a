//! Pages for people.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::app::App;
use crate::{assets, form};

/// The routes of the pages.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/operations/{name}", get(operation))
        .merge(assets::router())
        .with_state(app)
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href=(assets::address("explorer.css"));
                script type="module" src=(assets::address("explorer.js")) {}
            }
            body { (content) }
        }
    }
}

async fn start(State(app): State<App>) -> Markup {
    let content = html! {
        h1 { "Plaid explorer" }
        ul {
            @for operation in &app.catalog().api().operations {
                li { a href={ "/operations/" (operation.id) } { (operation.path) } }
            }
        }
    };
    page("Plaid explorer", &content)
}

async fn operation(State(app): State<App>, Path(name): Path<String>) -> Response {
    match app.catalog().find_operation(&name) {
        Ok(operation) => {
            let content = html! {
                h1 { (operation.path) }
                (form::request(app.catalog(), operation))
                aside { (form::side(app.catalog(), operation, form::Target::Served(app.gateway().environment()))) }
            };
            page(&operation.path, &content).into_response()
        }
        Err(error) => (StatusCode::NOT_FOUND, page("Not found", &html! { p { (error) } })).into_response(),
    }
}
