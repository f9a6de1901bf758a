//! Transactions as responses contain them.

mod text;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::account_view::number;
use crate::fields::Fields;
use crate::state::{AccountId, Transaction, TransactionId};

/// Which properties a request wants.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    original_description: bool,
    category: bool,
    first_version: bool,
}

impl Shown {
    /// Reads the options of a request.
    pub fn of(options: Fields<'_>) -> Self {
        Self {
            original_description: options.flag("include_original_description"),
            category: options.value("include_personal_finance_category").and_then(Value::as_bool).unwrap_or(true),
            first_version: options.text("personal_finance_category_version") == Some("v1"),
        }
    }
}

/// A transaction. The fields of this and the types below are in alphabetical order, as Plaid writes them.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    account_id: &'a AccountId,
    account_owner: (),
    amount: Value,
    authorized_date: Option<NaiveDate>,
    authorized_datetime: (),
    category: (),
    category_id: (),
    check_number: (),
    counterparties: Vec<Counterparty<'a>>,
    date: NaiveDate,
    datetime: (),
    iso_currency_code: &'a str,
    location: Location<'a>,
    logo_url: Option<String>,
    merchant_entity_id: Option<&'a str>,
    merchant_name: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_description: Option<&'a str>,
    payment_channel: &'a str,
    payment_meta: PaymentMeta<'a>,
    pending: bool,
    pending_transaction_id: Option<&'a TransactionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    personal_finance_category: Option<Category<'a>>,
    personal_finance_category_icon_url: String,
    transaction_code: (),
    transaction_id: &'a TransactionId,
    transaction_type: &'static str,
    unofficial_currency_code: (),
    website: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Counterparty<'a> {
    confidence_level: &'a str,
    entity_id: Option<&'a str>,
    logo_url: Option<String>,
    name: &'a str,
    r#type: &'static str,
    website: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Category<'a> {
    confidence_level: &'a str,
    detailed: &'a str,
    primary: &'a str,
    version: &'static str,
}

/// Where a transaction took place. Of the Sandbox's, only the number of a store is known.
#[derive(Debug, Default, Serialize)]
struct Location<'a> {
    address: (),
    city: (),
    country: (),
    lat: (),
    lon: (),
    postal_code: (),
    region: (),
    store_number: Option<&'a str>,
}

/// How a transaction was paid, as far as a bank of the Sandbox says.
#[derive(Debug, Default, Serialize)]
struct PaymentMeta<'a> {
    by_order_of: (),
    payee: (),
    payer: (),
    payment_method: Option<&'a str>,
    payment_processor: (),
    ppd_id: (),
    reason: (),
    reference_number: (),
}

impl<'a> Row<'a> {
    /// A transaction with what a request wants to see of it.
    pub fn of(row: &'a Transaction, shown: Shown) -> Self {
        let logo = row.logo.as_ref().map(|file| format!("https://plaid-merchant-logos.plaid.com/{file}.png"));
        let counterparty = row.merchant.as_ref().map(|name| Counterparty {
            confidence_level: &row.category.confidence,
            entity_id: row.entity.as_deref(),
            logo_url: logo.clone(),
            name,
            r#type: "merchant",
            website: row.website.as_deref(),
        });
        let category = Category {
            confidence_level: &row.category.confidence,
            detailed: &row.category.detailed,
            primary: &row.category.primary,
            version: if shown.first_version { "v1" } else { "v2" },
        };
        Self {
            account_id: &row.account,
            account_owner: (),
            amount: number(row.amount),
            authorized_date: row.authorized,
            authorized_datetime: (),
            category: (),
            category_id: (),
            check_number: (),
            counterparties: counterparty.into_iter().collect(),
            date: row.date,
            datetime: (),
            iso_currency_code: &row.currency,
            location: Location { store_number: row.store.as_deref(), ..Location::default() },
            logo_url: logo,
            merchant_entity_id: row.entity.as_deref(),
            merchant_name: row.merchant.as_deref(),
            name: &row.name,
            original_description: shown.original_description.then_some(row.name.as_str()),
            payment_channel: &row.channel,
            payment_meta: PaymentMeta { payment_method: row.payment_method.as_deref(), ..PaymentMeta::default() },
            pending: row.pending,
            pending_transaction_id: row.was_pending.as_ref(),
            personal_finance_category: shown.category.then_some(category),
            personal_finance_category_icon_url: format!(
                "https://plaid-category-icons.plaid.com/PFC_{}.png",
                row.category.primary
            ),
            transaction_code: (),
            transaction_id: &row.id,
            transaction_type: if row.channel == "other" { "special" } else { "place" },
            unofficial_currency_code: (),
            website: row.website.as_deref(),
        }
    }
}

/// A transaction as a value.
pub fn view(row: &Transaction, shown: Shown) -> Value {
    serde_json::to_value(Row::of(row, shown)).unwrap_or_default()
}

/// Where a transaction took place, as a value.
pub fn location(row: &Transaction) -> Value {
    let location = Location { store_number: row.store.as_deref(), ..Location::default() };
    serde_json::to_value(location).unwrap_or_default()
}

/// How a transaction was paid, as a value.
pub fn payment_meta(row: &Transaction) -> Value {
    let meta = PaymentMeta { payment_method: row.payment_method.as_deref(), ..PaymentMeta::default() };
    serde_json::to_value(meta).unwrap_or_default()
}
