//! Link sessions that end with the numbers of an account or with the code of a deposit.

use super::super::auth::{self, AccountNumbers};
use super::super::{Response, World};
use super::{succeed, usable};
use crate::bank::verification;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Tenant;

/// Finishes a Link session with the numbers of an account: a new Item, verified or to be verified.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token, `INVALID_FIELD` for numbers that have not the form of any, the error
/// of the login, and `INCORRECT_DEPOSIT_VERIFICATION` for a wrong code at a bank whose deposits arrive at once.
pub fn enter_numbers(tenant: &mut Tenant, world: &World, token: &str, entered: &AccountNumbers<'_>) -> Response {
    entered.check()?;
    let link = usable(tenant, token)?;
    if link.update.is_some() {
        return Err(ApiError::invalid_field("update mode takes a code, not numbers"));
    }
    let (request, user) = (link.request.clone(), link.user.clone());
    let request = Fields(&request);
    let item = auth::item(tenant, world, entered, request, user.clone())?;
    if let Some(item) = tenant.items.get_mut(&item) {
        item.webhook = request.text("webhook").map(str::to_owned);
        item.user = user;
    }
    succeed(tenant, world, token, item)
}

/// Finishes a session of update mode with the code of a deposit.
///
/// # Errors
/// `INVALID_LINK_TOKEN` for an unknown or expired token, and the errors of a wrong code.
pub fn confirm_deposit(tenant: &mut Tenant, world: &World, token: &str, code: &str) -> Response {
    let item = usable(tenant, token)?.update.clone();
    let item = item.ok_or_else(|| ApiError::invalid_field("a code is entered in update mode, with an access_token"))?;
    verification::confirm(tenant, &item, code)?;
    succeed(tenant, world, token, item)
}
