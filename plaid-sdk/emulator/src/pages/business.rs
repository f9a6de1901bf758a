//! The pages on which a business tells about itself: for its verification, and as an originator of transfers.

use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::Door;
use super::entry::{self, Refusal};
use super::form::Form;
use super::layout::{self, Frames};
use crate::due::run_due;
use crate::error::ApiError;
use crate::lock::lock;
use crate::ops::originators;
use crate::ops::verify::business;
use crate::state::Tenant;

/// A field of a form: its name, its label, an example, and whether it has to be filled.
type Field = (&'static str, &'static str, &'static str, bool);

/// What a verification asks for.
const VERIFICATION: [Field; 8] = [
    ("name", "Name of the business", "Acme", true),
    ("street", "Street", "123 Main St.", true),
    ("city", "City", "Pawnee", true),
    ("region", "State", "IN", true),
    ("postal_code", "ZIP code", "46001", true),
    ("website", "Website", "https://example.com", false),
    ("email_address", "E-mail address", "office@example.com", false),
    ("phone_number", "Phone number", "+12345678909", false),
];
/// What the questionnaire of an originator asks for.
const QUESTIONNAIRE: [Field; 4] = [
    ("dba", "Name of the business", "Acme", true),
    ("tax_id", "Tax id", "123456789", true),
    ("website", "Website", "https://example.com", true),
    ("naics_code", "NAICS code, 6 digits", "561790", true),
];

/// `GET /_plaid/verify/{id}`: asks for the data of a business.
pub async fn show_verification(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let found = of_verification(&door, &headers, &id, &Form::read(&query.unwrap_or_default()))?;
    let waits = lock(&found).verify.businesses.get(&id).is_some_and(|one| one.waits());
    let title = "Verify your business";
    Ok(if waits { shown(title, &asked(title, &VERIFICATION)) } else { shown(title, &told(None)) })
}

/// `POST /_plaid/verify/{id}`: takes the data of a business, which is checked then.
pub async fn verify(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    entry::own_form(&headers)?;
    let found = of_verification(&door, &headers, &id, &Form::read(&query.unwrap_or_default()))?;
    let form = Form::read(&String::from_utf8_lossy(&body));
    let mut data = filled(&form, &["name", "website", "email_address", "phone_number"]);
    data["address"] = filled(&form, &["street", "city", "region", "postal_code"]);
    data["address"]["country"] = "US".into();
    let mut tenant = lock(&found);
    let taken = business::told(&mut tenant, &id, data);
    run_due(&mut tenant);
    drop(tenant);
    door.wake.wake();
    Ok(match taken {
        Ok(()) => shown("Verify your business", &told(None)),
        Err(error) => refused(&error),
    })
}

/// `GET /_plaid/onboarding/{id}`: asks an originator about itself.
pub async fn show_questionnaire(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    of_questionnaire(&door, &headers, &id, &Form::read(&query.unwrap_or_default()))?;
    let title = "Tell about your business";
    Ok(shown(title, &asked(title, &QUESTIONNAIRE)))
}

/// `POST /_plaid/onboarding/{id}`: takes the answers of an originator, and leads back to the application.
pub async fn onboard(
    State(door): State<Door>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    entry::own_form(&headers)?;
    let found = of_questionnaire(&door, &headers, &id, &Form::read(&query.unwrap_or_default()))?;
    let form = Form::read(&String::from_utf8_lossy(&body));
    let mut tenant = lock(&found);
    let taken = originators::answered(&mut tenant, &id, filled(&form, &QUESTIONNAIRE.map(|(name, ..)| name)));
    run_due(&mut tenant);
    drop(tenant);
    door.wake.wake();
    Ok(match taken {
        Ok(to) => shown("Thank you", &told(Some(&to))),
        Err(error) => refused(&error),
    })
}

/// The fields of a form that were filled.
fn filled(form: &Form, names: &[&str]) -> Value {
    let given = names.iter().filter_map(|name| Some(((*name).to_owned(), json!(form.filled(name)?))));
    given.collect()
}

/// The tenant of a verification. The address has to be the one that the verification shows.
fn of_verification(door: &Door, headers: &HeaderMap, id: &str, query: &Form) -> Result<Arc<Mutex<Tenant>>, Refusal> {
    let key = query.get("key").unwrap_or_default();
    let has =
        |tenant: &Tenant| tenant.verify.businesses.get(id).is_some_and(|one| one.url.ends_with(&format!("?key={key}")));
    entry::tenant(door, headers, has).map_err(|found| found.or_else(unknown))
}

/// The tenant of an originator that was asked to answer questions.
fn of_questionnaire(door: &Door, headers: &HeaderMap, id: &str, query: &Form) -> Result<Arc<Mutex<Tenant>>, Refusal> {
    let session = query.get("session").unwrap_or_default();
    let has = |tenant: &Tenant| {
        let one = tenant.originators.get(id).and_then(|one| one.questionnaire.as_ref());
        one.is_some_and(|one| one.session == session)
    };
    entry::tenant(door, headers, has).map_err(|found| found.or_else(unknown))
}

fn unknown() -> Response<Body> {
    let help = "Take the address from the response of the API: shareable_url, or onboarding_url.";
    layout::refusal(StatusCode::NOT_FOUND, "Unknown address", "Nothing waits for answers at this address.", help)
}

fn refused(error: &ApiError) -> Response<Body> {
    layout::refusal(StatusCode::BAD_REQUEST, "This did not work", &error.message, "Go back and correct it.")
}

fn shown(title: &str, body: &Markup) -> Response<Body> {
    let main = html! { main.link { div.card.stack { (body) } } };
    layout::response(StatusCode::OK, Frames::None, layout::page(title, Frames::None, None, &main))
}

fn asked(title: &str, fields: &[Field]) -> Markup {
    html! {
        h1 { (title) }
        // Without an action, a form is sent to the address of its page, with the query.
        form.stack method="post" {
            @for (name, label, example, is_required) in fields {
                div.field {
                    label for=(name) { (label) @if !is_required { " (optional)" } }
                    input id=(name) type="text" name=(name) required[*is_required] autocomplete="off" placeholder=(example);
                }
            }
            button { "Send" }
        }
    }
}

/// What is shown after the answers, with the way back to the application.
fn told(back: Option<&str>) -> Markup {
    html! {
        h1 { "Your answers were sent" }
        @match back {
            Some(to) => p { a href=(to) { "Go back to the application" } },
            None => p.help { "You can close this page." },
        }
    }
}
