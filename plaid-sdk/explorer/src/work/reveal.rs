//! `POST /-/reveal`: the value of one handle, for a person who asks for it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::person;
use super::refused::Refused;
use crate::app::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    handle: String,
}

#[derive(Serialize)]
pub struct Revealed {
    value: String,
}

/// Shows the value of a handle.
pub async fn reveal(State(app): State<App>, Json(asked): Json<Asked>) -> Result<Json<Revealed>, Refused> {
    let value = app.handles().reveal(&person(), &asked.handle);
    value.map(|value| Json(Revealed { value })).ok_or_else(|| {
        Refused::new(StatusCode::NOT_FOUND, "the handle has expired; send the call again that returned it")
    })
}
