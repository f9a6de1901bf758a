//! Updates page by page.

use std::pin::Pin;

use plaid_sdk::paging::{UpdateEvent, UpdateEvents};
use plaid_sdk::serde_json::Value;
use plaid_sdk::transactions::TransactionsSyncRequest;

use crate::memory::Memory;
use crate::pages::{sync_page, sync_request};

const MUTATION: &str = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";

fn page(ids: impl IntoIterator<Item = i64>, next: &str, has_more: bool) -> Result<Value, &'static str> {
    Ok(sync_page(ids, next, has_more))
}

fn events(server: &Memory, cursor: &str) -> UpdateEvents<TransactionsSyncRequest> {
    server.client().transactions_sync(sync_request(cursor)).update().events()
}

/// What an application stores by following the events.
#[derive(Debug, Default, PartialEq)]
struct Store {
    open: Vec<String>,
    committed: Vec<String>,
    cursor: Option<String>,
    restarts: u32,
}

impl Store {
    fn apply(&mut self, event: UpdateEvent<TransactionsSyncRequest>) {
        match event {
            UpdateEvent::Page(changes) => self.open.extend(changes.added.into_iter().map(|it| it.transaction_id)),
            UpdateEvent::Restart => {
                self.open.clear();
                self.restarts += 1;
            }
            UpdateEvent::Done { cursor, status, .. } => {
                assert_eq!(status, "HISTORICAL_UPDATE_COMPLETE");
                self.committed.append(&mut self.open);
                self.cursor = cursor;
            }
        }
    }
}

#[tokio::test]
async fn each_page_is_an_event_and_the_cursor_comes_last() {
    let server = Memory::answering(|number, _| page([number as i64], &format!("c{number}"), number < 2));
    let (mut events, mut store) = (events(&server, "c"), Store::default());
    for number in 1..=3 {
        store.apply(events.next_event().await.unwrap().unwrap());
        assert_eq!((store.open.len(), server.count(), &store.cursor), (number, number, &None));
    }
    store.apply(events.next_event().await.unwrap().unwrap());
    assert!(events.next_event().await.unwrap().is_none());
    assert_eq!((store.committed.len(), store.cursor.as_deref(), server.count()), (3, Some("c2"), 3));
}

#[tokio::test]
async fn a_mutation_is_a_restart_from_the_first_cursor() {
    let server = Memory::answering(|number, _| match number {
        0 => page([1], "c1", true),
        1 => page([2], "c2", true),
        2 => Err(MUTATION),
        3 => page([10], "d1", true),
        _ => page([11], "d2", false),
    });
    let (mut events, mut store) = (events(&server, "c0"), Store::default());
    while let Some(event) = events.next_event().await.unwrap() {
        store.apply(event);
    }
    assert_eq!(
        (store.committed, store.restarts, store.cursor.as_deref()),
        (vec!["10".into(), "11".into()], 1, Some("d2"))
    );
    let cursors: Vec<_> = server.requests().iter().map(|request| request["cursor"].clone()).collect();
    assert_eq!(cursors, ["c0", "c1", "c2", "c0", "d1"]);
}

#[tokio::test]
async fn after_an_error_the_update_restarts() {
    let server = Memory::answering(|number, _| match number {
        0 => page([1], "c1", true),
        1 => Err("ITEM_LOGIN_REQUIRED"),
        2 => page([1], "c1", true),
        _ => page([2], "c2", false),
    });
    let (mut events, mut store) = (events(&server, "c0"), Store::default());
    store.apply(events.next_event().await.unwrap().unwrap());
    assert!(events.next_event().await.unwrap_err().needs_update_mode());
    while let Some(event) = events.next_event().await.unwrap() {
        store.apply(event);
    }
    assert_eq!((store.committed, store.restarts), (vec!["1".into(), "2".into()], 1));
}

#[tokio::test]
async fn as_a_stream_it_ends_after_an_error_and_after_the_end() {
    use futures_core::Stream;
    async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
        std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
    }
    let server = Memory::answering(|number, _| page([number as i64], "same", true));
    let mut events = events(&server, "c0");
    assert!(matches!(next(&mut events).await, Some(Ok(UpdateEvent::Page(_)))));
    assert!(next(&mut events).await.unwrap().unwrap_err().is_pagination());
    assert!(next(&mut events).await.is_none() && next(&mut events).await.is_none());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_first_sync_of_any_size_is_one_page_at_a_time() {
    // Two years of a busy account.
    const PAGES: usize = 240;
    let server = Memory::answering(|number, _| {
        let start = number as i64 * 100;
        page(start..start + 100, &format!("c{number}"), number + 1 < PAGES)
    });
    let (mut events, mut found, mut largest) = (events(&server, "c"), 0, 0);
    while let Some(event) = events.next_event().await.unwrap() {
        if let UpdateEvent::Page(changes) = event {
            found += changes.added.len();
            largest = largest.max(changes.added.len());
        }
    }
    assert_eq!((found, largest, server.count()), (PAGES * 100, 100, PAGES));
}
