//! Payments in Europe: `/payment_initiation/*`, `/wallet/*`, `/payment_profile/*`, and what the Sandbox and Link do with them.

mod check;
mod consents;
mod execute;
mod flow;
mod keys;
mod linked;
mod money;
mod payer;
mod payouts;
mod profiles;
#[cfg(test)]
mod property;
mod recipients;
mod requests;
mod reverse;
mod show;
mod wallets;

use super::{Class, Entry};
use crate::state::{PaymentsEvent, Tenant};

pub use self::consents::change as change_consent;
pub use self::linked::{authorised, check as check_link, purpose, refused};
pub use self::money::named as named_wallet;
pub use self::money::{Incoming, change as change_transaction, fund, send_back, sweep};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/payment_initiation/consent/create", Class::StateMachine, consents::create),
    Entry::json("/payment_initiation/consent/get", Class::StateMachine, consents::get),
    Entry::json("/payment_initiation/consent/payment/execute", Class::StateMachine, execute::execute),
    Entry::json("/payment_initiation/consent/revoke", Class::StateMachine, consents::revoke),
    Entry::json("/payment_initiation/payment/create", Class::StateMachine, requests::create),
    Entry::json("/payment_initiation/payment/get", Class::StateMachine, requests::get),
    Entry::json("/payment_initiation/payment/list", Class::StateMachine, requests::list),
    Entry::json("/payment_initiation/payment/reverse", Class::StateMachine, reverse::reverse),
    Entry::json("/payment_initiation/payment/token/create", Class::StateMachine, requests::token),
    Entry::json("/payment_initiation/recipient/create", Class::StateMachine, recipients::create),
    Entry::json("/payment_initiation/recipient/get", Class::StateMachine, recipients::get),
    Entry::json("/payment_initiation/recipient/list", Class::StateMachine, recipients::list),
    Entry::json("/payment_profile/create", Class::StateMachine, profiles::create),
    Entry::json("/payment_profile/get", Class::StateMachine, profiles::get),
    Entry::json("/payment_profile/remove", Class::StateMachine, profiles::remove),
    Entry::json("/sandbox/payment/simulate", Class::StateMachine, flow::simulate),
    Entry::json("/sandbox/payment_profile/reset_login", Class::StateMachine, profiles::reset_login),
    Entry::json("/wallet/create", Class::StateMachine, wallets::create),
    Entry::json("/wallet/get", Class::StateMachine, wallets::get),
    Entry::json("/wallet/list", Class::StateMachine, wallets::list),
    Entry::json("/wallet/transaction/execute", Class::StateMachine, payouts::execute),
    Entry::json("/wallet/transaction/get", Class::StateMachine, payouts::get),
    Entry::json("/wallet/transaction/list", Class::StateMachine, payouts::list),
];

/// Lets a payment, a transaction or a consent go on.
pub fn due(tenant: &mut Tenant, event: PaymentsEvent) {
    match event {
        PaymentsEvent::Payment(id) => flow::go_on(tenant, &id),
        PaymentsEvent::Transaction(id) => money::go_on(tenant, &id),
        PaymentsEvent::Consent(id) => consents::expire(tenant, &id),
    }
}
