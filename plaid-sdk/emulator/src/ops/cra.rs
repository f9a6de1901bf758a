//! Plaid Check: `/cra/*`, `/consumer_report/*`.

mod base;
mod filter;
mod flows;
mod income;
mod insights;
mod loans;
mod making;
mod monitoring;
mod order;
mod paper;
mod partner;
mod read;
mod scores;
mod verification;

use super::{Class, Entry};

pub use self::flows::{balances, cents, is_overdraft, money, months, share, whole};
pub use self::making::make;
pub use self::monitoring::{cancel as cancel_insights, make as make_insights};
pub use self::order::{after_link, check_link};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::file("/consumer_report/pdf/get", Class::StateMachine, paper::older),
    Entry::json("/cra/check_report/base_report/get", Class::StateMachine, base::get),
    Entry::json("/cra/check_report/cashflow_insights/get", Class::StateMachine, scores::cashflow),
    Entry::json("/cra/check_report/create", Class::StateMachine, order::create),
    Entry::json("/cra/check_report/income_insights/get", Class::StateMachine, insights::get),
    Entry::json("/cra/check_report/lend_score/get", Class::StateMachine, scores::lend_score),
    Entry::json("/cra/check_report/network_insights/get", Class::StateMachine, scores::network),
    Entry::json("/cra/check_report/partner_insights/get", Class::StateMachine, partner::get),
    Entry::file("/cra/check_report/pdf/get", Class::StateMachine, paper::report),
    Entry::json("/cra/check_report/verification/get", Class::StateMachine, verification::get),
    Entry::file("/cra/check_report/verification/pdf/get", Class::StateMachine, paper::verification),
    Entry::json("/cra/credit_profile/report/get", Class::StateMachine, scores::credit_profile),
    Entry::json("/cra/loans/applications/register", Class::StateMachine, loans::apply),
    Entry::json("/cra/loans/register", Class::StateMachine, loans::register),
    Entry::json("/cra/loans/unregister", Class::StateMachine, loans::unregister),
    Entry::json("/cra/loans/update", Class::StateMachine, loans::update),
    Entry::json("/cra/monitoring_insights/get", Class::StateMachine, monitoring::get),
    Entry::json("/cra/monitoring_insights/subscribe", Class::StateMachine, monitoring::subscribe),
    Entry::json("/cra/monitoring_insights/unsubscribe", Class::StateMachine, monitoring::unsubscribe),
    Entry::json("/cra/partner_insights/get", Class::StateMachine, partner::get_older),
    Entry::json("/sandbox/cra/cashflow_updates/update", Class::StateMachine, monitoring::update),
];
