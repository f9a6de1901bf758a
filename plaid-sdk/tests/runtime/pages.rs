//! Pages of lists and updates, whose elements have numbers for ids.

use plaid_sdk::Error;
use plaid_sdk::paging::{Items, Paged};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::transactions::{
    Transaction, TransactionsGetRequest, TransactionsGetResponse, TransactionsSyncRequest, TransactionsSyncResponse,
};
use plaid_sdk::transfer::{Transfer, TransferEvent, TransferEventSyncResponse, TransferListResponse};
use plaid_sdk::wallet::{Wallet, WalletListResponse};

/// A value with required fields only.
fn plain<T: Default>(change: impl FnOnce(&mut T)) -> T {
    let mut value = T::default();
    change(&mut value);
    value
}

fn transactions(ids: impl IntoIterator<Item = i64>) -> Vec<Transaction> {
    ids.into_iter().map(|id| plain(|it: &mut Transaction| it.transaction_id = id.to_string())).collect()
}

pub(crate) fn sync_page(ids: impl IntoIterator<Item = i64>, next: &str, has_more: bool) -> Value {
    let page = plain(|page: &mut TransactionsSyncResponse| {
        page.added = transactions(ids);
        page.next_cursor = next.to_owned();
        page.has_more = has_more;
        page.transactions_update_status = "HISTORICAL_UPDATE_COMPLETE".into();
    });
    serde_json::to_value(page).unwrap()
}

pub(crate) fn wallet_page(ids: impl IntoIterator<Item = i64>, next: Option<&str>) -> Value {
    let wallets = ids.into_iter().map(|id| plain(|wallet: &mut Wallet| wallet.wallet_id = id.to_string()));
    let page = plain(|page: &mut WalletListResponse| page.wallets = wallets.collect());
    let mut page = serde_json::to_value(page).unwrap();
    page["next_cursor"] = json!(next);
    page
}

pub(crate) fn get_page(ids: impl IntoIterator<Item = i64>, total: i64) -> Value {
    let page = plain(|page: &mut TransactionsGetResponse| {
        page.transactions = transactions(ids);
        page.total_transactions = total;
    });
    serde_json::to_value(page).unwrap()
}

pub(crate) fn transfer_page(ids: impl IntoIterator<Item = i64>) -> Value {
    let transfers = ids.into_iter().map(|id| plain(|transfer: &mut Transfer| transfer.id = id.to_string()));
    serde_json::to_value(plain(|page: &mut TransferListResponse| page.transfers = transfers.collect())).unwrap()
}

pub(crate) fn event_page(ids: impl IntoIterator<Item = i64>, has_more: bool) -> Value {
    let events = ids.into_iter().map(|id| plain(|event: &mut TransferEvent| event.event_id = id));
    let page = plain(|page: &mut TransferEventSyncResponse| {
        page.transfer_events = events.collect();
        page.has_more = has_more;
    });
    serde_json::to_value(page).unwrap()
}

pub(crate) fn get_request() -> TransactionsGetRequest {
    TransactionsGetRequest::new("access-sandbox-1", "2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap())
}

pub(crate) fn sync_request(cursor: &str) -> TransactionsSyncRequest {
    TransactionsSyncRequest::new("access-sandbox-1").cursor(cursor)
}

/// The elements up to the end or an error.
pub(crate) async fn read<R: Paged>(items: &mut Items<R>) -> (Vec<R::Item>, Option<Error>) {
    let mut all = Vec::new();
    loop {
        match items.next_item().await {
            Ok(Some(item)) => all.push(item),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}
