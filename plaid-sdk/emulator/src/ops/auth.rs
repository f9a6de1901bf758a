//! `/auth/*`: account and routing numbers.

mod numbers;
mod verify;

use serde_json::{Value, json};

use super::account_view::{account, selected};
use super::items::view as item_view;
use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::state::{Account, Item, VerificationStatus};

pub use self::numbers::{AccountNumbers, item, read};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/auth/get", Class::StateMachine, get),
    Entry::json("/auth/verify", Class::Computed, verify::verify),
    Entry::json("/sandbox/item/set_verification_status", Class::StateMachine, verify::set_status),
];

/// `/auth/get`: the accounts that have numbers, and the numbers.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("auth")?;
    let item = with_auth(item);
    let accounts: Vec<&Account> = selected(item, call.request.object("options"))?
        .into_iter()
        .filter(|account| !account.numbers.is_empty())
        .collect();
    can_be_used(&accounts)?;
    let accounts: Vec<&Account> = accounts.into_iter().filter(|account| is_usable(account)).collect();
    let numbers: Vec<Shown> = accounts.iter().map(|account| Shown::of(account)).collect();
    let of =
        |kind: fn(&Shown) -> &Option<Value>| numbers.iter().filter_map(|one| kind(one).clone()).collect::<Vec<_>>();
    Ok(json!({
        "accounts": accounts.iter().copied().map(account).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
        "numbers": {
            "ach": of(|shown| &shown.ach),
            "bacs": of(|shown| &shown.bacs),
            "eft": of(|shown| &shown.eft),
            "international": of(|shown| &shown.international),
        },
    }))
}

/// Checks that one of some accounts has numbers that may be used.
///
/// # Errors
/// `PRODUCT_NOT_READY` if the verification of one is under way and no other one can be used, `NO_AUTH_ACCOUNTS` otherwise.
pub fn can_be_used(accounts: &[&Account]) -> Result<(), ApiError> {
    let is_pending = |account: &&Account| status(account).is_some_and(VerificationStatus::is_pending);
    match accounts.iter().any(|account| is_usable(account)) {
        true => Ok(()),
        false if accounts.iter().any(is_pending) => Err(ApiError::product_not_ready()),
        false => Err(ApiError::no_auth_accounts()),
    }
}

fn is_usable(account: &Account) -> bool {
    !account.numbers.is_empty() && status(account).is_none_or(|status| !status.is_pending() && !status.is_over())
}

fn status(account: &Account) -> Option<VerificationStatus> {
    Some(account.verification.as_ref()?.status)
}

/// The numbers of an account, as responses contain them.
pub struct Shown {
    /// For ACH.
    pub ach: Option<Value>,
    /// For BACS.
    pub bacs: Option<Value>,
    /// For EFT.
    pub eft: Option<Value>,
    /// For payments over borders.
    pub international: Option<Value>,
}

impl Shown {
    /// The numbers of an account.
    pub fn of(account: &Account) -> Self {
        let (id, numbers) = (&account.id, &account.numbers);
        Self {
            ach: numbers.ach.as_ref().map(|ach| {
                json!({
                    "account": ach.account,
                    "account_id": id,
                    "is_tokenized_account_number": false,
                    "routing": ach.routing,
                    "wire_routing": ach.wire_routing,
                })
            }),
            bacs: numbers
                .bacs
                .as_ref()
                .map(|bacs| json!({"account": bacs.account, "account_id": id, "sort_code": bacs.sort_code})),
            eft: numbers.eft.as_ref().map(|eft| {
                json!({
                    "account": eft.account,
                    "account_id": id,
                    "branch": eft.branch,
                    "institution": eft.institution,
                })
            }),
            international: numbers
                .international
                .as_ref()
                .map(|one| json!({"account_id": id, "bic": one.bic, "iban": one.iban})),
        }
    }
}

/// Notes that an Item is used for Auth.
pub fn with_auth(item: &mut Item) -> &Item {
    item.products.insert("auth".to_owned());
    item
}
