//! Under any sequence of events, bank transfers go by the documented ways, and the balance is what they add up to.

use chrono::DateTime;
use rust_decimal::Decimal;
use serde_json::Value;

use super::progress::{advance, record};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::state::{
    AccountId, BankTransfer, BankTransferStatus as Status, ItemId, ORIGINATION_ACCOUNT, Pace, Source, SourceKind,
    Stamp, Tenant,
};

/// All states.
const ALL: [Status; 5] = [Status::Pending, Status::Posted, Status::Cancelled, Status::Failed, Status::Reversed];
/// The ways that are documented, from the first state to the last one.
const WAYS: [&[Status]; 5] = [
    &[Status::Pending],
    &[Status::Pending, Status::Cancelled],
    &[Status::Pending, Status::Failed],
    &[Status::Pending, Status::Posted],
    &[Status::Pending, Status::Posted, Status::Reversed],
];

/// A transfer. A credit that the balance does not cover is none.
fn start(tenant: &mut Tenant, number: u64, is_debit: bool, amount: Decimal) -> Option<String> {
    let (id, at) = (format!("transfer-{number}"), tenant.now());
    let source = Source::new(SourceKind::Transfer, &id);
    let Tenant { bank_transfers, ids, .. } = tenant;
    let mut stamp = Stamp { ids, at };
    match is_debit {
        true => bank_transfers.ledgers.hold(&mut stamp, ORIGINATION_ACCOUNT, amount, &source, at),
        false => bank_transfers.ledgers.pay(&mut stamp, ORIGINATION_ACCOUNT, amount, &source).ok()?,
    }
    let transfer = BankTransfer {
        id: id.clone(),
        item: ItemId::default(),
        account: AccountId::default(),
        is_debit,
        network: "ach".to_owned(),
        ach_class: None,
        amount,
        user: Value::Null,
        description: String::new(),
        custom_tag: None,
        metadata: None,
        created: at,
        status: Status::Pending,
        failure: None,
    };
    bank_transfers.transfers.insert(id.clone(), transfer);
    record(tenant, &id);
    Some(id)
}

#[test]
fn transfers_go_by_documented_ways_and_add_up_to_the_balance() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..100 {
        let clock = Clock::frozen(DateTime::UNIX_EPOCH);
        let mut tenant = Tenant::new(seed, "0123456789abcdef01234567", "secret", clock, Pace::INSTANT);
        let mut random = Ids::new(seed, "bank transfers");
        let mut all = Vec::new();
        for number in 0..60 {
            let pick = usize::try_from(random.below(5)).expect("a number");
            if pick == 0 || all.is_empty() {
                let amount = Decimal::new(i64::try_from(random.below(5_000) + 1).expect("a number"), 2);
                all.extend(start(&mut tenant, number, random.below(2) == 0, amount));
                continue;
            }
            let which = usize::try_from(random.below(all.len() as u64)).expect("a number");
            let before = tenant.bank_transfers.clone();
            if advance(&mut tenant, &all[which], ALL[pick], None).is_err() {
                assert_eq!(tenant.bank_transfers, before, "a refused event changes nothing");
            }
        }
        let kept = &tenant.bank_transfers;
        for id in &all {
            let way: Vec<Status> =
                kept.events.iter().filter(|event| event.transfer == *id).map(|event| event.status).collect();
            assert!(WAYS.contains(&&*way), "seed {seed}: {way:?}");
            seen.insert(way.len() * 10 + way.last().map_or(0, |last| *last as usize));
        }
        let effect = |one: &BankTransfer| match (one.is_debit, one.status) {
            (true, Status::Posted) => one.amount,
            (false, Status::Pending | Status::Posted) => -one.amount,
            _ => Decimal::ZERO,
        };
        let sum: Decimal = kept.transfers.values().map(effect).sum();
        let ledger = kept.ledgers.get(ORIGINATION_ACCOUNT).expect("the ledger");
        assert_eq!(ledger.available(), Decimal::from(100) + sum, "seed {seed}");
        let is_under_way = |one: &&BankTransfer| one.is_debit && one.status == Status::Pending;
        let pending: Decimal = kept.transfers.values().filter(is_under_way).map(|one| one.amount).sum();
        assert_eq!(ledger.pending(), pending, "seed {seed}");
        let swept: Decimal = kept.sweeps.values().map(|sweep| sweep.amount).sum();
        let settled = kept.transfers.values().filter(|one| one.status == Status::Posted);
        let expected: Decimal = settled.map(|one| if one.is_debit { one.amount } else { -one.amount }).sum();
        assert_eq!(swept, expected, "seed {seed}");
        let numbers: Vec<u64> = kept.events.iter().map(|event| event.id).collect();
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    }
    assert_eq!(seen.len(), WAYS.len(), "every way was gone");
}
