//! Checks the complete sample of a request with `api_tools::check` and with `jsonschema`, in turns. The best and the
//! median of many rounds count. Written into target/bench by `cargo xtask bench check`.

mod figure;

use std::hint::black_box;
use std::time::{Duration, Instant};

use plaid_catalog::Catalog;
use plaid_catalog::tools::check::{Checker, Policy};
use plaid_catalog::tools::json::{json, pretty_json};
use plaid_catalog::tools::json_schema::{Depth, Schemas};
use plaid_catalog::tools::samples::{Sampler, Size};

const ROUNDS: usize = 5_000;

fn main() {
    let api = Catalog::plaid().api();
    let start = Instant::now();
    let checker = Checker::new(api);
    println!("preparing the checker   {:>9.1} us", micros(start.elapsed()));
    println!("{:<33} {:>6} {:>8} {:>8} {:>8}", "microseconds", "bytes", "check", "median", "jsonschema");
    for id in ["linkTokenCreate", "transactionsSync", "transferAuthorizationCreate"] {
        let operation = api.operations.iter().find(|operation| operation.id == id).expect("an operation");
        let sample = Sampler::new(api).request(operation, Size::Full).expect("a sample");
        let schema = Schemas::new(api).request(operation, Depth::Whole).expect("a schema");
        let schema = serde_json::from_str(&json(&schema)).expect("JSON");
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        for (form, text) in [("", json(&sample)), (" (pretty)", pretty_json(&sample))] {
            let policy = Policy::strict();
            assert!(checker.request(id, text.as_bytes(), &policy).expect("an operation").is_empty(), "{id}");
            let check = || {
                black_box(checker.request(id, black_box(text.as_bytes()), &policy).expect("an operation"));
            };
            let theirs = || {
                let value = serde_json::from_str(black_box(&text)).expect("JSON");
                black_box(validator.iter_errors(&value).count());
            };
            let (best, median) = measure(&check);
            let (best_theirs, _) = measure(&theirs);
            if id == "linkTokenCreate" && form.is_empty() {
                figure::figure("check.body", best);
                figure::figure("check.body.jsonschema", best_theirs);
            }
            let name = format!("{id}{form}");
            println!("{name:<33} {:>6} {best:>8.1} {median:>8.1} {best_theirs:>8.1}", text.len());
        }
    }
}

/// The best and the median time of a call, in microseconds.
fn measure(call: &dyn Fn()) -> (f64, f64) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort();
    (micros(times[0]), micros(times[ROUNDS / 2]))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
