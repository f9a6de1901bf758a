//! `/transactions/sync`: what has changed since a cursor.

#[cfg(test)]
mod property;

use std::hash::Hasher;

use serde_json::{Value, json};

use super::account_view::account;
use super::transaction_view::{Row, Shown};
use super::transactions::with_transactions;
use super::{Call, Class, Entry};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json::Draft;
use crate::state::{AccountId, Change, Cursor, Delta, Item, Page, Readiness, Transaction};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[Entry::draft("/transactions/sync", Class::StateMachine, sync)];

/// `/transactions/sync`.
pub fn sync(call: &mut Call<'_>) -> Result<Draft, ApiError> {
    let only = call.request.object("options").text("account_id").map(|id| AccountId(id.to_owned()));
    let item = with_transactions(call.tenant, call.request)?;
    if only.as_ref().is_some_and(|id| item.account(id).is_none()) {
        return Err(ApiError::invalid_account_id());
    }
    let mut update = update(item, call.request, only.as_ref(), call.world.refuse_mutation)?;
    // Accounts that can't have transactions are left out.
    let has_rows = |kind: &str| matches!(kind, "depository" | "credit" | "loan");
    let accounts = item.accounts.iter().filter(|account| has_rows(&account.kind));
    update.insert("accounts", &accounts.map(account).collect());
    Ok(update)
}

/// The page of changes that a request selects, of one account or of all.
///
/// # Errors
/// `INVALID_FIELD` for a cursor of another Item or account, and `TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION` if
/// transactions have changed since the last page and `refuse_mutation` is on.
pub fn update(
    item: &mut Item,
    request: Fields<'_>,
    only: Option<&AccountId>,
    refuse_mutation: bool,
) -> Result<Draft, ApiError> {
    let shown = Shown::of(request.object("options"));
    let count = request.within("count", 1..=500, 100)?;
    let start = start(request, item, hash(only))?;
    item.feed.sync_used = true;
    if item.feed.readiness == Readiness::NotReady {
        return Ok(response(item, &Delta::default(), shown, "", false));
    }
    if start.page.is_some() {
        item.feed.interrupt();
    }
    let end = item.feed.log().len() as u64;
    let (to, offset) = match start.page {
        Some(page) if refuse_mutation && page.to != end => return Err(ApiError::mutation_during_pagination()),
        Some(page) => (page.to, page.offset),
        None => (end, 0),
    };
    let is_meant = |change: &&Change| only.is_none_or(|id| change.transaction().account == *id);
    let all = Delta::of(piece(item, start.from, to).iter().filter(is_meant));
    let page = all.page(usize::try_from(offset).unwrap_or(usize::MAX), count);
    let read = offset + page.len() as u64;
    let has_more = read < all.len() as u64;
    let next = match has_more {
        true => Cursor { page: Some(Page { to, offset: read }), ..start },
        false => Cursor { from: to, page: None, ..start },
    };
    Ok(response(item, &page, shown, &next.text(), has_more))
}

/// Where the request starts to read.
fn start(request: Fields<'_>, item: &Item, options: u64) -> Result<Cursor, ApiError> {
    let at = |from| Cursor { item: item.id.clone(), options, from, page: None };
    let end = item.feed.log().len() as u64;
    match request.text("cursor").unwrap_or_default() {
        "" => Ok(at(0)),
        "now" => Ok(at(end)),
        text => {
            let cursor = Cursor::read(text).ok_or_else(ApiError::foreign_cursor)?;
            let is_inside = cursor.from <= end && cursor.page.is_none_or(|page| page.to <= end);
            match cursor.item == item.id && cursor.options == options && is_inside {
                true => Ok(cursor),
                false => Err(ApiError::foreign_cursor()),
            }
        }
    }
}

/// A hash of the account that transactions are selected of: a cursor of another selection is refused.
fn hash(only: Option<&AccountId>) -> u64 {
    // The hash is part of cursors that applications keep, so its algorithm must not change: FNV-1a.
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(only.map_or("", AccountId::as_ref).as_bytes());
    hash.finish()
}

fn piece(item: &Item, from: u64, to: u64) -> &[Change] {
    let at = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    item.feed.log().get(at(from)..at(to)).unwrap_or_default()
}

fn response(item: &Item, delta: &Delta<'_>, shown: Shown, cursor: &str, has_more: bool) -> Draft {
    let mut draft = Draft::of(json!({
        "has_more": has_more,
        "next_cursor": cursor,
        "removed": delta.removed.iter().map(|row| removed(row)).collect::<Vec<_>>(),
        "transactions_update_status": item.feed.readiness.wire(),
    }));
    for (name, rows) in [("added", &delta.added), ("modified", &delta.modified)] {
        draft.rows(name, rows.iter().map(|row| Row::of(row, shown)));
    }
    draft
}

fn removed(row: &Transaction) -> Value {
    json!({"account_id": row.account, "transaction_id": row.id})
}
