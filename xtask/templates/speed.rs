//! Decodes a page of 500 transactions with the wire layer and with serde's derive, in turns. The best of many rounds
//! counts. Written into target/bench by `cargo xtask bench wire`.

mod figure;

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 200;

fn main() {
    let page = page(500);
    let read: [(&str, &dyn Fn(&[u8])); 5] = [
        ("derive, from_slice", &|json| {
            black_box(serde_json::from_slice::<derived::transactions::TransactionsSyncResponse>(json).unwrap());
        }),
        ("wire, from_slice", &|json| {
            black_box(serde_json::from_slice::<wire::transactions::TransactionsSyncResponse>(json).unwrap());
        }),
        ("derive, from_str", &|json| {
            let text = std::str::from_utf8(json).unwrap();
            black_box(serde_json::from_str::<derived::transactions::TransactionsSyncResponse>(text).unwrap());
        }),
        ("wire, from_str", &|json| {
            let text = std::str::from_utf8(json).unwrap();
            black_box(serde_json::from_str::<wire::transactions::TransactionsSyncResponse>(text).unwrap());
        }),
        ("wire, as the client", &|json| {
            black_box(wire::wire::from_json::<wire::transactions::TransactionsSyncResponse>(json).unwrap());
        }),
    ];
    // Both decode the same values.
    let both: wire::transactions::TransactionsSyncResponse = serde_json::from_slice(page.as_bytes()).unwrap();
    let other: derived::transactions::TransactionsSyncResponse = serde_json::from_slice(page.as_bytes()).unwrap();
    assert_eq!(both.added.len(), 500);
    assert_eq!(
        serde_json::to_value(&both).unwrap()["added"][7]["name"],
        serde_json::to_value(&other).unwrap()["added"][7]["name"]
    );

    let mut best = [Duration::MAX; 5];
    for _ in 0..ROUNDS {
        for (best, (_, read)) in best.iter_mut().zip(&read) {
            let start = Instant::now();
            read(page.as_bytes());
            *best = (*best).min(start.elapsed());
        }
    }
    println!("a page of 500 transactions, {:.2} MB, best of {ROUNDS}\n", page.len() as f64 / 1e6);
    for ((name, _), best) in read.iter().zip(&best) {
        println!("{name:<22} {:>6.0} MB/s", page.len() as f64 / best.as_secs_f64() / 1e6);
    }
    for (name, at) in [("decode.derive", 0), ("decode.slice", 1), ("decode.client", 4)] {
        figure::figure(name, page.len() as f64 / best[at].as_secs_f64() / 1e6);
    }
    let ratio = |a: usize, b: usize| best[b].as_secs_f64() / best[a].as_secs_f64();
    println!(
        "\nwire / derive: from_slice {:.2}, from_str {:.2}, the client / from_slice {:.2}",
        ratio(1, 0),
        ratio(3, 2),
        ratio(4, 0)
    );
}

/// A response of made-up transactions, in the order of keys and the mix of nulls that Plaid sends.
fn page(count: usize) -> String {
    let mut page =
        String::from(r#"{"transactions_update_status":"HISTORICAL_UPDATE_COMPLETE","accounts":[],"added":["#);
    for at in 0..count {
        let comma = if at == 0 { "" } else { "," };
        let (day, cents) = (at % 28 + 1, at * 37 % 100);
        page.push_str(&format!(
            r#"{comma}{{"account_id":"BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv{at:04}","account_owner":null,"amount":{at}.{cents:02},"iso_currency_code":"USD","unofficial_currency_code":null,"check_number":null,"counterparties":[{{"name":"Corner Shop {at}","type":"merchant","logo_url":"https://logos.example.com/shop_{at}.png","website":"shop{at}.example.com","entity_id":"O5W5j4dN9OR3E6ypQmjdkWZZRoXEzVMz2{at:04}","confidence_level":"VERY_HIGH"}}],"date":"2026-03-{day:02}","datetime":"2026-03-{day:02}T11:01:01Z","authorized_date":"2026-03-{day:02}","authorized_datetime":"2026-03-{day:02}T10:34:50Z","location":{{"address":"{at} High Street","city":"Springfield","region":"CA","postal_code":"92064","country":"US","lat":32.959068,"lon":-117.037666,"store_number":"{at}"}},"name":"PURCHASE CORNER SHOP #{at}","merchant_name":"Corner Shop","merchant_entity_id":"O5W5j4dN9OR3E6ypQmjdkWZZRoXEzVMz2{at:04}","logo_url":"https://logos.example.com/shop_{at}.png","website":"shop{at}.example.com","payment_meta":{{"by_order_of":null,"payee":null,"payer":null,"payment_method":null,"payment_processor":null,"ppd_id":null,"reason":null,"reference_number":null}},"payment_channel":"in store","pending":false,"pending_transaction_id":"no86Eox18VHMvaOVL7gPUM9ap3aR1LsAV{at:04}","personal_finance_category":{{"primary":"GENERAL_MERCHANDISE","detailed":"GENERAL_MERCHANDISE_SUPERSTORES","confidence_level":"VERY_HIGH"}},"personal_finance_category_icon_url":"https://icons.example.com/GENERAL_MERCHANDISE.png","transaction_id":"lPNjeW1nR6CDn5okmGQ6hEpMo4lLNoSrzq{at:04}","transaction_code":null,"transaction_type":"place"}}"#
        ));
    }
    page.push_str(
        r#"],"modified":[],"removed":[],"next_cursor":"dVGVyY3Vyc29y","has_more":true,"request_id":"m8MDnv9okwxFNBV"}"#,
    );
    page
}
