//! What the tests provoke: states, error codes and webhooks, for `cargo xtask emulator coverage`.
//!
//! With the environment variable `PLAID_EMULATOR_COVERAGE`, a [`Lab`](crate::support::Lab) adds a line per fact to the file of
//! this name: the operation, the kind of the fact, the fact, and the test, with tabs between them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Kind, Operation, ResponseBody, Type, TypeId};
use plaid_emulator::Webhook;
use serde_json::Value;

/// What a fact without an operation belongs to: a webhook of time or of a control, and the error of an unknown path.
pub const NONE: &str = "none";

/// What an object's state is called.
const STATES: [&str; 6] = ["status", "state", "decision", "outcome", "result", "event_type"];

/// Tests that send whatever fits the document, or do the same to many kinds of objects. Tests of a subject show what they meet.
const WITHOUT_AIM: [&str; 4] = ["collections::", "fuzz::", "keys::", "state_paths::"];

/// Takes down what one test provokes.
pub struct Facts {
    file: Option<PathBuf>,
    test: String,
    webhooks: Mutex<usize>,
    written: Mutex<BTreeSet<String>>,
}

impl Facts {
    /// For the test that runs in this thread.
    pub fn new() -> Self {
        let test = std::thread::current().name().unwrap_or_default().to_owned();
        let has_aim = !WITHOUT_AIM.iter().any(|name| test.starts_with(name));
        let file = std::env::var_os("PLAID_EMULATOR_COVERAGE").filter(|_| has_aim).map(PathBuf::from);
        Self { file, test, webhooks: Mutex::default(), written: Mutex::default() }
    }

    /// Whether the facts are wanted.
    pub fn are_wanted(&self) -> bool {
        self.file.is_some()
    }

    /// An answer of an operation. An error under an ordered fault shows nothing of the operation itself.
    pub fn answer(&self, path: &str, request: &Value, (status, response): (u16, &Value), has_faults: bool) {
        let Some(operation) = operation(path) else {
            // A path that no operation has.
            let code = response["error_code"].as_str().unwrap_or_default();
            return self.write(NONE, "error", &format!("INVALID_REQUEST/{code}"));
        };
        let mut facts = BTreeSet::new();
        if status == 200 {
            facts.insert(("answer", String::from("200")));
            let (mut read, mut set) = (BTreeSet::new(), BTreeSet::new());
            if let ResponseBody::Json(ty) = &operation.response.body {
                states(ty, response, &mut read);
            }
            if let Some(body) = &operation.body {
                states(&body.ty, request, &mut set);
            }
            let mut errors = BTreeSet::new();
            errors_within(response, &mut errors);
            facts.extend(errors.into_iter().map(|error| (if has_faults { "fault" } else { "error" }, error)));
            facts.extend(read.into_iter().map(|state| ("state", state)));
            facts.extend(set.into_iter().map(|state| ("sets", state)));
        } else {
            let text = |name: &str| response[name].as_str().unwrap_or_default();
            let kind = if has_faults { "fault" } else { "error" };
            facts.insert((kind, format!("{}/{}", text("error_type"), text("error_code"))));
        }
        facts.iter().for_each(|(kind, fact)| self.write(&operation.path, kind, fact));
    }

    /// The webhooks that a tenant has by now. Those that are new belong to an operation, or to [`NONE`].
    pub fn webhooks(&self, path: &str, all: &[Webhook]) {
        let mut seen = self.webhooks.lock().unwrap_or_else(PoisonError::into_inner);
        let path = operation(path).map_or(NONE, |operation| operation.path.as_str());
        for webhook in all.iter().skip(*seen) {
            let body: Value = serde_json::from_str(&webhook.body).unwrap_or_default();
            let is_processors = webhook.kind == "TRANSACTIONS" && body.get("item_id").is_none();
            let of = if is_processors { " of a processor" } else { "" };
            self.write(path, "webhook", &format!("{}/{}{of}", webhook.kind, webhook.code));
        }
        // A restored tenant may have fewer than before.
        *seen = all.len();
    }

    fn write(&self, path: &str, kind: &str, fact: &str) {
        let line = format!("{path}\t{kind}\t{fact}\t{}\n", self.test);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(name) = self.file.as_ref().filter(|_| written.insert(line.clone())) else { return };
        let mut file = File::options().create(true).append(true).open(name).expect("the file of the facts");
        // In one piece, since other tests write to the same file.
        file.write_all(line.as_bytes()).expect("it is written");
    }
}

/// The operation of a request's path, which may have values in place of parameters.
fn operation(path: &str) -> Option<&'static Operation> {
    let path = path.split('?').next().unwrap_or_default();
    let is_same = |pattern: &str| {
        pattern.split('/').count() == path.split('/').count()
            && pattern.split('/').zip(path.split('/')).all(|(one, other)| one.starts_with('{') || one == other)
    };
    Catalog::plaid().api().operations.iter().find(|one| one.path == path || is_same(&one.path))
}

/// Collects the errors that a response shows of its objects: of an Item that needs a login, of a payment that failed.
fn errors_within(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(Value::as_str);
            if let (Some(kind), Some(code)) = (text("error_type"), text("error_code")) {
                found.insert(format!("{kind}/{code}"));
            }
            object.values().for_each(|value| errors_within(value, found));
        }
        Value::Array(all) => all.iter().for_each(|value| errors_within(value, found)),
        _ => {}
    }
}

/// Collects the states in a value, each as the name of the enum and the value.
fn states(ty: &Type, value: &Value, found: &mut BTreeSet<String>) {
    match ty {
        Type::Nullable(inner) => states(inner, value, found),
        Type::List(inner) => value.as_array().into_iter().flatten().for_each(|one| states(inner, one, found)),
        Type::Map(inner) => value.as_object().into_iter().flat_map(|all| all.values()).for_each(|one| {
            states(inner, one, found);
        }),
        Type::Named(id) => of_named(id, value, found),
        _ => {}
    }
}

fn of_named(id: &TypeId, value: &Value, found: &mut BTreeSet<String>) {
    let api = Catalog::plaid().api();
    match api.get(id).map(|def| &def.kind) {
        Some(Kind::Alias(target)) => states(target, value, found),
        Some(Kind::Struct(object)) => {
            for field in &object.fields {
                let Some(value) = value.get(&field.wire) else { continue };
                match (enum_of(&field.ty), value.as_str()) {
                    (Some(name), Some(text)) if is_state(&field.wire, &name) => {
                        found.insert(format!("{name}={text}"));
                    }
                    _ => states(&field.ty, value, found),
                }
            }
        }
        Some(Kind::Union(union)) => {
            // The alternative that has the most of the value's properties.
            let names: Vec<&str> = value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            let fits = |ty: &Type| match api.resolve(ty) {
                Type::Named(id) => {
                    let fields = api.object(id).map(|object| object.fields.as_slice()).unwrap_or_default();
                    fields.iter().filter(|field| names.contains(&field.wire.as_str())).count()
                }
                _ => 0,
            };
            let best = union.variants.iter().rev().max_by_key(|variant| fits(&variant.ty));
            if let Some(best) = best {
                states(&best.ty, value, found);
            }
        }
        Some(Kind::Enum(_)) | None => {}
    }
}

/// The name of the enum that a type is.
fn enum_of(ty: &Type) -> Option<String> {
    let api = Catalog::plaid().api();
    match api.resolve(ty) {
        Type::Nullable(inner) => enum_of(inner),
        Type::Named(id) => match api.get(id)?.kind {
            Kind::Enum(_) => Some(id.to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn is_state(field: &str, name: &str) -> bool {
    let is_called = STATES.iter().any(|end| field == *end || field.ends_with(&format!("_{end}")));
    is_called || name.ends_with("Status") || name.ends_with("RationaleCode") || name.ends_with("StatusCode")
}
