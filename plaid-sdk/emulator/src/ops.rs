//! The operations, each as a function of a tenant and a request.

mod account_view;
mod accounts;
mod auth;
mod identity;
mod institutions;
mod items;
mod link;
mod link_get;
mod link_session;
mod processors;
mod sandbox;
mod sync;
mod transaction_view;
mod transactions;
mod users;
mod webhook_keys;

use serde_json::{Value, json};

use crate::data::institutions::Institution;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Tenant;

pub use self::link_session::{Finish, finish_session, leave_session};

/// What an operation needs.
pub struct Call<'a> {
    /// Whose call it is.
    pub tenant: &'a mut Tenant,
    /// What all tenants share.
    pub world: &'a World,
    /// The body of the request.
    pub request: Fields<'a>,
}

/// What all tenants share.
#[derive(Debug)]
pub struct World {
    /// The institutions.
    pub institutions: Vec<Institution>,
    /// The emulator's own address, for pages that it hosts.
    pub base_url: String,
    /// Whether `/transactions/sync` refuses a page if the transactions have changed since the last one.
    pub refuse_mutation: bool,
}

impl World {
    /// An institution by its id.
    ///
    /// # Errors
    /// `INVALID_INSTITUTION` if there is none.
    pub fn institution(&self, id: &str) -> Result<&Institution, ApiError> {
        self.institutions.iter().find(|one| one.id == id).ok_or_else(ApiError::invalid_institution)
    }
}

/// The response of an operation, without `request_id`.
pub type Response = Result<Value, ApiError>;

/// An operation.
pub type Operation = fn(&mut Call<'_>) -> Response;

/// The operation of a path, if the emulator has it.
pub fn find(path: &str) -> Option<Operation> {
    Some(match path {
        "/accounts/balance/get" => accounts::balance,
        "/accounts/get" => accounts::get,
        "/auth/get" => auth::get,
        "/identity/get" => identity::get,
        "/institutions/get" => institutions::get,
        "/institutions/get_by_id" => institutions::by_id,
        "/institutions/search" => institutions::search,
        "/item/access_token/invalidate" => items::invalidate,
        "/item/get" => items::get,
        "/item/import" => items::import,
        "/item/public_token/create" => items::public_token,
        "/item/public_token/exchange" => items::exchange,
        "/item/remove" => items::remove,
        "/item/webhook/update" => items::webhook,
        "/link/token/create" => link::create,
        "/link/token/get" => link_get::get,
        "/processor/account/get" => processors::account,
        "/processor/apex/processor_token/create" => processors::create_apex,
        "/processor/auth/get" => processors::auth,
        "/processor/balance/get" => processors::balance,
        "/processor/identity/get" => processors::identity,
        "/processor/stripe/bank_account_token/create" => processors::create_stripe,
        "/processor/token/create" => processors::create,
        "/processor/token/permissions/get" => processors::permissions,
        "/processor/token/permissions/set" => processors::set_permissions,
        "/processor/token/webhook/update" => processors::webhook,
        "/processor/transactions/get" => processors::transactions,
        "/processor/transactions/refresh" => processors::refresh,
        "/processor/transactions/sync" => processors::sync,
        "/sandbox/item/fire_webhook" => sandbox::fire_webhook,
        "/sandbox/item/reset_login" => sandbox::reset_login,
        "/sandbox/processor_token/create" => processors::create_in_sandbox,
        "/sandbox/public_token/create" => sandbox::public_token,
        "/sandbox/transactions/create" => sandbox::create_transactions,
        "/sandbox/user/reset_login" => users::reset_login,
        "/transactions/get" => transactions::get,
        "/transactions/refresh" => transactions::refresh,
        "/transactions/sync" => sync::sync,
        "/user/create" => users::create,
        "/user/get" => users::get,
        "/user/identity/remove" => users::remove_identity,
        "/user/items/get" => users::items,
        "/user/remove" => users::remove,
        "/user/update" => users::update,
        "/webhook_verification_key/get" => webhook_keys::get,
        _ => return None,
    })
}

/// A response without content of its own.
fn nothing() -> Response {
    Ok(json!({}))
}
