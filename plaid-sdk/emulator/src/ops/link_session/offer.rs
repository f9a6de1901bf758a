//! What a person can choose in Link: institutions and accounts.

use super::World;
use crate::bank::{self, Login};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Account, LinkToken, Session, Tenant};

/// The countries whose institutions a token's sessions offer.
pub fn countries(link: &LinkToken) -> Vec<&str> {
    Fields(&link.request).texts("country_codes").unwrap_or_default()
}

/// The accounts of a session's login that pass the token's filters, with ids of their own that nothing else gets.
///
/// # Errors
/// The error of the login.
pub fn offered(tenant: &Tenant, world: &World, link: &LinkToken, session: &Session) -> Result<Vec<Account>, ApiError> {
    let institution = world.institution(session.institution.as_deref().unwrap_or_default())?;
    let login = Login { username: &session.username, password: &session.password };
    let mut all = bank::open(login, institution, tenant.now().date_naive(), &mut tenant.ids.clone())?.accounts;
    // Update mode offers the accounts that the user has opened since, too.
    let updated = link.update.as_ref().and_then(|id| tenant.items.get(id));
    for account in updated.into_iter().flat_map(|item| item.unshared.iter().chain(&item.accounts)) {
        if all.iter().all(|known| known.mask != account.mask) {
            all.push(account.clone());
        }
    }
    let filters = Fields(&link.request).value("account_filters").map(Fields);
    if let Some(filters) = filters {
        all.retain(|account| passes(account, filters));
    }
    Ok(all)
}

/// Whether a type and a subtype are wanted. A type without a filter is not, as soon as another one has a filter.
fn passes(account: &Account, filters: Fields<'_>) -> bool {
    let kinds = ["depository", "credit", "loan", "investment", "other"];
    if kinds.iter().all(|kind| filters.value(kind).is_none()) {
        return true;
    }
    let wanted = filters.object(&account.kind).texts("account_subtypes").unwrap_or_default();
    wanted.iter().any(|subtype| *subtype == "all" || *subtype == account.subtype)
}

/// No account fits.
pub fn no_accounts() -> ApiError {
    let error = ApiError::new("ITEM_ERROR", "NO_ACCOUNTS", "no valid accounts were found for this item");
    error.displayed("No compatible accounts were found.")
}
