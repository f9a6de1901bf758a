//! A report on bank income as a PDF file.

use serde_json::Value;

use crate::pdf::{Column, Document, Table, money};
use crate::request::File;

/// The file of a report.
pub fn file(income: &Value) -> File {
    let summary = &income["bank_income_summary"];
    let mut document = Document::new("Bank income").facts([
        ("Report", text(&income["bank_income_id"])),
        ("Generated", text(&income["generated_time"])),
        ("Days requested", text(&income["days_requested"])),
        ("Total", amount(&summary["total_amount"])),
        ("Sources", text(&summary["income_sources_count"])),
    ]);
    for item in list(income, "items") {
        document = document.heading(text(&item["institution_name"])).facts([("Item", text(&item["item_id"]))]);
        for account in list(item, "bank_income_accounts") {
            document = document.line(format!("{} ending in {}", text(&account["name"]), text(&account["mask"])));
        }
        for source in list(item, "bank_income_sources") {
            document = document.heading(text(&source["income_description"])).facts([
                ("Kind", text(&source["income_category"])),
                ("Frequency", text(&source["pay_frequency"])),
                ("Total", amount(&source["total_amount"])),
            ]);
            let mut table = Table::new([Column::left("Date", 2), Column::left("Name", 6), Column::right("Amount", 2)]);
            for row in list(source, "historical_summary").iter().flat_map(|month| list(month, "transactions")) {
                table.row([text(&row["date"]), text(&row["name"]), amount(&row["amount"])]);
            }
            document = document.table(table);
        }
    }
    File { kind: "application/pdf", bytes: document.bytes(), headers: Vec::new() }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn amount(value: &Value) -> String {
    crate::fields::decimal(value).map_or_else(|| text(value), money)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}
