//! The two engines that answer operations by data: collections, whose objects are created, read, listed, changed and removed,
//! and jobs, which are started and become ready. An operation that is written by hand comes before them.

mod about;
mod change;
mod create;
mod expand;
mod fill;
mod hooks;
mod jobs;
mod list;
mod respond;
mod sample;
mod table;

use plaid_catalog::model::Operation;

use crate::error::ApiError;
use crate::ops::{Answer, Call, Class};

pub use self::table::Row;
use self::table::{Table, Verb};

/// What the data says about an operation.
pub fn find(path: &str) -> Option<&'static Row> {
    Table::get().operations.get(path)
}

/// How an operation of the engines gets its response.
pub fn class(row: &Row) -> Class {
    match row.verb {
        Verb::Create | Verb::Get | Verb::List | Verb::History | Verb::Update | Verb::Remove => Class::Collection,
        Verb::Start | Verb::Read => Class::Job,
        Verb::Compute | Verb::Fire => Class::Computed,
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
        Verb::Compute => respond::compute(call, task),
        Verb::Start => jobs::start(call, task),
        Verb::Read => return jobs::read(call, task),
        Verb::Fire => hooks::fire(call, task),
    };
    json.map(Answer::Json)
}

/// An operation with its data.
#[derive(Clone, Copy)]
struct Task {
    row: &'static Row,
    operation: &'static Operation,
}
