//! Reports as PDF files.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::Value;

use super::flows::{depository, inflow, outflow};
use super::income::streams;
use super::insights::wanted;
use super::read::{Read, part, ready};
use super::scores::Score;
use super::verification::requested;
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::Call;
use crate::pdf::{Column, Document, Table, money};
use crate::request::File;
use crate::state::{CheckAccount, CheckProduct, HomeLending, Transaction};

/// `/cra/check_report/pdf/get`: the accounts and transactions, and the other parts that a request wants.
pub fn report(call: &mut Call<'_>) -> Result<File, ApiError> {
    let add_ons = call.request.texts("add_ons").unwrap_or_default();
    let read = ready(call)?;
    let mut document = accounts(head(read, "Consumer report"), read);
    if add_ons.contains(&"cra_income_insights") {
        part(call, CheckProduct::Income)?;
        document = income(document, read, false)?;
    }
    if add_ons.contains(&"cra_partner_insights") {
        part(call, CheckProduct::Partner)?;
        document = partner(document, read);
    }
    Ok(file(&document))
}

/// `/consumer_report/pdf/get`: the accounts and the income.
pub fn older(call: &mut Call<'_>) -> Result<File, ApiError> {
    let read = ready(call)?;
    let document = accounts(head(read, "Consumer report"), read);
    Ok(file(&income(document, read, true)?))
}

/// `/cra/check_report/verification/pdf/get`: parts for a mortgage. Only some of them fit in one file.
pub fn verification(call: &mut Call<'_>) -> Result<File, ApiError> {
    let request = call.request;
    let read = ready(call)?;
    let names = match (request.texts("reports_requested"), request.text("report_requested")) {
        (Some(names), _) => names,
        (None, Some(name)) => vec![name],
        (None, None) => return Err(ApiError::missing_fields("reports_requested")),
    };
    let parts = requested(read, names)?;
    let is_one_file = parts.len() == 1 || parts == BTreeSet::from([HomeLending::Voa, HomeLending::Income]);
    if !is_one_file {
        return Err(ApiError::invalid_field(
            "reports_requested must be one of voa, employment_refresh and income, or voa with income",
        ));
    }
    let mut document = head(read, "Verification report");
    for part in parts {
        document = match part {
            HomeLending::Voa => accounts(document, read),
            HomeLending::Income => income(document, read, false)?,
            HomeLending::EmploymentRefresh => deposits(document, read),
        };
    }
    Ok(file(&document))
}

fn file(document: &Document) -> File {
    File { kind: "application/pdf", bytes: document.bytes(), headers: Vec::new() }
}

fn head(read: Read<'_>, title: &str) -> Document {
    let all: Vec<&Transaction> = depository(&read.content.items).flat_map(|(_, of)| &of.rows).collect();
    Document::new(title).facts([
        ("Report", read.report.id.clone()),
        ("Report of the application", read.report.order.client_report_id.clone().unwrap_or_default()),
        ("Generated", time(read.content.generated)),
        ("Days requested", read.report.order.days.to_string()),
        ("Purpose", read.report.order.purpose.clone()),
        ("Came in", money(-inflow(&all))),
        ("Went out", money(outflow(&all))),
    ])
}

fn accounts(mut document: Document, read: Read<'_>) -> Document {
    for item in &read.content.items {
        document = document.heading(&item.institution_name).facts([("Item", item.id.to_string())]);
        for of in &item.accounts {
            document = account(document, of);
        }
    }
    document
}

fn account(document: Document, of: &CheckAccount) -> Document {
    let names = of.owners.iter().filter_map(|owner| owner["names"].as_array()).flatten().filter_map(Value::as_str);
    let balance = |balance: Option<Decimal>| balance.map_or_else(|| "-".to_owned(), money);
    let known = &of.account;
    let document = document.heading(format!("{} ending in {}", known.name, known.mask)).facts([
        ("Kind", format!("{}, {}", known.kind, known.subtype)),
        ("Owners", names.collect::<Vec<_>>().join(", ")),
        ("Available balance", balance(known.balances.available)),
        ("Current balance", balance(known.balances.current)),
        ("Currency", known.balances.currency.clone()),
    ]);
    if of.rows.is_empty() {
        return document;
    }
    let columns = [Column::left("Date", 2), Column::left("Description", 6), Column::right("Amount", 2)];
    let mut table = Table::new(columns);
    of.rows.iter().for_each(|row| table.row([row.date.to_string(), row.name.clone(), money(row.amount)]));
    document.table(table)
}

fn income(document: Document, read: Read<'_>, has_all: bool) -> Result<Document, ApiError> {
    let all = match has_all {
        true => streams(&read.report.id, read.content, read.report.order.days),
        false => wanted(read)?,
    };
    let columns = [
        Column::left("Income", 5),
        Column::left("Category", 3),
        Column::left("How often", 3),
        Column::right("Total", 2),
        Column::right("Each month", 2),
    ];
    let mut table = Table::new(columns);
    for stream in &all {
        table.row([
            stream.description().to_owned(),
            stream.kind.wire().0.to_owned(),
            stream.frequency().to_owned(),
            money(stream.total().round_dp(2)),
            money(stream.recent()),
        ]);
    }
    Ok(document.heading("Income insights").table(table))
}

fn partner(document: Document, read: Read<'_>) -> Document {
    let score = Score::of(read.content);
    document.heading("Partner insights").facts([("Prism CashScore", (score.points * 10).to_string())])
}

fn deposits(document: Document, read: Read<'_>) -> Document {
    let columns = [Column::left("Date", 2), Column::left("Account", 3), Column::left("Deposit", 6)];
    let mut table = Table::new(columns);
    for (_, of) in depository(&read.content.items) {
        for row in of.rows.iter().filter(|row| row.amount < Decimal::ZERO) {
            table.row([row.date.to_string(), of.account.name.clone(), row.name.clone()]);
        }
    }
    document.heading("Employment refresh").table(table)
}
