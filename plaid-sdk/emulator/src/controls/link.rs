//! The controls of Link sessions: `/_plaid/link/…`.

use serde_json::json;

use super::{Answer, error, required};
use crate::bank::Login;
use crate::commands::Refused;
use crate::due::run_due;
use crate::fields::Fields;
use crate::ops::link_session::{self, Finish, StepError};
use crate::ops::{self, World};
use crate::state::{Step, Tenant};

/// Takes a step of a session, or all of them. `None` if there is no such control.
pub fn control(tenant: &mut Tenant, world: &World, verb: &str, fields: Fields<'_>) -> Option<Answer> {
    let answer = match verb {
        "open" | "search" | "select" | "back" | "login" | "mfa" | "deposit" | "accounts" | "event" => {
            step(tenant, world, verb, fields)
        }
        "complete" => complete(tenant, world, fields),
        "exit" => leave(tenant, world, fields),
        _ => return None,
    };
    run_due(tenant);
    Some(answer)
}

fn step(tenant: &mut Tenant, world: &World, verb: &str, fields: Fields<'_>) -> Answer {
    let token = required(fields, "link_token")?;
    let stepped = match verb {
        "open" => link_session::open(tenant, world, token),
        "search" => link_session::search(tenant, world, token, required(fields, "text")?),
        "back" => link_session::back(tenant, world, token),
        "select" => link_session::select(tenant, world, token, required(fields, "institution_id")?),
        "login" => {
            let login = Login {
                username: fields.text("username").unwrap_or("user_good"),
                password: fields.text("password").unwrap_or("pass_good"),
            };
            link_session::log_in(tenant, world, token, login)
        }
        "mfa" => {
            let answers = fields.texts("answers").ok_or_else(|| {
                Refused::new("answers is missing", "send {\"answers\": [\"1234\"]}, one for each question of the round")
            })?;
            link_session::answer(tenant, world, token, &answers)
        }
        "deposit" => link_session::confirm(tenant, world, token, required(fields, "code")?),
        "accounts" => link_session::choose(tenant, world, token, masks(fields)),
        _ => {
            let metadata = fields.value("metadata").cloned().unwrap_or_else(|| json!({}));
            if !metadata.is_object() {
                return Err(Refused::new("metadata is not an object", "send {\"metadata\": {\"view_name\": \"…\"}}"));
            }
            link_session::add_event(tenant, world, token, required(fields, "event_name")?, metadata)
        }
    };
    Ok(stepped?)
}

fn complete(tenant: &mut Tenant, world: &World, fields: Fields<'_>) -> Answer {
    let token = required(fields, "link_token")?;
    // A session that has added an Item and can add others only has to end, unless another one is named.
    let step = tenant.links.get(token).and_then(|link| link.sessions.last()).map(|session| session.step);
    if step == Some(Step::Added) && fields.text("institution_id").is_none() {
        return Ok(link_session::end(tenant, world, token)?);
    }
    let is_verification = tenant
        .links
        .get(token)
        .is_some_and(|link| link.update.is_none() && link_session::identity_request::is_meant(Fields(&link.request)));
    if is_verification {
        return Ok(link_session::identity::complete(tenant, world, token, fields.value("user").map(Fields))?);
    }
    let institution = fields.text("institution_id").unwrap_or("ins_109508");
    let login = Login {
        username: fields.text("username").unwrap_or("user_good"),
        password: fields.text("password").unwrap_or("pass_good"),
    };
    if let Some(numbers) = fields.value("numbers") {
        let login = fields.text("username").map(|_| (institution, login));
        return Ok(ops::enter_numbers(tenant, world, token, &ops::read_numbers(numbers, login)?)?);
    }
    if let Some(code) = fields.text("code") {
        return Ok(ops::confirm_deposit(tenant, world, token, code)?);
    }
    let finish = Finish { institution, login, masks: masks(fields) };
    Ok(ops::finish_session(tenant, world, token, finish)?)
}

fn leave(tenant: &mut Tenant, world: &World, fields: Fields<'_>) -> Answer {
    let token = required(fields, "link_token")?;
    Ok(ops::leave_session(tenant, world, token, error(fields).as_ref())?)
}

fn masks(fields: Fields<'_>) -> Option<Vec<String>> {
    Some(fields.texts("accounts")?.into_iter().map(str::to_owned).collect())
}

impl From<StepError> for Refused {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Api(error) => error.into(),
            StepError::Waits { tried, step } => {
                let help = match step {
                    Step::SelectInstitution => "send POST /_plaid/link/select with an institution_id",
                    Step::LogIn => "send POST /_plaid/link/login with a username and a password",
                    Step::Mfa(_) => "send POST /_plaid/link/mfa with answers",
                    Step::Deposit => "send POST /_plaid/link/deposit with a code",
                    Step::SelectAccounts => "send POST /_plaid/link/accounts with accounts (masks)",
                    Step::Verify => {
                        "send POST /_plaid/identity_verification/… with the link_session_id as identity_verification_id"
                    }
                    Step::Added => "send POST /_plaid/link/select to add another Item, or link/complete to end",
                    Step::Finished | Step::Left => "open another session with POST /_plaid/link/open",
                };
                Self::new(format!("the session is at the step {}, which does not take {tried}", step.name()), help)
            }
        }
    }
}
