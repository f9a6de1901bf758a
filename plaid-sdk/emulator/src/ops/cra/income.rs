//! Streams of income: transactions that pay a user, by who pays them.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::flows::{cents, depository};
use crate::bank::recurring::Frequency;
use crate::ids::Ids;
use crate::names::words;
use crate::ops::account_view::number;
use crate::state::{AccountId, CheckContent, CheckItem, ItemId, Transaction};

/// How many payments the present income is computed from.
const RECENT: usize = 3;
/// By how much a payment has to be larger than the average to stand out.
const OUTLIER: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
/// What a salary is before taxes, by a rule of ours.
const BEFORE_TAXES: Decimal = Decimal::from_parts(125, 0, 0, false, 2);

/// What kind of income it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Wages.
    Salary,
    /// Work by an app.
    Gig,
    /// Unemployment benefits.
    Unemployment,
    /// Rent.
    Rental,
    /// Child support.
    ChildSupport,
    /// Pay of the military.
    Military,
    /// A pension.
    Retirement,
    /// Benefits for the disabled.
    Disability,
    /// Interest.
    Interest,
    /// Cash that was paid in.
    CashDeposit,
    /// Money from an app.
    App,
    /// Taxes that came back.
    TaxRefund,
    /// Other benefits.
    Benefit,
    /// Anything else.
    Other,
}

/// Words in a description that decide, in the order in which they are looked for.
const WORDS: [(&str, Kind); 16] = [
    ("child support", Kind::ChildSupport),
    ("unemployment", Kind::Unemployment),
    ("disability", Kind::Disability),
    ("ssdi", Kind::Disability),
    ("military", Kind::Military),
    ("dfas", Kind::Military),
    ("doordash", Kind::Gig),
    ("uber", Kind::Gig),
    ("lyft", Kind::Gig),
    ("rental", Kind::Rental),
    ("benefit", Kind::Benefit),
    ("intrst", Kind::Interest),
    ("interest", Kind::Interest),
    ("venmo", Kind::App),
    ("cash app", Kind::App),
    ("cash deposit", Kind::CashDeposit),
];

impl Kind {
    /// Its `income_category`, and its primary and secondary category.
    pub fn wire(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Salary => ("SALARY", "EARNED_INCOME", "SALARY"),
            Self::Gig => ("GIG_ECONOMY", "EARNED_INCOME", "GIG_ECONOMY"),
            Self::Military => ("MILITARY", "EARNED_INCOME", "MILITARY"),
            Self::Unemployment => ("UNEMPLOYMENT", "BENEFITS", "UNEMPLOYMENT"),
            Self::Disability => ("LONG_TERM_DISABILITY", "BENEFITS", "DISABILITY"),
            Self::Benefit => ("BENEFIT_OTHER", "BENEFITS", "OTHER"),
            Self::ChildSupport => ("CHILD_SUPPORT", "BENEFITS", "CHILD_SUPPORT"),
            Self::Retirement => ("RETIREMENT", "RETIREMENT", "PRIVATE_RETIREMENT"),
            Self::Rental => ("RENTAL", "OTHER_INCOME", "RENTAL"),
            Self::Interest => ("BANK_INTEREST", "OTHER_INCOME", "BANK_INTEREST"),
            Self::CashDeposit => ("CASH_DEPOSIT", "OTHER_INCOME", "CASH_DEPOSIT"),
            Self::App => ("TRANSFER_FROM_APPLICATION", "OTHER_INCOME", "TRANSFER_FROM_APPLICATION"),
            Self::TaxRefund => ("TAX_REFUND", "OTHER_INCOME", "TAX_REFUND"),
            Self::Other => ("OTHER", "OTHER_INCOME", "OTHER"),
        }
    }

    /// What kind of income a transaction is. A refund of a purchase and a transfer between accounts are none.
    fn of(row: &Transaction) -> Option<Self> {
        if row.amount >= Decimal::ZERO || row.pending {
            return None;
        }
        let text = row.name.to_lowercase();
        let by_word = || WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, kind)| *kind);
        match &*row.category.detailed {
            "INCOME_TAX_REFUND" => Some(Self::TaxRefund),
            "INCOME_UNEMPLOYMENT" => Some(Self::Unemployment),
            "INCOME_RETIREMENT_PENSION" => Some(Self::Retirement),
            "INCOME_INTEREST_EARNED" => Some(Self::Interest),
            "INCOME_WAGES" | "INCOME_SALARY" => by_word().or(Some(Self::Salary)),
            detailed if detailed.starts_with("INCOME_") => by_word().or(Some(Self::Other)),
            detailed if detailed.starts_with("TRANSFER_IN_") => by_word(),
            _ => None,
        }
    }
}

/// A stream of income into an account.
pub struct Stream<'a> {
    /// Its id, which is another one in each report.
    pub id: String,
    /// The Item.
    pub item: &'a ItemId,
    /// The account.
    pub account: &'a AccountId,
    /// What kind of income it is.
    pub kind: Kind,
    /// Its transactions, oldest first. There is one at least.
    pub rows: Vec<&'a Transaction>,
    /// How often they come, if that is regular.
    pub frequency: Option<Frequency>,
    /// When the next one is expected.
    pub next: Option<NaiveDate>,
    /// Whether it goes on. `None`: that is not known.
    pub is_active: Option<bool>,
    /// How many months the report covers.
    months: Decimal,
}

/// The streams of a report, in the order of accounts and names.
pub fn streams<'a>(id: &str, content: &'a CheckContent, days: i64) -> Vec<Stream<'a>> {
    of_items(id, &content.items, days, content.generated.date_naive())
}

/// The streams of some Items on a day.
pub fn of_items<'a>(id: &str, items: &'a [CheckItem], days: i64, today: NaiveDate) -> Vec<Stream<'a>> {
    let months = (Decimal::from(days) / Decimal::from(30)).max(Decimal::ONE);
    let mut all = Vec::new();
    for (item, of) in depository(items) {
        let mut groups: BTreeMap<String, (Kind, Vec<&Transaction>)> = BTreeMap::new();
        for row in of.rows.iter().rev() {
            if let Some(kind) = Kind::of(row) {
                groups.entry(name(row)).or_insert_with(|| (kind, Vec::new())).1.push(row);
            }
        }
        for (name, (kind, rows)) in groups {
            let mut ids = Ids::new(0, &format!("{id}/{}/{name}", of.account.id));
            let (frequency, next, is_active) = rhythm(&rows, today);
            let (item, account) = (&item.id, &of.account.id);
            all.push(Stream { id: ids.long(), item, account, kind, rows, frequency, next, is_active, months });
        }
    }
    all
}

/// What the descriptions of a stream have in common: their words without numbers.
fn name(row: &Transaction) -> String {
    let all = words(&row.name).into_iter().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    all.collect::<Vec<_>>().join(" ")
}

/// How often transactions come, when the next one is expected, and whether more are.
fn rhythm(rows: &[&Transaction], today: NaiveDate) -> (Option<Frequency>, Option<NaiveDate>, Option<bool>) {
    let distances: Vec<i64> = rows.windows(2).map(|pair| (pair[1].date - pair[0].date).num_days()).collect();
    let frequency = if distances.is_empty() { None } else { Frequency::of(&distances) };
    let (Some(frequency), Some(last)) = (frequency, rows.last()) else { return (None, None, None) };
    let next = frequency.after(last.date);
    let is_late = next.is_some_and(|next| (today - next).num_days() > frequency.grace());
    (Some(frequency), next.filter(|_| !is_late), Some(!is_late))
}

impl Stream<'_> {
    /// What came in. It is positive.
    pub fn total(&self) -> Decimal {
        -self.rows.iter().map(|row| row.amount).sum::<Decimal>()
    }

    /// The currency.
    pub fn currency(&self) -> &str {
        self.rows.first().map_or("USD", |row| row.currency.as_str())
    }

    /// The description of the last transaction.
    pub fn description(&self) -> &str {
        self.rows.last().map_or("", |row| row.name.as_str())
    }

    /// `pay_frequency`.
    pub fn frequency(&self) -> &'static str {
        match self.frequency {
            // The list of frequencies has no year.
            None | Some(Frequency::Annually) => "UNKNOWN",
            Some(frequency) => frequency.wire(),
        }
    }

    /// `status`.
    pub fn status(&self) -> &'static str {
        match self.is_active {
            Some(true) => "ACTIVE",
            Some(false) => "INACTIVE",
            None => "UNKNOWN",
        }
    }

    /// Who pays, without what says that it is a payment.
    pub fn provider(&self) -> Option<String> {
        const NOISE: [&str; 8] = ["direct", "dep", "deposit", "payroll", "pay", "ach", "credit", "salary"];
        if !matches!(self.kind, Kind::Salary | Kind::Gig | Kind::Military) {
            return None;
        }
        let is_name = |word: &&str| {
            !NOISE.contains(&word.to_lowercase().as_str()) && !word.contains(|c: char| c.is_ascii_digit())
        };
        let name = self.description().split_whitespace().filter(is_name).collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some(name)
    }

    /// The income of a month over the whole report.
    pub fn monthly(&self) -> Decimal {
        self.per_month(&self.rows)
    }

    /// The income of a month by the last payments.
    pub fn recent(&self) -> Decimal {
        let start = self.rows.len().saturating_sub(RECENT);
        self.per_month(self.rows.get(start..).unwrap_or_default())
    }

    /// The income of a month before taxes.
    pub fn gross(&self, net: Decimal) -> Decimal {
        match self.kind {
            Kind::Salary => net * BEFORE_TAXES,
            _ => net,
        }
    }

    fn per_month(&self, rows: &[&Transaction]) -> Decimal {
        let sum = -rows.iter().map(|row| row.amount).sum::<Decimal>();
        let average = sum / Decimal::from(rows.len().max(1));
        let twelfth = |times: i64| average * Decimal::from(times) / Decimal::from(12);
        let monthly = match self.frequency {
            Some(Frequency::Weekly) => twelfth(52),
            Some(Frequency::Biweekly) => twelfth(26),
            Some(Frequency::SemiMonthly) => twelfth(24),
            Some(Frequency::Monthly) => average,
            Some(Frequency::Annually) => twelfth(1),
            None => self.total() / self.months,
        };
        monthly.round_dp(2)
    }

    /// The transactions of a stream with those that stand out.
    pub fn transactions(&self) -> Vec<Value> {
        let average = self.total() / Decimal::from(self.rows.len().max(1));
        let view = |row: &&Transaction| {
            let is_outlier = -row.amount > average * OUTLIER;
            json!({
                "account_id": row.account,
                "amount": number(row.amount),
                "date": row.date,
                "iso_currency_code": row.currency,
                "item_id": self.item,
                "original_description": row.name,
                "outlier": {"amount": is_outlier.then(|| cents(-row.amount - average)), "is_outlier": is_outlier},
                "transaction_id": row.id,
                "unofficial_currency_code": null,
            })
        };
        self.rows.iter().map(view).collect()
    }

    /// What report of income say of a stream besides its figures.
    pub fn insights(&self) -> Value {
        let (_, primary, secondary) = self.kind.wire();
        json!({
            "income_category": {"primary": primary, "secondary": secondary},
            "income_provider": self.provider().map(|name| json!({"is_normalized": false, "name": name})),
            "next_payment": self.next.map(|date| json!({"date": date})),
            "pay_frequency": self.frequency(),
            "status": self.status(),
        })
    }

    /// What is modeled: the present income, and the expected one of a stream that goes on.
    pub fn metrics(&self, has_projection: bool) -> Value {
        let net = self.recent();
        let values = figures(net, self.gross(net));
        let mut shown = json!({
            "current": if self.is_active == Some(false) { Value::Null } else { values.clone() },
            "iso_currency_code": self.currency(),
            "unofficial_currency_code": null,
        });
        if has_projection {
            shown["projected"] = if self.is_active == Some(true) { values } else { Value::Null };
        }
        shown
    }
}

fn figures(net: Decimal, gross: Decimal) -> Value {
    let year = Decimal::from(12);
    json!({
        "annual": {"gross_income": cents(gross * year), "net_income": cents(net * year)},
        "monthly": {"gross_income": cents(gross), "net_income": cents(net)},
    })
}

/// The income of some streams together, for each currency.
pub fn summary(streams: &[&Stream<'_>], has_projection: bool) -> Vec<Value> {
    let mut by: BTreeMap<&str, Vec<&Stream<'_>>> = BTreeMap::new();
    streams.iter().for_each(|stream| by.entry(stream.currency()).or_default().push(stream));
    let view = |(currency, all): (&str, Vec<&Stream<'_>>)| {
        let total = |test: fn(&Stream<'_>) -> bool| {
            let chosen: Vec<_> = all.iter().filter(|stream| test(stream)).collect();
            let net: Decimal = chosen.iter().map(|stream| stream.recent()).sum();
            let gross = chosen.iter().map(|stream| stream.gross(stream.recent())).sum();
            if chosen.is_empty() { Value::Null } else { figures(net, gross) }
        };
        let mut shown = json!({
            "current": total(|stream| stream.is_active != Some(false)),
            "iso_currency_code": currency,
            "unofficial_currency_code": null,
        });
        if has_projection {
            shown["projected"] = total(|stream| stream.is_active == Some(true));
        }
        shown
    };
    by.into_iter().map(view).collect()
}

/// The first and the last day of a period of so many days that ends today.
pub fn period(today: NaiveDate, days: i64) -> (NaiveDate, NaiveDate) {
    (today - TimeDelta::days(days - 1), today)
}

/// A year before a day.
pub fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}
