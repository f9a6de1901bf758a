//! Money that comes every month.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::accounts::amount;
use crate::fields::Fields;
use crate::state::{Account, Inflow, InflowKind, MonthDay, Transaction};

/// A year's interest in percent, for a balance without a rate.
const RATE: Decimal = Decimal::from_parts(125, 0, 0, false, 1);

/// Reads the model of an account, if it has one.
pub fn read(set: Fields<'_>, account: &Account) -> Option<Inflow> {
    let model = set.object("inflow_model");
    let kind = match model.text("type")? {
        "monthly-income" => InflowKind::Income(amount(model, "income_amount")?),
        "monthly-balance-payment" => InflowKind::Balance(day(model, "statement_day_of_month")?),
        "monthly-interest-only-payment" => {
            let liability = set.object("liability");
            let rate = amount(liability, "nominal_apr").or_else(|| amount(liability, "purchase_apr")).unwrap_or(RATE);
            let balance = account.balances.current.unwrap_or_default();
            InflowKind::Interest((balance * rate / Decimal::from(1_200)).round_dp(2))
        }
        _ => return None,
    };
    Some(Inflow { kind, day: day(model, "payment_day_of_month")?, name: model.text("transaction_name")?.to_owned() })
}

fn day(model: Fields<'_>, name: &str) -> Option<MonthDay> {
    match model.integer(name) {
        Some(day) => u32::try_from(day).ok().map(MonthDay::Day),
        None => (model.text(name)? == "last").then_some(MonthDay::Last),
    }
}

/// The payments from the first to the last day: their dates and amounts. `spent` are the other transactions of the account.
pub fn payments(
    inflow: &Inflow,
    spent: &[Transaction],
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<(NaiveDate, Decimal)> {
    let mut all = Vec::new();
    let mut month = first.with_day(1);
    while let Some(start) = month.filter(|start| *start <= last) {
        let date = in_month(start, inflow.day);
        let amount = match inflow.kind {
            InflowKind::Income(amount) | InflowKind::Interest(amount) => amount,
            InflowKind::Balance(statement) => owed(spent, date, statement),
        };
        // Money that comes in has a negative amount.
        if first <= date && date <= last && !amount.is_zero() {
            all.push((date, -amount));
        }
        month = start.checked_add_months(Months::new(1));
    }
    all
}

/// What was spent between the last two statements before a day.
fn owed(spent: &[Transaction], day: NaiveDate, statement: MonthDay) -> Decimal {
    let start = day.with_day(1).unwrap_or(day);
    let before =
        |months| start.checked_sub_months(Months::new(months)).map_or(start, |start| in_month(start, statement));
    let (from, to) = match in_month(start, statement) {
        this if this < day => (before(1), this),
        _ => (before(2), before(1)),
    };
    let rows = spent.iter().filter(|row| from < row.date && row.date <= to);
    rows.map(|row| row.amount).sum::<Decimal>().max(Decimal::ZERO)
}

fn in_month(start: NaiveDate, day: MonthDay) -> NaiveDate {
    let last = || Some(start.checked_add_months(Months::new(1))?.pred_opt()?.day());
    let day = match day {
        MonthDay::Day(day) => day,
        MonthDay::Last => last().unwrap_or(28),
    };
    start.with_day(day).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::{in_month, payments};
    use crate::state::{Inflow, InflowKind, MonthDay};
    use chrono::NaiveDate;
    use rust_decimal::Decimal;

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
    }

    #[test]
    fn income_comes_once_a_month() {
        let inflow =
            Inflow { kind: InflowKind::Income(Decimal::from(5_000)), day: MonthDay::Last, name: "ACME".to_owned() };
        let dates: Vec<NaiveDate> =
            payments(&inflow, &[], date(1, 15), date(4, 29)).into_iter().map(|(date, _)| date).collect();
        assert_eq!(dates, [date(1, 31), date(2, 28), date(3, 31)]);
        assert_eq!(in_month(date(2, 1), MonthDay::Day(28)), date(2, 28));
        assert!(payments(&inflow, &[], date(1, 2), date(1, 3)).is_empty());
    }
}
