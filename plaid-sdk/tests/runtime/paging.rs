//! Paginated lists.

use std::borrow::Cow;
use std::pin::Pin;
use std::time::Duration;

use plaid_sdk::paging::{PageFacts, Paged, Position, Style};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::transactions::{Transaction, TransactionsGetRequest, TransactionsGetResponse};
use plaid_sdk::transfer::{
    Transfer, TransferEvent, TransferEventSyncRequest, TransferEventSyncResponse, TransferListRequest,
    TransferListResponse,
};
use plaid_sdk::{Call, Client, Error, Method, NaiveDate, Operation, RetryPolicy};

use crate::server::{Server, Step, body, plaid_error, responses};

const LIST: &Operation = &Operation::new("list", Method::Post, "/list").idempotent();

/// A custom operation with cursors.
#[derive(Clone, Default)]
struct ByCursor {
    cursor: Option<String>,
    count: Option<i64>,
}

impl Paged for ByCursor {
    type Page = Value;
    type Item = i64;
    const STYLE: Style = Style::CURSOR.sizes(10, 200);

    fn call<'c>(&self, client: &'c Client) -> Call<'c, Value> {
        Call::new(client, LIST).json(&json!({"cursor": self.cursor, "count": self.count}))
    }

    fn position(&self) -> Option<Position> {
        self.cursor.clone().map(Position::Cursor)
    }

    fn seek(&mut self, position: &Position) {
        if let Position::Cursor(cursor) = position {
            self.cursor = Some(cursor.clone());
        }
    }

    fn count(&self) -> Option<i64> {
        self.count
    }

    fn set_count(&mut self, count: i64) {
        self.count = Some(count);
    }

    fn facts(page: &Value) -> PageFacts<'_> {
        let facts = PageFacts::new(page["items"].as_array().map_or(0, Vec::len))
            .next_cursor(page["next_cursor"].as_str().map(Cow::Borrowed));
        match page["has_more"].as_bool() {
            Some(more) => facts.has_more(more),
            None => facts,
        }
    }

    fn items(page: Value) -> Vec<i64> {
        page["items"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
    }
}

fn asked(request: &str) -> Value {
    serde_json::from_str(body(request)).unwrap()
}

fn fine(response: &Value) -> Vec<Step> {
    responses("200 OK", &[], response.to_string())
}

/// A list of the numbers below 25 whose pages say by `end` that there are no more.
async fn numbers(end: Value) -> Server {
    Server::answering(move |_, request| {
        let asked = asked(request);
        let start: usize = asked["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
        let next = (start + asked["count"].as_u64().map_or(10, |count| count as usize)).min(25);
        let mut response = json!({"items": (start..next).collect::<Vec<_>>()});
        if next < 25 {
            response["next_cursor"] = next.to_string().into();
        } else {
            response.as_object_mut().unwrap().extend(end.as_object().unwrap().clone());
        }
        fine(&response)
    })
    .await
}

async fn all<R: Paged>(client: &Client, request: R) -> Result<Vec<R::Item>, Error> {
    let (mut items, mut all) = (client.items(request), Vec::new());
    while let Some(item) = items.next_item().await? {
        all.push(item);
    }
    assert!(items.next_item().await?.is_none());
    Ok(all)
}

#[tokio::test]
async fn cursors_are_followed_to_whatever_end_they_have() {
    for end in [
        json!({}),
        json!({"next_cursor": null}),
        json!({"next_cursor": ""}),
        json!({"next_cursor": "99", "has_more": false}),
    ] {
        let server = numbers(end).await;
        let client = server.client();
        assert_eq!(all(&client, ByCursor::default()).await.unwrap(), (0..25).collect::<Vec<_>>());
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn no_page_is_fetched_before_it_is_needed() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let mut items = client.items(ByCursor::default());
    assert_eq!(server.seen().len(), 0);
    for number in 0..10 {
        assert_eq!(items.next_item().await.unwrap(), Some(number));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.seen().len(), 1);
    assert_eq!(items.next_item().await.unwrap(), Some(10));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_can_be_resumed() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let mut items = client.items(ByCursor::default()).page_size(7);
    assert_eq!(items.position(), None);
    for _ in 0..9 {
        items.next_item().await.unwrap();
    }
    // In the middle of the second page: it comes again.
    let position = items.position().unwrap().clone();
    assert_eq!(position, Position::Cursor("7".to_owned()));
    let mut rest = client.items(ByCursor::default()).page_size(7).resume(position);
    assert_eq!(rest.next_item().await.unwrap(), Some(7));
    // A request may say itself where to begin, and pages tell where they are.
    let mut pages = client.pages(ByCursor { cursor: Some("20".to_owned()), count: Some(3) });
    assert_eq!(pages.next_page().await.unwrap().unwrap()["items"], json!([20, 21, 22]));
    assert_eq!(pages.position(), Some(&Position::Cursor("23".to_owned())));
    assert_eq!(pages.next_page().await.unwrap().unwrap()["items"], json!([23, 24]));
    assert_eq!(pages.next_page().await.unwrap(), None);
}

#[tokio::test]
async fn page_sizes_are_kept_to_what_is_allowed() {
    let server = numbers(json!({})).await;
    let client = server.client();
    for (size, sent) in [(0, 1), (50, 50), (1000, 200)] {
        client.pages(ByCursor::default()).page_size(size).next_page().await.unwrap();
        assert_eq!(asked(server.seen().last().unwrap())["count"], json!(sent));
    }
}

#[tokio::test]
async fn endless_lists_are_errors() {
    for response in [json!({"items": [1], "next_cursor": "a"}), json!({"items": [1], "has_more": true})] {
        let server = Server::responding("200 OK", &[], response.to_string()).await;
        let error = all(&server.client(), ByCursor::default()).await.unwrap_err();
        assert!(error.is_pagination() && error.to_string().starts_with("list: contradictory pages"), "{error}");
        assert!(server.seen().len() <= 2);
    }
}

#[tokio::test]
async fn after_an_error_the_same_page_can_be_asked_for_again() {
    let page = |items: Value, next: Option<&str>| fine(&json!({"items": items, "next_cursor": next}));
    let refused = responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED"));
    let server = Server::scripted(vec![page(json!([1]), Some("a")), refused, page(json!([2]), None)]).await;
    let client = server.client();
    let mut items = client.items(ByCursor::default());
    assert_eq!(items.next_item().await.unwrap(), Some(1));
    assert!(items.next_item().await.unwrap_err().needs_update_mode());
    assert_eq!(items.next_item().await.unwrap(), Some(2));
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
    let mut items = client.items(ByCursor::default());
    assert!(next(&mut items).await.unwrap().is_err());
    assert!(next(&mut items).await.is_none());
    assert!(next(&mut items).await.is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_dropped_future_loses_no_page() {
    let server = Server::answering(|_, _| {
        let mut steps = vec![Step::Wait(Duration::from_millis(100))];
        steps.extend(fine(&json!({"items": [1]})));
        steps
    })
    .await;
    let client = server.client();
    let mut items = client.items(ByCursor::default());
    assert!(tokio::time::timeout(Duration::from_millis(20), items.next_item()).await.is_err());
    assert_eq!(items.next_item().await.unwrap(), Some(1));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn options_are_those_of_each_page() {
    let server = numbers(json!({})).await;
    let client = server.client();
    let mut items =
        client.pages(ByCursor::default()).options(|call| call.header("x-trace", "t1").retry(RetryPolicy::none()));
    while items.next_page().await.unwrap().is_some() {}
    assert!(server.seen().len() == 3 && server.seen().iter().all(|request| request.contains("x-trace: t1")));
}

fn transfer(id: i64) -> Transfer {
    let mut transfer = Transfer::default();
    transfer.id = format!("t{id}");
    transfer
}

#[tokio::test]
async fn a_list_without_total_ends_with_a_short_page() {
    for (transfers, calls) in [(60_i64, 3), (50, 3), (0, 1)] {
        let server = Server::answering(move |_, request| {
            let asked = asked(request);
            let start = asked["offset"].as_i64().unwrap_or(0);
            let end = (start + asked["count"].as_i64().unwrap_or(25)).min(transfers);
            let mut page = TransferListResponse::default();
            page.transfers = (start..end).map(transfer).collect();
            responses("200 OK", &[], serde_json::to_string(&page).unwrap())
        })
        .await;
        let found = all(&server.client(), TransferListRequest::new()).await.unwrap();
        let ids: Vec<_> = found.into_iter().map(|transfer| transfer.id).collect();
        assert_eq!(ids, (0..transfers).map(|id| format!("t{id}")).collect::<Vec<_>>());
        assert_eq!(server.seen().len(), calls);
    }
}

#[tokio::test]
async fn a_list_that_shifts_while_it_is_read_gives_each_element_once() {
    // The newest come first. Between two pages, new ones come in, and later one goes away.
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
    let (mut items, mut found) = (client.items(request).page_size(100), Vec::new());
    while let Some(item) = items.next_item().await.unwrap() {
        found.push(item.transaction_id.parse::<i64>().unwrap());
    }
    // All that were there from the beginning, none of them twice.
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
    let mut items = client.items(TransferEventSyncRequest::new(2)).page_size(5);
    let mut found = Vec::new();
    while let Some(event) = items.next_item().await.unwrap() {
        found.push(event.event_id);
    }
    assert_eq!(found, (3..=12).collect::<Vec<_>>());
    // Where to look for new ones the next time: the last page comes again, which has the id of the last.
    assert_eq!((server.seen().len(), items.position()), (2, Some(&Position::After(7))));
}

crate::server::over_http2! {
    cursors_are_followed_to_whatever_end_they_have,
    no_page_is_fetched_before_it_is_needed,
    a_list_can_be_resumed,
    page_sizes_are_kept_to_what_is_allowed,
    endless_lists_are_errors,
    after_an_error_the_same_page_can_be_asked_for_again,
    as_a_stream_it_ends_after_an_error,
    a_dropped_future_loses_no_page,
    options_are_those_of_each_page,
    a_list_without_total_ends_with_a_short_page,
    a_list_that_shifts_while_it_is_read_gives_each_element_once,
    events_are_followed_by_their_ids,
}
