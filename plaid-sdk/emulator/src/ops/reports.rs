//! Asset reports: `/asset_report/*`, `/credit/audit_copy_token/*`, `/credit/relay/*`, and the reports of Freddie Mac.

mod assets;
mod content;
mod copies;
mod freddie;
mod insights;
mod making;
mod paper;
mod relays;
mod show;

use super::{Class, Entry};

pub use self::making::make;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/asset_report/audit_copy/create", Class::StateMachine, copies::create),
    Entry::json("/asset_report/audit_copy/get", Class::StateMachine, copies::get),
    Entry::file("/asset_report/audit_copy/pdf/get", Class::StateMachine, copies::pdf),
    Entry::json("/asset_report/audit_copy/remove", Class::StateMachine, copies::remove),
    Entry::json("/asset_report/create", Class::StateMachine, assets::create),
    Entry::json("/asset_report/filter", Class::StateMachine, assets::filter),
    Entry::json("/asset_report/get", Class::StateMachine, assets::get),
    Entry::file("/asset_report/pdf/get", Class::StateMachine, assets::pdf),
    Entry::json("/asset_report/refresh", Class::StateMachine, assets::refresh),
    Entry::json("/asset_report/remove", Class::StateMachine, assets::remove),
    Entry::json("/credit/asset_report/freddie_mac/get", Class::Computed, freddie::assets),
    Entry::json("/credit/audit_copy_token/create", Class::StateMachine, copies::create_credit),
    Entry::json("/credit/audit_copy_token/remove", Class::StateMachine, copies::remove),
    Entry::json("/credit/audit_copy_token/update", Class::StateMachine, copies::update_credit),
    Entry::json("/credit/freddie_mac/reports/get", Class::Computed, freddie::reports),
    Entry::json("/credit/relay/create", Class::StateMachine, relays::create),
    Entry::json("/credit/relay/get", Class::StateMachine, relays::get),
    Entry::file("/credit/relay/pdf/get", Class::StateMachine, relays::pdf),
    Entry::json("/credit/relay/refresh", Class::StateMachine, relays::refresh),
    Entry::json("/credit/relay/remove", Class::StateMachine, relays::remove),
];
