//! Sessions of Identity Verification: the user takes the steps of an attempt in place of choosing a bank.

use serde_json::{Value, json};

use super::identity_request::view;
use super::walk::Walk;
use super::{StepError, Stepped, World};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::verify::identity::{self, walk};
use crate::state::verify::{Attempt, IdvStatus, IdvStep};
use crate::state::{LinkToken, Step, Tenant};

impl Walk<'_> {
    /// Begins a session with the attempt of the user, or with a new one. The session has the attempt's id, so that an application
    /// finds it by `link_session_id`.
    pub fn begin_verification(&mut self) -> Result<(), ApiError> {
        let request = self.link.request.clone();
        let request = Fields(&request);
        let wanted = request.object("identity_verification");
        let template = wanted.text("template_id").unwrap_or_default();
        let user = self.link.user.as_ref().and_then(|id| self.tenant.users.get(id));
        let own = user.map(|user| user.client_user_id.clone());
        let own = own.or_else(|| request.object("user").text("client_user_id").map(str::to_owned)).unwrap_or_default();
        let last = identity::latest(self.tenant, &own, template).map(|one| (one.id.clone(), one.status));
        let name = match last {
            Some((id, _)) => {
                self.session.id = id;
                "IDENTITY_VERIFICATION_RESUME_SESSION"
            }
            None => {
                let gave_consent = wanted.flag("gave_consent");
                let whose = (own, self.link.user.clone());
                let made = identity::begin(self.tenant, whose, template, gave_consent, json!({}));
                self.session.id.clone_from(&made.id);
                walk::keep(self.tenant, made);
                "IDENTITY_VERIFICATION_CREATE_SESSION"
            }
        };
        self.session.step = Step::Verify;
        self.event("OPEN", json!({}));
        self.event(name, json!({}));
        self.event("IDENTITY_VERIFICATION_OPEN_UI", json!({}));
        let attempt = walk::attempt(self.tenant, &self.session.id)?;
        self.show(&attempt);
        Ok(())
    }

    /// Shows the step that the user is at. An attempt that is over ends the session.
    fn show(&mut self, attempt: &Attempt) {
        let over = match attempt.status {
            IdvStatus::Active => None,
            IdvStatus::Success => Some("IDENTITY_VERIFICATION_PASS_SESSION"),
            IdvStatus::PendingReview => Some("IDENTITY_VERIFICATION_PENDING_REVIEW_SESSION"),
            IdvStatus::Failed | IdvStatus::Expired | IdvStatus::Canceled => Some("IDENTITY_VERIFICATION_FAIL_SESSION"),
        };
        match (over, attempt.steps.active()) {
            (None, Some(step)) => {
                self.event("IDENTITY_VERIFICATION_START_STEP", json!({"view_name": view(step)}));
            }
            (over, _) => {
                self.event(over.unwrap_or("IDENTITY_VERIFICATION_FAIL_SESSION"), json!({}));
                self.event("IDENTITY_VERIFICATION_CLOSE_UI", json!({}));
                self.finish();
            }
        }
    }

    /// Notes what a user has done since an earlier state of the attempt.
    fn follow(&mut self, old: &Attempt, new: &Attempt) {
        let was = old.steps.active();
        for step in IdvStep::ALL {
            let (before, now) = (old.steps.get(step), new.steps.get(step));
            if before == now || now.is_open() {
                continue;
            }
            let name = match now.name() {
                "success" => "IDENTITY_VERIFICATION_PASS_STEP",
                "failed" => "IDENTITY_VERIFICATION_FAIL_STEP",
                "pending_review" => "IDENTITY_VERIFICATION_PENDING_REVIEW_STEP",
                _ => continue,
            };
            self.event(name, json!({"view_name": view(step)}));
        }
        if was != new.steps.active() {
            self.show(new);
        }
    }
}

/// Lets something happen to an attempt. An open session of it shows what follows.
///
/// # Errors
/// What the attempt refuses.
pub fn verify(
    tenant: &mut Tenant,
    world: &World,
    id: &str,
    does: impl FnOnce(&mut Tenant) -> Result<Attempt, ApiError>,
) -> Result<Attempt, ApiError> {
    let old = walk::attempt(tenant, id)?;
    let new = does(tenant)?;
    let is_open =
        |link: &&LinkToken| link.sessions.last().is_some_and(|session| session.id == id && session.finished.is_none());
    let token = tenant.links.values().find(is_open).map(|link| link.token.clone());
    // A token that has expired has no session to go on with.
    if let Some(mut walk) = token.and_then(|token| Walk::start(tenant, world, &token).ok()) {
        walk.follow(&old, &new);
        walk.keep();
    }
    Ok(new)
}

/// Takes a step of a token's session.
///
/// # Errors
/// As [`super::open`], and if the session is not one of Identity Verification. What the attempt refuses is shown by the session.
pub fn take(tenant: &mut Tenant, world: &World, token: &str, act: walk::Act<'_>) -> Stepped {
    let walk = Walk::start(tenant, world, token)?;
    walk.expect("a step of a verification", &[Step::Verify])?;
    let id = walk.session.id.clone();
    walk.keep();
    let error = verify(tenant, world, &id, |tenant| walk::act(tenant, &id, act)).err();
    if tenant.links.get(token).and_then(|link| link.sessions.last()).is_none_or(|one| one.finished.is_some()) {
        return Ok(Value::Null);
    }
    let mut walk = Walk::start(tenant, world, token)?;
    walk.session.error = error;
    Ok(walk.keep())
}

/// Takes all steps that are left, and returns the arguments of `onSuccess`.
///
/// # Errors
/// As [`take`].
pub fn complete(tenant: &mut Tenant, world: &World, token: &str, user: Option<Fields<'_>>) -> Result<Value, StepError> {
    let walk = Walk::start(tenant, world, token)?;
    walk.expect("a verification", &[Step::Verify])?;
    let id = walk.session.id.clone();
    walk.keep();
    verify(tenant, world, &id, |tenant| walk::complete(tenant, &id, user))?;
    let metadata = json!({"accounts": [], "institution": null, "link_session_id": id, "transfer_status": null});
    Ok(json!({"metadata": metadata, "public_token": null}))
}
