//! The accounts of a new Item.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Login, custom};
use crate::data::accounts::{MARGIN_LOAN, ROUTING, SeedAccount, USER_GOOD, WIRE_ROUTING};
use crate::data::institutions::Institution;
use crate::error::ApiError;
use crate::ids::Ids;
use crate::state::{Account, AccountId, Ach, Balances, Custom, Item, Liability, Numbers, Persona, Portfolio};

/// The institutions at which an account keeps an id over new links.
const PERSISTENT: [&str; 4] = ["ins_56", "ins_13", "ins_127990", "ins_127287"];
/// The accounts that OAuth institutions share.
const OAUTH: [&str; 2] = ["0000", "1111"];
/// The accounts of the user whose transactions change.
const DYNAMIC: [&str; 2] = ["0000", "3333"];

/// What a login finds at a bank.
pub struct Opened {
    /// Whose data it is.
    pub persona: Persona,
    /// The accounts, with new ids.
    pub accounts: Vec<Account>,
    /// What their data was set to.
    pub custom: Option<Custom>,
    /// Their investments, if they were set.
    pub portfolio: Option<Portfolio>,
    /// Their liabilities, if they were set.
    pub liabilities: Option<Vec<Liability>>,
}

impl Opened {
    /// Puts what was found into an Item.
    pub fn into_item(self, item: &mut Item) {
        item.persona = self.persona;
        item.accounts = self.accounts;
        item.custom = self.custom;
        item.investments.portfolio = self.portfolio;
        item.liabilities = self.liabilities;
    }
}

/// Logs in at an institution and opens the accounts.
///
/// # Errors
/// As [`Login::at`].
pub fn open(login: Login<'_>, institution: &Institution, today: NaiveDate, ids: &mut Ids) -> Result<Opened, ApiError> {
    let persona = login.at(institution)?;
    if persona != Persona::Custom {
        let accounts = accounts(persona, institution, ids);
        return Ok(Opened { persona, accounts, custom: None, portfolio: None, liabilities: None });
    }
    let config = match custom::character(login.username) {
        Some(config) => config,
        None => custom::read(login.password)?,
    };
    let (accounts, custom) = custom::open(&config, today, ids);
    let portfolio = Some(custom::portfolio(&accounts, &custom, today, ids));
    let liabilities = Some(custom::liabilities(&accounts, &custom));
    Ok(Opened { persona, accounts, custom: Some(custom), portfolio, liabilities })
}

/// The accounts that a persona of the Sandbox has at an institution, with new ids.
pub(super) fn accounts(persona: Persona, institution: &Institution, ids: &mut Ids) -> Vec<Account> {
    let has = |account: &&SeedAccount| match persona {
        Persona::Dynamic => DYNAMIC.contains(&account.mask),
        Persona::Custom | Persona::Numbers => false,
        Persona::Good => !institution.oauth || OAUTH.contains(&account.mask),
    };
    let keeps_ids = PERSISTENT.contains(&institution.id.as_str());
    USER_GOOD.iter().filter(has).map(|account| good(account, keeps_ids, ids)).collect()
}

fn good(seed: &SeedAccount, keeps_ids: bool, ids: &mut Ids) -> Account {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let (mask, margin) = MARGIN_LOAN;
    Account {
        id: AccountId(ids.long()),
        persistent: text(seed.persistent.filter(|_| keeps_ids)),
        mask: seed.mask.to_owned(),
        name: seed.name.to_owned(),
        official_name: text(seed.official_name),
        kind: seed.kind.to_owned(),
        subtype: seed.subtype.to_owned(),
        holder: text(seed.holder),
        balances: Balances {
            available: seed.available.and_then(dollars),
            current: dollars(seed.current),
            limit: seed.limit.and_then(dollars),
            margin_loan: if seed.mask == mask { dollars(margin) } else { None },
            currency: "USD".to_owned(),
        },
        numbers: Numbers { ach: seed.ach.map(instant), ..Numbers::default() },
        verification: None,
        owners: None,
        owners_at_bank: None,
    }
}

/// Numbers as the bank gives them.
fn instant(account: &str) -> Ach {
    Ach { account: account.to_owned(), routing: ROUTING.to_owned(), wire_routing: Some(WIRE_ROUTING.to_owned()) }
}

fn dollars(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::accounts;
    use crate::data::institutions::all;
    use crate::ids::Ids;
    use crate::state::Persona;

    fn masks(institution: &str, persona: Persona) -> Vec<String> {
        let all = all();
        let institution = all.iter().find(|one| one.id == institution).expect("a known institution");
        accounts(persona, institution, &mut Ids::new(1, "a")).into_iter().map(|account| account.mask).collect()
    }

    #[test]
    fn each_persona_has_its_accounts() {
        assert_eq!(masks("ins_109508", Persona::Good).len(), 14);
        assert_eq!(masks("ins_127287", Persona::Good), ["0000", "1111"]);
        assert_eq!(masks("ins_109508", Persona::Dynamic), ["0000", "3333"]);
    }

    #[test]
    fn ids_are_new_for_each_link_and_the_persistent_one_stays() {
        let all = all();
        let tokenized = all.iter().find(|one| one.id == "ins_56").expect("a known institution");
        let mut ids = Ids::new(1, "a");
        let first = accounts(Persona::Good, tokenized, &mut ids);
        let second = accounts(Persona::Good, tokenized, &mut ids);
        assert_ne!(first[0].id, second[0].id);
        assert!(first[0].persistent.is_some());
        assert_eq!(first[0].persistent, second[0].persistent);
    }
}
