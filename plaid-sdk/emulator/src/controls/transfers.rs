//! The control of Transfer: `/_plaid/transfers/rules`.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Answer;
use crate::commands::{self, Refused};
use crate::fields::Fields;
use crate::state::{Announce, Limits, LoginRequired, Tenant};

/// Sets how Transfer behaves. What the body leaves out stays as it is.
///
/// # Errors
/// For values that are none.
pub fn rules(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let mut rules = tenant.transfers.rules.clone();
    if let Some(text) = fields.text("announce") {
        rules.announce = match text {
            "as_sandbox" => Announce::AsSandbox,
            "as_production" => Announce::AsProduction,
            _ => return Err(one_of("announce", &["as_sandbox", "as_production"])),
        };
    }
    if let Some(text) = fields.text("login_required") {
        rules.login_required = match text {
            "user_action_required" => LoginRequired::UserActionRequired,
            "approved" => LoginRequired::Approved,
            _ => return Err(one_of("login_required", &["user_action_required", "approved"])),
        };
    }
    if let Some(url) = fields.text("webhook") {
        rules.webhook = Some(url.to_owned()).filter(|url| !url.is_empty());
    }
    if let Some(limits) = fields.value("limits") {
        commands::check_fields("transfers/rules", &["daily", "monthly", "single"], limits)?;
        rules.limits = self::limits(rules.limits, fields.object("limits"))?;
    }
    tenant.transfers.rules = rules;
    Ok(json!({"rules": tenant.transfers.rules}))
}

fn limits(before: Limits, fields: Fields<'_>) -> Result<Limits, Refused> {
    let read = |name: &str, before: Decimal| match fields.value(name) {
        None => Ok(before),
        Some(Value::Number(_)) if fields.decimal(name).is_some_and(|limit| !limit.is_sign_negative()) => {
            Ok(fields.decimal(name).unwrap_or(before))
        }
        Some(_) => Err(Refused::new(
            format!("limits.{name} is not an amount"),
            "send a number that is not negative, such as 500",
        )),
    };
    Ok(Limits {
        single: read("single", before.single)?,
        daily: read("daily", before.daily)?,
        monthly: read("monthly", before.monthly)?,
    })
}

fn one_of(name: &str, values: &[&str]) -> Refused {
    Refused::new(format!("{name} has another value"), format!("send one of {}", values.join(", ")))
}
