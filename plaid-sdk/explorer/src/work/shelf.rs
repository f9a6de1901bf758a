//! `GET /-/shelf`: values of earlier responses that fit later requests.

use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::memory::shelf::Kept;

/// Lists the values.
pub async fn list(State(app): State<App>) -> Json<Vec<Kept>> {
    Json(app.memory().with(|memory| memory.shelf.all()))
}
