//! What requests about payments have in common: amounts, references, numbers of accounts, addresses.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Amount, Currency, PayerNumbers};

/// How long the lines of an address can be.
const LINE: usize = 70;
/// How many lines an address has at the most.
const LINES: usize = 2;
/// Where recipients can be: SEPA's countries, and those whose own currency can be paid.
const EUROPE: [&str; 40] = [
    "AD", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GG", "GI", "GR", "HR", "HU",
    "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    "SM", "VA",
];

/// An error of a payment.
pub fn payment_error(code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError::new("PAYMENT_ERROR", code, message)
}

/// An error of a wallet's transaction.
pub fn transaction_error(code: &'static str, message: impl Into<String>) -> ApiError {
    ApiError::new("TRANSACTION_ERROR", code, message)
}

/// An amount with two digits after the point at the most. The currency is under `currency` or `iso_currency_code`.
///
/// # Errors
/// `INVALID_FIELD` for less than `least`, more digits, and an unknown currency.
pub fn amount(of: Fields<'_>, name: &str, least: Decimal) -> Result<Amount, ApiError> {
    let of = of.object(name);
    let currency = of.text("currency").or(of.text("iso_currency_code")).and_then(Currency::of);
    let currency = currency.ok_or_else(|| ApiError::invalid_field(&format!("{name} must have a known currency")))?;
    let value = of.decimal("value").filter(|value| *value >= least && value.scale() <= 2);
    let value = value.ok_or_else(|| {
        ApiError::invalid_field(&format!("{name}.value must be at least {least}, with two digits after the point"))
    })?;
    Ok(Amount { value, currency })
}

/// Refuses a reference of a payment with other characters than banks take.
///
/// # Errors
/// `PAYMENT_INVALID_REFERENCE` for special characters.
pub fn payment_reference(text: &str) -> Result<(), ApiError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    match !text.trim().is_empty() && text.chars().all(is_plain) {
        true => Ok(()),
        false => Err(payment_error("PAYMENT_INVALID_REFERENCE", "the reference must have letters and digits only")),
    }
}

/// Refuses a reference of a wallet's transaction with other characters than letters and digits.
///
/// # Errors
/// `INVALID_FIELD` for spaces and special characters.
pub fn wallet_reference(text: &str) -> Result<(), ApiError> {
    match text.chars().all(|c| c.is_ascii_alphanumeric()) {
        true => Ok(()),
        false => Err(ApiError::invalid_field("reference must have letters and digits only, and no spaces")),
    }
}

/// The numbers of an account: `iban`, and `bacs` with `account` and `sort_code`.
///
/// # Errors
/// `INVALID_FIELD` for an IBAN whose check digits are wrong, and for numbers that are none.
pub fn numbers(of: Fields<'_>) -> Result<PayerNumbers, ApiError> {
    let iban = of.text("iban").map(str::to_owned);
    if iban.as_deref().is_some_and(|iban| !is_iban(iban)) {
        return Err(ApiError::invalid_field("iban must be a valid IBAN"));
    }
    let bacs = match of.value("bacs").map(Fields) {
        None => None,
        Some(bacs) => match (bacs.text("account"), bacs.text("sort_code")) {
            (Some(account), Some(code)) if is_bacs(account, code) => Some((account.to_owned(), code.to_owned())),
            _ => {
                let message = "bacs must have an account of up to 10 digits and a sort_code of 6";
                return Err(ApiError::invalid_field(message));
            }
        },
    };
    Ok(PayerNumbers { iban, bacs })
}

/// Whether an account number and a sort code are digits.
pub fn is_bacs(account: &str, code: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (6..=10).contains(&account.len()) && code.len() == 6 && is_digits(account) && is_digits(code)
}

/// Refuses an address outside of Europe, and one that is too long. The catalogue knows no limits of the elements of a list.
///
/// # Errors
/// `INVALID_FIELD` for such an address.
pub fn address(of: Fields<'_>) -> Result<(), ApiError> {
    if of.value("city").is_none() {
        return Ok(());
    }
    let street = of.texts("street").unwrap_or_default();
    if street.len() > LINES || street.iter().any(|line| line.chars().count() > LINE) {
        let message = format!("address.street must have at most {LINES} lines of {LINE} characters");
        return Err(ApiError::invalid_field(&message));
    }
    match of.text("country").is_some_and(|country| EUROPE.contains(&country)) {
        true => Ok(()),
        false => Err(ApiError::invalid_field("address.country must be the code of a country in Europe")),
    }
}

/// A time of a request.
///
/// # Errors
/// `INVALID_FIELD` for a text that is not a time.
pub fn moment(of: Fields<'_>, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
    let Some(text) = of.text(name) else { return Ok(None) };
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|time| Some(time.to_utc()))
        .map_err(|_| ApiError::invalid_field(&format!("{name} must be a time in the format YYYY-MM-DDThh:mm:ssZ")))
}

/// Whether a text is an IBAN: its check digits are right.
pub fn is_iban(text: &str) -> bool {
    let is_form = text.len() >= 15
        && text.len() <= 34
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && text.get(..2).is_some_and(|country| country.bytes().all(|byte| byte.is_ascii_uppercase()))
        && text.get(2..4).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    is_form && remainder(&format!("{}{}", &text[4..], &text[..4])) == 1
}

/// The IBAN of an account in a country, with its check digits.
pub fn make_iban(country: &str, account: &str) -> String {
    let digits = 98 - remainder(&format!("{account}{country}00"));
    format!("{country}{digits:02}{account}")
}

/// The remainder of a number by 97, in which a letter counts as the number 10 to 35.
fn remainder(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, digit| match digit {
        0..=9 => (rest * 10 + digit) % 97,
        _ => (rest * 100 + digit) % 97,
    })
}

#[cfg(test)]
mod tests {
    use super::{is_iban, make_iban};

    #[test]
    fn an_iban_has_check_digits() {
        for iban in ["GB29NWBK60161331926819", "NL91ABNA0417164300", "NO9386011117947"] {
            assert!(is_iban(iban), "{iban}");
            assert_eq!(make_iban(&iban[..2], &iban[4..]), iban);
        }
        let wrong =
            ["GB30NWBK60161331926819", "gb29nwbk60161331926819", "GB29 NWBK 6016 1331 9268 19", "1229", "ßßßßßßßßß"];
        assert!(wrong.iter().all(|iban| !is_iban(iban)));
    }
}
