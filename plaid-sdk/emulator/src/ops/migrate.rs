//! `/transfer/migrate_account`, `/bank_transfer/migrate_account`: an Item from numbers that the application has.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::state::{
    Account, AccountId, Ach, AuthMethod, Balances, Item, ItemId, Numbers, Persona, Verification, VerificationStatus,
};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/bank_transfer/migrate_account", Class::StateMachine, migrate),
    Entry::json("/transfer/migrate_account", Class::StateMachine, migrate),
];

/// An Item with one account, which counts as verified.
pub fn migrate(call: &mut Call<'_>) -> Response {
    let (account, routing) = (call.request.required("account_number")?, call.request.required("routing_number")?);
    let subtype = call.request.required("account_type")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(account) || !(4..=17).contains(&account.len()) {
        return Err(ApiError::invalid_field("account_number must have 4 to 17 digits"));
    }
    if !is_number(routing) || routing.len() != 9 {
        return Err(ApiError::invalid_field("routing_number must have 9 digits"));
    }
    if !matches!(subtype, "checking" | "savings") {
        return Err(ApiError::invalid_field("account_type must be checking or savings"));
    }
    let wire_routing = call.request.text("wire_routing_number").map(str::to_owned);
    let (id, account_id) = (ItemId(call.tenant.ids.long()), AccountId(call.tenant.ids.long()));
    let mask = account.get(account.len().saturating_sub(4)..).unwrap_or_default();
    let verification =
        Verification { status: VerificationStatus::ManuallyVerified, name: None, insights: None, wrong_codes: 0 };
    let item = Item {
        auth_method: AuthMethod::SameDayMicrodeposits,
        migrated: true,
        products: BTreeSet::from(["auth".to_owned()]),
        accounts: vec![Account {
            id: account_id.clone(),
            mask: mask.to_owned(),
            name: format!("Account ...{mask}"),
            kind: "depository".to_owned(),
            subtype: subtype.to_owned(),
            balances: Balances { currency: "USD".to_owned(), ..Balances::default() },
            numbers: Numbers {
                ach: Some(Ach { account: account.to_owned(), routing: routing.to_owned(), wire_routing }),
                ..Numbers::default()
            },
            verification: Some(verification),
            ..Account::default()
        }],
        ..Item::new(id.clone(), "", "", Persona::Numbers, call.tenant.now())
    };
    call.tenant.items.insert(id.clone(), item);
    let access = call.tenant.ids.token("access");
    call.tenant.access.insert(access.clone(), id);
    Ok(json!({"access_token": access, "account_id": account_id}))
}
