//! Signs of fraud in uploaded documents: pay stubs whose figures don't add up.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{not_ready, payroll};
use crate::fields::Fields;
use crate::ops::{Call, Response};
use crate::state::ItemId;
use crate::state::payroll::{Documents, Flow, Signals, Status};

/// The scores of a document without and with a sign.
const GOOD: u8 = 0;
const BAD: u8 = 70;

/// `/credit/payroll_income/risk_signals/get`: the Items whose documents were searched.
pub fn get(call: &mut Call<'_>) -> Response {
    let all = payroll::named(call)?;
    let uploaded = || all.iter().filter(|(_, one)| one.flow == Flow::Document && one.signals != Signals::Unwanted);
    let waits = uploaded().any(|(_, one)| one.signals == Signals::Processing && one.status != Status::Failed);
    let ready: Vec<_> = uploaded().filter(|(_, one)| one.signals == Signals::Ready).collect();
    if ready.is_empty() && waits {
        return Err(not_ready());
    }
    let items = ready.into_iter().map(|(id, one)| {
        json!({
            "item_id": id,
            "verification_risk_signals": [{
                "account_id": null,
                "multi_document_risk_signals": [],
                "single_document_risk_signals": documents(id, &one.documents),
            }],
        })
    });
    Ok(json!({"items": items.collect::<Vec<_>>()}))
}

fn documents(item: &ItemId, of: &Documents) -> Vec<Value> {
    let stubs = of.stubs.iter().map(|one| ("PAYSLIP", one, sign(item, one)));
    let forms = of.w2s.iter().chain(&of.forms_1099).map(|one| ("TAX_FORM", one, None));
    let statements = of.statements.iter().map(|one| ("BANK_STATEMENT", one, None));
    let view = |(kind, document, sign): (&str, &Value, Option<Value>)| {
        json!({
            "document_reference": {
                "document_id": document["document_id"],
                "document_name": document["document_metadata"]["name"],
                "document_type": kind,
                "file_type": "TRUE_PDF",
                "status": "PROCESSING_COMPLETE",
            },
            "risk_signals": sign.iter().collect::<Vec<_>>(),
            "risk_summary": {"risk_score": if sign.is_some() { BAD } else { GOOD }},
        })
    };
    stubs.chain(forms).chain(statements).map(view).collect()
}

/// What is earned less what is taken off has to be paid.
fn sign(item: &ItemId, stub: &Value) -> Option<Value> {
    let amount = |part: &Value| Fields(part).decimal("current_amount");
    let earned = amount(&stub["earnings"]["total"])?;
    let off = amount(&stub["deductions"]["total"]).unwrap_or_default();
    let (expected, paid): (Decimal, Decimal) = (earned - off, amount(&stub["net_pay"])?);
    (expected != paid).then(|| {
        json!({
            "actual_value": format!("{paid:.2}"),
            "expected_value": format!("{expected:.2}"),
            "field": "net_pay",
            "has_fraud_risk": true,
            "institution_metadata": {"item_id": item},
            "page_number": 1,
            "signal_description": "the amount that was paid does not follow from the others",
            "type": "MASKING",
        })
    })
}
