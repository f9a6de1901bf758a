//! The form of a configuration: which properties there are, and what they may be. `null` is allowed everywhere.

use chrono::NaiveDate;
use serde_json::Value;

/// What a value may be.
pub enum Form {
    /// A text.
    Text,
    /// One of some texts.
    OneOf(&'static [&'static str]),
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date: `2026-01-31`.
    Date,
    /// A day of a month: 1 to 28, or `last`.
    MonthDay,
    /// An object with these properties.
    Object(&'static [(&'static str, Form)]),
    /// A list.
    List(&'static Form),
    /// An object, or a list of such: the document says the one, Plaid's examples use the other.
    OneOrMore(&'static Form),
    /// Any object: what it contains belongs to products that read it themselves.
    Anything,
}

const ADDRESS: Form = Form::Object(&[
    ("city", Form::Text),
    ("region", Form::Text),
    ("street", Form::Text),
    ("postal_code", Form::Text),
    ("country", Form::Text),
]);

const PLACE: Form = Form::Object(&[("data", ADDRESS), ("primary", Form::Flag)]);

const PHONE: Form = Form::Object(&[
    ("data", Form::Text),
    ("primary", Form::Flag),
    ("type", Form::OneOf(&["home", "work", "office", "mobile", "mobile1", "other"])),
]);

const EMAIL: Form = Form::Object(&[
    ("data", Form::Text),
    ("primary", Form::Flag),
    ("type", Form::OneOf(&["primary", "secondary", "other"])),
]);

/// The owners of an account.
pub const IDENTITY: Form = Form::Object(&[
    ("names", Form::List(&Form::Text)),
    ("phone_numbers", Form::List(&PHONE)),
    ("emails", Form::List(&EMAIL)),
    ("addresses", Form::List(&PLACE)),
]);

const META: Form =
    Form::Object(&[("name", Form::Text), ("official_name", Form::Text), ("limit", Form::Number), ("mask", Form::Text)]);

// Plaid's own example for Canada spells two of them `etf_…`.
const NUMBERS: Form = Form::Object(&[
    ("account", Form::Text),
    ("ach_routing", Form::Text),
    ("ach_wire_routing", Form::Text),
    ("eft_institution", Form::Text),
    ("eft_branch", Form::Text),
    ("etf_institution", Form::Text),
    ("etf_branch", Form::Text),
    ("international_bic", Form::Text),
    ("international_iban", Form::Text),
    ("bacs_sort_code", Form::Text),
]);

const TRANSACTION: Form = Form::Object(&[
    ("date_transacted", Form::Date),
    ("date_posted", Form::Date),
    ("amount", Form::Number),
    ("description", Form::Text),
    ("currency", Form::Text),
]);

const SECURITY: Form = Form::Object(&[
    ("isin", Form::Text),
    ("cusip", Form::Text),
    ("sedol", Form::Text),
    ("name", Form::Text),
    ("ticker_symbol", Form::Text),
    ("currency", Form::Text),
]);

const HOLDING: Form = Form::Object(&[
    ("institution_price", Form::Number),
    ("institution_price_as_of", Form::Date),
    ("cost_basis", Form::Number),
    ("quantity", Form::Number),
    ("currency", Form::Text),
    ("security", SECURITY),
]);

const INVESTMENT_TRANSACTION: Form = Form::Object(&[
    ("date", Form::Date),
    ("name", Form::Text),
    ("quantity", Form::Number),
    ("price", Form::Number),
    ("fees", Form::Number),
    ("type", Form::OneOf(&["buy", "sell", "cancel", "cash", "fee", "transfer"])),
    ("currency", Form::Text),
    ("security", SECURITY),
]);

const LOAN_STATUS: [&str; 18] = [
    "cancelled",
    "charged off",
    "claim",
    "consolidated",
    "deferment",
    "delinquent",
    "discharged",
    "extension",
    "forbearance",
    "in grace",
    "in military",
    "in school",
    "not fully disbursed",
    "other",
    "paid in full",
    "refunded",
    "repayment",
    "transferred",
];

const PLANS: [&str; 12] = [
    "extended graduated",
    "extended standard",
    "graduated",
    "income-contingent repayment",
    "income-based repayment",
    "income-sensitive repayment",
    "interest-only",
    "other",
    "pay as you earn",
    "revised pay as you earn",
    "standard",
    "saving on a valuable education",
];

/// The subtypes of accounts, and `credit`, an older name of a credit card's.
const SUBTYPES: [&str; 79] = [
    "401a",
    "401k",
    "403B",
    "457b",
    "529",
    "auto",
    "brokerage",
    "business",
    "cash isa",
    "cash management",
    "cd",
    "checking",
    "commercial",
    "construction",
    "consumer",
    "credit card",
    "crypto exchange",
    "ebt",
    "education savings account",
    "fhsa",
    "fixed annuity",
    "gic",
    "health reimbursement arrangement",
    "home equity",
    "hsa",
    "isa",
    "ira",
    "keogh",
    "lif",
    "life insurance",
    "limited purpose checking",
    "line of credit",
    "lira",
    "loan",
    "lrif",
    "lrsp",
    "money market",
    "mortgage",
    "mutual fund",
    "non-custodial wallet",
    "non-taxable brokerage account",
    "other",
    "other insurance",
    "other annuity",
    "overdraft",
    "paypal",
    "payroll",
    "pension",
    "prepaid",
    "prif",
    "profit sharing plan",
    "qshr",
    "rdsp",
    "resp",
    "retirement",
    "rlif",
    "roth",
    "roth 401k",
    "roth 403B",
    "roth 457b",
    "roth pension",
    "roth profit sharing plan",
    "roth thrift savings plan",
    "rrif",
    "rrsp",
    "sarsep",
    "savings",
    "sep ira",
    "simple ira",
    "sipp",
    "stock plan",
    "student",
    "thrift savings plan",
    "tfsa",
    "trust",
    "ugma",
    "utma",
    "variable annuity",
    "credit",
];

const LIABILITY: Form = Form::Object(&[
    ("type", Form::OneOf(&["credit", "student"])),
    ("purchase_apr", Form::Number),
    ("cash_apr", Form::Number),
    ("balance_transfer_apr", Form::Number),
    ("special_apr", Form::Number),
    ("last_payment_amount", Form::Number),
    ("minimum_payment_amount", Form::Number),
    ("is_overdue", Form::Flag),
    ("origination_date", Form::Date),
    ("principal", Form::Number),
    ("nominal_apr", Form::Number),
    ("interest_capitalization_grace_period_months", Form::Number),
    (
        "repayment_model",
        Form::Object(&[
            ("type", Form::Text),
            ("non_repayment_months", Form::Number),
            ("repayment_months", Form::Number),
        ]),
    ),
    ("expected_payoff_date", Form::Date),
    ("guarantor", Form::Text),
    ("is_federal", Form::Flag),
    ("loan_name", Form::Text),
    ("loan_status", Form::Object(&[("end_date", Form::Date), ("type", Form::OneOf(&LOAN_STATUS))])),
    ("payment_reference_number", Form::Text),
    (
        "pslf_status",
        Form::Object(&[
            ("estimated_eligibility_date", Form::Date),
            ("payments_made", Form::Number),
            ("payments_remaining", Form::Number),
        ]),
    ),
    ("repayment_plan_description", Form::Text),
    ("repayment_plan_type", Form::OneOf(&PLANS)),
    ("sequence_number", Form::Text),
    ("servicer_address", PLACE),
]);

const INFLOW: Form = Form::Object(&[
    ("type", Form::OneOf(&["none", "monthly-income", "monthly-balance-payment", "monthly-interest-only-payment"])),
    ("income_amount", Form::Number),
    ("payment_day_of_month", Form::MonthDay),
    ("transaction_name", Form::Text),
    ("statement_day_of_month", Form::MonthDay),
]);

const ACCOUNT: Form = Form::Object(&[
    ("type", Form::OneOf(&["investment", "credit", "depository", "loan", "payroll", "other"])),
    ("subtype", Form::OneOf(&SUBTYPES)),
    ("starting_balance", Form::Number),
    ("force_available_balance", Form::Number),
    ("has_null_available_balance", Form::Flag),
    ("currency", Form::Text),
    ("meta", META),
    ("numbers", NUMBERS),
    ("transactions", Form::List(&TRANSACTION)),
    ("holdings", Form::OneOrMore(&HOLDING)),
    ("investment_transactions", Form::OneOrMore(&INVESTMENT_TRANSACTION)),
    ("identity", IDENTITY),
    ("liability", LIABILITY),
    ("inflow_model", INFLOW),
    ("income", Form::Object(&[("paystubs", Form::List(&Form::Anything)), ("w2s", Form::List(&Form::Anything))])),
]);

const MFA: Form = Form::Object(&[
    ("type", Form::OneOf(&["device", "selections", "questions"])),
    ("question_rounds", Form::Number),
    ("questions_per_round", Form::Number),
    ("selection_rounds", Form::Number),
    ("selections_per_question", Form::Number),
]);

/// A configuration.
pub const CONFIGURATION: Form = Form::Object(&[
    ("version", Form::OneOf(&["1", "2"])),
    ("seed", Form::Text),
    ("roll_dates_forward", Form::Flag),
    ("override_accounts", Form::List(&ACCOUNT)),
    ("mfa", MFA),
    ("recaptcha", Form::OneOf(&["good", "bad"])),
    ("force_error", Form::OneOf(&FORCED)),
]);

/// The errors that a configuration can force.
pub const FORCED: [&str; 13] = [
    "INSTITUTION_NOT_RESPONDING",
    "INSTITUTION_NO_LONGER_SUPPORTED",
    "INVALID_CREDENTIALS",
    "INVALID_MFA",
    "ITEM_LOCKED",
    "ITEM_LOGIN_REQUIRED",
    "ITEM_NOT_SUPPORTED",
    "INVALID_LINK_TOKEN",
    "MFA_NOT_SUPPORTED",
    "NO_ACCOUNTS",
    "PLAID_ERROR",
    "USER_INPUT_TIMEOUT",
    "USER_SETUP_REQUIRED",
];

/// The largest number: `accounts::LARGEST`.
const LARGEST: f64 = 1e12;

/// Checks a value, and says what is wrong with its place: `override_accounts[0].meta.mask must be a text`.
pub fn check(value: &Value, form: &Form, place: &str) -> Result<(), String> {
    let must = |what: &str| Err(format!("{} must be {what}", if place.is_empty() { "it" } else { place }));
    match (form, value) {
        (Form::Number, Value::Number(number)) if number.as_f64().is_some_and(|number| number.abs() > LARGEST) => {
            must("a number between -1000000000000 and 1000000000000")
        }
        (_, Value::Null)
        | (Form::Text, Value::String(_))
        | (Form::Number, Value::Number(_))
        | (Form::Flag, Value::Bool(_))
        | (Form::Anything, Value::Object(_)) => Ok(()),
        (Form::OneOf(all), Value::String(text)) if all.contains(&text.as_str()) => Ok(()),
        (Form::Date, Value::String(text)) if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() => Ok(()),
        (Form::MonthDay, Value::String(text)) if text == "last" => Ok(()),
        (Form::MonthDay, Value::Number(day)) if day.as_u64().is_some_and(|day| (1..=28).contains(&day)) => Ok(()),
        (Form::List(of) | Form::OneOrMore(of), Value::Array(all)) => {
            all.iter().enumerate().try_for_each(|(index, one)| check(one, of, &format!("{place}[{index}]")))
        }
        (Form::OneOrMore(of), one) => check(one, of, place),
        (Form::Object(properties), Value::Object(object)) => object.iter().try_for_each(|(name, value)| {
            let inside = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            match properties.iter().find(|(known, _)| known == name) {
                Some((_, form)) => check(value, form, &inside),
                None => Err(format!("{inside} is not a field of a custom user")),
            }
        }),
        (Form::Text, _) => must("a text"),
        (Form::Number, _) => must("a number"),
        (Form::Flag, _) => must("true or false"),
        (Form::Date, _) => must("a date in the format YYYY-MM-DD"),
        (Form::MonthDay, _) => must("a number from 1 to 28, or \"last\""),
        (Form::OneOf(all), _) => must(&format!("one of {}", all.join(", "))),
        (Form::List(_), _) => must("a list"),
        (Form::Object(_) | Form::Anything, _) => must("an object"),
    }
}
