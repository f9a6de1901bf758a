//! Incomes: `/credit/bank_income/*`, `/credit/payroll_income/*`, employment, `/income/*`, and the sessions of users.

mod bank;
mod content;
mod documents;
mod employment;
mod fire;
mod forms;
mod legacy;
mod linked;
mod overrides;
mod paper;
mod parts;
mod payroll;
mod risk;
mod sessions;
mod statements;
mod uploads;

use super::{Class, Entry};
use crate::error::ApiError;
use crate::state::{IncomeEvent, Tenant};

pub use self::linked::{asks, linked, session_finished};
pub use self::payroll::set as set_payroll;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beta/credit/v1/bank_employment/get", Class::StateMachine, bank::employment),
    Entry::json("/credit/bank_income/get", Class::StateMachine, bank::get),
    Entry::file("/credit/bank_income/pdf/get", Class::StateMachine, bank::pdf),
    Entry::json("/credit/bank_income/refresh", Class::StateMachine, bank::refresh),
    Entry::json("/credit/bank_income/webhook/update", Class::StateMachine, bank::subscribe),
    Entry::json("/credit/bank_statements/uploads/get", Class::StateMachine, uploads::get),
    Entry::json("/credit/employment/get", Class::StateMachine, employment::get),
    Entry::json("/credit/payroll_income/get", Class::StateMachine, payroll::get),
    Entry::json("/credit/payroll_income/parsing_config/update", Class::StateMachine, payroll::update_parsing),
    Entry::json("/credit/payroll_income/precheck", Class::Computed, legacy::precheck_credit),
    Entry::json("/credit/payroll_income/refresh", Class::StateMachine, payroll::refresh),
    Entry::json("/credit/payroll_income/risk_signals/get", Class::StateMachine, risk::get),
    Entry::json("/credit/sessions/get", Class::StateMachine, sessions::get),
    Entry::json("/employment/verification/get", Class::StateMachine, employment::verification),
    Entry::json("/income/verification/create", Class::StateMachine, legacy::create),
    Entry::file("/income/verification/documents/download", Class::StateMachine, legacy::download),
    Entry::json("/income/verification/paystubs/get", Class::StateMachine, legacy::stubs),
    Entry::json("/income/verification/precheck", Class::Computed, legacy::precheck),
    Entry::json("/income/verification/taxforms/get", Class::StateMachine, legacy::forms),
    Entry::json("/sandbox/bank_income/fire_webhook", Class::StateMachine, fire::bank),
    Entry::json("/sandbox/income/fire_webhook", Class::StateMachine, fire::payroll),
];

/// Lets something happen that was scheduled.
pub fn run(tenant: &mut Tenant, event: &IncomeEvent) {
    match event {
        IncomeEvent::Report(id) => bank::make(tenant, id),
        IncomeEvent::Documents(id) => payroll::read(tenant, id),
        IncomeEvent::Signals(id) => payroll::searched(tenant, id),
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
    error("INCOME_VERIFICATION_NOT_FOUND", "this income was never verified")
}
