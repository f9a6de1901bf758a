//! Lists and updates of servers that never end them, in all ways that are known.

use std::time::Duration;

use plaid_sdk::Error;
use plaid_sdk::clock::Clock;
use plaid_sdk::paging::Position;
use plaid_sdk::payment_initiation::PaymentInitiationPaymentListRequest;
use plaid_sdk::transactions::Transaction;
use plaid_sdk::transfer::{TransferEventSyncRequest, TransferListRequest};
use plaid_sdk::wallet::WalletListRequest;

use crate::clock::TestClock;
use crate::memory::Memory;
use crate::pages::{event_page, get_page, get_request, read, sync_page, sync_request, transfer_page, wallet_page};

fn numbers(transactions: &[Transaction]) -> Vec<i64> {
    transactions.iter().map(|transaction| transaction.transaction_id.parse().unwrap()).collect()
}

/// Which page an error is about.
fn at_page(error: &Error, page: u32) -> bool {
    error.is_pagination() && error.to_string().contains(&format!("contradictory pages: page {page}"))
}

#[tokio::test]
async fn updates_whose_cursors_alternate_or_stay_end_at_once() {
    // A, B, A, B: the third page is the first that leads back.
    for (cursors, requests) in [(["a", "b"], 3), (["a", "a"], 2), (["c0", "c0"], 1)] {
        let server = Memory::answering(move |number, _| Ok(sync_page([number as i64], cursors[number % 2], true)));
        let error = server.client().transactions_sync(sync_request("c0")).update().await.unwrap_err();
        assert!(at_page(&error, requests) && server.count() == requests as usize, "{error}");
    }
}

#[tokio::test]
async fn updates_that_bring_nothing_new_end_soon() {
    // A new cursor each time, with an empty page or always the same one.
    for ids in [vec![], vec![1, 2]] {
        let server = Memory::answering(move |number, _| Ok(sync_page(ids.clone(), &format!("c{number}"), true)));
        let error = server.client().transactions_sync(sync_request("c")).update().await.unwrap_err();
        assert!(error.is_pagination() && server.count() <= 22, "{error} after {}", server.count());
    }
    // Some empty pages in a row are none of that.
    let server = Memory::answering(|number, _| {
        Ok(sync_page((number % 20 == 0).then_some(number as i64), &format!("c{number}"), number < 99))
    });
    let update = server.client().transactions_sync(sync_request("c")).update().await.unwrap();
    assert_eq!((numbers(&update.added), update.pages), (vec![0, 20, 40, 60, 80], 100));
}

#[tokio::test]
async fn updates_end_at_their_limits() {
    let endless = || Memory::answering(|number, _| Ok(sync_page([number as i64], &format!("c{number}"), true)));
    let server = endless();
    let error = server.client().transactions_sync(sync_request("c")).update().max_pages(70).await.unwrap_err();
    assert!(error.is_page_limit() && !error.is_pagination() && !error.may_have_been_carried_out(), "{error}");
    assert!(server.count() == 70 && error.to_string().contains("more than 70 pages"), "{error}");
    // Each page takes a second.
    let clock = TestClock::default();
    let of_server = clock.clone();
    let server = Memory::answering(move |number, _| {
        // The clock advances at once.
        drop(of_server.sleep(Duration::from_secs(1)));
        Ok(sync_page([number as i64], &format!("c{number}"), true))
    });
    let client = server.client_at(clock);
    let limit = Duration::from_secs(30);
    let error = client.transactions_sync(sync_request("c")).update().max_time(limit).await.unwrap_err();
    assert!(error.is_page_limit() && server.count() == 30, "{error} after {}", server.count());
    let error = client.wallet_list(WalletListRequest::new()).items().max_time(Duration::ZERO).next_item().await;
    assert!(error.unwrap_err().is_page_limit() && server.count() == 30);
    // An update of exactly as many pages is complete.
    let server = Memory::answering(|number, _| Ok(sync_page([number as i64], &format!("c{number}"), number < 69)));
    let update = server.client().transactions_sync(sync_request("c")).update().max_pages(70).await.unwrap();
    assert_eq!((update.pages, update.added.len(), update.cursor.as_deref()), (70, 70, Some("c69")));
}

#[tokio::test]
async fn lists_by_cursor_end_when_cursors_lead_back_or_bring_nothing_new() {
    let alternating = Memory::answering(|number, _| Ok(wallet_page([number as i64], Some(["a", "b"][number % 2]))));
    let mut items = alternating.client().wallet_list(WalletListRequest::new()).items();
    let (found, error) = read(&mut items).await;
    assert!(at_page(&error.unwrap(), 3) && found.len() == 2 && alternating.count() == 3);
    // The position is the page with the error: nothing before it is lost, and it can be requested again.
    assert_eq!(items.position(), Some(&Position::Cursor("b".to_owned())));
    for ids in [vec![], vec![1, 2, 3]] {
        let server = Memory::answering(move |number, _| Ok(wallet_page(ids.clone(), Some(&number.to_string()))));
        let (_, error) = read(&mut server.client().wallet_list(WalletListRequest::new()).items()).await;
        assert!(error.unwrap().is_pagination() && server.count() <= 22, "{}", server.count());
    }
}

#[tokio::test]
async fn a_list_can_be_continued_where_its_limit_ended_it() {
    let server = Memory::answering(|_, asked| {
        let start: i64 = asked["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
        Ok(wallet_page(start..start + 10, (start < 90).then(|| (start + 10).to_string()).as_deref()))
    });
    let client = server.client();
    let (mut found, mut position) = (Vec::new(), None);
    loop {
        let mut items = client.wallet_list(WalletListRequest::new()).items().max_pages(3);
        if let Some(position) = position {
            items = items.resume(position);
        }
        let (wallets, error) = read(&mut items).await;
        found.extend(wallets.iter().map(|wallet| wallet.wallet_id.parse::<i64>().unwrap()));
        position = items.position().cloned();
        match error {
            None => break,
            Some(error) => assert!(error.is_page_limit(), "{error}"),
        }
        // Requesting more from the same list changes nothing, and sends nothing.
        let count = server.count();
        assert!(items.next_item().await.unwrap_err().is_page_limit() && server.count() == count);
    }
    assert_eq!((found, server.count()), ((0..100).collect::<Vec<_>>(), 10));
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_noticed() {
    let server = Memory::answering(|_, _| Ok(transfer_page(0..25)));
    let (found, error) = read(&mut server.client().transfer_list(TransferListRequest::new()).items()).await;
    let error = error.unwrap();
    assert!(error.is_pagination() && error.to_string().contains("at offset "), "{error}");
    assert!(found.len() == 25 && server.count() <= 25, "{} after {}", found.len(), server.count());
}

/// The transactions below 200 by a server whose total is another number each time.
async fn with_totals(size: i64, total: impl Fn(i64) -> i64 + Send + 'static) -> (Vec<i64>, Option<Error>, usize) {
    let server = Memory::answering(move |number, asked| {
        let start = asked["options"]["offset"].as_i64().unwrap_or(0);
        let count = asked["options"]["count"].as_i64().unwrap_or(100);
        Ok(get_page(start.min(200)..start.saturating_add(count).min(200), total(number as i64)))
    });
    let (found, error) = read(&mut server.client().transactions_get(get_request()).items().page_size(size)).await;
    (numbers(&found), error, server.count())
}

#[tokio::test]
async fn a_false_total_costs_no_element_and_few_requests() {
    let all: Vec<_> = (0..200).collect();
    // A total that falls with each page.
    for size in [5, 10, 25, 100] {
        let (found, error, requests) = with_totals(size, |number| 1_000_000 - number).await;
        assert!(found == all && error.is_none_or(|error| error.is_pagination()), "{} of {size}", found.len());
        let pages = 200 / size as usize;
        assert!(requests <= pages + pages / 4 + 25, "{requests} requests for {pages} pages");
    }
    // A total that grows, or is always too large: the empty page contradicts it.
    for total in [|number| 1000 + number * 100, |_| i64::MAX] {
        let (found, error, requests) = with_totals(10, total).await;
        assert!(found == all && error.unwrap().is_pagination() && requests == 21, "{requests}");
    }
    // A total that is always too small: the list continues to an empty page.
    for total in [|_| -2, |_| 0, |_| 7] {
        let (found, error, requests) = with_totals(10, total).await;
        assert!(found == all && error.is_none() && requests == 21, "{requests}");
    }
    // From the largest number to a negative one, and numbers that alternate.
    for total in [|number| if number == 0 { i64::MAX } else { -2 }, |number| [1000, 10][number as usize % 2]] {
        let (found, error, requests) = with_totals(10, total).await;
        assert!(found.iter().enumerate().all(|(index, number)| index as i64 == *number), "{found:?}");
        assert!(found.len() == 200 || error.is_some_and(|error| error.is_pagination()));
        assert!(requests <= 65, "{requests} requests");
    }
}

#[tokio::test]
async fn events_continue_after_the_largest_id_in_whatever_order_they_come() {
    let server = Memory::answering(|_, asked| {
        let after = asked["after_id"].as_i64().unwrap();
        // The largest id is not the last of its page.
        let mut ids: Vec<_> = (after + 1..=12).take(5).collect();
        ids.reverse();
        Ok(event_page(ids, after + 5 < 12))
    });
    let mut items = server.client().transfer_event_sync(TransferEventSyncRequest::new(0)).items().page_size(5);
    let (found, error) = read(&mut items).await;
    assert!(error.is_none());
    let after: Vec<_> = server.requests().iter().map(|request| request["after_id"].as_i64().unwrap()).collect();
    assert_eq!((found.len(), after), (12, vec![0, 5, 10]));
    // Pages that overlap repeat no event, and those that do not advance are an error.
    let server = Memory::answering(|_, asked| {
        let after = asked["after_id"].as_i64().unwrap();
        Ok(event_page((after - 2).max(1)..=(after + 3).min(9), true))
    });
    let mut items = server.client().transfer_event_sync(TransferEventSyncRequest::new(0)).items();
    let (found, error) = read(&mut items).await;
    let error = error.unwrap();
    assert_eq!(found.iter().map(|event| event.event_id).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    assert!(at_page(&error, 4) && error.to_string().contains("after id 9") && server.count() == 4, "{error}");
    assert_eq!(items.position(), Some(&Position::After(9)));
}

#[tokio::test]
async fn pages_smaller_than_requested_end_no_list() {
    // The server returns at most 10 transfers, although 25 may be requested.
    let server = Memory::answering(|_, asked| {
        let start = asked["offset"].as_i64().unwrap_or(0);
        Ok(transfer_page(start..(start + 10).min(33)))
    });
    let (found, error) = read(&mut server.client().transfer_list(TransferListRequest::new()).items()).await;
    assert!(error.is_none() && found.len() == 33 && server.count() == 5);
}

#[tokio::test]
async fn a_position_of_another_kind_of_list_is_an_error() {
    let server = Memory::answering(|_, _| Ok(wallet_page([1], None)));
    let client = server.client();
    let (cursor, offset) = (Position::Cursor("12 May".to_owned()), Position::Offset(20));
    let payments = PaymentInitiationPaymentListRequest::new();
    for error in [
        client.wallet_list(WalletListRequest::new()).items().resume(offset).next_item().await.unwrap_err(),
        client.transfer_list(TransferListRequest::new()).items().resume(cursor.clone()).next_item().await.unwrap_err(),
        // The cursors of this list are times.
        client.payment_initiation_payment_list(payments).items().resume(cursor).next_item().await.unwrap_err(),
    ] {
        assert!(error.is_build() && error.to_string().contains("not one of this list"), "{error}");
    }
    assert_eq!(server.count(), 0);
}
