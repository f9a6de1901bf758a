//! The same seed and the same calls give the same bytes, whatever other tenants do at the same time.

use plaid_emulator::Emulator;
use serde_json::{Value, json};

/// How many tenants call at once.
const TENANTS: u32 = 64;

/// One tenant's client. It keeps every byte that it is answered.
struct Tape {
    http: reqwest::Client,
    url: String,
    client_id: String,
    seen: String,
}

impl Tape {
    fn new(url: &str, number: u32) -> Self {
        let client_id = format!("{number:024x}");
        Self { http: reqwest::Client::new(), url: url.to_owned(), client_id, seen: String::new() }
    }

    async fn post(&mut self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.url)).header("PLAID-CLIENT-ID", &self.client_id);
        let request = request.header("PLAID-SECRET", "secret").header("Content-Type", "application/json");
        let response = request.body(body.to_string()).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        let text = response.text().await.expect("text");
        self.seen.push_str(&format!("{path} {text}\n"));
        serde_json::from_str(&text).expect("JSON")
    }

    /// Links, reads, lets days pass, reads again, breaks and repairs: data, errors of Items, webhooks.
    async fn run(mut self) -> String {
        let link = json!({
            "client_name": "Acme", "language": "en", "country_codes": ["US"], "products": ["transactions", "auth"],
            "user": {"client_user_id": self.client_id}, "webhook": "http://127.0.0.1:9/",
        });
        let token = self.post("/link/token/create", link).await["link_token"].clone();
        let done = self.post("/_plaid/link/complete", json!({"link_token": token})).await;
        let public = json!({"public_token": done["public_token"]});
        let access = self.post("/item/public_token/exchange", public).await["access_token"].clone();
        let item = json!({"access_token": access});
        let mut cursor = json!("");
        for _ in 0..3 {
            let page = json!({"access_token": access, "cursor": cursor, "count": 500});
            cursor = self.post("/transactions/sync", page).await["next_cursor"].clone();
            self.post("/_plaid/clock/advance", json!({"seconds": 9 * 86_400})).await;
        }
        self.post("/auth/get", item.clone()).await;
        self.post("/sandbox/item/reset_login", item.clone()).await;
        self.post("/item/get", item).await;
        let webhooks =
            self.http.get(format!("{}/_plaid/webhooks", self.url)).header("PLAID-CLIENT-ID", &self.client_id);
        let webhooks = webhooks.send().await.expect("an answer").text().await.expect("text");
        let webhooks: Value = serde_json::from_str(&webhooks).expect("JSON");
        for webhook in webhooks["webhooks"].as_array().into_iter().flatten() {
            self.seen.push_str(webhook["body"].as_str().expect("a body"));
        }
        // The address is that of the emulator, which differs from run to run.
        self.seen.replace(&self.url, "URL")
    }
}

async fn emulator(seed: u64) -> Emulator {
    let noon = "2026-11-28T12:00:00Z".parse().expect("a time");
    Emulator::builder().seed(seed).frozen_at(noon).self_check(true).start().await.expect("it starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_tenants_at_once_get_what_each_gets_alone() {
    let shared = emulator(7).await;
    let runs: Vec<_> = (0..TENANTS).map(|number| tokio::spawn(Tape::new(shared.base_url(), number).run())).collect();
    let mut together = Vec::new();
    for run in runs {
        together.push(run.await.expect("without a panic"));
    }
    for number in [0, 1, 31, TENANTS - 1] {
        let alone = emulator(7).await;
        let tape = Tape::new(alone.base_url(), number).run().await;
        assert!(tape.len() > 20_000 && tape.contains("SYNC_UPDATES_AVAILABLE"), "{} bytes", tape.len());
        let place = tape.bytes().zip(together[number as usize].bytes()).position(|(a, b)| a != b);
        assert_eq!(place, None, "tenant {number} differs at byte {place:?}");
        assert_eq!(tape.len(), together[number as usize].len());
    }
    assert_ne!(together[0], together[1]);
    let other = emulator(8).await;
    assert_ne!(Tape::new(other.base_url(), 0).run().await, together[0], "another seed gives other ids");
}
