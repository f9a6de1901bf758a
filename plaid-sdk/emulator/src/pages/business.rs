//! The pages on which a business tells about itself: for its verification, and as an originator of transfers.

mod questions;

use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use maud::{Markup, html};

use self::questions::{Kind, Question, Questions, answers};
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

/// What a verification asks for about the business itself, before and after its address.
const NAME: &[Question] = &[Question::required("name", "Name of the business", Kind::Text)];
const CONTACT: [&[Question]; 3] = [
    &[Question::optional("website", "Website", Kind::Website)],
    &[Question::optional("email_address", "E-mail address", Kind::Email)],
    &[Question::optional("phone_number", "Phone number", Kind::Phone)],
];
/// What it asks for about the address.
const ADDRESS: [&[Question]; 2] = [
    &[Question::required("street", "Street", Kind::Text)],
    &[
        Question::required("city", "City", Kind::Text),
        Question::required("region", "State", Kind::Text),
        Question::required("postal_code", "ZIP code", Kind::Text),
    ],
];
const VERIFICATION: Questions = Questions {
    title: "Verify your business",
    lead: "Plaid looks the business up by its name and address. The emulator finds each one that has both.",
    lines: &[NAME, ADDRESS[0], ADDRESS[1], CONTACT[0], CONTACT[1], CONTACT[2]],
};
/// What the questionnaire of an originator asks for.
const QUESTIONNAIRE: Questions = Questions {
    title: "Tell us about your business",
    lead: "Plaid looks at a business before it moves money for others.",
    lines: &[
        &[Question::required("dba", "Name of the business", Kind::Text).help("The name that customers know.")],
        &[Question::required("tax_id", "Tax ID", Kind::Text)],
        &[Question::required("website", "Website", Kind::Website)],
        &[Question::required("naics_code", "NAICS code", Kind::Digits(6))
            .help("6 digits that say what the business does, such as 561790.")],
    ],
};

/// What a request for one of these pages has: the emulator, the id of its path, its query and its headers.
type Visit = (State<Door>, Path<String>, RawQuery, HeaderMap);

/// `GET /_plaid/verify/{id}`: asks for the data of a business.
pub async fn show_verification(visit: Visit) -> Result<Response<Body>, Refusal> {
    let found = of_verification(&visit)?;
    let about = About::verification(&visit);
    let waits = lock(&found).verify.businesses.get(&about.id).is_some_and(|one| one.waits());
    Ok(if waits { about.asks(&VERIFICATION, None) } else { about.thanks(None) })
}

/// `POST /_plaid/verify/{id}`: takes the data of a business, which is checked then.
pub async fn verify(visit: Visit, body: Bytes) -> Result<Response<Body>, Refusal> {
    entry::own_form(&visit.3)?;
    let found = of_verification(&visit)?;
    let about = About::verification(&visit);
    Ok(about.takes(&visit, &found, &VERIFICATION, &body, |tenant, form| {
        let mut data = answers(form, NAME.iter().chain(CONTACT.into_iter().flatten()));
        data["address"] = answers(form, ADDRESS.into_iter().flatten());
        data["address"]["country"] = "US".into();
        business::told(tenant, &about.id, data).map(|()| None)
    }))
}

/// `GET /_plaid/onboarding/{id}`: asks an originator about itself.
pub async fn show_questionnaire(visit: Visit) -> Result<Response<Body>, Refusal> {
    let found = of_questionnaire(&visit)?;
    Ok(About::originator(&visit, &found).asks(&QUESTIONNAIRE, None))
}

/// `POST /_plaid/onboarding/{id}`: takes the answers of an originator, and leads back to the application.
pub async fn onboard(visit: Visit, body: Bytes) -> Result<Response<Body>, Refusal> {
    entry::own_form(&visit.3)?;
    let found = of_questionnaire(&visit)?;
    let about = About::originator(&visit, &found);
    Ok(about.takes(&visit, &found, &QUESTIONNAIRE, &body, |tenant, form| {
        let told = answers(form, QUESTIONNAIRE.lines.iter().copied().flatten());
        originators::answered(tenant, &about.id, told).map(Some)
    }))
}

/// The tenant of a verification. The address has to be the one that the verification shows.
fn of_verification((door, id, query, headers): &Visit) -> Result<Arc<Mutex<Tenant>>, Refusal> {
    let query = Form::read(query.0.as_deref().unwrap_or_default());
    let key = format!("?key={}", query.get("key").unwrap_or_default());
    let has = |tenant: &Tenant| tenant.verify.businesses.get(&id.0).is_some_and(|one| one.url.ends_with(&key));
    entry::tenant(&door.0, headers, has).map_err(|found| found.or_else(unknown))
}

/// The tenant of an originator that was asked to answer questions.
fn of_questionnaire((door, id, query, headers): &Visit) -> Result<Arc<Mutex<Tenant>>, Refusal> {
    let query = Form::read(query.0.as_deref().unwrap_or_default());
    let session = query.get("session").unwrap_or_default();
    let has = |tenant: &Tenant| {
        let one = tenant.originators.get(&id.0).and_then(|one| one.questionnaire.as_ref());
        one.is_some_and(|one| one.session == session)
    };
    entry::tenant(&door.0, headers, has).map_err(|found| found.or_else(unknown))
}

fn unknown() -> Response<Body> {
    let help = "Take the address from the response of the API: shareable_url, or onboarding_url.";
    layout::refusal(StatusCode::NOT_FOUND, "Unknown address", "Nothing waits for answers at this address.", help)
}

/// Whom a page asks.
struct About {
    /// What it says above the questions.
    head: String,
    /// The id of the verification or the originator.
    id: String,
}

impl About {
    fn verification(visit: &Visit) -> Self {
        Self { head: "Business verification".to_owned(), id: visit.1.0.clone() }
    }

    fn originator(visit: &Visit, found: &Mutex<Tenant>) -> Self {
        let id = visit.1.0.clone();
        let company = lock(found).originators.get(&id).map(|one| one.company.clone());
        Self { head: format!("Transfer questionnaire for {}", company.unwrap_or_default()), id }
    }

    /// The page with the questions. With answers that can't be taken, it says why.
    fn asks(&self, questions: &Questions, sent: Option<&Form>) -> Response<Body> {
        let status = if sent.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        self.page(status, questions.title, None, &questions.show(sent))
    }

    /// Takes the answers of a form, and shows what comes after them.
    fn takes(
        &self,
        visit: &Visit,
        found: &Mutex<Tenant>,
        questions: &Questions,
        body: &[u8],
        take: impl FnOnce(&mut Tenant, &Form) -> Result<Option<String>, ApiError>,
    ) -> Response<Body> {
        let form = Form::read(&String::from_utf8_lossy(body));
        if questions.any_wrong(&form) {
            return self.asks(questions, Some(&form));
        }
        let mut tenant = lock(found);
        let taken = take(&mut tenant, &form);
        run_due(&mut tenant);
        drop(tenant);
        visit.0.wake.wake();
        match taken {
            Ok(back) => self.thanks(back.as_deref()),
            // The answers are right, but nothing waits for them.
            Err(error) => {
                let title = "Your answers were not taken";
                layout::refusal(StatusCode::BAD_REQUEST, title, &error.message, "You can close this page.")
            }
        }
    }

    /// What is shown after the answers. `back` is where the application goes on.
    fn thanks(&self, back: Option<&str>) -> Response<Body> {
        let title = "Your answers were sent";
        let body = html! {
            div.sign aria-hidden="true" { "✓" }
            h1 { (title) }
            p { "The application sees what comes of them." }
            @match back {
                Some(to) => p.help { "Going on to " a href=(to) { (to) } "." },
                None => p.help { "You can close this page." },
            }
        };
        self.page(StatusCode::OK, title, back, &body)
    }

    fn page(&self, status: StatusCode, title: &str, next: Option<&str>, body: &Markup) -> Response<Body> {
        let main = html! {
            main.link {
                div.card.stack {
                    div.head { span { (self.head) } }
                    (body)
                }
                p.foot { "Plaid emulator · " span.mono { (self.id) } }
            }
        };
        layout::response(status, Frames::None, layout::page(title, Frames::None, next, &main))
    }
}
