//! Characters of the Sandbox: user names whose data is generated, each with an income of its own.

use serde_json::{Value, json};

use super::config::Config;

/// The configuration of a character, if the user name is one.
pub fn character(username: &str) -> Option<Config> {
    let accounts = match username {
        "user_ewa_user" => json!([checking(420, Some(("ACME Direct Dep", 2_100)))]),
        "user_yuppie" => {
            json!([checking(6_200, Some(("ACME Direct Dep", 7_400))), savings(18_000), card(1_900, 12_000)])
        }
        "user_small_business" => json!([checking(24_000, Some(("SHOPIFY PAYOUT", 15_500))), card(5_400, 20_000)]),
        "user_bank_income" => json!([
            checking(3_900, Some(("Plaid Inc Direct Dep", 4_250))),
            with_income(savings(8_100), "Ridesharing Co Direct Dep", 640),
        ]),
        "user_credit_profile_poor" => json!([checking(90, Some(("ACME Direct Dep", 1_500))), card(2_950, 3_000)]),
        "user_credit_profile_good" => json!([checking(3_100, Some(("ACME Direct Dep", 4_800))), card(1_200, 8_000)]),
        "user_credit_profile_excellent" => {
            json!([checking(14_500, Some(("ACME Direct Dep", 9_600))), savings(52_000), card(800, 25_000)])
        }
        "user_credit_bonus" => json!([
            checking(5_000, Some(("ACME Direct Dep", 5_200))),
            with_income(savings(9_000), "ACME Bonus Direct Dep", 1_300),
        ]),
        "user_credit_joint_account" => json!([joint(checking(7_700, Some(("ACME Direct Dep", 6_100))))]),
        _ => {
            let number: i64 = username.strip_prefix("user_prism_")?.parse().ok()?;
            let known = (1..=8).contains(&number);
            known.then(|| json!([checking(500 * number, Some(("ACME Direct Dep", 1_500 + 400 * number)))]))?
        }
    };
    let accounts: Vec<Value> = accounts.as_array().cloned().unwrap_or_default();
    let is_lively = matches!(username, "user_ewa_user" | "user_yuppie" | "user_small_business");
    Some(Config(json!({
        "is_lively": is_lively,
        "override_accounts": accounts,
        "seed": username,
        // Of version 1, in which accounts without transactions get some.
        "version": "1",
    })))
}

fn checking(balance: i64, income: Option<(&str, i64)>) -> Value {
    let account = json!({"type": "depository", "subtype": "checking", "starting_balance": balance});
    match income {
        Some((name, amount)) => with_income(account, name, amount),
        None => account,
    }
}

fn savings(balance: i64) -> Value {
    json!({"type": "depository", "subtype": "savings", "starting_balance": balance})
}

fn card(balance: i64, limit: i64) -> Value {
    json!({
        "type": "credit",
        "subtype": "credit card",
        "starting_balance": balance,
        "meta": {"limit": limit},
    })
}

fn with_income(mut account: Value, name: &str, amount: i64) -> Value {
    account["inflow_model"] = json!({
        "type": "monthly-income",
        "income_amount": amount,
        "payment_day_of_month": 15,
        "transaction_name": name,
    });
    account
}

fn joint(mut account: Value) -> Value {
    account["identity"] = json!({"names": ["Alberta Bobbeth Charleson", "Robert Charleson"]});
    account
}
