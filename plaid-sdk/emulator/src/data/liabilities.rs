//! The liabilities of `user_good`: the figures of Plaid's example, which the Sandbox has.

use serde_json::{Value, json};

use crate::state::LiabilityKind;

/// The accounts with a liability, by mask.
pub const LIABILITIES: [(&str, LiabilityKind); 3] =
    [("3333", LiabilityKind::Credit), ("8888", LiabilityKind::Mortgage), ("7777", LiabilityKind::Student)];

/// The figures of a kind.
pub fn details(kind: LiabilityKind) -> Value {
    match kind {
        LiabilityKind::Credit => credit(),
        LiabilityKind::Mortgage => mortgage(),
        LiabilityKind::Student => student(),
    }
}

fn credit() -> Value {
    let apr = |kind: &str, percentage: f64, balance: f64, charge: f64| {
        json!({
            "apr_percentage": percentage,
            "apr_type": kind,
            "balance_subject_to_apr": balance,
            "interest_charge_amount": charge,
        })
    };
    json!({
        "aprs": [
            apr("balance_transfer_apr", 15.24, 1562.32, 130.22),
            apr("cash_apr", 27.95, 56.22, 14.81),
            apr("purchase_apr", 12.5, 157.01, 25.66),
            apr("special", 0.0, 1000.0, 0.0),
        ],
        "is_overdue": false,
        "last_payment_amount": 168.25,
        "last_payment_date": "2019-05-22",
        "last_statement_balance": 1708.77,
        "last_statement_issue_date": "2019-05-28",
        "minimum_payment_amount": 20,
        "next_payment_due_date": "2020-05-28",
    })
}

fn mortgage() -> Value {
    json!({
        "account_number": "3120194154",
        "current_late_fee": 25,
        "escrow_balance": 3141.54,
        "has_pmi": true,
        "has_prepayment_penalty": true,
        "interest_rate": {"percentage": 3.99, "type": "fixed"},
        "last_payment_amount": 3141.54,
        "last_payment_date": "2019-08-01",
        "loan_term": "30 year",
        "loan_type_description": "conventional",
        "maturity_date": "2045-07-31",
        "next_monthly_payment": 3141.54,
        "next_payment_due_date": "2019-11-15",
        "origination_date": "2015-08-01",
        "origination_principal_amount": 425_000,
        "past_due_amount": 2304,
        "property_address": {
            "city": "Malakoff",
            "country": "US",
            "postal_code": "14236",
            "region": "NY",
            "street": "2992 Cameron Road",
        },
        "ytd_interest_paid": 12300.4,
        "ytd_principal_paid": 12340.5,
    })
}

fn student() -> Value {
    json!({
        "account_number": "4277075694",
        "disbursement_dates": ["2002-08-28"],
        "expected_payoff_date": "2032-07-28",
        "guarantor": "DEPT OF ED",
        "interest_rate_percentage": 5.25,
        "is_overdue": false,
        "last_payment_amount": 138.05,
        "last_payment_date": "2019-04-22",
        "last_statement_balance": 1708.77,
        "last_statement_issue_date": "2019-04-28",
        "loan_name": "Consolidation",
        "loan_status": {"end_date": "2032-07-28", "type": "repayment"},
        "minimum_payment_amount": 25,
        "next_payment_due_date": "2019-05-28",
        "origination_date": "2002-08-28",
        "origination_principal_amount": 25_000,
        "outstanding_interest_amount": 6227.36,
        "payment_reference_number": "4277075694",
        "pslf_status": {"estimated_eligibility_date": null, "payments_made": null, "payments_remaining": null},
        "repayment_plan": {"description": "Standard Repayment", "type": "standard"},
        "sequence_number": "1",
        "servicer_address": {
            "city": "San Matias",
            "country": "US",
            "postal_code": "99415",
            "region": "CA",
            "street": "123 Relaxation Road",
        },
        "ytd_interest_paid": 280.55,
        "ytd_principal_paid": 271.65,
    })
}
