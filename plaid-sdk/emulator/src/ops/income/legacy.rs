//! The older `/income/verification/*`: verifications by id, prechecks, pay stubs, tax forms and files.

use serde_json::{Map, Value, json};

use super::{error, payroll, unknown};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response, users};
use crate::pdf::{Document, money};
use crate::request::File;
use crate::state::payroll::Payroll;
use crate::zip::archive;

/// `/income/verification/create`: a verification, which a Link token names.
pub fn create(call: &mut Call<'_>) -> Response {
    let url = call.request.required("webhook")?;
    valid_url("webhook", url)?;
    if let Some(precheck) = call.request.text("precheck_id").filter(|id| !call.tenant.incomes.prechecks.contains(*id)) {
        return Err(ApiError::invalid_field(&format!("precheck_id must be that of a precheck, and is {precheck}")));
    }
    for token in call.request.object("options").texts("access_tokens").unwrap_or_default() {
        call.tenant.item(token)?;
    }
    let id = call.tenant.ids.uuid();
    call.tenant.incomes.verifications.insert(id.clone(), url.to_owned());
    Ok(json!({"income_verification_id": id}))
}

/// What the Sandbox says of an employer or a token.
fn confidence(employer: Option<&str>, tokens: &[&str]) -> &'static str {
    match employer {
        Some("employer_good" | "employer_multi") => "HIGH",
        Some("employer_bad") => "LOW",
        _ if tokens.contains(&"access_good") => "HIGH",
        _ if tokens.contains(&"access_bad") => "LOW",
        _ => "UNKNOWN",
    }
}

/// `/credit/payroll_income/precheck`: whether a payroll can be linked.
pub fn precheck_credit(call: &mut Call<'_>) -> Response {
    let request = call.request;
    if request.text("user_id").or(request.text("user_token")).is_some() {
        users::named(call.tenant, request)?;
    }
    let tokens = request.texts("access_tokens").unwrap_or_default();
    Ok(json!({"confidence": confidence(request.object("employer").text("name"), &tokens)}))
}

/// `/income/verification/precheck`: the same, with an id for `/income/verification/create`.
pub fn precheck(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let mut tokens = request.texts("transactions_access_tokens").unwrap_or_default();
    tokens.extend(request.text("transactions_access_token"));
    let id = call.tenant.ids.uuid();
    call.tenant.incomes.prechecks.insert(id.clone());
    Ok(json!({"confidence": confidence(request.object("employer").text("name"), &tokens), "precheck_id": id}))
}

/// The payroll that a request names by the token of its Item or by a verification. Its documents are there.
///
/// # Errors
/// Those of the Item, `PRODUCT_NOT_ENABLED` for one without a payroll, `INCOME_VERIFICATION_NOT_FOUND` for an unknown
/// verification, `PRODUCT_NOT_READY` for an unused one, and what keeps the documents.
pub fn named(call: &mut Call<'_>) -> Result<Payroll, ApiError> {
    let request = call.request;
    let payroll = match (request.text("access_token"), request.text("income_verification_id")) {
        (Some(token), _) => {
            let id = call.tenant.item(token)?.id.clone();
            let found = call.tenant.incomes.payrolls.get(&id);
            found
                .ok_or_else(|| error("PRODUCT_NOT_ENABLED", "the Item was not linked for the income from a payroll"))?
        }
        (None, Some(id)) if call.tenant.incomes.verifications.contains_key(id) => {
            let mut all = call.tenant.incomes.payrolls.values();
            all.rfind(|one| one.verification.as_deref() == Some(id)).ok_or_else(super::not_ready)?
        }
        (None, Some(_)) => return Err(unknown()),
        (None, None) => return Err(ApiError::missing_fields("access_token")),
    };
    payroll::complete(payroll)?;
    Ok(payroll.clone())
}

fn no_document() -> ApiError {
    error("INCOME_VERIFICATION_DOCUMENT_NOT_FOUND", "there is no such document")
}

fn about(document: &Value, kind: &str) -> Value {
    json!({
        "doc_id": document["document_id"],
        "doc_type": kind,
        "name": document["document_metadata"]["name"],
        "status": document["document_metadata"]["status"],
    })
}

/// `/income/verification/paystubs/get`.
pub fn stubs(call: &mut Call<'_>) -> Response {
    let stubs = named(call)?.documents.stubs;
    if stubs.is_empty() {
        return Err(no_document());
    }
    let metadata: Vec<Value> = stubs.iter().map(|one| about(one, "DOCUMENT_TYPE_PAYSTUB")).collect();
    Ok(json!({"document_metadata": metadata, "paystubs": stubs.iter().map(older).collect::<Vec<_>>()}))
}

/// A pay stub in its older form.
fn older(stub: &Value) -> Value {
    let mut shown = stub.as_object().cloned().unwrap_or_default();
    shown.remove("document_metadata");
    let id = shown.remove("document_id").unwrap_or_default();
    shown.insert("doc_id".to_owned(), id);
    for line in shown.get_mut("earnings").and_then(|earned| earned["breakdown"].as_array_mut()).into_iter().flatten() {
        line["canonical_description"] =
            json!(line["canonical_description"].as_str().map(|kind| kind.replace('_', " ")));
    }
    if let Some(period) = shown.get_mut("pay_period_details").and_then(Value::as_object_mut) {
        let paid = period.remove("pay_amount").unwrap_or_default();
        period.insert("check_amount".to_owned(), paid);
        for name in ["iso_currency_code", "pay_basis", "unofficial_currency_code"] {
            period.remove(name);
        }
        let frequency = period.get("pay_frequency").and_then(Value::as_str).map(|name| format!("PAY_FREQUENCY_{name}"));
        period.insert("pay_frequency".to_owned(), json!(frequency));
    }
    Value::Object(shown)
}

/// `/income/verification/taxforms/get`.
pub fn forms(call: &mut Call<'_>) -> Response {
    let forms = named(call)?.documents.w2s;
    if forms.is_empty() {
        return Err(no_document());
    }
    let metadata: Vec<Value> = forms.iter().map(|one| about(one, "DOCUMENT_TYPE_US_TAX_W2")).collect();
    let view = |form: &Value| {
        let mut w2: Map<String, Value> = form.as_object().cloned().unwrap_or_default();
        w2.remove("document_metadata");
        let id = w2.remove("document_id").unwrap_or_default();
        json!({"doc_id": id, "document_type": "w2", "w2": w2})
    };
    Ok(json!({"document_metadata": metadata, "taxforms": forms.iter().map(view).collect::<Vec<_>>()}))
}

/// `/income/verification/documents/download`: an archive with all documents, or with one.
pub fn download(call: &mut Call<'_>) -> Result<File, ApiError> {
    let documents = named(call)?.documents;
    let wanted = call.request.text("document_id");
    let all = documents.stubs.iter().chain(&documents.w2s).chain(&documents.forms_1099).chain(&documents.statements);
    let own = all.filter(|one| wanted.is_none_or(|id| one["document_id"] == *id));
    let files: Vec<(String, Vec<u8>)> = own.map(file).collect();
    if files.is_empty() {
        return Err(no_document());
    }
    Ok(File { kind: "application/zip", bytes: archive(&files), headers: Vec::new() })
}

/// A document as a file: its name and its bytes.
fn file(document: &Value) -> (String, Vec<u8>) {
    let name = document["document_metadata"]["name"].as_str().unwrap_or("document.pdf").to_owned();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let amount = |part: &Value, name: &str| Fields(part).decimal(name).map_or_else(|| text(&part[name]), money);
    let period = &document["pay_period_details"];
    let facts = [
        ("Employer", text(&document["employer"]["name"])),
        ("Person", text(&document["employee"]["name"])),
        ("Paid on", text(&period["pay_date"])),
        ("Gross", amount(period, "gross_earnings")),
        ("Net", amount(&document["net_pay"], "current_amount")),
        ("Year", text(&document["tax_year"])),
        ("Wages", text(&document["wages_tips_other_comp"])),
    ];
    let known = facts.into_iter().filter(|(_, value)| value != "-");
    (name.clone(), Document::new(name).facts(known).bytes())
}
