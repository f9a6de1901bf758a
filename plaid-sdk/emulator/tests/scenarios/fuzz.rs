//! All operations with bodies that fit and bodies that do not: never a status of 500, always Plaid's seven keys in an error.

use std::collections::BTreeMap;

use crate::support::{CLIENT_ID, Lab};
use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::samples::SIZES;
use plaid_emulator::Emulator;
use plaid_emulator::samples::{json as value, replace};
use serde_json::{Value, json};

/// How many damaged bodies each sample becomes.
const DAMAGED: u64 = 6;
/// How many random valid bodies of each operation are sent.
const RANDOM: usize = 3;
/// The keys of an error.
const KEYS: [&str; 7] = [
    "display_message",
    "documentation_url",
    "error_code",
    "error_message",
    "error_type",
    "request_id",
    "suggested_action",
];

/// A small generator of numbers (xorshift). The same seed gives the same run.
pub struct Random(u64);

impl Random {
    /// One that goes on from a number other than 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("a small number")
    }
}

/// Damages one value somewhere in a body.
fn damage(value: &mut Value, random: &mut Random) {
    let goes_deeper = random.below(3) > 0;
    match value {
        Value::Object(object) if goes_deeper && !object.is_empty() => {
            let index = random.below(object.len());
            let name = object.keys().nth(index).expect("a name").clone();
            match random.below(8) {
                0 => drop(object.remove(&name)),
                1 => drop(object.insert(format!("{name}_"), json!(1))),
                _ => damage(&mut object[&name], random),
            }
        }
        Value::Array(all) if goes_deeper && !all.is_empty() => {
            let index = random.below(all.len());
            damage(&mut all[index], random);
        }
        _ => {
            let others = [
                json!(null),
                json!(""),
                json!("x".repeat(5_000)),
                json!("access-sandbox-00000000-0000-4000-8000-000000000000"),
                json!("\u{0}\u{202e}ß"),
                json!(-1),
                json!(0),
                json!(1e300),
                json!(9_007_199_254_740_993_i64),
                json!(0.1),
                json!(true),
                json!([]),
                json!({}),
                json!([[[]]]),
                json!("9999-12-31"),
                json!("0001-01-01T00:00:00Z"),
            ];
            *value = others[random.below(others.len())].clone();
        }
    }
}

async fn send(lab: &Lab, http: &reqwest::Client, operation: &Operation, body: &Value) -> (u16, Value) {
    let path = operation.path.replace(['{', '}'], "");
    let method = operation.method.parse().expect("a method");
    let request = http.request(method, format!("{}{path}", lab.emulator.base_url()));
    let request = request.header("PLAID-CLIENT-ID", CLIENT_ID).header("PLAID-SECRET", "secret");
    let body = if operation.method == "GET" { String::new() } else { body.to_string() };
    let response = request.header("Content-Type", "application/json").body(body).send().await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.bytes().await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

/// What is wrong with a response, if anything is.
fn wrong(status: u16, response: &Value) -> Option<String> {
    if status >= 500 {
        return Some(format!("{status}: {}", response["error_message"]));
    }
    if status == 200 {
        return None;
    }
    let keys: Vec<&str> = response.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    let has_id = response["request_id"].as_str().is_some_and(|id| id.len() == 15);
    (sorted != KEYS || !has_id).then(|| format!("{status} with the keys {keys:?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_body_breaks_an_operation() {
    let lab = Lab::start(Emulator::builder()).await;
    let http = reqwest::Client::new();
    let known = lab.tenant().seed().expect("a seeded tenant");
    lab.control("snapshot", json!({"name": "seeded"})).await;
    let sampler = Catalog::plaid().sampler();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let (mut sent, mut accepted) = (0, 0);
    for operation in &Catalog::plaid().api().operations {
        lab.control("restore", json!({"name": "seeded"})).await;
        let valid = sampler.random(operation, 7).into_iter().take(RANDOM).collect::<Vec<_>>();
        let mut bodies: Vec<Value> = valid.iter().map(value).collect();
        for size in SIZES {
            let sample = sampler.request(operation, size).map_or_else(|| json!({}), |sample| value(&sample));
            for _ in 0..DAMAGED {
                let mut body = sample.clone();
                replace(&mut body, &known);
                for _ in 0..=random.below(3) {
                    damage(&mut body, &mut random);
                }
                bodies.push(body);
            }
        }
        for body in &mut bodies {
            if random.below(2) == 0 {
                replace(body, &known);
            }
            let (status, response) = send(&lab, &http, operation, body).await;
            sent += 1;
            accepted += usize::from(status == 200);
            if let Some(problem) = wrong(status, &response) {
                found.insert(operation.path.clone(), format!("{problem}\n    for {body}"));
            }
        }
    }
    println!("{sent} bodies sent, {accepted} accepted");
    let shown: Vec<String> = found.iter().map(|(path, problem)| format!("{path}: {problem}")).collect();
    assert!(found.is_empty(), "{} operations broke:\n{}", found.len(), shown.join("\n"));
    assert!(accepted > sent / 20 && accepted < sent, "{accepted} of {sent} were accepted");
}
