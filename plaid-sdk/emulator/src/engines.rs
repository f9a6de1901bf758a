//! The two engines that answer operations by data: collections, whose objects are created, read, listed, changed and removed,
//! and jobs, which are started and become ready. An operation that is written by hand comes before them.

mod about;
mod batch;
mod change;
mod compute;
mod create;
mod effects;
mod expand;
mod files;
mod fill;
mod hooks;
mod jobs;
mod list;
mod parents;
mod record;
mod respond;
mod sample;
mod table;
mod zip;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, ResponseBody};

use crate::error::ApiError;
use crate::ops::{Answer, Call, Class};
use crate::request::File;
use crate::state::Tenant;

pub use self::table::Row;
use self::table::{About, Table, Verb};
pub use self::zip::archive;

/// What the data says about an operation.
pub fn find(path: &str) -> Option<&'static Row> {
    Table::get().operations.get(path)
}

/// How an operation of the engines gets its response.
pub fn class(row: &Row) -> Class {
    match row.verb {
        Verb::Create | Verb::Get | Verb::List | Verb::History | Verb::Update | Verb::Remove | Verb::Batch => {
            Class::Collection
        }
        Verb::Start | Verb::Read => Class::Job,
        Verb::Compute | Verb::Fire => Class::Computed,
    }
}

/// The paths of all operations that create an object or start a job.
pub fn starts() -> impl Iterator<Item = &'static str> {
    let makes = |row: &Row| matches!(row.verb, Verb::Create | Verb::Start);
    Table::get().operations.iter().filter(move |(_, row)| makes(row)).map(|(path, _)| path.as_str())
}

/// The object that an operation made last: the field that names it, and its id.
pub fn made(tenant: &Tenant, path: &str) -> Option<(String, String)> {
    let (name, collection) = Table::get().of(find(path)?)?;
    let field = collection.named.clone().unwrap_or_else(|| collection.id.clone());
    let (id, _) = tenant.shelves.get(name)?.all().next_back()?;
    (field != "id" && collection.form != "subject").then(|| (field, id.to_owned()))
}

/// The last object of each collection, by the field that names it.
pub fn kept(tenant: &Tenant) -> impl Iterator<Item = (&'static str, &str)> {
    Table::get().collections.iter().filter_map(|(name, collection)| {
        let (id, _) = tenant.shelves.get(name)?.all().next_back()?;
        Some((collection.named.as_deref()?, id)).filter(|_| collection.form != "subject")
    })
}

/// The objects that every tenant has from the start, by the fields that name them: the first of each collection.
pub fn from_the_start() -> impl Iterator<Item = (&'static str, &'static Value)> {
    Table::get().collections.values().filter_map(|collection| {
        let first = collection.seeded.first()?;
        Some((collection.named.as_deref()?, first.get(&collection.id)?))
    })
}

/// Sets the field that names the user, if an operation needs one and its request leaves it out.
pub fn name_subject(operation: &Operation, body: &mut Map<String, Value>, known: &BTreeMap<String, Value>) {
    let about = find(&operation.path).and_then(|row| row.about);
    let names = ["user_id", "user_token"];
    if about != Some(About::User) || names.iter().any(|name| body.contains_key(*name)) {
        return;
    }
    let Some(body_type) = operation.body.as_ref().and_then(|body| body.ty.named()) else { return };
    let Some(object) = Catalog::plaid().api().object(body_type) else { return };
    let field = names.into_iter().find(|name| object.fields.iter().any(|field| field.wire == *name));
    if let Some((name, value)) = field.and_then(|name| known.get_key_value(name)) {
        body.insert(name.clone(), value.clone());
    }
}

/// Answers a request that has passed the check.
///
/// # Errors
/// What Plaid would answer.
pub fn answer(row: &'static Row, operation: &'static Operation, call: &mut Call<'_>) -> Result<Answer, ApiError> {
    let task = Task { row, operation };
    let json = match row.verb {
        Verb::Create => create::create(call, task),
        Verb::Get => change::get(call, task),
        Verb::List | Verb::History => list::list(call, task),
        Verb::Update => change::update(call, task),
        Verb::Remove => change::remove(call, task),
        Verb::Compute => compute::compute(call, task),
        Verb::Start => jobs::start(call, task),
        Verb::Read => return jobs::read(call, task),
        Verb::Fire => compute::fire(call, task),
        Verb::Batch => batch::batch(call, task),
    };
    json.map(|json| match operation.response.body {
        ResponseBody::Empty => Answer::File(File { kind: "text/plain", bytes: Vec::new(), headers: Vec::new() }),
        _ => Answer::Json(json),
    })
}

/// An operation with its data.
#[derive(Clone, Copy)]
struct Task {
    row: &'static Row,
    operation: &'static Operation,
}
