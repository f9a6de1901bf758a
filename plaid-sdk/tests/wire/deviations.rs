//! Each single deviation of the responses of eight operations, at each path: it is read or refused as the rule says.
//!
//! `deviations/samples.json` has a response of each operation with all properties. After the name of a property follows what
//! Plaid's document says about it: `optional`, `nullable`, and its type where JSON has none of its own. `deviations/rule.rs`
//! states the rule on these samples alone; it knows nothing of the generated types.

mod rule;
mod sample;

use std::collections::{BTreeMap, HashMap};

use plaid_sdk::response::Deviations;
use plaid_sdk::serde_json::{self, Value};
use plaid_sdk::wire::{self, Wire};
use plaid_sdk::{accounts, asset_report, identity, investments, item, liabilities, transactions, transfer};
use serde::de::DeserializeOwned;

use self::rule::{Expected, Kind};
use self::sample::{Step, path_text};

/// A document that was read, as it would be written, and its deviations; or the error.
type ReadResult = Result<(String, Deviations), String>;

/// Reads as the client does.
fn read<T: Wire>(json: &str) -> ReadResult {
    let mut deviations = Deviations::default();
    let read = wire::from_json_with_deviations::<T>(json.as_bytes(), &mut deviations);
    read.map(|value| (crate::written(&value), deviations)).map_err(|error| error.to_string())
}

/// Whether serde reads it.
fn is_read_by_serde<T: DeserializeOwned>(json: &str) -> bool {
    serde_json::from_str::<T>(json).is_ok()
}

/// The name of an operation, and how its response is read by the client and by serde.
type Operation = (&'static str, fn(&str) -> ReadResult, fn(&str) -> bool);

const OPERATIONS: [Operation; 8] = [
    ("accounts_get", read::<accounts::AccountsGetResponse>, is_read_by_serde::<accounts::AccountsGetResponse>),
    (
        "transactions_sync",
        read::<transactions::TransactionsSyncResponse>,
        is_read_by_serde::<transactions::TransactionsSyncResponse>,
    ),
    ("item_get", read::<item::ItemGetResponse>, is_read_by_serde::<item::ItemGetResponse>),
    ("transfer_list", read::<transfer::TransferListResponse>, is_read_by_serde::<transfer::TransferListResponse>),
    (
        "liabilities_get",
        read::<liabilities::LiabilitiesGetResponse>,
        is_read_by_serde::<liabilities::LiabilitiesGetResponse>,
    ),
    ("identity_get", read::<identity::IdentityGetResponse>, is_read_by_serde::<identity::IdentityGetResponse>),
    (
        "investments_holdings_get",
        read::<investments::InvestmentsHoldingsGetResponse>,
        is_read_by_serde::<investments::InvestmentsHoldingsGetResponse>,
    ),
    (
        "asset_report_get",
        read::<asset_report::AssetReportGetResponse>,
        is_read_by_serde::<asset_report::AssetReportGetResponse>,
    ),
];

/// How many documents of a kind were read, and why the others were not.
#[derive(Default)]
struct Count {
    all: usize,
    read: usize,
    reported: usize,
    refused: BTreeMap<&'static str, usize>,
}

#[test]
fn each_deviation_is_read_or_refused_as_the_rule_says() {
    let samples = sample::all();
    let mut counts: BTreeMap<Kind, Count> = BTreeMap::new();
    for (operation, read, is_read_by_serde) in OPERATIONS {
        let sample = &samples[operation];
        let whole = sample.json();
        let (written, deviations) = read(&whole.to_string()).unwrap();
        assert_eq!(deviations.len(), 0, "{operation}: {deviations}");
        // Nothing of the sample is unknown to the types, so that each deviation has an effect.
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), whole, "{operation}");
        // Most deviations are read as few documents.
        let mut written_like: HashMap<String, String> = HashMap::new();
        for (steps, node) in sample.nodes() {
            for kind in Kind::ALL {
                let Some(case) = rule::case(sample, &steps, node, kind) else { continue };
                let place = format!("{operation}: {} at {}", kind.name(), path_text(&steps));
                let count = counts.entry(kind).or_default();
                count.all += 1;
                let (outcome, by_serde) = (read(&case.json), is_read_by_serde(&case.json));
                let expected_by_serde = !kind.is_of_the_text() && !matches!(case.expected, Expected::Refused(_));
                assert_eq!(by_serde, expected_by_serde, "by serde, {place}");
                let (like, paths) = match case.expected {
                    Expected::Refused(reason) => {
                        let error = outcome.err().unwrap_or_else(|| panic!("{place} was read, but {reason}"));
                        assert!(error.contains(&path_text(&case.error_at)), "{place}: {error}");
                        *count.refused.entry(reason).or_default() += 1;
                        continue;
                    }
                    Expected::Silent(like) => (like, Vec::new()),
                    Expected::Reported(like, paths) => (like, paths),
                };
                let (written, deviations) = outcome.unwrap_or_else(|error| panic!("{place} was refused: {error}"));
                let mut found: Vec<&str> = deviations.iter().map(|deviation| deviation.path()).collect();
                found.sort_unstable();
                assert_eq!(found, paths, "{place}");
                let like = like.to_string();
                let expected = written_like.entry(like).or_insert_with_key(|like| read(like).unwrap().0);
                assert_eq!(written, *expected, "{place}");
                count.read += 1;
                count.reported += usize::from(!paths.is_empty());
            }
        }
    }
    let all: usize = counts.values().map(|count| count.all).sum();
    assert!(all > 10_000, "only {all} cases");
    print(&counts);
}

/// The table of ARCHITECTURE.md: `cargo test --test wire each_deviation -- --nocapture`.
fn print(counts: &BTreeMap<Kind, Count>) {
    println!("| in place of the value | cases | read | of these reported | refused, because |\n|---|---|---|---|---|");
    for (kind, count) in counts {
        let reasons: Vec<String> = count.refused.iter().map(|(reason, times)| format!("{reason} ({times})")).collect();
        let Count { all, read, reported, .. } = count;
        println!("| {} | {all} | {read} | {reported} | {} |", kind.name(), reasons.join("; "));
    }
}

/// The step of the path that leads to a property or element.
fn named(steps: &[Step], step: Step) -> Vec<Step> {
    [steps, &[step]].concat()
}
