//! Controls of the emulator that an operation page needs: finishing Link, and test data.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::controls::control;
use super::refused::Refused;
use super::{call, demo, person};
use crate::app::App;
use crate::memory::shelf::{self, Kept};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The handle of a Link token.
    link_token: String,
}

/// What a control made: the values that fit later requests.
#[derive(Serialize)]
pub struct Made {
    made: Vec<Kept>,
    shelf: Vec<Kept>,
}

/// Finishes the Link session of a token, as a person would with the test user.
pub async fn complete_link(State(app): State<App>, Json(asked): Json<Asked>) -> Result<Json<Made>, Refused> {
    let asked = Sample::Object(vec![("link_token".to_owned(), Sample::Text(asked.link_token))]);
    let resolved = app.handles().resolve(&person(), &asked).map_err(call::lost)?;
    let body = serde_json::from_str(&json::json(&resolved)).map_err(|error| Refused::bad(error.to_string()))?;
    let done = control(&app, "link/complete", body).await?;
    keep(&app, &done, "Link")
}

/// Makes a user, Items, and one object of each kind.
pub async fn seed(State(app): State<App>) -> Result<Json<Made>, Refused> {
    let made = control(&app, "seed", json!({})).await?;
    let given = demo::make(&app, &made).await?;
    app.memory().with(|memory| memory.given = given);
    keep(&app, &made, "the demo data")
}

/// Puts what was made on the shelf, tokens as handles.
fn keep(app: &App, made: &Value, from: &str) -> Result<Json<Made>, Refused> {
    let made = json::parse(&made.to_string()).map_err(|error| Refused::bad(error.to_string()))?;
    let hidden = app.handles().hide_as(&person(), None, &made);
    let hidden = hidden.map_err(|error| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let made = shelf::of(&hidden, from);
    let shelf = app.memory().with(|memory| {
        memory.shelf.add(&made);
        memory.shelf.all()
    });
    Ok(Json(Made { made, shelf }))
}

/// The number of a webhook in the emulator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Again {
    id: u64,
}

/// Delivers a webhook again.
pub async fn redeliver(State(app): State<App>, Json(again): Json<Again>) -> Result<Json<Value>, Refused> {
    control(&app, "webhooks/redeliver", json!({ "id": again.id })).await.map(|_| Json(json!({})))
}
