//! End customers of a reseller: their review, their enablement, their applications at banks.

use crate::support::{Lab, merged};
use plaid_emulator::{Emulator, Pace};
use serde_json::{Value, json};

/// A request that has all that Plaid asks for.
fn customer(application: &str) -> Value {
    json!({
        "address": {"city": "Malakoff", "country_code": "US", "postal_code": "14236", "region": "NY", "street": "1 A St."},
        "application_name": application, "company_name": "Ants Inc.", "is_bank_addendum_completed": true,
        "is_diligence_attested": true, "legal_entity_name": "Ants Incorporated", "website": "https://ants.example",
    })
}

/// The same for the newer operation, which takes less and says what is due.
fn beta(application: &str) -> Value {
    json!({
        "address": {"city": "Malakoff", "country_code": "US", "postal_code": "14236", "region": "NY", "street": "1 A St."},
        "application_name": application, "company_name": "Ants Inc.", "website": "https://ants.example",
        "customer_support_info": {"email": "help@ants.example"},
    })
}

/// An emulator in which Plaid takes its time, and whose clock stands still.
async fn slow() -> Lab {
    let lab = Lab::start(Emulator::builder().pace(Pace::SANDBOX)).await;
    lab.control("clock/freeze", json!({})).await;
    lab
}

async fn create(lab: &Lab, body: Value) -> String {
    let made = lab.call("/partner/customer/create", body).await;
    made["end_customer"]["client_id"].as_str().expect("a client id").to_owned()
}

async fn status(lab: &Lab, id: &str) -> Value {
    lab.call("/partner/customer/get", json!({"end_customer_client_id": id})).await["end_customer"]["status"].clone()
}

/// A PNG file of a size, as far as its header.
fn png(side: u32) -> String {
    let mut bytes = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13];
    bytes.extend(b"IHDR");
    bytes.extend(side.to_be_bytes());
    bytes.extend(side.to_be_bytes());
    base64(&bytes)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number =
            three.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[number >> (18 - 6 * place) & 63];
            text.push(if place > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[tokio::test]
async fn a_customer_is_reviewed_enabled_and_registered_at_banks() {
    let lab = slow().await;
    lab.control("dashboard", json!({"webhook": "http://127.0.0.1:9/partner"})).await;
    let made = lab.call("/partner/customer/create", customer("Ants")).await["end_customer"].clone();
    let id = made["client_id"].as_str().expect("a client id").to_owned();
    assert_eq!((id.len(), &made["status"], &made["company_name"]), (24, &json!("UNDER_REVIEW"), &json!("Ants Inc.")));
    assert!(made["secrets"]["sandbox"].is_string() && made["secrets"]["production"].is_string());
    let named = json!({"end_customer_client_id": id});
    let early = lab.send("/partner/customer/enable", named.clone()).await;
    assert_eq!((early.0, &early.1["error_code"]), (412, &json!("CUSTOMER_NOT_READY_FOR_ENABLEMENT")));

    lab.control("clock/advance", json!({"seconds": 60})).await;
    assert_eq!(status(&lab, &id).await, "PENDING_ENABLEMENT");
    let enabled = lab.call("/partner/customer/enable", named.clone()).await;
    assert_eq!(enabled["production_secret"], made["secrets"]["production"]);
    assert_eq!(status(&lab, &id).await, "ACTIVE");
    let again = lab.fail("/partner/customer/enable", named.clone()).await;
    assert_eq!(again, "PARTNER_ERROR/CUSTOMER_ALREADY_ENABLED");
    let remove = lab.fail("/partner/customer/remove", named.clone()).await;
    assert_eq!(remove, "PARTNER_ERROR/CUSTOMER_REMOVAL_NOT_ALLOWED");

    let before = lab.call("/partner/customer/oauth_institutions/get", named.clone()).await;
    assert_eq!(before["institutions"][0]["environments"]["production"], "NOT_STARTED");
    assert_eq!(before["institutions"][0]["production_enablement_date"], Value::Null);
    lab.control("clock/advance", json!({"seconds": 600})).await;
    let after = lab.call("/partner/customer/oauth_institutions/get", named.clone()).await;
    assert_eq!((&after["flowdown_status"], &after["questionnaire_status"]), (&json!("COMPLETE"), &json!("COMPLETE")));
    assert_eq!(after["institutions"][0]["environments"]["production"], "ENABLED");
    assert!(after["institutions"][0]["production_enablement_date"].is_string());
    let told = lab.tenant().webhooks().into_iter().filter(|one| one.kind == "PARTNER");
    let told: Vec<Value> = told.map(|one| serde_json::from_str(&one.body).expect("JSON")).collect();
    let first = &after["institutions"][0]["institution_id"];
    let of_first: Vec<&Value> =
        told.iter().filter(|one| one["institution_id"] == *first).map(|one| &one["status"]).collect();
    assert_eq!(of_first, ["processing", "approved", "enabled"]);
    assert!(told.iter().all(|one| one["end_customer_client_id"] == json!(id)));

    let body = json!({"institution_id": first, "oauth_status": "ATTENTION_REQUIRED"});
    lab.control(&format!("partner/{id}"), body).await;
    let wrong = lab.call("/partner/customer/oauth_institutions/get", named).await;
    assert_eq!(wrong["institutions"][0]["errors"][0]["error_code"], "OAUTH_REGISTRATION_ERROR");
}

#[tokio::test]
async fn a_denied_customer_can_only_be_removed() {
    let lab = slow().await;
    let id = create(&lab, customer("Ants")).await;
    lab.control(&format!("partner/{id}"), json!({"status": "DENIED"})).await;
    lab.control("clock/advance", json!({"seconds": 60})).await;
    assert_eq!(status(&lab, &id).await, "DENIED", "the review does not change Plaid's decision");
    let named = json!({"end_customer_client_id": id});
    let refused = lab.fail("/partner/customer/enable", named.clone()).await;
    assert_eq!(refused, "PARTNER_ERROR/CUSTOMER_NOT_READY_FOR_ENABLEMENT");
    let (code, _) = lab.ask("POST", &format!("partner/{id}"), json!({"status": "ACTIVE"})).await;
    assert_eq!(code, 400, "nothing follows a denial");
    lab.call("/partner/customer/remove", named.clone()).await;
    for path in ["get", "enable", "remove", "oauth_institutions/get"] {
        let (code, body) = lab.send(&format!("/partner/customer/{path}"), named.clone()).await;
        assert_eq!((code, &body["error_code"]), (404, &json!("CUSTOMER_NOT_FOUND")), "{path}");
    }
    for path in ["get", "enable", "update"] {
        let refused = lab.fail(&format!("/beta/partner/customer/v1/{path}"), named.clone()).await;
        assert_eq!(refused, "PARTNER_ERROR/CUSTOMER_NOT_FOUND");
    }
}

#[tokio::test]
async fn what_a_newer_customer_leaves_out_is_due_before_the_review_passes() {
    let lab = slow().await;
    let made = lab.call("/beta/partner/customer/v1/create", beta("Ants")).await["end_customer"].clone();
    let due = json!(["legal_entity_name", "is_diligence_attested", "bank_addendum_acceptance"]);
    assert_eq!((&made["status"], &made["requirements_due"]), (&json!("UNDER_REVIEW"), &due));
    lab.control("clock/advance", json!({"seconds": 60})).await;
    let named = json!({"end_customer_client_id": made["client_id"]});
    let got = lab.call("/beta/partner/customer/v1/get", named.clone()).await["end_customer"].clone();
    assert_eq!((&got["status"], &got["secrets"]), (&json!("MORE_INFORMATION_NEEDED"), &Value::Null));
    let refused = lab.fail("/beta/partner/customer/v1/enable", named.clone()).await;
    assert_eq!(refused, "PARTNER_ERROR/CUSTOMER_NOT_READY_FOR_ENABLEMENT");

    let answers = json!({"legal_entity_name": "Ants", "bank_addendum_acceptance": {"customer_accepted": true}});
    let updated = lab.call("/beta/partner/customer/v1/update", merged(named, answers)).await["end_customer"].clone();
    assert_eq!(updated["requirements_due"], json!(["is_diligence_attested"]));
    assert_eq!(updated["status"], "MORE_INFORMATION_NEEDED", "one thing is still due");

    let all = json!({
        "legal_entity_name": "Bees", "is_diligence_attested": true, "products": ["auth", "cra_base_report"],
        "bank_addendum_acceptance": {"customer_accepted": true},
    });
    let made = lab.call("/beta/partner/customer/v1/create", merged(beta("Bees"), all)).await["end_customer"].clone();
    assert_eq!(made["requirements_due"], json!(["questionnaires.cra"]));
    let named = json!({"end_customer_client_id": made["client_id"]});
    lab.control("clock/advance", json!({"seconds": 60})).await;
    let answer = json!({"questionnaires": {"cra": {"is_third_party_involved": false}}});
    let updated = lab.call("/beta/partner/customer/v1/update", merged(named.clone(), answer)).await;
    assert_eq!(updated["end_customer"]["status"], "UNDER_REVIEW", "the review begins again");
    lab.control("clock/advance", json!({"seconds": 60})).await;
    let products = json!({"products": ["auth"]});
    let enabled = lab.call("/beta/partner/customer/v1/enable", merged(named.clone(), products)).await;
    assert_eq!((&enabled["status"], &enabled["product_statuses"]), (&json!("ACTIVE"), &json!({"auth": "ACTIVE"})));
    let again = lab.fail("/beta/partner/customer/v1/enable", named).await;
    assert_eq!(again, "PARTNER_ERROR/CUSTOMER_ALREADY_ENABLED");
}

#[tokio::test]
async fn a_reseller_must_be_cleared_and_its_customers_complete() {
    let lab = Lab::start(Emulator::builder()).await;
    let id = create(&lab, customer("Ants")).await;
    let twice = lab.fail("/partner/customer/create", customer("Ants")).await;
    assert_eq!(twice, "PARTNER_ERROR/CUSTOMER_ALREADY_CREATED");
    for (setting, code) in [
        (json!({"flowdown_status": "NOT_STARTED"}), "FLOWDOWN_NOT_COMPLETE"),
        (json!({"flowdown_status": "IN_REVIEW"}), "FLOWDOWN_NOT_COMPLETE"),
        (json!({"flowdown_status": "NEGOTIATION"}), "FLOWDOWN_NOT_COMPLETE"),
        (json!({"questionnaire_status": "NOT_STARTED"}), "QUESTIONNAIRE_NOT_COMPLETE"),
        (json!({"questionnaire_status": "RECEIVED"}), "QUESTIONNAIRE_NOT_COMPLETE"),
    ] {
        let whole = json!({"flowdown_status": "COMPLETE", "questionnaire_status": "COMPLETE"});
        lab.control("partner", merged(whole, setting.clone())).await;
        for (path, body) in [("create", customer("Bees")), ("enable", json!({"end_customer_client_id": id}))] {
            let (status, body) = lab.send(&format!("/partner/customer/{path}"), body).await;
            assert_eq!((status, &body["error_code"]), (412, &json!(code)), "{setting} {path}");
        }
        lab.call("/partner/customer/oauth_institutions/get", json!({"end_customer_client_id": id})).await;
    }
    lab.control("partner", json!({"flowdown_status": "COMPLETE", "questionnaire_status": "COMPLETE"})).await;

    lab.control("partner", json!({"lacks_contacts": true})).await;
    let refused = lab.fail("/partner/customer/create", customer("Bees")).await;
    assert_eq!(refused, "PARTNER_ERROR/CONTACT_REQUIRED");
    let contact = json!({"given_name": "Ann", "family_name": "Ant", "email": "ann@ants.example"});
    let contacts = json!({"technical_contact": contact, "billing_contact": contact});
    create(&lab, merged(customer("Bees"), contacts)).await;
    lab.control("partner", json!({"lacks_contacts": false, "has_commitments": true})).await;
    let refused = lab.fail("/partner/customer/create", customer("Wasps")).await;
    assert_eq!(refused, "PARTNER_ERROR/ASSETS_UNDER_MANAGEMENT_REQUIRED");
    let assets = json!({"assets_under_management": {"amount": 1_000_000, "iso_currency_code": "USD"}});
    create(&lab, merged(customer("Wasps"), assets)).await;
    lab.control("partner", json!({"has_commitments": false})).await;

    let customization = json!({"create_link_customization": true});
    let refused = lab.fail("/partner/customer/create", merged(customer("Moths"), customization.clone())).await;
    assert_eq!(refused, "PARTNER_ERROR/LOGO_REQUIRED");
    for logo in ["bm9uc2Vuc2U=".to_owned(), "no Base64".to_owned(), png(512)] {
        let refused = lab.fail("/partner/customer/create", merged(customer("Moths"), json!({"logo": logo}))).await;
        assert_eq!(refused, "PARTNER_ERROR/INVALID_LOGO");
    }
    create(&lab, merged(merged(customer("Moths"), customization), json!({"logo": png(1024)}))).await;
    let query = json!({"redirect_uris": ["https://ants.example/?a=b"]});
    let refused = lab.fail("/partner/customer/create", merged(customer("Flies"), query)).await;
    assert_eq!(refused, "INVALID_REQUEST/INVALID_FIELD");
}
