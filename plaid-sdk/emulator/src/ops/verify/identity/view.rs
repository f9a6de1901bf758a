//! An attempt as responses contain it.

use chrono::Datelike;
use serde_json::{Value, json};

use super::kyc;
use crate::fields::{Fields, time};
use crate::state::verify::{Attempt, Document, IdvStep, Sms, SmsStatus, StepStatus};

/// Providers of free mailboxes, and of mailboxes that are thrown away.
const FREE: [&str; 6] = ["aol.com", "gmail.com", "hotmail.com", "icloud.com", "outlook.com", "yahoo.com"];
const DISPOSABLE: [&str; 3] = ["10minutemail.com", "guerrillamail.com", "mailinator.com"];

/// An attempt.
pub fn attempt(one: &Attempt) -> Value {
    let status = |step: IdvStep| one.steps.get(step).name();
    let steps: Value =
        IdvStep::ALL.into_iter().map(|step| (step.name().to_owned(), Value::from(status(step)))).collect();
    json!({
        "beacon_user_id": one.beacon_user,
        "client_user_id": one.client_user_id,
        "completed_at": one.completed.map(time),
        "created_at": time(one.created),
        "documentary_verification": documents(one),
        "id": one.id,
        "kyc_check": decided(one, IdvStep::KycCheck).and_then(|status| {
            let mut check = one.kyc.clone()?;
            check["status"] = status.name().into();
            Some(check)
        }),
        "previous_attempt_id": one.previous,
        "redacted_at": null,
        "risk_check": decided(one, IdvStep::RiskCheck).map(|status| risk(one, status)),
        "selfie_check": null,
        "shareable_url": one.url,
        "status": one.status.name(),
        "steps": steps,
        "template": {"id": one.template_id, "version": one.template.version},
        "user": user(Fields(&one.user)),
        "user_id": one.user_id,
        "verify_sms": decided(one, IdvStep::VerifySms).filter(|_| !one.sms.is_empty()).map(|status| {
            let passed = matches!(status, StepStatus::Success | StepStatus::ManuallyApproved);
            let all: Vec<Value> = (1..).zip(&one.sms).map(|(number, one)| sms(number, one)).collect();
            json!({"status": if passed { "success" } else { "failed" }, "verifications": all})
        }),
        "watchlist_screening_id": one.screening,
    })
}

/// The state of a step that was decided, by the user or by a person in the dashboard.
fn decided(one: &Attempt, step: IdvStep) -> Option<StepStatus> {
    let status = one.steps.get(step);
    let is_decided = matches!(
        status,
        StepStatus::Success | StepStatus::Failed | StepStatus::ManuallyApproved | StepStatus::ManuallyRejected
    );
    is_decided.then_some(status)
}

/// What is known of the user.
fn user(user: Fields<'_>) -> Value {
    json!({
        "address": user.value("address").map(|address| self::address(Fields(address))),
        "date_of_birth": user.text("date_of_birth"),
        "email_address": user.text("email_address"),
        "id_number": user.value("id_number"),
        "ip_address": null,
        "name": user.value("name"),
        "phone_number": user.text("phone_number"),
    })
}

/// An address with all its lines.
pub fn address(address: Fields<'_>) -> Value {
    let names = ["street", "street2", "city", "region", "postal_code", "country"];
    names.into_iter().map(|name| (name.to_owned(), json!(address.text(name)))).collect()
}

fn sms(number: i64, one: &Sms) -> Value {
    json!({
        "attempt": number,
        "delivery_attempt_count": one.deliveries,
        "initially_sent_at": time(one.first),
        "last_sent_at": time(one.last),
        "phone_number": one.phone,
        "redacted_at": null,
        "solve_attempt_count": one.solves,
        "status": match one.status {
            SmsStatus::Pending => "pending",
            SmsStatus::Success => "success",
            SmsStatus::Failed => "failed",
            SmsStatus::Canceled => "canceled",
        },
    })
}

fn documents(one: &Attempt) -> Option<Value> {
    let status = decided(one, IdvStep::DocumentaryVerification)?;
    let all: Vec<Value> = (1..).zip(&one.documents).map(|(number, shown)| document(one, number, shown)).collect();
    Some(json!({"documents": all, "status": status.name()}))
}

/// A document. The Sandbox reads the test user's name and date of birth in each, and keeps no pictures.
fn document(one: &Attempt, number: i64, shown: &Document) -> Value {
    let leslie = kyc::leslie();
    let (name, born) = &shown.matches;
    json!({
        "analysis": {
            "aamva_verification": null,
            "authenticity": "match",
            "extracted_data": {
                "date_of_birth": born, "expiration_date": "not_expired", "issuing_country": "match", "name": name,
            },
            "fraud_analysis_details": null,
            "image_quality": "high",
            "image_quality_details": null,
        },
        "attempt": number,
        "extracted_data": {
            "address": null,
            "category": shown.category,
            "date_of_birth": leslie["date_of_birth"],
            "expiration_date": format!("{}-01-18", one.created.year() + 4),
            "id_number": null,
            "issue_date": null,
            "issuing_country": "US",
            "issuing_region": leslie["address"]["region"],
            "name": leslie["name"],
        },
        "images": {
            "cropped_back": null, "cropped_front": null, "face": null, "original_back": null, "original_front": null,
        },
        "redacted_at": null,
        "status": match () {
            () if shown.approved => "manually_approved",
            () if shown.passed => "success",
            () => "failed",
        },
    })
}

/// The risk: low, unless the template lets it be too high.
fn risk(one: &Attempt, status: StepStatus) -> Value {
    let is_risky = one.template.risky;
    let user = Fields(&one.user);
    let score = if is_risky { 95 } else { 5 };
    json!({
        "behavior": {
            "bot_detected": "no",
            "fraud_ring_detected": if is_risky { "yes" } else { "no" },
            "user_interactions": if is_risky { "risky" } else { "genuine" },
        },
        "devices": [{"ip_proxy_type": "none_detected", "ip_spam_list_count": 0, "ip_timezone_offset": "+00:00:00"}],
        "email": user.text("email_address").map(|address| email(address, user.text("date_of_birth"))),
        "facial_duplicates": [],
        "identity_abuse_signals": {"stolen_identity": {"score": score}, "synthetic_identity": {"score": score}},
        "phone": user.text("phone_number").map(|_| json!({"linked_services": []})),
        "status": status.name(),
        "trust_index_score": null,
    })
}

fn email(address: &str, born: Option<&str>) -> Value {
    let (own, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let yes = |is: bool| if is { "yes" } else { "no" };
    let is_free = FREE.contains(&domain);
    let year = born.and_then(|day| day.get(..4));
    json!({
        "breach_count": 0,
        "domain_is_custom": yes(!is_free),
        "domain_is_disposable": yes(DISPOSABLE.contains(&domain)),
        "domain_is_free_provider": yes(is_free),
        "domain_registered_at": null,
        "first_breached_at": null,
        "includes_date_of_birth": yes(year.is_some_and(|year| own.contains(year))),
        "is_deliverable": yes(!domain.ends_with(".invalid")),
        "is_edu": yes(domain.rsplit('.').next() == Some("edu")),
        "last_breached_at": null,
        "linked_services": [],
        // Newer clients require it; the document lacks it.
        "name": "no_data",
        "top_level_domain_is_suspicious": "no",
    })
}
