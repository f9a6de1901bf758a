//! Updates of transactions.

use std::time::Duration;

use plaid_sdk::paging::{Update, UpdateCall};
use plaid_sdk::retry::RetryBudget;
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::transactions::{AccountBase, Transaction, TransactionsSyncRequest, TransactionsSyncResponse};
use plaid_sdk::{Client, ErrorCode};

use crate::clock::TestClock;
use crate::server::{Server, Step, body, plaid_error, responses};

const MUTATION: &str = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";

/// A page of added transactions with these ids.
fn page(added: &[&str], next_cursor: &str, has_more: bool) -> Vec<Step> {
    let mut page = TransactionsSyncResponse::default();
    page.added = added
        .iter()
        .map(|id| {
            let mut transaction = Transaction::default();
            transaction.transaction_id = (*id).to_owned();
            transaction
        })
        .collect();
    let mut account = AccountBase::default();
    account.account_id = "a1".to_owned();
    account.name = next_cursor.to_owned();
    page.accounts = vec![account];
    page.next_cursor = next_cursor.to_owned();
    page.has_more = has_more;
    page.transactions_update_status = "HISTORICAL_UPDATE_COMPLETE".into();
    responses("200 OK", &[], serde_json::to_string(&page).unwrap())
}

fn refused(kind: &str, code: &str) -> Vec<Step> {
    responses("400 Bad Request", &[], plaid_error(kind, code))
}

fn request(cursor: &str) -> TransactionsSyncRequest {
    let request = TransactionsSyncRequest::new("access-sandbox-1");
    if cursor.is_empty() { request } else { request.cursor(cursor) }
}

fn client(server: &Server) -> Client {
    server.builder().clock(TestClock::default()).build().unwrap()
}

fn ids(update: &Update<TransactionsSyncRequest>) -> Vec<&str> {
    update.added.iter().map(|transaction| transaction.transaction_id.as_str()).collect()
}

fn cursors(server: &Server) -> Vec<Value> {
    let cursor = |request: &String| serde_json::from_str::<Value>(body(request)).unwrap()["cursor"].clone();
    server.seen().iter().map(cursor).collect()
}

#[tokio::test]
async fn an_update_has_all_pages() {
    let server =
        Server::scripted(vec![page(&["t1", "t2"], "c1", true), page(&["t3"], "c2", true), page(&[], "c3", false)])
            .await;
    let update = client(&server).transactions_sync(request("c0")).update().await.unwrap();
    assert_eq!(ids(&update), ["t1", "t2", "t3"]);
    assert_eq!((update.cursor.as_deref(), update.pages, update.restarts), (Some("c3"), 3, 0));
    // Each account is listed once, with its latest data.
    assert_eq!((update.accounts.len(), update.accounts[0].name.as_str()), (1, "c3"));
    assert!(!update.is_empty() && !update.is_not_ready());
    assert_eq!(cursors(&server), [json!("c0"), json!("c1"), json!("c2")]);
    assert!(server.seen()[0].contains("\"count\":500"));
}

#[tokio::test]
async fn changing_data_restarts_the_update() {
    let script = vec![
        page(&["t1"], "c1", true),
        page(&["t2"], "c2", true),
        refused("TRANSACTIONS_ERROR", MUTATION),
        page(&["t1b"], "d1", true),
        page(&["t2b"], "d2", false),
    ];
    let server = Server::scripted(script).await;
    let update = client(&server).transactions_sync(request("c0")).update().await.unwrap();
    // The first pages are discarded.
    assert_eq!(ids(&update), ["t1b", "t2b"]);
    assert_eq!((update.cursor.as_deref(), update.pages, update.restarts), (Some("d2"), 2, 1));
    assert_eq!(cursors(&server), [json!("c0"), json!("c1"), json!("c2"), json!("c0"), json!("d1")]);
}

#[tokio::test]
async fn a_temporary_failure_of_a_later_page_restarts_the_update() {
    let html = responses("502 Bad Gateway", &[], "<html>");
    let cut = vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec())];
    let limited =
        responses("429 Too Many Requests", &[], plaid_error("RATE_LIMIT_EXCEEDED", "TRANSACTIONS_SYNC_LIMIT"));
    for failure in [html, cut, limited, vec![]] {
        let script = vec![page(&["t1"], "c1", true), failure, page(&["t1"], "c1", true), page(&["t2"], "c2", false)];
        let server = Server::scripted(script).await;
        let update = client(&server).transactions_sync(request("")).update().await.unwrap();
        assert_eq!((ids(&update), update.restarts), (vec!["t1", "t2"], 1));
        assert_eq!(cursors(&server), [Value::Null, json!("c1"), Value::Null, json!("c1")]);
    }
}

#[tokio::test]
async fn permanent_failures_end_the_update() {
    // A permanent failure.
    let login = refused("ITEM_ERROR", "ITEM_LOGIN_REQUIRED");
    let server = Server::scripted(vec![page(&["t1"], "c1", true), login]).await;
    assert!(client(&server).transactions_sync(request("")).update().await.unwrap_err().needs_update_mode());
    assert_eq!(server.seen().len(), 2);
    // The data changes each time.
    let server = Server::answering(|number, _| match number % 2 {
        0 => page(&["t1"], "c1", true),
        _ => refused("TRANSACTIONS_ERROR", MUTATION),
    })
    .await;
    let error = client(&server).transactions_sync(request("")).update().max_restarts(3).await.unwrap_err();
    assert_eq!((error.code().map(ErrorCode::as_str), server.seen().len()), (Some(MUTATION), 8));
    // The cursor does not change, or is missing.
    for next in ["c1", ""] {
        let server = Server::start(page(&["t1"], next, true)).await;
        let error = client(&server).transactions_sync(request("c1")).update().await.unwrap_err();
        assert!(error.is_pagination() && server.seen().len() == 1, "{error}");
    }
}

#[tokio::test]
async fn restarts_use_the_retry_budget() {
    let server = Server::answering(|number, _| match number % 2 {
        0 => page(&["t1"], "c1", true),
        _ => responses("502 Bad Gateway", &[], ""),
    })
    .await;
    let client = server.builder().clock(TestClock::default()).retry_budget(RetryBudget::new(2, 0.0)).build().unwrap();
    client.transactions_sync(request("")).update().max_restarts(100).await.unwrap_err();
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn not_ready_differs_from_no_changes() {
    let mut response = TransactionsSyncResponse::default();
    response.transactions_update_status = "NOT_READY".into();
    let server = Server::responding("200 OK", &[], serde_json::to_string(&response).unwrap()).await;
    let update = client(&server).transactions_sync(request("")).update().await.unwrap();
    assert!(update.is_not_ready() && update.is_empty());
    assert_eq!(update.cursor, None);

    let server = Server::start(page(&[], "c5", false)).await;
    let update = client(&server).transactions_sync(request("c5")).update().await.unwrap();
    assert!(!update.is_not_ready() && update.is_empty());
    assert_eq!(update.cursor.as_deref(), Some("c5"));
}

#[tokio::test]
async fn the_error_explains_a_cursor_of_another_item() {
    let refusal = r#"{"error_type": "INVALID_REQUEST", "error_code": "INVALID_FIELD",
        "error_message": "cursor not associated with access_token", "request_id": "r1"}"#;
    let server = Server::responding("400 Bad Request", &[], refusal).await;
    let error = client(&server).transactions_sync(request("c1")).update().await.unwrap_err();
    assert!(error.is_invalid_cursor() && error.to_string().contains("from another Item"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_dropped_update_changes_nothing() {
    let slow = vec![Step::Wait(Duration::from_secs(30))];
    let server = Server::scripted(vec![page(&["t1"], "c1", true), slow, page(&["t1"], "c1", false)]).await;
    let client = client(&server);
    let call: UpdateCall<TransactionsSyncRequest> = client.transactions_sync(request("")).update();
    assert!(tokio::time::timeout(Duration::from_millis(300), call.into_future()).await.is_err());
    let update = client.transactions_sync(request("")).update().await.unwrap();
    assert_eq!(ids(&update), ["t1"]);
}

crate::protocols::over_http2! {
    an_update_has_all_pages,
    changing_data_restarts_the_update,
    a_temporary_failure_of_a_later_page_restarts_the_update,
    permanent_failures_end_the_update,
    restarts_use_the_retry_budget,
    not_ready_differs_from_no_changes,
    the_error_explains_a_cursor_of_another_item,
    a_dropped_update_changes_nothing,
}
