//! The engine: takes a request, finds its tenant, lets its operation run, and keeps what was said.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use plaid_catalog::model::Operation;

use crate::api;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::due::run_due;
use crate::error::ApiError;
use crate::faults;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::json::{self, Draft, Written};
use crate::lock::lock;
use crate::log::Entry;
use crate::ops::{self, Answer, Call, World};
use crate::request::{Body, Damage, Reply, Request};
use crate::state::{Effect, Pace, SigningKey, Tenant, TransferRules, UserApi};
use crate::store::{StateFile, StoreError};

/// The media type of a form, which the operations of OAuth take as well.
const FORM: &str = "application/x-www-form-urlencoded";

/// How an emulator behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Decides all ids.
    pub seed: u64,
    /// The clock that a new tenant starts with.
    pub clock: Clock,
    /// How long banks take.
    pub pace: Pace,
    /// Whether a request with unknown fields or values is answered all the same.
    pub lenient: bool,
    /// Whether a login has to be renewed after 30 days.
    pub logins_age: bool,
    /// Whether each response and webhook is checked against the document. What does not fit is an
    /// `INTERNAL_SERVER_ERROR` that says so.
    pub self_check: bool,
}

/// Makes what a new tenant has, or says why it can't.
pub type Welcome = dyn Fn(&Engine, &mut Tenant) -> Result<(), String> + Send + Sync;

/// The engine of an emulator. It is shared by all doors: the socket, the library and the transport.
pub struct Engine {
    settings: Settings,
    world: World,
    tenants: Mutex<HashMap<String, Arc<Mutex<Tenant>>>>,
    /// The ids of responses to callers without a tenant.
    strangers: Mutex<Ids>,
    /// Saved tenants, by client id and the snapshot's name.
    snapshots: Mutex<BTreeMap<(String, String), Tenant>>,
    /// Makes what each new tenant has.
    welcome: Option<Box<Welcome>>,
    /// How Transfer behaves for new tenants.
    transfer_rules: TransferRules,
    /// By what new users are named.
    user_api: UserApi,
}

impl Engine {
    /// An engine without tenants.
    pub fn new(settings: Settings, world: World) -> Self {
        let strangers = Mutex::new(Ids::new(settings.seed, ""));
        Self {
            settings,
            world,
            tenants: Mutex::default(),
            strangers,
            snapshots: Mutex::default(),
            welcome: None,
            transfer_rules: TransferRules::default(),
            user_api: UserApi::default(),
        }
    }

    /// Sets how Transfer behaves for new tenants.
    pub fn with_transfer_rules(self, transfer_rules: TransferRules) -> Self {
        Self { transfer_rules, ..self }
    }

    /// Sets by what new users are named.
    pub fn with_user_api(self, user_api: UserApi) -> Self {
        Self { user_api, ..self }
    }

    /// Lets a function make what each new tenant has. Its error is that of the tenant's first call.
    pub fn welcoming(self, welcome: Box<Welcome>) -> Self {
        Self { welcome: Some(welcome), ..self }
    }

    /// What all tenants share.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Answers a request.
    pub fn handle(&self, request: &Request<'_>) -> Reply {
        if request.path == "/categories/get" && request.client_id.is_none() && request.method == "POST" {
            return self.answer_stranger(request);
        }
        self.answer_client(request)
    }

    fn answer_client(&self, request: &Request<'_>) -> Reply {
        match self.admit(request) {
            Ok((tenant, operation, body)) => self.answer(&mut lock(&tenant), request, operation, &body),
            Err(error) => {
                let id = lock(&self.strangers).request();
                let body = Body::Json(Written::of(&error.body(&id)));
                Reply { status: error.status, request_id: id, body, damage: Damage::None }
            }
        }
    }

    /// Answers the one operation that needs no credentials. A caller with credentials is answered as their tenant.
    fn answer_stranger(&self, request: &Request<'_>) -> Reply {
        let names_client =
            serde_json::from_slice::<Value>(request.body).is_ok_and(|body| body.get("client_id").is_some());
        if names_client {
            return self.answer_client(request);
        }
        let request_id = lock(&self.strangers).request();
        let mut body = Draft::of(ops::public_categories());
        body.insert("request_id", &request_id.as_str().into());
        Reply { status: 200, request_id, body: Body::Json(body.finish()), damage: Damage::None }
    }

    /// The checks before a tenant is known: the path, the media type, JSON, the credentials.
    fn admit(&self, request: &Request<'_>) -> Result<(Arc<Mutex<Tenant>>, &'static Operation, Value), ApiError> {
        let operation = api::find(request.method, request.path);
        let operation = operation.ok_or_else(|| ApiError::not_found(request.path))?;
        let is_json = |kind: &str| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json");
        let is_form = |kind: &str| kind.split(';').next().is_some_and(|kind| kind.trim() == FORM);
        let has_form = request.path.starts_with("/oauth/") && request.content_type.is_some_and(is_form);
        if !request.body.is_empty() && !has_form && !request.content_type.is_some_and(is_json) {
            return Err(ApiError::invalid_headers("Content-Type"));
        }
        let body = match request.body {
            [] => json!({}),
            form if has_form => api::form(form),
            body => serde_json::from_slice(body).map_err(|error| ApiError::invalid_body(&error.to_string()))?,
        };
        let caller = Caller::of(request, &body)?;
        let tenant = self.tenant(&caller)?;
        Ok((tenant, operation, body))
    }

    /// The tenant of a caller. The first call creates it and fixes its secret.
    fn tenant(&self, caller: &Caller) -> Result<Arc<Mutex<Tenant>>, ApiError> {
        let mut tenants = lock(&self.tenants);
        if let Some(tenant) = tenants.get(&caller.client_id) {
            let tenant = Arc::clone(tenant);
            drop(tenants);
            let is_right = lock(&tenant).secret == caller.secret;
            return if is_right { Ok(tenant) } else { Err(ApiError::invalid_api_keys()) };
        }
        let tenant = Arc::new(Mutex::new(self.new_tenant(caller)?));
        tenants.insert(caller.client_id.clone(), Arc::clone(&tenant));
        Ok(tenant)
    }

    fn new_tenant(&self, caller: &Caller) -> Result<Tenant, ApiError> {
        let Settings { seed, clock, pace, logins_age, .. } = &self.settings;
        let mut tenant = Tenant::new(*seed, &caller.client_id, &caller.secret, clock.clone(), *pace);
        (tenant.logins_age, tenant.user_api) = (*logins_age, self.user_api);
        tenant.transfers.rules = self.transfer_rules.clone();
        let (id, now) = (tenant.ids.uuid(), tenant.now());
        let key = SigningKey::generate(id, now);
        tenant.keys.push(key.map_err(|error| internal(&error.to_string()))?);
        if let Some(welcome) = &self.welcome {
            welcome(self, &mut tenant).map_err(|refused| internal(&refused))?;
        }
        Ok(tenant)
    }

    /// A tenant by its client id, if it has called before.
    pub fn known(&self, client_id: &str) -> Option<Arc<Mutex<Tenant>>> {
        lock(&self.tenants).get(client_id).map(Arc::clone)
    }

    /// Makes the tenant of a client id, as its first call would. One that is there already stays as it is.
    ///
    /// # Errors
    /// For a client id that has not the form of one, and for a secret that is not the tenant's.
    pub fn open(&self, client_id: &str, secret: &str) -> Result<Arc<Mutex<Tenant>>, ApiError> {
        self.tenant(&Caller::new(client_id, Some(secret))?)
    }

    /// All tenants, by client id.
    pub fn all(&self) -> Vec<(String, Arc<Mutex<Tenant>>)> {
        let mut all: Vec<_> = lock(&self.tenants).iter().map(|(id, tenant)| (id.clone(), Arc::clone(tenant))).collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    /// Forgets a tenant. Its next call creates it anew.
    pub fn reset(&self, client_id: &str) -> bool {
        lock(&self.tenants).remove(client_id).is_some()
    }

    /// Puts a tenant in place of the one with the same client id.
    pub fn put(&self, mut tenant: Tenant) {
        tenant.resume();
        lock(&self.tenants).insert(tenant.client_id.clone(), Arc::new(Mutex::new(tenant)));
    }

    /// Writes all tenants into a state file.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn save(&self, file: &StateFile) -> Result<(), StoreError> {
        let tenants: Vec<Tenant> = self.all().iter().map(|(_, tenant)| lock(tenant).clone()).collect();
        file.save(&tenants.iter().collect::<Vec<_>>())
    }

    /// Keeps a copy of a tenant under a name. An older copy of the name is replaced.
    pub fn snapshot(&self, tenant: &Tenant, name: &str) {
        lock(&self.snapshots).insert((tenant.client_id.clone(), name.to_owned()), tenant.clone());
    }

    /// The names of the copies of a client's tenant.
    pub fn snapshots(&self, client_id: &str) -> Vec<String> {
        let snapshots = lock(&self.snapshots);
        snapshots.keys().filter(|(client, _)| client == client_id).map(|(_, name)| name.clone()).collect()
    }

    /// Puts a copy back.
    ///
    /// # Errors
    /// Returns the names that the client has copies of if there is none of this name.
    pub fn restore(&self, client_id: &str, name: &str) -> Result<(), Vec<String>> {
        let snapshots = lock(&self.snapshots);
        match snapshots.get(&(client_id.to_owned(), name.to_owned())).cloned() {
            Some(tenant) => {
                self.put(tenant);
                Ok(())
            }
            None => {
                let own = snapshots.keys().filter(|(client, _)| client == client_id);
                Err(own.map(|(_, name)| name.clone()).collect())
            }
        }
    }

    /// Carries out an operation for a tenant, as if it had called.
    ///
    /// # Errors
    /// The body of the error that it answers.
    pub fn perform(&self, tenant: &mut Tenant, path: &str, body: &Value) -> Result<Value, Value> {
        let text = body.to_string();
        let (client_id, secret) = (tenant.client_id.clone(), tenant.secret.clone());
        let request = Request {
            method: "POST",
            path,
            query: None,
            content_type: Some("application/json"),
            client_id: Some(&client_id),
            secret: Some(&secret),
            body: text.as_bytes(),
        };
        let Some(operation) = api::find(request.method, path) else {
            return Err(ApiError::not_found(path).body(""));
        };
        let reply = self.answer(tenant, &request, operation, body);
        match reply.body {
            Body::Json(text) if reply.status == 200 => Ok(text.value()),
            Body::Json(error) => Err(error.value()),
            Body::File(_) => Ok(Value::Null),
        }
    }

    fn answer(&self, tenant: &mut Tenant, request: &Request<'_>, operation: &'static Operation, sent: &Value) -> Reply {
        run_due(tenant);
        let request_id = tenant.ids.request();
        let mut problems = Vec::new();
        let effect = faults::meet(tenant, request.path, Fields(sent));
        let outcome = match &effect {
            // The bank or Plaid is broken, so nothing is carried out.
            Some(Effect::Error(error)) => Err(error.clone()),
            Some(Effect::Http(_)) => Ok(Body::Json(Written::of(&json!({})))),
            _ => self.operate(tenant, request, operation, sent, &mut problems).and_then(|answer| {
                let mut draft = match answer {
                    Answer::File(file) => return Ok(Body::File(file)),
                    Answer::Json(value) => Draft::of(value),
                    Answer::Draft(draft) => draft,
                };
                draft.insert("request_id", &request_id.as_str().into());
                self.checked(tenant, operation, draft.finish(), &mut problems).map(Body::Json)
            }),
        };
        let (status, body) = match outcome {
            Ok(body) => (200, body),
            Err(error) => (error.status, Body::Json(Written::of(&error.body(&request_id)))),
        };
        let mut reply = Reply { status, request_id, body, damage: Damage::None };
        if let Some(effect) = &effect {
            faults::apply(effect, &mut reply);
        }
        let response = match &reply.body {
            Body::Json(text) => text.clone(),
            Body::File(_) => Written::of(&Value::Null),
        };
        let call = format!("{} {}", request.method, request.path);
        let mut entry = Entry::new(reply.request_id.clone(), tenant.now(), call, sent);
        (entry.status, entry.response, entry.problems) = (reply.status, response, problems);
        tenant.log.add(entry);
        // Data that is ready at once is announced before the next call.
        run_due(tenant);
        reply
    }

    /// A response that fits Plaid's document, if the emulator checks itself. The webhooks since the last call have to fit, too.
    fn checked(
        &self,
        tenant: &mut Tenant,
        operation: &Operation,
        text: Written,
        problems: &mut Vec<String>,
    ) -> Result<Written, ApiError> {
        let mut wrong = Vec::new();
        if self.settings.self_check {
            wrong = api::check_response(operation, &text);
            for webhook in tenant.webhooks.after(tenant.checked_webhooks) {
                let found = api::check_webhook(&webhook.kind, &webhook.code, &webhook.body);
                wrong.extend(found.iter().map(|one| format!("webhook {}: {}: {one}", webhook.kind, webhook.code)));
            }
            tenant.checked_webhooks = tenant.webhooks.next_id() - 1;
        }
        if wrong.is_empty() {
            return Ok(text);
        }
        let error = internal(&format!("the emulator's response is wrong: {}", wrong.join("; ")));
        problems.extend(wrong);
        Err(error)
    }

    fn operate(
        &self,
        tenant: &mut Tenant,
        request: &Request<'_>,
        operation: &'static Operation,
        body: &Value,
        problems: &mut Vec<String>,
    ) -> Result<Answer, ApiError> {
        let is_left_out = request.body.is_empty() && operation.body.is_some();
        let has_form = request.content_type.is_some_and(|kind| kind.starts_with(FORM));
        let form = if has_form { json::compact(body).into_bytes() } else { Vec::new() };
        let text = match (is_left_out, has_form) {
            (true, _) => b"{}",
            (false, true) => form.as_slice(),
            (false, false) => request.body,
        };
        let checked = api::check_request(operation, text, self.settings.lenient);
        problems.extend(checked.problems);
        if let Some(error) = checked.error {
            return Err(error);
        }
        let path = request.path;
        let parameters = api::parameters(operation, request.path, request.query);
        let (request, parameters) = (Fields(body), Fields(&parameters));
        let mut call = Call { tenant, world: &self.world, request, parameters };
        match ops::find(&operation.path) {
            Some(entry) => entry.answer(&mut call),
            None => Err(not_emulated(path)),
        }
    }
}

fn internal(message: &str) -> ApiError {
    ApiError::new("API_ERROR", "INTERNAL_SERVER_ERROR", message)
}

fn not_emulated(path: &str) -> ApiError {
    let error = ApiError::new("API_ERROR", "INTERNAL_SERVER_ERROR", format!("the emulator does not have {path}"));
    ApiError { status: 501, ..error }
}
