//! A person's way through Link, in steps: what the hosted page and the controls do.

pub mod callbacks;
mod ending;
pub mod identity;
pub mod identity_request;
mod numbers;
mod oauth;
mod offer;
mod view;
mod walk;

use serde_json::{Value, json};

use super::auth::AccountNumbers;
use super::{World, payments};
use crate::bank::{Login, mfa, verification};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{ItemId, LinkToken, Step, Tenant};

pub use self::ending::link_idle;
pub use self::numbers::{confirm_deposit, enter_numbers};
pub use self::oauth::exchange;
pub use self::offer::{countries, offered};
pub use self::view::{view, way_back};
use self::walk::Walk;

/// What a person enters in Link.
pub struct Finish<'a> {
    /// The institution.
    pub institution: &'a str,
    /// The login.
    pub login: Login<'a>,
    /// The masks of the accounts to share. `None` means all.
    pub masks: Option<Vec<String>>,
}

/// Why a step can't be taken. What goes wrong at the bank is not among it: the session shows that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepError {
    /// The token or the institution is unknown, or the accounts are.
    Api(ApiError),
    /// The session waits for something else.
    Waits {
        /// What was tried.
        tried: &'static str,
        /// What it waits for.
        step: Step,
    },
}

impl From<ApiError> for StepError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// What a step returns: the session as the controls show it.
pub type Stepped = Result<Value, StepError>;

/// Opens Link, or goes on with the session that is open. An `oauth_state` belongs to a session that came back from a bank's
/// own page.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token.
pub fn open(tenant: &mut Tenant, world: &World, token: &str) -> Stepped {
    Ok(Walk::start(tenant, world, token)?.keep())
}

/// Searches for institutions by a part of their name. The session only notes it.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn search(tenant: &mut Tenant, world: &World, token: &str, text: &str) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("a search", &[Step::SelectInstitution, Step::Added])?;
    if walk.session.search.as_deref() != Some(text) {
        walk.session.search = Some(text.to_owned());
        walk.event("SEARCH_INSTITUTION", json!({"institution_search_query": text}));
    }
    Ok(walk.keep())
}

/// Goes back to the choice of an institution.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn back(tenant: &mut Tenant, world: &World, token: &str) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("a way back", &[Step::LogIn, Step::Mfa(0), Step::SelectAccounts, Step::Added])?;
    if walk.link.update.is_none() {
        walk.ask_institution();
    } else {
        walk.ask_login();
    }
    Ok(walk.keep())
}

/// Chooses an institution.
///
/// # Errors
/// As [`open`], `INVALID_INSTITUTION`, and if the session waits for something else.
pub fn select(tenant: &mut Tenant, world: &World, token: &str, id: &str) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    if walk.link.update.is_some() {
        return Err(StepError::Waits { tried: "an institution", step: walk.session.step });
    }
    walk.expect("an institution", &[Step::SelectInstitution, Step::LogIn, Step::Mfa(0), Step::Added])?;
    walk.choose_institution(id)?;
    Ok(walk.keep())
}

/// Logs in at the institution. Wrong credentials are shown by the session, which then waits for others.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn log_in(tenant: &mut Tenant, world: &World, token: &str, login: Login<'_>) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("a login", &[Step::LogIn])?;
    let institution = walk.institution()?;
    walk.session.error = None;
    walk.event(if institution.oauth { "OPEN_OAUTH" } else { "SUBMIT_CREDENTIALS" }, json!({}));
    login.username.clone_into(&mut walk.session.username);
    if let Err(error) = login.at(institution) {
        if institution.oauth {
            walk.event("FAIL_OAUTH", json!({}));
        }
        walk.fail(error);
        return Ok(walk.keep());
    }
    login.password.clone_into(&mut walk.session.password);
    if institution.oauth {
        walk.come_back();
    }
    match mfa::Plan::of(login, institution) {
        Some(plan) => walk.ask_mfa(plan, 0),
        None => walk.ask_accounts()?,
    }
    Ok(walk.keep())
}

/// Answers what the bank asks. Wrong answers are shown by the session, which then asks again.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn answer(tenant: &mut Tenant, world: &World, token: &str, answers: &[&str]) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("answers", &[Step::Mfa(0)])?;
    let number = match walk.session.step {
        Step::Mfa(number) => number,
        _ => 0,
    };
    walk.session.error = None;
    let Some((plan, round)) = walk.plan().and_then(|plan| Some((plan, plan.round(number)?))) else {
        walk.ask_accounts()?;
        return Ok(walk.keep());
    };
    walk.event("SUBMIT_MFA", json!({"mfa_type": round.kind}));
    if !round.accepts(answers) {
        let error = ApiError::new("ITEM_ERROR", "INVALID_MFA", "the answers to the bank's questions are not correct");
        walk.fail(error.displayed("The answer was not correct. Please try again."));
    } else if plan.round(number + 1).is_some() {
        walk.ask_mfa(plan, number + 1);
    } else {
        walk.ask_accounts()?;
    }
    Ok(walk.keep())
}

/// Confirms the numbers of an account by the code of a deposit. A wrong code is shown by the session, which asks again until the
/// bank has had enough of it.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn confirm(tenant: &mut Tenant, world: &World, token: &str, code: &str) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("a code", &[Step::Deposit])?;
    let item = walk.link.update.clone().ok_or_else(ApiError::item_not_found)?;
    walk.session.error = None;
    match verification::confirm(walk.tenant, &item, code) {
        Ok(()) => walk.added(item)?,
        Err(error) => walk.fail(error),
    }
    Ok(walk.keep())
}

/// Takes the numbers of an account in place of an institution and a login. What is wrong with them is shown by the session.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn numbers(tenant: &mut Tenant, world: &World, token: &str, entered: &AccountNumbers<'_>) -> Stepped {
    let walk = Walk::start(tenant, world, token)?;
    walk.expect("numbers", &[Step::SelectInstitution])?;
    walk.keep();
    let done = enter_numbers(tenant, world, token, entered);
    match done {
        Ok(done) => Ok(done),
        Err(error) => {
            let mut walk = Walk::start(tenant, world, token)?;
            walk.fail(error);
            Ok(walk.keep())
        }
    }
}

/// Whether a token's sessions take the numbers of an account.
pub fn takes_numbers(link: &LinkToken) -> bool {
    let request = Fields(&link.request);
    let flows = [
        "automated_microdeposits_enabled",
        "database_insights_enabled",
        "database_match_enabled",
        "instant_match_enabled",
        "instant_microdeposits_enabled",
        "same_day_microdeposits_enabled",
    ];
    let wants_auth = request.texts("products").is_some_and(|products| products.contains(&"auth"));
    wants_auth && flows.iter().any(|flow| request.object("auth").flag(flow))
}

/// Chooses the accounts to share, by their masks. `None` means all. The Item is added or repaired. The session asks again if none
/// is chosen.
///
/// # Errors
/// As [`open`], `INVALID_FIELD` for accounts that the user does not have, and if the session waits for something else.
pub fn choose(tenant: &mut Tenant, world: &World, token: &str, masks: Option<Vec<String>>) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("accounts", &[Step::SelectAccounts])?;
    walk.session.error = None;
    if masks.as_ref().is_some_and(Vec::is_empty) {
        walk.fail(offer::no_accounts().displayed("Choose at least one account."));
    } else {
        walk.add(masks)?;
    }
    Ok(walk.keep())
}

/// Ends a session that can add several Items and has added one.
///
/// # Errors
/// As [`open`], and if the session waits for something else.
pub fn end(tenant: &mut Tenant, world: &World, token: &str) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.expect("the end", &[Step::Added])?;
    walk.finish();
    Ok(walk.keep())
}

/// Leaves a session. Without an error, the last one that the session has shown is reported.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token.
pub fn leave_session(
    tenant: &mut Tenant,
    world: &World,
    token: &str,
    error: Option<&ApiError>,
) -> Result<Value, ApiError> {
    let mut walk = Walk::start(tenant, world, token)?;
    let exit = walk.leave(error);
    walk.keep();
    Ok(exit)
}

/// Adds an event of a name and with metadata of one's own.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token.
pub fn add_event(tenant: &mut Tenant, world: &World, token: &str, name: &str, metadata: Value) -> Stepped {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.event(name, metadata);
    Ok(walk.keep())
}

/// Goes through all steps at once: a new Item, or in update mode a repaired one. An open session is gone on with. What the bank
/// asks is answered.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token, and the error of the login. The session does not change then.
pub fn finish_session(tenant: &mut Tenant, world: &World, token: &str, finish: Finish<'_>) -> Result<Value, ApiError> {
    let mut walk = Walk::start(tenant, world, token)?;
    if walk.link.update.is_none() {
        walk.choose_institution(finish.institution)?;
    }
    let institution = walk.institution()?;
    if let Err(error) = finish.login.at(institution) {
        // A payment is refused for good, and the session stays as it was.
        payments::refused(walk.tenant, &walk.link.request, &error);
        return Err(error);
    }
    walk.event(if institution.oauth { "OPEN_OAUTH" } else { "SUBMIT_CREDENTIALS" }, json!({}));
    finish.login.username.clone_into(&mut walk.session.username);
    finish.login.password.clone_into(&mut walk.session.password);
    if institution.oauth {
        walk.come_back();
    }
    if let Some(plan) = mfa::Plan::of(finish.login, institution) {
        for (number, round) in (0..).map_while(|number| Some((number, plan.round(number)?))) {
            walk.ask_mfa(plan, number);
            walk.event("SUBMIT_MFA", json!({"mfa_type": round.kind}));
        }
    }
    walk.add(finish.masks)?;
    Ok(ended(walk))
}

/// Ends a session with an Item that came about without its steps.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token, and `ITEM_NOT_FOUND` if there is no such Item.
pub fn succeed(tenant: &mut Tenant, world: &World, token: &str, id: ItemId) -> Result<Value, ApiError> {
    let mut walk = Walk::start(tenant, world, token)?;
    walk.added(id)?;
    Ok(ended(walk))
}

/// Ends a session, and returns the arguments of `onSuccess`.
fn ended(mut walk: Walk<'_>) -> Value {
    if walk.session.step == Step::Added {
        walk.finish();
    }
    let last = walk.session.results.last();
    let mut done = last.map(|(public, metadata)| json!({"metadata": metadata, "public_token": public}));
    if let (Some(done), Some(uri)) = (&mut done, way_back(&walk.link, &walk.session)) {
        done["received_redirect_uri"] = uri.into();
    }
    walk.keep();
    done.unwrap_or_default()
}

/// A Link token that may still be used.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired one.
pub fn usable<'a>(tenant: &'a Tenant, token: &str) -> Result<&'a LinkToken, ApiError> {
    let now = tenant.now();
    tenant.links.get(token).filter(|link| now < link.expires).ok_or_else(ApiError::invalid_link_token)
}

/// Whether a token's request lets a session add several Items.
fn adds_several(request: Fields<'_>) -> bool {
    request.flag("enable_multi_item_link")
}
