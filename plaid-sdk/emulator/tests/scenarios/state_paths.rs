//! Whatever is asked for, the states of an object follow each other as documented, and what is refused changes nothing.

use std::collections::BTreeSet;

use plaid_emulator::{Builder, Emulator};
use serde_json::{Value, json};

use crate::fuzz::Random;
use crate::support::Lab;

/// How many objects of a kind there are, and how often something is done to each of them.
const OBJECTS: u64 = 24;
const STEPS: usize = 25;

/// What is done: an operation, or a control if the path begins without a slash.
type Act = (String, Value);
/// The states that may follow each other.
type Ways = &'static [(&'static str, &'static str)];

/// An object, what can be done to it, and where its state is read.
struct Subject {
    acts: Vec<Act>,
    read: (&'static str, Value, &'static str),
    /// The webhook that announces a new state: its type, its code, and what it names.
    webhook: Option<(&'static str, &'static str, Value)>,
}

fn act(path: &str, body: Value) -> Act {
    (path.to_owned(), body)
}

impl Subject {
    async fn state(&self, lab: &Lab) -> String {
        let (path, body, place) = &self.read;
        let answer = lab.call(path, body.clone()).await;
        answer.pointer(place).and_then(Value::as_str).expect("a state").to_owned()
    }

    /// How many webhooks have announced a new state.
    fn told(&self, lab: &Lab) -> usize {
        let Some((kind, code, id)) = &self.webhook else { return 0 };
        let all = lab.tenant().webhooks().into_iter();
        let own = all.filter(|one| (&*one.kind, &*one.code) == (*kind, *code));
        own.filter(|one| one.body.contains(id.as_str().expect("an id"))).count()
    }

    /// Does things at random, and returns the states in their order.
    async fn walk(&self, lab: &Lab, random: &mut Random) -> Vec<String> {
        let mut states = vec![self.state(lab).await];
        for _ in 0..STEPS {
            let (path, body) = &self.acts[random.below(self.acts.len())];
            let (status, told) = match path.starts_with('/') {
                true => (lab.send(path, body.clone()).await.0, self.told(lab)),
                false => (lab.ask("POST", path, body.clone()).await.0, self.told(lab)),
            };
            let now = self.state(lab).await;
            if states.last() != Some(&now) {
                assert_eq!(status, 200, "{path} was refused, and the state became {now}");
                states.push(now);
            }
            let changes = if self.webhook.is_some() { states.len() - 1 } else { 0 };
            assert_eq!(told, changes, "{states:?}: each change is announced once");
        }
        states
    }
}

/// Lets objects go their ways, and compares these with the documented ones.
async fn go(builder: fn() -> Builder, subject: impl AsyncFn(&Lab, u64) -> Subject, ways: Ways) {
    let mut gone = BTreeSet::new();
    for seed in 0..OBJECTS {
        let lab = Lab::start(builder()).await;
        let states = subject(&lab, seed).await.walk(&lab, &mut Random::new(seed * 7919 + 1)).await;
        gone.extend(states.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
    }
    let documented = ways.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(gone, documented);
}

/// All ways between the three states of what people review.
const REVIEWED: Ways = &[
    ("cleared", "pending_review"),
    ("cleared", "rejected"),
    ("pending_review", "cleared"),
    ("pending_review", "rejected"),
    ("rejected", "cleared"),
    ("rejected", "pending_review"),
];
const REVIEWS: [&str; 3] = ["cleared", "pending_review", "rejected"];

/// A screening. A search for a listed name waits for a review, and a reviewer can decide anything.
async fn screening(lab: &Lab, kind: &'static str, (id_field, program): (&str, Value), seed: u64) -> Value {
    let listed = if kind == "individual" { "Joseph Kony" } else { "Islamic Radio And Television Union" };
    let mut terms = program;
    terms["legal_name"] = if seed.is_multiple_of(2) { "Ann" } else { listed }.into();
    let made = lab.call(&format!("/watchlist_screening/{kind}/create"), json!({"search_terms": terms})).await;
    let with = |name: &str, value: Value| json!({id_field: made["id"], name: value});
    let path = format!("/watchlist_screening/{kind}/update");
    let reviews = REVIEWS.map(|status| json!([path, with("status", status.into())]));
    let names = ["Ann", listed].map(|name| json!([path, with("search_terms", json!({"legal_name": name}))]));
    json!({"id": made["id"], "acts": reviews.into_iter().chain(names).collect::<Vec<_>>()})
}

fn acts(all: &Value) -> Vec<Act> {
    let all = all.as_array().expect("acts").iter();
    all.map(|one| act(one[0].as_str().expect("a path"), one[1].clone())).collect()
}

#[tokio::test]
async fn individuals_are_reviewed() {
    let subject = async |lab: &Lab, seed: u64| {
        let (field, program) = ("watchlist_screening_id", json!({"watchlist_program_id": "prg_2eRPsDnL66rZ7H"}));
        let made = screening(lab, "individual", (field, program), seed).await;
        Subject {
            acts: acts(&made["acts"]),
            read: ("/watchlist_screening/individual/get", json!({field: made["id"]}), "/status"),
            webhook: Some(("SCREENING", "STATUS_UPDATED", made["id"].clone())),
        }
    };
    go(Emulator::builder, subject, REVIEWED).await;
}

#[tokio::test]
async fn entities_are_reviewed() {
    let subject = async |lab: &Lab, seed: u64| {
        let field = "entity_watchlist_screening_id";
        let program = json!({"entity_watchlist_program_id": "entprg_2eRPsDnL66rZ7H"});
        let made = screening(lab, "entity", (field, program), seed).await;
        Subject {
            acts: acts(&made["acts"]),
            read: ("/watchlist_screening/entity/get", json!({field: made["id"]}), "/status"),
            webhook: Some(("ENTITY_SCREENING", "STATUS_UPDATED", made["id"].clone())),
        }
    };
    go(Emulator::builder, subject, REVIEWED).await;
}

#[tokio::test]
async fn users_of_beacon_are_reported_and_reviewed() {
    let subject = async |lab: &Lab, _: u64| {
        let mut ids = Vec::new();
        for name in ["one", "two"] {
            let data = json!({
                "date_of_birth": "1976-02-25", "name": {"given_name": "Ann", "family_name": "Perkins"},
                "email_address": "ann@example.com",
            });
            let body = json!({"program_id": "becprg_11111111111111", "client_user_id": name, "user": data});
            ids.push(lab.call("/beacon/user/create", body).await["id"].clone());
        }
        let named = |more: Value| crate::support::merged(json!({"beacon_user_id": ids[0]}), more);
        let reviews = REVIEWS.map(|status| act("/beacon/user/review", named(json!({"status": status}))));
        let reports = ids.iter().flat_map(|id| {
            let report = |kind: &str| json!({"beacon_user_id": id, "type": kind, "fraud_date": "2026-11-01"});
            ["first_party", "stolen"].map(|kind| act("/beacon/report/create", report(kind)))
        });
        let emails = ["ann@example.com", "other@example.com"].map(|email| json!({"user": {"email_address": email}}));
        let updates = emails.map(|more| act("/beacon/user/update", named(more)));
        Subject {
            acts: reviews.into_iter().chain(reports).chain(updates).collect(),
            read: ("/beacon/user/get", named(json!({})), "/status"),
            webhook: Some(("BEACON", "USER_STATUS_UPDATED", ids[0].clone())),
        }
    };
    go(Emulator::builder, subject, REVIEWED).await;
}

#[tokio::test]
async fn end_customers_are_reviewed_and_enabled() {
    let ways: Ways = &[
        ("MORE_INFORMATION_NEEDED", "UNDER_REVIEW"),
        ("PENDING_ENABLEMENT", "ACTIVE"),
        ("UNDER_REVIEW", "DENIED"),
        ("UNDER_REVIEW", "MORE_INFORMATION_NEEDED"),
        ("UNDER_REVIEW", "PENDING_ENABLEMENT"),
    ];
    let subject = async |lab: &Lab, seed: u64| {
        lab.control("clock/freeze", json!({})).await;
        let told = json!({
            "legal_entity_name": "Ants", "is_diligence_attested": true,
            "bank_addendum_acceptance": {"customer_accepted": true},
        });
        let address = json!({"city": "Malakoff", "country_code": "US", "postal_code": "14236", "region": "NY", "street": "1 A St."});
        let plain = json!({
            "address": address, "application_name": "Ants", "company_name": "Ants Inc.",
            "customer_support_info": {"email": "help@ants.example"}, "website": "https://ants.example",
        });
        let body = if seed.is_multiple_of(2) { plain } else { crate::support::merged(plain, told.clone()) };
        let made = lab.call("/beta/partner/customer/v1/create", body).await;
        let id = made["end_customer"]["client_id"].as_str().expect("an id").to_owned();
        let named = json!({"end_customer_client_id": id});
        let states = ["UNDER_REVIEW", "MORE_INFORMATION_NEEDED", "PENDING_ENABLEMENT", "ACTIVE", "DENIED"];
        let decisions = states.map(|status| act(&format!("partner/{id}"), json!({"status": status})));
        let others = [
            act("/beta/partner/customer/v1/enable", named.clone()),
            act("clock/advance", json!({"seconds": 60})),
            act("/beta/partner/customer/v1/update", crate::support::merged(named.clone(), told)),
        ];
        Subject {
            acts: decisions.into_iter().chain(others).collect(),
            read: ("/beta/partner/customer/v1/get", named, "/end_customer/status"),
            webhook: None,
        }
    };
    go(Emulator::builder, subject, ways).await;
}

#[tokio::test]
async fn issues_are_fixed_or_not() {
    let ways: Ways = &[
        ("AWAITING_RESOLUTION", "CANNOT_FIX"),
        ("AWAITING_RESOLUTION", "FIX_IN_PROGRESS"),
        ("AWAITING_RESOLUTION", "RESOLVED"),
        ("FIX_IN_PROGRESS", "CANNOT_FIX"),
        ("FIX_IN_PROGRESS", "FIX_PENDING_VALIDATION"),
        ("FIX_IN_PROGRESS", "RESOLVED"),
        ("FIX_PENDING_VALIDATION", "FIX_IN_PROGRESS"),
        ("FIX_PENDING_VALIDATION", "RESOLVED"),
        ("REPORTED", "AWAITING_RESOLUTION"),
        ("REPORTED", "FIX_IN_PROGRESS"),
        ("REPORTED", "RESOLVED"),
    ];
    let subject = async |lab: &Lab, _: u64| {
        let issue = json!({"institution_id": "ins_109508", "summary": "Balances are old"});
        let id = lab.control("issues", issue).await["issue_id"].as_str().expect("an id").to_owned();
        let states: BTreeSet<&str> = ways.iter().flat_map(|(from, to)| [*from, *to]).collect();
        Subject {
            acts: states.iter().map(|status| act(&format!("issues/{id}"), json!({"status": status}))).collect(),
            read: ("/issues/get", json!({"issue_id": id}), "/issue/status"),
            webhook: None,
        }
    };
    go(Emulator::builder, subject, ways).await;
}

#[tokio::test]
async fn recurring_transfers_end_once() {
    let subject = async |lab: &Lab, _: u64| {
        let access = lab.item("user_good", json!({})).await;
        let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
        let clock = json!({"virtual_time": "2022-11-14T15:00:00Z"});
        let clock = lab.call("/sandbox/transfer/test_clock/create", clock).await["test_clock"]["test_clock_id"].clone();
        let plan = json!({
            "access_token": access, "account_id": accounts["accounts"][0]["account_id"], "type": "debit",
            "network": "ach", "ach_class": "ppd", "amount": "1.00", "user": {"legal_name": "Ann"},
            "description": "rent", "idempotency_key": "weekly", "test_clock_id": clock,
            "schedule": {
                "interval_unit": "week", "interval_count": 1, "interval_execution_day": 2, "start_date": "2022-11-15",
                "end_date": "2022-11-30",
            },
        });
        let made = lab.call("/transfer/recurring/create", plan).await["recurring_transfer"].clone();
        let named = json!({"recurring_transfer_id": made["recurring_transfer_id"]});
        let times = ["11-15", "11-16", "11-22", "11-29", "12-06"].map(|day| {
            let time = format!("2022-{day}T12:00:00Z");
            let body = json!({"test_clock_id": clock, "new_virtual_time": time});
            act("/sandbox/transfer/test_clock/advance", body)
        });
        Subject {
            acts: times.into_iter().chain([act("/transfer/recurring/cancel", named.clone())]).collect(),
            read: ("/transfer/recurring/get", named, "/recurring_transfer/status"),
            webhook: None,
        }
    };
    go(Emulator::builder, subject, &[("active", "cancelled"), ("active", "expired")]).await;
}
