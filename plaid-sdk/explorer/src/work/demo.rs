//! What the demo data has for single operations: objects that are still in the state in which the operation works, such as a
//! transfer that can be cancelled.

use axum::body::to_bytes;
use axum::http::StatusCode;
use chrono::{SecondsFormat, Utc};
use plaid_catalog::Catalog;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;
use serde_json::{Map, Value, json};

use super::refused::Refused;
use super::{controls, person};
use crate::app::App;
use crate::gateway::Call;
use crate::memory::given::Given;

/// The longest response that a step reads.
const LONGEST: usize = 4 << 20;

/// The test user of the Sandbox.
const USERNAME: &str = "user_good";
const PASSWORD: &str = "pass_good";

/// Applications of the emulator: the first is connected, the second is not.
const APPLICATIONS: [&str; 2] = ["5f0000000000000000000001", "demo-application"];

/// The head of a PNG file with the size of a logo.
const LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAABAAAAAQA";

/// Makes the objects, after the emulator's own demo data, whose values are `seeded`.
pub async fn make(app: &App, seeded: &Value) -> Result<Given, Refused> {
    let mut demo = Demo { app, seeded, steps: 0, given: Map::new() };
    demo.accounts().await?;
    demo.applications().await?;
    demo.links().await?;
    demo.layer().await?;
    demo.people().await?;
    demo.transfers().await?;
    demo.sweeps().await?;
    demo.rule().await?;
    demo.payments().await?;
    demo.verifications();
    demo.classes();
    demo.payroll().await?;
    let given = json::parse(&Value::Object(demo.given).to_string()).map_err(|error| Refused::bad(error.to_string()))?;
    let hidden = app.handles().hide_as(&person(), None, &given);
    let hidden = hidden.map_err(|error| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let Sample::Object(all) = hidden else { return Ok(Given::default()) };
    let all = all.into_iter().filter_map(|(operation, values)| match values {
        Sample::Object(values) => Some((operation, values)),
        _ => None,
    });
    Ok(Given::new(all))
}

struct Demo<'a> {
    app: &'a App,
    seeded: &'a Value,
    /// How many ids of its own it has made.
    steps: u32,
    given: Map<String, Value>,
}

impl Demo<'_> {
    fn give(&mut self, operations: &[&str], values: &Value) {
        for operation in operations {
            self.given.insert((*operation).to_owned(), values.clone());
        }
    }

    async fn call(&self, path: &str, body: Value) -> Result<Value, Refused> {
        let bad = |why: &str| Refused::bad(format!("the demo data is not complete: {path} answered {why}"));
        let operation = Catalog::plaid().at_path(path).first().copied().ok_or_else(|| bad("nothing"))?;
        let response = self.app.gateway().call(Call::json(operation, body.to_string())).await;
        let is_success = response.status().is_success();
        let bytes = to_bytes(response.into_body(), LONGEST).await.map_err(|error| bad(&error.to_string()))?;
        let answer: Value = serde_json::from_slice(&bytes).map_err(|error| bad(&error.to_string()))?;
        match is_success {
            true => Ok(answer),
            false => Err(bad(answer["error_message"].as_str().unwrap_or("an error without a message"))),
        }
    }

    /// A key that no request had before.
    fn key(&mut self) -> String {
        self.steps += 1;
        format!("demo-{}-{}", Utc::now().timestamp_micros(), self.steps)
    }

    /// Links an Item, and returns its access token.
    async fn item(&self, username: &str, products: &[&str]) -> Result<Value, Refused> {
        let mut options = json!({"override_username": username, "override_password": PASSWORD});
        if let Some(url) = self.app.memory().webhook_url() {
            options["webhook"] = url.into();
        }
        let body = json!({"institution_id": "ins_109508", "initial_products": products, "options": options});
        let public = self.call("/sandbox/public_token/create", body).await?;
        let body = json!({"public_token": public["public_token"]});
        let item = self.call("/item/public_token/exchange", body).await?;
        Ok(item["access_token"].clone())
    }

    /// Items with investments and debts and a webhook, and one whose transactions change.
    async fn accounts(&mut self) -> Result<(), Refused> {
        let access = self.item(USERNAME, &["investments", "investments_auth", "liabilities", "transactions"]).await?;
        let of_item = json!({"access_token": access});
        self.give(&["investmentsAuthGet"], &of_item);
        if self.app.memory().webhook_url().is_some() {
            self.give(&["sandboxItemFireWebhook"], &of_item);
        }
        let list = self.call("/accounts/get", of_item).await?;
        let investments =
            ["processorInvestmentsHoldingsGet", "processorInvestmentsAuthGet", "processorInvestmentsTransactionsGet"];
        for (kind, operations) in [("investment", &investments[..]), ("credit", &["processorLiabilitiesGet"])] {
            let account = list["accounts"].as_array().into_iter().flatten().find(|one| one["type"] == kind);
            let account = account.map(|one| one["account_id"].clone()).unwrap_or_default();
            let body = json!({"access_token": access, "account_id": account, "processor": "dwolla"});
            let made = self.call("/processor/token/create", body).await?;
            self.give(operations, &json!({"processor_token": made["processor_token"]}));
        }
        let access = self.item("user_transactions_dynamic", &["transactions"]).await?;
        let today = Utc::now().date_naive();
        let row = json!({"date_transacted": today, "date_posted": today, "amount": 12.34, "description": "Coffee"});
        self.give(&["sandboxTransactionsCreate"], &json!({"access_token": access, "transactions": [row]}));
        Ok(())
    }

    /// An imported Item, and an application that is connected to it.
    async fn applications(&mut self) -> Result<(), Refused> {
        let [connected, other] = APPLICATIONS;
        let auth = json!({"user_auth": {"user_id": USERNAME, "auth_token": PASSWORD}});
        self.give(&["itemImport"], &auth);
        let mut body = auth;
        body["products"] = json!(["transactions"]);
        let access = self.call("/item/import", body).await?["access_token"].clone();
        let both = json!({"access_token": access, "application_id": connected});
        self.call("/sandbox/item/application/seed", both.clone()).await?;
        self.give(&["itemApplicationUnlink"], &both);
        self.give(&["applicationGet"], &json!({"application_id": connected}));
        let seed = json!({"access_token": access, "application_id": other});
        self.give(&["sandboxItemApplicationSeed"], &seed);
        let mut scopes = both;
        scopes["state"] = "demo".into();
        self.give(&["itemApplicationScopesUpdate"], &scopes);
        Ok(())
    }

    async fn link_token(&self) -> Result<Value, Refused> {
        let body = json!({
            "client_name": "Demo", "language": "en", "country_codes": ["US"], "products": ["auth"],
            "user": {"client_user_id": "demo-user"},
        });
        Ok(self.call("/link/token/create", body).await?["link_token"].clone())
    }

    /// An account that waits for its deposit, and a session on the page of a bank.
    async fn links(&mut self) -> Result<(), Refused> {
        let token = self.link_token().await?;
        let numbers = json!({"account": "1111222233330000", "routing": "021000021"});
        let body = json!({
            "link_token": token, "numbers": numbers, "institution_id": "ins_109512",
            "username": "microdeposits_good", "password": PASSWORD,
        });
        let done = controls::control(self.app, "link/complete", body).await?;
        let body = json!({"public_token": done["public_token"]});
        let item = self.call("/item/public_token/exchange", body).await?;
        let list = self.call("/accounts/get", json!({"access_token": item["access_token"]})).await?;
        let mut accounts = list["accounts"].as_array().into_iter().flatten();
        let account = accounts.find(|one| one["verification_status"].is_string()).map(|one| &one["account_id"]);
        let waits = json!({"access_token": item["access_token"], "account_id": account});
        self.give(&["sandboxItemSetVerificationStatus"], &waits);

        let token = self.link_token().await?;
        for (verb, more) in
            [("open", json!({})), ("select", json!({"institution_id": "ins_127287"})), ("login", json!({}))]
        {
            let mut body = more;
            body["link_token"] = token.clone();
            controls::control(self.app, &format!("link/{verb}"), body).await?;
        }
        let state = controls::oauth_state(self.app, token.as_str().unwrap_or_default());
        self.give(&["sandboxOauthSelectAccounts"], &json!({"oauth_state_id": state, "accounts": ["0000"]}));
        Ok(())
    }

    /// A session of Layer that is over, and the logo of an end customer.
    async fn layer(&mut self) -> Result<(), Refused> {
        let body = json!({"template_id": "demo", "user": {"client_user_id": "demo-layer"}});
        let token = self.call("/session/token/create", body).await?["link"]["link_token"].clone();
        let done = controls::control(self.app, "link/complete", json!({"link_token": token})).await?;
        self.give(&["userAccountSessionGet"], &json!({"public_token": done["public_token"]}));
        let shown = self.call("/link/token/get", json!({"link_token": token})).await?;
        let session = &shown["link_sessions"][0]["link_session_id"];
        self.give(&["userAccountSessionEventSend"], &json!({"link_session_id": session}));
        self.give(&["partnerCustomerCreate", "betaPartnerCustomerV1Create"], &json!({"logo": LOGO}));
        Ok(())
    }

    /// A person who is verified for the first time, screenings with hits, and what reports about people are asked for.
    async fn people(&mut self) -> Result<(), Refused> {
        let person = self.key();
        self.give(&["identityVerificationCreate"], &json!({"client_user_id": person}));
        let screenings = [
            ("individual", "watchlist_screening_id", "watchlistScreeningIndividualReviewCreate"),
            ("entity", "entity_watchlist_screening_id", "watchlistScreeningEntityReviewCreate"),
        ];
        for (kind, name, operation) in screenings {
            let body = json!({name: self.seeded[name]});
            let list = self.call(&format!("/watchlist_screening/{kind}/hit/list"), body).await?;
            let hits = list.as_object().into_iter().flatten().find_map(|(_, value)| value.as_array());
            let first: Vec<&Value> = hits.into_iter().flatten().take(1).map(|hit| &hit["id"]).collect();
            self.give(&[operation], &json!({"confirmed_hits": first, "dismissed_hits": []}));
        }
        self.give(&["craCheckReportVerificationPdfGet"], &json!({"reports_requested": ["voa"]}));
        self.give(&["craMonitoringInsightsSubscribe"], &json!({"item_id": self.seeded["item_id"]}));
        let closed = json!({"status": "PAID_OFF", "date": Utc::now().date_naive()});
        let loan = json!({"loan_id": self.seeded["loan_id"], "closed_with_status": closed});
        self.give(&["craLoansUnregister"], &json!({"loans": [loan]}));
        Ok(())
    }

    async fn authorization(&self, more: Value) -> Result<Value, Refused> {
        let mut body = json!({
            "access_token": self.seeded["access_token"], "account_id": self.seeded["account_id"], "type": "debit",
            "network": "ach", "ach_class": "web", "amount": "1.23", "user": {"legal_name": "Demo"},
        });
        if let (Some(all), Value::Object(more)) = (body.as_object_mut(), more) {
            all.extend(more);
        }
        Ok(self.call("/transfer/authorization/create", body).await?["authorization"]["id"].clone())
    }

    async fn transfer(&self, more: Value) -> Result<Value, Refused> {
        let body = json!({
            "access_token": self.seeded["access_token"], "account_id": self.seeded["account_id"],
            "authorization_id": self.authorization(more).await?, "description": "demo",
        });
        Ok(self.call("/transfer/create", body).await?["transfer"]["id"].clone())
    }

    /// An unused authorization, transfers that are pending, and one that was returned and has to be repaid.
    async fn transfers(&mut self) -> Result<(), Refused> {
        let authorization = self.authorization(json!({})).await?;
        self.give(&["transferAuthorizationCancel"], &json!({"authorization_id": authorization}));
        for operation in ["transferCancel", "sandboxTransferSimulate"] {
            let pending = self.transfer(json!({})).await?;
            self.give(&[operation], &json!({"transfer_id": pending}));
        }
        let (from, to) = (&self.seeded["from_ledger_id"], &self.seeded["to_ledger_id"]);
        let ledgers = json!({"from_ledger_id": from, "to_ledger_id": to});
        self.give(&["transferLedgerDistribute"], &ledgers);
        let returned = self.transfer(json!({"request_guarantee": true})).await?;
        let moved = |event: &str| json!({"transfer_id": returned, "event_type": event});
        self.call("/sandbox/transfer/simulate", moved("posted")).await?;
        self.call("/sandbox/transfer/sweep/simulate", json!({})).await?;
        self.call("/sandbox/transfer/simulate", moved("returned")).await?;
        Ok(())
    }

    /// Sweeps of the ledger that are posted, and one of bank transfers.
    async fn sweeps(&mut self) -> Result<(), Refused> {
        for (verb, operation) in
            [("deposit", "sandboxTransferLedgerDepositSimulate"), ("withdraw", "sandboxTransferLedgerWithdrawSimulate")]
        {
            let body = json!({"amount": "1.23", "idempotency_key": self.key(), "network": "ach"});
            let made = self.call(&format!("/transfer/ledger/{verb}"), body).await?;
            let sweep = &made["sweep"]["id"];
            let body = json!({"sweep_id": sweep, "event_type": "sweep.posted"});
            self.call(&format!("/sandbox/transfer/ledger/{verb}/simulate"), body).await?;
            self.give(&[operation], &json!({"sweep_id": sweep}));
            // What was deposited is withdrawn, so that the balance stays the same however often this is made.
            self.call("/sandbox/transfer/ledger/simulate_available", json!({})).await?;
        }
        let list = self.call("/bank_transfer/sweep/list", json!({})).await?;
        self.give(&["bankTransferSweepGet"], &json!({"sweep_id": list["sweeps"][0]["id"]}));
        Ok(())
    }

    /// A rule for the categories of a user's transactions.
    async fn rule(&mut self) -> Result<(), Refused> {
        let user = self.seeded["client_user_id"].clone();
        let body = json!({
            "client_user_id": user, "pfc_primary_category": "FOOD_AND_DRINK",
            "pfc_detailed_category": "FOOD_AND_DRINK_COFFEE",
            "rule_details": {"field": "MERCHANT_NAME", "type": "EXACT_MATCH", "query": self.key()},
        });
        let made = self.call("/beta/transactions/rules/v1/create", body).await?;
        self.give(&["transactionsRulesRemove"], &json!({"client_user_id": user, "rule_id": made["rule"]["id"]}));
        Ok(())
    }

    /// The payroll of the user: its Item and a document.
    async fn payroll(&mut self) -> Result<(), Refused> {
        let of_item = json!({"access_token": self.seeded["payroll_access_token"]});
        let stubs = self.call("/income/verification/paystubs/get", of_item.clone()).await?;
        let operations =
            ["employmentVerificationGet", "incomeVerificationPaystubsGet", "incomeVerificationTaxformsGet"];
        self.give(&operations, &of_item);
        let document = &stubs["paystubs"][0]["doc_id"];
        let mut of_document = of_item;
        of_document["document_id"] = document.clone();
        self.give(&["incomeVerificationDocumentsDownload"], &of_document);
        Ok(())
    }

    /// Payments that wait for their user, and references that wallets take.
    async fn payments(&mut self) -> Result<(), Refused> {
        for operation in ["createPaymentToken", "sandboxPaymentSimulate"] {
            let body = json!({
                "recipient_id": self.seeded["recipient_id"], "reference": "Demo",
                "amount": {"currency": "GBP", "value": 12.34},
            });
            let made = self.call("/payment_initiation/payment/create", body).await?;
            self.give(&[operation], &json!({"payment_id": made["payment_id"]}));
        }
        let reference = json!({"reference": "Order1042"});
        self.give(&["paymentInitiationPaymentReverse", "walletTransactionExecute"], &reference);
        Ok(())
    }

    /// What the products that verify users need to know: whose verification goes on, and what speaks against nobody.
    fn verifications(&mut self) {
        self.give(&["identityVerificationCreate"], &json!({"is_idempotent": true}));
        let reviews = ["watchlistScreeningIndividualReviewCreate", "watchlistScreeningEntityReviewCreate"];
        self.give(&reviews, &json!({"confirmed_hits": [], "dismissed_hits": []}));
        let user = json!({"date_of_birth": "1990-05-29", "name": {"given_name": "Demo", "family_name": "User"}});
        self.give(&["beaconUserCreate"], &json!({ "user": user }));
        self.give(&["beaconUserReview"], &json!({"status": "pending_review"}));
        let user = json!({"user_id": self.seeded["user_id"]});
        self.give(&["protectCompute"], &json!({"model": "cash-advance-onboarding-1.0", "user": user}));
        self.give(&["protectEventGet"], &json!({"event_id": self.seeded["event_id"]}));
        let event = json!({"timestamp": Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)});
        self.give(&["protectEventSend"], &json!({ "event": event }));
    }

    /// What is required of transfers without being marked so: a class of ACH, and how an originator will use them.
    fn classes(&mut self) {
        let of_people = ["bankTransferCreate", "processorBankTransferCreate", "transferRecurringCreate"];
        self.give(&of_people, &json!({"ach_class": "ppd"}));
        let usage = json!({
            "expected_frequency": "once_per_month", "expected_highest_amount": "500.00",
            "expected_average_amount": "250.00", "expected_monthly_amount": "25000.00", "sec_codes": ["ppd"],
        });
        let address = json!({
            "street": "1 Market St", "city": "San Francisco", "region": "CA", "postal_code": "94105", "country_code": "US",
        });
        let account = json!({"access_token": self.seeded["access_token"], "account_id": self.seeded["account_id"]});
        let told = json!({
            "dba": "Demo", "tax_id": "123456789", "debit_usage_configuration": usage, "address": address,
            "website": "https://example.com", "naics_code": "561790", "funding_account": account,
        });
        self.give(&["transferDiligenceSubmit"], &json!({ "originator_diligence": told }));
    }
}
