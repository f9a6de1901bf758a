//! Lets time pass: what is due happens, each event at its time.

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::state::{Event, Tenant};
use crate::{bank, ops};

/// Lets everything happen that is due. Deliveries are left to those who can send.
pub fn run_due(tenant: &mut Tenant) {
    let now = tenant.now();
    while let Some((time, event)) = tenant.schedule.take_due(now) {
        match event {
            Event::Deliver(id) => {
                tenant.outbox.push(id);
                tenant.last_webhook(id, time);
            }
            Event::Business(id) => at(tenant, time, |tenant| ops::verify::business::check(tenant, &id)),
            Event::LinkIdle { token, session } => at(tenant, time, |tenant| ops::link_idle(tenant, &token, &session)),
            Event::Partner(id) => at(tenant, time, |tenant| ops::partner_step(tenant, &id)),
            Event::Report { token, is_fast } => at(tenant, time, |tenant| ops::make_report(tenant, &token, is_fast)),
            Event::CheckReport { user, id, items } => {
                at(tenant, time, |tenant| ops::make_check_report(tenant, &user, &id, &items));
            }
            Event::Insights(id) => at(tenant, time, |tenant| ops::make_insights(tenant, &id)),
            Event::CashflowReport { item, number } => {
                at(tenant, time, |tenant| ops::make_cashflow_report(tenant, &item, number));
            }
            Event::Income(event) => at(tenant, time, |tenant| ops::run_income(tenant, &event)),
            Event::Transfer(step) => at(tenant, time, |tenant| ops::transfer::step(tenant, &step)),
            Event::Payments(event) => at(tenant, time, |tenant| ops::payments_due(tenant, event)),
            other => at(tenant, time, |tenant| bank::run(tenant, &other)),
        }
    }
}

/// Runs a function with the clock at a time in the past, so that what it makes has that time.
fn at(tenant: &mut Tenant, time: DateTime<Utc>, run: impl FnOnce(&mut Tenant)) {
    let clock = std::mem::replace(&mut tenant.clock, Clock::frozen(time));
    run(tenant);
    tenant.clock = clock;
}
