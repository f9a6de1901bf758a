//! Incomes: `/credit/bank_income/*` and the sessions of users.

mod bank;
mod content;
mod fire;
mod linked;
mod paper;
mod sessions;

use super::{Class, Entry};
use crate::error::ApiError;
use crate::state::{IncomeEvent, Tenant};

pub use self::linked::{asks, linked, session_finished};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beta/credit/v1/bank_employment/get", Class::StateMachine, bank::employment),
    Entry::json("/credit/bank_income/get", Class::StateMachine, bank::get),
    Entry::file("/credit/bank_income/pdf/get", Class::StateMachine, bank::pdf),
    Entry::json("/credit/bank_income/refresh", Class::StateMachine, bank::refresh),
    Entry::json("/credit/bank_income/webhook/update", Class::StateMachine, bank::subscribe),
    Entry::json("/credit/sessions/get", Class::StateMachine, sessions::get),
    Entry::json("/sandbox/bank_income/fire_webhook", Class::StateMachine, fire::bank),
    Entry::json("/sandbox/income/fire_webhook", Class::StateMachine, fire::payroll),
];

/// Lets something happen that was scheduled.
pub fn run(tenant: &mut Tenant, event: &IncomeEvent) {
    match event {
        IncomeEvent::Report(id) => bank::make(tenant, id),
    }
}

fn error(code: &'static str, message: &str) -> ApiError {
    ApiError::new("INCOME_VERIFICATION_ERROR", code, message)
}

fn not_ready() -> ApiError {
    error("PRODUCT_NOT_READY", "the income is not ready yet; a webhook will say when it is")
}

fn failed() -> ApiError {
    error("INCOME_VERIFICATION_FAILED", "the income could not be verified")
}

fn unknown() -> ApiError {
    error("INCOME_VERIFICATION_NOT_FOUND", "there is no verification of this income")
}
