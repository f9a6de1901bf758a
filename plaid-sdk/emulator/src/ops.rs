//! The operations, each as a function of a tenant and a request.

mod account_view;
mod accounts;
mod auth;
mod bank_transfer;
mod cashflow;
mod cra;
mod employers;
mod fdx;
mod identity;
mod income;
mod institutions;
pub mod intents;
mod investments;
mod issues;
pub mod items;
mod layer;
mod liabilities;
mod link;
mod link_delivery;
mod link_get;
pub mod link_session;
mod migrate;
mod network;
mod oauth;
pub mod originators;
mod partner;
mod payments;
mod processors;
mod reading;
mod recurring_transfers;
mod registry;
mod reports;
mod sandbox;
mod selection;
mod signal;
mod statements;
mod sync;
mod test_clocks;
mod transaction_view;
mod transactions;
pub mod transfer;
mod transfer_figures;
mod user_items;
mod users;
pub mod verify;
mod virtual_time;
mod webhook_keys;

use serde_json::{Value, json};

use crate::data::institutions::Institution;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Tenant;

pub use self::auth::{AccountNumbers, read as read_numbers};
pub use self::cashflow::make as make_cashflow_report;
pub use self::cra::{make as make_check_report, make_insights};
pub use self::income::{run as run_income, set_payroll};
pub use self::issues::{go_on as go_on_with_issue, report as report_issue};
pub use self::link_session::{Finish, confirm_deposit, enter_numbers, finish_session, leave_session, link_idle};
pub use self::partner::{decide as decide_customer, register as register_customer, step as partner_step};
pub use self::payments::{
    Incoming, change_consent, change_transaction, due as payments_due, fund as fund_wallet, named_wallet,
    purpose as link_purpose, send_back as send_back_transaction, sweep as sweep_wallet,
};
pub use self::recurring_transfers::originate as originate_recurring;
pub use self::registry::{Answer, Class, Entry, find};
pub use self::reports::make as make_report;
pub use self::signal::{read_ruleset, show_ruleset};
pub use self::transactions::public_categories;

/// What an operation needs.
pub struct Call<'a> {
    /// Whose call it is.
    pub tenant: &'a mut Tenant,
    /// What all tenants share.
    pub world: &'a World,
    /// The body of the request.
    pub request: Fields<'a>,
    /// The parameters of the path and the query, as texts.
    pub parameters: Fields<'a>,
}

/// What all tenants share.
#[derive(Debug)]
pub struct World {
    /// The institutions.
    pub institutions: Vec<Institution>,
    /// The emulator's own address, for pages that it hosts.
    pub base_url: String,
    /// The names besides this machine's own under which its pages are served.
    pub hosts: Vec<String>,
    /// Whether `/transactions/sync` refuses a page if the transactions have changed since the last one.
    pub refuse_mutation: bool,
}

impl World {
    /// The path of its own address: empty, unless it is mounted below one.
    pub fn root(&self) -> &str {
        let after = self.base_url.split_once("://").map_or("", |(_, after)| after);
        after.find('/').and_then(|at| after.get(at..)).unwrap_or_default()
    }

    /// An institution by its id.
    ///
    /// # Errors
    /// `INVALID_INSTITUTION` if there is none.
    pub fn institution(&self, id: &str) -> Result<&Institution, ApiError> {
        self.institutions.iter().find(|one| one.id == id).ok_or_else(ApiError::invalid_institution)
    }
}

/// The JSON of a response, without `request_id`.
pub type Response = Result<Value, ApiError>;

/// All operations that are written by hand, one table per module.
const TABLES: &[&[Entry]] = &[
    accounts::OPERATIONS,
    auth::OPERATIONS,
    bank_transfer::OPERATIONS,
    cashflow::OPERATIONS,
    cra::OPERATIONS,
    employers::OPERATIONS,
    fdx::OPERATIONS,
    identity::OPERATIONS,
    income::OPERATIONS,
    institutions::OPERATIONS,
    investments::OPERATIONS,
    intents::OPERATIONS,
    issues::OPERATIONS,
    items::OPERATIONS,
    layer::OPERATIONS,
    liabilities::OPERATIONS,
    link::OPERATIONS,
    link_delivery::OPERATIONS,
    link_get::OPERATIONS,
    migrate::OPERATIONS,
    originators::OPERATIONS,
    network::OPERATIONS,
    oauth::OPERATIONS,
    partner::OPERATIONS,
    payments::OPERATIONS,
    processors::OPERATIONS,
    recurring_transfers::OPERATIONS,
    reports::OPERATIONS,
    sandbox::OPERATIONS,
    signal::OPERATIONS,
    statements::OPERATIONS,
    sync::OPERATIONS,
    test_clocks::OPERATIONS,
    transactions::OPERATIONS,
    transfer::OPERATIONS,
    transfer_figures::OPERATIONS,
    user_items::OPERATIONS,
    users::OPERATIONS,
    verify::authors::OPERATIONS,
    verify::beacon::OPERATIONS,
    verify::business::OPERATIONS,
    verify::identity::OPERATIONS,
    verify::monitor::OPERATIONS,
    verify::protect::OPERATIONS,
    webhook_keys::OPERATIONS,
];

/// A response without content of its own.
fn nothing() -> Response {
    Ok(json!({}))
}
