//! A user's way through an attempt, and what a person in the dashboard decides about it.

use serde_json::{Value, json};

use super::super::{beacon, monitor, unknown};
use super::{kyc, tell};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json;
use crate::state::Tenant;
use crate::state::verify::{
    Attempt, Document, Documents, IdvStatus, IdvStep, ScreeningKind, ScreeningStatus, Sms, SmsStatus, Source,
    StepStatus, Trail,
};

/// The code that the Sandbox sends to every phone.
pub const CODE: &str = "11111";
/// How often a code can be entered, and how often it is sent.
const TRIES: i64 = 3;
/// How many documents a user can show.
const MOST_DOCUMENTS: usize = 3;

/// What a user does.
#[derive(Clone, Copy, Debug)]
pub enum Act<'a> {
    /// Accepts the terms.
    Accept,
    /// Enters the number of a phone.
    Phone(&'a str),
    /// Asks for the code again.
    Resend,
    /// Enters the code.
    Code(&'a str),
    /// Enters their data.
    Data(Fields<'a>),
    /// Shows a document of a category.
    Document(&'a str),
}

impl Act<'_> {
    /// The step that it belongs to.
    fn step(self) -> IdvStep {
        match self {
            Self::Accept => IdvStep::AcceptTos,
            Self::Phone(_) | Self::Resend | Self::Code(_) => IdvStep::VerifySms,
            Self::Data(_) => IdvStep::KycCheck,
            Self::Document(_) => IdvStep::DocumentaryVerification,
        }
    }
}

/// An attempt by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn attempt(tenant: &Tenant, id: &str) -> Result<Attempt, ApiError> {
    tenant.verify.attempts.get(id).cloned().ok_or_else(|| unknown("identity_verification_id"))
}

/// Lets a user do something.
///
/// # Errors
/// If the attempt is at another step, and for a code or a number that can't be one.
pub fn act(tenant: &mut Tenant, id: &str, act: Act<'_>) -> Result<Attempt, ApiError> {
    let mut attempt = attempt(tenant, id)?;
    let step = act.step();
    if attempt.steps.get(step) != StepStatus::Active {
        let now = attempt.steps.active().map_or(attempt.status.name(), IdvStep::name);
        return Err(ApiError::invalid_field(&format!("the user is not at {}, but at {now}", step.name())));
    }
    let outcome = match act {
        Act::Accept => Some(true),
        Act::Phone(number) => {
            send_code(tenant, &mut attempt, number)?;
            None
        }
        Act::Resend => {
            resend(tenant, &mut attempt)?;
            None
        }
        Act::Code(code) => enter_code(&mut attempt, code)?,
        Act::Data(data) => {
            let more = super::data(Some(data))?;
            json::merge(&mut attempt.user, more);
            let check = kyc::check(tenant, &attempt.user);
            let passes = kyc::passes(&check, &attempt.template.required);
            attempt.kyc = Some(check);
            Some(passes)
        }
        Act::Document(category) => show_document(&mut attempt, category),
    };
    if let Some(passed) = outcome {
        attempt.steps.set(step, if passed { StepStatus::Success } else { StepStatus::Failed });
        go_on(tenant, &mut attempt, step, passed);
    }
    keep(tenant, attempt.clone());
    Ok(attempt)
}

/// Sends a code to a number. An earlier number no longer counts.
fn send_code(tenant: &Tenant, attempt: &mut Attempt, number: &str) -> Result<(), ApiError> {
    let digits = number.strip_prefix('+').unwrap_or_default();
    if !(8..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ApiError::invalid_field("phone_number must be in the format of E.164: +12345678909"));
    }
    attempt.user["phone_number"] = number.into();
    for sms in attempt.sms.iter_mut().filter(|sms| sms.status == SmsStatus::Pending) {
        sms.status = SmsStatus::Canceled;
    }
    let (status, now) = (SmsStatus::Pending, tenant.now());
    attempt.sms.push(Sms { status, phone: number.to_owned(), deliveries: 1, solves: 0, first: now, last: now });
    Ok(())
}

fn pending(attempt: &mut Attempt) -> Result<&mut Sms, ApiError> {
    let last = attempt.sms.last_mut().filter(|sms| sms.status == SmsStatus::Pending);
    last.ok_or_else(|| ApiError::invalid_field("the user has not entered a phone number"))
}

fn resend(tenant: &Tenant, attempt: &mut Attempt) -> Result<(), ApiError> {
    let sms = pending(attempt)?;
    if sms.deliveries >= TRIES {
        return Err(ApiError::invalid_field("the code was sent three times, which is the most"));
    }
    sms.deliveries += 1;
    sms.last = tenant.now();
    Ok(())
}

/// Enters a code. The third wrong one fails the step.
fn enter_code(attempt: &mut Attempt, code: &str) -> Result<Option<bool>, ApiError> {
    let sms = pending(attempt)?;
    sms.solves += 1;
    let outcome = match code == CODE {
        true => Some(true),
        false => (sms.solves >= TRIES).then_some(false),
    };
    if let Some(passed) = outcome {
        sms.status = if passed { SmsStatus::Success } else { SmsStatus::Failed };
    }
    Ok(outcome)
}

/// Shows a document, which the Sandbox reads as its test user's. The third one that does not fit the user's data fails the step.
fn show_document(attempt: &mut Attempt, category: &str) -> Option<bool> {
    let check = kyc::fit_leslie(&attempt.user);
    let of = |name: &str| check[name]["summary"].as_str().unwrap_or("no_data").replace("no_input", "no_data");
    let matches = (of("name"), of("date_of_birth"));
    let passed = matches.0 == "match" && matches.1 == "match";
    attempt.documents.push(Document { passed, category: category.to_owned(), matches, approved: false });
    match passed {
        true => Some(true),
        false => (attempt.documents.len() >= MOST_DOCUMENTS).then_some(false),
    }
}

/// What follows from the outcome of a step.
fn go_on(tenant: &mut Tenant, attempt: &mut Attempt, step: IdvStep, passed: bool) {
    let documents = attempt.steps.get(IdvStep::DocumentaryVerification);
    let waits = documents == StepStatus::WaitingForPrerequisite;
    match (step, passed) {
        // Documents make up for data that is not known.
        (IdvStep::KycCheck, false) if waits => {}
        (_, false) => return finish(tenant, attempt, IdvStatus::Failed),
        (IdvStep::KycCheck, true) if waits && attempt.template.documents == Documents::Fallback => {
            attempt.steps.set(IdvStep::DocumentaryVerification, StepStatus::NotApplicable);
        }
        _ => {}
    }
    if next(attempt) {
        return;
    }
    let screening = screen(tenant, attempt);
    let risk = if attempt.template.risky { StepStatus::Failed } else { StepStatus::Success };
    attempt.steps.set(IdvStep::RiskCheck, risk);
    let status = match (risk, screening) {
        (StepStatus::Failed, _) => IdvStatus::Failed,
        (_, Some(StepStatus::PendingReview)) => IdvStatus::PendingReview,
        _ => IdvStatus::Success,
    };
    finish(tenant, attempt, status);
}

/// Goes to the next step of the user. Returns whether there is one.
pub fn next(attempt: &mut Attempt) -> bool {
    let waits = |step: &IdvStep| attempt.steps.get(*step) == StepStatus::WaitingForPrerequisite;
    let next = IdvStep::ALL.into_iter().filter(|step| step.is_for_user()).find(waits);
    if let Some(step) = next {
        attempt.steps.set(step, StepStatus::Active);
    }
    next.is_some()
}

/// Searches the watchlists for the user, if the template says so.
fn screen(tenant: &mut Tenant, attempt: &mut Attempt) -> Option<StepStatus> {
    if attempt.steps.get(IdvStep::WatchlistScreening) != StepStatus::WaitingForPrerequisite {
        return None;
    }
    monitor::start(tenant);
    let user = Fields(&attempt.user);
    let name = ["given_name", "family_name"].map(|part| user.object("name").text(part).unwrap_or_default());
    let terms = json!({
        "country": user.object("address").text("country"),
        "date_of_birth": user.text("date_of_birth"),
        "document_number": null,
        "legal_name": name.join(" ").trim(),
        "watchlist_program_id": attempt.template.watchlist,
    });
    let trail = Trail { source: Source::Link, author: None, at: tenant.now() };
    let kind = ScreeningKind::Individual;
    let id = monitor::screen(tenant, kind, terms, Some(attempt.client_user_id.clone()), trail);
    let found = tenant.verify.monitor(kind).screenings.get(&id).map(|screening| screening.now.status);
    attempt.screening = Some(id);
    let step = if found == Some(ScreeningStatus::Cleared) { StepStatus::Success } else { StepStatus::PendingReview };
    attempt.steps.set(IdvStep::WatchlistScreening, step);
    Some(step)
}

fn finish(tenant: &mut Tenant, attempt: &mut Attempt, status: IdvStatus) {
    attempt.status = status;
    attempt.completed = Some(tenant.now());
    // A template with a Beacon program puts its users there.
    let program = attempt.template.beacon.clone().filter(|_| attempt.beacon_user.is_none() && attempt.kyc.is_some());
    if let Some(program) = program {
        let trail = Trail { source: Source::System, author: None, at: tenant.now() };
        let id = beacon::enroll(tenant, &program, &attempt.client_user_id, &attempt.user, trail);
        attempt.beacon_user = Some(id);
    }
}

/// Ends an attempt before its user has finished it.
///
/// # Errors
/// If it has ended.
pub fn stop(tenant: &mut Tenant, id: &str, status: IdvStatus) -> Result<Attempt, ApiError> {
    let mut attempt = attempt(tenant, id)?;
    if attempt.status != IdvStatus::Active || !attempt.status.may_become(status) {
        let now = attempt.status.name();
        return Err(ApiError::invalid_field(&format!("the verification is {now} and can't become {}", status.name())));
    }
    let step = if status == IdvStatus::Expired { StepStatus::Expired } else { StepStatus::Canceled };
    for one in IdvStep::ALL {
        if attempt.steps.get(one).is_open() {
            attempt.steps.set(one, step);
        }
    }
    finish(tenant, &mut attempt, status);
    keep(tenant, attempt.clone());
    Ok(attempt)
}

/// Decides in the dashboard that an attempt passes or fails.
///
/// # Errors
/// If its state does not allow it.
pub fn decide(tenant: &mut Tenant, id: &str, passes: bool) -> Result<Attempt, ApiError> {
    let mut attempt = attempt(tenant, id)?;
    let status = if passes { IdvStatus::Success } else { IdvStatus::Failed };
    if attempt.status == IdvStatus::Active || !attempt.status.may_become(status) {
        let now = attempt.status.name();
        return Err(ApiError::invalid_field(&format!("the verification is {now} and can't become {}", status.name())));
    }
    let step = if passes { StepStatus::ManuallyApproved } else { StepStatus::ManuallyRejected };
    // A rejection is about what was looked at, else about the last step that had passed.
    let changed: Vec<IdvStep> = match passes {
        true => IdvStep::ALL.into_iter().filter(|one| attempt.steps.get(*one).may_become(step)).collect(),
        false => {
            let is_pending = |one: &IdvStep| attempt.steps.get(*one) == StepStatus::PendingReview;
            let may = |one: &IdvStep| one.is_for_user() && attempt.steps.get(*one).may_become(step);
            let pending = IdvStep::ALL.into_iter().find(is_pending);
            pending.or_else(|| IdvStep::ALL.into_iter().rfind(may)).into_iter().collect()
        }
    };
    for one in changed {
        attempt.steps.set(one, step);
        if let Some(document) =
            attempt.documents.last_mut().filter(|_| one == IdvStep::DocumentaryVerification && passes)
        {
            document.approved = true;
        }
    }
    finish(tenant, &mut attempt, status);
    keep(tenant, attempt.clone());
    Ok(attempt)
}

/// Takes all steps that are left, with the user's data or the test user's.
///
/// # Errors
/// If the attempt has ended, and for data that can't be one.
pub fn complete(tenant: &mut Tenant, id: &str, user: Option<Fields<'_>>) -> Result<Attempt, ApiError> {
    let mut attempt = attempt(tenant, id)?;
    if attempt.status != IdvStatus::Active {
        return Err(ApiError::invalid_field(&format!("the verification is {}", attempt.status.name())));
    }
    let mut data = kyc::leslie();
    json::merge(&mut data, attempt.user.clone());
    json::merge(&mut data, super::data(user)?);
    let phone = Fields(&data).text("phone_number").unwrap_or_default().to_owned();
    while let Some(step) = attempt.steps.active() {
        let waits = attempt.sms.last().is_some_and(|sms| sms.status == SmsStatus::Pending && sms.phone == phone);
        let does = match step {
            IdvStep::AcceptTos => Act::Accept,
            IdvStep::VerifySms if waits => Act::Code(CODE),
            IdvStep::VerifySms => Act::Phone(&phone),
            IdvStep::KycCheck => Act::Data(Fields(&data)),
            _ => Act::Document("drivers_license"),
        };
        attempt = act(tenant, id, does)?;
    }
    Ok(attempt)
}

/// Writes an attempt back. Steps that are over and a new state are announced, the steps first.
pub fn keep(tenant: &mut Tenant, attempt: Attempt) {
    let (id, steps, status) = (attempt.id.clone(), attempt.steps.clone(), attempt.status);
    let Some(old) = tenant.verify.attempts.insert(id.clone(), attempt) else { return };
    let is_over = |step: &IdvStep| {
        let now = steps.get(*step);
        now != old.steps.get(*step) && !now.is_open() && now != StepStatus::NotApplicable
    };
    for _ in IdvStep::ALL.into_iter().filter(is_over) {
        tell(tenant, "STEP_UPDATED", &id);
    }
    if status != old.status {
        tell(tenant, "STATUS_UPDATED", &id);
    }
}

/// The name of a value that a response of the controls has: the step that the user is at.
pub fn step_name(attempt: &Attempt) -> Value {
    attempt.steps.active().map(IdvStep::name).into()
}
