//! `/identity_verification/retry`: another attempt after the last one.

use serde_json::json;

use super::super::{Call, Response};
use super::{begin, data, filled, latest, shareable, shown, tell, walk};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json;
use crate::state::verify::{Attempt, Documents, IdvStatus, IdvStep, StepStatus};

/// What the new attempt leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strategy {
    /// Nothing.
    Reset,
    /// The steps that were passed.
    Incomplete,
    /// The steps that the request says.
    Custom,
}

/// `/identity_verification/retry`. An attempt that the user has not finished expires.
pub fn retry(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let client_user_id = filled(request, "client_user_id")?;
    let template_id = filled(request, "template_id")?;
    let last = latest(call.tenant, client_user_id, template_id).cloned();
    let last =
        last.ok_or_else(|| ApiError::invalid_field("the user has no identity verification with this template"))?;
    let strategy = strategy(request, &last)?;
    let mut user = match strategy {
        Strategy::Reset => json!({}),
        Strategy::Incomplete | Strategy::Custom => last.user.clone(),
    };
    json::merge(&mut user, data(request.value("user").map(Fields))?);
    if last.status == IdvStatus::Active {
        walk::stop(call.tenant, &last.id, IdvStatus::Expired)?;
    }
    let whose = (last.client_user_id.clone(), last.user_id.clone());
    let mut attempt = begin(call.tenant, whose, template_id, last.gave_consent, user);
    leave_out(&mut attempt, &last, strategy, request.object("steps"));
    let id = attempt.id.clone();
    let is_shareable = request.value("is_shareable").map_or(last.url.is_some(), |_| request.flag("is_shareable"));
    attempt.url = is_shareable.then(|| shareable(call, &attempt));
    attempt.previous = Some(last.id);
    let response = shown(&attempt);
    call.tenant.verify.attempts.insert(id.clone(), attempt);
    tell(call.tenant, "RETRIED", &id);
    Ok(response)
}

fn strategy(request: Fields<'_>, last: &Attempt) -> Result<Strategy, ApiError> {
    let steps = request.value("steps");
    let name = request.required("strategy")?;
    match (name, steps) {
        ("custom", None) => return Err(ApiError::invalid_field("steps must be set for the strategy custom")),
        ("custom", Some(_)) => return Ok(Strategy::Custom),
        (_, Some(_)) => return Err(ApiError::invalid_field("steps must be set for the strategy custom alone")),
        (_, None) => {}
    }
    match (name, last.status) {
        ("infer", IdvStatus::Active) => {
            Err(ApiError::invalid_field("the strategy infer can't be used while the last attempt is active"))
        }
        ("infer", IdvStatus::Failed | IdvStatus::Expired) | ("incomplete", _) => incomplete(last),
        _ => Ok(Strategy::Reset),
    }
}

/// The strategy that goes on at the step that failed. Nobody can go on at the screening or the risk.
fn incomplete(last: &Attempt) -> Result<Strategy, ApiError> {
    let is_bad = |step: &IdvStep| {
        let status = last.steps.get(*step);
        matches!(status, StepStatus::Failed | StepStatus::PendingReview | StepStatus::ManuallyRejected)
    };
    match IdvStep::ALL.into_iter().rfind(is_bad) {
        Some(step) if !step.is_for_user() => {
            let message = format!("the strategy incomplete can't be used after {} has failed", step.name());
            Err(ApiError::invalid_field(&message))
        }
        None if last.status == IdvStatus::Success => {
            Err(ApiError::invalid_field("the strategy incomplete can't be used after a success"))
        }
        _ => Ok(Strategy::Incomplete),
    }
}

/// Skips what the new attempt does not have to do again.
fn leave_out(attempt: &mut Attempt, last: &Attempt, strategy: Strategy, wanted: Fields<'_>) {
    for step in IdvStep::ALL.into_iter().filter(|step| step.is_for_user()) {
        let old = last.steps.get(step);
        let status = match strategy {
            Strategy::Reset => continue,
            Strategy::Incomplete => match old {
                StepStatus::Success | StepStatus::ManuallyApproved | StepStatus::Skipped => StepStatus::Skipped,
                StepStatus::NotApplicable => StepStatus::NotApplicable,
                _ => continue,
            },
            Strategy::Custom => match (step, wanted.flag(step.name())) {
                (IdvStep::AcceptTos, _) => continue,
                // The Sandbox has no selfies.
                (IdvStep::SelfieCheck, _) | (_, false) => StepStatus::Skipped,
                (_, true) => StepStatus::WaitingForPrerequisite,
            },
        };
        attempt.steps.set(step, status);
    }
    if strategy == Strategy::Custom && wanted.flag("documentary_verification") {
        attempt.template.documents = Documents::Always;
    }
    // The data of a check that is left out is known from before.
    if attempt.steps.get(IdvStep::KycCheck) == StepStatus::Skipped {
        attempt.kyc = None;
    }
    if attempt.steps.active().is_none() && !walk::next(attempt) {
        attempt.steps.set(IdvStep::AcceptTos, StepStatus::Active);
    }
}
