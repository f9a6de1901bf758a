//! Controls of a running emulator from the program that started it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::bank::Login;
use crate::commands::{self, Move, Refused};
use crate::controls;
use crate::due::run_due;
use crate::emulator::Emulator;
use crate::error::ApiError;
use crate::lock::lock;
use crate::ops::link_session::{self, Stepped};
use crate::ops::{self, AccountNumbers, Finish, World};
use crate::seed::{self, Wanted};
use crate::state::{Tenant, Webhook};

/// One tenant of a running emulator, as the program that started it sees it. The controls over HTTP have the same verbs.
pub struct Handle<'a> {
    emulator: &'a Emulator,
    tenant: Arc<Mutex<Tenant>>,
}

impl Emulator {
    /// The tenant of a client id, if it has called the API before.
    pub fn tenant(&self, client_id: &str) -> Option<Handle<'_>> {
        Some(Handle { emulator: self, tenant: self.engine.known(client_id)? })
    }

    /// The tenant of a client id. If there is none, it is made as by its first call, and the secret becomes its secret. So a test
    /// can order a fault or freeze the clock before the first call.
    ///
    /// # Errors
    /// For a client id that is not 24 hexadecimal digits, and for a secret that is not the tenant's.
    pub fn open_tenant(&self, client_id: &str, secret: &str) -> Result<Handle<'_>, ApiError> {
        Ok(Handle { emulator: self, tenant: self.engine.open(client_id, secret)? })
    }
}

impl Handle<'_> {
    /// Carries out a control of `/_plaid`: `control("POST", "faults", json!({"http": 503, "count": 1}))`. The README lists
    /// them. It answers as over HTTP, but does not wait: for webhooks see [`Handle::await_webhook`].
    ///
    /// # Errors
    /// For an unknown control, and for what the control refuses.
    pub fn control(&self, method: &str, path: &str, body: Value) -> Result<Value, Refused> {
        let client_id = lock(&self.tenant).client_id.clone();
        let done = controls::run(&self.emulator.engine, method, path, &client_id, body);
        self.emulator.wake.wake();
        done
    }

    /// The present of its clock.
    pub fn now(&self) -> DateTime<Utc> {
        lock(&self.tenant).now()
    }

    /// Moves the clock forward. All that becomes due on the way happens, each at its time.
    ///
    /// # Errors
    /// For a negative duration.
    pub fn advance(&self, by: TimeDelta) -> Result<DateTime<Utc>, Refused> {
        self.command(|tenant| commands::advance(tenant, Move::By(by)))
    }

    /// Moves the clock to the next event that is scheduled.
    ///
    /// # Errors
    /// If nothing is scheduled.
    pub fn advance_to_next(&self) -> Result<DateTime<Utc>, Refused> {
        self.command(|tenant| commands::advance(tenant, Move::Next))
    }

    /// Finishes a Link session: a public token for a new Item, or a repaired Item in update mode. Returns `public_token` and
    /// `metadata`, the arguments of Link's `onSuccess`.
    ///
    /// # Errors
    /// The error that the person would see in Link.
    pub fn complete_link(&self, link_token: &str, finish: Finish<'_>) -> Result<Value, ApiError> {
        let world = self.emulator.engine.world();
        self.command(|tenant| {
            let done = ops::finish_session(tenant, world, link_token, finish);
            run_due(tenant);
            done
        })
    }

    /// Finishes a Link session with the numbers of an account, as in the flows of Auth with micro-deposits and databases.
    ///
    /// # Errors
    /// The error that the person would see in Link.
    pub fn enter_numbers(&self, link_token: &str, numbers: &AccountNumbers<'_>) -> Result<Value, ApiError> {
        let world = self.emulator.engine.world();
        self.command(|tenant| {
            let done = ops::enter_numbers(tenant, world, link_token, numbers);
            run_due(tenant);
            done
        })
    }

    /// Finishes a session of update mode with the code of a micro-deposit. The Sandbox's code is `ABC`.
    ///
    /// # Errors
    /// The error that the person would see in Link.
    pub fn confirm_deposit(&self, link_token: &str, code: &str) -> Result<Value, ApiError> {
        let world = self.emulator.engine.world();
        self.command(|tenant| {
            let done = ops::confirm_deposit(tenant, world, link_token, code);
            run_due(tenant);
            done
        })
    }

    /// Opens a Link session, or goes on with the open one. Returns what it waits for (`step`) and what the person sees.
    ///
    /// # Errors
    /// `INVALID_LINK_TOKEN` for an unknown or expired token.
    pub fn open_link(&self, link_token: &str) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::open(tenant, world, link_token))
    }

    /// Chooses an institution in a Link session. One that is down is shown as such in `error`.
    ///
    /// # Errors
    /// For an unknown token or institution, and if the session waits for something else.
    pub fn select_link(&self, link_token: &str, institution: &str) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::select(tenant, world, link_token, institution))
    }

    /// Logs in in a Link session. What the bank answers is in `error` and `step`.
    ///
    /// # Errors
    /// For an unknown token, and if the session waits for something else.
    pub fn login_link(&self, link_token: &str, login: Login<'_>) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::log_in(tenant, world, link_token, login))
    }

    /// Answers a round of a bank's questions in a Link session.
    ///
    /// # Errors
    /// For an unknown token, and if the session waits for something else.
    pub fn mfa_link(&self, link_token: &str, answers: &[&str]) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::answer(tenant, world, link_token, answers))
    }

    /// Enters the code of a deposit in a Link session of update mode, whose Item waits for it.
    ///
    /// # Errors
    /// For an unknown token, and if the session waits for something else.
    pub fn deposit_link(&self, link_token: &str, code: &str) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::confirm(tenant, world, link_token, code))
    }

    /// Chooses the accounts to share in a Link session, by their masks. `None` means all.
    ///
    /// # Errors
    /// For an unknown token or account, and if the session waits for something else.
    pub fn accounts_link(&self, link_token: &str, masks: Option<Vec<String>>) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::choose(tenant, world, link_token, masks))
    }

    /// Adds an event to a Link session.
    ///
    /// # Errors
    /// For an unknown token.
    pub fn event_link(&self, link_token: &str, name: &str, metadata: Value) -> Result<Value, Refused> {
        self.step(|tenant, world| link_session::add_event(tenant, world, link_token, name, metadata))
    }

    fn step(&self, take: impl FnOnce(&mut Tenant, &World) -> Stepped) -> Result<Value, Refused> {
        let world = self.emulator.engine.world();
        self.command(|tenant| {
            let stepped = take(tenant, world);
            run_due(tenant);
            Ok(stepped?)
        })
    }

    /// The state that an application gets back from a bank's own login page, if a session of the token has been there.
    pub fn oauth_state(&self, link_token: &str) -> Option<String> {
        lock(&self.tenant).links.get(link_token)?.sessions.last()?.oauth_state.clone()
    }

    /// Leaves a Link session without a result, with an error or without one.
    ///
    /// # Errors
    /// `INVALID_LINK_TOKEN` for an unknown or expired token.
    pub fn exit_link(&self, link_token: &str, error: Option<&ApiError>) -> Result<Value, ApiError> {
        let world = self.emulator.engine.world();
        self.command(|tenant| ops::leave_session(tenant, world, link_token, error))
    }

    /// Breaks an Item, named by its id or access token. Its data can't be read until it is repaired.
    ///
    /// # Errors
    /// If there is no such Item.
    pub fn break_item(&self, item: &str, error: Option<ApiError>) -> Result<(), Refused> {
        self.command(|tenant| commands::break_item(tenant, item, error))
    }

    /// Repairs an Item as if the user had logged in elsewhere.
    ///
    /// # Errors
    /// If there is no such Item.
    pub fn repair_item(&self, item: &str) -> Result<(), Refused> {
        self.command(|tenant| commands::repair_item(tenant, item))
    }

    /// Does something at the bank of an Item, as `POST /_plaid/items/{id}/{verb}` does: `append_transactions`, `balances`,
    /// `expire_consent`, `mutate`, `mutate_during_pagination`, `new_account`, `owners`, `remove_transactions`, `advance_update`.
    ///
    /// # Errors
    /// If there is no such Item or verb, and for fields that the verb does not take.
    pub fn at_bank(&self, item: &str, verb: &str, fields: &Value) -> Result<Value, Refused> {
        self.command(|tenant| commands::at_bank(tenant, item, verb, fields))
    }

    /// Lets the user of an Item take back their permission.
    ///
    /// # Errors
    /// If there is no such Item.
    pub fn revoke_item(&self, item: &str) -> Result<(), Refused> {
        self.command(|tenant| commands::revoke_item(tenant, item))
    }

    /// Makes a user, Items, tokens, and one object of each kind. They are under the names of the fields that requests name
    /// them by: `access_token`, `transfer_id`.
    ///
    /// # Errors
    /// If the user or an Item can't be made, because of a fault for instance.
    pub fn seed(&self) -> Result<BTreeMap<String, Value>, Refused> {
        self.command(|tenant| seed::seed(&self.emulator.engine, tenant))
    }

    /// Makes the users and Items of a list: `{"users": […], "items": […]}`, as `POST /_plaid/seed` does.
    ///
    /// # Errors
    /// Names the place of the first mistake. Then nothing was made.
    pub fn seed_with(&self, list: &Value) -> Result<Value, Refused> {
        let engine = &self.emulator.engine;
        let wanted = Wanted::read(list, &engine.world().institutions)?;
        self.command(|tenant| wanted.make(engine, tenant))
    }

    /// The last 1,000 webhooks or more, oldest first, delivered or not. Those that still have to be delivered are among them.
    pub fn webhooks(&self) -> Vec<Webhook> {
        lock(&self.tenant).webhooks.to_vec()
    }

    /// Waits until there is a webhook of a type and a code, and returns the first one.
    ///
    /// # Errors
    /// If none has come when the time is over.
    pub async fn await_webhook(&self, kind: &str, code: &str, within: Duration) -> Result<Webhook, Refused> {
        let deadline = tokio::time::Instant::now() + within;
        loop {
            let found = lock(&self.tenant).webhooks.iter().find(|one| one.kind == kind && one.code == code).cloned();
            match found {
                Some(webhook) => return Ok(webhook),
                None if tokio::time::Instant::now() >= deadline => {
                    let message = format!("no webhook {kind}: {code} came within {} s", within.as_secs());
                    return Err(Refused::new(message, "a frozen clock has to be advanced"));
                }
                None => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    }

    fn command<T>(&self, run: impl FnOnce(&mut Tenant) -> T) -> T {
        let done = run(&mut lock(&self.tenant));
        self.emulator.wake.wake();
        done
    }
}
