//! The accounts of the Sandbox user `user_good`, as measured in 2026.

/// An account as a new Item gets it.
#[derive(Clone, Copy, Debug)]
pub struct SeedAccount {
    /// The last digits of its number.
    pub mask: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The bank's name of the product.
    pub official_name: Option<&'static str>,
    /// Plaid's `type`.
    pub kind: &'static str,
    /// Plaid's `subtype`.
    pub subtype: &'static str,
    /// The available balance in dollars.
    pub available: Option<&'static str>,
    /// The current balance in dollars.
    pub current: &'static str,
    /// The credit limit in dollars.
    pub limit: Option<&'static str>,
    /// `personal` or `business`, for accounts that have a holder category.
    pub holder: Option<&'static str>,
    /// The account's number, for accounts that can be used for ACH.
    pub ach: Option<&'static str>,
    /// The id that stays the same over new links, at institutions with tokenized account numbers.
    pub persistent: Option<&'static str>,
}

const PLAIN: SeedAccount = SeedAccount {
    mask: "",
    name: "",
    official_name: None,
    kind: "depository",
    subtype: "",
    available: None,
    current: "0",
    limit: None,
    holder: None,
    ach: None,
    persistent: None,
};

/// The routing number of all ACH accounts.
pub const ROUTING: &str = "011401533";
/// The routing number of all accounts for wires.
pub const WIRE_ROUTING: &str = "021000021";
/// The margin loan of the IRA in dollars, a balance that no other account has.
pub const MARGIN_LOAN: (&str, &str) = ("5555", "100");

/// The 14 accounts of `user_good`, in the order of Plaid's responses.
pub const USER_GOOD: [SeedAccount; 14] = [
    SeedAccount {
        mask: "0000",
        name: "Plaid Checking",
        official_name: Some("Plaid Gold Standard 0% Interest Checking"),
        subtype: "checking",
        available: Some("100"),
        current: "110",
        holder: Some("personal"),
        ach: Some("1111222233330000"),
        persistent: Some("8cfb8beb89b774ee43b090625f0d61d0814322b43bff984eaf60386e"),
        ..PLAIN
    },
    SeedAccount {
        mask: "1111",
        name: "Plaid Saving",
        official_name: Some("Plaid Silver Standard 0.1% Interest Saving"),
        subtype: "savings",
        available: Some("200"),
        current: "210",
        holder: Some("personal"),
        ach: Some("1111222233331111"),
        persistent: Some("211a4e5d8361a3afb7a3886362198c7306e00a313b5aa944c20d34b6"),
        ..PLAIN
    },
    SeedAccount {
        mask: "2222",
        name: "Plaid CD",
        official_name: Some("Plaid Bronze Standard 0.2% Interest CD"),
        subtype: "cd",
        current: "1000",
        ..PLAIN
    },
    SeedAccount {
        mask: "3333",
        name: "Plaid Credit Card",
        official_name: Some("Plaid Diamond 12.5% APR Interest Credit Card"),
        kind: "credit",
        subtype: "credit card",
        current: "410",
        limit: Some("2000"),
        ..PLAIN
    },
    SeedAccount {
        mask: "4444",
        name: "Plaid Money Market",
        official_name: Some("Plaid Platinum Standard 1.85% Interest Money Market"),
        subtype: "money market",
        available: Some("43200"),
        current: "43200",
        ..PLAIN
    },
    SeedAccount { mask: "5555", name: "Plaid IRA", kind: "investment", subtype: "ira", current: "320.76", ..PLAIN },
    SeedAccount {
        mask: "6666",
        name: "Plaid 401k",
        kind: "investment",
        subtype: "401k",
        current: "23631.9805",
        ..PLAIN
    },
    SeedAccount {
        mask: "7777",
        name: "Plaid Student Loan",
        kind: "loan",
        subtype: "student",
        current: "65262",
        holder: Some("personal"),
        ..PLAIN
    },
    SeedAccount {
        mask: "8888",
        name: "Plaid Mortgage",
        kind: "loan",
        subtype: "mortgage",
        current: "56302.06",
        ..PLAIN
    },
    SeedAccount {
        mask: "9001",
        name: "Plaid HSA",
        official_name: Some("Plaid Cares Health Savings Account"),
        subtype: "hsa",
        available: Some("6009"),
        current: "6009",
        ..PLAIN
    },
    SeedAccount {
        mask: "9002",
        name: "Plaid Cash Management",
        official_name: Some("Plaid Growth Cash Management"),
        subtype: "cash management",
        available: Some("12060"),
        current: "12060",
        ach: Some("1111222233339002"),
        ..PLAIN
    },
    SeedAccount { mask: "9003", name: "Plaid Auto Loan", kind: "loan", subtype: "auto", current: "23211.33", ..PLAIN },
    SeedAccount {
        mask: "9004",
        name: "Plaid Home Equity Line of Credit",
        kind: "loan",
        subtype: "home equity",
        current: "13500.5",
        ..PLAIN
    },
    SeedAccount {
        mask: "9999",
        name: "Plaid Business Credit Card",
        official_name: Some("Plaid Platinum Small Business Credit Card"),
        kind: "credit",
        subtype: "credit card",
        available: Some("4980"),
        current: "5020",
        limit: Some("10000"),
        holder: Some("business"),
        ..PLAIN
    },
];

#[cfg(test)]
mod tests {
    use super::USER_GOOD;
    use rust_decimal::Decimal;

    #[test]
    fn balances_are_numbers_and_masks_are_the_last_digits() {
        for account in USER_GOOD {
            let texts = [account.available, Some(account.current), account.limit];
            assert!(texts.iter().flatten().all(|text| text.parse::<Decimal>().is_ok()), "{}", account.name);
            assert!(account.ach.is_none_or(|number| number.ends_with(account.mask)), "{}", account.name);
        }
    }
}
