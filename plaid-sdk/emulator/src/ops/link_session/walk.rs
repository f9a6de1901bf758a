//! A session while a step is taken. It is written back at the end of the step, so a refused step changes nothing of it.

use serde_json::{Value, json};

use super::{StepError, World, callbacks, identity_request, offer, usable, view};
use crate::bank::{Login, mfa};
use crate::data::institutions::{Health, Institution};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::json;
use crate::ops::{layer, payments};
use crate::state::{Account, Event, LinkToken, Session, Step, Tenant, Verification, VerificationStatus};

/// How long nobody touches a hosted session until its events are sent, in minutes.
const IDLE: i64 = 10;

/// A session while a step is taken.
pub struct Walk<'a> {
    /// Whose session it is.
    pub tenant: &'a mut Tenant,
    /// What all tenants share.
    pub world: &'a World,
    /// The Link token.
    pub link: LinkToken,
    /// The session.
    pub session: Session,
    /// The request that the page makes for this step.
    pub request_id: String,
    /// Webhooks that are sent when the step is over: their code and their fields.
    pub webhooks: Vec<(&'static str, Value)>,
}

impl<'a> Walk<'a> {
    /// The open session of a token. Without one, another is opened.
    ///
    /// # Errors
    /// `INVALID_LINK_TOKEN` for an unknown or expired token.
    pub fn start(tenant: &'a mut Tenant, world: &'a World, token: &str) -> Result<Self, ApiError> {
        let now = tenant.now();
        let link = usable(tenant, token)?.clone();
        let open = link.sessions.last().filter(|session| session.finished.is_none()).cloned();
        let (id, request_id) = match &open {
            Some(session) => (session.id.clone(), tenant.ids.request()),
            None => (tenant.ids.uuid(), tenant.ids.request()),
        };
        let is_new = open.is_none();
        let session = open.unwrap_or_else(|| Session::new(id, now));
        let mut walk = Self { tenant, world, link, session, request_id, webhooks: Vec::new() };
        if is_new {
            walk.begin()?;
        }
        Ok(walk)
    }

    /// The first view: the choice of an institution, unless the token names it, or the Item that it updates waits for a code.
    fn begin(&mut self) -> Result<(), ApiError> {
        if self.link.update.is_none() && identity_request::is_meant(Fields(&self.link.request)) {
            return self.begin_verification();
        }
        self.event("OPEN", json!({}));
        if let Some(id) = &self.link.update {
            let item = self.tenant.items.get(id).ok_or_else(ApiError::item_not_found)?;
            let waits = |one: &Verification| one.status == VerificationStatus::PendingManualVerification;
            let awaits_code = item.accounts.iter().any(|account| account.verification.as_ref().is_some_and(waits));
            self.session.institution = Some(item.institution.clone());
            if awaits_code {
                self.session.step = Step::Deposit;
                self.view("SAME_DAY_MICRODEPOSIT_VERIFICATION");
            } else {
                self.ask_login();
            }
            return Ok(());
        }
        match Fields(&self.link.request).text("institution_id").map(str::to_owned) {
            Some(id) if self.world.institution(&id).is_ok() => self.choose_institution(&id),
            _ => {
                self.view("SELECT_INSTITUTION");
                Ok(())
            }
        }
    }

    /// Refuses a step that the session does not wait for. The number of a round does not matter.
    ///
    /// # Errors
    /// If the session waits for something else.
    pub fn expect(&self, tried: &'static str, steps: &[Step]) -> Result<(), StepError> {
        let step = self.session.step;
        let is_meant = |one: &Step| *one == step || matches!((one, step), (Step::Mfa(_), Step::Mfa(_)));
        if steps.iter().any(is_meant) { Ok(()) } else { Err(StepError::Waits { tried, step }) }
    }

    /// The institution of the session.
    ///
    /// # Errors
    /// `INVALID_INSTITUTION` if none is chosen.
    pub fn institution(&self) -> Result<&'a Institution, ApiError> {
        self.world.institution(self.session.institution.as_deref().unwrap_or_default())
    }

    /// The login that was entered.
    pub fn login(&self) -> Login<'_> {
        Login { username: &self.session.username, password: &self.session.password }
    }

    /// What the bank asks besides the password.
    pub fn plan(&self) -> Option<mfa::Plan> {
        mfa::Plan::of(self.login(), self.institution().ok()?)
    }

    /// Adds an event. The institution and the request are added to its metadata.
    pub fn event(&mut self, name: &str, metadata: Value) {
        let mut about = json!({"request_id": self.request_id});
        if let Ok(institution) = self.institution() {
            json::merge(&mut about, json!({"institution_id": institution.id, "institution_name": institution.name}));
        }
        json::merge(&mut about, metadata);
        let (id, at) = (self.tenant.ids.uuid(), time(self.tenant.now()));
        let event = json!({"event_id": id, "event_metadata": about, "event_name": name, "timestamp": at});
        self.session.events.insert(0, event);
    }

    /// Adds the event of a new view.
    pub fn view(&mut self, name: &str) {
        self.event("TRANSITION_VIEW", json!({"view_name": name}));
    }

    /// Goes to the choice of an institution.
    pub fn ask_institution(&mut self) {
        (self.session.institution, self.session.error) = (None, None);
        self.session.step = Step::SelectInstitution;
        self.view("SELECT_INSTITUTION");
    }

    /// Goes to the login.
    pub fn ask_login(&mut self) {
        self.session.error = None;
        self.session.step = Step::LogIn;
        let is_oauth = self.institution().is_ok_and(|institution| institution.oauth);
        self.view(if is_oauth { "OAUTH" } else { "CREDENTIAL" });
    }

    /// Chooses an institution. One that is down or not supported is shown as such.
    ///
    /// # Errors
    /// `INVALID_INSTITUTION` for an unknown one.
    pub fn choose_institution(&mut self, id: &str) -> Result<(), ApiError> {
        let institution = self.world.institution(id)?;
        (self.session.institution, self.session.error) = (Some(institution.id.clone()), None);
        self.event(
            match institution.health {
                Health::Healthy | Health::Unsupported => "SELECT_INSTITUTION",
                Health::Degraded => "SELECT_DEGRADED_INSTITUTION",
                Health::Down => "SELECT_DOWN_INSTITUTION",
            },
            json!({}),
        );
        if matches!(institution.health, Health::Down | Health::Unsupported) {
            let good = Login { username: "user_good", password: "pass_good" };
            if let Err(error) = good.at(institution) {
                self.session.step = Step::SelectInstitution;
                self.fail(error);
                return Ok(());
            }
        }
        self.ask_login();
        Ok(())
    }

    /// Goes to a round of the bank's questions.
    pub fn ask_mfa(&mut self, plan: mfa::Plan, number: usize) {
        self.session.step = Step::Mfa(number);
        let kind = plan.round(number).map_or("code", |round| round.kind);
        self.event("TRANSITION_VIEW", json!({"mfa_type": kind, "view_name": "MFA"}));
    }

    /// Goes to the choice of accounts. Update mode has it only on demand. Without accounts, the session shows an error.
    ///
    /// # Errors
    /// If the Item can't be repaired.
    pub fn ask_accounts(&mut self) -> Result<(), ApiError> {
        let selects = Fields(&self.link.request).object("update").flag("account_selection_enabled");
        if self.link.update.is_some() && !selects {
            return self.add(None);
        }
        match self.accounts() {
            Ok(accounts) if !accounts.is_empty() => {
                self.session.step = Step::SelectAccounts;
                self.view("SELECT_ACCOUNT");
            }
            Ok(_) => {
                self.session.step = Step::LogIn;
                self.fail(offer::no_accounts());
            }
            Err(error) => {
                self.session.step = Step::LogIn;
                self.fail(error);
            }
        }
        Ok(())
    }

    /// Shows an error. The person can go on.
    pub fn fail(&mut self, error: ApiError) {
        let about = error_of(&error);
        payments::refused(self.tenant, &self.link.request, &error);
        self.event("ERROR", about);
        if !matches!(&*error.code, "INVALID_CREDENTIALS" | "INVALID_MFA") {
            self.view("ERROR");
        }
        self.session.error = Some(error);
    }

    /// Writes the session back, sends its webhooks, and returns it as the controls show it.
    pub fn keep(self) -> Value {
        let shown = view::view(&self.link, &self.session, self.world);
        let Self { tenant, link, session, webhooks, .. } = self;
        let idle = Event::LinkIdle { token: link.token.clone(), session: session.id.clone() };
        tenant.schedule.drop_if(|event| *event == idle);
        if link.hosted.is_some() && session.finished.is_none() {
            tenant.schedule.at(tenant.after(IDLE * 60_000), idle);
        }
        let known = link.sessions.iter().find(|one| one.id == session.id).map(|one| one.events.len());
        callbacks::call_back(tenant, &link, known.unwrap_or_default(), &session);
        if known.is_none() {
            layer::started(tenant, &link, &session);
        }
        if let Some(kept) = tenant.links.get_mut(&link.token) {
            match kept.sessions.iter_mut().find(|one| one.id == session.id) {
                Some(place) => *place = session,
                None => kept.sessions.push(session),
            }
        }
        let url = Fields(&link.request).text("webhook").map(str::to_owned);
        for (code, fields) in webhooks {
            tenant.webhook(None, url.clone(), "LINK", code, fields);
        }
        shown
    }

    /// The accounts that the session offers.
    ///
    /// # Errors
    /// The error of the login.
    pub fn accounts(&self) -> Result<Vec<Account>, ApiError> {
        offer::offered(self.tenant, self.world, &self.link, &self.session)
    }

    /// The masks of the accounts that an Item gets: the chosen ones that are offered. `None` means all that the bank has.
    ///
    /// # Errors
    /// `INVALID_FIELD` for an account that is not offered, `NO_ACCOUNTS` if none is left.
    pub fn chosen(&self, masks: Option<Vec<String>>) -> Result<Option<Vec<String>>, ApiError> {
        let offered: Vec<String> = self.accounts()?.into_iter().map(|account| account.mask).collect();
        let is_filtered = Fields(&self.link.request).value("account_filters").is_some();
        let masks = match masks {
            Some(masks) => masks,
            None if offered.is_empty() => return Err(offer::no_accounts()),
            None => return Ok(is_filtered.then_some(offered)),
        };
        if let Some(unknown) = masks.iter().find(|mask| !offered.contains(mask)) {
            let known = offered.join(", ");
            return Err(ApiError::invalid_field(&format!("no account has the mask {unknown:?}; there are {known}")));
        }
        if masks.is_empty() { Err(offer::no_accounts()) } else { Ok(Some(masks)) }
    }
}

/// An error as events have it.
pub fn error_of(error: &ApiError) -> Value {
    json!({"error_code": error.code, "error_message": error.message, "error_type": error.kind})
}
