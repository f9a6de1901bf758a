//! The flows of the SDK's guide, with the SDK's client and an emulator in the same program.
#![cfg(feature = "sdk")]

use plaid_emulator::{Emulator, Finish, Login};
use plaid_sdk::accounts::{AccountsGetRequest, AccountsGetResponse};
use plaid_sdk::auth::AuthGetRequest;
use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::{CountryCode, LinkTokenCreateRequest, LinkTokenCreateRequestUser, Products};
use plaid_sdk::paging::UpdateEvent;
use plaid_sdk::sandbox::SandboxItemResetLoginRequest;
use plaid_sdk::transactions::TransactionsSyncRequest;
use plaid_sdk::types::Decimal;
use plaid_sdk::webhooks::WebhookVerificationKeyGetRequest;
use plaid_sdk::webhooks::{Verifier, Webhook};
use plaid_sdk::{Client, Environment, ErrorCode};
use serde_json::json;

const CLIENT_ID: &str = "0123456789abcdef01234567";
const LOGIN: Login<'static> = Login { username: "user_good", password: "pass_good" };

/// A client and the emulator that answers it.
struct Flow {
    emulator: Emulator,
    plaid: Client,
}

impl Flow {
    async fn start() -> Self {
        let emulator = Emulator::builder().self_check(true).start().await.expect("it starts");
        let environment = Environment::custom(emulator.base_url()).expect("a URL");
        let client = Client::builder().environment(environment).credentials(CLIENT_ID, "secret");
        let plaid = client.transport(emulator.transport()).build().expect("a client");
        Self { emulator, plaid }
    }

    /// Link and exchange, as in the first call of the guide.
    async fn link(&self, username: &str, webhook: Option<&str>) -> String {
        let request = LinkTokenCreateRequest::new("Acme", "en", [CountryCode::Us])
            .user(LinkTokenCreateRequestUser::new("user-1"))
            .products([Products::Transactions, Products::Auth]);
        let request = match webhook {
            Some(url) => request.webhook(url),
            None => request,
        };
        let token = self.plaid.link_token_create(request).await.expect("a Link token").link_token;
        let tenant = self.emulator.tenant(CLIENT_ID).expect("the client has called");
        let finish = Finish { institution: "ins_109508", login: Login { username, ..LOGIN }, masks: None };
        let done = tenant.complete_link(&token, finish).expect("a session");
        let public = done["public_token"].as_str().expect("a token");
        let exchanged = self.plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public)).await;
        exchanged.expect("an access token").access_token
    }

    async fn accounts(&self, access: &str) -> Result<AccountsGetResponse, plaid_sdk::Error> {
        self.plaid.accounts_get(AccountsGetRequest::new(access)).await
    }
}

#[tokio::test]
async fn a_first_call_gives_exact_balances() {
    let flow = Flow::start().await;
    let access = flow.link("user_good", None).await;
    let response = flow.plaid.accounts_get(AccountsGetRequest::new(&access)).detailed().await.expect("accounts");
    assert_eq!(response.attempts.count(), 1);
    let accounts = &response.value.accounts;
    let of = |mask: &str| accounts.iter().find(|account| account.mask.as_deref() == Some(mask)).expect("an account");
    // A number that a float would round.
    assert_eq!(of("6666").balances.current, Some(Decimal::new(236_319_805, 4)));
    assert_eq!(of("2222").balances.available, None);
}

#[tokio::test]
async fn errors_say_what_to_do() {
    let flow = Flow::start().await;
    let access = flow.link("user_good", None).await;
    flow.plaid.sandbox_item_reset_login(SandboxItemResetLoginRequest::new(&access)).await.expect("it is broken");
    let error = flow.accounts(&access).await.expect_err("a new login is needed");
    assert!(error.needs_update_mode() && error.code() == Some(&ErrorCode::ItemLoginRequired), "{error}");

    let request = LinkTokenCreateRequest::new("Acme", "en", [CountryCode::Us])
        .user(LinkTokenCreateRequestUser::new("user-1"))
        .access_token(&access);
    let repair = flow.plaid.link_token_create(request).await.expect("a token for update mode");
    let tenant = flow.emulator.tenant(CLIENT_ID).expect("the client has called");
    let finish = Finish { institution: "ins_109508", login: LOGIN, masks: None };
    tenant.complete_link(&repair.link_token, finish).expect("a repaired Item");
    assert_eq!(flow.accounts(&access).await.expect("the same token").accounts.len(), 14);
    let auth = flow.plaid.auth_get(AuthGetRequest::new(&access)).await.expect("numbers");
    assert_eq!(auth.numbers.ach.len(), 3);

    let error = flow.accounts("access-sandbox-1").await.expect_err("no such token");
    assert_eq!(error.code(), Some(&ErrorCode::InvalidAccessToken));
    assert!(!error.may_have_been_carried_out(), "{error}");
}

#[tokio::test]
async fn a_passing_failure_is_retried_and_a_lasting_one_is_told() {
    let flow = Flow::start().await;
    let access = flow.link("user_good", None).await;
    let tenant = flow.emulator.tenant(CLIENT_ID).expect("the client has called");
    tenant.control("POST", "faults", json!({"operation": "/accounts/get", "http": 503, "count": 1})).expect("a fault");
    let response = flow.plaid.accounts_get(AccountsGetRequest::new(&access)).detailed().await.expect("the second try");
    assert_eq!(response.attempts.count(), 2);
    tenant
        .control("POST", "faults", json!({"operation": "/accounts/get", "truncate": true, "count": 1}))
        .expect("a fault");
    assert_eq!(flow.accounts(&access).await.expect("the second try").accounts.len(), 14);
    tenant
        .control(
            "POST",
            "faults",
            json!({"operation": "/accounts/get", "error_code": "INTERNAL_SERVER_ERROR", "error_type": "API_ERROR"}),
        )
        .expect("a fault");
    let error = flow.accounts(&access).await.expect_err("it never works");
    assert_eq!(error.code(), Some(&ErrorCode::InternalServerError));
}

#[tokio::test]
async fn an_update_has_every_transaction_once_in_any_page_size() {
    let flow = Flow::start().await;
    let access = flow.link("user_transactions_dynamic", None).await;
    let whole = flow.plaid.transactions_sync(TransactionsSyncRequest::new(&access)).update().await.expect("an update");
    assert!(whole.added.len() > 90, "{} transactions", whole.added.len());
    let mut request = TransactionsSyncRequest::new(&access);
    request.count = Some(7);
    let mut events = flow.plaid.transactions_sync(request).update().events();
    let (mut pages, mut ids) = (0, Vec::new());
    while let Some(event) = events.next_event().await.expect("a page") {
        match event {
            UpdateEvent::Page(changes) => {
                pages += 1;
                ids.extend(changes.added.into_iter().map(|one| one.transaction_id));
            }
            UpdateEvent::Restart => ids.clear(),
            UpdateEvent::Done { .. } => {}
        }
    }
    let all: Vec<String> = whole.added.into_iter().map(|one| one.transaction_id).collect();
    assert_eq!(ids, all);
    assert_eq!(pages, all.len().div_ceil(7));
}

#[tokio::test]
async fn webhooks_are_verified_unchanged_and_changed_ones_are_refused() {
    let flow = Flow::start().await;
    let (url, mut received) = receiver().await;
    flow.link("user_good", Some(&url)).await;
    let verifier = Verifier::new(&flow.plaid);
    let (headers, body) = received.recv().await.expect("a webhook");
    let webhook = verifier.receive::<Webhook>(&headers, &body).await.expect("the signature is right");
    assert_eq!((webhook.webhook_type(), webhook.webhook_code()), ("TRANSACTIONS", "INITIAL_UPDATE"));
    let mut changed = body.to_vec();
    let last = changed.len() - 2;
    changed[last] ^= 1;
    assert!(verifier.receive::<Webhook>(&headers, &changed).await.is_err(), "one changed byte");
    let unknown = WebhookVerificationKeyGetRequest::new("6c5516e1-92dc-479e-a8ff-000000000000");
    assert!(flow.plaid.webhook_verification_key_get(unknown).await.is_err());
}

type Received = (plaid_sdk::http::HeaderMap, Vec<u8>);

/// A receiver of webhooks on this machine.
async fn receiver() -> (String, tokio::sync::mpsc::UnboundedReceiver<Received>) {
    use axum::body::Bytes;
    use axum::http::HeaderMap;

    let (queue, received) = tokio::sync::mpsc::unbounded_channel();
    let take = move |headers: HeaderMap, body: Bytes| async move {
        // The test may have seen enough.
        let _sent = queue.send((headers, body.to_vec()));
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("its address"));
    let router = axum::Router::new().route("/", axum::routing::post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}
