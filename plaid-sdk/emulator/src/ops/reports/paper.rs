//! A report as a PDF file.

use serde_json::Value;

use super::show::{Wanted, content};
use crate::error::ApiError;
use crate::fields::time;
use crate::pdf::{Column, Document, Table, money};
use crate::request::File;
use crate::state::Report;

/// Of how many days the file has one balance.
const EACH: usize = 7;

/// The file of a report.
///
/// # Errors
/// As the report itself.
pub fn file(report: &Report, wanted: Wanted) -> Result<File, ApiError> {
    let content = content(report, wanted)?;
    let user = &report.order.user;
    let names = ["first_name", "middle_name", "last_name"].into_iter().filter_map(|name| user[name].as_str());
    let mut document = Document::new("Asset report").facts([
        ("Report", report.id.clone()),
        ("Report of the application", report.order.client_report_id.clone().unwrap_or_default()),
        ("Generated", time(content.generated)),
        ("Days requested", report.order.days.to_string()),
        ("Person", names.collect::<Vec<_>>().join(" ")),
    ]);
    for item in &content.items {
        document = document.heading(text(&item["institution_name"])).facts([("Item", text(&item["item_id"]))]);
        for account in item["accounts"].as_array().into_iter().flatten() {
            document = add(document, account);
        }
    }
    Ok(File { kind: "application/pdf", bytes: document.bytes(), headers: Vec::new() })
}

fn add(document: Document, account: &Value) -> Document {
    let owners = account["owners"].as_array().into_iter().flatten();
    let owners = owners.filter_map(|owner| owner["names"].as_array()).flatten().map(text);
    let balance = |name: &str| amount(&account["balances"][name]);
    let mut document =
        document.heading(format!("{} ending in {}", text(&account["name"]), text(&account["mask"]))).facts([
            ("Kind", format!("{}, {}", text(&account["type"]), text(&account["subtype"]))),
            ("Owners", owners.collect::<Vec<_>>().join(", ")),
            ("Available balance", balance("available")),
            ("Current balance", balance("current")),
            ("Currency", text(&account["balances"]["iso_currency_code"])),
        ]);
    let rows = account["transactions"].as_array().filter(|rows| !rows.is_empty());
    if let Some(rows) = rows {
        let columns = [Column::left("Date", 2), Column::left("Description", 6), Column::right("Amount", 2)];
        let mut table = Table::new(columns);
        rows.iter().for_each(|row| {
            table.row([text(&row["date"]), text(&row["original_description"]), amount(&row["amount"])])
        });
        document = document.table(table);
    }
    let balances = account["historical_balances"].as_array().filter(|rows| !rows.is_empty());
    if let Some(balances) = balances {
        let mut table = Table::new([Column::left("Day", 2), Column::right("Balance", 3), Column::left("", 5)]);
        let some = balances.iter().step_by(EACH);
        some.for_each(|row| table.row([text(&row["date"]), amount(&row["current"]), String::new()]));
        document = document.table(table);
    }
    document
}

/// An amount of the report.
fn amount(value: &Value) -> String {
    let amount = value.as_number().and_then(|number| number.to_string().parse().ok());
    amount.map_or_else(|| text(value), money)
}

/// A value as a reader wants to see it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}
