//! How sessions end: with an Item, with a repaired Item, or without a result.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{Walk, error_of};
use super::{World, adds_several};
use crate::bank::{self, Login};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json;
use crate::ops::cra;
use crate::ops::items::{self, DAYS, NewItem, make_public_token};
use crate::ops::{income, issues, payments, statements, verify};
use crate::state::{AccountId, Item, ItemId, ItemState, Step, Tenant};

/// The products that Link asks for consent to. `None`: it asks for none in particular, so every product can be used.
fn consented(request: Fields<'_>) -> Option<BTreeSet<String>> {
    let asks = request.texts("additional_consented_products").is_some_and(|all| !all.is_empty());
    let lists = ["products", "required_if_supported_products", "optional_products", "additional_consented_products"];
    asks.then(|| lists.into_iter().flat_map(|name| items::texts(request, name)).collect())
}

impl Walk<'_> {
    /// Adds an Item with the chosen accounts, or repairs the one of update mode. The session ends, unless it can add several.
    ///
    /// # Errors
    /// The error of the login, and for accounts that are not offered.
    pub fn add(&mut self, masks: Option<Vec<String>>) -> Result<(), ApiError> {
        let id = match self.link.update.clone() {
            Some(id) => self.repair(id, masks)?,
            None => {
                let masks = self.chosen(masks)?;
                let request = Fields(&self.link.request);
                let products = ["products", "required_if_supported_products"].map(|name| items::texts(request, name));
                let days = request.object("transactions").within("days_requested", 1..=730, DAYS)?;
                let new = NewItem {
                    institution: self.institution()?,
                    login: Login { username: &self.session.username, password: &self.session.password },
                    products: products.concat(),
                    webhook: request.text("webhook").map(str::to_owned),
                    days: i64::try_from(days).unwrap_or(DAYS),
                    masks,
                    user: self.link.user.clone(),
                };
                let window = statements::window(request.object("statements"), self.tenant.now().date_naive())?;
                let consented = consented(request);
                let id = items::create(self.tenant, new)?;
                if let Some(item) = self.tenant.items.get_mut(&id) {
                    item.consented = consented;
                }
                if let Some(window) = window {
                    bank::start_statements(self.tenant, &id, window, false);
                }
                id
            }
        };
        self.added(id)
    }

    /// Ends with an Item, unless the session can add several.
    ///
    /// # Errors
    /// `ITEM_NOT_FOUND` if there is no such Item.
    pub fn added(&mut self, id: ItemId) -> Result<(), ApiError> {
        let (public, _) = make_public_token(self.tenant, id.clone());
        let item = self.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
        let metadata = metadata(item, self.world, &self.session.id);
        self.session.results.push((public.clone(), metadata));
        self.session.password.clear();
        if self.link.hosted.is_some() && self.link.update.is_none() && adds_several(Fields(&self.link.request)) {
            self.webhooks.push(("ITEM_ADD_RESULT", self.about(json!({"public_token": public}))));
        }
        if adds_several(Fields(&self.link.request)) && self.link.update.is_none() {
            self.session.step = Step::Added;
            self.view("CONNECTED");
        } else {
            self.view("CONNECTED");
            self.finish();
        }
        Ok(())
    }

    /// Update mode: the Item can be read again. Where accounts are chosen, new ones are added and others dropped.
    fn repair(&mut self, id: ItemId, masks: Option<Vec<String>>) -> Result<ItemId, ApiError> {
        let institution = self.institution()?;
        self.login().at(institution)?;
        let selects = Fields(&self.link.request).object("update").flag("account_selection_enabled");
        let masks = if selects { self.chosen(masks)? } else { None };
        let today = self.tenant.now().date_naive();
        let login = Login { username: &self.session.username, password: &self.session.password };
        let opened = match selects {
            true => bank::open(login, institution, today, &mut self.tenant.ids)?.accounts,
            false => Vec::new(),
        };
        let item = self.tenant.items.get_mut(&id).filter(|item| item.state != ItemState::Removed);
        let item = item.ok_or_else(ApiError::item_not_found)?;
        if let Some(consented) = &mut item.consented {
            consented.extend(items::texts(Fields(&self.link.request), "additional_consented_products"));
        }
        let known: Vec<AccountId> = item.accounts.iter().map(|account| account.id.clone()).collect();
        if selects {
            let unshared = std::mem::take(&mut item.unshared);
            let (chosen, left): (Vec<_>, Vec<_>) = unshared
                .into_iter()
                .partition(|account| masks.as_ref().is_none_or(|masks| masks.contains(&account.mask)));
            item.accounts.extend(chosen);
            item.unshared = left;
            let is_chosen = |mask: &String| masks.as_ref().is_none_or(|masks| masks.contains(mask));
            item.accounts.retain(|account| is_chosen(&account.mask));
            for account in opened {
                if is_chosen(&account.mask) && item.accounts.iter().all(|known| known.mask != account.mask) {
                    item.accounts.push(account);
                }
            }
        }
        let accounts = item.accounts.iter().map(|account| account.id.clone());
        let new: Vec<AccountId> = accounts.filter(|account| !known.contains(account)).collect();
        bank::consent::renew(self.tenant, &id);
        if !new.is_empty() {
            bank::added_accounts(self.tenant, &id, &new);
        }
        Ok(id)
    }

    /// Ends with success.
    pub fn finish(&mut self) {
        self.event("HANDOFF", json!({}));
        let now = self.tenant.now();
        self.session.end(now, Step::Finished);
        payments::authorised(self.tenant, &self.link.request);
        // Protect scores the sessions of its products.
        let products = items::texts(Fields(&self.link.request), "products");
        let is_protected = products.iter().any(|product| product.starts_with("protect_"));
        if let Some(user) = self.link.user.clone().filter(|_| is_protected) {
            verify::protect::link_complete(self.tenant, &user, &self.session.id);
        }
        self.announce("SUCCESS");
        if let (Some(user), None) = (&self.link.user, &self.link.update) {
            cra::after_link(self.tenant, self.world, Fields(&self.link.request), user);
        }
        income::session_finished(self.tenant, self.world, &self.link, &self.session);
    }

    /// Leaves without a result, and returns the arguments of `onExit`. A session that has added an Item ends with success.
    pub fn leave(&mut self, error: Option<&ApiError>) -> Value {
        let error = error.cloned().or_else(|| self.session.error.clone());
        let status = self.exit_status(error.as_ref());
        let institution = self.institution().ok();
        let mut metadata = json!({
            "institution": institution.map(|one| json!({"institution_id": one.id, "name": one.name})),
            "link_session_id": self.session.id,
            "request_id": self.request_id,
        });
        if let Some(status) = status {
            metadata["status"] = status.into();
        }
        let exit = json!({"error": error.as_ref().map(ApiError::in_webhook), "metadata": metadata});
        let is_of_bank = error.as_ref().is_some_and(|error| error.kind == "INSTITUTION_ERROR");
        if let Some(institution) = institution.filter(|_| is_of_bank) {
            issues::met(self.tenant, self.world, &institution.id, (&self.session.id, &self.request_id));
        }
        if !self.session.results.is_empty() {
            self.finish();
            return exit;
        }
        let mut about = error.as_ref().map(error_of).unwrap_or_else(|| json!({}));
        if let Some(status) = status {
            about["exit_status"] = status.into();
        }
        if let Some(error) = &error {
            payments::refused(self.tenant, &self.link.request, error);
        }
        self.event("EXIT", about);
        let now = self.tenant.now();
        self.session.end(now, Step::Left);
        self.session.exit = Some(exit.clone());
        self.announce("EXITED");
        exit
    }

    /// Where in Link the person left. `None` before the first choice.
    fn exit_status(&self, error: Option<&ApiError>) -> Option<&'static str> {
        if error.is_some_and(|error| error.code == "INSTITUTION_NO_LONGER_SUPPORTED") {
            return Some("institution_not_supported");
        }
        match self.session.step {
            Step::SelectInstitution => {
                let text = self.session.search.as_ref()?.to_lowercase();
                let is_found = self.world.institutions.iter().any(|one| one.name.to_lowercase().contains(&text));
                (!is_found).then_some("institution_not_found")
            }
            Step::LogIn if self.institution().is_ok_and(|one| one.oauth) => Some("requires_oauth"),
            Step::LogIn => Some("requires_credentials"),
            Step::Mfa(number) => Some(match self.plan().and_then(|plan| plan.round(number)).map(|round| round.kind) {
                Some("device") => "choose_device",
                Some("questions") => "requires_questions",
                Some("selections") => "requires_selections",
                _ => "requires_code",
            }),
            Step::Deposit => Some("requires_code"),
            Step::SelectAccounts => Some("requires_account_selection"),
            Step::Verify | Step::Added | Step::Finished | Step::Left => None,
        }
    }

    /// The fields of a webhook about the session.
    fn about(&self, fields: Value) -> Value {
        let mut about = json!({"link_session_id": self.session.id, "link_token": self.link.token});
        json::merge(&mut about, fields);
        about
    }

    /// The webhooks of a hosted session that has ended.
    fn announce(&mut self, status: &str) {
        if self.link.hosted.is_none() {
            return;
        }
        let tokens: Vec<&str> = self.session.results.iter().map(|(token, _)| token.as_str()).collect();
        let mut webhooks = vec![("EVENTS", self.about(json!({"events": self.session.events})))];
        // A session that adds several Items has reported each when it was added. Update mode adds none.
        if self.link.update.is_none() && !adds_several(Fields(&self.link.request)) {
            webhooks.extend(tokens.iter().map(|token| ("ITEM_ADD_RESULT", self.about(json!({"public_token": token})))));
        }
        let mut fields = json!({"status": status});
        if !tokens.is_empty() {
            fields["public_tokens"] = json!(tokens);
        }
        if let Some(user) = &self.link.user {
            fields["user_id"] = user.as_str().into();
        }
        webhooks.push(("SESSION_FINISHED", self.about(fields)));
        self.webhooks.extend(webhooks);
    }
}

/// Reports the events of a hosted session without a step for some minutes. The person can still go on.
pub fn link_idle(tenant: &mut Tenant, token: &str, id: &str) {
    let Some(link) = tenant.links.get(token) else { return };
    let Some(session) = link.sessions.iter().find(|one| one.id == id && one.finished.is_none()) else { return };
    let url = Fields(&link.request).text("webhook").map(str::to_owned);
    let fields = json!({"events": session.events, "link_session_id": id, "link_token": token});
    tenant.webhook(None, url, "LINK", "EVENTS", fields);
}

/// The second argument of Link's `onSuccess`.
fn metadata(item: &Item, world: &World, session: &str) -> Value {
    // Numbers without a login name no institution.
    let institution = world.institution(&item.institution).ok();
    let institution = institution.map(|one| json!({"institution_id": one.id, "name": one.name}));
    let accounts = item.accounts.iter().map(|account| {
        json!({
            "class_type": null,
            "id": account.id,
            "mask": account.mask,
            "name": account.name,
            "subtype": account.subtype,
            "type": account.kind,
            "verification_status": account.verification_status(),
        })
    });
    json!({
        "accounts": accounts.collect::<Vec<_>>(),
        "institution": institution,
        "link_session_id": session,
        "transfer_status": null,
    })
}
