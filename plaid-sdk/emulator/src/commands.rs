//! What tests and people can do to a tenant besides calling the API. The controls over HTTP and the handle in a program do
//! the same through these functions.

mod bank;
mod known;
mod sizes;
mod webhooks;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::bank::consent;
use crate::clock::later;
use crate::due::run_due;
use crate::error::ApiError;
use crate::state::{Item, ItemId, ItemState, Tenant};

pub use self::bank::at_bank;
pub use self::known::check as check_fields;
pub use self::sizes::sizes;
pub use self::webhooks::{redeliver, rotate_key};

/// A command that can't be carried out: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refused {
    /// A refusal.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.message, self.help)
    }
}

impl std::error::Error for Refused {}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self::new(format!("{}: {}", error.code, error.message), "the API would answer with this error")
    }
}

/// How far the clock is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// By a duration.
    By(TimeDelta),
    /// To a time.
    To(DateTime<Utc>),
    /// To the next event that is scheduled.
    Next,
}

/// Moves the clock forward. All that becomes due on the way happens, each at its time.
///
/// # Errors
/// For a time in the past, and if nothing is scheduled.
pub fn advance(tenant: &mut Tenant, far: Move) -> Result<DateTime<Utc>, Refused> {
    let now = tenant.now();
    let to = match far {
        Move::By(duration) => later(now, duration),
        Move::To(time) => later(time, TimeDelta::zero()),
        Move::Next => Some(tenant.schedule.next().ok_or_else(|| {
            Refused::new("no event is scheduled", "advance by a number of seconds, or create an Item first")
        })?),
    };
    let to = to.ok_or_else(|| Refused::new("the time is after the year 2999", "advance by less"))?;
    match tenant.clock.move_to(to.max(now)) {
        Ok(()) if to >= now => run_due(tenant),
        _ => return Err(Refused::new(format!("{to} is before the present, {now}"), "a clock only moves forward")),
    }
    Ok(tenant.now())
}

/// An Item by its id or one of its access tokens.
///
/// # Errors
/// If there is none.
pub fn item<'a>(tenant: &'a mut Tenant, name: &str) -> Result<&'a mut Item, Refused> {
    let id = tenant.access.get(name).cloned().unwrap_or_else(|| ItemId(name.to_owned()));
    let known = tenant.items.len();
    tenant.items.get_mut(&id).ok_or_else(|| {
        Refused::new(format!("no Item has the id or access token {name:?}"), format!("the tenant has {known} Items"))
    })
}

/// Breaks an Item: its data can't be read until it is repaired. A webhook says so.
///
/// # Errors
/// If the Item does not exist or was removed.
pub fn break_item(tenant: &mut Tenant, name: &str, error: Option<ApiError>) -> Result<(), Refused> {
    let item = present(tenant, name)?;
    let error = error.unwrap_or_else(ApiError::login_required);
    item.state = ItemState::Broken(error.clone());
    let id = item.id.clone();
    tenant.item_webhook(&id, "ITEM", "ERROR", json!({"error": error.in_webhook()}));
    run_due(tenant);
    Ok(())
}

/// Repairs an Item as if the user had logged in elsewhere. A webhook says so.
///
/// # Errors
/// If the Item does not exist or was removed.
pub fn repair_item(tenant: &mut Tenant, name: &str) -> Result<(), Refused> {
    let item = present(tenant, name)?;
    item.state = ItemState::Good;
    let id = item.id.clone();
    tenant.item_webhook(&id, "ITEM", "LOGIN_REPAIRED", json!({}));
    run_due(tenant);
    Ok(())
}

/// Lets the user take back their permission. A webhook says so.
///
/// # Errors
/// If the Item does not exist or was removed.
pub fn revoke_item(tenant: &mut Tenant, name: &str) -> Result<(), Refused> {
    let id = present(tenant, name)?.id.clone();
    consent::revoke(tenant, &id);
    run_due(tenant);
    Ok(())
}

fn present<'a>(tenant: &'a mut Tenant, name: &str) -> Result<&'a mut Item, Refused> {
    let item = item(tenant, name)?;
    match item.state {
        ItemState::Removed => Err(Refused::new("the Item was removed", "create another one")),
        _ => Ok(item),
    }
}

#[cfg(test)]
mod tests {
    use super::{Move, advance, break_item, repair_item, revoke_item};
    use crate::bank::testing::linked;
    use chrono::TimeDelta;

    #[test]
    fn new_days_bring_the_rows_of_the_grid_at_their_time() {
        let (mut tenant, id) = linked("user_good");
        let before = tenant.items[&id].feed.log().len();
        let start = tenant.now();
        advance(&mut tenant, Move::By(TimeDelta::days(30))).expect("forward");
        assert_eq!(tenant.items[&id].feed.log().len(), before + 16);
        let updates: Vec<_> = tenant.webhooks.iter().filter(|webhook| webhook.code == "DEFAULT_UPDATE").collect();
        assert!(updates.len() > 5 && updates.is_sorted_by_key(|webhook| webhook.made));
        assert!(updates.iter().all(|webhook| start < webhook.made && webhook.made <= tenant.now()));
    }

    #[test]
    fn the_clock_moves_to_the_next_event_and_never_back() {
        let (mut tenant, _) = linked("user_good");
        let start = tenant.now();
        let midnight = advance(&mut tenant, Move::Next).expect("a new day is scheduled");
        assert_eq!(midnight - start, TimeDelta::hours(12));
        assert!(advance(&mut tenant, Move::To(start)).is_err());
        assert_eq!(tenant.now(), midnight);
    }

    #[test]
    fn items_are_broken_repaired_and_revoked() {
        let (mut tenant, id) = linked("user_good");
        break_item(&mut tenant, id.as_ref(), None).expect("an Item");
        assert_eq!(tenant.items[&id].error().map(|error| error.code.to_string()), Some("ITEM_LOGIN_REQUIRED".into()));
        repair_item(&mut tenant, id.as_ref()).expect("an Item");
        assert_eq!(tenant.items[&id].error(), None);
        revoke_item(&mut tenant, id.as_ref()).expect("an Item");
        let codes: Vec<&str> = tenant.webhooks.iter().rev().take(3).map(|webhook| webhook.code.as_str()).collect();
        assert_eq!(codes, ["USER_PERMISSION_REVOKED", "LOGIN_REPAIRED", "ERROR"]);
        assert!(break_item(&mut tenant, "nobody", None).is_err());
    }
}
