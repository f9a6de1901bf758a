//! Items whose user entered the numbers of an account in Link.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::World;
use crate::bank::{self, Login, verification};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    Account, AccountId, Ach, AuthMethod, Balances, Item, ItemId, Numbers, Persona, Tenant, Verification,
    VerificationStatus,
};

/// The routing number of the account that the Sandbox matches instantly.
const MATCHED_ROUTING: &str = "021000021";
/// The bank whose deposits arrive at once: its routing number.
const INSTANT_ROUTING: &str = "333333334";

/// What a user enters in Link about an account.
#[derive(Clone, Copy, Debug)]
pub struct AccountNumbers<'a> {
    /// The account's number.
    pub account: &'a str,
    /// The bank's routing number.
    pub routing: &'a str,
    /// The holder's name.
    pub name: Option<&'a str>,
    /// `checking` or `savings`.
    pub subtype: &'a str,
    /// The institution, if the user logged in before they entered the numbers, and the login.
    pub login: Option<(&'a str, Login<'a>)>,
    /// The code of the deposit, at a bank whose deposits arrive at once.
    pub code: Option<&'a str>,
}

impl<'a> AccountNumbers<'a> {
    /// The numbers of a checking account, without a login.
    pub fn new(account: &'a str, routing: &'a str) -> Self {
        Self { account, routing, name: None, subtype: "checking", login: None, code: None }
    }

    /// Checks the form of the numbers.
    ///
    /// # Errors
    /// `INVALID_FIELD`.
    pub fn check(&self) -> Result<(), ApiError> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(self.routing) || self.routing.len() != 9 {
            return Err(ApiError::invalid_field("numbers.ach.routing must have 9 digits"));
        }
        if !is_number(self.account) || !(4..=17).contains(&self.account.len()) {
            return Err(ApiError::invalid_field("numbers.ach.account must have 4 to 17 digits"));
        }
        match self.subtype {
            "checking" | "savings" => Ok(()),
            _ => Err(ApiError::invalid_field("subtype must be checking or savings")),
        }
    }

    fn ach(&self) -> Ach {
        Ach { account: self.account.to_owned(), routing: self.routing.to_owned(), wire_routing: None }
    }

    fn mask(&self) -> &'a str {
        self.account.get(self.account.len().saturating_sub(4)..).unwrap_or_default()
    }
}

/// The Item of entered numbers, verified or to be verified. `request` is that of the Link token.
///
/// # Errors
/// `INVALID_FIELD` for numbers that have not the form of any, the error of the login, and `INCORRECT_DEPOSIT_VERIFICATION` for
/// a wrong code at a bank whose deposits arrive at once.
pub fn item(
    tenant: &mut Tenant,
    world: &World,
    entered: &AccountNumbers<'_>,
    request: Fields<'_>,
    user: Option<String>,
) -> Result<ItemId, ApiError> {
    if let Some((institution, login)) = entered.login {
        return with_login(tenant, world, entered, institution, login);
    }
    let method = method(request.object("auth"), entered);
    if method == AuthMethod::InstantMicrodeposits && entered.code != Some(verification::CODE) {
        return Err(ApiError::incorrect_deposit());
    }
    Ok(create(tenant, method, entered, request.text("webhook"), user))
}

/// How numbers without a login are verified: as the Link token says, and by the bank.
fn method(auth: Fields<'_>, entered: &AccountNumbers<'_>) -> AuthMethod {
    if entered.routing == INSTANT_ROUTING {
        return AuthMethod::InstantMicrodeposits;
    }
    if auth.flag("database_match_enabled") && verification::is_known(entered.routing, entered.account) {
        return AuthMethod::DatabaseMatch;
    }
    match auth.flag("database_insights_enabled") {
        true => AuthMethod::DatabaseInsights,
        false => AuthMethod::SameDayMicrodeposits,
    }
}

/// An Item whose user logged in: numbers that fit an account are matched, others are verified by a deposit.
fn with_login(
    tenant: &mut Tenant,
    world: &World,
    entered: &AccountNumbers<'_>,
    institution: &str,
    login: Login<'_>,
) -> Result<ItemId, ApiError> {
    let institution = world.institution(institution)?;
    let by_deposit = login.username == "microdeposits_good" || login.password == "microdeposits_good";
    let good = Login { username: "user_good", password: "pass_good" };
    let login = if by_deposit { good } else { login };
    let today = tenant.now().date_naive();
    let mut opened = bank::open(login, institution, today, &mut tenant.ids)?;
    let accounts = &mut opened.accounts;
    accounts.iter_mut().for_each(|account| account.numbers = Numbers::default());
    let fits = |account: &&mut Account| account.mask == entered.mask() && account.kind == "depository";
    let account = accounts.iter_mut().find(fits);
    let account = account.ok_or_else(|| ApiError::invalid_field("numbers must end as the mask of an account"))?;
    account.numbers.ach = Some(entered.ach());
    let is_matched = !by_deposit && entered.routing == MATCHED_ROUTING;
    if !is_matched {
        account.verification = Some(pending(VerificationStatus::PendingAutomaticVerification, entered));
    }
    let (id, account) = (ItemId(tenant.ids.long()), account.id.clone());
    let mut item = Item {
        auth_method: if is_matched { AuthMethod::InstantMatch } else { AuthMethod::AutomatedMicrodeposits },
        products: BTreeSet::from(["auth".to_owned()]),
        ..Item::new(id.clone(), &institution.id, login.username, opened.persona, tenant.now())
    };
    opened.into_item(&mut item);
    tenant.items.insert(id.clone(), item);
    verification::start(tenant, &id, &account);
    Ok(id)
}

/// An Item without a login, with one account.
pub fn create(
    tenant: &mut Tenant,
    method: AuthMethod,
    entered: &AccountNumbers<'_>,
    webhook: Option<&str>,
    user: Option<String>,
) -> ItemId {
    let (status, insights) = verification::look_up(entered.account, entered.name);
    let (status, insights) = match method {
        AuthMethod::DatabaseMatch => (VerificationStatus::DatabaseMatched, None),
        AuthMethod::DatabaseInsights => (status, Some(insights)),
        AuthMethod::InstantMicrodeposits => (VerificationStatus::ManuallyVerified, None),
        _ => (VerificationStatus::PendingManualVerification, None),
    };
    let (id, account) = (ItemId(tenant.ids.long()), AccountId(tenant.ids.long()));
    let name = if entered.subtype == "savings" { "Savings" } else { "Checking" };
    let mask = entered.mask();
    let item = Item {
        auth_method: method,
        products: BTreeSet::from(["auth".to_owned()]),
        webhook: webhook.map(str::to_owned),
        user,
        accounts: vec![Account {
            id: account.clone(),
            mask: mask.to_owned(),
            name: format!("{name} ...{mask}"),
            kind: "depository".to_owned(),
            subtype: entered.subtype.to_owned(),
            balances: Balances { currency: "USD".to_owned(), ..Balances::default() },
            numbers: Numbers { ach: Some(entered.ach()), ..Numbers::default() },
            verification: Some(Verification { insights, ..pending(status, entered) }),
            ..Account::default()
        }],
        ..Item::new(id.clone(), "", "", Persona::Numbers, tenant.now())
    };
    tenant.items.insert(id.clone(), item);
    verification::start(tenant, &id, &account);
    id
}

fn pending(status: VerificationStatus, entered: &AccountNumbers<'_>) -> Verification {
    Verification { status, name: entered.name.map(str::to_owned), insights: None, wrong_codes: 0 }
}

/// Reads what a control says about an account.
///
/// # Errors
/// `MISSING_FIELDS` without the two numbers, `UNKNOWN_FIELDS` for others.
pub fn read<'a>(value: &'a Value, login: Option<(&'a str, Login<'a>)>) -> Result<AccountNumbers<'a>, ApiError> {
    let fields = Fields(value);
    let missing = |name: &str| ApiError::missing_fields(&format!("numbers.{name}"));
    let known = ["account", "code", "name", "routing", "subtype"];
    if let Some(unknown) = fields.unknown(&known) {
        return Err(ApiError::unknown_fields(&format!("numbers.{unknown}; numbers has {}", known.join(", "))));
    }
    Ok(AccountNumbers {
        name: fields.text("name"),
        subtype: fields.text("subtype").unwrap_or("checking"),
        login,
        code: fields.text("code"),
        ..AccountNumbers::new(
            fields.text("account").ok_or_else(|| missing("account"))?,
            fields.text("routing").ok_or_else(|| missing("routing"))?,
        )
    })
}
