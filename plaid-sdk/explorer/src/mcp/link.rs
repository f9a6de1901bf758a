//! `complete_link`: what the person does in Link, done by the emulator.

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;
use serde_json::{Map, Value};

use super::arguments::Arguments;
use super::session::{Answer, Session};
use crate::emulated::Emulated;

/// The arguments.
pub const ARGUMENTS: [&str; 4] = ["link_token", "institution_id", "username", "password"];

/// Finishes a Link session.
pub fn complete(session: &Session, emulated: &Emulated, arguments: &Map<String, Value>) -> Answer {
    finish(session, emulated, arguments).unwrap_or_else(Answer::error)
}

fn finish(session: &Session, emulated: &Emulated, arguments: &Map<String, Value>) -> Result<Answer, String> {
    let given = Arguments::new(arguments, &ARGUMENTS)?;
    let token = Sample::Text(given.required("link_token")?.to_owned());
    let handles = session.app.handles();
    let resolved = handles.resolve(&session.caller, &token);
    let token = resolved.map_err(|lost| {
        lost.iter().map(|one| one.to_string().replace("the value", "link_token")).collect::<String>()
    })?;
    let Sample::Text(token) = token else { return Err("`link_token` must be a string".to_owned()) };
    let mut fields = Map::new();
    fields.insert("link_token".to_owned(), Value::String(token));
    for name in ["institution_id", "username", "password"] {
        if let Some(text) = given.text(name)? {
            fields.insert(name.to_owned(), Value::String(text.to_owned()));
        }
    }
    let client_id = session.app.gateway().client_id();
    let tenant = emulated.tenant(client_id).ok_or("no Link token was created yet: call link_token_create first")?;
    let done = tenant.control("POST", "link/complete", Value::Object(fields)).map_err(|refused| refused.to_string())?;
    let done = json::parse(&done.to_string()).map_err(|error| error.to_string())?;
    let hidden = handles.hide_as(&session.caller, None, &done).map_err(|error| error.to_string())?;
    let text = json::json(&hidden);
    let data = serde_json::from_str(&text).ok().filter(Value::is_object);
    Ok(Answer { text, data, ..Answer::default() })
}
