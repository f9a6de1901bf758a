//! Reports in the form that Freddie Mac reads: verifications of assets and of employment, after the MISMO standard.

use serde_json::{Value, json};

use super::copies::copied;
use super::show::ready;
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::{Call, Response};
use crate::state::{Content, Report};

/// The versions of the two forms.
const ASSETS: f64 = 1.0;
const REPORTS: f64 = 2.4;

/// `/credit/asset_report/freddie_mac/get`: the first report of an audit copy.
pub fn assets(call: &mut Call<'_>) -> Response {
    let token = call.request.required("audit_copy_token")?.to_owned();
    let all = copied(call)?;
    let report = *all.first().ok_or_else(|| ApiError::missing_fields("audit_copy_token"))?;
    let content = ready(report)?;
    let verification = json!({
        "REPORTING_INFORMATION": {"ReportingInformationIdentifier": token},
        "SERVICE_PRODUCT_FULFILLMENT": fulfillment("VOA"),
        "VERIFICATION_OF_ASSET_RESPONSE": {"ASSETS": {"ASSET": assets_of(report, content, Form::Assets)}},
    });
    let loan = json!({"LOAN_IDENTIFIERS": {"LOAN_IDENTIFIER": identifier(report)}});
    Ok(json!({"DEAL": deal(report, &loan, &verification, Form::Assets), "SchemaVersion": ASSETS}))
}

/// `/credit/freddie_mac/reports/get`: all reports of an audit copy.
pub fn reports(call: &mut Call<'_>) -> Response {
    let token = call.request.required("audit_copy_token")?.to_owned();
    let all = copied(call)?;
    let first = *all.first().ok_or_else(|| ApiError::missing_fields("audit_copy_token"))?;
    let mut verifications = Vec::new();
    for report in &all {
        let content = ready(report)?;
        verifications.push(json!({
            "REPORTING_INFORMATION": {
                "ReportDateTime": time(content.generated),
                "ReportIdentifierType": "ReportID",
                "ReportingInformationIdentifier": report.token,
                "ReportingInformationParentIdentifier": token,
            },
            "SERVICE_PRODUCT_FULFILLMENT": fulfillment("VOA"),
            "VERIFICATION_OF_ASSET_RESPONSE": {"ASSETS": {"ASSET": assets_of(report, content, Form::Reports)}},
        }));
    }
    let loan = json!({
        "LOAN_IDENTIFIERS": {"LOAN_IDENTIFIER": [identifier(first)]},
        "LoanRoleType": "SubjectLoan",
    });
    Ok(json!({"DEAL": deal(first, &loan, &Value::Array(verifications), Form::Reports), "SchemaVersion": REPORTS}))
}

/// Which of the two forms. They differ in small things.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Assets,
    Reports,
}

fn fulfillment(kind: &str) -> Value {
    json!({"SERVICE_PRODUCT_FULFILLMENT_DETAIL": {
        "ServiceProductFulfillmentIdentifier": kind,
        "VendorOrderIdentifier": "PLAID",
    }})
}

/// The loan: the application's own id of the report.
fn identifier(report: &Report) -> Value {
    json!({
        "LoanIdentifier": report.order.client_report_id,
        "LoanIdentifierType": report.order.client_report_id.as_ref().map(|_| "LenderLoan"),
    })
}

fn deal(report: &Report, loan: &Value, verification: &Value, form: Form) -> Value {
    let user = &report.order.user;
    let text = |name: &str| user[name].as_str().unwrap_or_default();
    let mut name = json!({"FirstName": text("first_name"), "LastName": text("last_name")});
    if form == Form::Reports {
        name["MiddleName"] = text("middle_name").into();
    }
    let party = json!({
        "INDIVIDUAL": {"NAME": name},
        "ROLES": {"ROLE": {"ROLE_DETAIL": {"PartyRoleType": "Borrower"}}},
        "TAXPAYER_IDENTIFIERS": {"TAXPAYER_IDENTIFIER": {
            "TaxpayerIdentifierType": user["ssn"].as_str().map(|_| "SocialSecurityNumber"),
            "TaxpayerIdentifierValue": user["ssn"],
        }},
    });
    json!({
        "LOANS": {"LOAN": loan},
        "PARTIES": {"PARTY": [party]},
        "SERVICES": {"SERVICE": {
            "STATUSES": {"STATUS": {"StatusCode": "success", "StatusDescription": null}},
            "VERIFICATION_OF_ASSET": verification,
        }},
    })
}

fn assets_of(report: &Report, content: &Content, form: Form) -> Vec<Value> {
    let mut assets = Vec::new();
    for item in &content.items {
        for account in item["accounts"].as_array().into_iter().flatten() {
            assets.push(asset(report, content, item, account, form));
        }
    }
    assets
}

fn asset(report: &Report, content: &Content, item: &Value, account: &Value, form: Form) -> Value {
    let balances = &account["balances"];
    let zero = json!(0);
    let current = if balances["current"].is_null() { &zero } else { &balances["current"] };
    let available = if balances["available"].is_null() { current } else { &balances["available"] };
    let kind = match account["subtype"].as_str().unwrap_or_default() {
        "checking" => "CheckingAccount",
        "savings" => "SavingsAccount",
        "money market" => "MoneyMarketFund",
        _ if account["type"] == "investment" => "Investment",
        _ => "Other",
    };
    let owners = account["owners"].as_array().into_iter().flatten().filter_map(|owner| owner["names"].as_array());
    let owners = owners.flatten().map(|name| json!({"AssetOwnerText": name}));
    let description =
        if form == Form::Assets { "ASSET_TRANSACTION_DESCRIPTON" } else { "ASSET_TRANSACTION_DESCRIPTION" };
    let rows = account["transactions"].as_array().into_iter().flatten();
    let rows = rows.map(|row| {
        let mut shown = json!({"ASSET_TRANSACTION_DETAIL": transaction(row)});
        shown[description] =
            json!([{"AssetTransactionDescription": row["original_description"].as_str().unwrap_or_default()}]);
        shown
    });
    let mut shown = json!({
        "ASSET_DETAIL": {
            "AssetAccountIdentifier": account["mask"].as_str().unwrap_or_default(),
            "AssetAsOfDate": content.generated.date_naive(),
            "AssetAvailableBalanceAmount": available,
            "AssetCurrentBalanceAmount": current,
            "AssetDaysRequestedCount": report.order.days,
            "AssetDescription": account["name"],
            "AssetOwnershipType": account["ownership_type"],
            "AssetType": kind,
            "AssetTypeAdditionalDescription": account["subtype"],
            "AssetUniqueIdentifier": account["account_id"],
        },
        "ASSET_HOLDER": {"NAME": {"FullName": item["institution_name"]}},
        "ASSET_OWNERS": {"ASSET_OWNER": owners.collect::<Vec<_>>()},
        "ASSET_TRANSACTIONS": {"ASSET_TRANSACTION": rows.collect::<Vec<_>>()},
        "VALIDATION_SOURCES": {"VALIDATION_SOURCE": [{
            "ValidationSourceName": item["institution_name"],
            "ValidationSourceReferenceIdentifier": item["institution_id"],
        }]},
    });
    if let (Some(investments), Form::Reports) = (account.get("investments"), form) {
        shown["ASSET_HOLDINGS"] = json!({"ASSET_HOLDING": holdings(investments)});
    }
    shown
}

fn holdings(investments: &Value) -> Vec<Value> {
    let securities = investments["securities"].as_array();
    let security = |id: &Value| securities.into_iter().flatten().find(|security| security["security_id"] == *id);
    let rows = investments["holdings"].as_array().into_iter().flatten();
    let view = |holding: &Value| {
        let of = |name: &str| security(&holding["security_id"]).map_or(Value::Null, |security| security[name].clone());
        let kind = match of("type").as_str().unwrap_or_default() {
            "fixed income" => "Bond",
            "equity" => "Stock",
            "cryptocurrency" => "Crypto",
            _ => "Other",
        };
        json!({
            "AssetHoldingCurrentPriceAmount": holding["institution_price"],
            "AssetHoldingDescription": of("type"),
            "AssetHoldingID": holding["security_id"],
            "AssetHoldingMarketValueAmount": holding["institution_value"],
            "AssetHoldingRestrictedIndicator": null,
            "AssetHoldingSecurityName": of("name"),
            "AssetHoldingSymbol": of("ticker_symbol"),
            "AssetHoldingType": kind,
            "AssetHoldingUnits": holding["quantity"],
            "AssetHoldingVestedAmount": null,
            "Currency": holding["iso_currency_code"],
        })
    };
    rows.map(view).collect()
}

fn transaction(row: &Value) -> Value {
    let amount = row["amount"].as_f64().unwrap_or_default();
    let name = &row["merchant_name"];
    let (by, to) = if amount > 0.0 { (&Value::Null, name) } else { (name, &Value::Null) };
    json!({
        "AssetInvestmentTransactionTypeDescription": null,
        "AssetTransactionAmount": amount.abs(),
        "AssetTransactionCategoryType": category(row["credit_category"]["detailed"].as_str().unwrap_or_default()),
        "AssetTransactionDate": row["date_transacted"],
        "AssetTransactionPaidByName": by,
        "AssetTransactionPaidToName": to,
        "AssetTransactionPostDate": row["date"],
        "AssetTransactionType": if amount > 0.0 { "Debit" } else { "Credit" },
        "AssetTransactionTypeAdditionalDescription": null,
        "AssetTransactionUniqueIdentifier": row["transaction_id"],
        "FinancialInstitutionTransactionIdentifier": null,
    })
}

/// The category of Freddie Mac's for a detailed category of Plaid's.
fn category(detailed: &str) -> &'static str {
    match detailed {
        "FOOD_AND_DRINK_COFFEE" => "CoffeeShops",
        "FOOD_AND_DRINK_FAST_FOOD" => "FastFood",
        "FOOD_AND_DRINK_GROCERIES" => "Groceries",
        "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS" => "BooksSupplies",
        "HOME_IMPROVEMENT_HARDWARE" => "HomeImprovement",
        "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT" => "CreditCardPayment",
        "MEDICAL_PHARMACIES_AND_SUPPLEMENTS" => "Pharmacy",
        "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS" => "Gym",
        "TRANSPORTATION_GAS" => "GasFuel",
        "TRANSPORTATION_PUBLIC_TRANSIT" => "Public Transportation",
        "TRANSPORTATION_TAXIS_AND_RIDE_SHARES" => "RentalCarTaxi",
        "TRAVEL_FLIGHTS" => "AirTravel",
        other => match other {
            _ if other.starts_with("BANK_FEES") => "BankFee",
            _ if other.starts_with("ENTERTAINMENT") => "Entertainment",
            _ if other.starts_with("FOOD_AND_DRINK") => "FoodDining",
            _ if other.starts_with("GENERAL_MERCHANDISE") => "Shopping",
            _ if other.starts_with("INCOME") => "Income",
            _ if other.starts_with("LOAN_PAYMENTS") => "LoanPayment",
            _ if other.starts_with("RENT_AND_UTILITIES") => "Utilities",
            _ if other.starts_with("TRANSFER") => "Transfer",
            _ if other.starts_with("TRANSPORTATION") => "AutoTransport",
            _ if other.starts_with("TRAVEL") => "Travel",
            _ => "Uncategorized",
        },
    }
}
