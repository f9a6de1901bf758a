//! Paginated lists.

use std::pin::Pin;
use std::time::Duration;

use plaid_sdk::Error;
use plaid_sdk::paging::{Items, Paged, Position};
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::transactions::{Transaction, TransactionsGetRequest, TransactionsGetResponse};
use plaid_sdk::transfer::{
    Transfer, TransferEvent, TransferEventSyncRequest, TransferEventSyncResponse, TransferListRequest,
    TransferListResponse,
};
use plaid_sdk::types::NaiveDate;
use plaid_sdk::wallet::{Wallet, WalletListRequest, WalletListResponse};

use crate::server::{Server, Step, body, plaid_error, responses};

/// The list of a cursor, whose wallets have numbers for ids.
fn by_cursor() -> WalletListRequest {
    WalletListRequest::new()
}

/// A page with the wallets of these numbers.
fn wallets(numbers: impl IntoIterator<Item = i64>) -> Value {
    let mut page = WalletListResponse::default();
    page.wallets = numbers
        .into_iter()
        .map(|number| {
            let mut wallet = Wallet::default();
            wallet.wallet_id = number.to_string();
            wallet
        })
        .collect();
    serde_json::to_value(page).unwrap()
}

fn id(wallet: &Wallet) -> i64 {
    wallet.wallet_id.parse().unwrap()
}

fn asked(request: &str) -> Value {
    serde_json::from_str(body(request)).unwrap()
}

fn fine(response: &Value) -> Vec<Step> {
    responses("200 OK", &[], response.to_string())
}

/// A list of the numbers below 25. `end` decides how the last page shows that there are no more.
async fn numbers(end: Value) -> Server {
    Server::answering(move |_, request| {
        let asked = asked(request);
        let start: usize = asked["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
        let next = (start + asked["count"].as_u64().map_or(10, |count| count as usize)).min(25);
        let mut response = wallets((start..next).map(|number| number as i64));
        if next < 25 {
            response["next_cursor"] = next.to_string().into();
        } else {
            response.as_object_mut().unwrap().extend(end.as_object().unwrap().clone());
        }
        fine(&response)
    })
    .await
}

async fn all<R: Paged>(mut items: Items<R>) -> Result<Vec<R::Item>, Error> {
    let mut all = Vec::new();
    while let Some(item) = items.next_item().await? {
        all.push(item);
    }
    assert!(items.next_item().await?.is_none());
    Ok(all)
}

#[tokio::test]
async fn cursors_are_followed_to_every_kind_of_last_page() {
    for end in [json!({}), json!({"next_cursor": null}), json!({"next_cursor": ""})] {
        let server = numbers(end).await;
        let client = server.client();
        let found = all(client.wallet_list(by_cursor()).items()).await.unwrap();
        assert_eq!(found.iter().map(id).collect::<Vec<_>>(), (0..25).collect::<Vec<_>>());
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn no_page_is_fetched_before_it_is_needed() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let mut items = client.wallet_list(by_cursor()).items();
    assert_eq!(server.seen().len(), 0);
    for number in 0..10 {
        assert_eq!(items.next_item().await.unwrap().as_ref().map(id), Some(number));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.seen().len(), 1);
    assert_eq!(items.next_item().await.unwrap().as_ref().map(id), Some(10));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_can_be_resumed() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let mut items = client.wallet_list(by_cursor()).items().page_size(7);
    assert_eq!(items.position(), None);
    for _ in 0..9 {
        items.next_item().await.unwrap();
    }
    // In the middle of the second page, which is fetched again.
    let position = items.position().unwrap().clone();
    assert_eq!(position, Position::Cursor("7".to_owned()));
    let mut rest = client.wallet_list(by_cursor()).items().page_size(7).resume(position);
    assert_eq!(rest.next_item().await.unwrap().as_ref().map(id), Some(7));
    // A request may contain the position to start from, and pages report their position.
    let mut pages = client.wallet_list(by_cursor().cursor("20").count(3)).pages();
    let page = pages.next_page().await.unwrap().unwrap();
    assert_eq!(page.wallets.iter().map(id).collect::<Vec<_>>(), [20, 21, 22]);
    assert_eq!(pages.position(), Some(&Position::Cursor("23".to_owned())));
    let page = pages.next_page().await.unwrap().unwrap();
    assert_eq!(page.wallets.iter().map(id).collect::<Vec<_>>(), [23, 24]);
    assert_eq!(pages.next_page().await.unwrap(), None);
}

#[tokio::test]
async fn page_sizes_are_limited_to_the_allowed_range() {
    let server = numbers(json!({})).await;
    let client = server.client();
    for (size, sent) in [(0, 1), (15, 15), (1000, 20)] {
        client.wallet_list(by_cursor()).pages().page_size(size).next_page().await.unwrap();
        assert_eq!(asked(server.seen().last().unwrap())["count"], json!(sent));
    }
}

#[tokio::test]
async fn endless_lists_are_errors() {
    let mut response = wallets([1]);
    response["next_cursor"] = "a".into();
    let server = Server::responding("200 OK", &[], response.to_string()).await;
    let error = all(server.client().wallet_list(by_cursor()).items()).await.unwrap_err();
    let text = error.to_string();
    assert!(error.is_pagination() && text.starts_with("walletList: contradictory pages"), "{text}");
    assert!(server.seen().len() <= 2);
}

#[tokio::test]
async fn after_an_error_the_same_page_can_be_requested_again() {
    let page = |number, next: Option<&str>| {
        let mut page = wallets([number]);
        page["next_cursor"] = json!(next);
        fine(&page)
    };
    let refused = responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED"));
    let server = Server::scripted(vec![page(1, Some("a")), refused, page(2, None)]).await;
    let client = server.client();
    let mut items = client.wallet_list(by_cursor()).items();
    assert_eq!(items.next_item().await.unwrap().as_ref().map(id), Some(1));
    assert!(items.next_item().await.unwrap_err().needs_update_mode());
    assert_eq!(items.next_item().await.unwrap().as_ref().map(id), Some(2));
    assert_eq!(items.next_item().await.unwrap(), None);
    let cursors: Vec<_> = server.seen().iter().map(|request| asked(request)["cursor"].clone()).collect();
    assert_eq!(cursors, [Value::Null, json!("a"), json!("a")]);
}

async fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn as_a_stream_it_ends_after_an_error() {
    let server = Server::responding("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED")).await;
    let client = server.client();
    let mut items = client.wallet_list(by_cursor()).items();
    assert!(next(&mut items).await.unwrap().is_err());
    assert!(next(&mut items).await.is_none());
    assert!(next(&mut items).await.is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_dropped_future_loses_no_page() {
    let server = Server::answering(|_, _| {
        let mut steps = vec![Step::Wait(Duration::from_millis(100))];
        steps.extend(fine(&wallets([1])));
        steps
    })
    .await;
    let client = server.client();
    let mut items = client.wallet_list(by_cursor()).items();
    assert!(tokio::time::timeout(Duration::from_millis(20), items.next_item()).await.is_err());
    assert_eq!(items.next_item().await.unwrap().as_ref().map(id), Some(1));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn options_apply_to_each_page() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let call = client.wallet_list(by_cursor());
    let mut items = call.header("x-trace", "t1").retry(RetryPolicy::none()).pages();
    while items.next_page().await.unwrap().is_some() {}
    assert!(server.seen().len() == 3 && server.seen().iter().all(|request| request.contains("x-trace: t1")));
}

fn transfer(id: i64) -> Transfer {
    let mut transfer = Transfer::default();
    transfer.id = format!("t{id}");
    transfer
}

#[tokio::test]
async fn a_list_without_total_ends_with_an_empty_page() {
    // The size of a page is only the largest, so a short page doesn't prove that it is the last.
    for (transfers, calls) in [(60_i64, 4), (50, 3), (0, 1)] {
        let server = Server::answering(move |_, request| {
            let asked = asked(request);
            let start = asked["offset"].as_i64().unwrap_or(0);
            let end = (start + asked["count"].as_i64().unwrap_or(25)).min(transfers);
            let mut page = TransferListResponse::default();
            page.transfers = (start..end).map(transfer).collect();
            responses("200 OK", &[], serde_json::to_string(&page).unwrap())
        })
        .await;
        let found = all(server.client().transfer_list(TransferListRequest::new()).items()).await.unwrap();
        let ids: Vec<_> = found.into_iter().map(|transfer| transfer.id).collect();
        assert_eq!(ids, (0..transfers).map(|id| format!("t{id}")).collect::<Vec<_>>());
        assert_eq!(server.seen().len(), calls);
    }
}

#[tokio::test]
async fn a_list_that_shifts_while_it_is_read_returns_each_element_once() {
    // The newest elements come first. Between two pages, new ones are added, and later one is removed.
    let server = Server::answering(|number, request| {
        let newest = [1000, 1007, 1007][number.min(2)];
        let rows: Vec<i64> = (0..newest).rev().filter(|id| number < 2 || *id != 950).collect();
        let asked = asked(request);
        let start = asked["options"]["offset"].as_u64().unwrap_or(0) as usize;
        let count = asked["options"]["count"].as_u64().unwrap_or(100) as usize;
        let mut page = TransactionsGetResponse::default();
        page.total_transactions = rows.len() as i64;
        page.transactions = rows
            .iter()
            .skip(start)
            .take(count)
            .map(|id| {
                let mut transaction = Transaction::default();
                transaction.transaction_id = id.to_string();
                transaction
            })
            .collect();
        responses("200 OK", &[], serde_json::to_string(&page).unwrap())
    })
    .await;
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let request = TransactionsGetRequest::new("access-sandbox-1", day("2026-01-01"), day("2026-12-31"));
    let client = server.client();
    let (mut items, mut found) = (client.transactions_get(request).items().page_size(100), Vec::new());
    while let Some(item) = items.next_item().await.unwrap() {
        found.push(item.transaction_id.parse::<i64>().unwrap());
    }
    // All elements that existed from the beginning, and none of them twice.
    found.sort_unstable();
    assert!(found == (0..1000).collect::<Vec<_>>(), "{} found", found.len());
}

#[tokio::test]
async fn events_are_followed_by_their_ids() {
    let server = Server::answering(|_, request| {
        let asked = asked(request);
        let after = asked["after_id"].as_i64().unwrap();
        let end = (after + asked["count"].as_i64().unwrap()).min(12);
        let mut page = TransferEventSyncResponse::default();
        page.has_more = end < 12;
        page.transfer_events = (after + 1..=end)
            .map(|id| {
                let mut event = TransferEvent::default();
                event.event_id = id;
                event
            })
            .collect();
        responses("200 OK", &[], serde_json::to_string(&page).unwrap())
    })
    .await;
    let client = server.client();
    let mut items = client.transfer_event_sync(TransferEventSyncRequest::new(2)).items().page_size(5);
    let mut found = Vec::new();
    while let Some(event) = items.next_item().await.unwrap() {
        found.push(event.event_id);
    }
    assert_eq!(found, (3..=12).collect::<Vec<_>>());
    // The position for the next time: the last page is fetched again, which contains the id of the last element.
    assert_eq!((server.seen().len(), items.position()), (2, Some(&Position::After(7))));
}

crate::protocols::over_http2! {
    cursors_are_followed_to_every_kind_of_last_page,
    no_page_is_fetched_before_it_is_needed,
    a_list_can_be_resumed,
    page_sizes_are_limited_to_the_allowed_range,
    endless_lists_are_errors,
    after_an_error_the_same_page_can_be_requested_again,
    as_a_stream_it_ends_after_an_error,
    a_dropped_future_loses_no_page,
    options_apply_to_each_page,
    a_list_without_total_ends_with_an_empty_page,
    a_list_that_shifts_while_it_is_read_returns_each_element_once,
    events_are_followed_by_their_ids,
}
