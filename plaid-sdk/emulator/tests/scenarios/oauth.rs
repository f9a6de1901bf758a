//! Banks with a login page of their own, which lead back to the application.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const EXCHANGE: &str = "/link/oauth/correlation_id/exchange";

async fn token(lab: &Lab, products: &[&str]) -> String {
    let mut body = json!({"products": products, "redirect_uri": "https://app.example/back?a=1"});
    if products.contains(&"payment_initiation") {
        body["payment_initiation"] = json!({"payment_id": payment(lab).await});
    }
    lab.link_token(body).await
}

/// A payment that waits for the user.
async fn payment(lab: &Lab) -> Value {
    let recipient = json!({"name": "Ann", "iban": "GB29NWBK60161331926819"});
    let recipient = lab.call("/payment_initiation/recipient/create", recipient).await["recipient_id"].clone();
    let body = json!({"recipient_id": recipient, "reference": "rent", "amount": {"currency": "GBP", "value": 10.5}});
    lab.call("/payment_initiation/payment/create", body).await["payment_id"].clone()
}

/// A part of the query that the bank's page leads back with.
fn returned<'a>(session: &'a Value, name: &str) -> Option<&'a str> {
    let uri = session["received_redirect_uri"].as_str()?;
    uri.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[tokio::test]
async fn a_payments_correlation_id_is_exchanged_for_its_link_token() {
    let noon = "2026-11-28T12:00:00Z".parse().expect("a time");
    let lab = Lab::start(Emulator::builder().frozen_at(noon)).await;
    let token = token(&lab, &["payment_initiation"]).await;
    lab.control("link/open", json!({"link_token": token})).await;
    let chosen = lab.control("link/select", json!({"link_token": token, "institution_id": "ins_127287"})).await;
    assert!(chosen.get("received_redirect_uri").is_none(), "{chosen}");
    let session = lab.control("link/login", json!({"link_token": token})).await;
    assert!(
        session["received_redirect_uri"].as_str().is_some_and(|uri| uri.starts_with("https://app.example/back?a=1&"))
    );
    assert_eq!(returned(&session, "oauth_state_id"), lab.tenant().oauth_state(&token).as_deref());
    let body = json!({"link_correlation_id": returned(&session, "link_correlation_id").expect("a correlation id")});
    for _ in 0..2 {
        assert_eq!(lab.call(EXCHANGE, body.clone()).await["link_token"], token);
    }
    let state = json!({"link_correlation_id": returned(&session, "oauth_state_id")});
    assert_eq!(lab.fail(EXCHANGE, state).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(EXCHANGE, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
    lab.control("clock/advance", json!({"seconds": 30 * 60})).await;
    assert_eq!(lab.fail(EXCHANGE, body).await, "INVALID_REQUEST/INVALID_FIELD");
}

#[tokio::test]
async fn a_completed_session_leads_back_too_and_other_products_have_no_correlation_id() {
    let lab = Lab::start(Emulator::builder()).await;
    for (products, correlates) in [(["payment_initiation"], true), (["auth"], false)] {
        let token = token(&lab, &products).await;
        let done = lab.control("link/complete", json!({"link_token": token, "institution_id": "ins_127287"})).await;
        assert!(done["public_token"].is_string() && returned(&done, "oauth_state_id").is_some(), "{done}");
        let id = returned(&done, "link_correlation_id");
        assert_eq!(id.is_some(), correlates, "{done}");
        if let Some(id) = id {
            assert_eq!(lab.call(EXCHANGE, json!({"link_correlation_id": id})).await["link_token"], token);
        }
    }
    let token = token(&lab, &["payment_initiation"]).await;
    let done = lab.control("link/complete", json!({"link_token": token, "institution_id": "ins_109508"})).await;
    assert!(done.get("received_redirect_uri").is_none(), "no page of the bank's own: {done}");
}
