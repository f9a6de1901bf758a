//! All that belongs to one `client_id`.

use chrono::{DateTime, TimeDelta, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::income::Incomes;
use super::signal::Signal;
use super::verify::Verify;
use super::{
    AccountId, Activity, BankTransfers, Checks, Delivery, Event, Fault, Intent, Item, ItemId, ItemState, LinkToken,
    Originators, Payments, Platform, ProcessorToken, PublicToken, RecurringTransfers, Reports, Rule, Schedule,
    SigningKey, Transfers, User, UserApi, Webhook, Webhooks,
};
use crate::clock::Clock;
use crate::error::ApiError;
use crate::ids::Ids;
use crate::json;
use crate::log::Log;

/// All that belongs to one `client_id`. Tenants never see each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tenant {
    /// The client id.
    pub client_id: String,
    /// The secret that it was first used with.
    pub secret: String,
    /// Its clock.
    pub clock: Clock,
    /// Its source of ids.
    pub ids: Ids,
    /// How long banks take.
    pub pace: Pace,
    /// Its Items, removed ones too.
    pub items: IndexMap<ItemId, Item>,
    /// The Items by access token. An invalidated token has no entry.
    pub access: IndexMap<String, ItemId>,
    /// Its Link tokens.
    pub links: IndexMap<String, LinkToken>,
    /// Its public tokens.
    pub public: IndexMap<String, PublicToken>,
    /// Its processor tokens.
    pub processors: IndexMap<String, ProcessorToken>,
    /// Its bank transfers.
    #[serde(default)]
    pub bank_transfers: BankTransfers,
    /// Its recurring transfers, and the test clocks.
    #[serde(default)]
    pub recurring: RecurringTransfers,
    /// The clients that it makes transfers for.
    #[serde(default)]
    pub originators: Originators,
    /// The transfers that users are asked for in Link, by id.
    #[serde(default)]
    pub intents: IndexMap<String, Intent>,
    /// Its users, by id.
    pub users: IndexMap<String, User>,
    /// What happened to its Items, oldest first.
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// Whether a login has to be renewed after 30 days, as in Plaid's Sandbox.
    #[serde(default)]
    pub logins_age: bool,
    /// The rules of users that re-categorize transactions.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Its asset reports.
    #[serde(default)]
    pub reports: Reports,
    /// What Plaid Check keeps: reports about users, subscriptions, loans.
    #[serde(default)]
    pub checks: Checks,
    /// By what new users are named.
    #[serde(default)]
    pub user_api: UserApi,
    /// What Transfer keeps.
    #[serde(default)]
    pub transfers: Transfers,
    /// Its payments in Europe, and its wallets.
    #[serde(default)]
    pub payments: Payments,
    /// What Identity Verification, Monitor, Beacon, Protect and the verification of businesses keep.
    #[serde(default)]
    pub verify: Verify,
    /// Payments whose risk was evaluated, and the rules for them.
    #[serde(default)]
    pub signal: Signal,
    /// What it has besides Items and products.
    #[serde(default)]
    pub platform: Platform,
    /// Incomes: reports and payrolls.
    #[serde(default)]
    pub incomes: Incomes,
    /// What happens later.
    pub schedule: Schedule,
    /// The keys that sign its webhooks, the present one last.
    pub keys: Vec<SigningKey>,
    /// The faults that were ordered.
    pub faults: Vec<Fault>,
    /// Its webhooks, oldest first.
    pub webhooks: Webhooks,
    /// The number of the last webhook that was checked against the document.
    #[serde(skip)]
    pub checked_webhooks: u64,
    /// The webhooks that are to be sent now.
    #[serde(skip)]
    pub outbox: Vec<u64>,
    /// How many tokens were made since it was looked for what is over.
    #[serde(skip)]
    pub made: u32,
    /// Its requests.
    pub log: Log,
}

/// How long banks take, in milliseconds of the virtual clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// From the creation of an Item to its first transactions.
    pub initial: i64,
    /// From the first transactions to all of them.
    pub historical: i64,
}

impl Pace {
    /// No waiting: data is there at once.
    pub const INSTANT: Self = Self { initial: 0, historical: 0 };
    /// As measured in Plaid's Sandbox.
    pub const SANDBOX: Self = Self { initial: 3_000, historical: 10_000 };
}

impl Tenant {
    /// A new tenant.
    pub fn new(seed: u64, client_id: &str, secret: &str, clock: Clock, pace: Pace) -> Self {
        Self {
            client_id: client_id.to_owned(),
            secret: secret.to_owned(),
            clock,
            ids: Ids::new(seed, client_id),
            pace,
            items: IndexMap::new(),
            access: IndexMap::new(),
            links: IndexMap::new(),
            public: IndexMap::new(),
            processors: IndexMap::new(),
            bank_transfers: BankTransfers::default(),
            recurring: RecurringTransfers::default(),
            originators: Originators::default(),
            intents: IndexMap::new(),
            users: IndexMap::new(),
            activities: Vec::new(),
            logins_age: false,
            rules: Vec::new(),
            reports: Reports::default(),
            checks: Checks::default(),
            user_api: UserApi::default(),
            transfers: Transfers::default(),
            payments: Payments::default(),
            verify: Verify::default(),
            signal: Signal::default(),
            platform: Platform::default(),
            incomes: Incomes::default(),
            schedule: Schedule::default(),
            keys: Vec::new(),
            faults: Vec::new(),
            webhooks: Webhooks::default(),
            checked_webhooks: 0,
            outbox: Vec::new(),
            made: 0,
            log: Log::default(),
        }
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The Item that an access token belongs to, whatever its state.
    ///
    /// # Errors
    /// `INVALID_ACCESS_TOKEN` if no Item has the token, `ITEM_NOT_FOUND` if the Item was removed.
    pub fn any_item(&mut self, access_token: &str) -> Result<&mut Item, ApiError> {
        let mut parts = access_token.splitn(3, '-');
        if let (Some("access"), Some("production" | "development")) = (parts.next(), parts.next()) {
            return Err(ApiError::wrong_environment());
        }
        let id = self.access.get(access_token).ok_or_else(ApiError::invalid_access_token)?;
        let item = self.items.get_mut(id).ok_or_else(ApiError::invalid_access_token)?;
        match item.state {
            ItemState::Removed => Err(ApiError::item_not_found()),
            _ => Ok(item),
        }
    }

    /// The Item that an access token belongs to, for reads of its data.
    ///
    /// # Errors
    /// As [`Tenant::any_item`], and the Item's own error if it has one.
    pub fn item(&mut self, access_token: &str) -> Result<&mut Item, ApiError> {
        let item = self.any_item(access_token)?;
        match item.error() {
            Some(error) => Err(error),
            None => Ok(item),
        }
    }

    /// Makes a webhook about an Item. It goes to the Item's URL.
    pub fn item_webhook(&mut self, item: &ItemId, kind: &str, code: &str, fields: Value) {
        let Some(item) = self.items.get(item) else { return };
        let (id, url) = (item.id.clone(), item.webhook.clone());
        let mut body = json!({"item_id": id});
        // These webhooks name the user, too.
        let names_user = matches!((kind, code), ("ITEM", _) | (_, "SYNC_UPDATES_AVAILABLE"));
        if let Some(user) = item.user.as_ref().filter(|_| names_user && code != "WEBHOOK_UPDATE_ACKNOWLEDGED") {
            body["user_id"] = user.as_str().into();
        }
        json::merge(&mut body, fields);
        self.webhook(Some(id), url, kind, code, body);
    }

    /// Makes a webhook about the transactions of an Item, and one for each processor token with a URL: it names the account in
    /// place of the Item.
    pub fn transactions_webhook(&mut self, item: &ItemId, code: &str, fields: Value) {
        // A webhook that names accounts goes to their processors only, and names the one account to each.
        let accounts = fields.get("account_ids").and_then(Value::as_array).cloned();
        let is_named = |id: &AccountId| accounts.as_ref().is_none_or(|all| all.iter().any(|one| *one == json!(id)));
        let of_item = |entry: &&ProcessorToken| entry.item == *item && is_named(&entry.account);
        let receiver = |entry: &ProcessorToken| Some((entry.webhook.clone()?, entry.account.clone()));
        let receivers: Vec<_> = self.processors.values().filter(of_item).filter_map(receiver).collect();
        for (url, account) in receivers {
            let mut fields = fields.clone();
            json::merge(&mut fields, json!({"account_id": account}));
            if let Value::Object(fields) = &mut fields {
                fields.remove("account_ids");
            }
            self.webhook(None, Some(url), "TRANSACTIONS", code, fields);
        }
        self.item_webhook(item, "TRANSACTIONS", code, fields);
    }

    /// Makes a webhook. Its type, its code and the environment are added to the fields.
    pub fn webhook(&mut self, item: Option<ItemId>, url: Option<String>, kind: &str, code: &str, mut body: Value) {
        let now = self.now();
        json::merge(&mut body, json!({"environment": "sandbox", "webhook_code": code, "webhook_type": kind}));
        let id = self.webhooks.next_id();
        if url.is_some() {
            self.schedule.at(now, Event::Deliver(id));
        }
        self.webhooks.add(Webhook {
            id,
            item,
            state: if url.is_some() { Delivery::Waiting } else { Delivery::NoReceiver },
            url,
            kind: kind.to_owned(),
            code: code.to_owned(),
            made: now,
            body: json::pretty(&body),
            attempts: Vec::new(),
        });
    }

    /// Notes that a webhook is sent for the first time: its Item shows it as the last one. Retries don't count, since the time
    /// of a retry depends on how long the receiver took, and a response must not.
    pub fn last_webhook(&mut self, id: u64, time: DateTime<Utc>) {
        let Some(webhook) = self.webhooks.find(id) else { return };
        let item = webhook.item.as_ref().and_then(|item| self.items.get_mut(item));
        if let Some(item) = item.filter(|_| webhook.attempts.is_empty()) {
            item.last_webhook = Some((time, webhook.code.clone()));
        }
    }

    /// Makes sure that webhooks which wait, or were on their way when the state was saved, are sent.
    pub fn resume(&mut self) {
        let now = self.now();
        for webhook in self.webhooks.iter_mut() {
            let is_open = matches!(webhook.state, Delivery::Waiting | Delivery::Sending);
            if is_open && !self.schedule.has(&Event::Deliver(webhook.id)) {
                webhook.state = Delivery::Waiting;
                self.schedule.at(now, Event::Deliver(webhook.id));
            }
        }
    }

    /// A time after the present.
    pub fn after(&self, milliseconds: i64) -> DateTime<Utc> {
        self.now() + TimeDelta::milliseconds(milliseconds)
    }
}
