//! Originators: their states, their accounts and people, and what a platform is told.

use crate::support::{Lab, merged};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";
const NOT_FOUND: &str = "TRANSFER_ERROR/TRANSFER_ORIGINATOR_NOT_FOUND";
const UNKNOWN: &str = "555555555555555555555555";

async fn originator(lab: &Lab) -> Value {
    let made = lab.call("/transfer/originator/create", json!({"company_name": "Marketplace of Shannon"})).await;
    assert_eq!(made["company_name"], "Marketplace of Shannon");
    made["originator_client_id"].clone()
}

async fn get(lab: &Lab, id: &Value) -> Value {
    lab.call("/transfer/originator/get", json!({"originator_client_id": id})).await["originator"].clone()
}

async fn status(lab: &Lab, id: &Value) -> Value {
    get(lab, id).await["transfer_diligence_status"].clone()
}

async fn review(lab: &Lab, id: &Value, body: Value) -> (u16, Value) {
    lab.ask("POST", &format!("originators/{}/review", id.as_str().unwrap_or_default()), body).await
}

async fn account(lab: &Lab, index: usize) -> Value {
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    json!({"access_token": access, "account_id": accounts["accounts"][index]["account_id"]})
}

fn usage() -> Value {
    json!({
        "expected_frequency": "once_per_month", "expected_highest_amount": "500.00",
        "expected_average_amount": "250.00", "expected_monthly_amount": "25000.00", "sec_codes": ["ccd"],
    })
}

async fn diligence(lab: &Lab, id: &Value) -> Value {
    json!({"originator_client_id": id, "originator_diligence": {
        "dba": "Marketplace", "tax_id": "123456789", "debit_usage_configuration": usage(),
        "address": {
            "city": "San Francisco", "street": "100 Market Street", "region": "CA", "postal_code": "94103",
            "country_code": "US",
        },
        "website": "https://example.com", "naics_code": "561790", "funding_account": account(lab, 0).await,
    }})
}

#[tokio::test]
async fn four_originators_of_the_sandbox_stay_in_their_states() {
    let lab = Lab::start(Emulator::builder()).await;
    let fixed = [("1", "approved"), ("2", "denied"), ("3", "under_review"), ("4", "more_information_required")];
    for (digit, expected) in fixed {
        let id = json!(digit.repeat(24));
        let got = get(&lab, &id).await;
        assert_eq!((&got["transfer_diligence_status"], &got["client_id"]), (&json!(expected), &id));
        let asks = got["outstanding_requirements"].as_array().is_some_and(|all| !all.is_empty());
        assert_eq!(asks, expected == "more_information_required", "{expected}");
    }
    let third = json!("3".repeat(24));
    lab.call("/transfer/diligence/submit", diligence(&lab, &third).await).await;
    assert_eq!(status(&lab, &third).await, "under_review");
    let made = originator(&lab).await;
    let list = async |body: Value| lab.call("/transfer/originator/list", body).await["originators"].clone();
    let all = list(json!({})).await;
    assert_eq!((all.as_array().map(Vec::len), &all[0]["client_id"]), (Some(5), &made), "newest first");
    assert_eq!(all[0]["transfer_diligence_status"], "not_submitted");
    assert_eq!(list(json!({"count": 2, "offset": 1})).await, json!([all[1], all[2]]));
    assert_eq!(lab.fail("/transfer/originator/list", json!({"count": 26})).await, INVALID);
    assert_eq!(lab.fail("/transfer/originator/get", json!({"originator_client_id": UNKNOWN})).await, NOT_FOUND);
    assert_eq!(lab.fail("/transfer/originator/create", json!({"company_name": " "})).await, INVALID);
}

#[tokio::test]
async fn an_originator_is_reviewed_and_decided() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = originator(&lab).await;
    let questions = json!({"originator_client_id": id, "redirect_uri": "https://example.com/done"});
    let url = lab.call("/transfer/questionnaire/create", questions.clone()).await["onboarding_url"].clone();
    assert!(url.as_str().is_some_and(|url| url.contains(id.as_str().unwrap_or("?"))), "{url}");
    let body = diligence(&lab, &id).await;
    for (name, value) in [
        ("website", json!("nowhere")),
        ("naics_code", json!("abcdef")),
        ("debit_usage_configuration", Value::Null),
        ("debit_usage_configuration", merged(usage(), json!({"expected_average_amount": "1"}))),
        ("funding_account", account(&lab, 3).await),
    ] {
        let mut wrong = body.clone();
        wrong["originator_diligence"][name] = value;
        assert_eq!(lab.fail("/transfer/diligence/submit", wrong).await, INVALID, "{name}");
    }
    assert_eq!(status(&lab, &id).await, "not_submitted");
    lab.call("/transfer/diligence/submit", body.clone()).await;
    assert_eq!(status(&lab, &id).await, "under_review");
    let document = json!({"originator_client_id": id, "file": "%PDF-1.7", "purpose": "DUE_DILIGENCE"});
    lab.call("/transfer/diligence/document/upload", document.clone()).await;
    let empty = merged(document.clone(), json!({"file": ""}));
    assert_eq!(lab.fail("/transfer/diligence/document/upload", empty).await, INVALID);

    // People at Plaid ask for more, and decide then.
    let more = json!({"status": "more_information_required", "requirements": ["BUSINESS_LICENSE"]});
    assert_eq!(review(&lab, &id, more).await.0, 200);
    let asked = get(&lab, &id).await["outstanding_requirements"].clone();
    assert_eq!(asked, json!([{"person_id": null, "requirement_type": "BUSINESS_LICENSE"}]));
    assert_eq!(review(&lab, &id, json!({"status": "approved"})).await.0, 400, "it is not under review");
    lab.call("/transfer/diligence/submit", body.clone()).await;
    assert_eq!(get(&lab, &id).await["outstanding_requirements"], json!([]));
    assert_eq!(review(&lab, &id, json!({"status": "approved"})).await.0, 200);
    assert_eq!(status(&lab, &id).await, "approved");
    for (path, body) in [
        ("/transfer/diligence/submit", body),
        ("/transfer/diligence/document/upload", document),
        ("/transfer/questionnaire/create", questions),
    ] {
        assert_eq!(lab.fail(path, body.clone()).await, INVALID, "{path}: it is decided");
        let unknown = merged(body, json!({"originator_client_id": UNKNOWN}));
        assert_eq!(lab.fail(path, unknown).await, NOT_FOUND, "{path}");
    }
    assert_eq!(review(&lab, &id, json!({"status": "denied"})).await.0, 200);
    let (code, refused) = review(&lab, &id, json!({"status": "perfect"})).await;
    assert!(code == 400 && refused["help"].as_str().is_some_and(|help| help.contains("under_review")), "{refused}");
    assert_eq!(review(&lab, &json!(UNKNOWN), json!({"status": "denied"})).await.0, 400);
}

#[tokio::test]
async fn a_platform_brings_an_originator_in_and_is_told_of_changes() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = originator(&lab).await;
    let terms = json!({
        "agreement_accepted": true, "originator_ip_address": "192.0.2.42",
        "agreement_accepted_at": "2026-09-14T14:42:19.350Z",
    });
    let with = |more: Value| {
        json!({
            "originator_client_id": id, "tos_acceptance_metadata": merged(terms.clone(), more),
            "originator_reviewed_at": "2026-07-29T20:22:21Z", "webhook": "http://127.0.0.1:9/hook",
        })
    };
    let path = "/transfer/platform/originator/create";
    assert_eq!(lab.fail(path, with(json!({"agreement_accepted": false}))).await, INVALID);
    assert_eq!(lab.fail(path, with(json!({"originator_ip_address": "home"}))).await, INVALID);
    assert_eq!(lab.fail(path, merged(with(json!({})), json!({"webhook": "no url"}))).await, INVALID);
    assert_eq!(lab.fail(path, merged(with(json!({})), json!({"originator_client_id": UNKNOWN}))).await, NOT_FOUND);
    lab.call(path, with(json!({}))).await;
    assert_eq!(status(&lab, &id).await, "more_information_required");

    let person = json!({
        "originator_client_id": id, "name": {"given_name": "Ann", "family_name": "Lee"},
        "email_address": "ann@example.com", "phone_number": "+14155550015", "date_of_birth": "1990-01-31",
        "relationship_to_originator": "BENEFICIAL_OWNER", "ownership_percentage": 30,
        "id_number": {"value": "123456789", "type": "us_ssn"},
    });
    let people = "/transfer/platform/person/create";
    for (name, value) in [
        ("email_address", json!("ann")),
        ("phone_number", json!("5550015")),
        ("date_of_birth", json!("1990-02-31")),
        ("ownership_percentage", json!(24)),
    ] {
        assert_eq!(lab.fail(people, merged(person.clone(), json!({name: value}))).await, INVALID, "{name}");
    }
    assert_eq!(lab.fail(people, json!({"originator_client_id": UNKNOWN})).await, NOT_FOUND);
    let ann = lab.call(people, person).await["person_id"].clone();
    let asked = get(&lab, &id).await["outstanding_requirements"].clone();
    let of_ann = json!({"person_id": ann, "requirement_type": "PERSON_ADDRESS"});
    let asked = asked.as_array().cloned().unwrap_or_default();
    // Her address was not told.
    assert_eq!(asked.iter().filter(|one| one["person_id"].is_string()).collect::<Vec<_>>(), [&of_ann]);

    let submit = "/transfer/platform/requirement/submit";
    let answer = |asked: &Value| {
        let mut one = json!({"requirement_type": asked["requirement_type"], "value": "told"});
        if asked["person_id"].is_string() {
            one["person_id"] = asked["person_id"].clone();
        }
        one
    };
    let send = |all: Vec<Value>| json!({"originator_client_id": id, "requirement_submissions": all});
    let nobody = json!({
        "requirement_type": "PERSON_ADDRESS", "value": "x", "person_id": "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d",
    });
    assert_eq!(lab.fail(submit, send(vec![nobody])).await, INVALID);
    assert_eq!(lab.fail(submit, send(vec![json!({"requirement_type": "BUSINESS_EIN", "value": ""})])).await, INVALID);
    assert_eq!(lab.fail(submit, send(Vec::new())).await, INVALID);
    let (first, rest) = asked.split_at(1);
    lab.call(submit, send(first.iter().map(answer).collect())).await;
    assert_eq!(status(&lab, &id).await, "more_information_required");
    assert_eq!(get(&lab, &id).await["outstanding_requirements"], json!(rest));
    lab.call(submit, send(rest.iter().map(answer).collect())).await;
    assert_eq!(status(&lab, &id).await, "under_review", "nothing is left to tell");
    assert_eq!(review(&lab, &id, json!({"status": "denied"})).await.0, 200);
    assert_eq!(lab.fail(submit, send(first.iter().map(answer).collect())).await, INVALID, "it is decided");
    let told = lab.tenant().webhooks().into_iter().filter(|one| one.code == "PLATFORM_ONBOARDING_UPDATE");
    let told: Vec<_> = told.map(|one| (one.kind, one.url, one.body.contains(id.as_str().unwrap_or("?")))).collect();
    let one = ("TRANSFER".to_owned(), Some("http://127.0.0.1:9/hook".to_owned()), true);
    assert_eq!(told, [one.clone(), one.clone(), one], "more information, under review, denied");
}

#[tokio::test]
async fn an_originator_has_funding_accounts() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = originator(&lab).await;
    let (create, update) =
        ("/transfer/originator/funding_account/create", "/transfer/originator/funding_account/update");
    let good = json!({"originator_client_id": id, "funding_account": account(&lab, 0).await});
    let named = merged(good["funding_account"].clone(), json!({"display_name": "Operating"}));
    let first = lab.call(create, merged(good.clone(), json!({"funding_account": named}))).await;
    let second = lab.call(create, good.clone()).await;
    assert!(first["funding_account_id"].is_string() && first["funding_account_id"] != second["funding_account_id"]);
    lab.call(update, good.clone()).await;
    for path in [create, update] {
        let with = |account: Value| merged(good.clone(), json!({"funding_account": account}));
        assert_eq!(lab.fail(path, with(account(&lab, 3).await)).await, INVALID, "{path}: a credit card");
        let foreign = merged(good["funding_account"].clone(), json!({"account_id": "x"}));
        assert_eq!(lab.fail(path, with(foreign)).await, "INVALID_INPUT/INVALID_ACCOUNT_ID", "{path}");
        let unknown = merged(good["funding_account"].clone(), json!({"access_token": "x"}));
        assert_eq!(lab.fail(path, with(unknown)).await, "INVALID_INPUT/INVALID_ACCESS_TOKEN", "{path}");
        let nobody = merged(good.clone(), json!({"originator_client_id": UNKNOWN}));
        assert_eq!(lab.fail(path, nobody).await, NOT_FOUND, "{path}");
    }
}
