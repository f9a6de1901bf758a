//! `POST /-/sample`: requests to start from.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;
use plaid_catalog::tools::samples::Size;
use serde::{Deserialize, Serialize};

use super::recover;
use super::refused::{self, Refused};
use crate::app::App;
use crate::memory::known::{self, Value, WEBHOOK};
use crate::memory::shelf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The `operationId`.
    operation: String,
    /// How much the sample sets.
    size: Wanted,
    /// The number of a call whose values come first.
    #[serde(default)]
    from: Option<u64>,
    /// Values of that call's response by the property that takes them: `account_id` → `/accounts/2/account_id`.
    #[serde(default)]
    picks: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    Minimal,
    Full,
    /// Minimal, with values of earlier calls.
    Live,
}

/// A request as JSON texts.
#[derive(Debug, Serialize)]
pub struct Request {
    pub body: Option<String>,
    pub parameters: Option<String>,
}

impl Request {
    pub fn new(body: Option<&Sample>, parameters: Option<&Sample>) -> Self {
        Self { body: body.map(json::pretty_json), parameters: parameters.map(json::pretty_json) }
    }
}

/// Makes a sample of a request.
pub async fn sample(State(app): State<App>, Json(asked): Json<Asked>) -> Result<Json<Request>, Refused> {
    let operation = refused::operation(&app, &asked.operation)?;
    let sampler = app.catalog().sampler();
    let size = match asked.size {
        Wanted::Minimal => Size::Minimal,
        Wanted::Full => Size::Full,
        Wanted::Live => {
            let (mut known, recent, given) = app.memory().with(|memory| {
                let mut known: Vec<Value> = Vec::new();
                if let Some(sent) = asked.from.and_then(|number| memory.history.get(number)) {
                    for (property, pointer) in &asked.picks {
                        let value = sent.response.as_ref().and_then(|response| at(response, pointer));
                        known.extend(value.map(|value| Value { name: property.clone(), value: value.clone() }));
                    }
                    known.extend(shelf::values(&sent.kept));
                    known.extend(shelf::values(&sent.used));
                }
                let recent = known.len();
                known.extend(shelf::values(&memory.shelf.all()));
                (known, recent, memory.given.of(&operation.id).to_vec())
            });
            let url = app.memory().webhook_url();
            known.extend(url.map(|url| Value { name: WEBHOOK.to_owned(), value: Sample::Text(url.to_owned()) }));
            let mut body = known::request(operation, &known, recent, &given);
            if let (Some(number), Some(body)) = (asked.from, &mut body) {
                app.memory().with(|memory| {
                    if let Some(before) = memory.history.get(number) {
                        recover::update_mode(app.catalog(), operation, before, body);
                    }
                });
            }
            let parameters = known::parameters(operation, &known);
            return Ok(Json(Request::new(body.as_ref(), parameters.as_ref())));
        }
    };
    let body = sampler.request(operation, size);
    Ok(Json(Request::new(body.as_ref(), sampler.parameters(operation, size).as_ref())))
}

/// The value at a place: `/accounts/2/account_id`.
fn at<'a>(sample: &'a Sample, pointer: &str) -> Option<&'a Sample> {
    let steps = pointer.strip_prefix('/')?.split('/');
    steps.map(|step| step.replace("~1", "/").replace("~0", "~")).try_fold(sample, |value, step| match value {
        Sample::Object(_) => value.get(&step),
        Sample::List(all) => all.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
