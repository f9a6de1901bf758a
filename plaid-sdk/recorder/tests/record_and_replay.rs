//! Calls of the SDK are recorded against the emulator and replayed without it.

use std::path::{Path, PathBuf};

use plaid_emulator::Emulator;
use plaid_recorder::{Recording, Replayer};
use plaid_sdk::accounts::{AccountsBalanceGetRequest, AccountsGetRequest};
use plaid_sdk::auth::AuthGetRequest;
use plaid_sdk::identity::IdentityGetRequest;
use plaid_sdk::item::ItemPublicTokenExchangeRequest;
use plaid_sdk::link::Products;
use plaid_sdk::sandbox::SandboxPublicTokenCreateRequest;
use plaid_sdk::transactions::TransactionsSyncRequest;
use plaid_sdk::{Client, ErrorCode};

const CLIENT_ID: &str = "0123456789abcdef01234567";
const SECRET: &str = "d41d8cd98f00b204e9800998ecf842";

struct Lab {
    emulator: Emulator,
    folder: tempfile::TempDir,
}

/// What a chain of calls returned.
#[derive(Debug, PartialEq)]
struct Seen {
    names: Vec<String>,
    balances: Vec<String>,
    holders: usize,
    transactions: usize,
    access_token: String,
    secrets: Vec<String>,
}

impl Lab {
    async fn new() -> Self {
        let emulator = Emulator::builder().start().await.expect("the emulator starts");
        Self { emulator, folder: tempfile::tempdir().expect("a folder") }
    }

    fn cassette(&self) -> PathBuf {
        self.folder.path().join("cassette.json")
    }

    fn recorded(&self) -> Client {
        let recording = Recording::create(self.cassette()).expect("a cassette");
        let client = Client::builder().base_url(self.emulator.base_url()).credentials(CLIENT_ID, SECRET);
        let client = client.transport(self.emulator.transport());
        client.wrap_transport(move |inner| recording.recorder(inner)).build().expect("a client")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.cassette()).expect("the cassette")
    }
}

fn replayed(cassette: &Path) -> (Client, Replayer) {
    let replayer = Replayer::open(cassette).expect("a cassette");
    let client = Client::builder().base_url("http://127.0.0.1:1").credentials("other", "other-secret");
    (client.transport(replayer.clone()).build().expect("a client"), replayer)
}

async fn connect(plaid: &Client) -> String {
    let request = SandboxPublicTokenCreateRequest::new(
        "ins_109508",
        [Products::Auth, Products::Identity, Products::Transactions],
    );
    let public = plaid.sandbox_public_token_create(request).await.expect("a public token").public_token;
    let item = plaid.item_public_token_exchange(ItemPublicTokenExchangeRequest::new(public)).await;
    item.expect("an Item").access_token
}

async fn chain(plaid: &Client) -> Seen {
    let access_token = connect(plaid).await;
    let accounts = plaid.accounts_get(AccountsGetRequest::new(&access_token)).await.expect("accounts").accounts;
    let auth = plaid.auth_get(AuthGetRequest::new(&access_token)).await.expect("numbers");
    let identity = plaid.identity_get(IdentityGetRequest::new(&access_token)).await.expect("owners");
    let update =
        plaid.transactions_sync(TransactionsSyncRequest::new(&access_token)).update().await.expect("an update");
    let owners = || identity.accounts.iter().flat_map(|account| &account.owners);
    let mut secrets: Vec<String> = auth.numbers.ach.iter().map(|ach| ach.account.clone()).collect();
    secrets.extend(owners().flat_map(|owner| owner.names.clone()));
    secrets.extend(owners().flat_map(|owner| owner.emails.iter().map(|email| email.data.clone())));
    secrets.extend(owners().flat_map(|owner| owner.phone_numbers.iter().map(|phone| phone.data.clone())));
    secrets.push(access_token.clone());
    Seen {
        names: accounts.iter().map(|account| account.name.clone()).collect(),
        balances: accounts.iter().map(|account| format!("{:?}", account.balances.current)).collect(),
        holders: owners().count(),
        transactions: update.added.len(),
        access_token,
        secrets,
    }
}

#[tokio::test]
async fn a_chain_is_replayed_and_its_cassette_has_no_secrets() {
    let lab = Lab::new().await;
    let first = chain(&lab.recorded()).await;
    let text = lab.text();
    assert!(first.secrets.len() > 4, "{:?}", first.secrets);
    for secret in first.secrets.iter().map(String::as_str).chain([CLIENT_ID, SECRET]) {
        assert!(!text.contains(secret), "the cassette contains {secret}");
    }
    assert!(text.contains("\"access_token\": \"access-sandbox-00000000-0000-4000-8000-"), "{text:.2000}");

    let (plaid, replayer) = replayed(&lab.cassette());
    let second = chain(&plaid).await;
    assert_eq!((&second.names, &second.balances), (&first.names, &first.balances));
    assert_eq!((second.holders, second.transactions), (first.holders, first.transactions));
    assert_eq!(second.secrets.len(), first.secrets.len());
    assert_ne!(second.access_token, first.access_token);
    assert_eq!(replayer.unused(), [""; 0]);
}

#[tokio::test]
async fn an_unknown_request_is_explained_and_not_retried() {
    let lab = Lab::new().await;
    let plaid = lab.recorded();
    let token = connect(&plaid).await;
    let request = |token: &str, count| TransactionsSyncRequest::new(token).count(count);
    plaid.transactions_sync(request(&token, 100)).await.expect("a page");

    let (plaid, replayer) = replayed(&lab.cassette());
    let token = connect(&plaid).await;
    let error = plaid.transactions_sync(request(&token, 500)).await.expect_err("not recorded");
    let wanted = "no recorded call of POST /transactions/sync has this request; in the nearest, calls[2], `/count` is 500 and \
                  was 100";
    assert!(error.to_string().contains(wanted), "{error}");
    assert!(!error.is_retryable());
    // A token that no call returned is not that of the recording.
    let error = plaid.transactions_sync(request("access-sandbox-other", 100)).await.expect_err("not recorded");
    assert!(error.to_string().contains("`/access_token` is another value than the recorded one"), "{error}");
    let error = plaid.accounts_get(AccountsGetRequest::new(&token)).await.expect_err("not recorded").to_string();
    assert!(error.contains("no call of POST /accounts/get was recorded; the cassette has calls of /item/"), "{error}");
    assert_eq!(replayer.unused(), ["POST /transactions/sync"]);

    plaid.transactions_sync(request(&token, 100)).await.expect("the recorded page");
    let error = plaid.transactions_sync(request(&token, 100)).await.expect_err("returned already").to_string();
    assert!(error.contains("was recorded once, and all recorded responses were returned"), "{error}");
}

#[tokio::test]
async fn errors_and_values_of_the_test_are_replayed() {
    let lab = Lab::new().await;
    let wrong = "access-sandbox-4be8ce15-6f0a-4a0f-8c1e-6a7b0d1a2b3c";
    let calls = async |plaid: &Client, token: &str| {
        let error = plaid.accounts_balance_get(AccountsBalanceGetRequest::new(token)).await.expect_err("no such Item");
        assert_eq!(error.code(), Some(&ErrorCode::InvalidAccessToken), "{error}");
    };
    let plaid = lab.recorded();
    calls(&plaid, wrong).await;
    calls(&plaid, wrong).await;
    assert!(!lab.text().contains("4be8ce15"), "{}", lab.text());

    // The test may bring another token than when it was recorded, but the same one each time.
    let (plaid, replayer) = replayed(&lab.cassette());
    calls(&plaid, "access-sandbox-another").await;
    let other = AccountsBalanceGetRequest::new("access-sandbox-a-third-one");
    assert!(plaid.accounts_balance_get(other).await.expect_err("not recorded").is_transport());
    calls(&plaid, "access-sandbox-another").await;
    assert_eq!(replayer.unused(), [""; 0]);
}

#[tokio::test]
async fn a_credential_that_is_known_later_leaves_the_earlier_calls() {
    let lab = Lab::new().await;
    // A name is not secret, until it turns out to be a token's value elsewhere.
    let value = "an-unusual-value-without-form";
    let plaid = lab.recorded();
    let request = |query: &str| {
        plaid_sdk::institutions::InstitutionsSearchRequest::new(query, [plaid_sdk::institutions::CountryCode::Us])
    };
    let _none = plaid.institutions_search(request(value)).await;
    assert!(lab.text().contains(value));
    let _error = plaid.accounts_get(AccountsGetRequest::new(value)).await;
    assert!(!lab.text().contains(value), "{}", lab.text());
    assert!(lab.text().contains("\"/query\""), "the place is known as redacted: {}", lab.text());
}

#[test]
fn a_cassette_that_is_missing_or_wrong_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("none.json");
    let error = Replayer::open(&path).expect_err("no file").to_string();
    assert!(error.contains("none.json") && error.contains("record it first"), "{error}");
    std::fs::write(&path, "[]").expect("a file");
    let error = Replayer::open(&path).expect_err("no cassette").to_string();
    assert!(error.contains("it has no `format`"), "{error}");
    let error = Recording::create(folder.path().join("no/folder.json")).expect_err("no folder").to_string();
    assert!(error.contains("can't be written"), "{error}");
}
