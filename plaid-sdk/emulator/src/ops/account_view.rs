//! Accounts and amounts as responses contain them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Number, Value, json};

use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Account, AccountId, Insights, Item};

/// An account.
pub fn account(account: &Account) -> Value {
    let balances = &account.balances;
    let mut shown = json!({
        "account_id": account.id,
        "balances": {
            "available": balances.available.map(number),
            "current": balances.current.map(number),
            "iso_currency_code": balances.currency,
            "limit": balances.limit.map(number),
            "unofficial_currency_code": null,
        },
        "mask": account.mask,
        "name": account.name,
        "official_name": account.official_name,
        "subtype": account.subtype,
        "type": account.kind,
    });
    let name = account.verification.as_ref().and_then(|verification| verification.name.as_deref());
    let optional = [
        ("holder_category", account.holder.as_deref()),
        ("persistent_account_id", account.persistent.as_deref()),
        ("verification_name", name),
        ("verification_status", account.verification_status()),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            shown[name] = value.into();
        }
    }
    if let Some(said) = account.verification.as_ref().and_then(|verification| verification.insights) {
        shown["verification_insights"] = insights(said);
    }
    if let Some(loan) = balances.margin_loan {
        shown["balances"]["margin_loan_amount"] = number(loan);
    }
    shown
}

/// What a database says of an account's numbers.
pub fn insights(said: Insights) -> Value {
    json!({
        "account_number_format": match said.is_well_formed {
            Some(true) => "valid",
            Some(false) => "invalid",
            None => "unknown",
        },
        "name_match_score": said.name_score,
        "network_status": {"has_numbers_match": said.is_known, "is_numbers_match_verified": said.is_verified},
        "previous_returns": {"has_previous_administrative_return": false},
    })
}

/// An amount as a JSON number. Whole amounts have no decimal point, as in Plaid's responses.
pub fn number(amount: Decimal) -> Value {
    let amount = amount.normalize();
    let whole = if amount.scale() == 0 { amount.to_i64().map(Number::from) } else { None };
    // An amount has at most 28 digits; the shortest text of the nearest f64 has the same ones up to 15.
    whole.or_else(|| Number::from_f64(amount.to_f64()?)).map_or(Value::Null, Value::Number)
}

/// The accounts of an Item that a request selects by `options.account_ids`.
///
/// # Errors
/// `INVALID_FIELD` for an id that has not the form of one, `INVALID_ACCOUNT_ID` for one that the Item does not have.
pub fn selected<'a>(item: &'a Item, options: Fields<'_>) -> Result<Vec<&'a Account>, ApiError> {
    let Some(ids) = options.texts("account_ids").filter(|ids| !ids.is_empty()) else {
        return Ok(item.accounts.iter().collect());
    };
    for id in &ids {
        if id.len() < 30 || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(ApiError::invalid_field("account_ids must be ids of accounts"));
        }
        if item.account(&AccountId((*id).to_owned())).is_none() {
            return Err(ApiError::invalid_account_id());
        }
    }
    Ok(item.accounts.iter().filter(|account| ids.contains(&account.id.0.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use super::number;
    use serde_json::json;

    #[test]
    fn amounts_keep_their_digits() {
        let shown =
            ["100", "4.330", "-500.00", "23631.9805", "0.011"].map(|text| text.parse().map(number).unwrap_or_default());
        assert_eq!(shown, [json!(100), json!(4.33), json!(-500), json!(23631.9805), json!(0.011)]);
    }
}
