//! Files that jobs make: PDFs of reports, and archives of documents.

use rust_decimal::Decimal;

use super::about::Subject;
use super::{Task, zip};
use crate::ops::Call;
use crate::pdf::{Column, Document, Table};
use crate::request::File;
use crate::state::{Item, Transaction};

/// The file of an operation, of the media type that it answers.
pub fn file(call: &Call<'_>, task: Task, subject: &Subject, kind: &str) -> File {
    let title = task.row.title.as_deref().unwrap_or("Report");
    if kind == "application/zip" {
        let name = call.request.text("document_id").unwrap_or("documents");
        let files: Vec<_> = (1..)
            .zip(items(call, subject))
            .map(|(number, item)| (format!("{name}-{number}.pdf"), report(call, title, subject, &[item]).bytes()))
            .collect();
        return File { kind: "application/zip", bytes: zip::archive(&files), headers: Vec::new() };
    }
    let bytes = report(call, title, subject, &items(call, subject)).bytes();
    File { kind: "application/pdf", bytes, headers: Vec::new() }
}

fn items<'a>(call: &'a Call<'_>, subject: &Subject) -> Vec<&'a Item> {
    subject.items.iter().filter_map(|id| call.tenant.items.get(id)).collect()
}

/// A report about Items: their accounts, and what happened on them.
fn report(call: &Call<'_>, title: &str, subject: &Subject, items: &[&Item]) -> Document {
    let user = subject.user.as_deref().and_then(|id| call.tenant.users.get(id));
    let mut facts = vec![("Date", call.tenant.now().date_naive().to_string())];
    facts.extend(user.map(|user| ("User", user.id.clone())));
    facts.extend(user.map(|user| ("Client user", user.client_user_id.clone())));
    let mut document = Document::new(title).facts(facts);
    for item in items {
        let bank = call.world.institution(&item.institution).map(|one| one.name.as_str()).unwrap_or_default();
        document = document.heading(format!("{bank} ({})", item.id)).table(accounts(item));
        let rows = item.feed.current();
        if !rows.is_empty() {
            document = document.heading("Transactions").table(transactions(&rows));
        }
    }
    document
}

fn accounts(item: &Item) -> Table {
    let columns = ["Account", "Mask", "Type"].map(|name| Column::left(name, 3));
    let mut table = Table::new(columns.into_iter().chain([Column::right("Balance", 2)]));
    for account in &item.accounts {
        let balance = account.balances.current.map(amount).unwrap_or_default();
        table.row([account.name.clone(), account.mask.clone(), account.subtype.clone(), balance]);
    }
    table
}

/// Transactions, the newest first. Money that comes in has no sign.
fn transactions(rows: &[&Transaction]) -> Table {
    let mut table = Table::new([Column::left("Date", 2), Column::left("Description", 6), Column::right("Amount", 2)]);
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| std::cmp::Reverse(row.date));
    for row in rows {
        table.row([row.date.to_string(), row.name.clone(), amount(-row.amount)]);
    }
    table
}

fn amount(amount: Decimal) -> String {
    format!("{amount:.2}")
}
