//! The accounts of a configuration.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::config::Config;
use super::inflow;
use crate::data::accounts::{ROUTING, WIRE_ROUTING};
use crate::data::owner;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::state::{
    Account, AccountId, Ach, Bacs, Balances, Custom, CustomAccount, CustomRow, Eft, International, Numbers,
};

/// The accounts of a configuration with new ids, and what is to be known of them later.
pub fn open(config: &Config, today: NaiveDate, ids: &mut Ids) -> (Vec<Account>, Custom) {
    let fields = Fields(&config.0);
    let seed = fields.text("seed").map_or_else(|| ids.long(), str::to_owned);
    let generates = fields.text("version") == Some("1");
    let default = json!([
        {"type": "depository", "subtype": "checking"},
        {"type": "depository", "subtype": "savings"},
        {"type": "credit", "subtype": "credit card"},
    ]);
    // Without accounts of its own, a configuration has generated ones with generated transactions.
    let (set, generates) =
        match fields.value("override_accounts").filter(|all| !all.as_array().is_none_or(Vec::is_empty)) {
            Some(set) => (set, generates),
            None => (&default, true),
        };
    let set: Vec<Fields<'_>> = set.as_array().into_iter().flatten().map(Fields).collect();
    let forward = match fields.flag("roll_dates_forward") {
        true => newest(&set).map_or(TimeDelta::zero(), |newest| (today - newest).max(TimeDelta::zero())),
        false => TimeDelta::zero(),
    };
    let mut accounts = Vec::new();
    let mut custom =
        Custom { seed, mfa: fields.value("mfa").cloned(), is_lively: fields.flag("is_lively"), accounts: Vec::new() };
    for (index, one) in set.into_iter().enumerate() {
        // Without a seed, Link still has to offer the accounts that the Item gets.
        let drawn = fields.text("seed").unwrap_or_default();
        let account = account(one, AccountId(ids.long()), &mut Ids::new(index as u64, drawn));
        let value = |name: &str| one.value(name).cloned().unwrap_or_default();
        let rows = one.value("transactions").map(|_| rows(one, forward));
        custom.accounts.push(CustomAccount {
            account: account.id.clone(),
            rows: rows.or_else(|| (!generates).then(Vec::new)),
            inflow: inflow::read(one, &account),
            holdings: value("holdings"),
            investment_transactions: value("investment_transactions"),
            liability: value("liability"),
            income: value("income"),
        });
        accounts.push(account);
    }
    (accounts, custom)
}

fn newest(accounts: &[Fields<'_>]) -> Option<NaiveDate> {
    let rows = accounts.iter().flat_map(|account| account.objects("transactions"));
    rows.filter_map(|row| row.date("date_posted").ok()?).max()
}

fn rows(account: Fields<'_>, forward: TimeDelta) -> Vec<CustomRow> {
    let row = |row: Fields<'_>| {
        Some(CustomRow {
            transacted: row.date("date_transacted").ok()?? + forward,
            posted: row.date("date_posted").ok()?? + forward,
            amount: amount(row, "amount")?,
            description: row.text("description")?.to_owned(),
            currency: row.text("currency").map(str::to_owned),
        })
    };
    account.objects("transactions").filter_map(row).collect()
}

fn account(set: Fields<'_>, id: AccountId, random: &mut Ids) -> Account {
    let meta = set.object("meta");
    let kind = match set.text("type") {
        // Payroll is a type of a configuration, not one of accounts.
        Some("payroll") | None => "other",
        Some(kind) => kind,
    };
    let subtype = match (kind, set.text("subtype")) {
        ("credit", Some("credit")) => "credit card",
        (_, Some(subtype)) => subtype,
        ("depository", None) => "checking",
        ("credit", None) => "credit card",
        ("loan", None) => "student",
        ("investment", None) => "brokerage",
        (_, None) => "other",
    };
    let number = set.object("numbers").text("account");
    let last_digits = number.and_then(|number| number.get(number.len().checked_sub(4)?..));
    let mask = match meta.text("mask").filter(|mask| !mask.is_empty()).or(last_digits) {
        Some(mask) => mask.to_owned(),
        None => format!("{:04}", random.below(10_000)),
    };
    Account {
        id,
        name: meta.text("name").map_or_else(|| format!("Plaid {}", title(subtype)), str::to_owned),
        official_name: meta.text("official_name").map(str::to_owned),
        kind: kind.to_owned(),
        subtype: subtype.to_owned(),
        balances: balances(set, kind, random),
        numbers: numbers(set.object("numbers"), kind, subtype, &mask),
        owners: set.value("identity").map(|identity| vec![owner_of(Fields(identity))]),
        mask,
        ..Account::default()
    }
}

/// A subtype as a name: `Credit Card`.
fn title(subtype: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    subtype.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn balances(set: Fields<'_>, kind: &str, random: &mut Ids) -> Balances {
    let drawn = Decimal::new(i64::try_from(random.below(500_000)).unwrap_or_default(), 2);
    let current = amount(set, "starting_balance").unwrap_or(drawn);
    let limit = amount(set.object("meta"), "limit");
    let usual = match (kind, limit) {
        ("depository", _) => Some(current),
        ("credit", Some(limit)) => Some(limit - current),
        _ => None,
    };
    let forced = amount(set, "force_available_balance");
    Balances {
        available: forced.or(usual).filter(|_| !set.flag("has_null_available_balance")),
        current: Some(current),
        limit,
        margin_loan: None,
        currency: set.text("currency").unwrap_or("USD").to_owned(),
    }
}

/// The numbers that are set; a checking or savings account without any has some for ACH.
fn numbers(set: Fields<'_>, kind: &str, subtype: &str, mask: &str) -> Numbers {
    let account = set.text("account").map_or_else(|| format!("111122223333{mask:0>4}"), str::to_owned);
    let text = |name: &str| set.text(name).map(str::to_owned);
    let bacs = text("bacs_sort_code").map(|sort_code| Bacs { account: account.clone(), sort_code });
    let institution = text("eft_institution").or_else(|| text("etf_institution"));
    let branch = text("eft_branch").or_else(|| text("etf_branch"));
    let eft = institution.zip(branch);
    let eft = eft.map(|(institution, branch)| Eft { account: account.clone(), institution, branch });
    let international = text("international_iban").zip(text("international_bic"));
    let international = international.map(|(iban, bic)| International { iban, bic });
    let can_pay = kind == "depository" && matches!(subtype, "checking" | "savings" | "cash management");
    let is_foreign = bacs.is_some() || eft.is_some() || international.is_some();
    let ach = match text("ach_routing") {
        Some(routing) => Some(Ach { account, routing, wire_routing: text("ach_wire_routing") }),
        None if can_pay && !is_foreign => {
            let wire = text("ach_wire_routing").unwrap_or_else(|| WIRE_ROUTING.to_owned());
            Some(Ach { account, routing: ROUTING.to_owned(), wire_routing: Some(wire) })
        }
        None => None,
    };
    Numbers { ach, eft, international, bacs }
}

/// An owner: what the configuration leaves out is that of `user_good`'s owner.
pub fn owner_of(identity: Fields<'_>) -> Value {
    let mut owner = owner::owner();
    for name in ["names", "phone_numbers", "emails", "addresses"] {
        let set: Vec<Value> = match identity.value(name).and_then(Value::as_array) {
            Some(all) => all.iter().filter_map(complete).collect(),
            None => continue,
        };
        if !set.is_empty() {
            owner[name] = set.into();
        }
    }
    owner
}

/// A name, or an entry with the properties that responses have. Empty entries of a template are left out.
fn complete(entry: &Value) -> Option<Value> {
    if entry.is_string() {
        return Some(entry.clone());
    }
    let data = Fields(entry).value("data")?;
    let primary = Fields(entry).flag("primary");
    let Some(address) = data.as_object() else {
        return Some(json!({"data": data, "primary": primary, "type": Fields(entry).text("type").unwrap_or("other")}));
    };
    let text = |name: &str| address.get(name).cloned().unwrap_or_default();
    let street = Fields(data).text("street")?;
    let shown = json!({
        "city": text("city"),
        "country": text("country"),
        "postal_code": text("postal_code"),
        "region": text("region"),
        "street": street,
    });
    Some(json!({"data": shown, "primary": primary}))
}

/// The largest amount. Sums and products of such amounts are still numbers of `Decimal`.
pub const LARGEST: i64 = 1_000_000_000_000;

/// An amount, with the digits that the configuration has. Larger ones than [`LARGEST`] are none.
pub fn amount(fields: Fields<'_>, name: &str) -> Option<Decimal> {
    let text = fields.value(name).filter(|value| value.is_number())?.to_string();
    let amount: Decimal = text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())?;
    (amount.abs() <= Decimal::from(LARGEST)).then(|| amount.normalize())
}

#[cfg(test)]
mod tests {
    use super::super::config::read;
    use super::open;
    use crate::ids::Ids;
    use crate::state::{Account, Custom};
    use chrono::NaiveDate;

    fn opened(password: &str) -> (Vec<Account>, Custom) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a date");
        open(&read(password).expect("a configuration"), today, &mut Ids::new(1, "a"))
    }

    #[test]
    fn numbers_belong_to_the_systems_that_are_named() {
        let (accounts, _) = opened(
            r#"{"override_accounts": [
                {"type": "depository", "numbers": {"account": "123456", "bacs_sort_code": "112233"}},
                {"type": "depository", "numbers": {"account": "111122220000", "etf_institution": "114", "etf_branch": "01533"}},
                {"type": "depository", "subtype": "savings", "meta": {"mask": "42"}},
                {"type": "credit"}
            ]}"#,
        );
        let [uk, canada, us, card] = accounts.as_slice() else { panic!("four accounts") };
        assert_eq!(uk.mask, "3456");
        assert!(uk.numbers.ach.is_none() && uk.numbers.bacs.is_some());
        assert_eq!(canada.numbers.eft.as_ref().map(|eft| eft.branch.as_str()), Some("01533"));
        assert_eq!(us.numbers.ach.as_ref().map(|ach| ach.account.as_str()), Some("1111222233330042"));
        assert!(card.numbers.is_empty());
    }

    #[test]
    fn balances_and_names_are_set_or_drawn_from_the_seed() {
        let password = r#"{"seed": "s", "override_accounts": [{"type": "credit", "starting_balance": 20.5,
            "meta": {"limit": 100, "name": "Card"}}, {"type": "depository", "has_null_available_balance": true}]}"#;
        let (accounts, _) = opened(password);
        assert_eq!(accounts[0].balances.available.map(|sum| sum.to_string()), Some("79.5".to_owned()));
        assert_eq!((accounts[0].name.as_str(), accounts[1].name.as_str()), ("Card", "Plaid Checking"));
        assert_eq!(accounts[1].balances.available, None);
        let (again, _) = opened(password);
        assert_eq!(accounts[1].balances, again[1].balances);
    }

    #[test]
    fn dates_can_roll_forward_to_today() {
        let (_, custom) = opened(
            r#"{"roll_dates_forward": true, "override_accounts": [{"type": "depository", "transactions": [
                {"date_transacted": "2025-01-01", "date_posted": "2025-01-02", "amount": 1, "description": "a"},
                {"date_transacted": "2025-01-10", "date_posted": "2025-01-12", "amount": 1e2, "description": "b"}]}]}"#,
        );
        let rows = custom.accounts[0].rows.as_ref().expect("rows");
        let dates: Vec<String> = rows.iter().map(|row| row.posted.to_string()).collect();
        assert_eq!(dates, ["2026-11-18", "2026-11-28"]);
        assert_eq!(rows[1].amount.to_string(), "100");
    }
}
